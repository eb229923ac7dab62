### The help of commands and flags. Each flag: purpose, default, and when one would want it.

help-kvalis = Turns the year's exports into the figures, tables and drafted chapters of a kvalitetsberättelse
help-kvalis-examples =
    Examples:
      kvalis analyze                    the yearly report, by pipelines/analyze.toml
      kvalis check pipelines/my.toml    is the job file right, and does every row add up?

    Exit codes: 0 published, 1 stopped and the analyst can fix it, 2 wrong usage, 3 a bug in kvalis.
help-json = Print the result as JSON on stdout instead of one line of text. For scripts that read balances or warnings
help-quiet = Print nothing on stderr but errors: no progress, balances or warnings. For cron
help-threads = Threads that read and count; 0 means one per core. Lower it to leave room for other work on the machine
help-analyze = Run the yearly job: short for `kvalis run analyze`
help-analyze-examples =
    Examples:
      kvalis analyze                the year that pipelines/analyze.toml names
      kvalis analyze --year 2022    the same report for the year before
help-roll = Make next year's job: the year, what follows it, what has come and what is missing
help-roll-long =
    Make next year's job out of this year's, and show on one page what has come

    The job file is changed in place. What it says literally of its years, in names of files, headers and periods, is written relative to the year; each change is shown. What may as well be a fixed day is asked on a terminal, elsewhere listed and left alone. The old year's job file and texts lie in pipelines/<job>/<year>/. Then the job is checked: which exports have come, which are missing or end early, which texts are to be written anew.
help-roll-examples =
    Examples:
      kvalis roll analyze                 when the new exports lie in the input folder
      kvalis roll norrtalje --to 2026     a year was left out
help-roll-to = The new year. Default: the one after the job file's. When a year was left out
help-run = Run a job and publish its report
help-run-examples =
    Examples:
      kvalis run norrtalje                               the job pipelines/norrtalje.toml
      kvalis run jobs/kvartal.toml --out /tmp/kvartal    a job file and a folder of your own
help-run-out = Folder for the results. Default: <output>/<job>/<period>, by the job file. For a trial run beside the last good report
help-run-format = Formats of the report, separated by commas. Default: those of the job file. To make only one of them in haste
help-check = Do everything but the report: job file, sources, balances, data rules, personal data
help-check-fix = Ask what each new value, name and format of the exports is, and write the answers into the job file; needs a terminal or --answers
help-check-answers = A JSON file with the answers to the questions of --fix, by their keys; for scripts
help-check-questions = Print the questions of --fix as JSON, and nothing else
help-check-examples =
    Examples:
      kvalis check analyze                  before the exports of the year are trusted
      kvalis check analyze --fix            say one by one what the new values are
help-inspect = Show what is in an export: sheets, header, columns, kinds, marks, period, suspected personal data
help-inspect-long =
    Show what is in an export: sheets, header, columns, kinds, marks, period, suspected personal data

    Reads the whole file. Cell text is shown only of columns that are short lists of labels: never of free text, of identities, or of columns that are suspected of personal data.
help-inspect-examples =
    Examples:
      kvalis inspect exports/avvikelser.xlsx           what does the new system's export look like?
      kvalis inspect exports/enkat.csv --json | jq '.sheets[0].columns[].header'
help-inspect-file = The export: xlsx, xls, xlsb, ods, csv, tsv, txt, or json of Kolada
help-init = Draft a job file from exports, with a question wherever it guessed
help-init-long =
    Draft a job file from exports, with a question wherever it guessed

    The draft is accepted by `kvalis check` and makes a readable report with `kvalis run`. Columns that are suspected of personal data are left out.
