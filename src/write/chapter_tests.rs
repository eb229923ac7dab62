//! Texts of the analyst's, sources that were not delivered, and the sentence functions, over the fixture's report.

use std::sync::Arc;

use super::document::{Block, Document, Inline};
use super::fixtures::{Report, report_of};
use super::{Text, check_templates, compose};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::job::plan::WhenMissing;

/// A report of one chapter, "Vuxna", whose template is `text`.
fn chapter(text: &str) -> Report {
    let mut report = report_of("Vuxna", text);
    Arc::make_mut(&mut report.manuscript).texts.folder = "analyze".to_string();
    report
}

fn write(report: &mut Report, stem: &str, markdown: &str) {
    let text = Text { file: format!("pipelines/analyze/{stem}.md"), markdown: markdown.to_string() };
    Arc::make_mut(&mut report.manuscript).texts.by_stem.insert(stem.to_string(), text);
}

fn composed(report: &Report) -> Document {
    compose(report.inputs()).unwrap_or_else(|failure| panic!("{failure:#?}"))
}

/// The words of a template's only paragraph.
fn plain(text: &str) -> String {
    let report = chapter(text);
    words(&composed(&report).blocks[1..])
}

fn words(blocks: &[Block]) -> String {
    let paragraph = |block: &Block| match block {
        Block::Paragraph(inlines) => Inline::plain(inlines),
        Block::Heading { level, number, inlines, .. } => format!("h{level} {number} {}", Inline::plain(inlines)),
        Block::List { items, .. } => {
            items.iter().map(|item| format!("- {}", words(item))).collect::<Vec<_>>().join(" ")
        }
        Block::Room { prompt } => format!("[{prompt}]"),
        other => format!("{other:?}"),
    };
    blocks.iter().map(paragraph).collect::<Vec<_>>().join("\n")
}

fn refused(result: Result<impl Sized, Failure>) -> Vec<Diagnostic> {
    result.err().map(|failure| failure.diagnostics).unwrap_or_default()
}

// --- texts ---

const ROOM: &str = "# Avvikelser\n\n{{ room(\"Bedöm.\", \"avvikelser\", avdelning) }}\n\nSlut.";

#[test]
fn a_room_names_the_file_to_write_until_the_file_is_there() {
    let mut report = chapter(ROOM);
    let expected = "h2 1.1 Avvikelser\n[Bedöm. Skriv texten i filen analyze/avvikelser--vuxna.md.]\nSlut.";
    assert_eq!(words(&composed(&report).blocks[1..]), expected);
    write(&mut report, "avvikelser--vuxna", "Vi har **läst** dem.\n");
    assert_eq!(words(&composed(&report).blocks[1..]), "h2 1.1 Avvikelser\nVi har läst dem.\nSlut.");
}

#[test]
fn headings_of_a_text_stand_below_its_section_and_its_list_ends_with_it() {
    let mut report = chapter("# A\n\n{{ room(\"x\", \"a\") }}\n\nSlut.\n\n# B\n");
    write(&mut report, "a", "# Först\n\n## Sedan\n\n- ett\n- två");
    let expected = "h2 1.1 A\nh3 1.1.1 Först\nh4 1.1.1.1 Sedan\n- ett - två\nSlut.\nh2 1.2 B";
    assert_eq!(words(&composed(&report).blocks[1..]), expected);
}

#[test]
fn numbers_and_references_in_a_text_are_those_of_the_report() {
    let mut report = chapter("{{ room(\"x\", \"a\") }}\n\n{{ table(\"table.kategori\", \"Vuxna\") }}");
    write(
        &mut report,
        "a",
        "{{ value(\"breakdown.kategori\", each=avdelning) }} i {{ avdelning }}, se {{ ref(\"table.kategori\", avdelning) }}.",
    );
    let document = composed(&report);
    let Block::Paragraph(inlines) = &document.blocks[1] else { panic!("{:?}", document.blocks[1]) };
    assert_eq!(Inline::plain(inlines), "27 i Vuxna, se Tabell 1.");
    assert!(matches!(&inlines[0], Inline::Bound { origin, .. } if origin.starts_with("breakdown.kategori/Vuxna|")));
}

#[test]
fn a_table_that_only_a_text_prints_has_its_number() {
    let mut report = chapter("Se {{ ref(\"table.kategori\", \"Vuxna\") }}.\n\n{{ room(\"x\", \"a\") }}");
    write(&mut report, "a", "{{ table(\"table.kategori\", \"Vuxna\") }}");
    assert_eq!(words(&composed(&report).blocks[1..2]), "Se Tabell 1.");
}

