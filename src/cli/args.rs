//! Commands, flags and their help texts.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::job::spec::Format;

/// Turns the year's exports into the figures, tables and drafted chapters of a kvalitetsberättelse.
#[derive(Debug, Parser)]
#[command(
    name = "kvalis",
    version,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Examples:
  kvalis analyze                    the yearly report, by pipelines/analyze.toml
  kvalis check pipelines/my.toml    is the job file right, and does every row add up?

Exit codes: 0 published, 1 stopped and the analyst can fix it, 2 wrong usage, 3 a bug in kvalis."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Flags that every command takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Global {
    /// Print the result as JSON on stdout instead of one line of text. For scripts that read balances or warnings
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Print nothing on stderr but errors: no progress, balances or warnings. For cron
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// Threads that read and count; 0 means one per core. Lower it to leave room for other work on the machine
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the yearly job: short for `kvalis run analyze`
    #[command(after_help = "Examples:
  kvalis analyze                the year that pipelines/analyze.toml names
  kvalis analyze --year 2022    the same report for the year before")]
    Analyze {
        #[arg(long, value_name = "Y", help = YEAR, value_parser = year())]
        year: Option<i32>,
        #[arg(long, help = FRESH)]
        fresh: bool,
    },
    /// Run a job and publish its report
    #[command(after_help = "Examples:
  kvalis run norrtalje                               the job pipelines/norrtalje.toml
  kvalis run jobs/kvartal.toml --out /tmp/kvartal    a job file and a folder of your own")]
    Run {
        #[arg(value_name = "JOB", help = JOB, value_hint = ValueHint::FilePath)]
        job: String,
        #[arg(long, value_name = "Y", help = YEAR, value_parser = year())]
        year: Option<i32>,
        /// Folder for the results. Default: <output>/<job>/<period>, by the job file. For a trial run beside the last good report
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        out: Option<PathBuf>,
        /// Formats of the report, separated by commas. Default: those of the job file. To make only one of them in haste
        #[arg(long, value_name = "FORMATS", value_delimiter = ',')]
        format: Vec<FormatArgument>,
        #[arg(long, help = FRESH)]
        fresh: bool,
    },
    /// Do everything but the report: job file, sources, balances, data rules, personal data
    #[command(after_help = "Examples:
  kvalis check analyze                  before the exports of the year are trusted
  kvalis check norrtalje --year 2024    will last year's job file do for the new exports?")]
    Check {
        #[arg(value_name = "JOB", help = JOB, value_hint = ValueHint::FilePath)]
        job: String,
        #[arg(long, value_name = "Y", help = YEAR, value_parser = year())]
        year: Option<i32>,
    },
    /// Show what is in an export: sheets, header, columns, kinds, marks, period, suspected personal data
    ///
    /// Reads the whole file. Cell text is shown only of columns that are short lists of labels: never of free text, of
    /// identities, or of columns that are suspected of personal data.
    #[command(after_help = "Examples:
  kvalis inspect exports/avvikelser.xlsx           what does the new system's export look like?
  kvalis inspect exports/enkat.csv --json | jq '.sheets[0].columns[].header'")]
    Inspect {
        /// The export: xlsx, xls, xlsb, ods, csv, tsv, txt, or json of Kolada
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Draft a job file from exports, with a question wherever it guessed
    ///
    /// The draft is accepted by `kvalis check` and makes a readable report with `kvalis run`. Columns that are suspected
    /// of personal data are left out.
    #[command(after_help = "Examples:
  kvalis init exports/avvikelser.csv --name kvalitet    writes pipelines/kvalitet.toml
  kvalis init exports/*.xlsx --year 2025 | less         a look at the draft, nothing written")]
    Init {
        /// Exports that the job is to read
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Name of the job: the draft is written to pipelines/<JOB>.toml. Default: it is printed. When the draft is to be kept
        #[arg(long, value_name = "JOB", conflicts_with = "out", value_parser = job_name)]
        name: Option<String>,
        /// File for the draft. Default: pipelines/<JOB>.toml with --name, else stdout. For a job outside pipelines/
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
        /// Whose report it is, as its first page says. Default: a question in the draft. To have one question less
        #[arg(long, value_name = "TEXT")]
        organisation: Option<String>,
        #[arg(long, value_name = "Y", help = INIT_YEAR, value_parser = year())]
        year: Option<i32>,
        /// Overwrite a job file that exists. Default: it is left alone. When the first draft was not worth keeping
        #[arg(long)]
        force: bool,
    },
    /// Compare two published runs number by number, and say why they differ
    #[command(
        after_help = "The last line says it all; with --quiet it is the only one. Exit code: 0 for equal and for different
runs alike; the last line, or `equal` in JSON, says which.

Examples:
  kvalis diff output/analyze/2023 /tmp/trial                    what does the trial run change?
  kvalis diff analyze/2022 analyze/2023 --html skillnad.html    is last year's figure still so?"
    )]
    Diff {
        #[arg(value_name = "OLD", help = OLD, value_hint = ValueHint::DirPath)]
        old: String,
        #[arg(value_name = "NEW", help = NEW, value_hint = ValueHint::DirPath)]
        new: String,
        /// Compare the numbers of this year only, last year's column of the one run with this year's of the other. Default: all numbers; for runs of different years the earlier one. To follow a printed figure into the next report
        #[arg(long, value_name = "Y", value_parser = year())]
        year: Option<i32>,
        /// Also write the comparison as a page in Swedish. Default: none. For colleagues who ask
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        html: Option<PathBuf>,
        /// List every changed number, row and key, those of tests and intervals too. Default: the first twelve of each. When the first are not enough
        #[arg(long)]
        all: bool,
    },
    /// Go from a printed number back to its definition and its source rows
    #[command(after_help = "Examples:
  kvalis explain norrtalje \"Tabell 1\"                             the total of the table, row by row
  kvalis explain report.html \"breakdown.typ|Lex Sarah|current\"    what `Visa ursprung` in it copies")]
    Explain {
        /// Folder of a published report, a file in it, or the name of a job for its newest run
        #[arg(value_name = "REPORT", value_hint = ValueHint::AnyPath)]
        report: String,
        /// A name of the job file (breakdown.x, table.x, ranked_bar.x, with /value of each), "Tabell 3" or "Figur 2" as printed, or an origin family.name|row|column
        #[arg(value_name = "FIGURE")]
        figure: String,
        /// Row and column: row|column, or two words. Default: the total row, and this period's column
        #[arg(value_name = "CELL", num_args = 0..=2)]
        cell: Vec<String>,
        /// Rows to list of each part of the number. Raise it to see more of a large number
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
        /// List every row. For checking a number against its export
        #[arg(long, conflicts_with = "limit")]
        all: bool,
        #[arg(long, help = INTERNAL)]
        internal: bool,
    },
    /// Follow a source row forward to every number that it is part of
    #[command(after_help = "Examples:
  kvalis trace avvikelser_treserva.csv - 17            is record 17 counted, and where?
  kvalis trace exports/lex_sarah.xlsx Utredningar 9    why is row 9 of the sheet not in the report?")]
    Trace {
        /// The export, by path or by name. A path is needed to learn why a row was dropped
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: String,
        /// Its sheet; `-` for a delimited file
        #[arg(value_name = "SHEET", allow_hyphen_values = true)]
        sheet: String,
        /// Excel's row; in a delimited file the record, the header being 1
        #[arg(value_name = "ROW")]
        row: u32,
        /// Folder of a published report, or the name of a job. Default: the newest run below output/
        #[arg(long, value_name = "REPORT", value_hint = ValueHint::AnyPath)]
        report: Option<String>,
        #[arg(long, help = INTERNAL)]
        internal: bool,
    },
    /// Hide the small counts of a table made elsewhere, and whatever they could be worked out from
    #[command(
        after_help = "The table is CSV: names in the first column, Totalt as last column and row, whole counts, perhaps
with last year's in parentheses: 12 (9). It comes back as it was, with * for each hidden count.

Examples:
  kvalis protect avvikelser.csv > avvikelser-skyddad.csv    the table, ready to be published
  kvalis protect enheter.csv --distinct --json              totals count each event once"
    )]
    Protect {
        /// The table, delimited by semicolons, tabs, commas or bars; UTF-8, Windows-1252 or UTF-16
        #[arg(value_name = "TABLE.csv", value_hint = ValueHint::FilePath)]
        table: PathBuf,
        /// Counts above zero and below K are small. Every hidden count stays uncertain by at least K-1
        #[arg(long, value_name = "K", default_value_t = 5, value_parser = clap::value_parser!(i64).range(2..=1000))]
        threshold: i64,
        /// Totals count distinct events, which may stand in several rows or columns. Without it parts must add up to totals
        #[arg(long)]
        distinct: bool,
        /// Write the table to a file instead of stdout. With --json the proof alone is then printed
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
    },
    /// Print the JSON Schema of job files, for editors that complete and check them
    #[command(after_help = "Examples:
  kvalis schema > pipelines/job.schema.json    then begin a job file with `#:schema job.schema.json`
  kvalis schema | jq '.properties | keys'      which tables a job file can have")]
    Schema,
    /// Print a script that completes commands and flags in your shell
    #[command(after_help = "Examples:
  kvalis completions bash > ~/.local/share/bash-completion/completions/kvalis
  kvalis completions fish > ~/.config/fish/completions/kvalis.fish")]
    Completions {
        /// The shell that you use
        shell: Shell,
    },
    /// Print the manual page, or write one page per command into a folder
    #[command(after_help = "Examples:
  kvalis man | man -l -                          reads the page without installing it
  kvalis man --dir ~/.local/share/man/man1       then `man kvalis` and `man kvalis-run` find them")]
    Man {
        /// Folder for kvalis.1, kvalis-run.1 and the others. Default: one page on stdout. When kvalis is installed for all
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
}

const JOB: &str = "Name of a job in pipelines/, or the path of a .toml file";

const OLD: &str = "The earlier run: its published folder, a job (`analyze`) or a year of a job (`analyze/2022`)";

const NEW: &str = "The later run, named in the same way";

const INTERNAL: &str =
    "Show what a protected report hides, and the rows behind it. For the analyst's own desk, never for publication";

const FRESH: &str = "Read every export again and write everything anew, whatever an earlier run has left. Default: only what has changed is read. When the disk is in doubt";

const YEAR: &str =
    "Year to report on, named as the job names its periods. Default: the job file's. To run another year unchanged";

const INIT_YEAR: &str = "Year to report on. Default: the last one that the exports cover as good as whole. When that is not the one you report on";

/// A job's name is a file's name, and no path.
fn job_name(name: &str) -> Result<String, String> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    match !name.is_empty() && name.chars().all(fits) {
        true => Ok(name.to_string()),
        false => Err("a job's name is letters a-z, digits, `_` and `-`; use --out for another file".to_string()),
    }
}

fn year() -> clap::builder::RangedI64ValueParser<i32> {
    clap::value_parser!(i32).range(1900..=2200)
}

/// Report formats by the names that the job file uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArgument {
    /// One self-contained page
    Html,
    /// A Word document
    Docx,
    /// A tagged PDF
    Pdf,
    /// The tables as an Excel appendix
    Xlsx,
    /// Markdown for pasting elsewhere
    Markdown,
}

impl From<FormatArgument> for Format {
    fn from(format: FormatArgument) -> Format {
        match format {
            FormatArgument::Html => Format::Html,
            FormatArgument::Docx => Format::Docx,
            FormatArgument::Pdf => Format::Pdf,
            FormatArgument::Xlsx => Format::Xlsx,
            FormatArgument::Markdown => Format::Markdown,
        }
    }
}
