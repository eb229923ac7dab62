//! Icons over a control chart: what the last point says and whether the goal is reached, told apart without colour.

use crate::domain::contrast::Rgb;
use crate::domain::spc::{Assurance, Side, Variation};
use crate::draw::marks::Triangle;
use crate::draw::scene::{Anchor, Point, Scene, Stroke, at};
use crate::draw::text::STRONG;

/// Half the height of an icon.
pub(super) const ICON: f64 = 14.0;

/// What the last point says.
#[derive(Debug, Clone, Copy)]
pub(super) struct LastPoint {
    pub variation: Variation,
    /// Where it signals to.
    pub side: Option<Side>,
    /// Colour of a signal; common variation is in grey.
    pub color: Rgb,
}

/// A wave for common variation, a triangle to the side that signals, a bar on it for concern.
pub(super) fn variation(scene: &mut Scene, center: Point, last: LastPoint, muted: Rgb) {
    let Point { x, y } = center;
    let LastPoint { variation, side, color } = last;
    let is_common = variation == Variation::Common;
    scene.ring(center, ICON - 1.0, Stroke::solid(if is_common { muted } else { color }, 2.0));
    match side {
        _ if is_common => {
            let wave = [(-8.0, 1.0), (-4.0, -4.0), (0.0, 3.0), (4.0, -3.0), (8.0, 1.0)];
            scene.path(wave.map(|(right, down)| at(x + right, y + down)).to_vec(), Stroke::solid(muted, 2.0));
        }
        None => scene.centred("!", center, Anchor::Middle, STRONG.in_color(color)),
        Some(side) => {
            Triangle { rise: 7.5, half: 6.5, drop: 3.0 }.pointing(side).paint(scene, center, color);
            if variation == Variation::Concern {
                let bar = if side == Side::Up { y + 6.0 } else { y - 6.0 };
                scene.line(at(x - 6.5, bar), at(x + 6.5, bar), Stroke::solid(color, 2.4));
            }
        }
    }
}

/// Whether the goal is reached: a tick, a cross, or a question mark.
pub(super) fn assurance(scene: &mut Scene, center: Point, assurance: Assurance, ink: Rgb) {
    let Point { x, y } = center;
    let around = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
    let side = ICON - 2.0;
    let square = around.map(|(right, down)| at(x + side * right, y + side * down));
    scene.path(square.to_vec(), Stroke::solid(ink, 2.0));
    let stroke = Stroke::solid(ink, 2.6);
    match assurance {
        Assurance::Passes => scene.path(vec![at(x - 6.0, y), at(x - 1.5, y + 5.0), at(x + 6.5, y - 5.5)], stroke),
        Assurance::Fails => {
            scene.line(at(x - 5.0, y - 5.0), at(x + 5.0, y + 5.0), stroke);
            scene.line(at(x - 5.0, y + 5.0), at(x + 5.0, y - 5.0), stroke);
        }
        Assurance::HitAndMiss => scene.centred("?", center, Anchor::Middle, STRONG.in_color(ink)),
    }
}
