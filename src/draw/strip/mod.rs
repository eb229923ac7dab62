//! Where do we stand? All municipalities on one line an indicator, ours marked and named, the middle half shaded.
//!
//! In: the table of a comparison that has a column for every municipality. Out: one strip a row, all on one scale, in the
//! table's order. The figure's data are the summary columns: hundreds of columns nobody reads beside a figure.

mod words;

use std::collections::BTreeMap;

use super::axis::{Axis, Scale};
use super::chart::{Chart, Drawn};
use super::figure::SheetForm;
use super::frame::{Body, Key, RIGHT};
use super::gridlines;
use super::input::Input;
use super::labels::{Labels, RowBand, RowNumbers, RowRoom};
use super::marks::{Symbol, diamond};
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, absence, cell, size, written};
use super::series::of_one_measure;
use super::text::{STRONG, clean};
use crate::domain::contrast::Rgb;
use crate::domain::table::{Direction, Role, RowKind};
#[cfg(test)]
use crate::job::plan::ChartKind;

/// Height of the strip itself, and room above it for our name.
const STRIP_PX: f64 = 34.0;
/// How far the shaded half reaches above and below the dots.
const BAND_PX: f64 = 5.0;
const NAME_PX: f64 = 17.0;
const ROOM: RowRoom = RowRoom { least: STRIP_PX + NAME_PX + 12.0, air: 12.0 };
/// Where the strips begin, below the texts of the axis.
const TOP: f64 = 18.0;
const SMALL_PX: f64 = 1.8;
const OWN_PX: f64 = 6.5;

/// All municipalities on a line.
pub(super) struct Strip;

impl Chart for Strip {
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let columns = Columns::of(input)?;
        let drawn: Vec<usize> = columns.summary.iter().chain(&columns.others).copied().collect();
        let (rows, measured) = of_one_measure(input.table, select::rows(input), &drawn);
        let values = select::sizes(input.table, &rows, &drawn);
        values.first()?;
        let axis = Axis::around(values.into_iter(), input.chart.axis, measured);
        let labels = Labels::of(input, &rows, 0.30);
        let room = rows.iter().map(|row| columns.numbers(input, *row).width()).fold(0.0, f64::max);
        let scale = axis.scale(labels.right() + OWN_PX, RIGHT - room - 16.0);
        let name = columns.name(input);
        let strips = Strips { input, columns, labels, axis, scale, name };
        let painted = strips.paint();
        let (keys, remark) = (strips.keys(), direction_of_all(input, &rows).map(str::to_string));
        let columns = strips.columns.told();
        Some(Body { keys, remark, rows, columns, ..painted })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        words::describe(drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Cells
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::draw::samples::{as_ours, strips};
        let title = "Norrtäljes plats bland kommunerna, fråga för fråga";
        let of = |name, table| Sample::of(ChartKind::Strip, name, title, table).with(as_ours);
        vec![of("strip_290", strips(290)), of("strip_8", strips(8))]
    }
}

/// The columns by what they are.
struct Columns {
    now: usize,
    then: Option<usize>,
    /// Lower quartile, median, upper quartile.
    quartiles: [Option<usize>; 3],
    rank: Option<usize>,
    /// Now, then and quartiles.
    summary: Vec<usize>,
    /// One a municipality, ours among them.
    others: Vec<usize>,
    own: Option<usize>,
}

impl Columns {
    fn of(input: &Input<'_>) -> Option<Columns> {
        let table = input.table;
        let now = table.column_of_role(Role::Current)?;
        let then = table.column_of_role(Role::Previous);
        let quartiles = ["q1", "median", "q3"].map(|key| table.column(key));
        let others: Vec<usize> =
            (0..table.columns.len()).filter(|column| table.columns[*column].role == Role::Part).collect();
        let is_own = |column: &&usize| input.chart.emphasis.contains(&table.columns[**column].key);
        let own = others.iter().find(is_own).copied();
        let summary = [Some(now), then].into_iter().chain(quartiles).flatten().collect();
        Some(Columns { now, then, quartiles, rank: table.column("rank"), summary, others, own })
    }

    /// What we are called: by the column's header, else by the code.
    fn name(&self, input: &Input<'_>) -> String {
        let label = self.own.map(|own| input.table.columns[own].label.clone());
        clean(&label.or_else(|| input.chart.emphasis.first().cloned()).unwrap_or_default())
    }

    /// What the figure's data show.
    fn told(&self) -> Vec<usize> {
        self.summary.iter().copied().chain(self.rank).collect()
    }

    /// `66 % (91 %)` and, below, `plats 250 av 284`.
    fn numbers(&self, input: &Input<'_>, row: usize) -> RowNumbers {
        let table = input.table;
        let text = |column: usize| written(cell(table, row, column), &table.columns[column]);
        let is_missing = size(table, row, self.now).is_none();
        let now = if is_missing { absence(cell(table, row, self.now)).to_string() } else { text(self.now) };
        let then = self.then.filter(|then| size(table, row, *then).is_some());
        let then = select::in_parentheses(then.map(text).unwrap_or_default());
        let rank = self.rank.map(text).filter(|rank| !is_missing && !rank.is_empty());
        RowNumbers {
            now,
            is_missing,
            then,
            below: rank.map_or_else(String::new, |rank| printed!("draw-strip-rank", rank)),
        }
    }
}

