## job/load

job-reading-job-file = reading the job file
job-no-job-did-you-mean = no job `{ $job }`; did you mean `{ $meant }`?
job-lies-here = the file lies here: give its name with the ending, { $here }
job-is-named-by-name = jobs are named without folder and ending: { $name }
job-no-job = no job `{ $job }`
job-run-in-folder-holds-or = run in the folder that holds `{ $folder }`, or give the path of a job file
job-jobs-in = jobs in { $folder }: { $known }
job-job-file-is-not-utf = the job file is not UTF-8 text
job-save-utf-8-in-editor = open it in the editor and save it as UTF-8 (in Notepad: File, Save as, Encoding: UTF-8)

## job/relative

job-braces-name-nothing = `{ "{" }{ $named }{ "}" }` stands for nothing{ $meant }
job-did-you-mean-braces = ; did you mean `{ "{" }{ $meant }{ "}" }`?
job-braces-that-follow-the-period = what follows the job's period is written { "{" }year{ "}" }, { "{" }year-1{ "}" } or { "{" }year+1{ "}" }, { "{" }period{ "}" } (its name), { "{" }period.start{ "}" } or { "{" }period.end{ "}" } (its first and last day)

## job/roll

job-cannot-roll-to = the job is about { $from }, and { $to } is no other year that a report can be about

## job/schema

job-must-be-one-of = `{ $name }` must be { $listed }; found `{ $text }`{ $meant }
job-whole-number = a whole number
job-true-or-false = true or false
job-list-texts = a list of texts
job-list-numbers = a list of numbers
job-list-tables = a list of tables
job-another-value = another value
job-no-finite-number = no finite number
job-decimal-number = a decimal number
job-toml-date = a TOML date
job-write-date-in-quotes = write the date in quotes
job-must-be-of-type = `{ $name }` must be { $expected }, found { $found }
job-known-keys-here = known keys here: { $known }
job-unknown-key-in = unknown key `{ $key }` in { $name }{ $meant }
job-add-described-word = add `{ $wanted }`: { $text }: { $expected }
job-add-described = add `{ $wanted }`: { $text }
job-add-of-type = add `{ $wanted }`: { $expected }
job-missing-key-in = missing key `{ $wanted }` in { $name }
job-must-have-values-found = `{ $name }` must have { $least } values, found { $count }
job-must-be-whole-number-from = `{ $name }` must be a whole number from { $least } to { $most }, found { $number }
job-the-job-file = the job file
job-one-of = one of `{ $words }`
job-did-you-mean = ; did you mean `{ $meant }`?

## job/compile/chapters

job-add-rows-at-least-rejected = add `rows_at_least`, `rejected_at_most`, `no_unknown_category`, `max_age_days` or `expected_period`
job-check-has-no-rule = `check.{ $name }` has no rule
job-rejected-at-most-must-be = `rejected_at_most` must be a share from 0 to 1, found { $share }
job-write-0-01-for-one = write 0.01 for one per cent
job-max-age-days-needs-dates = `max_age_days` needs dates, and `source.{ $name }` has no `period_date`
job-name-date-column-under-period = name the date column under `period_date` of the source
job-expected-period-needs-dates-and = `expected_period` needs dates, and `source.{ $name }` has no `period_date`
job-is-not-optional-without-files = `{ $reference }` is not optional: without its files there is no report at all
job-set-optional-true-under-or = set `optional = true` under [{ $reference }], or remove it here
job-does-not-lie-in-templates = `{ $template }` does not lie in the templates folder
job-name-file-below-folder-like = name a file below the folder, like "chapters/avvikelser.md"

## job/compile/charts

job-has-no-each-is-one = `{ $name }` has no `each`: it is one table
job-write-name = write `{ $name }`
job-value-each-in = value of `each` in `{ $name }`
job-its-measure = its measure
job-key-has-meaning-only-for = `{ $key }` has a meaning only for { $owners }
job-remove = remove it
job-top-must-be-at-least = `top` must be at least 1, found 0
job-axis-must-go-from-lower = the axis must go from a lower to an upper end, found { $low } and { $high }
job-chart-cannot-draw-measure-family = a `{ $family }` chart cannot draw a measure of the family `{ $other }`
job-it-draws = it draws: { $families }
job-risk-matrix-is-drawn-from = a risk matrix is drawn from the register itself
job-write-risk-x-without-suffix = write `risk.x` without a suffix
job-heat-table-needs-breakdown-in = a heat table needs a breakdown in two dimensions
job-add-columns-to-breakdown = add `columns` to the breakdown
job-set-interval-wilson-under = set `interval = "wilson"` under [{ $base }]
job-has-no-intervals = `{ $base }` has no intervals
job-intervals-and-parentheses-want-same = `intervals` and `parentheses` want the same place beside a value
job-remove-one-them = remove one of them
job-is-one-table-per-value = `{ $measure }` is one table per value of `each`; a key number needs one of them
job-write-measure-say = write `measure = "{ $name }"`, say

