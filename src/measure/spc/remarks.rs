//! What is said below a control chart: how it was made, what makes it tentative, where it was rebased, what is missing.

use super::Spc;
use super::place::Series;
use super::rows::phases;
use crate::domain::swedish::{day, decimal, integer};
use crate::domain::table::{Direction, NoteKind, TableNote};
use crate::measure::notes::{listing, note};
use crate::measure::spc::spec::SpcChart;
use crate::stats::spc::{Chart, FIRM_POINTS, LEAST_YEARS, Options, RulePoints, laney_is_proposed};

/// More periods than this are not named one by one.
const MOST_NAMED: usize = 6;

pub(super) fn of(chart: &Spc, series: &Series, drawn: &Chart, options: &Options) -> Vec<TableNote> {
    let mut notes = vec![method(chart, options)];
    notes.extend(fixed(chart));
    notes.extend(yearly(chart, series));
    notes.extend(tentative(chart, series, drawn));
    notes.extend(
        phases(chart, series).into_iter().map(|(_, text)| note(NoteKind::Method, printed!("measure-new-limits", text))),
    );
    notes.extend(beyond(chart, series));
    notes.extend(judgement_of_runs(drawn));
    notes.extend(exact(drawn));
    notes.extend(overdispersed(chart, series, drawn));
    notes.extend(goal(chart, drawn));
    notes.extend(direction(chart));
    notes.extend(series.notes.iter().cloned());
    notes.extend(gaps(series));
    notes
}

/// The profile with its options: "Styrdiagram XmR, profil mdc: …"
fn method(chart: &Spc, options: &Options) -> TableNote {
    let points = match options.rule_points {
        RulePoints::Seven => "sju",
        RulePoints::Six => "sex",
    };
    let rules = printed!("measure-spc-rules", points);
    let screened = if options.screening { word!("measure-spc-screened") } else { word!("measure-spc-not-screened") };
    let alone = word!("measure-spc-outside-alone");
    let text = match chart.spec.chart {
        SpcChart::Xmr => printed!("measure-spc-xmr", screened, rules),
        SpcChart::T => printed!("measure-spc-t", screened, rules),
        SpcChart::Run => {
            printed!("measure-spc-run")
        }
        SpcChart::C => printed!("measure-spc-c", alone),
        SpcChart::U => printed!("measure-spc-u", alone),
        SpcChart::P => printed!("measure-spc-p", alone),
        SpcChart::UPrime | SpcChart::PPrime => {
            printed!("measure-spc-laney", alone)
        }
        SpcChart::G => printed!("measure-spc-g", alone),
    };
    let profile = match chart.spec.chart {
        SpcChart::Xmr | SpcChart::T => word!("measure-spc-profile-mdc-nhs"),
        _ => word!("measure-spc-profile-mdc"),
    };
    note(NoteKind::Method, format!("{}, {profile}: {text}.", name(chart.spec.chart)))
}

fn name(chart: SpcChart) -> String {
    match chart {
        SpcChart::Run => printed!("measure-run-chart"),
        chart => printed!("measure-control-chart", sign = chart.sign()),
    }
}

fn fixed(chart: &Spc) -> Option<TableNote> {
    let n = chart.spec.fix_after_n?;
    let n = integer(i64::from(n));
    Some(note(NoteKind::Method, printed!("measure-spc-baseline", n)))
}

/// Too few years for limits.
fn yearly(chart: &Spc, series: &Series) -> Option<TableNote> {
    let values = series.data().flatten().count();
    let too_few = chart.spec.chart == SpcChart::Xmr && series.yearly && values <= LEAST_YEARS;
    let text = printed!("measure-spc-few-years", least = LEAST_YEARS);
    too_few.then(|| note(NoteKind::Method, text))
}

fn tentative(chart: &Spc, series: &Series, drawn: &Chart) -> Option<TableNote> {
    let has_limits = drawn.last().is_some_and(|point| point.upper.is_some());
    let points = drawn.last_segment()?.points;
    let newest = if phases(chart, series).is_empty() { String::new() } else { printed!("measure-since-new-limits") };
    (drawn.is_tentative() && has_limits).then(|| {
        let text = printed!("measure-spc-probing", points, newest, firm = FIRM_POINTS);
        note(NoteKind::Method, text)
    })
}

