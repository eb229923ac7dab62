//! How a number has gone over the periods: lines with their values, named at their ends, broken where a value is missing.

use super::alt_text::of_values;
use super::axis::{Axis, Scale};
use super::band;
use super::chart::{Chart, Drawn};
use super::figure::{NativeChart, SheetForm};
use super::frame::{Body, INNER, MARGIN, RIGHT};
use super::gridlines::LevelLines;
use super::input::Input;
use super::labels::{Wish, apart};
use super::marks::{Triangle, diamond};
use super::multiples::Multiples;
use super::periods::{PeriodLabels, held};
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Point, Scene, Stroke, at, passes};
use super::select::with_limits;
use super::series::{Rank, Series, SeriesSet};
use super::text::{LABEL, Paragraph, STRONG};
use crate::domain::contrast::{MOST_HUES, Rgb, TEXT_CONTRAST};
use crate::domain::swedish;
#[cfg(test)]
use crate::job::plan::ChartKind;

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

/// Lines over periods.
pub(super) struct Line;

impl Chart for Line {
    /// In: a table with periods as columns or rows. Out: one line a series; more than six become small multiples.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let set = SeriesSet::of(input)?;
        let hues = set.series.iter().filter(|series| series.rank != Rank::Behind).count();
        let nobody_leads = set.series.iter().all(|series| series.rank != Rank::Leading);
        if hues > MOST_HUES || (nobody_leads && set.series.len() > MOST_HUES) {
            return Multiples.body(input);
        }
        let painted = Lines::of(input, &set).paint();
        let note = set.series.iter().any(|series| set.has_band(series)).then(band::note);
        let columns = with_limits(input.table, &set.columns);
        Some(Body { note, rows: set.rows, columns, ..painted })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        of_values(word!("draw-alt-line"), drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Chart(NativeChart::Lines)
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::domain::table::Value;
        use crate::draw::samples::{ifo, many, months, now_and_then, quarters};
        let of = |name, title, table| Sample::of(ChartKind::Line, name, title, table);
        let rows = ["svarsfrekvens (%)", "helhetssyn, andel (%)", "inflytande, andel (%)", "påverka hjälp, andel (%)"];
        let counts = |row: usize, column: usize| Value::Count((1000 * row + 90 * column) as i64);
        vec![
            of("line_emphasis", "Inflytande och påverkan mot övriga frågor", ifo())
                .with(|chart| chart.emphasis = rows[2..].iter().map(|row| row.to_string()).collect()),
            of("line_counts", "Fyra enheter över två år", many(4, now_and_then(), counts)),
            of("line_ifo", "Brukarbedömning individ- och familjeomsorg totalt", ifo()),
            of("line_few", "Omdömet sjönk 2022 och steg igen 2023", ifo())
                .with(|chart| chart.rows = rows.iter().map(|row| row.to_string()).collect()),
            of("line_months", "Fler avvikelser än året innan i nästan varje månad", months()),
            of("line_quarters", "Ej verkställda beslut", quarters()),
        ]
    }
}

struct Lines<'a> {
    input: &'a Input<'a>,
    set: &'a SeriesSet,
    axis: Axis,
    y: Scale,
    left: f64,
    /// Right end of the plot; names stand beyond.
    right: f64,
    names: Vec<Option<Paragraph>>,
}

/// A name that wants to stand where its line ends.
struct EndName<'a> {
    series: usize,
    end: Point,
    text: &'a Paragraph,
}

