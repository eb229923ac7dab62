//! Notes below a comparison: with whom, how the mean is made, what colour and rank say, and what is missing.

use super::cells::Titles;
use super::{Line, is_few, is_hidden};
use crate::domain::sentence::and_list;
use crate::domain::swedish::integer;
use crate::domain::table::{Direction, NoteKind, Nothing, TableNote};
use crate::measure::comparison::plan::ComparisonPlan;
use crate::measure::notes::{listing_of_many, note};

/// All notes of the table.
pub(super) fn of(spec: &ComparisonPlan, lines: &[Line], areas: &Titles) -> Vec<TableNote> {
    let mean = word!("measure-mean-is-unweighted");
    let mut notes =
        vec![note(NoteKind::Other, compared(spec, areas)), note(NoteKind::Column("mean"), mean.to_string())];
    notes.extend(few(spec, lines));
    notes.extend(nothing(lines, Nothing::Withheld, NoteKind::Withheld, word!("measure-withheld-for")));
    notes.extend(nothing(lines, Nothing::Missing, NoteKind::Missing, word!("measure-missing-for")));
    notes.extend(ranks(lines));
    if lines.iter().any(|line| line.direction != Direction::Neither) {
        notes.push(note(
            NoteKind::Column("colour"),
            printed!("measure-colour-is-rank", among = definite(&spec.among.label)),
        ));
    }
    if lines.iter().any(|line| line.women.is_ok() && line.men.is_ok()) {
        notes.push(note(NoteKind::Column("gender_difference"), word!("measure-women-less-men-is").into()));
    }
    notes.extend(scales(lines));
    notes
}

fn compared(spec: &ComparisonPlan, areas: &Titles) -> String {
    if spec.among.codes.is_empty() {
        return String::from(word!("measure-comparison-is-of-all"));
    }
    let names: Vec<String> =
        spec.among.codes.iter().map(|code| areas.title(code).unwrap_or(code).to_string()).collect();
    printed!("measure-comparison-is-of", label = spec.among.label, names = and_list(&names))
}

/// "kommuner" → "kommunerna"; a label of the job's own stays as it is.
fn definite(label: &str) -> String {
    if label == "kommuner" { "kommunerna".into() } else { label.to_string() }
}

fn few(spec: &ComparisonPlan, lines: &[Line]) -> Option<TableNote> {
    let (least, _) = spec.least?;
    let told = |(line, back): (&Line, usize)| {
        let answers = line.answers[back].filter(|answers| is_few(spec, Some(*answers)))?;
        let is_shown = if back == 0 { line.now.is_ok() } else { line.then.is_ok() };
        let year = spec.year - back as i32;
        let what = printed!("measure-of-few-answers", label = line.label, year, n = integer(answers as i64));
        (is_shown && !is_hidden(spec, Some(answers))).then_some(what)
    };
    let few: Vec<String> = lines.iter().flat_map(|line| [(line, 0), (line, 1)]).filter_map(told).collect();
    let caution = word!("measure-read-with-caution");
    (!few.is_empty()).then(|| {
        note(NoteKind::FewAnswers, printed!("measure-fewer-answers-than", least, list = listing_of_many(&few), caution))
    })
}

fn nothing(lines: &[Line], kind: Nothing, note_kind: NoteKind, words: &str) -> Option<TableNote> {
    let labels: Vec<String> =
        lines.iter().filter(|line| line.now == Err(kind)).map(|line| format!("”{}”", line.label)).collect();
    (!labels.is_empty()).then(|| note(note_kind, format!("{words} {}.", listing_of_many(&labels))))
}

/// From which end ranks are counted.
fn ranks(lines: &[Line]) -> Option<TableNote> {
    let undirected: Vec<String> = lines
        .iter()
        .filter(|line| line.direction == Direction::Neither)
        .map(|line| format!("”{}”", line.label))
        .collect();
    let text = match (undirected.is_empty(), undirected.len() == lines.len()) {
        _ if lines.is_empty() => return None,
        (true, _) => printed!("measure-one-is-best"),
        (_, true) => printed!("measure-one-is-highest"),
        _ => printed!("measure-one-is-best-but-highest", list = listing_of_many(&undirected)),
    };
    Some(note(NoteKind::Column("rank"), text))
}

fn scales(lines: &[Line]) -> Option<TableNote> {
    let changed: Vec<String> =
        lines.iter().filter(|line| line.changed_scale).map(|line| format!("”{}”", line.label)).collect();
    let words = word!("measure-scale-has-changed-for");
    (!changed.is_empty()).then(|| note(NoteKind::Other, format!("{words} {}.", listing_of_many(&changed))))
}
