//! `[funnel.x]` to its plan.

use crate::measure::comparison::compile::{AMONG, least, long_form, names, own};
use crate::measure::comparison::plan::AmongPlan;
use crate::measure::declared::{Around, Common, OfSource, conditions};
use crate::measure::funnel::plan::FunnelPlan;
use crate::measure::funnel::spec::{FunnelKind, FunnelSpec};
use crate::measure::plan::MeasureKind;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::SourceKind;

impl OfSource for FunnelSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Observations];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: None }
    }

    fn other_sources(&self) -> Vec<&str> {
        self.area_names.as_deref().into_iter().collect()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        not_empty(&self.what, &around.at.key("what"), problems);
        long_form(around, problems);
        let (key, said, column, other, unused) = match self.kind {
            FunnelKind::Proportion => ("n", &self.n, "n", "expected", &self.expected),
            FunnelKind::Ratio => ("expected", &self.expected, "reference", "n", &self.n),
        };
        if unused.is_some() {
            let message = say!("job-has-no-meaning-for-funnel", other);
            problems.bad_key(&around.at.key(other), message, say!("job-remove-or-correct-kind"));
        }
        if said.is_none() && !around.scope.names().contains(&column) {
            let message = say!("job-source-has-no-column", name = around.scope.plan.name, column);
            problems.missing_key(&around.at, message, say!("job-name-indicator-holds", key));
        }
        Some(MeasureKind::Funnel(FunnelPlan {
            what: self.what.clone(),
            kind: self.kind,
            among: AmongPlan {
                own: own(&self.area, around, problems),
                codes: self.among.clone(),
                label: AMONG.into(),
                names: names("area_names", self.area_names.as_deref(), around, problems),
            },
            year: self.year.unwrap_or(around.job.year),
            indicator: self.indicator.clone(),
            size: said.clone(),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            decimals: self.decimals.unwrap_or(if self.kind == FunnelKind::Ratio { 2 } else { 0 }).min(6),
            least: least(self.survey.as_deref(), self.minimum_answers, around, problems),
        }))
    }
}
