//! Values that break a series: one goes to nothing, or nearly, in the same month as another appears from nothing.
//!
//! In: events per value and whole month of this period and the last. Out: a row per pair that may be the same thing under
//! a new name, with both series before and after; for units also one that vanished or appeared alone. Never: two series
//! merged. The rule, for a month of this period with at least three whole months on either side:
//! * a value *vanishes* when it had at least `renamed_from` events, as many were to be expected from that month on at its
//!   old mean, and its mean from then on is at most a tenth of the old one; *appears* is the same with time reversed;
//! * a pair vanishes and appears in the same month, the old name occurs in one of the two months before and the new one in
//!   one of the two from that month on, and neither mean is more than three times the other;
//! * a unit alone has fewer than `renamed_from` events on its empty side;
//! * of several months the one is told that leaves fewest events on the wrong side, the earliest of these.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{self, Calendar, Month};
use super::{Quality, count, distinct, method, row, text};
use crate::diagnostic::Failure;
use crate::domain::table::{NoteKind, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::measure::formula::{Counted, Formula};
use crate::measure::head::{self, column};
use crate::measure::sheet::{Fields, Pick, Sheet};
use crate::vocabulary::plan::{AxisPlan, ColumnPlan};

/// Whole months that must lie on either side.
const SIDE: usize = 3;

/// Within so many months of the change both names must occur. At most [`SIDE`], so that there are as many.
const NEAR: usize = 2;

/// How many times smaller the mean is where a value has vanished.
const NEAR_NOTHING: u64 = 10;

/// How many times larger one name's mean may be than the other's.
const ALIKE: u64 = 3;

/// A series split at a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Split {
    pub before: u64,
    pub after: u64,
    pub months_before: u64,
    pub months_after: u64,
}

impl Split {
    pub(super) fn of(series: &[u64], at: usize) -> Split {
        let (before, after) = series.split_at(at);
        Split {
            before: before.iter().sum(),
            after: after.iter().sum(),
            months_before: before.len() as u64,
            months_after: after.len() as u64,
        }
    }

    fn reversed(self) -> Split {
        Split {
            before: self.after,
            after: self.before,
            months_before: self.months_after,
            months_after: self.months_before,
        }
    }

    /// At the old mean enough were to be expected, and nearly none came.
    pub(super) fn vanishes(self, fewest: u64) -> bool {
        self.before >= fewest
            && self.before * self.months_after >= fewest * self.months_before
            && NEAR_NOTHING * self.after * self.months_before <= self.before * self.months_after
    }

    pub(super) fn appears(self, fewest: u64) -> bool {
        self.reversed().vanishes(fewest)
    }

    /// Means of about the same size: this one's before, the other's after.
    fn is_like(self, other: Split) -> bool {
        let (old, new) = (self.before * other.months_after, other.after * self.months_before);
        old <= ALIKE * new && new <= ALIKE * old
    }
}

/// Two values, or one, and where they change places.
struct Change {
    at: usize,
    from: Option<usize>,
    to: Option<usize>,
}

/// Series of the values of one column.
struct Names {
    labels: Vec<String>,
    series: Vec<Vec<u64>>,
    months: Vec<Month>,
    /// Index of the first month of this period.
    current: usize,
}

pub(super) fn sheet(quality: &Quality) -> Result<Sheet, Failure> {
    let (job, noun) = (quality.job(), &quality.source.noun);
    let what = printed!("measure-number-of", many = noun.many);
    let mut table = head::of_values(quality.plan, quality.measure, what, job.period.name_of(job.year));
    table.row_headers = vec![printed!("measure-value")];
    let date = quality.source.period_date.ok_or_else(|| Failure::internal("a table of names has no dates"))?;
    let months = calendar::months_of(quality.days(date)?);
    let calendar = Calendar::of(job, &calendar::seen(&months));
    let units = quality.spec.units.iter().map(|axis| (axis, true));
    let mut rows = Vec::new();
    for (axis, is_units) in quality.spec.categories.iter().map(|axis| (axis, false)).chain(units) {
        let names = Names::of(quality, axis, &months, &calendar)?;
        let changes = names.changes(quality.spec.renamed_from, is_units);
        rows.extend(changes.iter().map(|change| names.row(change, quality.column(axis))));
    }
    table.n = rows.len() as u64;
    table.notes = notes(quality, &calendar);
    Ok(Sheet::of(table, &fields(quality), rows))
}

