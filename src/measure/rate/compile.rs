//! Rates: every row and year must have an exposure, from one place.

use std::collections::BTreeMap;

use crate::domain::table::{TOTAL, Unit};
use crate::measure::declared::{Around, Common, OfSource};
use crate::measure::plan::MeasureKind;
use crate::measure::rate::plan::{ExposurePlan, RatePlan};
use crate::measure::rate::spec::{ExposureSpec, RateSpec};
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::{Named, SourceKind};

/// Events per so many, if the job does not say.
const PER: u32 = 1000;
/// Decimals that a table can show.
const DECIMALS_MOST: u8 = 6;

/// What to do where no exposure is said, or two are.
fn choices() -> String {
    say!("job-say-with-one-exposure-exposure")
}

impl OfSource for RateSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        self.exposure_source.iter().map(|exposure| exposure.source.as_str()).collect()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        check_numbers(self, around, problems);
        let mut conditions = around.scope.conditions(&self.where_, false, &around.at.key("where"), problems);
        conditions.extend(around.scope.conditions(&self.where_not, true, &around.at.key("where_not"), problems));
        let by = self.by.as_deref().and_then(|by| around.scope.axis(by, &around.at.key("by"), problems));
        let dated = around.scope.plan.period_date.is_some();
        let earlier = around.earlier(self.earlier, u32::from(dated), problems).min(1);
        Some(MeasureKind::Rate(RatePlan {
            by,
            conditions,
            earlier,
            per: self.per.unwrap_or(PER).max(1),
            label: label(self, around, problems),
            exposure: exposure(self, earlier, around, problems)?,
            interval: self.interval.unwrap_or_default(),
            unit: Unit::Number { decimals: self.decimals.unwrap_or(1).min(DECIMALS_MOST) },
        }))
    }
}

fn check_numbers(spec: &RateSpec, around: &Around, problems: &mut Problems) {
    if spec.per == Some(0) {
        problems.bad_value(&around.at.key("per"), say!("job-per-must-be-at-least"), "");
    }
    if let Some(decimals) = spec.decimals.filter(|decimals| *decimals > DECIMALS_MOST) {
        let message = say!("job-decimals-must-be-at-most", most = DECIMALS_MOST, decimals);
        problems.bad_value(&around.at.key("decimals"), message, "");
    }
    if let Some(earlier) = spec.earlier.filter(|earlier| *earlier > 1) {
        let message = say!("job-rate-stands-beside-one-earlier", earlier);
        problems.bad_value(&around.at.key("earlier"), message, say!("job-write-0-or-1"));
    }
    if spec.earlier == Some(1) && around.scope.plan.period_date.is_none() {
        let message = say!("job-source-has-no-period-date-places", name = around.scope.plan.name);
        problems.bad_value(&around.at.key("earlier"), message, say!("job-add-period-date-to-source"));
    }
}

fn label(spec: &RateSpec, around: &Around, problems: &mut Problems) -> String {
    match &spec.label {
        Some(label) => not_empty(label, &around.at.key("label"), problems),
        None if spec.days => {}
        None => {
            let help = say!("job-add-label-say-invanare-or");
            problems.missing_key(&around.at, say!("job-rate-does-not-say-what"), help);
        }
    }
    spec.label.clone().unwrap_or_else(|| "dagar".to_string())
}