impl<'a> Lines<'a> {
    fn of(input: &'a Input<'a>, set: &'a SeriesSet) -> Lines<'a> {
        let axis = Axis::of(set.values().chain(set.ends()), input.chart.axis, set.measured);
        let names: Vec<Option<Paragraph>> = set.series.iter().map(|series| name(series, set.periods.len())).collect();
        let names_width = names.iter().flatten().map(Paragraph::width).fold(0.0, f64::max);
        let names_height: f64 = names.iter().flatten().map(|name| name.height() + NAME_AIR).sum();
        let y = axis.scale(TOP + HEIGHT.max(names_height), TOP);
        let (left, right) = (MARGIN + axis.text_width() + 10.0, RIGHT - names_width - LEADER - 6.0);
        Lines { input, set, axis, y, left, right, names }
    }

    fn paint(&self) -> Body {
        let (mut scene, theme) = (Scene::default(), self.input.theme);
        let x = |index: usize| self.x(index);
        for series in self.set.series.iter().filter(|series| self.set.has_band(series)) {
            band::paint(&mut scene, series, &x, &self.y, theme.pale);
        }
        let Lines { axis, y, left, right, .. } = self;
        LevelLines { axis, y, left: *left, right: *right, thin_px: 1.0 }.paint(&mut scene, theme);
        let periods = PeriodLabels { labels: &self.set.periods, slot: self.slot(), top: y.low_px + 8.0 };
        let bottom = periods.paint(&mut scene, x, theme);
        let height = self.paint_answers(&mut scene, bottom);
        let (behind, before): (Vec<usize>, Vec<usize>) =
            (0..self.set.series.len()).partition(|index| self.set.series[*index].rank == Rank::Behind);
        for index in behind.into_iter().chain(before) {
            self.paint_line(&mut scene, index);
        }
        self.paint_names(&mut scene);
        self.paint_values(&mut scene);
        Body { scene, height, ..Body::default() }
    }

    /// The number of answers under each period, where the table knows it; returns where they end.
    fn paint_answers(&self, scene: &mut Scene, top: f64) -> f64 {
        let height = LABEL.line_height();
        let mut bottom = top;
        for (index, answers) in self.set.answers.iter().enumerate() {
            let Some(answers) = answers else { continue };
            let text = answers_text(*answers);
            let half = LABEL.width(&text) / 2.0;
            let x = held(self.x(index), half);
            if scene.is_free(&Area { x: x - half - 3.0, y: top + 1.0, width: 2.0 * half + 6.0, height }) {
                let lettering = LABEL.in_color(self.input.theme.muted);
                scene.centred(&text, at(x, top + height / 2.0), Anchor::Middle, lettering);
                bottom = top + height;
            }
        }
        bottom
    }

    fn paint_line(&self, scene: &mut Scene, index: usize) {
        let series = &self.set.series[index];
        let stroke = self.stroke(index);
        for run in series.runs() {
            let points = self.points(&run);
            if points.len() > 1 {
                scene.path(points.clone(), stroke);
            }
            if series.rank != Rank::Behind || points.len() == 1 {
                points.iter().for_each(|point| paint_mark(scene, *point, self.order(index), stroke.color));
            }
        }
    }

    fn points(&self, run: &[(usize, f64)]) -> Vec<Point> {
        run.iter().map(|(index, value)| at(self.x(*index), self.y.at(*value))).collect()
    }

    /// The names at the ends, moved apart; a thin line joins a name that had to move.
    fn paint_names(&self, scene: &mut Scene) {
        let names = self.end_names();
        let wish = |name: &EndName| Wish { middle: name.end.y, height: name.text.height() + NAME_AIR };
        let wishes: Vec<Wish> = names.iter().map(wish).collect();
        let tops = apart(&wishes, 0.0, self.y.low_px + 10.0);
        for (EndName { series, end, text }, top) in names.iter().zip(tops) {
            let middle = top + text.height() / 2.0;
            let x = self.right + LEADER;
            let is_moved = (middle - end.y).abs() > 6.0 || x - end.x > LEADER + END_PAD + 2.0;
            if is_moved {
                let color = self.stroke(*series).color.mix(Rgb::WHITE, 0.45);
                scene.path(vec![at(end.x + 7.0, end.y), at(x - 3.0, middle)], Stroke::solid(color, 1.0));
            }
            scene.paragraph(text, at(x, top), Anchor::Start, self.text_color(*series));
        }
    }

    /// From the top down.
    fn end_names(&self) -> Vec<EndName<'_>> {
        let named = self.names.iter().enumerate().filter_map(|(series, name)| {
            let points = &self.set.series[series].points;
            let last = last_point(&self.set.series[series])?;
            Some(EndName { series, end: at(self.x(last), self.y.at(points[last]?)), text: name.as_ref()? })
        });
        let mut names: Vec<EndName<'_>> = named.collect();
        names.sort_by(|one, two| one.end.y.total_cmp(&two.end.y).then(one.series.cmp(&two.series)));
        names
    }

    /// Text in its line's colour where that is dark enough for text, else in ink; in grey for what stands back.
    fn text_color(&self, index: usize) -> Rgb {
        let color = self.stroke(index).color;
        match self.set.series[index].rank {
            Rank::Behind => self.input.theme.muted,
            _ if color.contrast(Rgb::WHITE) >= TEXT_CONTRAST => color,
            _ => self.input.theme.ink,
        }
    }

