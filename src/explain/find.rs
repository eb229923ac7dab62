//! Which number is meant: by a name, as the report calls it, or by the origin that the HTML report copies.

use super::report::Report;
use crate::diagnostic::{Code, Diagnostic, Failure, FailureKind, Location, nearest};
use crate::domain::spelling::fold;
use crate::domain::table::{MeasureTable, RowKind};
use crate::measure::selection::CellAt;
use crate::write::{default_column, row_name};

/// A number that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where it stands.
    pub at: CellAt,
    /// How many other rows are called the same.
    pub namesakes: usize,
}

/// Finds the cell. `figure`: a measure, chart, table or key number by name (`/value` of each too), "Tabell 3", or an
/// origin; `cell`: `row|column`, or the two words; the number that a reader would mean where they are left out.
///
/// Errors: `unknown-name` with the nearest known one, as a mistake of usage.
pub fn find(report: &Report, figure: &str, cell: &[String]) -> Result<Asked, Failure> {
    let whole = match figure.split_once('|') {
        Some((name, rest)) => (name.to_string(), named_cell(rest)),
        None => (figure.to_string(), named_cell(&cell.join("|"))),
    };
    let (name, (row, column)) = whole;
    let target = target(report, name.trim())?;
    let row = row.or(target.row);
    let column = column.or(target.column);
    let table = &report.sheets[target.measure].table;
    let (row, namesakes) = find_row(table, row.as_deref())?;
    let column = find_column(table, column.as_deref())?;
    Ok(Asked { at: CellAt { measure: target.measure, row, column }, namesakes })
}

/// Row and column of `row|column`; an empty part is left out.
fn named_cell(text: &str) -> (Option<String>, Option<String>) {
    let (row, column) = text.split_once('|').unwrap_or((text, ""));
    let part = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
    (part(row), part(column))
}

/// A measure, and the cell if the name is that of a single number.
struct Target {
    measure: usize,
    row: Option<String>,
    column: Option<String>,
}

fn target(report: &Report, name: &str) -> Result<Target, Failure> {
    let plan = &report.plan;
    let of = |measure: usize| Target { measure, row: None, column: None };
    let by_name = |name: &str| plan.measures.iter().position(|measure| measure.name == name);
    if let Some(number) = as_printed(name) {
        let place = report.places.iter().find(|place| place.place == number);
        return place.and_then(|place| by_name(&place.measure)).map(of).ok_or_else(|| no_such_number(report, &number));
    }
    let chart = || plan.charts.iter().find(|chart| chart.name == name).map(|chart| of(chart.measure));
    let table = || plan.tables.iter().find(|table| table.name == name).map(|table| of(table.measure));
    let key_number = || {
        let found = plan.key_numbers.iter().find(|number| number.name == name || number.label == name)?;
        Some(Target { measure: found.measure, row: found.row.clone(), column: found.column.clone() })
    };
    let found = by_name(name).map(of).or_else(chart).or_else(table).or_else(key_number);
    found.ok_or_else(|| no_such_figure(report, name))
}

/// "tabell 3" → "Tabell 3": a printed number in any case.
fn as_printed(name: &str) -> Option<String> {
    let (word, number) = name.split_once([' ', '\u{a0}'])?;
    let number: u32 = number.trim().trim_end_matches('.').parse().ok()?;
    match word.to_lowercase().as_str() {
        "tabell" | "table" => Some(format!("Tabell {number}")),
        "figur" | "figure" => Some(format!("Figur {number}")),
        _ => None,
    }
}

fn no_such_number(report: &Report, number: &str) -> Failure {
    let word = number.split(' ').next().unwrap_or_default();
    let count = report.places.iter().filter(|place| place.place.starts_with(word)).count();
    let help = match count {
        0 => say!("explain-report-has-none-of", word, name = first_name(report)),
        1 => say!("explain-report-has-only-one", word),
        count => say!("explain-report-has-so-many", word, count),
    };
    unknown(say!("explain-report-has-no-number", number), help)
}

