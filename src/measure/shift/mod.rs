//! Shift: whether the mix of categories differs between this period and the last.
//!
//! In: the table of a breakdown with last period beside. Out: one row per category (count and share of both periods,
//! difference in procentenheter, adjusted residual of this period) and the total row, which carries χ², its degrees of
//! freedom, Cramér's V, p and the method. A note says in words what the test allows. Groups are left out.

pub mod cells;

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

use crate::domain::sentence::and_list;
use crate::domain::sentence::words::SIGNIFICANT;
use crate::domain::table::{MeasureTable, NoteKind, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::measure::certainty::{self, BLANK, THREE_DECIMALS};
use crate::measure::change;
use crate::measure::head::{PERCENT, PERCENTAGE_POINTS, column};
use crate::measure::notes::TOTAL;
use crate::measure::plan::MeasurePlan;
use crate::measure::shift::plan::ShiftPlan;
use crate::stats::chi_square::{Shift, ShiftMethod, is_notable, merge_sparse, shift};

/// The table of a shift; without both periods it has rows but no test.
pub fn table(measure: &MeasurePlan, spec: &ShiftPlan, base: &MeasureTable) -> MeasureTable {
    let categories = Categories::of(base);
    let (counts, merged) = match categories.residual().filter(|_| spec.merge_sparse) {
        Some(residual) => merge_sparse(&categories.counts, residual),
        None => (categories.counts.clone(), vec![false; categories.counts.len()]),
    };
    let tested = shift(&counts);
    let mut table = MeasureTable { name: measure.name.clone(), title: measure.title.clone(), ..base.clone() };
    table.columns = columns(base);
    table.rows = rows(&categories, &counts, &merged, tested.as_ref());
    table.notes.retain(|note| note.kind != NoteKind::NotASum);
    table.notes.extend(merged_note(&categories, &merged));
    table.notes.push(verdict(&categories, tested.as_ref()));
    table
}

/// Rows of the breakdown that are categories, with both counts.
struct Categories<'a> {
    rows: Vec<&'a TableRow>,
    counts: Vec<Vec<u64>>,
}

impl<'a> Categories<'a> {
    fn of(base: &'a MeasureTable) -> Categories<'a> {
        let columns = (base.column_of_role(Role::Current), base.column_of_role(Role::Previous));
        let (Some(now), Some(then)) = columns else { return Categories { rows: Vec::new(), counts: Vec::new() } };
        let counted = |row: &'a TableRow| {
            let is_category = matches!(row.kind, RowKind::Part | RowKind::Residual);
            let counts = vec![certainty::count(&row.values[now])?, certainty::count(&row.values[then])?];
            is_category.then_some((row, counts))
        };
        let (rows, counts) = base.rows.iter().filter_map(counted).unzip();
        Categories { rows, counts }
    }

    fn residual(&self) -> Option<usize> {
        self.rows.iter().position(|row| row.kind == RowKind::Residual)
    }
}

fn columns(base: &MeasureTable) -> Vec<crate::domain::table::TableColumn> {
    let of = |role: Role| base.column_of_role(role).map(|index| base.columns[index].clone());
    let statistic = |key: &str, label: &str, unit| column(key, label, Role::Statistic, unit);
    let mut columns: Vec<_> = [of(Role::Current), of(Role::Previous)].into_iter().flatten().collect();
    columns.extend([
        column("share", "Andel", Role::Share, PERCENT),
        column("previous_share", "Andel föregående", Role::Previous, PERCENT),
        column("difference", "Skillnad", Role::Difference, PERCENTAGE_POINTS),
        statistic("residual", "Justerad residual", Unit::Number { decimals: 2 }),
        statistic("chi_square", "χ²", Unit::Number { decimals: 2 }),
        statistic("degrees", "Frihetsgrader", Unit::Count),
        statistic("cramers_v", "Cramérs V", THREE_DECIMALS),
        column("p", "p", Role::PValue, THREE_DECIMALS),
        statistic("test", "Test", Unit::Text),
    ]);
    columns
}

fn rows(categories: &Categories, counts: &[Vec<u64>], merged: &[bool], tested: Option<&Shift>) -> Vec<TableRow> {
    let total = [0, 1].map(|period| counts.iter().filter_map(|row| row.get(period)).sum::<u64>());
    let mut rows: Vec<TableRow> = Vec::new();
    for (index, row) in categories.rows.iter().enumerate().filter(|(index, _)| !merged[*index]) {
        let residual = tested.and_then(|tested| tested.residuals[index][0]).map_or(BLANK, Value::Number);
        let mut values = values_of([counts[index][0], counts[index][1]], total);
        values.push(residual);
        values.extend([BLANK; 5]);
        rows.push(TableRow { values, ..(*row).clone() });
    }
    let mut values = values_of(total, total);
    values.push(BLANK);
    values.extend(tested.map_or([BLANK; 5], statistics));
    rows.push(TableRow { key: Vec::new(), label: TOTAL.to_string(), level: 0, kind: RowKind::Total, values });
    rows
}

fn values_of(counts: [u64; 2], total: [u64; 2]) -> Vec<Value> {
    let [now, then] = counts;
    vec![
        Value::Count(now as i64),
        Value::Count(then as i64),
        change::share(now, total[0]),
        change::share(then, total[1]),
        change::percentage_points((now, total[0]), (then, total[1])),
    ]
}

fn statistics(tested: &Shift) -> [Value; 5] {
    let test = match tested.method {
        ShiftMethod::ChiSquare => "χ²-test".to_string(),
        ShiftMethod::MonteCarlo { draws } => format!("χ²-test, Monte Carlo med {draws} dragningar"),
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
        text: format!("Få händelser: {} är i testet lagda till {residual}.", and_list(&labels)),
    })
}

/// What the test allows to say: which categories take a larger or smaller share, or that nothing is proven.
fn verdict(categories: &Categories, tested: Option<&Shift>) -> TableNote {
    let text = match tested {
        None => "Fördelningen kan inte jämföras: det finns inte minst två kategorier i båda perioderna.".to_string(),
        Some(tested) if tested.p < SIGNIFICANT => moved(categories, tested),
        Some(_) => "Det finns ingen säkerställd skillnad i fördelningen mellan perioderna.".to_string(),
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
    let part = |labels: &[&str], word: &str| (!labels.is_empty()).then(|| format!("{word} för {}", and_list(labels)));
    let parts: Vec<String> = [part(&larger, "större"), part(&smaller, "mindre")].into_iter().flatten().collect();
    match parts.is_empty() {
        true => "Fördelningen skiljer sig mellan perioderna, utan att någon enskild kategori sticker ut.".to_string(),
        false => format!("Fördelningen skiljer sig mellan perioderna: andelen är {}.", and_list(&parts)),
    }
}
