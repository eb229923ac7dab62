//! Rows of events and registers: typed values, fates, lists, duplicates.

use super::*;
use crate::diagnostic::{Location, Severity};

#[test]
fn cells_become_typed_values() {
    let rows = [
        vec!["1", "2023-01-02", " 01/01/2023 ", "LEX  SARA", "1,5"],
        vec![" 2\u{a0}", "2023-01-03", "", "övrigt", " 2.50"],
        vec!["3", "2023-01-04", "2023-01-04", "", "-"],
    ];
    let outcome = run(&events(), &rows);
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
    let rows = [
        vec!["", "okänt", "okänt", "", ""],
        vec!["1", "", "", "", ""],
        vec!["1", "2023-02-30", "", "", ""],
        vec!["1", "2023-01-01", "i våras", "", ""],
        vec!["1", "2023-01-01", "2023-01-01", "", "hög"],
    ];
    let outcome = run(&events(), &rows);
    let listed: Vec<_> = outcome
        .normalised
        .rejects
        .iter()
        .map(|line| (line.row, line.column.as_deref(), line.code, line.text.as_deref()))
        .collect();
    let expected = [
        (2, Some("ID"), Code::MissingId, None),
        (3, Some("REGISTRERAD"), Code::MissingDate, None),
        (4, Some("REGISTRERAD"), Code::BadDate, Some("2023-02-30")),
        (5, Some("HANDELSE"), Code::BadDate, Some("i våras")),
        (6, Some("GRAD"), Code::BadNumber, Some("hög")),
    ];
    assert_eq!(listed, expected);
    assert_eq!(outcome.normalised.rejects[3].fate, RejectFate::RejectedRow);
    assert_eq!(outcome.normalised.rejects[4].fate, RejectFate::CellWithoutValue);
    assert_eq!(outcome.data.rows, 1);
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
    let rows = [
        vec!["1", "okänt", "2023-01-01", "", ""],
        vec!["1", "2019-01-01", "", "", ""],
        vec!["1", "2023-01-01", "", "", ""],
        vec!["1", "2023-01-01", "", "", ""],
        vec!["1", "2019-01-01", "", "", ""],
    ];
    let outcome = run(&events(), &rows);
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
    let organisation = crate::normalise::categories::tests::organisation();
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
    let rows = [
        vec!["1", "2023-01-01", "Norr; söder|NORR", "Fall, ej skada"],
        vec!["2", "2022-12-31", "gamla namnet\nNorr", "övrigt, Fall"],
        vec!["3", "2023-01-01", "gamla namnet;Norr", "-"],
        vec!["4", "2023-01-01", " ; ", ""],
        vec!["5", "2023-01-01", "Öster", "Övrigt"],
    ];
    let outcome = run(&plan, &rows);
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
fn a_cell_is_named_as_excel_names_it_once_the_sheets_columns_are_known() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (plan, abort) = (events(), AtomicBool::new(false));
    let mut normaliser =
        Normaliser::new(&plan, Vec::new(), &folder.path().join("a.parquet"), &abort).expect("the folder is there");
    normaliser.accept(&batch(0, &[vec!["1", "okänt", "", "", ""]])).expect("a bad date stops nothing");
    normaliser.learn(&SheetDoor {
        file_name: "a.csv".into(),
        sheet: None,
        rows: 2,
        tally: Tally::default(),
        columns: vec![1, 6, 3, 4, 5],
        headers: Vec::new(),
        encoding: None,
    });
    let normalised = normaliser.finish(&[]).expect("nothing stops it");
    let at: &Location = &normalised.warnings[0].at;
    assert_eq!(at.to_string(), "a.csv, cell F2 (column \"REGISTRERAD\")");
}