impl Names {
    fn of(quality: &Quality, axis: &AxisPlan, months: &[Option<Month>], calendar: &Calendar) -> Result<Names, Failure> {
        let coded = quality.coded(axis)?;
        let first = calendar.current - 12;
        let whole: Vec<Month> = calendar.whole().into_iter().filter(|month| *month >= first).collect();
        let mut pairs = Vec::new();
        for (index, month) in months.iter().enumerate() {
            let Some(month) = *month else { continue };
            pairs.extend(coded.row(index).iter().map(|value| ((*value, month), quality.rows.events[index])));
        }
        let counts: BTreeMap<(u32, Month), u64> = distinct(pairs);
        let occurring: BTreeSet<&str> = counts.keys().map(|(value, _)| &*coded.labels[*value as usize]).collect();
        let labels: Vec<String> = occurring.into_iter().map(str::to_string).collect();
        let code = |label: &String| coded.labels.iter().position(|known| **known == **label).unwrap_or(0) as u32;
        let series = labels.iter().map(|label| {
            let code = code(label);
            whole.iter().map(|month| counts.get(&(code, *month)).copied().unwrap_or(0)).collect()
        });
        let current = whole.iter().position(|month| *month >= calendar.current).unwrap_or(whole.len());
        Ok(Names { series: series.collect(), labels, months: whole, current })
    }

    /// Pairs first, by month and name; then, of units, those that changed alone.
    fn changes(&self, fewest: u64, alone_too: bool) -> Vec<Change> {
        let places: Vec<usize> = (self.current.max(SIDE)..=self.months.len().saturating_sub(SIDE)).collect();
        let mut pairs = Vec::new();
        let values = 0..self.labels.len();
        for (from, to) in values.clone().flat_map(|from| values.clone().map(move |to| (from, to))) {
            let fits = |at: &&usize| {
                let (old, new) = (self.split(from, **at), self.split(to, **at));
                let meet = self.occurs(from, **at - NEAR..**at) && self.occurs(to, **at..**at + NEAR);
                from != to && meet && old.vanishes(fewest) && new.appears(fewest) && old.is_like(new)
            };
            let wrong = |at: &usize| self.split(from, *at).after + self.split(to, *at).before;
            if let Some(at) = places.iter().filter(fits).min_by_key(|at| (wrong(at), **at)) {
                pairs.push(Change { at: *at, from: Some(from), to: Some(to) });
            }
        }
        pairs.sort_by_key(|pair| (pair.at, pair.from, pair.to));
        if alone_too {
            let alone = self.alone(&places, fewest, &pairs);
            pairs.extend(alone);
        }
        pairs
    }

    fn alone(&self, places: &[usize], fewest: u64, pairs: &[Change]) -> Vec<Change> {
        let mut alone = Vec::new();
        let is_paired = |value: usize| pairs.iter().any(|pair| [pair.from, pair.to].contains(&Some(value)));
        for value in (0..self.labels.len()).filter(|value| !is_paired(*value)) {
            let best = |fits: &dyn Fn(Split) -> bool, wrong: &dyn Fn(Split) -> u64| {
                let fitting = places.iter().filter(|at| fits(self.split(value, **at)));
                fitting.min_by_key(|at| (wrong(self.split(value, **at)), **at)).copied()
            };
            let vanished = best(&|split| split.after < fewest && split.vanishes(fewest), &|split| split.after);
            let appeared = best(&|split| split.before < fewest && split.appears(fewest), &|split| split.before);
            alone.extend(vanished.map(|at| Change { at, from: Some(value), to: None }));
            alone.extend(appeared.map(|at| Change { at, from: None, to: Some(value) }));
        }
        alone
    }

    fn occurs(&self, value: usize, months: std::ops::Range<usize>) -> bool {
        self.series[value][months].iter().any(|events| *events > 0)
    }

    fn split(&self, value: usize, at: usize) -> Split {
        Split::of(&self.series[value], at)
    }

