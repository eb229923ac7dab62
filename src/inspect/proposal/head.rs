//! `[job]`: who, which period, from where.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::inspect::{Shape, periods};
use crate::job::draft::{Section, inline, quoted, texts};

use super::{Export, Table, Wishes};

/// A period that is guessed, and how many earlier ones stand beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub quality_year: bool,
    pub year: i32,
    pub earlier: u32,
    /// It was found in the data; otherwise it is a stopgap.
    found: bool,
}

/// Where nothing in the files tells a year.
const STOPGAP: i32 = 2025;

/// Rows by year and month of all period dates.
fn months(tables: &[Table<'_>]) -> BTreeMap<(i32, i32), u64> {
    let mut months: BTreeMap<(i32, i32), u64> = BTreeMap::new();
    for table in tables.iter().filter(|table| table.sheet.shape == Shape::Events) {
        let Some(date) = table.sheet.period_date else { continue };
        for ((year, month), count) in &table.sheet.columns[date].months {
            *months.entry((i32::from(*year), i32::from(*month))).or_default() += count;
        }
    }
    months
}

/// The period of the job: by where the dates of the events begin and end, or by the years that observations name.
pub(super) fn period(tables: &[Table<'_>], wishes: &Wishes) -> Period {
    let months = months(tables);
    let period = if months.is_empty() { of_years(tables) } else { of_months(&months) };
    let Some(year) = wishes.year else { return period };
    Period { year, found: true, ..period }
}

/// Months with hardly any row (a date typed wrong) say nothing about where the data begin and end.
fn of_months(months: &BTreeMap<(i32, i32), u64>) -> Period {
    let mut counts: Vec<u64> = months.values().copied().collect();
    counts.sort_unstable();
    let ordinary = counts[counts.len() / 2];
    let usual: Vec<(i32, i32)> =
        months.iter().filter(|(_, count)| **count * 10 >= ordinary).map(|(month, _)| *month).collect();
    let (first, last) = (usual[0], usual[usual.len() - 1]);
    let quality_year = first.1 == 9 && last.1 == 8;
    let named = |(year, month): (i32, i32)| if quality_year && month >= 9 { year + 1 } else { year };
    let mut by_year: BTreeMap<i32, usize> = BTreeMap::new();
    usual.iter().for_each(|month| *by_year.entry(named(*month)).or_default() += 1);
    let whole = by_year.iter().rev().find(|(_, months)| **months >= 9).map(|(year, _)| *year);
    let year = whole.unwrap_or_else(|| named(last));
    Period { quality_year, year, earlier: u32::from(by_year.contains_key(&(year - 1))), found: true }
}

fn of_years(tables: &[Table<'_>]) -> Period {
    let wide = tables.iter().flat_map(|table| &table.sheet.wide).filter_map(|(_, text)| periods::read(text)?.year);
    let long = tables
        .iter()
        .flat_map(|table| &table.sheet.columns)
        .filter(|column| column.role == crate::inspect::Role::Period);
    let long = long.filter_map(|column| match &column.number {
        Some(number) => Some(number.largest as i32),
        None => column.values.iter().filter_map(|(value, _)| periods::read(value)?.year).max(),
    });
    let dates = tables.iter().flat_map(|table| &table.sheet.columns).filter_map(|column| column.days.as_ref());
    let dated = dates.filter_map(|(_, last)| last.get(..4)?.parse::<i32>().ok()).max();
    let files = tables.iter().filter_map(|table| periods::read(&table.title)?.year);
    let found = wide.chain(long).max().or_else(|| files.max()).or(dated);
    Period { quality_year: false, year: found.unwrap_or(STOPGAP), earlier: 1, found: found.is_some() }
}

/// True when last year stands beside.
pub(super) fn years_beside(tables: &[Table<'_>], wishes: &Wishes) -> bool {
    period(tables, wishes).earlier > 0
}

/// Date of the data: the last day that a period date names, or the end of the period, whichever is later.
fn as_of(period: Period, tables: &[Table<'_>]) -> String {
    let month_and_day = if period.quality_year { (8, 31) } else { (12, 31) };
    let end = Date::new(period.year as i16, month_and_day.0, month_and_day.1).unwrap_or(Date::MIN).to_string();
    let next = Date::new(period.year as i16 + 1, month_and_day.0, month_and_day.1).unwrap_or(Date::MIN).to_string();
    let last = |table: &Table<'_>| Some(table.sheet.columns[table.sheet.period_date?].days.as_ref()?.1.clone());
    // A date typed wrong may lie anywhere: a year after the period's end nothing of it is expected.
    let days = tables.iter().filter_map(last).filter(|last| *last <= next);
    days.chain([end.clone()]).max().unwrap_or(end)
}

/// The beginning of the file: what it is, `[job]`, and what was found in each file but cannot be a source.
pub(super) fn sections(exports: &[Export], tables: &[Table<'_>], wishes: &Wishes) -> Vec<Section> {
    let period = period(tables, wishes);
    let mut about = Section::remark(printed!("inspect-draft"));
    about.comment(printed!("inspect-try-and-run"));
    for export in exports {
        unread(export, tables).into_iter().for_each(|remark| about.comment(remark));
    }
    about.comment(printed!("inspect-ask-protect"));
    let mut job = Section::table("job");
    job.text("title", &printed!("inspect-title-of-report"));
    let organisation = wishes.organisation.clone().unwrap_or_else(|| printed!("inspect-name-of-organisation"));
    let line = job.text("organisation", &organisation);
    if wishes.organisation.is_none() {
        line.comment(printed!("inspect-ask-organisation"));
    }
    job.text("as_of", &as_of(period, tables)).comment(printed!("inspect-ask-as-of"));
    let kind = if period.quality_year { "quality_year" } else { "calendar_year" };
    let mut pairs = vec![("kind", quoted(kind))];
    if period.quality_year {
        pairs.extend([("first_month", "9".to_string()), ("named_after", quoted("end"))]);
    }
    pairs.extend([("year", period.year.to_string()), ("earlier", period.earlier.to_string())]);
    job.key("period", inline(&pairs)).comment(question(period));
    job.text("input", &wishes.input);
    if let Some(templates) = &wishes.templates {
        job.text("templates", templates);
    }
    job.key("formats", texts(&["html"])).comment(printed!("inspect-more-formats"));
    vec![about, job]
}

fn question(period: Period) -> String {
    match (period.found, period.quality_year) {
        (false, _) => printed!("inspect-ask-year"),
        (true, true) => printed!("inspect-ask-quality-year", year = period.year),
        (true, false) => {
            printed!("inspect-ask-calendar-year")
        }
    }
}

/// What no source reads of a file.
fn unread(export: &Export, tables: &[Table<'_>]) -> Vec<String> {
    let is_read = |sheet: &crate::inspect::SheetProfile| tables.iter().any(|table| std::ptr::eq(table.sheet, sheet));
    let left = export.profile.sheets.iter().filter(|sheet| !is_read(sheet));
    left.map(|sheet| {
        let name = sheet.name.as_ref().map(|name| printed!("inspect-sheet-of-file", name)).unwrap_or_default();
        let why = match (sheet.visible, sheet.shape) {
            (false, _) => printed!("inspect-sheet-is-hidden"),
            (_, Shape::Empty) => printed!("inspect-nothing-in-any-cell"),
            (_, Shape::Information) => printed!("inspect-no-table-with-headers"),
            _ => printed!("inspect-no-usable-columns"),
        };
        printed!("inspect-not-read", path = export.path, name, why)
    })
    .collect()
}
