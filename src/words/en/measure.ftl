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

## measure/action/register

measure-action-has-no-id = the action has no id
measure-give-action-an-id = give the action an id, so that it is found again in the next report
measure-action-stands-twice = { $id } stands twice in the register, the first time on row { $first }
measure-give-each-action-its-id = give each action an id of its own; until then only the first row counts
measure-action-is-not-decided = there is no day on which the action was decided, so that it counts as new and has no time
measure-write-day-of-decision = write the day of the decision
measure-action-is-decided-later = the action is decided after { $day }, the day of the data, and is left out
measure-action-is-done-later = the action is done after { $day }, the day of the data, and counts as open
measure-check-day-or-as-of = correct the day, or `as_of` in the job file
measure-action-is-done-before = the action is done before it was decided, so that it has no time
measure-correct-one-of-days = correct one of the two days
measure-effect-is-no-answer = the effect is neither Ja, Delvis nor Nej, and is not counted
measure-write-effect-as = write Ja, Delvis or Nej, or declare a list with synonyms for the column
measure-effect-is-not-judged = the effect was not judged when the action was done, and is not counted
measure-judge-effect-when-done = judge the effect when the action is done, and write the day of it
measure-an-action = the action on row { $row }
measure-action-is-gone = { $action } was open in the last report and is not in `source.{ $source }`
measure-put-action-back = put it back into the register of `source.{ $source }`, with the day on which it was done if it is
measure-event-of-action-is-gone = { $action } is open, and the event that it comes from is not among the rows that the job keeps of `source.{ $source }`
measure-say-what-became-of-event = find out what became of the event; if it is only older than the job reads, raise `earlier` under [job.period]

## measure/spc/observed

measure-zero-in-doubt = `source.{ $source }` has no row of { $value } in the year { $year } and { $now } the year after: the report prints 0
measure-say-known-from = if the export does not reach back so far for it, say from which day it does: `known_from` under [source.{ $source }]
measure-rows-of-one-point-differ = rows { $first } and { $row } differ but belong to one period of `{ $name }`
measure-correct-or-tell-apart = correct one of the rows, or tell them apart with `where` under [{ $name }]
