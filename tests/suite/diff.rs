//! Two runs held against each other: what differs is told once, with the cause that made it differ.

use std::fs;
use std::path::{Path, PathBuf};

use kvalis::diagnostic::{Code, Failure};
use kvalis::diff::{Cause, Cell, Comparison, TableFate, compare, json, page, summary, text};

use crate::kit::case::told;
use crate::kit::{Bench, files_below};

/// Runs the job as it stands into a folder of this name, without its report: the numbers are all that is compared.
fn run(bench: &Bench, name: &str, year: Option<i32>) -> PathBuf {
    let mut plan = bench.plan_of(year);
    plan.chapters.clear();
    plan.charts.clear();
    plan.job.texts = bench.path("inga");
    bench.run_as(name, &plan).unwrap_or_else(|failure| panic!("the job runs: {failure:#?}")).folder
}

/// A bench and the first of its runs.
fn first() -> (Bench, PathBuf) {
    let bench = Bench::case("rapporter");
    let old = run(&bench, "old", None);
    (bench, old)
}

fn compared(old: &Path, new: &Path) -> Comparison {
    compare(old, new, None).unwrap_or_else(|failure| panic!("compared: {failure:#?}"))
}

/// Fields of all published tables that differ, counted without the program: the files are of the same shape.
fn differing_fields(old: &Path, new: &Path) -> usize {
    let (old, new) = (files_below(&old.join("tables")), files_below(&new.join("tables")));
    assert_eq!(old.len(), new.len());
    let records = |bytes: &[u8]| -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(bytes);
        reader.records().flat_map(|record| record.expect("csv").iter().map(String::from).collect::<Vec<_>>()).collect()
    };
    let pairs = old.iter().map(|(name, bytes)| (records(bytes), records(&new[name])));
    pairs
        .map(|(old, new)| {
            assert_eq!(old.len(), new.len());
            old.iter().zip(&new).filter(|(old, new)| old != new).count()
        })
        .sum()
}

#[test]
fn the_same_run_twice_is_equal() {
    let bench = Bench::case("rapporter");
    let (old, new) = (run(&bench, "old", None), run(&bench, "new", None));
    let comparison = compared(&old, &new);
    assert!(comparison.is_equal() && comparison.sources.is_empty() && comparison.keys.is_empty());
    assert!(comparison.equal >= 20, "{}", comparison.equal);
    assert_eq!(json(&comparison)["equal"], true);
    assert!(summary(&comparison).starts_with("job: equal; "));
}

#[test]
fn a_new_row_of_an_export_is_the_cause_of_every_number_that_it_is_part_of() {
    let (bench, old) = first();
    bench.append("input/rapporter.csv", "B5;2023-06-01;Söder;Läkemedel\n");
    let new = run(&bench, "new", None);
    let comparison = compared(&old, &new);
    assert_eq!(comparison.changed() as usize, differing_fields(&old, &new));
    for measure in &comparison.measures {
        assert_eq!(measure.causes, [Cause::Input("rapporter".into())], "{}", measure.name);
    }
    told("diff-row-added.txt", &text(&comparison, false));
    told("diff-row-added.json", &format!("{:#}\n", masked(json(&comparison))));
}

/// The build is another with every change of the program.
fn masked(mut value: serde_json::Value) -> serde_json::Value {
    for side in ["old", "new"] {
        value[side]["build"] = "…".into();
        value[side]["version"] = "…".into();
    }
    value
}

#[test]
fn a_row_of_the_sample_changes_its_own_numbers_and_no_others() {
    let bench = Bench::sample("analyze");
    let old = run(&bench, "old", None);
    let row = "999999;2023-02-09;2023-02-08;X;Vuxna;Missbruksgruppen;Samverkan extern;1;1;Avslutad;;\r\n";
    bench.append("sample-data/goteborg-sydvast/avvikelser_treserva.csv", row);
    let new = run(&bench, "new", None);
    let comparison = compared(&old, &new);
    assert!(comparison.measures.len() > 5);
    assert_eq!(comparison.changed() as usize, differing_fields(&old, &new));
    for measure in &comparison.measures {
        assert_eq!(measure.causes, [Cause::Input("avvikelser".into())], "{}", measure.name);
    }
    let tables = comparison.measures.iter().flat_map(|measure| &measure.tables);
    let counted: Vec<_> = tables.flat_map(|table| &table.cells).filter(|cell| !cell.rows_came.is_empty()).collect();
    assert!(counted.len() > 10 && counted.iter().all(|cell| cell.difference == Some(1.0)));
    let rows: Vec<u32> = counted.iter().flat_map(|cell| &cell.rows_came).map(|row| row.row).collect();
    assert!(rows.iter().all(|row| *row == rows[0]), "{rows:?}");
}