/// The one exposure that the job says.
fn exposure(spec: &RateSpec, earlier: u32, around: &Around, problems: &mut Problems) -> Option<ExposurePlan> {
    let said = [
        ("exposure", !spec.exposure.is_empty()),
        ("exposure_of", !spec.exposure_of.is_empty()),
        ("exposure_source", spec.exposure_source.is_some()),
        ("days", spec.days),
    ];
    let mut said = said.into_iter().filter(|(_, said)| *said).map(|(key, _)| key);
    let Some(first) = said.next() else {
        problems.missing_key(&around.at, say!("job-rate-has-no-exposure-events"), choices());
        return None;
    };
    for other in said {
        let message = say!("job-and-both-say-exposure", first, other);
        problems.bad_key(&around.at.key(other), message, say!("job-keep-one-them"));
    }
    let years: Vec<i32> = (0..=earlier as i32).map(|back| around.job.year - back).collect();
    match first {
        "exposure" => Some(ExposurePlan::Whole(by_year(&spec.exposure, &around.at.key("exposure"), &years, problems))),
        "exposure_of" => Some(ExposurePlan::Rows(by_row(spec, around, &years, problems))),
        "days" => Some(ExposurePlan::Days),
        _ => observed(spec.exposure_source.as_ref()?, spec, around, problems),
    }
}

fn by_year(said: &Named<f64>, at: &Path, years: &[i32], problems: &mut Problems) -> BTreeMap<i32, f64> {
    let mut exposures = BTreeMap::new();
    for (name, exposure) in said {
        let at = at.key(name);
        if !(exposure.is_finite() && *exposure > 0.0) {
            problems.bad_value(&at, say!("job-exposure-must-be-above-0", exposure), "");
        }
        match name.parse::<i32>() {
            Ok(year) => _ = exposures.insert(year, *exposure),
            Err(_) => problems.bad_key(&at, say!("job-is-no-year", name), say!("job-write-2023-12345-say")),
        }
    }
    for year in years.iter().filter(|year| !exposures.contains_key(year)) {
        let message = say!("job-there-is-no-exposure-for", year);
        problems.missing_key(at, message, say!("job-add-or-set-earlier-0", year));
    }
    exposures
}

fn by_row(
    spec: &RateSpec,
    around: &Around,
    years: &[i32],
    problems: &mut Problems,
) -> BTreeMap<String, BTreeMap<i32, f64>> {
    let at = around.at.key("exposure_of");
    let Some(by) = &spec.by else {
        problems.bad_key(&at, say!("job-exposure-needs-rows-and-rate"), say!("job-add-by-or-write-exposure"));
        return BTreeMap::new();
    };
    let known = around.scope.countable(by);
    let mut exposures = BTreeMap::new();
    for (row, said) in &spec.exposure_of {
        let at = at.key(row);
        if row != TOTAL && known.as_ref().is_some_and(|known| !known.contains(row)) {
            let known = known.iter().flatten().map(String::as_str).chain([TOTAL]);
            problems.unknown_key(&at, &say!("job-row-by", by), row, known);
        }
        exposures.insert(row.clone(), by_year(said, &at, years, problems));
    }
    // A residual row ("Övrigt") may have no exposure: it then has a count and no rate.
    let closed = around.scope.closed_values(by).unwrap_or_default();
    for (row, _) in closed.iter().filter(|(row, residual)| !residual && !exposures.contains_key(row)) {
        let message = say!("job-row-has-no-exposure", row);
        problems.missing_key(&at, message, say!("job-add-exposure-of-row", row, year = around.job.year));
    }
    exposures
}

fn observed(said: &ExposureSpec, spec: &RateSpec, around: &Around, problems: &mut Problems) -> Option<ExposurePlan> {
    let at = around.at.key("exposure_source");
    let scope = find_source(&said.source, around.sources, &at.key("source"), problems)?;
    if scope.plan.kind != SourceKind::Observations {
        let message = say!("job-does-not-hold-observations-so-has", source = said.source);
        problems.bad_value(&at.key("source"), message, say!("job-name-source-kind-observations"));
        return None;
    }
    scope.has("period", &at.key("source"), problems);
    if let Some(rows) = &said.rows {
        scope.has(rows, &at.key("rows"), problems);
        if spec.by.is_none() {
            problems.bad_key(&at.key("rows"), say!("job-rows-has-no-meaning-for"), say!("job-remove-or-add-by"));
        }
    }
    let conditions = scope.conditions(&said.where_, false, &at.key("where"), problems);
    Some(ExposurePlan::Observed { source: scope.index, conditions, rows: said.rows.clone() })
}
