//! Two runs held against each other: what differs is told once, with the cause that made it differ.

use std::fs;
use std::path::{Path, PathBuf};

use kvalis::diagnostic::{Code, Failure};
use kvalis::diff::{Cause, Cell, Comparison, TableFate, compare, json, page, summary, text};
use kvalis::job::compile::{Overrides, compile};
use kvalis::job::load::load_text;
use kvalis::run::{RunOptions, run_job};

use crate::runs::{Silent, files_below};

/// A job and its exports in a folder of their own, to be changed between runs.
struct Bench {
    folder: tempfile::TempDir,
    job: PathBuf,
}

impl Bench {
    /// The job of `tests/cases/diff`.
    fn small() -> Bench {
        Bench::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/diff"), "job.toml", "input")
    }

    /// The yearly job of the sample, without its report.
    fn sample() -> Bench {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let bench = Bench::of(&root.join("pipelines"), "analyze.toml", "../sample-data/goteborg-sydvast");
        bench.edit_job("../sample-data/goteborg-sydvast", "input");
        bench
    }

    fn of(from: &Path, job: &str, input: &str) -> Bench {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let target = folder.path().join("input");
        fs::create_dir_all(&target).expect("a folder");
        for entry in fs::read_dir(from.join(input)).expect("exports").flatten() {
            fs::copy(entry.path(), target.join(entry.file_name())).expect("copied");
        }
        fs::copy(from.join(job), folder.path().join(job)).expect("copied");
        let job = folder.path().join(job);
        Bench { folder, job }
    }

    fn edit_job(&self, from: &str, to: &str) {
        edit(&self.job, from, to);
    }

    /// Adds a record; exports in Windows-1252 get it in ASCII only.
    fn append(&self, export: &str, record: &str) {
        let path = self.folder.path().join("input").join(export);
        let mut bytes = fs::read(&path).expect("an export");
        bytes.extend(record.bytes());
        fs::write(&path, bytes).expect("written");
    }

