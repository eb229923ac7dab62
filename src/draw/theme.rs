//! The colours of a figure, and the check that they can be told apart.
//!
//! In: `ThemePlan`. Out: [`Theme`], and what is wrong with a theme in plain words. A chart takes colours from here only.

use super::contrast::{Rgb, Vision};
use crate::diagnostic::Failure;
use crate::job::plan::ThemePlan;

/// Contrast of text against its ground (WCAG 2.1, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
/// Contrast of numbers in shaded cells: more than the least, as they are small and stand on colour.
const CELL_CONTRAST: f64 = 5.0;
/// Contrast of marks against their ground (WCAG 2.1, 1.4.11).
pub const MARK_CONTRAST: f64 = 3.0;
/// No chart has more hues than this.
pub const MOST_HUES: usize = 6;
/// Least distance in L*a*b* between two hues, in every kind of vision: clearly different on a page, not side by side only.
const HUE_DISTANCE: f64 = 12.0;
/// Least difference in L* between neighbours in the palette: told apart in grey print.
const GREY_DISTANCE: f64 = 12.0;

/// Parsed colours and those derived from them.
#[derive(Debug, Clone)]
pub struct Theme {
    pub accent: Rgb,
    pub palette: Vec<Rgb>,
    pub ink: Rgb,
    pub muted: Rgb,
    /// Light lines that guide the eye and carry no meaning.
    pub grid: Rgb,
    /// Residual rows and what stands back: grey, but still a mark.
    pub residual: Rgb,
    /// The accent's tint for bars beside emphasised ones and for last period.
    pub pale: Rgb,
    /// Share of accent in the darkest cell of a heat table.
    deepest: f64,
}

impl Theme {
    /// The plan's colours. A colour that is not `#rrggbb` should have been refused when the job was compiled.
    pub fn of(plan: &ThemePlan) -> Result<Theme, Failure> {
        let (accent, ink, muted) = (parse(&plan.accent)?, parse(&plan.ink)?, parse(&plan.muted)?);
        let palette = plan.palette.iter().map(|colour| parse(colour)).collect::<Result<Vec<_>, _>>()?;
        Ok(Theme {
            accent,
            palette,
            ink,
            muted,
            grid: muted.mix(Rgb::WHITE, 0.78),
            residual: muted.palest(MARK_CONTRAST),
            pale: accent.palest(MARK_CONTRAST),
            deepest: deepest(accent, ink),
        })
    }

    /// Hue of a series, counted from 0. Beyond the palette all are grey: more hues than that nobody can tell apart.
    pub fn hue(&self, series: usize) -> Rgb {
        match self.palette.get(series) {
            Some(hue) => *hue,
            None if series == 0 => self.accent,
            None => self.residual,
        }
    }

    /// A cell's ground for a weight 0..=1: never so dark that ink can't be read on it, so that no two weights look alike.
    pub fn shade(&self, weight: f64) -> Rgb {
        let strength = if weight > 0.0 { self.deepest * (0.08 + 0.92 * weight.min(1.0)) } else { 0.0 };
        Rgb::WHITE.mix(self.accent, strength)
    }

    /// Ink or white, whichever is read better on this ground.
    pub fn text_on(&self, ground: Rgb) -> Rgb {
        if self.ink.contrast(ground) >= Rgb::WHITE.contrast(ground) { self.ink } else { Rgb::WHITE }
    }
}

/// How much accent a cell's ground may hold with ink still readable on it.
fn deepest(accent: Rgb, ink: Rgb) -> f64 {
    let readable = |strength: &f64| ink.contrast(Rgb::WHITE.mix(accent, *strength)) >= CELL_CONTRAST;
    (0..=100).rev().map(|percent| f64::from(percent) / 100.0).find(readable).unwrap_or(0.0)
}

fn parse(text: &str) -> Result<Rgb, Failure> {
    Rgb::parse(text).ok_or_else(|| Failure::internal(format!("the theme's colour `{text}` is not `#rrggbb`")))
}

