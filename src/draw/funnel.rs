//! Funnel: value against size for all municipalities, with the limits of chance; ours named, the far ones too.
//!
//! In: the table of a funnel. Out: points, and lines for centre, 95 % and 99,8 %. Who is beyond 99,8 % is a triangle, we
//! are a diamond, all others are dots: shape says it, colour only helps.

use super::Input;
use super::axis::{Axis, Measured, Scale};
use super::frame::{Body, INNER, Key, MARGIN, RIGHT, Symbol};
use super::line::tick_text;
use super::scene::{Anchor, Area, Point, Scene, Stroke, at};
use super::select::{self, cell, size};
use super::strip::diamond;
use super::text::{Font, LABEL, STRONG, clean};
use crate::domain::table::{MeasureTable, NoteKind, Role, Value};

const HEIGHT: f64 = 330.0;
const DOT_PX: f64 = 3.0;
const OWN_PX: f64 = 6.5;
const TRIANGLE_PX: f64 = 5.5;
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

pub fn body(input: &Input<'_>) -> Option<Body> {
    let (table, columns) = (input.table, Columns::of(input.table)?);
    let drawn = |row: &usize| size(table, *row, columns.value).is_some() && size(table, *row, columns.size).is_some();
    let rows: Vec<usize> = select::rows(input).into_iter().filter(drawn).collect();
    rows.first()?;
    let measured = select::measured(table.columns[columns.value].unit);
    let limits = || columns.limits.iter().flatten();
    let heights = rows.iter().flat_map(|row| {
        [columns.value].into_iter().chain(limits().copied()).filter_map(|column| size(table, *row, column))
    });
    let y_axis = Axis::around(heights, input.chart.axis, measured);
    let x_axis = Axis::of(rows.iter().filter_map(|row| size(table, *row, columns.size)), None, Measured::Whole);
    let ticks = y_axis.ticks.iter().map(|tick| LABEL.width(&tick_text(&y_axis, *tick, measured))).fold(0.0, f64::max);
    let left = MARGIN + ticks + 8.0;
    let last = LABEL.width(&tick_text(&x_axis, x_axis.high, Measured::Whole)) / 2.0;
    let x = x_axis.scale(left, RIGHT - last.max(OWN_PX + 2.0));
    let y = y_axis.scale(HEIGHT - OWN_PX, OWN_PX + 2.0);
    let chart = Chart { input, columns, rows, x_axis, y_axis, x, y, measured };
    let (scene, height) = chart.paint();
    let keys = chart.keys();
    let told = chart.columns.told();
    Some(Body { scene, height, keys, note: remarks(table), rows: chart.rows, columns: told, ..Body::default() })
}

/// What must be known to read the limits: how they are made, and what a word takes. A figure often stands without its table.
fn remarks(table: &MeasureTable) -> Option<String> {
    let remarks = table.notes.iter().filter(|note| note.kind == NoteKind::Other).map(|note| note.text.as_str());
    let remarks: Vec<&str> = remarks.collect();
    (!remarks.is_empty()).then(|| remarks.join(" "))
}

struct Chart<'a> {
    input: &'a Input<'a>,
    columns: Columns,
    rows: Vec<usize>,
    x_axis: Axis,
    y_axis: Axis,
    x: Scale,
    y: Scale,
    measured: Measured,
}

/// What a point is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ordinary,
    Above,
    Below,
}

