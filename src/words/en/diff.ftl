## diff/text

diff-tables-have-no-number =
    { $n ->
        [one] 1 table has
       *[other] { $n } tables have
    } no number{ $year } in one of the runs: { $names }
diff-old-run = old: { $run }
diff-new-run = new: { $run }
diff-runs-are-of-different-jobs = the runs are of different jobs: tables of the same name are compared
diff-small-counts-are-hidden = small counts are hidden; keep this comparison inside the house, as two versions can give them away
diff-numbers-of-year-are-compared = compared: the numbers of { $year } in either run
diff-program-was-and-is = program: { $old } → { $new }
diff-of-year = { " " }of { $year }
diff-equal =
    { $name }: equal; { $equal ->
        [one] 1 number is the same
       *[other] { $equal } numbers are the same
    }
diff-stands =
    { $name }: does the report of { $period } still stand? yes; { $equal ->
        [one] 1 number is the same
       *[other] { $equal } numbers are the same
    }
diff-stands-no-longer =
    { $name }: does the report of { $period } still stand? no; { $changed ->
        [one] 1 of its printed numbers is
       *[other] { $changed } of its printed numbers are
    } no longer the same, { $equal } are; { $kinds ->
        [one] cause
       *[other] causes
    }: { $causes }
diff-rows-came-or-went =
    { $n ->
        [one] 1 row
       *[other] { $n } rows
    } came or went,{ " " }
diff-columns-came-or-went =
    { $n ->
        [one] 1 column
       *[other] { $n } columns
    } came or went,{ " " }
diff-tables-came-or-went =
    { $n ->
        [one] 1 table
       *[other] { $n } tables
    } came or went,{ " " }
diff-different =
    { $name }: different; { $changed ->
        [one] 1 number
       *[other] { $changed } numbers
    } changed, { $came_or_went }{ $equal } equal, differences in { $measures ->
        [one] 1 measure
       *[other] { $measures } measures
    }; { $kinds ->
        [one] cause
       *[other] causes
    }: { $causes }
diff-kind-input = input
diff-kind-job = job
diff-kind-program = program
diff-kind-another-year = another year
diff-kind-protection = protection
diff-kind-words = words
diff-kind-unknown = unknown
diff-cause-input = cause: input, { $files }
diff-cause-program = cause: the program changed
diff-cause-years = cause: the runs are of { $old } and { $new }, and the measure is made of all their years
diff-cause-protection = cause: cells are hidden together with those of other tables, which have changed
diff-cause-words = only words that readers see are others
diff-cause-unknown = cause: not known; job, exports and program are the same
diff-cause-job =
    cause: job, { $n ->
        [one] 1 key
       *[other] { $n } keys
    }
diff-same-files-read-otherwise = the same files, read in another way
diff-input-of-source = input: source.{ $name }: { $files }
diff-rows-read-and-kept = rows read { $read } → { $read_now }, kept { $kept } → { $kept_now }
diff-rows-cannot-be-compared = the rows can't be compared: one of the runs has none of this source
diff-file-changed = { $name } changed
diff-file-is-new = { $name } is new
diff-file-is-gone = { $name } is gone
diff-rows-came =
    { $n ->
        [one] 1 row
       *[other] { $n } rows
    }{ $year } came
diff-rows-went =
    { $n ->
        [one] 1 row
       *[other] { $n } rows
    }{ $year } went
diff-rows-changed =
    { $n ->
        [one] 1 row
       *[other] { $n } rows
    }{ $year } changed
diff-changed-columns = changed columns: { $columns }
diff-rows-say-the-same = the rows{ $year } that count say the same
diff-rows-of-other-years =
    { $n ->
        [one] 1 row
       *[other] { $n } rows
    } of other years came, went or changed
diff-and-more = and { $n } more
diff-listed-and-more = { $text } and { $n } more
diff-and-numbers-of-tests =
    and { $n ->
        [one] 1 number
       *[other] { $n } numbers
    } of tests and intervals
diff-no-value = (none)
diff-table-is-new = the table is new
diff-table-is-gone = the table is gone
diff-table-was = was { $was }
diff-title-was = title was: { $was }
diff-new-rows = new rows
diff-rows-gone = rows gone
diff-new-columns = new columns
diff-columns-gone = columns gone

## diff/words, diff/places

diff-missing = missing
diff-not-applicable = not applicable
diff-hidden = hidden
diff-blank = empty
diff-sheet = sheet
diff-row = row
diff-rows = rows
diff-more = more

## diff

diff-runs-have-no-number-of-year = the two runs have no number of { $year } in common
diff-name-a-year-of-both = name a year that both runs print with `--year`, or compare runs of one year