## job/compile/columns

job-add-header-unless-derived = add `header`, as it stands in the export; only a column with `derive` has none
job-column-has-no-header = the column `{ $name }` has no header
job-column-is-read-from-export = a column is read from the export or derived, not both
job-remove-header-or-derive = remove `header` or `derive`
job-header-is-empty = the header is empty
job-category-and-text = `category` and `text`
job-all-others = all others
job-has-no-meaning-for-column = `{ $key }` has no meaning for a column of kind `{ $kind }`
job-is-for-remove-or-correct = it is for { $listed }: remove it, or correct `kind`
job-separator-is-empty = the separator is empty
job-write-or-n = write ";", "|" or "\n"
job-pad-must-be-from-2 = `pad` must be from 2 to 20 digits, found { $digits }
job-column-with-list-has-spellings = a column with a `list` has its spellings from there
job-remove-pad = remove `pad`
job-column-derived-from-cannot-hold = a column derived from `{ $hierarchy }` cannot hold `{ $found }`
job-remove-list-derived-column-holds = remove `list`: a derived column holds the groups
job-groups-cannot-be-derived-from = groups cannot be derived from `{ $from }`: it does not hold the members of a hierarchy
job-set-list-hierarchy-on = set `list = "hierarchy.…"` on `{ $from }`
job-is-another-kind-than-so = `{ $from }` is of another kind than `{ $name }`, so its values cannot stand for blanks
job-name-column-same-kind = name a column of the same kind
job-column-cannot-refer-to-itself = the column `{ $name }` cannot refer to itself
job-name-another-column = name another column
job-is-not-date-format-with = `{ $format }` is not a date format with year, month and day
job-write-like-y-m-d = write it like "%Y-%m-%d", "%d/%m/%Y" or "%y%m%d"

## job/compile/head

job-cube-streaming-cannot-count-source = `cube = "streaming"` cannot count `source.{ $name }`, where one event may take several rows
job-remove-cube-polars-counts-such = remove `cube`: polars counts such sources
job-as-of-before-period-ends = `as_of` { $said } lies before the period ends on { $last }: what happened after it would be missing
job-as-of-a-year-off = `as_of` { $said } lies more than a year after the period's end { $last }: by { $next } the next report is due
job-write-day-of-exports = write the day on which the exports were taken, also relative to the year: "{ "{" }year{ "}" }-10-15"
job-has-no-meaning-for-calendar = `{ $key }` has no meaning for a calendar year
job-remove-or-set-kind-quality = remove it, or set `kind = "quality_year"`
job-first-month-must-be-month = `first_month` must be a month from 1 to 12, found { $first_month }
job-from-to = from { $first } to { $last }
job-year-option-must-be = `--year` must be { $range }, found { $year }
job-year-must-be = `year` must be { $range }, found { $found }
job-earlier-must-be-at-most = `earlier` must be at most { $most }, found { $earlier }

## job/compile/labels

job-in = { $what } in `{ $measure }`

## job/compile/lists

job-has-no-values = `{ $name }` has no values
job-list-categories = list the categories
job-is-same-value-above = `{ $value }` is the same value as `{ $first }` above
job-case-space-and-unicode-form = case, space and Unicode form make no difference; remove one
job-bucket-unknown-spellings-is-one = the bucket of unknown spellings, `{ $unknown_label }`, is one of the values
job-give-bucket-name-own-by = give the bucket a name of its own by `unknown_label`
job-value-in = value in `{ $name }`
job-already-stands-for = `{ $spelling }` already stands for `{ $other }`
job-has-no-groups = `{ $name }` has no groups
job-list-each-group-with-members = list each group with its members
job-stands-in-two-groups-and = `{ $member }` stands in two groups, `{ $group }` and here
job-member-belongs-to-one-group = a member belongs to one group; remove it from the other
job-member-in = member in `{ $name }`
job-valid-to-is-before-valid = `valid_to` is before `valid_from`
job-is-still-name-own-in = `{ $from }` is still a name of its own in `{ $name }`
job-add-valid-from-or-valid = add `valid_from` or `valid_to`, or remove it from the groups
job-is-renamed-to-on-same = `{ $from }` is renamed to `{ $to }` on the same days
job-make-valid-from-and-valid = make `valid_from` and `valid_to` of the two exclude each other

