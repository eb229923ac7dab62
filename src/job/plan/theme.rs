//! The checked theme: what figures, HTML, PDF and Word take their looks from, set once in the job.
//!
//! The plan names the files of a theme; `run` reads them before anything else and hands steps a [`LoadedTheme`].

use std::path::{Path, PathBuf};

/// Family of the bundled typeface, as fonts, style sheets and Word name it.
pub const BUNDLED_FAMILY: &str = "Source Sans 3";

/// Colours as `#rrggbb` (lower case), typeface and logo. `File`: where a file is, or what it holds.
#[derive(Debug, Clone)]
pub struct ThemePlan<File = PathBuf> {
    /// The one colour that stands out.
    pub accent: String,
    /// Colours of series, in the order they are taken.
    pub palette: Vec<String>,
    /// Colour of text.
    pub ink: String,
    /// Colour of what stands back.
    pub muted: String,
    /// The page.
    pub ground: String,
    /// Light lines between the rows of tables, below headings.
    pub rule: String,
    /// Ground of remarks.
    pub note: String,
    /// Ground of the places for the analyst's judgement.
    pub room: String,
    /// The municipality's own typeface; the bundled one if absent.
    pub font: Option<FontPlan<File>>,
    /// Shown on the first page.
    pub logo: Option<LogoPlan<File>>,
}

/// A theme with its files read: the bytes that were checked are those that are used.
pub type LoadedTheme = ThemePlan<ThemeFile>;

/// A typeface whose faces have been read.
pub type LoadedFont = FontPlan<ThemeFile>;

/// A logo that has been read.
pub type LoadedLogo = LogoPlan<ThemeFile>;

/// A file beside the job, and its content.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl<File> ThemePlan<File> {
    /// Name of the typeface.
    pub fn family(&self) -> &str {
        self.font.as_ref().map_or(BUNDLED_FAMILY, |font| font.family.as_str())
    }

    /// Every file that the theme names, with its key under `[theme]`.
    pub fn files(&self) -> Vec<(&'static str, &File)> {
        let fonts =
            self.font.iter().flat_map(|font| [("font_regular", &font.regular), ("font_semibold", &font.semibold)]);
        fonts.chain(self.logo.iter().map(|logo| ("logo", &logo.file))).collect()
    }
}

impl ThemePlan {
    /// The theme with its files read: `content` says what stands at a path.
    pub fn loaded(&self, mut content: impl FnMut(&Path) -> Vec<u8>) -> LoadedTheme {
        let ThemePlan { accent, palette, ink, muted, ground, rule, note, room, font, logo } = self.clone();
        let mut file = |path: PathBuf| ThemeFile { bytes: content(&path), path };
        let font = font.map(|FontPlan { family, regular, semibold }| FontPlan {
            family,
            regular: file(regular),
            semibold: file(semibold),
        });
        let logo = logo.map(|logo| LogoPlan { file: file(logo.file), text: logo.text });
        ThemePlan { accent, palette, ink, muted, ground, rule, note, room, font, logo }
    }
}

/// Two faces of one typeface, TrueType or OpenType.
#[derive(Debug, Clone)]
pub struct FontPlan<File = PathBuf> {
    /// Name of the typeface.
    pub family: String,
    /// The upright face.
    pub regular: File,
    /// The heavier face, for headings.
    pub semibold: File,
}

/// A picture, and what it says to those who don't see it.
#[derive(Debug, Clone)]
pub struct LogoPlan<File = PathBuf> {
    /// SVG or PNG.
    pub file: File,
    /// Alternative text.
    pub text: String,
}

impl LoadedLogo {
    /// True for SVG, false for PNG; `compile` refuses every other ending.
    pub fn is_svg(&self) -> bool {
        self.file.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
    }
}
