//! What the parts of a plan have in common: the head of the job, sources with their columns, dimensions.
//!
//! In: what `job::compile` has resolved. Out: plain structs that every step sees. Never: a family of measures.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::nearest;
use crate::domain::cube::{Condition, Grain};
use crate::domain::period::PeriodRule;
use crate::domain::spelling::fold;
use crate::domain::table::Nothing;
use crate::vocabulary::limits::Limits;
use crate::vocabulary::spec::Covers;

pub use super::spec::{
    CubeMode, Format, IntervalMethod, OnBadSource, OutsidePeriod, RepeatedIds, RowOrder, SourceKind, TimeStep,
};

/// The job's own table: whose report it is, of when, from and to where.
#[derive(Debug, Clone)]
pub struct JobPlan {
    /// The job file's stem.
    pub name: String,
    /// The job file as the user gave it, for messages.
    pub file: String,
    /// The job file's text, without paths of the machine: the manifest keeps it, so that numbers can be explained and a
    /// later run can say what has changed.
    pub text: String,
    /// `{period}` already filled in.
    pub title: String,
    /// The municipality or utförare.
    pub organisation: String,
    /// The nämnd that the report is for.
    pub committee: Option<String>,
    /// Diary number and day of the decision, as the job says it.
    pub decision: Option<String>,
    /// Days since 1970-01-01.
    pub as_of: i32,
    /// When a period begins and what it is called.
    pub period: PeriodRule,
    /// Name of the job's period.
    pub year: i32,
    /// Earlier periods in the data; the job's window is `year - earlier ..= year`.
    pub earlier: u32,
    /// Folder of the exports.
    pub input: PathBuf,
    /// Folder of the chapters' templates.
    pub templates: PathBuf,
    /// Folder of the analyst's own texts; need not exist.
    pub texts: PathBuf,
    /// Folder that reports are published in.
    pub output: PathBuf,
    /// In print order, each once.
    pub formats: Vec<Format>,
    /// The municipality's own Word template.
    pub reference_docx: Option<PathBuf>,
    /// What counts: polars, or the pass that reads the rows.
    pub cube: CubeMode,
    /// What happens when a source cannot be used.
    pub on_bad_source: OnBadSource,
    /// What its files may ask of the machine.
    pub limits: Limits,
}

impl JobPlan {
    /// First and last day of the job's window: earlier periods and this one.
    pub fn window(&self) -> (i32, i32) {
        let (first, _) = self.period.days_of(self.year - self.earlier as i32);
        let (_, last) = self.period.days_of(self.year);
        (first, last)
    }
}

/// From which day the rows of some values are in an export.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KnownFrom {
    /// The values, by column.
    pub conditions: Vec<Condition>,
    /// Days since 1970-01-01.
    pub day: i32,
}

/// An export of the job.
#[derive(Debug, Clone, Hash)]
pub struct SourcePlan {
    /// The TOML key: "avvikelser".
    pub name: String,
    /// What readers call it.
    pub title: String,
    /// Events, observations or a register.
    pub kind: SourceKind,
    /// What one of its rows is, in words.
    pub noun: Noun,
    /// File names or globs relative to the input folder.
    pub files: Vec<String>,
    /// The report can be made without it.
    pub optional: bool,
    /// How its files are laid out.
    pub layout: Layout,
    /// What they may ask of the machine.
    pub limits: Limits,
    /// Index into `columns` of the date that places a row in a period.
    pub period_date: Option<usize>,
    /// What becomes of a row whose date lies in none of the periods.
    pub outside_period: OutsidePeriod,
    /// Whether its rows must cover the whole period.
    pub covers: Covers,
    /// Values whose rows the export does not have all the way back.
    pub known_from: Vec<KnownFrom>,
    /// What several rows with one id are.
    pub repeated_ids: RepeatedIds,
    /// Declared columns in job-file order. Those with `headers` are read from the export, in this order,
    /// followed by `wide`, as the columns of a `RawBatch`.
    pub columns: Vec<ColumnPlan>,
    /// Columns that stand for years or other periods, and become rows.
    pub wide: Vec<WidePlan>,
    /// Observation column name → constant.
    pub fixed: Vec<(String, String)>,
    /// Names, in `columns`, that measures, charts or checks use; the rest is kept in Parquet all the same.
    pub job_window: (i32, i32),
    /// The job's period, or one of its own.
    pub period: PeriodRule,
    /// Under this many answers nothing is said about direction.
    pub minimum_answers: u32,
}

impl SourcePlan {
    /// Index of the column of this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The column that tells events apart, if there is one.
    pub fn id(&self) -> Option<&ColumnPlan> {
        self.columns.iter().find(|column| matches!(column.kind, ColumnKindPlan::Id))
    }
}

/// What the source's events are called in Swedish.
#[derive(Debug, Clone, Hash)]
pub struct Noun {
    /// "avvikelse"
    pub one: String,
    /// "avvikelser"
    pub many: String,
    /// Takes "ett".
    pub neuter: bool,
    /// "avvikelsen"
    pub definite: Option<String>,
    /// "avvikelserna"
    pub definite_many: Option<String>,
}