## job/compile/names

job-name-must-be-letters-z = the name `{ $name }` must be letters a–z, digits, `_` and `-` only
job-write-o-o-in-names = write å ä ö as a a o in names; titles and labels may hold any letter
job-column-name-must-not-begin = the column name `{ $name }` must not begin with `_`
job-such-names-are-kept-for = such names are kept for the file, sheet and row of each row

## job/compile/observations

job-source-does-not-say-which = `source.{ $name }` does not say which indicator a row is of
job-add-column-indicator-or-indicator = add a column `indicator`, or `indicator` under `fixed` or in each `wide.set`
job-source-has-no-values = `source.{ $name }` has no values
job-add-column-value-or-source = add a column `value`, or `[[source.….wide]]` columns
job-source-has-both-column-value = `source.{ $name }` has both a column `value` and wide columns
job-keep-one-them-cell-is = keep one of them: a cell is one observation
job-has-meaning-only-for-sources = `{ $key }` has a meaning only for sources of kind `observations`
job-remove-or-correct-kind = remove it, or correct `kind`
job-is-column-export-too = `{ $column }` is a column of the export, too
job-keep-one-them = keep one of them
job-column-observation-source-must-be = the column `{ $column }` of an observation source must be of kind `number`
job-set-kind-number = set `kind = "number"`
job-wide-column-has-no-header = the wide column has no header
job-add-header = add `header`, as it stands in the export
job-header-is-already-another-wide = the header `{ $header }` is already that of another wide column
job-set-is-empty-nothing-says = `set` is empty: nothing says what the column stands for
job-write-set-period-2023-say = write `set = { "{" } period = "2023" { "}" }`, say
job-is-given-for-whole-row = `{ $column }` is given for the whole row, too

## job/compile/protect

job-threshold-must-be-from-2 = `threshold` must be from 2 to 1000, found { $threshold }
job-write-5-counts-1-to = write 5: counts of 1 to 4 are hidden
job-source-or-measure = source or measure
job-sensitive-zeros-hides-zeros-but = `sensitive_zeros` hides zeros, but `breakdown.{ $name }` leaves out empty rows, which tells them
job-remove-hide-empty-breakdown = remove `hide_empty` of [breakdown.{ $name }]

## job/compile/sources

job-known-from-has-meaning-only = `known_from` has a meaning only where rows are counted by a `period_date`
job-minimum-answers-has-meaning-only = `minimum_answers` has a meaning only for observations
job-source-has-no-files = the source has no files
job-name-at-least-one-file = name at least one file or glob pattern
job-is-not-glob-pattern = `{ $file }` is not a glob pattern: { $why }
job-source-has-no-column-kind = `source.{ $name }` has no column of kind `id`: events are counted by distinct id
job-set-kind-id-on-column = set `kind = "id"` on the column that identifies an event
job-repeated-ids-has-no-meaning = `repeated_ids` has no meaning: `source.{ $name }` has no column of kind `id`
job-source-has-columns-kind-id = `source.{ $name }` has { $count } columns of kind `id`; it can have one
job-make-others-category = make the others `category`
job-header-rows-must-be-from = `header_rows` must be from 1 to { $most }, found { $header_rows }
job-header-rows-cannot-end-on = a header of { $header_rows } rows cannot end on row { $header_row }
job-name-lowest-row-header-counted = name the lowest row of the header, counted from 1 as Excel does
job-write-or-t-leave-out = write ";", ",", "|" or "\t"; leave it out to have it found
job-column-in-source = column in `source.{ $name }`
job-is-not-date-column = `{ $name }` is not a date column
job-name-column-kind-date = name a column of kind `date`

## job/compile/theme

