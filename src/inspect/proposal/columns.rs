//! The columns of a source: kinds, formats, separators, and why some are left out.

use crate::domain::personal_data;
use crate::domain::spelling::fold;
use crate::ingest::FileKind;
use crate::inspect::personal::Suspicion;
use crate::inspect::{ColumnProfile, Kind, Role, Shape, SheetProfile, name_of};
use crate::job::draft::{Section, inline, key, list, quoted, texts};

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
pub(super) fn line(section: &mut Section, asked: &Asked<'_>, kind: Kind, further: &[(&'static str, String)]) {
    let column = asked.column;
    let mut pairs = vec![("header", quoted(&column.header)), ("kind", quoted(kind.key()))];
    let formats: Vec<&str> = column.date_formats.iter().filter_map(|(form, _)| form.format()).collect();
    if kind == Kind::Date && !formats.is_empty() {
        pairs.push(("formats", texts(&formats)));
    }
    if kind == Kind::Category && !column.separators.is_empty() {
        pairs.push(("split", texts(&column.separators)));
    }
    if kind == Kind::Number && is_fraction(column) {
        pairs.push(("fraction", "true".into()));
    }
    if kind == Kind::Category && is_block_label(column) {
        pairs.push(("fill_down", "true".into()));
    }
    if kind == Kind::Category && column.values.iter().any(|(value, _)| fold(value) == MISSING_LABEL) {
        pairs.push(("missing_label", quoted(&printed!("inspect-empty-cell"))));
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

fn questions(column: &ColumnProfile, kind: Kind) -> Vec<String> {
    let mut questions = Vec::new();
    if column.date_formats.iter().any(|(form, _)| form.format() == Some("%m/%d/%Y")) {
        questions.push(printed!("inspect-ask-month-before-day"));
    }
    if column.role == Role::PeriodDate && column.blank > 0 {
        questions.push(printed!("inspect-ask-rows-without-date", blank = column.blank));
    }
    if kind == Kind::Category && !column.separators.is_empty() {
        questions.push(printed!("inspect-ask-several-values-in-a-cell"));
    }
    if kind == Kind::Category && is_block_label(column) {
        questions.push(printed!("inspect-ask-value-of-rows-below"));
    }
    if kind == Kind::Id && column.is_suspect() {
        questions.push(printed!("inspect-ask-values-like-personal-data"));
    }
    if kind == Kind::Text {
        questions.push(printed!("inspect-ask-text-is-printed"));
    }
    questions
}

/// The kind that a job gives it: what looks like an identity counts as a label where it is not the sheet's.
pub(super) fn kind_of(column: &ColumnProfile) -> Kind {
    match (column.role, column.kind) {
        (Role::Id, _) => Kind::Id,
        (_, Kind::Id) => Kind::Category,
        (_, kind) => kind,
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
    let named = printed!("inspect-left-out-column", letters, header = column.header);
    if column.header.is_empty() {
        return Some(printed!("inspect-left-out-without-header", letters));
    }
    if column.unusable {
        return Some(printed!("inspect-left-out-same-header", named));
    }
    if column.is_suspect() && column.role != Role::Id {
        let kinds =
            column.personal.iter().map(|(kind, count)| printed!("inspect-kind-in-cells", kind = swedish(*kind), count));
        return Some(printed!("inspect-left-out-personal-data", named, kinds = kinds.collect::<Vec<_>>().join(", ")));
    }
    if column.filled == 0 {
        return Some(printed!("inspect-left-out-empty", named));
    }
    (column.role == Role::FreeText && !with_text)
        .then(|| printed!("inspect-left-out-free-text", named, distinct = column.distinct))
}

fn swedish(suspicion: Suspicion) -> String {
    match suspicion {
        Suspicion::Of(personal_data::Kind::Telefon) => printed!("inspect-phone-number"),
        Suspicion::Of(personal_data::Kind::EPost) => printed!("inspect-e-mail-address"),
        Suspicion::Of(personal_data::Kind::Adress) => printed!("inspect-postal-address"),
        Suspicion::Of(personal_data::Kind::Personnummer) => printed!("inspect-personnummer"),
        Suspicion::Names => printed!("inspect-names-of-persons"),
    }
}

/// The keys that all sources have.
pub(super) fn source(table: &super::Table<'_>, kind: &str) -> Section {
    let (sheet, profile) = (table.sheet, &table.export.profile);
    let mut section = Section::table(format!("source.{}", table.name));
    let found = [
        Some(printed!("inspect-found-rows", data_rows = sheet.data_rows, format = format_name(profile.format))),
        profile.encoding.as_ref().map(|encoding| printed!("inspect-found-encoding", encoding)),
        profile.delimiter.map(|delimiter| printed!("inspect-found-delimiter", delimiter = shown(delimiter))),
        sheet.header_row.filter(|row| *row > 0).map(|row| printed!("inspect-found-header-row", row)),
        (sheet.total_rows > 0).then(|| printed!("inspect-found-total-rows", total_rows = sheet.total_rows)),
        (sheet.footnotes > 0).then(|| printed!("inspect-found-footnotes", footnotes = sheet.footnotes)),
    ];
    section.comment(printed!("inspect-found", facts = found.into_iter().flatten().collect::<Vec<String>>().join(", ")));
    section.text("kind", kind);
    section.text("title", &table.title).comment(printed!("inspect-ask-title-of-source"));
    section.key("files", texts(&[&table.export.path]));
    if let Some(name) = sheet.name.as_ref().filter(|_| profile.sheets.len() > 1) {
        section.key("sheets", texts(&[name]));
    }
    if sheet.header_rows > 1 {
        section.key("header_rows", sheet.header_rows.to_string());
    }
    if sheet.shape == Shape::AnswersByPlace {
        section.key("missing", "{}").comment(printed!("inspect-marks-are-answers"));
    } else if let Some(missing) = missing(sheet) {
        section.key("missing", missing).comment(printed!("inspect-ask-what-marks-mean"));
    }
    section
}

fn format_name(kind: FileKind) -> String {
    match kind {
        FileKind::Delimited => printed!("inspect-format-text"),
        FileKind::Json => printed!("inspect-format-kolada"),
        FileKind::Workbook(_) => name_of(kind).to_string(),
    }
}

fn shown(delimiter: char) -> String {
    if delimiter == '\t' { "tabb".into() } else { delimiter.to_string() }
}

/// A list of names as TOML.
pub(super) fn names(values: impl Iterator<Item = String>) -> String {
    list(&values.map(|value| quoted(&value)).collect::<Vec<String>>())
}
