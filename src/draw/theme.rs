//! The colours of a figure.
//!
//! In: `LoadedTheme`, whose colours `job::compile` has checked. Out: [`Theme`]. A chart takes colours from here only. Figures
//! are drawn on white whatever the page's ground: they are pasted elsewhere, too.

use crate::diagnostic::Failure;
use crate::domain::contrast::{MARK_CONTRAST, Rgb};
use crate::job::plan::LoadedTheme;

/// Contrast of numbers in shaded cells: more than the least, as they are small and stand on colour.
const CELL_CONTRAST: f64 = 5.0;
/// Parsed colours and those derived from them.
#[derive(Debug, Clone)]
pub(crate) struct Theme {
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
    pub(crate) fn of(plan: &LoadedTheme) -> Result<Theme, Failure> {
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
    pub(crate) fn hue(&self, series: usize) -> Rgb {
        match self.palette.get(series) {
            Some(hue) => *hue,
            None if series == 0 => self.accent,
            None => self.residual,
        }
    }

    /// A cell's ground for a weight 0..=1: never so dark that ink can't be read on it, so that no two weights look alike.
    pub(crate) fn shade(&self, weight: f64) -> Rgb {
        let strength = if weight > 0.0 { self.deepest * (0.08 + 0.92 * weight.min(1.0)) } else { 0.0 };
        Rgb::WHITE.mix(self.accent, strength)
    }

    /// Ink or white, whichever is read better on this ground.
    pub(crate) fn text_on(&self, ground: Rgb) -> Rgb {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contrast::TEXT_CONTRAST;

    #[test]
    fn text_can_be_read_on_every_shade_and_every_hue() {
        let theme = Theme::of(&LoadedTheme::default()).expect("the bundled theme is valid");
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
