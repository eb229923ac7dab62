//! The two faces that a report is set in: for the typesetter, and for measuring columns and finding letters they lack.

use std::sync::OnceLock;

use ab_glyph::{Font as _, FontVec};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::diagnostic::Failure;
use crate::job::plan::{LoadedFont, LoadedTheme};

pub(crate) const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf");
pub(crate) const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Semibold.ttf");

/// Regular first, then semibold.
pub(crate) struct Fonts {
    pub book: LazyHash<FontBook>,
    pub faces: [Font; 2],
    measured: [FontVec; 2],
    /// As the faces themselves call it, so that the typesetter finds it.
    pub family: String,
}

/// A report's fonts: those bundled, read once per process, or the municipality's own.
pub(crate) enum LoadedFonts {
    Bundled(&'static Fonts),
    Own(Box<Fonts>),
}

impl LoadedFonts {
    /// Errors: `internal` if a face can't be read; preflight has looked at both before.
    pub(crate) fn of(theme: &LoadedTheme) -> Result<LoadedFonts, Failure> {
        match &theme.font {
            None => Ok(LoadedFonts::Bundled(bundled()?)),
            Some(font) => Ok(LoadedFonts::Own(Box::new(own(font)?))),
        }
    }

    pub(crate) fn get(&self) -> &Fonts {
        match self {
            LoadedFonts::Bundled(fonts) => fonts,
            LoadedFonts::Own(fonts) => fonts,
        }
    }
}

/// The bundled fonts.
pub(crate) fn bundled() -> Result<&'static Fonts, Failure> {
    static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| Fonts::new(REGULAR, SEMIBOLD));
    fonts.as_ref().ok_or_else(|| Failure::internal("the bundled fonts are not readable"))
}

fn own(font: &LoadedFont) -> Result<Fonts, Failure> {
    Fonts::new(&font.regular.bytes, &font.semibold.bytes)
        .ok_or_else(|| Failure::internal(format!("the theme's font `{}` is not readable", font.family)))
}

impl Fonts {
    fn new(regular: &[u8], semibold: &[u8]) -> Option<Fonts> {
        let face = |bytes: &[u8]| Font::new(Bytes::new(bytes.to_vec()), 0);
        let faces = [face(regular)?, face(semibold)?];
        let measured = [FontVec::try_from_vec(regular.to_vec()).ok()?, FontVec::try_from_vec(semibold.to_vec()).ok()?];
        let family = faces[0].info().family.to_string();
        Some(Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces, measured, family })
    }

    /// True if both faces have the letter.
    pub(crate) fn knows(&self, letter: char) -> bool {
        self.measured.iter().all(|face| face.glyph_id(letter).0 != 0)
    }

    /// Width of a text on one line, in points.
    pub(crate) fn width_pt(&self, text: &str, size_pt: f64, strong: bool) -> f64 {
        let face = &self.measured[usize::from(strong)];
        let units: f32 = text.chars().map(|letter| face.h_advance_unscaled(face.glyph_id(letter))).sum();
        f64::from(units / face.units_per_em().unwrap_or(1000.0)) * size_pt
    }

    /// Width of the widest word: what a column can't be narrower than. `most`: words of letters may be divided, so that
    /// they ask for no more than this.
    pub(crate) fn widest_word_pt(&self, text: &str, size_pt: f64, strong: bool, most: f64) -> f64 {
        let words = text.split([' ', '\n', '\u{200b}']).flat_map(|word| word.split_inclusive(['-', '/', '–']));
        let width = |word: &str| {
            // Measured without kerning; a hundredth more, and no word is divided for the difference.
            let width = self.width_pt(word, size_pt, strong) * 1.01 + 0.4;
            if word.chars().any(|letter| letter.is_numeric() || letter == '\u{a0}') { width } else { width.min(most) }
        };
        words.map(width).fold(0.0, f64::max)
    }
}
