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
    pub measured: measure::plan::Plan,
    pub theme: ThemePlan,
    pub charts: Vec<ChartPlan>,
    pub tables: Vec<TablePlan>,
    pub key_numbers: Vec<KeyNumberPlan>,
    pub protect: Option<ProtectPlan>,
    pub checks: Vec<CheckPlan>,
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
