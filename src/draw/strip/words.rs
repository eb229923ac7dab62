//! Strips in words: where we stand among the others.

use crate::domain::sentence::count_of;
use crate::domain::table::{MeasureTable, Role, TableRow};
use crate::draw::alt_text::{opening, told};
use crate::draw::chart::Drawn;
use crate::draw::select::absence;

/// More than this are counted, not told.
const MOST: usize = 8;

/// The alternative text.
pub(super) fn describe(drawn: &Drawn<'_>) -> String {
    let opening = opening(word!("draw-alt-strip"), drawn.data);
    std::iter::once(opening).chain(own_rows(drawn)).collect::<Vec<String>>().join(" ")
}

/// "Norrtälje: Få kontakt 86 % (2022: 66 %), median 79 %, plats 4 av 24; …"
fn own_rows(Drawn { chart, table, data }: &Drawn<'_>) -> Option<String> {
    let own = table.columns.iter().find(|column| column.role == Role::Part && chart.emphasis.contains(&column.key));
    let name = own.map(|column| column.label.clone()).or_else(|| chart.emphasis.first().cloned())?;
    let rows: Vec<String> = data.rows.iter().take(MOST).map(|row| strip(data, row)).collect();
    let more = data.rows.len().saturating_sub(MOST);
    let more = if more > 0 {
        printed!("draw-strip-and-more", rows = count_of(more as i64, "rad", "rader"))
    } else {
        String::new()
    };
    Some(format!("{name}: {}{more}.", rows.join("; ")))
}

fn strip(data: &MeasureTable, row: &TableRow) -> String {
    let of_role = |role: Role| data.column_of_role(role).and_then(|column| Some((column, told(data, row, column)?)));
    let Some((now, value)) = of_role(Role::Current) else {
        let value = data.column_of_role(Role::Current).and_then(|now| row.values.get(now));
        return format!("{} {}", row.label, value.map_or(word!("draw-missing"), absence));
    };
    let mut words = format!("{} {value}", row.label);
    if let Some((then, value)) = of_role(Role::Previous).filter(|(then, _)| *then != now) {
        words += &format!(" ({}: {value})", data.columns[then].label);
    }
    for (key, word) in [("median", "median"), ("rank", "plats")] {
        let value = data.column(key).and_then(|column| told(data, row, column));
        words += &value.map_or_else(String::new, |value| format!(", {word} {value}"));
    }
    words
}
