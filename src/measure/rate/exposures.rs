//! What a rate's events are counted on: the exposure of each row and year.
//!
//! In: the plan of a rate, the rows of its source of exposures. Out: exposures above 0, and where each comes from. An
//! exposure that is not there, or not above 0, is none: the row then has a count and no rate.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::table::Value;
use crate::measure::certainty;
use crate::measure::formula::{Counted, Formula};
use crate::measure::notes::TOTAL;
use crate::measure::observations::{Observations, VALUE};
use crate::measure::rate::plan::{ExposurePlan, RatePlan};
use crate::vocabulary::plan::JobPlan;

/// An exposure and the rows of the source that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exposure {
    pub size: f64,
    pub rows: Vec<usize>,
}

/// Exposures by row and year; all rows have the same where `by_row` is false.
pub(super) struct Exposures {
    known: BTreeMap<(String, i32), Exposure>,
    by_row: bool,
    source: Option<usize>,
}

impl Exposures {
    /// Errors: `differing-duplicate` where two observations of one row and year differ.
    pub(super) fn of(
        job: &JobPlan,
        spec: &RatePlan,
        name: &str,
        observations: Option<Observations>,
    ) -> Result<Exposures, Failure> {
        let plain = |size: f64| Exposure { size, rows: Vec::new() };
        let years = || (0..=spec.earlier as i32).map(|back| job.year - back);
        let whole = |year: i32, size: f64| ((TOTAL.to_string(), year), plain(size));
        let (known, by_row) = match (&spec.exposure, &observations) {
            (ExposurePlan::Days, _) => {
                (years().map(|year| whole(year, certainty::exposure(job, year))).collect(), false)
            }
            (ExposurePlan::Whole(said), _) => (said.iter().map(|(year, size)| whole(*year, *size)).collect(), false),
            (ExposurePlan::Rows(said), _) => {
                let of_row = |(row, years): (&String, &BTreeMap<i32, f64>)| {
                    let row = row.clone();
                    years.iter().map(|(year, size)| ((row.clone(), *year), plain(*size))).collect::<Vec<_>>()
                };
                (said.iter().flat_map(of_row).collect(), true)
            }
            (ExposurePlan::Observed { conditions, rows, .. }, Some(observed)) => {
                let kept = observed.kept(conditions);
                (read(name, observed, &kept, rows.as_deref())?, rows.is_some())
            }
            (ExposurePlan::Observed { .. }, None) => (BTreeMap::new(), true),
        };
        let source = spec.exposure.source();
        Ok(Exposures { known: known.into_iter().filter(|(_, exposure)| is_good(exposure)).collect(), by_row, source })
    }

    /// The exposure of a row of the table.
    pub(super) fn of_row(&self, label: &str, year: i32) -> Option<Exposure> {
        let row = if self.by_row { label } else { TOTAL };
        self.known.get(&(row.to_string(), year)).cloned()
    }

    /// The exposure of the total: as it is said, or the sum of these rows if each of them has one.
    pub(super) fn of_total(&self, rows: &[&str], year: i32) -> Option<Exposure> {
        if let Some(said) = self.of_row(TOTAL, year) {
            return Some(said);
        }
        let parts: Vec<Exposure> = rows.iter().map(|row| self.of_row(row, year)).collect::<Option<_>>()?;
        let rows = parts.iter().flat_map(|part| part.rows.iter().copied()).collect();
        (!parts.is_empty()).then(|| Exposure { size: parts.iter().map(|part| part.size).sum(), rows })
    }

    /// An exposure as a cell has it.
    pub(super) fn formula(&self, exposure: &Option<Exposure>) -> Formula {
        let Some(Exposure { size, rows }) = exposure else { return Formula::MISSING };
        let size = Value::Number(*size);
        match (self.source, rows.as_slice()) {
            (Some(source), [row]) => Formula::read(source, Some(*row), VALUE, size),
            (Some(source), rows) => Formula::of_rows("the sum of", vec![Counted::rows(source, rows.to_vec())], size),
            (None, _) => Formula::of_cells("as the job file says, or the days of the period", [], size),
        }
    }
}

fn is_good(exposure: &Exposure) -> bool {
    exposure.size.is_finite() && exposure.size > 0.0
}

/// One value a row and year; rows of other steps of time than years are passed over.
fn read(
    name: &str,
    observed: &Observations,
    kept: &[usize],
    rows: Option<&str>,
) -> Result<BTreeMap<(String, i32), Exposure>, Failure> {
    let mut known: BTreeMap<(String, i32), Exposure> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for row in kept.iter().copied() {
        let year = observed.text(row, "period").and_then(|text| text.trim().parse::<i32>().ok());
        let label = rows.map_or(Some(TOTAL.to_string()), |column| observed.text(row, column).map(|text| text.into()));
        let (Some(year), Some(label), Ok(size)) = (year, label, observed.value(row)) else { continue };
        match known.get(&(label.clone(), year)) {
            Some(first) if first.size != size => mistakes.push(differing(name, observed, first.rows[0], row)),
            Some(_) => {}
            None => _ = known.insert((label, year), Exposure { size, rows: vec![row] }),
        }
    }
    if mistakes.is_empty() { Ok(known) } else { Err(Failure::fixable(mistakes)) }
}

fn differing(name: &str, observed: &Observations, first: usize, row: usize) -> Diagnostic {
    let ((first, _), (row, at)) = (observed.origin(first), observed.origin(row));
    let message = say!("measure-rows-of-one-exposure-differ", first, row, name);
    let help = say!("measure-correct-or-tell-exposures-apart", name);
    Diagnostic::error(Code::DifferingDuplicate, message, at).help(help)
}
