//! `[indicator.x]` to its plan.

use crate::domain::spelling::fold;
use crate::domain::table::Direction;
use crate::measure::declared::{Around, Common, OfSource, conditions, unit, with_decimals};
use crate::measure::indicator::plan::IndicatorPlan;
use crate::measure::indicator::spec::IndicatorSpec;
use crate::measure::plan::MeasureKind;
use crate::vocabulary::checks::not_empty;
use crate::vocabulary::plan::CertaintyPlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::{SourceKind, UnitSpec};

impl OfSource for IndicatorSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Observations];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn certainty(&self, around: &Around, problems: &mut Problems) -> CertaintyPlan {
        of_indicator(self, around, problems)
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        not_empty(&self.what, &around.at.key("what"), problems);
        let decimals = self.decimals;
        let unit = unit(self.unit, decimals, around, problems);
        Some(MeasureKind::Indicator(IndicatorPlan {
            what: self.what.clone(),
            rows: rows(self, around, problems),
            columns: columns(self, around, problems),
            conditions: conditions(&self.where_, &self.where_not, around, problems),
            unit,
            units: self.units.iter().map(|(part, unit)| (fold(part), with_decimals(*unit, decimals))).collect(),
            strip: self.strip.clone(),
            change: self.change,
            share_of_n: self.share_of_n && has_n("share_of_n", around, problems),
            show_n: self.show_n && has_n("show_n", around, problems),
            show: show(self, around, problems),
            sum: self.sum,
            order: self.order,
            few_answers: few_answers(self, around, problems),
            directions: directions(self, around, problems),
        }))
    }
}

fn rows(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Vec<String> {
    let at = around.at.key("rows");
    if spec.rows.0.is_empty() {
        around.scope.has("indicator", &at, problems);
        return vec!["indicator".into()];
    }
    if spec.rows.0.len() > 2 {
        let message = say!("job-rows-must-be-one-column", count = spec.rows.0.len());
        problems.bad_value(&at, message, "");
    }
    for (index, row) in spec.rows.0.iter().enumerate() {
        around.scope.has(row, &at.index(index), problems);
    }
    spec.rows.0.clone()
}

fn columns(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> String {
    let at = around.at.key("columns");
    let columns = spec.columns.clone().unwrap_or("period".into());
    around.scope.has(&columns, &at, problems);
    if spec.rows.0.contains(&columns) {
        problems.bad_value(&at, say!("job-cannot-be-rows-and-columns", name = columns), "");
    }
    columns
}

fn has_n(key: &str, around: &Around, problems: &mut Problems) -> bool {
    let has = around.scope.names().contains(&"n");
    if !has {
        let message = say!("job-needs-column-n-in-source", key, name = around.scope.plan.name);
        problems.bad_key(&around.at.key(key), message, say!("job-add-column-holds-how-many"));
    }
    has
}

fn show(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Vec<String> {
    for (index, column) in spec.show.iter().enumerate() {
        around.scope.has(column, &around.at.key("show").index(index), problems);
    }
    spec.show.clone()
}

fn few_answers(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Option<(u32, Option<String>)> {
    let few = spec.few_answers.as_ref()?;
    let at = around.at.key("few_answers");
    let Some(indicator) = &few.indicator else {
        if !around.scope.names().contains(&"n") {
            let message = say!("job-source-does-not-say-how", name = around.scope.plan.name);
            problems.bad_key(&at, message, say!("job-name-indicator-holds-few-answers"));
        }
        return Some((few.under, None));
    };
    let indicator = around.scope.canonical("indicator", indicator, &at.key("indicator"), problems);
    Some((few.under, Some(indicator)))
}

fn directions(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> Vec<(String, Direction)> {
    for (index, part) in spec.higher_is_better.iter().enumerate() {
        if spec.lower_is_better.iter().any(|lower| fold(lower) == fold(part)) {
            let at = around.at.key("higher_is_better").index(index);
            problems.bad_value(&at, say!("job-cannot-be-better-both-higher", part), "");
        }
    }
    let lower = spec.lower_is_better.iter().map(|part| (fold(part), Direction::Lower));
    lower.chain(spec.higher_is_better.iter().map(|part| (fold(part), Direction::Higher))).collect()
}

/// Percentages of answers: their number must be known.
pub(crate) fn of_indicator(spec: &IndicatorSpec, around: &Around, problems: &mut Problems) -> CertaintyPlan {
    let named = spec.few_answers.as_ref().is_some_and(|few| few.indicator.is_some());
    let has_n = named || around.scope.plan.column("n").is_some();
    for (key, asked) in [("interval", spec.interval.is_some()), ("test", spec.test)] {
        if asked && !has_n {
            let message = say!("job-needs-number-answers-and-source", key, name = around.scope.plan.name);
            let help = say!("job-declare-column-n-on-source");
            problems.bad_key(&around.at.key(key), message, help);
        }
        // Deficiencies of n reviewed files: the interval is that of the share.
        let of_share = key == "interval" && spec.share_of_n;
        let counts = matches!(spec.unit, Some(UnitSpec::Count | UnitSpec::Number));
        if asked && counts && !of_share {
            let message = say!("job-is-for-percentages-and-unit", key);
            problems.bad_key(&around.at.key(key), message, say!("job-set-unit-percent-or-remove"));
        }
    }
    let minimum = spec.few_answers.as_ref().map_or(around.scope.plan.minimum_answers, |few| few.under);
    CertaintyPlan { interval: spec.interval, test: spec.test, minimum_answers: if has_n { minimum } else { 0 } }
}
