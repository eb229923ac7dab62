//! The matrix in words: how many risks, which ones stand highest, what has moved; or how many events in which cells.

use std::collections::BTreeMap;

use super::contents::{self, Standing};
use crate::domain::sentence::and_list;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, RowKind, Value};
use crate::job::plan::RiskScalePlan;

/// So many scores of a register are told with their risks.
const MOST_SCORES: usize = 4;

/// So many ids are told of a kind: nobody listens to hundreds.
const MOST_IDS: usize = 20;

/// The alternative text.
pub(super) fn describe(scale: &RiskScalePlan, table: &MeasureTable) -> String {
    let [probability, consequence] = scale.axes.clone().map(|axis| axis.to_lowercase());
    let steps = scale.steps;
    let is_list = contents::is_list(table);
    let counted = if is_list {
        count_of(table.rows.len(), "risk", "risker")
    } else {
        format!("{} {}", table.what, swedish::integer(i64::try_from(table.n).unwrap_or(i64::MAX)))
    };
    let opening = printed!("draw-risk-matrix", steps, probability, consequence, period = table.period, counted);
    let told = if is_list { risks(scale, table) } else { events(scale, table) };
    std::iter::once(opening).chain(told).collect::<Vec<String>>().join(" ")
}

fn count_of(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => printed!("draw-risk-none", many),
        1 => printed!("draw-risk-one", one),
        count => format!("{count} {many}"),
    }
}

fn risks(scale: &RiskScalePlan, table: &MeasureTable) -> Vec<String> {
    let mut by_score: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let mut unscored = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        match contents::number(table, index, "score") {
            Some(score) => by_score.entry(score).or_default().push(row.label.clone()),
            None => unscored.push(row.label.clone()),
        }
    }
    let mut sentences: Vec<String> = by_score
        .iter()
        .rev()
        .take(MOST_SCORES)
        .map(|(score, ids)| printed!("draw-risk-score", score, level = level(scale, *score), ids = listed(ids)))
        .collect();
    let rest: usize = by_score.values().rev().skip(MOST_SCORES).map(Vec::len).sum();
    if rest > 0 {
        sentences.push(printed!("draw-risk-lower-scores", risks = count_of(rest, "risk", "risker")));
    }
    for (standing, words) in [
        (Standing::Rose, word!("draw-risk-rose")),
        (Standing::Fell, word!("draw-risk-fell")),
        (Standing::Came, word!("draw-risk-new")),
    ] {
        let marked = (0..table.rows.len()).filter(|row| contents::standing(table, *row) == standing);
        let ids: Vec<String> = marked.map(|row| table.rows[row].label.clone()).collect();
        if !ids.is_empty() {
            sentences.push(format!("{words}: {}.", listed(&ids)));
        }
    }
    if !unscored.is_empty() {
        sentences.push(printed!("draw-risk-without-score", unscored = listed(&unscored)));
    }
    sentences
}

/// "R01, R05 och R09"; of very many the first, and how many more.
fn listed(ids: &[String]) -> String {
    match ids.len().checked_sub(MOST_IDS) {
        None | Some(0) => and_list(ids),
        Some(more) => printed!("draw-risk-and-more", shown = ids[..MOST_IDS].join(", "), more),
    }
}

/// " (Hög)"
fn level(scale: &RiskScalePlan, score: i64) -> String {
    let level = u32::try_from(score).ok().and_then(|score| scale.level_of(score));
    level.map_or_else(String::new, |level| format!(" ({})", scale.levels[level].1.to_lowercase()))
}

/// Events per level, the largest cell, and what is in no cell.
fn events(scale: &RiskScalePlan, table: &MeasureTable) -> Vec<String> {
    let mut by_level: BTreeMap<usize, i64> = BTreeMap::new();
    let mut largest: Option<(i64, u8, u8)> = None;
    for probability in 1..=scale.steps {
        for consequence in 1..=scale.steps {
            let count = contents::count(table, probability, consequence);
            if let Some(level) = scale.level_of(u32::from(probability) * u32::from(consequence)) {
                *by_level.entry(level).or_default() += count;
            }
            if largest.is_none_or(|(most, ..)| count > most) {
                largest = Some((count, probability, consequence));
            }
        }
    }
    let levels = by_level.iter().rev();
    let mut sentences: Vec<String> =
        levels.map(|(level, count)| format!("{}: {}.", scale.levels[*level].1, swedish::integer(*count))).collect();
    let [first, second] = scale.axes.clone().map(|axis| axis.to_lowercase());
    if let Some((count, probability, consequence)) = largest.filter(|(count, ..)| *count > 0) {
        let count = swedish::integer(count);
        sentences.push(printed!("draw-risk-most", count, first, probability, second, consequence));
    }
    let total = table.column("total");
    let apart = table.rows.iter().filter(|row| row.kind == RowKind::Residual);
    sentences.extend(apart.filter_map(|row| match row.values.get(total?) {
        Some(Value::Count(count)) if *count > 0 => Some(format!("{}: {}.", row.label, swedish::integer(*count))),
        _ => None,
    }));
    sentences
}
