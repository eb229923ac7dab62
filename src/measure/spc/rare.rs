//! Series between rare events: days (t), or other events (g).
//!
//! A point is a rare event, from the second on; its value is what lies between it and the one before. Of several on one day
//! each is a point: no days, and for g no events, lie between them. Events on the day of a rare one count as before it.

use std::collections::BTreeMap;

use super::Spc;
use super::cells::PointCells;
use super::place::{Datum, Place, Series};
use crate::domain::cube::Condition;
use crate::domain::period::date_of;
use crate::domain::swedish::month_name;
use crate::domain::table::{NoteKind, TableNote};
use crate::measure::membership::{Definition, Selection};
use crate::measure::observations::Observations;
use crate::measure::spc::spec::SpcChart;
use crate::vocabulary::plan::{ColumnKindPlan, Noun};

/// Day of each event, by id; `None` where it has no date.
type Days = BTreeMap<String, Option<i32>>;

pub fn series(chart: &Spc, rows: &Observations) -> Series {
    let spec = chart.spec;
    let is_g = spec.chart == SpcChart::G;
    let rare = days(chart, rows, if is_g { spec.part.as_deref().unwrap_or(&[]) } else { &spec.conditions });
    let mut dated: Vec<i32> = rare.values().flatten().copied().collect();
    dated.sort_unstable();
    let others = if is_g { other_days(chart, rows, &rare) } else { Vec::new() };
    let between = |pair: &[i32]| match is_g {
        true => others.partition_point(|day| *day <= pair[1]) - others.partition_point(|day| *day <= pair[0]),
        false => (pair[1] - pair[0]) as usize,
    };
    let place = |(index, pair): (usize, &[i32])| Place {
        label: label(index, pair[1]),
        first_day: Some(pair[1]),
        datum: Ok(Datum::count(between(pair) as u64)),
    };
    let places: Vec<Place> = dated.windows(2).enumerate().map(place).collect();
    let many = &rows.source.noun.many;
    let what = if is_g { format!("antal {many} mellan två sällsynta") } else { format!("dagar mellan två {many}") };
    Series {
        places,
        header: "Händelse",
        what: spec.what.clone().unwrap_or(what),
        period: span(&dated),
        n: dated.len() as u64,
        yearly: false,
        notes: undated(rare.len() - dated.len(), &rows.source.noun).into_iter().collect(),
    }
}

/// What each point is made of, by its label: the events in between (g), or the two rare ones that bound it (t).
pub fn cells(chart: &Spc, rows: &Observations) -> BTreeMap<String, PointCells> {
    let spec = chart.spec;
    let is_g = spec.chart == SpcChart::G;
    let rare = days(chart, rows, if is_g { spec.part.as_deref().unwrap_or(&[]) } else { &spec.conditions });
    let others = if is_g { days(chart, rows, &spec.conditions) } else { Days::new() };
    let mut dated: Vec<(i32, &String)> = rare.iter().filter_map(|(id, day)| Some(((*day)?, id))).collect();
    dated.sort_unstable();
    let by_event = rows_by_event(rows);
    let select = |ids: &mut dyn Iterator<Item = &String>| Selection::Rows {
        source: chart.measure.source,
        rows: ids.flat_map(|id| by_event.get(id).into_iter().flatten().copied()).collect(),
    };
    let point = |pair: &[(i32, &String)]| {
        let ((from, first), (to, second)) = (pair[0], pair[1]);
        let is_between = |day: &Option<i32>| day.is_some_and(|day| from < day && day <= to);
        let mut between =
            others.iter().filter(|(id, day)| !rare.contains_key(*id) && is_between(day)).map(|(id, _)| id);
        match is_g {
            true => PointCells::plain(Definition::Count(select(&mut between))),
            false => PointCells::plain(Definition::Computed {
                how: "the days between",
                cells: Vec::new(),
                rows: vec![select(&mut [first, second].into_iter())],
            }),
        }
    };
    let labelled = |(index, pair): (usize, &[(i32, &String)])| (label(index, pair[1].0), point(pair));
    dated.windows(2).enumerate().map(labelled).collect()
}

/// The name of the point that the next rare event makes.
fn label(index: usize, day: i32) -> String {
    format!("nr {} ({})", index + 2, month(day))
}

/// All rows of each event.
fn rows_by_event(rows: &Observations) -> BTreeMap<String, Vec<usize>> {
    let mut events: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in rows.kept(&[]) {
        events.entry(event(rows, row)).or_default().push(row);
    }
    events
}

/// An event by its id; a row without one is an event of its own.
fn event(rows: &Observations, row: usize) -> String {
    let id = rows.source.columns.iter().find(|column| matches!(column.kind, ColumnKindPlan::Id));
    let text = id.and_then(|id| rows.text(row, &id.name));
    text.map_or_else(|| format!("\u{0}{row}"), |text| text.into_owned())
}

/// Sorted days of the events that are not rare.
fn other_days(chart: &Spc, rows: &Observations, rare: &Days) -> Vec<i32> {
    let all = days(chart, rows, &chart.spec.conditions);
    let mut others: Vec<i32> =
        all.into_iter().filter(|(id, _)| !rare.contains_key(id)).filter_map(|(_, day)| day).collect();
    others.sort_unstable();
    others
}

/// Each event once: of several rows of one id the first day that any of them has.
fn days(chart: &Spc, rows: &Observations, conditions: &[Condition]) -> Days {
    let date = chart.spec.date.map(|date| rows.source.columns[date].name.as_str()).unwrap_or_default();
    let mut days = Days::new();
    for row in rows.kept(conditions) {
        let day = rows.day(row, date);
        let known = days.entry(event(rows, row)).or_insert(day);
        *known = match (*known, day) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    days
}

fn month(day: i32) -> String {
    let date = date_of(day);
    format!("{} {}", month_name(date.month() as u8), date.year())
}

fn span(days: &[i32]) -> String {
    match days {
        [] => String::new(),
        [first, ..] => {
            let (first, last) = (month(*first), month(days[days.len() - 1]));
            if first == last { first } else { format!("{first}–{last}") }
        }
    }
}

fn undated(count: usize, noun: &Noun) -> Option<TableNote> {
    let Noun { one, many, .. } = noun;
    let text = match count {
        1 => format!("1 {one} utan datum är inte med."),
        _ => format!("{count} {many} utan datum är inte med."),
    };
    (count > 0).then_some(TableNote { kind: NoteKind::Missing, text })
}