job-is-not-colour-written-rrggbb = `{ $text }` is not a colour written #rrggbb
job-has-contrast-1-to-needed = { $text } has contrast { $contrast }:1 to { $ground }, needed { $least }:1
job-choose-two-colours-are-further = choose two colours that are further apart in lightness
job-white-on-which-figures-stand = white, on which figures stand
job-palette-must-have-at-most = `palette` must have at most { $most } colours, found { $count }
job-readers-cannot-tell-more-hues = readers cannot tell more hues apart
job-palette-has-contrast-1-to = `palette` { $text } has contrast { $contrast }:1 to white, on which figures stand, needed { $least }:1
job-choose-darker-colour = choose a darker colour
job-palette-and-look-alike-to = `palette` { $one_text } and { $two_text } look alike to { $vision }
job-palette-and-stand-beside-each = `palette` { $one_text } and { $two_text } stand beside each other and look alike in grey
job-choose-two-colours-are-further-apart = choose two colours that are further apart in hue and lightness
job-every-reader = every reader
job-readers-with-protanopia = readers with protanopia
job-readers-with-deuteranopia = readers with deuteranopia
job-readers-with-tritanopia = readers with tritanopia
job-theme-has-no-typeface-is = [theme] has no `{ $key }`: a typeface is `font`, `font_regular` and `font_semibold`
job-add-or-remove-others-for = add it, or remove the others for the bundled typeface
job-is-not-name-typeface-letters = `{ $family }` is not the name of a typeface: letters, digits, space, `-`, `_` and `.`
job-write-name-font-file-itself = write the name that the font file itself has
job-theme-has-logo-without-logo = [theme] has a `logo` without `logo_text`: who doesn't see it must be told what it says
job-add-logo-text = add `logo_text = "…"`
job-logo-text-has-no-meaning = `logo_text` has no meaning without `logo`
job-add-logo-or-remove = add `logo`, or remove it
job-does-not-end-in = `{ $text }` does not end in .{ $endings }
job-give-file-one-these-kinds = give a file of one of these kinds

## job/compile/unused

job-no-measure-and-no-check = no measure and no check reads `source.{ $name }`
job-remove-or-add-measure = remove it, or add a measure of it
job-no-column-has-values-from = no column has its values from `category.{ $name }`
job-remove-or-name-list-column = remove it, or name it as the `list` of a column
job-no-column-has-values-from-hierarchy = no column has its values from `hierarchy.{ $name }`

## vocabulary/checks

job-is-too-long = { $at } has { $letters } letters, more than { $most }
job-write-it-in-a-template = write long texts in a template
job-is-empty = { $at } is empty
job-write-what-readers-are-to = write what readers are to see
job-is-not-date-calendar-written = `{ $text }` is not a date of the calendar written YYYY-MM-DD
job-write-like-2023-08-31 = write it like "2023-08-31"
job-is-address-not-path-kvalis = `{ $text }` is an address, not a path: kvalis reads and writes files on this machine only
job-download-file-first-and-name = download the file first and name it here
job-write-path-or-leave-key = write a path, or leave the key out for its default

## vocabulary/document

job-typographic-quotes = a text stands in typographic quotation marks
job-write-straight-quotes = write straight ones: "…" (Word turns them into others; a plain editor such as Notepad does not)
job-list-is-not-closed = the list above is not closed, or a comma is missing in it
job-close-the-list = close it with `]` at its end, or write a comma between its values; what stands below was not looked at
job-text-is-not-in-quotes = a text does not stand in quotation marks, or one of them is missing
job-put-text-in-quotes = write "…" around it
job-not-valid-toml = not valid TOML: { $why }

## vocabulary/problems

job-unknown-name = no { $noun } `{ $name }`{ $rest }{ $question }
job-there-are-to-choose-from = there are { $known } to choose from: { $listed }, …
job-known-names = known { $noun }s: { $known }

## vocabulary/scope

job-an-id = an id
job-name-column-kind-category-or = name a column of kind `category` or `yes_no`
job-count-over-time-with-trend = count over time with a `trend`
job-declare-category-to-count-by = declare it as `category` to count by it
job-free-text = free text
job-is-events-are-counted-by = `{ $name }` is { $what }: events are counted by labels
job-list-values-is-empty-so = the list of values is empty, so that no row fits
job-name-at-least-one-value = name at least one value
job-value-in-column-source = value in the column `{ $column }` of `source.{ $name }`