    fn row<'q>(&self, change: &Change, column: &'q ColumnPlan) -> (TableRow, Renamed<'q>) {
        let name = |value: Option<usize>| value.map_or("", |value| self.labels[value].as_str());
        let named =
            |value: Option<usize>| value.map(|value| (self.labels[value].clone(), self.split(value, change.at)));
        let (label, verdict) = match (change.from, change.to) {
            (Some(_), Some(_)) => {
                (format!("{} → {}", name(change.from), name(change.to)), word!("measure-may-be-renamed"))
            }
            (Some(_), None) => (name(change.from).to_string(), word!("measure-hardly-any-more")),
            _ => (name(change.to).to_string(), word!("measure-hardly-any-before")),
        };
        let (old, new) = (named(change.from), named(change.to));
        let months = [change.at, self.months.len() - change.at].map(|months| months as u64);
        let of = Renamed { column, old, new, since: self.months[change.at], months, verdict };
        (row(&[&column.label, name(change.from), name(change.to)], &label, 0, RowKind::Part), of)
    }
}

/// A pair of names, or one, with its events on both sides of the month in which they change places.
struct Renamed<'q> {
    column: &'q ColumnPlan,
    old: Option<(String, Split)>,
    new: Option<(String, Split)>,
    since: Month,
    months: [u64; 2],
    verdict: &'static str,
}

/// Each cell is worked out of all months of both names, and would tell them.
fn fields<'f>(quality: &'f Quality) -> Fields<'f, Renamed<'f>> {
    let made = move |row: &Renamed, value: Value, counts: [Option<u64>; 2]| {
        let of = [&row.old, &row.new].into_iter().zip(counts).filter_map(|(named, count)| {
            let (name, split) = named.as_ref()?;
            let of = quality.of(Some((row.column.name.as_str(), std::slice::from_ref(name))), None);
            Some(Counted { of, count: count.unwrap_or(split.before + split.after) })
        });
        Formula::of_rows("read or counted from", of.collect(), value)
    };
    let mut fields: Fields<'f, Renamed<'f>> = Fields::new();
    let words = move |row: &Renamed, value: Value| made(row, value, [None; 2]);
    let named = column("column", word!("measure-column"), Role::Text, Unit::Text);
    fields.add(named, move |row| words(row, text(row.column.label.as_str())));
    let since = column("from", word!("measure-from-and-with"), Role::Text, Unit::Text);
    fields.add(since, move |row| words(row, text(calendar::in_words(row.since))));
    let sides: [(&str, &str, bool, Pick<Split, u64>); 4] = [
        ("old_before", word!("measure-old-before"), true, |split| split.before),
        ("old_after", word!("measure-old-after"), true, |split| split.after),
        ("new_before", word!("measure-new-before"), false, |split| split.before),
        ("new_after", word!("measure-new-after"), false, |split| split.after),
    ];
    for (key, label, is_old, of) in sides {
        fields.add(column(key, label, Role::N, Unit::Count), move |row| {
            let named = if is_old { &row.old } else { &row.new };
            let Some((_, split)) = named else { return Formula::BLANK };
            let counts = if is_old { [Some(of(split)), None] } else { [None, Some(of(split))] };
            made(row, count(of(split)), counts)
        });
    }
    for (index, (key, label)) in
        [("months_before", word!("measure-months-before")), ("months_after", word!("measure-months-after"))]
            .into_iter()
            .enumerate()
    {
        let column = column(key, label, Role::N, Unit::Count);
        fields.add(column, move |row| words(row, count(row.months[index])));
    }
    let verdict = column("verdict", word!("measure-judgement"), Role::Verdict, Unit::Text);
    fields.add(verdict, move |row| words(row, text(row.verdict)));
    fields
}

fn notes(quality: &Quality, calendar: &Calendar) -> Vec<TableNote> {
    let mut notes = vec![method(printed!(
        "measure-renamed-note",
        least = quality.spec.renamed_from,
        many = quality.source.noun.many
    ))];
    let before = calendar.whole().iter().filter(|month| **month < calendar.current).count();
    if before < SIDE {
        let text = printed!("measure-renamed-without-year");
        notes.push(TableNote { kind: NoteKind::Missing, text });
    }
    notes
}