/// Rebases that no point follows, or that come before the first.
fn beyond(chart: &Spc, series: &Series) -> Option<TableNote> {
    let outside = chart.spec.rebase.iter().filter(|rebase| series.index_from(rebase.from).is_none());
    let days: Vec<String> = outside.map(|rebase| day(rebase.from)).collect();
    let text = || printed!("measure-no-new-limits", days = listing(&days));
    (!days.is_empty()).then(|| note(NoteKind::Method, text()))
}

fn judgement_of_runs(drawn: &Chart) -> Option<TableNote> {
    let runs = drawn.last_segment()?.runs?;
    let crossed = printed!("measure-median-crossed", crossings = runs.crossings, usual = runs.crossings_usual);
    let longest = printed!("measure-longest-run", longest = runs.longest, usual = runs.longest_usual);
    Some(note(NoteKind::Method, printed!("measure-off-the-median", points = runs.useful, longest, crossed)))
}

fn exact(drawn: &Chart) -> Option<TableNote> {
    let text = word!("measure-spc-binomial");
    drawn.segments.iter().any(|segment| segment.exact).then(|| note(NoteKind::Method, text.to_string()))
}

/// u and p charts whose values spread more than the distribution says.
fn overdispersed(chart: &Spc, series: &Series, drawn: &Chart) -> Option<TableNote> {
    let better = match chart.spec.chart {
        SpcChart::U => "u′",
        SpcChart::P => "p′",
        _ => return None,
    };
    let fractions: Vec<Option<(f64, f64)>> = series.data().map(|datum| datum?.fraction).collect();
    let segment = drawn.segments.iter().find(|segment| laney_is_proposed(segment, &fractions))?;
    let sigma = decimal(segment.sigma_z?, 1);
    let text = printed!("measure-spc-better-chart", sigma, better);
    Some(note(NoteKind::Method, text))
}

/// A goal that nothing can be said about.
fn goal(chart: &Spc, drawn: &Chart) -> Option<TableNote> {
    chart.spec.goal?;
    let text = match (chart.spec.direction, drawn.last().and_then(|point| point.upper)) {
        (Direction::Neither, _) => word!("measure-goal-not-judged-direction"),
        (_, None) => word!("measure-goal-not-judged-limits"),
        _ => return None,
    };
    Some(note(NoteKind::Method, text.to_string()))
}

/// More reports are not worse, fewer are not better.
fn direction(chart: &Spc) -> Option<TableNote> {
    let is_neither = chart.is_counted() && chart.spec.direction == Direction::Neither;
    let text = word!("measure-signals-not-valued");
    is_neither.then(|| note(NoteKind::Method, text.to_string()))
}

/// Observations that are missing or withheld; those of counts have their own notes.
fn gaps(series: &Series) -> Option<TableNote> {
    if series.notes.iter().any(|note| note.kind == NoteKind::Missing) {
        return None;
    }
    let gaps = series.places.iter().filter(|place| place.datum.is_err());
    let labels: Vec<String> = gaps.map(|place| place.label.clone()).collect();
    let ranges = if is_missing_everywhere(series) { String::new() } else { printed!("measure-no-patterns-over-gap") };
    listed_note(NoteKind::Missing, &labels, |listed| printed!("measure-without-a-value", listed, ranges))
}

fn is_missing_everywhere(series: &Series) -> bool {
    series.data().all(|datum| datum.is_none())
}

/// A note on some periods, all of them named if they are few.
pub(super) fn listed_note(kind: NoteKind, labels: &[String], text: impl Fn(&str) -> String) -> Option<TableNote> {
    let listed = match labels {
        [] => return None,
        few if few.len() <= MOST_NAMED => listing(few),
        [first, .., last] => printed!("measure-periods-first-and-last", periods = labels.len(), first, last),
        [only] => only.clone(),
    };
    Some(note(kind, text(&listed)))
}
