//! `kvalis check`: everything but the report.

use super::args::Global;
use super::run::{outcome, plan, with_warnings};
use super::{hidden, json, print, print_personal};
use crate::diagnostic::Failure;
use crate::run::{RunOptions, check_job};

pub(super) fn check(job: &str, year: Option<i32>, global: &Global) -> Result<(), Failure> {
    let (plan, warnings) = plan(job, year)?;
    let options = RunOptions { threads: global.threads, ..RunOptions::default() };
    let summary = with_warnings(warnings, |progress| check_job(&plan, &options, progress), global)?;
    if global.json {
        print::result(&json::summary(&summary))?;
        return outcome(&summary);
    }
    let balances = print::balance_table(&summary.balances);
    let hidden = hidden::table(&summary.hidden, &summary.unproved);
    let personal = print_personal::table(&summary.personal);
    print::result(&format!("{balances}{hidden}{personal}{}", print::summary_line(&summary)))?;
    outcome(&summary)
}
