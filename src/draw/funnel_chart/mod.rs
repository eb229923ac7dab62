//! Funnel: value against size for all municipalities, with the limits of chance; ours named, the far ones too.
//!
//! In: the table of a funnel. Out: points, and lines for centre, 95 % and 99,8 %. Who is beyond 99,8 % is a triangle, we
//! are a diamond, all others are dots: shape says it, colour only helps.

mod words;

use super::axis::{Axis, Measured, Scale};
use super::chart::{Chart, Drawn};
use super::figure::SheetForm;
use super::frame::{Body, INNER, Key, MARGIN, RIGHT};
use super::input::Input;
use super::marks::{Symbol, Triangle, diamond};
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Point, Scene, Stroke, at};
use super::select::{self, cell, size};
use super::text::{LABEL, STRONG, clean};
use crate::domain::contrast::Rgb;
use crate::domain::said::Said;
use crate::domain::spc::Side;
use crate::domain::table::{MeasureTable, NoteKind, Role, Value};
#[cfg(test)]
use crate::job::plan::ChartKind;

const HEIGHT: f64 = 330.0;
const DOT_PX: f64 = 3.0;
const OWN_PX: f64 = 6.5;
const TRIANGLE_PX: f64 = 5.5;
const BEYOND: Triangle = Triangle { rise: TRIANGLE_PX, half: TRIANGLE_PX, drop: TRIANGLE_PX * 0.8 };
/// Steps of a curve between two sizes.
const STEPS: usize = 10;
/// More names than this nobody reads.
const MOST_NAMES: usize = 12;
const DASH: &[f64] = &[5.0, 4.0];

/// The columns of a funnel's table.
struct Columns {
    value: usize,
    size: usize,
    /// Lower and upper at 95 %, lower and upper at 99,8 %.
    limits: Option<[usize; 4]>,
    verdict: Option<usize>,
}

impl Columns {
    fn of(table: &MeasureTable) -> Option<Columns> {
        let value = table.column_of_role(Role::Current)?;
        let size = table.column_of_role(Role::N)?;
        let keys = ["lower_95", "upper_95", "lower_998", "upper_998"];
        let limits: Option<Vec<usize>> = keys.iter().map(|key| table.column(key)).collect();
        let limits = limits.and_then(|limits| limits.try_into().ok());
        Some(Columns { value, size, limits, verdict: table.column("verdict") })
    }

    fn told(&self) -> Vec<usize> {
        let limits = self.limits.into_iter().flatten();
        [self.value, self.size].into_iter().chain(limits).chain(self.verdict).collect()
    }
}

/// Values against sizes, with limits of chance.
pub(super) struct FunnelChart;

impl Chart for FunnelChart {
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let (table, columns) = (input.table, Columns::of(input.table)?);
        let drawn =
            |row: &usize| size(table, *row, columns.value).is_some() && size(table, *row, columns.size).is_some();
        let rows: Vec<usize> = select::rows(input).into_iter().filter(drawn).collect();
        rows.first()?;
        let heights: Vec<usize> = std::iter::once(columns.value).chain(columns.limits.into_iter().flatten()).collect();
        let measured = select::measured(table.columns[columns.value].unit);
        let heights = select::sizes(table, &rows, &heights).into_iter();
        let y_axis = Axis::around(heights, input.chart.axis, measured);
        let x_axis = Axis::of(rows.iter().filter_map(|row| size(table, *row, columns.size)), None, Measured::Whole);
        let left = MARGIN + y_axis.text_width() + 8.0;
        let last = LABEL.width(&x_axis.text(x_axis.high)) / 2.0;
        let x = x_axis.scale(left, RIGHT - last.max(OWN_PX + 2.0));
        let y = y_axis.scale(HEIGHT - OWN_PX, OWN_PX + 2.0);
        let funnel = Funnel { input, columns, rows, x_axis, y_axis, x, y };
        let painted = funnel.paint();
        let keys = funnel.keys();
        let told = funnel.columns.told();
        Some(Body { keys, note: remarks(table), rows: funnel.rows, columns: told, ..painted })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        words::describe(drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Cells
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::draw::samples::{as_ours, funnel};
        let title = "Andel positiva svar och antal svar i alla kommuner";
        let of = |name, table| Sample::of(ChartKind::FunnelChart, name, title, table).with(as_ours);
        vec![of("funnel_290", funnel(290)), of("funnel_8", funnel(8))]
    }
}