struct Strips<'a> {
    input: &'a Input<'a>,
    columns: Columns,
    labels: Labels<'a>,
    axis: Axis,
    scale: Scale,
    name: String,
}

impl Strips<'_> {
    fn paint(&self) -> Body {
        let theme = self.input.theme;
        let (mut scene, mut strips) = (Scene::default(), Scene::default());
        gridlines::lying_texts(&mut scene, &self.axis, &self.scale, 8.0, theme);
        let mut bottom = TOP;
        for band in self.labels.bands(TOP, ROOM) {
            self.paint_row(&mut strips, &band);
            bottom = band.top + band.height;
        }
        gridlines::uprights(&mut scene, &self.axis, &self.scale, [TOP, bottom], theme);
        scene.append(strips, 0.0);
        Body { scene, height: bottom, ..Body::default() }
    }

    fn paint_row(&self, scene: &mut Scene, band: &RowBand) {
        let (theme, row) = (self.input.theme, band.row);
        let middle = band.top + (band.height - STRIP_PX - NAME_PX) / 2.0 + NAME_PX + STRIP_PX / 2.0;
        self.labels.paint(scene, band, middle);
        let x = |column: Option<usize>| size(self.input.table, row, column?).map(|size| self.scale.at(size));
        let [low, median, high] = self.columns.quartiles.map(x);
        if let (Some(low), Some(high)) = (low, high) {
            let area = Area { x: low, y: middle - STRIP_PX / 2.0, width: (high - low).max(1.0), height: STRIP_PX };
            scene.rect(area, theme.shade(0.22));
        }
        scene.line(at(self.scale.low_px, middle), at(self.scale.high_px, middle), Stroke::solid(theme.grid, 1.0));
        self.paint_others(scene, row, middle);
        if let Some(median) = median {
            let half = STRIP_PX / 2.0 + 2.0;
            scene.line(at(median, middle - half), at(median, middle + half), Stroke::solid(theme.ink, 1.6));
        }
        if let Some(then) = x(self.columns.then) {
            scene.ring(at(then, middle), OWN_PX - 1.5, Stroke::solid(theme.accent, 1.8));
        }
        if let Some(now) = x(Some(self.columns.now)) {
            diamond(scene, at(now, middle), OWN_PX + 1.8, Rgb::WHITE);
            diamond(scene, at(now, middle), OWN_PX, theme.accent);
            self.paint_name(scene, now, middle - STRIP_PX / 2.0 - NAME_PX / 2.0);
        }
        self.columns.numbers(self.input, row).paint(scene, at(self.scale.high_px + 16.0, middle), theme);
    }

    /// Our name above the mark, inside the strip's width.
    fn paint_name(&self, scene: &mut Scene, x: f64, y: f64) {
        let half = STRONG.width(&self.name) / 2.0;
        let (low, high) = (self.scale.low_px + half, self.scale.high_px - half);
        let x = if low <= high { x.clamp(low, high) } else { (low + high) / 2.0 };
        scene.on_white(&self.name, at(x, y), Anchor::Middle, STRONG.in_color(self.input.theme.accent));
    }

    /// The others as small dots; those that would cover one another stand above and below the line.
    fn paint_others(&self, scene: &mut Scene, row: usize, middle: f64) {
        let others = self.columns.others.iter().filter(|column| Some(**column) != self.columns.own);
        let mut places: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
        for x in others.filter_map(|column| size(self.input.table, row, *column)).map(|value| self.scale.at(value)) {
            places.entry((x / (2.0 * SMALL_PX)).round() as i64).or_default().push(x);
        }
        for xs in places.values() {
            let step = (2.0 * SMALL_PX).min((STRIP_PX - 2.0 * BAND_PX - 2.0 * SMALL_PX) / xs.len() as f64);
            for (index, x) in xs.iter().enumerate() {
                let side = if index % 2 == 0 { 1.0 } else { -1.0 };
                let away = index.div_ceil(2) as f64 * step * side;
                scene.disc(at(*x, middle + away), SMALL_PX, self.input.theme.residual);
            }
        }
    }

    fn keys(&self) -> Vec<Key> {
        let (theme, columns) = (self.input.theme, &self.input.table.columns);
        let own = |column: usize| format!("{} {}", self.name, columns[column].label);
        let mut keys = vec![Key::new(Symbol::Diamond(theme.accent), own(self.columns.now))];
        keys.extend(self.columns.then.map(|then| Key::new(Symbol::Ring(theme.accent), own(then))));
        keys.push(Key::new(Symbol::Small(theme.residual), word!("draw-funnel-another")));
        keys.push(Key::new(Symbol::Bar(theme.shade(0.22)), word!("draw-strip-middle-half")));
        keys.push(Key::new(Symbol::Tick(theme.ink), "median"));
        keys
    }
}

/// The direction that is good, when it is the same for all rows.
fn direction_of_all(input: &Input<'_>, rows: &[usize]) -> Option<&'static str> {
    let table = input.table;
    let direction = |row: &usize| {
        let key = table.rows[*row].key.last().filter(|_| table.rows[*row].kind == RowKind::Part)?;
        table.directions.get(key).copied()
    };
    let first = direction(rows.first()?)?;
    let words = match first {
        Direction::Higher => word!("draw-higher-is-better"),
        Direction::Lower => word!("draw-lower-is-better"),
        Direction::Neither => return None,
    };
    rows.iter().all(|row| direction(row) == Some(first)).then_some(words)
}
