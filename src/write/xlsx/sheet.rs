//! One sheet: title in A1, what is counted, a way back, the table, its notes and source, its charts.

use rust_xlsxwriter::{FormatAlign, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::super::document::PrintedRow;
use super::super::values::print_value;
use super::Context;
use super::charts;
use super::cover;
use super::formats::{self, cell_text, guarded, number_format, number_of};
use super::grid::{Grid, GridCell};
use super::notes::lines;
use super::series::{self, NativeFigure, Seat};
use super::sheets::{FigurePlan, SheetPlan};
use crate::domain::table::{Nothing, Value};
use crate::draw::SheetForm;

/// Letters in the width of a portrait page: notes are at least so wide, and a wider table lies down.
const PAGE_LETTERS: usize = 92;
const WIDEST_LABEL: usize = 55;
const WIDEST_TEXT: usize = 45;
const LEAST_NUMBER: usize = 9;
/// Columns from which the labels stay in sight while the rest is scrolled.
const MANY_COLUMNS: usize = 7;

/// Writes a sheet.
pub(super) fn write(sheet: &mut Worksheet, context: &Context<'_>, plan: &SheetPlan<'_>) -> Result<(), XlsxError> {
    let grid = Grid::of(plan.table);
    sheet.set_name(&plan.name)?;
    let header_row = top(sheet, context, plan)?;
    let widths = set_widths(sheet, &grid)?;
    let (table_width, header_columns) = (widths.iter().sum::<usize>(), grid.columns.len());
    let width = table_width.max(PAGE_LETTERS);
    let last_column = last_column_of(&widths, width);
    let mut writer = SheetWriter { sheet, context, plan, grid, widths, header_row };
    let after_table = writer.table()?;
    let after_notes = writer.foot(width, after_table)?;
    let last_row = writer.figures(after_notes)?;
    let frozen = if header_columns > MANY_COLUMNS { 1 } else { 0 };
    sheet.set_freeze_panes(header_row + 1, frozen)?;
    sheet.set_repeat_rows(header_row, header_row)?;
    sheet.set_print_area(0, 0, last_row.max(1) - 1, last_column)?;
    page(sheet, context, table_width > PAGE_LETTERS);
    Ok(())
}

/// Title, what is counted and the link to the contents; the row of the table's header.
fn top(sheet: &mut Worksheet, context: &Context<'_>, plan: &SheetPlan<'_>) -> Result<u32, XlsxError> {
    let colours = &context.colours;
    let title = cell_text(&plan.title);
    sheet.write_string_with_format(0, 0, &title, &guarded(formats::title(colours), &title))?;
    let mut row = 1;
    if let Some(counted) = counted(plan) {
        sheet.write_string_with_format(row, 0, &counted, &guarded(formats::muted(colours), &counted))?;
        row += 1;
    }
    cover::link_back(sheet, context, row)?;
    Ok(row + 1)
}

/// "Antal avvikelser, kvalitetsår 2023."
fn counted(plan: &SheetPlan<'_>) -> Option<String> {
    let measure = &plan.table.measure;
    let parts = [measure.what.as_str(), measure.period.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let text = cell_text(&parts.join(", "));
    let mut letters = text.chars();
    let first = letters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// The text of a cell as the report prints it, to measure it by.
fn printed(grid: &Grid<'_>, row: &PrintedRow, column: usize) -> String {
    match grid.cell(row, column) {
        GridCell::Text(text) => text.to_string(),
        GridCell::Value(value, column) => print_value(value, &column),
    }
}

/// Widths, in letters, that fit what stands in the columns; long texts are wrapped.
fn set_widths(sheet: &mut Worksheet, grid: &Grid<'_>) -> Result<Vec<usize>, XlsxError> {
    let mut widths = Vec::new();
    for (index, column) in grid.columns.iter().enumerate() {
        let longest_line = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let indent = |row: &PrintedRow| if index == 0 { 2 * usize::from(row.level) } else { 0 };
        let content = |row: &PrintedRow| longest_line(&printed(grid, row, index)) + indent(row);
        let content = grid.table.rows.iter().map(content).max().unwrap_or(0);
        let word = column.header.split([' ', '-']).map(|word| word.chars().count()).max().unwrap_or(0);
        let most = if index == 0 { WIDEST_LABEL } else { WIDEST_TEXT };
        let width = (content.max(word) + 2).clamp(LEAST_NUMBER, most);
        sheet.set_column_width(index as u16, width as f64)?;
        widths.push(width);
    }
    Ok(widths)
}

/// A sheet while it is written.
struct SheetWriter<'a> {
    sheet: &'a mut Worksheet,
    context: &'a Context<'a>,
    plan: &'a SheetPlan<'a>,
    grid: Grid<'a>,
    /// In letters, by column.
    widths: Vec<usize>,
    /// Of the table.
    header_row: u32,
}

impl SheetWriter<'_> {
    /// The table object with its cells; the first row after it.
    fn table(&mut self) -> Result<u32, XlsxError> {
        let SheetWriter { context, plan, grid, widths, header_row, .. } = self;
        let header_row = *header_row;
        let headers: Vec<TableColumn> = grid
            .columns
            .iter()
            .map(|column| {
                let format = formats::header(&context.colours, column.numeric);
                let indent = u8::from(!column.numeric && column.measured != grid.columns[0].measured);
                TableColumn::new().set_header(cell_text(&column.header)).set_header_format(format.set_indent(indent))
            })
            .collect();
        // No filter buttons: sorting would part the groups from their units and take the total along.
        let object = Table::new()
            .set_name(&plan.table_name)
            .set_style(TableStyle::None)
            .set_autofilter(false)
            .set_first_column(false)
            .set_alt_text(cell_text(&plan.title))
            .set_columns(&headers);
        let rows = plan.table.rows.len().max(1) as u32;
        self.sheet.add_table(header_row, 0, header_row + rows, grid.columns.len().max(1) as u16 - 1, &object)?;
        let header_lines =
            grid.columns.iter().zip(widths.iter()).map(|(column, width)| lines(&column.header, *width - 1).len());
        set_height(self.sheet, header_row, header_lines.max().unwrap_or(1))?;
        if plan.table.rows.is_empty() {
            self.sheet.write_string(header_row + 1, 0, word!("write-no-data-sentence"))?;
        }
        for (row, printed_row) in (header_row + 1..).zip(&plan.table.rows) {
            self.body_row(printed_row, row)?;
        }
        Ok(header_row + 1 + rows)
    }

    fn body_row(&mut self, printed_row: &PrintedRow, row: u32) -> Result<(), XlsxError> {
        let mut most_lines = 1;
        for index in 0..self.widths.len() {
            most_lines = most_lines.max(self.body_cell(printed_row, row, index)?);
        }
        set_height(self.sheet, row, most_lines)
    }

    /// Writes one cell; the lines that it takes.
    fn body_cell(&mut self, printed_row: &PrintedRow, row: u32, index: usize) -> Result<usize, XlsxError> {
        let SheetWriter { sheet, context, grid, widths, .. } = self;
        let (column, numeric) = (index as u16, grid.columns[index].numeric);
        let format = formats::body(&context.colours, printed_row);
        // A text after a number would touch it.
        let format = match (index, numeric) {
            (0, _) => format.set_indent(printed_row.level),
            (_, false) => format.set_indent(1),
            _ => format,
        };
        let align = if numeric { FormatAlign::Right } else { FormatAlign::Left };
        let text = match grid.cell(printed_row, index) {
            GridCell::Value(value, measured) => {
                if let Some(number) = number_of(value) {
                    let format = format.set_num_format(number_format(value, &measured)).set_align(align);
                    sheet.write_number_with_format(row, column, number, &format)?;
                    return Ok(1);
                }
                // A blank has nothing to say; its cell keeps the row's line and weight.
                if matches!(value, Value::Nothing(Nothing::Blank)) {
                    sheet.write_blank(row, column, &format)?;
                    return Ok(1);
                }
                cell_text(&print_value(value, &measured))
            }
            GridCell::Text(text) => cell_text(text),
        };
        let wrapped = lines(&text, widths[index] - 1).len();
        let format = if numeric { format.set_align(align) } else { format };
        let format = if wrapped > 1 { format.set_text_wrap() } else { format };
        sheet.write_string_with_format(row, column, &text, &guarded(format, &text))?;
        Ok(wrapped)
    }

    /// Notes and source, each line a cell of its own; the first row after them.
    fn foot(&mut self, width: usize, first_row: u32) -> Result<u32, XlsxError> {
        let plan = self.plan;
        let texts = plan.table.notes.iter().map(|note| note.text.as_str()).chain([plan.table.source.as_str()]);
        self.muted_lines(texts.flat_map(|text| lines(&cell_text(text), width)), first_row)
    }

    fn muted_lines(&mut self, lines: impl Iterator<Item = String>, first_row: u32) -> Result<u32, XlsxError> {
        let mut row = first_row;
        for line in lines {
            let format = guarded(formats::muted(&self.context.colours), &line);
            self.sheet.write_string_with_format(row, 0, &line, &format)?;
            row += 1;
        }
        Ok(row)
    }

    /// The charts under the notes, or the shades of a heat table; the first row after them.
    fn figures(&mut self, free_row: u32) -> Result<u32, XlsxError> {
        let (context, seat) = (self.context, Seat { plan: self.plan, header_row: self.header_row });
        let mut row = free_row;
        for figure in &self.plan.figures {
            let Some(drawn) = figure.drawn else { continue };
            let Some(plan) = context.charts.iter().find(|chart| chart.name == figure.name) else { continue };
            match drawn.in_sheet {
                SheetForm::Cells => {}
                SheetForm::Shades => charts::shade(self.sheet, context, plan, figure, self.header_row)?,
                SheetForm::Chart(chart) => {
                    let native = NativeFigure { chart, plan, figure };
                    row = self.words(figure, row)?;
                    let (cells, free) = series::cells(self.sheet, context, seat, &native, row)?;
                    row = charts::insert(self.sheet, context, &native, &cells, free)?;
                }
            }
        }
        Ok(row)
    }

    /// What the figure shows, where it is more than an alternative text of Excel holds.
    fn words(&mut self, figure: &FigurePlan<'_>, free_row: u32) -> Result<u32, XlsxError> {
        let text = figure.drawn.map(|drawn| cell_text(&drawn.alt_text)).unwrap_or_default();
        if text.encode_utf16().count() <= charts::LONGEST_ALT {
            return Ok(free_row);
        }
        self.muted_lines(lines(&printed!("write-chart-in-words", text), PAGE_LETTERS).into_iter(), free_row)
    }
}

/// Not every spreadsheet fits a row to its wrapped texts by itself.
fn set_height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    const LINE_PT: f64 = 15.0;
    if lines > 1 {
        sheet.set_row_height(row, LINE_PT * lines as f64)?;
    }
    Ok(())
}

/// The columns that print: those of the table, and as many more as notes run into.
fn last_column_of(widths: &[usize], width: usize) -> u16 {
    /// Letters of a column that was given no width.
    const USUAL: usize = 8;
    let missing = width.saturating_sub(widths.iter().sum());
    (widths.len().max(1) - 1 + missing.div_ceil(USUAL)) as u16
}

/// Paper: A4, as wide as one page, with organisation, title and page number around it.
pub(super) fn page(sheet: &mut Worksheet, context: &Context<'_>, landscape: bool) {
    /// A header may have 255 characters.
    const LONGEST: usize = 100;
    let part = |text: &str| -> String {
        let short: String = cell_text(text).replace('\n', " ").chars().take(LONGEST).collect();
        short.replace('&', "&&")
    };
    sheet.set_paper_size(9);
    if landscape {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.6, 0.9, 0.8, 0.4, 0.4);
    sheet.set_header(format!("&L&9{}", part(&context.document.organisation)));
    sheet.set_footer(format!("&L&9{}&R&9Sida &P av &N", part(&context.document.title)));
    sheet.set_screen_gridlines(false);
}
