//! The report's typographic system in Word's units: twips (1/20 pt), half points, English metric units.

use super::super::typography::TYPOGRAPHY;

/// Type sizes on paper, in half points: tables and notes, running text, headings of sections, title and chapters.
pub(super) const SMALL: u32 = half_points(TYPOGRAPHY.small.paper_pt);
pub(super) const TEXT: u32 = half_points(TYPOGRAPHY.text.paper_pt);
pub(super) const LARGE: u32 = half_points(TYPOGRAPHY.large.paper_pt);
pub(super) const DISPLAY: u32 = half_points(TYPOGRAPHY.display.paper_pt);
/// The one exception: tables with so many columns that `SMALL` does not fit.
pub(super) const DENSE: u32 = half_points(TYPOGRAPHY.dense_pt);
/// Where even a page that lies has no room: small, but whole numbers.
pub(super) const LEAST: u32 = 11;

/// A4, upright, and its margins: top, right, bottom, left.
pub(super) const PAGE_MM: (f64, f64) = TYPOGRAPHY.page_mm;
pub(super) const MARGINS_MM: [f64; 4] = TYPOGRAPHY.margins_mm;
/// Longest line of running text.
pub(super) const MEASURE_MM: f64 = TYPOGRAPHY.measure_mm;
/// Widest a figure is printed.
pub(super) const FIGURE_MM: f64 = TYPOGRAPHY.figure_mm;

const fn half_points(points: f64) -> u32 {
    (points * 2.0) as u32
}

/// Millimetres in twentieths of a point.
pub(super) fn twips(mm: f64) -> i32 {
    (mm / 25.4 * 1440.0).round() as i32
}

/// Twentieths of a point in English metric units, as drawings count.
pub(super) fn emu(twips: i32) -> i64 {
    i64::from(twips) * 635
}
