//! Marks that mean something, in charts and in their keys: told apart by shape, colour only helps.
//!
//! In: a place and a colour. Out: shapes in a scene. Knows no chart and no table.

use super::scene::{Area, Point, Scene, Stroke, at};
use super::theme::Theme;
use crate::domain::contrast::Rgb;
use crate::domain::spc::{Label, Side};

/// The mark of a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Symbol {
    Bar(Rgb),
    Dot(Rgb),
    Ring(Rgb),
    /// An upright tick: a goal.
    Tick(Rgb),
    /// A thick upright bar: a mean.
    Dash(Rgb),
    /// We among others.
    Diamond(Rgb),
    /// One of many.
    Small(Rgb),
    /// One beyond a limit.
    Triangle(Rgb),
    /// A point of a control chart.
    Signal(SignalShape, Rgb),
    /// The level of a risk.
    Swatch(Swatch),
    /// A triangle with its point up, or down.
    Up(Rgb),
    Down(Rgb),
    /// A level line: a limit.
    Line(Stroke),
}

impl Symbol {
    pub(super) fn paint(self, scene: &mut Scene, theme: &Theme, center: Point) {
        let Point { x, y } = center;
        match self {
            Symbol::Bar(color) => scene.rect(Area { x: x - 6.0, y: y - 6.0, width: 12.0, height: 12.0 }, color),
            Symbol::Dot(color) => scene.disc(center, 5.0, color),
            Symbol::Ring(color) => scene.ring(center, 4.5, Stroke::solid(color, 1.8)),
            Symbol::Tick(color) => scene.line(at(x, y - 7.0), at(x, y + 7.0), Stroke::solid(color, 2.4)),
            Symbol::Signal(shape, color) => shape.paint(scene, center, color),
            Symbol::Line(stroke) => scene.line(at(x - 7.0, y), at(x + 7.0, y), stroke),
            Symbol::Dash(color) => scene.rect(Area { x: x - 2.5, y: y - 8.0, width: 5.0, height: 16.0 }, color),
            Symbol::Up(color) => CHANGE.paint(scene, center, color),
            Symbol::Down(color) => CHANGE.turned().paint(scene, center, color),
            Symbol::Swatch(swatch) => swatch.paint_key(scene, theme, center),
            Symbol::Diamond(color) => diamond(scene, center, 6.0, color),
            Symbol::Small(color) => scene.disc(center, 2.6, color),
            Symbol::Triangle(color) => Triangle { rise: 5.5, half: 5.5, drop: 4.5 }.paint(scene, center, color),
        }
    }
}

/// A square on its corner.
pub(super) fn diamond(scene: &mut Scene, center: Point, radius: f64, color: Rgb) {
    let Point { x, y } = center;
    scene.polygon(vec![at(x, y - radius), at(x + radius, y), at(x, y + radius), at(x - radius, y)], color);
}

/// A triangle on a level foot, by what it extends from its centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Triangle {
    /// To its tip upwards.
    pub rise: f64,
    /// To either side at its foot.
    pub half: f64,
    /// To its foot downwards.
    pub drop: f64,
}

/// A risk that rose; turned one that fell.
pub(super) const CHANGE: Triangle = Triangle { rise: 4.5, half: 4.5, drop: 4.5 * 0.7 };

impl Triangle {
    /// With its tip down.
    pub(super) fn turned(self) -> Triangle {
        Triangle { rise: -self.rise, drop: -self.drop, ..self }
    }

    pub(super) fn pointing(self, side: Side) -> Triangle {
        if side == Side::Up { self } else { self.turned() }
    }

    pub(super) fn paint(self, scene: &mut Scene, center: Point, color: Rgb) {
        let Point { x, y } = center;
        let foot = y + self.drop;
        scene.polygon(vec![at(x, y - self.rise), at(x + self.half, foot), at(x - self.half, foot)], color);
    }
}

/// What a point of a control chart says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignalShape {
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

impl SignalShape {
    pub(super) fn of(flag: Option<(Label, Side)>) -> SignalShape {
        match flag {
            None => SignalShape::Disc,
            Some((Label::Outside, _)) => SignalShape::Square,
            Some((Label::Trend, side)) => SignalShape::Triangle(side),
            Some((Label::TwoInThree, _)) => SignalShape::Ring,
            Some((Label::Shift | Label::Run, _)) => SignalShape::Diamond,
        }
    }

    pub(super) fn paint(self, scene: &mut Scene, center: Point, color: Rgb) {
        let Point { x, y } = center;
        match self {
            SignalShape::Disc => scene.disc(center, 3.2, color),
            SignalShape::Square => scene.rect(Area { x: x - 4.6, y: y - 4.6, width: 9.2, height: 9.2 }, color),
            SignalShape::Triangle(side) => {
                Triangle { rise: 5.8, half: 5.4, drop: 4.4 }.pointing(side).paint(scene, center, color);
            }
            SignalShape::Diamond => diamond(scene, center, 6.0, color),
            SignalShape::Ring => scene.ring(center, 4.4, Stroke::solid(color, 2.4)),
        }
    }
}

/// How the level of a risk looks, in a cell and in the key: a shade, and a band of lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Swatch {
    pub ground: Rgb,
    pub ink: Rgb,
    /// Distance between the lines of its band; none without lines.
    pub every: Option<f64>,
}

impl Swatch {
    /// The band in an area.
    pub(super) fn paint(self, scene: &mut Scene, area: Area) {
        let Some(every) = self.every else { return };
        if every == 0.0 {
            return scene.rect(area, self.ink);
        }
        let mut y = area.y + 2.0;
        while y + 2.0 <= area.bottom() {
            scene.rect(Area { y, height: 2.0, ..area }, self.ink);
            y += every;
        }
    }

    fn paint_key(self, scene: &mut Scene, theme: &Theme, center: Point) {
        let area = Area { x: center.x - 8.0, y: center.y - 8.0, width: 18.0, height: 16.0 };
        scene.rect(area, theme.grid);
        scene.rect(area.grown(-1.0), self.ground);
        self.paint(scene, Area { x: area.x + 1.0, y: area.y + 1.0, width: 8.0, height: 14.0 });
    }
}
