## ingest/files

ingest-files-under-source = `files` under [source.{ $source }]
ingest-looks-like-web-address-only = "{ $pattern }" looks like a web address; only files are read
ingest-save-export-in-input-folder = save the export in the input folder and name the file in { $key }
ingest-is-folder-not-file = "{ $pattern }" is a folder, not a file
ingest-write-pattern-in = write "{ $folder }/*.csv" or the like in { $key }
ingest-no-file-matches = no file matches "{ $pattern }"
ingest-put-export-there-or-correct = put the export there, or correct { $key }
ingest-beside-it-lies = "{ $near }" lies in the same folder: if that is the export, name it in { $key }
ingest-is-not-file-pattern = "{ $pattern }" is not a file pattern: { $why }
ingest-correct-key = correct { $key }
ingest-this-is-folder-not-file = this is a folder, not a file
ingest-name-files-in-with-pattern = name the files in it, with a pattern such as "*.csv"
ingest-there-is-no-such-file = there is no such file
ingest-put-export-there = put the export there
ingest-source-has-so-many-files = the source "{ $source }" has { $count } files
ingest-pattern-searches-too-much = the pattern "{ $pattern }" searches more than { $most } files and folders
ingest-name-the-folder-in-the-pattern = name the folder of the exports more closely in the pattern
ingest-name-is-not-utf-8 = the file's name is not text in UTF-8, so that no pattern finds it
ingest-rename-the-file = rename the file
ingest-this-is-no-ordinary-file = this is no ordinary file, but a pipe or a device
ingest-export-to-a-file = export to a file, and name that
ingest-file-is-empty = the file is empty
ingest-export-again = export it again
ingest-file-is-really-pdf = the file is really a PDF
ingest-export-data-xlsx-or-csv = export the data as xlsx or csv
ingest-file-is-neither-workbook-nor = the file is neither a workbook nor text
ingest-export-data-xlsx-or-csv-unpack = export the data as xlsx or csv; unpack a compressed file first
ingest-named-workbook-but-web-page = the file is named as a workbook, but is really a web page (HTML)
ingest-save-as-xlsx-in-excel = open it in Excel and save it as .xlsx, or export it as csv
ingest-named-workbook-but-xml = the file is named as a workbook, but is really XML
ingest-named-workbook-but-text = the file is named as a workbook, but is really text (CSV?)
ingest-rename-to-csv = if it opens as a table in a text editor, rename it to .csv; otherwise save it as .xlsx from Excel
ingest-named-text-but-workbook = the file is named as text, but is really a workbook or an archive
ingest-rename-to-workbook = rename it to .xlsx, .xls or .ods, or save it as csv from Excel
ingest-named-csv-but-web-page = the file is named as csv, but is really a web page or XML
ingest-log-in-and-export-again = log in to the system again and repeat the export: a login page is often what was saved
ingest-named-json-but-web-page = the file is named as JSON, but is really a web page or XML
ingest-save-answer-again-error-page = save the answer of the API again: an error page is often what was saved
ingest-ending-is-unknown = the file's ending is not one of xlsx, xlsm, xls, xlsb, ods, csv, tsv, tab, txt, skv and json

## ingest/header

ingest-row-is-declared-header-but = row { $row } is declared as the header, but the file ends above it
ingest-no-row-holds-declared-headers = none of the first { $searched } rows holds the declared headers { $headers }
ingest-nearest-text-found-is = ; the nearest text found is "{ $text }"
ingest-correct-headers-under-or-set = correct the headers under { $table }, or set `header_row`, `encoding` or `delimiter`{ $near }
ingest-header-in-row-has-no = the header in row { $row } has no column "{ $header }"
ingest-did-you-mean = did you mean "{ $near }"?{ " " }
ingest-correct-header-column-under = { $did_you_mean }correct `header` of that column under { $table }
ingest-did-you-mean-write-header = did you mean "{ $near }"? then write it as `header` of `{ $name }` under { $table }
ingest-export-holds-no-such-period = { $source } has no column "{ $header }": the export does not hold { $period }
ingest-export-the-period-too = export it with { $period } too; if there is no such year, take the column "{ $header }" out of `wide` under { $table }
ingest-header-has = the header has: { $headers }
ingest-header-in-row-has-times = the header in row { $row } has "{ $header }" { $times } times, in the columns { $columns }
ingest-if-row-above-tells-them = if a row above tells them apart, set `header_rows = 2` under { $table } and write both texts, from the top; otherwise rename one of them in the export
ingest-write-texts-all-header-rows = write the texts of all header rows, from the top, or rename one of the columns in the export
ingest-listed-and-more = { $shown } and { $rest } more

