//! The cells that a chart refers to.
//!
//! A chart reads whole rows or columns of cells. Where one of them is a mark for a missing value, or where they do not
//! stand side by side, the numbers are written again in a small table under the notes, with the missing ones empty: a
//! spreadsheet draws a text as zero, and an empty cell as a gap.

use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::Context;
use super::formats::{self, cell_text, guarded, number_format, number_of};
use super::grid::{Grid, GridCell};
use super::sheets::{FigurePlan, Placement, SheetPlan};
use crate::domain::table::RowsAre;
use crate::draw::NativeChart;
use crate::job::plan::ChartPlan;

/// A rectangle of numbers with labels to the left and headers above.
#[derive(Debug, Clone)]
pub(super) struct SeriesCells {
    pub sheet: String,
    pub header_row: u32,
    pub first_row: u32,
    pub last_row: u32,
    pub label_column: u16,
    pub columns: Vec<u16>,
}

/// A range of cells as the library takes it: sheet, first row and column, last row and column.
pub(super) type Range<'a> = (&'a str, u32, u16, u32, u16);

impl SeriesCells {
    pub(super) fn labels(&self) -> Range<'_> {
        (&self.sheet, self.first_row, self.label_column, self.last_row, self.label_column)
    }

    pub(super) fn headers(&self) -> Range<'_> {
        let (first, last) = self.ends();
        (&self.sheet, self.header_row, first, self.header_row, last)
    }

    pub(super) fn header(&self, column: u16) -> Range<'_> {
        (&self.sheet, self.header_row, column, self.header_row, column)
    }

    pub(super) fn column(&self, column: u16) -> Range<'_> {
        (&self.sheet, self.first_row, column, self.last_row, column)
    }

    pub(super) fn row_label(&self, row: u32) -> Range<'_> {
        (&self.sheet, row, self.label_column, row, self.label_column)
    }

    pub(super) fn row(&self, row: u32) -> Range<'_> {
        let (first, last) = self.ends();
        (&self.sheet, row, first, row, last)
    }

    fn ends(&self) -> (u16, u16) {
        (self.columns.first().copied().unwrap_or(1), self.columns.last().copied().unwrap_or(1))
    }
}

/// A figure that Excel draws, too.
pub(super) struct NativeFigure<'a> {
    pub chart: NativeChart,
    pub plan: &'a ChartPlan,
    pub figure: &'a FigurePlan<'a>,
}

impl NativeFigure<'_> {
    /// True when each row is a series, its periods side by side.
    pub(super) fn series_are_rows(&self) -> bool {
        matches!(self.chart, NativeChart::Lines | NativeChart::Panels)
            && self.figure.data.measure.rows_are == RowsAre::Things
    }
}

/// The table of a sheet, and the row of its header.
#[derive(Clone, Copy)]
pub(super) struct Seat<'a> {
    pub plan: &'a SheetPlan<'a>,
    pub header_row: u32,
}

/// The cells of a figure in its sheet's table, or a copy at `free_row`; and the first row that is then free.
pub(super) fn cells(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    seat: Seat<'_>,
    native: &NativeFigure<'_>,
    free_row: u32,
) -> Result<(SeriesCells, u32), XlsxError> {
    let Seat { plan, header_row } = seat;
    let figure = native.figure;
    let Placement { first_row, columns } = &figure.place;
    let side_by_side = columns.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let has_gap = figure.data.measure.rows.iter().any(|row| row.values.iter().any(|value| number_of(value).is_none()));
    if has_gap || (native.series_are_rows() && !side_by_side) {
        return copied(sheet, context, plan, figure, free_row);
    }
    let first = header_row + 1 + *first_row as u32;
    let cells = SeriesCells {
        sheet: plan.name.clone(),
        header_row,
        first_row: first,
        last_row: first + figure.data.rows.len().max(1) as u32 - 1,
        label_column: 0,
        columns: columns.iter().map(|column| *column as u16).collect(),
    };
    Ok((cells, free_row))
}

fn copied(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    plan: &SheetPlan<'_>,
    figure: &FigurePlan<'_>,
    free_row: u32,
) -> Result<(SeriesCells, u32), XlsxError> {
    let grid = Grid::of(figure.data);
    let shown: Vec<usize> =
        (0..grid.columns.len()).filter(|column| *column == 0 || grid.columns[*column].numeric).collect();
    let note = word!("write-xlsx-data-of-chart");
    sheet.write_string_with_format(free_row, 0, note, &formats::muted(&context.colours))?;
    let header_row = free_row + 1;
    let last_row = header_row + figure.data.rows.len().max(1) as u32;
    let copy = plan.figures.iter().position(|other| other.name == figure.name).unwrap_or(0) + 1;
    let headers: Vec<TableColumn> = shown
        .iter()
        .map(|column| {
            let format = formats::header(&context.colours, grid.columns[*column].numeric);
            TableColumn::new().set_header(cell_text(&grid.columns[*column].header)).set_header_format(format)
        })
        .collect();
    let table = Table::new()
        .set_name(format!("{}_underlag_{copy}", plan.table_name))
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_columns(&headers);
    sheet.add_table(header_row, 0, last_row, shown.len() as u16 - 1, &table)?;
    for (row, printed) in (header_row + 1..).zip(&figure.data.rows) {
        for (at, column) in (0_u16..).zip(&shown) {
            match grid.cell(printed, *column) {
                GridCell::Text(text) => {
                    let format = guarded(formats::body(&context.colours, printed), text);
                    sheet.write_string_with_format(row, at, cell_text(text), &format)?;
                }
                GridCell::Value(value, column) => {
                    if let Some(number) = number_of(value) {
                        let format = Format::new().set_num_format(number_format(value, &column));
                        sheet.write_number_with_format(row, at, number, &format)?;
                    }
                }
            }
        }
    }
    let columns = (1..shown.len() as u16).collect();
    let sheet = plan.name.clone();
    Ok((SeriesCells { sheet, header_row, first_row: header_row + 1, last_row, label_column: 0, columns }, last_row + 1))
}