#[test]
fn a_mistake_in_a_text_is_told_with_its_own_file_and_line() {
    for (markdown, line, code) in [
        ("a\n\n{{ value(\"breakdown.kategory\") }}", 3, Code::UnknownName),
        ("a\n\nb {{ nej }}", 3, Code::UnknownName),
        ("a\n\n<b>b</b>", 3, Code::TemplateError),
        ("a\n{% if %}", 2, Code::TemplateError),
        ("a\n\n| a | b |\n|---|---|\n| 1 | 2 |", 3, Code::TemplateError),
    ] {
        let mut report = chapter(ROOM);
        write(&mut report, "avvikelser--vuxna", markdown);
        let found = refused(compose(report.inputs()));
        let at = Location::Template { file: "pipelines/analyze/avvikelser--vuxna.md".to_string(), line };
        assert_eq!(found.iter().map(|one| (one.code, &one.at)).collect::<Vec<_>>(), [(code, &at)], "{markdown}");
    }
}

#[test]
fn mistakes_in_a_text_are_found_before_any_data_is_read() {
    let mut report = chapter(ROOM);
    write(&mut report, "avvikelser--vuxna", "{{ table(\"table.kategory\") }}\n\n<b>");
    let found = refused(check_templates(&report.plan, &report.manuscript));
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn a_text_that_no_room_asks_for_is_a_warning_that_names_the_nearest() {
    let mut report = chapter(ROOM);
    write(&mut report, "avvikelser--vuxan", "a");
    write(&mut report, "avvikelser--vuxna", "a");
    let warnings = check_templates(&report.plan, &report.manuscript).expect("nothing is wrong");
    let said: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(said, ["no template leaves room for `avvikelser--vuxan.md`; did you mean `avvikelser--vuxna.md`?"]);
    assert_eq!(warnings[0].code, Code::UnusedItem);
}

#[test]
fn a_text_cannot_forge_what_the_program_prints() {
    let mut report = chapter(ROOM);
    write(&mut report, "avvikelser--vuxna", "a\u{e000}\u{e100}\u{e001}b");
    assert!(words(&composed(&report).blocks[1..]).contains("ab"));
}

#[test]
fn a_room_with_a_name_that_is_no_file_name_is_refused() {
    let report = chapter("{{ room(\"x\", \"../a\") }}");
    assert!(refused(compose(report.inputs()))[0].message.contains("cannot be the name of a room"));
}

// --- sources that were not delivered ---

/// The fixture's chapter with its first source optional, and no file of it read.
fn undelivered(text: &str) -> Report {
    let mut report = chapter(text);
    report.plan.sources[0].optional = true;
    let source = report.plan.sources[0].name.clone();
    report.inputs.retain(|input| input.source != source);
    report
}

#[test]
fn a_chapter_whose_source_is_absent_says_so_or_is_left_out() {
    let mut report = undelivered("{{ value(\"breakdown.kategori\", each=avdelning) }}");
    report.plan.chapters[0].needs = vec![0];
    let title = report.plan.sources[0].title.clone();
    assert_eq!(
        words(&composed(&report).blocks),
        format!("h1 1 Vuxna\nUnderlaget ”{title}” har inte lämnats för kvalitetsår 2023.")
    );
    report.plan.chapters[0].when_missing = WhenMissing::LeaveOut;
    assert!(composed(&report).blocks.is_empty());
}

#[test]
fn templates_ask_what_was_delivered_and_absent_measures_have_no_values() {
    let report = undelivered(
        "{% if delivered(\"source.avvikelser\") %}a{% endif %}{% if has(\"breakdown.kategori\", each=avdelning) %}b{% endif %}\
         {{ rows(\"breakdown.kategori\", each=avdelning) | length }} \
         {{ value(\"breakdown.kategori\", each=avdelning, default=\"inget\") }}. {{ missing(\"source.avvikelser\") }} \
         {% if chapter.says_missing %}c{% endif %}",
    );
    let expected = "0 inget. Underlaget ”Avvikelser (Treserva)” har inte lämnats för kvalitetsår 2023. c";
    assert_eq!(words(&composed(&report).blocks[1..]), expected);
}

#[test]
fn a_number_of_an_absent_source_is_refused() {
    let report = undelivered("{{ value(\"breakdown.kategori\", each=avdelning) }}");
    let found = refused(compose(report.inputs()));
    assert_eq!(found[0].code, Code::MissingValue);
    assert!(found[0].message.contains("was not delivered"), "{}", found[0].message);
}

#[test]
fn an_unknown_source_is_named_with_the_nearest() {
    let report = chapter("{% if delivered(\"source.avikelser\") %}a{% endif %}");
    let found = refused(check_templates(&report.plan, &report.manuscript));
    assert!(found[0].message.starts_with("no source `source.avikelser`"), "{}", found[0].message);
}

// --- sentences ---

#[test]
fn counts_take_the_noun_of_their_source_in_figures_or_words() {
    assert_eq!(plain("{{ counted(\"breakdown.kategori\", each=avdelning) }}."), "27\u{a0}avvikelser.");
    let zero = "counted(\"breakdown.kategori\", row=\"Brister i kommunikation\", column=\"previous\", each=avdelning)";
    assert_eq!(plain(&format!("{{{{ {zero} }}}}.")), "Inga avvikelser.");
    assert_eq!(
        plain(
            "Det var {{ counted(\"breakdown.kategori\", row=\"Bemötande\", column=\"previous\", each=avdelning, words=true) }}."
        ),
        "Det var fem avvikelser."
    );
}

#[test]
fn from_and_to_and_words_are_bound_to_their_cell() {
    let expected = "Antalet gick från 289 till 390 (+35\u{a0}%).";
    assert_eq!(plain("Antalet gick {{ from_to(\"breakdown.kategori\", each=\"Barn och unga\") }}."), expected);
    assert_eq!(
        plain("{{ value(\"breakdown.kategori\", row=\"Bemötande\", column=\"previous\", each=avdelning) | words }} st"),
        "Fem st"
    );
    let report = chapter("{{ value(\"breakdown.kategori\", each=avdelning) | words }}");
    let document = composed(&report);
    assert!(matches!(&document.blocks[1], Block::Paragraph(inlines) if matches!(&inlines[0], Inline::Bound { .. })));
}

#[test]
fn numbers_dates_and_names_have_their_word_forms() {
    let expected = "tre ett andra fjärde kvartalet";
    assert_eq!(plain("{{ 3 | words }} {{ 1 | words(true) }} {{ 2 | ordinal }} {{ 4 | quarter }}"), expected);
    assert_eq!(plain("{{ job.last_day | long_date }}, {{ 8 | month_name }}"), "31\u{a0}augusti 2023, augusti");
    assert_eq!(plain("{{ \"2023-08\" | long_date }}"), "augusti 2023");
    assert_eq!(plain("{{ avdelning | genitive }} {{ job.period | definite }}"), "Vuxnas kvalitetsåret 2023");
    assert_eq!(plain("{{ [\"a\", \"b\", \"c\"] | or_list }}"), "a, b eller c");
    for wrong in [
        "{{ 5 | quarter }}",
        "{{ 13 | month_name }}",
        "{{ \"i går\" | long_date }}",
        "{{ \"2023-13\" | long_date }}",
        "{{ \"3\" | words }}",
    ] {
        let report = chapter(wrong);
        assert_eq!(refused(compose(report.inputs()))[0].code, Code::TemplateError, "{wrong}");
    }
}

#[test]
fn the_highest_and_the_lowest_row_are_found_with_ties() {
    let named = |function: &str| {
        plain(&format!("Här: {{{{ {function}(\"breakdown.kategori\", each=\"Barn och unga\") | and_list }}}}."))
    };
    assert_eq!(named("highest"), "Här: Yttre orsaker.");
    assert_eq!(named("lowest"), "Här: Brister i riktlinjer och rutiner.");
}

// --- law ---

/// What the sample templates' catalogue of the law says.
fn law(call: &str) -> String {
    let mut report = chapter(&format!("{{% import \"lag.md\" as lag %}}\n{{{{ lag.{call} }}}}"));
    let catalogue = include_str!("../../templates/lag.md").to_string();
    Arc::make_mut(&mut report.manuscript).templates.0.insert("lag.md".to_string(), Ok(catalogue));
    words(&composed(&report).blocks[1..])
}

#[test]
fn the_law_is_that_of_the_days_and_both_are_named_where_they_span_the_change() {
    let (before, after) = ("socialtjänstlagen (2001:453)", "socialtjänstlagen (2025:400)");
    for (name, old, new) in [
        ("socialtjanstlagen", "", ""),
        ("lex_sarah", "14 kap. 3–7 §§ ", "27 kap. "),
        ("ej_verkstallda", "16 kap. 6 f–h §§ ", "34 kap. "),
    ] {
        let of = |first: &str, last: &str| law(&format!("{name}(\"{first}\", \"{last}\")"));
        let (old, new) = (format!("{old}{before}"), format!("{new}{after}"));
        assert_eq!(of("2024-07-01", "2025-06-30"), old);
        assert_eq!(of("2025-07-01", "2025-12-31"), new);
        assert_eq!(of("2025-01-01", "2025-12-31"), format!("{old} och, från den 1 juli 2025, {new}"));
        // An event's own day.
        assert_eq!((of("2025-06-30", "2025-06-30"), of("2025-07-01", "2025-07-01")), (old, new));
    }
}

#[test]
fn what_is_not_known_to_be_replaced_is_the_same_whatever_the_day() {
    assert_eq!((law("foreskriften"), law("riskanalys")), ("SOSFS 2011:9".into(), "5 kap. 1 § SOSFS 2011:9".into()));
}
