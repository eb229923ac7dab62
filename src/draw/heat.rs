//! Which units have which kinds: a table of numbers in shaded cells, totals at the edges, groups bold over their units.

use super::Input;
use super::contrast::Rgb;
use super::frame::{Body, INNER, MARGIN, RIGHT};
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, cell, magnitude, size, written};
use super::text::{Font, LABEL, Paragraph, STRONG, clean};
use crate::domain::table::{Role, RowKind, Value};
use crate::job::plan::Shade;

/// White around a number in its cell.
const CELL_AIR: f64 = 12.0;
/// White before the totals at the right edge.
const TOTAL_GAP: f64 = 8.0;
const INDENT: f64 = 10.0;
/// A cell is no wider than this: numbers far apart are hard to compare.
const WIDEST_CELL: f64 = 96.0;
const LEAST_LABELS: f64 = 110.0;

/// In: parts and total of a breakdown in two dimensions (or any numeric columns). Out: every row, total and groups too.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let columns = columns(input);
    let rows = rows(input);
    rows.iter().flat_map(|row| columns.iter().filter_map(|column| size(input.table, *row, *column))).next()?;
    let grid = Grid::of(input, rows, columns)?;
    let (scene, height) = grid.paint();
    let remark = Some(grid.remark().to_string());
    Some(Body { scene, height, remark, rows: grid.rows, columns: grid.columns, ..Body::default() })
}

/// Parts with the total last; years or other numbers where a table has no parts.
fn columns(input: &Input<'_>) -> Vec<usize> {
    let all = &input.table.columns;
    let has_parts = all.iter().any(|column| column.role == Role::Part);
    let fits = |role: Role| if has_parts { matches!(role, Role::Part | Role::Total) } else { true };
    let mut columns = select::columns(input, |column| select::is_numeric(column) && fits(column.role));
    columns.sort_by_key(|index| all[*index].role == Role::Total);
    columns
}

fn rows(input: &Input<'_>) -> Vec<usize> {
    let named = |index: &usize| {
        let row = &input.table.rows[*index];
        input.chart.rows.is_empty() || input.chart.rows.iter().any(|name| select::is_named(row, name))
    };
    (0..input.table.rows.len()).filter(named).collect()
}

struct Grid<'a> {
    input: &'a Input<'a>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    labels: Vec<Paragraph>,
    /// Left edge and width of each column's cells.
    cells: Vec<(f64, f64)>,
    /// Largest share among the shaded cells.
    strongest: f64,
}

