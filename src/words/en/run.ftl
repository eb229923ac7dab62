## run/checks

run-too-few-rows = { $name } has { $data_rows } data rows, fewer than { $least }
run-too-many-rejected = { $rejected } of { $data_rows } rows of { $name } are rejected, more than { $most } %
run-unknown-categories =
    { $unknown ->
        [one] 1 cell of { $name } holds
       *[other] { $unknown } cells of { $name } hold
    } a category that is in no list
run-rows-end-early = the rows of { $name } end on { $last }, and the period goes on to { $to }: { $length } days without a row
run-rows-begin-late = the rows of { $name } begin on { $first }, and the period on { $from }: { $length } days without a row
run-rows-have-a-hole = { $name } has no row from { $first } to { $last }: { $length } days
run-period-has-no-row = { $name } has no row from { $from } to { $to }; its rows are of { $first } to { $last }
run-all-rows-outside = { $name } has no row from { $from } to { $to }, and none of the earlier periods: all { $outside } rows lie outside
run-export-whole-period = export the whole period again; if the rows are not expected to cover it, say `covers = "part"` under { $key }
run-export-newer-or-change = export again, up to the end of the period, or change [{ $key }]
run-export-whole-or-change = export all of it again, or change `rows_at_least` under [{ $key }]
run-mend-rows-or-change = what is wrong with them is told below, each kind with its first row; mend the export or the job, or change `rejected_at_most` under [{ $key }]
run-say-what-values-are = each of them is told below; say in the job what it is, or let `kvalis check { $job } --fix` ask; to count it as unknown, take `no_unknown_category` away under [{ $key }]

## run/facts

run-no-file-of-source = no file of `source.{ $name }` was found ({ $files })
run-beside-it-lies = "{ $near }" lies in the same folder: if that is the export, name it in `files` under [source.{ $source }]
run-put-export-there-if-any = put the export there if there is one; the report says that it was not delivered

## run/freshness

run-no-row-up-to = { $name } has no row with a date up to { $day }
run-newest-row-is-old = the newest row of { $name } is of { $newest }, { $age } days before { $day }, more than { $most }
run-no-row-of = { $name } has no row of { $part } ({ $first } to { $last })
run-no-value-of = { $name } has no value of { $part }

## run/personal

run-step-personal-data = personal data
run-unmasked-column-holds = column "{ $header }" is text that is not masked and holds { $cells }
run-safe-column-holds = column "{ $header }" is declared safe and holds { $cells }
run-take-key-away = take { $key } away under { $table }
run-kind-in-cells =
    { $kind } in { $cells ->
        [one] 1 cell
       *[other] { $cells } cells
    }

## run/preflight

run-no-folder-for-key = there is no folder for `job.{ $key }`
run-create-folder-or-change-key = create it, or change `{ $key }` under [job] in { $file }
run-no-word-template = there is no Word template for `job.reference_docx`
run-put-template-there = put it there, or change `reference_docx` under [job] in { $file }
run-reading-word-template = reading the Word template
run-correct-theme-key = correct `{ $key }` under [theme]; its path is relative to the job file

## run/protect_file

run-no-such-file = there is no such file
run-reading-table = reading the table
run-file-is-too-large = the file is too large for a two-way table
run-this-is-a-workbook = this is a workbook, not a delimited text
run-save-sheet-as-csv = save the sheet as CSV and protect that
run-utf-16-and-is-none = the file begins as UTF-16 and is none
run-writing-table = writing the table

## run/texts

run-text-is-too-large = the text is larger than 4 MB
run-is-it-a-text-of-the-report = is it really a text of the report?
run-text-is-not-utf-8 = the text is not in UTF-8
run-save-as-utf-8 = save it as UTF-8
run-text-cannot-be-read = the text cannot be read: { $error }

## run/workspace

run-folder-has-no-name = it has no name
run-publishing-report = publishing the report
run-putting-report-back = putting the earlier report back
run-folder-holds-something-else = the output folder holds something that kvalis did not write
run-folder-holds-another-job = the output folder holds a report of another job, `{ $name }`
run-link-leads-nowhere = it is a link that leads nowhere
run-file-was-cut-short = the disk has less of { $file } than was written
run-close-files-or-name-another-folder = close its files in other programs, see that you may write there and that the disk is not full, or name another folder with --out
run-name-an-empty-folder = name an empty or new folder with --out
run-another-run-is-working = another run is working on this folder
run-wait-or-name-another-folder = wait for it to finish, or name another folder with --out
run-removing-folder = removing a folder
run-removing-file = removing a file
run-output-folder-is-unusable = the output folder can't be used: { $why }
run-check-output-key = check `output` under [job], or name another with --out

## run/moment

run-changed-while-read = the file was changed while it was read, and once more when it was read again
run-wait-until-it-is-saved = wait until it has been saved or copied, then run again

## run/retire

run-kept-aside = { $n ->
    [one] the output folder held a file that kvalis had not written, or not so; it was moved here: { $files }
   *[other] the output folder held { $n } files that kvalis had not written, or not so; they were moved here: { $files }
}
run-kept-aside-more = and { $more } more
run-own-texts-have-their-place = texts of your own belong in the folder of texts beside the job file, where every run reads them
run-cannot-be-removed = the earlier report could not be removed and was moved here: { $error }
run-remove-by-hand = remove the folder when you need it no more

## run/cache/entry

run-cache-was-changed = was changed since
run-cache-does-not-add-up = does not add up

## run/cache

run-cache-is-damaged = is damaged, or was not written by this program
run-cache-cannot-be-written = can't be written
run-cache-is-made-anew = what an earlier run remembered { $what }; it is made anew

## run

run-step-measures = measures
run-step-figures = figures
run-step-report = report

## run/own_texts

run-text-of-another-year = the text is of { $of } and waits to be written anew: it is not printed in the report on { $year }
run-text-of-no-year = the text says no year and waits: it is not printed in the report on { $year }
run-write-text-anew = when it holds for { $year }, put it into the folder { $year } beside the job: { $year }/{ $name }

## run/delivered

run-file-of-another-year = the pattern of `source.{ $source }` matches a file of another year by its name, and its rows have no dates that would say so; the report is on { $year }
run-take-file-away-or-name-it = take the file out of the folder, write the year into the pattern (like "{ "{" }year{ "}" }"), or name the file in full under `files` in { $key }
run-file-of-two-sources = several sources read the file, one of them by a pattern: { $names }
run-narrow-the-pattern = narrow the pattern under `files`, or name the file in full in each of them if that is meant
run-files-that-no-source-reads = { $count ->
        [one] { $count } export lies
       *[other] { $count } exports lie
    } beside those of the job, and no source reads { $count ->
        [one] it
       *[other] them
    }: { $names }
run-name-file-under-a-source = name it under `files` of a source, if it belongs to the report
run-two-files-are-the-same = the file holds the same, byte by byte, as { $first }, and `source.{ $source }` reads both
run-files-overlap = { $rows } of the { $all } rows of this file of `source.{ $source }` say what an earlier row has said, and were not counted again: do the files overlap?
run-one-export-without-the-other = nothing is counted twice; if the file should hold other rows, export it again
run-take-one-of-them-away = take one of them out of the folder

## run/beside

run-template-is-too-large = template `{ $name }` is larger than 4 MB
run-template-is-not-utf-8 = template `{ $name }` is not in UTF-8
run-template-cannot-be-read = template `{ $name }` cannot be read: { $error }
run-file-of-theme-cannot-be-read = `{ $name }` cannot be read
run-no-file-of-theme = there is no file `{ $name }`
