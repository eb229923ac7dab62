//! What is said of cells, and what is kept of those with personal data in them.

use std::collections::BTreeSet;

use super::*;
use crate::domain::personal_data::Kind;

/// Stands in every cell that something can be wrong with.
const SECRET: &str = "Tolvan Hemligsson";

/// Whether a code is about a cell of an export, whose text must not be shown unless its column is safe. The codes that
/// are not about cells are those of job file, files, templates and the run. A new code has to be placed here.
fn is_about_a_cell(code: Code) -> bool {
    use Code::*;
    match code {
        MissingId | MissingDate | BadDate | MissingValue | BadNumber | BadYesNo | UnknownCategory
        | DifferingDuplicate | StatusContradiction | UnmarkedNull | OutOfScale | PersonalData => true,
        // Ingest tells these by file, sheet, row and header; `suite::personal` looks at what it says.
        TomlSyntax | UnknownKey | MissingKey | WrongType | BadValue | UnknownReference | UnusedItem | NoSuchFile
        | UnreadableFile | UnsupportedFormat | NoSuchSheet | HeaderNotFound | MissingColumn | AmbiguousColumn
        | BadEncoding | BrokenRecord | BrokenJson | MissingPage | TooLongCell | OverLimit | BadWordTemplate => false,
        // These two are about a table that is to be published, which `kvalis protect` reads.
        UnprotectedCell | TotalsDiffer => false,
        // An identical row says nothing of its content and has no message of its own.
        DuplicateRow => false,
        // A measure tells this, by what is safe of an action.
        NoLongerThere => false,
        NoRows | CheckFailed | DiffersFromPrint | NotPublished | DamagedManifest | TemplateError | UntestedWord
        | UnknownName | PeriodNotCovered | TextOfAnotherYear | FileOfAnotherYear | FileReadTwice | FileNotRead
        | NoSuchTemplate | OutputFolder | UnusableCache | ChangedSince | Locked | KeptAside | ChangedWhileRead | Io
        | Internal => false,
    }
}

/// Every code about cells.
const OF_CELLS: [Code; 11] = [
    Code::MissingId,
    Code::MissingDate,
    Code::BadDate,
    Code::MissingValue,
    Code::BadNumber,
    Code::BadYesNo,
    Code::UnknownCategory,
    Code::DifferingDuplicate,
    Code::StatusContradiction,
    Code::UnmarkedNull,
    Code::PersonalData,
];

/// Events with a column of each kind.
fn all_kinds(safe: bool) -> SourcePlan {
    let mut columns = vec![
        column("id", ColumnKindPlan::Id),
        date("datum"),
        closed("typ", typ()),
        column("svar", ColumnKindPlan::YesNo),
        number("antal"),
        column("orsak", ColumnKindPlan::OpenCategory),
        column("ort", ColumnKindPlan::OpenCategory),
        column("text", ColumnKindPlan::Text { masked: true }),
    ];
    columns[1].required = true;
    columns[5].split = vec!["|".into()];
    columns[6].required = true;
    columns.iter_mut().for_each(|column| column.safe = safe);
    SourcePlan { period_date: Some(1), ..source(SourceKind::Events, columns) }
}

fn observed(safe: bool) -> SourcePlan {
    let open = |name| column(name, ColumnKindPlan::OpenCategory);
    let mut columns =
        vec![open("indicator"), open("area"), number("period"), open("group"), open("status"), number("value")];
    columns.iter_mut().for_each(|column| column.safe = safe);
    source(SourceKind::Observations, columns)
}

/// All that a step says of the cells of these rows, and by which codes.
fn said(plan: &SourcePlan, rows: &[Vec<&str>]) -> (String, BTreeSet<Code>) {
    let diagnostics = |list: &[Diagnostic]| list.iter().map(|one| one.code).collect::<BTreeSet<Code>>();
    match run_all(plan, &[batch(0, rows)], Vec::new()) {
        Ok(outcome) => {
            let codes = diagnostics(&outcome.normalised.warnings);
            (format!("{:?}{:?}", outcome.normalised.warnings, outcome.normalised.rejects), codes)
        }
        Err(failure) => (format!("{failure:?}"), diagnostics(&failure.diagnostics)),
    }
}

fn rows_with_flaws() -> Vec<Vec<&'static str>> {
    vec![
        vec!["1", "2023-01-01", SECRET, SECRET, SECRET, "Tolvan 811218-9876", "Ort", SECRET],
        vec!["", "2023-01-01", SECRET, "", "", "", "Ort", SECRET],
        vec!["2", SECRET, SECRET, "", "", "", "Ort", SECRET],
        vec!["3", "", SECRET, "", "", "", "Ort", SECRET],
        vec!["4", "2023-01-01", SECRET, "", "", "", "", SECRET],
        vec!["1", "2023-01-02", "Övrigt", "Ja", "", "", "Ort", SECRET],
        vec!["Tolvan 811218-9876", "2023-01-02", "Övrigt", "Ja", "", "", "Ort", SECRET],
    ]
}

#[test]
fn no_message_of_any_code_shows_the_text_of_a_cell_that_is_not_safe() {
    let (mut all, mut codes) = said(&all_kinds(false), &rows_with_flaws());
    // The same, where the job says that the run stops.
    let mut stopping = all_kinds(false);
    stopping.repeated_ids = RepeatedIds::Stop;
    stopping.columns[2] = closed("typ", CategoryPlan { stop_on_unknown: true, ..typ() });
    stopping.columns[2].safe = false;
    let contradictions =
        [vec!["Tolvan", "Ort", "2023", "T", "missing", "12"], vec!["Tolvan", "Ort", "2023", "T", "", ""]];
    for (plan, rows) in [(stopping, rows_with_flaws()), (observed(false), contradictions.to_vec())] {
        let (text, more) = said(&plan, &rows);
        all.push_str(&text);
        codes.extend(more);
    }
    assert!(!all.contains("Tolvan") && !all.contains("811218"), "{all}");
    assert_eq!(codes, OF_CELLS.into_iter().collect(), "every code about cells was provoked");
    assert!(OF_CELLS.into_iter().all(is_about_a_cell));
}

