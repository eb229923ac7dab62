//! How many of each kind, against last period: horizontal bars sorted by this period, last period as a ring on the line.

use super::alt_text::of_values;
use super::axis::{self, Scale};
use super::chart::{Chart, Drawn};
use super::figure::{NativeChart, SheetForm};
use super::frame::{Body, Key, RIGHT};
use super::input::Input;
use super::labels::{Labels, RowNumbers, RowRoom};
use super::marks::Symbol;
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Area, Scene, Stroke, at};
use super::select::{self, absence, cell, size};
use super::text::{LABEL, STRONG};
use crate::domain::contrast::Rgb;
use crate::domain::table::{Nothing, RowKind, Value};
#[cfg(test)]
use crate::job::plan::ChartKind;

const BAR_PX: f64 = 14.0;
const RING_PX: f64 = 4.5;
/// White between the last mark of a row and its number.
const NUMBER_GAP: f64 = 9.0;
const ROOM: RowRoom = RowRoom { least: BAR_PX + 10.0, air: 8.0 };

/// Lying bars in order of size.
pub(super) struct RankedBar;

impl Chart for RankedBar {
    /// In: current (or named) column, previous column if there is one. Out: one bar a row, largest first, residual last.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let (now, then) = select::now_and_then(input)?;
        let (rows, note) = select::limited(input, select::ranked(input.table, select::rows(input), now));
        // A last year that no row has is not a comparison; one that is withheld is told.
        let is_told = |then: &usize| rows.iter().any(|row| !is_unknown(cell(input.table, *row, *then)));
        let then = then.filter(is_told);
        let columns: Vec<usize> = std::iter::once(now).chain(then).collect();
        let values = select::sizes(input.table, &rows, &columns);
        values.first()?;
        let labels = Labels::of(input, &rows, 0.42);
        let room = rows.iter().map(|row| width(&numbers(input, *row, now, then))).fold(0.0, f64::max);
        let (low, high) = axis::ends(values.into_iter(), input.chart.axis);
        let scale = Scale { low, high, low_px: labels.right(), high_px: RIGHT - room - NUMBER_GAP - RING_PX };
        let bars = RankedBars { input, labels, scale, now, then };
        let painted = bars.paint();
        Some(Body { keys: bars.keys(), note, rows, columns, ..painted })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        of_values(word!("draw-alt-ranked"), drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Chart(NativeChart::RankedBars)
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::draw::samples::{causes, difference, homelessness, many, now_and_then};
        let title = "Yttre orsaker och bemanning ligger bakom de flesta avvikelser i Barn och unga";
        let of = |name, title, table| Sample::of(ChartKind::RankedBar, name, title, table);
        let largest =
            |row: usize, column: usize| Value::Count(if row == 0 { 100_000 } else { (row * 7 % 31 + column) as i64 });
        vec![
            of("ranked", title, causes()),
            of("ranked_missing", "Avvikelser i Boende och hemlöshet efter typ", homelessness()),
            of("ranked_top", "De största typerna", homelessness()).with(|chart| {
                chart.top = Some(4);
                chart.emphasis = vec!["Läkemedel".into()];
            }),
            of("ranked_one", "En enda rad", many(1, now_and_then(), |_, column| Value::Count(7 - column as i64))),
            of("ranked_40", "Fyrtio enheter, från 1 till 100 000", many(40, now_and_then(), largest)),
            of("ranked_zero", "Allt är noll", many(4, now_and_then(), |_, _| Value::Count(0))),
            of(
                "ranked_difference",
                word!("draw-difference-from-year-before"),
                many(6, difference(), |row, _| Value::Count(30 - 17 * row as i64)),
            ),
        ]
    }
}

struct RankedBars<'a> {
    input: &'a Input<'a>,
    labels: Labels<'a>,
    scale: Scale,
    now: usize,
    then: Option<usize>,
}

impl RankedBars<'_> {
    fn paint(&self) -> Body {
        let mut scene = Scene::default();
        let bands = self.labels.bands(0.0, ROOM);
        let height = bands.iter().map(|band| band.height).sum();
        let zero = self.scale.zero();
        scene.line(at(zero, 0.0), at(zero, height), Stroke::solid(self.input.theme.muted, 1.0));
        for band in &bands {
            self.labels.paint(&mut scene, band, band.middle());
            self.paint_row(&mut scene, band.row, band.middle());
        }
        Body { scene, height, ..Body::default() }
    }

    fn paint_row(&self, scene: &mut Scene, row: usize, middle: f64) {
        let (table, theme) = (self.input.table, self.input.theme);
        let zero = self.scale.zero();
        let mut end = zero;
        if let Some(now) = size(table, row, self.now) {
            let x = self.scale.at(now);
            let area = Area { x: zero.min(x), y: middle - BAR_PX / 2.0, width: (x - zero).abs(), height: BAR_PX };
            scene.rect(area, self.color(row));
            end = end.max(x);
        }
        if let Some(then) = self.then.and_then(|then| size(table, row, then)) {
            let x = self.scale.at(then);
            scene.ring(at(x, middle), RING_PX, Stroke::solid(theme.ink, 1.8));
            end = end.max(x + RING_PX);
        }
        numbers(self.input, row, self.now, self.then).paint(scene, at(end + NUMBER_GAP, middle), theme);
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
        let label = |column: usize| &self.input.table.columns[column].label;
        let Some(then) = self.then else { return Vec::new() };
        vec![
            Key::new(Symbol::Bar(theme.accent), label(self.now)),
            Key::new(Symbol::Ring(theme.ink), printed!("draw-in-parentheses", then = label(then))),
        ]
    }
}

fn is_unknown(value: &Value) -> bool {
    matches!(value, Value::Nothing(Nothing::Missing | Nothing::NotApplicable | Nothing::Blank))
}

/// `104 (127)`
fn numbers(input: &Input<'_>, row: usize, now: usize, then: Option<usize>) -> RowNumbers {
    let value = cell(input.table, row, now);
    let now = match value {
        Value::Nothing(_) | Value::Text(_) | Value::Said(_) => absence(value).to_string(),
        _ => select::shown(input.table, row, now),
    };
    let then = then.map(|then| select::shown(input.table, row, then)).unwrap_or_default();
    let is_missing = select::magnitude(value).is_none();
    RowNumbers { now, is_missing, then: select::in_parentheses(then), below: String::new() }
}

fn width(numbers: &RowNumbers) -> f64 {
    STRONG.width(&numbers.now) + if numbers.then.is_empty() { 0.0 } else { 4.0 + LABEL.width(&numbers.then) }
}
