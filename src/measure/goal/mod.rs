//! Indicators against a goal and a mean (KEKS).
//!
//! In: observations with goal and reference. Out: one row per indicator in file order; columns are the years up to the
//! job's, oldest first, goal, reference, the distance to both and whether the goal is reached.
//! Reached is ≥, or ≤ where lower is better, on unrounded values. Source: STATISTICS.md, 13.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

use std::collections::{BTreeMap, BTreeSet};

use super::formula::DIFFERENCE;
use super::formula::Formula;
use super::head::{self, column};
use super::observations::{Observations, VALUE};
use super::sheet::{Fields, Sheet};
use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::spelling::fold;
use crate::domain::table::{Direction, Nothing, Role, RowKind, TableRow, Unit, Value};
use crate::measure::goal::plan::GoalPlan;
use crate::measure::plan::{MeasurePlan, Plan};

/// An indicator's observations by year.
struct Indicator {
    name: String,
    by_year: BTreeMap<i32, usize>,
}

/// The printed table.
pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &GoalPlan,
    observations: &Observations,
) -> Result<Sheet, Failure> {
    let indicators = indicators(measure, spec, observations)?;
    let years = years(spec, &indicators);
    let (first, last) = (years.first().copied().unwrap_or(spec.year), years.last().copied().unwrap_or(spec.year));
    let mut table = head::of_values(plan, measure, spec.what.clone(), head::span(first, last.max(spec.year)));
    table.row_headers = vec![observations.label("indicator")];
    let of_row = OfRow { source: measure.source, spec, observations };
    for indicator in &indicators {
        let (now, goal) = (of_row.now(indicator), of_row.latest(indicator, "goal").map(|(_, goal)| goal));
        if let Some(unit) = finer_unit(spec.unit, now, goal) {
            table.row_units.insert(indicator.name.clone(), unit);
        }
        table.directions.insert(indicator.name.clone(), direction(spec, &indicator.name));
    }
    let measured = indicators.iter().flat_map(|indicator| indicator.by_year.values());
    table.n = measured.filter(|row| observations.value(**row).is_ok()).count() as u64;
    let rows = indicators.iter().map(|indicator| (TableRow::named(&indicator.name, RowKind::Part), indicator));
    Ok(Sheet::of(table, &of_row.fields(&years), rows))
}

/// What is read of an indicator.
#[derive(Clone, Copy)]
struct OfRow<'a> {
    source: usize,
    spec: &'a GoalPlan,
    observations: &'a Observations<'a>,
}

impl<'a> OfRow<'a> {
    fn now(self, indicator: &Indicator) -> Option<f64> {
        indicator.by_year.get(&self.spec.year).and_then(|row| self.observations.value(*row).ok())
    }

    /// Goal or mean of the latest year that names it, with its row.
    fn latest(self, indicator: &Indicator, name: &str) -> Option<(usize, f64)> {
        indicator.by_year.values().rev().find_map(|row| Some((*row, self.observations.number(*row, name)?)))
    }

    fn fields<'f>(self, years: &[i32]) -> Fields<'f, &'f Indicator>
    where
        'a: 'f,
    {
        let (spec, distance) = (self.spec, self.spec.unit.of_difference());
        let mut fields = Fields::new();
        for year in years.iter().copied() {
            fields.add(head::period_column(year, spec.year, spec.unit), move |indicator: &&Indicator| {
                let row = indicator.by_year.get(&year).copied();
                let value = row.map_or(Err(Nothing::Missing), |row| self.observations.value(row));
                Formula::read(self.source, row, VALUE, value.map_or_else(Value::Nothing, Value::Number))
            });
        }
        let named = [("goal", &spec.goal_label, Role::Goal), ("reference", &spec.reference_label, Role::Reference)];
        for (name, label, role) in named {
            fields.add(column(name, label, role, spec.unit), move |indicator| {
                let (row, value) = self.latest(indicator, name).unzip();
                Formula::read(self.source, row, name, number(value))
            });
        }
        let reference = printed!("measure-difference-from", what = head::in_sentence(&spec.reference_label));
        for (key, label, name) in [
            ("distance_goal", printed!("measure-difference-from-goal"), "goal"),
            ("distance_reference", reference, "reference"),
        ] {
            let both = fields.at(["current", name]);
            fields.add(column(key, label, Role::Difference, distance), move |indicator| {
                let from = self.latest(indicator, name).map(|(_, from)| from);
                Formula::of_cells(DIFFERENCE, both, difference(self.now(indicator), from))
            });
        }
        let both = fields.at(["current", "goal"]);
        fields.add(column("verdict", word!("measure-goal"), Role::Verdict, Unit::Text), move |indicator| {
            let goal = self.latest(indicator, "goal").map(|(_, goal)| goal);
            let verdict = verdict(self.now(indicator), goal, direction(spec, &indicator.name));
            Formula::of_cells("whether the goal is reached, unrounded, by", both, verdict)
        });
        fields
    }
}