    /// Values at the points, where there are few enough; above or below, where nothing else stands.
    fn paint_values(&self, scene: &mut Scene) {
        for (index, series) in self.set.series.iter().enumerate() {
            let every = self.set.periods.len() <= MOST_VALUES && series.rank != Rank::Behind;
            let peak = peak(series).filter(|_| series.rank == Rank::Leading);
            for (period, value) in series.points.iter().enumerate() {
                let Some(value) = value else { continue };
                let ends_here = self.names[index].is_some() && last_point(series) == Some(period);
                if !ends_here && (every || peak == Some(period)) {
                    self.paint_value(scene, at(self.x(period), self.y.at(*value)), &series.texts[period], index);
                }
            }
        }
    }

    /// The value where the fewest lines pass and nothing is written; nowhere if text stands everywhere around.
    fn paint_value(&self, scene: &mut Scene, point: Point, text: &str, index: usize) {
        let width = LABEL.width(text);
        let places = PLACES.into_iter().filter_map(|(aside, lift)| {
            let middle = at(point.x + aside * (width / 2.0 + 7.0), point.y + lift);
            let area = Area { x: middle.x - width / 2.0 - 2.0, y: middle.y - 7.0, width: width + 4.0, height: 14.0 };
            (self.is_inside(&area) && scene.is_free(&area)).then(|| (self.cost(&area), middle))
        });
        if let Some((_, middle)) = places.min_by_key(|(cost, _)| *cost).filter(|(cost, _)| *cost < COVERED_MARK) {
            scene.on_white(text, middle, Anchor::Middle, LABEL.in_color(self.text_color(index)));
        }
    }

    fn is_inside(&self, area: &Area) -> bool {
        area.y > 0.0 && area.bottom() < self.y.low_px && area.x > self.left && area.right() < self.right + 8.0
    }

    /// What a value in this box would cover, of all series.
    fn cost(&self, area: &Area) -> u32 {
        self.set.series.iter().map(|series| self.cost_of(series, area)).sum()
    }

    fn cost_of(&self, series: &Series, area: &Area) -> u32 {
        let (line, mark) = if series.rank == Rank::Behind { (1, 1) } else { (COVERED_LINE, COVERED_MARK) };
        let is_covered = |point: &&Point| passes(area, at(point.x - 4.0, point.y), at(point.x + 4.0, point.y));
        let covered = series.runs().into_iter().map(|run| {
            let points = self.points(&run);
            let marks = points.iter().filter(is_covered).count() as u32;
            let lines = points.windows(2).filter(|pair| passes(area, pair[0], pair[1])).count() as u32;
            marks * mark + lines * line
        });
        covered.sum()
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

    fn stroke(&self, index: usize) -> Stroke {
        let theme = self.input.theme;
        let order = self.order(index);
        match self.set.series[index].rank {
            Rank::Behind => Stroke::solid(theme.residual, 1.4),
            Rank::Leading if order == 0 => Stroke::solid(theme.accent, 2.6),
            _ => Stroke { color: theme.hue(order), width_px: 2.2, dash: DASHES[order % MOST_HUES] },
        }
    }
}

/// Name and last value, in the room at the right.
fn name(series: &Series, periods: usize) -> Option<Paragraph> {
    let last = last_point(series)?;
    let font = if series.rank == Rank::Behind { LABEL } else { STRONG };
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

/// "n = 40–101"
fn answers_text((least, most): (u64, u64)) -> String {
    let number = |n: u64| swedish::integer(i64::try_from(n).unwrap_or(i64::MAX));
    let n = if least == most { number(least) } else { format!("{}–{}", number(least), number(most)) };
    format!("n\u{a0}=\u{a0}{n}")
}

/// A point of a series: each of the first four has a shape of its own.
fn paint_mark(scene: &mut Scene, center: Point, order: usize, color: Rgb) {
    match order % 4 {
        0 => scene.disc(center, 3.6, color),
        1 => scene.rect(Area { x: center.x - 3.3, y: center.y - 3.3, width: 6.6, height: 6.6 }, color),
        2 => Triangle { rise: 4.6, half: 4.4, drop: 3.4 }.paint(scene, center, color),
        _ => diamond(scene, center, 4.8, color),
    }
}
