//! How wide a table's columns are, in which size it is set, and what of it stays together.
//!
//! In: a printed table and the fonts. Out: a [`ColumnFit`]. Measured here, once per text, so that the typesetter need not try:
//! a page of explicit columns is set in half the time, and the same columns come out whatever else is on the page.

use super::fonts::Fonts;
use crate::domain::table::RowKind;
use crate::write::document::{PrintedRow, TableBlock};
use crate::write::typography::TYPOGRAPHY;

/// Columns and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ColumnFit {
    pub size_pt: f64,
    /// Space to the left and right of a cell's text.
    pub inset_pt: f64,
    pub landscape: bool,
    /// With insets.
    pub widths_pt: Vec<f64>,
    /// Width of what stands in parentheses, per column of cells: 0 where nothing does.
    pub besides_pt: Vec<f64>,
    /// The whole table stays on one page.
    pub keep: bool,
    /// Rows so high that they must be allowed to break, per row.
    pub breakable: Vec<bool>,
}

impl ColumnFit {
    /// True if some word of a text is wider than its column: only then may words be divided.
    pub(super) fn divides(&self, fonts: &Fonts, text: &str, column: usize, strong: bool) -> bool {
        let room = self.widths_pt.get(column).copied().unwrap_or(0.0) - 2.0 * self.inset_pt;
        fonts.widest_word_pt(text, self.size_pt, strong, f64::INFINITY) > room
    }
}

const PT_PER_MM: f64 = 72.0 / 25.4;
/// Above and below a cell's text.
pub(super) const INSET_Y_PT: f64 = 3.2;
/// Between a number and the one in parentheses beside it, in sizes.
pub(super) const BESIDE_GAP_EM: f64 = 0.35;
/// Longest part of a header's word that must fit without division, in sizes; the second is for tables of many columns.
const HEADER_WORD_EM: [f64; 2] = [14.0, 7.0];
/// Longest part of a word of running text in a cell, in sizes.
const WORD_EM: f64 = 9.0;
/// A column of words is given no more than this before others have theirs, in sizes.
const WORDS_EM: f64 = 36.0;
/// ... and no more than so many times its mean width and so many sizes.
const FAIR_MEANS: f64 = 2.0;
const FAIR_EM: f64 = 6.0;
/// The column of row labels at most, if there are numbers beside it.
const LABEL_EM: f64 = 26.0;
/// Width of "Inga uppgifter." in sizes.
const EMPTY_EM: f64 = 8.0;
/// Tables up to this share of a page are not broken.
const KEEP_SHARE: f64 = 0.6;
/// Rows higher than this share of a page may break.
const ROW_SHARE: f64 = 0.25;

/// A way to set a table, from the best to the last resort.
#[derive(Clone, Copy)]
struct Way {
    size_pt: f64,
    inset_pt: f64,
    landscape: bool,
    header_word_em: f64,
}

fn ways(may_turn: bool) -> Vec<Way> {
    let (small, dense) = (TYPOGRAPHY.small.paper_pt, TYPOGRAPHY.dense_pt);
    let way = |size_pt, inset_pt, landscape, word: usize| Way {
        size_pt,
        inset_pt,
        landscape,
        header_word_em: HEADER_WORD_EM[word],
    };
    let upright = [way(small, 5.0, false, 0), way(dense, 3.0, false, 0), way(dense, 3.0, false, 1)];
    let turned = [way(small, 5.0, true, 0), way(dense, 3.0, true, 1)];
    upright.into_iter().chain(turned.into_iter().filter(|_| may_turn)).collect()
}

/// The first way in which no word of the table must be divided, or the last one.
///
/// `may_turn`: false inside lists and boxes, where no page of its own can begin.
pub(super) fn fit(table: &TableBlock, fonts: &Fonts, may_turn: bool) -> ColumnFit {
    let ways = ways(may_turn);
    let measured = ways.iter().map(|way| (way, Measured::of(table, fonts, *way)));
    let chosen = measured.clone().find(|(way, measured)| measured.least() <= width_pt(way)).or_else(|| measured.last());
    let Some((way, measured)) = chosen else { unreachable!("there is always a way") };
    let widths_pt = measured.shared(width_pt(way), of_words(table));
    finish(table, fonts, *way, widths_pt, measured.besides)
}

