//! Few numbers side by side: bars in groups, upright where labels and values have room, lying where they have not.

use super::alt_text::of_values;
use super::axis::{self, Scale};
use super::chart::{Chart, Drawn};
use super::figure::{NativeChart, SheetForm};
use super::frame::{Body, INNER, Key, MARGIN, RIGHT};
use super::input::Input;
use super::labels::{Labels, RowRoom};
use super::marks::Symbol;
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, absence, cell, size};
use super::text::{LABEL, Lettering, STRONG, clean};
use crate::domain::contrast::Rgb;
use crate::domain::table::{Role, RowKind};
#[cfg(test)]
use crate::job::plan::ChartKind;

const PLOT_PX: f64 = 230.0;
const LYING_BAR_PX: f64 = 15.0;
const WIDEST_BAR: f64 = 46.0;
/// Room over the highest bar for its value.
const VALUE_ROOM: f64 = 20.0;
/// Most groups that stand upright.
const MOST_UPRIGHT: usize = 8;

/// Bars in groups.
pub(super) struct GroupedBar;

impl Chart for GroupedBar {
    /// In: periods side by side, or parts. Out: one group a row, one bar a column, its value at its end.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let columns = columns(input);
        let (rows, note) = select::limited(input, select::rows(input));
        let sizes = select::sizes(input.table, &rows, &columns);
        sizes.first()?;
        let groups = BarGroups { input, rows, columns, sizes };
        let painted = if groups.can_stand() { groups.standing() } else { groups.lying() };
        let keys = groups.keys();
        Some(Body { keys, note, rows: groups.rows, columns: groups.columns, ..painted })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        of_values(word!("draw-alt-grouped"), drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Chart(NativeChart::Columns)
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::domain::table::Value;
        use crate::draw::samples::{MISSING, homelessness, many, now_and_then, quarters};
        let of = |name, title, table| Sample::of(ChartKind::GroupedBar, name, title, table);
        let long = |row: usize, column: usize| {
            if row == 4 { MISSING } else { Value::Count((row * 13 % 47 + 9 * column) as i64) }
        };
        vec![
            of("grouped", "Ej verkställda beslut per kvartal", quarters()),
            of("grouped_lying", "Avvikelser per orsak", homelessness()),
            of("grouped_long", "Nio enheter, två år", many(9, now_and_then(), long)),
        ]
    }
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

struct BarGroups<'a> {
    input: &'a Input<'a>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// All values.
    sizes: Vec<f64>,
}