    /// Runs the job as it stands into a folder of this name.
    fn run(&self, name: &str, year: Option<i32>) -> PathBuf {
        let file = self.job.display().to_string();
        let loaded = load_text(&file, fs::read_to_string(&self.job).expect("a job")).expect("the job loads");
        let (mut plan, _) = compile(&loaded, &Overrides { year }).expect("the job compiles");
        // The numbers are all that is compared.
        plan.chapters.clear();
        plan.charts.clear();
        let folder = self.folder.path().join(name);
        let options = RunOptions { out: Some(folder.clone()), threads: 2, fresh: true, ..RunOptions::default() };
        run_job(&plan, &options, &Silent).unwrap_or_else(|failure| panic!("the job runs: {failure:#?}"));
        folder
    }
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a text");
    assert!(text.contains(from), "{from} stands in {}", file.display());
    fs::write(file, text.replace(from, to)).expect("written");
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

/// `tests/cases/diff/<name>`; `KVALIS_BLESS=1` accepts what is found.
fn check(name: &str, found: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/diff").join(name);
    if std::env::var_os("KVALIS_BLESS").is_some() {
        fs::write(&file, found).expect("written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, expected, "not what {} says", file.display());
}

#[test]
fn the_same_run_twice_is_equal() {
    let bench = Bench::small();
    let (old, new) = (bench.run("old", None), bench.run("new", None));
    let comparison = compared(&old, &new);
    assert!(comparison.is_equal() && comparison.sources.is_empty() && comparison.keys.is_empty());
    assert!(comparison.equal >= 20, "{}", comparison.equal);
    assert_eq!(json(&comparison)["equal"], true);
    assert!(summary(&comparison).starts_with("job: equal; "));
}

#[test]
fn a_new_row_of_an_export_is_the_cause_of_every_number_that_it_is_part_of() {
    let bench = Bench::small();
    let old = bench.run("old", None);
    bench.append("rapporter.csv", "B5;2023-06-01;Söder;Läkemedel\n");
    let new = bench.run("new", None);
    let comparison = compared(&old, &new);
    assert_eq!(comparison.changed() as usize, differing_fields(&old, &new));
    for measure in &comparison.measures {
        assert_eq!(measure.causes, [Cause::Input("rapporter".into())], "{}", measure.name);
    }
    check("row_added.txt", &text(&comparison, false));
    check("row_added.json", &format!("{:#}\n", masked(json(&comparison))));
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
    let bench = Bench::sample();
    let old = bench.run("old", None);
    let row = "999999;2023-02-09;2023-02-08;X;Vuxna;Missbruksgruppen;Samverkan extern;1;1;Avslutad;;\r\n";
    bench.append("avvikelser_treserva.csv", row);
    let new = bench.run("new", None);
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
    let bench = Bench::small();
    let old = bench.run("old", None);
    let export = bench.folder.path().join("input/rapporter.csv");
    edit(&export, "A1;2022-02-01;Norr;Fall\n", "");
    edit(&export, "B1;2023-02-01;Norr;Fall", "B1;2023-02-01;Söder;Fall");
    let comparison = compared(&old, &bench.run("new", None));
    let rows = comparison.sources[0].rows.as_ref().expect("both runs have rows");
    assert_eq!((rows.added.len(), rows.removed.len(), rows.changed.len()), (0, 1, 1));
    assert_eq!(rows.changed_columns.get("enhet"), Some(&1));
    let printed = text(&comparison, true);
    assert!(!printed.contains("A1") && !printed.contains("B1"), "ids are not safe:\n{printed}");
}

#[test]
fn a_changed_key_of_the_job_is_the_cause_of_what_depends_on_it() {
    let bench = Bench::small();
    let old = bench.run("old", None);
    bench.edit_job(
        "values = [\"Fall\", \"Läkemedel\"]",
        "values = [\"Fall\", \"Medicin\"]\nsynonyms = { \"Läkemedel\" = \"Medicin\" }",
    );
    let comparison = compared(&old, &bench.run("new", None));
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
    let bench = Bench::small();
    let old = bench.run("old", None);
    bench.edit_job("[breakdown.enhet]", "[breakdown.per_enhet]");
    bench.edit_job("title = \"Risker\"\ncolumns", "title = \"Riskregister\"\ncolumns");
    let comparison = compared(&old, &bench.run("new", None));
    assert!(comparison.measures.iter().all(|measure| measure.causes == [Cause::Words]), "{comparison:#?}");
    assert_eq!(comparison.measures[0].tables[0].fate, TableFate::Renamed("breakdown.enhet".into()));
    assert_eq!(comparison.measures[1].tables[0].title_was.as_deref(), Some("Risker"));
}

#[test]
fn measures_that_came_and_went_are_told_with_their_tables() {
    let bench = Bench::small();
    let old = bench.run("old", None);
    bench.edit_job(
        "[breakdown.enhet]\nsource = \"source.rapporter\"",
        "[breakdown.annan]\nsource = \"source.rapporter\"\nearlier = 0",
    );
    let comparison = compared(&old, &bench.run("new", None));
    let fates: Vec<_> = comparison.measures.iter().map(|measure| &measure.tables[0].fate).collect();
    assert_eq!(fates, [&TableFate::Came, &TableFate::Went]);
    assert_eq!(comparison.came_or_went(), (0, 0, 2));
}

/// Makes a published table say something else, and the manifest vouch for it: what another program would have left.
fn forge(folder: &Path, table: &str, from: &str, to: &str) {
    let file = folder.join("tables").join(table);
    let digest = |file: &Path| blake3::hash(&fs::read(file).expect("a table")).to_hex().to_string();
    let before = digest(&file);
    edit(&file, from, to);
    edit(&folder.join("manifest.json"), &before, &digest(&file));
}

fn other_build(folder: &Path) {
    let text = fs::read_to_string(folder.join("manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let build = manifest["program"]["build"].as_str().expect("a build");
    edit(&folder.join("manifest.json"), build, "9.9.9+0000000000000000");
}

#[test]
fn another_build_is_a_cause_when_nothing_else_has_changed() {
    let bench = Bench::small();
    let (old, new) = (bench.run("old", None), bench.run("new", None));
    forge(&new, "breakdown-enhet.csv", "Norr;1;", "Norr;2;");
    assert_eq!(compared(&old, &new).measures[0].causes, [Cause::Unknown]);
    other_build(&new);
    let comparison = compared(&old, &new);
    assert_eq!(comparison.measures.len(), 1);
    assert_eq!(comparison.measures[0].causes, [Cause::Program]);
    let cell = &comparison.measures[0].tables[0].cells[0];
    assert_eq!((&cell.old, &cell.new, cell.difference), (&Cell::Number(1.0), &Cell::Number(2.0), Some(1.0)));
    assert!(cell.rows_came.is_empty(), "no row explains it");
}

#[test]
fn a_hidden_number_stays_hidden() {
    let bench = Bench::small();
    let old = bench.run("old", None);
    forge(&old, "breakdown-enhet.csv", "Norr;1;", "Norr;..;");
    bench.append("rapporter.csv", "B5;2023-06-01;Norr;Läkemedel\n");
    let new = bench.run("new", None);
    let comparison = compared(&old, &new);
    let cells = &comparison.measures[0].tables[0].cells;
    let cell = cells.iter().find(|cell| cell.is_hidden()).expect("a hidden cell");
    assert_eq!((cell.difference, cell.rows_came.len()), (None, 0));
}

#[test]
fn last_years_figures_are_found_in_this_years_report() {
    let bench = Bench::small();
    let old = bench.run("old", Some(2022));
    bench.append("rapporter.csv", "A9;2022-12-30;Norr;Fall\nB5;2023-06-01;Norr;Fall\n");
    let new = bench.run("new", Some(2023));
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
    check("late_report.txt", &text(&comparison, false));
}

#[test]
fn last_years_sample_is_in_this_years_unless_it_was_never_delivered() {
    let bench = Bench::sample();
    let (old, new) = (bench.run("old", Some(2022)), bench.run("new", Some(2023)));
    let comparison = compare(&old, &new, Some(2022)).expect("compared");
    assert!(comparison.equal > 200, "{}", comparison.equal);
    assert!(comparison.sources.is_empty(), "the exports are the same");
    for measure in &comparison.measures {
        assert_eq!(measure.causes, [Cause::Year { old: 2022, new: 2023 }], "{}", measure.name);
    }
    // Counts of the year are the same wherever both runs have one.
    let counts = comparison.measures.iter().filter(|measure| measure.name.starts_with("breakdown."));
    for cell in counts.flat_map(|measure| &measure.tables).flat_map(|table| &table.cells) {
        assert_eq!(cell.difference, None, "{cell:?}");
    }
    let nothing = compare(&old, &new, Some(1999)).expect_err("no such year");
    assert_eq!(code(&nothing), Code::BadValue);
}

fn code(failure: &Failure) -> Code {
    failure.diagnostics[0].code
}

#[test]
fn a_folder_that_is_no_published_run_is_refused() {
    let bench = Bench::small();
    let run = bench.run("run", None);
    let refused = |old: &Path| code(&compare(old, &run, None).expect_err("refused"));
    assert_eq!(refused(bench.folder.path()), Code::NotPublished);
    assert_eq!(refused(&bench.folder.path().join("nowhere")), Code::NotPublished);
    for (name, from, to) in [
        ("manifest.json", "\"program\"", "\"programme\""),
        ("manifest.json", "# A job small", "# A job large"),
        ("manifest.json", "tables/breakdown-typ.csv", "tables/breakdown-other.csv"),
        ("tables/breakdown-enhet.csv", "Norr", "Nord"),
    ] {
        let broken = bench.run("broken", None);
        edit(&broken.join(name), from, to);
        assert_eq!(refused(&broken), Code::DamagedManifest, "{name}: {from}");
    }
}

#[test]
fn runs_of_different_jobs_are_compared_and_it_is_said() {
    let bench = Bench::small();
    let old = bench.run("old", None);
    let other = bench.folder.path().join("annat.toml");
    fs::rename(&bench.job, &other).expect("renamed");
    let comparison = compared(&old, &Bench { job: other, ..bench }.run("new", None));
    assert!(comparison.is_equal());
    assert!(text(&comparison, false).contains("the runs are of different jobs"));
}

#[test]
fn the_page_is_in_swedish_and_reads_by_itself() {
    let bench = Bench::small();
    let old = bench.run("old", None);
    bench.append("rapporter.csv", "B5;2023-06-01;Söder;Läkemedel\n");
    let page = page(&compared(&old, &bench.run("new", None)));
    for words in ["<html lang=\"sv\">", "Jämförelse av två körningar", "Orsak: underlaget har ändrats (rapporter.csv)."]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("ny: rapporter.csv rad 9"), "the row is named");
    assert!(!page.contains("http://") || page.contains("xmlns"), "nothing is fetched");
    let folder = bench_path(&old);
    assert!(!page.contains(&folder), "no path of the machine");
}

fn bench_path(run: &Path) -> String {
    run.parent().expect("a folder").display().to_string()
}
