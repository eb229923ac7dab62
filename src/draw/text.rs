//! Widths of text in the bundled font or the theme's own, and lines that fit.
//!
//! In: text from data or job file. Out: lines, and their extent in pixels. Text is wrapped at spaces and after hyphens
//! and slashes, never cut, never turned; only a word that is wider than its whole place is divided.

use std::cell::RefCell;
use std::sync::OnceLock;

use ab_glyph::{FontRef, FontVec, GlyphId};

use crate::diagnostic::Failure;
use crate::domain::contrast::Rgb;
use crate::job::plan::{LoadedFont, ThemeFile};

/// The bundled font's files; also loaded by `png`.
pub(super) const REGULAR: &[u8] = include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf");
pub(super) const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/SourceSans3-Semibold.ttf");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Semibold,
}

/// A face at a size in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Font {
    pub size_px: f64,
    pub face: Face,
}

/// Letters of a style in a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lettering {
    pub font: Font,
    pub color: Rgb,
}

/// The four styles of a figure. The smallest is 9 pt when a figure is 160 mm wide.
pub(super) const TITLE: Font = Font { size_px: 18.0, face: Face::Semibold };
pub(super) const SUBTITLE: Font = Font { size_px: 14.0, face: Face::Regular };
pub(super) const LABEL: Font = Font { size_px: 13.0, face: Face::Regular };
pub(super) const STRONG: Font = Font { size_px: 13.0, face: Face::Semibold };

impl Font {
    pub(super) fn in_color(self, color: Rgb) -> Lettering {
        Lettering { font: self, color }
    }

    /// Width of a line with the font's kerning table.
    pub(super) fn width(self, text: &str) -> f64 {
        OWN.with_borrow(|own| match own {
            Some(faces) => self.width_in(&faces[self.face as usize], text),
            None => self.width_in(bundled(self.face), text),
        })
    }

    fn width_in(self, font: &impl ab_glyph::Font, text: &str) -> f64 {
        let mut before: Option<GlyphId> = None;
        let mut units = 0.0;
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            units += font.h_advance_unscaled(glyph) + before.map_or(0.0, |before| font.kern_unscaled(before, glyph));
            before = Some(glyph);
        }
        f64::from(units / font.units_per_em().unwrap_or(1000.0)) * self.size_px
    }

    pub(super) fn line_height(self) -> f64 {
        (self.size_px * 1.28).round()
    }

    /// From the top of a line to its baseline, such that capitals stand in the middle of the line.
    pub(super) fn baseline(self) -> f64 {
        self.line_height() / 2.0 + self.size_px * 0.33
    }

    /// As few lines as fit in `max_px`, each as full as possible.
    pub(super) fn wrap(self, text: &str, max_px: f64) -> Paragraph {
        let mut lines = Vec::new();
        let mut line = String::new();
        for piece in pieces(text) {
            if self.width(format!("{line}{piece}").trim_end()) <= max_px {
                line.push_str(piece);
                continue;
            }
            push_line(&mut lines, &line);
            line = self.divide(piece, max_px, &mut lines);
        }
        push_line(&mut lines, &line);
        Paragraph { lines, font: self }
    }

    /// The same number of lines as [`Font::wrap`], of lengths as equal as possible.
    pub(super) fn balance(self, text: &str, max_px: f64) -> Paragraph {
        let full = self.wrap(text, max_px);
        let (mut narrow, mut wide) = (self.widest_word(text).min(max_px), max_px);
        while wide - narrow > 2.0 {
            let middle = (narrow + wide) / 2.0;
            if self.wrap(text, middle).lines.len() > full.lines.len() { narrow = middle } else { wide = middle }
        }
        self.wrap(text, wide)
    }

    /// Width below which some word would have to be divided.
    pub(super) fn widest_word(self, text: &str) -> f64 {
        pieces(text).into_iter().map(|piece| self.width(piece.trim_end())).fold(0.0, f64::max)
    }

    /// Puts all but the rest of a piece that is wider than its place into lines of its own, with hyphens.
    fn divide(self, piece: &str, max_px: f64, lines: &mut Vec<String>) -> String {
        let mut rest = piece;
        while self.width(rest.trim_end()) > max_px {
            let at = self.fitting(rest, max_px);
            if at >= rest.trim_end().len() {
                break;
            }
            if let Some(space) = rest.find(' ').filter(|space| (1..=at).contains(space)) {
                push_line(lines, &rest[..space]);
                rest = &rest[space + 1..];
            } else {
                lines.push(format!("{}-", &rest[..at]));
                rest = &rest[at..];
            }
        }
        rest.to_string()
    }

    /// How many bytes of a word fit with a hyphen; at least its first letter.
    fn fitting(self, word: &str, max_px: f64) -> usize {
        let fits = |at: &usize| self.width(&format!("{}-", &word[..*at])) <= max_px;
        let first = word.chars().next().map_or(0, char::len_utf8);
        word.char_indices().skip(1).map(|(at, _)| at).take_while(fits).last().unwrap_or(first)
    }
}

fn push_line(lines: &mut Vec<String>, line: &str) {
    let line = line.trim_end_matches(' ');
    if !line.is_empty() {
        lines.push(line.to_string());
    }
}

/// Lines of one style.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    pub lines: Vec<String>,
    pub font: Font,
}

impl Paragraph {
    pub(super) fn width(&self) -> f64 {
        self.lines.iter().map(|line| self.font.width(line)).fold(0.0, f64::max)
    }