#[test]
fn a_removed_row_and_a_changed_row_are_told_apart() {
    let (bench, old) = first();
    let export = "input/rapporter.csv";
    bench.edit(export, "A1;2022-02-01;Norr;Fall\n", "").edit(
        export,
        "B1;2023-02-01;Norr;Fall",
        "B1;2023-02-01;Söder;Fall",
    );
    let comparison = compared(&old, &run(&bench, "new", None));
    let rows = comparison.sources[0].rows.as_ref().expect("both runs have rows");
    assert_eq!((rows.added.len(), rows.removed.len(), rows.changed.len()), (0, 1, 1));
    assert_eq!(rows.changed_columns.get("enhet"), Some(&1));
    let printed = text(&comparison, true);
    assert!(!printed.contains("A1") && !printed.contains("B1"), "ids are not safe:\n{printed}");
}

#[test]
fn a_changed_key_of_the_job_is_the_cause_of_what_depends_on_it() {
    let (bench, old) = first();
    bench.edit_job(
        "values = [\"Fall\", \"Läkemedel\"]",
        "values = [\"Fall\", \"Medicin\"]\nsynonyms = { \"Läkemedel\" = \"Medicin\" }",
    );
    let comparison = compared(&old, &run(&bench, "new", None));
    let paths = |causes: &[Cause]| match causes {
        [Cause::Job(keys)] => keys.iter().map(|key| key.path.clone()).collect::<Vec<_>>(),
        causes => panic!("{causes:?}"),
    };
    // Only the measure by type prints a label of the list.
    assert_eq!(comparison.measures.len(), 1, "{:#?}", comparison.measures);
    let measure = &comparison.measures[0];
    assert_eq!(paths(&measure.causes), ["category.typ.synonyms", "category.typ.values"]);
    let table = &measure.tables[0];
    assert_eq!((&table.rows_came, &table.rows_went), (&vec!["Medicin".to_string()], &vec!["Läkemedel".to_string()]));
}

#[test]
fn a_renamed_measure_and_another_title_are_words() {
    let (bench, old) = first();
    bench.edit_job("[breakdown.enhet]", "[breakdown.per_enhet]");
    bench.edit_job("title = \"Risker\"\ncolumns", "title = \"Riskregister\"\ncolumns");
    let comparison = compared(&old, &run(&bench, "new", None));
    assert!(comparison.measures.iter().all(|measure| measure.causes == [Cause::Words]), "{comparison:#?}");
    assert_eq!(comparison.measures[0].tables[0].fate, TableFate::Renamed("breakdown.enhet".into()));
    assert_eq!(comparison.measures[1].tables[0].title_was.as_deref(), Some("Risker"));
}

#[test]
fn measures_that_came_and_went_are_told_with_their_tables() {
    let (bench, old) = first();
    bench.edit_job(
        "[breakdown.enhet]\nsource = \"source.rapporter\"",
        "[breakdown.annan]\nsource = \"source.rapporter\"\nearlier = 0",
    );
    let comparison = compared(&old, &run(&bench, "new", None));
    let fates: Vec<_> = comparison.measures.iter().map(|measure| &measure.tables[0].fate).collect();
    assert_eq!(fates, [&TableFate::Came, &TableFate::Went]);
    assert_eq!(comparison.came_or_went(), (0, 0, 2));
}

/// Makes a published table say something else, and the manifest vouch for it: what another program would have left.
fn forge(bench: &Bench, run: &str, table: &str, from: &str, to: &str) {
    let file = format!("{run}/tables/{table}");
    let digest = || blake3::hash(bench.read(&file).as_bytes()).to_hex().to_string();
    let before = digest();
    bench.edit(&file, from, to).edit(&format!("{run}/manifest.json"), &before, &digest());
}

