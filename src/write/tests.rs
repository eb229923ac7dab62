//! The whole step at once: templates and tables in, HTML out.

use std::sync::Arc;

use super::document::{Block, Document, Inline, TableBlock};
use super::fixtures::{Report, report, report_of, table, templates, theme};
use super::{check_templates, compose, html};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::table::{Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};

fn composed(report: &Report) -> Document {
    check_templates(&report.plan, &report.manuscript).expect("the templates of the fixture hold");
    compose(report.inputs()).expect("the fixture composes")
}

fn printed(report: &Report) -> String {
    html::write(&composed(report), &theme())
}

/// A report of one chapter whose template is `text`; the other chapters go.
fn one_chapter(text: &str) -> Report {
    report_of("Kapitel", text)
}

/// The blocks after the chapter's heading.
fn blocks(text: &str) -> Vec<Block> {
    let chapter = one_chapter(text);
    let document = compose(chapter.inputs()).unwrap_or_else(|failure| panic!("{failure:#?}"));
    document.blocks[1..].to_vec()
}

fn plain(text: &str) -> String {
    match blocks(text).as_slice() {
        [Block::Paragraph(inlines)] => Inline::plain(inlines),
        other => panic!("not one paragraph: {other:#?}"),
    }
}

fn told(result: Result<impl Sized, Failure>) -> Vec<(Code, u32, String)> {
    let diagnostics = result.err().map(|failure| failure.diagnostics).unwrap_or_default();
    diagnostics.into_iter().map(|Diagnostic { code, message, at, .. }| (code, line_of(&at), message)).collect()
}

fn line_of(at: &Location) -> u32 {
    match at {
        Location::Template { file, line } => {
            assert!(file.ends_with(".md"), "{file}");
            *line
        }
        other => panic!("not in a template: {other:?}"),
    }
}

/// What composing says, and that the check before the data says the same or nothing.
fn mistakes(text: &str) -> Vec<(Code, u32, String)> {
    told(compose(one_chapter(text).inputs()))
}

fn preflight(text: &str) -> Vec<(Code, u32, String)> {
    let report = one_chapter(text);
    told(check_templates(&report.plan, &report.manuscript))
}

// --- numbers in sentences ---

#[test]
fn numbers_print_in_swedish_with_their_unit() {
    assert_eq!(plain("{{ value(\"breakdown.kategori\", each=avdelning) }}."), "27.");
    assert_eq!(
        plain("{{ value(\"breakdown.kategori\", row=\"Bemötande\", column=\"previous\", each=\"Vuxna\") }}"),
        "5"
    );
    assert_eq!(plain("{{ value(\"indicator.ifo\", row=\"helhetssyn, andel (%)\") | percent(1) }}"), "87,0\u{a0}%");
    assert_eq!(plain("{{ value(\"breakdown.kategori\", \"Barn och unga\", column=\"change\") }}"), "+35\u{a0}%");
    assert_eq!(plain("{{ value(\"breakdown.enhet_typ\", column=\"Totalt\") }} st"), "1\u{a0}415 st");
    assert_eq!(plain("{{ 0.5 }} {{ job.year }} {{ -3 }}"), "0,5 2023 \u{2212}3");
}

#[test]
fn counts_take_their_noun_and_begin_sentences_with_a_capital() {
    let count = "value(\"breakdown.kategori\", row=\"Brister i kommunikation\", column=\"previous\", each=avdelning)";
    let zero =
        format!("{{{{ {count} | count(\"brist\", \"brister\") }}}}. T.ex. {{{{ {count} | count(\"a\", \"b\") }}}}.");
    assert_eq!(plain(&zero), "Inga brister. T.ex. inga b.");
    let expected = "Det var 3\u{a0}frågor.";
    assert_eq!(plain("Det var {{ rows(\"indicator.ifo\") | length | count(\"fråga\", \"frågor\") }}."), expected);
}

#[test]
fn comparisons_use_arithmetic_words_only() {
    let compare = |rest: &str| plain(&format!("Det är {{{{ compare({rest}) }}}}."));
    assert_eq!(compare("\"breakdown.kategori\", each=avdelning"), "Det är 14 fler än föregående år (13).");
    let expected = "Det är 101 fler än föregående år (289, +35\u{a0}%).";
    assert_eq!(compare("\"breakdown.kategori\", each=\"Barn och unga\""), expected);
    let expected = "Det är 31,0 procentenheter högre än föregående år (56\u{a0}%).";
    assert_eq!(compare("\"indicator.ifo\", row=\"helhetssyn, andel (%)\""), expected);
    assert_eq!(
        compare("\"indicator.ifo\", row=\"svarsfrekvens (%)\", column=\"y2022\", default=\"utan jämförelse\""),
        "Det är utan jämförelse."
    );
}

