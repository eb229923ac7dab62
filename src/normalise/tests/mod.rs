//! Whole batches through the step: what comes out of Parquet, which fates rows have, what is listed and counted.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::rejects::RejectFate;
use super::*;
use crate::diagnostic::Code;
use crate::domain::balance::Fate;
use crate::domain::period::{PeriodRule, date_of};
use crate::domain::spelling::fold;
use crate::domain::table::Nothing;
use crate::ingest::{RawCell, TextEncoding};
use crate::store::{Dataset, PlainColumn};
use crate::vocabulary::fixtures;
use crate::vocabulary::plan::{CategoryPlan, ColumnKindPlan, ColumnPlan};
use crate::vocabulary::spec::OutsidePeriod;

mod census;
mod cubes;
mod observations;
mod personal;
mod rows;

const KVALITETSAR: PeriodRule = PeriodRule { first_month: 9, named_after_end: true };

fn source(kind: SourceKind, columns: Vec<ColumnPlan>) -> SourcePlan {
    let job_window = (KVALITETSAR.days_of(2022).0, KVALITETSAR.days_of(2023).1);
    let title = "Avvikelser".into();
    SourcePlan { title, job_window, period: KVALITETSAR, ..fixtures::source("avvikelser", kind, columns) }
}

fn column(name: &str, kind: ColumnKindPlan) -> ColumnPlan {
    let marks =
        [("..", Nothing::Withheld), ("x", Nothing::Withheld), ("-", Nothing::Missing), (".", Nothing::NotApplicable)];
    let missing = marks.into_iter().map(|(mark, nothing)| (mark.to_string(), nothing)).collect();
    ColumnPlan { headers: vec![name.to_uppercase()], missing, ..fixtures::column(name, kind) }
}

fn date(name: &str) -> ColumnPlan {
    column(name, ColumnKindPlan::Date { formats: vec!["%Y-%m-%d".into(), "%d/%m/%Y".into()] })
}

fn number(name: &str) -> ColumnPlan {
    column(name, ColumnKindPlan::Number { fraction: false })
}

fn typ() -> CategoryPlan {
    let values = ["Lex Sarah", "Fall, ej skada", "Övrigt"];
    let mut spellings: BTreeMap<String, usize> =
        values.iter().enumerate().map(|(at, value)| (fold(value), at)).collect();
    spellings.insert("lex sara".into(), 0);
    CategoryPlan { spellings, ..fixtures::categories("typ", &values, &values[2..]) }
}

fn closed(name: &str, list: CategoryPlan) -> ColumnPlan {
    column(name, ColumnKindPlan::Category(Arc::new(list)))
}

/// A batch of texts; "" is an empty cell.
fn batch(sequence: u64, rows: &[Vec<&str>]) -> RawBatch {
    let mut text = Vec::new();
    let mut cell = |content: &str| {
        let start = text.len() as u32;
        text.extend_from_slice(content.as_bytes());
        match content {
            "" => RawCell::Empty,
            _ => RawCell::Text { start, length: content.len() as u32 },
        }
    };
    let cells = rows.iter().flatten().map(|content| cell(content)).collect();
    RawBatch {
        sequence,
        file: 0,
        file_name: Arc::from("a.csv"),
        sheet: None,
        encoding: TextEncoding::Utf8,
        text,
        cells,
        width: rows.first().map_or(0, Vec::len),
        rows: (0..rows.len() as u32).map(|row| row + 2).collect(),
    }
}

struct Outcome {
    normalised: Normalised,
    data: Dataset,
    bytes: Vec<u8>,
}

