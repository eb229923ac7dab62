//! The lines of an axis and what is written at them.
//!
//! In: an axis and its scale. Out: lines and texts in a scene, in grey: they guide the eye and carry no meaning.

use super::axis::{Axis, Scale};
use super::scene::{Anchor, Scene, Stroke, at};
use super::text::LABEL;
use super::theme::Theme;

/// Level lines of an upright axis from side to side of a plot.
pub(super) struct LevelLines<'a> {
    pub axis: &'a Axis,
    pub y: &'a Scale,
    pub left: f64,
    pub right: f64,
    /// Width of all lines but that at zero.
    pub thin_px: f64,
}

impl LevelLines<'_> {
    pub(super) fn paint(&self, scene: &mut Scene, theme: &Theme) {
        for tick in &self.axis.ticks {
            let y = self.y.at(*tick);
            let stroke =
                if *tick == 0.0 { Stroke::solid(theme.muted, 1.0) } else { Stroke::solid(theme.grid, self.thin_px) };
            scene.line(at(self.left, y), at(self.right, y), stroke);
            let text = self.axis.text(*tick);
            scene.centred(&text, at(self.left - 10.0, y), Anchor::End, LABEL.in_color(theme.muted));
        }
    }
}

/// Texts of a lying axis, centred on `middle`; one that would touch the one before it is left out.
pub(super) fn lying_texts(scene: &mut Scene, axis: &Axis, x: &Scale, middle: f64, theme: &Theme) {
    let mut last_end = f64::NEG_INFINITY;
    for tick in &axis.ticks {
        let (x, text) = (x.at(*tick), axis.text(*tick));
        let half = LABEL.width(&text) / 2.0;
        if x - half > last_end + 4.0 {
            scene.centred(&text, at(x, middle), Anchor::Middle, LABEL.in_color(theme.muted));
            last_end = x + half;
        }
    }
}

/// Upright lines of a lying axis.
pub(super) fn uprights(scene: &mut Scene, axis: &Axis, x: &Scale, [top, bottom]: [f64; 2], theme: &Theme) {
    for tick in &axis.ticks {
        let x = x.at(*tick);
        scene.line(at(x, top), at(x, bottom), Stroke::solid(theme.grid, 1.0));
    }
}
