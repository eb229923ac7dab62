//! How a number has gone over the periods: lines with their values, named at their ends, broken where a value is missing.

use super::Input;
use super::axis::{Axis, Measured, Scale};
use super::contrast::MOST_HUES;
use super::contrast::Rgb;
use super::frame::{Body, INNER, MARGIN, RIGHT};
use super::scene::{Anchor, Area, Point, Scene, Stroke, at, passes};
use super::series::{Rank, Series, SeriesSet};
use super::text::{Font, LABEL, Paragraph, STRONG};
use crate::domain::swedish;
use crate::domain::table::MeasureTable;

const HEIGHT: f64 = 270.0;
/// Up to here every point carries its value.
const MOST_VALUES: usize = 8;
/// Room above the highest tick for a value.
const TOP: f64 = 20.0;
/// From a line's end to its name.
const LEADER: f64 = 10.0;
/// White in the plot before the first point and after the last.
const START_PAD: f64 = 26.0;
const END_PAD: f64 = 8.0;
/// Where a value may stand around its point, best first: half widths aside, pixels down.
const PLACES: [(f64, f64); 8] =
    [(0.0, -13.0), (0.0, 14.0), (-0.8, -11.0), (0.8, -11.0), (-0.8, 12.0), (0.8, 12.0), (0.0, -26.0), (0.0, 27.0)];
/// Costs of writing a value over a line or a mark; one mark is too much, then the value is left to the table.
const COVERED_LINE: u32 = 4;
const COVERED_MARK: u32 = 20;
/// White between the ends' names.
const NAME_AIR: f64 = 3.0;
const DASHES: [&[f64]; MOST_HUES] = [&[], &[7.0, 3.0], &[2.0, 3.0], &[10.0, 3.0, 2.0, 3.0], &[4.0, 4.0], &[12.0, 4.0]];

/// In: a table with periods as columns or rows. Out: one line a series; more than six become small multiples.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let set = SeriesSet::of(input)?;
    let hues = set.series.iter().filter(|series| series.rank != Rank::Behind).count();
    let nobody_leads = set.series.iter().all(|series| series.rank != Rank::Leading);
    if hues > MOST_HUES || (nobody_leads && set.series.len() > MOST_HUES) {
        return super::multiples::body(input);
    }
    let (scene, height) = Chart::of(input, &set).paint();
    let note = set.series.iter().any(|series| set.has_band(series)).then(|| BAND_NOTE.to_string());
    let columns = with_limits(input.table, &set.columns);
    Some(Body { scene, height, note, rows: set.rows, columns, ..Body::default() })
}

/// How much of white is in a band, and what it is said to be.
const BAND_LIGHT: f64 = 0.68;
pub const BAND_NOTE: &str = "Det ljusa bandet är ett osäkerhetsintervall (95\u{a0}%).";

/// The drawn columns, then those of their intervals and answers: the data behind the figure hold all that it shows.
pub fn with_limits(table: &MeasureTable, drawn: &[usize]) -> Vec<usize> {
    let of = |column: &usize| {
        let (lower, upper) = table.limits_of(*column).unzip();
        [lower, upper, table.n_of(*column)].into_iter().flatten()
    };
    drawn.iter().copied().chain(drawn.iter().flat_map(of)).collect()
}

struct Chart<'a> {
    input: &'a Input<'a>,
    set: &'a SeriesSet,
    axis: Axis,
    y: Scale,
    left: f64,
    /// Right end of the plot; names stand beyond.
    right: f64,
    names: Vec<Option<Paragraph>>,
}

