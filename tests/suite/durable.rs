//! What a published report withstands: runs that die or fail half-way, hands on its files, a folder of somebody else's.

use std::fs;

use kvalis::run::{Progress, RunOptions};

use crate::kit::{Bench, files_below};

/// Makes the report impossible to write as soon as the run begins with it.
struct NoReport<'a>(&'a Bench);

impl Progress for NoReport<'_> {
    fn step(&self, what: &str) {
        if what == "report" {
            fs::create_dir(self.0.path(".run.scratch/rejects.csv")).expect("the scratch folder is there");
        }
    }

    fn rows(&self, _: u64) {}
}

#[test]
fn a_source_that_is_taken_out_takes_nothing_of_the_published_report() {
    let bench = Bench::case("rapporter");
    bench.edit_job("[job]\n", "[job]\non_bad_source = \"finish\"\n");
    let published = files_below(&bench.run().folder);
    bench.edit_job(
        "[breakdown.enhet]\n",
        "[check.rapporter]\nsource = \"source.rapporter\"\nrows_at_least = 1000\n\n[breakdown.enhet]\n",
    );
    let failed = bench.run_told("run", &bench.plan(), RunOptions::default(), &NoReport(&bench));
    assert!(failed.is_err(), "the report cannot be written");
    for (name, bytes) in files_below(&bench.path("run")) {
        assert!(
            published.get(&name) == Some(&bytes),
            "{name} of the published report was changed by a run that failed"
        );
    }
}
