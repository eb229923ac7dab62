//! `[theme]`: colours, with the contrast that readers need.
//!
//! Source: WCAG 2.1, success criteria 1.4.3 (text, 4.5:1) and 1.4.11 (marks, 3:1); relative luminance as defined there.

use super::problems::Problems;
use crate::job::plan::ThemePlan;
use crate::job::spans::Path;
use crate::job::spec::ThemeSpec;

const TEXT_CONTRAST: f64 = 4.5;
const MARK_CONTRAST: f64 = 3.0;

/// Hues that a figure can tell apart.
const PALETTE_MOST: usize = 6;

impl Default for ThemePlan {
    /// The bundled theme; `draw::theme::problems` finds nothing wrong with it (a test says so).
    fn default() -> Self {
        ThemePlan {
            accent: "#1f5a7a".into(),
            palette: ["#1f5a7a", "#d6781c", "#33205c", "#5c93d6", "#8f2d4f", "#9a8456"].map(String::from).to_vec(),
            ink: "#1a1a1a".into(),
            muted: "#5c6670".into(),
            ground: "#ffffff".into(),
            rule: "#d4d4d4".into(),
            note: "#f4f4f2".into(),
            room: "#ffffff".into(),
            font: None,
            logo: None,
        }
    }
}

pub(super) fn compile(spec: Option<&ThemeSpec>, problems: &mut Problems) -> ThemePlan {
    let mut theme = ThemePlan::default();
    let Some(spec) = spec else { return theme };
    let at = Path::of(&["theme"]);
    let texts = [
        ("accent", &spec.accent, &mut theme.accent),
        ("ink", &spec.ink, &mut theme.ink),
        ("muted", &spec.muted, &mut theme.muted),
    ];
    for (key, said, colour) in texts {
        if let Some(said) = said {
            check(said, TEXT_CONTRAST, &at.key(key), problems);
            *colour = said.to_lowercase();
        }
    }
    if !spec.palette.is_empty() {
        theme.palette = palette(&spec.palette, &at.key("palette"), problems);
    }
    theme
}

fn palette(colours: &[String], at: &Path, problems: &mut Problems) -> Vec<String> {
    if colours.len() > PALETTE_MOST {
        let message = format!("`palette` must have at most {PALETTE_MOST} colours, found {}", colours.len());
        problems.bad_value(at, message, "readers cannot tell more hues apart");
    }
    for (index, colour) in colours.iter().enumerate() {
        check(colour, MARK_CONTRAST, &at.index(index), problems);
    }
    colours.iter().map(|colour| colour.to_lowercase()).collect()
}

fn check(colour: &str, least: f64, at: &Path, problems: &mut Problems) {
    match contrast_to_white(colour) {
        None => problems.bad_value(at, format!("`{colour}` is not a colour written #rrggbb"), ""),
        Some(contrast) if contrast < least => {
            let contrast = (contrast * 10.0).floor() / 10.0;
            let message = format!("`{colour}` is too light: contrast {contrast}:1 to white, needed {least}:1");
            problems.bad_value(at, message, "choose a darker colour");
        }
        Some(_) => {}
    }
}

fn contrast_to_white(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let channel = |shift: u32| linear(f64::from((number >> shift) & 0xff) / 255.0);
    let luminance = 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
    Some(1.05 / (luminance + 0.05))
}

fn linear(channel: f64) -> f64 {
    if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_follows_wcag() {
        assert_eq!(contrast_to_white("#000000"), Some(21.0));
        assert_eq!(contrast_to_white("#ffffff"), Some(1.0));
        assert!((contrast_to_white("#767676").expect("a colour") - 4.54).abs() < 0.01);
        for wrong in ["#fff", "767676", "#76767g", "", "#+12345"] {
            assert_eq!(contrast_to_white(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_bundled_theme_meets_its_own_rules() {
        let theme = ThemePlan::default();
        for text in [&theme.accent, &theme.ink, &theme.muted] {
            assert!(contrast_to_white(text).expect("a colour") >= TEXT_CONTRAST, "{text}");
        }
        for mark in &theme.palette {
            assert!(contrast_to_white(mark).expect("a colour") >= MARK_CONTRAST, "{mark}");
        }
    }
}
