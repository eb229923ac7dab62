## normalise/ledger

normalise-correct-or-add-format = correct the cells, or add their format to `formats` under { $table }
normalise-write-formats = the dates have another format: write `formats = [{ $formats }]` under { $table }
normalise-write-spelling = if it is another word for a value of the list, write `"{ $value }" = "{ $near }"` under [{ $list }.synonyms]; if it is a new one, add "{ $value }" to `values` under [{ $list }]; `kvalis check JOB --fix` asks and writes it
normalise-write-unit = if it is another name of a unit, write `renamed = [{"{"} from = "{ $value }", to = "{ $near }" {"}"}]` under [hierarchy.{ $name }]; if it is a new one, add "{ $value }" to its group under [hierarchy.{ $name }.groups]; `kvalis check JOB --fix` asks and writes it
normalise-write-group = if it is another name of a group, write `renamed = [{"{"} from = "{ $value }", to = "{ $near }" {"}"}]` under [hierarchy.{ $name }]; if it is a new one, write `"{ $value }" = []` under [hierarchy.{ $name }.groups]; `kvalis check JOB --fix` asks and writes it
normalise-correct-or-declare-mark = correct the cells, or declare the mark under [source.{ $source }.missing]
normalise-remove-them-or-other-column = remove them from the export, or see whether { $table } asks for the right column
normalise-fill-in-or-other-column = fill in the cells, or see whether { $table } asks for the right column
normalise-correct-or-set-repeated-ids = correct the export, or set `repeated_ids = "first"` or "several_rows" for the source
normalise-safe-id-holds-personnummer = the id column "{ $header }" holds personnummer and is declared safe
normalise-choose-column-with-case-numbers = choose a column with case numbers, or take `safe` away under { $table }
normalise-so-many-rows-are-rejected = more than { $most } rows and cells of "{ $source }" are rejected
normalise-list-does-not-know = `{ $list }` does not know { $value } in column "{ $header }"
normalise-more-cells-hold =
    { $cells ->
        [one] 1 more cell holds
       *[other] { $cells } more cells hold
    } it
normalise-row-of-sheet = { $row } of { $sheet }
normalise-also-in-rows-all-listed = also in rows { $rows }; all are listed in rejects.csv
normalise-also-in-rows-and-more = also in rows { $rows } and { $rest } more; see rejects.csv
normalise-and-more-spellings = : { $parts } and { $more } more spellings
normalise-holds-nothing = holds nothing
normalise-holds-something-is-not-date = holds something that is not a date
normalise-holds-something-is-not-number = holds something that is not a number
normalise-holds-neither-yes-nor-no = holds neither yes nor no
normalise-holds-value-is-not-in = holds a value that is not in its list
normalise-holds-value-although-status-says = holds a value although the status says that there is none
normalise-holds-nothing-although-status-does = holds nothing although the status does not say why
normalise-holds-personal-data = holds personal data
normalise-holds-something-cannot-be-read = holds something that can't be read
normalise-add-spelling-or-value = add the spelling under [{ $list }.synonyms], or the value to `values` under [{ $list }]
normalise-rows-rejected =
    { $cells ->
        [one] 1 row
       *[other] { $cells } rows
    } rejected: column "{ $header }" { $what }{ $spellings }
normalise-rows-with-an-earlier-id =
    { $cells ->
        [one] 1 row
       *[other] { $cells } rows
    } with an id that an earlier row has with other content; the first row of each id is kept
normalise-cells-masked =
    { $cells ->
        [one] 1 cell
       *[other] { $cells } cells
    } of column "{ $header }" masked: the column { $what }
normalise-cells-counted-as =
    { $cells ->
        [one] 1 cell
       *[other] { $cells } cells
    } of column "{ $header }" counted as "{ $bucket }": the column { $what }{ $spellings }
normalise-cells-counted-as-missing =
    { $cells ->
        [one] 1 cell
       *[other] { $cells } cells
    } of column "{ $header }" counted as missing: the column { $what }{ $spellings }
normalise-add-unit = add the unit under [hierarchy.{ $name }.groups], or an old name under [[hierarchy.{ $name }.renamed]]
normalise-add-group = add the group under [hierarchy.{ $name }.groups], or an old name under [[hierarchy.{ $name }.renamed]]
normalise-a-value = a value
