//! `[trend.x]` to its plan.

use crate::measure::declared::{Around, Common, OfSource, column_axis, conditions, needs_period_date};
use crate::measure::plan::MeasureKind;
use crate::measure::trend::plan::TrendPlan;
use crate::measure::trend::spec::TrendSpec;
use crate::vocabulary::plan::ColumnKindPlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::{SourceKind, TimeStep};

impl OfSource for TrendSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let columns = column_axis(self.columns.as_deref(), &[], around, problems);
        let conditions = conditions(&self.where_, &self.where_not, around, problems);
        let earlier = trend_earlier(self, around, problems);
        let mean = around.numbers(&self.mean, "mean", problems);
        let date = trend_date(self, around, problems)?;
        let (by, running) = (self.by, self.running);
        Some(MeasureKind::Trend(TrendPlan { by, date, columns, conditions, earlier, running, mean }))
    }
}

fn trend_date(spec: &TrendSpec, around: &Around, problems: &mut Problems) -> Option<usize> {
    let Some(name) = &spec.date else {
        needs_period_date(&around.at.key("source"), around, problems);
        return around.scope.plan.period_date;
    };
    let at = around.at.key("date");
    let column = around.scope.column(name, &at, problems)?;
    if !matches!(around.scope.plan.columns[column].kind, ColumnKindPlan::Date { .. }) {
        problems.bad_value(&at, say!("job-is-not-date-column", name), say!("job-name-column-kind-date"));
    }
    Some(column)
}

/// All years that occur for a series of years; one year beside for months and quarters.
fn trend_earlier(spec: &TrendSpec, around: &Around, problems: &mut Problems) -> Option<u32> {
    let yearly = matches!(spec.by, TimeStep::Year | TimeStep::CalendarYear);
    if yearly && spec.running {
        problems.bad_key(&around.at.key("running"), say!("job-running-has-meaning-only-for"), say!("job-remove"));
    }
    match spec.earlier {
        None if yearly || spec.running => None,
        said => Some(around.earlier(said, 1, problems)),
    }
}
