//! Shift: whether the mix of categories differs between this period and the last.
//!
//! In: the table of a breakdown with last period beside. Out: one row per category (count and share of both periods,
//! difference in procentenheter, adjusted residual of this period) and the total row, which carries χ², its degrees of
//! freedom, Cramér's V, p and the method. A note says in words what the test allows. Groups are left out.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

use std::sync::Arc;

use crate::measure::certainty::{self, THREE_DECIMALS};

use crate::domain::sentence::and_list;
use crate::domain::sentence::words::SIGNIFICANT;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::measure::change;
use crate::measure::formula::Formula;
use crate::measure::head::{PERCENT, PERCENTAGE_POINTS, column};
use crate::measure::plan::MeasurePlan;
use crate::measure::selection::Reference;
use crate::measure::sheet::{Fields, Sheet};
use crate::measure::shift::plan::ShiftPlan;
use crate::stats::chi_square::{Shift, ShiftMethod, is_notable, merge_sparse, shift};

/// The table of a shift; without both periods it has rows but no test.
pub(crate) fn sheet(measure: &MeasurePlan, spec: &ShiftPlan, base: &MeasureTable) -> Sheet {
    let categories = Categories::of(base);
    let (counts, merged) = match categories.residual().filter(|_| spec.merge_sparse) {
        Some(residual) => merge_sparse(&categories.counts, residual),
        None => (categories.counts.clone(), vec![false; categories.counts.len()]),
    };
    let tested = shift(&counts);
    let (name, title) = (measure.name.clone(), measure.title.clone());
    let mut table = MeasureTable { name, title, rows: Vec::new(), counts_events: false, ..base.clone() };
    table.notes.retain(|note| note.kind != NoteKind::NotASum);
    table.notes.extend(merged_note(&categories, &merged));
    table.notes.push(verdict(&categories, tested.as_ref()));
    let rows = rows(&categories, &merged, tested.as_ref());
    Sheet::of(table, &fields(spec.measure, base, &categories, rows.len(), tested.as_ref()), rows)
}

/// Rows of the breakdown that are categories, with their places and both counts.
struct Categories<'a> {
    rows: Vec<&'a TableRow>,
    places: Vec<usize>,
    counts: Vec<Vec<u64>>,
}

impl<'a> Categories<'a> {
    fn of(base: &'a MeasureTable) -> Categories<'a> {
        let columns = (base.column_of_role(Role::Current), base.column_of_role(Role::Previous));
        let (Some(now), Some(then)) = columns else {
            return Categories { rows: Vec::new(), places: Vec::new(), counts: Vec::new() };
        };
        let mut categories = Categories { rows: Vec::new(), places: Vec::new(), counts: Vec::new() };
        let is_category = |row: &TableRow| matches!(row.kind, RowKind::Part | RowKind::Residual);
        for (place, row) in base.rows.iter().enumerate().filter(|(_, row)| is_category(row)) {
            if let (Some(now), Some(then)) = (certainty::count(&row.values[now]), certainty::count(&row.values[then])) {
                categories.rows.push(row);
                categories.places.push(place);
                categories.counts.push(vec![now, then]);
            }
        }
        categories
    }

    /// Events of some categories in a period.
    fn sum(&self, categories: &[usize], period: usize) -> u64 {
        categories.iter().map(|category| self.counts[*category][period]).sum()
    }

    fn residual(&self) -> Option<usize> {
        self.rows.iter().position(|row| row.kind == RowKind::Residual)
    }
}

/// A row: which categories it counts, and what the test says of it.
struct OfRow<'a> {
    categories: Vec<usize>,
    /// Its own place among the rows.
    place: usize,
    residual: Option<f64>,
    tested: Option<&'a Shift>,
}

/// A row a category that is not merged (sparse ones are counted with the residual one), and the total.
fn rows<'a>(categories: &Categories, merged: &[bool], tested: Option<&'a Shift>) -> Vec<(TableRow, OfRow<'a>)> {
    let mut rows = Vec::new();
    for (category, row) in categories.rows.iter().enumerate().filter(|(category, _)| !merged[*category]) {
        let is_residual = Some(category) == categories.residual();
        let own = (0..merged.len()).filter(|other| *other == category || (is_residual && merged[*other])).collect();
        let residual = tested.and_then(|tested| tested.residuals[category][0]);
        let of_row = OfRow { categories: own, place: rows.len(), residual, tested: None };
        rows.push((TableRow { values: Vec::new(), ..(*row).clone() }, of_row));
    }
    let all = (0..categories.rows.len()).collect();
    rows.push((TableRow::total(), OfRow { categories: all, place: rows.len(), residual: None, tested }));
    rows
}

const COUNT: &str = "the count of";
const SHARE: &str = "the share of this category among all, of";
const TEST: &str = "a test of the mix of all categories, of";

