//! The columns of a source: kinds, formats, separators, and why some are left out.

use crate::inspect::{ColumnProfile, Kind, Role, Shape, SheetProfile};
use crate::job::draft::{Section, inline, key, list, quoted, texts};
use crate::job::plan::fold;

use super::names::Names;

/// Names that measures read as steps of time, and names with a meaning in observations.
pub(super) const RESERVED: [&str; 12] = [
    "year",
    "calendar_year",
    "quarter",
    "month",
    "indicator",
    "area",
    "period",
    "group",
    "value",
    "n",
    "goal",
    "reference",
];

/// Bucket of blank cells where a job gives no other name.
const MISSING_LABEL: &str = "uppgift saknas";

/// Marks that a source knows without being told.
const KNOWN_MARKS: [(&str, &str); 5] =
    [("..", "withheld"), ("X", "withheld"), ("-", "missing"), ("–", "missing"), (".", "not_applicable")];

/// A column that the draft asks for, by index, with its name in the job file.
pub(super) struct Asked<'a> {
    pub index: usize,
    pub name: String,
    pub column: &'a ColumnProfile,
}

/// Whether a draft asks for a column at all.
pub(super) fn is_asked(column: &ColumnProfile) -> bool {
    let personal = column.role != Role::Id && column.is_suspect();
    !column.unusable && column.filled > 0 && !personal && column.role != Role::PersonalData
}

/// The columns of a sheet, `name` giving those with a meaning of their own.
pub(super) fn asked<'a>(
    sheet: &'a SheetProfile,
    with_text: bool,
    name: impl Fn(&ColumnProfile) -> Option<&'static str>,
) -> Vec<Asked<'a>> {
    let mut names = Names::without(&RESERVED);
    let fits = |column: &&ColumnProfile| is_asked(column) && (with_text || column.role != Role::FreeText);
    let columns = sheet.columns.iter().enumerate().filter(|(_, column)| fits(column));
    let mut given: Vec<&str> = Vec::new();
    let named = columns.map(|(index, column)| {
        let own = name(column).filter(|own| !given.contains(own));
        given.extend(own);
        let name = own.map_or_else(|| names.key(&column.header, "kolumn"), String::from);
        Asked { index, name, column }
    });
    named.collect()
}

/// The line of a column: `key = { header = …, kind = … }`, with a question where it is a guess.
pub(super) fn line(section: &mut Section, asked: &Asked<'_>, kind: &str, further: &[(&'static str, String)]) {
    let column = asked.column;
    let mut pairs = vec![("header", quoted(&column.header)), ("kind", quoted(kind))];
    let formats: Vec<&str> = column
        .date_formats
        .iter()
        .map(|(format, _)| format.as_str())
        .filter(|format| format.starts_with('%'))
        .collect();
    if kind == "date" && !formats.is_empty() {
        pairs.push(("formats", texts(&formats)));
    }
    if kind == "category" && !column.separators.is_empty() {
        pairs.push(("split", texts(&column.separators)));
    }
    if kind == "number" && is_fraction(column) {
        pairs.push(("fraction", "true".into()));
    }
    if kind == "category" && is_block_label(column) {
        pairs.push(("fill_down", "true".into()));
    }
    if kind == "category" && column.values.iter().any(|(value, _)| fold(value) == MISSING_LABEL) {
        pairs.push(("missing_label", quoted("Tom cell")));
    }
    pairs.extend(further.iter().cloned());
    let line = section.key(&key(&asked.name), inline(&pairs));
    for question in questions(column, kind) {
        line.comment(question);
    }
}

/// A label that stands only on the first row of its block: at the left edge, never twice, and mostly blank.
fn is_block_label(column: &ColumnProfile) -> bool {
    column.column == 1 && column.filled >= 2 && column.distinct == column.filled && column.blank > column.filled
}

/// Numbers from 0 to 1 that a workbook shows as per cent.
pub(super) fn is_fraction(column: &ColumnProfile) -> bool {
    column.number.as_ref().is_some_and(|number| {
        number.percent_format > 0 && number.percent_format * 2 > number.cells && number.percent_sign == 0
    })
}

fn questions(column: &ColumnProfile, kind: &str) -> Vec<String> {
    let mut questions = Vec::new();
    if column.date_formats.iter().any(|(format, _)| format == "%m/%d/%Y") {
        questions.push("FRÅGA: månad före dag (%m/%d/%Y)? Ta annars bort formatet; de datumen avvisas då.".to_string());
    }
    if column.role == Role::PeriodDate && column.blank > 0 {
        questions.push(format!(
            "FRÅGA: {} rader saknar datumet och avvisas. Ska det tas från en annan kolumn, med `blank_from`?",
            column.blank
        ));
    }
    if kind == "category" && !column.separators.is_empty() {
        questions.push("FRÅGA: flera värden i en cell? Ta annars bort `split`.".to_string());
    }
    if kind == "category" && is_block_label(column) {
        questions.push("FRÅGA: gäller värdet även raderna under, tills nästa? Ta annars bort `fill_down`.".to_string());
    }
    if kind == "id" && column.is_suspect() {
        questions.push(
            "FRÅGA: enstaka värden liknar personuppgifter. De räknas men visas inte; är kolumnen rätt?".to_string(),
        );
    }
    if kind == "text" {
        questions.push(
            "FRÅGA: texten skrivs ut i rapporten. Kan den röra en enskild person? Ta då bort kolumnen här och i registret."
                .to_string(),
        );
    }
    questions
}