## vocabulary/spec

job-text-or-list-texts = a text or a list of texts

## measure/spc/compile

job-has-meaning-only-for-xmr = `{ $key }` has a meaning only for `xmr` and `t`
job-rule-points-must-be-7 = `rule_points` must be 7 or 6, found { $points }
job-fix-after-n-must-be = `fix_after_n` must be at least { $least }, found { $n }
job-limits-hold-need-some-thirteen = limits that hold need some thirteen points
job-goal-must-be-number-found = the goal must be a number, found { $goal }
job-decimals-must-be-at-most = `decimals` must be at most { $most }, found { $decimals }
job-source-has-no-period-date = `source.{ $name }` has no `period_date` that places a row in time
job-add-period-date-to-source = add `period_date` to the source
job-control-chart-does-not-say = the control chart does not say what a point is
job-add-by-month-quarter-or = add `by = "month"`, `"quarter"` or `"year"`
job-by-has-no-meaning-for = `by` has no meaning for `g` and `t`: each rare event is a point
job-unit-has-meaning-only-for = `unit` has a meaning only for observations
job-chart-needs-part-events-whose = the chart needs a part: the events whose share it shows, or that are rare
job-add-part-column-value = add `part = { "{" } column = "value" { "}" }`
job-remove-or-choose-p-p = remove it, or choose `p`, `p_prime`, `xmr` or `run` without a denominator
job-this-chart-counts-events-has = this chart counts events, it has no part of them
job-rate-needs-denominator-what-events = a rate needs a denominator: what the events are counted on
job-add-denominator-source-source-x = add `denominator = { "{" } source = "source.x", label = "…" { "}" }`, a source of observations
job-denominator-has-meaning-only-for = `denominator` has a meaning only for `u`, `u_prime`, `xmr` and `run`
job-one-denominator-cannot-serve-every = one denominator cannot serve every value of `each`
job-make-chart-per-value-with = make a chart per value, with `where`
job-remove-point-is-period-source = remove it: a point is a period of the source, and `n` what its value is counted on
job-has-meaning-only-for-events = `{ $key }` has a meaning only for events
job-chart-needs-column-n-in = the chart needs a column `n` in `source.{ $name }`
job-add-column-holds-what-value = add the column that holds what the value is counted on
job-remove-decimals-or-set-unit = remove `decimals`, or set `unit = "number"`
job-count-has-no-decimals = a count has no decimals
job-per-must-be-at-least = `per` must be at least 1, found 0
job-does-not-hold-observations-so = `{ $source }` does not hold observations, so that it has no value a period
job-name-source-kind-observations = name a source of kind `observations`
job-two-rebases-begin-on = two rebases begin on { $from }
job-keep-one-and-name-both = keep one, and name both reasons in it

## measure/shift/compile

job-has-no-last-period-beside = has no last period beside, or more than one dimension
job-is-no-breakdown = is no breakdown

## measure/quality/compile

job-source-has-no-period-date-says = the source has no `period_date` that says when a row was reported
job-add-reported = add `reported`
job-has-meaning-only-for-source = `{ $key }` has a meaning only for a source of events
job-must-be-share-from-0 = must be a share from 0 to 1, found { $share }
job-write-0-2-for-20 = write 0.2 for 20 per cent

## measure/goal/compile

job-source-has-no-column-which = `source.{ $name }` has no column `{ $column }`, which a goal compares with
job-declare-column-export = declare the column of the export as `{ $column }`

## measure/development/compile

job-is-not-by-year = is not by year
job-has-no-years-columns = has no years as columns
job-is-no-trend-share-or = is no trend, share or indicator

## measure/rate/compile

