//! How many of each kind, against last period: horizontal bars sorted by this period, last period as a ring on the line.

use super::Input;
use super::axis::{self, Scale};
use super::contrast::Rgb;
use super::frame::{Body, Key, RIGHT, Symbol};
use super::labels::Labels;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, absence, cell, size};
use super::text::{LABEL, STRONG};
use crate::domain::table::{Nothing, RowKind, Value};

const BAR_PX: f64 = 14.0;
const RING_PX: f64 = 4.5;
/// White between the last mark of a row and its number.
const NUMBER_GAP: f64 = 9.0;

/// In: current (or named) column, previous column if there is one. Out: one bar a row, largest first, residual last.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let (now, then) = select::now_and_then(input)?;
    let (rows, note) = select::limited(input, select::ranked(input.table, select::rows(input), now));
    // A last year that no row has is not a comparison; one that is withheld is told.
    let is_told = |then: usize| rows.iter().any(|row| !is_unknown(cell(input.table, *row, then)));
    let then = then.filter(|then| is_told(*then));
    let columns: Vec<usize> = std::iter::once(now).chain(then).collect();
    let values = || rows.iter().flat_map(|row| columns.iter().filter_map(|column| size(input.table, *row, *column)));
    values().next()?;
    let labels = Labels::of(input, &rows, 0.42);
    let numbers = rows.iter().map(|row| number_width(input, *row, now, then)).fold(0.0, f64::max);
    let (low, high) = axis::ends(values(), input.chart.axis);
    let scale = Scale { low, high, low_px: labels.right(), high_px: RIGHT - numbers - NUMBER_GAP - RING_PX };
    let chart = Chart { input, labels, scale, now, then };
    let (scene, height) = chart.paint(&rows);
    Some(Body { scene, height, keys: chart.keys(), note, rows, columns, ..Body::default() })
}

struct Chart<'a> {
    input: &'a Input<'a>,
    labels: Labels,
    scale: Scale,
    now: usize,
    then: Option<usize>,
}

impl Chart<'_> {
    fn paint(&self, rows: &[usize]) -> (Scene, f64) {
        let (mut scene, mut y) = (Scene::default(), 0.0);
        let heights: Vec<f64> =
            (0..rows.len()).map(|index| self.labels.row_height(index, BAR_PX + 10.0, 8.0)).collect();
        let zero = self.scale.zero();
        scene.line(at(zero, 0.0), at(zero, heights.iter().sum()), Stroke::solid(self.input.theme.muted, 1.0));
        for (index, (row, height)) in rows.iter().zip(heights).enumerate() {
            self.labels.paint(&mut scene, self.input, index, &self.input.table.rows[*row], y + height / 2.0);
            self.mark(&mut scene, *row, y + height / 2.0);
            y += height;
        }
        (scene, y)
    }

    fn mark(&self, scene: &mut Scene, row: usize, middle: f64) {
        let table = self.input.table;
        let (now, then) = (size(table, row, self.now), self.then.and_then(|then| size(table, row, then)));
        let zero = self.scale.zero();
        let mut end = zero;
        if let Some(now) = now {
            let x = self.scale.at(now);
            let area = Area { x: zero.min(x), y: middle - BAR_PX / 2.0, width: (x - zero).abs(), height: BAR_PX };
            scene.rect(area, self.color(row));
            end = end.max(x);
        }
        if let Some(then) = then {
            let x = self.scale.at(then);
            scene.ring(at(x, middle), RING_PX, Stroke::solid(self.input.theme.ink, 1.8));
            end = end.max(x + RING_PX);
        }
        self.number(scene, row, end + NUMBER_GAP, middle);
    }

    /// `104 (127)`: this period strong, last period in parentheses.
    fn number(&self, scene: &mut Scene, row: usize, x: f64, middle: f64) {
        let (strong, light) = number(self.input, row, self.now, self.then);
        let missing = size(self.input.table, row, self.now).is_none();
        let (font, color) = if missing { (LABEL, self.input.theme.muted) } else { (STRONG, self.input.theme.ink) };
        scene.centred(&strong, at(x, middle), Anchor::Start, font, color);
        let x = x + font.width(&strong) + 4.0;
        scene.centred(&light, at(x, middle), Anchor::Start, LABEL, self.input.theme.muted);
    }

    fn color(&self, row: usize) -> Rgb {
        let theme = self.input.theme;
        match self.input.table.rows[row].kind {
            RowKind::Residual => theme.residual,
            _ if self.input.chart.emphasis.is_empty() || select::is_emphasised(self.input, row) => theme.accent,
            _ => theme.pale,
        }
    }

    fn keys(&self) -> Vec<Key> {
        let theme = self.input.theme;
        let label = |column: usize| self.input.table.columns[column].label.clone();
        match self.then {
            Some(then) => vec![
                Key { symbol: Symbol::Bar(theme.accent), text: label(self.now) },
                Key { symbol: Symbol::Ring(theme.ink), text: format!("{} (inom parentes)", label(then)) },
            ],
            None => Vec::new(),
        }
    }
}

fn is_unknown(value: &Value) -> bool {
    matches!(value, Value::Nothing(Nothing::Missing | Nothing::NotApplicable | Nothing::Blank))
}

fn number(input: &Input<'_>, row: usize, now: usize, then: Option<usize>) -> (String, String) {
    let text = |column: usize| select::shown(input.table, row, column);
    let value = cell(input.table, row, now);
    let strong = match value {
        Value::Nothing(_) | Value::Text(_) => absence(value).to_string(),
        _ => text(now),
    };
    let light = then.map(text).filter(|text| !text.is_empty());
    (strong, light.map_or_else(String::new, |text| format!("({text})")))
}

fn number_width(input: &Input<'_>, row: usize, now: usize, then: Option<usize>) -> f64 {
    let (strong, light) = number(input, row, now, then);
    STRONG.width(&strong) + if light.is_empty() { 0.0 } else { 4.0 + LABEL.width(&light) }
}