#[test]
fn the_largest_rows_are_listed_without_residuals_and_totals() {
    let expected = "Flest: Bemötande och Yttre orsaker.";
    assert_eq!(plain("Flest: {{ largest(\"breakdown.kategori\", 2, each=avdelning) | and_list }}."), expected);
    assert_eq!(
        plain(
            "{% for row in rows(\"indicator.ifo\") %}{{ row.label }} {{ row.value(\"y2023\") }}{% if not loop.last %}; {% endif %}{% endfor %}"
        ),
        "Svarsfrekvens (%) 41\u{a0}%; helhetssyn, andel (%) 87\u{a0}%; visar förståelse, andel (%) 93\u{a0}%"
    );
}

#[test]
fn a_measure_without_numbers_has_nothing() {
    let has = |rest: &str| plain(&format!("{{% if has({rest}) %}}ja{{% else %}}nej{{% endif %}}"));
    assert_eq!(has("\"breakdown.kategori\", each=avdelning"), "ja");
    assert_eq!(
        has("\"breakdown.kategori\", each=avdelning, row=\"Brister i kommunikation\", column=\"previous\""),
        "nej"
    );
    assert_eq!(has("\"indicator.ifo\", row=\"svarsfrekvens (%)\", column=\"y2021\""), "nej");
}

#[test]
fn bound_numbers_keep_where_they_came_from() {
    let blocks = blocks("Det var {{ value(\"breakdown.kategori\", row=\"Bemötande\", each=avdelning) }}.");
    let [Block::Paragraph(inlines)] = blocks.as_slice() else { panic!("{blocks:?}") };
    let origin = "breakdown.kategori/Vuxna|Bemötande|current".to_string();
    assert_eq!(inlines[1], Inline::Bound { text: "15".to_string(), origin });
}

// --- mistakes ---

#[test]
fn a_value_that_is_not_there_is_never_printed() {
    let withheld = "\n{{ value(\"indicator.ifo\", row=\"svarsfrekvens (%)\", column=\"y2021\") }}";
    let expected = "`indicator.ifo|svarsfrekvens (%)|y2021` has no value to print: it is withheld";
    assert_eq!(mistakes(withheld), vec![(Code::MissingValue, 2, expected.to_string())]);
    let default = withheld.replace("y2021\")", "y2021\", default=\"ett okänt antal\")");
    assert_eq!(plain(&default), "ett okänt antal");
    let compare = "{{ compare(\"indicator.ifo\", row=\"svarsfrekvens (%)\", column=\"y2022\") }}";
    assert_eq!(mistakes(compare), vec![(Code::MissingValue, 1, expected.to_string())]);
}

#[test]
fn names_that_do_not_exist_are_told_with_line_and_nearest_name() {
    let cases = [
        (
            "a\n\n{{ table(\"table.kategory\", avdelning) }}",
            3,
            "no table `table.kategory/Vuxna`; did you mean `table.kategori`?",
        ),
        ("{{ table(\"table.kategori\", \"Vuksna\") }}", 1, "no table `table.kategori/Vuksna`; did you mean `Vuxna`?"),
        ("{{ table(\"table.kategori\") }}", 1, "no table `table.kategori`"),
        ("\n{{ figure(\"heat.x\", avdelning) }}", 2, "no figure `heat.x/Vuxna`"),
        ("{{ ref(\"table.ifoo\") }}", 1, "no table or figure `table.ifoo`; did you mean `table.ifo`?"),
        ("{{ value(\"indicator.ifi\") }}", 1, "no measure `indicator.ifi`; did you mean `indicator.ifo`?"),
        ("x\n{% if avdelnig %}y{% endif %}", 2, "`avdelnig` is not defined"),
    ];
    for (text, line, message) in cases {
        let told = mistakes(text);
        assert_eq!(told, vec![(Code::UnknownName, line, message.to_string())], "{text}");
        let before = preflight(text);
        assert_eq!((before[0].0, before[0].1), (Code::UnknownName, line), "{text}");
        assert!(before[0].2.starts_with(message), "{text}: {before:?}");
    }
}