fn width_pt(way: &Way) -> f64 {
    let page = if way.landscape { TYPOGRAPHY.page_mm.1 - TYPOGRAPHY.page_mm.0 } else { 0.0 };
    (TYPOGRAPHY.width_mm() + page) * PT_PER_MM
}

/// Tables mostly of words are given the whole width.
fn of_words(table: &TableBlock) -> bool {
    table.header.iter().skip(1).filter(|header| !header.numeric).count() >= 2
}

/// Least and wished width of each column, with insets.
#[derive(Clone)]
struct Measured {
    columns: Vec<(f64, f64)>,
    besides: Vec<f64>,
}

impl Measured {
    fn of(table: &TableBlock, fonts: &Fonts, way: Way) -> Measured {
        let besides: Vec<f64> = (1..table.header.len()).map(|column| beside_pt(table, fonts, way, column)).collect();
        let columns = (0..table.header.len()).map(|column| extent(table, fonts, way, column, &besides)).collect();
        Measured { columns, besides }
    }

    fn least(&self) -> f64 {
        self.columns.iter().map(|(least, _)| least).sum()
    }

    /// The wished widths if they fit, otherwise the least ones and a share of what is left; `fill` takes all of it.
    fn shared(&self, available: f64, fill: bool) -> Vec<f64> {
        let (least, wished) = (self.least(), self.columns.iter().map(|(_, wished)| wished).sum::<f64>());
        let scaled = |factor: f64| self.columns.iter().map(|(_, wished)| wished * factor).collect();
        if wished <= available {
            return if fill { scaled(available / wished.max(1.0)) } else { scaled(1.0) };
        }
        if least > available {
            return self.columns.iter().map(|(column, _)| column * available / least).collect();
        }
        let share = (available - least) / (wished - least);
        self.columns.iter().map(|(least, wished)| least + (wished - least) * share).collect()
    }
}

fn beside_pt(table: &TableBlock, fonts: &Fonts, way: Way, column: usize) -> f64 {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column - 1)?.beside.as_deref());
    let widest = cells.map(|text| fonts.width_pt(text, way.size_pt, false)).fold(0.0, f64::max);
    let header = table.header[column].beside.as_deref().map_or(0.0, |text| fonts.width_pt(text, way.size_pt, false));
    // A header's parentheses stand above those of its cells, if there are any.
    // And a tenth of a point for rounding: "79–94" must not be broken at its dash.
    if widest > 0.0 { widest.max(header) + 0.1 } else { 0.0 }
}

/// Least and wished width of a column.
fn extent(table: &TableBlock, fonts: &Fonts, way: Way, column: usize, besides: &[f64]) -> (f64, f64) {
    let (size, inset) = (way.size_pt, 2.0 * way.inset_pt);
    let header = &table.header[column];
    let word = fonts.widest_word_pt(&header.text, size, true, way.header_word_em * size);
    let title = header_width(table, fonts, size, column);
    if header.numeric && column > 0 {
        let body = numbers_pt(table, fonts, size, column, besides[column - 1]);
        // This year's number above this year's numbers, last year's above last year's.
        let word = if header.beside.is_some() { word + besides[column - 1] + BESIDE_GAP_EM * size } else { word };
        // Three lines of header at most are wished for.
        let wished = (title / 3.0 * 1.15).max(word).max(body);
        return (word.max(body) + inset, wished + inset);
    }
    let texts = || table.rows.iter().map(|row| (text_of(row, column), is_strong(row), row.level));
    let indent = |level: u8| if column == 0 { f64::from(level.min(2)) * size } else { 0.0 };
    let longest = texts().map(|(text, strong, level)| widest_line(fonts, text, size, strong) + indent(level));
    let widest =
        texts().map(|(text, strong, level)| fonts.widest_word_pt(text, size, strong, WORD_EM * size) + indent(level));
    // A table without rows says so in words.
    let empty = if table.rows.is_empty() { EMPTY_EM * size / table.header.len().max(1) as f64 } else { 0.0 };
    let least = widest.fold(word, f64::max).max(empty);
    let mean = longest.clone().sum::<f64>() / table.rows.len().max(1) as f64;
    // One long text in a column of short ones is given lines, not width.
    let fair = FAIR_MEANS * mean + FAIR_EM * size;
    let most = if column == 0 && !of_words(table) { LABEL_EM * size } else { fair.min(WORDS_EM * size) };
    let wished = longest.fold(title.min(12.0 * size), f64::max).min(most).max(least);
    (least + inset, wished + inset)
}

