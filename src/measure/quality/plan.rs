//! `[quality.x]` as it is computed.

use crate::vocabulary::plan::AxisPlan;

/// One table of a source's data quality.
#[derive(Debug, Clone)]
pub struct QualityPlan {
    pub show: QualityShow,
    pub units: Option<AxisPlan>,
    /// Indices of date columns.
    pub occurred: Option<usize>,
    pub reported: Option<usize>,
    pub categories: Vec<AxisPlan>,
    /// In ten-thousandths, so that a share that equals it is not taken for one above.
    pub residual_over: u64,
    pub late_over_days: u32,
    pub stopped_under: f64,
    pub history_months: usize,
    pub renamed_from: u64,
}

/// What a table of data quality shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QualityShow {
    Completeness,
    Residual,
    Unknown,
    Lag,
    Months,
    Stopped,
    Renamed,
}

impl QualityShow {
    /// Name of the table after the measure's own; the completeness has the measure's name.
    pub fn suffix(self) -> Option<&'static str> {
        match self {
            QualityShow::Completeness => None,
            QualityShow::Residual => Some("residual"),
            QualityShow::Unknown => Some("unknown"),
            QualityShow::Lag => Some("lag"),
            QualityShow::Months => Some("months"),
            QualityShow::Stopped => Some("stopped"),
            QualityShow::Renamed => Some("renamed"),
        }
    }

    /// What a table's title says after the job's own.
    pub fn heading(self) -> &'static str {
        match self {
            QualityShow::Completeness => word!("measure-quality-completeness"),
            QualityShow::Residual => word!("measure-quality-residual"),
            QualityShow::Unknown => word!("measure-quality-unknown"),
            QualityShow::Lag => word!("measure-days-to-report"),
            QualityShow::Months => word!("measure-quality-months"),
            QualityShow::Stopped => word!("measure-without-report"),
            QualityShow::Renamed => word!("measure-quality-renamed"),
        }
    }
}
