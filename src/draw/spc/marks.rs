//! Shapes of points and icons: told apart without colour.

use crate::domain::spc::{Assurance, Label, Side, Variation};
use crate::draw::contrast::Rgb;
use crate::draw::scene::{Anchor, Area, Point, Scene, Stroke, at};
use crate::draw::text::STRONG;

/// The shape of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Common variation.
    Disc,
    /// Outside a limit.
    Square,
    /// A trend upwards or downwards.
    Triangle(Side),
    /// A shift, or a long run.
    Diamond,
    /// Two of three near a limit.
    Ring,
}

impl Shape {
    pub fn of(flag: Option<(Label, Side)>) -> Shape {
        match flag {
            None => Shape::Disc,
            Some((Label::Outside, _)) => Shape::Square,
            Some((Label::Trend, side)) => Shape::Triangle(side),
            Some((Label::TwoInThree, _)) => Shape::Ring,
            Some((Label::Shift | Label::Run, _)) => Shape::Diamond,
        }
    }

    pub fn paint(self, scene: &mut Scene, center: Point, color: Rgb) {
        let Point { x, y } = center;
        match self {
            Shape::Disc => scene.disc(center, 3.2, color),
            Shape::Square => scene.rect(Area { x: x - 4.6, y: y - 4.6, width: 9.2, height: 9.2 }, color),
            Shape::Triangle(side) => {
                let tip = if side == Side::Up { -1.0 } else { 1.0 };
                let foot = y - tip * 4.4;
                scene.polygon(vec![at(x, y + tip * 5.8), at(x + 5.4, foot), at(x - 5.4, foot)], color);
            }
            Shape::Diamond => {
                scene.polygon(vec![at(x, y - 6.0), at(x + 6.0, y), at(x, y + 6.0), at(x - 6.0, y)], color)
            }
            Shape::Ring => scene.ring(center, 4.4, Stroke::solid(color, 2.4)),
        }
    }
}

/// Half the height of an icon.
pub const ICON: f64 = 14.0;

/// What the last point says: a wave for common variation, a triangle to the side that signals, a bar on it for concern.
pub fn variation(scene: &mut Scene, center: Point, variation: Variation, side: Option<Side>, ink: Rgb, color: Rgb) {
    let Point { x, y } = center;
    scene.ring(center, ICON - 1.0, Stroke::solid(if variation == Variation::Common { ink } else { color }, 2.0));
    match (variation, side) {
        (Variation::Common, _) => {
            let wave = [(-8.0, 1.0), (-4.0, -4.0), (0.0, 3.0), (4.0, -3.0), (8.0, 1.0)];
            scene.path(wave.map(|(right, down)| at(x + right, y + down)).to_vec(), Stroke::solid(ink, 2.0));
        }
        (_, None) => scene.centred("!", center, Anchor::Middle, STRONG, color),
        (variation, Some(side)) => {
            let tip = if side == Side::Up { -1.0 } else { 1.0 };
            let points = vec![at(x, y + tip * 7.5), at(x + 6.5, y - tip * 3.0), at(x - 6.5, y - tip * 3.0)];
            scene.polygon(points, color);
            if variation == Variation::Concern {
                let bar = y - tip * 6.0;
                scene.line(at(x - 6.5, bar), at(x + 6.5, bar), Stroke::solid(color, 2.4));
            }
        }
    }
}

/// Whether the goal is reached: a tick, a cross, or a question mark.
pub fn assurance(scene: &mut Scene, center: Point, assurance: Assurance, ink: Rgb) {
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
        Assurance::HitAndMiss => scene.centred("?", center, Anchor::Middle, STRONG, ink),
    }
}
