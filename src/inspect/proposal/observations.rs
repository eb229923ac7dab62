//! Observations: wide tables, Kolada's long form, places by indicators.

use crate::domain::spelling::fold;
use crate::inspect::{ColumnProfile, Kind, Role, Shape, SheetProfile};
use crate::job::draft::{Section, inline, lines, quoted, texts};

use super::columns::{Asked, asked, is_asked, is_fraction, kind_of, left_out, line, source};
use super::measures::add_check;
use super::{Parts, Table, Wishes, chapter_of, chart_of, head, measure_of};

/// Rows and columns that a figure of bars can hold.
const MOST_ROWS: u64 = 8;
const MOST_COLUMNS: usize = 4;

/// Whether a sheet has what its shape needs.
pub(super) fn is_whole(sheet: &SheetProfile) -> bool {
    let has = |role: Role| sheet.columns.iter().any(|column| column.role == role && is_asked(column));
    match sheet.shape {
        Shape::WidePeriods => has(Role::Indicator),
        Shape::WideIndicators => has(Role::Area) && has(Role::Value),
        Shape::LongObservations => has(Role::Value) && has(Role::Period),
        _ => true,
    }
}

/// Adds a source of observations with its indicators.
pub(super) fn add(table: &Table<'_>, tables: &[Table<'_>], wishes: &Wishes, parts: &mut Parts) {
    let wide = wide(table.sheet);
    let mut section = source(table, "observations");
    let fixed = fixed(table, tables, wishes);
    if !fixed.is_empty() {
        section.key("fixed", inline(&fixed)).comment(printed!("inspect-ask-guess"));
    }
    if !wide.is_empty() {
        section.key("wide", lines(&wide));
    }
    parts.source.push(section);
    let columns = named(table.sheet, !wide.is_empty());
    parts.source.push(columns_of(table, &columns));
    add_indicator(table, &columns, parts);
    add_check(table, parts);
}

/// The columns by what they mean; those of values have no name where each is a series of its own.
fn named(sheet: &SheetProfile, is_wide: bool) -> Vec<Asked<'_>> {
    let mut columns = asked(sheet, false, |column| name_of(column.role));
    columns.retain(|asked| !is_wide || asked.column.role != Role::Value);
    let takes_group = !sheet.columns.iter().any(|column| column.role == Role::Gender);
    if takes_group && let Some(group) = columns.iter_mut().find(|asked| asked.column.role == Role::Category) {
        group.name = "group".to_string();
    }
    columns
}

fn columns_of(table: &Table<'_>, columns: &[Asked<'_>]) -> Section {
    let mut section = Section::table(format!("source.{}.columns", table.name));
    left_out(table.sheet, false).into_iter().for_each(|remark| section.comment(remark));
    for asked in columns {
        let column = asked.column;
        let is_label = matches!(column.role, Role::Indicator | Role::Area | Role::Period | Role::Gender | Role::Status);
        let kind = if is_label { Kind::Category } else { kind_of(column) };
        let mut further = vec![("safe", "true".to_string())];
        if column.role == Role::Area && column.kind == Kind::Number {
            further.insert(0, ("pad", "4".to_string()));
        }
        line(&mut section, asked, kind, &further);
    }
    section
}

/// The names that have a meaning in observations.
fn name_of(role: Role) -> Option<&'static str> {
    match role {
        Role::Indicator => Some("indicator"),
        Role::Area => Some("area"),
        Role::Period => Some("period"),
        Role::Gender => Some("group"),
        Role::Value => Some("value"),
        _ => None,
    }
}

/// Columns that each hold the values of one period or one indicator.
fn wide(sheet: &SheetProfile) -> Vec<String> {
    let entry = |column: &ColumnProfile, means: &str, text: &str| {
        let mut pairs = vec![("header", quoted(&column.header)), ("set", inline(&[(means, quoted(text))]))];
        if is_fraction(column) {
            pairs.push(("fraction", "true".into()));
        }
        inline(&pairs)
    };
    match sheet.shape {
        Shape::WidePeriods => {
            sheet.wide.iter().map(|(index, period)| entry(&sheet.columns[*index], "period", period)).collect()
        }
        Shape::WideIndicators => {
            let values = sheet.columns.iter().filter(|column| column.role == Role::Value && is_asked(column));
            values.map(|column| entry(column, "indicator", &column.header)).collect()
        }
        _ => Vec::new(),
    }
}

