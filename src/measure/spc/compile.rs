//! Control charts: which chart can be made of what, and the keys that mean something for it.

use crate::domain::cube::Condition;
use crate::domain::table::{Direction, Unit};
use crate::measure::declared::{Around, Common, OfSource};
use crate::measure::plan::MeasureKind;
use crate::measure::spc::plan::{DenominatorPlan, RebasePlan, SpcPlan};
use crate::measure::spc::spec::{DenominatorSpec, SpcChart, SpcSpec};
use crate::vocabulary::checks::{day, not_empty};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::scope::find_source;
use crate::vocabulary::spec::{NamedDirection, SourceKind, UnitSpec};

/// Fewer points have no moving range to make limits of.
const LEAST_FIXED: u32 = 2;

/// Decimals that a table can show.
const DECIMALS_MOST: u8 = 6;

impl OfSource for SpcSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events, SourceKind::Observations];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        self.denominator.iter().map(|denominator| denominator.source.as_str()).collect()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let chart = self.chart.unwrap_or_default();
        let is_events = around.scope.plan.kind == SourceKind::Events;
        check_options(self, chart, around, problems);
        if is_events {
            check_events(self, chart, around, problems)
        } else {
            check_observations(self, chart, around, problems)
        }
        let conditions = conditions(self, around, problems);
        let date = is_events.then_some(around.scope.plan.period_date).flatten();
        Some(MeasureKind::Spc(SpcPlan {
            chart,
            what: self.what.clone(),
            date,
            by: self.by,
            part: part(self, &conditions, around, problems),
            conditions,
            denominator: self.denominator.as_ref().and_then(|spec| denominator(spec, self, around, problems)),
            fix_after_n: self.fix_after_n,
            rebase: rebase(self, around, problems),
            goal: self.goal.filter(|goal| goal.is_finite()),
            direction: direction(self.direction),
            screening: self.screening.unwrap_or(true),
            six_point_rules: self.rule_points == Some(6),
            unit: unit(self, is_events),
        }))
    }
}

/// Charts whose limits come from moving ranges.
fn has_ranges(chart: SpcChart) -> bool {
    matches!(chart, SpcChart::Xmr | SpcChart::T)
}

/// Charts whose points are rare events instead of periods.
fn is_rare(chart: SpcChart) -> bool {
    matches!(chart, SpcChart::G | SpcChart::T)
}

fn check_options(spec: &SpcSpec, chart: SpcChart, around: &Around, problems: &mut Problems) {
    for (key, said) in [("screening", spec.screening.is_some()), ("rule_points", spec.rule_points.is_some())] {
        if said && !has_ranges(chart) {
            problems.bad_key(&around.at.key(key), say!("job-has-meaning-only-for-xmr", key), say!("job-remove"));
        }
    }
    if let Some(points) = spec.rule_points.filter(|points| ![6, 7].contains(points)) {
        problems.bad_value(&around.at.key("rule_points"), say!("job-rule-points-must-be-7", points), "");
    }
    if let Some(n) = spec.fix_after_n.filter(|n| *n < LEAST_FIXED) {
        let message = say!("job-fix-after-n-must-be", least = LEAST_FIXED, n);
        problems.bad_value(&around.at.key("fix_after_n"), message, say!("job-limits-hold-need-some-thirteen"));
    }
    if let Some(goal) = spec.goal.filter(|goal| !goal.is_finite()) {
        problems.bad_value(&around.at.key("goal"), say!("job-goal-must-be-number-found", goal), "");
    }
    if let Some(decimals) = spec.decimals.filter(|decimals| *decimals > DECIMALS_MOST) {
        let message = say!("job-decimals-must-be-at-most", most = DECIMALS_MOST, decimals);
        problems.bad_value(&around.at.key("decimals"), message, "");
    }
}

fn check_events(spec: &SpcSpec, chart: SpcChart, around: &Around, problems: &mut Problems) {
    if around.scope.plan.period_date.is_none() {
        let message = say!("job-source-has-no-period-date", name = around.scope.plan.name);
        problems.bad_value(&around.at.key("source"), message, say!("job-add-period-date-to-source"));
    }
    match (spec.by, is_rare(chart)) {
        (None, false) => {
            let message = say!("job-control-chart-does-not-say");
            problems.missing_key(&around.at, message, say!("job-add-by-month-quarter-or"));
        }
        (Some(_), true) => {
            let message = say!("job-by-has-no-meaning-for");
            problems.bad_key(&around.at.key("by"), message, say!("job-remove"));
        }
        _ => {}
    }
    if spec.unit.is_some() {
        problems.bad_key(&around.at.key("unit"), say!("job-unit-has-meaning-only-for"), say!("job-remove"));
    }
    let has_part = !spec.part.is_empty() || !spec.part_not.is_empty();
    let (takes_part, needs_part) = match chart {
        SpcChart::P | SpcChart::PPrime | SpcChart::G => (true, true),
        SpcChart::Xmr | SpcChart::Run => (spec.denominator.is_none(), false),
        _ => (false, false),
    };
    let key = if spec.part.is_empty() { "part_not" } else { "part" };
    match (has_part, takes_part, needs_part) {
        (false, _, true) => {
            let message = say!("job-chart-needs-part-events-whose");
            problems.missing_key(&around.at, message, say!("job-add-part-column-value"));
        }
        (true, false, _) => {
            let help = say!("job-remove-or-choose-p-p");
            problems.bad_key(&around.at.key(key), say!("job-this-chart-counts-events-has"), help);
        }
        _ => {}
    }
    check_denominator(spec, chart, around, problems);
}

