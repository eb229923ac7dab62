//! Observations in long form by place: indicator, area, year, group.
//!
//! In: the rows of an observation source, and the sources that name indicators and areas. Out: values by place, and which
//! areas are compared. Two rows that differ and claim one place are a mistake: `differing-duplicate`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::cube::Condition;
use crate::domain::kolada;
use crate::domain::table::Nothing;
use crate::measure::comparison::plan::AmongPlan;
use crate::measure::observations::Observations;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::store::Dataset;

/// Where an observation belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ObservationKey {
    indicator: String,
    year: i32,
    group: String,
    area: String,
}

pub(crate) struct Cells<'a> {
    observations: &'a Observations<'a>,
    among: &'a AmongPlan,
    rows: BTreeMap<ObservationKey, usize>,
    /// Indicators in order of first appearance.
    pub indicators: Vec<String>,
}

impl<'a> Cells<'a> {
    pub(crate) fn of(
        measure: &MeasurePlan,
        among: &'a AmongPlan,
        conditions: &[Condition],
        observations: &'a Observations<'a>,
    ) -> Result<Cells<'a>, Failure> {
        let mut cells = Cells { observations, among, rows: BTreeMap::new(), indicators: Vec::new() };
        let (mut known, mut mistakes) = (BTreeSet::new(), Vec::new());
        for row in observations.kept(conditions) {
            let Some(place) = place_of(observations, row) else { continue };
            if known.insert(place.indicator.clone()) {
                cells.indicators.push(place.indicator.clone());
            }
            if let Some(first) = cells.rows.insert(place, row)
                && observations.value(first) != observations.value(row)
            {
                mistakes.push(differing(measure, observations, first, row));
            }
        }
        if mistakes.is_empty() { Ok(cells) } else { Err(Failure::fixable(mistakes)) }
    }

    pub(crate) fn row(&self, indicator: &str, year: i32, group: &str, area: &str) -> Option<usize> {
        let (indicator, group, area) = (indicator.to_string(), group.to_string(), area.to_string());
        self.rows.get(&ObservationKey { indicator, year, group, area }).copied()
    }

    /// Our own value, or the kind of nothing in its place.
    pub(crate) fn own(&self, indicator: &str, year: i32, group: &str) -> Result<f64, Nothing> {
        self.row(indicator, year, group, &self.among.own)
            .map_or(Err(Nothing::Missing), |row| self.observations.value(row))
    }

    /// How many stand behind an area's value: another indicator's value, or the row's own number `name`.
    pub(crate) fn size(&self, by: Option<&str>, name: &str, at: (&str, i32, &str, &str)) -> Option<f64> {
        let (indicator, year, group, area) = at;
        match by {
            Some(by) => self.observations.value(self.row(by, year, group, area)?).ok(),
            None => self.observations.number(self.row(indicator, year, group, area)?, name),
        }
    }

    /// The values of all compared areas for everybody, by code; those without a value are not there.
    pub(crate) fn all(&self, indicator: &str, year: i32) -> BTreeMap<&str, f64> {
        let value = |(area, row)| Some((area, self.observations.value(row).ok()?));
        self.rows_of_all(indicator, year).into_iter().filter_map(value).collect()
    }

    /// The rows of all compared areas for everybody that have a value, by code.
    pub(crate) fn rows_of_all(&self, indicator: &str, year: i32) -> BTreeMap<&str, usize> {
        let first = |area: &str| ObservationKey {
            indicator: indicator.to_string(),
            year,
            group: kolada::EVERYBODY.to_string(),
            area: area.to_string(),
        };
        let places = self.rows.range(first("")..).take_while(|(place, _)| {
            place.indicator == indicator && place.year == year && place.group == kolada::EVERYBODY
        });
        let compared = places.filter(|(place, _)| self.is_compared(&place.area));
        let measured = compared.filter(|(_, row)| self.observations.value(**row).is_ok());
        measured.map(|(place, row)| (place.area.as_str(), *row)).collect()
    }

    fn is_compared(&self, area: &str) -> bool {
        area == self.among.own
            || if self.among.codes.is_empty() {
                kolada::is_municipality(area)
            } else {
                self.among.codes.iter().any(|code| code == area)
            }
    }

    /// Titles that the rows themselves give an indicator, oldest year first; none without a column `title`.
    pub(crate) fn titles(&self, indicator: &str) -> Vec<(i32, String)> {
        if self.observations.column("title").is_none() {
            return Vec::new();
        }
        let (indicator, group, area) = (indicator.to_string(), String::new(), String::new());
        let first = ObservationKey { indicator, year: i32::MIN, group, area };
        let rows = self.rows.range(&first..).take_while(|(place, _)| place.indicator == first.indicator);
        let titled =
            rows.filter_map(|(place, row)| Some((place.year, self.observations.text(*row, "title")?.into_owned())));
        let titles: BTreeSet<(i32, String)> = titled.collect();
        titles.into_iter().collect()
    }
}

fn place_of(observations: &Observations, row: usize) -> Option<ObservationKey> {
    let text = |name: &str| observations.text(row, name).map(|text| text.into_owned());
    Some(ObservationKey {
        indicator: text("indicator")?,
        year: text("period")?.parse().ok()?,
        group: text("group").unwrap_or(kolada::EVERYBODY.to_string()),
        area: text("area")?,
    })
}

fn differing(measure: &MeasurePlan, observations: &Observations, first: usize, row: usize) -> Diagnostic {
    let ((first, _), (row, at)) = (observations.origin(first), observations.origin(row));
    let message = say!("measure-rows-of-one-comparison-differ", first, row, name = measure.name);
    let help = say!("measure-correct-or-leave-out", name = measure.name);
    Diagnostic::error(Code::DifferingDuplicate, message, at).help(help)
}

/// Titles by id, from a register with the columns `id` and `title`; an id may have several.
#[derive(Debug, Default)]
pub(crate) struct Titles(BTreeMap<String, Vec<String>>);

impl Titles {
    pub(crate) fn of(plan: &Plan, index: Option<usize>, datasets: &BTreeMap<String, Dataset>) -> Titles {
        let mut titles = Titles::default();
        let Some(source) = index.map(|index| &plan.sources[index]) else { return titles };
        let Some(data) = datasets.get(&source.name) else { return titles };
        let rows = Observations::new(source, data);
        for row in rows.kept(&[]) {
            if let (Some(id), Some(title)) = (rows.text(row, "id"), rows.text(row, "title")) {
                titles.0.entry(id.into_owned()).or_default().push(title.into_owned());
            }
        }
        titles
    }

    /// The latest title of an id.
    pub(crate) fn title(&self, id: &str) -> Option<&str> {
        self.all(id).last().map(String::as_str)
    }

    pub(crate) fn all(&self, id: &str) -> &[String] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }
}
