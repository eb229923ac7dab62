//! Strips and funnels in words: where we stand, and who is far from the others.

use super::super::select::{absence, is_named, magnitude, written};
use crate::domain::sentence::{and_list, count_of};
use crate::domain::table::{MeasureTable, Role, RowKind, TableRow, Value};
use crate::job::plan::ChartPlan;

/// More than this are counted, not told.
const MOST: usize = 8;

fn text(table: &MeasureTable, row: &TableRow, column: usize) -> Option<String> {
    let value = row.values.get(column)?;
    (!matches!(value, Value::Nothing(_))).then(|| written(value, &table.columns[column]))
}

/// "Norrtälje: Få kontakt 86 % (2022: 66 %), median 79 %, plats 4 av 24; …"
pub fn strips(chart: &ChartPlan, table: &MeasureTable, data: &MeasureTable) -> Option<String> {
    let own = table.columns.iter().find(|column| column.role == Role::Part && chart.emphasis.contains(&column.key));
    let name = own.map(|column| column.label.clone()).or_else(|| chart.emphasis.first().cloned())?;
    let told: Vec<String> = data.rows.iter().take(MOST).map(|row| strip(data, row)).collect();
    let more = data.rows.len().saturating_sub(MOST);
    let more = if more > 0 { format!("; och {} till", count_of(more as i64, "rad", "rader")) } else { String::new() };
    Some(format!("{name}: {}{more}.", told.join("; ")))
}

fn strip(data: &MeasureTable, row: &TableRow) -> String {
    let of_role = |role: Role| data.column_of_role(role).and_then(|column| Some((column, text(data, row, column)?)));
    let Some((now, value)) = of_role(Role::Current) else {
        let value = data.column_of_role(Role::Current).and_then(|now| row.values.get(now));
        return format!("{} {}", row.label, value.map_or("uppgift saknas", absence));
    };
    let mut told = format!("{} {value}", row.label);
    if let Some((then, value)) = of_role(Role::Previous).filter(|(then, _)| *then != now) {
        told += &format!(" ({}: {value})", data.columns[then].label);
    }
    for (key, word) in [("median", "median"), ("rank", "plats")] {
        let value = data.column(key).and_then(|column| text(data, row, column));
        told += &value.map_or_else(String::new, |value| format!(", {word} {value}"));
    }
    told
}

/// "Norrtälje: 84 %, antal svar 101, inom gränserna på 99,8 procent. Centrumlinjen är 77 %. Över gränsen ligger …"
pub fn funnel(chart: &ChartPlan, table: &MeasureTable, data: &MeasureTable) -> Vec<String> {
    let mut sentences = Vec::new();
    let own = data.rows.iter().find(|row| chart.emphasis.iter().any(|name| is_named(row, name)));
    sentences.extend(own.and_then(|row| own_point(data, row)));
    let centre = table.total_row().zip(table.column_of_role(Role::Current));
    let centre = centre.and_then(|(row, column)| text(table, row, column));
    sentences.extend(centre.map(|centre| format!("Centrumlinjen är {centre}.")));
    for (word, opening) in [("över", "Över den övre gränsen på 99,8 procent"), ("under", "Under den nedre")] {
        sentences.extend(beyond(data, word).map(|names| format!("{opening} ligger {names}.")));
    }
    if sentences.is_empty() || (beyond(data, "över").is_none() && beyond(data, "under").is_none()) {
        sentences.push("Ingen ligger utanför gränserna på 99,8 procent.".to_string());
    }
    sentences
}

fn own_point(data: &MeasureTable, row: &TableRow) -> Option<String> {
    let (value, size) = (data.column_of_role(Role::Current)?, data.column_of_role(Role::N)?);
    magnitude(row.values.get(value)?)?;
    let verdict = match word(data, row) {
        Some("över") => "över den övre gränsen på 99,8 procent",
        Some("under") => "under den nedre gränsen på 99,8 procent",
        _ => "inom gränserna på 99,8 procent",
    };
    let label = data.columns[size].label.to_lowercase();
    Some(format!("{}: {}, {label} {}, {verdict}.", row.label, text(data, row, value)?, text(data, row, size)?))
}

fn word<'t>(data: &MeasureTable, row: &'t TableRow) -> Option<&'t str> {
    match row.values.get(data.column_of_role(Role::Verdict)?)? {
        Value::Text(word) => Some(word),
        _ => None,
    }
}

/// The names beyond a limit, or how many there are.
fn beyond(data: &MeasureTable, side: &str) -> Option<String> {
    let rows = data.rows.iter().filter(|row| row.kind == RowKind::Part && word(data, row) == Some(side));
    let names: Vec<String> = rows.map(|row| row.label.clone()).collect();
    match names.len() {
        0 => None,
        1..=MOST => Some(and_list(&names)),
        many => Some(count_of(many as i64, "kommun", "kommuner")),
    }
}
