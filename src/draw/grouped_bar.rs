//! Few numbers side by side: bars in groups, upright where labels and values have room, lying where they have not.

use super::Input;
use super::axis::{self, Scale};
use super::contrast::Rgb;
use super::frame::{Body, INNER, Key, MARGIN, RIGHT, Symbol};
use super::labels::Labels;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, absence, cell, size};
use super::text::{LABEL, STRONG, clean};
use crate::domain::table::{Role, RowKind};

const PLOT_PX: f64 = 230.0;
const LYING_BAR_PX: f64 = 15.0;
const WIDEST_BAR: f64 = 46.0;
/// Room over the highest bar for its value.
const VALUE_ROOM: f64 = 20.0;
/// Most groups that stand upright.
const MOST_UPRIGHT: usize = 8;

/// In: periods side by side, or parts. Out: one group a row, one bar a column, its value at its end.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let columns = columns(input);
    let (rows, note) = select::limited(input, select::rows(input));
    rows.iter().flat_map(|row| columns.iter().filter_map(|column| size(input.table, *row, *column))).next()?;
    let chart = Chart { input, rows, columns };
    let (scene, height) = if chart.can_stand() { chart.standing() } else { chart.lying() };
    let keys = chart.keys();
    Some(Body { scene, height, keys, note, rows: chart.rows, columns: chart.columns, ..Body::default() })
}

fn columns(input: &Input<'_>) -> Vec<usize> {
    let periods = select::period_columns(input);
    if !periods.is_empty() {
        return periods;
    }
    let all = &input.table.columns;
    let role = [Role::Part, Role::Share, Role::Total, Role::Mean, Role::Numerator, Role::Difference]
        .into_iter()
        .find(|role| all.iter().any(|column| column.role == *role));
    select::columns(input, |column| select::is_numeric(column) && Some(column.role) == role)
}

struct Chart<'a> {
    input: &'a Input<'a>,
    rows: Vec<usize>,
    columns: Vec<usize>,
}

