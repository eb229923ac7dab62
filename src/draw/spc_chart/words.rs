//! A control chart in words: level, limits, signals, what they mean, rebases, gaps.

use super::read::Reading;
use crate::domain::spc::{Label, Side};
use crate::domain::table::MeasureTable;

/// More signals than this are counted, not told one by one.
const MOST_TOLD: usize = 4;

/// "Styrdiagram: antal avvikelser per månad, … Medelvärdet är 38,5 och gränserna 12,1 och 64,9. …"
pub(super) fn describe(table: &MeasureTable) -> String {
    let reading = Reading::of(table);
    let mut sentences = vec![opening(&reading)];
    sentences.extend(level(&reading));
    sentences.extend(course(&reading));
    sentences.extend((!reading.is_withheld).then(|| signals(&reading)));
    sentences.extend(reading.variation.map(|variation| printed!("draw-spc-latest-point", word = variation.word())));
    sentences.extend(goal(&reading));
    sentences.extend(reading.phases.iter().map(|(_, text)| printed!("draw-spc-new-limits", text)));
    sentences.extend(gaps(&reading));
    sentences.join(" ")
}

fn opening(reading: &Reading) -> String {
    let points = match reading.values.iter().flatten().count() {
        1 => printed!("draw-spc-one-point"),
        points => printed!("draw-spc-points", points),
    };
    let mut about = vec![reading.table.what.trim(), reading.table.period.trim(), &points];
    about.retain(|part| !part.is_empty());
    printed!("draw-spc-alt", about = about.join(", "))
}

/// Centre and limits as they are at the end.
fn level(reading: &Reading) -> Option<String> {
    let last = reading.last()?;
    let centre = reading.written(reading.centre[last]?, "centre");
    let now = if reading.phases.is_empty() { word!("draw-spc-is") } else { word!("draw-spc-is-since") };
    let name = match reading.centre_name() {
        name if name == word!("measure-mean") => word!("draw-spc-the-mean"),
        name if name == word!("measure-median") => word!("draw-spc-the-median"),
        other => other,
    };
    let limits = match (reading.lower[last], reading.upper[last]) {
        (Some(lower), Some(upper)) => {
            printed!(
                "draw-spc-and-both-limits",
                lower = reading.written(lower, "lower"),
                upper = reading.written(upper, "upper")
            )
        }
        (None, Some(upper)) => printed!("draw-spc-and-upper-limit", upper = reading.written(upper, "upper")),
        _ => String::new(),
    };
    Some(format!("{name} {now} {centre}{limits}."))
}

fn course(reading: &Reading) -> Option<String> {
    let drawn: Vec<(usize, f64)> =
        reading.values.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?))).collect();
    let (first, last) = (drawn.first()?, drawn.last()?);
    let high = drawn.iter().rev().max_by(|one, other| one.1.total_cmp(&other.1))?;
    let low = drawn.iter().min_by(|one, other| one.1.total_cmp(&other.1))?;
    let told = |point: &(usize, f64)| {
        format!("{} ({})", reading.written(point.1, "value"), super::in_words(reading.label(point.0)))
    };
    if drawn.len() == 1 {
        return Some(format!("{}.", told(first)));
    }
    Some(printed!("draw-spc-from-to", first = told(first), last = told(last), high = told(high), low = told(low)))
}

/// Each pattern with the periods where it shows.
fn signals(reading: &Reading) -> String {
    let mut told = Vec::new();
    for label in Label::ALL {
        for side in [Side::Up, Side::Down] {
            let places: Vec<usize> =
                (0..reading.flags.len()).filter(|place| reading.flags[*place] == Some((label, side))).collect();
            if !places.is_empty() {
                told.push(format!("{} ({})", label.with_side(side), listed(reading, &places)));
            }
        }
    }
    match told.len() {
        0 => printed!("draw-spc-no-signal"),
        _ => printed!("draw-spc-signals", signals = told.join("; ")),
    }
}

fn listed(reading: &Reading, places: &[usize]) -> String {
    let label = |place: &usize| super::in_words(reading.label(*place));
    match places {
        few if few.len() <= MOST_TOLD => few.iter().map(label).collect::<Vec<_>>().join(", "),
        [first, .., last] => {
            printed!("draw-spc-points-from-to", count = places.len(), first = label(first), last = label(last))
        }
        _ => String::new(),
    }
}

fn goal(reading: &Reading) -> Option<String> {
    let goal = reading.written(reading.goal?, "goal");
    let judged = reading.assurance.map_or(String::new(), |assurance| format!(": {}", assurance.word()));
    Some(printed!("draw-spc-goal", goal, judged))
}

fn gaps(reading: &Reading) -> Option<String> {
    let gaps: Vec<usize> = (0..reading.values.len()).filter(|place| reading.values[*place].is_none()).collect();
    match gaps.as_slice() {
        [] => None,
        gaps if reading.is_withheld => Some(printed!("draw-spc-not-shown", gaps = listed(reading, gaps))),
        gaps => Some(printed!("draw-spc-without-value", gaps = listed(reading, gaps))),
    }
}
