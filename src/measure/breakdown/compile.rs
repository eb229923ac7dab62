//! `[breakdown.x]` to its plan.

use std::collections::BTreeMap;

use crate::measure::breakdown::plan::BreakdownPlan;
use crate::measure::breakdown::spec::BreakdownSpec;
use crate::measure::declared::{
    Around, Common, OfSource, column_axis, conditions, has_period_before, is_beside, needs_period_date,
};
use crate::measure::plan::MeasureKind;
use crate::vocabulary::plan::{AxisPlan, CertaintyPlan, ColumnKindPlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::SourceKind;

impl OfSource for BreakdownSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn certainty(&self, around: &Around, problems: &mut Problems) -> CertaintyPlan {
        of_breakdown(self, around, problems)
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let rows = row_axes(self, around, problems);
        let columns = column_axis(self.columns.as_deref(), &self.rows.0, around, problems);
        Some(MeasureKind::Breakdown(BreakdownPlan {
            group_of: group_of(&rows, around),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            earlier: breakdown_earlier(self, around, problems),
            order: self.order,
            hide_empty: self.hide_empty,
            share: self.share,
            mean: around.numbers(&self.mean, "mean", problems),
            merge: merge(self, around, problems),
            rows,
            columns,
        }))
    }
}

fn row_axes(spec: &BreakdownSpec, around: &Around, problems: &mut Problems) -> Vec<AxisPlan> {
    let at = around.at.key("rows");
    let count = spec.rows.0.len();
    if !(1..=2).contains(&count) {
        let message = say!("job-rows-must-be-one-column", count);
        problems.bad_value(&at, message, "");
    }
    let names = spec.rows.0.iter().enumerate();
    names.filter_map(|(index, name)| around.scope.axis(name, &at.index(index), problems)).collect()
}

/// Member → group, when the second row axis holds the members of a hierarchy.
fn group_of(rows: &[AxisPlan], around: &Around) -> BTreeMap<String, String> {
    let [_, member] = rows else { return BTreeMap::new() };
    let ColumnKindPlan::Category(list) = &around.scope.plan.columns[member.column].kind else {
        return BTreeMap::new();
    };
    let groups = list.group_of.iter().map(|group| list.groups[*group].clone());
    list.values.iter().cloned().zip(groups).collect()
}

/// One earlier period stands beside, none where a second dimension takes the columns.
fn breakdown_earlier(spec: &BreakdownSpec, around: &Around, problems: &mut Problems) -> u32 {
    let dated = around.scope.plan.period_date.is_some();
    if spec.earlier.is_some_and(|earlier| earlier > 0) {
        needs_period_date(&around.at.key("earlier"), around, problems);
    }
    let default = if dated && spec.columns.is_none() { 1 } else { 0 };
    around.earlier(spec.earlier, default, problems)
}

fn merge(spec: &BreakdownSpec, around: &Around, problems: &mut Problems) -> Vec<(String, Vec<String>)> {
    let at = around.at.key("merge");
    let mut seen: Vec<String> = Vec::new();
    let mut merged = Vec::new();
    for (label, values) in &spec.merge {
        let at = at.key(label);
        let values = values.iter().enumerate();
        let values: Vec<String> =
            values.map(|(index, value)| merged_value(spec, value, around, &at.index(index), problems)).collect();
        if let Some(value) = values.iter().find(|value| seen.contains(value)) {
            problems.bad_value(&at, say!("job-is-already-counted-under-another", value), "");
        }
        seen.extend(values.iter().cloned());
        merged.push((label.clone(), values));
    }
    merged
}

/// A value of the innermost row dimension.
fn merged_value(spec: &BreakdownSpec, value: &str, around: &Around, at: &Path, problems: &mut Problems) -> String {
    match spec.rows.0.last() {
        Some(column) => around.scope.canonical(column, value, at, problems),
        None => value.to_string(),
    }
}

/// A breakdown is tested against the period before, which must stand beside.
pub(crate) fn of_breakdown(spec: &BreakdownSpec, around: &Around, problems: &mut Problems) -> CertaintyPlan {
    let beside = spec.columns.is_none() && has_period_before(spec.earlier, around);
    CertaintyPlan { test: spec.test && is_beside(beside, around, problems), ..CertaintyPlan::default() }
}
