//! Rows and columns of a measure's table, as far as they are known before any data are read.
//!
//! A name that a chart or key number asks for is checked here only where all names are known; where the data decide
//! them, `draw` and `write` complain.

use crate::domain::spelling::fold;
use crate::domain::table::TOTAL;
use crate::measure::breakdown::plan::BreakdownPlan;
use crate::measure::plan::{MeasureKind, MeasurePlan};
use crate::measure::share::plan::SharePlan;
use crate::vocabulary::plan::{AxisPlan, SourcePlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::Scope;
use crate::vocabulary::spans::Path;

pub(super) struct Labels<'a> {
    measure: &'a str,
    rows: Option<Vec<String>>,
    columns: Option<Vec<String>>,
}

impl<'a> Labels<'a> {
    pub(super) fn of(measure: &'a MeasurePlan, sources: &[SourcePlan]) -> Labels<'a> {
        let scope = Scope { index: measure.source, plan: &sources[measure.source] };
        let (rows, columns) = match &measure.kind {
            MeasureKind::Breakdown(plan) => (breakdown_rows(plan, scope), breakdown_columns(plan, scope)),
            MeasureKind::Share(plan) => (share_rows(plan, scope), None),
            _ => (None, None),
        };
        Labels { measure: &measure.name, rows, columns }
    }

    /// `at` is the list, or the key if it holds one name.
    pub(super) fn check_rows(&self, names: &[String], at: &Path, problems: &mut Problems) {
        for (index, name) in names.iter().enumerate() {
            let label = name.rsplit(" / ").next().unwrap_or(name);
            if let Some(known) = &self.rows
                && !holds(known, name)
                && !holds(known, label)
            {
                self.unknown("row", name, known, &at.index(index), problems);
            }
        }
    }

    pub(super) fn check_columns(&self, names: &[String], at: &Path, problems: &mut Problems) {
        for (index, name) in names.iter().enumerate() {
            if let Some(known) = self.columns.as_ref().filter(|known| !holds(known, name)) {
                self.unknown("column", name, known, &at.index(index), problems);
            }
        }
    }

    fn unknown(&self, what: &str, name: &str, known: &[String], at: &Path, problems: &mut Problems) {
        problems.unknown(at, &say!("job-in", what, measure = self.measure), name, known.iter().map(String::as_str));
    }
}

fn holds(known: &[String], name: &str) -> bool {
    known.iter().any(|known| fold(known) == fold(name))
}

fn of_axis(axis: &AxisPlan, scope: Scope) -> Option<Vec<String>> {
    scope.countable(&scope.plan.columns[axis.column].name)
}

fn breakdown_rows(plan: &BreakdownPlan, scope: Scope) -> Option<Vec<String>> {
    let mut labels: Vec<String> = plan.merge.iter().map(|(label, _)| label.clone()).collect();
    for axis in &plan.rows {
        labels.extend(of_axis(axis, scope)?);
    }
    labels.push(TOTAL.into());
    Some(labels)
}

fn share_rows(plan: &SharePlan, scope: Scope) -> Option<Vec<String>> {
    let Some(axis) = &plan.by else { return Some(plan.lines.iter().map(|line| line.label.clone()).collect()) };
    let mut labels = of_axis(axis, scope)?;
    labels.push(TOTAL.into());
    Some(labels)
}

/// Parts with their total, or periods with difference and change; keys as templates use them, and labels.
fn breakdown_columns(plan: &BreakdownPlan, scope: Scope) -> Option<Vec<String>> {
    if !plan.mean.is_empty() {
        return None;
    }
    let mut names = match &plan.columns {
        Some(axis) => part_names(axis, scope)?,
        None => period_names(plan, scope),
    };
    if plan.share {
        names.extend(["share", "Andel"].map(String::from));
    }
    Some(names)
}

fn part_names(axis: &AxisPlan, scope: Scope) -> Option<Vec<String>> {
    let column = &scope.plan.columns[axis.column].name;
    let mut names = of_axis(axis, scope)?;
    let keys: Vec<String> = names.iter().map(|label| format!("{column}={label}")).collect();
    names.extend(keys);
    names.extend(["total", TOTAL].map(String::from));
    Some(names)
}

fn period_names(plan: &BreakdownPlan, scope: Scope) -> Vec<String> {
    let mut names = vec!["current".to_string()];
    if scope.plan.period_date.is_none() {
        names.push("Antal".into());
        return names;
    }
    let year = scope.plan.period.year_of(scope.plan.job_window.1);
    for earlier in 0..=plan.earlier {
        let printed = year - earlier as i32;
        names.push(printed.to_string());
        if earlier > 1 {
            names.push(format!("y{printed}"));
        }
    }
    if plan.earlier > 0 {
        names.extend(["previous", "difference", "Skillnad", "change", "Förändring"].map(String::from));
    }
    names
}