/// What must be known to read the limits: how they are made, and what a word takes. A figure often stands without its table.
fn remarks(table: &MeasureTable) -> Option<String> {
    let remarks = table.notes.iter().filter(|note| note.kind == NoteKind::Other).map(|note| note.text.as_str());
    let remarks: Vec<&str> = remarks.collect();
    (!remarks.is_empty()).then(|| remarks.join(" "))
}

struct Funnel<'a> {
    input: &'a Input<'a>,
    columns: Columns,
    rows: Vec<usize>,
    x_axis: Axis,
    y_axis: Axis,
    x: Scale,
    y: Scale,
}

impl Funnel<'_> {
    fn paint(&self) -> Body {
        let mut scene = Scene::default();
        let bottom = self.paint_axes(&mut scene);
        self.paint_limits(&mut scene);
        let (own, others): (Vec<usize>, Vec<usize>) = self.rows.iter().partition(|row| self.is_own(**row));
        others.iter().chain(&own).for_each(|row| self.paint_point(&mut scene, *row));
        let far = others.into_iter().filter(|row| self.beyond(*row).is_some());
        let mut names = 0;
        for row in own.into_iter().chain(far) {
            names += usize::from(names < MOST_NAMES && self.paint_name(&mut scene, row));
        }
        Body { scene, height: bottom, ..Body::default() }
    }

    fn is_own(&self, row: usize) -> bool {
        select::is_emphasised(self.input, row)
    }

    /// Grid, ticks and the title of the size axis; where all of it ends.
    fn paint_axes(&self, scene: &mut Scene) -> f64 {
        let theme = self.input.theme;
        let lettering = LABEL.in_color(theme.muted);
        for tick in &self.y_axis.ticks {
            let y = self.y.at(*tick);
            scene.line(at(self.x.low_px, y), at(self.x.high_px, y), Stroke::solid(theme.grid, 1.0));
            scene.centred(&self.y_axis.text(*tick), at(self.x.low_px - 6.0, y), Anchor::End, lettering);
        }
        let mut last_end = f64::NEG_INFINITY;
        for tick in &self.x_axis.ticks {
            let (x, text) = (self.x.at(*tick), self.x_axis.text(*tick));
            let half = LABEL.width(&text) / 2.0;
            scene.line(at(x, HEIGHT), at(x, HEIGHT + 4.0), Stroke::solid(theme.muted, 1.0));
            if x - half > last_end + 4.0 {
                scene.centred(&text, at(x, HEIGHT + 14.0), Anchor::Middle, lettering);
                last_end = x + half;
            }
        }
        let title = LABEL.wrap(&clean(&self.input.table.columns[self.columns.size].label), INNER);
        scene.paragraph(&title, at(self.x.high_px, HEIGHT + 24.0), Anchor::End, theme.muted);
        HEIGHT + 24.0 + title.height()
    }

    fn paint_limits(&self, scene: &mut Scene) {
        let theme = self.input.theme;
        let centre = self.input.table.total_row().and_then(|row| select::magnitude(&row.values[self.columns.value]));
        if let Some(centre) = centre {
            let y = self.y.at(centre);
            scene.line(at(self.x.low_px, y), at(self.x.high_px, y), Stroke::solid(theme.ink, 1.2));
        }
        let strokes = [self.dashed(), self.dashed(), self.whole(), self.whole()];
        for (column, stroke) in self.columns.limits.into_iter().flatten().zip(strokes) {
            let points = self.curve(column);
            if points.len() > 1 {
                scene.path(points, stroke);
            }
        }
    }

    /// Limits of 95 per cent.
    fn dashed(&self) -> Stroke {
        Stroke { dash: DASH, ..self.whole() }
    }

    /// Limits of 99,8 per cent.
    fn whole(&self) -> Stroke {
        Stroke::solid(self.input.theme.muted, 1.4)
    }

    /// A limit over the sizes; between two of them it goes as one over the root of the size does.
    fn curve(&self, column: usize) -> Vec<Point> {
        let table = self.input.table;
        let limit = |row: &usize| Some((size(table, *row, self.columns.size)?, size(table, *row, column)?));
        let mut known: Vec<(f64, f64)> = self.rows.iter().filter_map(limit).collect();
        known.sort_by(|one, two| one.0.total_cmp(&two.0));
        known.dedup_by(|one, two| one.0 == two.0);
        let mut points: Vec<Point> = Vec::new();
        for pair in known.windows(2) {
            let [(from, low), (to, high)] = [pair[0], pair[1]];
            for step in 0..STEPS {
                let share = step as f64 / STEPS as f64;
                let root = from.powf(-0.5) + share * (to.powf(-0.5) - from.powf(-0.5));
                let n = root.powi(-2);
                points.push(at(self.x.at(n), self.y.at(low + share * (high - low))));
            }
        }
        points.extend(known.last().map(|(n, limit)| at(self.x.at(*n), self.y.at(*limit))));
        points
    }

    fn point(&self, row: usize) -> Point {
        let place = |column: usize| size(self.input.table, row, column).unwrap_or_default();
        at(self.x.at(place(self.columns.size)), self.y.at(place(self.columns.value)))
    }

    /// On which side of the outer limits it lies.
    fn beyond(&self, row: usize) -> Option<Side> {
        match self.columns.verdict.map(|verdict| cell(self.input.table, row, verdict)) {
            Some(Value::Said(Said::Beyond(side))) => Some(*side),
            _ => None,
        }
    }

    fn paint_point(&self, scene: &mut Scene, row: usize) {
        let (theme, center) = (self.input.theme, self.point(row));
        if self.is_own(row) {
            diamond(scene, center, OWN_PX + 1.8, Rgb::WHITE);
            return diamond(scene, center, OWN_PX, theme.accent);
        }
        match self.beyond(row) {
            Some(Side::Up) => BEYOND.paint(scene, center, theme.ink),
            Some(Side::Down) => BEYOND.turned().paint(scene, center, theme.ink),
            None => scene.disc(center, DOT_PX, theme.residual),
        }
    }

    /// The name beside its point, where it is free; false if nowhere.
    fn paint_name(&self, scene: &mut Scene, row: usize) -> bool {
        let is_own = self.is_own(row);
        let lettering =
            if is_own { STRONG.in_color(self.input.theme.accent) } else { LABEL.in_color(self.input.theme.ink) };
        let (name, font) = (clean(&self.input.table.rows[row].label), lettering.font);
        let (Point { x, y }, width) = (self.point(row), font.width(&name));
        let places = [
            at(x + 10.0, y),
            at(x - 10.0 - width, y),
            at(x - width / 2.0, y - 15.0),
            at(x - width / 2.0, y + 15.0),
            at(x + 8.0, y - 13.0),
            at(x + 8.0, y + 13.0),
            at(x - 8.0 - width, y - 13.0),
            at(x - 8.0 - width, y + 13.0),
        ];
        let area = |place: &Point| Area { x: place.x, y: place.y - font.size_px / 2.0, width, height: font.size_px };
        let free = places.iter().filter(|place| self.is_inside(&area(place)) && scene.is_free(&area(place)));
        // Better beside all points than over some of them.
        let counted = free.map(|place| (self.covered(area(place)), *place));
        let Some((covered, place)) = counted.min_by_key(|(covered, _)| *covered) else { return false };
        // Our own name stands in any case; another's rather not at all than over a point.
        let is_written = is_own || covered == 0;
        if is_written {
            scene.on_white(&name, place, Anchor::Start, lettering);
        }
        is_written
    }

    fn is_inside(&self, area: &Area) -> bool {
        area.x >= self.x.low_px && area.right() <= RIGHT && area.y >= 0.0 && area.bottom() <= HEIGHT
    }

    /// How many points a name in this box would cover.
    fn covered(&self, area: Area) -> usize {
        let area = area.grown(TRIANGLE_PX);
        let is_under =
            |point: &Point| (area.x..area.right()).contains(&point.x) && (area.y..area.bottom()).contains(&point.y);
        self.rows.iter().map(|row| self.point(*row)).filter(is_under).count()
    }

    fn keys(&self) -> Vec<Key> {
        let theme = self.input.theme;
        let own = self.rows.iter().find(|row| self.is_own(**row));
        let mut keys = Vec::new();
        keys.extend(own.map(|row| Key::new(Symbol::Diamond(theme.accent), &self.input.table.rows[*row].label)));
        keys.push(Key::new(Symbol::Small(theme.residual), word!("draw-funnel-another")));
        if self.rows.iter().any(|row| self.beyond(*row).is_some()) {
            keys.push(Key::new(Symbol::Triangle(theme.ink), word!("draw-funnel-beyond-998")));
        }
        if self.columns.limits.is_some() {
            keys.push(Key::new(Symbol::Line(self.whole()), word!("draw-funnel-limit-998")));
            keys.push(Key::new(Symbol::Line(self.dashed()), word!("draw-funnel-limit-95")));
            keys.push(Key::new(Symbol::Line(Stroke::solid(theme.ink, 1.2)), "centrumlinje"));
        }
        keys
    }
}
