//! `[comparison.x]` to its plan.

use crate::domain::minimum_answers;
use crate::domain::spelling::fold;
use crate::domain::table::Direction;
use crate::measure::comparison::plan::{AmongPlan, ComparisonPlan};
use crate::measure::comparison::spec::ComparisonSpec;
use crate::measure::declared::{Around, Common, OfSource, conditions, unit};
use crate::measure::plan::MeasureKind;
use crate::vocabulary::charts::OF_ALL;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::ColumnKindPlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spec::SourceKind;

/// What the compared are called where the job says nothing.
pub(crate) const AMONG: &str = "kommuner";

impl OfSource for ComparisonSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Observations];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: None }
    }

    fn other_sources(&self) -> Vec<&str> {
        self.indicator_names.as_deref().into_iter().chain(self.area_names.as_deref()).collect()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        not_empty(&self.what, &around.at.key("what"), problems);
        long_form(around, problems);
        let among = AmongPlan {
            own: own(&self.area, around, problems),
            codes: self.among.clone(),
            label: self.among_label.clone().unwrap_or(AMONG.into()),
            names: names("area_names", self.area_names.as_deref(), around, problems),
        };
        let least = least(self.survey.as_deref(), self.minimum_answers, around, problems);
        if least.is_some() && self.answers.is_none() && !around.scope.names().contains(&"n") {
            let message = say!("job-source-does-not-say-how", name = around.scope.plan.name);
            problems.missing_key(&around.at, message, say!("job-name-indicator-holds-answers"));
        }
        Some(MeasureKind::Comparison(ComparisonPlan {
            what: self.what.clone(),
            among,
            year: self.year.unwrap_or(around.job.year),
            indicators: self.indicators.iter().map(|(id, label)| (id.clone(), label.clone())).collect(),
            names: names("indicator_names", self.indicator_names.as_deref(), around, problems),
            strip: self.strip.clone(),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            unit: unit(self.unit, self.decimals, around, problems),
            directions: directions(self, around, problems),
            answers: self.answers.clone(),
            least: least.map(|least| (least, self.few_answers)),
            all: false,
        }))
    }

    fn companions(kind: &MeasureKind) -> Vec<(&'static str, MeasureKind)> {
        let MeasureKind::Comparison(plan) = kind else { return Vec::new() };
        vec![(OF_ALL, MeasureKind::Comparison(ComparisonPlan { all: true, ..plan.clone() }))]
    }
}

/// The columns without which nothing can be compared.
pub(crate) fn long_form(around: &Around, problems: &mut Problems) {
    for column in ["indicator", "area", "period"] {
        around.scope.has(column, &around.at.key("source"), problems);
    }
}

pub(crate) fn own(area: &str, around: &Around, problems: &mut Problems) -> String {
    not_empty(area, &around.at.key("area"), problems);
    area.trim().to_string()
}

/// The index of a register that names things.
pub(crate) fn names(key: &str, said: Option<&str>, around: &Around, problems: &mut Problems) -> Option<usize> {
    let at = around.at.key(key);
    let scope = find_source(said?, around.sources, &at, problems)?;
    let is_register = scope.plan.kind == SourceKind::Register;
    if !is_register {
        problems.bad_value(&at, say!("job-is-not-kind-register", found = said?), say!("job-name-source-with-names"));
    }
    for column in ["id", "title"] {
        if scope.has(column, &at, problems)
            && scope.plan.column(column).is_some_and(|index| {
                matches!(scope.plan.columns[index].kind, ColumnKindPlan::Text { masked: true } | ColumnKindPlan::Id)
            })
        {
            let message = say!("job-column-must-be-kind-category", column, found = said?);
            problems.bad_value(&at, message, say!("job-set-kind-category"));
        }
    }
    is_register.then_some(scope.index)
}

/// The least number of answers: the survey's own, or the job's.
pub(crate) fn least(survey: Option<&str>, said: Option<u32>, around: &Around, problems: &mut Problems) -> Option<u32> {
    let at = around.at.key("survey");
    if survey.is_some() && said.is_some() {
        problems.bad_key(&at, say!("job-survey-and-minimum-answers-both"), say!("job-keep-one-them"));
    }
    let Some(survey) = survey else { return said };
    let least = minimum_answers::of(survey);
    if least.is_none() {
        problems.unknown(&at, "survey", survey, minimum_answers::keys());
    }
    least
}

fn directions(spec: &ComparisonSpec, around: &Around, problems: &mut Problems) -> Vec<(String, Direction)> {
    for (index, part) in spec.higher_is_better.iter().enumerate() {
        if spec.lower_is_better.iter().any(|lower| fold(lower) == fold(part)) {
            let at = around.at.key("higher_is_better").index(index);
            problems.bad_value(&at, say!("job-cannot-be-better-both-higher", part), "");
        }
    }
    let lower = spec.lower_is_better.iter().map(|part| (fold(part), Direction::Lower));
    lower.chain(spec.higher_is_better.iter().map(|part| (fold(part), Direction::Higher))).collect()
}
