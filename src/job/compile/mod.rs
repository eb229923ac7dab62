//! Spec to plan: resolves every reference, fills every default, folds spellings, expands `each`.
//!
//! In: a [`LoadedJob`], whose form is right. Out: a [`Plan`] and warnings, or every mistake of the file at once, each
//! with line, column and the nearest known name. Never: reads data, templates or folders (`run::preflight` does).
//!
//! A mistake never stops the search for others: each part compiles as far as it can, in the order in which
//! references point, and the plan is handed out only when nothing was found wrong.

mod chapters;
mod charts;
mod columns;
mod head;
mod labels;
mod lists;
mod names;
mod observations;
mod protect;
mod sources;
mod theme;
mod unused;

use super::load::LoadedJob;
use super::plan::Plan;
use super::spec::JobSpec;
use crate::diagnostic::{Diagnostic, Failure};
use crate::measure;
use crate::measure::declared::{Job, Measures};
use crate::measure::risk::compile::check_scales;
use crate::vocabulary::plan::{JobPlan, SourcePlan};
use crate::vocabulary::problems::Problems;
use charts::Made;

/// Compiles a job.
///
/// Out: the plan, and warnings about things that nothing uses.
/// Errors: `bad-value`, `missing-key`, `unknown-reference`, in the order of the file.
pub fn compile(loaded: &LoadedJob) -> Result<(Plan, Vec<Diagnostic>), Failure> {
    let spec = &loaded.spec;
    let mut problems = Problems::new(&loaded.file, &loaded.spans);
    names::check(spec, &mut problems);
    let job = head::compile(loaded, &mut problems);
    let theme = theme::compile(spec.theme.as_ref(), &loaded.file, &mut problems);
    let lists = lists::compile(spec, &mut problems);
    let sources = sources::compile(spec, &lists, &job, &mut problems);
    let Measures { plans: measures, sets } = measures(spec, &job, &sources, &mut problems);
    let measured = measure::plan::Plan { job, sources, measures };
    let made = Made { plan: &measured, sets: &sets };
    let charts = charts::compile_charts(spec, made, &mut problems);
    let tables = charts::compile_tables(spec, made, &mut problems);
    let key_numbers = charts::compile_key_numbers(spec, made, &mut problems);
    let checks = chapters::compile_checks(spec, &measured.sources, &mut problems);
    let chapters = chapters::compile(spec, &measured.sources, &mut problems);
    let protect = protect::compile(spec, &measured.sources, &measured.measures, &mut problems);
    unused::check(spec, &mut problems);
    let plan = Plan { measured, theme, charts, tables, key_numbers, protect, checks, chapters };
    match problems.into_sorted() {
        (true, found) => Err(Failure::fixable(found)),
        (false, warnings) => Ok((plan, warnings)),
    }
}

/// All measures, in an order in which those that are made of others come after them.
fn measures(spec: &JobSpec, job: &JobPlan, sources: &[SourcePlan], problems: &mut Problems) -> Measures {
    check_scales(&spec.risk_scale, problems);
    let mut measures = Measures::default();
    let job = Job { job, scales: &spec.risk_scale, sources };
    for (entry, table) in spec.measures() {
        table.add(entry, job, &mut measures, problems);
    }
    measures
}
