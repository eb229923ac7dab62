//! Delimited files.

use super::*;

fn events(columns: &[&str]) -> SourcePlan {
    source(SourceKind::Events, columns)
}

/// Reads one file with this content.
fn read_text(source: &SourcePlan, content: impl AsRef<[u8]>) -> Result<Seen, Failure> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    read(source, &[file(folder.path(), "prov.csv", content)], 2)
}

fn rows(source: &SourcePlan, content: impl AsRef<[u8]>) -> Seen {
    read_text(source, content).expect("readable")
}

#[test]
fn only_the_asked_for_cells_come_whatever_their_order_in_the_file() {
    let seen = rows(&events(&["Enhet", "Nr"]), "Nr;Datum;Enhet;Text\n1;2023-01-01;A;x\n2;2023-01-02;B;y");
    assert_eq!(seen.cells(), [["A", "1"], ["B", "2"]]);
    assert_eq!(seen.numbers(), [2, 3]);
    let door = &seen.files[0].sheets[0];
    assert_eq!((door.columns.as_slice(), door.rows), ([3, 1].as_slice(), 3));
    assert_eq!(door.encoding.as_deref(), Some("utf-8"));
}

#[test]
fn quotes_line_breaks_and_all_line_ends_are_understood() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["Nr;Text", "1;\"a;\"\"b\"\"\r\nc\"", "\"2\";\"\"", "3;d"].join(end);
        let seen = rows(&events(&["Nr", "Text"]), &text);
        assert_eq!(seen.cells(), [["1", "a;\"b\"\r\nc"], ["2", ""], ["3", "d"]], "{end:?}");
        assert_eq!(seen.numbers(), [2, 3, 4], "records are counted, not lines");
    }
}

#[test]
fn short_and_long_records_and_trailing_delimiters_are_rows_like_others() {
    let seen = rows(&events(&["Nr", "Text", "Slut"]), "Nr;Text;Slut;\n1;a\n2;b;c;d;e;f\n3;;z;\n");
    assert_eq!(seen.cells(), [["1", "a", ""], ["2", "b", "c"], ["3", "", "z"]]);
}

#[test]
fn a_quote_inside_an_unquoted_cell_is_a_character() {
    let seen = rows(&events(&["Nr", "Text"]), "Nr;Text\n1;5\" rör\n2;\"a\"b\n3;\"c\"\"d\"\n");
    assert_eq!(seen.cells(), [["1", "5\" rör"], ["2", "ab"], ["3", "c\"d"]]);
}

#[test]
fn an_unclosed_quote_stops_the_run_with_its_record() {
    let failure =
        read_text(&events(&["Nr", "Text"]), "Nr;Text\n1;a\n2;\"b\n3;c\n4;d\n").expect_err("swallows the file");
    let problem = &failure.diagnostics[0];
    assert_eq!(problem.code, Code::BrokenRecord);
    assert!(problem.message.contains("record 3"), "{}", problem.message);
    assert!(problem.at.to_string().ends_with("prov.csv, cell A3"), "{}", problem.at);
}

#[test]
fn a_quote_that_would_swallow_records_up_to_the_next_quote_stops_the_run_too() {
    let failure =
        read_text(&events(&["Nr", "Text"]), "Nr;Text\n1;\"a\n2;b\n3;\"c\"\n").expect_err("swallows two records");
    assert_eq!(failure.diagnostics[0].code, Code::BrokenRecord);
    assert!(failure.diagnostics[0].message.contains("record 2"));
}

#[test]
fn nul_bytes_are_characters() {
    assert_eq!(rows(&events(&["Nr", "Text"]), "Nr;Text\n1;a\0b\n").cells(), [["1", "a\0b"]]);
}

#[test]
fn windows_1252_stays_as_it_is_and_utf_8_with_a_mark_loses_it() {
    let seen = rows(&events(&["Nr", "Åtgärd"]), b"Nr;\xC5tg\xE4rd\r\n1;\xF6ppen \x96 \x80\r\n");
    assert_eq!(seen.cells(), [["1", "öppen – €"]]);
    assert_eq!(seen.files[0].sheets[0].encoding.as_deref(), Some("windows-1252"));
    let seen = rows(&events(&["Nr", "Åtgärd"]), "\u{feff}Nr;Åtgärd\r\n1;öppen\r\n");
    assert_eq!(seen.cells(), [["1", "öppen"]]);
}