/// The printed years, oldest first; the job's is the last.
fn years(spec: &GoalPlan, indicators: &[Indicator]) -> Vec<i32> {
    let found: BTreeSet<i32> = indicators.iter().flat_map(|indicator| indicator.by_year.keys().copied()).collect();
    found.into_iter().filter(|year| *year != spec.year).chain([spec.year]).collect()
}

/// Indicators in file order with their observations up to the job's year.
fn indicators(measure: &MeasurePlan, spec: &GoalPlan, observations: &Observations) -> Result<Vec<Indicator>, Failure> {
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut mistakes = Vec::new();
    for row in observations.kept(&spec.conditions) {
        let Some(name) = observations.text(row, "indicator") else { continue };
        let year = observations.text(row, "period").and_then(|text| text.parse().ok()).unwrap_or(spec.year);
        if year > spec.year {
            continue;
        }
        let known = indicators.iter().position(|indicator| indicator.name == *name);
        let index = known.unwrap_or_else(|| {
            indicators.push(Indicator { name: name.into_owned(), by_year: BTreeMap::new() });
            indicators.len() - 1
        });
        let first = indicators[index].by_year.insert(year, row);
        let differs = first.filter(|first| observations.value(*first) != observations.value(row));
        mistakes.extend(differs.map(|first| differing(measure, observations, first, row)));
    }
    if mistakes.is_empty() { Ok(indicators) } else { Err(Failure::fixable(mistakes)) }
}

fn differing(measure: &MeasurePlan, observations: &Observations, first: usize, row: usize) -> Diagnostic {
    let ((first, _), (row, at)) = (observations.origin(first), observations.origin(row));
    let message = say!("measure-rows-of-one-goal-differ", first, row, name = measure.name);
    let help = say!("measure-correct-or-leave-out", name = measure.name);
    Diagnostic::error(Code::DifferingDuplicate, message, at).help(help)
}

fn direction(spec: &GoalPlan, name: &str) -> Direction {
    let folded = fold(name);
    if spec.lower_is_better.iter().any(|part| folded.contains(part.as_str())) {
        Direction::Lower
    } else {
        Direction::Higher
    }
}

fn number(number: Option<f64>) -> Value {
    number.map_or(Value::Nothing(Nothing::Missing), Value::Number)
}

fn difference(now: Option<f64>, from: Option<f64>) -> Value {
    number(now.zip(from).map(|(now, from)| now - from))
}

fn verdict(now: Option<f64>, goal: Option<f64>, direction: Direction) -> Value {
    let (Some(now), Some(goal)) = (now, goal) else { return Value::Nothing(Nothing::Blank) };
    let is_reached = if direction == Direction::Lower { now <= goal } else { now >= goal };
    Value::Text(if is_reached { printed!("measure-goal-reached") } else { printed!("measure-goal-not-reached") })
}

