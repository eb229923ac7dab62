//! Counts of events: breakdown, trend, cube, share.

use std::collections::BTreeMap;

use super::{Around, Common, Declared, certainty};
use crate::domain::cube::{Condition, Grain};
use crate::job::compile::head::not_empty;
use crate::job::compile::problems::Problems;
use crate::job::plan::{
    AxisPlan, BreakdownPlan, CertaintyPlan, ColumnKindPlan, CubePlan, MeasureKind, ShareLinePlan, SharePlan,
    SourceKind, TimeStep, TrendPlan,
};
use crate::job::spans::Path;
use crate::job::spec::{BreakdownSpec, CubeSpec, ShareLine, ShareSpec, TrendSpec, Where};

impl Declared for BreakdownSpec {
    const FAMILY: &'static str = "breakdown";
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn certainty(&self, around: &Around, problems: &mut Problems) -> CertaintyPlan {
        certainty::of_breakdown(self, around, problems)
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let rows = row_axes(self, around, problems);
        let columns = column_axis(self.columns.as_deref(), &self.rows.0, around, problems);
        Some(MeasureKind::Breakdown(BreakdownPlan {
            group_of: group_of(&rows, around),
            conditions: conditions(&self.where_, &self.where_not, ["where", "where_not"], &around.at, around, problems),
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
        let message = format!("`rows` must be one column, or two for a hierarchy; found {count}");
        problems.bad_value(&at, message, "");
    }
    let names = spec.rows.0.iter().enumerate();
    names.filter_map(|(index, name)| around.scope.axis(name, &at.index(index), problems)).collect()
}

fn column_axis(name: Option<&str>, rows: &[String], around: &Around, problems: &mut Problems) -> Option<AxisPlan> {
    let (name, at) = (name?, around.at.key("columns"));
    if rows.iter().any(|row| row == name) {
        problems.bad_value(&at, format!("`{name}` cannot be rows and columns at once"), "");
    }
    around.scope.axis(name, &at, problems)
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

fn needs_period_date(at: &Path, around: &Around, problems: &mut Problems) {
    if around.scope.plan.period_date.is_none() {
        let message = format!("`source.{}` has no `period_date` that places a row in a period", around.scope.plan.name);
        problems.bad_value(at, message, "add `period_date` to the source");
    }
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
            problems.bad_value(&at, format!("`{value}` is already counted under another label"), "");
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

fn conditions(
    positive: &Where,
    negative: &Where,
    keys: [&str; 2],
    at: &Path,
    around: &Around,
    problems: &mut Problems,
) -> Vec<Condition> {
    let mut conditions = around.scope.conditions(positive, false, &at.key(keys[0]), problems);
    conditions.extend(around.scope.conditions(negative, true, &at.key(keys[1]), problems));
    conditions
}

impl Declared for TrendSpec {
    const FAMILY: &'static str = "trend";
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let columns = column_axis(self.columns.as_deref(), &[], around, problems);
        let conditions =
            conditions(&self.where_, &self.where_not, ["where", "where_not"], &around.at, around, problems);
        let earlier = trend_earlier(self, around, problems);
        let mean = around.numbers(&self.mean, "mean", problems);
        let date = trend_date(self, around, problems)?;
        let (by, running) = (self.by, self.running);
        Some(MeasureKind::Trend(TrendPlan { by, date, columns, conditions, earlier, running, mean }))
    }
}

fn trend_date(spec: &TrendSpec, around: &Around, problems: &mut Problems) -> Option<usize> {
    let Some(name) = &spec.date else {
        needs_period_date(&around.at.key("source"), around, problems);
        return around.scope.plan.period_date;
    };
    let at = around.at.key("date");
    let column = around.scope.column(name, &at, problems)?;
    if !matches!(around.scope.plan.columns[column].kind, ColumnKindPlan::Date { .. }) {
        problems.bad_value(&at, format!("`{name}` is not a date column"), "name a column of kind `date`");
    }
    Some(column)
}

/// All years that occur for a series of years; one year beside for months and quarters.
fn trend_earlier(spec: &TrendSpec, around: &Around, problems: &mut Problems) -> Option<u32> {
    let yearly = matches!(spec.by, TimeStep::Year | TimeStep::CalendarYear);
    if yearly && spec.running {
        problems.bad_key(
            &around.at.key("running"),
            "`running` has a meaning only for months and quarters",
            "remove it",
        );
    }
    match spec.earlier {
        None if yearly || spec.running => None,
        said => Some(around.earlier(said, 1, problems)),
    }
}

impl Declared for CubeSpec {
    const FAMILY: &'static str = "cube";
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: None }
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let at = around.at.key("dimensions");
        if self.dimensions.is_empty() {
            problems.bad_value(&at, "the cube has no dimensions", "name a column, or `year`");
        }
        let named = self.dimensions.iter().enumerate();
        let dimensions =
            named.filter_map(|(index, name)| timed_axis(name, &at.index(index), around, problems)).collect();
        let conditions =
            conditions(&self.where_, &self.where_not, ["where", "where_not"], &around.at, around, problems);
        Some(MeasureKind::Cube(CubePlan { dimensions, conditions, mean: around.numbers(&self.mean, "mean", problems) }))
    }
}

impl Declared for ShareSpec {
    const FAMILY: &'static str = "share";
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn certainty(&self, around: &Around, problems: &mut Problems) -> CertaintyPlan {
        certainty::of_share(self, around, problems)
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        check_line_count(self, around, problems);
        let at = around.at.key("line");
        let lines = self.line.iter().enumerate();
        let lines = lines.map(|(index, line)| share_line(line, around, &at.index(index), problems)).collect();
        let by = self.by.as_deref().and_then(|by| timed_axis(by, &around.at.key("by"), around, problems));
        let default = u32::from(around.scope.plan.period_date.is_some());
        let earlier = match by.as_ref().map(|axis| axis.grain) {
            Some(Grain::Period | Grain::CalendarYear) => around.job.earlier,
            _ => default,
        };
        Some(MeasureKind::Share(SharePlan { lines, by, earlier: around.earlier(self.earlier, earlier, problems) }))
    }
}

fn check_line_count(spec: &ShareSpec, around: &Around, problems: &mut Problems) {
    let at = around.at.key("line");
    match (spec.line.len(), &spec.by) {
        (0, _) => problems.bad_value(&at, "the share has no lines", "add `[[share.….line]]` with `label` and `of`"),
        (count, Some(_)) if count > 1 => {
            let message = format!("with `by` a share has exactly one line, found {count}");
            problems.bad_value(&at, message, "make one share per line, or remove `by`");
        }
        _ => {}
    }
}

fn share_line(line: &ShareLine, around: &Around, at: &Path, problems: &mut Problems) -> ShareLinePlan {
    not_empty(&line.label, &at.key("label"), problems);
    not_empty(&line.of, &at.key("of"), problems);
    if line.part.is_empty() && line.part_not.is_empty() {
        let message = format!("the part of `{}` has no condition, so that it is the whole", line.label);
        problems.missing_key(at, message, "add `part` or `part_not`");
    }
    let whole = conditions(&line.whole, &line.whole_not, ["whole", "whole_not"], at, around, problems);
    let mut part = whole.clone();
    part.extend(conditions(&line.part, &line.part_not, ["part", "part_not"], at, around, problems));
    ShareLinePlan { label: line.label.clone(), of: line.of.clone(), whole, part }
}

/// A column, or a step of time of the period date.
fn timed_axis(name: &str, at: &Path, around: &Around, problems: &mut Problems) -> Option<AxisPlan> {
    let grain = match name {
        "year" => Grain::Period,
        "calendar_year" => Grain::CalendarYear,
        "quarter" => Grain::Quarter,
        "month" => Grain::Month,
        column => return around.scope.axis(column, at, problems),
    };
    needs_period_date(at, around, problems);
    let column = around.scope.plan.period_date?;
    Some(AxisPlan { column, grain, values: Vec::new() })
}