#[test]
fn names_that_only_the_data_knows_are_told_when_composing() {
    let cases = [
        (
            "{{ value(\"indicator.ifo\", row=\"helhetsyn, andel (%)\") }}",
            "`indicator.ifo` has no row `helhetsyn, andel (%)`; did you mean `helhetssyn, andel (%)`?",
        ),
        (
            "{{ value(\"indicator.ifo\", row=\"helhetssyn, andel (%)\", column=\"y202\") }}",
            "`indicator.ifo` has no column `y202`; did you mean `y2020`?",
        ),
        ("{{ value(\"indicator.ifo\") }}", "`indicator.ifo` has no total row"),
        ("{{ compare(\"breakdown.enhet_typ\") }}", "`breakdown.enhet_typ` has no column of the period before"),
    ];
    for (text, message) in cases {
        assert_eq!(mistakes(text), vec![(Code::UnknownName, 1, message.to_string())], "{text}");
        assert_eq!(preflight(text), Vec::new(), "{text}");
    }
}

#[test]
fn unknown_functions_and_filters_are_told_with_the_nearest() {
    let function = (Code::UnknownName, 2, "no function `tabel`; did you mean `table`?".to_string());
    assert_eq!(mistakes("\n{{ tabel(\"table.ifo\") }}"), vec![function.clone()]);
    assert_eq!(preflight("\n{{ tabel(\"table.ifo\") }}"), vec![function]);
    let filter = (Code::UnknownName, 1, "no filter `andlist`; did you mean `and_list`?".to_string());
    assert_eq!(mistakes("{{ rows(\"indicator.ifo\") | andlist }}"), vec![filter]);
}

#[test]
fn an_undefined_argument_is_not_taken_for_none() {
    for text in ["{{ table(\"table.ifo\", avdelnig) }}", "{{ value(\"indicator.ifo\", row=avdelnig) }}"] {
        assert_eq!(mistakes(text)[0].0, Code::UnknownName, "{text}");
        assert_eq!(preflight(text)[0].2, "`avdelnig` is not defined; did you mean `avdelning`?", "{text}");
    }
}

#[test]
fn all_mistakes_of_all_chapters_come_at_once() {
    let mut report = report();
    report.plan.job.templates = "tests/cases/write/broken".into();
    Arc::make_mut(&mut report.manuscript).templates = templates(&report.plan.job.templates);
    report.plan.key_numbers.clear();
    for (chapter, template) in
        report.plan.chapters.iter_mut().zip(["namn.md", "syntax.md", "html.md", "saknas.md", "namn.md"])
    {
        chapter.template = template.to_string();
    }
    insta::assert_snapshot!(
        "preflight_of_broken_templates",
        rendered(check_templates(&report.plan, &report.manuscript))
    );
    insta::assert_snapshot!("compose_of_broken_templates", rendered(compose(report.inputs())));
}

fn rendered(result: Result<impl Sized, Failure>) -> String {
    let diagnostics = result.err().map(|failure| failure.diagnostics).unwrap_or_default();
    let line = |diagnostic: &Diagnostic| {
        let help = diagnostic.help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
        format!("error[{}]: {}\n  at: {}{help}\n", diagnostic.code.name(), diagnostic.message, diagnostic.at)
    };
    diagnostics.iter().map(line).collect()
}

#[test]
fn a_reference_to_what_is_never_printed_is_an_error() {
    let expected = "`table.ifo` is referred to but never printed".to_string();
    assert_eq!(mistakes("a\n\nSe {{ ref(\"table.ifo\") }} här."), vec![(Code::UnknownName, 3, expected)]);
}

#[test]
fn a_number_compared_without_its_filter_is_refused_before_the_run() {
    let text = "{% if value(\"breakdown.kategori\", each=avdelning) > 10 %}x{% endif %}";
    let expected = vec![(Code::TemplateError, 1, "a value is compared as an object, not as a number".to_string())];
    assert_eq!(preflight(text), expected);
}

