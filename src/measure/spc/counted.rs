//! Series of events counted per month, quarter or year; as numbers, as shares, or on a denominator.

use std::collections::{BTreeMap, BTreeSet};

use super::Spc;
use super::observed::rows_by_moment;
use super::place::{self, Datum, Made, Series, SeriesPoint};
use super::remarks::listed_note;
use crate::diagnostic::Failure;
use crate::domain::cube::{Cube, CubeRequest, Dimension};
use crate::domain::period::date_of;
use crate::domain::table::{NoteKind, Nothing, TableNote, Value};
use crate::measure::cubes::Cubes;
use crate::measure::formula::{self, Formula};
use crate::measure::observations::VALUE;
use crate::measure::requests::Events;
use crate::measure::trend::time::{Moment, Timeline};
use crate::store::Dataset;
use crate::vocabulary::plan::SourcePlan;
use crate::vocabulary::spec::TimeStep;

/// From so many events a step on average, a step without any was not delivered: the chance of none is under 0,001.
const DENSE: f64 = 7.0;

/// The events of a chart, and its steps of time.
pub(crate) struct Counted<'a> {
    chart: &'a Spc<'a>,
    source: &'a SourcePlan,
    by: TimeStep,
    timeline: Timeline<'a>,
    whole: Events<'a>,
    part: Option<Events<'a>>,
    /// All events of the source, under no condition at all.
    any: Events<'a>,
}

/// What the events of a step are counted on, and the row that says it.
struct Size {
    source: usize,
    row: usize,
    /// In the unit that rates are printed per.
    per: f64,
}

/// What the data say of a step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delivery {
    Whole,
    /// The step is not over on the day of the data.
    Unfinished,
    /// Nothing at all was delivered of it.
    Nothing,
}

