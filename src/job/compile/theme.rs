//! `[theme]`: colours with the contrast that readers need, typeface and logo.
//!
//! Sources: WCAG 2.1, success criteria 1.4.1 (not by colour alone), 1.4.3 (text, 4.5:1) and 1.4.11 (marks, 3:1);
//! colour-vision matrices of Machado et al. 2009 (`domain::contrast`).

use std::path::PathBuf;

use super::head::beside;
use crate::domain::contrast::{MARK_CONTRAST, MOST_HUES, Rgb, TEXT_CONTRAST, Vision};
use crate::job::plan::{FontPlan, LogoPlan, ThemePlan};
use crate::job::spec::ThemeSpec;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

/// Contrast of lines that guide the eye and carry no meaning: they must only be seen at all.
const LINE_CONTRAST: f64 = 1.2;
/// Least distance in L*a*b* between two hues, in every kind of vision: clearly different on a page, not side by side only.
const HUE_DISTANCE: f64 = 12.0;
/// Least difference in L* between neighbours in the palette: told apart in grey print.
const GREY_DISTANCE: f64 = 12.0;

/// Which colour must stand out from which, and how much.
const PAIRS: [(&str, &str, f64); 11] = [
    ("ink", "ground", TEXT_CONTRAST),
    ("ink", "note", TEXT_CONTRAST),
    ("ink", "room", TEXT_CONTRAST),
    ("ink", WHITE, TEXT_CONTRAST),
    ("muted", "ground", TEXT_CONTRAST),
    ("muted", "note", TEXT_CONTRAST),
    ("muted", WHITE, TEXT_CONTRAST),
    ("accent", "ground", TEXT_CONTRAST),
    ("accent", "room", TEXT_CONTRAST),
    ("accent", WHITE, MARK_CONTRAST),
    ("rule", "ground", LINE_CONTRAST),
];

/// What figures stand on.
const WHITE: &str = "white";

impl<File> Default for ThemePlan<File> {
    /// The bundled theme; a test says that nothing is wrong with it.
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

pub(super) fn compile(spec: Option<&ThemeSpec>, file: &str, problems: &mut Problems) -> ThemePlan {
    let mut theme = ThemePlan::default();
    let Some(spec) = spec else { return theme };
    let at = Path::of(&["theme"]);
    colours(spec, &mut theme, &at, problems);
    pairs(&theme, &at, problems);
    if !spec.palette.is_empty() {
        theme.palette = spec.palette.iter().map(|colour| colour.to_lowercase()).collect();
        palette(&theme, &at.key("palette"), problems);
    }
    theme.font = font(spec, file, &at, problems);
    theme.logo = logo(spec, file, &at, problems);
    theme
}

/// The colours that the job says; a place for judgement is as white as the page unless it is said otherwise.
fn colours(spec: &ThemeSpec, theme: &mut ThemePlan, at: &Path, problems: &mut Problems) {
    if let (Some(ground), None) = (&spec.ground, &spec.room) {
        theme.room = ground.to_lowercase();
    }
    let said = [
        ("accent", &spec.accent, &mut theme.accent),
        ("ink", &spec.ink, &mut theme.ink),
        ("muted", &spec.muted, &mut theme.muted),
        ("ground", &spec.ground, &mut theme.ground),
        ("rule", &spec.rule, &mut theme.rule),
        ("note", &spec.note, &mut theme.note),
        ("room", &spec.room, &mut theme.room),
    ];
    for (key, said, colour) in said {
        if let Some(said) = said {
            is_colour(said, &at.key(key), problems);
            *colour = said.to_lowercase();
        }
    }
}

fn is_colour(text: &str, at: &Path, problems: &mut Problems) -> Option<Rgb> {
    let colour = Rgb::parse(text);
    if colour.is_none() {
        problems.bad_value(at, say!("job-is-not-colour-written-rrggbb", text), "");
    }
    colour
}

/// Each colour against what it stands on: of one that fails, the worst.
fn pairs(theme: &ThemePlan, at: &Path, problems: &mut Problems) {
    let mut told: Vec<&str> = Vec::new();
    let mut failing: Vec<(f64, &(&str, &str, f64))> = PAIRS
        .iter()
        .filter_map(|pair| Some((colour_of(theme, pair.0)?.contrast(colour_of(theme, pair.1)?), pair)))
        .filter(|(contrast, pair)| *contrast < pair.2)
        .collect();
    failing.sort_by(|one, two| (one.0 / one.1.2).total_cmp(&(two.0 / two.1.2)));
    for (contrast, (key, ground, least)) in failing {
        if told.contains(key) {
            continue;
        }
        told.push(key);
        let (text, ground) = (named(theme, key), named(theme, ground));
        let message = say!("job-has-contrast-1-to-needed", text, contrast = shown(contrast), ground, least);
        let place = if problems.says(&at.key(key)) { at.key(key) } else { at.clone() };
        problems.bad_value(&place, message, say!("job-choose-two-colours-are-further"));
    }
}

/// Rounded down: 4.49 is not 4.5.
fn shown(contrast: f64) -> f64 {
    (contrast * 10.0).floor() / 10.0
}

fn text_of<'a>(theme: &'a ThemePlan, key: &str) -> &'a str {
    match key {
        "accent" => &theme.accent,
        "ink" => &theme.ink,
        "muted" => &theme.muted,
        "ground" => &theme.ground,
        "rule" => &theme.rule,
        "note" => &theme.note,
        "room" => &theme.room,
        _ => "#ffffff",
    }
}

fn colour_of(theme: &ThemePlan, key: &str) -> Option<Rgb> {
    Rgb::parse(text_of(theme, key))
}

fn named(theme: &ThemePlan, key: &str) -> String {
    if key == WHITE { say!("job-white-on-which-figures-stand") } else { format!("`{key}` {}", text_of(theme, key)) }
}