#[test]
fn blocks_stand_on_lines_of_their_own() {
    let told = mistakes("a\n\nTabellen {{ table(\"table.ifo\") }} visar det.");
    assert_eq!(told, vec![(Code::TemplateError, 3, "table(\"table.ifo\") stands on a line of its own".to_string())]);
    let heading = mistakes("# Rubriken {{ key_numbers() }}\n");
    assert_eq!(heading[0].2, "key_numbers() stands on a line of its own");
}

#[test]
fn what_a_report_has_no_place_for_is_refused_with_its_line() {
    let cases = [
        ("a\n\n<div>b</div>", 3, "raw HTML"),
        ("a\n\nmed <b>fet</b> text", 3, "raw HTML"),
        ("a\n\n    indragen rad", 3, "a line indented by four spaces"),
        ("a\n\n![bild](x.png)", 3, "a picture"),
        ("a\n\n| a | b |\n|---|---|\n| 1 | 2 |", 3, "a table in Markdown"),
        ("a\n\n[länk](javascript:alert)", 3, "a link leads to"),
        ("a\n\n***", 3, "a line of dashes"),
    ];
    for (text, line, message) in cases {
        for told in [mistakes(text), preflight(text)] {
            assert!(!told.is_empty(), "{text}");
            assert_eq!((told[0].0, told[0].1), (Code::TemplateError, line), "{text}");
            assert!(told[0].2.starts_with(message), "{told:?}");
        }
    }
}

#[test]
fn templates_are_read_from_their_folder_only() {
    for name in ["../hemligt.md", "/etc/passwd", "a/../../b", "..\\b", ""] {
        let told = mistakes(&format!("{{% include \"{}\" %}}", name.replace('\\', "\\\\")));
        assert_eq!(told.len(), 1, "{name}");
        assert_eq!(told[0].0, Code::NoSuchTemplate, "{name}");
    }
}

#[test]
fn no_filter_lets_text_through_as_markup() {
    for filter in ["safe", "escape", "e", "tojson"] {
        let told = mistakes(&format!("{{{{ avdelning | {filter} }}}}"));
        assert_eq!(told.len(), 1, "{filter}");
    }
}

// --- hostile text ---

const HOSTILE: &str =
    "<script>alert(1)</script> {{ 7*7 }} {% if %} **fet** # a | b | [x](y) & \" ' \u{e000}\u{e100}\u{e001} \u{202e}";

fn hostile_report() -> Report {
    let columns = vec![
        TableColumn {
            key: "current".into(),
            label: HOSTILE.into(),
            role: Role::Current,
            unit: Unit::Count,
            year: None,
        },
        TableColumn { key: "text".into(), label: "Text".into(), role: Role::Text, unit: Unit::Text, year: None },
    ];
    let values = vec![Value::Count(3), Value::Text(HOSTILE.into())];
    let row = TableRow { key: vec![HOSTILE.into()], label: HOSTILE.into(), level: 0, kind: RowKind::Part, values };
    let mut report = report();
    report.tables[3] = table("indicator.ifo", HOSTILE, &[HOSTILE], columns, vec![row]);
    report.tables[3].source = HOSTILE.into();
    report
}

#[test]
fn text_from_a_cell_is_always_text() {
    let template = "# {{ avdelning }}\n\n{{ avdelning }}\n\n- {{ rows(\"indicator.ifo\") | and_list }}\n\n\
                    **{{ value(\"indicator.ifo\", column=\"text\") }}**\n\n{% set x %}{{ avdelning }}{% endset %}{{ x }}\n\n\
                    {{ avdelning ~ \"!\" }}\n\n{{ [avdelning, \"b\"] | join(\", \") }}\n\n{{ table(\"table.ifo\") }}\n\n{{ room(avdelning) }}";
    let mut chapter = one_chapter(template);
    chapter.tables = hostile_report().tables;
    chapter.plan.job.title = HOSTILE.into();
    chapter.plan.tables[3].title = HOSTILE.into();
    chapter.plan.chapters[0].with.insert("avdelning".into(), HOSTILE.into());
    chapter.plan.chapters[0].title = HOSTILE.into();
    let document = compose(chapter.inputs()).unwrap_or_else(|failure| panic!("{failure:#?}"));
    let html = html::write(&document, &theme());
    let html = without_script(&html);
    assert!(!html.contains("<script"));
    assert!(!html.contains("49 "));
    assert!(!html.contains("<strong>fet"));
    let escaped =
        "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% if %} **fet** # a | b | [x](y) &amp; &quot; &#39;";
    assert_eq!(html.matches(escaped).count(), html.matches("alert(1)").count());
    assert!(html.matches("alert(1)").count() >= 14, "{}", html.matches("alert(1)").count());
    assert_balanced(&html);
}