impl<'a> Counted<'a> {
    pub(crate) fn new(chart: &'a Spc<'a>) -> Counted<'a> {
        let source = &chart.plan.sources[chart.measure.source];
        let events = |conditions| Events::new(source, conditions, &[], chart.spec.date).of(chart.measure);
        let by = chart.spec.by.unwrap_or(TimeStep::Month);
        Counted {
            chart,
            source,
            by,
            timeline: place::timeline(&chart.plan.job, by),
            whole: events(&chart.spec.conditions),
            part: chart.spec.part.as_ref().map(|part| events(part)),
            any: Events::new(source, &[], &[], chart.spec.date),
        }
    }

    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
        let all = self.whole.all();
        [Some(&self.whole), self.part.as_ref(), Some(&self.any), Some(&all)]
            .into_iter()
            .flatten()
            .map(|events| self.request(events))
            .collect()
    }

    fn request(&self, events: &Events) -> CubeRequest {
        events.request(self.time(events))
    }

    fn time(&self, events: &Events) -> Vec<Dimension> {
        let grains = std::iter::once(self.timeline.year()).chain(self.timeline.step());
        grains.filter_map(|grain| events.time(grain)).collect()
    }

    pub(crate) fn series(&self, cubes: &Cubes, data: &BTreeMap<String, Dataset>) -> Result<Series, Failure> {
        let all = cubes.get(&self.request(&self.whole.all()))?;
        let moments = self.timeline.moments(all);
        let deliveries = self.deliveries(&moments, all, cubes.get(&self.request(&self.any))?);
        let whole = cubes.answer(&self.request(&self.whole))?;
        let part = self.part.as_ref().map(|part| cubes.answer(&self.request(part))).transpose()?;
        let sizes = self.sizes(data)?;
        let point = |moment: &Moment| {
            let (path, size) = (moment.path(0), sizes.as_ref().map(|sizes| sizes.get(moment)));
            self.point(whole.cell(&path).events, part.map(|part| part.cell(&path).events), size)
        };
        let places = moments.iter().zip(&deliveries).map(|(moment, delivery)| {
            let point = if *delivery == Delivery::Whole { point(moment) } else { None };
            let (datum, made) = point.map_or_else(
                || (Err(Nothing::Missing), Made::of_nothing(Nothing::Missing)),
                |(datum, made)| (Ok(datum), made),
            );
            let first_day = Some(self.timeline.first_day(*moment, 0));
            SeriesPoint { label: self.timeline.label(*moment), first_day, datum, made }
        });
        let places: Vec<SeriesPoint> = places.collect();
        let charted = moments.iter().zip(&places).filter(|(_, place)| place.datum.is_ok());
        Ok(Series {
            n: charted.map(|(moment, _)| whole.cube().count(&moment.path(0))).sum(),
            header: place::header(self.by),
            what: self.what(),
            period: place::span(&moments, self.by, &self.timeline),
            yearly: self.timeline.is_yearly(),
            notes: self.notes(&moments, &deliveries, &places),
            places,
        })
    }

    /// A count, a share of two, or a rate by a size (`Some(None)` where this step has none); nothing of nothing.
    fn point(
        &self,
        whole: formula::Counted,
        part: Option<formula::Counted>,
        size: Option<Option<&Size>>,
    ) -> Option<(Datum, Made)> {
        match (part, size) {
            (Some(part), _) => {
                let datum = Datum::share(part.count, whole.count)?;
                let value = Formula::share(part.clone(), whole.clone());
                let (numerator, denominator) = (Formula::Count(part), Formula::Count(whole));
                Some((datum, Made { value, numerator, denominator }))
            }
            (None, Some(size)) => {
                let Size { source, row, per } = size?;
                let datum = Datum::rate(whole.count as f64, *per)?;
                let rows = vec![whole.clone(), formula::Counted::rows(*source, vec![*row])];
                let how = "the count of events divided by the denominator, of";
                let value = Formula::of_rows(how, rows, datum.value.clone());
                let denominator = Formula::read(*source, Some(*row), VALUE, Value::Number(*per));
                Some((datum, Made { value, numerator: Formula::Count(whole), denominator }))
            }
            (None, None) => Some((Datum::count(whole.count), Made::plain(Formula::Count(whole)))),
        }
    }

    fn deliveries(&self, moments: &[Moment], all: &Cube, any: &Cube) -> Vec<Delivery> {
        let job = &self.chart.plan.job;
        let period = |moment: &Moment| job.period.year_of(self.timeline.first_day(*moment, 0));
        let known: BTreeSet<i32> = moments.iter().filter(|moment| all.count(&moment.path(0)) > 0).map(period).collect();
        let seen: Vec<u64> = moments.iter().map(|moment| any.count(&moment.path(0))).collect();
        let dense = is_dense(&seen);
        let delivery = |(moment, seen): (&Moment, &u64)| {
            let end = self.timeline.first_day(place::next(*moment, self.by), 0);
            match () {
                () if end > job.as_of + 1 => Delivery::Unfinished,
                () if !known.contains(&period(moment)) || (dense && *seen == 0) => Delivery::Nothing,
                () => Delivery::Whole,
            }
        };
        moments.iter().zip(&seen).map(delivery).collect()
    }

    /// The denominators by step of time.
    fn sizes(&self, data: &BTreeMap<String, Dataset>) -> Result<Option<BTreeMap<Moment, Size>>, Failure> {
        let Some(denominator) = &self.chart.spec.denominator else { return Ok(None) };
        let (source, rows) = (denominator.source, self.chart.rows(denominator.source, data)?);
        let found = rows_by_moment(self.chart, &rows, &denominator.conditions, self.timeline.step())?;
        let size = |(moment, row): (Moment, usize)| {
            let per = rows.value(row).ok()? / f64::from(denominator.per);
            Some((moment, Size { source, row, per }))
        };
        Ok(Some(found.into_iter().filter_map(size).collect()))
    }

    fn what(&self) -> String {
        let many = &self.source.noun.many;
        let step = place::header(self.by).to_lowercase();
        match (&self.chart.spec.what, &self.chart.spec.denominator) {
            (Some(what), _) => what.clone(),
            (None, Some(denominator)) if denominator.per == 1 => {
                printed!("measure-per-label-and-step", many, label = denominator.label, step)
            }
            (None, Some(denominator)) => {
                let per = crate::domain::swedish::integer(i64::from(denominator.per));
                printed!("measure-per-number-and-step", many, per, label = denominator.label, step)
            }
            (None, None) if self.part.is_some() => printed!("measure-share-per-step", many, step),
            (None, None) => printed!("measure-number-per-step", many, step),
        }
    }

    fn notes(&self, moments: &[Moment], deliveries: &[Delivery], places: &[SeriesPoint]) -> Vec<TableNote> {
        let labels = |wanted: &dyn Fn(usize) -> bool| -> Vec<String> {
            let kept = (0..moments.len()).filter(|index| wanted(*index));
            kept.map(|index| place::in_words(moments[index], self.by, &self.timeline)).collect()
        };
        let many = &self.source.noun.many;
        let unfinished = labels(&|index| deliveries[index] == Delivery::Unfinished);
        let absent = labels(&|index| deliveries[index] == Delivery::Nothing);
        let without = labels(&|index| deliveries[index] == Delivery::Whole && places[index].datum.is_err());
        let day = date_of(self.chart.plan.job.as_of);
        let notes = [
            listed_note(NoteKind::Missing, &unfinished, |listed| printed!("measure-no-point-not-over", day, listed)),
            listed_note(NoteKind::Missing, &absent, |listed| printed!("measure-no-point-no-events", many, listed)),
            listed_note(NoteKind::Missing, &without, |listed| printed!("measure-no-point-nothing", listed)),
        ];
        notes.into_iter().flatten().collect()
    }
}

/// Whether a source has so many events a step that a step without any says that it was not delivered.
pub(crate) fn is_dense(seen: &[u64]) -> bool {
    let first = seen.iter().position(|count| *count > 0);
    let last = seen.iter().rposition(|count| *count > 0);
    let (Some(first), Some(last)) = (first, last) else { return false };
    seen.iter().sum::<u64>() as f64 / (last - first + 1) as f64 >= DENSE
}
