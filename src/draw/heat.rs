//! Which units have which kinds: a table of numbers in shaded cells, totals at the edges, groups bold over their units.

use super::alt_text::of_values;
use super::chart::{Chart, Drawn};
use super::figure::SheetForm;
use super::frame::{Body, INNER, MARGIN, RIGHT};
use super::input::Input;
use super::labels;
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, cell, magnitude, size, written};
use super::text::{Font, LABEL, Paragraph, STRONG, clean};
use crate::domain::contrast::Rgb;
use crate::domain::table::{Role, RowKind};
#[cfg(test)]
use crate::job::plan::ChartKind;
use crate::job::plan::Shade;

/// White around a number in its cell.
const CELL_AIR: f64 = 14.0;
/// Of which this much may go so that all columns are equally wide.
const TIGHTEN: f64 = 6.0;
/// White before the totals at the right edge.
const TOTAL_GAP: f64 = 8.0;
const INDENT: f64 = 10.0;
/// A cell is no wider than this: numbers far apart are hard to compare.
const WIDEST_CELL: f64 = 96.0;
const LEAST_LABELS: f64 = 150.0;
const LABEL_GAP: f64 = 10.0;
/// White around a header.
const HEADER_AIR: f64 = 8.0;

/// Numbers in shaded cells.
pub(super) struct Heat;

impl Chart for Heat {
    /// In: parts and total of a breakdown in two dimensions (or any numeric columns). Out: every row, total and groups too.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let columns = columns(input);
        let rows = rows(input);
        select::sizes(input.table, &rows, &columns).first()?;
        let heat = HeatTable::of(input, rows, columns);
        let painted = heat.paint();
        let remark = Some(heat.remark().to_string());
        let width = heat.right() + MARGIN;
        Some(Body { width, remark, rows: heat.rows, columns: heat.columns, ..painted })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        of_values(word!("draw-alt-heat"), drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Shades
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::domain::table::Value;
        use crate::draw::samples::{areas, many, units, wide};
        let of = |name, title, table| Sample::of(ChartKind::Heat, name, title, table);
        let twelve = |row: usize, column: usize| Value::Count((row * column * 37 % 101) as i64);
        vec![
            of("heat", "Avvikelser efter enhet och typ", units()),
            of("heat_whole", "Rapporter efter område", areas()).with(|chart| chart.shade = Shade::Whole),
            of("heat_12", "Tolv kolumner med långa ord", many(5, wide(), twelve)),
        ]
    }
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

struct HeatTable<'a> {
    input: &'a Input<'a>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    labels: Vec<Paragraph>,
    headers: Vec<String>,
    /// Headers do not fit over their columns side by side.
    stairs: bool,
    slots: Vec<Slot>,
    /// Largest share among the shaded cells.
    strongest: f64,
}

/// A column's place.
#[derive(Debug, Clone, Copy)]
struct Slot {
    x: f64,
    width: f64,
    /// Width of its widest number.
    number: f64,
}

/// What a column needs.
struct SlotWish {
    least: f64,
    /// Width of its widest number.
    number: f64,
}

/// A cell's place.
struct Tile {
    row: usize,
    column: usize,
    slot: Slot,
    top: f64,
    height: f64,
}

impl Slot {
    fn middle(&self) -> f64 {
        self.x + self.width / 2.0
    }
}