#[test]
fn a_spreadsheet_takes_no_text_for_a_formula_and_nothings_stay_apart() {
    let column =
        |key: &str| TableColumn { key: key.into(), label: key.into(), role: Role::Text, unit: Unit::Text, year: None };
    let row =
        |label: &str, kind, values| TableRow { key: vec![label.into()], label: label.into(), level: 0, kind, values };
    let nothing = |nothing| Value::Nothing(nothing);
    let rows = vec![
        row(
            "=1+1",
            RowKind::Part,
            vec![Value::Text("@a;\"b\"".into()), Value::Count(-3), Value::Share { numerator: 1, denominator: 8 }],
        ),
        row(
            "b",
            RowKind::Part,
            vec![nothing(Nothing::Missing), nothing(Nothing::NotApplicable), nothing(Nothing::Withheld)],
        ),
        TableRow {
            key: Vec::new(),
            ..row(
                "Totalt",
                RowKind::Total,
                vec![nothing(Nothing::Blank), Value::Number(0.1), Value::Change { now: 3, then: 4 }],
            )
        },
    ];
    let made = table("breakdown.x", "X", &["Avdelning", "Enhet"], vec![column("a"), column("b"), column("c")], rows);
    let expected = "Avdelning;Enhet;a;b;c\n'=1+1;;\"'@a;\"\"b\"\"\";-3;12.5\nb;;-;.;..\nTotalt;;;0.1;-25\n";
    assert_eq!(crate::published::table_csv::text(&made), expected);
}

// --- structure ---

fn tables<'a>(document: &'a Document) -> Vec<&'a TableBlock> {
    let table = |block: &'a Block| if let Block::Table(table) = block { Some(table.as_ref()) } else { None };
    document.blocks.iter().filter_map(table).collect()
}

#[test]
fn references_point_forward_and_numbers_follow_the_text() {
    let report = report();
    let document = composed(&report);
    let numbered: Vec<(Option<u32>, &str)> =
        tables(&document).iter().map(|table| (table.number, table.name.as_str())).collect();
    let expected = [
        (Some(1), "table.kategori/Barn och unga"),
        (Some(2), "table.kategori/Vuxna"),
        (Some(3), "table.enhet_typ"),
        (Some(4), "table.ifo"),
    ];
    assert_eq!(numbered[..4], expected);
    let html = html::write(&document, &theme());
    assert!(html.contains("<a href=\"#tabell-3\">Tabell\u{a0}3</a> visar enheterna"));
    assert!(html.contains("<div class=\"table short\" id=\"tabell-3\">"));
}

#[test]
fn last_year_stands_in_parentheses_and_marks_are_explained() {
    let report = report();
    let document = composed(&report);
    let vuxna = tables(&document)[1];
    let first: Vec<(&str, Option<&str>)> =
        vuxna.rows[0].cells.iter().map(|cell| (cell.text.as_str(), cell.beside.as_deref())).collect();
    assert_eq!(first, [("15", Some("(5)")), ("+10", None), (".", None)]);
    assert_eq!(vuxna.header[1].beside.as_deref(), Some("(2022)"));
    assert_eq!(vuxna.notes.last().map(|note| note.text.as_str()), Some(". = ej tillämpligt."));
    let ifo = tables(&document)[3];
    assert_eq!(ifo.notes.last().map(|note| note.text.as_str()), Some("– = uppgift saknas; .. = värdet har skyddats."));
}

#[test]
fn a_table_prints_the_columns_asked_for_and_hides_its_total() {
    let mut report = report();
    report.plan.tables[1].columns = vec!["Förändring".into(), "current".into()];
    report.plan.tables[1].parentheses = false;
    report.plan.tables[1].hide_total = true;
    let document = composed(&report);
    let vuxna = tables(&document)[1];
    let header: Vec<&str> = vuxna.header.iter().map(|header| header.text.as_str()).collect();
    assert_eq!(header, ["Kategori", "Förändring", "2023"]);
    assert!(vuxna.rows.iter().all(|row| row.kind != RowKind::Total));
    report.plan.tables[1].columns = vec!["curent".into()];
    let told = told(compose(report.inputs()));
    assert_eq!((told[0].0, told[0].1), (Code::UnknownName, 8));
    assert!(told[0].2.contains("did you mean `current`?"), "{told:?}");
}

