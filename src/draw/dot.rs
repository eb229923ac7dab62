//! Better than the goal, the mean, last year? One line an indicator; the direction that is good written once.

use super::alt_text::of_values;
use super::axis::{Axis, Scale};
use super::chart::{Chart, Drawn};
use super::figure::{NativeChart, SheetForm};
use super::frame::{Body, Key, MARGIN, RIGHT};
use super::gridlines;
use super::input::Input;
use super::labels::{Labels, RowBand, RowNumbers, RowRoom};
use super::marks::Symbol;
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select::{self, absence, cell, size};
use super::series::of_one_measure;
use super::text::LABEL;
use crate::domain::swedish::NO_BREAK_SPACE;
use crate::domain::table::{Direction, Role, TableRow};
#[cfg(test)]
use crate::job::plan::ChartKind;

const DOT_PX: f64 = 5.5;
const TICK_PX: f64 = 22.0;
const DASH_PX: f64 = 16.0;
/// Where the lines begin, below the texts of the axis.
const TOP: f64 = 20.0;

/// Points on lines.
pub(super) struct Dot;

impl Chart for Dot {
    /// In: this period and last, goal and mean of some indicators. Out: rows in the table's order, in blocks by direction.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let marks = Marks::of(input)?;
        let columns = marks.columns();
        let (rows, measured) = of_one_measure(input.table, select::rows(input), &columns);
        let values = select::sizes(input.table, &rows, &columns);
        values.first()?;
        let labels = Labels::of(input, &rows, 0.40);
        let whiskers: Vec<(f64, f64)> =
            rows.iter().filter_map(|row| select::interval(input.table, *row, marks.now)).collect();
        let ends = whiskers.iter().flat_map(|(low, high)| [*low, *high]);
        let axis = Axis::of(values.into_iter().chain(ends), input.chart.axis, measured);
        let room = rows.iter().map(|row| marks.numbers(input, *row).width()).fold(0.0, f64::max);
        let scale = axis.scale(labels.right() + 6.0, RIGHT - room - 16.0);
        let lines = DotLines { input, marks, rows, labels, axis, scale };
        let blocks = lines.blocks();
        let mut scene = Scene::default();
        let height = lines.paint(&mut scene, &blocks);
        let rows = blocks.iter().flat_map(|block| &block.members).map(|index| lines.rows[*index]).collect();
        let note = (!whiskers.is_empty()).then(|| printed!("draw-whisker-note"));
        let columns = select::with_limits(input.table, &columns);
        Some(Body { scene, height, keys: lines.keys(), note, rows, columns, ..Body::default() })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        of_values(word!("draw-alt-dot"), drawn)
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Chart(NativeChart::ComparedBars)
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        use crate::draw::samples::{foster_homes, keks};
        vec![
            Sample::of(ChartKind::Dot, "dot", "Ungdomsverksamheten mot mål och snitt", keks()),
            Sample::of(ChartKind::Dot, "dot_foster", "Brukarenkät familjehem", foster_homes()),
        ]
    }
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
        let is_named =
            |column: &usize| input.chart.columns.is_empty() || select::columns(input, |_| false).contains(column);
        let is_period =
            |then: &usize| !matches!(input.table.columns[*then].role, Role::Goal | Role::Reference | Role::Mean);
        Some(Marks {
            now,
            then: then.filter(is_period),
            goal: role(Role::Goal).filter(is_named),
            mean: role(Role::Reference).or(role(Role::Mean)).filter(is_named),
        })
    }

    fn columns(&self) -> Vec<usize> {
        [Some(self.now), self.then, self.goal, self.mean].into_iter().flatten().collect()
    }

    /// `69 % (62 %)` and, below, `mål 50 %`.
    fn numbers(&self, input: &Input<'_>, row: usize) -> RowNumbers {
        let text = |column: usize| select::shown(input.table, row, column);
        let is_missing = size(input.table, row, self.now).is_none();
        let now = if is_missing { absence(cell(input.table, row, self.now)).to_string() } else { text(self.now) };
        let then = select::in_parentheses(self.then.map(text).unwrap_or_default());
        let goal = self.goal.filter(|goal| size(input.table, row, *goal).is_some());
        let below = goal.map_or_else(String::new, |goal| printed!("draw-goal-in", NO_BREAK_SPACE, goal = text(goal)));
        RowNumbers { now, is_missing, then, below }
    }
}

struct DotLines<'a> {
    input: &'a Input<'a>,
    marks: Marks,
    rows: Vec<usize>,
    labels: Labels<'a>,
    axis: Axis,
    scale: Scale,
}

/// Rows for which the same direction is good.
struct Block {
    /// What is better; `None` where no row's direction is known.
    words: Option<&'static str>,
    /// Places among the rows.
    members: Vec<usize>,
}