/// What the export does not say: the year of indicators in columns, the indicator of a list of counts.
fn fixed(table: &Table<'_>, tables: &[Table<'_>], wishes: &Wishes) -> Vec<(&'static str, String)> {
    let sheet = table.sheet;
    let year = head::period(tables, wishes).year.to_string();
    let has = |role: Role| sheet.columns.iter().any(|column| column.role == role);
    match sheet.shape {
        Shape::WideIndicators => vec![("period", quoted(&year))],
        Shape::LongObservations if !has(Role::Indicator) => {
            let value = sheet.columns.iter().find(|column| column.role == Role::Value);
            value.map(|column| ("indicator", quoted(&column.header))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Of further columns of labels one value each is shown, as of places.
fn add_indicator(table: &Table<'_>, columns: &[Asked<'_>], parts: &mut Parts) {
    let sheet = table.sheet;
    let measure = format!("indicator.{}", table.name);
    let mut section = measure_of(table, &measure, &table.title);
    section.text("what", &what(sheet)).comment(printed!("inspect-ask-what-are-numbers"));
    let by_place = sheet.shape == Shape::WideIndicators;
    let has = |role: Role| sheet.columns.iter().find(|column| column.role == role && is_asked(column));
    let has_group = columns.iter().any(|asked| asked.name == "group");
    let by_group = !by_place && has(Role::Indicator).is_none() && has_group;
    if by_place {
        section.text("rows", "area");
        section.text("columns", "indicator");
    } else if by_group {
        section.text("rows", "group");
    }
    let mut conditions = conditions(sheet, by_place);
    let is_several =
        |asked: &&Asked<'_>| asked.column.role == Role::Category && asked.column.values.len() > 1 && !by_place;
    let several = columns.iter().filter(is_several).filter(|asked| !(by_group && asked.name == "group"));
    conditions.extend(several.map(|asked| (asked.name.as_str(), texts(&[&asked.column.values[0].0]))));
    if !conditions.is_empty() {
        let line = section.key("where", inline(&conditions));
        line.comment(printed!("inspect-ask-which-area-is-yours"));
    }
    section.text("unit", unit(sheet));
    if decimals(sheet) {
        section.key("decimals", "1");
    }
    parts.measures.push(section);
    parts.add_table(&table.name, &measure);
    let mut items: Vec<String> = add_chart(table, &measure, parts).into_iter().collect();
    items.push(format!("table.{}", table.name));
    parts.chapters.push(chapter_of(table, None, false, &items));
}

/// A figure, where the table is small enough to be one.
fn add_chart(table: &Table<'_>, measure: &str, parts: &mut Parts) -> Option<String> {
    let sheet = table.sheet;
    let rows = match sheet.shape {
        Shape::WidePeriods | Shape::WideIndicators => sheet.data_rows,
        _ => sheet.columns.iter().find(|column| column.role == Role::Indicator).map_or(1, |column| column.distinct),
    };
    let columns = if sheet.wide.is_empty() { MOST_COLUMNS } else { sheet.wide.len() };
    let place = sheet.shape == Shape::WideIndicators;
    if rows == 0 || rows > MOST_ROWS || columns > MOST_COLUMNS || place {
        return None;
    }
    let chart = format!("grouped_bar.{}", table.name);
    parts.charts.push(chart_of(&chart, measure, &table.title));
    Some(chart)
}

/// One place and one group of several: a table of all would be no table.
fn conditions<'n>(sheet: &SheetProfile, by_place: bool) -> Vec<(&'n str, String)> {
    let several = |role: Role| {
        sheet.columns.iter().find(|column| column.role == role && is_asked(column) && column.values.len() > 1)
    };
    let mut conditions = Vec::new();
    if let Some(area) = several(Role::Area).filter(|_| !by_place) {
        let first = &area.values[0].0;
        let padded = if area.kind == Kind::Number { format!("{first:0>4}") } else { first.clone() };
        conditions.push(("area", texts(&[padded])));
    }
    if let Some(gender) = several(Role::Gender) {
        let total = gender.values.iter().find(|(value, _)| matches!(fold(value).as_str(), "t" | "totalt"));
        conditions.extend(total.map(|(value, _)| ("group", texts(&[value]))));
    }
    conditions
}

fn values(sheet: &SheetProfile) -> impl Iterator<Item = &ColumnProfile> {
    sheet.columns.iter().filter(|column| column.role == Role::Value)
}

fn is_percent(sheet: &SheetProfile) -> bool {
    let percent = |column: &ColumnProfile| {
        column.number.as_ref().is_some_and(|number| (number.percent_format + number.percent_sign) * 2 > column.filled)
    };
    values(sheet).filter(|column| column.filled > 0).all(percent)
}

fn decimals(sheet: &SheetProfile) -> bool {
    values(sheet).any(|column| column.number.as_ref().is_some_and(|number| !number.whole)) && !is_percent(sheet)
}

fn unit(sheet: &SheetProfile) -> &'static str {
    if is_percent(sheet) { "percent" } else { "number" }
}

fn what(sheet: &SheetProfile) -> String {
    if is_percent(sheet) { printed!("inspect-unit-per-cent") } else { printed!("inspect-unit-value") }
}