#[test]
fn a_column_of_changes_that_nobody_could_count_is_left_out() {
    let mut report = report();
    let headers = |report: &Report| tables(&composed(report))[1].header.len();
    assert_eq!(headers(&report), 4);
    for row in &mut report.tables[1].rows {
        row.values[3] = Value::Nothing(Nothing::Blank);
    }
    assert_eq!(headers(&report), 3);
}

#[test]
fn a_register_without_labels_has_its_first_column_for_them() {
    let report = report();
    let document = composed(&report);
    let atgarder = tables(&document)[4];
    assert_eq!(atgarder.header[0].text, "Åtgärd");
    assert_eq!(atgarder.rows[1].label, "Utbilda i bemötande");
    assert_eq!(atgarder.rows[1].cells[1].text, "2023-08-31");
}

#[test]
fn every_markdown_construct_becomes_a_block() {
    let text = "# Rubrik *ett*\n\nText med **fet**, `kod` och\\\nny rad.\n\n1. a\n2. b\n\n   c\n\n- x\n- {{ avdelning }}\n\n> citat\n\n> [!NOTE]\n> ruta\n\n[länk](https://example.org/a)\n\n{{ page_break() }}\n{{ room(\"Bedöm.\") }}";
    insta::assert_debug_snapshot!("markdown_constructs", blocks(text));
}

#[test]
fn text_written_into_a_room_takes_the_place_of_the_box() {
    assert_eq!(plain("{% call room(\"Bedöm\") %}Nivån är {{ avdelning }}.{% endcall %}"), "Nivån är Vuxna.");
    assert_eq!(blocks("{% call room(\"Bedöm\") %} {% endcall %}"), vec![Block::Room { prompt: "Bedöm".into() }]);
}

#[test]
fn definitions_come_from_the_plan() {
    let report = report();
    let document = composed(&report);
    let definitions =
        tables(&document).into_iter().find(|table| table.name == "definitions").expect("printed in the appendix");
    let first = &definitions.rows[0];
    assert_eq!(first.label, "Avvikelser per kategori, … (en tabell per avdelning)");
    let cells: Vec<&str> = first.cells.iter().map(|cell| cell.text.as_str()).collect();
    let expected = [
        "Antal olika avvikelser per kategori",
        "Kategori är inte Okänt eller Fel",
        "Avvikelser (Treserva)",
        "Barn och unga 390; Vuxna 390",
    ];
    assert_eq!(cells, expected);
}

#[test]
fn key_numbers_have_last_year_and_a_sentence() {
    let report = report();
    let Some(Block::KeyNumbers(cards)) = composed(&report).blocks.get(1).cloned() else { panic!("cards come first") };
    let card = |index: usize| {
        let sentence = cards[index].sentence.as_deref().map(Inline::plain);
        (cards[index].value.clone(), cards[index].beside.clone().unwrap_or_default(), sentence.unwrap_or_default())
    };
    assert_eq!(
        card(0),
        ("390".into(), "289 föregående år".into(), "101 fler än föregående år (289, +35\u{a0}%).".into())
    );
    assert_eq!(card(1), ("42".into(), "42 föregående år".into(), "Lika många som föregående år (42).".into()));
    assert_eq!(card(2).2, "19,0 procentenheter högre än föregående år (22\u{a0}%). Se Tabell 4.");
}

#[test]
fn a_figure_without_values_keeps_its_number_and_says_so() {
    let mut report = report();
    report.figures.remove(0);
    report.tables[0].rows.clear();
    let mut chapter = one_chapter(
        "{{ figure(\"ranked_bar.kategori\", \"Barn och unga\") }}\n\n{{ figure(\"ranked_bar.kategori\", avdelning) }}",
    );
    chapter.figures = report.figures;
    chapter.tables = report.tables;
    let document = compose(chapter.inputs()).unwrap_or_else(|failure| panic!("{failure:#?}"));
    let html = html::write(&document, &theme());
    assert!(html.contains("inga värden att visa.</p>\n<figcaption><span class=\"number\">Figur 1."));
    assert!(html.contains("<td colspan=\"5\">Inga uppgifter.</td>"));
    assert!(html.contains("<figcaption><span class=\"number\">Figur 2.</span>"));
    assert!(!html.contains("figures/ranked_bar-kategori--barn-och-unga.svg"));
    assert!(html.contains("figures/ranked_bar-kategori--vuxna.svg"));
    assert_balanced(&html);
}

