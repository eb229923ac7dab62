//! Better than the goal, the mean, last year? One line an indicator; the direction that is good written once.

use super::Input;
use super::axis::{Axis, Measured, Scale};
use super::frame::{Body, Key, MARGIN, RIGHT, Symbol};
use super::labels::Labels;
use super::line::{tick_text, with_limits};
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, absence, cell, size};
use super::series::of_one_measure;
use super::text::{LABEL, STRONG};
use crate::domain::swedish::NO_BREAK_SPACE;
use crate::domain::table::{Direction, Role, TableRow};

const DOT_PX: f64 = 5.5;
const TICK_PX: f64 = 22.0;
const DASH_PX: f64 = 16.0;

/// In: this period and last, goal and mean of some indicators. Out: rows in the table's order, in blocks by direction.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let marks = Marks::of(input)?;
    let columns = marks.columns();
    let (rows, measured) = of_one_measure(input.table, select::rows(input), &columns);
    rows.iter().flat_map(|row| columns.iter().filter_map(|column| size(input.table, *row, *column))).next()?;
    let labels = Labels::of(input, &rows, 0.40);
    let values = rows.iter().flat_map(|row| columns.iter().filter_map(|column| size(input.table, *row, *column)));
    let ends = rows.iter().filter_map(|row| whisker(input, *row, marks.now)).flat_map(|(low, high)| [low, high]);
    let axis = Axis::of(values.chain(ends), input.chart.axis, measured);
    let numbers = rows.iter().map(|row| marks.numbers_width(input, *row)).fold(0.0, f64::max);
    let scale = axis.scale(labels.right() + 6.0, RIGHT - numbers - 16.0);
    let chart = Chart { input, marks, labels, axis, scale, measured };
    let (scene, height, drawn) = chart.paint(&rows);
    let note = drawn.iter().any(|row| whisker(input, *row, chart.marks.now).is_some());
    let note = note.then(|| WHISKER_NOTE.to_string());
    let columns = with_limits(input.table, &columns);
    Some(Body { scene, height, keys: chart.keys(), note, rows: drawn, columns, ..Body::default() })
}

const WHISKER_NOTE: &str = "Det smala strecket genom årets punkt är ett osäkerhetsintervall (95\u{a0}%).";

/// Ends of the interval of this period's value.
fn whisker(input: &Input<'_>, row: usize, now: usize) -> Option<(f64, f64)> {
    let (lower, upper) = input.table.limits_of(now)?;
    Some((size(input.table, row, lower)?, size(input.table, row, upper)?))
}

/// The columns that give each line its marks.
#[derive(Debug, Clone, Copy)]
struct Marks {
    now: usize,
    then: Option<usize>,
    goal: Option<usize>,
    mean: Option<usize>,
}

impl Marks {
    fn of(input: &Input<'_>) -> Option<Marks> {
        let (now, then) = select::now_and_then(input)?;
        let role = |role: Role| input.table.column_of_role(role).filter(|column| *column != now);
        let named =
            |column: usize| input.chart.columns.is_empty() || select::columns(input, |_| false).contains(&column);
        let then =
            then.filter(|then| !matches!(input.table.columns[*then].role, Role::Goal | Role::Reference | Role::Mean));
        Some(Marks {
            now,
            then,
            goal: role(Role::Goal).filter(|column| named(*column)),
            mean: role(Role::Reference).or(role(Role::Mean)).filter(|column| named(*column)),
        })
    }

    fn columns(&self) -> Vec<usize> {
        [Some(self.now), self.then, self.goal, self.mean].into_iter().flatten().collect()
    }

    /// `69 % (62 %)` and, below, `mål 50 %`.
    fn numbers(&self, input: &Input<'_>, row: usize) -> (String, String, String) {
        let text = |column: usize| select::shown(input.table, row, column);
        let missing = size(input.table, row, self.now).is_none();
        let now = if missing { absence(cell(input.table, row, self.now)).to_string() } else { text(self.now) };
        let then =
            self.then.map(text).filter(|text| !text.is_empty()).map_or_else(String::new, |text| format!("({text})"));
        let goal = self.goal.filter(|goal| size(input.table, row, *goal).is_some());
        let goal = goal.map_or_else(String::new, |goal| format!("mål{NO_BREAK_SPACE}{}", text(goal)));
        (now, then, goal)
    }

    fn numbers_width(&self, input: &Input<'_>, row: usize) -> f64 {
        let (now, then, goal) = self.numbers(input, row);
        (STRONG.width(&now) + 4.0 + LABEL.width(&then)).max(LABEL.width(&goal))
    }
}

struct Chart<'a> {
    input: &'a Input<'a>,
    marks: Marks,
    labels: Labels,
    axis: Axis,
    scale: Scale,
    measured: Measured,
}