/// `rows`: how many there are, the total last.
fn fields<'f>(
    measure: usize,
    base: &'f MeasureTable,
    categories: &'f Categories,
    rows: usize,
    tested: Option<&Shift>,
) -> Fields<'f, OfRow<'f>> {
    let all: Vec<usize> = (0..categories.rows.len()).collect();
    let totals = [0, 1].map(|period| categories.sum(&all, period));
    let (total, mut fields) = (rows - 1, Fields::new());
    for (period, role) in [Role::Current, Role::Previous].into_iter().enumerate() {
        let Some(column) = base.column_of_role(role) else { continue };
        fields.add(base.columns[column].clone(), move |row: &OfRow| {
            let cell = |category: &usize| Reference::Of { measure, row: categories.places[*category], column };
            let of: Vec<Reference> = row.categories.iter().map(cell).collect();
            // Without both periods nothing is added up, and that is not zero.
            if of.is_empty() {
                Formula::MISSING
            } else {
                Formula::sum(COUNT, of, categories.sum(&row.categories, period))
            }
        });
    }
    for (period, key, label, role) in [
        (0, "share", word!("measure-share"), Role::Share),
        (1, "previous_share", word!("measure-share-before"), Role::Previous),
    ] {
        fields.add(column(key, label, role, PERCENT), move |row| {
            let share = change::share(categories.sum(&row.categories, period), totals[period]);
            // Both periods: a shift shows a category's two shares, or neither.
            let of =
                [period, 1 - period].map(|column| [Reference::Beside(column), Reference::In { row: total, column }]);
            Formula::of_cells(SHARE, of.concat(), share)
        });
    }
    let both = fields.at(["share", "previous_share"]);
    let difference = column("difference", word!("measure-difference"), Role::Difference, PERCENTAGE_POINTS);
    fields.add(difference, move |_| Formula::Difference(both));
    add_tests(&mut fields, total, tested);
    fields
}

fn add_tests<'f>(fields: &mut Fields<'f, OfRow<'f>>, total: usize, tested: Option<&Shift>) {
    let residual =
        column("residual", word!("measure-adjusted-residual"), Role::Statistic, Unit::Number { decimals: 2 });
    fields.add(residual, move |row| {
        let cells = [total, row.place].map(|row| [0, 1].map(|column| Reference::In { row, column }));
        row.residual.map_or(Formula::BLANK, |residual| Formula::of_cells(TEST, cells.concat(), Value::Number(residual)))
    });
    let every: Arc<[Reference]> =
        [0, 1].iter().flat_map(|column| (0..total).map(|row| Reference::In { row, column: *column })).collect();
    let values = tested.map_or([const { Value::Nothing(Nothing::Blank) }; 5], statistics);
    let heads = [
        ("chi_square", "χ²", Role::Statistic, Unit::Number { decimals: 2 }),
        ("degrees", word!("measure-degrees"), Role::Statistic, Unit::Count),
        ("cramers_v", word!("measure-cramers-v"), Role::Statistic, THREE_DECIMALS),
        ("p", "p", Role::PValue, THREE_DECIMALS),
        ("test", word!("measure-test"), Role::Statistic, Unit::Text),
    ];
    for ((key, label, role, unit), value) in heads.into_iter().zip(values) {
        let every = every.clone();
        fields.add(column(key, label, role, unit), move |row| match row.tested {
            Some(_) => Formula::of_cells(TEST, every.clone(), value.clone()),
            None => Formula::BLANK,
        });
    }
}

fn statistics(tested: &Shift) -> [Value; 5] {
    let test = match tested.method {
        ShiftMethod::ChiSquare => "χ²-test".to_string(),
        ShiftMethod::MonteCarlo { draws } => printed!("measure-monte-carlo", draws),
    };
    let number = Value::Number;
    let degrees = Value::Count(tested.degrees as i64);
    [number(tested.statistic), degrees, number(tested.cramers_v), number(tested.p), Value::Text(test)]
}

fn merged_note(categories: &Categories, merged: &[bool]) -> Option<TableNote> {
    let labels: Vec<&str> =
        categories.rows.iter().zip(merged).filter(|(_, merged)| **merged).map(|(row, _)| row.label.as_str()).collect();
    let residual = categories.residual().map(|index| categories.rows[index].label.as_str())?;
    (!labels.is_empty()).then(|| TableNote {
        kind: NoteKind::Other,
        text: printed!("measure-few-events", labels = and_list(&labels), residual),
    })
}

/// What the test allows to say: which categories take a larger or smaller share, or that nothing is proven.
fn verdict(categories: &Categories, tested: Option<&Shift>) -> TableNote {
    let text = match tested {
        None => printed!("measure-mix-not-comparable"),
        Some(tested) if tested.p < SIGNIFICANT => moved(categories, tested),
        Some(_) => printed!("measure-mix-no-difference"),
    };
    TableNote { kind: NoteKind::Verdict, text }
}

fn moved(categories: &Categories, tested: &Shift) -> String {
    let named = |larger: bool| -> Vec<&str> {
        let moved = categories.rows.iter().zip(&tested.residuals);
        let notable = moved.filter_map(|(row, residuals)| residuals[0].map(|residual| (row, residual)));
        let wanted = notable.filter(|(_, residual)| is_notable(*residual) && (*residual > 0.0) == larger);
        wanted.map(|(row, _)| row.label.as_str()).collect()
    };
    let (larger, smaller) = (named(true), named(false));
    let part = |labels: &[&str], word: &str| {
        (!labels.is_empty()).then(|| printed!("measure-word-for", word, labels = and_list(labels)))
    };
    let parts: Vec<String> =
        [part(&larger, word!("measure-larger")), part(&smaller, "mindre")].into_iter().flatten().collect();
    if parts.is_empty() {
        printed!("measure-mix-differs")
    } else {
        printed!("measure-mix-differs-by", parts = and_list(&parts))
    }
}
