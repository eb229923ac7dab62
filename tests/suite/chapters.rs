//! The chapters of the sample jobs: every source of the published reports has its place, absent sources are said or left
//! out, and what the analyst has written stands in every run.

use std::path::Path;

use kvalis::job::plan::{CubeMode, Plan, WhenMissing};
use kvalis::vocabulary::spec::Covers;

use crate::kit::{Bench, Run, plan, run_plan, sample, text_of};

/// The sample job with a name of no file in place of every optional source's, and without the analyst's texts, which
/// name numbers of those sources.
fn without_optional_sources(job: &str) -> Plan {
    let mut plan = plan(job);
    plan.job.texts = Path::new("finns-inte").to_path_buf();
    for source in plan.sources.iter_mut().filter(|source| source.optional) {
        source.files = vec!["finns-inte-*.xlsx".to_string()];
    }
    plan
}

fn run(plan: &Plan) -> Run {
    run_plan(plan, 2).unwrap_or_else(|failure| panic!("{failure:#?}"))
}

#[test]
fn both_report_shapes_have_a_place_for_every_source_of_the_published_reports() {
    let everywhere = [
        "Ansvar och ledningssystem",
        "Samverkan",
        "inflytande och delaktighet",
        "Brukar",
        "Öppna jämförelser",
        "Där vi inte svarar ja",
        "Svar som har ändrats sedan förra året",
        "Kommunens kvalitet i korthet (KKiK)",
        "Externa tillsyner och granskningar",
        "Övrig egenkontroll",
        "Synpunkter och klagomål",
        "anmälda till IVO",
        "personuppgiftsincidenter",
        "Förbättringsarbetet sedan förra",
        "Slutsatser",
        "Fokusområden",
    ];
    let by_avdelning = [
        "Brukarenkät",
        "Prioritering",
        "Interna granskningar",
        "Synpunkter efter avsändare",
        "Personuppgiftsincidenter anmälda",
        "Ej verkställda beslut per kvartal",
        "KEKS",
        "Nyckeltal",
        "Risker i riskregistret",
        "Försenad",
    ];
    for (job, more) in [("analyze", &by_avdelning[..]), ("norrtalje", &["Granskning av akter", "Riskanalyser"][..])] {
        let text = text_of(&sample(job).read("report.html"));
        for words in everywhere.iter().chain(more) {
            assert!(text.contains(words), "{job} says nothing of {words}");
        }
    }
}

#[test]
fn a_report_without_any_optional_source_says_so_in_each_section() {
    for job in ["analyze", "norrtalje", "strangnas"] {
        let mut plan = without_optional_sources(job);
        let text = text_of(&run(&plan).read("report.html"));
        let absent = plan.sources.iter().filter(|source| source.optional && !source.title.ends_with("2022"));
        for source in absent.filter(|source| source.name != "oj_andelar" && source.name != "ivo") {
            let left_out = plan.chapters.iter().any(|chapter| {
                let needs = chapter.needs.iter().any(|need| plan.sources[*need].name == source.name);
                needs && chapter.when_missing == WhenMissing::LeaveOut
            });
            let said = text.contains(&format!("Underlaget ”{}” har inte lämnats", source.title));
            assert_eq!(said, !left_out, "{job}: {}", source.title);
        }
        plan.job.cube = CubeMode::Streaming;
        assert_eq!(text_of(&run(&plan).read("report.html")), text, "{job}: both ways of counting say the same");
    }
}

#[test]
fn sections_of_absent_sources_are_left_out_if_the_job_says_so() {
    let mut plan = without_optional_sources("analyze");
    for chapter in &mut plan.chapters {
        chapter.when_missing = WhenMissing::LeaveOut;
    }
    let text = text_of(&run(&plan).read("report.html"));
    let body = text.split("Varje rad har en plats").next().expect("the report's chapters");
    assert!(!body.contains("har inte lämnats för"), "nothing is said of what is absent");
    assert!(!body.contains("Externa tillsyner och granskningar"), "and no empty heading is left");
}

#[test]
fn an_absent_source_is_nowhere_counted_as_zero() {
    let run = run(&without_optional_sources("analyze"));
    let table = run.table("breakdown-synpunkter_avdelning");
    assert!(!table.records.is_empty());
    for record in &table.records {
        assert!(record[1..].iter().all(|cell| cell.parse::<f64>().is_err()), "{record:?}");
    }
}

#[test]
fn the_templates_hold_for_years_with_little_data_and_with_none() {
    for job in ["analyze", "norrtalje"] {
        for year in [2022, 2024] {
            // Of the sample's own exports: those of another year have other names and headers.
            let mut plan = plan(job);
            plan.job.year = year;
            plan.job.texts = Path::new("finns-inte").to_path_buf();
            // Rules on the data are those of the job's own year, and so is what the exports cover.
            plan.checks.clear();
            plan.sources.iter_mut().for_each(|source| source.covers = Covers::Part);
            let text = text_of(&run(&plan).read("report.html"));
            assert!(text.contains("rapporterades"), "{job} {year} has its sentences");
            assert!(!text.contains("0 av 0"), "{job} {year}: a share of nothing");
        }
    }
}

#[test]
fn what_the_analyst_has_written_stands_in_the_report_with_its_numbers() {
    let text = text_of(&sample("analyze").read("report.html"));
    assert!(text.contains("Vad analyserna har lett till"), "a heading of the text");
    assert!(text.contains("Till IVO anmäldes sju missförhållanden"), "a number of the report, in words");
    assert!(!text.contains("analyze/2023/sammanfattning.md"), "no box is left where the text stands");
    assert!(text.contains("analyze/2023/slutsatser--vuxna.md"), "a box names the file to write");
}

#[test]
fn a_word_in_a_text_of_the_analysts_own_is_warned_of_with_its_line() {
    let texts = tempfile::tempdir().expect("a folder for texts");
    std::fs::create_dir(texts.path().join("2022")).expect("a folder for the year");
    let mut plan = plan("strangnas");
    plan.job.texts = texts.path().to_path_buf();
    std::fs::write(texts.path().join("2022/avvikelser.md"), "Första raden.\n\nAntalet ökade.\n").expect("written");
    let warnings = run(&plan).summary.warnings;
    let told = kvalis::cli::render(&warnings, false).replace(&*texts.path().to_string_lossy(), "TEXTER");
    assert!(told.contains("untested-word") && told.contains("avvikelser.md:3"), "{told}");
}

#[test]
fn a_text_that_is_changed_is_in_the_next_report() {
    let texts = tempfile::tempdir().expect("a folder for texts");
    std::fs::create_dir(texts.path().join("2022")).expect("a folder for the year");
    let mut plan = plan("strangnas");
    plan.job.texts = texts.path().to_path_buf();
    let write = |text: &str| std::fs::write(texts.path().join("2022/avvikelser.md"), text).expect("written");
    write("Första tanken.");
    assert!(run(&plan).read("report.html").contains("Första tanken."));
    write("Andra tanken.");
    let bench = Bench::new();
    for words in ["Andra tanken.", "Tredje tanken."] {
        write(words);
        let run = bench.run_with("run", &plan, Default::default()).expect("the job runs");
        assert!(run.read("report.html").contains(words), "{words}");
    }
}
