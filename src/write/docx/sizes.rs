//! The report's typographic system in Word's units: twips (1/20 pt), half points, English metric units.

/// Type sizes on paper, in half points: tables and notes, running text, headings of sections, title and chapters.
pub const SMALL: u32 = 17;
pub const TEXT: u32 = 21;
pub const LARGE: u32 = 27;
pub const DISPLAY: u32 = 42;
/// The one exception: tables with so many columns that `SMALL` does not fit.
pub const DENSE: u32 = 15;
/// Where even a page that lies has no room: small, but whole numbers.
pub const LEAST: u32 = 11;

/// A4, upright, and its margins: top, right, bottom, left.
pub const PAGE_MM: (f64, f64) = (210.0, 297.0);
pub const MARGINS_MM: [f64; 4] = [20.0, 18.0, 22.0, 22.0];
/// Longest line of running text: 60–75 characters.
pub const MEASURE_MM: f64 = 125.0;
/// Widest a figure is printed.
pub const FIGURE_MM: f64 = 160.0;

/// Millimetres in twentieths of a point.
pub fn twips(mm: f64) -> i32 {
    (mm / 25.4 * 1440.0).round() as i32
}

/// Twentieths of a point in English metric units, as drawings count.
pub fn emu(twips: i32) -> i64 {
    i64::from(twips) * 635
}
