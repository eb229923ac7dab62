//! The report's tables and figures as an Excel workbook that an analyst can go on working in.
//!
//! In: the [`Document`], the job's charts and colours. Out: a cover (what it is, contents with links, what the marks
//! mean), then one sheet a printed table in the report's order, one a figure whose data stand in no printed table, and
//! the appendix' tables. Numbers are numbers with a number format that shows what the report prints; nothing is a
//! formula. Charts are Excel's own, over the cells of their sheet.
//!
//! Accessibility. Public documents in Sweden follow EN 301 549 (lag 2018:1937); for spreadsheets we do what DIGG's
//! guidance and the checker in Excel ask for: every sheet has a telling name and its title in A1; one table a sheet
//! with a marked header row (a table object, so that a screen reader says the header); no merged, hidden or empty
//! leading rows or columns; no meaning by colour alone (totals and groups are bold, and indented under one another);
//! marks for what is missing are text and explained on the cover; links have telling texts; charts have alternative
//! texts; language and title are among the document's properties; the cursor stands in A1.
//! Where values are missing a chart's numbers stand in a small table of their own, with the cells empty: Excel draws
//! a text as zero.

mod charts;

mod cover;

mod formats;

mod grid;

mod language;

mod notes;

mod register;

mod series;

mod sheet;

mod sheets;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::document::Document;
use crate::diagnostic::Failure;
use crate::domain::period::date_of;
use crate::job::plan::{ChartPlan, LoadedTheme};

use formats::Colours;
pub(crate) use register::register;

/// What all sheets are written with.
struct Context<'a> {
    document: &'a Document,
    charts: &'a [ChartPlan],
    colours: Colours,
}

/// The file's bytes: the same document and day give the same.
pub(crate) fn write(
    document: &Document,
    charts: &[ChartPlan],
    as_of: i32,
    theme: &LoadedTheme,
) -> Result<Vec<u8>, Failure> {
    let context = Context { document, charts, colours: Colours::of(theme) };
    let bytes = workbook(&context, as_of)
        .map_err(|error| Failure::internal(format!("the Excel appendix cannot be written: {error}")))?;
    language::marked(&bytes)
}

fn workbook(context: &Context<'_>, as_of: i32) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(context.document, as_of)?);
    let sheets = sheets::of(context.document);
    cover::write(workbook.add_worksheet(), context, &sheets)?;
    for plan in &sheets {
        sheet::write(workbook.add_worksheet(), context, plan)?;
    }
    workbook.save_to_buffer()
}

/// The day of the data stands for the clock, so that a second run gives the same bytes.
fn created_on(as_of: i32) -> Result<DocProperties, XlsxError> {
    let date = date_of(as_of);
    let created = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8)?;
    Ok(DocProperties::new().set_creation_datetime(&created))
}

fn properties(document: &Document, as_of: i32) -> Result<DocProperties, XlsxError> {
    let title = printed!("write-appendix-of", title = document.title);
    Ok(created_on(as_of)?
        .set_title(formats::cell_text(&title))
        .set_subject(formats::cell_text(&document.period))
        .set_author(formats::cell_text(&document.organisation))
        .set_company(formats::cell_text(&document.organisation)))
}

#[cfg(test)]
mod tests;
