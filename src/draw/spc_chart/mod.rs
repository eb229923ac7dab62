//! Control chart: points joined, centre line, limits, goal, rebases with their reasons, signals by shape.
//!
//! In: the table of a `spc` measure. Out: one chart; above it what the last point says, as icon and word. A missing value is a
//! gap. Limits of counts are drawn at 0 where they would be below, and a note says so; the table keeps them as they are.

mod icons;

mod read;

mod words;

#[cfg(test)]
mod samples;

use super::axis::{Axis, Measured, Scale};
use super::chart::{Chart, Drawn};
use super::figure::SheetForm;
use super::frame::{Body, INNER, Key, MARGIN, RIGHT};
use super::gridlines::LevelLines;
use super::input::Input;
use super::labels::{GAP, Wish, apart};
use super::marks::{SignalShape, Symbol};
use super::periods::PeriodLabels;
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Point, Scene, Stroke, at};
use super::select;
use super::text::{LABEL, Paragraph, STRONG};
use crate::domain::contrast::Rgb;
use crate::domain::spc::{FLAG, Label, Variation};
use crate::domain::words::long_month;
use icons::{ICON, LastPoint};
use read::{Numbers, Reading};

const HEIGHT: f64 = 270.0;
/// White in the plot before the first point and after the last.
const PAD: f64 = 14.0;
const LIMIT: &[f64] = &[7.0, 4.0];
const NEAR: &[f64] = &[1.5, 4.0];
const GOAL: &[f64] = &[12.0, 3.0, 2.0, 3.0];
/// Between the names at the right.
const NAME_AIR: f64 = 3.0;
/// What lies so far up needs no zero on its axis.
const FAR_FROM_ZERO: f64 = 0.6;

/// A control chart.
pub(super) struct SpcChart;

impl Chart for SpcChart {
    /// In: a `spc` table. Out: its chart; `None` without a value.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let reading = Reading::of(input.table);
        reading.last()?;
        let chart = ControlChart::of(input, &reading);
        let painted = chart.paint();
        let column = |key: &str| input.table.column(key);
        let points = reading.values.iter().flatten().count();
        Some(Body {
            keys: chart.keys(),
            remark: Some(if points == 1 { printed!("draw-spc-one-point") } else { format!("{points}\u{a0}punkter") }),
            note: chart.note(),
            columns: ["value", "centre", "lower", "upper", "goal", FLAG].into_iter().filter_map(column).collect(),
            rows: reading.rows.clone(),
            ..painted
        })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        words::describe(drawn.table)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Cells
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        samples::all()
    }
}

struct ControlChart<'a> {
    input: &'a Input<'a>,
    reading: &'a Reading<'a>,
    axis: Axis,
    y: Scale,
    left: f64,
    right: f64,
    names: Vec<LineName>,
}

/// The name of a line, at the right.
struct LineName {
    /// Where the line is.
    value: f64,
    text: Paragraph,
}

