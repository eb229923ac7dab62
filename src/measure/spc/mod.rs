//! Control charts: a series over time, its centre and limits, its signals.
//!
//! In: cubes (events), rows (observations, rare events, denominators). Out: one row a point in the order of time with value,
//! centre, limits and signal; last a row with what holds at the end: the latest value, variation, assurance, number of signals.
//! A month that is not over, or of which nothing was delivered, is missing: never zero. Formulas: `stats::spc`.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

use super::cubes::Cubes;
use super::head;
use super::observations::Observations;
use super::sheet::Sheet;
use crate::diagnostic::Failure;
use crate::domain::cube::CubeRequest;
use crate::domain::table::{RowsAre, Unit};
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::spc::plan::SpcPlan;
use crate::measure::spc::spec::SpcChart;
use crate::stats::spc::{self, Chart, Options, RulePoints};
use crate::store::Dataset;
use crate::vocabulary::spec::SourceKind;

pub(in crate::measure) mod counted;

mod observed;

mod place;

mod rare;

mod remarks;

mod rows;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use place::{Datum, Series};

/// A control chart with its source.
pub(crate) struct Spc<'a> {
    pub plan: &'a Plan,
    pub measure: &'a MeasurePlan,
    pub spec: &'a SpcPlan,
}

impl<'a> Spc<'a> {
    pub(crate) fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a SpcPlan) -> Spc<'a> {
        Spc { plan, measure, spec }
    }

    fn is_counted(&self) -> bool {
        self.plan.sources[self.measure.source].kind == SourceKind::Events
    }

    fn is_rare(&self) -> bool {
        self.is_counted() && matches!(self.spec.chart, SpcChart::G | SpcChart::T)
    }

    /// Everything that [`Spc::sheet`] will read of cubes.
    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
        counted::Counted::new(self).requests()
    }

    /// Its points are rows as they stand, and not counts of cubes.
    pub(crate) fn is_read(&self) -> bool {
        !self.is_counted() || self.is_rare()
    }

    /// The printed table.
    pub(crate) fn sheet(&self, cubes: &Cubes, data: &BTreeMap<String, Dataset>) -> Result<Sheet, Failure> {
        let series = match (self.is_counted(), self.is_rare()) {
            (true, true) => rare::series(self, &self.rows(self.measure.source, data)?),
            (true, false) => counted::Counted::new(self).series(cubes, data)?,
            (false, _) => observed::series(self, &self.rows(self.measure.source, data)?)?,
        };
        let options = self.options(&series);
        let chart = self.chart(&series, &options);
        let mut table = head::of_events(self.plan, self.measure, series.what.clone(), series.period.clone());
        table.rows_are = RowsAre::Points;
        table.row_headers = vec![series.header.to_string()];
        table.n = series.n;
        table.notes = remarks::of(self, &series, &chart, &options);
        Ok(rows::sheet(self, &series, &chart, table))
    }

    fn rows<'d>(&self, source: usize, data: &'d BTreeMap<String, Dataset>) -> Result<Observations<'d>, Failure>
    where
        'a: 'd,
    {
        let source = &self.plan.sources[source];
        let missing = || Failure::internal(format!("the data of source {} were not read", source.name));
        data.get(&source.name).map(|data| Observations::new(source, data)).ok_or_else(missing)
    }

    fn options(&self, series: &Series) -> Options {
        Options {
            fix_after_n: self.spec.fix_after_n.map(|n| n as usize),
            rebase: self.spec.rebase.iter().filter_map(|rebase| series.index_from(rebase.from)).collect(),
            screening: self.spec.screening,
            rule_points: if self.spec.six_point_rules { RulePoints::Six } else { RulePoints::Seven },
            yearly: series.yearly,
        }
    }

    /// The chart, in the unit that is printed: shares in per cent.
    fn chart(&self, series: &Series, options: &Options) -> Chart {
        let values: Vec<Option<f64>> = series.data().map(|datum| datum.map(Datum::size)).collect();
        let fractions: Vec<Option<(f64, f64)>> =
            series.data().map(|datum| datum.and_then(|datum| datum.fraction)).collect();
        match self.spec.chart {
            SpcChart::Xmr => spc::xmr(&values, options),
            SpcChart::Run => spc::run_chart(&values, options),
            SpcChart::C => spc::c(&values, options),
            SpcChart::U => spc::u(&fractions, options),
            SpcChart::UPrime => spc::u_prime(&fractions, options),
            SpcChart::P => in_percent(spc::p(&fractions, options)),
            SpcChart::PPrime => in_percent(spc::p_prime(&fractions, options)),
            SpcChart::G => spc::g(&values, options),
            SpcChart::T => spc::t(&values, options),
        }
    }

    /// What the values are in.
    fn unit(&self) -> Unit {
        let is_share = matches!(self.spec.chart, SpcChart::P | SpcChart::PPrime);
        let has_part = self.spec.part.is_some() && !self.is_rare();
        match () {
            () if is_share || has_part => Unit::Percent { decimals: 1 },
            () if self.is_counted() && self.spec.denominator.is_none() => Unit::Count,
            () => self.spec.unit,
        }
    }
}

fn in_percent(mut chart: Chart) -> Chart {
    let raise = |number: &mut Option<f64>| *number = number.map(|number| 100.0 * number);
    for point in &mut chart.points {
        [&mut point.value, &mut point.centre, &mut point.lower, &mut point.upper].into_iter().for_each(raise);
    }
    chart.segments.iter_mut().for_each(|segment| raise(&mut segment.centre));
    chart
}
