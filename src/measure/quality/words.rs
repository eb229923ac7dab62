//! How the tables of data quality are counted, in words from which an outsider can count them again.

use crate::domain::sentence::and_list;
use crate::domain::swedish;
use crate::measure::quality::plan::{QualityPlan, QualityShow};
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan, SourcePlan};

/// `[quality.x]` and the tables beside it.
pub(super) fn of_source(plan: &QualityPlan, source: &SourcePlan) -> String {
    let many = &source.noun.many;
    let percent = |share: f64| format!("{}\u{a0}procent", swedish::decimal(share, 0));
    match plan.show {
        QualityShow::Completeness => printed!("measure-completeness-definition"),
        QualityShow::Residual => printed!(
            "measure-residual-definition",
            many,
            by = labels(plan.categories.iter().map(|axis| &source.columns[axis.column])),
            over = percent(plan.residual_over as f64 / 100.0)
        ),
        QualityShow::Unknown => {
            let listed = source
                .columns
                .iter()
                .filter(|column| matches!(column.kind, ColumnKindPlan::Category(_)) && column.derive.is_none());
            printed!("measure-unknown-definition", columns = labels(listed))
        }
        QualityShow::Lag => lag(plan, source),
        QualityShow::Months => printed!("measure-months-definition", many, unit = unit(plan, source)),
        QualityShow::Stopped => printed!(
            "measure-stopped-definition",
            unit = unit(plan, source),
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
        days = plan.late_over_days,
        by = plan.units.as_ref().map_or_else(String::new, |_| printed!("measure-of-axis", axis = unit(plan, source)))
    )
}

fn labels<'c>(columns: impl Iterator<Item = &'c ColumnPlan>) -> String {
    and_list(&columns.map(|column| column.label.to_lowercase()).collect::<Vec<_>>())
}

fn unit(plan: &QualityPlan, source: &SourcePlan) -> String {
    plan.units.as_ref().map(|axis| source.columns[axis.column].label.to_lowercase()).unwrap_or_default()
}