/// What is wrong with a theme: too little contrast, too many hues, hues that some readers cannot tell apart.
///
/// One sentence each, lower case, with the key of the job file. Empty: nothing is wrong.
/// Source: WCAG 2.1, 1.4.1, 1.4.3, 1.4.11; colour-vision matrices of Machado et al. 2009.
pub fn problems(plan: &ThemePlan) -> Vec<String> {
    let mut problems = Vec::new();
    contrast_problem("ink", &plan.ink, TEXT_CONTRAST, &mut problems);
    contrast_problem("muted", &plan.muted, TEXT_CONTRAST, &mut problems);
    contrast_problem("accent", &plan.accent, MARK_CONTRAST, &mut problems);
    for colour in &plan.palette {
        contrast_problem("palette", colour, MARK_CONTRAST, &mut problems);
    }
    if plan.palette.len() > MOST_HUES {
        problems.push(format!("`palette` has {} hues; at most {MOST_HUES} can be told apart", plan.palette.len()));
    }
    palette_problems(&plan.palette, &mut problems);
    problems
}

fn contrast_problem(key: &str, colour: &str, least: f64, problems: &mut Vec<String>) {
    let Some(parsed) = Rgb::parse(colour) else {
        problems.push(format!("`{key}` is `{colour}`, not a colour of the form `#rrggbb`"));
        return;
    };
    let ratio = parsed.contrast(Rgb::WHITE);
    if ratio < least {
        problems.push(format!("`{key}` {colour} has contrast {ratio:.1} against white; at least {least} is needed"));
    }
}

fn palette_problems(palette: &[String], problems: &mut Vec<String>) {
    let hues: Vec<(&String, Rgb)> = palette.iter().filter_map(|text| Some((text, Rgb::parse(text)?))).collect();
    for (index, (one_text, one)) in hues.iter().enumerate() {
        for (two_text, two) in &hues[index + 1..] {
            for vision in Vision::ALL {
                if one.seen_with(vision).distance(two.seen_with(vision)) < HUE_DISTANCE {
                    problems.push(format!("`palette` {one_text} and {two_text} look alike to {}", reader(vision)));
                }
            }
        }
    }
    for pair in hues.windows(2) {
        let [(one_text, one), (two_text, two)] = pair else { continue };
        if (one.lightness() - two.lightness()).abs() < GREY_DISTANCE {
            problems
                .push(format!("`palette` {one_text} and {two_text} stand beside each other and look alike in grey"));
        }
    }
}

fn reader(vision: Vision) -> &'static str {
    match vision {
        Vision::Common => "every reader",
        Vision::Protanopia => "readers with protanopia",
        Vision::Deuteranopia => "readers with deuteranopia",
        Vision::Tritanopia => "readers with tritanopia",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_theme_has_no_problems() {
        assert_eq!(problems(&ThemePlan::default()), Vec::<String>::new());
    }

    #[test]
    fn red_beside_green_of_the_same_lightness_is_refused() {
        let palette = vec!["#c0392b".to_string(), "#4f7a1f".to_string()];
        let found = problems(&ThemePlan { palette, ..ThemePlan::default() });
        assert!(found.iter().any(|problem| problem.contains("deuteranopia")), "{found:?}");
        assert!(found.iter().any(|problem| problem.contains("in grey")), "{found:?}");
    }

    #[test]
    fn pale_text_a_word_for_a_colour_and_a_seventh_hue_are_refused() {
        let (muted, accent) = ("#a0a8b0".to_string(), "blue".to_string());
        let mut theme = ThemePlan { muted, accent, ..ThemePlan::default() };
        theme.palette.push("#000000".to_string());
        let found = problems(&theme).join("\n");
        assert!(found.contains("`muted` #a0a8b0 has contrast 2.4"), "{found}");
        assert!(found.contains("`accent` is `blue`"), "{found}");
        assert!(found.contains("has 7 hues"), "{found}");
        assert!(Theme::of(&theme).is_err());
    }

    #[test]
    fn text_can_be_read_on_every_shade_and_every_hue() {
        let theme = Theme::of(&ThemePlan::default()).expect("the bundled theme is valid");
        let shades = (0..=1000).map(|step| theme.shade(f64::from(step) / 1000.0));
        for ground in shades {
            assert!(theme.text_on(ground).contrast(ground) >= CELL_CONTRAST - 0.05, "{ground}");
        }
        for ground in &theme.palette {
            assert!(theme.text_on(*ground).contrast(*ground) >= TEXT_CONTRAST, "{ground}");
        }
        assert!(theme.shade(0.7).lightness() > theme.shade(0.8).lightness() + 1.0);
        for mark in [theme.residual, theme.pale] {
            assert!(mark.contrast(Rgb::WHITE) >= MARK_CONTRAST, "{mark}");
        }
        assert_eq!(theme.shade(0.0), Rgb::WHITE);
    }
}
