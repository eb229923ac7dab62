//! How each whole divides into parts: one lying bar a row, numbers inside the segments where they fit, totals at the right.

use super::alt_text::of_values;
use super::axis::Scale;
use super::chart::{Chart, Drawn};
use super::figure::{NativeChart, SheetForm};
use super::frame::{Body, Key, RIGHT};
use super::input::Input;
use super::labels::{Labels, RowRoom};
use super::marks::Symbol;
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, cell, size, written};
use super::text::{LABEL, Paragraph, STRONG, clean};
use crate::domain::table::Role;
#[cfg(test)]
use crate::job::plan::ChartKind;

const BAR_PX: f64 = 22.0;
/// Widest header of the totals.
const WIDEST_HEADER: f64 = 90.0;
/// White between segments, so that neighbours are told apart in grey.
const SEAM_PX: f64 = 1.5;
const ROOM: RowRoom = RowRoom { least: BAR_PX + 10.0, air: 10.0 };

/// Bars in parts.
pub(super) struct StackedBar;

impl Chart for StackedBar {
    /// In: the parts of a breakdown in two dimensions. Out: one bar a row; the `top` rows with the largest wholes.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let columns = columns(input);
        let rows = select::rows(input);
        let whole = |row: usize| {
            columns.iter().filter_map(|column| size(input.table, row, *column)).filter(|size| *size > 0.0).sum::<f64>()
        };
        let (rows, note) = largest(input, rows, whole);
        let longest = rows.iter().map(|row| whole(*row)).fold(0.0, f64::max);
        select::sizes(input.table, &rows, &columns).first()?;
        let labels = Labels::of(input, &rows, 0.38);
        let totals = Totals::of(input, &rows);
        let room = if totals.width > 0.0 { totals.width + 14.0 } else { 0.0 };
        let scale =
            Scale { low: 0.0, high: longest.max(f64::MIN_POSITIVE), low_px: labels.right(), high_px: RIGHT - room };
        let bars = StackedBars { input, rows, columns, labels, totals, scale };
        let mut scene = Scene::default();
        let is_named = bars.name_segments(&mut scene);
        let height = bars.paint(&mut scene, is_named);
        let keys = if is_named { Vec::new() } else { bars.keys() };
        let columns = bars.columns.iter().copied().chain(bars.totals.column).collect();
        Some(Body { scene, height, keys, note, rows: bars.rows, columns, ..Body::default() })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        of_values(word!("draw-alt-stacked"), drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Chart(NativeChart::StackedBars)
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::draw::samples::{areas, units};
        let of = |name, title, table| Sample::of(ChartKind::StackedBar, name, title, table);
        vec![
            of("stacked", "Avvikelser, synpunkter och lex Sarah efter verksamhetsområde", areas()),
            of("stacked_units", "Enheternas rapporter efter typ", units()).with(|chart| chart.top = Some(8)),
        ]
    }
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

struct StackedBars<'a> {
    input: &'a Input<'a>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    labels: Labels<'a>,
    totals: Totals,
    scale: Scale,
}

/// A part of a bar.
struct Segment {
    series: usize,
    left: f64,
    width: f64,
}

impl StackedBars<'_> {
    /// Bars below the names of their segments or the totals' header; returns where they end.
    fn paint(&self, scene: &mut Scene, is_named: bool) -> f64 {
        scene.paragraph(&self.totals.header, at(RIGHT, 0.0), Anchor::End, self.input.theme.muted);
        let named_height = if is_named { LABEL.line_height() } else { 0.0 };
        let mut top = self.totals.header.height().max(named_height);
        top += if top > 0.0 { 3.0 } else { 0.0 };
        let bands = self.labels.bands(top, ROOM);
        for band in &bands {
            self.labels.paint(scene, band, band.middle());
            self.paint_bar(scene, band.row, band.middle());
        }
        let bottom = bands.last().map_or(top, |band| band.top + band.height);
        let zero = self.scale.low_px;
        scene.line(at(zero, top), at(zero, bottom), Stroke::solid(self.input.theme.muted, 1.0));
        bottom
    }

    fn paint_bar(&self, scene: &mut Scene, row: usize, middle: f64) {
        let theme = self.input.theme;
        for segment in self.segments(row) {
            let width = (segment.width - SEAM_PX).max(0.5);
            let fill = theme.hue(segment.series);
            scene.rect(Area { x: segment.left, y: middle - BAR_PX / 2.0, width, height: BAR_PX }, fill);
            let text = self.text(row, segment.series);
            if LABEL.width(&text) + 6.0 <= width {
                let lettering = LABEL.in_color(theme.text_on(fill));
                scene.centred(&text, at(segment.left + width / 2.0, middle), Anchor::Middle, lettering);
            }
        }
        if let Some(column) = self.totals.column {
            let text = select::shown(self.input.table, row, column);
            scene.centred(&text, at(RIGHT, middle), Anchor::End, STRONG.in_color(theme.ink));
        }
    }

    /// The segments of a row that have a size.
    fn segments(&self, row: usize) -> Vec<Segment> {
        let mut sum = 0.0;
        let mut segments = Vec::new();
        for (series, column) in self.columns.iter().enumerate() {
            if let Some(size) = size(self.input.table, row, *column).filter(|size| *size > 0.0) {
                let left = self.scale.at(sum);
                sum += size;
                segments.push(Segment { series, left, width: self.scale.at(sum) - left });
            }
        }
        segments
    }

    /// Writes each series' name over its segment in the first bar, if all fit; else the key has to say it.
    fn name_segments(&self, scene: &mut Scene) -> bool {
        let Some(first) = self.rows.first() else { return false };
        let segments = self.segments(*first);
        let fits = |segment: &Segment| LABEL.width(&self.name(segment.series)) + 8.0 <= segment.width;
        if segments.len() < self.columns.len() || !segments.iter().all(fits) {
            return false;
        }
        for segment in segments {
            let lettering = LABEL.in_color(self.input.theme.ink);
            scene.centred(&self.name(segment.series), at(segment.left, 8.0), Anchor::Start, lettering);
        }
        true
    }

    fn name(&self, series: usize) -> String {
        clean(&self.input.table.columns[self.columns[series]].label)
    }

    fn text(&self, row: usize, series: usize) -> String {
        let column = self.columns[series];
        written(cell(self.input.table, row, column), &self.input.table.columns[column])
    }

    fn keys(&self) -> Vec<Key> {
        let key = |series: usize| Key::new(Symbol::Bar(self.input.theme.hue(series)), self.name(series));
        (0..self.columns.len()).map(key).collect()
    }
}