impl<'a> ControlChart<'a> {
    fn of(input: &'a Input<'a>, reading: &'a Reading<'a>) -> ControlChart<'a> {
        let measured =
            input.table.column("value").map_or(Measured::Number, |at| select::measured(input.table.columns[at].unit));
        let axis = axis(reading, input.chart.axis, measured);
        let names = names(reading);
        let names_width = names.iter().map(|name| name.text.width()).fold(0.0, f64::max);
        let top = 2.0 * ICON + 24.0;
        let names_height: f64 = names.iter().map(|name| name.text.height() + NAME_AIR).sum();
        let y = axis.scale(top + HEIGHT.max(names_height), top);
        let (left, right) = (MARGIN + axis.text_width() + 10.0, RIGHT - names_width - GAP);
        ControlChart { input, reading, axis, y, left, right, names }
    }

    fn paint(&self) -> Body {
        let (mut scene, theme) = (Scene::default(), self.input.theme);
        self.paint_verdicts(&mut scene);
        let ControlChart { axis, y, left, right, .. } = self;
        LevelLines { axis, y, left: *left, right: *right, thin_px: 0.6 }.paint(&mut scene, theme);
        self.paint_rebases(&mut scene);
        self.paint_limits(&mut scene);
        self.paint_points(&mut scene);
        self.paint_names(&mut scene);
        let labels: Vec<String> =
            (0..self.reading.rows.len()).map(|place| in_words(self.reading.label(place))).collect();
        let periods = PeriodLabels { labels: &labels, slot: self.slot(), top: y.low_px + 8.0 };
        let bottom = periods.paint(&mut scene, |place| self.x(place), theme);
        let height = self.paint_reasons(&mut scene, bottom);
        Body { scene, height, ..Body::default() }
    }

    /// Variation and assurance: shape and word.
    fn paint_verdicts(&self, scene: &mut Scene) {
        let (theme, reading) = (self.input.theme, self.reading);
        let mut center = at(MARGIN + ICON, ICON + 2.0);
        if let Some(variation) = reading.variation {
            let side = reading.last().and_then(|last| reading.flags[last]).map(|(_, side)| side);
            let last = LastPoint { variation, side, color: self.colour_of(variation) };
            icons::variation(scene, center, last, theme.muted);
            let end =
                self.paint_verdict(scene, &printed!("draw-spc-latest-point-label", word = variation.word()), center);
            center.x = end + 28.0 + ICON;
        }
        if let Some(assurance) = reading.assurance {
            icons::assurance(scene, center, assurance, theme.ink);
            self.paint_verdict(scene, assurance.word(), center);
        }
    }

    /// The words beside an icon; returns where they end.
    fn paint_verdict(&self, scene: &mut Scene, text: &str, icon: Point) -> f64 {
        let start = at(icon.x + ICON + 8.0, icon.y);
        scene.centred(text, start, Anchor::Start, STRONG.in_color(self.input.theme.ink));
        start.x + STRONG.width(text)
    }

    /// An upright line and a letter where the limits begin anew.
    fn paint_rebases(&self, scene: &mut Scene) {
        let theme = self.input.theme;
        for (index, (start, _)) in self.reading.phases.iter().enumerate() {
            let x = self.x(*start) - self.slot() / 2.0;
            scene.line(at(x, self.y.high_px - 4.0), at(x, self.y.low_px), Stroke::solid(theme.muted, 1.2));
            scene.centred(&letter(index), at(x, self.y.high_px - 12.0), Anchor::Middle, STRONG.in_color(theme.ink));
        }
    }

    fn paint_limits(&self, scene: &mut Scene) {
        let (theme, reading) = (self.input.theme, self.reading);
        let near = Stroke { color: theme.muted, width_px: 1.1, dash: NEAR };
        let limit = Stroke { color: theme.muted, width_px: 1.6, dash: LIMIT };
        for places in reading.segments() {
            self.paint_steps(scene, &reading.near_lower, places.clone(), near);
            self.paint_steps(scene, &reading.near_upper, places.clone(), near);
            self.paint_steps(scene, &reading.lower, places.clone(), limit);
            self.paint_steps(scene, &reading.upper, places.clone(), limit);
            self.paint_steps(scene, &reading.centre, places, Stroke::solid(theme.muted, 1.6));
        }
        if let Some(goal) = reading.goal {
            let y = self.y.at(goal);
            let stroke = Stroke { color: theme.ink, width_px: 1.8, dash: GOAL };
            scene.line(at(self.left, y), at(self.right, y), stroke);
        }
    }

    /// A line that holds for each place from half a step before it to half a step after.
    fn paint_steps(&self, scene: &mut Scene, numbers: &Numbers, places: std::ops::Range<usize>, stroke: Stroke) {
        let half = self.slot() / 2.0;
        let mut path: Vec<Point> = Vec::new();
        for place in places {
            let Some(number) = numbers[place] else {
                flush(scene, &mut path, stroke);
                continue;
            };
            let (x, y) = (self.x(place), self.y.at(number));
            // A level line is one stroke, so that its dashes are even.
            if path.last().is_some_and(|last| last.y == y) {
                path.pop();
            } else {
                path.push(at((x - half).max(self.left), y));
            }
            path.push(at((x + half).min(self.right), y));
        }
        flush(scene, &mut path, stroke);
    }

    fn paint_points(&self, scene: &mut Scene) {
        let (theme, reading) = (self.input.theme, self.reading);
        let point = |place: usize| reading.values[place].map(|value| at(self.x(place), self.y.at(value)));
        let mut path: Vec<Point> = Vec::new();
        let line = Stroke::solid(theme.accent.mix(Rgb::WHITE, 0.25), 1.8);
        for place in 0..reading.rows.len() {
            match point(place) {
                Some(point) => path.push(point),
                None => flush(scene, &mut path, line),
            }
        }
        flush(scene, &mut path, line);
        for place in 0..reading.rows.len() {
            let Some(point) = point(place) else { continue };
            let meaning = reading.meanings[place].unwrap_or(Variation::Common);
            SignalShape::of(reading.flags[place]).paint(scene, point, self.colour_of(meaning));
        }
    }

    /// Colour goes with the shape and adds nothing to it.
    fn colour_of(&self, variation: Variation) -> Rgb {
        let theme = self.input.theme;
        match variation {
            Variation::Common | Variation::Improvement => theme.accent,
            Variation::Concern => theme.hue(1),
            Variation::Neutral => theme.ink,
        }
    }

    fn paint_names(&self, scene: &mut Scene) {
        let wish = |name: &LineName| Wish { middle: self.y.at(name.value), height: name.text.height() + NAME_AIR };
        let wishes: Vec<Wish> = self.names.iter().map(wish).collect();
        let tops = apart(&wishes, self.y.high_px - 20.0, self.y.low_px + 10.0);
        for (name, top) in self.names.iter().zip(tops) {
            scene.paragraph(&name.text, at(self.right + GAP - 4.0, top), Anchor::Start, self.input.theme.ink);
        }
    }

    /// Under the chart: "A från 2023-01-01: nytt system".
    fn paint_reasons(&self, scene: &mut Scene, mut bottom: f64) -> f64 {
        let theme = self.input.theme;
        for (index, (_, text)) in self.reading.phases.iter().enumerate() {
            bottom += 6.0;
            let reason = LABEL.wrap(&printed!("draw-spc-new-limits-label", text), INNER - 20.0);
            let baseline = at(MARGIN, bottom + LABEL.baseline());
            scene.text(&letter(index), baseline, Anchor::Start, STRONG.in_color(theme.ink));
            scene.paragraph(&reason, at(MARGIN + 20.0, bottom), Anchor::Start, theme.ink);
            bottom += reason.height();
        }
        bottom
    }

    /// Only what is in the chart.
    fn keys(&self) -> Vec<Key> {
        let (color, reading) = (self.input.theme.muted, self.reading);
        let mut keys: Vec<Key> = Label::ALL.into_iter().filter_map(|label| self.signal_key(label)).collect();
        if reading.upper.iter().any(Option::is_some) {
            let stroke = Stroke { color, width_px: 1.6, dash: &[4.0, 2.5] };
            keys.push(Key::new(Symbol::Line(stroke), word!("draw-spc-limit")));
        }
        if reading.near_upper.iter().any(Option::is_some) {
            let stroke = Stroke { color, width_px: 1.1, dash: &[1.5, 3.0] };
            keys.push(Key::new(Symbol::Line(stroke), word!("draw-spc-two-thirds")));
        }
        keys
    }

    /// The first point with this signal says how it looks.
    fn signal_key(&self, label: Label) -> Option<Key> {
        let reading = self.reading;
        let place = reading.flags.iter().position(|flag| flag.is_some_and(|(known, _)| known == label))?;
        let color = self.colour_of(reading.meanings[place].unwrap_or(Variation::Neutral));
        let text = match label {
            Label::Trend => word!("draw-spc-trend"),
            label => label.word(),
        };
        Some(Key::new(Symbol::Signal(SignalShape::of(reading.flags[place]), color), text))
    }

    fn note(&self) -> Option<String> {
        let reading = self.reading;
        let mut notes = Vec::new();
        notes.extend(reading.cut_low.then_some(word!("draw-spc-lower-cut")));
        notes.extend(reading.cut_high.then_some(word!("draw-spc-upper-cut")));
        notes.extend((self.axis.low > 0.0).then_some(word!("draw-spc-not-from-zero")));
        (!notes.is_empty()).then(|| notes.join(" "))
    }

    fn slot(&self) -> f64 {
        let steps = self.reading.rows.len().saturating_sub(1).max(1);
        (self.right - self.left - 2.0 * PAD) / steps as f64
    }

    fn x(&self, place: usize) -> f64 {
        match self.reading.rows.len() {
            1 => (self.left + self.right) / 2.0,
            _ => self.left + PAD + place as f64 * self.slot(),
        }
    }
}

