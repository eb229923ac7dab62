## write/arguments

write-cannot-be-printed-text = a { $kind } cannot be printed as text

## write/compose

write-is-referred-to-but-never = `{ $name }` is referred to but never printed
write-print-in-chapter-or-take = print `{ $name }` in a chapter, or take the reference out

## write/facts

write-no-such = no { $noun } `{ $full }`
write-has-one-per-value-name = `{ $name }` has one { $noun } per value: name one of { $values }
write-has-no-each-leave-value = `{ $name }` has no `each`: leave the value out
write-did-you-mean = { $message }; did you mean `{ $name }`?
write-has-no-row = `{ $table }` has no row `{ $name }`
write-has-no-total-row = `{ $name }` has no total row
write-name-row-row = name a row: `row="…"`
write-has-no-columns = `{ $name }` has no columns
write-has-no-column = `{ $table }` has no column `{ $name }`
write-columns-are = its columns are { $known }

## write/functions

write-count-takes-number-was-counted = `count` takes a number that was counted
write-percent-takes-share-change-or = `percent` takes a share, a change or a percentage
write-number-takes-value-table = `number` takes a value of a table

## write/key_numbers

write-sentence-cannot-be-read = the sentence cannot be read
write-sentence-is-more-than-one = the sentence is more than one paragraph of text

## write/markdown

write-line-dashes-has-no-meaning = a line of dashes has no meaning here
write-use-page-break = use page_break()
write-link-leads-to-https-http = a link leads to https, http or mailto only
write-write-whole-address-or-use = write the whole address, or use ref(…) for a table or figure
write-stands-on-line-own = { $call } stands on a line of its own
write-move-to-line-own-with = move it to a line of its own, with nothing before or after it
write-take-out-heading-bold-text = take it out of the heading, the bold text or the link
write-raw-html-has-no-place = raw HTML has no place in a template
write-write-in-markdown-text-is = write it in Markdown; a < as text is written \<
write-picture-has-no-place-in = a picture has no place in a template
write-use-figure-report-figures-have = use figure(…): the report's figures have alternative texts
write-table-in-markdown-has-no = a table in Markdown has no place in a template
write-use-table-report-numbers-come = use table(…): the report's numbers come from the job
write-line-indented-by-four-spaces = a line indented by four spaces, or between fences, is code in Markdown
write-begin-line-at-margin = begin the line at the margin
write-this-markdown-construct-has-no = this Markdown construct has no place in a report
write-use-headings-paragraphs-lists-quotes = use headings, paragraphs, lists, quotes and links

## write/objects

write-is-not-number-kind = `{ $origin }` is not a number of that kind
write-is-missing = it is missing
write-does-not-apply = it does not apply
write-is-withheld = it is withheld
write-cell-is-blank = the cell is blank
write-has-no-value-to-print = `{ $origin }` has no value to print: { $why }
write-ask-with-has-before-printing = ask with `has(…)` before printing it, or say what to print instead: `default="…"`
write-has-no-column-period-before = `{ $name }` has no column of the period before
write-set-earlier-1-on-measure = set `earlier = 1` on the measure in the job file

## write/preflight

write-no-template = no template `{ $template }`
write-write-to-or-correct-name = write it to { $template }, or correct the name
write-value-is-compared-object-not = a value is compared as an object, not as a number
write-write-value-number-before-comparing = write `value(…) | number` before comparing
write-no-function-did-you-mean = no function `{ $name }`; did you mean `{ $near }`?
write-no-function = no function `{ $name }`
write-is-not-defined-did-you = `{ $name }` is not defined; did you mean `{ $near }`?
write-is-not-defined = `{ $name }` is not defined
write-set-in-job-file-with = set it in the job file: with = { "{" } { $name } = "…" { "}" } in the chapter "{ $title }"
write-did-you-mean-md = ; did you mean `{ $near }.md`?
write-no-template-leaves-room-for = no template leaves room for `{ $stem }.md`{ $near }
write-rename-file-after-room-boxes = rename the file after a room; the boxes in the report name theirs

## write/rooms