impl<'a> Chart<'a> {
    fn of(input: &'a Input<'a>, set: &'a SeriesSet) -> Chart<'a> {
        let axis = Axis::of(set.values().chain(set.ends()), input.chart.axis, set.measured);
        let tick_width =
            axis.ticks.iter().map(|tick| LABEL.width(&tick_text(&axis, *tick, set.measured))).fold(0.0, f64::max);
        let names: Vec<Option<Paragraph>> = set.series.iter().map(|series| name(series, set.periods.len())).collect();
        let names_width = names.iter().flatten().map(Paragraph::width).fold(0.0, f64::max);
        let names_height: f64 = names.iter().flatten().map(|name| name.height() + NAME_AIR).sum();
        let y = axis.scale(TOP + HEIGHT.max(names_height), TOP);
        let (left, right) = (MARGIN + tick_width + 10.0, RIGHT - names_width - LEADER - 6.0);
        Chart { input, set, axis, y, left, right, names }
    }

    fn paint(&self) -> (Scene, f64) {
        let mut scene = Scene::default();
        self.paint_bands(&mut scene);
        self.paint_grid(&mut scene);
        let height = self.paint_periods(&mut scene);
        let height = self.paint_answers(&mut scene, height);
        for (index, series) in self.set.series.iter().enumerate().filter(|(_, series)| series.rank == Rank::Behind) {
            self.paint_line(&mut scene, index, series);
        }
        for (index, series) in self.set.series.iter().enumerate().filter(|(_, series)| series.rank != Rank::Behind) {
            self.paint_line(&mut scene, index, series);
        }
        self.paint_names(&mut scene);
        self.paint_values(&mut scene);
        (scene, height)
    }

    fn paint_grid(&self, scene: &mut Scene) {
        let theme = self.input.theme;
        for tick in &self.axis.ticks {
            let y = self.y.at(*tick);
            let color = if *tick == 0.0 { theme.muted } else { theme.grid };
            scene.line(at(self.left, y), at(self.right, y), Stroke::solid(color, 1.0));
            let text = tick_text(&self.axis, *tick, self.set.measured);
            scene.centred(&text, at(self.left - 10.0, y), Anchor::End, LABEL, theme.muted);
        }
    }

    /// Names of the periods below the plot; returns where they end.
    fn paint_periods(&self, scene: &mut Scene) -> f64 {
        let top = self.y.low_px + 8.0;
        let slot = self.slot();
        let labels = period_labels(&self.set.periods, slot);
        let mut bottom = top;
        for (index, label) in labels.iter().enumerate() {
            let Some(label) = label else { continue };
            let (half, height) = (label.width() / 2.0, label.height());
            let x = self.x(index).min(RIGHT - half).max(MARGIN + half);
            if scene.is_free(&Area { x: x - half - 3.0, y: top, width: 2.0 * half + 6.0, height }) {
                scene.paragraph(label, x, top, Anchor::Middle, self.input.theme.muted);
                bottom = bottom.max(top + height);
            }
        }
        bottom
    }

    /// The interval as a light band under everything; a lone point has a light bar.
    fn paint_bands(&self, scene: &mut Scene) {
        for series in self.set.series.iter().filter(|series| self.set.has_band(series)) {
            paint_band(scene, series, &|index| self.x(index), &self.y, self.input.theme.pale);
        }
    }

    /// The number of answers under each period, where the table knows it; returns where they end.
    fn paint_answers(&self, scene: &mut Scene, top: f64) -> f64 {
        let mut bottom = top;
        for (index, answers) in self.set.answers.iter().enumerate() {
            let Some((least, most)) = answers else { continue };
            let number = |n: &u64| swedish::integer(i64::try_from(*n).unwrap_or(i64::MAX));
            let n = if least == most { number(least) } else { format!("{}–{}", number(least), number(most)) };
            let text = format!("n\u{a0}=\u{a0}{n}");
            let half = LABEL.width(&text) / 2.0;
            let x = self.x(index).min(RIGHT - half).max(MARGIN + half);
            let area = Area { x: x - half - 3.0, y: top + 1.0, width: 2.0 * half + 6.0, height: LABEL.line_height() };
            if scene.is_free(&area) {
                scene.centred(
                    &text,
                    at(x, top + LABEL.line_height() / 2.0),
                    Anchor::Middle,
                    LABEL,
                    self.input.theme.muted,
                );
                bottom = top + LABEL.line_height();
            }
        }
        bottom
    }

    fn paint_line(&self, scene: &mut Scene, index: usize, series: &Series) {
        let stroke = self.stroke(index, series);
        for run in runs(series) {
            let points: Vec<Point> =
                run.iter().map(|(at_index, value)| at(self.x(*at_index), self.y.at(*value))).collect();
            if points.len() > 1 {
                scene.path(points.clone(), stroke);
            }
            let marked = series.rank != Rank::Behind || points.len() == 1;
            for point in points.iter().filter(|_| marked) {
                mark(scene, *point, shape_of(self.order(index)), stroke.color);
            }
        }
    }

    /// The names at the ends, moved apart; a thin line joins a name that had to move.
    fn paint_names(&self, scene: &mut Scene) {
        let mut wanted: Vec<(usize, Point, &Paragraph)> = Vec::new();
        for (index, (series, name)) in self.set.series.iter().zip(&self.names).enumerate() {
            let last = series.points.iter().enumerate().rev().find_map(|(x, point)| point.map(|value| (x, value)));
            if let (Some((x, value)), Some(name)) = (last, name) {
                wanted.push((index, at(self.x(x), self.y.at(value)), name));
            }
        }
        wanted.sort_by(|one, two| one.1.y.total_cmp(&two.1.y).then(one.0.cmp(&two.0)));
        let spans: Vec<(f64, f64)> = wanted.iter().map(|(_, end, name)| (end.y, name.height() + NAME_AIR)).collect();
        let tops = apart(&spans, 0.0, self.y.low_px + 10.0);
        for ((index, end, name), top) in wanted.iter().zip(tops) {
            let middle = top + name.height() / 2.0;
            let x = self.right + LEADER;
            let moved = (middle - end.y).abs() > 6.0 || x - end.x > LEADER + END_PAD + 2.0;
            if moved {
                let color = self.stroke(*index, &self.set.series[*index]).color.mix(Rgb::WHITE, 0.45);
                scene.path(vec![at(end.x + 7.0, end.y), at(x - 3.0, middle)], Stroke::solid(color, 1.0));
            }
            scene.paragraph(name, x, top, Anchor::Start, self.text_color(*index));
        }
    }

    /// Text in its line's colour where that is dark enough for text, else in ink; in grey for what stands back.
    fn text_color(&self, index: usize) -> Rgb {
        let series = &self.set.series[index];
        let color = self.stroke(index, series).color;
        match series.rank {
            Rank::Behind => self.input.theme.muted,
            _ if color.contrast(Rgb::WHITE) >= super::contrast::TEXT_CONTRAST => color,
            _ => self.input.theme.ink,
        }
    }

    /// Values at the points, where there are few enough; above or below, where nothing else stands.
    fn paint_values(&self, scene: &mut Scene) {
        for (index, series) in self.set.series.iter().enumerate() {
            let every = self.set.periods.len() <= MOST_VALUES && series.rank != Rank::Behind;
            let peak = peak(series).filter(|_| series.rank == Rank::Leading);
            for (at_index, value) in series.points.iter().enumerate() {
                let Some(value) = value else { continue };
                let ends_here = self.names[index].is_some() && last_point(series) == Some(at_index);
                if !ends_here && (every || peak == Some(at_index)) {
                    self.paint_value(scene, at(self.x(at_index), self.y.at(*value)), &series.texts[at_index], index);
                }
            }
        }
    }

    /// The value where the fewest lines pass and nothing is written; nowhere if text stands everywhere around.
    fn paint_value(&self, scene: &mut Scene, point: Point, text: &str, index: usize) {
        let width = LABEL.width(text);
        let place = |(aside, lift): (f64, f64)| at(point.x + aside * (width / 2.0 + 7.0), point.y + lift);
        let area = |middle: Point| Area {
            x: middle.x - width / 2.0 - 2.0,
            y: middle.y - 7.0,
            width: width + 4.0,
            height: 14.0,
        };
        let inside = |area: &Area| {
            area.y > 0.0 && area.bottom() < self.y.low_px && area.x > self.left && area.right() < self.right + 8.0
        };
        let free =
            PLACES.into_iter().map(place).filter(|middle| inside(&area(*middle)) && scene.is_free(&area(*middle)));
        let costs = free.map(|middle| (self.cost(&area(middle)), middle));
        if let Some((_, middle)) = costs.min_by_key(|(cost, _)| *cost).filter(|(cost, _)| *cost < COVERED_MARK) {
            scene.on_white(text, middle, Anchor::Middle, LABEL, self.text_color(index));
        }
    }

    /// What a value in this box would cover, of all series.
    fn cost(&self, area: &Area) -> u32 {
        self.set.series.iter().map(|series| self.cost_of(series, area)).sum()
    }

    fn cost_of(&self, series: &Series, area: &Area) -> u32 {
        let (line, mark) = if series.rank == Rank::Behind { (1, 1) } else { (COVERED_LINE, COVERED_MARK) };
        let covered = |run: Vec<(usize, f64)>| {
            let points: Vec<Point> = run.iter().map(|(index, value)| at(self.x(*index), self.y.at(*value))).collect();
            let is_covered = |point: &&Point| passes(area, at(point.x - 4.0, point.y), at(point.x + 4.0, point.y));
            let marks = points.iter().filter(is_covered).count() as u32;
            let lines = points.windows(2).filter(|pair| passes(area, pair[0], pair[1])).count() as u32;
            marks * mark + lines * line
        };
        runs(series).into_iter().map(covered).sum()
    }

    /// Distance between two periods.
    fn slot(&self) -> f64 {
        let steps = self.set.periods.len().saturating_sub(1).max(1);
        (self.right - END_PAD - self.left - START_PAD) / steps as f64
    }

    fn x(&self, index: usize) -> f64 {
        match self.set.periods.len() {
            1 => (self.left + self.right) / 2.0,
            _ => self.left + START_PAD + index as f64 * self.slot(),
        }
    }

    /// Position among the series that have a hue of their own.
    fn order(&self, index: usize) -> usize {
        self.set.series[..index].iter().filter(|series| series.rank != Rank::Behind).count()
    }

    fn stroke(&self, index: usize, series: &Series) -> Stroke {
        let theme = self.input.theme;
        let order = self.order(index);
        match series.rank {
            Rank::Behind => Stroke::solid(theme.residual, 1.4),
            Rank::Leading if order == 0 => Stroke::solid(theme.accent, 2.6),
            _ => Stroke { color: theme.hue(order), width_px: 2.2, dash: DASHES[order % MOST_HUES] },
        }
    }
}

/// Name and last value, in the room at the right.
fn name(series: &Series, periods: usize) -> Option<Paragraph> {
    let last = last_point(series)?;
    let font: Font = if series.rank == Rank::Behind { LABEL } else { STRONG };
    let most = if periods > MOST_VALUES { INNER * 0.22 } else { INNER * 0.32 };
    Some(font.balance(&format!("{}: {}", series.label, series.texts[last]), most))
}

fn last_point(series: &Series) -> Option<usize> {
    series.points.iter().rposition(Option::is_some)
}

fn peak(series: &Series) -> Option<usize> {
    let drawn = series.points.iter().enumerate().filter_map(|(index, point)| point.map(|value| (index, value)));
    drawn.rev().max_by(|one, two| one.1.total_cmp(&two.1)).map(|(index, _)| index)
}

/// Unbroken runs of points: a missing value ends one.
pub fn runs(series: &Series) -> Vec<Vec<(usize, f64)>> {
    let mut runs: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    for (index, point) in series.points.iter().enumerate() {
        match (point, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((index, *value)),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The interval of a series as a light band, broken where values are missing; a lone point has a light bar.
pub fn paint_band(scene: &mut Scene, series: &Series, x: &dyn Fn(usize) -> f64, y: &Scale, pale: Rgb) {
    let light = pale.mix(Rgb::WHITE, BAND_LIGHT);
    for run in runs(series) {
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Disc,
    Square,
    Triangle,
    Diamond,
}

fn shape_of(order: usize) -> Mark {
    [Mark::Disc, Mark::Square, Mark::Triangle, Mark::Diamond][order % 4]
}

fn mark(scene: &mut Scene, center: Point, mark: Mark, color: Rgb) {
    let Point { x, y } = center;
    match mark {
        Mark::Disc => scene.disc(center, 3.6, color),
        Mark::Square => scene.rect(Area { x: x - 3.3, y: y - 3.3, width: 6.6, height: 6.6 }, color),
        Mark::Triangle => scene.polygon(vec![at(x, y - 4.6), at(x + 4.4, y + 3.4), at(x - 4.4, y + 3.4)], color),
        Mark::Diamond => scene.polygon(vec![at(x, y - 4.8), at(x + 4.8, y), at(x, y + 4.8), at(x - 4.8, y)], color),
    }
}

/// Tops of boxes that want to be centred on a height, pushed apart and held between `low` and `high`.
///
/// In: (wanted middle, height), by wanted middle. The boxes keep their order.
pub fn apart(boxes: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    let mut tops: Vec<f64> = Vec::with_capacity(boxes.len());
    let mut free = low;
    for (middle, height) in boxes {
        let top = (middle - height / 2.0).max(free);
        free = top + height;
        tops.push(top);
    }
    let mut floor = high;
    for (top, (_, height)) in tops.iter_mut().zip(boxes).rev() {
        *top = top.min(floor - height);
        floor = *top;
    }
    tops
}

/// Labels of the periods that have room: wrapped, months short where they must be, else every second, third …
pub fn period_labels(periods: &[String], slot: f64) -> Vec<Option<Paragraph>> {
    let fits = |label: &String| LABEL.widest_word(label) <= slot - 4.0;
    let short: Vec<String> = periods.iter().map(|label| short_month(label)).collect();
    let chosen = if periods.iter().all(fits) { periods } else { &short };
    let widest = chosen.iter().map(|label| LABEL.widest_word(label)).fold(0.0, f64::max) + 8.0;
    let every = ((widest / slot).ceil() as usize).max(1);
    let room = slot * every as f64 - 4.0;
    chosen.iter().enumerate().map(|(index, label)| (index % every == 0).then(|| LABEL.wrap(label, room))).collect()
}

/// "september 2023" as "sep 2023": the usual short names of months.
fn short_month(label: &str) -> String {
    let months: [(&str, &str); 9] = [
        ("januari", "jan"),
        ("februari", "feb"),
        ("april", "apr"),
        ("augusti", "aug"),
        ("september", "sep"),
        ("oktober", "okt"),
        ("november", "nov"),
        ("december", "dec"),
        ("kvartal ", "kv\u{a0}"),
    ];
    let lower = label.to_lowercase();
    let found = months.iter().find(|(long, _)| lower.starts_with(long));
    found.map_or_else(|| label.to_string(), |(long, short)| format!("{short}{}", &lower[long.len()..]))
}

/// A tick with its unit: `50 %`.
pub fn tick_text(axis: &Axis, tick: f64, measured: Measured) -> String {
    let tick = if tick == 0.0 { 0.0 } else { tick };
    match measured {
        Measured::Percent => swedish::percent(tick, axis.decimals),
        Measured::Whole | Measured::Number => swedish::decimal(tick, axis.decimals),
    }
}
