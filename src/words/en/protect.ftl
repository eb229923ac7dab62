## protect/report

protect-count-cannot-be-hidden = `{ $name }`, row `{ $row }`, column `{ $column }`: the count can be worked out even if all others are hidden
protect-merge-rows-or-leave-out = merge rows, or leave the table out of the job
protect-merge-rows-or-exempt-less = what is listed under `exempt` ({ $names }) is printed and known: take from the list what tells this count, exempt this table, too, or merge rows
protect-table-gives-away = `{ $table }` gives away row `{ $row }`, column `{ $column }`: nothing is published
protect-bug-help = this is a bug in kvalis: please report it; until then leave the table out or merge its rows

## protect/table_file

protect-no-table = there is no table: no line has a name and a count
protect-no-rows = the table has a header and no rows
protect-row-longer-than-header = the row is longer than the header
protect-cell-holds-no-count = the cell does not hold a count
protect-write-a-whole-number = write a whole number, with last year's in parentheses if it stands beside: 12 (9)
protect-no-column-of-totals = no column of totals (Totalt): rows are taken not to be added up anywhere
protect-no-row-of-totals = no row of totals (Totalt): columns are taken not to be added up anywhere
protect-no-totals = no totals (Totalt) in the last row or column: only small counts are hidden, as if no total were published
protect-small-totals = fewer than { $threshold } in all: { $small }; merged with a neighbour, less would have to be hidden
protect-small-totals-last-year = fewer than { $threshold } in all (last year): { $small }; merged with a neighbour, less would have to be hidden
protect-column = column "{ $label }"
protect-row = row "{ $label }"
protect-last-years = last year's{ " " }
protect-parts-add-up-to = { $beside }total is { $total }, but its parts add up to { $parts }
protect-more-than-all-parts = { $beside }total is { $total }, more than all its parts together ({ $parts })
protect-less-than-largest-part = { $beside }total is { $total }, less than its largest part ({ $largest })
protect-hidden-already = this number is hidden already
protect-with-all-numbers = protect the table with all its numbers
protect-correct-or-distinct = correct the table; if an event can stand in several places and the total counts it once, say so: --distinct
protect-correct-distinct-total = correct the table: a distinct total lies between its largest part and the sum of its parts

## protect/two_way

protect-small-count-cannot-be-hidden = this count is small and can be worked out even if all others are hidden
protect-merge-row-or-column = merge its row or column with another one, or leave the table out
protect-two-way-gives-away = the protected table gives away row "{ $row }", column "{ $column }": nothing is published
