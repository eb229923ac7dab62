## cli/explain

cli-explain-table = table
cli-explain-row = row
cli-explain-column = column
cli-explain-printed-in = printed in
cli-explain-blank = (blank)
cli-explain-printed-as = printed as
cli-explain-unrounded = unrounded
cli-explain-definition = definition
cli-explain-of = of
cli-explain-note = note
cli-explain-reads = reads
cli-rows =
    { $n ->
        [one] 1 row
       *[other] { $n } rows
    }
cli-explain-distinct-events-in-rows =
    { $n ->
        [one] 1 distinct event
       *[other] { $n } distinct events
    } in { $rows }
cli-explain-more-cells =
    … { $n ->
        [one] 1 more cell
       *[other] { $n } more cells
    }: --all lists them
cli-explain-more-rows =
    … { $n ->
        [one] 1 more row
       *[other] { $n } more rows
    }: --all lists them
cli-place = { $file }, row { $row }{ $id }
cli-place-id = { " " }(id { $id })
cli-explain-every-row-has-one-fate = balance: every row has one fate
cli-explain-balance = { $file }: { $read } read = { $fates }

## cli/trace

cli-trace-fate = fate
cli-trace-fate-in-source = { $fate } in source.{ $source }{ $id }{ $detail }
cli-trace-same-id-as = same id as
cli-trace-computed = computed
cli-trace-more-numbers =
    { $n ->
        [one] 1 more number
       *[other] { $n } more numbers
    } made of these
cli-trace-part-of-numbers =
    part of { $n ->
        [one] 1 number
       *[other] { $n } numbers
    }, and of { $computed } that are computed of such
cli-trace-row-in-folder = { $place } in { $folder }

## cli/hidden

cli-hidden-in = hidden in
cli-hidden-row = row
cli-hidden-column = column
cli-hidden-why = why
cli-hidden-can-be = can be
cli-hidden-not-proved-fewest = sound, but not proved to hide the fewest counts: { $tables }; at most { $beyond } fewer would do
cli-hidden-range = { $lower } to { $upper }
cli-hidden-range-without-end = { $lower } or more

## cli/init

cli-init-draft-is-written = { $file }: a draft with { $questions } questions; next: kvalis check { $file }
cli-init-job-file-exists = the job file exists already
cli-init-choose-another-name = choose another name, or overwrite it with --force
cli-init-no-file-holds-a-table = no file holds a table that a job can read
cli-init-inspect-shows-what-was-found = `kvalis inspect` shows what was found in each of them
cli-init-looked-at = looked at: { $names }
cli-finding = finding

## cli/inspect

cli-inspect-delimiter = delimiter { $delimiter }
cli-inspect-tab = tab
cli-inspect-sheet = sheet "{ $name }"
cli-inspect-hidden = hidden
cli-inspect-cells-used = cells { $used }
cli-inspect-hierarchy = each "{ $member }" has one "{ $group }": a hierarchy of { $members } in { $groups }
cli-inspect-period-columns = periods as columns: { $periods }
cli-inspect-events = events: one row per reported thing
cli-inspect-one-value-a-row = observations: one value a row
cli-inspect-periods-as-columns = observations: periods as columns
cli-inspect-indicators-as-columns = observations: indicators as columns
cli-inspect-answers-by-place = answers by place, as in Öppna jämförelser
cli-inspect-list = a list
cli-inspect-no-table = no table
cli-inspect-empty = empty
cli-inspect-no-header-found = no header found
cli-inspect-header-is-the-keys = header: the keys
cli-inspect-header-in-row = header in row { $row }
cli-inspect-header-in-rows = header in rows { $first }-{ $last }
cli-inspect-data-rows = { $n } data rows
cli-inspect-title-rows = { $n } title rows above
cli-inspect-blank-rows = { $n } blank rows
cli-inspect-total-rows = { $n } rows of totals
cli-inspect-section-rows = { $n } section rows
cli-inspect-footnotes = { $n } footnotes below
cli-inspect-empty-columns = { $n } empty columns
cli-inspect-rows-for-several-others = rows that stand for several others: { $labels }
cli-inspect-rows-by-year = rows by year of the period date: { $years }
cli-no-header = (no header)
cli-inspect-kind-id = id
cli-inspect-kind-date = date
cli-inspect-kind-number = number
cli-inspect-kind-yes-no = yes/no
cli-inspect-kind-category = category
cli-inspect-kind-text = text
cli-inspect-role-period-date = the period date
cli-inspect-role-member = member of the hierarchy
cli-inspect-role-group = group of the hierarchy
cli-inspect-role-indicator = indicator
cli-inspect-role-area = area
cli-inspect-role-period = period
cli-inspect-role-gender = group (gender)
cli-inspect-role-value = value
cli-inspect-role-status = status
cli-inspect-role-free-text = free text
cli-inspect-role-another-identity = another identity
cli-inspect-role-not-to-be-read = not to be read
cli-inspect-unusable = header empty, repeated or hidden
cli-inspect-distinct = { $n } distinct
cli-inspect-at-least-distinct = at least { $n } distinct
cli-inspect-blank = { $blank } blank ({ $share } %)
cli-inspect-range = { $first } to { $last }
cli-inspect-mark = mark { $mark }: { $count }
cli-inspect-several-values-by = several values by { $separators }
cli-inspect-and = { " " }and{ " " }
cli-inspect-thousands-by = thousands by { $space }: { $count }
cli-inspect-decimal-comma = decimal comma: { $n }
cli-inspect-decimal-point = decimal point: { $n }
cli-inspect-per-cent-sign = per cent sign: { $n }
cli-inspect-per-cent-format = fractions shown as per cent: { $n }
cli-inspect-listed-and-more = { $shown } and { $rest } more
cli-inspect-personal-in-cells = { $kind } in { $count } cells
cli-inspect-suspected-personal-data = ! suspected personal data: { $kinds }