impl<'a> Grid<'a> {
    fn of(input: &'a Input<'a>, rows: Vec<usize>, columns: Vec<usize>) -> Option<Grid<'a>> {
        if columns.is_empty() {
            return None;
        }
        let least: Vec<f64> = columns.iter().map(|column| number_width(input, &rows, *column) + CELL_AIR).collect();
        let label_width = label_width(input, &rows, least.iter().sum());
        let labels: Vec<Paragraph> = rows.iter().map(|row| label(input, *row, label_width)).collect();
        let widest =
            rows.iter().zip(&labels).map(|(row, label)| indent(input, *row) + label.width()).fold(0.0, f64::max);
        let cells = cells(input, &columns, &least, MARGIN + widest + 10.0);
        let mut grid = Grid { input, rows, columns, labels, cells, strongest: 0.0 };
        grid.strongest = grid.strongest();
        Some(grid)
    }

    fn paint(&self) -> (Scene, f64) {
        let mut scene = Scene::default();
        let mut y = self.paint_headers(&mut scene) + 4.0;
        let shades_apart = self.has_groups();
        for (index, row) in self.rows.iter().enumerate() {
            let kind = self.input.table.rows[*row].kind;
            if index > 0 && (kind == RowKind::Total || (shades_apart && kind == RowKind::Group)) {
                y += 6.0;
            }
            let height = (self.labels[index].height() + 8.0).max(25.0);
            if kind == RowKind::Total {
                scene.line(at(MARGIN, y), at(self.right(), y), Stroke::solid(self.input.theme.muted, 1.0));
                y += 2.0;
            }
            self.paint_row(&mut scene, index, y, height);
            y += height;
        }
        (scene, y)
    }

    fn paint_row(&self, scene: &mut Scene, index: usize, y: f64, height: f64) {
        let (row, label) = (self.rows[index], &self.labels[index]);
        let kind = self.input.table.rows[row].kind;
        let color = if kind == RowKind::Residual { self.input.theme.muted } else { self.input.theme.ink };
        let top = y + (height - label.height()) / 2.0;
        scene.paragraph(label, MARGIN + indent(self.input, row), top, Anchor::Start, color);
        for column in 0..self.columns.len() {
            self.paint_cell(
                scene,
                row,
                column,
                Area { x: self.cells[column].0, y, width: self.cells[column].1, height },
            );
        }
    }

    fn paint_cell(&self, scene: &mut Scene, row: usize, column: usize, area: Area) {
        let table = self.input.table;
        let value = cell(table, row, self.columns[column]);
        let share = self.share(row, self.columns[column]);
        let ground = match share {
            Some(share) if self.strongest > 0.0 => self.input.theme.shade(share / self.strongest),
            _ => Rgb::WHITE,
        };
        if ground != Rgb::WHITE {
            let inset = Area { x: area.x + 1.0, y: area.y + 1.0, width: area.width - 2.0, height: area.height - 2.0 };
            scene.rect(inset, ground);
        }
        let empty = magnitude(value).is_none_or(|size| size == 0.0);
        let color = if empty { self.input.theme.muted } else { self.input.theme.text_on(ground) };
        let font = self.font(row, self.columns[column]);
        let half = number_width(self.input, &self.rows, self.columns[column]) / 2.0;
        let point = at(area.x + area.width / 2.0 + half, area.y + area.height / 2.0);
        scene.centred(&written(value, &table.columns[self.columns[column]]), point, Anchor::End, font, color);
    }

    fn font(&self, row: usize, column: usize) -> Font {
        let heavy = matches!(self.input.table.rows[row].kind, RowKind::Group | RowKind::Total);
        if heavy || self.input.table.columns[column].role == Role::Total { STRONG } else { LABEL }
    }

    /// Headers above their columns; as stairs when some word is wider than its column. Returns their height.
    fn paint_headers(&self, scene: &mut Scene) -> f64 {
        let header = |column: &usize| clean(&self.input.table.columns[*column].label);
        let texts: Vec<String> = self.columns.iter().map(header).collect();
        let narrow = texts.iter().zip(&self.cells).any(|(text, (_, width))| LABEL.widest_word(text) > width - 6.0);
        if narrow { self.stairs(scene, &texts) } else { self.level_headers(scene, &texts) }
    }

    fn level_headers(&self, scene: &mut Scene, texts: &[String]) -> f64 {
        let wrapped = |(text, (_, width)): (&String, &(f64, f64))| LABEL.wrap(text, width - 6.0);
        let headers: Vec<Paragraph> = texts.iter().zip(&self.cells).map(wrapped).collect();
        let height = headers.iter().map(Paragraph::height).fold(0.0, f64::max);
        for (header, (x, width)) in headers.iter().zip(&self.cells) {
            let top = height - header.height();
            scene.paragraph(header, x + width / 2.0, top, Anchor::Middle, self.input.theme.ink);
        }
        height
    }

    /// Each header on a step of its own, ending over its column, the rightmost highest: the line from a header down to
    /// its column passes no other text, and no word is cut or turned.
    fn stairs(&self, scene: &mut Scene, texts: &[String]) -> f64 {
        let wrapped = |(text, (x, width)): (&String, &(f64, f64))| LABEL.balance(text, x + width / 2.0 - MARGIN);
        let headers: Vec<Paragraph> = texts.iter().zip(&self.cells).map(wrapped).collect();
        let height: f64 = headers.iter().map(Paragraph::height).sum::<f64>() + 8.0;
        let mut top = 0.0;
        for (header, (x, width)) in headers.iter().zip(&self.cells).rev() {
            let middle = x + width / 2.0;
            scene.paragraph(header, middle, top, Anchor::End, self.input.theme.ink);
            top += header.height();
            let foot = Stroke::solid(self.input.theme.grid, 1.0);
            scene.line(at(middle, top + 1.0), at(middle, height + 2.0), foot);
        }
        height
    }

    fn right(&self) -> f64 {
        self.cells.last().map_or(RIGHT, |(x, width)| x + width)
    }

    fn has_groups(&self) -> bool {
        self.rows.iter().any(|row| self.input.table.rows[*row].kind == RowKind::Group)
    }

    /// What shades a cell: its share of the row or of the whole. Totals and groups have no shade.
    fn share(&self, row: usize, column: usize) -> Option<f64> {
        let table = self.input.table;
        let inner = matches!(table.rows[row].kind, RowKind::Part | RowKind::Residual);
        if !inner || table.columns[column].role == Role::Total {
            return None;
        }
        let size = size(table, row, column).filter(|size| *size > 0.0)?;
        match self.input.chart.shade {
            Shade::Row => Some(size / self.row_whole(row)),
            Shade::Whole => Some(size),
        }
    }

    /// The row's distinct total; the sum of its cells where the table has none.
    fn row_whole(&self, row: usize) -> f64 {
        let table = self.input.table;
        let total = table.column_of_role(Role::Total).and_then(|total| size(table, row, total));
        let sum = || self.columns.iter().filter_map(|column| size(table, row, *column)).sum();
        total.filter(|total| *total > 0.0).unwrap_or_else(sum)
    }

    fn strongest(&self) -> f64 {
        let shares =
            self.rows.iter().flat_map(|row| self.columns.iter().filter_map(|column| self.share(*row, *column)));
        shares.fold(0.0, f64::max)
    }

    fn remark(&self) -> &'static str {
        match self.input.chart.shade {
            Shade::Row => "mörkare = större andel av raden",
            Shade::Whole => "mörkare = större andel av det hela",
        }
    }
}

