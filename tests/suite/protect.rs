//! Small counts: tables that come from elsewhere, attacked from outside, and a whole report of which nothing falls.
//!
//! A case is a folder `tests/cases/protect/<case>/` with `table.csv`, perhaps `arguments.txt`, and `expected.txt`: exit
//! code, what is said, and the table that comes back.

use std::collections::BTreeMap;
use std::path::Path;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

use crate::kit::bench::root;
use crate::kit::{Bench, Run, Sheet, Told, case, kvalis, plan, run_plan, sample};

fn protect(table: &Path, arguments: &[&str]) -> Told {
    let table = table.to_string_lossy();
    let all: Vec<&str> = ["protect", &*table].iter().chain(arguments).copied().collect();
    kvalis(root(), &all)
}

fn check(case: &Path) {
    let table = case.join("table.csv");
    let arguments = std::fs::read_to_string(case.join("arguments.txt")).unwrap_or_default();
    let told = protect(&table, &arguments.split_whitespace().collect::<Vec<_>>());
    let bytes = &told.output.stdout;
    let latin = || bytes.iter().map(|byte| char::from(*byte)).collect();
    let printed = String::from_utf8(bytes.clone()).unwrap_or_else(|_| latin()).replace('\r', "\\r");
    let said = told.err().replace(&*table.to_string_lossy(), "table.csv");
    case::expects(&case.join("expected.txt"), &format!("exit {}\n{said}---\n{printed}", told.code()));
    compare_all_but_marks(&std::fs::read(&table).expect("a table"), bytes);
}

/// What comes back is what went in, byte for byte, but for digits that became a mark.
fn compare_all_but_marks(before: &[u8], after: &[u8]) {
    let (mut one, mut other) = (0, 0);
    while other < after.len() {
        if after[other] == b'*' && before.get(one) != Some(&b'*') {
            other += 1;
            let number = before[one..].iter().take_while(|byte| !b";\t,|)(\r\n\"".contains(byte)).count();
            one += number - before[one..one + number].iter().rev().take_while(|byte| **byte == b' ').count();
        } else {
            assert_eq!(before.get(one), Some(&after[other]), "byte {other} of the protected table");
            (one, other) = (one + 1, other + 1);
        }
    }
    assert!(after.is_empty() || one == before.len());
}

cases! { "protect", check:
    distinct distinct_impossible empty hidden_already no_totals not_a_count too_long_row totals_differ two_years windows_1252
}

// --- an attack from outside ------------------------------------------------------------------------------------------

/// A table of 40 units and 9 kinds, many of its counts small, with last year's in parentheses.
fn large_table() -> String {
    let mut state = 2_463_534_242_u32;
    let mut next = |most: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % most
    };
    let mut rows: Vec<Vec<[u32; 2]>> = (0..40)
        .map(|_| {
            let size = 10 + next(40);
            (0..9).map(|_| [next(size), next(size)]).collect()
        })
        .collect();
    let add = |one: [u32; 2], other: [u32; 2]| [one[0] + other[0], one[1] + other[1]];
    rows.iter_mut().for_each(|row| row.push(row.iter().copied().fold([0, 0], add)));
    rows.push((0..10).map(|column| rows.iter().map(|row| row[column]).fold([0, 0], add)).collect());
    let header: Vec<String> = (1..=9).map(|kind| format!("Typ {kind}")).collect();
    let mut text = format!("Enhet;{};Totalt\n", header.join(";"));
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|[this, last]| format!("{this} ({last})")).collect();
        let label = if index == 40 { "Totalt".to_string() } else { format!("Enhet {}", index + 1) };
        text.push_str(&format!("{label};{}\n", cells.join(";")));
    }
    text
}

/// The numbers of one year in a protected table; `None` where a mark stands. Totals last.
fn grid(text: &str, last_year: bool) -> Vec<Vec<Option<f64>>> {
    let cell = |cell: &str| {
        let (this, last) = cell.split_once(" (").expect("two years");
        let part = if last_year { last.trim_end_matches(')') } else { this };
        part.parse().ok()
    };
    text.lines().skip(1).map(|line| line.split(';').skip(1).map(cell).collect()).collect()
}