#[test]
fn utf_16_in_either_order_with_tabs_is_read() {
    let text = "\u{feff}Nr\tÅtgärd\r\n1\töppen 😀\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, name) in [(&little, "utf-16le"), (&big, "utf-16be"), (&little[2..].to_vec(), "utf-16le")] {
        let seen = rows(&events(&["Nr", "Åtgärd"]), bytes);
        assert_eq!(seen.cells(), [["1", "öppen 😀"]]);
        let door = &seen.files[0].sheets[0];
        assert_eq!(door.encoding.as_deref(), Some(name));
    }
}

#[test]
fn bytes_that_contradict_the_encoding_are_told_with_record_and_key() {
    let mut text = b"Nr;Text\n".to_vec();
    for row in 0..60_000 {
        text.extend(format!("{row};en rad med bara ascii\n").as_bytes());
    }
    text.extend(b"60000;\xE5ter\n");
    let failure = read_text(&events(&["Nr", "Text"]), &text).expect_err("not UTF-8");
    let problem = &failure.diagnostics[0];
    assert_eq!(
        (problem.code, problem.message.as_str()),
        (Code::BadEncoding, "record 60002 holds bytes that are not UTF-8")
    );
    assert!(problem.help.as_deref().expect("help").contains("encoding = \"windows-1252\"` under [source.prov]"));
    let mut declared = events(&["Nr", "Text"]);
    declared.layout.encoding = Some("windows-1252".into());
    assert_eq!(rows(&declared, &text).cells()[60_000], ["60000", "åter"]);
}

#[test]
fn the_delimiter_is_the_one_that_gives_the_headers() {
    let text = "Nyckeltal, andel (%), kommun;2021;2022\nSvarsfrekvens, andel (%);44,4;23,9\n";
    let seen = rows(&source(SourceKind::Observations, &["Nyckeltal, andel (%), kommun", "2021"]), text);
    assert_eq!(seen.cells(), [["Svarsfrekvens, andel (%)", "44,4"]]);
    for delimiter in ['\t', ',', '|', ';'] {
        let text = "Nr;Enhet\n1;A\n".replace(';', &delimiter.to_string());
        let seen = rows(&events(&["Nr", "Enhet"]), text);
        assert_eq!(seen.cells(), [["1", "A"]], "{delimiter:?}");
    }
    let seen = rows(&events(&["Nr", "Enhet"]), "sep=:\r\nNr:Enhet\r\n1:A\r\n");
    assert_eq!((seen.cells(), seen.numbers()), (vec![vec!["1", "A"]], vec![3]));
}

#[test]
fn title_rows_above_the_header_are_headings() {
    let seen = rows(&events(&["Nr", "Enhet"]), "Uttag 2024;;\r\nperiod 2023\r\n\r\n;;\r\nNr;Enhet;x\r\n1;A;\r\n");
    assert_eq!((seen.numbers(), seen.fates()), (vec![6], vec![(Fate::Heading, 5)]));
}

#[test]
fn a_header_of_two_rows_is_joined_over_its_blanks() {
    let text = ";Resultat;;Mål\nIndex;2022;2023;2023\nTrygghet;69;70;80\n";
    let mut plan = source(SourceKind::Observations, &["Index"]);
    plan.layout.header_rows = 2;
    plan.wide = vec![wide(&["Resultat 2023"]), wide(&["Mål 2023"]), wide(&["2022"])];
    let seen = rows(&plan, text);
    assert_eq!(seen.cells(), [["Trygghet", "70", "80", "69"]]);
    assert_eq!(seen.files[0].sheets[0].headers, ["Index", "Resultat 2023", "Mål 2023", "Resultat 2022"]);
}

#[test]
fn a_header_that_stands_twice_is_ambiguous() {
    let failure = read_text(&events(&["Enhet", "Antal"]), "Enhet;Antal;%;Antal;%\nA;1;2;3;4\n").expect_err("which?");
    let problem = &failure.diagnostics[0];
    assert_eq!(problem.code, Code::AmbiguousColumn);
    assert!(problem.message.contains("2 times, in the columns B, D"), "{}", problem.message);
    assert!(problem.help.as_deref().expect("help").contains("header_rows = 2"));
}

#[test]
fn missing_columns_of_all_files_are_told_together() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        file(folder.path(), "a.csv", "Nr;Enhet;Datum\n1;A;x\n"),
        file(folder.path(), "b.csv", "Nr;Enheten;Datum\n1;A;x\n"),
        file(folder.path(), "c.csv", "Nr;Datum\n1;A\n"),
        file(folder.path(), "d.csv", "\"x"),
    ];
    let failure = read(&events(&["Nr", "Enhet", "Datum"]), &files, 2).expect_err("two columns are missing");
    let codes: Vec<Code> = failure.diagnostics.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::MissingColumn, Code::MissingColumn, Code::BrokenRecord]);
    assert!(failure.diagnostics[0].help.as_deref().expect("help").contains("did you mean \"Enheten\"?"));
    assert_eq!(failure.diagnostics[0].more.as_deref(), Some("the header has: \"Nr\", \"Enheten\", \"Datum\""));
}