## ingest/delimited/feeder

ingest-file-has-so-many-columns = the file has { $columns } columns
ingest-record-is-longer-than-mib = record { $record } is longer than { $mib } MiB
ingest-quote-opens-in-this-record = a quote that opens in this record is probably never closed: correct it in the export, or export again
ingest-quote-opens-in-record-and = a quote opens in record { $record } and is never closed: the rest of the file would be one cell
ingest-close-or-remove-quote = close or remove the quote in the export, or export again as xlsx
ingest-quoted-cell-record-goes-over = a quoted cell of record { $record } goes over several lines and is closed in the middle of a text
ingest-closing-quote-is-probably-missing = a closing quote is probably missing in that record, and records below it would be lost: correct the export, or export again as xlsx
ingest-too-many-records = the file has more than 4 294 967 295 records
ingest-split-file-in-two = split the file in two
ingest-record-holds-bytes-are-not = record { $record } holds bytes that are not UTF-8
ingest-set-encoding-windows-1252 = set `encoding = "windows-1252"` under { $table }, or export as UTF-8
ingest-byte-order-mark-is-wrong = the file's byte order mark says UTF-8, but it is mixed: export it again as UTF-8
ingest-encoding-under = `encoding` under { $table }
ingest-in-record-or-below = , in record { $record } or below
ingest-there-is-no-encoding = there is no encoding "{ $label }"
ingest-use-utf-8-or-windows-1252 = use utf-8 or windows-1252 as { $key }
ingest-file-is-not-text = the file is not text
ingest-bytes-not-of-encoding-read-as = the file's bytes do not belong to the encoding that it is read as{ $near }
ingest-correct-key-or-export-utf-8 = correct { $key }, or export as UTF-8

## ingest/delimited/whole

ingest-quote-in-record-is-never = a quote in record { $record } is never closed
ingest-closing-quote-is-missing-correct = a closing quote is missing: correct the export, or export again as xlsx
ingest-bytes-not-of-encoding-begun-in = the file's bytes do not belong to the encoding that it begins in
ingest-export-utf-8 = export as UTF-8

## ingest/kolada_json

ingest-next-page-is-missing = the file is one page of several, and the next page is not among the files of the source
ingest-save-next-page-too-and = save the next page too, and name it in `files` under { $table }
ingest-file-cannot-be-read-kolada = the file cannot be read as Kolada's JSON: line { $line }, character { $column }: { $what }
ingest-save-answer-again-whole = save the answer of the API again, whole and unchanged, or export the same values as csv
ingest-row-holds-list-or-object = "{ $header }" of row { $number } holds a list or an object, not a value
ingest-name-key-holds-value-header = name the key that holds the value as `header` under { $table }
ingest-no-row-file-has = no row of the file has "{ $header }"
ingest-keys-no-column-asks-for = keys that no column asks for: { $others }

## ingest/kolada_json/records

ingest-object-or-list-was-expected = an object or a list was expected at the beginning
ingest-values-stands-twice = the key `values` stands twice in one object
ingest-values-must-be-list = `values` must be a list
ingest-object-has-no-list-values = the object has no list `values`
ingest-something-follows-after-end = something follows after the end
ingest-file-ends-in-middle-list = the file ends in the middle of the list
ingest-every-element-list-must-be = every element of the list must be an object
ingest-key-stands-twice-in-one = the key `{ $key }` stands twice in one object
ingest-object-has-more-than-keys = an object has more than { $most } keys
ingest-every-element-values-must-be = every element of `values` must be an object
ingest-element-has-more-than-values = an element has more than { $most } values
ingest-file-ends-in-middle-object = the file ends in the middle of an object
ingest-key-in-quotes-and-colon = a key in quotes and a colon were expected
ingest-file-ends-too-early = the file ends too early: it was not saved whole
ingest-comma-was-expected = a comma was expected
ingest-value-was-expected = a value was expected
ingest-bracket-was-not-opened = a bracket is closed that was not opened
ingest-more-than-levels-stand-within = more than { $deepest } levels stand within one another

