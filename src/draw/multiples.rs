//! Many series at a glance: small panels with one scale, three to a row, in the table's order.

use super::alt_text::of_values;
use super::axis::{Axis, Scale};
use super::band;
use super::chart::{Chart, Drawn};
use super::figure::{NativeChart, SheetForm};
use super::frame::{Body, INNER, MARGIN};
use super::input::Input;
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Point, Scene, Stroke, at};
use super::select::with_limits;
use super::series::{Rank, Series, SeriesSet};
use super::text::{LABEL, Paragraph, STRONG};
use crate::domain::contrast::Rgb;
#[cfg(test)]
use crate::job::plan::ChartKind;
use crate::job::plan::Mark;

const PER_ROW: usize = 3;
const GUTTER: f64 = 26.0;
const PANEL_PX: f64 = 84.0;
/// Room above the plot for a value.
const TOP: f64 = 26.0;
const ROW_GAP: f64 = 20.0;
/// Every point or column carries its value up to here.
const MOST_VALUES: usize = 4;

/// Small panels on one scale.
pub(super) struct Multiples;

impl Chart for Multiples {
    /// In: a table with periods as columns or rows. Out: one panel a series.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let set = SeriesSet::of(input)?;
        // Columns have no band: the axis need not hold one.
        let ends = set.all_ends().filter(|_| input.chart.mark == Mark::Line);
        let axis = Axis::of(set.values().chain(ends), input.chart.axis, set.measured);
        let panels = Panels::of(input, &set, axis);
        let (mut scene, mut y) = (Scene::default(), 0.0);
        let indices: Vec<usize> = (0..set.series.len()).collect();
        for (number, row) in indices.chunks(PER_ROW).enumerate() {
            y += if number > 0 { ROW_GAP } else { 0.0 };
            y += panels.paint_row(&mut scene, row, y);
        }
        let remark = Some(printed!("draw-same-scale")).filter(|_| set.series.len() > 1);
        let has_band = input.chart.mark == Mark::Line && set.series.iter().any(Series::has_limits);
        let note = has_band.then(band::note);
        let columns = if has_band { with_limits(input.table, &set.columns) } else { set.columns };
        Some(Body { scene, height: y, remark, note, rows: set.rows, columns, ..Body::default() })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        of_values(word!("draw-alt-multiples"), drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Chart(NativeChart::Panels)
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::draw::samples::{foster_homes, ifo};
        let title = "Brukarbedömning individ- och familjeomsorg totalt";
        vec![
            Sample::of(ChartKind::Multiples, "multiples", "Brukarenkät familjehem", foster_homes()),
            Sample::of(ChartKind::Multiples, "multiples_column", title, ifo()).with(|chart| chart.mark = Mark::Column),
        ]
    }
}

struct Panels<'a> {
    input: &'a Input<'a>,
    set: &'a SeriesSet,
    axis: Axis,
    titles: Vec<Paragraph>,
    /// Room for the scale at the left of each row.
    ticks: f64,
    width: f64,
}

/// One series in its frame.
struct Panel<'a> {
    series: &'a Series,
    plot: Area,
    y: Scale,
    /// The point or column that is strong: the last one drawn, or the last period's if that has a column.
    last: Option<usize>,
}

