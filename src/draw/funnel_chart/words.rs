//! Funnels in words: where we stand against the limits, and who is beyond them.

use crate::domain::said::Said;
use crate::domain::sentence::{and_list, count_of};
use crate::domain::spc::Side;
use crate::domain::table::{MeasureTable, Role, RowKind, TableRow, Value};
use crate::draw::alt_text::{opening, told};
use crate::draw::chart::Drawn;
use crate::draw::select::{is_named, magnitude};

/// More than this are counted, not told.
const MOST: usize = 8;

/// The alternative text: "Norrtälje: 84 %, antal svar 101, inom gränserna på 99,8 procent. Centrumlinjen är 77 %. …"
pub(super) fn describe(Drawn { chart, table, data }: &Drawn<'_>) -> String {
    let mut sentences = vec![opening(word!("draw-alt-funnel"), data)];
    let own = data.rows.iter().find(|row| chart.emphasis.iter().any(|name| is_named(row, name)));
    sentences.extend(own.and_then(|row| own_point(data, row)));
    let centre = table.total_row().zip(table.column_of_role(Role::Current));
    let centre = centre.and_then(|(row, column)| told(table, row, column));
    sentences.extend(centre.map(|centre| printed!("draw-funnel-centre-line", centre)));
    let beyond = [(Side::Up, word!("draw-funnel-above-opening")), (Side::Down, word!("draw-funnel-below-opening"))]
        .map(|(side, opening)| Some(printed!("draw-funnel-outside", opening, names = names(data, side)?)));
    if beyond.iter().all(Option::is_none) {
        sentences.push(printed!("draw-funnel-nobody-outside"));
    }
    sentences.extend(beyond.into_iter().flatten());
    sentences.join(" ")
}

fn own_point(data: &MeasureTable, row: &TableRow) -> Option<String> {
    let (value, size) = (data.column_of_role(Role::Current)?, data.column_of_role(Role::N)?);
    magnitude(row.values.get(value)?)?;
    let verdict = match beyond(data, row) {
        Some(Side::Up) => word!("draw-funnel-above"),
        Some(Side::Down) => word!("draw-funnel-below"),
        None => word!("draw-funnel-within"),
    };
    let label = data.columns[size].label.to_lowercase();
    Some(format!("{}: {}, {label} {}, {verdict}.", row.label, told(data, row, value)?, told(data, row, size)?))
}

fn beyond(data: &MeasureTable, row: &TableRow) -> Option<Side> {
    match row.values.get(data.column_of_role(Role::Verdict)?)? {
        Value::Said(Said::Beyond(side)) => Some(*side),
        _ => None,
    }
}

/// The names beyond a limit, or how many there are.
fn names(data: &MeasureTable, side: Side) -> Option<String> {
    let rows = data.rows.iter().filter(|row| row.kind == RowKind::Part && beyond(data, row) == Some(side));
    let names: Vec<String> = rows.map(|row| row.label.clone()).collect();
    match names.len() {
        0 => None,
        1..=MOST => Some(and_list(&names)),
        many => Some(count_of(many as i64, "kommun", "kommuner")),
    }
}