/// How a file is laid out, as far as the job says; `None` and empty mean: find out.
#[derive(Debug, Clone, Default, Hash)]
pub struct Layout {
    /// Names or patterns of the sheets that are read; empty: the first with the headers.
    pub sheets: Vec<String>,
    /// Excel row of the lowest header row.
    pub header_row: Option<u32>,
    /// Rows that the headers take.
    pub header_rows: u32,
    /// WHATWG label, lower case; `None` = detect.
    pub encoding: Option<String>,
    /// Of a delimited file.
    pub delimiter: Option<u8>,
    /// Folded (see `fold`) first-cell texts that mark a total row.
    pub total_labels: Vec<String>,
}

/// A declared column.
#[derive(Debug, Clone, Hash)]
pub struct ColumnPlan {
    /// Name in the job.
    pub name: String,
    /// Accepted header spellings; empty for a derived column.
    pub headers: Vec<String>,
    /// What readers call it.
    pub label: String,
    /// How its cells are read.
    pub kind: ColumnKindPlan,
    /// A row without it is rejected.
    pub required: bool,
    /// Its texts may be shown and printed.
    pub safe: bool,
    /// Separators of several values in one cell; empty = one value.
    pub split: Vec<String>,
    /// Folded mark → meaning. Blank cells are `Nothing::Missing` in any case.
    pub missing: BTreeMap<String, Nothing>,
    /// Bucket of blank cells in counts.
    pub missing_label: String,
    /// Index of the column whose value a blank takes.
    pub blank_from: Option<usize>,
    /// A blank means the same as the row above.
    pub fill_down: bool,
    /// A code of digits only is filled up with leading zeros to so many; 0 = as it stands.
    pub pad: u8,
    /// Index of the hierarchy column that this one's groups are derived from.
    pub derive: Option<usize>,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Hash)]
pub enum ColumnKindPlan {
    /// An id.
    Id,
    /// strptime formats, tried in order.
    Date {
        /// strptime formats, tried in this order.
        formats: Vec<String>,
    },
    /// A number.
    Number {
        /// A share is written as a fraction, and read as per cent.
        fraction: bool,
    },
    /// Yes or no.
    YesNo,
    /// A closed list.
    Category(Arc<CategoryPlan>),
    /// Labels as they stand, trimmed; inner runs of space folded to one.
    OpenCategory,
    /// Words.
    Text {
        /// Personal data in them are replaced by marks.
        masked: bool,
    },
}

/// A closed list, folded for matching. Hierarchy members and groups are such lists, too.
#[derive(Debug, Clone, Default, Hash)]
pub struct CategoryPlan {
    /// "category.typ" or "hierarchy.organisation".
    pub name: String,
    /// Canonical labels in print order.
    pub values: Vec<String>,
    /// Parallel to `values`.
    pub residual: Vec<bool>,
    /// Folded spelling → index in `values`; canonical spellings and synonyms.
    pub spellings: BTreeMap<String, usize>,
    /// Spellings that hold only within days (inclusive), by the row's period date; looked at before `spellings`.
    pub renamed: Vec<RenamePlan>,
    /// Hierarchy members only: the group of each value, as an index into `groups`.
    pub group_of: Vec<usize>,
    /// Hierarchy only: the groups in print order.
    pub groups: Vec<String>,
    /// A value outside the list stops the run.
    pub stop_on_unknown: bool,
    /// The bucket of values outside the list.
    pub unknown_label: String,
}

impl CategoryPlan {
    /// The value that a text which the list does not know is spelt most like.
    pub(crate) fn nearest(&self, text: &str) -> Option<&str> {
        let near = nearest(&fold(text), self.spellings.keys().map(String::as_str))?;
        self.values.get(self.spellings[near]).map(String::as_str)
    }
}

/// A value that means another one between two days.
#[derive(Debug, Clone, Hash)]
pub struct RenamePlan {
    /// Folded.
    pub from: String,
    /// Index of the value that it means.
    pub to: usize,
    /// Days since 1970-01-01, this one included.
    pub first_day: i32,
    /// Days since 1970-01-01, this one included.
    pub last_day: i32,
}

/// Columns that hold the value of one period each.
#[derive(Debug, Clone, Hash)]
pub struct WidePlan {
    /// Their headers, in the job's order.
    pub headers: Vec<String>,
    /// Observation column name (`period`, `indicator`, `area`, `group`) → what this column stands for.
    pub set: Vec<(String, String)>,
    /// Shares are written as fractions.
    pub fraction: bool,
}

/// A dimension whose values are known from a list, or found in the data.
#[derive(Debug, Clone)]
pub struct AxisPlan {
    /// Index into the source's columns.
    pub column: usize,
    /// What is read off the column.
    pub grain: Grain,
    /// Declared values in print order with "is residual"; empty = as found, by Swedish collation.
    pub values: Vec<(String, bool)>,
}

/// Observation column by name; one of the eight meanings or a further column.
pub(crate) type ObservationColumn = String;

/// What is computed beside the values of a measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CertaintyPlan {
    /// 95 % interval of shares.
    pub interval: Option<IntervalMethod>,
    /// Test against the period before, adjusted over the table.
    pub test: bool,
    /// Under this many answers nothing is said about direction. 0: answers are not known.
    pub minimum_answers: u32,
}

/// Fewest answers of a survey about which a direction is said, where the source does not say otherwise.
pub(crate) const MINIMUM_ANSWERS: u32 = crate::domain::minimum_answers::DEFAULT;