#[test]
fn a_row_with_a_unit_of_its_own_is_printed_in_it() {
    let value = "{{ value(\"indicator.ifo\", row=\"antal svar\") | count(\"svar\", \"svar\") }}";
    let mut chapter = one_chapter(&format!("{value}\n\n{{{{ table(\"table.ifo\") }}}}"));
    let ifo = &mut chapter.tables[3];
    ifo.rows[0].key = vec!["antal svar".into()];
    ifo.row_units.insert("antal svar".into(), Unit::Count);
    let document = compose(chapter.inputs()).unwrap_or_else(|failure| panic!("{failure:#?}"));
    let first: Vec<&str> = tables(&document)[0].rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(first, ["27", "..", "22", "41", "+19"]);
    let Block::Paragraph(inlines) = &document.blocks[1] else { panic!("a paragraph first") };
    assert_eq!(Inline::plain(inlines), "41\u{a0}svar");
}

// --- the file ---

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(printed(&report()), printed(&report()));
}

#[test]
fn the_file_asks_for_nothing_and_runs_nothing_but_its_one_script() {
    let html = without_script(&printed(&report()));
    assert!(
        !html.contains("<script") && !html.contains("<link") && !html.contains("<img") && !html.contains("<iframe")
    );
    assert!(!html.contains("@import") && !html.contains("url(http") && !html.contains("javascript:"));
    let tags = html.split('<').filter_map(|piece| piece.split('>').next());
    assert!(tags.into_iter().all(|tag| !tag.contains(" on")), "an attribute runs something");
    for source in ["src=\"", "srcset=", "xlink:href", "action="] {
        assert!(!html.contains(source), "{source}");
    }
    let loads = html.matches("url(").count();
    assert_eq!(loads, html.matches("url(data:font/woff2;base64,").count());
}

#[test]
fn every_tag_is_closed_and_every_reference_has_its_target() {
    let html = printed(&report());
    assert_balanced(&html);
    let ids: Vec<&str> = attribute_values(&html, " id=\"");
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id occurs twice");
    for target in attribute_values(&html, "href=\"#") {
        assert!(ids.contains(&target), "nothing has the id {target}");
    }
    for target in attribute_values(&html, "aria-labelledby=\"") {
        assert!(ids.contains(&target), "nothing has the id {target}");
    }
}

#[test]
fn every_printed_number_says_where_it_came_from() {
    let html = printed(&report());
    let numbers = html.matches("<td class=\"number\" data-").count();
    assert_eq!(numbers, html.matches("<td class=\"number\"").count());
    assert!(html.contains("<td class=\"number\" data-origin=\"breakdown.kategori/Vuxna|Bemötande|current\" data-value=\"15\">15 <span class=\"beside\""));
    assert!(html.contains("data-origin=\"breakdown.kategori/Vuxna|Bemötande|previous\">(5)</span>"));
    assert!(
        html.contains(
            "<span class=\"value\" data-origin=\"breakdown.kategori/Barn och unga|Totalt|current\">390</span>"
        )
    );
}

#[test]
fn the_page_is_as_reviewed() {
    let html = printed(&report());
    let html = without_script(&html);
    let body = html.split_once("<body>").map(|(_, body)| body).unwrap_or_default();
    insta::assert_snapshot!("report_body", body);
}

fn attribute_values<'a>(html: &'a str, start: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The page without the text of its script, which must be the one that its policy names.
fn without_script(html: &str) -> String {
    let (before, rest) = html.split_once("<script>").expect("the page has its script");
    let (_, after) = rest.split_once("</script>").expect("the script ends");
    format!("{before}{after}")
}

/// Every element that is opened is closed, in order.
fn assert_balanced(html: &str) {
    let html = html.replace(|letter: char| letter.is_control() && letter != '\n', "");
    let html = if html.contains("<script>") { without_script(&html) } else { html };
    const VOID: [&str; 3] = ["meta", "br", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    for piece in html.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let name = tag.trim_end_matches('/').split([' ', '\n']).next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "…{}", &piece[..piece.len().min(80)]),
            None if VOID.contains(&name) || tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}