fn header_width(table: &TableBlock, fonts: &Fonts, size: f64, column: usize) -> f64 {
    let header = &table.header[column];
    let beside = header.beside.as_deref().map_or(0.0, |text| fonts.width_pt(text, size, false) + BESIDE_GAP_EM * size);
    fonts.width_pt(&header.text, size, true) + beside
}

fn numbers_pt(table: &TableBlock, fonts: &Fonts, size: f64, column: usize, beside: f64) -> f64 {
    let width = |row: &PrintedRow| fonts.width_pt(text_of(row, column), size, is_strong(row));
    let gap = if beside > 0.0 { beside + BESIDE_GAP_EM * size } else { 0.0 };
    // A tenth of a point for rounding: a number must not be broken.
    table.rows.iter().map(width).fold(0.0, f64::max) + gap + 0.1
}

fn text_of(row: &PrintedRow, column: usize) -> &str {
    match column.checked_sub(1) {
        None => &row.label,
        Some(index) => row.cells.get(index).map_or("", |cell| cell.text.as_str()),
    }
}

fn widest_line(fonts: &Fonts, text: &str, size: f64, strong: bool) -> f64 {
    text.split('\n').map(|line| fonts.width_pt(line, size, strong)).fold(0.0, f64::max)
}

/// Rows that are set in semibold.
pub(super) fn is_strong(row: &PrintedRow) -> bool {
    matches!(row.kind, RowKind::Group | RowKind::Total)
}

fn finish(table: &TableBlock, fonts: &Fonts, way: Way, widths_pt: Vec<f64>, besides_pt: Vec<f64>) -> ColumnFit {
    let page = if way.landscape { TYPOGRAPHY.width_mm() } else { TYPOGRAPHY.height_mm() } * PT_PER_MM;
    let heights: Vec<f64> = table.rows.iter().map(|row| height_pt(row, fonts, way, &widths_pt)).collect();
    let total: f64 = heights.iter().sum();
    ColumnFit {
        size_pt: way.size_pt,
        inset_pt: way.inset_pt,
        landscape: way.landscape,
        keep: total <= KEEP_SHARE * page,
        breakable: heights.iter().map(|height| *height > ROW_SHARE * page).collect(),
        widths_pt,
        besides_pt,
    }
}

/// About how high a row becomes.
fn height_pt(row: &PrintedRow, fonts: &Fonts, way: Way, widths_pt: &[f64]) -> f64 {
    let lines = |(column, width): (usize, &f64)| -> f64 {
        let room = (width - 2.0 * way.inset_pt).max(way.size_pt);
        let of_line = |line: &str| (fonts.width_pt(line, way.size_pt, is_strong(row)) / room * 1.05).ceil().max(1.0);
        text_of(row, column).split('\n').map(of_line).sum()
    };
    let most = widths_pt.iter().enumerate().map(lines).fold(1.0, f64::max);
    most * way.size_pt * TYPOGRAPHY.small.line + 2.0 * INSET_Y_PT
}
