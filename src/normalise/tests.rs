//! Whole batches through the step: what comes out of Parquet, which fates rows have, what is listed and counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Code, Severity};
use crate::domain::balance::Fate;
use crate::domain::cube::{Condition, CubeCell, Dimension, Grain, Key, Sum};
use crate::domain::period::{PeriodRule, date_of};
use crate::domain::table::Nothing;
use crate::ingest::{RawCell, TextEncoding};
use crate::job::plan::{CategoryPlan, ColumnKindPlan, ColumnPlan, Layout, Noun, OutsidePeriod, WidePlan, fold};
use crate::store::{Dataset, PlainColumn};

const KVALITETSAR: PeriodRule = PeriodRule { first_month: 9, named_after_end: true };

fn source(kind: SourceKind, columns: Vec<ColumnPlan>) -> SourcePlan {
    SourcePlan {
        name: "avvikelser".into(),
        title: "Avvikelser".into(),
        kind,
        noun: Noun { one: "avvikelse".into(), many: "avvikelser".into(), neuter: false },
        files: Vec::new(),
        layout: Layout::default(),
        period_date: None,
        outside_period: OutsidePeriod::Drop,
        repeated_ids: RepeatedIds::First,
        columns,
        wide: Vec::new(),
        fixed: Vec::new(),
        job_window: (KVALITETSAR.days_of(2022).0, KVALITETSAR.days_of(2023).1),
        period: KVALITETSAR,
    }
}

