//! Comparison: our values among those of other municipalities.
//!
//! In: observations in long form. Out: one row an indicator: our value this year and last, rank, how many municipalities
//! have a value, quartiles, unweighted mean, women and men, Kolada's colour as a word. The companion table has a column
//! for every municipality instead, for strips.
//! Rows: the whole country, regions and groups are never among the compared; a municipality without a value is not
//! counted. Rank and quarter are decided on the values as delivered. Source: STATISTICS.md, 11.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

pub(super) mod cells;

pub(super) mod origins;

mod remarks;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::head::{self, column};
use super::observations::Observations;
use crate::diagnostic::Failure;
use crate::domain::kolada;
use crate::domain::spelling::fold;
use crate::domain::swedish::{NO_BREAK_SPACE, integer};
use crate::domain::table::{Direction, MeasureTable, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::comparison::plan::ComparisonPlan;
use crate::measure::comparison::spec::FewAnswers;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::stats::position::{self, Quarter, Rank};
use crate::store::Dataset;

use cells::{Cells, Titles};

/// What the reader is told of one indicator.
struct Line {
    id: String,
    label: String,
    direction: Direction,
    now: Result<f64, Nothing>,
    then: Result<f64, Nothing>,
    /// How many answered this year and last, where that is known.
    answers: [Option<f64>; 2],
    women: Result<f64, Nothing>,
    men: Result<f64, Nothing>,
    /// Values of the compared by code, ours among them.
    all: BTreeMap<String, f64>,
    /// Whether the scale in its titles changes.
    changed_scale: bool,
}

/// The printed table.
pub fn table(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &ComparisonPlan,
    observations: &Observations,
    datasets: &BTreeMap<String, Dataset>,
) -> Result<MeasureTable, Failure> {
    let cells = Cells::of(measure, &spec.among, &spec.conditions, observations)?;
    let titles = Titles::of(plan, spec.names, datasets);
    let areas = Titles::of(plan, spec.among.names, datasets);
    let lines: Vec<Line> = indicators(spec, &cells).iter().map(|id| line(spec, &cells, &titles, id)).collect();
    let mut table = head::table(plan, measure, spec.what.clone(), spec.year.to_string());
    table.row_headers = vec!["Nyckeltal".to_string()];
    let codes = if spec.all { codes_of(&lines) } else { Vec::new() };
    table.columns = columns(spec, &codes, &areas);
    table.rows = lines.iter().map(|line| row(spec, line, &codes)).collect();
    table.directions = lines.iter().map(|line| (line.id.clone(), line.direction)).collect();
    table.n = lines.iter().map(|line| line.all.len() as u64).sum();
    table.notes = remarks::of(spec, &lines, &areas);
    Ok(table)
}

/// The job's indicators, or all that occur but for the number of answers.
fn indicators(spec: &ComparisonPlan, cells: &Cells) -> Vec<String> {
    if !spec.indicators.is_empty() {
        return spec.indicators.iter().map(|(id, _)| id.clone()).collect();
    }
    cells.indicators.iter().filter(|id| Some(*id) != spec.answers.as_ref()).cloned().collect()
}

fn line(spec: &ComparisonPlan, cells: &Cells, titles: &Titles, id: &str) -> Line {
    let label = label(spec, titles, id);
    let everybody = kolada::EVERYBODY;
    let answers = |year, group| cells.size(spec.answers.as_deref(), "n", (id, year, group, &spec.among.own));
    let own = |year, group| hidden_if_few(spec, cells.own(id, year, group), answers(year, group));
    let now = own(spec.year, everybody);
    // Parts of a hidden whole are hidden, too.
    let part = |group| {
        if is_hidden(spec, answers(spec.year, everybody)) { Err(Nothing::Withheld) } else { own(spec.year, group) }
    };
    let mut all: BTreeMap<String, f64> =
        cells.all(id, spec.year).into_iter().map(|(area, value)| (area.to_string(), value)).collect();
    if now.is_err() {
        all.remove(&spec.among.own);
    }
    Line {
        direction: direction(spec, id, &label),
        then: own(spec.year - 1, everybody),
        answers: [answers(spec.year, everybody), answers(spec.year - 1, everybody)],
        women: part(kolada::WOMEN),
        men: part(kolada::MEN),
        changed_scale: changed_scale(cells, titles, id),
        id: id.to_string(),
        label,
        now,
        all,
    }
}

/// The job's label, else the latest title without what the job strips off, else the id.
fn label(spec: &ComparisonPlan, titles: &Titles, id: &str) -> String {
    if let Some((_, label)) = spec.indicators.iter().find(|(known, _)| known == id) {
        return label.clone();
    }
    let title = titles.title(id).unwrap_or(id);
    let rest = spec.strip.as_deref().and_then(|strip| title.strip_prefix(strip)).unwrap_or(title);
    let mut letters = rest.trim_start_matches([' ', NO_BREAK_SPACE, '-', '–', ',', ':']).chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn direction(spec: &ComparisonPlan, id: &str, label: &str) -> Direction {
    let (id, label) = (fold(id), fold(label));
    let found = spec.directions.iter().find(|(part, _)| *part == id || label.contains(part.as_str()));
    found.map_or(Direction::Neither, |(_, direction)| *direction)
}

/// True when fewer have answered than the survey's publisher allows; an unknown number hides nothing.
fn is_few(spec: &ComparisonPlan, answers: Option<f64>) -> bool {
    matches!((spec.least, answers), (Some((least, _)), Some(answers)) if answers < f64::from(least))
}

fn is_hidden(spec: &ComparisonPlan, answers: Option<f64>) -> bool {
    is_few(spec, answers) && matches!(spec.least, Some((_, FewAnswers::Hide)))
}

fn hidden_if_few(spec: &ComparisonPlan, value: Result<f64, Nothing>, answers: Option<f64>) -> Result<f64, Nothing> {
    if is_hidden(spec, answers) { value.and(Err(Nothing::Withheld)) } else { value }
}

fn changed_scale(cells: &Cells, titles: &Titles, id: &str) -> bool {
    let own = cells.titles(id).into_iter().map(|(_, title)| title);
    let all: Vec<String> = own.chain(titles.all(id).iter().cloned()).collect();
    all.windows(2).any(|pair| kolada::scale(&pair[0]) != kolada::scale(&pair[1]))
}

/// Codes of all areas with a value in some line, ours left out.
fn codes_of(lines: &[Line]) -> Vec<String> {
    let codes: std::collections::BTreeSet<&String> = lines.iter().flat_map(|line| line.all.keys()).collect();
    codes.into_iter().cloned().collect()
}

fn columns(spec: &ComparisonPlan, codes: &[String], areas: &Titles) -> Vec<TableColumn> {
    let unit = spec.unit;
    let quartiles = [
        column("q1", "Nedre kvartil", Role::Reference, unit),
        column("median", "Median", Role::Reference, unit),
        column("q3", "Övre kvartil", Role::Reference, unit),
    ];
    let mut columns =
        vec![head::period_column(spec.year, spec.year, unit), head::period_column(spec.year - 1, spec.year, unit)];
    if spec.all {
        columns.extend(quartiles);
        columns.push(column("rank", "Plats", Role::Text, Unit::Text));
        let name = |code: &String| areas.title(code).unwrap_or(code).to_string();
        columns.extend(codes.iter().map(|code| column(code, name(code), Role::Part, unit)));
        return columns;
    }
    columns.push(column("difference", "Skillnad", Role::Difference, unit.of_difference()));
    columns.push(column("rank", "Plats", Role::Text, Unit::Text));
    columns.push(column("rank_first", "Plats från", Role::Numerator, Unit::Count));
    columns.push(column("rank_last", "Plats till", Role::Numerator, Unit::Count));
    columns.push(column("n", "Kommuner med värde", Role::N, Unit::Count));
    columns.push(column("minimum", "Lägst", Role::Reference, unit));
    columns.extend(quartiles);
    columns.push(column("maximum", "Högst", Role::Reference, unit));
    columns.push(column("mean", "Ovägt medel", Role::Mean, unit));
    columns.push(column("women", "Kvinnor", Role::Part, unit));
    columns.push(column("men", "Män", Role::Part, unit));
    columns.push(column("gender_difference", "Skillnad kvinnor–män", Role::Difference, unit.of_difference()));
    columns.push(column("colour", "Kolada-färg", Role::Verdict, Unit::Text));
    columns.push(column("answers", "Antal svar", Role::N, Unit::Count));
    columns
}

fn row(spec: &ComparisonPlan, line: &Line, codes: &[String]) -> TableRow {
    let all: Vec<f64> = line.all.values().copied().collect();
    let five = position::five(&all);
    let of_five = |pick: fn(&position::Five) -> f64| number(five.as_ref().map(pick).ok_or(Nothing::Missing));
    let quartiles = [of_five(|five| five.lower), of_five(|five| five.median), of_five(|five| five.upper)];
    let mut values = vec![number(line.now), number(line.then)];
    let rank = line.now.map(|now| position::rank(&all, now, line.direction));
    let rank_text = rank.map_or_else(Value::Nothing, |rank| Value::Text(rank_text(rank)));
    if spec.all {
        values.extend(quartiles);
        values.push(rank_text);
        values.extend(codes.iter().map(|code| number(line.all.get(code).copied().ok_or(Nothing::Missing))));
    } else {
        let count = |pick: fn(Rank) -> usize| rank.map_or_else(Value::Nothing, |rank| Value::Count(pick(rank) as i64));
        values.push(difference(line.now, line.then));
        values.push(rank_text);
        values.push(count(|rank| rank.first));
        values.push(count(|rank| rank.last));
        values.push(Value::Count(all.len() as i64));
        values.push(of_five(|five| five.least));
        values.extend(quartiles);
        values.push(of_five(|five| five.greatest));
        values.push(number(position::unweighted_mean(&all).ok_or(Nothing::Missing)));
        values.extend([number(line.women), number(line.men), difference(line.women, line.men)]);
        values.push(colour(line, &all));
        values.push(line.answers[0].map_or(Value::Nothing(Nothing::Missing), |answers| Value::Count(answers as i64)));
    }
    TableRow { key: vec![line.id.clone()], label: line.label.clone(), level: 0, kind: RowKind::Part, values }
}

/// "12–14 av 284", or "12 av 284" for a place that is not shared.
fn rank_text(rank: Rank) -> String {
    let (first, of) = (integer(rank.first as i64), integer(rank.of as i64));
    match rank.first == rank.last {
        true => format!("{first} av {of}"),
        false => format!("{first}–{} av {of}", integer(rank.last as i64)),
    }
}

/// Kolada's colour in words and as a shape; blank where no direction is good.
fn colour(line: &Line, all: &[f64]) -> Value {
    let now = match line.now {
        Ok(now) => now,
        Err(nothing) => return Value::Nothing(nothing),
    };
    let word = match position::quarter(all, now, line.direction) {
        Some(Quarter::Best) => "▲ grön, bästa fjärdedelen",
        Some(Quarter::Middle) => "● gul, mittersta hälften",
        Some(Quarter::Worst) => "▼ röd, sämsta fjärdedelen",
        None => return Value::Nothing(Nothing::Blank),
    };
    Value::Text(word.to_string())
}

fn number(value: Result<f64, Nothing>) -> Value {
    value.map_or_else(Value::Nothing, Value::Number)
}

fn difference(one: Result<f64, Nothing>, other: Result<f64, Nothing>) -> Value {
    number(one.and_then(|one| other.map(|other| one - other)))
}
