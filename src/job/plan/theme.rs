//! The checked theme: what figures, HTML, PDF and Word take their looks from, set once in the job.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Failure;

/// Family of the bundled typeface, as fonts, style sheets and Word name it.
pub const BUNDLED_FAMILY: &str = "Source Sans 3";

/// Colours as `#rrggbb` (lower case), typeface and logo.
#[derive(Debug, Clone)]
pub struct ThemePlan {
    pub accent: String,
    pub palette: Vec<String>,
    pub ink: String,
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
    pub font: Option<FontPlan>,
    /// Shown on the first page.
    pub logo: Option<LogoPlan>,
}

impl ThemePlan {
    /// Name of the typeface.
    pub fn family(&self) -> &str {
        self.font.as_ref().map_or(BUNDLED_FAMILY, |font| font.family.as_str())
    }

    /// Every file that the theme names, with its key under `[theme]`.
    pub fn files(&self) -> Vec<(&'static str, &ThemeFile)> {
        let fonts =
            self.font.iter().flat_map(|font| [("font_regular", &font.regular), ("font_semibold", &font.semibold)]);
        fonts.chain(self.logo.iter().map(|logo| ("logo", &logo.file))).collect()
    }
}

/// Two faces of one typeface, TrueType or OpenType.
#[derive(Debug, Clone)]
pub struct FontPlan {
    pub family: String,
    pub regular: ThemeFile,
    pub semibold: ThemeFile,
}

/// A picture, and what it says to those who don't see it.
#[derive(Debug, Clone)]
pub struct LogoPlan {
    pub file: ThemeFile,
    pub text: String,
}

impl LogoPlan {
    /// True for SVG, false for PNG; `compile` refuses every other ending.
    pub fn is_svg(&self) -> bool {
        self.file.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
    }
}

/// A file beside the job, read at most once: preflight does, so that writers find its bytes.
#[derive(Clone)]
pub struct ThemeFile {
    pub path: PathBuf,
    bytes: Arc<OnceLock<Vec<u8>>>,
}

/// The path alone: the bytes of a font say nothing to anybody.
impl std::fmt::Debug for ThemeFile {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?}", self.path)
    }
}

impl ThemeFile {
    pub fn new(path: PathBuf) -> ThemeFile {
        ThemeFile { path, bytes: Arc::default() }
    }

    /// The file's content. Errors: `io` if it cannot be read.
    pub fn bytes(&self) -> Result<&[u8], Failure> {
        if let Some(bytes) = self.bytes.get() {
            return Ok(bytes);
        }
        let path = self.path.display().to_string();
        let read =
            std::fs::read(&self.path).map_err(|error| Failure::io(say!("job-reading-file-theme"), &path, &error))?;
        Ok(self.bytes.get_or_init(|| read))
    }
}
