//! Job files and the command line: every kind of mistake with its whole message, and what the schema promises.
//!
//! A case is a folder `tests/cases/job/<case>/` with `job.toml` and `expected.txt`, what a person sees.

use std::path::Path;
use std::process::{Command, Stdio};

use kvalis::cli::render;
use kvalis::diagnostic::{Diagnostic, Failure, FailureKind};
use kvalis::job::compile::compile;
use kvalis::job::load::{LoadedJob, load_text};
use kvalis::job::plan::{ColumnKindPlan, MeasureKind, Plan};
use kvalis::job::schema::{check as check_schema, job_schema};
use kvalis::job::spec::JobSpec;
use kvalis::vocabulary::{document, spans::Path as SpanPath};

use crate::kit::bench::root;
use crate::kit::{self, Told, case};

fn text_of(case: &str) -> String {
    case::read(&case::folder("job", case).join("job.toml"))
}

fn compiled(text: &str) -> Result<(Plan, Vec<Diagnostic>), Failure> {
    compile(&loaded(text)?)
}

fn loaded(text: &str) -> Result<LoadedJob, Failure> {
    load_text("job.toml", text.to_string(), None)
}

/// Everything that a person is told about a job file.
fn told(text: &str) -> String {
    match compiled(text) {
        Ok((_, warnings)) => render(&warnings, false),
        Err(failure) => render(&failure.diagnostics, false),
    }
}

fn check(case: &Path) {
    case::expects(&case.join("expected.txt"), &told(&case::read(&case.join("job.toml"))));
}

cases! { "job", check:
    action as_of as_of_a_year_off bad_value certainty chapters charts columns comparison full head lead_time lists measures mismatch_and_needs missing_key
    names observations protect quality rate relative risk spc theme toml_syntax unknown_key unknown_reference unused_item
    wrong_type
}

#[test]
fn the_full_job_compiles_without_a_word() {
    assert_eq!(told(&text_of("full")), "");
}

#[test]
fn each_gives_one_measure_chart_and_table_per_value() {
    let (plan, _) = compiled(&text_of("full")).expect("the full job is right");
    let names: Vec<&str> = plan.measures.iter().map(|measure| measure.name.as_str()).collect();
    assert_eq!(names[..3], ["breakdown.typ_avdelning/Barn", "breakdown.typ_avdelning/Vuxna", "breakdown.enhet_typ"]);
    let first = &plan.measures[0];
    assert_eq!((first.title.as_str(), first.each_value()), ("Typer i Barn", Some("Barn")));
    let MeasureKind::Breakdown(breakdown) = &first.kind else { panic!("a breakdown compiles to a breakdown") };
    let last = breakdown.conditions.last().expect("each adds a condition");
    assert_eq!((last.column.as_str(), last.values.as_slice()), ("avdelning", &["Barn".to_string()][..]));
    let chart = plan.charts.iter().find(|chart| chart.name == "ranked_bar.typ/Vuxna").expect("one figure per value");
    assert_eq!((chart.title.as_str(), chart.measure), ("Typer, Vuxna", 1));
    assert!(plan.tables.iter().any(|table| table.name == "table.typ/Barn" && table.title == "Typer i Barn"));
}

#[test]
fn a_derived_column_holds_groups_and_members_know_theirs() {
    let (plan, _) = compiled(&text_of("full")).expect("the full job is right");
    let source = plan.source("avvikelser").expect("the source is in the plan");
    let column = |name| &source.columns[source.column(name).expect("the column is in the plan")];
    let ColumnKindPlan::Category(groups) = &column("avdelning").kind else { panic!("groups are a closed list") };
    assert_eq!((groups.name.as_str(), groups.values.len()), ("hierarchy.organisation.groups", 2));
    assert_eq!(column("avdelning").derive, source.column("enhet"));
    let enhet_typ = plan.measure("breakdown.enhet_typ").expect("the measure is in the plan");
    let MeasureKind::Breakdown(breakdown) = &enhet_typ.kind else { panic!("a breakdown compiles to a breakdown") };
    assert_eq!(breakdown.group_of.get("Mottagning").map(String::as_str), Some("Barn"));
    assert_eq!((breakdown.earlier, breakdown.columns.is_some()), (0, true));
}

#[test]
fn conditions_carry_the_canonical_spelling() {
    let text =
        text_of("full").replace("where = { typ = \"Lex Sarah\" }", "where = { typ = [\" lex  SARAH\", \"lexsarah\"] }");
    let (plan, _) = compiled(&text).expect("case, space and synonyms make no difference");
    let trend = plan.measure("trend.manad/Barn").expect("the measure is in the plan");
    let MeasureKind::Trend(trend) = &trend.kind else { panic!("a trend compiles to a trend") };
    assert_eq!(trend.conditions[0].values, ["Lex Sarah", "Lex Sarah"]);
}

