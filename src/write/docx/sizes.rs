//! The report's typographic system in Word's units: twips (1/20 pt), half points, English metric units.

use super::super::typography::TYPOGRAPHY;

/// Type sizes on paper, in half points: tables and notes, running text, headings of sections, title and chapters.
pub const SMALL: u32 = half_points(TYPOGRAPHY.small.paper_pt);
pub const TEXT: u32 = half_points(TYPOGRAPHY.text.paper_pt);
pub const LARGE: u32 = half_points(TYPOGRAPHY.large.paper_pt);
pub const DISPLAY: u32 = half_points(TYPOGRAPHY.display.paper_pt);
/// The one exception: tables with so many columns that `SMALL` does not fit.
pub const DENSE: u32 = half_points(TYPOGRAPHY.dense_pt);
/// Where even a page that lies has no room: small, but whole numbers.
pub const LEAST: u32 = 11;

/// A4, upright, and its margins: top, right, bottom, left.
pub const PAGE_MM: (f64, f64) = TYPOGRAPHY.page_mm;
pub const MARGINS_MM: [f64; 4] = TYPOGRAPHY.margins_mm;
/// Longest line of running text.
pub const MEASURE_MM: f64 = TYPOGRAPHY.measure_mm;
/// Widest a figure is printed.
pub const FIGURE_MM: f64 = TYPOGRAPHY.figure_mm;

const fn half_points(points: f64) -> u32 {
    (points * 2.0) as u32
}

/// Millimetres in twentieths of a point.
pub fn twips(mm: f64) -> i32 {
    (mm / 25.4 * 1440.0).round() as i32
}

/// Twentieths of a point in English metric units, as drawings count.
pub fn emu(twips: i32) -> i64 {
    i64::from(twips) * 635
}