fn palette(theme: &ThemePlan, at: &Path, problems: &mut Problems) {
    let count = theme.palette.len();
    if count > MOST_HUES {
        let message = say!("job-palette-must-have-at-most", most = MOST_HUES, count);
        problems.bad_value(at, message, say!("job-readers-cannot-tell-more-hues"));
    }
    let mut hues = Vec::new();
    for (index, text) in theme.palette.iter().enumerate() {
        let at = at.index(index);
        let Some(colour) = is_colour(text, &at, problems) else { continue };
        let contrast = colour.contrast(Rgb::WHITE);
        if contrast < MARK_CONTRAST {
            let message =
                say!("job-palette-has-contrast-1-to", text, contrast = shown(contrast), least = MARK_CONTRAST);
            problems.bad_value(&at, message, say!("job-choose-darker-colour"));
        }
        hues.push((text.as_str(), colour, at));
    }
    apart(&hues[..hues.len().min(MOST_HUES)], problems);
}

/// Two hues that some reader takes for one: told at the later of them, once.
fn apart(hues: &[(&str, Rgb, Path)], problems: &mut Problems) {
    for (index, (two_text, two, at)) in hues.iter().enumerate() {
        for (before, (one_text, one, _)) in hues[..index].iter().enumerate() {
            let alike = |vision: &Vision| one.seen_with(*vision).distance(two.seen_with(*vision)) < HUE_DISTANCE;
            let grey = before + 1 == index && (one.lightness() - two.lightness()).abs() < GREY_DISTANCE;
            let message = match Vision::ALL.iter().find(|vision| alike(vision)) {
                Some(vision) => say!("job-palette-and-look-alike-to", one_text, two_text, vision = reader(*vision)),
                None if grey => {
                    say!("job-palette-and-stand-beside-each", one_text, two_text)
                }
                None => continue,
            };
            problems.bad_value(at, message, say!("job-choose-two-colours-are-further-apart"));
        }
    }
}

fn reader(vision: Vision) -> String {
    match vision {
        Vision::Common => say!("job-every-reader"),
        Vision::Protanopia => say!("job-readers-with-protanopia"),
        Vision::Deuteranopia => say!("job-readers-with-deuteranopia"),
        Vision::Tritanopia => say!("job-readers-with-tritanopia"),
    }
}

/// A typeface is a name and two files, or none of them.
fn font(spec: &ThemeSpec, file: &str, at: &Path, problems: &mut Problems) -> Option<FontPlan> {
    let said = [("font", &spec.font), ("font_regular", &spec.font_regular), ("font_semibold", &spec.font_semibold)];
    if said.iter().all(|(_, value)| value.is_none()) {
        return None;
    }
    for (key, _) in said.iter().filter(|(_, value)| value.is_none()) {
        let message = say!("job-theme-has-no-typeface-is", key);
        problems.missing_key(at, message, say!("job-add-or-remove-others-for"));
    }
    let family = spec.font.as_deref()?.trim();
    if family.is_empty() || !family.chars().all(|letter| letter.is_alphanumeric() || " -_.".contains(letter)) {
        let message = say!("job-is-not-name-typeface-letters", family);
        problems.bad_value(&at.key("font"), message, say!("job-write-name-font-file-itself"));
    }
    let regular = theme_file("font_regular", spec.font_regular.as_ref()?, &["ttf", "otf"], file, at, problems);
    let semibold = theme_file("font_semibold", spec.font_semibold.as_ref()?, &["ttf", "otf"], file, at, problems);
    Some(FontPlan { family: family.to_string(), regular, semibold })
}

fn logo(spec: &ThemeSpec, file: &str, at: &Path, problems: &mut Problems) -> Option<LogoPlan> {
    let (path, text) = match (&spec.logo, &spec.logo_text) {
        (None, None) => return None,
        (Some(path), Some(text)) if !text.trim().is_empty() => (path, text.trim().to_string()),
        (Some(_), _) => {
            let message = say!("job-theme-has-logo-without-logo");
            problems.missing_key(&at.key("logo"), message, say!("job-add-logo-text"));
            return None;
        }
        (None, Some(_)) => {
            problems.bad_key(
                &at.key("logo_text"),
                say!("job-logo-text-has-no-meaning"),
                say!("job-add-logo-or-remove"),
            );
            return None;
        }
    };
    Some(LogoPlan { file: theme_file("logo", path, &["svg", "png"], file, at, problems), text })
}

fn theme_file(key: &str, text: &str, endings: &[&str], job: &str, at: &Path, problems: &mut Problems) -> PathBuf {
    let path = beside(job, text, &at.key(key), problems);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if !text.trim().is_empty() && !ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
        let message = say!("job-does-not-end-in", text, endings = endings.join(" or ."));
        problems.bad_value(&at.key(key), message, say!("job-give-file-one-these-kinds"));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::spans::SpanIndex;

    #[test]
    fn the_bundled_theme_meets_its_own_rules() {
        let theme: ThemePlan = ThemePlan::default();
        for (one, two, least) in PAIRS {
            let (one, two) = (colour_of(&theme, one).expect("a colour"), colour_of(&theme, two).expect("a colour"));
            assert!(one.contrast(two) >= least, "{one} {two}");
        }
        let nothing = SpanIndex::default();
        let mut problems = Problems::new("", &nothing);
        palette(&theme, &Path::of(&["theme", "palette"]), &mut problems);
        assert_eq!(problems.into_sorted(), (false, Vec::new()));
    }

    #[test]
    fn contrast_is_rounded_down() {
        assert_eq!((shown(4.49), shown(4.5), shown(21.0)), (4.4, 4.5, 21.0));
    }
}
