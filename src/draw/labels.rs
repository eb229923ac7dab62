//! Row labels at the left: one column of wrapped names, as wide as they need and no wider than their share.

use super::Input;
use super::frame::{INNER, MARGIN};
use super::scene::{Anchor, Scene};
use super::select;
use super::text::{Font, LABEL, Paragraph, STRONG, clean};
use crate::domain::table::{RowKind, TableRow};

/// White between a label and what it names.
pub const GAP: f64 = 14.0;

/// The labels of some rows, wrapped to a common width.
pub struct Labels {
    pub paragraphs: Vec<Paragraph>,
    /// Of the widest label.
    pub width: f64,
}

impl Labels {
    /// Labels of rows; `most` is the share of the figure's width that they may take.
    pub fn of(input: &Input<'_>, rows: &[usize], most: f64) -> Labels {
        let max = INNER * most;
        let label = |row: &usize| font(input, *row).balance(&clean(&input.table.rows[*row].label), max);
        let paragraphs: Vec<Paragraph> = rows.iter().map(label).collect();
        let width = paragraphs.iter().map(Paragraph::width).fold(0.0, f64::max);
        Labels { paragraphs, width }
    }

    /// Where the marks may begin.
    pub fn right(&self) -> f64 {
        MARGIN + self.width + GAP
    }

    /// Height of a row that holds its label and at least `least` pixels.
    pub fn row_height(&self, index: usize, least: f64, air: f64) -> f64 {
        self.paragraphs.get(index).map_or(least, |label| (label.height() + air).max(least))
    }

    /// The label in the middle of its row.
    pub fn paint(&self, scene: &mut Scene, input: &Input<'_>, index: usize, row: &TableRow, middle: f64) {
        let Some(label) = self.paragraphs.get(index) else { return };
        let color = if row.kind == RowKind::Residual { input.theme.muted } else { input.theme.ink };
        scene.paragraph(label, MARGIN, middle - label.height() / 2.0, Anchor::Start, color);
    }
}

fn font(input: &Input<'_>, row: usize) -> Font {
    let heavy = matches!(input.table.rows[row].kind, RowKind::Group | RowKind::Total);
    if heavy || select::is_emphasised(input, row) { STRONG } else { LABEL }
}
