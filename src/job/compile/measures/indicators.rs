//! Observations: indicator and goal.

use super::{Around, Common, Declared, certainty};
use crate::domain::cube::Condition;
use crate::domain::table::{Direction, Unit};
use crate::job::compile::head::not_empty;
use crate::job::compile::problems::Problems;
use crate::job::plan::{CertaintyPlan, GoalPlan, IndicatorPlan, MeasureKind, SourceKind, fold};
use crate::job::spec::{GoalSpec, IndicatorSpec, UnitSpec, Where};

/// Decimals that a table can show.
const DECIMALS_MOST: u8 = 6;

impl Declared for IndicatorSpec {
    const FAMILY: &'static str = "indicator";
    const SOURCES: &'static [SourceKind] = &[SourceKind::Observations];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn certainty(&self, around: &Around, problems: &mut Problems) -> CertaintyPlan {
        certainty::of_indicator(self, around, problems)
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        not_empty(&self.what, &around.at.key("what"), problems);
        let decimals = self.decimals;
        let unit = unit(self.unit, decimals, around, problems);
        Some(MeasureKind::Indicator(IndicatorPlan {
            what: self.what.clone(),
            rows: rows(self, around, problems),
            columns: columns(self, around, problems),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            unit,
            units: self.units.iter().map(|(part, unit)| (fold(part), with_decimals(*unit, decimals))).collect(),
            strip: self.strip.clone(),
            change: self.change,
            share_of_n: self.share_of_n && has_n("share_of_n", around, problems),
            show_n: self.show_n && has_n("show_n", around, problems),
            show: show(self, around, problems),
            sum: self.sum,
            order: self.order,
            few_answers: few_answers(self, around, problems),
            directions: directions(self, around, problems),
        }))
    }
}

fn rows(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Vec<String> {
    let at = around.at.key("rows");
    if spec.rows.0.is_empty() {
        around.scope.has("indicator", &at, problems);
        return vec!["indicator".into()];
    }
    if spec.rows.0.len() > 2 {
        let message = format!("`rows` must be one column, or two for a hierarchy; found {}", spec.rows.0.len());
        problems.bad_value(&at, message, "");
    }
    for (index, row) in spec.rows.0.iter().enumerate() {
        around.scope.has(row, &at.index(index), problems);
    }
    spec.rows.0.clone()
}

fn columns(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> String {
    let at = around.at.key("columns");
    let columns = spec.columns.clone().unwrap_or("period".into());
    around.scope.has(&columns, &at, problems);
    if spec.rows.0.contains(&columns) {
        problems.bad_value(&at, format!("`{columns}` cannot be rows and columns at once"), "");
    }
    columns
}

pub(super) fn conditions(
    positive: &Where,
    negative: &Where,
    around: &Around,
    problems: &mut Problems,
) -> Vec<Condition> {
    let mut conditions = around.scope.conditions(positive, false, &around.at.key("where"), problems);
    conditions.extend(around.scope.conditions(negative, true, &around.at.key("where_not"), problems));
    conditions
}

pub(super) fn unit(said: Option<UnitSpec>, decimals: Option<u8>, around: &Around, problems: &mut Problems) -> Unit {
    let at = around.at.key("decimals");
    match decimals {
        Some(decimals) if decimals > DECIMALS_MOST => {
            problems.bad_value(&at, format!("`decimals` must be at most {DECIMALS_MOST}, found {decimals}"), "");
        }
        Some(1..) if said == Some(UnitSpec::Count) => {
            problems.bad_key(&at, "a count has no decimals", "remove `decimals`, or set `unit = \"number\"`");
        }
        _ => {}
    }
    with_decimals(said.unwrap_or(UnitSpec::Number), decimals)
}

fn with_decimals(unit: UnitSpec, decimals: Option<u8>) -> Unit {
    let decimals = decimals.unwrap_or(0).min(DECIMALS_MOST);
    match unit {
        UnitSpec::Count => Unit::Count,
        UnitSpec::Percent => Unit::Percent { decimals },
        UnitSpec::Number => Unit::Number { decimals },
    }
}

fn has_n(key: &str, around: &Around, problems: &mut Problems) -> bool {
    let has = around.scope.names().contains(&"n");
    if !has {
        let message = format!("`{key}` needs a column `n` in `source.{}`", around.scope.plan.name);
        problems.bad_key(&around.at.key(key), message, "add the column that holds how many were asked or reviewed");
    }
    has
}

fn show(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Vec<String> {
    for (index, column) in spec.show.iter().enumerate() {
        around.scope.has(column, &around.at.key("show").index(index), problems);
    }
    spec.show.clone()
}

fn few_answers(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Option<(u32, Option<String>)> {
    let few = spec.few_answers.as_ref()?;
    let at = around.at.key("few_answers");
    let Some(indicator) = &few.indicator else {
        if !around.scope.names().contains(&"n") {
            let message = format!("`source.{}` does not say how many answered", around.scope.plan.name);
            problems.bad_key(&at, message, "name the indicator that holds it: `few_answers.indicator`");
        }
        return Some((few.under, None));
    };
    let indicator = around.scope.canonical("indicator", indicator, &at.key("indicator"), problems);
    Some((few.under, Some(indicator)))
}

fn directions(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Vec<(String, Direction)> {
    for (index, part) in spec.higher_is_better.iter().enumerate() {
        if spec.lower_is_better.iter().any(|lower| fold(lower) == fold(part)) {
            let at = around.at.key("higher_is_better").index(index);
            problems.bad_value(&at, format!("`{part}` cannot be better both higher and lower"), "");
        }
    }
    let lower = spec.lower_is_better.iter().map(|part| (fold(part), Direction::Lower));
    lower.chain(spec.higher_is_better.iter().map(|part| (fold(part), Direction::Higher))).collect()
}

impl Declared for GoalSpec {
    const FAMILY: &'static str = "goal";
    const SOURCES: &'static [SourceKind] = &[SourceKind::Observations];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: None }
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        not_empty(&self.what, &around.at.key("what"), problems);
        for column in ["goal", "reference"] {
            check_goal_column(column, around, problems);
        }
        Some(MeasureKind::Goal(GoalPlan {
            what: self.what.clone(),
            conditions: conditions(&self.where_, &Where::default(), around, problems),
            reference_label: self.reference_label.clone(),
            goal_label: self.goal_label.clone(),
            unit: unit(self.unit, self.decimals, around, problems),
            lower_is_better: self.lower_is_better.iter().map(|part| fold(part)).collect(),
            year: around.job.year,
        }))
    }
}

fn check_goal_column(column: &str, around: &Around, problems: &mut Problems) {
    if !around.scope.names().contains(&column) {
        let message =
            format!("`source.{}` has no column `{column}`, which a goal compares with", around.scope.plan.name);
        problems.bad_value(
            &around.at.key("source"),
            message,
            format!("declare the column of the export as `{column}`"),
        );
    }
}