impl DotLines<'_> {
    /// Returns where the lines end.
    fn paint(&self, scene: &mut Scene, blocks: &[Block]) -> f64 {
        let theme = self.input.theme;
        gridlines::lying_texts(scene, &self.axis, &self.scale, 8.0, theme);
        let mut lines = Scene::default();
        let mut y = TOP;
        for (number, block) in blocks.iter().enumerate() {
            if let Some(words) = block.words {
                y += if number == 0 { 4.0 } else { 14.0 };
                lines.centred(words, at(MARGIN, y + 9.0), Anchor::Start, LABEL.in_color(theme.muted));
                y += 22.0;
            }
            for index in &block.members {
                let band = self.labels.band(*index, y, self.room());
                self.paint_row(&mut lines, &band);
                y += band.height;
            }
        }
        gridlines::uprights(scene, &self.axis, &self.scale, [TOP, y], theme);
        scene.append(lines, 0.0);
        y
    }

    fn room(&self) -> RowRoom {
        RowRoom { least: if self.marks.goal.is_some() { 42.0 } else { 28.0 }, air: 10.0 }
    }

    /// Rows by the direction that is good, with its words; one block without words where no direction is known.
    fn blocks(&self) -> Vec<Block> {
        let table = self.input.table;
        let of = |kind: Direction| -> Vec<usize> {
            (0..self.rows.len()).filter(|index| direction(self.input, &table.rows[self.rows[*index]]) == kind).collect()
        };
        let neither = of(Direction::Neither);
        if neither.len() == self.rows.len() {
            return vec![Block { words: None, members: neither }];
        }
        let blocks = [
            Block { words: Some(word!("draw-higher-is-better-way")), members: of(Direction::Higher) },
            Block { words: Some(word!("draw-lower-is-better-way")), members: of(Direction::Lower) },
            Block { words: Some(word!("draw-no-way-is-better")), members: neither },
        ];
        blocks.into_iter().filter(|block| !block.members.is_empty()).collect()
    }

    fn paint_row(&self, scene: &mut Scene, band: &RowBand) {
        let (table, theme, middle) = (self.input.table, self.input.theme, band.middle());
        self.labels.paint(scene, band, middle);
        let x = |column: Option<usize>| size(table, band.row, column?).map(|size| self.scale.at(size));
        let (now, then) = (x(Some(self.marks.now)), x(self.marks.then));
        scene.line(at(self.scale.low_px, middle), at(self.scale.high_px, middle), Stroke::solid(theme.grid, 1.0));
        if let (Some(now), Some(then)) = (now, then) {
            scene.line(at(then, middle), at(now, middle), Stroke::solid(theme.pale, 2.0));
        }
        if let Some(mean) = x(self.marks.mean) {
            scene.rect(Area { x: mean - 2.5, y: middle - DASH_PX / 2.0, width: 5.0, height: DASH_PX }, theme.residual);
        }
        if let Some(goal) = x(self.marks.goal) {
            let half = TICK_PX / 2.0;
            scene.line(at(goal, middle - half), at(goal, middle + half), Stroke::solid(theme.ink, 2.2));
        }
        if let Some((low, high)) = select::interval(table, band.row, self.marks.now) {
            self.paint_whisker(scene, [self.scale.at(low), self.scale.at(high)], middle);
        }
        if let Some(then) = then {
            scene.ring(at(then, middle), DOT_PX - 0.8, Stroke::solid(theme.accent, 1.8));
        }
        if let Some(now) = now {
            scene.disc(at(now, middle), DOT_PX, theme.accent);
        }
        self.marks.numbers(self.input, band.row).paint(scene, at(self.scale.high_px + 16.0, middle), theme);
    }

    fn paint_whisker(&self, scene: &mut Scene, ends: [f64; 2], middle: f64) {
        let stroke = Stroke::solid(self.input.theme.accent, 1.2);
        scene.line(at(ends[0], middle), at(ends[1], middle), stroke);
        for end in ends {
            scene.line(at(end, middle - 4.0), at(end, middle + 4.0), stroke);
        }
    }

    fn keys(&self) -> Vec<Key> {
        let theme = self.input.theme;
        let Marks { now, then, goal, mean } = self.marks;
        let marks = [
            (Some(now), Symbol::Dot(theme.accent)),
            (then, Symbol::Ring(theme.accent)),
            (goal, Symbol::Tick(theme.ink)),
            (mean, Symbol::Dash(theme.residual)),
        ];
        let label = |column: usize| &self.input.table.columns[column].label;
        marks.into_iter().filter_map(|(column, symbol)| Some(Key::new(symbol, label(column?)))).collect()
    }
}

fn direction(input: &Input<'_>, row: &TableRow) -> Direction {
    row.key.last().and_then(|key| input.table.directions.get(key)).copied().unwrap_or(Direction::Neither)
}
