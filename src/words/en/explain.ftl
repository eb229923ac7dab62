## explain/cell

explain-a-text = a text
explain-missing = missing: nothing was measured or delivered
explain-does-not-apply = does not apply
explain-withheld = withheld
explain-no-value-belongs-here = no value belongs here
explain-count-of-events = a count of distinct events
explain-count-of-rows = a count of rows
explain-share = a share: the numerator divided by the denominator
explain-mean = the mean of `{ $number }` over the distinct events that have one (of several rows the first that does)
explain-value-as-it-stands = the value of `{ $column }` as it stands in the export
explain-computed-of = { $how } what stands below
explain-nothing-was-counted = a label, or a cell that nothing was counted or measured for
explain-for-cell = for { $cell }
explain-hidden-in-report = dold i rapporten: a small count, or one from which a small count could be worked out
explain-rows-are-shown-with-internal = the report hides small counts: rows and hidden numbers are shown with --internal
explain-other-rows-are-called = { $n } other rows are called `{ $name }`; `{ $name }#2` is the second of them
explain-not-printed = not printed in the report; it stands in tables/ for the analyst

## explain/fate

explain-as-observations = as { $observations } observations, one for each wide column
explain-not-among-rows-that-count = not among the rows that count; give the path of the export to learn why, or look in rejects.csv
explain-export-has-changed = { $detail }the export has changed since the report was published
explain-would-be-kept-now = not in the published data, but it would be kept now
explain-id-is-kept-from-another-row = the same id is kept from another row
explain-job-keeps = the job keeps { $first }–{ $last }
explain-see-rejects = { $code } ({ $reason }); see rejects.csv
explain-sheet-has-not-that-row = the sheet has { $rows } rows, and { $row } is not one of them
explain-rows-are-counted-from-1 = rows are counted from 1, as Excel does

## explain/find

explain-report-has-none-of = the report has no { $word }; give a name such as `{ $name }`
explain-report-has-only-one = the report has { $word } 1 only
explain-report-has-so-many = the report has { $word } 1–{ $count }
explain-report-has-no-number = the report has no { $number }
explain-one-table-for-each-value = `{ $name }` is one table for each value
explain-name-one-of = name one of the { $n }: `{ $one }`
explain-did-you-mean = ; did you mean `{ $near }`?
explain-give-a-name = give a name of the job file such as `{ $name }`, "Tabell 1" or "Figur 1"
explain-report-has-no-figure = the report has no figure `{ $name }`{ $near }
explain-name-a-row = name a row: { $labels }
explain-has-no-rows = `{ $name }` has no rows
explain-nothing-counted-in-it = nothing was counted in it
explain-has-no-total-row = `{ $name }` has no total row
explain-has-no-columns = `{ $name }` has no columns
explain-has-no-row = `{ $table }` has no row `{ $name }`{ $near }
explain-rows-are = its rows are { $rows }
explain-has-no-column = `{ $table }` has no column `{ $name }`{ $near }
explain-columns-are = its columns are { $columns }
explain-listed-and-more = { $shown } and { $more } more

## explain/report

explain-published-by-another-build = the report was published by another build of kvalis ({ $build })
explain-counted-by-this-build = the numbers below are counted by this build
explain-job-file-has-changed = the job file has changed since the report was published
explain-job-as-it-was = explained is the job as it was; run it again to publish what it is now
explain-files-as-they-are-now = the numbers below are those of the files as they are now
explain-data-were-changed = the data were changed after publication
explain-and-other-tables = { " " }(and { $more } other tables)
explain-differs-from-published = `{ $name }` counted anew differs from the published table{ $more }
explain-compare-the-two = compare the two before you trust either

## explain/trace

explain-report-was-made-of = the report was made of { $known }
explain-report-was-not-made-of = the report was not made of `{ $name }`{ $near }
explain-has-no-sheets = `{ $name }` has no sheets
explain-write-hyphen-for-sheet = write `-` for the sheet
explain-is-a-workbook = `{ $name }` is a workbook
explain-name-the-sheet = name the sheet: { $known }
explain-nothing-was-read-of-sheet = nothing was read of the sheet `{ $sheet }` of `{ $name }`{ $near }
explain-sheets-that-were-read = sheets that were read: { $known }
explain-hidden = dold i rapporten
explain-blank = blank

## explain/words

explain-each-row-is-one = each row is one
explain-told-apart-by = told apart by { $name }
explain-distinct-events = distinct { $many } of source.{ $name } "{ $title }", { $told_apart }
explain-rows-of-events = rows of events in source.{ $name } "{ $title }"
explain-observations = observations in source.{ $name } "{ $title }"
explain-rows-of-register = rows of a register in source.{ $name } "{ $title }"
explain-or = { $rest } or { $last }
explain-where-any-value = where { $column } has any value
explain-where-is = where { $column } is { $list }{ $several }
explain-where-is-one-of = where { $column } is one of { $list }{ $several }
explain-where-is-not = where { $column } is not { $list }{ $several }
explain-where-is-none-of = where { $column } is none of { $list }{ $several }
explain-where-missing = where { $column } is missing
explain-where-in-period = where { $column } lies in { $period } ({ $first }–{ $last })
explain-where-in-calendar-year = where { $column } lies in the calendar year { $number }
explain-where-in-quarter = where { $column } lies in quarter { $number } of the period
explain-where-in-month = where { $column } lies in { $month }
explain-where-number = where { $column } is { $number }
explain-in-all-periods = in all periods that the job keeps ({ $first }–{ $last })
explain-cell-is-blank = { " " }(the cell is blank)
explain-outside-list = { " " }(spellings outside the list)
explain-alone-or-among-others = , alone or among others