fn column(name: &str, kind: ColumnKindPlan) -> ColumnPlan {
    let marks =
        [("..", Nothing::Withheld), ("x", Nothing::Withheld), ("-", Nothing::Missing), (".", Nothing::NotApplicable)];
    ColumnPlan {
        name: name.into(),
        headers: vec![name.to_uppercase()],
        label: name.into(),
        kind,
        required: false,
        safe: true,
        split: Vec::new(),
        missing: marks.into_iter().map(|(mark, nothing)| (mark.to_string(), nothing)).collect(),
        missing_label: "Uppgift saknas".into(),
        blank_from: None,
        fill_down: false,
        derive: None,
    }
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
    CategoryPlan {
        name: "category.typ".into(),
        values: values.map(String::from).to_vec(),
        residual: vec![false, false, true],
        spellings,
        renamed: Vec::new(),
        group_of: Vec::new(),
        groups: Vec::new(),
        stop_on_unknown: false,
        unknown_label: "Okänd kategori".into(),
    }
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

#[test]
fn cells_become_typed_values() {
    let outcome = run(
        &events(),
        &[
            vec!["1", "2023-01-02", " 01/01/2023 ", "LEX  SARA", "1,5"],
            vec![" 2\u{a0}", "2023-01-03", "", "övrigt", " 2.50"],
            vec!["3", "2023-01-04", "2023-01-04", "", "-"],
        ],
    );
    assert_eq!(texts(&outcome.data, "id"), ["1", "2", "3"]);
    assert_eq!(texts(&outcome.data, "handelse"), ["2023-01-01", "2023-01-03", "2023-01-04"]);
    assert_eq!(texts(&outcome.data, "typ"), ["Lex Sarah", "Övrigt", "∅"]);
    assert_eq!(texts(&outcome.data, "grad"), ["1.5", "2.5", "∅"]);
    assert_eq!(texts(&outcome.data, "_row"), ["2", "3", "4"]);
    assert_eq!(texts(&outcome.data, "_file"), ["a.csv"; 3]);
    assert_eq!(texts(&outcome.data, "_sheet"), ["∅"; 3]);
    assert!(outcome.normalised.warnings.is_empty());
}

#[test]
fn the_first_failing_column_in_the_jobs_order_rejects_a_row() {
    let outcome = run(
        &events(),
        &[
            vec!["", "okänt", "okänt", "", ""],
            vec!["1", "", "", "", ""],
            vec!["1", "2023-02-30", "", "", ""],
            vec!["1", "2023-01-01", "i våras", "", ""],
            vec!["1", "2023-01-01", "2023-01-01", "", "hög"],
        ],
    );
    let listed: Vec<_> = outcome
        .normalised
        .rejects
        .iter()
        .map(|line| (line.row, line.column.as_deref(), line.code, line.text.as_deref()))
        .collect();
    assert_eq!(
        listed,
        [
            (2, Some("ID"), Code::MissingId, None),
            (3, Some("REGISTRERAD"), Code::MissingDate, None),
            (4, Some("REGISTRERAD"), Code::BadDate, Some("2023-02-30")),
            (5, Some("HANDELSE"), Code::BadDate, Some("i våras")),
            (6, Some("GRAD"), Code::BadNumber, Some("hög")),
        ]
    );
    assert_eq!(outcome.normalised.rejects[3].fate, RejectFate::RejectedRow);
    assert_eq!(outcome.normalised.rejects[4].fate, RejectFate::CellWithoutValue);
    assert_eq!(outcome.normalised.rows_kept, 1);
    assert_eq!(tally(&outcome).values().sum::<u64>(), 5);
}

#[test]
fn a_column_that_is_not_safe_shows_no_text() {
    let mut plan = events();
    plan.columns.iter_mut().for_each(|column| column.safe = false);
    let outcome = run(&plan, &[vec!["1", "hemligt", "", "", ""], vec!["1", "2023-01-01", "", "hemligt", "hemligt"]]);
    assert_eq!(outcome.normalised.rejects.len(), 3);
    assert!(outcome.normalised.rejects.iter().all(|line| line.text.is_none()));
    assert!(!format!("{:?}", outcome.normalised.warnings).contains("hemligt"));
}

#[test]
fn rejection_comes_before_the_period_and_the_period_before_duplicates() {
    let outcome = run(
        &events(),
        &[
            vec!["1", "okänt", "2023-01-01", "", ""],
            vec!["1", "2019-01-01", "", "", ""],
            vec!["1", "2023-01-01", "", "", ""],
            vec!["1", "2023-01-01", "", "", ""],
            vec!["1", "2019-01-01", "", "", ""],
        ],
    );
    let expected =
        [(Fate::Kept, 1), (Fate::Duplicate, 1), (Fate::OutsidePeriod, 2), (Fate::Rejected(Code::BadDate), 1)];
    assert_eq!(tally(&outcome), expected.into_iter().collect());
    assert_eq!(texts(&outcome.data, "_row"), ["4"]);
}

#[test]
fn the_window_includes_its_first_and_last_day() {
    let rows = ["2021-08-31", "2021-09-01", "2023-08-31", "2023-09-01"];
    let rows: Vec<Vec<&str>> = rows.into_iter().map(|day| vec![day, day, day, "", ""]).collect();
    let outcome = run(&events(), &rows);
    assert_eq!(texts(&outcome.data, "handelse"), ["2021-09-01", "2023-08-31"]);
    let keeping = SourcePlan { outside_period: OutsidePeriod::Keep, ..events() };
    assert_eq!(run(&keeping, &rows).data.rows, 4);
}

#[test]
fn an_identical_repetition_is_dropped_and_a_differing_one_listed() {
    let rows = [
        vec!["1", "2023-01-01", "", "Övrigt", "1"],
        vec!["1 ", "01/01/2023", "2023-01-01", " övrigt", "1,0"],
        vec!["1", "2023-01-01", "", "Övrigt", "2"],
    ];
    let outcome = run(&events(), &rows);
    assert_eq!(tally(&outcome), [(Fate::Kept, 1), (Fate::Duplicate, 2)].into_iter().collect());
    let listed: Vec<_> = outcome.normalised.rejects.iter().map(|line| (line.row, line.fate)).collect();
    assert_eq!(listed, [(4, RejectFate::DifferingDuplicate)]);
    let several = SourcePlan { repeated_ids: RepeatedIds::SeveralRows, ..events() };
    assert_eq!(texts(&run(&several, &rows).data, "grad"), ["1", "2"]);
    let stopping = SourcePlan { repeated_ids: RepeatedIds::Stop, ..events() };
    let failure = run_all(&stopping, &[batch(0, &rows)], Vec::new()).err().expect("a differing row stops this job");
    assert_eq!(
        (failure.diagnostics[0].code, failure.diagnostics[0].severity),
        (Code::DifferingDuplicate, Severity::Error)
    );
    assert!(run_all(&stopping, &[batch(0, &rows[..2])], Vec::new()).is_ok());
}

#[test]
fn unknown_spellings_fall_in_their_bucket_and_are_counted() {
    let rows: Vec<Vec<&str>> =
        ["1", "2", "3", "4", "5", "6", "7"].into_iter().map(|id| vec![id, "2023-01-01", "", "Annat", ""]).collect();
    let outcome = run(&events(), &rows);
    assert_eq!(texts(&outcome.data, "typ"), ["Okänd kategori"; 7]);
    assert_eq!(outcome.normalised.unknown_categories, 7);
    assert_eq!(outcome.normalised.rejects.len(), 5);
    assert!(outcome.normalised.rejects[4].reason.ends_with("(och 2 celler till i kolumnen)"));
    let warning = &outcome.normalised.warnings[0];
    assert!(warning.message.contains("\"Annat\" (7)"), "{}", warning.message);
    assert!(warning.more.as_deref().is_some_and(|more| more.contains("and 2 more")), "{:?}", warning.more);
    let mut stopping = events();
    stopping.columns[3] = closed("typ", CategoryPlan { stop_on_unknown: true, ..typ() });
    let failure = run_all(&stopping, &[batch(0, &rows)], Vec::new()).err().expect("an unknown value stops this job");
    assert_eq!(failure.diagnostics.len(), 1);
    assert!(failure.diagnostics[0].message.contains("\"Annat\""));
}

#[test]
fn several_values_in_a_cell_are_a_list_and_give_each_group_once() {
    let organisation = super::categories::tests::organisation();
    let mut columns = vec![
        column("id", ColumnKindPlan::Id),
        date("dag"),
        closed("enhet", organisation.clone()),
        closed("avdelning", organisation),
        closed("typ", typ()),
    ];
    columns[2].split = vec![";".into(), "|".into(), "\n".into()];
    columns[3].headers.clear();
    columns[3].derive = Some(2);
    columns[4].split = vec![",".into()];
    let plan = SourcePlan { period_date: Some(1), ..source(SourceKind::Events, columns) };
    let outcome = run(
        &plan,
        &[
            vec!["1", "2023-01-01", "Norr; söder|NORR", "Fall, ej skada"],
            vec!["2", "2022-12-31", "gamla namnet\nNorr", "övrigt, Fall"],
            vec!["3", "2023-01-01", "gamla namnet;Norr", "-"],
            vec!["4", "2023-01-01", " ; ", ""],
            vec!["5", "2023-01-01", "Öster", "Övrigt"],
        ],
    );
    assert_eq!(texts(&outcome.data, "enhet"), ["Norr+Söder", "Söder+Norr", "Norr", "", "Okänd enhet"]);
    assert_eq!(texts(&outcome.data, "avdelning"), ["Barn+Vuxna", "Vuxna+Barn", "Barn", "", "Okänd enhet"]);
    assert_eq!(texts(&outcome.data, "typ"), ["Fall, ej skada", "Övrigt+Okänd kategori", "", "", "Övrigt"]);
    assert_eq!(outcome.normalised.unknown_categories, 2);
}

#[test]
fn numbers_in_a_workbook_are_ids_years_and_dates() {
    let plan = source(
        SourceKind::Events,
        vec![
            column("id", ColumnKindPlan::Id),
            date("dag"),
            column("ivo", ColumnKindPlan::YesNo),
            number("andel"),
            column("namn", ColumnKindPlan::OpenCategory),
        ],
    );
    let cells = vec![
        RawCell::Number(167.0),
        RawCell::Number(45_169.0),
        RawCell::Bool(true),
        RawCell::PercentNumber(0.69),
        RawCell::Number(3.0),
    ];
    let error =
        vec![RawCell::Number(168.0), RawCell::Day(19_600), RawCell::Number(0.0), RawCell::Error, RawCell::Error];
    let cells = RawBatch { cells: [cells, error].concat(), ..batch(0, &[vec![""; 5], vec![""; 5]]) };
    let outcome = run_all(&plan, &[cells], Vec::new()).expect("these rows stop nothing");
    assert_eq!(texts(&outcome.data, "id"), ["167", "168"]);
    assert_eq!(texts(&outcome.data, "dag"), ["2023-08-31", "2023-08-31"]);
    assert_eq!(texts(&outcome.data, "ivo"), ["true", "false"]);
    assert_eq!(texts(&outcome.data, "andel"), ["69", "∅"]);
    assert_eq!(texts(&outcome.data, "namn"), ["3", "∅"]);
}

#[test]
fn windows_1252_and_quotes_are_undone() {
    let columns = vec![
        column("id", ColumnKindPlan::Id),
        column("enhet", ColumnKindPlan::OpenCategory),
        column("text", ColumnKindPlan::Text { masked: false }),
    ];
    let plan = source(SourceKind::Events, columns);
    let utf8 = run(&plan, &[vec!["å1", " Åsgården ", "sa \"nej\"  på  måndag "], vec!["2", "\u{a0}", " "]]);
    let bytes = b"\xe51 \xc5sg\xe5rden sa \"\"nej\"\"  p\xe5  m\xe5ndag ".to_vec();
    let cells = vec![
        RawCell::Text { start: 0, length: 2 },
        RawCell::Text { start: 2, length: 10 },
        RawCell::QuotedText { start: 12, length: bytes.len() as u32 - 12 },
        RawCell::Number(2.0),
        RawCell::Empty,
        RawCell::Empty,
    ];
    let other =
        RawBatch { text: bytes, cells, encoding: TextEncoding::Windows1252, ..batch(0, &[vec![""; 3], vec![""; 3]]) };
    let windows = run_all(&plan, &[other], Vec::new()).expect("these rows stop nothing");
    for name in ["id", "enhet", "text"] {
        assert_eq!(texts(&utf8.data, name), texts(&windows.data, name));
    }
    assert_eq!(texts(&utf8.data, "text"), ["sa \"nej\"  på  måndag", "∅"]);
}

#[test]
fn free_text_is_masked_unless_the_job_says_otherwise() {
    let text = |masked| column(if masked { "maskad" } else { "fri" }, ColumnKindPlan::Text { masked });
    let plan = source(SourceKind::Register, vec![text(true), text(false)]);
    let outcome = run(&plan, &[vec!["Ring 070-174 06 05", "Ring 070-174 06 05"], vec!["Ring ingen", ""]]);
    assert_eq!(texts(&outcome.data, "maskad"), ["Ring [telefon]", "Ring ingen"]);
    assert_eq!(texts(&outcome.data, "fri"), ["Ring 070-174 06 05", "∅"]);
}

#[test]
fn a_label_is_carried_down_its_block_but_not_into_the_next_sheet() {
    let mut columns =
        vec![column("omrade", ColumnKindPlan::OpenCategory), column("text", ColumnKindPlan::Text { masked: false })];
    columns[0].fill_down = true;
    let plan = source(SourceKind::Register, columns);
    let sheet = |name: &str, batch: RawBatch| RawBatch { sheet: Some(Arc::from(name)), ..batch };
    let batches = [
        sheet("ett", batch(0, &[vec!["", "a"], vec!["Vuxna", "b"], vec![" ", "c"]])),
        sheet("ett", batch(1, &[vec!["", "d"], vec!["Barn", "e"]])),
        sheet("två", batch(2, &[vec!["", "f"]])),
    ];
    let outcome = run_all(&plan, &batches, Vec::new()).expect("these rows stop nothing");
    assert_eq!(texts(&outcome.data, "omrade"), ["∅", "Vuxna", "Vuxna", "Vuxna", "Barn", "∅"]);
    assert_eq!(texts(&outcome.data, "_sheet"), ["ett", "ett", "ett", "ett", "ett", "två"]);
    assert_eq!(outcome.normalised.tallies.len(), 2);
}

fn wide_table() -> SourcePlan {
    let wide = |year: &str, fraction| WidePlan {
        headers: vec![year.into()],
        set: vec![("period".into(), year.into())],
        fraction,
    };
    SourcePlan {
        wide: vec![wide("2022", false), wide("2023", true)],
        fixed: vec![("area".into(), "Norrtälje".into()), ("n".into(), "43".into())],
        ..source(
            SourceKind::Observations,
            vec![
                column("indicator", ColumnKindPlan::OpenCategory),
                column("kommentar", ColumnKindPlan::Text { masked: true }),
            ],
        )
    }
}

#[test]
fn a_wide_table_gives_one_observation_a_column_and_keeps_the_kinds_of_nothing() {
    let outcome = run(
        &wide_table(),
        &[
            vec!["Svarsfrekvens", "", "44,4", "0,69"],
            vec!["Bemötande", "få svar", "..", ""],
            vec!["Inflytande", "", ".", "69 %"],
            vec!["Antal", "", "hög", "-"],
            vec!["Ny fråga", "ställs först nästa år", "", ""],
        ],
    );
    assert_eq!(texts(&outcome.data, "indicator")[..4], ["Svarsfrekvens", "Svarsfrekvens", "Bemötande", "Bemötande"]);
    assert_eq!(texts(&outcome.data, "period")[..2], ["2022", "2023"]);
    assert_eq!(texts(&outcome.data, "area"), ["Norrtälje"; 10]);
    assert_eq!(texts(&outcome.data, "n"), ["43"; 10]);
    assert_eq!(texts(&outcome.data, "group"), ["∅"; 10]);
    assert_eq!(texts(&outcome.data, "value"), ["44.4", "69", "∅", "∅", "∅", "69", "∅", "∅", "∅", "∅"]);
    let statuses = ["value", "value", "withheld", "missing", "not_applicable", "value", "missing", "missing"];
    assert_eq!(texts(&outcome.data, "status")[..8], statuses);
    assert_eq!(texts(&outcome.data, "status")[8..], ["missing"; 2]);
    assert_eq!(texts(&outcome.data, "kommentar")[2..4], ["få svar", "få svar"]);
    assert_eq!(texts(&outcome.data, "_row")[..2], ["2", "2"]);
    assert_eq!(tally(&outcome), [(Fate::Kept, 5)].into_iter().collect());
    let listed: Vec<_> =
        outcome.normalised.rejects.iter().map(|line| (line.row, line.column.as_deref(), line.code)).collect();
    assert_eq!(listed, [(5, Some("2022"), Code::BadNumber)]);
}

#[test]
fn a_status_that_contradicts_a_value_is_trusted_and_reported() {
    let names = ["indicator", "area", "period", "group"];
    let mut columns: Vec<ColumnPlan> = names.map(|name| column(name, ColumnKindPlan::OpenCategory)).to_vec();
    columns[2] = number("period");
    columns.extend([column("status", ColumnKindPlan::OpenCategory), number("value")]);
    let plan = source(SourceKind::Observations, columns);
    let outcome = run(
        &plan,
        &[
            vec!["U30447", "0188", "2022", "T", "", "69,5"],
            vec!["U30447", "0188", "2022", "K", "Privacy", "12"],
            vec!["U30447", "0188", "2022", "M", "Missing", ""],
            vec!["U30447", "0188", "2022", "M", "Not applicable", ""],
            vec!["U30447", "0188", "2022", "M", "", ""],
            vec!["U30447", "0188", "2022", "M", "-", "3"],
            vec!["U30447", "0188", "2022", "M", "", ".."],
        ],
    );
    assert_eq!(texts(&outcome.data, "period")[0], "2022");
    assert_eq!(texts(&outcome.data, "value"), ["69.5", "∅", "∅", "∅", "∅", "∅", "∅"]);
    let statuses = ["value", "withheld", "missing", "not_applicable", "missing", "missing", "withheld"];
    assert_eq!(texts(&outcome.data, "status"), statuses);
    let listed: Vec<_> = outcome.normalised.rejects.iter().map(|line| (line.row, line.code)).collect();
    assert_eq!(listed, [(3, Code::StatusContradiction), (7, Code::StatusContradiction)]);
    assert!(outcome.normalised.warnings[0].message.starts_with("2 cells"));
}

#[test]
fn a_source_without_rows_still_has_its_columns() {
    let none = run_all(&events(), &[], Vec::new()).expect("no rows stop nothing");
    assert_eq!((none.data.rows, none.data.columns.len()), (0, 8));
    let all_rejected = run(&events(), &[vec!["", "", "", "", ""]]);
    assert_eq!((all_rejected.data.rows, all_rejected.data.columns.len()), (0, 8));
}

#[test]
fn a_batch_of_another_shape_is_a_bug_and_stops_all_threads() {
    let batches = [batch(0, &[vec!["1"]]), batch(1, &[vec!["1", "2023-01-01", "", "", ""]])];
    assert!(run_all(&events(), &batches, Vec::new()).is_err());
}

#[test]
fn a_batch_without_rows_lets_those_behind_it_go_on() {
    let none = RawBatch { cells: Vec::new(), rows: Vec::new(), width: 0, file_name: Arc::from(""), ..batch(0, &[]) };
    let row = vec![vec!["1", "2023-01-01", "", "", ""]];
    let outcome = run_all(&events(), &[none, batch(1, &row)], Vec::new()).expect("no rows stop nothing");
    assert_eq!((outcome.data.rows, outcome.normalised.tallies.len()), (1, 1));
}

#[test]
fn requests_that_the_pass_cannot_count_are_refused() {
    let request = |column: &str, grain| CubeRequest {
        source: "avvikelser".into(),
        dimensions: vec![Dimension { column: column.into(), grain }],
        conditions: Vec::new(),
        sums: Vec::new(),
    };
    let refused = |plan: &SourcePlan, column, grain| run_all(plan, &[], vec![request(column, grain)]).is_err();
    let several = SourcePlan { repeated_ids: RepeatedIds::SeveralRows, ..events() };
    assert!(refused(&several, "typ", Grain::Value));
    assert!(refused(&events(), "typ", Grain::Month));
    assert!(refused(&events(), "finns inte", Grain::Value));
    assert!(!refused(&events(), "typ", Grain::Value));
}

/// Events with every kind of column that the pass can count.
fn countable_events() -> SourcePlan {
    let organisation = super::categories::tests::organisation();
    let mut columns = vec![
        column("id", ColumnKindPlan::Id),
        date("dag"),
        closed("enhet", organisation.clone()),
        closed("avdelning", organisation),
        closed("typ", typ()),
        column("status", ColumnKindPlan::OpenCategory),
        column("ivo", ColumnKindPlan::YesNo),
        number("grad"),
        column("fritext", ColumnKindPlan::Text { masked: true }),
    ];
    columns[2].split = vec![";".into()];
    columns[3].headers.clear();
    columns[3].derive = Some(2);
    SourcePlan { period_date: Some(1), ..source(SourceKind::Events, columns) }
}

fn requests() -> Vec<CubeRequest> {
    let request = |dimensions: &[(&str, Grain)], conditions: Vec<Condition>, sums: &[&str]| CubeRequest {
        source: "avvikelser".into(),
        dimensions: dimensions
            .iter()
            .map(|(column, grain)| Dimension { column: column.to_string(), grain: *grain })
            .collect(),
        conditions,
        sums: sums.iter().map(|sum| sum.to_string()).collect(),
    };
    let is = |column: &str, values: &[&str], negated| Condition {
        column: column.into(),
        values: values.iter().map(|value| value.to_string()).collect(),
        negated,
    };
    vec![
        request(&[], vec![], &[]),
        request(&[("dag", Grain::Period)], vec![], &[]),
        request(
            &[("dag", Grain::Period), ("avdelning", Grain::Value), ("enhet", Grain::Value), ("typ", Grain::Value)],
            vec![],
            &["grad"],
        ),
        request(&[("typ", Grain::Value), ("dag", Grain::Period)], vec![], &["grad"]),
        request(&[("dag", Grain::CalendarYear), ("dag", Grain::Month), ("typ", Grain::Value)], vec![], &["grad"]),
        request(&[("typ", Grain::Value)], vec![], &["grad"]),
        request(&[("enhet", Grain::Value)], vec![is("typ", &["Lex Sarah", "Uppgift saknas"], false)], &[]),
        request(&[("status", Grain::Value), ("ivo", Grain::Value)], vec![is("enhet", &["Norr"], true)], &[]),
        request(
            &[("dag", Grain::Quarter)],
            vec![is("ivo", &["Ja"], false), is("status", &["Ny", "Klar"], false)],
            &["grad"],
        ),
        request(&[], vec![is("typ", &["Okänd kategori"], false)], &[]),
        request(&[("grad", Grain::Value), ("dag", Grain::Value)], vec![], &["grad"]),
        request(&[("fritext", Grain::Value)], vec![is("grad", &["0,1", "Uppgift saknas"], true)], &[]),
        request(
            &[("dag", Grain::Month)],
            vec![is("dag", &["2023-01-01", "Uppgift saknas"], false), is("id", &["9"], true)],
            &[],
        ),
    ]
}

/// The values of a row in a dimension, as keys.
fn keys_of(data: &Dataset, row: usize, dimension: &Dimension) -> BTreeSet<Key> {
    let labels = |text: &str| match text {
        "∅" | "" => BTreeSet::from([Key::label("Uppgift saknas")]),
        text => text.split('+').map(Key::label).collect(),
    };
    match &data.columns[&dimension.column] {
        PlainColumn::Numbers(numbers) => {
            let text = numbers[row].map_or("Uppgift saknas".into(), |number| number.to_string().replace('.', ","));
            BTreeSet::from([Key::label(&text)])
        }
        PlainColumn::Days(days) if dimension.grain != Grain::Value => {
            BTreeSet::from([days[row].map_or(Key::Missing, |day| {
                Key::Number(match dimension.grain {
                    Grain::Period => KVALITETSAR.year_of(day),
                    Grain::CalendarYear => i32::from(date_of(day).year()),
                    Grain::Quarter => i32::from(KVALITETSAR.quarter_of(day)),
                    _ => i32::from(date_of(day).month()),
                })
            })])
        }
        PlainColumn::YesNo(answers) => {
            BTreeSet::from([Key::label(answers[row].map_or("Uppgift saknas", |yes| if yes { "Ja" } else { "Nej" }))])
        }
        _ => labels(&texts(data, &dimension.column)[row]),
    }
}

/// A count, and per number column how many values and their sum.
type Tallied = (u64, Vec<(u64, Sum)>);

/// The cube by going through the rows one by one.
fn brute_force(data: &Dataset, request: &CubeRequest) -> BTreeMap<Vec<Key>, CubeCell> {
    let mut cells: BTreeMap<Vec<Key>, Tallied> = BTreeMap::new();
    for row in 0..data.rows {
        let holds = |condition: &Condition| {
            let dimension = Dimension { column: condition.column.clone(), grain: Grain::Value };
            let keys = keys_of(data, row, &dimension);
            condition.values.iter().any(|value| keys.contains(&Key::label(value))) != condition.negated
        };
        if !request.conditions.iter().all(holds) {
            continue;
        }
        let mut products = vec![Vec::new()];
        for dimension in &request.dimensions {
            let keys = keys_of(data, row, dimension);
            products = products
                .into_iter()
                .flat_map(|key| keys.iter().map(move |last| [key.clone(), vec![last.clone()]].concat()))
                .collect();
        }
        for key in products {
            let (count, sums) = cells.entry(key).or_insert_with(|| (0, vec![(0, Sum::default()); request.sums.len()]));
            *count += 1;
            for (sum, name) in sums.iter_mut().zip(&request.sums) {
                if let PlainColumn::Numbers(numbers) = &data.columns[name]
                    && let Some(number) = numbers[row]
                {
                    *sum = (sum.0 + 1, sum.1.plus(number));
                }
            }
        }
    }
    let cell = |(count, sums): Tallied| CubeCell {
        count,
        sums: sums.into_iter().map(|(values, sum)| (values, sum.value())).collect(),
    };
    cells.into_iter().map(|(key, counted)| (key, cell(counted))).collect()
}

fn any_row() -> impl Strategy<Value = Vec<&'static str>> {
    let of = |texts: &'static [&'static str]| proptest::sample::select(texts);
    (
        of(&["1", "2", "3", "4", "5", "6", "7", "8", "9", " 9", ""]),
        of(&[
            "2021-09-01",
            "2022-08-31",
            "2022-09-01",
            "31/12/2022",
            "2023-01-01",
            "2023-05-17",
            "2024-01-01",
            "okänt",
            "",
        ]),
        of(&["Norr", "söder ", "Norr;Söder", "Öster", "gamla namnet", "gamla namnet; Norr", "nedlagd", "", "x"]),
        of(&["Lex Sarah", "LEX SARA", "övrigt", "Annat", "??", "-", ""]),
        of(&["Ny", "Klar", "klar", "Klar  nu", ""]),
        of(&["Ja", "nej", "x", "Vet ej", ""]),
        of(&["1", "0,1", "2.30", " 3", "hög", ".", ""]),
        of(&["Ring 070-174 06 05", " Ring ingen", "sa \"nej\"", ""]),
    )
        .prop_map(|(id, dag, enhet, typ, status, ivo, grad, fritext)| {
            vec![id, dag, enhet, typ, status, ivo, grad, fritext]
        })
}

