//! Measures: each family to its plan, in the order in which references between them point.

use crate::job::spec::JobSpec;
use crate::measure::declared::{Job, Measures};
use crate::measure::delivery::compile::add_delivery;
use crate::measure::derived::{Wanted, add_one};
use crate::measure::development::compile::yearly;
use crate::measure::development::plan::DevelopmentPlan;
use crate::measure::plan::MeasureKind;
use crate::measure::published::compile::add_published;
use crate::measure::quality::compile::add_quality;
use crate::measure::risk::compile::check_scales;
use crate::measure::shift::compile::shiftable;
use crate::measure::shift::plan::ShiftPlan;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::{JobPlan, SourcePlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spans::Path;

pub(super) fn compile(spec: &JobSpec, job: &JobPlan, sources: &[SourcePlan], problems: &mut Problems) -> Measures {
    let mut measures = Measures::default();
    check_scales(&spec.risk_scale, problems);
    let job = Job { job, scales: &spec.risk_scale, sources };
    measures.add_family(&spec.breakdown, job, problems);
    measures.add_family(&spec.trend, job, problems);
    measures.add_family(&spec.cube, job, problems);
    measures.add_family(&spec.share, job, problems);
    measures.add_family(&spec.rate, job, problems);
    measures.add_family(&spec.indicator, job, problems);
    measures.add_family(&spec.goal, job, problems);
    measures.add_family(&spec.mismatch, job, problems);
    measures.add_family(&spec.register, job, problems);
    measures.add_family(&spec.comparison, job, problems);
    measures.add_family(&spec.funnel, job, problems);
    measures.add_family(&spec.risk, job, problems);
    measures.add_family(&spec.risk_count, job, problems);
    measures.add_family(&spec.spc, job, problems);
    add_derived(&mut measures, spec, problems);
    add_of_sources(&mut measures, spec, job, problems);
    measures
}

/// Adds all of them, last of all measures: what last year's report printed is compared with any of the others.
fn add_of_sources(measures: &mut Measures, spec: &JobSpec, job: Job, problems: &mut Problems) {
    for (name, spec) in &spec.quality {
        let at = Path::of(&["quality", name]);
        not_empty(&spec.title, &at.key("title"), problems);
        let found = find_source(&spec.source, job.sources, &at.key("source"), problems);
        let Some(scope) = found else { continue };
        add_quality(measures, name, spec, &job.around(scope, at), problems);
    }
    for (name, spec) in &spec.delivery {
        add_delivery(measures, name, spec, job.sources, problems);
    }
    for (name, spec) in &spec.published {
        let at = Path::of(&["published", name]);
        not_empty(&spec.title, &at.key("title"), problems);
        let found = find_source(&spec.source, job.sources, &at.key("source"), problems);
        let Some(scope) = found else { continue };
        add_published(measures, name, spec, &job.around(scope, at), problems);
    }
}

/// Adds all of them; one per value of `each` where the measure that they are made of has one.
fn add_derived(measures: &mut Measures, spec: &JobSpec, problems: &mut Problems) {
    for (name, shift) in &spec.shift {
        let kind = |measure| MeasureKind::Shift(ShiftPlan { measure, merge_sparse: shift.merge_sparse });
        let wanted = Wanted { family: "shift", name, measure: &shift.measure, title: &shift.title };
        add_one(measures, wanted, kind, shiftable, problems);
    }
    for (name, development) in &spec.development {
        let kind = |measure| MeasureKind::Development(DevelopmentPlan { measure });
        let wanted = Wanted { family: "development", name, measure: &development.measure, title: &development.title };
        add_one(measures, wanted, kind, yearly, problems);
    }
}
