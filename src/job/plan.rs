//! The checked plan: what every step sees instead of the job file. All references are resolved, all defaults filled in.

pub mod certainty;
mod risk;
mod spc;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::cube::{Condition, Grain};
use crate::domain::period::PeriodRule;
use crate::domain::table::{Direction, Nothing, Unit};

mod protect;

pub use protect::ProtectPlan;
mod mismatch;

mod theme;

pub use certainty::{CertaintyPlan, DevelopmentPlan, IntervalMethod, ShiftPlan};
pub use theme::{BUNDLED_FAMILY, FontPlan, LogoPlan, ThemeFile, ThemePlan};
mod comparison;
mod quality;
mod rate;

pub use comparison::{AmongPlan, ComparisonPlan, FewAnswers, FunnelKind, FunnelPlan};

pub use super::spec::{
    CubeMode, ExpectedPeriod, Format, Mark, OutsidePeriod, RepeatedIds, RowOrder, Shade, SourceKind, TimeStep,
    WhenMissing,
};
pub use mismatch::{Answer, MismatchPlan, MismatchShow};

pub use quality::{DeliveryPlan, PublishedPlan, QualityPlan, QualityShow};

pub use rate::{ExposurePlan, RateInterval, RatePlan};
pub use risk::{OnBadSource, RiskCountPlan, RiskPlan, RiskScalePlan, RiskShow, RiskYears};
pub use spc::{DenominatorPlan, RebasePlan, SpcChart, SpcPlan};

#[derive(Debug, Clone)]
pub struct Plan {
    pub job: JobPlan,
    pub theme: ThemePlan,
    pub sources: Vec<SourcePlan>,
    /// In job-file order within each family; families in the order of the spec. `each` is expanded.
    pub measures: Vec<MeasurePlan>,
    pub charts: Vec<ChartPlan>,
    pub tables: Vec<TablePlan>,
    pub key_numbers: Vec<KeyNumberPlan>,
    pub protect: Option<ProtectPlan>,
    pub checks: Vec<CheckPlan>,
    pub chapters: Vec<ChapterPlan>,
}

impl Plan {
    pub fn source(&self, name: &str) -> Option<&SourcePlan> {
        self.sources.iter().find(|source| source.name == name)
    }

    pub fn measure(&self, name: &str) -> Option<&MeasurePlan> {
        self.measures.iter().find(|measure| measure.name == name)
    }
}

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
    pub organisation: String,
    pub committee: Option<String>,
    pub decision: Option<String>,
    /// Days since 1970-01-01.
    pub as_of: i32,
    pub period: PeriodRule,
    pub year: i32,
    /// Earlier periods in the data; the job's window is `year - earlier ..= year`.
    pub earlier: u32,
    pub input: PathBuf,
    pub templates: PathBuf,
    /// Folder of the analyst's own texts; need not exist.
    pub texts: PathBuf,
    pub output: PathBuf,
    pub formats: Vec<Format>,
    /// The municipality's own Word template.
    pub reference_docx: Option<PathBuf>,
    pub cube: CubeMode,
    pub on_bad_source: OnBadSource,
}

impl JobPlan {
    /// First and last day of the job's window: earlier periods and this one.
    pub fn window(&self) -> (i32, i32) {
        let (first, _) = self.period.days_of(self.year - self.earlier as i32);
        let (_, last) = self.period.days_of(self.year);
        (first, last)
    }
}

#[derive(Debug, Clone)]
pub struct SourcePlan {
    /// The TOML key: "avvikelser".
    pub name: String,
    pub title: String,
    pub kind: SourceKind,
    pub noun: Noun,
    /// File names or globs relative to the input folder.
    pub files: Vec<String>,
    /// The report can be made without it.
    pub optional: bool,
    pub layout: Layout,
    /// Index into `columns` of the date that places a row in a period.
    pub period_date: Option<usize>,
    pub outside_period: OutsidePeriod,
    pub repeated_ids: RepeatedIds,
    /// Declared columns in job-file order. Those with `headers` are read from the export, in this order,
    /// followed by `wide`, as the columns of a `RawBatch`.
    pub columns: Vec<ColumnPlan>,
    pub wide: Vec<WidePlan>,
    /// Observation column name → constant.
    pub fixed: Vec<(String, String)>,
    /// Names, in `columns`, that measures, charts or checks use; the rest is kept in Parquet all the same.
    pub job_window: (i32, i32),
    pub period: PeriodRule,
    /// Under this many answers nothing is said about direction.
    pub minimum_answers: u32,
}