impl<'a> HeatTable<'a> {
    fn of(input: &'a Input<'a>, rows: Vec<usize>, columns: Vec<usize>) -> HeatTable<'a> {
        let headers: Vec<String> = columns.iter().map(|column| clean(&input.table.columns[*column].label)).collect();
        let numbers: Vec<f64> = columns.iter().map(|column| number_width(input, &rows, *column)).collect();
        let wish = natural_label_width(input, &rows);
        let bare: Vec<f64> = numbers.iter().map(|number| number + CELL_AIR).collect();
        let named: Vec<f64> = headers
            .iter()
            .zip(&bare)
            .map(|(header, bare)| (LABEL.widest_word(header) + HEADER_AIR).max(*bare))
            .collect();
        let stairs = named.iter().sum::<f64>() + TOTAL_GAP + LABEL_GAP + wish.min(LEAST_LABELS) > INNER;
        let least = if stairs { bare } else { named };
        let label_width = wish.min((INNER - least.iter().sum::<f64>() - TOTAL_GAP - LABEL_GAP).max(LEAST_LABELS));
        let labels: Vec<Paragraph> = rows.iter().map(|row| label(input, *row, label_width)).collect();
        let widest =
            rows.iter().zip(&labels).map(|(row, label)| indent(input, *row) + label.width()).fold(0.0, f64::max);
        let last_is_total = columns.last().is_some_and(|last| input.table.columns[*last].role == Role::Total);
        let wishes: Vec<SlotWish> =
            least.into_iter().zip(numbers).map(|(least, number)| SlotWish { least, number }).collect();
        let slots = slots(&wishes, MARGIN + widest + LABEL_GAP, last_is_total);
        let mut heat = HeatTable { input, rows, columns, labels, headers, stairs, slots, strongest: 0.0 };
        heat.strongest = heat.strongest();
        heat
    }

    fn paint(&self) -> Body {
        let mut scene = Scene::default();
        let mut y = self.paint_headers(&mut scene) + 4.0;
        for (index, row) in self.rows.iter().enumerate() {
            let kind = self.input.table.rows[*row].kind;
            if index > 0 && matches!(kind, RowKind::Total | RowKind::Group) {
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
        Body { scene, height: y, ..Body::default() }
    }

    fn paint_row(&self, scene: &mut Scene, index: usize, y: f64, height: f64) {
        let (row, label) = (self.rows[index], &self.labels[index]);
        let kind = self.input.table.rows[row].kind;
        let color = if kind == RowKind::Residual { self.input.theme.muted } else { self.input.theme.ink };
        let start = at(MARGIN + indent(self.input, row), y + (height - label.height()) / 2.0);
        scene.paragraph(label, start, Anchor::Start, color);
        for (column, slot) in self.columns.iter().zip(&self.slots) {
            self.paint_tile(scene, &Tile { row, column: *column, slot: *slot, top: y, height });
        }
    }

    fn paint_tile(&self, scene: &mut Scene, tile: &Tile) {
        let Tile { row, column, slot, top, height } = *tile;
        let (table, theme) = (self.input.table, self.input.theme);
        let value = cell(table, row, column);
        let ground = match self.share(row, column) {
            Some(share) if self.strongest > 0.0 => theme.shade(share / self.strongest),
            _ => Rgb::WHITE,
        };
        if ground != Rgb::WHITE {
            let width = self.tile_width().max(slot.number + 10.0).min(slot.width);
            let x = slot.middle() - width / 2.0 + 1.0;
            scene.rect(Area { x, y: top + 1.0, width: width - 2.0, height: height - 2.0 }, ground);
        }
        let is_empty = magnitude(value).is_none_or(|size| size == 0.0);
        let color = if is_empty { theme.muted } else { theme.text_on(ground) };
        let point = at(slot.middle() + slot.number / 2.0, top + height / 2.0);
        let lettering = self.font(row, column).in_color(color);
        scene.centred(&written(value, &table.columns[column]), point, Anchor::End, lettering);
    }

    /// Tiles are equally wide even where columns are not: a wide tile would seem to weigh more.
    fn tile_width(&self) -> f64 {
        self.slots.iter().map(|slot| slot.width).fold(WIDEST_CELL, f64::min)
    }

    fn font(&self, row: usize, column: usize) -> Font {
        let heavy = matches!(self.input.table.rows[row].kind, RowKind::Group | RowKind::Total);
        if heavy || self.input.table.columns[column].role == Role::Total { STRONG } else { LABEL }
    }

    /// Headers above their columns; as stairs where they do not fit. Returns their height.
    fn paint_headers(&self, scene: &mut Scene) -> f64 {
        if self.stairs { self.paint_stairs(scene) } else { self.paint_level(scene) }
    }

    fn paint_level(&self, scene: &mut Scene) -> f64 {
        let wrapped = |(text, slot): (&String, &Slot)| LABEL.wrap(text, slot.width - HEADER_AIR + 2.0);
        let headers: Vec<Paragraph> = self.headers.iter().zip(&self.slots).map(wrapped).collect();
        let height = headers.iter().map(Paragraph::height).fold(0.0, f64::max);
        for (header, slot) in headers.iter().zip(&self.slots) {
            let top = at(slot.middle(), height - header.height());
            scene.paragraph(header, top, Anchor::Middle, self.input.theme.ink);
        }
        height
    }

    /// Each header on a step of its own, ending over its column, the rightmost highest: the line from a header down to
    /// its column passes no other text, and no word is cut or turned.
    fn paint_stairs(&self, scene: &mut Scene) -> f64 {
        let wrapped = |(text, slot): (&String, &Slot)| LABEL.balance(text, slot.middle() - MARGIN);
        let headers: Vec<Paragraph> = self.headers.iter().zip(&self.slots).map(wrapped).collect();
        let height: f64 = headers.iter().map(Paragraph::height).sum::<f64>() + 8.0;
        let mut top = 0.0;
        for (header, slot) in headers.iter().zip(&self.slots).rev() {
            scene.paragraph(header, at(slot.middle(), top), Anchor::End, self.input.theme.ink);
            top += header.height();
            let lead = Stroke::solid(self.input.theme.grid, 1.0);
            scene.line(at(slot.middle(), top + 1.0), at(slot.middle(), height + 2.0), lead);
        }
        height
    }

    fn right(&self) -> f64 {
        self.slots.last().map_or(RIGHT, |slot| slot.x + slot.width)
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
        let of_row = |row: usize| self.columns.iter().filter_map(move |column| self.share(row, *column));
        self.rows.iter().flat_map(|row| of_row(*row)).fold(0.0, f64::max)
    }

    fn remark(&self) -> &'static str {
        match self.input.chart.shade {
            Shade::Row => word!("draw-darker-of-row"),
            Shade::Whole => word!("draw-darker-of-all"),
        }
    }
}