fn run_all(source: &SourcePlan, batches: &[RawBatch], requests: Vec<CubeRequest>) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("a.parquet");
    let abort = AtomicBool::new(false);
    let normaliser = Normaliser::new(source, requests, &path, &abort)?;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|thread| {
                let normaliser = &normaliser;
                scope.spawn(move || {
                    batches.iter().skip(thread).step_by(3).try_for_each(|batch| normaliser.accept(batch))
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("a thread does not panic"))
    })?;
    let normalised = normaliser.finish(&[("kvalis.job".to_string(), "analyze".to_string())])?;
    let names: Vec<String> = StoredSchema::of(source).columns.into_iter().map(|column| column.name).collect();
    let data = store::read(&path, &names.iter().map(String::as_str).collect::<Vec<_>>())?;
    assert_eq!(store::rows(&path)?, data.rows as u64);
    assert_eq!(store::footer(&path)?.get("kvalis.job").map(String::as_str), Some("analyze"));
    let bytes = std::fs::read(&path).expect("the file was written");
    Ok(Outcome { normalised, data, bytes })
}

fn run(source: &SourcePlan, rows: &[Vec<&str>]) -> Outcome {
    run_all(source, &[batch(0, rows)], Vec::new()).expect("these rows stop nothing")
}

/// A column as texts: labels, lists joined by "+", days as ISO, blanks as "∅".
fn texts(data: &Dataset, name: &str) -> Vec<String> {
    let blank = || "∅".to_string();
    match &data.columns[name] {
        PlainColumn::Labels { codes, labels } => {
            codes.iter().map(|code| labels.get(*code as usize).cloned().unwrap_or_else(blank)).collect()
        }
        PlainColumn::Lists { offsets, codes, labels } => offsets
            .windows(2)
            .map(|ends| {
                let codes = &codes[ends[0] as usize..ends[1] as usize];
                codes.iter().map(|code| labels[*code as usize].clone()).collect::<Vec<_>>().join("+")
            })
            .collect(),
        PlainColumn::Days(days) => {
            days.iter().map(|day| day.map_or_else(blank, |day| date_of(day).to_string())).collect()
        }
        PlainColumn::Numbers(numbers) => {
            numbers.iter().map(|number| number.map_or_else(blank, |number| number.to_string())).collect()
        }
        PlainColumn::YesNo(answers) => {
            answers.iter().map(|answer| answer.map_or_else(blank, |yes| yes.to_string())).collect()
        }
        PlainColumn::Texts(texts) => texts.iter().map(|text| text.clone().unwrap_or_else(blank)).collect(),
        PlainColumn::Rows(rows) => rows.iter().map(u32::to_string).collect(),
    }
}

fn tally(outcome: &Outcome) -> BTreeMap<Fate, u64> {
    let fates = [
        Fate::Kept,
        Fate::Duplicate,
        Fate::OutsidePeriod,
        Fate::Rejected(Code::MissingId),
        Fate::Rejected(Code::MissingDate),
        Fate::Rejected(Code::BadDate),
        Fate::Rejected(Code::MissingValue),
        Fate::Rejected(Code::BadNumber),
    ];
    let mut all = Tally::default();
    outcome.normalised.tallies.values().for_each(|tally| all.merge(tally));
    let rows = (0..10_000).find(|rows| all.clone().close(origin(), *rows).is_ok()).expect("fewer rows than that");
    let balance = all.close(origin(), rows).expect("just tried");
    fates.into_iter().map(|fate| (fate, balance.of(fate))).filter(|(_, rows)| *rows > 0).collect()
}

fn origin() -> crate::domain::balance::Origin {
    crate::domain::balance::Origin { source: "avvikelser".into(), file: "a.csv".into(), sheet: None }
}

/// Events as in the measuring job: id, registered, occurred (blank: as registered), typ, grad.
fn events() -> SourcePlan {
    let mut columns = vec![
        column("id", ColumnKindPlan::Id),
        date("registrerad"),
        date("handelse"),
        closed("typ", typ()),
        number("grad"),
    ];
    columns[1].required = true;
    columns[2].required = true;
    columns[2].blank_from = Some(1);
    SourcePlan { period_date: Some(2), ..source(SourceKind::Events, columns) }
}
