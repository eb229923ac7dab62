//! How cells look: number formats that show what the report prints, and texts that stay texts.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::super::document::PrintedRow;
use super::super::values::{self, decimals_of, print_value};
use crate::domain::spreadsheet::harmless;
use crate::domain::table::{Role, RowKind, TableColumn, Unit, Value};
use crate::job::plan::LoadedTheme;

/// Most characters that a cell of Excel holds.
const LONGEST_TEXT: usize = 32_000;

/// The house colours, as Excel takes them.
pub(super) struct Colours {
    pub accent: Color,
    pub palette: Vec<Color>,
    pub ink: Color,
    pub muted: Color,
    pub grid: Color,
    pub tint: Color,
    /// The darkest ground of a heat table: ink can be read on it.
    pub deep: Color,
}

impl Colours {
    pub(super) fn of(theme: &LoadedTheme) -> Colours {
        Colours {
            accent: colour(&theme.accent),
            palette: theme.palette.iter().map(|text| colour(text)).collect(),
            ink: colour(&theme.ink),
            muted: colour(&theme.muted),
            grid: Color::RGB(0x00D9_D9D9),
            tint: Color::RGB(0x00F4_F4F2),
            deep: Color::RGB(halfway_to_white(rgb(&theme.accent))),
        }
    }

    /// Colour of a series, counted from 0; beyond the palette all are grey, as in the report's own figures.
    pub(super) fn hue(&self, series: usize) -> Color {
        self.palette.get(series).copied().unwrap_or(if series == 0 { self.accent } else { self.muted })
    }
}

fn colour(text: &str) -> Color {
    Color::RGB(rgb(text))
}

/// `#rrggbb`, or black; the theme was checked when the job was compiled.
fn rgb(text: &str) -> u32 {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

fn halfway_to_white(rgb: u32) -> u32 {
    let part = |shift: u32| (((rgb >> shift) & 0xFF) + 0xFF) / 2;
    (part(16) << 16) | (part(8) << 8) | part(0)
}

/// A text as a cell holds it: no control characters but line breaks, nothing that XML has no place for, and not longer
/// than Excel allows.
pub(super) fn cell_text(text: &str) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= LONGEST_TEXT
    };
    let has_place = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(|letter| has_place(letter) || *letter == '\n').take_while(fits).collect()
}

/// A format under which a text that could be run stays text when somebody edits its cell: what an apostrophe is to a
/// CSV file. See [`harmless`].
pub(super) fn guarded(format: Format, text: &str) -> Format {
    if harmless(text) == text { format } else { format.set_quote_prefix() }
}

/// The number that a cell holds; `None` for texts and for the four kinds of nothing.
pub(super) fn number_of(value: &Value) -> Option<f64> {
    /// Serial number of 1970-01-01.
    const EPOCH: f64 = 25_569.0;
    match value {
        Value::Date(day) => Some(f64::from(*day) + EPOCH),
        value => values::number_of(value),
    }
}

/// The number format under which a spreadsheet shows what [`print_value`] prints.
pub(super) fn number_format(value: &Value, column: &TableColumn) -> String {
    let decimals = decimals_of(column.unit);
    match value {
        Value::Date(_) => "yyyy\\-mm\\-dd".to_string(),
        Value::Share { .. } => unsigned(&format!("{} %", fixed(decimals))),
        Value::Change { .. } => signed(&format!("{} %", fixed(decimals)), value, column),
        Value::Count(_) if column.role == Role::Difference => signed("#,##0", value, column),
        Value::Number(number) => number_as_delivered(*number, value, column),
        _ => unsigned("#,##0"),
    }
}

/// Percentages that came as 0–100 keep that size; the sign behind them is a letter, not an operation.
fn number_as_delivered(number: f64, value: &Value, column: &TableColumn) -> String {
    let decimals = decimals_of(column.unit);
    let has_sign = matches!(column.role, Role::Difference | Role::Change);
    let plain = match column.unit {
        Unit::Percent { .. } => format!("{}\" %\"", thousands(decimals)),
        Unit::Count if number.fract() != 0.0 => thousands(1),
        _ => thousands(decimals),
    };
    let is_points = matches!(column.unit, Unit::PercentagePoints { .. });
    let estimated = column.unit == Unit::Count && number.fract() != 0.0;
    if is_points || (has_sign && !estimated) { signed(&plain, value, column) } else { unsigned(&plain) }
}

fn thousands(decimals: u8) -> String {
    format!("#,##{}", fixed(decimals))
}

fn fixed(decimals: u8) -> String {
    if decimals == 0 { "0".to_string() } else { format!("0.{}", "0".repeat(usize::from(decimals))) }
}

/// The minus of print before negative numbers.
fn unsigned(plain: &str) -> String {
    format!("{plain};\"\u{2212}\"{plain}")
}

/// A sign before all but what is printed as zero.
fn signed(plain: &str, value: &Value, column: &TableColumn) -> String {
    if print_value(value, column).starts_with(['+', '\u{2212}']) {
        format!("+{plain};\"\u{2212}\"{plain}")
    } else {
        format!("{plain};{plain}")
    }
}

/// The sheet's title.
pub(super) fn title(colours: &Colours) -> Format {
    Format::new().set_bold().set_font_size(14).set_font_color(colours.ink)
}

pub(super) fn muted(colours: &Colours) -> Format {
    Format::new().set_font_color(colours.muted)
}

pub(super) fn heading(colours: &Colours) -> Format {
    Format::new().set_bold().set_font_color(colours.accent)
}

/// Underlined, as links are.
pub(super) fn link(colours: &Colours) -> Format {
    Format::new().set_font_color(colours.accent).set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

pub(super) fn header(colours: &Colours, numeric: bool) -> Format {
    let align = if numeric { FormatAlign::Right } else { FormatAlign::Left };
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(align)
        .set_align(FormatAlign::Bottom)
        .set_font_color(colours.ink)
        .set_background_color(colours.tint)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(colours.ink)
}

/// A cell of the table by its row's kind: groups and totals bold, a line over totals, residual rows grey.
pub(super) fn body(colours: &Colours, row: &PrintedRow) -> Format {
    let plain = Format::new().set_align(FormatAlign::Top).set_font_color(colours.ink);
    match row.kind {
        RowKind::Part => plain,
        RowKind::Group => plain.set_bold(),
        RowKind::Residual => plain.set_font_color(colours.muted),
        RowKind::Total => plain.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(colours.ink),
    }
}
