//! What stands at both ends of a row: its name at the left, its numbers at the right.
//!
//! In: rows of a table. Out: one column of wrapped names, as wide as they need and no wider than their share; the place
//! of each row; numbers in two sizes. A missing value is a word.

use super::frame::{INNER, MARGIN};
use super::input::Input;
use super::scene::{Anchor, Point, Scene, at};
use super::select;
use super::text::{Font, LABEL, Paragraph, STRONG, clean};
use super::theme::Theme;
use crate::domain::table::RowKind;

/// White between a label and what it names.
pub(super) const GAP: f64 = 14.0;

/// The labels of some rows, wrapped to a common width.
pub(super) struct Labels<'a> {
    input: &'a Input<'a>,
    rows: Vec<usize>,
    paragraphs: Vec<Paragraph>,
    /// Of the widest label.
    width: f64,
}

/// What a row needs beside its label.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowRoom {
    /// Least height.
    pub least: f64,
    /// White above and below the label, together.
    pub air: f64,
}

/// The part of a figure that belongs to a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowBand {
    /// Place among the drawn rows, from 0.
    pub index: usize,
    /// Index into the table's rows.
    pub row: usize,
    pub top: f64,
    pub height: f64,
}

impl RowBand {
    pub(super) fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }
}

impl<'a> Labels<'a> {
    /// Labels of rows; `most` is the share of the figure's width that they may take.
    pub(super) fn of(input: &'a Input<'a>, rows: &[usize], most: f64) -> Labels<'a> {
        let max = INNER * most;
        let label = |row: &usize| font(input, *row).balance(&clean(&input.table.rows[*row].label), max);
        let paragraphs: Vec<Paragraph> = rows.iter().map(label).collect();
        let width = paragraphs.iter().map(Paragraph::width).fold(0.0, f64::max);
        Labels { input, rows: rows.to_vec(), paragraphs, width }
    }

    /// Where the marks may begin.
    pub(super) fn right(&self) -> f64 {
        MARGIN + self.width + GAP
    }

    /// The row that begins at `top`: high enough for its label.
    pub(super) fn band(&self, index: usize, top: f64, room: RowRoom) -> RowBand {
        let height = (self.paragraphs[index].height() + room.air).max(room.least);
        RowBand { index, row: self.rows[index], top, height }
    }

    /// All rows, one below the other.
    pub(super) fn bands(&self, top: f64, room: RowRoom) -> Vec<RowBand> {
        let mut top = top;
        let below = |index| {
            let band = self.band(index, top, room);
            top += band.height;
            band
        };
        (0..self.rows.len()).map(below).collect()
    }

    /// The row's label around a height.
    pub(super) fn paint(&self, scene: &mut Scene, band: &RowBand, middle: f64) {
        let label = &self.paragraphs[band.index];
        let theme = self.input.theme;
        let is_residual = self.input.table.rows[band.row].kind == RowKind::Residual;
        let color = if is_residual { theme.muted } else { theme.ink };
        scene.paragraph(label, at(MARGIN, middle - label.height() / 2.0), Anchor::Start, color);
    }
}

/// The style of a row's label.
pub(super) fn font(input: &Input<'_>, row: usize) -> Font {
    let heavy = matches!(input.table.rows[row].kind, RowKind::Group | RowKind::Total);
    if heavy || select::is_emphasised(input, row) { STRONG } else { LABEL }
}

/// `104 (127)`: this period strong, last period in parentheses; a second line below.
pub(super) struct RowNumbers {
    /// A number, or why there is none.
    pub now: String,
    pub is_missing: bool,
    /// With its parentheses; empty if there is none.
    pub then: String,
    /// Empty if there is none.
    pub below: String,
}

impl RowNumbers {
    /// Room that they need.
    pub(super) fn width(&self) -> f64 {
        (STRONG.width(&self.now) + 4.0 + LABEL.width(&self.then)).max(LABEL.width(&self.below))
    }

    /// From a point at the left, in the middle of the row.
    pub(super) fn paint(&self, scene: &mut Scene, start: Point, theme: &Theme) {
        let middle = if self.below.is_empty() { start.y } else { start.y - 8.5 };
        let light = LABEL.in_color(theme.muted);
        let lettering = if self.is_missing { light } else { STRONG.in_color(theme.ink) };
        let then = at(start.x + lettering.font.width(&self.now) + 4.0, middle);
        scene.centred(&self.now, at(start.x, middle), Anchor::Start, lettering);
        scene.centred(&self.then, then, Anchor::Start, light);
        scene.centred(&self.below, at(start.x, start.y + 8.5), Anchor::Start, light);
    }
}

/// A box that wants to stand around a height.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub middle: f64,
    pub height: f64,
}

/// Tops of boxes, pushed apart and held between `low` and `high`. In: by wanted middle; the boxes keep their order.
pub(super) fn apart(wishes: &[Wish], low: f64, high: f64) -> Vec<f64> {
    let mut tops: Vec<f64> = Vec::with_capacity(wishes.len());
    let mut free = low;
    for wish in wishes {
        let top = (wish.middle - wish.height / 2.0).max(free);
        free = top + wish.height;
        tops.push(top);
    }
    let mut floor = high;
    for (top, wish) in tops.iter_mut().zip(wishes).rev() {
        *top = top.min(floor - wish.height);
        floor = *top;
    }
    tops
}