write-cannot-be-name-room-becomes = `{ $name }` cannot be the name of a room: it becomes the name of a file
write-use-lower-case-letters-z = use lower-case letters a–z, digits, `-` and `_`

## write/sentences

write-quarter-takes-number-from-1 = `quarter` takes a number from 1 to 4
write-month-name-takes-number-from = `month_name` takes a number from 1 to 12
write-this-filter-takes-whole-number = this filter takes a whole number
write-this-filter-takes-whole-number-is = this filter takes a whole number that is not negative
write-long-date-takes-date-or = `long_date` takes a date, or a text like 2023-08-31 or 2023-08
write-share-needs-table-with-column = `share_of` needs a table with a column of shares
write-share-takes-share-with-numerator = `share_of` takes a share with numerator and denominator
write-goal-needs-table-with-goal = `goal` needs a table with a goal
write-has-no-verdict-no-test = `{ $name }` has no verdict: no test of the whole table was made
write-name-measure-shift-x = name a measure `shift.x`

## write/sources

write-has-no-value-to-print-source = `{ $measure }` has no value to print: its source was not delivered
write-ask-with-delivered-source-or = ask with `delivered("source.…")` or `has(…)` before printing it

## write/tables

write-prints-column-is-not-there = `{ $name }` prints a column that is not there: { $message }

## write/templates

write-no-such-word-did-you-mean = no { $what } `{ $word }`; did you mean `{ $name }`?
write-no-such-word = no { $what } `{ $word }`

## write/untested

write-template-says-by-itself-whatever = the template says `{ $word }` by itself, whatever the numbers are
write-write-development-which-says-only = write `development(…)`, which says it only when the test does, or fler, färre, högre, lägre with both numbers
write-text-says-which-no-test = the text says `{ $word }`, which no test has confirmed
write-look-in-underlag-md-whether = look in underlag.md whether the difference is proven

## write/words

write-has-too-few-points-for = `{ $name }` has too few points for a verdict
write-say-what-to-print-instead = say what to print instead: `default="…"`
write-is-no-control-chart-so = `{ $chart }` is no control chart, so that it has no signal
write-name-measure-spc-x = name a measure `spc.x`
write-holds-no-numbers-to-compare = `{ $origin }` holds no numbers to compare
write-is-not-tested-so-nothing = `{ $base }` is not tested, so that nothing can be said of its development
write-set-test-true-under-or = set `test = true` under [{ $base }], or write `compare(…)`: arithmetic needs no test

## write/docx/archive

write-open-in-word-and-save = open it in Word and save it as a Word document (.docx) or template (.dotx)
write-word-template-is-in-old = the Word template is in the old format (.doc, .dot) or protected by a password
write-word-template-is-not-word = the Word template is not a Word file, or not a whole one
write-part-word-template-cannot-be = the part { $name } of the Word template cannot be read
write-part-word-template-is-not = the part { $name } of the Word template is not well-formed XML
write-word-template-is-broken = the Word template is broken
write-word-template-is-larger-than = the Word template is larger than any template should be when it is unpacked

## write/docx/template

write-word-template-has-no-text = the Word template has no text part: it is another kind of file
write-word-template-has-no-styles = the Word template has no styles
write-word-template-holds-or-links = { $part } of the Word template holds or links to something that is no picture: { $name }
write-take-out-header-footer-or = take it out of the header, the footer or the styles of the template, or replace it by a picture
write-word-template-has-field-fetches = { $name } of the Word template has a field that fetches or runs something: { $word }
write-take-field-out-template-header = take the field out of the template's header or footer

## What a template may ask of the machine

write-template-takes-too-many-steps = the template takes more steps than any report needs
write-template-makes-too-much-text = the templates make more than { $mib } MiB of text
write-expression-is-too-long = the expression that ends at line { $line } or below has more than 2000 parts
write-divide-the-expression = divide it, with `set`
write-text-leaves-room-for-itself = the text { $file } leaves room for itself
write-take-the-room-out-of-it = take the `room` out of it
write-too-deep = more than { $most } lists, quotes or emphases stand within one another
write-write-it-flatter = write it flatter