#[test]
fn a_safe_column_shows_its_text_but_no_number_in_it() {
    let secret = "Tolvan 811218-9876, ring 0701740605 eller a@b.se";
    let rows =
        [vec!["1", "2023-01-01", secret, secret, secret, "", "Ort", ""], vec!["2", secret, "", "", "", "", "Ort", ""]];
    let (all, codes) = said(&all_kinds(true), &rows);
    assert!(all.contains("Tolvan [personnummer], ring [telefon] eller [e-post]"), "{all}");
    assert!(["811218", "0701740605", "a@b.se"].iter().all(|secret| !all.contains(secret)), "{all}");
    assert!(codes.contains(&Code::BadDate) && codes.contains(&Code::UnknownCategory));
}

#[test]
fn ids_that_are_somebody_are_numbered_and_stay_distinct() {
    let mut plan = all_kinds(false);
    plan.repeated_ids = RepeatedIds::SeveralRows;
    let row = |id, antal| vec![id, "2023-01-01", "Övrigt", "Ja", antal, "", "Ort", ""];
    let rows = [row("811218-9876", "1"), row("A1", "1"), row("811278-9873", "1"), row("811218-9876", "2")];
    let batches: Vec<RawBatch> =
        rows.iter().enumerate().map(|(at, row)| batch(at as u64, std::slice::from_ref(row))).collect();
    let outcome = run_all(&plan, &batches, Vec::new()).expect("a warning, no more");
    let ids = ["[personnummer] 1", "A1", "[personnummer] 2", "[personnummer] 1"];
    assert_eq!(texts(&outcome.data, "id"), ids);
    let warning = &outcome.normalised.warnings[0];
    assert_eq!((warning.code, outcome.normalised.warnings.len()), (Code::PersonalData, 1));
    assert!(warning.message.starts_with("3 cells of column \"ID\" masked"), "{}", warning.message);
}

#[test]
fn a_safe_id_stops_the_run_if_it_is_mostly_somebody() {
    let row = |id| vec![id, "2023-01-01", "Övrigt", "Ja", "", "", "Ort", ""];
    let persons = [row("811218-9876"), row("811278-9873")];
    let failure = run_all(&all_kinds(true), &[batch(0, &persons)], Vec::new()).err().expect("stopped");
    assert_eq!(failure.diagnostics[0].code, Code::PersonalData);
    let by_chance = [row("811218-9876"), row("1"), row("2"), row("3")];
    assert!(run_all(&all_kinds(true), &[batch(0, &by_chance)], Vec::new()).is_ok());
}

#[test]
fn what_would_point_out_a_person_in_a_label_is_masked_and_counted() {
    let row = |id, orsak| vec![id, "2023-01-01", "", "", "", orsak, "Storgatan 5", "bor på Storgatan 5"];
    let rows = [row("1", "Rutin|barn 811218-9876"), row("2", "barn 811278-9873"), row("3", "Rutin")];
    let outcome = run(&all_kinds(true), &rows);
    assert_eq!(texts(&outcome.data, "orsak"), ["Rutin+barn [personnummer]", "barn [personnummer]", "Rutin"]);
    // A unit is called by its street; in free text it is where somebody lives.
    assert_eq!(texts(&outcome.data, "ort"), ["Storgatan 5"; 3]);
    assert_eq!(texts(&outcome.data, "text"), ["bor på [adress]"; 3]);
    let expected = [RejectFate::MaskedCell; 2];
    assert_eq!(outcome.normalised.rejects.iter().map(|line| line.fate).collect::<Vec<_>>(), expected);
    assert_eq!(outcome.normalised.unknown_categories, 0);
}

#[test]
fn columns_with_personal_data_are_counted_by_kind() {
    let columns = PersonalColumns::default();
    let first = batch(0, &[vec!["Ring 070-174 06 05", "8112189876"], vec!["811218-9876 och 811278-9873", ""]]);
    let mut second = batch(1, &[vec!["a@b.se", "x"]]);
    second.cells[1] = RawCell::Number(8_112_189_876.0);
    [&second, &first].into_iter().for_each(|batch| columns.accept(batch));
    let door = SheetDoor {
        file_name: "a.csv".into(),
        sheet: None,
        rows: 3,
        tally: Tally::default(),
        columns: vec![4, 2],
        headers: vec!["Text".into(), "Nr 811218-9876".into()],
        encoding: None,
    };
    let file = crate::ingest::FileSeen {
        file_name: "a.csv".into(),
        bytes: 0,
        digest: String::new(),
        sheets: vec![door],
        warnings: Vec::new(),
    };
    let found = columns.finish(&[file], 1);
    let told: Vec<_> = found.iter().map(|one| (one.column, one.declared, one.filled, one.cells)).collect();
    assert_eq!(told, [(2, None, 2, [2, 0, 0, 0]), (4, Some(0), 3, [1, 1, 1, 0])]);
    assert!(!found[0].header.contains("811218"));
    assert_eq!(Kind::ALL.map(|kind| kind as usize), [0, 1, 2, 3]);
}
