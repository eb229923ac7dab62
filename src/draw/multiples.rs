//! Many series at a glance: small panels with one scale, three to a row, in the table's order.

use super::Input;
use super::axis::{Axis, Scale};
use super::frame::{Body, INNER, MARGIN};
use super::line::{BAND_NOTE, paint_band, runs, tick_text, with_limits};
use super::scene::{Anchor, Area, Point, Scene, Stroke, at};
use super::series::{Rank, Series, SeriesSet};
use super::text::{Font, LABEL, Paragraph, STRONG};
use crate::job::plan::Mark;

const PER_ROW: usize = 3;
const GUTTER: f64 = 26.0;
const PANEL_PX: f64 = 84.0;
/// Room above the plot for a value.
const TOP: f64 = 26.0;
const ROW_GAP: f64 = 20.0;
/// Every point or column carries its value up to here.
const MOST_VALUES: usize = 4;

/// In: a table with periods as columns or rows. Out: one panel a series.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let set = SeriesSet::of(input)?;
    // Columns have no band: the axis need not hold one.
    let ends = set.all_ends().filter(|_| input.chart.mark == Mark::Line);
    let axis = Axis::of(set.values().chain(ends), input.chart.axis, set.measured);
    let chart = Chart::of(input, &set, axis);
    let (mut scene, mut y) = (Scene::default(), 0.0);
    let indices: Vec<usize> = (0..set.series.len()).collect();
    for (number, panels) in indices.chunks(PER_ROW).enumerate() {
        y += if number > 0 { ROW_GAP } else { 0.0 };
        y += chart.paint_row(&mut scene, panels, y);
    }
    let remark = Some("samma skala i alla rutor".to_string()).filter(|_| set.series.len() > 1);
    let has_band = input.chart.mark == Mark::Line && set.series.iter().any(Series::has_limits);
    let note = has_band.then(|| BAND_NOTE.to_string());
    let columns = if has_band { with_limits(input.table, &set.columns) } else { set.columns };
    Some(Body { scene, height: y, remark, note, rows: set.rows, columns, ..Body::default() })
}

struct Chart<'a> {
    input: &'a Input<'a>,
    set: &'a SeriesSet,
    axis: Axis,
    titles: Vec<Paragraph>,
    /// Room for the scale at the left of each row.
    ticks: f64,
    width: f64,
}

