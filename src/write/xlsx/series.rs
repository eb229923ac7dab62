//! The cells that a chart refers to.
//!
//! A chart reads whole rows or columns of cells. Where one of them is a mark for a missing value, or where they do not
//! stand side by side, the numbers are written again in a small table under the notes, with the missing ones empty: a
//! spreadsheet draws a text as zero, and an empty cell as a gap.

use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::super::document::PrintedRow;
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
        return Copied::of(context, figure).write(sheet, plan, free_row);
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

/// The numbers of a figure, written again with the labels of its rows.
struct Copied<'a> {
    context: &'a Context<'a>,
    figure: &'a FigurePlan<'a>,
    grid: Grid<'a>,
    /// Columns of the grid.
    shown: Vec<usize>,
}

impl<'a> Copied<'a> {
    fn of(context: &'a Context<'a>, figure: &'a FigurePlan<'a>) -> Copied<'a> {
        let grid = Grid::of(figure.data);
        let is_shown = |column: &usize| *column == 0 || grid.columns[*column].numeric;
        let shown = (0..grid.columns.len()).filter(is_shown).collect();
        Copied { context, figure, grid, shown }
    }

    /// Writes a remark and the table below it; its cells, and the first row after them.
    fn write(
        &self,
        sheet: &mut Worksheet,
        plan: &SheetPlan<'_>,
        free_row: u32,
    ) -> Result<(SeriesCells, u32), XlsxError> {
        let rows = &self.figure.data.rows;
        let note = word!("write-xlsx-data-of-chart");
        sheet.write_string_with_format(free_row, 0, note, &formats::muted(&self.context.colours))?;
        let header_row = free_row + 1;
        let last_row = header_row + rows.len().max(1) as u32;
        sheet.add_table(header_row, 0, last_row, self.shown.len() as u16 - 1, &self.table(plan))?;
        for (row, printed) in (header_row + 1..).zip(rows) {
            self.write_row(sheet, row, printed)?;
        }
        let cells = SeriesCells {
            sheet: plan.name.clone(),
            header_row,
            first_row: header_row + 1,
            last_row,
            label_column: 0,
            columns: (1..self.shown.len() as u16).collect(),
        };
        Ok((cells, last_row + 1))
    }

    fn table(&self, plan: &SheetPlan<'_>) -> Table {
        let copy = plan.figures.iter().position(|other| other.name == self.figure.name).unwrap_or(0) + 1;
        let headers = self.shown.iter().map(|column| {
            let column = &self.grid.columns[*column];
            let format = formats::header(&self.context.colours, column.numeric);
            TableColumn::new().set_header(cell_text(&column.header)).set_header_format(format)
        });
        Table::new()
            .set_name(format!("{}_underlag_{copy}", plan.table_name))
            .set_style(TableStyle::None)
            .set_autofilter(false)
            .set_columns(&headers.collect::<Vec<TableColumn>>())
    }

    fn write_row(&self, sheet: &mut Worksheet, row: u32, printed: &PrintedRow) -> Result<(), XlsxError> {
        for (at, column) in (0_u16..).zip(&self.shown) {
            match self.grid.cell(printed, *column) {
                GridCell::Text(text) => {
                    let format = guarded(formats::body(&self.context.colours, printed), text);
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
        Ok(())
    }
}