/// One more decimal when value and goal would be printed alike although they differ.
fn finer_unit(unit: Unit, now: Option<f64>, goal: Option<f64>) -> Option<Unit> {
    let (now, goal) = (now?, goal?);
    let rounded = |value: f64, decimals: u8| (value * 10_f64.powi(i32::from(decimals))).round();
    let alike = |decimals: u8| now != goal && rounded(now, decimals) == rounded(goal, decimals);
    match unit {
        Unit::Percent { decimals } if alike(decimals) => Some(Unit::Percent { decimals: decimals + 1 }),
        Unit::Number { decimals } if alike(decimals) => Some(Unit::Number { decimals: decimals + 1 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::MeasureTable;
    use crate::measure::fixtures::{keys, observations, printed, table_of};
    use crate::measure::plan::MeasureKind;

    const PERCENT: Unit = Unit::Percent { decimals: 0 };

    fn spec() -> GoalPlan {
        GoalPlan {
            what: "index, procent".into(),
            conditions: Vec::new(),
            reference_label: "Snitt KEKS".into(),
            goal_label: "Mål".into(),
            unit: PERCENT,
            lower_is_better: vec!["jämn könsfördelning".into()],
            year: 2023,
        }
    }

    /// indicator, period, value, status, goal, reference.
    fn table(rows: &[[&str; 6]]) -> MeasureTable {
        let rows: Vec<[&str; 9]> = rows
            .iter()
            .map(|[indicator, period, value, status, goal, reference]| {
                [*indicator, "", *period, *value, *status, "", *goal, *reference, ""]
            })
            .collect();
        let (plan, data) = observations(&rows);
        table_of(&plan, &data, MeasureKind::Goal(spec()))
    }

    #[test]
    fn higher_reaches_the_goal_except_where_lower_is_better() {
        let table = table(&[
            ["Lärande", "2021", "57", "", "85", "73"],
            ["Lärande", "2022", "65", "", "85", "73"],
            ["Lärande", "2023", "80", "", "85", "73"],
            ["Producerar", "2021", "", "missing", "30", "5"],
            ["Producerar", "2022", "10", "", "30", "5"],
            ["Producerar", "2023", "30", "", "30", "5"],
            ["Avvikelse från jämn könsfördelning", "2023", "6", "", "10", "12"],
        ]);
        assert_eq!(
            keys(&table),
            ["y2021", "previous", "current", "goal", "reference", "distance_goal", "distance_reference", "verdict"]
        );
        let expected = [
            "Lärande: 57 65 80 85 73 -5 7 'inte nått'",
            "Producerar: – 10 30 30 5 0 25 'nått'",
            "Avvikelse från jämn könsfördelning: – – 6 10 12 -4 -6 'nått'",
        ];
        assert_eq!(printed(&table), expected);
        assert_eq!(table.directions["Lärande"], Direction::Higher);
        assert_eq!(table.directions["Avvikelse från jämn könsfördelning"], Direction::Lower);
        assert_eq!(table.columns[5].unit, Unit::PercentagePoints { decimals: 0 });
        assert_eq!((table.period.as_str(), table.n), ("2021–2023", 6));
    }

    #[test]
    fn the_word_is_judged_on_unrounded_values_and_printed_with_one_more_decimal() {
        let table = table(&[["Trygghet", "2023", "89.6", "", "90", "90"]]);
        assert_eq!(printed(&table), ["Trygghet: 89.6 90 90 -0.4000000000000057 -0.4000000000000057 'inte nått'"]);
        assert_eq!(table.unit_of(&table.rows[0], 0), Unit::Percent { decimals: 1 });
        assert_eq!(table.unit_of(&table.rows[0], 3), Unit::PercentagePoints { decimals: 1 });
    }

    #[test]
    fn without_goal_or_value_there_is_no_verdict() {
        let table = table(&[["Ny", "2023", "5", "", "", "4"], ["Gammal", "2022", "5", "", "4", ""]]);
        assert_eq!(printed(&table), ["Ny: – 5 – 4 – 1 _", "Gammal: 5 – 4 – – – _"]);
    }

    #[test]
    fn years_after_the_jobs_are_left_out() {
        let table = table(&[["Index", "2024", "9", "", "", ""], ["Index", "2023", "8", "", "", ""]]);
        assert_eq!(table.rows[0].values[0], Value::Number(8.0));
        assert_eq!(table.period, "2023");
    }
}