## ingest/kolada_json/tokens

ingest-file-is-not-utf-8 = the file is not in UTF-8
ingest-value-was-expected-here = a value was expected here
ingest-file-does-not-begin-json = the file does not begin as JSON does
ingest-only-true-false-and-null = only `true`, `false` and `null` stand without quotes
ingest-number-is-longer-than-characters = the number is longer than { $longest } characters
ingest-this-is-not-number = this is not a number
ingest-number-is-too-large = the number is too large
ingest-file-ends-in-middle-text = the file ends in the middle of a text
ingest-text-holds-control-character-or = a text holds a control character or a line break
ingest-text-is-longer-than-bytes = a text is longer than { $longest } bytes
ingest-text-is-not-utf-8 = a text is not in UTF-8
ingest-unknown-character-follows = an unknown character follows `\`
ingest-half-letter-stands-alone = half a letter stands alone
ingest-four-hexadecimal-digits-must-follow = four hexadecimal digits must follow `\u`

## ingest/workbook/archive

ingest-word-document = a Word document
ingest-powerpoint-presentation = a PowerPoint presentation
ingest-archive-several-files-unpack-first = an archive of several files; unpack it first
ingest-archive-without-workbook = an archive without a workbook

## ingest/workbook

ingest-sheets-looked-at = the sheets looked at: { $sheets }
ingest-workbook-has-no-sheet = the workbook has no sheet "{ $name }"
ingest-correct-sheets-under = { $did_you_mean }correct `sheets` under { $table }
ingest-sheets = its sheets: { $sheets }

## ingest/workbook/open

ingest-parts-do-not-fit-together = its parts do not fit together
ingest-sheet-is-damaged = the sheet is damaged
ingest-merged-cells-are-damaged = its merged cells are damaged
ingest-table-contents-is-missing-or = its table of contents is missing or cut
ingest-named-workbook-but-other = the file is named as a workbook, but is really { $what }
ingest-workbook-would-unpack-to-mib = the workbook would unpack to { $mib } MiB, far more than an export holds
ingest-texts-would-unpack-to-mib = the texts and styles of the workbook would take { $mib } MiB, far more than an export's
ingest-workbook-has-so-many-parts = the workbook has { $count } parts
ingest-workbook-has-so-many-sheets = the workbook has { $count } sheets
ingest-workbook-has-so-many-cells = the workbook has { $cells } cells, repeated ones and gaps counted
ingest-workbook-cannot-hold-so-many-texts = it says that it holds { $count } texts, and has no room for them
ingest-text-of-a-part-is-longer = a text in { $part } is longer than { $kib } KiB
ingest-two-sheets-of-one-name = the workbook has two sheets of the name "{ $sheet }"
ingest-rename-one-of-them = rename one of them
ingest-row-has-so-many-columns = row { $row } has { $columns } columns
ingest-workbook-is-protected-by-password = the workbook is protected by a password
ingest-remove-password-in-excel = open it in Excel, remove the password (File, Info, Protect Workbook) and save it
ingest-workbook-cannot-be-read = the workbook cannot be read: { $why }
ingest-copy-or-export-again = copy or export it again; if Excel can open it, save it there as a new .xlsx

## ingest/workbook/sheet

ingest-cells-are-not-where-contents = its cells are not where its contents say
ingest-row-stands-below-row = row { $row } stands below row { $last }
ingest-cell-holds-more-text-than = the cell holds more text than any cell can
ingest-file-is-damaged-export-again = the file is damaged: export it again