help-init-examples =
    Examples:
      kvalis init exports/avvikelser.csv --name kvalitet    writes pipelines/kvalitet.toml
      kvalis init exports/*.xlsx --year 2025 | less         a look at the draft, nothing written
help-init-files = Exports that the job is to read
help-init-name = Name of the job: the draft is written to pipelines/<JOB>.toml. Default: it is printed. When the draft is to be kept
help-init-out = File for the draft. Default: pipelines/<JOB>.toml with --name, else stdout. For a job outside pipelines/
help-init-organisation = Whose report it is, as its first page says. Default: a question in the draft. To have one question less
help-init-force = Overwrite a job file that exists. Default: it is left alone. When the first draft was not worth keeping
help-diff = Compare two published runs number by number, and say why they differ
help-diff-examples =
    The last line says it all; with --quiet it is the only one. Exit code: 0 for equal and for different
    runs alike; the last line, or `equal` in JSON, says which.

    Examples:
      kvalis diff output/analyze/2023 /tmp/trial                    what does the trial run change?
      kvalis diff analyze/2022 analyze/2023 --html skillnad.html    is last year's figure still so?
help-diff-year = Compare the numbers of this year only, last year's column of the one run with this year's of the other. Default: all numbers; for runs of different years the earlier one. To follow a printed figure into the next report
help-diff-html = Also write the comparison as a page in Swedish. Default: none. For colleagues who ask
help-diff-all = List every changed number, row and key, those of tests and intervals too. Default: the first twelve of each. When the first are not enough
help-explain = Go from a printed number back to its definition and its source rows
help-explain-examples =
    Examples:
      kvalis explain norrtalje "Tabell 1"                             the total of the table, row by row
      kvalis explain report.html "breakdown.typ|Lex Sarah|current"    what `Visa ursprung` in it copies
help-explain-report = Folder of a published report, a file in it, or the name of a job for its newest run
help-explain-figure = A name of the job file (breakdown.x, table.x, ranked_bar.x, with /value of each), "Tabell 3" or "Figur 2" as printed, or an origin family.name|row|column
help-explain-cell = Row and column: row|column, or two words. Default: the total row, and this period's column
help-explain-limit = Rows to list of each part of the number. Raise it to see more of a large number
help-explain-all = List every row. For checking a number against its export
help-trace = Follow a source row forward to every number that it is part of
help-trace-examples =
    Examples:
      kvalis trace avvikelser_treserva.csv - 17            is record 17 counted, and where?
      kvalis trace exports/lex_sarah.xlsx Utredningar 9    why is row 9 of the sheet not in the report?
help-trace-file = The export, by path or by name. A path is needed to learn why a row was dropped
help-trace-sheet = Its sheet; `-` for a delimited file
help-trace-row = Excel's row; in a delimited file the record, the header being 1
help-trace-report = Folder of a published report, or the name of a job. Default: the newest run below output/
help-protect = Hide the small counts of a table made elsewhere, and whatever they could be worked out from
help-protect-examples =
    The table is CSV: names in the first column, Totalt as last column and row, whole counts, perhaps
    with last year's in parentheses: 12 (9). It comes back as it was, with * for each hidden count.

    Examples:
      kvalis protect avvikelser.csv > avvikelser-skyddad.csv    the table, ready to be published
      kvalis protect enheter.csv --distinct --json              totals count each event once
help-protect-table = The table, delimited by semicolons, tabs, commas or bars; UTF-8, Windows-1252 or UTF-16
help-protect-threshold = Counts above zero and below K are small. Every hidden count stays uncertain by at least K-1
help-protect-distinct = Totals count distinct events, which may stand in several rows or columns. Without it parts must add up to totals
help-protect-out = Write the table to a file instead of stdout. With --json the proof alone is then printed
help-schema = Print the JSON Schema of job files, for editors that complete and check them
help-schema-examples =
    Examples:
      kvalis schema > pipelines/job.schema.json    then begin a job file with `#:schema job.schema.json`
      kvalis schema | jq '.properties | keys'      which tables a job file can have
help-completions = Print a script that completes commands and flags in your shell
help-completions-examples =
    Examples:
      kvalis completions bash > ~/.local/share/bash-completion/completions/kvalis
      kvalis completions fish > ~/.config/fish/completions/kvalis.fish
help-completions-shell = The shell that you use
help-man = Print the manual page, or write one page per command into a folder
help-man-examples =
    Examples:
      kvalis man | man -l -                          reads the page without installing it
      kvalis man --dir ~/.local/share/man/man1       then `man kvalis` and `man kvalis-run` find them
help-man-dir = Folder for kvalis.1, kvalis-run.1 and the others. Default: one page on stdout. When kvalis is installed for all
help-job = Name of a job in pipelines/, or the path of a .toml file
help-diff-old = The earlier run: its published folder, a job (`analyze`) or a year of a job (`analyze/2022`)
help-diff-new = The later run, named in the same way
help-internal = Show what a protected report hides, and the rows behind it. For the analyst's own desk, never for publication
help-fresh = Read every export again and write everything anew, whatever an earlier run has left. Default: only what has changed is read. When the disk is in doubt
help-year = Year to report on, named as the job names its periods. Default: the job file's. To run another year unchanged
help-init-year = Year to report on. Default: the last one that the exports cover as good as whole. When that is not the one you report on
help-format-html = One self-contained page
help-format-docx = A Word document
help-format-pdf = A tagged PDF
help-format-xlsx = The tables as an Excel appendix
help-format-markdown = Markdown for pasting elsewhere