job-say-with-one-exposure-exposure = say it with one of `exposure`, `exposure_of`, `exposure_source` and `days`
job-rate-stands-beside-one-earlier = a rate stands beside one earlier period at most, found { $earlier }
job-write-0-or-1 = write 0 or 1
job-source-has-no-period-date-places = `source.{ $name }` has no `period_date` that places a row in a period
job-add-label-say-invanare-or = add `label`, say "invånare" or "platser"
job-rate-does-not-say-what = the rate does not say what its exposure is
job-rate-has-no-exposure-events = the rate has no exposure that its events are counted on
job-and-both-say-exposure = `{ $first }` and `{ $other }` both say the exposure
job-exposure-must-be-above-0 = an exposure must be above 0, found { $exposure }
job-is-no-year = `{ $name }` is no year
job-write-2023-12345-say = write `"2023" = 12345`, say
job-there-is-no-exposure-for = there is no exposure for { $year }
job-add-or-set-earlier-0 = add `"{ $year }" = …`, or set `earlier = 0` for this period only
job-exposure-needs-rows-and-rate = `exposure_of` needs rows, and the rate has no `by`
job-add-by-or-write-exposure = add `by`, or write `exposure`
job-row-by = row by `{ $by }`
job-row-has-no-exposure = the row `{ $row }` has no exposure
job-add-exposure-of-row = add `"{ $row }" = { "{" } "{ $year }" = … { "}" }`
job-does-not-hold-observations-so-has = `{ $source }` does not hold observations, so that it has no value a year
job-rows-has-no-meaning-for = `rows` has no meaning for a rate without `by`
job-remove-or-add-by = remove it, or add `by`

## measure/trend/compile

job-running-has-meaning-only-for = `running` has a meaning only for months and quarters

## measure/published/compile

job-what-was-printed-must-be = what was printed must be a source of kind `observations`

## measure/funnel/compile

job-has-no-meaning-for-funnel = `{ $other }` has no meaning for a funnel of this kind
job-source-has-no-column = `source.{ $name }` has no column `{ $column }`
job-name-indicator-holds = name the indicator that holds it as `{ $key }`

## measure/risk/compile

job-risk-scale-has-or-steps = a risk scale has { $first } or { $last } steps, found { $steps }
job-has-words-for-steps = `{ $key }` has { $count } words for { $steps } steps
job-name-every-step-lowest-first = name every step, lowest first, or none
job-scores-on-this-scale-are = scores on this scale are from 1 to { $highest }, found { $found }
job-two-levels-have-same-label = two levels have the same label or begin at the same score
job-remove-one = remove one
job-is-kind-id-so-risk = `{ $name }` is of kind `id`, so that a risk's second year is dropped as a duplicate
job-declare-column-category = declare the column as `category`
job-last-year-risks-stand-in = last year's risks stand in one place, not two
job-remove-year-or-previous = remove `year` or `previous`
job-last-year-source-must-be = last year's source must be of kind `register`, too
job-done-names-values-status-but = `done` names values of the status, but there is no `status`
job-name-status-column-status = name the status column as `status`

## measure/action/compile

job-last-report-is-not-before = the last report, { $said }, is not before this one's `as_of`, { $as_of }
job-write-as-of-of-last-report = write the `as_of` of the last report
job-actions-say-no-origin = `events` names where actions come from, but no columns say so
job-measure-and-row-go-together = a measure and the column of its rows say nothing without each other
job-name-measure-and-row = name both `measure` and `measure_row`
job-measure-has-no-test = `{ $name }` has no test, so that it does not say what has changed
job-set-test-under = set `test = true` under [{ $name }]
job-name-origin-and-its-id = name the columns as `origin` and `origin_id`

## measure/cube/compile

job-cube-has-no-dimensions = the cube has no dimensions
job-name-column-or-year = name a column, or `year`

## measure/share/compile

job-share-has-no-lines = the share has no lines
job-add-share-line-with-label = add `[[share.….line]]` with `label` and `of`
job-with-by-share-has-exactly = with `by` a share has exactly one line, found { $count }
job-make-one-share-per-line = make one share per line, or remove `by`
job-share-has-rows-of-years = the rows of a share are values of a column, or years, not `{ $by }`
job-follow-shorter-steps-by-spc = set `by` to "year", "calendar_year" or a column; [spc.…] with `part` follows a share by shorter steps
job-part-has-no-condition-so = the part of `{ $label }` has no condition, so that it is the whole
job-add-part-or-part-not = add `part` or `part_not`

## measure/lead_time/compile

job-time-ends-where-it-begins = the time ends with the date that it begins with, `{ $name }`
job-name-date-of-the-end = name the date column of the end, say of the decision

## measure/register/compile

job-register-shows-no-columns = the register shows no columns
job-name-at-least-one-column = name at least one column

## measure/breakdown/compile

job-rows-must-be-one-column = `rows` must be one column, or two for a hierarchy; found { $count }
job-is-already-counted-under-another = `{ $value }` is already counted under another label

## measure/comparison/compile

