//! What became of each event: how long it took, or how long it has lasted.
//!
//! In: the two dates of each row, and the day on which the data were drawn. Out: one [`Outcome`] an event. Never: an event
//! left out because a date of it is missing or wrong; it has an outcome of its own.

use crate::diagnostic::Failure;
use crate::domain::cube::Condition;
use crate::measure::event_table::EventTable;
use crate::stats::survival::Followed;

/// What became of an event, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Closed(u32),
    Open(u32),
    /// There is no day on which it began.
    Undated,
    /// It ended before it began, or began after the data were drawn.
    Backwards,
}

impl Outcome {
    /// An end after the data were drawn has not come yet.
    pub(super) fn of(from: Option<i32>, to: Option<i32>, drawn: i32) -> Outcome {
        let Some(from) = from else { return Outcome::Undated };
        let to = to.filter(|to| *to <= drawn);
        match (u32::try_from(to.unwrap_or(drawn).saturating_sub(from)), to) {
            (Ok(days), Some(_)) => Outcome::Closed(days),
            (Ok(days), None) => Outcome::Open(days),
            (Err(_), _) => Outcome::Backwards,
        }
    }

    pub(super) fn followed(self) -> Option<Followed> {
        match self {
            Outcome::Closed(time) => Some(Followed { time, ended: true }),
            Outcome::Open(time) => Some(Followed { time, ended: false }),
            Outcome::Undated | Outcome::Backwards => None,
        }
    }
}

/// Events with something in common in how long they took; the first three are all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Closed,
    Open,
    Without,
    /// Those of which it is known how long they took or have lasted.
    Followed,
    /// Of these: ended within so many days, or not.
    Within(u32),
    Beyond(u32),
}

impl Part {
    pub(super) fn holds(self, outcome: Outcome) -> bool {
        let followed = outcome.followed();
        let ended_within = |limit: u32| followed.is_some_and(|case| case.ended && case.time <= limit);
        match self {
            Part::Closed => followed.is_some_and(|case| case.ended),
            Part::Open => followed.is_some_and(|case| !case.ended),
            Part::Without => followed.is_none(),
            Part::Followed => followed.is_some(),
            Part::Within(limit) => ended_within(limit),
            Part::Beyond(limit) => followed.is_some() && !ended_within(limit),
        }
    }

    /// What its events share, for `explain` and `protect`: a column for what became of them, and one for each limit.
    pub(super) fn by(self, from: &str, to: &str) -> Vec<Condition> {
        let is = |column: String, values: &[&str]| {
            let values = values.iter().map(|value| value.to_string()).collect();
            Condition { column, values, negated: false }
        };
        let became = |values: &[&str]| is(say!("measure-from-to", from, to), values);
        let within = |days: u32, is_within: &str| {
            vec![became(&[CLOSED, OPEN]), is(say!("measure-ended-within", days, from, to), &[is_within])]
        };
        match self {
            Part::Closed => vec![became(&[CLOSED])],
            Part::Open => vec![became(&[OPEN])],
            Part::Without => vec![became(&["without a time"])],
            Part::Followed => vec![became(&[CLOSED, OPEN])],
            Part::Within(limit) => within(limit, "yes"),
            Part::Beyond(limit) => within(limit, "no"),
        }
    }
}

const CLOSED: &str = "closed";
const OPEN: &str = "open";

/// The outcomes of all events of a source.
pub(super) struct Outcomes {
    of_event: Vec<Outcome>,
    /// Whether the rows of an event say different days.
    pub differs: Vec<bool>,
}

impl Outcomes {
    /// An event on several rows lasts from the first day on which any of them begins to the last on which one ends.
    pub(super) fn of(table: &EventTable, [from, to]: [&str; 2], drawn: i32) -> Result<Outcomes, Failure> {
        let [first, last] = [Ends::of(table, from)?, Ends::of(table, to)?];
        let dates = first.earliest.iter().zip(&last.latest);
        let of_event = dates.map(|(from, to)| Outcome::of(*from, *to, drawn)).collect();
        let differs = first.differs().zip(last.differs()).map(|(one, other)| one || other).collect();
        Ok(Outcomes { of_event, differs })
    }

    pub(super) fn of_event(&self, event: u32) -> Outcome {
        self.of_event[event as usize]
    }
}

/// Of each event the earliest and latest day of a column.
struct Ends {
    earliest: Vec<Option<i32>>,
    latest: Vec<Option<i32>>,
}

impl Ends {
    fn of(table: &EventTable, column: &str) -> Result<Ends, Failure> {
        let events = table.events.iter().max().map_or(0, |last| *last as usize + 1);
        let mut ends = Ends { earliest: vec![None; events], latest: vec![None; events] };
        for (event, day) in table.events.iter().zip(table.days(column)?) {
            let Some(day) = *day else { continue };
            let event = *event as usize;
            ends.earliest[event] = Some(ends.earliest[event].map_or(day, |known| known.min(day)));
            ends.latest[event] = ends.latest[event].max(Some(day));
        }
        Ok(ends)
    }

    fn differs(&self) -> impl Iterator<Item = bool> {
        self.earliest.iter().zip(&self.latest).map(|(earliest, latest)| earliest != latest)
    }
}