#[test]
fn a_file_without_the_header_names_what_was_looked_for() {
    let failure = read_text(&events(&["Ärendenr", "Enhet"]), "Ärendenummer;Avdelning\n1;A\n").expect_err("no header");
    let problem = &failure.diagnostics[0];
    assert_eq!(problem.code, Code::HeaderNotFound);
    assert!(problem.message.contains("\"Ärendenr\", \"Enhet\""), "{}", problem.message);
    assert!(problem.help.as_deref().expect("help").contains("\"Ärendenummer\""));
}

#[test]
fn a_declared_header_row_is_taken_though_an_earlier_row_fits() {
    let mut plan = events(&["Nr", "Enhet"]);
    plan.layout.header_row = Some(3);
    let seen = rows(&plan, "Nr;Enhet\nx;y\nEnhet;Nr\nA;1\n");
    assert_eq!(seen.cells(), [["1", "A"]]);
    plan.layout.header_row = Some(9);
    assert_eq!(codes(read_text(&plan, "Nr;Enhet\n1;A\n")), [Code::HeaderNotFound]);
}

#[test]
fn header_only_and_one_column_files_are_read() {
    let seen = rows(&events(&["Nr", "Enhet"]), "Nr;Enhet");
    assert_eq!((seen.rows.len(), seen.fates()), (0, vec![(Fate::Heading, 1)]));
    let seen = rows(&events(&["Nr"]), "Nr\n1\n\n2\nsista raden\n");
    assert_eq!(seen.cells(), [["1"], ["2"], ["sista raden"]]);
    assert_eq!(seen.fates(), [(Fate::Heading, 1), (Fate::Blank, 1)]);
}

#[test]
fn what_stands_below_the_data_is_told_apart() {
    let text = "Ärendenr;Datum;Enhet\nA-1;2023-01-01;X\n;;\nTotalt antal ärenden;415;\n\
                Ett ärende kan avse flera enheter.;;\n;;\nKälla: systemet;;\n\n";
    let seen = rows(&events(&["Ärendenr", "Datum"]), text);
    assert_eq!(seen.numbers(), [2]);
    assert_eq!(seen.fates(), [(Fate::Heading, 1), (Fate::Blank, 3), (Fate::TotalRow, 1), (Fate::Footnote, 2)]);
}

#[test]
fn an_event_with_nothing_but_its_id_is_data_in_the_middle_and_directly_below() {
    let seen = rows(&events(&["Nr", "Datum"]), "Nr;Datum\nA-1;2023-01-01\nA-2;\nA-3;2023-01-03\nA-4;\n");
    assert_eq!(seen.numbers(), [2, 3, 4, 5]);
    let seen = rows(&events(&["Nr", "Datum"]), "Nr;Datum\nA-1;2023-01-01\nendast preliminära uppgifter\n;\nxyz\n");
    assert_eq!(
        (seen.numbers(), seen.fates()),
        (vec![2], vec![(Fate::Heading, 1), (Fate::Blank, 1), (Fate::Footnote, 2)])
    );
}

#[test]
fn section_rows_of_a_table_are_headings_and_numbers_alone_are_data() {
    let text = "indicator;2022;2023\nSvarsfrekvens;;\nU1;27;..\nResultat;;\nU2;;5\n2024;;\nU3;1;\n";
    let seen = rows(&source(SourceKind::Observations, &["indicator", "2022", "2023"]), text);
    assert_eq!(seen.numbers(), [3, 5, 6, 7]);
    assert_eq!(seen.fates(), [(Fate::Heading, 3)]);
}

#[test]
fn a_real_row_that_begins_like_a_total_is_never_swallowed() {
    let text = "Avdelning;Nr;Datum\nSamtliga;7;2023-01-01\nTotalt;415;\n Summa ;1;2\nTotalförsvaret;1;x\n";
    let seen = rows(&events(&["Nr", "Datum"]), text);
    assert_eq!(seen.cells(), [["7", "2023-01-01"], ["1", "x"]]);
    assert_eq!(seen.fates(), [(Fate::Heading, 1), (Fate::TotalRow, 2)]);
}

