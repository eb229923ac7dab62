//! How completely each column is filled in.
//!
//! In: the kept rows, and which cells held marks or could not be read. Out: one row a column of the export, in the job's
//! order: cells that hold a value, are missing, do not apply, are withheld, are not valid; together the rows of the
//! period. Unit: cells. Rows: kept ones with a date in the period; all where rows have no date.

use super::{Quality, method, row};
use crate::diagnostic::Failure;
use crate::domain::delivery::CellKind;
use crate::domain::table::{NoteKind, Role, RowKind, TableNote, Unit};
use crate::measure::change;
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::{self, column};
use crate::measure::sheet::{Fields, Pick, Sheet};
use crate::store::PlainColumn;
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan};
use crate::vocabulary::spec::SourceKind;

/// Observation columns that no job needs to declare.
const VALUE: &str = "value";

/// The cells of one column in one period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Cells {
    rows: u64,
    filled: u64,
    missing: u64,
    not_applicable: u64,
    withheld: u64,
    invalid: u64,
}

pub(super) fn sheet(quality: &Quality) -> Result<Sheet, Failure> {
    let period = quality.job().period.name_of(quality.job().year);
    let mut table = head::of_values(quality.plan, quality.measure, printed!("measure-number-of-cells"), period);
    let years = quality.years()?;
    let printed = quality.printed_years(&years);
    table.row_headers = vec![printed!("measure-column")];
    let mut rows = Vec::new();
    for (name, label) in shown(quality) {
        let by_year = printed.iter().map(|year| cells(quality, &name, &years, *year)).collect();
        rows.push((row(&[&name], &label, 0, RowKind::Part), by_year));
    }
    table.n = years.iter().filter(|year| **year == Some(printed[0])).count() as u64;
    table.notes = notes(&years);
    Ok(Sheet::of(table, &fields(quality, &printed), rows))
}

/// How cells are made, for `explain`.
const READ: &str = "read or counted from";

fn fields<'f>(quality: &'f Quality, printed: &[i32]) -> Fields<'f, Vec<Cells>> {
    let now = printed[0];
    let parts: [(&str, &str, Role, Pick<Cells, u64>); 6] = [
        ("filled", word!("measure-filled"), Role::Part, |cells| cells.filled),
        ("missing", word!("measure-missing"), Role::Part, |cells| cells.missing),
        ("not_applicable", word!("measure-not-applicable"), Role::Part, |cells| cells.not_applicable),
        ("withheld", word!("measure-withheld"), Role::Part, |cells| cells.withheld),
        ("invalid", word!("measure-invalid"), Role::Part, |cells| cells.invalid),
        ("rows", word!("measure-rows"), Role::Total, |cells| cells.rows),
    ];
    let mut fields = Fields::new();
    for (key, label, role, of) in parts {
        fields.add(column(key, label, role, Unit::Count), move |cells: &Vec<Cells>| {
            Formula::among(READ, quality.of(None, Some(now)), of(&cells[0]))
        });
    }
    for (period, year) in printed.iter().copied().enumerate() {
        let key = if period == 0 { "share" } else { "share_previous" };
        fields.add(column(key, printed!("measure-share-filled", year), Role::Share, PERCENT), move |cells| {
            let Cells { filled, rows, .. } = cells[period];
            // What is not filled in could be worked out of the share, too.
            let of = [filled, rows - filled, rows].map(|count| Counted { of: quality.of(None, Some(year)), count });
            Formula::of_rows(READ, of.to_vec(), change::share(filled, rows))
        });
    }
    if printed.len() > 1 {
        let both = fields.at(["share", "share_previous"]);
        let difference = column("difference", word!("measure-difference"), Role::Difference, head::PERCENTAGE_POINTS);
        fields.add(difference, move |_| Formula::Difference(both));
    }
    fields
}

/// One decimal: between 99,6 and 100 per cent lies what this table is for.
const PERCENT: Unit = Unit::Percent { decimals: 1 };

/// Columns of the export, by name and label; those that are derived or constant are not filled in by anyone.
fn shown(quality: &Quality) -> Vec<(String, String)> {
    let source = quality.source;
    let declared = source.columns.iter().filter(|column| !column.headers.is_empty());
    let mut shown: Vec<(String, String)> = declared.map(|column| (column.name.clone(), column.label.clone())).collect();
    if source.kind == SourceKind::Observations && !shown.iter().any(|(name, _)| name == VALUE) {
        shown.push((VALUE.to_string(), printed!("measure-value")));
    }
    shown
}

fn cells(quality: &Quality, name: &str, years: &[Option<i32>], year: i32) -> Cells {
    let mut cells = Cells::default();
    let declared = quality.source.column(name).map(|index| &quality.source.columns[index]);
    let Some(stored) = quality.rows.data.columns.get(name) else { return cells };
    for row in (0..quality.rows.data.rows).filter(|row| years[*row] == Some(year)) {
        cells.rows += 1;
        match state(stored, declared, row) {
            Some(true) => cells.filled += 1,
            Some(false) => cells.invalid += 1,
            None => cells.missing += 1,
        }
    }
    let counted = |kind| {
        let of_kind = quality.delivery.cells.iter().filter(|cell| cell.column == name && cell.kind == kind);
        let dated = quality.source.period_date.is_some();
        of_kind.filter(|cell| !dated || cell.year == Some(year)).map(|cell| cell.cells).sum::<u64>()
    };
    // Parquet holds a blank for each of these; a cell is one of them only.
    let mut take = |kind| {
        let taken = counted(kind).min(cells.missing);
        cells.missing -= taken;
        taken
    };
    let (not_applicable, withheld, invalid) =
        (take(CellKind::NotApplicable), take(CellKind::Withheld), take(CellKind::Invalid));
    cells.not_applicable = not_applicable;
    cells.withheld = withheld;
    cells.invalid += invalid;
    cells
}

/// True for a cell with a value, false for one with nothing but values outside its list, `None` for a blank.
fn state(stored: &PlainColumn, declared: Option<&ColumnPlan>, row: usize) -> Option<bool> {
    let bucket = declared.and_then(|column| match &column.kind {
        ColumnKindPlan::Category(list) => Some(list.unknown_label.as_str()),
        _ => None,
    });
    let known = |labels: &[String], code: u32| labels.get(code as usize).map(|label| Some(label.as_str()) != bucket);
    match stored {
        PlainColumn::Labels { codes, labels } => known(labels, codes[row]),
        PlainColumn::Lists { offsets, codes, labels } => {
            let codes = &codes[offsets[row] as usize..offsets[row + 1] as usize];
            codes.iter().filter_map(|code| known(labels, *code)).reduce(|one, other| one || other)
        }
        PlainColumn::Days(days) => days[row].map(|_| true),
        PlainColumn::Numbers(numbers) => numbers[row].map(|_| true),
        PlainColumn::YesNo(answers) => answers[row].map(|_| true),
        PlainColumn::Texts(texts) => texts[row].as_ref().map(|_| true),
        PlainColumn::Rows(_) => Some(true),
    }
}

fn notes(years: &[Option<i32>]) -> Vec<TableNote> {
    let mut notes = vec![method(printed!("measure-completeness-note"))];
    let undated = years.iter().filter(|year| year.is_none()).count() as i64;
    if undated > 0 {
        let rows = crate::domain::sentence::count_of(undated, "rad", "rader");
        let text = printed!("measure-undated-in-no-year", rows);
        notes.push(TableNote { kind: NoteKind::Undated, text });
    }
    notes
}
