//! The one kit of this suite: whole runs in a folder of their own, cases on disk, readers of what is published.
//!
//! # A test of a whole run
//!
//! Make a [`Bench`], change what the test is about, run, and look: [`tests::a_test_of_a_whole_run_looks_like_this`] is
//! such a test, to be copied. A bench is a copy of a folder of `tests/cases/bench` ([`Bench::case`]: job, exports,
//! templates), a sample job with all that it reads ([`Bench::sample`]), or a folder with the files that the test writes
//! ([`Bench::new`]). What only reads a sample's report asks for the run that all tests share: [`sample`].
//!
//! * [`Bench::run`] and [`Bench::check`] call the program's own functions and give what they give, for numbers;
//!   [`Bench::stops`] is a run that must fail, for its messages. [`Bench::run_as`] runs a plan that the test has changed.
//! * [`Bench::cli`] starts the program as a person does, for what is printed: [`Told`] has both streams and the exit code.
//! * [`Run`] has the published files; [`Sheet`], [`html_tables`] and [`text_of`] read them without the program's code.
//!
//! * [`attack`] hides and attacks: a job with small counts hidden and shown ([`attack::Pair`]), and a reader of the files
//!   who works out by linear programming what is hidden ([`attack::Attacker`]).
//!
//! # A case without Rust
//!
//! A case is a folder of `tests/cases/<area>` and its name in the area's `cases!` list ([`case`]): `data` (a run of a
//! broken export, rule or template), `job` (a job file), `protect` (a table), `cli` (commands in a folder). All have an
//! `expected.txt`. A folder that no list names fails, as does a [`Code`](kvalis::diagnostic::Code) without a case.
//!
//! # Accepting what has changed
//!
//! Texts that a test of this suite expects stand in `tests/cases` and are written by `KVALIS_BLESS=1 cargo test --test
//! suite <name>`; read the difference before it is committed. Unit tests in `src` keep theirs in insta's snapshots beside
//! them, which `INSTA_UPDATE=always cargo test --lib <name>` writes. There is no third way.

pub mod attack;

pub mod bench;

#[macro_use]
pub mod case;

pub mod raw;

pub mod read;

pub mod sample;

pub use bench::{Bench, Run, Told, kvalis};
pub use read::{Sheet, files_below, html_tables, part_of, parts_of, text_of};
pub use sample::{plan, run_plan, sample, streamed};

mod tests {
    use kvalis::diagnostic::Code;

    use super::Bench;

    #[test]
    fn a_test_of_a_whole_run_looks_like_this() {
        let bench = Bench::case("rapporter");
        bench.append("input/rapporter.csv", "B9;2023-12-24;Norr;Fall\nB10;2031-01-01;Norr;Fall\n");
        assert_eq!(bench.check().expect("the job is right").balances[0].data_rows(), 9);
        let run = bench.run();
        let table = run.table("breakdown-enhet");
        assert_eq!((table.number(&["Norr"], "current"), table.number(&["Totalt"], "current")), (2, 5));
        let told = bench.cli(&["explain", "run/manifest.json", "breakdown.enhet", "Norr"]).exits(0);
        told.says("counted: 2 distinct events in 2 rows");
        bench.edit("input/rapporter.csv", "Nr;", "Nummer;");
        assert_eq!(bench.stops().diagnostics[0].code, Code::MissingColumn);
    }
}
