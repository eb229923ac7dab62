//! The sample jobs as they stand in the repository, each run once for all tests.

use std::sync::OnceLock;

use kvalis::diagnostic::Failure;
use kvalis::job::plan::{CubeMode, Plan};
use kvalis::run::RunOptions;

use super::bench::{Bench, Run, root};

/// The plan of a job under `pipelines/`.
pub fn plan(job: &str) -> Plan {
    let path = root().join(format!("pipelines/{job}.toml"));
    let loaded = kvalis::job::load::load(&path.to_string_lossy(), None);
    let compiled = loaded.and_then(|loaded| kvalis::job::compile::compile(&loaded));
    compiled.unwrap_or_else(|failure| panic!("{job} compiles: {failure:#?}")).0
}

/// Runs a plan into a folder of its own.
pub fn run_plan(plan: &Plan, threads: usize) -> Result<Run, Failure> {
    Bench::new().run_with("run", plan, RunOptions { threads, ..RunOptions::default() })
}

/// A sample job as it stands, run once.
pub fn sample(job: &'static str) -> &'static Run {
    static RUNS: [OnceLock<Run>; 5] = [const { OnceLock::new() }; 5];
    let samples = ["analyze", "norrtalje", "strangnas", "skyddad", "riskbild"];
    let index = samples.iter().position(|name| *name == job).expect("a sample job");
    RUNS[index].get_or_init(|| run_plan(&plan(job), 2).unwrap_or_else(|failure| panic!("{job} runs: {failure:#?}")))
}

/// A sample job with its cubes counted in the streaming pass.
pub fn streamed(job: &str) -> Run {
    let mut plan = plan(job);
    plan.job.cube = CubeMode::Streaming;
    run_plan(&plan, 2).unwrap_or_else(|failure| panic!("{job} runs: {failure:#?}"))
}
