//! A series before it is a chart: places in time, what was measured there, and what is said about it.

use crate::domain::swedish::month_name;
use crate::domain::table::{Nothing, TableNote, Value};
use crate::measure::formula::Formula;
use crate::measure::trend::plan::TrendPlan;
use crate::measure::trend::time::{Moment, Timeline};
use crate::vocabulary::plan::JobPlan;
use crate::vocabulary::spec::TimeStep;

/// A measured value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Datum {
    pub value: Value,
    /// What it is a part of, or counted on.
    pub fraction: Option<(f64, f64)>,
}

impl Datum {
    pub(crate) fn count(count: u64) -> Datum {
        Datum { value: Value::Count(count as i64), fraction: None }
    }

    /// A share of whole numbers; `None` of nothing.
    pub(crate) fn share(part: u64, whole: u64) -> Option<Datum> {
        let value = Value::Share { numerator: part, denominator: whole };
        (whole > 0).then_some(Datum { value, fraction: Some((part as f64, whole as f64)) })
    }

    /// A number per exposure; `None` without any.
    pub(crate) fn rate(part: f64, size: f64) -> Option<Datum> {
        (size > 0.0).then(|| Datum { value: Value::Number(part / size), fraction: Some((part, size)) })
    }

    /// The value as it is charted: shares in per cent.
    pub(crate) fn size(&self) -> f64 {
        match self.value {
            Value::Count(count) => count as f64,
            Value::Share { numerator, denominator } => numerator as f64 * 100.0 / denominator as f64,
            Value::Number(number) => number,
            _ => f64::NAN,
        }
    }
}

/// What the cells of a point are: its value, and the two numbers that it is of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub value: Formula,
    pub numerator: Formula,
    pub denominator: Formula,
}

impl Made {
    /// A point that is one number, or none.
    pub(crate) fn plain(value: Formula) -> Made {
        Made { value, numerator: Formula::BLANK, denominator: Formula::BLANK }
    }

    /// A gap.
    pub(crate) fn of_nothing(nothing: Nothing) -> Made {
        Made::plain(Formula::Said(Value::Nothing(nothing)))
    }
}

/// A place of the series.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SeriesPoint {
    pub label: String,
    /// Day on which it begins; `None` where the export's text for it is no known form of time.
    pub first_day: Option<i32>,
    pub datum: Result<Datum, Nothing>,
    pub made: Made,
}

/// Part and whole; a whole of events is counted, other denominators are as delivered.
pub(super) fn fraction(fraction: Option<(f64, f64)>, is_part: bool) -> [Value; 2] {
    match fraction {
        Some((part, whole)) if is_part => [part, whole].map(|number| Value::Count(number as i64)),
        Some((part, size)) if part.fract() == 0.0 => [Value::Count(part as i64), Value::Number(size)],
        Some((part, size)) => [Value::Number(part), Value::Number(size)],
        None => [Value::Nothing(Nothing::Blank), Value::Nothing(Nothing::Blank)],
    }
}

/// A series with what its table says of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    pub places: Vec<SeriesPoint>,
    pub header: &'static str,
    pub what: String,
    pub period: String,
    pub n: u64,
    pub yearly: bool,
    pub notes: Vec<TableNote>,
}

impl Series {
    pub(crate) fn data(&self) -> impl Iterator<Item = Option<&Datum>> {
        self.places.iter().map(|place| place.datum.as_ref().ok())
    }

    /// The first place that begins on this day or later; `None` if none does, or if it is the first of all.
    pub(crate) fn index_from(&self, day: i32) -> Option<usize> {
        let index = self.places.iter().position(|place| place.first_day.is_some_and(|first| first >= day));
        index.filter(|index| *index > 0)
    }
}

/// Time in steps of one kind, as a trend has it.
pub(super) fn timeline(job: &JobPlan, by: TimeStep) -> Timeline<'_> {
    let spec = TrendPlan {
        by,
        date: 0,
        columns: None,
        conditions: Vec::new(),
        earlier: None,
        running: true,
        mean: Vec::new(),
    };
    Timeline::new(job, &spec)
}

/// The step of time after this one.
pub(super) fn next(moment: Moment, by: TimeStep) -> Moment {
    let year = moment.year.unwrap_or(0);
    let steps = match by {
        TimeStep::Month => 12,
        TimeStep::Quarter => 4,
        TimeStep::Year | TimeStep::CalendarYear => 1,
    };
    match moment.step {
        Some(step) if step < steps => Moment { year: Some(year), step: Some(step + 1) },
        Some(_) => Moment { year: Some(year + 1), step: Some(1) },
        None => Moment { year: Some(year + 1), step: None },
    }
}

/// A text of time: "2023", "2023-01", "2023 kvartal 1", "2023-K1", "2023Q1".
pub(super) fn read(text: &str) -> Option<(TimeStep, Moment)> {
    let text = text.trim();
    let (year, rest) = text.split_at_checked(4)?;
    let year: i32 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
    if rest.is_empty() {
        return Some((TimeStep::Year, Moment { year: Some(year), step: None }));
    }
    let rest = rest.trim_start_matches(['-', ' ']).to_lowercase();
    let of_quarter = ["kvartal", "kv", "k", "q"].iter().find_map(|word| rest.strip_prefix(word));
    let (by, digits, most) = match of_quarter {
        Some(digits) => (TimeStep::Quarter, digits.trim(), 4),
        None => (TimeStep::Month, rest.as_str(), 12),
    };
    let step: i32 = digits.parse().ok().filter(|step| (1..=most).contains(step))?;
    Some((by, Moment { year: Some(year), step: Some(step) }))
}

/// "september 2022" for months; other steps as the timeline calls them.
pub(super) fn in_words(moment: Moment, by: TimeStep, timeline: &Timeline) -> String {
    match (by, moment.year, moment.step) {
        (TimeStep::Month, Some(year), Some(month)) => format!("{} {year}", month_name(month as u8)),
        _ => timeline.label(moment),
    }
}

pub(super) fn header(by: TimeStep) -> &'static str {
    match by {
        TimeStep::Month => word!("measure-month"),
        TimeStep::Quarter => word!("measure-quarter"),
        TimeStep::Year | TimeStep::CalendarYear => word!("measure-year"),
    }
}

/// "september 2021–augusti 2023"
pub(super) fn span(moments: &[Moment], by: TimeStep, timeline: &Timeline) -> String {
    match moments {
        [] => String::new(),
        [only] => in_words(*only, by, timeline),
        [first, .., last] => format!("{}–{}", in_words(*first, by, timeline), in_words(*last, by, timeline)),
    }
}
