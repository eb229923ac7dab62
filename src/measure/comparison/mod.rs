//! Comparison: our values among those of other municipalities.
//!
//! In: observations in long form. Out: one row an indicator: our value this year and last, rank, how many municipalities
//! have a value, quartiles, unweighted mean, women and men, Kolada's colour as a word. The companion table has a column
//! for every municipality instead, for strips.
//! Rows: the whole country, regions and groups are never among the compared; a municipality without a value is not
//! counted. Rank and quarter are decided on the values as delivered. Source: STATISTICS.md, 11.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

use super::formula::DIFFERENCE;
use super::formula::{Counted, Formula};
use super::head::{self, column};
use super::observations::{Observations, VALUE};
use super::sheet::{Fields, Pick, Sheet};
use crate::diagnostic::Failure;
use crate::domain::kolada;
use crate::domain::spelling::fold;
use crate::domain::swedish::{NO_BREAK_SPACE, integer};
use crate::domain::table::{Direction, Nothing, Role, RowKind, TableRow, Unit, Value};
use crate::measure::comparison::plan::ComparisonPlan;
use crate::measure::comparison::spec::FewAnswers;
use crate::measure::plan::{MeasurePlan, Plan};
use crate::stats::position::{self, Quarter, Rank};
use crate::store::Dataset;

pub(super) mod cells;

mod remarks;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

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
pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &ComparisonPlan,
    observations: &Observations,
    datasets: &BTreeMap<String, Dataset>,
) -> Result<Sheet, Failure> {
    let cells = Cells::of(measure, &spec.among, &spec.conditions, observations)?;
    let titles = Titles::of(plan, spec.names, datasets);
    let areas = Titles::of(plan, spec.among.names, datasets);
    let lines: Vec<Line> = indicators(spec, &cells).iter().map(|id| line(spec, &cells, &titles, id)).collect();
    let mut table = head::of_values(plan, measure, spec.what.clone(), spec.year.to_string());
    table.row_headers = vec![printed!("measure-key-figure")];
    let codes = if spec.all { codes_of(&lines) } else { Vec::new() };
    table.directions = lines.iter().map(|line| (line.id.clone(), line.direction)).collect();
    table.n = lines.iter().map(|line| line.all.len() as u64).sum();
    table.notes = remarks::of(spec, &lines, &areas);
    let of_row = OfRow { source: measure.source, spec, cells: &cells };
    let fields = if spec.all { of_row.all_fields(&codes, &areas) } else { of_row.fields() };
    let rows = lines.iter().map(|line| {
        let label = line.label.clone();
        (TableRow { label, ..TableRow::named(&line.id, RowKind::Part) }, Placed::of(line))
    });
    Ok(Sheet::of(table, &fields, rows))
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

/// A line, its place among the others, and how these are spread.
struct Placed<'a> {
    line: &'a Line,
    all: Vec<f64>,
    five: Option<position::Five>,
    rank: Result<Rank, Nothing>,
}

impl<'a> Placed<'a> {
    fn of(line: &'a Line) -> Placed<'a> {
        let all: Vec<f64> = line.all.values().copied().collect();
        let rank = line.now.map(|now| position::rank(&all, now, line.direction));
        Placed { line, five: position::five(&all), rank, all }
    }
}

/// Where the cells of a row are read.
#[derive(Clone, Copy)]
struct OfRow<'a> {
    source: usize,
    spec: &'a ComparisonPlan,
    cells: &'a Cells<'a>,
}

impl<'a> OfRow<'a> {
    /// The value of an area, as it is shown.
    fn read(self, line: &Line, area: &str, year: i32, group: &str, value: Value) -> Formula {
        Formula::read(self.source, self.cells.row(&line.id, year, group, area), VALUE, value)
    }

    fn own(self, line: &Line, year: i32, group: &str, value: Result<f64, Nothing>) -> Formula {
        self.read(line, &self.spec.among.own, year, group, number(value))
    }

    /// All areas that are compared, ours among them unless too few have answered.
    fn compared(self, line: &Line) -> Counted {
        let is_hidden = is_hidden(self.spec, line.answers[0]);
        let compared = self.cells.rows_of_all(&line.id, self.spec.year).into_iter();
        let compared = compared.filter(|(area, _)| *area != self.spec.among.own || !is_hidden);
        Counted::rows(self.source, compared.map(|(_, row)| row).collect::<Vec<usize>>())
    }

    /// A place among the values of all, or a measure of them.
    fn of_all(self, line: &Line, value: Value) -> Formula {
        Formula::of_rows("a place or measure of the values of", vec![self.compared(line)], value)
    }

    fn answers(self, line: &Line) -> Formula {
        let row = |id: &str| self.cells.row(id, self.spec.year, kolada::EVERYBODY, &self.spec.among.own);
        let answers = line.answers[0].map_or(MISSING, |answers| Value::Count(answers as i64));
        match self.spec.answers.as_deref() {
            Some(indicator) => Formula::read(self.source, row(indicator), VALUE, answers),
            None => Formula::read(self.source, row(&line.id), "n", answers),
        }
    }

    fn add_own<'f>(self, fields: &mut Fields<'f, Placed<'f>>)
    where
        'a: 'f,
    {
        let (year, unit) = (self.spec.year, self.spec.unit);
        let own = move |placed: &Placed, year, value| self.own(placed.line, year, kolada::EVERYBODY, value);
        fields.add(head::period_column(year, year, unit), move |placed| own(placed, year, placed.line.now));
        let previous = head::period_column(year - 1, year, unit);
        fields.add(previous, move |placed| own(placed, year - 1, placed.line.then));
    }

