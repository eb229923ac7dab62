//! What came of a run, for whoever started it.

use std::path::PathBuf;

use super::cache::Standing;
use super::gathered::Gathered;
use super::personal::PersonalFinding;
use crate::diagnostic::{Diagnostic, Mend};
use crate::domain::balance::Balance;
use crate::job::plan::Plan;
use crate::protect::{HiddenCell, ProtectedReport};

/// What came of a run, for the summary line and `--json`.
#[derive(Debug, Clone, Default)]
pub struct RunSummary {
    /// Name of the job.
    pub job: String,
    /// The published folder.
    pub folder: PathBuf,
    /// The main report file, `None` after `check` and for a job without chapters.
    pub report: Option<PathBuf>,
    /// True when results stand in `folder`; false after `check`.
    pub published: bool,
    /// What became of the rows, a sheet each.
    pub balances: Vec<Balance>,
    /// What was told, in the order of the steps.
    pub warnings: Vec<Diagnostic>,
    /// What concerns this machine and not the report: remains of earlier runs that did not hold.
    pub notices: Vec<Diagnostic>,
    /// Sources that an earlier run had read from the same files.
    pub recalled: Vec<String>,
    /// Nothing had changed since the last run: how many exports and published files were verified, and no more done.
    pub verified: Option<(usize, usize)>,
    /// Columns that hold personal data; only `check` looks for them.
    pub personal: Vec<PersonalFinding>,
    /// Small counts that are hidden, and those that are hidden with them; empty without `[protect]`.
    pub hidden: Vec<HiddenCell>,
    /// Tables in which fewer hidden counts might do.
    pub unproved: Vec<String>,
    /// How many fewer might do.
    pub beyond_fewest: usize,
    /// Names of the sources that the job did without because they could not be used, and what was wrong with them.
    pub unread: Vec<String>,
    /// What was wrong; the run was not published.
    pub errors: Vec<Diagnostic>,
    /// What the exports have and the job does not know.
    pub(crate) mends: Vec<Mend>,
    /// Wall time of the run.
    pub seconds: f64,
}

impl RunSummary {
    /// What was read and hidden, before anything is published.
    pub(super) fn of(plan: &Plan, gathered: Gathered, protected: ProtectedReport) -> RunSummary {
        RunSummary {
            job: plan.job.name.clone(),
            mends: gathered.mends(),
            balances: gathered.balances,
            warnings: gathered.remarks.all(),
            recalled: gathered.recalled,
            hidden: protected.hidden,
            unproved: protected.unproved,
            beyond_fewest: protected.beyond_fewest,
            unread: gathered.unread.names(plan),
            errors: gathered.unread.errors(),
            ..RunSummary::default()
        }
    }

    /// A run that found everything as the last one left it.
    pub(super) fn untouched(plan: &Plan, standing: Standing, folder: PathBuf) -> RunSummary {
        RunSummary {
            job: plan.job.name.clone(),
            report: standing.report.map(|name| folder.join(name)),
            folder,
            published: true,
            balances: standing.balances,
            warnings: standing.warnings,
            recalled: plan.sources.iter().map(|source| source.name.clone()).collect(),
            verified: Some(standing.verified),
            hidden: standing.hidden,
            unproved: standing.unproved,
            beyond_fewest: standing.beyond_fewest,
            ..RunSummary::default()
        }
    }
}