fn no_such_figure(report: &Report, name: &str) -> Failure {
    let plan = &report.plan;
    let known: Vec<&str> = plan
        .measures
        .iter()
        .map(|measure| measure.name.as_str())
        .chain(plan.charts.iter().map(|chart| chart.name.as_str()))
        .chain(plan.tables.iter().map(|table| table.name.as_str()))
        .chain(plan.key_numbers.iter().map(|number| number.name.as_str()))
        .collect();
    let of_each: Vec<&&str> = known.iter().filter(|known| known.split('/').next() == Some(name)).collect();
    if let Some(one) = of_each.first() {
        let message = say!("explain-one-table-for-each-value", name);
        return unknown(message, say!("explain-name-one-of", n = of_each.len(), one));
    }
    let near = nearest(name, known.iter().copied()).map_or(String::new(), |near| say!("explain-did-you-mean", near));
    let help = say!("explain-give-a-name", name = first_name(report));
    unknown(say!("explain-report-has-no-figure", name, near), help)
}

fn first_name(report: &Report) -> &str {
    report.plan.measures.first().map_or("breakdown.x", |measure| measure.name.as_str())
}

fn unknown(message: String, help: String) -> Failure {
    let diagnostic = Diagnostic::error(Code::UnknownName, message, Location::Nowhere).help(help);
    Failure { kind: FailureKind::Usage, diagnostics: vec![diagnostic] }
}

/// The row of this name, and how many others have it; `name#2` is the second of them.
fn find_row(table: &MeasureTable, name: Option<&str>) -> Result<(usize, usize), Failure> {
    let Some(name) = name else { return unnamed_row(table).map(|row| (row, 0)) };
    let called = |wanted: &str| -> Vec<usize> {
        let wanted = fold(wanted);
        let is_called =
            |row: &&crate::domain::table::TableRow| fold(&row_name(row)) == wanted || fold(&row.label) == wanted;
        table.rows.iter().enumerate().filter(|(_, row)| is_called(row)).map(|(index, _)| index).collect()
    };
    let found = called(name);
    if let Some(first) = found.first() {
        // The full path is one row's own, a label may be several rows'.
        let exact = found.iter().find(|row| row_name(&table.rows[**row]) == name);
        return Ok((*exact.unwrap_or(first), found.len() - 1));
    }
    if let Some((name, number)) = name.rsplit_once('#')
        && let Some(row) =
            number.parse::<usize>().ok().and_then(|number| called(name).get(number.checked_sub(1)?).copied())
    {
        return Ok((row, 0));
    }
    let labels: Vec<String> = table.rows.iter().map(row_name).collect();
    let near = near(name, &labels);
    Err(unknown(
        say!("explain-has-no-row", table = table.name, name, near),
        say!("explain-rows-are", rows = listed(&labels)),
    ))
}

fn unnamed_row(table: &MeasureTable) -> Result<usize, Failure> {
    let total = table.rows.iter().position(|row| row.kind == RowKind::Total);
    let labels = || table.rows.iter().map(row_name).collect::<Vec<_>>();
    let help = || say!("explain-name-a-row", labels = listed(&labels()));
    match (total, table.rows.len()) {
        (Some(total), _) => Ok(total),
        (None, 0) => {
            Err(unknown(say!("explain-has-no-rows", name = table.name), say!("explain-nothing-counted-in-it")))
        }
        (None, 1) => Ok(0),
        (None, _) => Err(unknown(say!("explain-has-no-total-row", name = table.name), help())),
    }
}

fn find_column(table: &MeasureTable, name: Option<&str>) -> Result<usize, Failure> {
    let keys: Vec<String> = table.columns.iter().map(|column| column.key.clone()).collect();
    let Some(name) = name else {
        return default_column(table)
            .ok_or_else(|| unknown(say!("explain-has-no-columns", name = table.name), String::new()));
    };
    let wanted = fold(name);
    let by_key = table.columns.iter().position(|column| fold(&column.key) == wanted);
    let by_label = || table.columns.iter().position(|column| fold(&column.label) == wanted);
    let by_value = || {
        table
            .columns
            .iter()
            .position(|column| column.key.split_once('=').is_some_and(|(_, value)| fold(value) == wanted))
    };
    by_key.or_else(by_label).or_else(by_value).ok_or_else(|| {
        let near = near(name, &keys);
        let help = say!("explain-columns-are", columns = listed(&keys));
        unknown(say!("explain-has-no-column", table = table.name, name, near), help)
    })
}

/// "; did you mean `Lex Sarah`?"
fn near(name: &str, known: &[String]) -> String {
    let near = nearest(name, known.iter().map(String::as_str));
    near.map_or(String::new(), |near| say!("explain-did-you-mean", near))
}

/// The first names of many.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        Some(more) => say!("explain-listed-and-more", shown = shown.join(", "), more),
        None => shown.join(", "),
    }
}