    fn add_of_five<'f>(self, fields: &mut Fields<'f, Placed<'f>>, ends: &[(&str, &str, Pick<position::Five, f64>)])
    where
        'a: 'f,
    {
        for (key, label, pick) in ends.iter().copied() {
            fields.add(column(key, label, Role::Reference, self.spec.unit), move |placed| {
                self.of_all(placed.line, number(placed.five.as_ref().map(pick).ok_or(Nothing::Missing)))
            });
        }
    }

    fn add_rank<'f>(self, fields: &mut Fields<'f, Placed<'f>>)
    where
        'a: 'f,
    {
        fields.add(column("rank", word!("measure-rank"), Role::Text, Unit::Text), move |placed| {
            let rank = placed.rank.map_or_else(Value::Nothing, |rank| Value::Text(rank_text(rank)));
            self.of_all(placed.line, rank)
        });
    }

    /// The companion: a column for each area that is compared.
    fn all_fields<'f>(self, codes: &'f [String], areas: &Titles) -> Fields<'f, Placed<'f>>
    where
        'a: 'f,
    {
        let mut fields = Fields::new();
        self.add_own(&mut fields);
        self.add_of_five(&mut fields, &quartiles());
        self.add_rank(&mut fields);
        for code in codes {
            let name = areas.title(code).unwrap_or(code).to_string();
            fields.add(column(code, name, Role::Part, self.spec.unit), move |placed| {
                let value = number(placed.line.all.get(code).copied().ok_or(Nothing::Missing));
                self.read(placed.line, code, self.spec.year, kolada::EVERYBODY, value)
            });
        }
        fields
    }

    fn add_genders<'f>(self, fields: &mut Fields<'f, Placed<'f>>)
    where
        'a: 'f,
    {
        fields.add(column("women", word!("measure-women"), Role::Part, self.spec.unit), move |placed| {
            self.own(placed.line, self.spec.year, kolada::WOMEN, placed.line.women)
        });
        fields.add(column("men", word!("measure-men"), Role::Part, self.spec.unit), move |placed| {
            self.own(placed.line, self.spec.year, kolada::MEN, placed.line.men)
        });
        let both = fields.at(["women", "men"]);
        let gender = column(
            "gender_difference",
            word!("measure-women-less-men"),
            Role::Difference,
            self.spec.unit.of_difference(),
        );
        fields.add(gender, move |placed| {
            Formula::of_cells(DIFFERENCE, both, difference(placed.line.women, placed.line.men))
        });
    }

    fn fields<'f>(self) -> Fields<'f, Placed<'f>>
    where
        'a: 'f,
    {
        let unit = self.spec.unit;
        let mut fields = Fields::new();
        self.add_own(&mut fields);
        let both = fields.at(["current", "previous"]);
        let distance = column("difference", word!("measure-difference"), Role::Difference, unit.of_difference());
        fields.add(distance, move |placed: &Placed| {
            Formula::of_cells(DIFFERENCE, both, difference(placed.line.now, placed.line.then))
        });
        self.add_rank(&mut fields);
        let ends: [(&str, &str, Pick<Rank, usize>); 2] = [
            ("rank_first", word!("measure-rank-from"), |rank| rank.first),
            ("rank_last", word!("measure-rank-to"), |rank| rank.last),
        ];
        for (key, label, pick) in ends {
            fields.add(column(key, label, Role::Numerator, Unit::Count), move |placed| {
                let place = placed.rank.map_or_else(Value::Nothing, |rank| Value::Count(pick(&rank) as i64));
                self.of_all(placed.line, place)
            });
        }
        let n = column("n", word!("measure-municipalities-with-value"), Role::N, Unit::Count);
        fields.add(n, move |placed| Formula::Count(self.compared(placed.line)));
        self.add_of_five(&mut fields, &[("minimum", word!("measure-lowest"), |five| five.least)]);
        self.add_of_five(&mut fields, &quartiles());
        self.add_of_five(&mut fields, &[("maximum", word!("measure-highest"), |five| five.greatest)]);
        fields.add(column("mean", word!("measure-unweighted-mean"), Role::Mean, unit), move |placed| {
            self.of_all(placed.line, number(position::unweighted_mean(&placed.all).ok_or(Nothing::Missing)))
        });
        self.add_genders(&mut fields);
        fields.add(column("colour", word!("measure-kolada-colour"), Role::Verdict, Unit::Text), move |placed| {
            self.of_all(placed.line, colour(placed.line, &placed.all))
        });
        fields.add(column("answers", word!("measure-number-of-answers"), Role::N, Unit::Count), move |placed| {
            self.answers(placed.line)
        });
        fields
    }
}

const MISSING: Value = Value::Nothing(Nothing::Missing);

/// Key, label and value of each.
fn quartiles() -> [(&'static str, &'static str, Pick<position::Five, f64>); 3] {
    [
        ("q1", word!("measure-lower-quarter"), |five| five.lower),
        ("median", word!("measure-median"), |five| five.median),
        ("q3", word!("measure-upper-quarter"), |five| five.upper),
    ]
}

/// "12–14 av 284", or "12 av 284" for a place that is not shared.
fn rank_text(rank: Rank) -> String {
    let (first, of) = (integer(rank.first as i64), integer(rank.of as i64));
    if rank.first == rank.last {
        printed!("measure-rank-of", first, of)
    } else {
        printed!("measure-ranks-of", first, last = integer(rank.last as i64), of)
    }
}

/// Kolada's colour in words and as a shape; blank where no direction is good.
fn colour(line: &Line, all: &[f64]) -> Value {
    let now = match line.now {
        Ok(now) => now,
        Err(nothing) => return Value::Nothing(nothing),
    };
    let word = match position::quarter(all, now, line.direction) {
        Some(Quarter::Best) => word!("measure-green"),
        Some(Quarter::Middle) => word!("measure-yellow"),
        Some(Quarter::Worst) => word!("measure-red"),
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