/// Smallest and largest value of a marked cell over all fillings of the table that add up and are nowhere negative.
fn attacked(grid: &[Vec<Option<f64>>], target: (usize, usize), direction: OptimizationDirection) -> f64 {
    let (rows, columns) = (grid.len(), grid[0].len());
    let mut problem = Problem::new(direction);
    let cells: Vec<Vec<_>> = (0..rows)
        .map(|row| {
            (0..columns)
                .map(|column| {
                    let wanted = f64::from(u8::from((row, column) == target));
                    let bounds = grid[row][column].map_or((0.0, f64::INFINITY), |known| (known, known));
                    problem.add_var(wanted, bounds)
                })
                .collect()
        })
        .collect();
    let sign = |index: usize, count: usize| if index + 1 == count { -1.0 } else { 1.0 };
    for row in &cells {
        let terms = row.iter().enumerate().map(|(column, cell)| (*cell, sign(column, columns)));
        problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
    }
    for column in 0..columns {
        let terms = cells.iter().enumerate().map(|(row, cells)| (cells[column], sign(row, rows)));
        problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
    }
    match problem.solve() {
        Ok(outcome) => outcome.into_solution().expect("solved").objective(),
        Err(Error::Unbounded) => f64::INFINITY,
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn every_interval_of_the_proof_is_what_an_attacker_finds_and_wide_enough() {
    let bench = Bench::new();
    bench.write("table.csv", large_table());
    let proof = protect(&bench.path("table.csv"), &["--json", "--quiet"]).exits(0).json();
    assert_eq!(proof["fewest"], true);
    let text = proof["table"].as_str().expect("a table");
    let hidden = proof["hidden"].as_array().expect("a list");
    let marks = text.matches('*').count();
    assert_eq!(marks, hidden.len());
    assert!(marks > 80, "{marks} marks");
    for (index, proved) in hidden.iter().enumerate().filter(|(index, _)| index % 7 == 0) {
        let grid = grid(text, proved["year"] == "last");
        let at = |key: &str| proved[key].as_str().expect("a label").rsplit(' ').next().expect("a word").to_string();
        let row = at("row").parse::<usize>().map_or(40, |number| number - 1);
        let column = at("column").parse::<usize>().map_or(9, |number| number - 1);
        assert_eq!(grid[row][column], None, "{proved} of {index}");
        let lower = attacked(&grid, (row, column), OptimizationDirection::Minimize);
        let upper = attacked(&grid, (row, column), OptimizationDirection::Maximize);
        assert!((lower - proved["lower"].as_f64().expect("a number")).abs() < 1e-6, "{proved}: {lower}");
        assert!((upper - proved["upper"].as_f64().unwrap_or(f64::INFINITY)).abs() < 1e-6 || upper.is_infinite());
        assert!(upper - lower >= 4.0 - 1e-6, "{proved}");
    }
}

#[test]
fn a_proof_never_tells_the_number_and_a_file_can_take_the_table() {
    let bench = Bench::new();
    let (table, out) = (case::folder("protect", "two-years").join("table.csv"), bench.path("out.csv"));
    let proof = protect(&table, &["--json", "--out", &out.to_string_lossy()]).json();
    assert!(proof.get("table").is_none());
    let keys: Vec<&String> = proof["hidden"][0].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["row", "column", "year", "kind", "lower", "upper", "width"]);
    assert_eq!(bench.read("out.csv"), protect(&table, &[]).out());
}

// --- a whole report --------------------------------------------------------------------------------------------------

/// The cells of a run's table by row labels and column.
fn cells(run: &Run, stem: &str) -> BTreeMap<(Vec<String>, String), String> {
    let Sheet { header, records } = run.table(stem);
    let levels = header.iter().take_while(|name| name.chars().next().is_some_and(char::is_uppercase)).count();
    let cells = records.iter().flat_map(|record| {
        let labels = record[..levels].to_vec();
        let columns = levels..record.len();
        columns.map(move |column| (labels.clone(), column, record[column].clone()))
    });
    cells.map(|(labels, column, text)| ((labels, header[column].clone()), text)).collect()
}

fn is_count(column: &str) -> bool {
    ["current", "previous", "total", "numerator", "denominator"].contains(&column) || column.contains('=')
}

#[test]
fn no_small_count_of_the_sample_reaches_any_file() {
    let protected = sample("skyddad");
    let mut open = plan("skyddad");
    open.protect = None;
    open.chapters.clear();
    let open = run_plan(&open, 2).expect("the same job, unprotected");
    let (mut small, mut hidden, mut shown) = (0, 0, 0);
    for measure in plan("skyddad").measured.measures {
        let stem = kvalis::domain::table::file_stem(&measure.name);
        let masked = cells(protected, &stem);
        for (place, truth) in cells(&open, &stem) {
            let (printed, number) = (&masked[&place], truth.parse::<i64>().ok());
            let is_small = is_count(&place.1) && number.is_some_and(|number| 0 < number && number < 5);
            assert!(!is_small || printed == "..", "{stem} {place:?}: {truth} is printed as {printed}");
            assert!(printed == ".." || *printed == truth || printed.is_empty(), "{stem} {place:?}");
            small += usize::from(is_small);
            hidden += usize::from(printed == "..");
            shown += usize::from(is_count(&place.1) && *printed == truth);
        }
    }
    assert!(small > 50 && hidden > small && shown > 100, "{small} small, {hidden} hidden, {shown} shown");
    let digits = |text: &str, open: &str| {
        let cells = text.split(open).skip(1).filter_map(|rest| rest.split_once('>'));
        cells.filter_map(|(_, rest)| rest.split('<').next()).any(|text| ["1", "2", "3", "4"].contains(&text.trim()))
    };
    assert!(!digits(&protected.read("report.html"), "<td"), "a small count in a cell of the report");
    for figure in std::fs::read_dir(protected.folder.join("figures")).expect("figures").flatten() {
        let (name, path) = (figure.file_name().to_string_lossy().into_owned(), figure.path());
        if name.ends_with(".svg") && !name.starts_with("line") {
            assert!(!digits(&std::fs::read_to_string(path).expect("SVG"), "<text"), "a small count in {name}");
        }
    }
    let html = protected.read("report.html");
    assert!(html.contains("Små antal är dolda"), "readers are told");
}

#[test]
fn what_is_hidden_is_told_with_its_reason_and_the_manifest_says_what_may_leave_the_house() {
    let run = sample("skyddad");
    assert!(run.summary.hidden.iter().any(|hidden| hidden.reason == kvalis::protect::Reason::Primary));
    for hidden in &run.summary.hidden {
        assert!(hidden.interval.width().is_none_or(|width| width >= 4.0), "{hidden:?}");
    }
    let manifest = run.json("manifest.json");
    assert_eq!(manifest["protection"]["threshold"], 5);
    assert_eq!(manifest["protection"]["internal"][0], "data/");
}

#[test]
fn a_sentence_that_names_a_hidden_number_stops_the_run_with_file_and_line() {
    let bench = Bench::new();
    let template = "Ett antal: {{ value(\"breakdown.lex_sarah_bedomning\", row=\"Vuxna\", column=\"total\") }}.\n";
    bench.write("kapitel.md", template);
    let mut plan = plan("skyddad");
    plan.job.templates = bench.folder().to_path_buf();
    plan.chapters.truncate(1);
    plan.chapters[0].template = "kapitel.md".to_string();
    plan.key_numbers.clear();
    let failure = bench.run_as("run", &plan).err().expect("the run must stop");
    let told = kvalis::cli::render(&failure.diagnostics, false);
    assert!(told.contains("it is withheld") && told.contains("kapitel.md:1"), "{told}");
}
