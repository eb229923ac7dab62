//! Small counts: tables that come from elsewhere, attacked from outside, and a whole report of which nothing falls.
//!
//! A case is a folder `tests/cases/protect/<case>/` with `table.csv`, perhaps `arguments.txt`, and `expected.txt`: exit
//! code, what is said, and the table that comes back.

use std::path::Path;

use crate::kit::attack::{Attacker, Compared, Dice, compare};
use crate::kit::bench::root;
use crate::kit::{Bench, Sheet, Told, case, kvalis, plan, run_plan, sample};

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
    let mut dice = Dice::new();
    let mut rows: Vec<Vec<[u32; 2]>> = (0..40)
        .map(|_| {
            let size = 10 + dice.below(40);
            (0..9).map(|_| [dice.below(size), dice.below(size)]).collect()
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

/// One year of a protected table.
fn year_of(text: &str, last_year: bool) -> Sheet {
    let cell = |cell: &str| match cell.split_once(" (") {
        Some((_, last)) if last_year => last.trim_end_matches(')').to_string(),
        Some((this, _)) => this.to_string(),
        None => cell.to_string(),
    };
    let mut lines = text.lines().map(|line| line.split(';').map(cell).collect::<Vec<String>>());
    Sheet { header: lines.next().expect("a header"), records: lines.collect() }
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
    let attackers = [false, true].map(|last_year| {
        let (sheet, mut attacker) = (year_of(text, last_year), Attacker::default());
        attacker.two_way(&sheet, &sheet.header[1..].iter().map(String::as_str).collect::<Vec<&str>>());
        attacker
    });
    for proved in hidden.iter().step_by(7) {
        let attacker = &attackers[usize::from(proved["year"] == "last")];
        let at = |key: &str| proved[key].as_str().expect("a label").to_string();
        let cell = (at("row"), at("column"));
        assert!(attacker.hides(&cell), "{proved}");
        let [lower, upper] = attacker.interval(&cell);
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

fn is_count(column: &str) -> bool {
    ["current", "previous", "total", "numerator", "denominator"].contains(&column) || column.contains('=')
}

#[test]
fn no_small_count_of_the_sample_reaches_any_file() {
    let protected = sample("skyddad");
    let mut open_plan = plan("skyddad");
    open_plan.protect = None;
    open_plan.chapters.clear();
    let open = run_plan(&open_plan, 2).expect("the same job, unprotected");
    let compared = open_plan.measured.measures.iter().map(|measure| {
        let stem = kvalis::domain::table::file_stem(&measure.name);
        compare(&open.table(&stem), &protected.table(&stem), is_count)
    });
    let all: Compared = compared.sum();
    assert!(all.small > 50 && all.hidden > all.small && all.shown > 100, "{all:?}");
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
    assert_eq!(manifest["protection"]["internal"][4], "../.*.cache/");
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

#[test]
fn a_count_of_several_values_does_not_tell_one_of_them() {
    let bench = Bench::case("rapporter");
    bench.edit_job(
        "[category.typ]\nvalues = [\"Fall\", \"Läkemedel\"]",
        "[protect]\n\n[category.typ]\nvalues = [\"Fall\", \"Hot\", \"Läkemedel\", \"Rutin\"]",
    );
    bench.edit_job("columns = \"enhet\"\n", "earlier = 0\n");
    let line = "{ label = \"rör person\", of = \"rapporter\", part = { typ = [\"Fall\", \"Hot\"] } }";
    bench.append(
        "job.toml",
        &format!("\n[share.person]\nsource = \"source.rapporter\"\ntitle = \"Prov\"\nline = [{line}]\n"),
    );
    let kinds = [("Fall", 20), ("Hot", 3), ("Läkemedel", 9), ("Rutin", 8)];
    let of_kind = |(kind, count): (&'static str, usize)| {
        (0..count).map(move |number| format!("{kind}{number};2023-05-02;Norr;{kind}\n"))
    };
    bench.write(
        "input/rapporter.csv",
        format!("Nr;Dag;Enhet;Typ\n{}", kinds.into_iter().flat_map(of_kind).collect::<String>()),
    );
    let run = bench.run();
    let (share, kinds) = (run.table("share-person"), run.table("breakdown-typ"));
    assert_eq!(kinds.cell(&["Hot"], "current"), "..");
    // 23 of both less 20 of the one are 3 of the other.
    let shown = [share.cell(&["rör person"], "numerator"), kinds.cell(&["Fall"], "current")].map(|cell| cell != "..");
    assert_ne!(shown, [true, true], "{:?} {:?}", share.records, kinds.records);
}
