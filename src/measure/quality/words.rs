//! How the tables of data quality are counted, in words from which an outsider can count them again.

use crate::domain::swedish;
use crate::measure::quality::plan::{QualityPlan, QualityShow};
use crate::vocabulary::plan::SourcePlan;

/// `[quality.x]` and the tables beside it.
pub(super) fn of_source(plan: &QualityPlan, source: &SourcePlan) -> String {
    let many = &source.noun.many;
    let percent = |share: f64| format!("{}\u{a0}procent", swedish::decimal(share, 0));
    match plan.show {
        QualityShow::Completeness => printed!("measure-completeness-definition"),
        QualityShow::Residual => {
            printed!("measure-residual-definition", many, over = percent(plan.residual_over as f64 / 100.0))
        }
        QualityShow::Unknown => printed!("measure-unknown-definition"),
        QualityShow::Lag => lag(plan, source),
        QualityShow::Months => printed!("measure-months-definition", many, unit = unit(plan, source)),
        QualityShow::Stopped => printed!(
            "measure-stopped-definition",
            months = plan.history_months,
            under = swedish::decimal(plan.stopped_under, 2)
        ),
        QualityShow::Renamed => printed!("measure-renamed-definition", least = plan.renamed_from, many),
    }
}

fn lag(plan: &QualityPlan, source: &SourcePlan) -> String {
    let label =
        |column: Option<usize>| column.map(|index| source.columns[index].label.to_lowercase()).unwrap_or_default();
    printed!(
        "measure-lag-definition",
        from = label(plan.occurred),
        to = label(plan.reported),
        many = source.noun.many,
        days = plan.late_over_days
    )
}

fn unit(plan: &QualityPlan, source: &SourcePlan) -> String {
    plan.units.as_ref().map(|axis| source.columns[axis.column].label.to_lowercase()).unwrap_or_default()
}