impl SourcePlan {
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

#[derive(Debug, Clone)]
pub struct Noun {
    pub one: String,
    pub many: String,
    pub neuter: bool,
    pub definite: Option<String>,
    pub definite_many: Option<String>,
}

/// How a file is laid out, as far as the job says; `None` and empty mean: find out.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    pub sheets: Vec<String>,
    /// Excel row of the lowest header row.
    pub header_row: Option<u32>,
    pub header_rows: u32,
    /// WHATWG label, lower case; `None` = detect.
    pub encoding: Option<String>,
    pub delimiter: Option<u8>,
    /// Folded (see `fold`) first-cell texts that mark a total row.
    pub total_labels: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct ColumnPlan {
    pub name: String,
    /// Accepted header spellings; empty for a derived column.
    pub headers: Vec<String>,
    pub label: String,
    pub kind: ColumnKindPlan,
    pub required: bool,
    pub safe: bool,
    /// Separators of several values in one cell; empty = one value.
    pub split: Vec<String>,
    /// Folded mark → meaning. Blank cells are `Nothing::Missing` in any case.
    pub missing: BTreeMap<String, Nothing>,
    /// Bucket of blank cells in counts.
    pub missing_label: String,
    /// Index of the column whose value a blank takes.
    pub blank_from: Option<usize>,
    pub fill_down: bool,
    /// A code of digits only is filled up with leading zeros to so many; 0 = as it stands.
    pub pad: u8,
    /// Index of the hierarchy column that this one's groups are derived from.
    pub derive: Option<usize>,
}

#[derive(Debug, Clone)]
pub enum ColumnKindPlan {
    Id,
    /// strptime formats, tried in order.
    Date {
        formats: Vec<String>,
    },
    Number {
        fraction: bool,
    },
    YesNo,
    /// A closed list.
    Category(Arc<CategoryPlan>),
    /// Labels as they stand, trimmed; inner runs of space folded to one.
    OpenCategory,
    Text {
        masked: bool,
    },
}

/// A closed list, folded for matching. Hierarchy members and groups are such lists, too.
#[derive(Debug, Clone)]
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
    pub stop_on_unknown: bool,
    pub unknown_label: String,
}

#[derive(Debug, Clone)]
pub struct RenamePlan {
    /// Folded.
    pub from: String,
    pub to: usize,
    pub first_day: i32,
    pub last_day: i32,
}

/// Spelling as it is compared: trimmed (also of no-break spaces), lower case, NFC, inner runs of space as one.
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").to_lowercase().nfc().collect()
}

#[derive(Debug, Clone)]
pub struct WidePlan {
    pub headers: Vec<String>,
    /// Observation column name (`period`, `indicator`, `area`, `group`) → what this column stands for.
    pub set: Vec<(String, String)>,
    pub fraction: bool,
}

#[derive(Debug, Clone)]
pub struct MeasurePlan {
    /// `family.name` or `family.name/value of each`.
    pub name: String,
    pub title: String,
    /// Index into `Plan::sources`.
    pub source: usize,
    /// The condition that `each` adds, when the measure is one of an expanded set: the column has this one value.
    /// It stands among the conditions of `kind`, too.
    pub each: Option<Condition>,
    pub kind: MeasureKind,
    pub certainty: CertaintyPlan,
}

impl MeasurePlan {
    /// The value of `each`, when the measure is one of an expanded set.
    pub fn each_value(&self) -> Option<&str> {
        self.each.as_ref().and_then(|condition| condition.values.first()).map(String::as_str)
    }
}

#[derive(Debug, Clone)]
pub enum MeasureKind {
    Breakdown(BreakdownPlan),
    Trend(TrendPlan),
    Cube(CubePlan),
    Share(SharePlan),
    Rate(RatePlan),
    Indicator(IndicatorPlan),
    Goal(GoalPlan),
    Mismatch(MismatchPlan),
    Register(RegisterPlan),
    Comparison(ComparisonPlan),
    Funnel(FunnelPlan),
    Spc(SpcPlan),
    Risk(Box<RiskPlan>),
    RiskCount(RiskCountPlan),
    Shift(ShiftPlan),
    Development(DevelopmentPlan),
    Quality(QualityPlan),
    Delivery(DeliveryPlan),
    Published(PublishedPlan),
}

/// A dimension whose values are known from a list, or found in the data.
#[derive(Debug, Clone)]
pub struct AxisPlan {
    /// Index into the source's columns.
    pub column: usize,
    pub grain: Grain,
    /// Declared values in print order with "is residual"; empty = as found, by Swedish collation.
    pub values: Vec<(String, bool)>,
}

#[derive(Debug, Clone)]
pub struct BreakdownPlan {
    /// One axis, or group and member.
    pub rows: Vec<AxisPlan>,
    /// With two row axes and a hierarchy list: member → group. Empty: pairs as they occur on rows.
    pub group_of: BTreeMap<String, String>,
    pub columns: Option<AxisPlan>,
    /// Conditions of `where`, `where_not` and `each` together.
    pub conditions: Vec<Condition>,
    pub earlier: u32,
    pub order: RowOrder,
    pub hide_empty: bool,
    pub share: bool,
    /// Indices of number columns.
    pub mean: Vec<usize>,
    /// Value → label that it is counted under (a union of distinct events).
    pub merge: Vec<(String, Vec<String>)>,
}