#[test]
fn the_year_of_the_command_line_overrides_the_files() {
    let of_year = |year| load_text("job.toml", text_of("full"), Some(year)).and_then(|loaded| compile(&loaded));
    let (plan, _) = of_year(2021).expect("2021 is a year");
    assert_eq!((plan.job.year, plan.job.title.as_str()), (2021, "Kvalitetsberättelse kvalitetsår 2021"));
    let failure = of_year(99_999).expect_err("99999 is no year of a report");
    assert!(render(&failure.diagnostics, false).contains("`--year` must be from 1900 to 2200, found 99999"));
}

#[test]
fn what_follows_the_period_follows_the_year_of_the_command_line() {
    let text = text_of("full").replace("organisation = \"", "organisation = \"{year-1} {period.end} ");
    let said = |year| {
        let loaded = load_text("job.toml", text.clone(), year).expect("the placeholders are known");
        loaded.spec.job.organisation.chars().take(15).collect::<String>()
    };
    assert_eq!((said(Some(2021)).as_str(), said(Some(2030)).as_str()), ("2020 2021-08-31", "2029 2030-08-31"));
}

#[test]
fn a_sample_job_says_its_year_in_one_line() {
    for job in ["analyze", "norrtalje", "strangnas", "skyddad", "riskbild"] {
        let text = case::read(&root().join(format!("pipelines/{job}.toml")));
        let holds_year = |line: &&str| (2015..2030).any(|year| line.contains(&year.to_string()));
        // From which day an export knows something is no year of the report's: it stays as it is.
        let is_said_of_report = |line: &&str| !line.starts_with('#') && !line.starts_with("known_from = ");
        let lines: Vec<&str> = text.lines().filter(holds_year).filter(is_said_of_report).collect();
        assert_eq!(lines.len(), 1, "{job}: {lines:#?}");
    }
}

#[test]
fn paths_are_beside_the_job_file() {
    let loaded = load_text("pipelines/full.toml", text_of("full"), None).expect("the full job is right");
    let (plan, _) = compile(&loaded).expect("the full job is right");
    assert_eq!(plan.job.input, Path::new("sample-data/x"));
    assert_eq!(
        (plan.job.templates.as_path(), plan.job.output.as_path()),
        (Path::new("templates"), Path::new("output"))
    );
}

// --- the schema is the loader ---------------------------------------------------------------------------------------

type Value = toml::Value;

/// All places of a document, as steps from the root.
fn places(value: &Value, here: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    found.push(here.clone());
    let inner: Vec<(String, &Value)> = match value {
        Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in inner {
        here.push(step);
        places(value, here, found);
        here.pop();
    }
}

fn at<'v>(root: &'v mut Value, place: &[String]) -> &'v mut Value {
    place.iter().fold(root, |value, step| match value {
        Value::Array(items) => &mut items[step.parse::<usize>().expect("a step into a list is an index")],
        value => value.get_mut(step.as_str()).expect("the place was found in this document"),
    })
}

/// The document with one thing wrong (or still right): each value of each place replaced, each key dropped or added.
fn mutations(root: &Value, others: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    places(root, &mut Vec::new(), &mut found);
    let mut mutations = Vec::new();
    for place in found.iter().filter(|place| !place.is_empty()) {
        for other in others {
            let mut changed = root.clone();
            *at(&mut changed, place) = other.clone();
            mutations.push(changed);
        }
        let (last, before) = place.split_last().expect("the root is left out");
        let mut changed = root.clone();
        if let Value::Table(table) = at(&mut changed, before) {
            let value = table.remove(last).expect("the key was found in this document");
            mutations.push(changed.clone());
            if let Value::Table(table) = at(&mut changed, before) {
                table.insert(format!("{last}x"), value);
            }
            mutations.push(changed);
        }
    }
    mutations
}

fn others() -> [Value; 8] {
    [
        Value::String("zzz".into()),
        Value::Integer(-7),
        Value::Integer(300),
        Value::Integer(i64::MAX),
        Value::Float(1.5),
        Value::Boolean(true),
        Value::Array(Vec::new()),
        Value::Table(toml::Table::new()),
    ]
}

/// Serde would read a TOML date as a table with one text; the schema knows better.
#[test]
fn a_toml_date_is_refused_wherever_it_stands() {
    let schema = job_schema();
    let root: Value = Value::Table(text_of("full").parse().expect("the full job is TOML"));
    let date = Value::Datetime("1999-01-01".parse().expect("a TOML date"));
    for changed in mutations(&root, &[date]) {
        let changed = toml::to_string(&changed).expect("a TOML value can be written");
        if changed.contains("1999-01-01") {
            let document = document::parse(&changed, "job.toml").expect("what toml writes it reads");
            assert!(!check_schema(&document, schema, "job.toml").is_empty(), "{changed}");
        }
    }
}

