//! Series between rare events: days (t), or other events (g).
//!
//! A point is a rare event, from the second on; its value is what lies between it and the one before. Of several on one day
//! each is a point: no days, and for g no events, lie between them. Events on the day of a rare one count as before it.

use std::collections::BTreeMap;

use super::Spc;
use super::place::{Datum, Made, Series, SeriesPoint};
use crate::domain::cube::Condition;
use crate::domain::period::date_of;
use crate::domain::swedish::month_name;
use crate::domain::table::{NoteKind, TableNote, Value};
use crate::measure::formula::{Counted, Formula};
use crate::measure::observations::Observations;
use crate::measure::spc::spec::SpcChart;
use crate::vocabulary::plan::Noun;

/// Day of each event, by its code; `None` where it has no date.
type Days = BTreeMap<u32, Option<i32>>;

pub(super) fn series(chart: &Spc, rows: &Observations) -> Series {
    let spec = chart.spec;
    let is_g = spec.chart == SpcChart::G;
    let events = ByEvent::of(rows);
    let rare = events.days(chart, rows, if is_g { spec.part.as_deref().unwrap_or(&[]) } else { &spec.conditions });
    let dated = in_order(rare.iter());
    let others = if is_g { events.days(chart, rows, &spec.conditions) } else { Days::new() };
    let others = in_order(others.iter().filter(|(event, _)| !rare.contains_key(event)));
    let select = |events_of: &mut dyn Iterator<Item = u32>| {
        let mut rows: Vec<usize> = events_of.flat_map(|event| events.rows_of(event).iter().copied()).collect();
        rows.sort_unstable();
        Counted::rows(chart.measure.source, rows)
    };
    let place = |(index, pair): (usize, &[(i32, u32)])| {
        let [(from, first), (to, second)] = [pair[0], pair[1]];
        let up_to = |last: i32| others.partition_point(|(day, _)| *day <= last);
        let between = &others[up_to(from)..up_to(to)];
        let (count, value) = if is_g {
            let count = between.len() as u64;
            (count, Formula::Count(Counted { count, ..select(&mut between.iter().map(|(_, event)| *event)) }))
        } else {
            let days = (to - from) as u64;
            let rows = vec![select(&mut [first, second].into_iter())];
            (days, Formula::of_rows("the days between", rows, Value::Count(days as i64)))
        };
        let (label, datum) = (label(index, to), Ok(Datum::count(count)));
        SeriesPoint { label, first_day: Some(to), datum, made: Made::plain(value) }
    };
    let places: Vec<SeriesPoint> = dated.windows(2).enumerate().map(place).collect();
    let many = &rows.source.noun.many;
    let what =
        if is_g { printed!("measure-between-two-rare", many) } else { printed!("measure-days-between-two", many) };
    Series {
        places,
        header: word!("measure-event"),
        what: spec.what.clone().unwrap_or(what),
        period: span(&dated),
        n: dated.len() as u64,
        yearly: false,
        notes: undated(rare.len() - dated.len(), &rows.source.noun).into_iter().collect(),
    }
}

/// The events that have a day, by day.
fn in_order<'d>(days: impl Iterator<Item = (&'d u32, &'d Option<i32>)>) -> Vec<(i32, u32)> {
    let mut dated: Vec<(i32, u32)> = days.filter_map(|(event, day)| Some(((*day)?, *event))).collect();
    dated.sort_unstable();
    dated
}

/// The name of the point that the next rare event makes.
fn label(index: usize, day: i32) -> String {
    printed!("measure-event-number", number = index + 2, month = month(day))
}

/// The rows of a source by their event.
struct ByEvent {
    /// Of each row.
    events: Vec<u32>,
    /// The rows, event by event.
    rows: Vec<usize>,
}

impl ByEvent {
    fn of(rows: &Observations) -> ByEvent {
        let events = rows.events();
        let mut rows: Vec<usize> = (0..events.len()).collect();
        rows.sort_by_key(|row| events[*row]);
        ByEvent { events, rows }
    }

    fn rows_of(&self, event: u32) -> &[usize] {
        let from = self.rows.partition_point(|row| self.events[*row] < event);
        let to = self.rows.partition_point(|row| self.events[*row] <= event);
        &self.rows[from..to]
    }

    /// Each event once: of several rows of one id the first day that any of them has.
    fn days(&self, chart: &Spc, rows: &Observations, conditions: &[Condition]) -> Days {
        let date = chart.spec.date.map(|date| rows.source.columns[date].name.as_str()).unwrap_or_default();
        let mut days = Days::new();
        for row in rows.kept(conditions) {
            let day = rows.day(row, date);
            let known = days.entry(self.events[row]).or_insert(day);
            *known = match (*known, day) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        days
    }
}

fn month(day: i32) -> String {
    let date = date_of(day);
    format!("{} {}", month_name(date.month() as u8), date.year())
}

fn span(dated: &[(i32, u32)]) -> String {
    match dated {
        [] => String::new(),
        [(first, _), ..] => {
            let (first, last) = (month(*first), month(dated[dated.len() - 1].0));
            if first == last { first } else { format!("{first}–{last}") }
        }
    }
}

fn undated(count: usize, noun: &Noun) -> Option<TableNote> {
    let Noun { one, many, .. } = noun;
    let text = match count {
        1 => printed!("measure-one-undated", one),
        _ => printed!("measure-some-undated", count, many),
    };
    (count > 0).then_some(TableNote { kind: NoteKind::Missing, text })
}