impl Chart<'_> {
    fn paint(&self) -> (Scene, f64) {
        let mut scene = Scene::default();
        let bottom = self.paint_axes(&mut scene);
        self.paint_limits(&mut scene);
        let (own, others): (Vec<usize>, Vec<usize>) =
            self.rows.iter().partition(|row| select::is_emphasised(self.input, **row));
        others.iter().for_each(|row| self.paint_point(&mut scene, *row, false));
        own.iter().for_each(|row| self.paint_point(&mut scene, *row, true));
        let mut names = 0;
        let far: Vec<usize> = others.into_iter().filter(|row| self.kind(*row) != Kind::Ordinary).collect();
        for (row, font) in own.iter().map(|row| (row, STRONG)).chain(far.iter().map(|row| (row, LABEL))) {
            names += usize::from(names < MOST_NAMES && self.paint_name(&mut scene, *row, font));
        }
        (scene, bottom)
    }

    /// Grid, ticks and the title of the size axis; where all of it ends.
    fn paint_axes(&self, scene: &mut Scene) -> f64 {
        let theme = self.input.theme;
        for tick in &self.y_axis.ticks {
            let y = self.y.at(*tick);
            scene.line(at(self.x.low_px, y), at(self.x.high_px, y), Stroke::solid(theme.grid, 1.0));
            let text = tick_text(&self.y_axis, *tick, self.measured);
            scene.centred(&text, at(self.x.low_px - 6.0, y), Anchor::End, LABEL, theme.muted);
        }
        let mut last_end = f64::NEG_INFINITY;
        for tick in &self.x_axis.ticks {
            let (x, text) = (self.x.at(*tick), tick_text(&self.x_axis, *tick, Measured::Whole));
            let half = LABEL.width(&text) / 2.0;
            scene.line(at(x, HEIGHT), at(x, HEIGHT + 4.0), Stroke::solid(theme.muted, 1.0));
            if x - half > last_end + 4.0 {
                scene.centred(&text, at(x, HEIGHT + 14.0), Anchor::Middle, LABEL, theme.muted);
                last_end = x + half;
            }
        }
        let title = clean(&self.input.table.columns[self.columns.size].label);
        let title = LABEL.wrap(&title, INNER);
        scene.paragraph(&title, self.x.high_px, HEIGHT + 24.0, Anchor::End, theme.muted);
        HEIGHT + 24.0 + title.height()
    }

    fn paint_limits(&self, scene: &mut Scene) {
        let theme = self.input.theme;
        if let Some(centre) =
            self.input.table.total_row().and_then(|row| select::magnitude(&row.values[self.columns.value]))
        {
            let y = self.y.at(centre);
            scene.line(at(self.x.low_px, y), at(self.x.high_px, y), Stroke::solid(theme.ink, 1.2));
        }
        let Some([low_95, high_95, low_998, high_998]) = self.columns.limits else { return };
        let dashed = Stroke { color: theme.muted, width_px: 1.4, dash: DASH };
        for (column, stroke) in [
            (low_95, dashed),
            (high_95, dashed),
            (low_998, Stroke::solid(theme.muted, 1.4)),
            (high_998, Stroke::solid(theme.muted, 1.4)),
        ] {
            let points = self.curve(column);
            if points.len() > 1 {
                scene.path(points, stroke);
            }
        }
    }

    /// A limit over the sizes; between two of them it goes as one over the root of the size does.
    fn curve(&self, column: usize) -> Vec<Point> {
        let table = self.input.table;
        let known = self
            .rows
            .iter()
            .filter_map(|row| Some((size(table, *row, self.columns.size)?, size(table, *row, column)?)));
        let mut known: Vec<(f64, f64)> = known.collect();
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

    fn kind(&self, row: usize) -> Kind {
        let verdict = self.columns.verdict.map(|verdict| cell(self.input.table, row, verdict));
        match verdict {
            Some(Value::Text(word)) if word == "över" => Kind::Above,
            Some(Value::Text(word)) if word == "under" => Kind::Below,
            _ => Kind::Ordinary,
        }
    }

    fn paint_point(&self, scene: &mut Scene, row: usize, own: bool) {
        let (theme, Point { x, y }) = (self.input.theme, self.point(row));
        let triangle = |scene: &mut Scene, up: f64| {
            let r = TRIANGLE_PX;
            scene.polygon(vec![at(x, y - up * r), at(x + r, y + up * r * 0.8), at(x - r, y + up * r * 0.8)], theme.ink);
        };
        match (own, self.kind(row)) {
            (true, _) => {
                diamond(scene, x, y, OWN_PX + 1.8, super::contrast::Rgb::WHITE);
                diamond(scene, x, y, OWN_PX, theme.accent);
            }
            (false, Kind::Above) => triangle(scene, 1.0),
            (false, Kind::Below) => triangle(scene, -1.0),
            (false, Kind::Ordinary) => scene.disc(at(x, y), DOT_PX, theme.residual),
        }
    }

    /// The name beside its point, where it is free; false if nowhere.
    fn paint_name(&self, scene: &mut Scene, row: usize, font: Font) -> bool {
        let name = clean(&self.input.table.rows[row].label);
        let (Point { x, y }, width, half) = (self.point(row), font.width(&name), font.size_px / 2.0);
        let places = [
            (x + 10.0, y),
            (x - 10.0 - width, y),
            (x - width / 2.0, y - 15.0),
            (x - width / 2.0, y + 15.0),
            (x + 8.0, y - 13.0),
            (x + 8.0, y + 13.0),
            (x - 8.0 - width, y - 13.0),
            (x - 8.0 - width, y + 13.0),
        ];
        let fits = |place: &&(f64, f64)| {
            let area = Area { x: place.0, y: place.1 - half, width, height: font.size_px };
            let inside = area.x >= self.x.low_px && area.right() <= RIGHT && area.y >= 0.0 && area.bottom() <= HEIGHT;
            inside && scene.is_free(&area)
        };
        // Better beside all points than over some of them.
        let covered = |place: &&(f64, f64)| {
            let area = Area { x: place.0, y: place.1 - half, width, height: font.size_px }.grown(TRIANGLE_PX);
            let point = |row: &usize| self.point(*row);
            let under = |at: &Point| (area.x..area.right()).contains(&at.x) && (area.y..area.bottom()).contains(&at.y);
            self.rows.iter().map(point).filter(under).count()
        };
        let Some((left, middle)) = places.iter().filter(fits).min_by_key(covered).copied() else { return false };
        // Our own name stands in any case; another's rather not at all than over a point.
        if font != STRONG && covered(&&(left, middle)) > 0 {
            return false;
        }
        let color = if font == STRONG { self.input.theme.accent } else { self.input.theme.ink };
        scene.on_white(&name, at(left, middle), Anchor::Start, font, color);
        true
    }

    fn keys(&self) -> Vec<Key> {
        let theme = self.input.theme;
        let key = |symbol, text: &str| Key { symbol, text: text.to_string() };
        let own = self.rows.iter().find(|row| select::is_emphasised(self.input, **row));
        let own = own.map(|row| key(Symbol::Diamond(theme.accent), &self.input.table.rows[*row].label));
        let mut keys: Vec<Key> = own.into_iter().collect();
        keys.push(key(Symbol::Small(theme.residual), "en annan kommun"));
        let has = |kind: Kind| self.rows.iter().any(|row| self.kind(*row) == kind);
        if has(Kind::Above) || has(Kind::Below) {
            keys.push(key(Symbol::Triangle(theme.ink), "utanför 99,8 %"));
        }
        if self.columns.limits.is_some() {
            keys.push(key(Symbol::Line(Stroke::solid(theme.muted, 1.4)), "gräns 99,8 %"));
            keys.push(key(Symbol::Line(Stroke { color: theme.muted, width_px: 1.4, dash: DASH }), "gräns 95 %"));
            keys.push(key(Symbol::Line(Stroke::solid(theme.ink, 1.2)), "centrumlinje"));
        }
        keys
    }
}