/// Width for labels: what the widest would like, within what the narrowest cells leave.
fn label_width(input: &Input<'_>, rows: &[usize], cells: f64) -> f64 {
    let natural =
        |row: &usize| indent(input, *row) + row_font(input, *row).width(&clean(&input.table.rows[*row].label));
    let wish = rows.iter().map(natural).fold(0.0, f64::max).min(INNER * 0.4);
    wish.min((INNER - cells - TOTAL_GAP - 10.0).max(LEAST_LABELS))
}

fn label(input: &Input<'_>, row: usize, width: f64) -> Paragraph {
    row_font(input, row).balance(&clean(&input.table.rows[row].label), width - indent(input, row))
}

fn row_font(input: &Input<'_>, row: usize) -> Font {
    let heavy = matches!(input.table.rows[row].kind, RowKind::Group | RowKind::Total);
    if heavy || select::is_emphasised(input, row) { STRONG } else { LABEL }
}

fn indent(input: &Input<'_>, row: usize) -> f64 {
    f64::from(input.table.rows[row].level.min(4)) * INDENT
}

fn number_width(input: &Input<'_>, rows: &[usize], column: usize) -> f64 {
    let width = |row: &usize| {
        let value: &Value = cell(input.table, *row, column);
        STRONG.width(&written(value, &input.table.columns[column]))
    };
    rows.iter().map(width).fold(0.0, f64::max)
}

/// Left edge and width of each column: the room that is left, shared equally once every number has its least width.
fn cells(input: &Input<'_>, columns: &[usize], least: &[f64], left: f64) -> Vec<(f64, f64)> {
    let last_is_total = columns.last().is_some_and(|last| input.table.columns[*last].role == Role::Total);
    let gap = if last_is_total && columns.len() > 1 { TOTAL_GAP } else { 0.0 };
    let room = RIGHT - left - gap;
    let equal = (room / columns.len() as f64).min(WIDEST_CELL);
    let widest = least.iter().copied().fold(0.0, f64::max);
    let spare = ((room - least.iter().sum::<f64>()) / columns.len() as f64).max(0.0);
    let mut x = left;
    let place = |(index, least): (usize, &f64)| {
        if index + 1 == columns.len() {
            x += gap;
        }
        let width = if widest <= equal { equal } else { least + spare };
        let cell = (x, width);
        x += width;
        cell
    };
    least.iter().enumerate().map(place).collect()
}
