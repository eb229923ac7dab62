//! `kvalis check`: everything but the report; and with `--fix` what the job does not know yet, asked and written into it.

use std::path::Path;

use super::args::{CheckArguments, Global};
use super::ask::{self, Terminal};
use super::progress::Bar;
use super::run::{outcome, plan, with_warnings};
use super::{hidden, json, print, print_personal};
use crate::diagnostic::{Failure, Mend};
use crate::dialog::{Answerer, Answers, Given, Question};
use crate::job::compile::compile;
use crate::job::load::{LoadedJob, load};
use crate::job::mend;
use crate::run::{RunOptions, check_job, write_job_file};

pub(super) fn check(job: &str, asked: &CheckArguments, global: &Global) -> Result<(), Failure> {
    let CheckArguments { year, fix, answers, questions } = asked;
    if *fix || *questions || answers.is_some() {
        let found = Found::of(job, *year, global)?;
        if *questions {
            return print::result(&format!("{}\n", serde_json::json!(found.questions)));
        }
        found.ask(answers.as_deref())?;
    }
    let (plan, warnings) = plan(job, *year)?;
    let options = RunOptions { threads: global.threads, ..RunOptions::default() };
    let summary = with_warnings(warnings, |progress| check_job(&plan, &options, progress), global)?;
    if global.json {
        print::result(&json::summary(&summary))?;
        return outcome(&summary);
    }
    let balances = print::balance_table(&summary.balances);
    let hidden = hidden::table(&summary.hidden, &summary.unproved, summary.beyond_fewest);
    let personal = print_personal::table(&summary.personal);
    print::result(&format!("{balances}{hidden}{personal}{}", print::summary_line(&summary)))?;
    outcome(&summary)
}

/// What the exports have and the job does not know, and what is to be asked about it.
struct Found {
    job: LoadedJob,
    mends: Vec<Mend>,
    /// One for each of them.
    questions: Vec<Question>,
}

impl Found {
    fn of(job: &str, year: Option<i32>, global: &Global) -> Result<Found, Failure> {
        let job = load(job, year)?;
        let (plan, _) = compile(&job)?;
        let bar = Bar::new(!global.quiet && !global.json);
        let options = RunOptions { threads: global.threads, ..RunOptions::default() };
        let checked = check_job(&plan, &options, &bar);
        bar.clear();
        let mut mends = match checked {
            Ok(summary) => summary.mends,
            Err(failure) => failure.diagnostics.into_iter().filter_map(|told| told.mend).collect(),
        };
        let mut questions: Vec<Question> = Vec::new();
        mends.retain(|mend| {
            let question = mend::question(&job, mend);
            // Two columns of one list may hold the same new value.
            let is_new = !questions.iter().any(|known| known.key == question.key);
            questions.extend(is_new.then_some(question));
            is_new
        });
        Ok(Found { job, mends, questions })
    }

    /// Asks one by one, and writes what is answered into the job file. Where nobody can answer, the questions are listed.
    fn ask(&self, file: Option<&Path>) -> Result<(), Failure> {
        let mut given: Box<dyn Answerer> = match file {
            Some(file) => Box::new(self.given(file)?),
            None if ask::is_terminal() => Box::new(Terminal),
            None => {
                print::aside(&self.questions.iter().map(ask::shown).collect::<String>());
                return Ok(());
            }
        };
        let mut answers = Answers::new();
        self.questions.iter().try_for_each(|question| question.ask(given.as_mut(), &mut answers))?;
        let (text, written) = mend::answered(&self.job, &self.mends, &answers)?;
        if written > 0 {
            write_job_file(Path::new(&self.job.file), &text)?;
        }
        print::aside(&format!("{}\n", say!("cli-answers-written", written, file = self.job.file)));
        Ok(())
    }

    fn given(&self, file: &Path) -> Result<Given, Failure> {
        let name = file.display().to_string();
        let text =
            std::fs::read_to_string(file).map_err(|error| Failure::io(say!("diagnostic-reading"), &name, &error))?;
        Given::read(&name, &text, &self.questions)
    }
}
