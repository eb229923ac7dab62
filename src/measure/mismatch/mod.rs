//! Mismatches: yes/no answers of one municipality beside those of comparable ones, and its own of last year.
//!
//! In: this year's register of answers, one row per municipality, and last year's if the job names it. Out: one row
//! per indicator: our answer, last year's, how many of the comparable ones say yes, of how many that answered. A mark
//! is no answer: it is in neither number, and stands in the table as the kind of nothing that it is. An indicator
//! that nobody can be counted in is never a mismatch, and an answer that is missing in one of the years never a change.
//! Source: Socialstyrelsen, Öppna jämförelser; the question is the one that reports ask of it.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

use super::formula::{Counted, Formula};
use super::head::{self, column};
use super::observations::Observations;
use super::sheet::{Fields, Sheet};
use crate::diagnostic::{Code, Diagnostic, Failure, Location, nearest};
use crate::domain::spelling::fold;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableNote, TableRow, Unit, Value};
use crate::measure::mismatch::plan::{Answer, MismatchPlan};
use crate::measure::mismatch::spec::MismatchShow;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;

/// What one indicator comes to.
struct Line<'a> {
    /// Its column, and what readers see.
    name: &'a str,
    label: &'a str,
    own: (usize, Result<Answer, Nothing>),
    /// Nothing without last year; no row if we did not answer then.
    before: Option<(Option<usize>, Result<Answer, Nothing>)>,
    /// Rows of the comparable ones that say yes, and that answered.
    yes: Vec<usize>,
    answered: Vec<usize>,
}

/// The printed table.
///
/// Errors: `unknown-name` when no row of the export is `own`, or one of `comparable`; `differing-duplicate` when
/// several are.
pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &MismatchPlan,
    now: &Observations,
    before: Option<&Observations>,
) -> Result<Sheet, Failure> {
    let mut table = head::of_values(plan, measure, "svar".to_string(), plan.job.period.name_of(plan.job.year));
    table.row_headers = vec![printed!("measure-indicator")];
    let mut lines = lines(plan, measure, spec, now, before)?;
    table.n = lines.iter().filter(|line| line.own.1.is_ok()).count() as u64;
    lines.retain(|line| is_shown(line, spec));
    if spec.show == MismatchShow::Mismatches {
        // Exact shares compared by cross-multiplication; ties keep the job's order.
        lines.sort_by_key(|line| std::cmp::Reverse(share_in_millionths(line)));
    }
    let rows = lines.into_iter().map(|line| (TableRow::named(line.label, RowKind::Part), line));
    let mut sheet = Sheet::of(table, &fields(measure.source, spec), rows);
    sheet.table.notes = notes(&sheet.table);
    Ok(sheet)
}

fn fields<'f>(source: usize, spec: &'f MismatchPlan) -> Fields<'f, Line<'f>> {
    let mut fields = Fields::new();
    fields.add(column("own", &spec.own.1, Role::Text, Unit::Text), move |line: &Line| {
        Formula::read(source, Some(line.own.0), line.name, text(line.own.1))
    });
    if let Some(before) = spec.previous {
        let previous = column("own_previous", word!("measure-year-before"), Role::Text, Unit::Text);
        fields.add(previous, move |line| {
            let (row, answer) = line.before.unwrap_or((None, Err(Nothing::Missing)));
            Formula::read(before, row, line.name, text(answer))
        });
    }
    let yes = move |line: &Line| Counted::rows(source, line.yes.as_slice());
    let answered = move |line: &Line| Counted::rows(source, line.answered.as_slice());
    let numerator = column("numerator", word!("measure-comparable-yes"), Role::Numerator, Unit::Count);
    fields.add(numerator, move |line| Formula::Count(yes(line)));
    let denominator = column("denominator", word!("measure-comparable-answered"), Role::Denominator, Unit::Count);
    fields.add(denominator, move |line| Formula::Count(answered(line)));
    let share = column("share", word!("measure-share-yes"), Role::Share, head::PERCENT);
    fields.add(share, move |line| Formula::share(yes(line), answered(line)));
    fields
}

fn lines<'a>(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &'a MismatchPlan,
    now: &Observations,
    before: Option<&Observations>,
) -> Result<Vec<Line<'a>>, Failure> {
    if now.rows() == 0 {
        return Ok(Vec::new());
    }
    let areas = Areas::of(plan, measure, spec, now)?;
    let own_before = before.map(|rows| (rows, Areas::own_row(spec, rows)));
    let line = |(name, label): &'a (String, String)| {
        let answers = areas.comparable.iter().filter_map(|row| Some((*row, answer(spec, now, *row, name).ok()?)));
        let answered: Vec<(usize, Answer)> = answers.collect();
        Line {
            name,
            label,
            own: (areas.own, answer(spec, now, areas.own, name)),
            before: own_before
                .map(|(rows, row)| (row, row.map_or(Err(Nothing::Missing), |row| answer(spec, rows, row, name)))),
            yes: answered.iter().filter(|(_, answer)| *answer == Answer::Yes).map(|(row, _)| *row).collect(),
            answered: answered.into_iter().map(|(row, _)| row).collect(),
        }
    };
    Ok(spec.indicators.iter().map(line).collect())
}