job-source-does-not-say-how = `source.{ $name }` does not say how many answered
job-name-indicator-holds-answers = name the indicator that holds it as `answers`
job-is-not-kind-register = `{ $found }` is not of kind `register`
job-name-source-with-names = name a source with the names
job-column-must-be-kind-category = the column `{ $column }` of `{ $found }` must be of kind `category`
job-set-kind-category = set `kind = "category"`
job-survey-and-minimum-answers-both = `survey` and `minimum_answers` both say how many must have answered
job-cannot-be-better-both-higher = `{ $part }` cannot be better both higher and lower

## measure/mismatch/compile

job-comparison-has-no-indicators = the comparison has no indicators
job-name-columns-answers = name the columns of the answers
job-is-our-own-row-and = `{ $name }` is our own row, and cannot be compared with itself
job-at-least-must-be-share = `at_least` must be a share from 0 to 1, found { $share }
job-write-0-5-for-half = write 0.5 for half of them
job-cannot-mean-two-things = `{ $word }` cannot mean two things
job-take-out-one-yes-no = take it out of one of `yes`, `no` and `partly`

## measure/indicator/compile

job-cannot-be-rows-and-columns = `{ $name }` cannot be rows and columns at once
job-needs-column-n-in-source = `{ $key }` needs a column `n` in `source.{ $name }`
job-add-column-holds-how-many = add the column that holds how many were asked or reviewed
job-name-indicator-holds-few-answers = name the indicator that holds it: `few_answers.indicator`
job-needs-number-answers-and-source = `{ $key }` needs the number of answers, and `source.{ $name }` has none
job-declare-column-n-on-source = declare a column `n` on the source, or name the indicator of answers: `few_answers.indicator`
job-is-for-percentages-and-unit = `{ $key }` is for percentages, and the unit is another
job-set-unit-percent-or-remove = set `unit = "percent"`, or remove it

## measure/declared

job-the-measure = the measure
job-is-kind-this-family-reads = `{ $reference }` is of kind `{ $found }`; this family reads `{ $listed }`
job-stands-in-title-but-has = `{ $each }` stands in the title, but { $whose } has no `each`
job-add-each-to-measure-or = add `each` to the measure, or write the title out
job-has-no-closed-list-so = `{ $column }` has no closed list, so that its values are not known beforehand
job-give-column-list-or-name = give the column a `list`, or name another column
job-tables-and-would-have-same = the tables of `{ $other }` and `{ $value }` would have the same file name
job-make-two-names-differ-in = make the two names differ in more than signs and accents
job-earlier-periods-are-asked-for = { $earlier } earlier periods are asked for, but the job keeps { $kept }
job-raise-earlier-under-job-period = raise `earlier` under [job.period], or set `outside_period = "keep"` on the source
job-is-not-number-column-so = `{ $name }` is not a number column, so that it has no mean
job-there-is-no-period-before = there is no period before beside this one to test against
job-set-earlier-1-or-remove = set `earlier = 1`, or remove `test`

## measure/derived

job-stands-in-title-but-has-no = `{ $each }` stands in the title, but `{ $measure }` has no `each`
job-add-each-to-measure-or-write = add `each` to that measure, or write the title out

## job, what is asked for and what is found

job-a-date = a date
job-number = a number
job-text = a text
job-table = a table
job-list = a list
job-a-value = a value
job-or = { " " }or{ " " }
job-value-of-list = value { $number } of `{ $key }`
job-measure-and-fault = `{ $measure }` { $fault }
job-column-in = column in `{ $source }`
job-delimiter-must-be-one-character = `delimiter` must be one character, found { $found }

## job/mend

job-ask-value = { $value } ({ $cells ->
        [one] 1 row
       *[other] { $cells } rows
    }, column { $header }): synonym, new value, or ignore?
job-synonym = another word for a value of the list
job-synonym-near = another word for a value of the list ({ $near }, or another)
job-new-value = a new value
job-leave-as-it-is = leave it as it is for now
job-ask-of-which = { $value } is another word for which?
job-ask-group = { $value } belongs to which group?
job-ask-format = { $header } ({ $cells } rows): the dates are written as { $format }; is that so from now on?
job-yes-add-format = yes, read dates that are written so too
job-ask-header = { $header }: the export has no such column, but { $found }; is it the same?
job-yes-same-column = yes, read that column
