//! What stands where on a figure, before it becomes SVG: shapes and text in pixels, y downwards.
//!
//! In: calls of the charts. Out: a list of shapes that `svg` writes, and the boxes of all text so that tests can hold
//! every label inside the figure and clear of the others. Draws nothing itself.

use super::text::{Lettering, Paragraph, clean};
use crate::domain::contrast::Rgb;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

pub(super) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The area with so much more on all sides.
    pub(super) fn grown(self, by: f64) -> Area {
        Area { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    pub(super) fn overlaps(&self, other: &Area) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// True if the line from `from` to `to` passes through the area.
pub(super) fn passes(area: &Area, from: Point, to: Point) -> bool {
    // Liang–Barsky: the part of the line, as 0..=1, that lies between each pair of opposite sides.
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides = [
        (to.x - from.x, area.x - from.x, area.right() - from.x),
        (to.y - from.y, area.y - from.y, area.bottom() - from.y),
    ];
    for (step, near, far) in sides {
        if step == 0.0 {
            if near > 0.0 || far < 0.0 {
                return false;
            }
            continue;
        }
        let (one, two) = (near / step, far / step);
        enter = enter.max(one.min(two));
        leave = leave.min(one.max(two));
    }
    enter <= leave
}

/// Where a text's point is: its start, middle or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub color: Rgb,
    pub width_px: f64,
    /// Lengths of dash and gap; empty for a whole line.
    pub dash: &'static [f64],
}

impl Stroke {
    pub(super) fn solid(color: Rgb, width_px: f64) -> Stroke {
        Stroke { color, width_px, dash: &[] }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub text: String,
    /// On the baseline.
    pub point: Point,
    pub anchor: Anchor,
    pub lettering: Lettering,
}

impl Text {
    /// The box that the letters fill, from the top of Å to the foot of g.
    pub(super) fn area(&self) -> Area {
        let font = self.lettering.font;
        let width = font.width(&self.text);
        let x = match self.anchor {
            Anchor::Start => self.point.x,
            Anchor::Middle => self.point.x - width / 2.0,
            Anchor::End => self.point.x - width,
        };
        Area { x, y: self.point.y - 0.78 * font.size_px, width, height: font.size_px }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Rect { area: Area, fill: Rgb },
    Line { from: Point, to: Point, stroke: Stroke },
    Path { points: Vec<Point>, stroke: Stroke },
    Polygon { points: Vec<Point>, fill: Rgb },
    Disc { center: Point, radius: f64, fill: Rgb },
    Ring { center: Point, radius: f64, stroke: Stroke },
    Text(Text),
}

/// Shapes in the order in which they are painted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Scene {
    pub shapes: Vec<Shape>,
}

impl Scene {
    pub(super) fn rect(&mut self, area: Area, fill: Rgb) {
        self.shapes.push(Shape::Rect { area, fill });
    }

    pub(super) fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.shapes.push(Shape::Line { from, to, stroke });
    }

    pub(super) fn path(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.shapes.push(Shape::Path { points, stroke });
    }

    pub(super) fn polygon(&mut self, points: Vec<Point>, fill: Rgb) {
        self.shapes.push(Shape::Polygon { points, fill });
    }

    pub(super) fn disc(&mut self, center: Point, radius: f64, fill: Rgb) {
        self.shapes.push(Shape::Disc { center, radius, fill });
    }

    /// A ring with a white middle, so that what lies under it doesn't fill it.
    pub(super) fn ring(&mut self, center: Point, radius: f64, stroke: Stroke) {
        self.disc(center, radius, Rgb::WHITE);
        self.shapes.push(Shape::Ring { center, radius, stroke });
    }

    /// One line of text on a baseline. Empty text is no shape.
    pub(super) fn text(&mut self, text: &str, point: Point, anchor: Anchor, lettering: Lettering) {
        let text = clean(text);
        if !text.is_empty() {
            self.shapes.push(Shape::Text(Text { text, point, anchor, lettering }));
        }
    }

    /// One line of text whose capitals are centred on `point.y`.
    pub(super) fn centred(&mut self, text: &str, point: Point, anchor: Anchor, lettering: Lettering) {
        self.text(text, on_baseline(point, lettering), anchor, lettering);
    }

    /// As [`Scene::centred`], on white that covers the grid behind.
    pub(super) fn on_white(&mut self, text: &str, point: Point, anchor: Anchor, lettering: Lettering) {
        let size = lettering.font.size_px;
        let covered = Text { text: clean(text), point: on_baseline(point, lettering), anchor, lettering }.area();
        self.rect(
            Area { x: covered.x - 1.5, y: point.y - size * 0.42, width: covered.width + 3.0, height: size * 0.84 },
            Rgb::WHITE,
        );
        self.centred(text, point, anchor, lettering);
    }

    /// Lines below `top.y`.
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, top: Point, anchor: Anchor, color: Rgb) {
        let font = paragraph.font;
        for (index, line) in paragraph.lines.iter().enumerate() {
            let baseline = top.y + index as f64 * font.line_height() + font.baseline();
            self.text(line, at(top.x, baseline), anchor, font.in_color(color));
        }
    }

    /// The other scene's shapes, moved down.
    pub(super) fn append(&mut self, other: Scene, down: f64) {
        self.shapes.extend(other.shapes.into_iter().map(|shape| shape.moved(down)));
    }

    /// Boxes of all text.
    pub(super) fn text_areas(&self) -> impl Iterator<Item = (&Text, Area)> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(text) => Some((text, text.area())),
            _ => None,
        })
    }

    /// True if no text lies in this box.
    pub(super) fn is_free(&self, area: &Area) -> bool {
        self.text_areas().all(|(_, taken)| !taken.overlaps(area))
    }
}

/// Where the baseline runs of a line whose capitals are centred on a point.
fn on_baseline(middle: Point, lettering: Lettering) -> Point {
    at(middle.x, middle.y + lettering.font.size_px * 0.33)
}

impl Shape {
    fn moved(self, down: f64) -> Shape {
        let point = |point: Point| at(point.x, point.y + down);
        match self {
            Shape::Rect { area, fill } => Shape::Rect { area: Area { y: area.y + down, ..area }, fill },
            Shape::Line { from, to, stroke } => Shape::Line { from: point(from), to: point(to), stroke },
            Shape::Path { points, stroke } => Shape::Path { points: points.into_iter().map(point).collect(), stroke },
            Shape::Polygon { points, fill } => Shape::Polygon { points: points.into_iter().map(point).collect(), fill },
            Shape::Disc { center, radius, fill } => Shape::Disc { center: point(center), radius, fill },
            Shape::Ring { center, radius, stroke } => Shape::Ring { center: point(center), radius, stroke },
            Shape::Text(text) => Shape::Text(Text { point: point(text.point), ..text }),
        }
    }
}