    pub(super) fn height(&self) -> f64 {
        self.lines.len() as f64 * self.font.line_height()
    }
}

/// Text on one line of plain letters: control characters and runs of space become one space.
pub(super) fn clean(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|letter: char| (letter.is_whitespace() && letter != '\u{a0}') || is_unprintable(letter))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Control characters, and what XML 1.0 cannot hold.
fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
}

/// Pieces that may stand on lines of their own: each ends after a space, a hyphen or a slash. What holds no letter or
/// digit — "-", "(%)" — stays with the word before it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut end) = (0, 0);
    for piece in text.split_inclusive([' ', '-', '/', '–']) {
        if end > start && piece.contains(char::is_alphanumeric) {
            pieces.push(&text[start..end]);
            start = end;
        }
        end += piece.len();
    }
    pieces.push(&text[start..end]);
    pieces
}

fn bundled(face: Face) -> &'static FontRef<'static> {
    static FACES: OnceLock<[FontRef<'static>; 2]> = OnceLock::new();
    let [regular, semibold] = FACES.get_or_init(|| {
        [REGULAR, SEMIBOLD]
            .map(|bytes| FontRef::try_from_slice(bytes).expect("the bundled font is a valid TrueType file"))
    });
    match face {
        Face::Regular => regular,
        Face::Semibold => semibold,
    }
}

thread_local! {
    /// The theme's own faces while a figure is laid out on this thread: styles are constants and can't carry them.
    static OWN: RefCell<Option<[FontVec; 2]>> = const { RefCell::new(None) };
}

/// Runs `draw` with widths measured in the theme's own font, if it has one.
///
/// Errors: `internal` if the font can't be read; preflight has looked at it before.
pub(super) fn with_font<T>(font: Option<&LoadedFont>, draw: impl FnOnce() -> T) -> Result<T, Failure> {
    let Some(font) = font else { return Ok(draw()) };
    let faces = [own(&font.regular)?, own(&font.semibold)?];
    OWN.with_borrow_mut(|own| *own = Some(faces));
    let drawn = draw();
    OWN.with_borrow_mut(|own| *own = None);
    Ok(drawn)
}

fn own(file: &ThemeFile) -> Result<FontVec, Failure> {
    let unreadable = |_| Failure::internal(format!("`{}` is not a font", file.path.display()));
    FontVec::try_from_vec(file.bytes.clone()).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_after_hyphens_and_slashes() {
        let wrapped = LABEL.wrap("det ska fungera i skola/praktik/arbete, andel (%)", 110.0);
        assert_eq!(wrapped.lines, ["det ska fungera i", "skola/praktik/", "arbete, andel (%)"]);
        assert!(wrapped.width() <= 110.0);
        assert_eq!(LABEL.wrap("Familjehems- och insatsenhet", 76.0).lines, ["Familjehems-", "och", "insatsenhet"]);
    }

    #[test]
    fn a_dash_or_a_sign_never_begins_a_line() {
        let text = "Brukarenkät familjehem - Brukaren trivs i boendet, andel (%)";
        for width in 75..300 {
            let wrapped = LABEL.wrap(text, f64::from(width));
            assert!(wrapped.lines.iter().all(|line| line.starts_with(char::is_alphanumeric)), "{width}: {wrapped:?}");
        }
    }

    #[test]
    fn nothing_is_lost_when_text_is_wrapped() {
        let text = "Brukarenkät familjehem - Brukaren får det stöd hen behöver";
        for width in [75.0, 100.0, 250.0, 1000.0] {
            let joined = LABEL.wrap(text, width).lines.join(" ");
            assert_eq!(joined.replace(' ', ""), text.replace(' ', ""), "{width}");
        }
    }

    #[test]
    fn a_word_wider_than_its_place_is_divided_with_hyphens_and_fits() {
        let wrapped = LABEL.wrap("Personuppgiftsincidenthantering", 60.0);
        assert!(wrapped.lines.len() > 2 && wrapped.width() <= 60.0, "{wrapped:?}");
        assert_eq!(wrapped.lines.concat().replace('-', ""), "Personuppgiftsincidenthantering");
        assert_eq!(LABEL.wrap("ab", 1.0).lines, ["a-", "b"]);
    }

    #[test]
    fn balanced_lines_are_as_many_but_more_even() {
        let text = "Enhet för mottagning och ekonomiskt bistånd samt budget";
        let (full, even) = (LABEL.wrap(text, 200.0), LABEL.balance(text, 200.0));
        assert_eq!(full.lines.len(), even.lines.len());
        assert!(even.width() <= full.width());
    }

    #[test]
    fn a_no_break_space_holds_a_number_together() {
        assert_eq!(LABEL.wrap("28\u{a0}% av 1\u{a0}458", 46.0).lines, ["28\u{a0}% av", "1\u{a0}458"]);
        assert_eq!(clean("a\tb\n\u{0}c\u{a0}d"), "a b c\u{a0}d");
    }

    #[test]
    fn digits_are_tabular_and_semibold_is_wider() {
        let widths: Vec<f64> = ('0'..='9').map(|digit| LABEL.width(&digit.to_string())).collect();
        assert!(widths.iter().all(|width| (width - widths[0]).abs() < 1e-9));
        assert!(STRONG.width("Totalt") > LABEL.width("Totalt"));
        assert_eq!(LABEL.width(""), 0.0);
    }
}
