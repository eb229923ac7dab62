//! The checked plan: what every step sees instead of the job file. All references are resolved, all defaults filled in.

mod protect;

mod theme;

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::measure;

pub use super::spec::{ExpectedPeriod, Mark, Shade, WhenMissing};
pub use crate::measure::breakdown::plan::BreakdownPlan;
pub use crate::measure::comparison::plan::{AmongPlan, ComparisonPlan, FewAnswers};
pub use crate::measure::cube::plan::CubePlan;
pub use crate::measure::delivery::plan::DeliveryPlan;
pub use crate::measure::development::plan::DevelopmentPlan;
pub use crate::measure::funnel::plan::{FunnelKind, FunnelPlan};
pub use crate::measure::goal::plan::GoalPlan;
pub use crate::measure::indicator::plan::IndicatorPlan;
pub use crate::measure::mismatch::plan::{Answer, MismatchPlan, MismatchShow};
pub use crate::measure::plan::{MeasureKind, MeasurePlan};
pub use crate::measure::published::plan::PublishedPlan;
pub use crate::measure::quality::plan::{QualityPlan, QualityShow};
pub use crate::measure::rate::plan::{ExposurePlan, RateInterval, RatePlan};
pub use crate::measure::register::plan::RegisterPlan;
pub use crate::measure::risk::plan::{RiskPlan, RiskScalePlan, RiskShow, RiskYears};
pub use crate::measure::risk_count::plan::RiskCountPlan;
pub use crate::measure::share::plan::{ShareLinePlan, SharePlan};
pub use crate::measure::shift::plan::ShiftPlan;
pub use crate::measure::spc::plan::{DenominatorPlan, RebasePlan, SpcChart, SpcPlan};
pub use crate::measure::trend::plan::TrendPlan;
pub use crate::vocabulary::charts::ChartKind;
pub(crate) use crate::vocabulary::charts::charts;
pub use crate::vocabulary::limits::Limits;
pub use crate::vocabulary::plan::{
    AxisPlan, CategoryPlan, CertaintyPlan, ColumnKindPlan, ColumnPlan, CubeMode, Format, IntervalMethod, JobPlan,
    Layout, Noun, OnBadSource, OutsidePeriod, RenamePlan, RepeatedIds, RowOrder, SourceKind, SourcePlan, TimeStep,
    WidePlan,
};
pub use protect::ProtectPlan;
pub use theme::{BUNDLED_FAMILY, FontPlan, LoadedFont, LoadedLogo, LoadedTheme, LogoPlan, ThemeFile, ThemePlan};

/// What is measured, and what is drawn, hidden, checked and written of it. It reads as the former, which is what most
/// steps ask of it: `plan.sources`, `plan.measures`.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What is measured.
    pub measured: measure::plan::Plan,
    /// Colours, typeface and logo.
    pub theme: ThemePlan,
    /// In the job file's order; one per value of `each`.
    pub charts: Vec<ChartPlan>,
    /// Tables that are printed otherwise than by default.
    pub tables: Vec<TablePlan>,
    /// In print order.
    pub key_numbers: Vec<KeyNumberPlan>,
    /// `None`: nothing is hidden.
    pub protect: Option<ProtectPlan>,
    /// In the job file's order.
    pub checks: Vec<CheckPlan>,
    /// In print order.
    pub chapters: Vec<ChapterPlan>,
}

impl Deref for Plan {
    type Target = measure::plan::Plan;

    fn deref(&self) -> &measure::plan::Plan {
        &self.measured
    }
}

impl DerefMut for Plan {
    fn deref_mut(&mut self) -> &mut measure::plan::Plan {
        &mut self.measured
    }
}

/// A figure that the job asks for.
#[derive(Debug, Clone)]
pub struct ChartPlan {
    /// `family.name` or `family.name/value`.
    pub name: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Index into `Plan::measures`.
    pub measure: usize,
    /// `{each}` filled in.
    pub title: String,
    /// `None`: made of the measure.
    pub subtitle: Option<String>,
    /// Keys of the columns that are drawn; empty: the kind of chart decides.
    pub columns: Vec<String>,
    /// Keys of the rows that are drawn; empty: all.
    pub rows: Vec<String>,
    /// How many of the largest rows are drawn; the others are one.
    pub top: Option<u32>,
    /// Keys of rows and columns that stand out.
    pub emphasis: Vec<String>,
    /// What the tone of a cell is of.
    pub shade: Shade,
    /// What is marked in it.
    pub mark: Mark,
    /// Ends of the value axis; `None`: from the data.
    pub axis: Option<[f64; 2]>,
    /// Of a risk matrix.
    pub scale: Option<Arc<RiskScalePlan>>,
}

/// How a measure's table is printed where a template asks for it.
#[derive(Debug, Clone, Default)]
pub struct TablePlan {
    /// What templates call it.
    pub name: String,
    /// Index into `Plan::measures`.
    pub measure: usize,
    /// Printed above it.
    pub title: String,
    /// Keys, in print order; empty: all that are for readers.
    pub columns: Vec<String>,
    /// The period before stands in parentheses beside this one's.
    pub parentheses: bool,
    /// The total row is left out.
    pub hide_total: bool,
    /// Shares with their interval beside.
    pub intervals: bool,
}

/// One of the year's numbers in a row of cards.
#[derive(Debug, Clone, Default)]
pub struct KeyNumberPlan {
    /// What templates call it.
    pub name: String,
    /// Printed below the number.
    pub label: String,
    /// Index into `Plan::measures`.
    pub measure: usize,
    /// Key of the row; `None`: the total.
    pub row: Option<String>,
    /// Key of the column; `None`: this period's.
    pub column: Option<String>,
    /// Key of the column that is printed beside it.
    pub beside: Option<String>,
    /// Template of the sentence under it.
    pub sentence: Option<String>,
}

/// What must hold of a source before anything is published.
#[derive(Debug, Clone)]
pub struct CheckPlan {
    /// What the job calls it.
    pub name: String,
    /// Index into `Plan::sources`.
    pub source: usize,
    /// Rows that must be kept.
    pub rows_at_least: Option<u64>,
    /// Largest share of rejected rows, 0–1.
    pub rejected_at_most: Option<f64>,
    /// Every category must be in its list.
    pub no_unknown_category: bool,
    /// Days from the newest row to `as_of`.
    pub max_age_days: Option<u32>,
    /// Which period must have rows.
    pub expected_period: Option<ExpectedPeriod>,
    /// Told instead of stopping the run.
    pub warn_only: bool,
}

/// A chapter of the report.
#[derive(Debug, Clone)]
pub struct ChapterPlan {
    /// Its heading.
    pub title: String,
    /// Relative to the templates folder.
    pub template: String,
    /// Indices of the sources that the chapter cannot be written without.
    pub needs: Vec<usize>,
    /// What happens to it when one of them was not delivered.
    pub when_missing: WhenMissing,
    /// What the job hands to the template, by name.
    pub with: BTreeMap<String, String>,
}