#[test]
fn the_schema_accepts_what_the_loader_accepts_and_nothing_else() {
    let schema = job_schema();
    let root: Value = Value::Table(text_of("full").parse().expect("the full job is TOML"));
    let mutations = mutations(&root, &others());
    assert!(mutations.len() > 3000, "only {} mutations: the full job has shrunk", mutations.len());
    let mut refused = 0;
    for changed in mutations {
        let text = toml::to_string(&changed).expect("a TOML value can be written");
        let document = document::parse(&text, "job.toml").expect("what toml writes it reads");
        let mistakes = check_schema(&document, schema, "job.toml");
        let serde = toml::from_str::<JobSpec>(&text);
        let told = render(&mistakes, false);
        assert_eq!(mistakes.is_empty(), serde.is_ok(), "schema:\n{told}\nserde: {:?}\n{text}", serde.err());
        if mistakes.is_empty() {
            serde_json::from_value::<JobSpec>(document.to_json()).expect("the loader takes what the schema accepts");
        }
        refused += usize::from(!mistakes.is_empty());
    }
    assert!(refused > 1000, "only {refused} mutations were refused");
}

/// Also values that only `compile` looks at: empty and huge texts, signs that end or leave a path.
#[test]
fn no_job_file_breaks_the_program() {
    let root: Value = Value::Table(text_of("full").parse().expect("the full job is TOML"));
    let texts = ["", "source.", "..", "/", "category.typ", "{each}", "\u{0}", "#ååå", "9999-12-31", "%", "typ/", "å"];
    let mut others = others().to_vec();
    others.extend(texts.map(|text| Value::String(text.into())));
    others.extend([i64::from(i32::MAX), i64::from(i32::MIN), i64::from(u32::MAX)].map(Value::Integer));
    for changed in mutations(&root, &others) {
        let text = toml::to_string(&changed).expect("a TOML value can be written");
        if let Err(failure) = compiled(&text) {
            assert_ne!(failure.kind, FailureKind::Internal, "{}\n{text}", render(&failure.diagnostics, false));
            assert!(!failure.diagnostics.is_empty(), "a failure says why: {text}");
        }
    }
}

#[test]
fn every_value_of_the_full_job_has_a_place() {
    let loaded = loaded(&text_of("full")).expect("the full job is right");
    let line =
        |path: &SpanPath| loaded.text.lines().nth(loaded.spans.value(path).line as usize - 1).unwrap_or_default();
    let rows = SpanPath::of(&["breakdown", "enhet_typ", "rows"]);
    assert!(line(&rows.index(1)).starts_with("rows = "), "{}", line(&rows.index(1)));
    assert!(loaded.spans.contains(&SpanPath::of(&["chapter"]).index(0).key("with").key("avdelning")));
}

// --- the command line -----------------------------------------------------------------------------------------------

/// Starts the program in the repository.
fn kvalis(arguments: &[&str]) -> Told {
    kit::kvalis(root(), arguments)
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in
        [&["run"][..], &["frobnicate"], &["check", "x", "--year", "nineteen"], &["analyze", "--year", "1"], &[]]
    {
        assert_eq!(kvalis(arguments).exits(2).out(), "", "{arguments:?}");
    }
}

#[test]
fn a_wrong_job_file_exits_with_1_and_says_why_on_stderr_only() {
    let told = kvalis(&["check", "tests/cases/job/unknown-key/job.toml"]).exits(1);
    let expected = case::read(&case::folder("job", "unknown-key").join("expected.txt"));
    assert_eq!((told.out(), told.err().replace("tests/cases/job/unknown-key/", "")), (String::new(), expected));
}

#[test]
fn machines_get_the_same_mistakes_as_json() {
    let told = kvalis(&["check", "tests/cases/job/unknown-key/job.toml", "--json"]).json();
    assert_eq!((&told["failure"], &told["exit_code"]), (&"fixable".into(), &1.into()));
    assert_eq!(told["diagnostics"][0]["code"], "unknown-key");
}

#[test]
fn the_schema_is_printed_with_title_and_descriptions() {
    let schema: serde_json::Value = kvalis(&["schema"]).json();
    assert_eq!(schema["title"], "kvalis job file");
    assert!(schema["description"].as_str().is_some_and(|text| text.starts_with("A job:")));
    assert_eq!(&schema, job_schema());
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvalis"));
    let mut child =
        command.arg("schema").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