## cli/protect

cli-protect-fewest = , the fewest that protect the table
cli-protect-perhaps-not-fewest = , a choice that protects the table; a smaller one may exist
cli-protect-note = note: { $remark }
cli-protect-counts-hidden =
    { $file }: { $hidden ->
        [one] 1 count
       *[other] { $hidden } counts
    } hidden{ $best }

## cli/print_personal

cli-personal-source = source
cli-personal-column = column
cli-personal-declared-as = declared as
cli-personal-cells = cells
cli-personal-personnummer = personnummer
cli-personal-telephone = telephone
cli-personal-e-mail = e-mail
cli-personal-address = address
cli-personal-none = no column holds personnummer, telephone numbers, e-mail or postal addresses
cli-personal-by-column = cells with personal data, by column (a column that is not declared reaches no result):

## cli/print

cli-writing-result = writing the result
cli-error = error
cli-warning = warning
cli-at = at:   { $at }
cli-help = help: { $help }
cli-summary = { $job }: { $rows }; { $without }{ $end }
cli-summary-rows =
    { $read ->
        [one] 1 row
       *[other] { $read } rows
    } read, { $kept } kept, { $duplicates ->
        [one] 1 duplicate
       *[other] { $duplicates } duplicates
    }, { $outside } outside the period, { $rejected } rejected
cli-summary-unchanged =
    { $job }: nothing has changed since the last run ({ $exports ->
        [one] 1 export
       *[other] { $exports } exports
    } and { $results ->
        [one] 1 result
       *[other] { $results } results
    } verified); { $end }
cli-summary-published-without =
    published without { $n ->
        [one] 1 source
       *[other] { $n } sources
    } that can't be used ({ $sources });{ " " }
cli-summary-checked-without =
    checked without { $n ->
        [one] 1 source
       *[other] { $n } sources
    } that can't be used ({ $sources });{ " " }
cli-report = report: { $report }
cli-results = results: { $folder }
cli-nothing-written = checked, nothing written
cli-balance-source = source
cli-balance-file = file
cli-balance-sheet = sheet
cli-balance-rows = rows
cli-balance-kept = kept
cli-balance-duplicate = duplicate
cli-balance-outside = outside
cli-balance-rejected = rejected
cli-balance-no-data = no data

## cli/diff

cli-diff-no-folder-either = there is no folder `{ $name }`, either

## cli/man

cli-man-writing-pages = writing the manual pages
cli-man-writing-page = writing the manual page

## cli/progress

cli-progress-rows = { $rows } rows

## cli

cli-job-name-is-letters = a job's name is letters a-z, digits, `_` and `-`; use --out for another file

## cli/ask

cli-ask-prompt = number:{ " " }
cli-ask-again = write a number from 1 to { $n }

## cli/check

cli-answers-written = { $written ->
        [0] nothing is written into { $file }
        [one] 1 answer is written into { $file }
       *[other] { $written } answers are written into { $file }
    }

## cli/machine

cli-clock-is-wrong = the machine's clock stands before the year 1970
cli-set-the-clock = set the clock, and run again
cli-too-few-threads = the machine allows the program no more threads, or has no memory for them
cli-allow-more-threads = close other programs, or raise the limits (`ulimit -u`, `ulimit -v`)
cli-no-memory = the machine has no more memory for this
cli-allow-more-memory = close other programs, raise the limit (`ulimit -v`), or run with `--threads 1`