fn check_denominator(spec: &SpcSpec, chart: SpcChart, around: &Around, problems: &mut Problems) {
    let needs = matches!(chart, SpcChart::U | SpcChart::UPrime);
    let takes = needs || matches!(chart, SpcChart::Xmr | SpcChart::Run);
    match &spec.denominator {
        None if needs => {
            let message = say!("job-rate-needs-denominator-what-events");
            let help = say!("job-add-denominator-source-source-x");
            problems.missing_key(&around.at, message, help);
        }
        Some(_) if !takes => {
            let message = say!("job-denominator-has-meaning-only-for");
            problems.bad_key(&around.at.key("denominator"), message, say!("job-remove"));
        }
        Some(_) if spec.each.is_some() => {
            let message = say!("job-one-denominator-cannot-serve-every");
            problems.bad_key(&around.at.key("denominator"), message, say!("job-make-chart-per-value-with"));
        }
        _ => {}
    }
}

fn check_observations(spec: &SpcSpec, chart: SpcChart, around: &Around, problems: &mut Problems) {
    let parts = [
        ("by", spec.by.is_some()),
        ("part", !spec.part.is_empty()),
        ("part_not", !spec.part_not.is_empty()),
        ("denominator", spec.denominator.is_some()),
    ];
    for (key, _) in parts.into_iter().filter(|(_, said)| *said) {
        let help = say!("job-remove-point-is-period-source");
        problems.bad_key(&around.at.key(key), say!("job-has-meaning-only-for-events", key), help);
    }
    around.scope.has("period", &around.at.key("source"), problems);
    let needs_n = matches!(chart, SpcChart::P | SpcChart::PPrime | SpcChart::U | SpcChart::UPrime);
    if needs_n && !around.scope.names().contains(&"n") {
        let message = say!("job-chart-needs-column-n-in", name = around.scope.plan.name);
        problems.bad_value(&around.at.key("chart"), message, say!("job-add-column-holds-what-value"));
    }
    if spec.decimals.is_some_and(|decimals| decimals > 0) && spec.unit == Some(UnitSpec::Count) {
        let help = say!("job-remove-decimals-or-set-unit");
        problems.bad_key(&around.at.key("decimals"), say!("job-count-has-no-decimals"), help);
    }
}

fn conditions(spec: &SpcSpec, around: &Around, problems: &mut Problems) -> Vec<Condition> {
    let mut conditions = around.scope.conditions(&spec.where_, false, &around.at.key("where"), problems);
    conditions.extend(around.scope.conditions(&spec.where_not, true, &around.at.key("where_not"), problems));
    conditions
}

fn part(spec: &SpcSpec, whole: &[Condition], around: &Around, problems: &mut Problems) -> Option<Vec<Condition>> {
    let mut part = whole.to_vec();
    part.extend(around.scope.conditions(&spec.part, false, &around.at.key("part"), problems));
    part.extend(around.scope.conditions(&spec.part_not, true, &around.at.key("part_not"), problems));
    (part.len() > whole.len()).then_some(part)
}

fn denominator(
    denominator: &DenominatorSpec,
    spec: &SpcSpec,
    around: &Around,
    problems: &mut Problems,
) -> Option<DenominatorPlan> {
    let at = around.at.key("denominator");
    not_empty(&denominator.label, &at.key("label"), problems);
    if denominator.per == Some(0) {
        problems.bad_value(&at.key("per"), say!("job-per-must-be-at-least"), "");
    }
    let scope = find_source(&denominator.source, around.sources, &at.key("source"), problems)?;
    if scope.plan.kind != SourceKind::Observations {
        let message = say!("job-does-not-hold-observations-so", source = denominator.source);
        problems.bad_value(&at.key("source"), message, say!("job-name-source-kind-observations"));
        return None;
    }
    scope.has("period", &at.key("source"), problems);
    let conditions = scope.conditions(&denominator.where_, false, &at.key("where"), problems);
    let (source, label) = (scope.index, denominator.label.clone());
    spec.by.map(|_| DenominatorPlan { source, conditions, label, per: denominator.per.unwrap_or(1).max(1) })
}

/// Rebases by date, each with its reason.
fn rebase(spec: &SpcSpec, around: &Around, problems: &mut Problems) -> Vec<RebasePlan> {
    let at = around.at.key("rebase");
    let mut plans: Vec<RebasePlan> = Vec::new();
    for (index, rebase) in spec.rebase.iter().enumerate() {
        let at = at.index(index);
        not_empty(&rebase.reason, &at.key("reason"), problems);
        let Some(from) = day(&rebase.from, &at.key("from"), problems) else { continue };
        if plans.iter().any(|plan| plan.from == from) {
            let message = say!("job-two-rebases-begin-on", from = rebase.from);
            problems.bad_value(&at.key("from"), message, say!("job-keep-one-and-name-both"));
        }
        plans.push(RebasePlan { from, reason: rebase.reason.clone() });
    }
    plans.sort_by_key(|plan| plan.from);
    plans
}

fn direction(said: Option<NamedDirection>) -> Direction {
    match said {
        Some(NamedDirection::Higher) => Direction::Higher,
        Some(NamedDirection::Lower) => Direction::Lower,
        Some(NamedDirection::Neither) | None => Direction::Neither,
    }
}

fn unit(spec: &SpcSpec, is_events: bool) -> Unit {
    let decimals = |default: u8| spec.decimals.unwrap_or(default).min(DECIMALS_MOST);
    match (is_events, spec.unit.unwrap_or(UnitSpec::Number)) {
        (true, _) => Unit::Number { decimals: decimals(1) },
        (false, UnitSpec::Count) => Unit::Count,
        (false, UnitSpec::Percent) => Unit::Percent { decimals: decimals(0) },
        (false, UnitSpec::Number) => Unit::Number { decimals: decimals(0) },
    }
}
