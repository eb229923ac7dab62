//! Commands and flags; their help texts are `words/en/help.ftl`.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::job::spec::Format;

#[derive(Debug, Parser)]
#[command(
    name = "kvalis",
    version,
    about = say!("help-kvalis"),
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = say!("help-kvalis-examples")
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
    #[arg(long, global = true, help = say!("help-json"))]
    pub(super) json: bool,
    #[arg(long, short, global = true, help = say!("help-quiet"))]
    pub(super) quiet: bool,
    #[arg(long, global = true, value_name = "N", default_value_t = 0, help = say!("help-threads"))]
    pub(super) threads: usize,
}

/// What a run can be asked for, by whichever name it is started.
#[derive(Debug, clap::Args)]
pub(super) struct RunArguments {
    #[arg(long, value_name = "Y", help = say!("help-year"), value_parser = year())]
    pub(super) year: Option<i32>,
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help = say!("help-run-out"))]
    pub(super) out: Option<PathBuf>,
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', help = say!("help-run-format"))]
    pub(super) format: Vec<FormatArgument>,
    #[arg(long, help = say!("help-fresh"))]
    pub(super) fresh: bool,
}

/// What a check can be asked for.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArguments {
    #[arg(long, value_name = "Y", help = say!("help-year"), value_parser = year())]
    pub(super) year: Option<i32>,
    #[arg(long, help = say!("help-check-fix"))]
    pub(super) fix: bool,
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        conflicts_with = "questions",
        help = say!("help-check-answers")
    )]
    pub(super) answers: Option<PathBuf>,
    #[arg(long, conflicts_with = "fix", help = say!("help-check-questions"))]
    pub(super) questions: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(about = say!("help-analyze"), after_help = say!("help-analyze-examples"))]
    Analyze {
        #[command(flatten)]
        run: RunArguments,
    },
    #[command(about = say!("help-run"), after_help = say!("help-run-examples"))]
    Run {
        #[arg(value_name = "JOB", help = say!("help-job"), value_hint = ValueHint::FilePath)]
        job: String,
        #[command(flatten)]
        run: RunArguments,
    },
    #[command(about = say!("help-roll"), long_about = say!("help-roll-long"), after_help = say!("help-roll-examples"))]
    Roll {
        #[arg(value_name = "JOB", help = say!("help-job"), value_hint = ValueHint::FilePath)]
        job: String,
        #[arg(long, value_name = "Y", help = say!("help-roll-to"), value_parser = year())]
        to: Option<i32>,
    },
    #[command(about = say!("help-check"), after_help = say!("help-check-examples"))]
    Check {
        #[arg(value_name = "JOB", help = say!("help-job"), value_hint = ValueHint::FilePath)]
        job: String,
        #[command(flatten)]
        check: CheckArguments,
    },
    #[command(
        about = say!("help-inspect"),
        long_about = say!("help-inspect-long"),
        after_help = say!("help-inspect-examples")
    )]
    Inspect {
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, help = say!("help-inspect-file"))]
        file: PathBuf,
    },
    #[command(
        about = say!("help-init"),
        long_about = say!("help-init-long"),
        after_help = say!("help-init-examples")
    )]
    Init {
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath, help = say!("help-init-files"))]
        files: Vec<PathBuf>,
        #[arg(long, value_name = "JOB", conflicts_with = "out", value_parser = job_name, help = say!("help-init-name"))]
        name: Option<String>,
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help = say!("help-init-out"))]
        out: Option<PathBuf>,
        #[arg(long, value_name = "TEXT", help = say!("help-init-organisation"))]
        organisation: Option<String>,
        #[arg(long, value_name = "Y", help = say!("help-init-year"), value_parser = year())]
        year: Option<i32>,
        #[arg(long, help = say!("help-init-force"))]
        force: bool,
    },
    #[command(about = say!("help-diff"), after_help = say!("help-diff-examples"))]
    Diff {
        #[arg(value_name = "OLD", help = say!("help-diff-old"), value_hint = ValueHint::DirPath)]
        old: String,
        #[arg(value_name = "NEW", help = say!("help-diff-new"), value_hint = ValueHint::DirPath)]
        new: String,
        #[arg(long, value_name = "Y", value_parser = year(), help = say!("help-diff-year"))]
        year: Option<i32>,
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help = say!("help-diff-html"))]
        html: Option<PathBuf>,
        #[arg(long, help = say!("help-diff-all"))]
        all: bool,
    },
    #[command(about = say!("help-explain"), after_help = say!("help-explain-examples"))]
    Explain {
        #[arg(value_name = "REPORT", value_hint = ValueHint::AnyPath, help = say!("help-explain-report"))]
        report: String,
        #[arg(value_name = "FIGURE", help = say!("help-explain-figure"))]
        figure: String,
        #[arg(value_name = "CELL", num_args = 0..=2, help = say!("help-explain-cell"))]
        cell: Vec<String>,
        #[arg(long, value_name = "N", default_value_t = 50, help = say!("help-explain-limit"))]
        limit: usize,
        #[arg(long, conflicts_with = "limit", help = say!("help-explain-all"))]
        all: bool,
        #[arg(long, help = say!("help-internal"))]
        internal: bool,
    },
    #[command(about = say!("help-trace"), after_help = say!("help-trace-examples"))]
    Trace {
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, help = say!("help-trace-file"))]
        file: String,
        #[arg(value_name = "SHEET", allow_hyphen_values = true, help = say!("help-trace-sheet"))]
        sheet: String,
        #[arg(value_name = "ROW", help = say!("help-trace-row"))]
        row: u32,
        #[arg(long, value_name = "REPORT", value_hint = ValueHint::AnyPath, help = say!("help-trace-report"))]
        report: Option<String>,
        #[arg(long, help = say!("help-internal"))]
        internal: bool,
    },
    #[command(about = say!("help-protect"), after_help = say!("help-protect-examples"))]
    Protect {
        #[arg(value_name = "TABLE.csv", value_hint = ValueHint::FilePath, help = say!("help-protect-table"))]
        table: PathBuf,
        #[arg(
            long,
            value_name = "K",
            default_value_t = 5,
            value_parser = clap::value_parser!(i64).range(2..=1000),
            help = say!("help-protect-threshold")
        )]
        threshold: i64,
        #[arg(long, help = say!("help-protect-distinct"))]
        distinct: bool,
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help = say!("help-protect-out"))]
        out: Option<PathBuf>,
    },
    #[command(about = say!("help-schema"), after_help = say!("help-schema-examples"))]
    Schema,
    #[command(about = say!("help-completions"), after_help = say!("help-completions-examples"))]
    Completions {
        #[arg(help = say!("help-completions-shell"))]
        shell: Shell,
    },
    #[command(about = say!("help-man"), after_help = say!("help-man-examples"))]
    Man {
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help = say!("help-man-dir"))]
        dir: Option<PathBuf>,
    },
}

/// A job's name is a file's name, and no path.
fn job_name(name: &str) -> Result<String, String> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    let is_name = !name.is_empty() && name.chars().all(fits);
    if is_name { Ok(name.to_string()) } else { Err(say!("cli-job-name-is-letters")) }
}

fn year() -> clap::builder::RangedI64ValueParser<i32> {
    clap::value_parser!(i32).range(1900..=2200)
}

/// Report formats by the names that the job file uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArgument {
    #[value(help = say!("help-format-html"))]
    Html,
    #[value(help = say!("help-format-docx"))]
    Docx,
    #[value(help = say!("help-format-pdf"))]
    Pdf,
    #[value(help = say!("help-format-xlsx"))]
    Xlsx,
    #[value(help = say!("help-format-markdown"))]
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