impl Chart<'_> {
    fn slot(&self) -> f64 {
        INNER / self.rows.len() as f64
    }

    fn bar_width(&self) -> f64 {
        ((self.slot() * 0.78 - 2.0 * (self.columns.len() as f64 - 1.0)) / self.columns.len() as f64).min(WIDEST_BAR)
    }

    /// Upright bars need groups that hold every word of their label and bars that hold their value.
    fn can_stand(&self) -> bool {
        let word = |row: &usize| STRONG.widest_word(&clean(&self.input.table.rows[*row].label));
        let lines =
            |row: &usize| LABEL.wrap(&clean(&self.input.table.rows[*row].label), self.slot() - 10.0).lines.len();
        let values =
            self.rows.iter().flat_map(|row| self.columns.iter().map(|column| STRONG.width(&self.value(*row, *column))));
        let negative = self.sizes().any(|size| size < 0.0);
        self.rows.len() <= MOST_UPRIGHT
            && !negative
            && self.rows.iter().all(|row| word(row) <= self.slot() - 10.0 && lines(row) <= 3)
            && values.fold(0.0, f64::max) <= self.bar_width() + 1.0
    }

    fn sizes(&self) -> impl Iterator<Item = f64> + '_ {
        self.rows.iter().flat_map(|row| self.columns.iter().filter_map(|column| size(self.input.table, *row, *column)))
    }

    fn standing(&self) -> (Scene, f64) {
        let mut scene = Scene::default();
        let (low, high) = axis::ends(self.sizes(), self.input.chart.axis);
        let scale = Scale { low, high, low_px: VALUE_ROOM + PLOT_PX, high_px: VALUE_ROOM };
        let mut bottom = scale.low_px;
        for (group, row) in self.rows.iter().enumerate() {
            let middle = MARGIN + (group as f64 + 0.5) * self.slot();
            self.standing_group(&mut scene, *row, middle, &scale);
            let label = LABEL.balance(&clean(&self.input.table.rows[*row].label), self.slot() - 10.0);
            scene.paragraph(&label, middle, scale.low_px + 7.0, Anchor::Middle, self.input.theme.ink);
            bottom = bottom.max(scale.low_px + 7.0 + label.height());
        }
        let base = scale.low_px;
        scene.line(at(MARGIN, base), at(RIGHT, base), Stroke::solid(self.input.theme.muted, 1.0));
        (scene, bottom)
    }

    fn standing_group(&self, scene: &mut Scene, row: usize, middle: f64, scale: &Scale) {
        let (bar, count) = (self.bar_width(), self.columns.len() as f64);
        let left = middle - (bar * count + 2.0 * (count - 1.0)) / 2.0;
        for (series, column) in self.columns.iter().enumerate() {
            let x = left + series as f64 * (bar + 2.0);
            let mut top = scale.low_px;
            if let Some(size) = size(self.input.table, row, *column) {
                top = scale.at(size);
                scene.rect(Area { x, y: top, width: bar, height: scale.low_px - top }, self.color(row, series));
            }
            let (font, color) = self.value_style(row, series, *column);
            scene.centred(&self.value(row, *column), at(x + bar / 2.0, top - 10.0), Anchor::Middle, font, color);
        }
    }

    fn lying(&self) -> (Scene, f64) {
        let (mut scene, mut y) = (Scene::default(), 0.0);
        let labels = Labels::of(self.input, &self.rows, 0.42);
        let value = |row: &usize| {
            self.columns.iter().map(|column| STRONG.width(&self.words(*row, *column))).fold(0.0, f64::max)
        };
        let room = self.rows.iter().map(value).fold(0.0, f64::max);
        let (low, high) = axis::ends(self.sizes(), self.input.chart.axis);
        let scale = Scale { low, high, low_px: labels.right(), high_px: RIGHT - room - 8.0 };
        for (index, row) in self.rows.iter().enumerate() {
            let bars = self.columns.len() as f64 * (LYING_BAR_PX + 2.0);
            let height = labels.row_height(index, bars + 12.0, 10.0);
            labels.paint(&mut scene, self.input, index, &self.input.table.rows[*row], y + height / 2.0);
            self.lying_group(&mut scene, *row, y + (height - bars) / 2.0, &scale);
            y += height;
        }
        let zero = scale.zero();
        scene.line(at(zero, 0.0), at(zero, y), Stroke::solid(self.input.theme.muted, 1.0));
        (scene, y)
    }

    fn lying_group(&self, scene: &mut Scene, row: usize, top: f64, scale: &Scale) {
        let zero = scale.zero();
        for (series, column) in self.columns.iter().enumerate() {
            let y = top + series as f64 * (LYING_BAR_PX + 2.0);
            let mut end = zero;
            if let Some(size) = size(self.input.table, row, *column) {
                let x = scale.at(size);
                let area = Area { x: zero.min(x), y, width: (x - zero).abs(), height: LYING_BAR_PX };
                scene.rect(area, self.color(row, series));
                end = end.max(x);
            }
            let (font, color) = self.value_style(row, series, *column);
            scene.centred(&self.words(row, *column), at(end + 7.0, y + LYING_BAR_PX / 2.0), Anchor::Start, font, color);
        }
    }

    fn value(&self, row: usize, column: usize) -> String {
        select::shown(self.input.table, row, column)
    }

    /// The value; in words where there is none.
    fn words(&self, row: usize, column: usize) -> String {
        let value = cell(self.input.table, row, column);
        if size(self.input.table, row, column).is_none() { absence(value).to_string() } else { self.value(row, column) }
    }

    fn value_style(&self, row: usize, series: usize, column: usize) -> (super::text::Font, Rgb) {
        let theme = self.input.theme;
        let leads = self.input.table.columns[self.columns[series]].role == Role::Current || self.columns.len() == 1;
        let missing = size(self.input.table, row, column).is_none();
        match (missing, leads) {
            (true, _) => (LABEL, theme.muted),
            (false, true) => (STRONG, theme.ink),
            (false, false) => (LABEL, theme.ink),
        }
    }

    /// This period in the accent, earlier ones in grey; other series in hues.
    fn color(&self, row: usize, series: usize) -> Rgb {
        let theme = self.input.theme;
        let only = self.columns.len() == 1;
        let column = &self.input.table.columns[self.columns[series]];
        if only && self.input.table.rows[row].kind == RowKind::Residual {
            return theme.residual;
        }
        let faded = only && !self.input.chart.emphasis.is_empty() && !select::is_emphasised(self.input, row);
        match column.role {
            _ if faded => theme.pale,
            Role::Current => theme.accent,
            Role::Previous => theme.residual,
            Role::Earlier => theme.muted,
            _ => theme.hue(series),
        }
    }

    fn keys(&self) -> Vec<Key> {
        if self.columns.len() < 2 {
            return Vec::new();
        }
        let row =
            self.rows.iter().copied().find(|row| self.input.table.rows[*row].kind != RowKind::Residual).unwrap_or(0);
        let key = |(series, column): (usize, &usize)| Key {
            symbol: Symbol::Bar(self.color(row, series)),
            text: self.input.table.columns[*column].label.clone(),
        };
        self.columns.iter().enumerate().map(key).collect()
    }
}
