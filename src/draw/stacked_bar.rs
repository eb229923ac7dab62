//! How each whole divides into parts: one lying bar a row, numbers inside the segments where they fit, totals at the right.

use super::Input;
use super::axis::Scale;
use super::contrast::Rgb;
use super::frame::{Body, Key, RIGHT, Symbol};
use super::labels::Labels;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, cell, size, written};
use super::text::{LABEL, Paragraph, STRONG, clean};
use crate::domain::table::{Role, Value};

const BAR_PX: f64 = 22.0;
/// Widest header of the totals.
const WIDEST_HEADER: f64 = 90.0;
/// White between segments, so that neighbours are told apart in grey.
const SEAM_PX: f64 = 1.5;

/// In: the parts of a breakdown in two dimensions. Out: one bar a row; the `top` rows with the largest wholes.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let columns = columns(input);
    let rows = select::rows(input);
    let whole = |row: usize| {
        columns.iter().filter_map(|column| size(input.table, row, *column)).filter(|size| *size > 0.0).sum::<f64>()
    };
    let (rows, note) = largest(input, rows, whole);
    let longest = rows.iter().map(|row| whole(*row)).fold(0.0, f64::max);
    let any = rows.iter().any(|row| columns.iter().any(|column| size(input.table, *row, *column).is_some()));
    if !any {
        return None;
    }
    let labels = Labels::of(input, &rows, 0.38);
    let totals = Totals::of(input, &rows);
    let room = if totals.width > 0.0 { totals.width + 14.0 } else { 0.0 };
    let scale = Scale { low: 0.0, high: longest.max(f64::MIN_POSITIVE), low_px: labels.right(), high_px: RIGHT - room };
    let chart = Chart { input, rows, columns, labels, totals, scale };
    let (scene, height, named) = chart.paint();
    let keys = if named { Vec::new() } else { chart.keys() };
    let columns = chart.columns.iter().copied().chain(chart.totals.column).collect();
    Some(Body { scene, height, keys, note, rows: chart.rows, columns, ..Body::default() })
}

fn columns(input: &Input<'_>) -> Vec<usize> {
    let has_parts = input.table.columns.iter().any(|column| column.role == Role::Part);
    let fits =
        |role: Role| if has_parts { role == Role::Part } else { matches!(role, Role::Current | Role::Numerator) };
    select::columns(input, |column| select::is_numeric(column) && fits(column.role))
}

/// The rows with the largest wholes, in the table's order.
fn largest(input: &Input<'_>, rows: Vec<usize>, whole: impl Fn(usize) -> f64) -> (Vec<usize>, Option<String>) {
    let mut by_size = rows;
    by_size.sort_by(|one, two| whole(*two).total_cmp(&whole(*one)).then(one.cmp(two)));
    let (mut kept, note) = select::limited(input, by_size);
    kept.sort_unstable();
    (kept, note)
}

/// The distinct totals at the right: a bar's length is the sum of its segments, which may be more.
struct Totals {
    column: Option<usize>,
    header: Paragraph,
    width: f64,
}

impl Totals {
    fn of(input: &Input<'_>, rows: &[usize]) -> Totals {
        let Some(column) = input.table.column_of_role(Role::Total) else {
            return Totals { column: None, header: LABEL.wrap("", 0.0), width: 0.0 };
        };
        let header = LABEL.balance(&clean(&input.table.columns[column].label), WIDEST_HEADER);
        let number = |row: &usize| STRONG.width(&select::shown(input.table, *row, column));
        let width = rows.iter().map(number).fold(header.width(), f64::max);
        Totals { column: Some(column), header, width }
    }
}

struct Chart<'a> {
    input: &'a Input<'a>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    labels: Labels,
    totals: Totals,
    scale: Scale,
}

impl Chart<'_> {
    /// The scene, its height, and whether the segments are named above the first bar.
    fn paint(&self) -> (Scene, f64, bool) {
        let mut scene = Scene::default();
        let named = self.name_segments(&mut scene);
        scene.paragraph(&self.totals.header, RIGHT, 0.0, Anchor::End, self.input.theme.muted);
        let named_height = if named { LABEL.line_height() } else { 0.0 };
        let mut y = self.totals.header.height().max(named_height);
        y += if y > 0.0 { 3.0 } else { 0.0 };
        for (index, row) in self.rows.iter().enumerate() {
            let height = self.labels.row_height(index, BAR_PX + 10.0, 10.0);
            self.labels.paint(&mut scene, self.input, index, &self.input.table.rows[*row], y + height / 2.0);
            self.bar(&mut scene, *row, y + height / 2.0);
            y += height;
        }
        let zero = self.scale.low_px;
        scene.line(at(zero, y - self.height_of_rows()), at(zero, y), Stroke::solid(self.input.theme.muted, 1.0));
        (scene, y, named)
    }

    fn height_of_rows(&self) -> f64 {
        (0..self.rows.len()).map(|index| self.labels.row_height(index, BAR_PX + 10.0, 10.0)).sum()
    }

    fn bar(&self, scene: &mut Scene, row: usize, middle: f64) {
        for (series, x, width) in self.segments(row) {
            let area = Area { x, y: middle - BAR_PX / 2.0, width: (width - SEAM_PX).max(0.5), height: BAR_PX };
            let fill = self.color(series);
            scene.rect(area, fill);
            let text = self.text(row, series);
            if LABEL.width(&text) + 6.0 <= area.width {
                let color = self.input.theme.text_on(fill);
                scene.centred(&text, at(x + area.width / 2.0, middle), Anchor::Middle, LABEL, color);
            }
        }
        if let Some(column) = self.totals.column {
            let text = select::shown(self.input.table, row, column);
            scene.centred(&text, at(RIGHT, middle), Anchor::End, STRONG, self.input.theme.ink);
        }
    }

    /// Series, left edge and width of the segments of a row that have a size.
    fn segments(&self, row: usize) -> Vec<(usize, f64, f64)> {
        let mut sum = 0.0;
        let mut segments = Vec::new();
        for (series, column) in self.columns.iter().enumerate() {
            if let Some(size) = size(self.input.table, row, *column).filter(|size| *size > 0.0) {
                let x = self.scale.at(sum);
                sum += size;
                segments.push((series, x, self.scale.at(sum) - x));
            }
        }
        segments
    }

    /// Writes each series' name over its segment in the first bar, if all fit; else the key has to say it.
    fn name_segments(&self, scene: &mut Scene) -> bool {
        let Some(first) = self.rows.first() else { return false };
        let segments = self.segments(*first);
        let fits = |(series, _, width): &(usize, f64, f64)| LABEL.width(&self.name(*series)) + 8.0 <= *width;
        if segments.len() < self.columns.len() || !segments.iter().all(fits) {
            return false;
        }
        for (series, x, _) in segments {
            scene.centred(&self.name(series), at(x, 8.0), Anchor::Start, LABEL, self.input.theme.ink);
        }
        true
    }

    fn name(&self, series: usize) -> String {
        clean(&self.input.table.columns[self.columns[series]].label)
    }

    fn text(&self, row: usize, series: usize) -> String {
        let column = self.columns[series];
        let value: &Value = cell(self.input.table, row, column);
        written(value, &self.input.table.columns[column])
    }

    fn color(&self, series: usize) -> Rgb {
        self.input.theme.hue(series)
    }

    fn keys(&self) -> Vec<Key> {
        let key = |series: usize| Key { symbol: Symbol::Bar(self.color(series)), text: self.name(series) };
        (0..self.columns.len()).map(key).collect()
    }
}
