//! Every number of the sample reports has been followed back to its rows and forth again.
//!
//! What is printed is what the cube engine counted; here each row of the exports is asked, one by one and by other code,
//! which numbers it is part of. The two must meet in every cell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use kvalis::domain::cube::Grain;
use kvalis::domain::table::Value;
use kvalis::explain::{Report, explain, find, trace};
use kvalis::job::plan::{MeasurePlan, Plan};
use kvalis::measure::Sheet;
use kvalis::measure::family::Of;
use kvalis::measure::formula::Formula;
use kvalis::measure::selection::{CellAt, PartRole, Selection};
use kvalis::store::{Dataset, PlainColumn};

use crate::kit::bench::root;
use crate::kit::case::told;
use crate::kit::{Bench, sample};

const JOBS: [&str; 4] = ["analyze", "norrtalje", "strangnas", "riskbild"];

/// A sample report, counted anew once for all tests.
fn report(job: &'static str) -> &'static Report {
    static REPORTS: [OnceLock<Report>; 4] = [OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let index = JOBS.iter().position(|name| *name == job).expect("a sample job");
    let report = REPORTS[index].get_or_init(|| {
        Report::open(&sample(job).folder).unwrap_or_else(|failure| panic!("{job} opens: {failure:#?}"))
    });
    assert_eq!(report.warnings, [], "{job} counted anew is what was published");
    report
}

/// Every cell of a report's tables, with what is published in it.
fn cells(report: &Report) -> Vec<(CellAt, Option<&Formula>, &Value)> {
    let mut cells = Vec::new();
    for (measure, sheet) in report.sheets.iter().enumerate() {
        for (row, values) in sheet.table.rows.iter().enumerate() {
            for (column, value) in values.values.iter().enumerate() {
                let at = CellAt { measure, row, column };
                cells.push((at, report.behind(at), value));
            }
        }
    }
    cells
}

#[test]
fn explain_finds_as_many_distinct_events_as_are_printed_in_every_cell_of_counts() {
    let mut compared = 0;
    for job in JOBS {
        let report = report(job);
        for (at, formula, value) in cells(report) {
            let (Some(Formula::Count(counted)), Value::Count(printed)) = (formula, value) else { continue };
            let Selection::Events { request, key } = &counted.of else { continue };
            let source = report.plan.source(&request.source).expect("a source of the plan");
            let events = report.event_rows(source, [request.as_ref()]).expect("rows").expect("an event source");
            let distinct = events.distinct(&events.rows_of(request, key));
            assert_eq!(distinct as i64, *printed, "{}", report.origin(at));
            compared += 1;
        }
    }
    assert!(compared > 1000, "only {compared} cells were compared");
}

#[test]
fn the_traces_of_all_rows_add_up_to_every_printed_count_and_share() {
    let (mut counts, mut shares) = (0, 0);
    for job in JOBS {
        let report = report(job);
        let traced = traces_of_all_rows(report);
        let distinct = |at: CellAt, role: PartRole| traced.get(&(at, role)).map_or(0, BTreeSet::len) as u64;
        for (at, formula, value) in cells(report) {
            let origin = || report.origin(at);
            match (formula, value) {
                (Some(Formula::Count(_)), Value::Count(printed)) => {
                    assert_eq!(distinct(at, PartRole::Counted) as i64, *printed, "{}", origin());
                    counts += 1;
                }
                (Some(Formula::Share(_)), Value::Share { numerator, denominator }) => {
                    assert_eq!(distinct(at, PartRole::Numerator), *numerator, "numerator of {}", origin());
                    assert_eq!(distinct(at, PartRole::Denominator), *denominator, "denominator of {}", origin());
                    shares += 1;
                }
                (_, Value::Count(_) | Value::Share { .. }) => {
                    assert!(formula.is_some_and(is_described), "nothing stands behind {}: {formula:?}", origin());
                }
                _ => {}
            }
        }
    }
    assert!(counts > 1000 && shares > 20, "only {counts} counts and {shares} shares were compared");
}

/// A number that is neither counted nor a share of counts is read, averaged or computed of others.
fn is_described(formula: &Formula) -> bool {
    formula.column().is_some() || formula.how().is_some()
}

/// Asks every row of every source for the numbers that it is part of: the distinct events by cell and part.
fn traces_of_all_rows(report: &Report) -> BTreeMap<(CellAt, PartRole), BTreeSet<u32>> {
    let index = report.index();
    let mut traced: BTreeMap<(CellAt, PartRole), BTreeSet<u32>> = BTreeMap::new();
    for (number, source) in report.plan.sources.iter().enumerate() {
        let events = report.event_rows(source, index.requests()).expect("rows");
        for row in 0..report.data[&source.name].rows {
            let event = events.as_ref().map_or(row as u32, |events| events.event(row));
            for part in index.parts_of((number, &source.name), events.as_ref(), row) {
                traced.entry((part.at, part.role)).or_default().insert(event);
            }
        }
    }
    traced
}

#[test]
fn a_cell_that_is_read_points_to_exactly_the_row_whose_value_is_printed() {
    let mut compared = 0;
    for job in JOBS {
        let report = report(job);
        for (at, formula, value) in cells(report) {
            let Some(Formula::Read { rows: Selection::Rows { source, rows }, column, .. }) = formula else { continue };
            let [row] = &rows[..] else { panic!("{} is read from {} rows", report.origin(at), rows.len()) };
            let data = &report.data[&report.plan.sources[*source].name];
            let is_mark = report.table(at).name.starts_with("mismatch.") && matches!(value, Value::Nothing(_));
            assert!(is_mark || is_cell(data, *row, column, value), "{} is not {value:?}", report.origin(at));
            compared += 1;
        }
    }
    assert!(compared > 200, "only {compared} cells were compared");
}

/// True if the dataset holds this value in this row, read without the measures' own code.
fn is_cell(data: &Dataset, row: usize, column: &str, value: &Value) -> bool {
    let Some(stored) = data.columns.get(column) else { return false };
    match (stored, value) {
        (PlainColumn::Numbers(numbers), Value::Number(number)) => numbers[row] == Some(*number),
        (PlainColumn::Numbers(numbers), Value::Count(count)) => numbers[row] == Some(*count as f64),
        (PlainColumn::Numbers(numbers), Value::Nothing(_)) => numbers[row].is_none(),
        (PlainColumn::Days(days), Value::Date(day)) => days[row] == Some(*day),
        (PlainColumn::Days(days), Value::Nothing(_)) => days[row].is_none(),
        (PlainColumn::Texts(texts), Value::Text(text)) => texts[row].as_ref() == Some(text),
        (PlainColumn::Texts(texts), Value::Nothing(_)) => texts[row].is_none(),
        // An answer is printed in the job's words for it: "ja" for Ja.
        (PlainColumn::Labels { codes, labels }, Value::Text(text))
            if matches!(text.as_str(), "ja" | "nej" | "delvis") =>
        {
            labels.get(codes[row] as usize).is_some_and(|label| label.to_lowercase() == *text)
        }
        (PlainColumn::Labels { codes, labels }, Value::Text(text)) => labels.get(codes[row] as usize) == Some(text),
        (PlainColumn::Labels { codes, labels }, Value::Nothing(_)) => labels.get(codes[row] as usize).is_none(),
        (PlainColumn::YesNo(answers), Value::Text(text)) => {
            answers[row].is_some_and(|yes| text == if yes { "Ja" } else { "Nej" })
        }
        (PlainColumn::YesNo(answers), Value::Nothing(_)) => answers[row].is_none(),
        (PlainColumn::Lists { offsets, codes, labels }, Value::Text(text)) => {
            let cell = &codes[offsets[row] as usize..offsets[row + 1] as usize];
            cell.iter().map(|code| labels[*code as usize].as_str()).collect::<Vec<_>>().join(", ") == *text
        }
        (PlainColumn::Lists { offsets, .. }, Value::Nothing(_)) => offsets[row] == offsets[row + 1],
        _ => false,
    }
}

#[test]
fn every_origin_that_the_html_report_carries_leads_to_its_number() {
    for job in JOBS {
        let report = report(job);
        let html = sample(job).read("report.html");
        let origins: BTreeSet<String> = html
            .split("data-origin=\"")
            .skip(1)
            .filter_map(|piece| piece.split('"').next())
            .map(|origin| origin.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&amp;", "&"))
            .collect();
        assert!(origins.len() > 10, "{job} has only {} origins", origins.len());
        for origin in origins.iter().filter(|origin| !origin.ends_with('|')) {
            let asked = find(report, origin, &[]).unwrap_or_else(|failure| panic!("{origin}: {failure:?}"));
            assert_eq!(report.origin(asked.at), *origin);
            assert!(!report.printed_in(asked.at).is_empty(), "{origin} is printed somewhere");
        }
    }
}

#[test]
fn no_explanation_shows_an_id_that_the_job_does_not_call_safe() {
    let report = report("norrtalje");
    let asked = find(report, "breakdown.enhet_typ", &[]).expect("a total");
    let explanation = explain(report, &asked, false).expect("an explanation");
    let group = &explanation.groups[0];
    assert_eq!((group.distinct, group.list.len() as u64), (Some(415), group.rows));
    assert!(explanation.groups.iter().flat_map(|group| &group.list).all(|row| row.id.is_none()));
}

// --- a small report with a row of every fate ---------------------------------------------------------------------------

/// The job of `tests/cases/bench/prov`, run with a change in it.
fn small(from: &str, to: &str) -> Bench {
    let bench = Bench::case("prov").with_job("pipelines/prov.toml");
    bench.edit_job(from, to);
    bench.cli(&["run", "prov", "--quiet"]).exits(0);
    bench
}

fn opened(bench: &Bench) -> Report {
    Report::open(&bench.path(PUBLISHED)).expect("the report opens")
}

const PUBLISHED: &str = "output/prov/2023";

#[test]
fn a_job_and_data_that_have_changed_since_publication_are_told_of() {
    let bench = small("", "");
    bench.edit_job("rows = \"enhet\"", "rows = \"ivo\"");
    let name = format!("{PUBLISHED}/manifest.json");
    let manifest = bench.read(&name);
    let place = manifest.rfind("tables/share-ivo.csv").expect("the file is listed");
    let place = place + manifest[place..].find("\"blake3\": \"").expect("its digest") + 11;
    bench.write(&name, format!("{}00000000{}", &manifest[..place], &manifest[place + 8..]));
    let asked = bench.cli(&["explain", "prov", "breakdown.enhet", "Norra", "--limit", "1"]);
    told("changed-since.txt", &asked.whole());
}

#[test]
fn the_fates_of_all_rows_add_up_to_the_balance() {
    let bench = small("", "");
    let report = opened(&bench);
    let file = bench.path("input/avvikelser.csv");
    let mut fates: BTreeMap<String, u64> = BTreeMap::new();
    for row in 1..=16 {
        let trace = trace(&report, &file.display().to_string(), None, row, false).expect("a fate");
        assert_eq!(trace.fates.len(), 1);
        *fates.entry(trace.fates[0].fate.clone()).or_default() += 1;
    }
    let balance = &report.manifest.balances[0];
    let of = |name: &str| balance.fates.iter().filter(|(fate, _)| fate.starts_with(name)).map(|(_, rows)| rows).sum();
    let expected: BTreeMap<String, u64> = BTreeMap::from([
        ("kept".to_string(), of("kept")),
        ("heading".to_string(), of("heading")),
        ("blank or footnote".to_string(), of("blank") + of("footnote")),
        ("total row".to_string(), of("total-row")),
        ("duplicate".to_string(), of("duplicate")),
        ("outside the period".to_string(), of("outside-period")),
        ("rejected".to_string(), of("rejected")),
    ]);
    assert_eq!((fates, balance.read), (expected, 16));
}

#[test]
fn a_duplicate_names_the_row_that_was_kept() {
    let bench = small("", "");
    let file = bench.path("input/avvikelser.csv");
    for (dropped, kept) in [(7, 4), (8, 6)] {
        let trace = trace(&opened(&bench), &file.display().to_string(), None, dropped, false).expect("a fate");
        assert_eq!(trace.fates[0].same_as.as_ref().map(|place| place.row), Some(kept));
        assert_eq!(trace.numbers, 0, "a duplicate is part of no number");
    }
}

#[test]
fn a_protected_report_shows_hidden_numbers_and_rows_only_on_the_analysts_own_desk() {
    let bench = small("[source.avvikelser]\n", "[protect]\nthreshold = 3\n\n[source.avvikelser]\n");
    let report = opened(&bench);
    let asked = find(&report, "breakdown.enhet", &["Södra".to_string(), "current".to_string()]).expect("a cell");
    let outside = explain(&report, &asked, false).expect("an explanation");
    assert!(outside.hidden && outside.exact.is_none() && outside.groups.is_empty(), "{outside:?}");
    assert_eq!(outside.printed, "..");
    let inside = explain(&report, &asked, true).expect("an explanation");
    assert_eq!((inside.exact.as_deref(), inside.groups[0].list.len()), (Some("2"), 2));
    let of_row = trace(&report, "avvikelser.csv", None, 3, false).expect("a trace");
    let parts = of_row.tables.iter().flat_map(|table| &table.parts);
    let hidden: Vec<&str> =
        parts.filter(|part| part.origin == "breakdown.enhet|Södra|current").map(|part| part.printed.as_str()).collect();
    assert_eq!(hidden, ["dold i rapporten"]);
    told("protected.txt", &bench.cli(&["explain", "prov", "breakdown.enhet", "Södra", "current"]).whole());
    // A number that is shown still has no rows to subtract from.
    let total = find(&report, "breakdown.enhet", &[]).expect("the total");
    assert!(explain(&report, &total, false).expect("an explanation").groups.iter().all(|group| group.list.is_empty()));
}

#[test]
fn no_path_of_the_machine_is_kept_with_the_report() {
    let input = root().join("tests/cases/bench/prov/input");
    let bench = small("\"../input\"", &format!("{:?}", input.display().to_string()));
    let manifest = bench.read(&format!("{PUBLISHED}/manifest.json"));
    assert!(!manifest.contains(env!("CARGO_MANIFEST_DIR")), "{manifest}");
    assert_eq!(opened(&bench).warnings, []);
}

/// Labels of the columns that a measure's cells are counted by, chosen by or averaged over; without those of `each`, which
/// the table's title says.
fn columns_behind<'p>(plan: &'p Plan, measure: &MeasurePlan, sheet: &Sheet) -> BTreeSet<&'p str> {
    let mut labels = BTreeSet::new();
    for formula in sheet.cells.iter().flatten() {
        for (_, selection) in formula.selections() {
            let Selection::Events { request, .. } = selection else { continue };
            let source = plan.source(&request.source).expect("a cube is asked of a source");
            let dimensions = request.dimensions.iter().filter(|dimension| dimension.grain == Grain::Value);
            let conditions = request.conditions.iter().filter(|condition| measure.each.as_ref() != Some(*condition));
            let names = dimensions.map(|dimension| &dimension.column);
            let names = names.chain(conditions.map(|condition| &condition.column)).map(String::as_str);
            let averaged = formula.column().filter(|_| matches!(formula, Formula::Mean { .. }));
            let columns =
                names.chain(averaged).filter_map(|name| source.columns.iter().find(|column| column.name == name));
            labels.extend(columns.map(|column| column.label.as_str()));
        }
    }
    labels
}

#[test]
fn the_appendix_names_every_column_that_a_formula_counts_by() {
    let (mut named, mut silent) = (0, Vec::new());
    for job in JOBS {
        let report = report(job);
        let described = report.plan.measures.iter().zip(&report.sheets);
        for (measure, sheet) in described.filter(|(measure, _)| !measure.kind.family().is_companion()) {
            let (family, source) = (measure.kind.family(), &report.plan.sources[measure.source]);
            let of = Of { plan: &report.plan, measure };
            let words = format!("{} {}", family.words(source), family.selection(of)).to_lowercase();
            for label in columns_behind(&report.plan, measure, sheet) {
                named += 1;
                if !words.contains(&label.to_lowercase()) {
                    silent.push(format!("{job}, {}: {label} is not in: {words}", measure.name));
                }
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
    assert!(named > 80, "only {named} columns are behind formulas");
}