impl<'a> Panels<'a> {
    fn of(input: &'a Input<'a>, set: &'a SeriesSet, axis: Axis) -> Panels<'a> {
        let ticks = axis.text_width() + 6.0;
        let width = (INNER - GUTTER * (PER_ROW as f64 - 1.0)) / PER_ROW as f64;
        let titles = set.series.iter().map(|series| STRONG.balance(&series.label, width)).collect();
        Panels { input, set, axis, titles, ticks, width }
    }

    /// A row of panels; returns its height. Titles of a row end on the same line.
    fn paint_row(&self, scene: &mut Scene, row: &[usize], top: f64) -> f64 {
        let titles = row.iter().map(|series| self.titles[*series].height()).fold(0.0, f64::max);
        for (place, series) in row.iter().enumerate() {
            let x = MARGIN + place as f64 * (self.width + GUTTER);
            scene.paragraph(&self.titles[*series], at(x, top), Anchor::Start, self.input.theme.ink);
            let plot =
                Area { x: x + self.ticks, y: top + titles + TOP, width: self.width - self.ticks, height: PANEL_PX };
            self.paint_panel(scene, &self.panel(&self.set.series[*series], plot));
        }
        titles + TOP + PANEL_PX + 6.0 + LABEL.line_height()
    }

    fn panel<'s>(&self, series: &'s Series, plot: Area) -> Panel<'s> {
        let last = match self.input.chart.mark {
            Mark::Line => series.points.iter().rposition(Option::is_some),
            Mark::Column => series.points.len().checked_sub(1),
        };
        Panel { series, plot, y: self.axis.scale(plot.bottom(), plot.y), last }
    }

    fn paint_panel(&self, scene: &mut Scene, panel: &Panel<'_>) {
        let (Panel { series, plot, y, .. }, theme) = (panel, self.input.theme);
        self.paint_grid(scene, panel);
        self.paint_periods(scene, plot);
        match self.input.chart.mark {
            Mark::Line => {
                band::paint(scene, series, &|index| self.x(index, plot), y, theme.pale);
                self.paint_line(scene, panel);
            }
            Mark::Column => self.paint_columns(scene, panel),
        }
        if series.points.iter().all(Option::is_none) {
            let middle = at(plot.x + plot.width / 2.0, plot.y + plot.height / 2.0);
            scene.centred(word!("draw-missing"), middle, Anchor::Middle, LABEL.in_color(theme.muted));
        }
    }

    /// Lines at both ends and at zero: enough to compare panels by.
    fn paint_grid(&self, scene: &mut Scene, Panel { plot, y, .. }: &Panel<'_>) {
        let theme = self.input.theme;
        let is_shown = |tick: &&f64| **tick == self.axis.low || **tick == 0.0 || Some(*tick) == self.axis.ticks.last();
        for tick in self.axis.ticks.iter().filter(is_shown) {
            let color = if *tick == 0.0 { theme.muted } else { theme.grid };
            scene.line(at(plot.x, y.at(*tick)), at(plot.right(), y.at(*tick)), Stroke::solid(color, 1.0));
            let place = at(plot.x - 6.0, y.at(*tick));
            scene.centred(&self.axis.text(*tick), place, Anchor::End, LABEL.in_color(theme.muted));
        }
    }

    /// The first and the last period; one of them where both have no room.
    fn paint_periods(&self, scene: &mut Scene, plot: &Area) {
        let periods = &self.set.periods;
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
        let baseline = plot.bottom() + 6.0 + LABEL.baseline();
        let lettering = LABEL.in_color(self.input.theme.muted);
        let last_line = LABEL.wrap(last, plot.width);
        let Some(last_text) = last_line.lines.first() else { return };
        let both = LABEL.width(first) + LABEL.width(last_text) + 8.0 <= plot.width;
        if both && periods.len() > 1 {
            scene.text(first, at(plot.x, baseline), Anchor::Start, lettering);
        }
        scene.text(last_text, at(plot.right(), baseline), Anchor::End, lettering);
    }

    fn paint_line(&self, scene: &mut Scene, panel: &Panel<'_>) {
        let Panel { series, plot, y, last } = panel;
        let color = self.color(series);
        for run in series.runs() {
            let points: Vec<Point> = run.iter().map(|(index, value)| at(self.x(*index, plot), y.at(*value))).collect();
            if let [point] = points.as_slice() {
                scene.disc(*point, 2.6, color);
            } else {
                scene.path(points, Stroke::solid(color, 2.2));
            }
        }
        let drawn: Vec<usize> = (0..series.points.len()).filter(|index| series.points[*index].is_some()).collect();
        let is_end = |index: &usize| drawn.first() == Some(index) || drawn.last() == Some(index);
        let all = series.points.len() <= MOST_VALUES;
        for index in drawn.iter().rev().filter(|index| all || is_end(index)) {
            let Some(value) = series.points[*index] else { continue };
            let point = at(self.x(*index, plot), y.at(value));
            scene.disc(point, if *last == Some(*index) { 3.6 } else { 2.6 }, color);
            self.paint_value(scene, panel, *index, point);
        }
    }

    /// A value above its point, or below where the line comes from above, if nothing else is written there; the last
    /// one is strong.
    fn paint_value(&self, scene: &mut Scene, panel: &Panel<'_>, index: usize, point: Point) {
        let Panel { series, plot, .. } = panel;
        let text = &series.texts[index];
        let font = if panel.last == Some(index) { STRONG } else { LABEL };
        let half = font.width(text) / 2.0;
        let x = point.x.min(plot.right() - half).max(plot.x + half);
        let is_below =
            self.input.chart.mark == Mark::Line && is_valley(series, index) && point.y + 22.0 < plot.bottom();
        let y = if is_below { point.y + 13.0 } else { point.y - 12.0 };
        let area = Area { x: x - half - 2.0, y: y - 8.0, width: 2.0 * half + 4.0, height: 15.0 };
        if area.right() <= plot.right() + 4.0 && scene.is_free(&area) {
            scene.on_white(text, at(x, y), Anchor::Middle, font.in_color(self.input.theme.ink));
        }
    }

    fn paint_columns(&self, scene: &mut Scene, panel: &Panel<'_>) {
        let Panel { series, plot, y, last } = panel;
        let slot = plot.width / series.points.len().max(1) as f64;
        let width = (slot * 0.7).min(34.0);
        for (index, value) in series.points.iter().enumerate() {
            let x = plot.x + (index as f64 + 0.5) * slot;
            let Some(value) = value else {
                self.paint_gap(scene, series, at(x, y.zero() - 8.0));
                continue;
            };
            let is_last = *last == Some(index);
            let top = y.at(*value).min(y.zero());
            let fill = if is_last { self.color(series) } else { self.input.theme.pale };
            scene.rect(Area { x: x - width / 2.0, y: top, width, height: (y.at(*value) - y.zero()).abs() }, fill);
            if series.points.len() <= MOST_VALUES || is_last {
                self.paint_value(scene, panel, index, at(x, top + 2.0));
            }
        }
    }

    /// A dash where a column is missing: not measured is not zero.
    fn paint_gap(&self, scene: &mut Scene, series: &Series, point: Point) {
        if series.points.len() <= MOST_VALUES && series.points.iter().any(Option::is_some) {
            scene.centred("–", point, Anchor::Middle, LABEL.in_color(self.input.theme.muted));
        }
    }

    fn x(&self, index: usize, plot: &Area) -> f64 {
        let steps = self.set.periods.len().saturating_sub(1);
        let share = if steps == 0 { 0.5 } else { index as f64 / steps as f64 };
        plot.x + 8.0 + share * (plot.width - 16.0)
    }

    fn color(&self, series: &Series) -> Rgb {
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
