//! Colours as readers see them: luminance, contrast, lightness, grey print and the three common colour-vision deficiencies.
//!
//! In: sRGB colours. Out: numbers and colours. Knows no chart.
//!
//! Sources: WCAG 2.1 (2018) for relative luminance and contrast ratio; CIE 1976 for L*a*b* (D65); Machado, Oliveira and
//! Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, for
//! the matrices (severity 1.0, applied to linear RGB).

use std::fmt;

/// Contrast of text against its ground (WCAG 2.1, 1.4.3).
pub(crate) const TEXT_CONTRAST: f64 = 4.5;
/// Contrast of marks against their ground (WCAG 2.1, 1.4.11).
pub(crate) const MARK_CONTRAST: f64 = 3.0;
/// No figure has more hues than this: readers can't tell more apart.
pub(crate) const MOST_HUES: usize = 6;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    pub(crate) const WHITE: Rgb = Rgb(255, 255, 255);

    /// Reads `#rrggbb`.
    pub(crate) fn parse(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Rgb(part(0)?, part(2)?, part(4)?))
    }

    /// This colour with `share` (0..=1) of the other in it.
    pub(crate) fn mix(self, other: Rgb, share: f64) -> Rgb {
        let part = |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8;
        Rgb(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }

    /// Relative luminance, 0 black to 1 white (WCAG 2.1).
    pub(crate) fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.1).
    pub(crate) fn contrast(self, other: Rgb) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// The lighter tint of this colour that still has `ratio` against white: marks that should stand back.
    pub(crate) fn palest(self, ratio: f64) -> Rgb {
        (0..=100)
            .rev()
            .map(|percent| self.mix(Rgb::WHITE, f64::from(percent) / 100.0))
            .find(|tint| tint.contrast(Rgb::WHITE) >= ratio)
            .unwrap_or(self)
    }

    /// Lightness L*, 0 to 100: what is left of a colour in grey print.
    pub(crate) fn lightness(self) -> f64 {
        self.lab()[0]
    }

    /// Distance in L*a*b* (CIE 1976): about 2 can just be seen side by side.
    pub(crate) fn distance(self, other: Rgb) -> f64 {
        let (one, two) = (self.lab(), other.lab());
        (0..3).map(|axis| (one[axis] - two[axis]).powi(2)).sum::<f64>().sqrt()
    }

    /// The colour as it looks with a deficiency.
    pub(crate) fn seen_with(self, vision: Vision) -> Rgb {
        let linear = self.linear();
        let row = |row: &[f64; 3]| gamma(row.iter().zip(linear).map(|(weight, part)| weight * part).sum());
        let [red, green, blue] = vision.matrix();
        Rgb(row(red), row(green), row(blue))
    }

    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn lab(self) -> [f64; 3] {
        let [red, green, blue] = self.linear();
        let x = cube_root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47);
        let y = cube_root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = cube_root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// How a reader sees colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vision {
    Common,
    Protanopia,
    Deuteranopia,
    Tritanopia,
}

impl Vision {
    pub(crate) const ALL: [Vision; 4] = [Vision::Common, Vision::Protanopia, Vision::Deuteranopia, Vision::Tritanopia];

    /// Machado et al. 2009, severity 1.0.
    fn matrix(self) -> &'static [[f64; 3]; 3] {
        match self {
            Vision::Common => &[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Vision::Protanopia => {
                &[[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            }
            Vision::Deuteranopia => {
                &[[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            }
            Vision::Tritanopia => {
                &[[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }
    }
}

fn gamma(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    let part = if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    (part * 255.0).round() as u8
}

fn cube_root(part: f64) -> f64 {
    if part > 216.0 / 24_389.0 { part.cbrt() } else { (24_389.0 / 27.0 * part + 16.0) / 116.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Rgb = Rgb(0, 0, 0);

    #[test]
    fn contrast_has_the_values_of_wcag() {
        assert!((BLACK.contrast(Rgb::WHITE) - 21.0).abs() < 1e-9);
        assert!((Rgb(0x76, 0x76, 0x76).contrast(Rgb::WHITE) - 4.54).abs() < 0.01);
        assert_eq!(Rgb::WHITE.contrast(Rgb::WHITE), 1.0);
    }

    #[test]
    fn lightness_runs_from_black_to_white() {
        assert!(BLACK.lightness().abs() < 1e-9);
        assert!((Rgb::WHITE.lightness() - 100.0).abs() < 0.01);
        assert!((Rgb(119, 119, 119).lightness() - 50.0).abs() < 0.5);
    }

    #[test]
    fn red_and_green_come_close_to_each_other_without_the_red_cone() {
        let (red, green) = (Rgb(200, 60, 40), Rgb(95, 130, 40));
        let apart = |vision| red.seen_with(vision).distance(green.seen_with(vision));
        assert!(apart(Vision::Deuteranopia) < apart(Vision::Common) / 2.0);
        assert_eq!(red.seen_with(Vision::Common), red);
    }

    #[test]
    fn grey_stays_grey_in_every_vision() {
        for vision in Vision::ALL {
            assert!(Rgb(120, 120, 120).seen_with(vision).distance(Rgb(120, 120, 120)) < 1.0, "{vision:?}");
        }
    }

    #[test]
    fn colours_are_read_and_written_as_hexadecimal() {
        assert_eq!(Rgb::parse("#1f5A7a").map(|colour| colour.to_string()).as_deref(), Some("#1f5a7a"));
        for broken in ["", "#", "1f5a7a", "#1f5a7", "#1f5a7ä", "#12345g", "#1f5a7a0"] {
            assert_eq!(Rgb::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_palest_tint_still_stands_out_from_white() {
        let tint = Rgb(0x1f, 0x5a, 0x7a).palest(3.0);
        assert!(tint.contrast(Rgb::WHITE) >= 3.0 && tint.contrast(Rgb::WHITE) < 3.3);
        assert_eq!(Rgb(250, 250, 250).palest(3.0), Rgb(250, 250, 250));
    }
}