/// Rows of the municipalities that are compared.
struct Areas {
    own: usize,
    comparable: Vec<usize>,
}

impl Areas {
    fn of(plan: &Plan, measure: &MeasurePlan, spec: &MismatchPlan, rows: &Observations) -> Result<Areas, Failure> {
        let names: Vec<(usize, String)> = Self::named(spec, rows);
        let mut mistakes = Vec::new();
        let mut find = |wanted: &str| {
            let found: Vec<usize> =
                names.iter().filter(|(_, name)| fold(name) == wanted).map(|(row, _)| *row).collect();
            match found.as_slice() {
                [] => mistakes.push(unknown(plan, measure, wanted, &names)),
                [_, second, ..] => mistakes.push(twice(measure, rows, wanted, *second)),
                [_] => {}
            }
            found.first().copied()
        };
        let own = find(&spec.own.0);
        let mut comparable: Vec<usize> = spec.comparable.iter().filter_map(|name| find(name)).collect();
        if spec.comparable.is_empty() {
            comparable = names.iter().filter(|(_, name)| fold(name) != spec.own.0).map(|(row, _)| *row).collect();
        }
        match own {
            Some(own) if mistakes.is_empty() => Ok(Areas { own, comparable }),
            _ => Err(Failure::fixable(mistakes)),
        }
    }

    fn named(spec: &MismatchPlan, rows: &Observations) -> Vec<(usize, String)> {
        let names = (0..rows.rows()).filter_map(|row| Some((row, rows.text(row, &spec.area)?.into_owned())));
        names.collect()
    }

    /// Our own row of last year's export; a municipality that did not answer then has none.
    fn own_row(spec: &MismatchPlan, rows: &Observations) -> Option<usize> {
        Self::named(spec, rows).into_iter().find(|(_, name)| fold(name) == spec.own.0).map(|(row, _)| row)
    }
}

fn unknown(plan: &Plan, measure: &MeasurePlan, wanted: &str, names: &[(usize, String)]) -> Diagnostic {
    let folded: Vec<String> = names.iter().map(|(_, name)| fold(name)).collect();
    let near = nearest(wanted, folded.iter().map(String::as_str));
    let near = near.map_or(String::new(), |near| say!("measure-did-you-mean", near));
    let source = &plan.sources[measure.source].name;
    let message = say!("measure-no-row-is-called", name = measure.name, wanted, source, near);
    let at = Location::File { file: plan.job.file.clone() };
    Diagnostic::error(Code::UnknownName, message, at).help(say!("measure-write-as-export-spells"))
}

fn twice(measure: &MeasurePlan, rows: &Observations, wanted: &str, row: usize) -> Diagnostic {
    let (row, at) = rows.origin(row);
    let message = say!("measure-second-row-of", row, wanted, name = measure.name);
    Diagnostic::error(Code::DifferingDuplicate, message, at).help(say!("measure-remove-one-of-the-rows"))
}

/// A cell's answer, or what its mark means. A text that is neither counts as missing.
fn answer(spec: &MismatchPlan, rows: &Observations, row: usize, name: &str) -> Result<Answer, Nothing> {
    let text = rows.text(row, name).map(|text| fold(&text)).unwrap_or_default();
    match spec.answers.get(&text) {
        Some(answer) => Ok(*answer),
        None => Err(spec.marks.get(&text).copied().unwrap_or(Nothing::Missing)),
    }
}

fn is_shown(line: &Line, spec: &MismatchPlan) -> bool {
    match spec.show {
        MismatchShow::All => true,
        MismatchShow::Mismatches => is_mismatch(line, spec.at_least),
        MismatchShow::Changed => matches!((line.own.1, line.before), (Ok(now), Some((_, Ok(before)))) if now != before),
    }
}

/// Our answer is no or partly, and enough of the comparable ones that answered say yes.
fn is_mismatch(line: &Line, at_least: f64) -> bool {
    let lacking = matches!(line.own.1, Ok(Answer::No | Answer::Partly));
    lacking && !line.yes.is_empty() && line.yes.len() as f64 >= at_least * line.answered.len() as f64
}

fn share_in_millionths(line: &Line) -> u64 {
    (line.yes.len() as u64 * 1_000_000).checked_div(line.answered.len() as u64).unwrap_or(0)
}

fn text(answer: Result<Answer, Nothing>) -> Value {
    match answer {
        Ok(Answer::Yes) => Value::Text("ja".to_string()),
        Ok(Answer::Partly) => Value::Text("delvis".to_string()),
        Ok(Answer::No) => Value::Text("nej".to_string()),
        Err(nothing) => Value::Nothing(nothing),
    }
}

