//! The interval of a series as a light band under everything.

use super::axis::Scale;
use super::scene::{Area, Point, Scene, at};
use super::series::Series;
use crate::domain::contrast::Rgb;

/// How much of white is in a band.
const LIGHT: f64 = 0.68;
/// What the figure says of it.
pub(super) fn note() -> String {
    printed!("draw-band-note")
}

/// The interval of a series as a light band, broken where values are missing; a lone point has a light bar.
pub(super) fn paint(scene: &mut Scene, series: &Series, x: &dyn Fn(usize) -> f64, y: &Scale, pale: Rgb) {
    let light = pale.mix(Rgb::WHITE, LIGHT);
    for run in series.runs() {
        let ends = run.iter().filter_map(|(index, _)| Some((x(*index), series.limits[*index]?)));
        let (upper, lower): (Vec<Point>, Vec<Point>) =
            ends.map(|(x, (low, high))| (at(x, y.at(high)), at(x, y.at(low)))).unzip();
        match (upper.as_slice(), lower.as_slice()) {
            ([], _) => {}
            ([top], [bottom]) => {
                scene.rect(Area { x: top.x - 5.0, y: top.y, width: 10.0, height: bottom.y - top.y }, light);
            }
            _ => scene.polygon(upper.iter().chain(lower.iter().rev()).copied().collect(), light),
        }
    }
}
