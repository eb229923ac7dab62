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
    let mean = "Medelvärdet är ovägt: varje kommun väger lika, oavsett storlek.";
    let mut notes =
        vec![note(NoteKind::Other, compared(spec, areas)), note(NoteKind::Column("mean"), mean.to_string())];
    notes.extend(few(spec, lines));
    notes.extend(nothing(
        lines,
        Nothing::Withheld,
        NoteKind::Withheld,
        "Värdet är skyddat, eller för få har svarat, för",
    ));
    notes.extend(nothing(lines, Nothing::Missing, NoteKind::Missing, "Uppgift saknas för"));
    notes.extend(ranks(lines));
    if lines.iter().any(|line| line.direction != Direction::Neither) {
        notes.push(note(NoteKind::Column("colour"), format!(
            "Färgen visar platsen bland {} – bästa fjärdedelen, mittersta hälften eller sämsta fjärdedelen – och inte om resultatet är bra.",
            definite(&spec.among.label)
        )));
    }
    if lines.iter().any(|line| line.women.is_ok() && line.men.is_ok()) {
        notes.push(note(
            NoteKind::Column("gender_difference"),
            "Skillnaden mellan kvinnor och män är kvinnornas värde minus männens.".into(),
        ));
    }
    notes.extend(scales(lines));
    notes
}

fn compared(spec: &ComparisonPlan, areas: &Titles) -> String {
    if spec.among.codes.is_empty() {
        return String::from(
            "Jämförelsen gäller alla kommuner som har ett värde; riket, regioner och grupper räknas inte med.",
        );
    }
    let names: Vec<String> =
        spec.among.codes.iter().map(|code| areas.title(code).unwrap_or(code).to_string()).collect();
    format!("Jämförelsen gäller {}: {}.", spec.among.label, and_list(&names))
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
        let what = format!("”{}” {year} ({} svar)", line.label, integer(answers as i64));
        (is_shown && !is_hidden(spec, Some(answers))).then_some(what)
    };
    let few: Vec<String> = lines.iter().flat_map(|line| [(line, 0), (line, 1)]).filter_map(told).collect();
    let caution = "Resultaten är osäkra och bör läsas med försiktighet.";
    (!few.is_empty())
        .then(|| note(NoteKind::FewAnswers, format!("Färre än {least} svar: {}. {caution}", listing_of_many(&few))))
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
        (true, _) => "Plats 1 är bäst; kommuner med samma värde delar plats.".to_string(),
        (_, true) => "Plats 1 är högst; kommuner med samma värde delar plats.".to_string(),
        _ => format!(
            "Plats 1 är bäst, men högst för {}, där ingen riktning är bättre; kommuner med samma värde delar plats.",
            listing_of_many(&undirected)
        ),
    };
    Some(note(NoteKind::Column("rank"), text))
}

fn scales(lines: &[Line]) -> Option<TableNote> {
    let changed: Vec<String> =
        lines.iter().filter(|line| line.changed_scale).map(|line| format!("”{}”", line.label)).collect();
    let words = "Svarsskalan i nyckeltalets namn är inte densamma i hela serien, så att åren inte kan jämföras, för";
    (!changed.is_empty()).then(|| note(NoteKind::Other, format!("{words} {}.", listing_of_many(&changed))))
}