fn flush(scene: &mut Scene, path: &mut Vec<Point>, stroke: Stroke) {
    if path.len() > 1 {
        scene.path(std::mem::take(path), stroke);
    }
    path.clear();
}

/// From zero, unless all lies far from it.
fn axis(reading: &Reading, fixed: Option<[f64; 2]>, measured: Measured) -> Axis {
    let (low, high) = reading
        .numbers()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| (low.min(number), high.max(number)));
    if fixed.is_some() || !(low > FAR_FROM_ZERO * high && high > low) {
        return Axis::of(reading.numbers(), fixed, measured);
    }
    let room = Axis::of([high - low].into_iter(), None, Measured::Number);
    let step = room.ticks.get(1).copied().unwrap_or(1.0);
    let ends = [(low / step).floor() * step, (high / step).ceil() * step];
    Axis::of(reading.numbers(), Some(ends), measured)
}

/// Centre, limits and goal as they are at the end, from the top down.
fn names(reading: &Reading) -> Vec<LineName> {
    let last = |numbers: &Numbers| numbers.iter().rev().find_map(|number| *number);
    let lines = [
        (last(&reading.upper), "upper", word!("draw-spc-upper")),
        (last(&reading.centre), "centre", reading.centre_name()),
        (last(&reading.lower), "lower", word!("draw-spc-lower")),
        (reading.goal, "goal", word!("draw-spc-goal-label")),
    ];
    let named = lines.into_iter().filter_map(|(value, key, name)| {
        let value = value?;
        let text = LABEL.wrap(&format!("{name} {}", reading.written(value, key)), INNER);
        Some(LineName { value, text })
    });
    let mut names: Vec<LineName> = named.collect();
    names.sort_by(|one, other| other.value.total_cmp(&one.value));
    names
}

/// A, B, C …; after Z numbers.
fn letter(index: usize) -> String {
    match u8::try_from(index).ok().filter(|index| *index < 26) {
        Some(index) => char::from(b'A' + index).to_string(),
        None => (index + 1).to_string(),
    }
}

/// "2022-09" as "september 2022"; other labels as they are.
fn in_words(label: &str) -> String {
    long_month(label).unwrap_or_else(|| label.to_string())
}
