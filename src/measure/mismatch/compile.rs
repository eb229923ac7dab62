//! `[mismatch.x]`: our answers beside those of comparable municipalities.

use std::collections::BTreeMap;

use crate::domain::spelling::fold;
use crate::domain::table::Nothing;
use crate::measure::declared::{Around, Common, OfSource};
use crate::measure::mismatch::plan::{Answer, MismatchPlan};
use crate::measure::mismatch::spec::MismatchSpec;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spec::{OneOrMany, SourceKind};

/// Share of the comparable ones that must say yes when the job does not say.
const HALF: f64 = 0.5;

/// Marks of Socialstyrelsen's tables and what they mean.
const MARKS: [(&str, Nothing); 6] = [
    ("x", Nothing::Withheld),
    ("..", Nothing::Withheld),
    ("-", Nothing::Missing),
    ("–", Nothing::Missing),
    (".", Nothing::NotApplicable),
    ("ej aktuellt", Nothing::NotApplicable),
];

impl OfSource for MismatchSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Register];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: None }
    }

    fn other_sources(&self) -> Vec<&str> {
        self.previous.as_deref().into_iter().collect()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        not_empty(&self.own, &around.at.key("own"), problems);
        around.scope.column(&self.area, &around.at.key("area"), problems)?;
        if self.indicators.is_empty() {
            let at = around.at.key("indicators");
            problems.bad_value(&at, say!("job-comparison-has-no-indicators"), say!("job-name-columns-answers"));
        }
        Some(MeasureKind::Mismatch(MismatchPlan {
            previous: previous(self, around, problems),
            area: self.area.clone(),
            own: (fold(&self.own), self.own.trim().to_string()),
            comparable: comparable(self, around, problems),
            indicators: indicators(self, around, problems),
            show: self.show,
            at_least: at_least(self.at_least, around, problems),
            answers: answers(self, around, problems),
            marks: MARKS.iter().map(|(mark, meaning)| (mark.to_string(), *meaning)).collect(),
        }))
    }
}

/// Last year's source: a register with the same columns.
fn previous(spec: &MismatchSpec, around: &Around, problems: &mut Problems) -> Option<usize> {
    let at = around.at.key("previous");
    let scope = find_source(spec.previous.as_ref()?, around.sources, &at, problems)?;
    if scope.plan.kind != SourceKind::Register {
        problems.bad_value(&at, say!("job-last-year-source-must-be"), "");
    }
    scope.column(&spec.area, &at, problems);
    Some(scope.index)
}

fn comparable(spec: &MismatchSpec, around: &Around, problems: &mut Problems) -> Vec<String> {
    let own = fold(&spec.own);
    for (index, name) in spec.comparable.iter().enumerate().filter(|(_, name)| fold(name) == own) {
        let message = say!("job-is-our-own-row-and", name);
        problems.bad_value(&around.at.key("comparable").index(index), message, say!("job-remove"));
    }
    spec.comparable.iter().map(|name| fold(name)).collect()
}

fn indicators(spec: &MismatchSpec, around: &Around, problems: &mut Problems) -> Vec<(String, String)> {
    let columns = around.columns(&spec.indicators, "indicators", problems).into_iter();
    let plan = |column: usize| &around.scope.plan.columns[column];
    columns.map(|column| (plan(column).name.clone(), plan(column).label.clone())).collect()
}

fn at_least(said: Option<f64>, around: &Around, problems: &mut Problems) -> f64 {
    let share = said.unwrap_or(HALF);
    if !(0.0..=1.0).contains(&share) {
        let message = say!("job-at-least-must-be-share", share);
        problems.bad_value(&around.at.key("at_least"), message, say!("job-write-0-5-for-half"));
    }
    share
}

fn answers(spec: &MismatchSpec, around: &Around, problems: &mut Problems) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    let said = [
        ("yes", &spec.yes, "Ja", Answer::Yes),
        ("no", &spec.no, "Nej", Answer::No),
        ("partly", &spec.partly, "Delvis", Answer::Partly),
    ];
    for (key, said, usual, answer) in said {
        for word in words(said, usual) {
            if answers.insert(fold(&word), answer).is_some_and(|other| other != answer) {
                let message = say!("job-cannot-mean-two-things", word);
                problems.bad_value(&around.at.key(key), message, say!("job-take-out-one-yes-no"));
            }
        }
    }
    answers
}

fn words(said: &OneOrMany, usual: &str) -> Vec<String> {
    if said.0.is_empty() { vec![usual.to_string()] } else { said.0.clone() }
}