/// What the widest label would like, within reason.
fn natural_label_width(input: &Input<'_>, rows: &[usize]) -> f64 {
    let natural =
        |row: &usize| indent(input, *row) + labels::font(input, *row).width(&clean(&input.table.rows[*row].label));
    rows.iter().map(natural).fold(0.0, f64::max).min(INNER * 0.4)
}

fn label(input: &Input<'_>, row: usize, width: f64) -> Paragraph {
    labels::font(input, row).balance(&clean(&input.table.rows[row].label), width - indent(input, row))
}

fn indent(input: &Input<'_>, row: usize) -> f64 {
    f64::from(input.table.rows[row].level.min(4)) * INDENT
}

fn number_width(input: &Input<'_>, rows: &[usize], column: usize) -> f64 {
    let text = |row: &usize| written(cell(input.table, *row, column), &input.table.columns[column]);
    rows.iter().map(|row| STRONG.width(&text(row))).fold(0.0, f64::max)
}

/// Each column's place: equal widths if every column has what it needs, else what it needs and a share of the rest.
/// A table with very many columns is wider than the margins; the figure grows with it.
fn slots(wishes: &[SlotWish], left: f64, last_is_total: bool) -> Vec<Slot> {
    let gap = if last_is_total && wishes.len() > 1 { TOTAL_GAP } else { 0.0 };
    let (room, count) = (RIGHT - left - gap, wishes.len() as f64);
    let equal = (room / count).min(WIDEST_CELL);
    let needed: f64 = wishes.iter().map(|wish| wish.least).sum();
    let spare = ((room - needed) / count).clamp(0.0, WIDEST_CELL);
    let fits_equal = wishes.iter().all(|wish| wish.least - TIGHTEN <= equal);
    let mut x = left;
    let mut slots = Vec::with_capacity(wishes.len());
    for (index, wish) in wishes.iter().enumerate() {
        x += if index + 1 == wishes.len() { gap } else { 0.0 };
        let width = if fits_equal { equal } else { wish.least + spare };
        slots.push(Slot { x, width, number: wish.number });
        x += width;
    }
    slots
}
