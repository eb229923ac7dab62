//! The first sheet: what the workbook is, what is in it, and how to read its marks.

use rust_xlsxwriter::{FormatAlign, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::super::values::mark_of;
use super::Context;
use super::formats::{self, cell_text, guarded};
use super::notes::lines;
use super::sheet::page;
use super::sheets::SheetPlan;
use crate::domain::table::Nothing;

const TITLE_LETTERS: f64 = 78.0;
const CHAPTER_LETTERS: f64 = 42.0;

/// Marks and conventions, as the report has them.
fn conventions() -> [&'static str; 7] {
    [
        word!("write-xlsx-rounded"),
        word!("write-xlsx-shares"),
        word!("write-xlsx-sums"),
        word!("write-xlsx-year-before"),
        word!("write-xlsx-bold"),
        word!("write-xlsx-charts"),
        word!("write-xlsx-no-formulas"),
    ]
}

/// Writes the cover.
pub(super) fn write(sheet: &mut Worksheet, context: &Context<'_>, sheets: &[SheetPlan<'_>]) -> Result<(), XlsxError> {
    sheet.set_name(word!("write-contents"))?;
    sheet.set_column_width(0, TITLE_LETTERS)?;
    sheet.set_column_width(1, CHAPTER_LETTERS)?;
    let row = facts(sheet, context)?;
    let row = contents(sheet, context, sheets, row)?;
    let row = marks(sheet, context, row)?;
    let last_row = reading(sheet, context, row)?;
    sheet.set_print_area(0, 0, last_row - 1, 1)?;
    page(sheet, context, false);
    sheet.set_active(true);
    Ok(())
}

/// A link to this sheet from another.
pub(super) fn link_back(sheet: &mut Worksheet, context: &Context<'_>, row: u32) -> Result<(), XlsxError> {
    let link = Url::new(format!("internal:'{}'!A1", word!("write-contents"))).set_text(word!("write-to-contents"));
    sheet.write_url_with_format(row, 0, link, &formats::link(&context.colours))?;
    Ok(())
}

fn facts(sheet: &mut Worksheet, context: &Context<'_>) -> Result<u32, XlsxError> {
    let (document, colours) = (context.document, &context.colours);
    let title = cell_text(&printed!("write-appendix-of", title = document.title));
    sheet.write_string_with_format(0, 0, &title, &guarded(formats::title(colours), &title))?;
    let committee = document.committee.as_ref().map(|committee| printed!("write-committee", committee));
    let decision = document.decision.as_ref().map(|decision| printed!("write-decision", decision));
    let facts = [
        Some(document.organisation.clone()),
        Some(printed!("write-period-of", period = document.period)),
        Some(printed!("write-as-of", as_of = document.as_of)),
        committee,
        decision,
    ];
    let mut row = 1;
    for fact in facts.into_iter().flatten() {
        let fact = cell_text(&fact);
        sheet.write_string_with_format(row, 0, &fact, &guarded(rust_xlsxwriter::Format::new(), &fact))?;
        row += 1;
    }
    Ok(row)
}

/// A line of the contents: what it is called, its sheet, its chapter.
struct Entry<'a> {
    title: &'a str,
    sheet: &'a str,
    chapter: &'a str,
}

/// Every sheet, and every figure that stands on a table's sheet.
fn entries<'a>(sheets: &'a [SheetPlan<'_>]) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for sheet in sheets {
        entries.push(Entry { title: &sheet.title, sheet: &sheet.name, chapter: &sheet.chapter });
        let guests = sheet.figures.iter().filter(|figure| figure.title != sheet.title);
        entries.extend(guests.map(|figure| Entry {
            title: &figure.title,
            sheet: &sheet.name,
            chapter: &figure.chapter,
        }));
    }
    entries
}

fn contents(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    sheets: &[SheetPlan<'_>],
    header_row: u32,
) -> Result<u32, XlsxError> {
    let entries = entries(sheets);
    let object = listing(context, "Innehall", [word!("write-contents"), word!("write-chapter")]);
    place(sheet, &object, header_row, entries.len())?;
    for (row, entry) in (header_row + 1..).zip(&entries) {
        let link =
            Url::new(format!("internal:'{}'!A1", entry.sheet.replace('\'', "''"))).set_text(cell_text(entry.title));
        sheet.write_url_with_format(row, 0, link, &formats::link(&context.colours).set_text_wrap())?;
        let chapter = cell_text(entry.chapter);
        let format = guarded(formats::muted(&context.colours), &chapter);
        sheet.write_string_with_format(row, 1, &chapter, &format.set_align(FormatAlign::Top))?;
    }
    Ok(header_row + 1 + entries.len().max(1) as u32)
}

/// A table object of two columns.
fn listing(context: &Context<'_>, name: &str, headers: [&str; 2]) -> Table {
    let header =
        |text: &str| TableColumn::new().set_header(text).set_header_format(formats::header(&context.colours, false));
    Table::new().set_name(name).set_style(TableStyle::None).set_autofilter(false).set_columns(&headers.map(header))
}

fn place(sheet: &mut Worksheet, object: &Table, header_row: u32, rows: usize) -> Result<(), XlsxError> {
    sheet.add_table(header_row, 0, header_row + rows.max(1) as u32, 1, object)?;
    // Air before the table, without an empty row.
    sheet.set_row_height(header_row, 30.0)?;
    Ok(())
}

fn marks(sheet: &mut Worksheet, context: &Context<'_>, header_row: u32) -> Result<u32, XlsxError> {
    let marks = [
        (Nothing::Withheld, word!("write-withheld-means")),
        (Nothing::Missing, word!("write-missing-means")),
        (Nothing::NotApplicable, word!("write-not-applicable-means")),
    ];
    let object = listing(context, word!("write-sign"), [word!("write-meaning"), word!("write-sign")]);
    place(sheet, &object, header_row, marks.len() + 1)?;
    let mut row = header_row + 1;
    for (nothing, meaning) in marks {
        sheet.write_string(row, 0, meaning)?;
        sheet.write_string(row, 1, mark_of(nothing))?;
        row += 1;
    }
    sheet.write_string(row, 0, word!("write-zero-means"))?;
    let left = rust_xlsxwriter::Format::new().set_align(FormatAlign::Left);
    sheet.write_number_with_format(row, 1, 0, &left)?;
    Ok(row + 1)
}

fn reading(sheet: &mut Worksheet, context: &Context<'_>, first_row: u32) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(
        first_row,
        0,
        word!("write-how-to-read-tables"),
        &formats::heading(&context.colours),
    )?;
    sheet.set_row_height(first_row, 30.0)?;
    let mut row = first_row + 1;
    for line in conventions().iter().flat_map(|text| lines(text, (TITLE_LETTERS + CHAPTER_LETTERS) as usize - 8)) {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    Ok(row)
}