impl BarGroups<'_> {
    fn slot(&self) -> f64 {
        INNER / self.rows.len() as f64
    }

    fn bar_width(&self) -> f64 {
        ((self.slot() * 0.78 - 2.0 * (self.columns.len() as f64 - 1.0)) / self.columns.len() as f64).min(WIDEST_BAR)
    }

    /// Upright bars need groups that hold every word of their label and bars that hold their value.
    fn can_stand(&self) -> bool {
        self.rows.len() <= MOST_UPRIGHT
            && self.sizes.iter().all(|size| *size >= 0.0)
            && self.rows.iter().all(|row| self.holds_label(*row))
            && self.widest(Self::value) <= self.bar_width() + 1.0
    }

    fn holds_label(&self, row: usize) -> bool {
        let label = clean(&self.input.table.rows[row].label);
        let room = self.slot() - 10.0;
        STRONG.widest_word(&label) <= room && LABEL.wrap(&label, room).lines.len() <= 3
    }

    /// Width of the widest value as it is written.
    fn widest(&self, written: impl Fn(&Self, usize, usize) -> String) -> f64 {
        let cells = self.rows.iter().flat_map(|row| self.columns.iter().map(move |column| (*row, *column)));
        cells.map(|(row, column)| STRONG.width(&written(self, row, column))).fold(0.0, f64::max)
    }

    fn standing(&self) -> Body {
        let mut scene = Scene::default();
        let (low, high) = axis::ends(self.sizes.iter().copied(), self.input.chart.axis);
        let scale = Scale { low, high, low_px: VALUE_ROOM + PLOT_PX, high_px: VALUE_ROOM };
        let base = scale.low_px;
        let mut bottom = base;
        for (group, row) in self.rows.iter().enumerate() {
            let middle = MARGIN + (group as f64 + 0.5) * self.slot();
            self.standing_group(&mut scene, *row, middle, &scale);
            let label = LABEL.balance(&clean(&self.input.table.rows[*row].label), self.slot() - 10.0);
            scene.paragraph(&label, at(middle, base + 7.0), Anchor::Middle, self.input.theme.ink);
            bottom = bottom.max(base + 7.0 + label.height());
        }
        scene.line(at(MARGIN, base), at(RIGHT, base), Stroke::solid(self.input.theme.muted, 1.0));
        Body { scene, height: bottom, ..Body::default() }
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
            let place = at(x + bar / 2.0, top - 10.0);
            scene.centred(&self.value(row, *column), place, Anchor::Middle, self.lettering(row, *column));
        }
    }

    fn lying(&self) -> Body {
        let mut scene = Scene::default();
        let labels = Labels::of(self.input, &self.rows, 0.42);
        let room = self.widest(Self::words);
        let (low, high) = axis::ends(self.sizes.iter().copied(), self.input.chart.axis);
        let scale = Scale { low, high, low_px: labels.right(), high_px: RIGHT - room - 8.0 };
        let bars = self.columns.len() as f64 * (LYING_BAR_PX + 2.0);
        let bands = labels.bands(0.0, RowRoom { least: bars + 12.0, air: 10.0 });
        for band in &bands {
            labels.paint(&mut scene, band, band.middle());
            self.lying_group(&mut scene, band.row, band.top + (band.height - bars) / 2.0, &scale);
        }
        let height = bands.iter().map(|band| band.height).sum();
        let zero = scale.zero();
        scene.line(at(zero, 0.0), at(zero, height), Stroke::solid(self.input.theme.muted, 1.0));
        Body { scene, height, ..Body::default() }
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
            let place = at(end + 7.0, y + LYING_BAR_PX / 2.0);
            scene.centred(&self.words(row, *column), place, Anchor::Start, self.lettering(row, *column));
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

    /// This period strong, what is missing in grey.
    fn lettering(&self, row: usize, column: usize) -> Lettering {
        let theme = self.input.theme;
        let leads = self.input.table.columns[column].role == Role::Current || self.columns.len() == 1;
        if size(self.input.table, row, column).is_none() {
            LABEL.in_color(theme.muted)
        } else {
            (if leads { STRONG } else { LABEL }).in_color(theme.ink)
        }
    }

    fn color(&self, row: usize, series: usize) -> Rgb {
        let (chart, theme) = (self.input.chart, self.input.theme);
        let is_only = self.columns.len() == 1;
        if is_only && self.input.table.rows[row].kind == RowKind::Residual {
            theme.residual
        } else if is_only && !chart.emphasis.is_empty() && !select::is_emphasised(self.input, row) {
            theme.pale
        } else {
            self.hue(series)
        }
    }

    /// This period in the accent, earlier ones in grey; other series in hues.
    fn hue(&self, series: usize) -> Rgb {
        let theme = self.input.theme;
        match self.input.table.columns[self.columns[series]].role {
            Role::Current => theme.accent,
            Role::Previous => theme.residual,
            Role::Earlier => theme.muted,
            _ => theme.hue(series),
        }
    }

    fn keys(&self) -> Vec<Key> {
        let label = |column: usize| &self.input.table.columns[column].label;
        let all = self.columns.iter().enumerate();
        let keys = all.map(|(series, column)| Key::new(Symbol::Bar(self.hue(series)), label(*column)));
        if self.columns.len() < 2 { Vec::new() } else { keys.collect() }
    }
}