fn in_batches(rows: &[Vec<&str>], size: usize) -> Vec<RawBatch> {
    let mut batches: Vec<RawBatch> =
        rows.chunks(size).enumerate().map(|(sequence, rows)| batch(sequence as u64, rows)).collect();
    for (index, batch) in batches.iter_mut().enumerate() {
        batch.rows.iter_mut().for_each(|row| *row += (index * size) as u32);
    }
    batches
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_row_has_one_fate(rows in proptest::collection::vec(any_row(), 1..60)) {
        let outcome = run(&countable_events(), &rows);
        prop_assert_eq!(tally(&outcome).values().sum::<u64>(), rows.len() as u64);
        prop_assert_eq!(outcome.normalised.rows_kept, outcome.data.rows as u64);
        let ids = texts(&outcome.data, "id");
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn cubes_counted_in_the_pass_are_those_of_the_rows(rows in proptest::collection::vec(any_row(), 1..60)) {
        let outcome = run_all(&countable_events(), &in_batches(&rows, 7), requests()).expect("these rows stop nothing");
        for (cube, request) in outcome.normalised.cubes.iter().zip(requests()) {
            prop_assert_eq!(&cube.cells, &brute_force(&outcome.data, &request), "{:?}", &request);
            prop_assert_eq!(&cube.request, &request);
        }
    }

    #[test]
    fn batches_of_other_sizes_change_nothing(rows in proptest::collection::vec(any_row(), 1..60), size in 1..20_usize) {
        let whole = run_all(&countable_events(), &in_batches(&rows, 60), requests()).expect("these rows stop nothing");
        let parts = run_all(&countable_events(), &in_batches(&rows, size), requests()).expect("these rows stop nothing");
        prop_assert_eq!(&whole.data, &parts.data);
        prop_assert_eq!(&whole.normalised.cubes, &parts.normalised.cubes);
        prop_assert_eq!(&whole.normalised.rejects, &parts.normalised.rejects);
        prop_assert_eq!(&whole.normalised.warnings, &parts.normalised.warnings);
        prop_assert_eq!(tally(&whole), tally(&parts));
    }

    #[test]
    fn the_same_rows_give_the_same_bytes(rows in proptest::collection::vec(any_row(), 1..60)) {
        let once = run_all(&countable_events(), &in_batches(&rows, 5), Vec::new()).expect("these rows stop nothing");
        let again = run_all(&countable_events(), &in_batches(&rows, 5), Vec::new()).expect("these rows stop nothing");
        prop_assert_eq!(once.bytes, again.bytes);
    }

    #[test]
    fn any_cell_in_any_column_is_read_without_panic(
        cells in proptest::collection::vec("[ 0-9a-zÅ;,.%\\-\u{a0}\"@]{0,12}", 8..80), windows: bool,
    ) {
        let rows: Vec<Vec<&str>> = cells.chunks_exact(8).map(|row| row.iter().map(String::as_str).collect()).collect();
        let mut batch = batch(0, &rows);
        if windows {
            batch.encoding = TextEncoding::Windows1252;
        }
        for cell in batch.cells.iter_mut().step_by(3) {
            if let RawCell::Text { start, length } = *cell {
                *cell = RawCell::QuotedText { start, length };
            }
        }
        let outcome = run_all(&countable_events(), &[batch], requests()).expect("cells stop nothing");
        prop_assert_eq!(tally(&outcome).values().sum::<u64>(), rows.len() as u64);
    }
}