#[derive(Debug, Clone)]
pub struct TrendPlan {
    pub by: TimeStep,
    pub date: usize,
    pub columns: Option<AxisPlan>,
    pub conditions: Vec<Condition>,
    /// `None`: all years that occur.
    pub earlier: Option<u32>,
    pub running: bool,
    pub mean: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct CubePlan {
    pub dimensions: Vec<AxisPlan>,
    pub conditions: Vec<Condition>,
    /// Indices of number columns.
    pub mean: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct SharePlan {
    pub lines: Vec<ShareLinePlan>,
    pub by: Option<AxisPlan>,
    pub earlier: u32,
}

#[derive(Debug, Clone)]
pub struct ShareLinePlan {
    pub label: String,
    pub of: String,
    /// Conditions of the whole (with `each`).
    pub whole: Vec<Condition>,
    /// Conditions of the part, those of the whole included.
    pub part: Vec<Condition>,
}

/// Observation column by name; one of the eight meanings or a further column.
pub type ObservationColumn = String;

#[derive(Debug, Clone)]
pub struct IndicatorPlan {
    pub what: String,
    pub rows: Vec<ObservationColumn>,
    pub columns: ObservationColumn,
    pub conditions: Vec<Condition>,
    pub unit: Unit,
    /// Part of an indicator's name (folded) → its unit; first match wins.
    pub units: Vec<(String, Unit)>,
    pub strip: Option<String>,
    pub change: bool,
    pub share_of_n: bool,
    pub show_n: bool,
    pub show: Vec<ObservationColumn>,
    pub sum: bool,
    pub order: RowOrder,
    pub few_answers: Option<(u32, Option<String>)>,
    /// Part of an indicator's name (folded) → direction.
    pub directions: Vec<(String, Direction)>,
}

#[derive(Debug, Clone)]
pub struct GoalPlan {
    pub what: String,
    pub conditions: Vec<Condition>,
    pub reference_label: String,
    pub goal_label: String,
    pub unit: Unit,
    /// Parts of names (folded) of indicators for which lower is better.
    pub lower_is_better: Vec<String>,
    pub year: i32,
}

#[derive(Debug, Clone)]
pub struct RegisterPlan {
    /// Indices into the source's columns, print order.
    pub columns: Vec<usize>,
    pub conditions: Vec<Condition>,
    pub sort: Vec<usize>,
    /// Due and done columns.
    pub late: Option<(usize, usize)>,
    pub only_late: bool,
    pub as_of: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartKind {
    RankedBar,
    GroupedBar,
    StackedBar,
    Line,
    Heat,
    Dot,
    Multiples,
    Strip,
    FunnelChart,
    RiskMatrix,
    Spc,
}

#[derive(Debug, Clone)]
pub struct ChartPlan {
    /// `family.name` or `family.name/value`.
    pub name: String,
    pub kind: ChartKind,
    /// Index into `Plan::measures`.
    pub measure: usize,
    /// `{each}` filled in.
    pub title: String,
    pub subtitle: Option<String>,
    pub columns: Vec<String>,
    pub rows: Vec<String>,
    pub top: Option<u32>,
    pub emphasis: Vec<String>,
    pub shade: Shade,
    pub mark: Mark,
    pub axis: Option<[f64; 2]>,
    /// Of a risk matrix.
    pub scale: Option<Arc<RiskScalePlan>>,
}

#[derive(Debug, Clone)]
pub struct TablePlan {
    pub name: String,
    pub measure: usize,
    pub title: String,
    pub columns: Vec<String>,
    pub parentheses: bool,
    pub hide_total: bool,
    /// Shares with their interval beside.
    pub intervals: bool,
}

#[derive(Debug, Clone)]
pub struct KeyNumberPlan {
    pub name: String,
    pub label: String,
    pub measure: usize,
    pub row: Option<String>,
    pub column: Option<String>,
    pub beside: Option<String>,
    pub sentence: Option<String>,
}

#[derive(Debug, Clone)]
pub struct CheckPlan {
    pub name: String,
    pub source: usize,
    pub rows_at_least: Option<u64>,
    pub rejected_at_most: Option<f64>,
    pub no_unknown_category: bool,
    pub max_age_days: Option<u32>,
    pub expected_period: Option<ExpectedPeriod>,
    pub warn_only: bool,
}

#[derive(Debug, Clone)]
pub struct ChapterPlan {
    pub title: String,
    /// Relative to the templates folder.
    pub template: String,
    /// Indices of the sources that the chapter cannot be written without.
    pub needs: Vec<usize>,
    pub when_missing: WhenMissing,
    pub with: BTreeMap<String, String>,
}