#[test]
fn in_a_table_the_column_tells_whether_a_label_means_a_total() {
    let text = "group;indicator;value\nTotalt;U1;5\nK;Samtliga medarbetare har plan;6\n";
    let seen = rows(&source(SourceKind::Observations, &["group", "indicator", "value"]), text);
    assert_eq!(seen.rows.len(), 2, "Totalt is a group");
    let text = "indicator;value\nSamtliga medarbetare har plan;6\nTotalt;7\n";
    let seen = rows(&source(SourceKind::Observations, &["indicator", "value"]), text);
    assert_eq!(seen.cells(), [["Samtliga medarbetare har plan", "6"]]);
    let text = "area;value\nNorrtälje;6\nTotalt riket;7\n";
    let seen = rows(&source(SourceKind::Observations, &["area", "value"]), text);
    assert_eq!(seen.cells(), [["Norrtälje", "6"]]);
}

#[test]
fn blank_means_every_cell_blank_asked_for_or_not() {
    let seen =
        rows(&events(&["Nr", "Datum"]), "Nr;Datum;Text\n1;x;\n \t;\u{a0};\"\"\n;;bara text\n\"\";\"\";\"\"\n2;y;\n");
    assert_eq!((seen.numbers(), seen.fates()), (vec![2, 4, 6], vec![(Fate::Heading, 1), (Fate::Blank, 2)]));
}

#[test]
fn two_columns_may_be_read_from_one() {
    let mut plan = events(&["Nr"]);
    plan.columns.push(column("enhet", &["Enhet"]));
    plan.columns.push(column("igen", &["Enhet", "Unit"]));
    assert_eq!(rows(&plan, "Nr;Enhet\n1;A\n").cells(), [["1", "A", "A"]]);
}

#[test]
fn files_are_read_in_order_and_digested() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: Vec<PathBuf> = (0..40)
        .map(|number| file(folder.path(), &format!("f{number:02}.csv"), format!("Nr;Enhet\n{number};A\n{number};B\n")))
        .collect();
    let seen = read(&events(&["Nr"]), &files, 4).expect("readable");
    let numbers: Vec<usize> = seen.cells().iter().map(|row| row[0].parse().expect("a number")).collect();
    assert!(numbers.is_sorted() && numbers.len() == 80);
    let expected = blake3::hash(b"Nr;Enhet\n7;A\n7;B\n").to_hex().to_string();
    assert_eq!((seen.files[7].digest.as_str(), seen.files[7].bytes), (expected.as_str(), 17));
}

#[test]
fn an_error_of_the_sink_stops_the_reading() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: Vec<PathBuf> =
        (0..20).map(|number| file(folder.path(), &format!("f{number:02}.csv"), "Nr;Enhet\n1;A\n")).collect();
    let abort = AtomicBool::new(false);
    let sink = |batch: &RawBatch| match batch.sequence {
        0..7 => Ok(()),
        _ => Err(Failure::internal(format!("batch {}", batch.sequence))),
    };
    let reading = Reading { files: &files, threads: 3, abort: &abort };
    let failure = read_source(&events(&["Nr"]), reading, &sink).expect_err("the sink refuses");
    assert_eq!(failure.diagnostics[0].message, "batch 7", "the lowest number is told, always");
    assert!(abort.load(std::sync::atomic::Ordering::Acquire));
}

#[test]
fn the_samples_are_read_to_the_last_row() {
    let treserva = [
        "Avvikelsenr",
        "Registrerad",
        "Händelsedatum",
        "Förvaltning",
        "Avdelning",
        "Enhet",
        "Kategori",
        "Sannolikhet",
        "Allvarlighetsgrad",
        "Status",
        "Avslutad",
        "Beskrivning",
    ];
    let seen = read(&events(&treserva), &[sample("goteborg-sydvast/avvikelser_treserva.csv")], 2).expect("readable");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(sample("goteborg-sydvast/avvikelser_treserva.csv"))
        .expect("there");
    assert_eq!(seen.rows.len(), reader.byte_records().count());
    assert_eq!(seen.files[0].sheets[0].encoding.as_deref(), Some("windows-1252"));
    assert_eq!(seen.cells()[3][11], "Uppföljning av placering saknas sedan flera månader.\nE-post: tolvan@example.se.");
    let kolada = source(SourceKind::Observations, &["Nyckeltal", "2021", "2022", "2023"]);
    let seen = read(&kolada, &[sample("norrtalje/kolada_familjehem.csv")], 1).expect("readable");
    assert_eq!(seen.cells()[0], ["Brukarenkät familjehem, svarsfrekvens, andel (%)", "44,4", "23,9", "23,3"]);
    let strangnas = source(SourceKind::Observations, &["Kvartal", "Antal rapporterade till IVO"]);
    let seen = read(&strangnas, &[sample("strangnas/ej_verkstallda_beslut.csv")], 1).expect("readable");
    assert_eq!(seen.cells(), [["Kvartal 1", "10"], ["Kvartal 2", "12"], ["Kvartal 3", "14"], ["Kvartal 4", "17"]]);
}