/// Says how many answers the shares rest on when they differ from row to row.
fn notes(table: &MeasureTable) -> Vec<TableNote> {
    let Some(column) = table.column("denominator") else { return Vec::new() };
    let answered = table.rows.iter().filter_map(|row| match row.values.get(column) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    });
    let (least, most) = answered.fold((i64::MAX, 0), |(least, most), count| (least.min(count), most.max(count)));
    if least >= most {
        return Vec::new();
    }
    let text = printed!("measure-mismatch-shares-note", least = swedish::integer(least), most = swedish::integer(most));
    vec![TableNote { kind: NoteKind::Missing, text }]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::measure::fixtures::{self, keys, open, printed};
    use crate::measure::plan::MeasureKind;
    use crate::store::Dataset;
    use crate::vocabulary::spec::SourceKind;

    const NOW: [[&str; 4]; 5] = [
        ["Vår", "Nej", "Delvis", "X"],
        ["Alby", "Ja", "Ja", "Ja"],
        ["Berg", "Ja", "Nej", "Ja"],
        ["Dal", "Ja", "-", "Nej"],
        ["Ek", "..", "Ja", "Ja"],
    ];

    const BEFORE: [[&str; 4]; 2] = [["VÅR ", "Ja", "Delvis", "Nej"], ["Alby", "Nej", "Nej", "Nej"]];

    fn spec(show: MismatchShow, comparable: &[&str]) -> MismatchPlan {
        let answers = [("ja", Answer::Yes), ("nej", Answer::No), ("delvis", Answer::Partly)];
        let marks = [("x", Nothing::Withheld), ("..", Nothing::Withheld), ("-", Nothing::Missing)];
        MismatchPlan {
            previous: Some(1),
            area: "kommun".into(),
            own: ("vår".into(), "Vår".into()),
            comparable: comparable.iter().map(|name| fold(name)).collect(),
            indicators: ["a", "b", "c"].map(|name| (name.to_string(), name.to_uppercase())).to_vec(),
            show,
            at_least: 0.5,
            answers: answers.map(|(word, answer)| (word.to_string(), answer)).into(),
            marks: marks.map(|(mark, meaning)| (mark.to_string(), meaning)).into(),
        }
    }

    fn compute(spec: MismatchPlan, before: &[[&str; 4]]) -> Result<MeasureTable, Failure> {
        let columns = || vec![open("kommun"), open("a"), open("b"), open("c")];
        let mut plan = fixtures::plan_of(fixtures::source("oj", SourceKind::Register, columns()));
        let data: Dataset = fixtures::rows(&plan, &NOW);
        let earlier: Dataset = fixtures::rows(&plan, before);
        plan.sources.push(fixtures::source("oj_forra", SourceKind::Register, columns()));
        plan.measures = vec![fixtures::measure("mismatch.oj", MeasureKind::Mismatch(spec))];
        let data = BTreeMap::from([("oj".to_string(), data), ("oj_forra".to_string(), earlier)]);
        let mut tables = crate::measure::fixtures::compute(&plan, &Default::default(), &data)?;
        Ok(tables.remove(0))
    }

    #[test]
    fn our_no_where_others_say_yes_comes_with_how_many_of_how_many() {
        let table = compute(spec(MismatchShow::Mismatches, &[]), &BEFORE).expect("a table");
        assert_eq!(keys(&table), ["own", "own_previous", "numerator", "denominator", "share"]);
        assert_eq!(printed(&table), ["A: 'nej' 'ja' 3 3 3/3", "B: 'delvis' 'delvis' 2 3 2/3"]);
    }

    #[test]
    fn a_change_needs_an_answer_in_both_years() {
        let changed = compute(spec(MismatchShow::Changed, &[]), &BEFORE).expect("a table");
        assert_eq!(printed(&changed), ["A: 'nej' 'ja' 3 3 3/3"]);
        let none = compute(spec(MismatchShow::Changed, &[]), &[]).expect("a table");
        assert!(none.rows.is_empty());
    }

    #[test]
    fn marks_are_no_answers_and_keep_their_kind() {
        let table = compute(spec(MismatchShow::All, &["Dal", "Ek"]), &BEFORE).expect("a table");
        assert_eq!(printed(&table), ["A: 'nej' 'ja' 1 1 1/1", "B: 'delvis' 'delvis' 1 1 1/1", "C: .. 'nej' 1 2 1/2"]);
        assert_eq!(table.n, 2);
        assert!(table.notes[0].text.contains("1 till 2"), "{:?}", table.notes);
    }

    #[test]
    fn a_share_that_must_be_larger_leaves_a_row_out() {
        let table = compute(MismatchPlan { at_least: 0.9, ..spec(MismatchShow::Mismatches, &[]) }, &BEFORE);
        assert_eq!(printed(&table.expect("a table")).len(), 1);
    }

    #[test]
    fn a_municipality_that_the_export_does_not_name_is_a_mistake() {
        let failure = compute(spec(MismatchShow::All, &["Albi", "Dal"]), &BEFORE).expect_err("no Albi");
        assert_eq!(failure.diagnostics.len(), 1);
        assert!(failure.diagnostics[0].message.contains("did you mean `alby`"), "{}", failure.diagnostics[0].message);
    }
}