fn other_build(bench: &Bench, run: &str) {
    let name = format!("{run}/manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(&bench.read(&name)).expect("JSON");
    let build = manifest["program"]["build"].as_str().expect("a build");
    bench.edit(&name, build, "9.9.9+0000000000000000");
}

#[test]
fn another_build_is_a_cause_when_nothing_else_has_changed() {
    let bench = Bench::case("rapporter");
    let (old, new) = (run(&bench, "old", None), run(&bench, "new", None));
    forge(&bench, "new", "breakdown-enhet.csv", "Norr;1;", "Norr;2;");
    assert_eq!(compared(&old, &new).measures[0].causes, [Cause::Unknown]);
    other_build(&bench, "new");
    let comparison = compared(&old, &new);
    assert_eq!(comparison.measures.len(), 1);
    assert_eq!(comparison.measures[0].causes, [Cause::Program]);
    let cell = &comparison.measures[0].tables[0].cells[0];
    assert_eq!((&cell.old, &cell.new, cell.difference), (&Cell::Number(1.0), &Cell::Number(2.0), Some(1.0)));
    assert!(cell.rows_came.is_empty(), "no row explains it");
}

#[test]
fn a_hidden_number_stays_hidden() {
    let (bench, old) = first();
    forge(&bench, "old", "breakdown-enhet.csv", "Norr;1;", "Norr;..;");
    bench.append("input/rapporter.csv", "B5;2023-06-01;Norr;Läkemedel\n");
    let new = run(&bench, "new", None);
    let comparison = compared(&old, &new);
    let cells = &comparison.measures[0].tables[0].cells;
    let cell = cells.iter().find(|cell| cell.is_hidden()).expect("a hidden cell");
    assert_eq!((cell.difference, cell.rows_came.len()), (None, 0));
}

#[test]
fn last_years_figures_are_found_in_this_years_report() {
    let bench = Bench::case("rapporter");
    let old = run(&bench, "old", Some(2022));
    bench.append("input/rapporter.csv", "A9;2022-12-30;Norr;Fall\nB5;2023-06-01;Norr;Fall\n");
    let new = run(&bench, "new", Some(2023));
    let comparison = compared(&old, &new);
    assert_eq!(comparison.year, Some(2022));
    let measure = &comparison.measures[0];
    assert_eq!(
        (measure.name.as_str(), measure.causes.as_slice()),
        ("breakdown.enhet", &[Cause::Input("rapporter".into())][..])
    );
    let changed: Vec<_> = measure.tables[0].cells.iter().map(|cell| (cell.row.as_str(), cell.difference)).collect();
    assert_eq!(changed, [("Norr", Some(1.0)), ("Totalt", Some(1.0))]);
    let rows: Vec<u32> = measure.tables[0].cells[0].rows_came.iter().map(|row| row.row).collect();
    assert_eq!(rows.len(), 1, "the late report of 2022, and not that of 2023");
    told("diff-late-report.txt", &text(&comparison, false));
}

#[test]
fn last_years_sample_is_in_this_years_unless_it_was_never_delivered() {
    let bench = Bench::sample("analyze");
    // Both years read the same exports, which are those of 2023 by their names and headers.
    let job = bench.read("pipelines/analyze.toml").replace("{year-1}", "2022").replace("{year-2}", "2021");
    let job = job.replace("{year}", "2023").replace("as_of = \"2023-10-15\"", "as_of = \"{year}-10-15\"");
    bench.write("pipelines/analyze.toml", job);
    let (old, new) = (run(&bench, "old", Some(2022)), run(&bench, "new", Some(2023)));
    let comparison = compare(&old, &new, Some(2022)).expect("compared");
    assert!(comparison.equal > 200, "{}", comparison.equal);
    assert!(comparison.sources.is_empty(), "the exports are the same");
    for measure in &comparison.measures {
        assert_eq!(measure.causes, [Cause::Year { old: 2022, new: 2023 }], "{}", measure.name);
        // A chart's limits are of all its months. Zero is zero, and missing missing, whichever year is run.
        let cells = measure.tables.iter().flat_map(|table| &table.cells);
        let others: Vec<_> = cells.filter(|_| !measure.name.starts_with("spc.")).collect();
        assert!(others.is_empty(), "{}: {others:?}", measure.name);
    }
    let asked = compared(&old, &new);
    assert_eq!((asked.asked_of.as_deref(), asked.is_equal()), (Some("kvalitetsår 2022"), true));
    assert!(text(&asked, false).contains("still stand? yes"));
    let nothing = compare(&old, &new, Some(1999)).expect_err("no such year");
    assert_eq!(code(&nothing), Code::BadValue);
}

fn code(failure: &Failure) -> Code {
    failure.diagnostics[0].code
}

#[test]
fn a_folder_that_is_no_published_run_is_refused() {
    let bench = Bench::case("rapporter");
    let sound = run(&bench, "run", None);
    let refused = |old: &Path| code(&compare(old, &sound, None).expect_err("refused"));
    assert_eq!(refused(bench.folder()), Code::NotPublished);
    assert_eq!(refused(&bench.path("nowhere")), Code::NotPublished);
    for (name, from, to) in [
        ("manifest.json", "\"program\"", "\"programme\""),
        ("manifest.json", "# A job small", "# A job large"),
        ("manifest.json", "tables/breakdown-typ.csv", "tables/breakdown-other.csv"),
        ("tables/breakdown-enhet.csv", "Norr", "Nord"),
    ] {
        let broken = run(&bench, "broken", None);
        bench.edit(&format!("broken/{name}"), from, to);
        assert_eq!(refused(&broken), Code::DamagedManifest, "{name}: {from}");
    }
}

#[test]
fn runs_of_different_jobs_are_compared_and_it_is_said() {
    let (bench, old) = first();
    fs::rename(bench.path("job.toml"), bench.path("annat.toml")).expect("renamed");
    let comparison = compared(&old, &run(&bench.with_job("annat.toml"), "new", None));
    assert!(comparison.is_equal());
    assert!(text(&comparison, false).contains("the runs are of different jobs"));
}

#[test]
fn the_page_is_in_swedish_and_reads_by_itself() {
    let (bench, old) = first();
    bench.append("input/rapporter.csv", "B5;2023-06-01;Söder;Läkemedel\n");
    let page = page(&compared(&old, &run(&bench, "new", None)));
    for words in ["<html lang=\"sv\">", "Jämförelse av två körningar", "Orsak: underlaget har ändrats (rapporter.csv)."]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("ny: rapporter.csv rad 9"), "the row is named");
    assert!(!page.contains("http://") || page.contains("xmlns"), "nothing is fetched");
    assert!(!page.contains(&bench.folder().display().to_string()), "no path of the machine");
}
