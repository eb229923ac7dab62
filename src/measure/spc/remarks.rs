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
        phases(chart, series).into_iter().map(|(_, text)| note(NoteKind::Method, format!("Nya beräkningar {text}."))),
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
    let rules = format!(
        "signal är en punkt utanför gränserna, {points} i rad stigande eller fallande, {points} i rad på samma sida om \
         medelvärdet, eller två av tre nära samma gräns"
    );
    let screened = match options.screening {
        true => "ovanligt stora rörelser gallras en gång",
        false => "utan gallring av stora rörelser",
    };
    let alone = "signal är en punkt utanför gränserna";
    let text = match chart.spec.chart {
        SpcChart::Xmr => format!("gränser vid medelvärdet ± 2,66 medelrörelser, {screened}; {rules}"),
        SpcChart::T => format!("dagarna upphöjda till 1/3,6, gränser vid ± 3/1,128 medelrörelser, {screened}; {rules}"),
        SpcChart::Run => {
            "median utan gränser; signal är en ovanligt lång svit på samma sida om medianen, eller att den korsas \
                          ovanligt sällan (Anhøjs regler)"
                .to_string()
        }
        SpcChart::C => format!("gränser vid medelvärdet ± 3√medelvärdet, den nedre minst 0; {alone}"),
        SpcChart::U => format!("gränser vid ± 3 standardavvikelser (Poisson), den nedre minst 0; {alone}"),
        SpcChart::P => format!("gränser vid ± 3 standardavvikelser (binomial), inom 0–100\u{a0}%; {alone}"),
        SpcChart::UPrime | SpcChart::PPrime => {
            format!("gränser vid ± 3 standardavvikelser, justerade för variationen mellan perioder (Laney); {alone}")
        }
        SpcChart::G => format!("median; övre gräns vid m + 3√(m(m+1)), där m är medelvärdet; {alone}"),
    };
    let profile = match chart.spec.chart {
        SpcChart::Xmr | SpcChart::T => "profil mdc (NHS Making Data Count)",
        _ => "profil mdc",
    };
    note(NoteKind::Method, format!("{}, {profile}: {text}.", name(chart.spec.chart)))
}

fn name(chart: SpcChart) -> String {
    match chart {
        SpcChart::Run => "Seriediagram".to_string(),
        chart => format!("Styrdiagram {}", chart.sign()),
    }
}

fn fixed(chart: &Spc) -> Option<TableNote> {
    let n = chart.spec.fix_after_n?;
    let n = integer(i64::from(n));
    Some(note(NoteKind::Method, format!("Mittlinje och gränser är räknade på de första {n} punkterna i varje del.")))
}

/// Too few years for limits.
fn yearly(chart: &Spc, series: &Series) -> Option<TableNote> {
    let values = series.data().flatten().count();
    let too_few = chart.spec.chart == SpcChart::Xmr && series.yearly && values <= LEAST_YEARS;
    let text = format!("{LEAST_YEARS} årsvärden eller färre räcker inte till ett styrdiagram: inga gränser visas.");
    too_few.then(|| note(NoteKind::Method, text))
}

fn tentative(chart: &Spc, series: &Series, drawn: &Chart) -> Option<TableNote> {
    let has_limits = drawn.last().is_some_and(|point| point.upper.is_some());
    let points = drawn.last_segment()?.points;
    let newest = if phases(chart, series).is_empty() { "" } else { " sedan de räknades om" };
    (drawn.is_tentative() && has_limits).then(|| {
        let text = format!("Prövande gränser: {points} punkter{newest}, färre än {FIRM_POINTS}.");
        note(NoteKind::Method, text)
    })
}

/// Rebases that no point follows, or that come before the first.
fn beyond(chart: &Spc, series: &Series) -> Option<TableNote> {
    let outside = chart.spec.rebase.iter().filter(|rebase| series.index_from(rebase.from).is_none());
    let days: Vec<String> = outside.map(|rebase| day(rebase.from)).collect();
    let text = || format!("Ingen ny beräkning görs {}: dagen ligger utanför serien.", listing(&days));
    (!days.is_empty()).then(|| note(NoteKind::Method, text()))
}

fn judgement_of_runs(drawn: &Chart) -> Option<TableNote> {
    let runs = drawn.last_segment()?.runs?;
    let crossed = format!("medianen korsas {} gånger (minst {} är vanligt)", runs.crossings, runs.crossings_usual);
    let longest = format!("längsta sviten är {} punkter (högst {} är vanligt)", runs.longest, runs.longest_usual);
    Some(note(NoteKind::Method, format!("Av {} punkter utanför medianen: {longest}, {crossed}.", runs.useful)))
}

fn exact(drawn: &Chart) -> Option<TableNote> {
    let text = "Där färre än 5 väntas är gränserna tagna ur binomialfördelningen själv.";
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
    let text =
        format!("Värdena varierar {sigma} gånger så mycket som fördelningen säger: {better}-diagram passar bättre.");
    Some(note(NoteKind::Method, text))
}

/// A goal that nothing can be said about.
fn goal(chart: &Spc, drawn: &Chart) -> Option<TableNote> {
    chart.spec.goal?;
    let text = match (chart.spec.direction, drawn.last().and_then(|point| point.upper)) {
        (Direction::Neither, _) => "Om målet nås bedöms inte: det är inte sagt om högre eller lägre är bättre.",
        (_, None) => "Om målet nås bedöms inte: diagrammet har inga gränser.",
        _ => return None,
    };
    Some(note(NoteKind::Method, text.to_string()))
}

/// More reports are not worse, fewer are not better.
fn direction(chart: &Spc) -> Option<TableNote> {
    let is_neither = chart.is_counted() && chart.spec.direction == Direction::Neither;
    let text = "Signaler visas utan värdering: fler rapporter kan bero på bättre rapportering.";
    is_neither.then(|| note(NoteKind::Method, text.to_string()))
}

/// Observations that are missing or withheld; those of counts have their own notes.
fn gaps(series: &Series) -> Option<TableNote> {
    if series.notes.iter().any(|note| note.kind == NoteKind::Missing) {
        return None;
    }
    let gaps = series.places.iter().filter(|place| place.datum.is_err());
    let labels: Vec<String> = gaps.map(|place| place.label.clone()).collect();
    let ranges = if is_missing_everywhere(series) { "" } else { " Mönster räknas inte över ett uppehåll." };
    listed_note(NoteKind::Missing, &labels, |listed| format!("Utan värde: {listed}.{ranges}"))
}

fn is_missing_everywhere(series: &Series) -> bool {
    series.data().all(|datum| datum.is_none())
}

/// A note on some periods, all of them named if they are few.
pub(super) fn listed_note(kind: NoteKind, labels: &[String], text: impl Fn(&str) -> String) -> Option<TableNote> {
    let listed = match labels {
        [] => return None,
        few if few.len() <= MOST_NAMED => listing(few),
        [first, .., last] => format!("{} perioder, den första {first} och den sista {last}", labels.len()),
        [only] => only.clone(),
    };
    Some(note(kind, text(&listed)))
}
