//! `[quality.x]` as it is computed.

use crate::vocabulary::plan::AxisPlan;

/// One table of a source's data quality.
#[derive(Debug, Clone)]
pub struct QualityPlan {
    /// Which table.
    pub show: QualityShow,
    /// What units are; `None`: the source as a whole.
    pub units: Option<AxisPlan>,
    /// Indices of date columns.
    pub occurred: Option<usize>,
    /// Index of the date column of the report.
    pub reported: Option<usize>,
    /// Columns whose gaps and residuals are told.
    pub categories: Vec<AxisPlan>,
    /// In ten-thousandths, so that a share that equals it is not taken for one above.
    pub residual_over: u64,
    /// Days from event to report beyond which a report is late.
    pub late_over_days: u32,
    /// A unit has stopped when the chance of its silence, adjusted for how many are judged, is under this.
    pub stopped_under: f64,
    /// Months of history that a unit needs before its silence is judged.
    pub history_months: usize,
    /// Fewest expected events of a value whose absence says that its name may have changed.
    pub renamed_from: u64,
}

/// What a table of data quality shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QualityShow {
    /// Filled cells by column.
    Completeness,
    /// Share of the residual category by unit.
    Residual,
    /// Values outside the declared lists.
    Unknown,
    /// Days from event to report.
    Lag,
    /// Months without a report, by unit.
    Months,
    /// Units whose silence is no chance.
    Stopped,
    /// Values that may be a new name for one that is gone.
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
