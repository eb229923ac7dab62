## measure/comparison/cells

measure-rows-of-one-comparison-differ = rows { $first } and { $row } differ but are of one indicator, area, year and group of `{ $name }`
measure-correct-or-leave-out = correct one of the rows, or leave one out with `where` under [{ $name }]

## measure/goal

measure-rows-of-one-goal-differ = rows { $first } and { $row } differ but are of one indicator and period of `{ $name }`

## measure/indicator

measure-rows-of-one-cell-differ = rows { $first } and { $row } differ but belong in one cell of `{ $name }`: same { $rows } and { $columns }
measure-correct-or-tell-apart-by-rows = correct one of the rows, or tell them apart with `where` or `rows` under [{ $name }]

## measure/lead_time/outcomes

measure-from-to = { $from } → { $to }
measure-ended-within = at most { $days } days, { $from } → { $to }

## measure/mismatch

measure-did-you-mean = ; did you mean `{ $near }`?
measure-no-row-is-called = [{ $name }] names `{ $wanted }`, but no row of source.{ $source } is called that{ $near }
measure-write-as-export-spells = write the name as the export spells it
measure-second-row-of = row { $row } is a second row of `{ $wanted }`, which [{ $name }] compares
measure-remove-one-of-the-rows = remove one of the rows from the export

## measure/published

measure-numbers-differ-from-print = { $differing } of { $all } numbers in [{ $name }] differ from what is counted for that year now
measure-see-table-for-causes = see the table for likely causes, and tell of the difference in the report

## measure/rate/exposures

measure-rows-of-one-exposure-differ = rows { $first } and { $row } differ but are both the exposure of one row and year of `{ $name }`
measure-correct-or-tell-exposures-apart = correct one of the rows, or tell them apart with `where` under [{ $name }.exposure_source]

## measure/risk/register

measure-source-has-no-risk-of = `source.{ $source }` has no risk of { $year }
measure-put-new-register-there = put the new register there, or correct the job's `year`, or `years_ahead` under [{ $name }]
measure-give-risk-an-id = give the risk an id, so that it is found again next year
measure-risk-has-no-id = the risk has no id
measure-risk-has-no-value-on = the risk has no value on the scale 1–{ $steps }
measure-fill-in-cell = fill in the cell
measure-value-is-not-on-scale = the value is not a whole number on the scale 1–{ $steps }
measure-correct-cell-or-steps = correct the cell, or `steps` of the scale in the job file
measure-an-id = an id
measure-risk-stands-twice = { $id } stands twice among the risks of { $name }, the first time on row { $first }
measure-give-each-risk-its-id = give each risk an id of its own; until then only the first row counts

## measure/spc/observed

measure-rows-of-one-point-differ = rows { $first } and { $row } differ but belong to one period of `{ $name }`
measure-correct-or-tell-apart = correct one of the rows, or tell them apart with `where` under [{ $name }]