impl<'a> Chart<'a> {
    fn of(input: &'a Input<'a>, set: &'a SeriesSet, axis: Axis) -> Chart<'a> {
        let widest = |tick: &f64| LABEL.width(&tick_text(&axis, *tick, set.measured));
        let ticks = axis.ticks.iter().map(widest).fold(0.0, f64::max) + 6.0;
        let width = (INNER - GUTTER * (PER_ROW as f64 - 1.0)) / PER_ROW as f64;
        let titles = set.series.iter().map(|series| STRONG.balance(&series.label, width)).collect();
        Chart { input, set, axis, titles, ticks, width }
    }

    /// A row of panels; returns its height. Titles of a row end on the same line.
    fn paint_row(&self, scene: &mut Scene, panels: &[usize], top: f64) -> f64 {
        let titles = panels.iter().map(|panel| self.titles[*panel].height()).fold(0.0, f64::max);
        for (place, panel) in panels.iter().enumerate() {
            let x = MARGIN + place as f64 * (self.width + GUTTER);
            scene.paragraph(&self.titles[*panel], x, top, Anchor::Start, self.input.theme.ink);
            let plot =
                Area { x: x + self.ticks, y: top + titles + TOP, width: self.width - self.ticks, height: PANEL_PX };
            self.paint_panel(scene, &self.set.series[*panel], plot);
        }
        titles + TOP + PANEL_PX + 6.0 + LABEL.line_height()
    }

    fn paint_panel(&self, scene: &mut Scene, series: &Series, plot: Area) {
        let y = self.axis.scale(plot.bottom(), plot.y);
        self.paint_grid(scene, plot, &y);
        self.paint_periods(scene, plot);
        match self.input.chart.mark {
            Mark::Line => {
                let x = |index: usize| self.x(index, plot);
                paint_band(scene, series, &x, &y, self.input.theme.pale);
                self.paint_line(scene, series, plot, &y);
            }
            Mark::Column => self.paint_columns(scene, series, plot, &y),
        }
        if series.points.iter().all(Option::is_none) {
            let middle = at(plot.x + plot.width / 2.0, plot.y + plot.height / 2.0);
            scene.centred("uppgift saknas", middle, Anchor::Middle, LABEL, self.input.theme.muted);
        }
    }

    /// Lines at both ends and at zero: enough to compare panels by.
    fn paint_grid(&self, scene: &mut Scene, plot: Area, y: &Scale) {
        let theme = self.input.theme;
        let ends = |tick: &&f64| **tick == self.axis.low || **tick == 0.0 || Some(*tick) == self.axis.ticks.last();
        for tick in self.axis.ticks.iter().filter(ends) {
            let color = if *tick == 0.0 { theme.muted } else { theme.grid };
            scene.line(at(plot.x, y.at(*tick)), at(plot.right(), y.at(*tick)), Stroke::solid(color, 1.0));
            let text = tick_text(&self.axis, *tick, self.set.measured);
            scene.centred(&text, at(plot.x - 6.0, y.at(*tick)), Anchor::End, LABEL, theme.muted);
        }
    }

    /// The first and the last period; one of them where both have no room.
    fn paint_periods(&self, scene: &mut Scene, plot: Area) {
        let periods = &self.set.periods;
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
        let baseline = plot.bottom() + 6.0 + LABEL.baseline();
        let color = self.input.theme.muted;
        let last_line = LABEL.wrap(last, plot.width);
        let Some(last_text) = last_line.lines.first() else { return };
        let both = LABEL.width(first) + LABEL.width(last_text) + 8.0 <= plot.width;
        if both && periods.len() > 1 {
            scene.text(first, at(plot.x, baseline), Anchor::Start, LABEL, color);
        }
        scene.text(last_text, at(plot.right(), baseline), Anchor::End, LABEL, color);
    }

    fn paint_line(&self, scene: &mut Scene, series: &Series, plot: Area, y: &Scale) {
        let color = self.color(series);
        for run in runs(series) {
            let points: Vec<_> = run.iter().map(|(index, value)| at(self.x(*index, plot), y.at(*value))).collect();
            if let [point] = points.as_slice() {
                scene.disc(*point, 2.6, color);
            } else {
                scene.path(points, Stroke::solid(color, 2.2));
            }
        }
        let drawn: Vec<usize> = (0..series.points.len()).filter(|index| series.points[*index].is_some()).collect();
        let (first, last) = (drawn.first().copied(), drawn.last().copied());
        let all = series.points.len() <= MOST_VALUES;
        for index in drawn.iter().rev().copied().filter(|index| all || Some(*index) == first || Some(*index) == last) {
            let Some(value) = series.points[index] else { continue };
            let point = at(self.x(index, plot), y.at(value));
            scene.disc(point, if Some(index) == last { 3.6 } else { 2.6 }, color);
            let font = if Some(index) == last { STRONG } else { LABEL };
            self.paint_value(scene, series, index, point, plot, font);
        }
    }

    /// A value above its point, or below where the line comes from above, if nothing else is written there.
    fn paint_value(&self, scene: &mut Scene, series: &Series, index: usize, point: Point, plot: Area, font: Font) {
        let text = &series.texts[index];
        let half = font.width(text) / 2.0;
        let x = point.x.min(plot.right() - half).max(plot.x + half);
        let below = self.input.chart.mark == Mark::Line && is_valley(series, index) && point.y + 22.0 < plot.bottom();
        let y = if below { point.y + 13.0 } else { point.y - 12.0 };
        let area = Area { x: x - half - 2.0, y: y - 8.0, width: 2.0 * half + 4.0, height: 15.0 };
        if area.right() <= plot.right() + 4.0 && scene.is_free(&area) {
            scene.on_white(text, at(x, y), Anchor::Middle, font, self.input.theme.ink);
        }
    }

    fn paint_columns(&self, scene: &mut Scene, series: &Series, plot: Area, y: &Scale) {
        let slot = plot.width / series.points.len().max(1) as f64;
        let width = (slot * 0.7).min(34.0);
        let last = series.points.len().saturating_sub(1);
        for (index, value) in series.points.iter().enumerate() {
            let x = plot.x + (index as f64 + 0.5) * slot;
            let Some(value) = value else {
                self.paint_gap(scene, series, at(x, y.zero() - 8.0));
                continue;
            };
            let top = y.at(*value).min(y.zero());
            let fill = if index == last { self.color(series) } else { self.input.theme.pale };
            scene.rect(Area { x: x - width / 2.0, y: top, width, height: (y.at(*value) - y.zero()).abs() }, fill);
            if series.points.len() <= MOST_VALUES || index == last {
                let font = if index == last { STRONG } else { LABEL };
                self.paint_value(scene, series, index, at(x, top + 2.0), plot, font);
            }
        }
    }

    /// A dash where a column is missing: not measured is not zero.
    fn paint_gap(&self, scene: &mut Scene, series: &Series, point: Point) {
        if series.points.len() <= MOST_VALUES && series.points.iter().any(Option::is_some) {
            scene.centred("–", point, Anchor::Middle, LABEL, self.input.theme.muted);
        }
    }

    fn x(&self, index: usize, plot: Area) -> f64 {
        let steps = self.set.periods.len().saturating_sub(1);
        let share = if steps == 0 { 0.5 } else { index as f64 / steps as f64 };
        plot.x + 8.0 + share * (plot.width - 16.0)
    }

    fn color(&self, series: &Series) -> super::contrast::Rgb {
        if series.rank == Rank::Behind { self.input.theme.residual } else { self.input.theme.accent }
    }
}

/// True if the neighbours of a point, as far as there are any, lie higher.
fn is_valley(series: &Series, index: usize) -> bool {
    let value = |index: Option<usize>| index.and_then(|index| series.points.get(index).copied().flatten());
    let Some(own) = value(Some(index)) else { return false };
    let neighbours = [value(index.checked_sub(1)), value(Some(index + 1))];
    neighbours.iter().any(Option::is_some) && neighbours.into_iter().flatten().all(|neighbour| neighbour > own)
}