impl Chart<'_> {
    /// The scene, its height and the rows as drawn.
    fn paint(&self, rows: &[usize]) -> (Scene, f64, Vec<usize>) {
        let mut scene = Scene::default();
        let mut y = self.paint_ticks(&mut scene);
        let mut lines = Scene::default();
        let mut drawn = Vec::new();
        let (grid_top, blocks) = (y, self.blocks(rows));
        for (title, members) in &blocks {
            if let Some(title) = title {
                y += if drawn.is_empty() { 4.0 } else { 14.0 };
                lines.centred(title, at(MARGIN, y + 9.0), Anchor::Start, LABEL, self.input.theme.muted);
                y += 22.0;
            }
            for index in members {
                let height = self.labels.row_height(*index, self.least_height(), 10.0);
                self.paint_row(&mut lines, *index, rows[*index], y, height);
                drawn.push(rows[*index]);
                y += height;
            }
        }
        for tick in &self.axis.ticks {
            let x = self.scale.at(*tick);
            scene.line(at(x, grid_top), at(x, y), Stroke::solid(self.input.theme.grid, 1.0));
        }
        scene.append(lines, 0.0);
        (scene, y, drawn)
    }

    fn least_height(&self) -> f64 {
        if self.marks.goal.is_some() { 42.0 } else { 28.0 }
    }

    fn paint_ticks(&self, scene: &mut Scene) -> f64 {
        let mut last_end = f64::NEG_INFINITY;
        for tick in &self.axis.ticks {
            let text = tick_text(&self.axis, *tick, self.measured);
            let (x, half) = (self.scale.at(*tick), LABEL.width(&text) / 2.0);
            if x - half > last_end + 4.0 {
                scene.centred(&text, at(x, 8.0), Anchor::Middle, LABEL, self.input.theme.muted);
                last_end = x + half;
            }
        }
        20.0
    }

    /// Rows by the direction that is good, with its words; one block without words where no direction is known.
    fn blocks(&self, rows: &[usize]) -> Vec<(Option<&'static str>, Vec<usize>)> {
        let kinds = [
            (Direction::Higher, "Högre är bättre →"),
            (Direction::Lower, "← Lägre är bättre"),
            (Direction::Neither, "Ingen riktning är bättre"),
        ];
        let of = |kind: Direction| -> Vec<usize> {
            (0..rows.len())
                .filter(|index| direction(self.input, &self.input.table.rows[rows[*index]]) == kind)
                .collect()
        };
        let neither = of(Direction::Neither);
        if neither.len() == rows.len() {
            return vec![(None, neither)];
        }
        let blocks = kinds.map(|(kind, words)| (Some(words), of(kind)));
        blocks.into_iter().filter(|(_, members)| !members.is_empty()).collect()
    }

    fn paint_row(&self, scene: &mut Scene, index: usize, row: usize, y: f64, height: f64) {
        let (theme, middle) = (self.input.theme, y + height / 2.0);
        self.labels.paint(scene, self.input, index, &self.input.table.rows[row], middle);
        let x = |column: Option<usize>| {
            column.and_then(|column| size(self.input.table, row, column)).map(|size| self.scale.at(size))
        };
        let (now, then) = (x(Some(self.marks.now)), x(self.marks.then));
        scene.line(at(self.scale.low_px, middle), at(self.scale.high_px, middle), Stroke::solid(theme.grid, 1.0));
        if let (Some(now), Some(then)) = (now, then) {
            scene.line(at(then, middle), at(now, middle), Stroke::solid(theme.pale, 2.0));
        }
        if let Some(mean) = x(self.marks.mean) {
            scene.rect(Area { x: mean - 2.5, y: middle - DASH_PX / 2.0, width: 5.0, height: DASH_PX }, theme.residual);
        }
        if let Some(goal) = x(self.marks.goal) {
            scene.line(
                at(goal, middle - TICK_PX / 2.0),
                at(goal, middle + TICK_PX / 2.0),
                Stroke::solid(theme.ink, 2.2),
            );
        }
        if let Some((low, high)) = whisker(self.input, row, self.marks.now) {
            self.paint_whisker(scene, self.scale.at(low), self.scale.at(high), middle);
        }
        if let Some(then) = then {
            scene.ring(at(then, middle), DOT_PX - 0.8, Stroke::solid(theme.accent, 1.8));
        }
        if let Some(now) = now {
            scene.disc(at(now, middle), DOT_PX, theme.accent);
        }
        self.paint_numbers(scene, row, middle);
    }

    fn paint_whisker(&self, scene: &mut Scene, low: f64, high: f64, middle: f64) {
        let stroke = Stroke::solid(self.input.theme.accent, 1.2);
        scene.line(at(low, middle), at(high, middle), stroke);
        for end in [low, high] {
            scene.line(at(end, middle - 4.0), at(end, middle + 4.0), stroke);
        }
    }

    fn paint_numbers(&self, scene: &mut Scene, row: usize, middle: f64) {
        let theme = self.input.theme;
        let (now, then, goal) = self.marks.numbers(self.input, row);
        let x = self.scale.high_px + 16.0;
        let first = if goal.is_empty() { middle } else { middle - 8.5 };
        let missing = size(self.input.table, row, self.marks.now).is_none();
        let (font, color) = if missing { (LABEL, theme.muted) } else { (STRONG, theme.ink) };
        scene.centred(&now, at(x, first), Anchor::Start, font, color);
        scene.centred(&then, at(x + font.width(&now) + 4.0, first), Anchor::Start, LABEL, theme.muted);
        scene.centred(&goal, at(x, middle + 8.5), Anchor::Start, LABEL, theme.muted);
    }

    fn keys(&self) -> Vec<Key> {
        let theme = self.input.theme;
        let key = |column: Option<usize>, symbol: Symbol| {
            column.map(|column| Key { symbol, text: self.input.table.columns[column].label.clone() })
        };
        let Marks { now, then, goal, mean } = self.marks;
        let keys = [
            key(Some(now), Symbol::Dot(theme.accent)),
            key(then, Symbol::Ring(theme.accent)),
            key(goal, Symbol::Tick(theme.ink)),
            key(mean, Symbol::Dash(theme.residual)),
        ];
        keys.into_iter().flatten().collect()
    }
}

fn direction(input: &Input<'_>, row: &TableRow) -> Direction {
    row.key.last().and_then(|key| input.table.directions.get(key)).copied().unwrap_or(Direction::Neither)
}