/// The kind as the job file writes it.
pub(super) fn kind_of(column: &ColumnProfile) -> &'static str {
    match (column.role, column.kind) {
        (Role::Id, _) => "id",
        (_, Kind::Date) => "date",
        (_, Kind::Number) => "number",
        (_, Kind::YesNo) => "yes_no",
        (_, Kind::Category | Kind::Id) => "category",
        (_, Kind::Text) => "text",
    }
}

/// `missing = {…}`, where the marks of the source are others than those known without it.
pub(super) fn missing(sheet: &SheetProfile) -> Option<String> {
    let marks = sheet.columns.iter().flat_map(|column| column.marks.keys());
    let unknown: Vec<&String> =
        marks.filter(|mark| KNOWN_MARKS.iter().all(|(known, _)| fold(known) != fold(mark))).collect();
    let crosses = sheet.columns.iter().any(|column| column.values.iter().any(|(value, _)| fold(value) == "x"));
    if unknown.is_empty() && !crosses {
        return None;
    }
    let known = KNOWN_MARKS.iter().filter(|(mark, _)| !(crosses && *mark == "X"));
    let mut pairs: Vec<(String, String)> = known.map(|(mark, means)| (mark.to_string(), quoted(means))).collect();
    for mark in unknown {
        if pairs.iter().all(|(known, _)| fold(known) != fold(mark)) {
            pairs.push((mark.clone(), quoted("missing")));
        }
    }
    Some(inline(&pairs))
}

/// Comments about the columns that are left out, each with the reason.
pub(super) fn left_out(sheet: &SheetProfile, with_text: bool) -> Vec<String> {
    sheet.columns.iter().filter_map(|column| reason(column, with_text)).collect()
}

fn reason(column: &ColumnProfile, with_text: bool) -> Option<String> {
    let letters = crate::diagnostic::column_letters(column.column);
    let named = format!("Utelämnad: kolumn {letters} \"{}\"", column.header);
    if column.header.is_empty() {
        return Some(format!("Utelämnad: kolumn {letters} har ingen rubrik. Ge den en i exporten för att läsa den."));
    }
    if column.unusable {
        return Some(format!(
            "{named}: flera kolumner har samma rubrik. Skriv `header_rows = 2` om en rad ovanför skiljer dem."
        ));
    }
    if column.is_suspect() && column.role != Role::Id {
        let kinds = column.personal.iter().map(|(kind, count)| format!("{} i {count} celler", swedish(kind)));
        return Some(format!(
            "{named}: ser ut att innehålla personuppgifter ({}).",
            kinds.collect::<Vec<_>>().join(", ")
        ));
    }
    if column.filled == 0 {
        return Some(format!("{named}: inget värde i någon rad."));
    }
    (column.role == Role::FreeText && !with_text)
        .then(|| format!("{named}: fritext eller annan identitet, {} olika värden.", column.distinct))
}

fn swedish(kind: &str) -> &str {
    match kind {
        "phone number" => "telefonnummer",
        "e-mail address" => "e-postadress",
        "postal address" => "postadress",
        "personnummer" => "personnummer",
        _ => "namn på personer",
    }
}

/// The keys that all sources have.
pub(super) fn source(table: &super::Table<'_>, kind: &str) -> Section {
    let (sheet, profile) = (table.sheet, &table.export.profile);
    let mut section = Section::table(format!("source.{}", table.name));
    let found = [
        Some(format!("{} datarader i {}", sheet.data_rows, format_name(profile.format))),
        profile.encoding.as_ref().map(|encoding| format!("teckenkodning {encoding}")),
        profile.delimiter.map(|delimiter| format!("avgränsare {}", shown(delimiter))),
        sheet.header_row.filter(|row| *row > 0).map(|row| format!("rubrik på rad {row}")),
        (sheet.total_rows > 0).then(|| format!("summarader som hoppas över: {}", sheet.total_rows)),
        (sheet.footnotes > 0).then(|| format!("fotnoter: {}", sheet.footnotes)),
    ];
    section.comment(format!("Funnet: {}.", found.into_iter().flatten().collect::<Vec<String>>().join(", ")));
    section.text("kind", kind);
    section.text("title", &table.title).comment("FRÅGA: vad ska underlaget heta i rapporten?");
    section.key("files", texts(&[&table.export.path]));
    if let Some(name) = sheet.name.as_ref().filter(|_| profile.sheets.len() > 1) {
        section.key("sheets", texts(&[name]));
    }
    if sheet.header_rows > 1 {
        section.key("header_rows", sheet.header_rows.to_string());
    }
    if sheet.shape == Shape::AnswersByPlace {
        section.key("missing", "{}").comment("Markeringar som X och .. är svar för sig i jämförelsen.");
    } else if let Some(missing) = missing(sheet) {
        section
            .key("missing", missing)
            .comment("FRÅGA: vad betyder markeringarna? missing, not_applicable eller withheld");
    }
    section
}

fn format_name(format: &str) -> &str {
    match format {
        "delimited text" => "en textfil",
        "JSON of Kolada" => "JSON från Kolada",
        workbook => workbook,
    }
}

fn shown(delimiter: char) -> String {
    if delimiter == '\t' { "tabb".into() } else { delimiter.to_string() }
}

/// A list of names as TOML.
pub(super) fn names(values: impl Iterator<Item = String>) -> String {
    list(&values.map(|value| quoted(&value)).collect::<Vec<String>>())
}
