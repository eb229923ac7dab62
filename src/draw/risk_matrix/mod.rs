//! Where are the risks? Probability upwards, consequence to the right, the ids in their cells.
//!
//! A cell's level is told three ways: by its score in the corner, by the band at its left (the higher, the denser) and
//! by its shade. A risk whose score has changed has a triangle up or down beside its id, a new one the word "ny", and
//! last year's place holds an open ring with the id. Where a cell has no room for its ids it says how many they are:
//! nothing is cut.

mod cells;

mod words;

pub use words::describe;

use super::Input;
use super::contrast::Rgb;
use super::frame::{Body, INNER, Key, MARGIN, RIGHT, Symbol};
use super::scene::{Anchor, Area, Scene, Stroke, at};
use super::select;
use super::text::{Font, LABEL, Paragraph, STRONG, SUBTITLE, TITLE};
use super::theme::Theme;
use crate::domain::table::{MeasureTable, NoteKind};
use crate::job::plan::RiskScalePlan;
use cells::{Cell, Content, Item, Mark};

/// White between cells.
const GAP: f64 = 3.0;
/// Width of the band that tells the level by its pattern.
const BAND: f64 = 9.0;
/// Around what stands in a cell.
const AIR: f64 = 6.0;
/// Least height of a cell.
const LEAST: f64 = 62.0;
/// More lines of ids than this are a number.
const MOST_LINES: usize = 5;
/// Between ids on a line.
const BETWEEN: f64 = 10.0;
/// A triangle or ring beside an id.
const MARK: f64 = 11.0;
const WIDEST_LABELS: f64 = 130.0;

/// In: the register's ranked list, or counts of events. Out: the matrix, drawn even when it holds no risk.
pub fn body(input: &Input<'_>) -> Option<Body> {
    let scale = input.chart.scale.as_deref()?;
    if is_absent(input.table) {
        return None;
    }
    let matrix = Matrix::of(input, scale);
    let (scene, height) = matrix.paint();
    let columns = match cells::is_list(input.table) {
        true => select::columns(input, |column| cells::DRAWN.contains(&column.key.as_str())),
        false => (0..input.table.columns.len()).collect(),
    };
    Some(Body {
        scene,
        height,
        keys: matrix.keys(),
        remark: Some("riskvärdet i rutans hörn".to_string()),
        note: matrix.note(),
        rows: (0..input.table.rows.len()).collect(),
        columns,
        ..Body::default()
    })
}

/// A source that was not delivered says so in its only note: no matrix is drawn, since an empty one would claim that
/// there are no risks.
fn is_absent(table: &MeasureTable) -> bool {
    let missing = table.notes.iter().any(|note| note.kind == NoteKind::Missing);
    table.n == 0 && missing && (table.rows.is_empty() || !cells::is_list(table))
}

struct Matrix<'a> {
    theme: &'a Theme,
    scale: &'a RiskScalePlan,
    /// By probability from the highest, then by consequence from the lowest.
    rows: Vec<Vec<Cell>>,
    side: Vec<Paragraph>,
    below: Vec<Paragraph>,
    left: f64,
    width: f64,
    heights: Vec<f64>,
}

impl<'a> Matrix<'a> {
    fn of(input: &'a Input<'a>, scale: &'a RiskScalePlan) -> Matrix<'a> {
        let steps = f64::from(scale.steps);
        let name = |step: u8, words: &[String]| RiskScalePlan::name_of(step, words);
        let side: Vec<Paragraph> =
            (1..=scale.steps).rev().map(|step| LABEL.wrap(&name(step, &scale.probability), WIDEST_LABELS)).collect();
        let axes = &scale.axes;
        let widest = side.iter().map(Paragraph::width).fold(STRONG.width(&axes[0]), f64::max);
        let left = MARGIN + widest + 10.0;
        let width = (RIGHT - left + GAP) / steps - GAP;
        let below: Vec<Paragraph> =
            (1..=scale.steps).map(|step| LABEL.balance(&name(step, &scale.consequence), width)).collect();
        let mut rows = cells::rows(input.table, scale);
        rows.iter_mut().flatten().for_each(|cell| fit(cell, width - BAND - 2.0 * AIR));
        let height = |row: &Vec<Cell>| row.iter().map(height_of).fold(LEAST, f64::max);
        let heights = rows.iter().map(height).collect();
        Matrix { theme: input.theme, scale, rows, side, below, left, width, heights }
    }

    fn paint(&self) -> (Scene, f64) {
        let mut scene = Scene::default();
        scene.text(&self.scale.axes[0], at(MARGIN, STRONG.baseline()), Anchor::Start, STRONG, self.theme.ink);
        let mut y = STRONG.line_height() + 4.0;
        for (index, row) in self.rows.iter().enumerate() {
            let (height, side) = (self.heights[index], &self.side[index]);
            scene.paragraph(side, MARGIN, y + (height - side.height()) / 2.0, Anchor::Start, self.theme.ink);
            for (column, cell) in row.iter().enumerate() {
                let x = self.left + column as f64 * (self.width + GAP);
                self.paint_cell(&mut scene, cell, Area { x, y, width: self.width, height });
            }
            y += height + GAP;
        }
        y += 2.0;
        for (column, label) in self.below.iter().enumerate() {
            let middle = self.left + column as f64 * (self.width + GAP) + self.width / 2.0;
            scene.paragraph(label, middle, y, Anchor::Middle, self.theme.ink);
        }
        y += self.below.iter().map(Paragraph::height).fold(0.0, f64::max) + 2.0;
        scene.text(&self.scale.axes[1], at(RIGHT, y + STRONG.baseline()), Anchor::End, STRONG, self.theme.ink);
        (scene, y + STRONG.line_height())
    }

    fn paint_cell(&self, scene: &mut Scene, cell: &Cell, area: Area) {
        let level = self.scale.level_of(cell.score);
        self.paint_ground(scene, level, area);
        let (x, ink) = (area.x + BAND + AIR, self.theme.ink);
        let corner = at(area.right() - AIR, area.y + 3.0 + LABEL.baseline());
        scene.text(&cell.score.to_string(), corner, Anchor::End, LABEL, ink);
        let top = area.y + 3.0 + LABEL.line_height();
        let middle = at(area.x + (BAND + area.width) / 2.0, area.y + area.height / 2.0);
        match &cell.content {
            Content::Count(0) => scene.centred("0", middle, Anchor::Middle, LABEL, ink),
            Content::Count(count) => {
                let text = crate::domain::swedish::integer(*count);
                scene.centred(&text, middle, Anchor::Middle, number_font(&text, area.width), ink);
            }
            Content::Many(count) => {
                let text = if *count == 1 { "1 risk".to_string() } else { format!("{count} risker") };
                scene.centred(&text, middle, Anchor::Middle, STRONG, ink);
            }
            Content::Items(lines) => {
                for (index, line) in lines.iter().enumerate() {
                    self.paint_line(scene, line, x, top + index as f64 * LABEL.line_height());
                }
            }
        }
    }

    /// Shade, and the band whose lines are the denser the higher the level.
    fn paint_ground(&self, scene: &mut Scene, level: Option<usize>, area: Area) {
        let swatch = self.swatch(level);
        scene.rect(area, self.theme.grid);
        scene.rect(area.grown(-1.0), swatch.ground);
        let band = Area { x: area.x + 1.0, y: area.y + 1.0, width: BAND, height: area.height - 2.0 };
        swatch.paint(scene, band);
    }

    fn swatch(&self, level: Option<usize>) -> Swatch {
        let levels = self.scale.levels.len();
        let weight = level.map_or(0.0, |level| (level + 1) as f64 / levels as f64);
        let every = level.map(|level| EVERY[(levels - 1 - level).min(EVERY.len() - 1)]);
        // The lowest of the named levels has an empty band if nothing is below it.
        let every = if self.scale.levels.first().is_some_and(|(from, _)| *from <= 1) && level == Some(0) {
            None
        } else {
            every
        };
        Swatch { ground: self.theme.shade(weight * 0.9), ink: self.theme.ink, every }
    }

    fn paint_line(&self, scene: &mut Scene, items: &[Item], x: f64, top: f64) {
        let (mut x, middle) = (x, top + LABEL.line_height() / 2.0);
        for item in items {
            let (font, color) = match item.mark {
                Mark::Was => (LABEL, self.theme.ink),
                _ => (STRONG, self.theme.ink),
            };
            let mark = at(x + MARK / 2.0 - 1.0, middle);
            match item.mark {
                Mark::Rose => triangle(scene, mark.x, mark.y, -4.5, color),
                Mark::Fell => triangle(scene, mark.x, mark.y, 4.5, color),
                Mark::Was => scene.ring(mark, 3.6, Stroke::solid(color, 1.4)),
                Mark::Same | Mark::Came => {}
            }
            let text = x + lead(item.mark);
            scene.text(&item.text(), at(text, top + LABEL.baseline()), Anchor::Start, font, color);
            x += width_of(item) + BETWEEN;
        }
    }

    fn keys(&self) -> Vec<Key> {
        let scale = self.scale;
        let level = |(index, (from, label)): (usize, &(u32, String))| {
            let text = match scale.levels.get(index + 1) {
                Some((next, _)) if next - 1 == *from => format!("{label}: {from}"),
                Some((next, _)) => format!("{label}: {from}–{}", next - 1),
                None => format!("{label}: {from} och mer"),
            };
            Key { symbol: Symbol::Swatch(self.swatch(Some(index))), text }
        };
        let mut keys: Vec<Key> = scale.levels.iter().enumerate().rev().map(level).collect();
        let has = |mark: Mark| {
            let shown = self.rows.iter().flatten().filter_map(|cell| match &cell.content {
                Content::Items(lines) => Some(lines),
                _ => None,
            });
            shown.flatten().flatten().any(|item| item.mark == mark)
        };
        let ink = self.theme.ink;
        let marks = [
            (Mark::Rose, Symbol::Up(ink), "högre riskvärde än föregående år"),
            (Mark::Fell, Symbol::Down(ink), "lägre riskvärde än föregående år"),
            (Mark::Was, Symbol::Ring(ink), "plats föregående år"),
        ];
        let used = marks.into_iter().filter(|(mark, ..)| has(*mark));
        keys.extend(used.map(|(_, symbol, text)| Key { symbol, text: text.to_string() }));
        keys
    }

    fn note(&self) -> Option<String> {
        let many = self.rows.iter().flatten().any(|cell| matches!(cell.content, Content::Many(_)));
        many.then(|| "Där riskernas beteckningar inte får plats står antalet; alla finns i listan.".to_string())
    }
}

/// How far apart the lines of a band are, the highest level first; 0 is a full band.
const EVERY: [f64; 4] = [0.0, 5.0, 9.0, 16.0];

/// How a level looks, in a cell and in the key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swatch {
    pub ground: Rgb,
    pub ink: Rgb,
    /// Distance between the lines of its band; none without lines.
    pub every: Option<f64>,
}

impl Swatch {
    /// The band in an area.
    pub fn paint(self, scene: &mut Scene, area: Area) {
        let Some(every) = self.every else { return };
        if every == 0.0 {
            return scene.rect(area, self.ink);
        }
        let mut y = area.y + 2.0;
        while y + 2.0 <= area.bottom() {
            scene.rect(Area { y, height: 2.0, ..area }, self.ink);
            y += every;
        }
    }
}

/// An upright triangle with its point up (`tip` below nought) or down.
pub fn triangle(scene: &mut Scene, x: f64, y: f64, tip: f64, color: Rgb) {
    scene.polygon(vec![at(x, y + tip), at(x + 4.5, y - tip * 0.7), at(x - 4.5, y - tip * 0.7)], color);
}

/// Numbers of events are as large as their cell allows.
fn number_font(text: &str, width: f64) -> Font {
    let room = width - BAND - 2.0 * AIR;
    [TITLE, SUBTITLE].into_iter().find(|font| font.width(text) <= room).unwrap_or(LABEL)
}

fn lead(mark: Mark) -> f64 {
    match mark {
        Mark::Rose | Mark::Fell | Mark::Was => MARK,
        Mark::Same | Mark::Came => 0.0,
    }
}

fn width_of(item: &Item) -> f64 {
    lead(item.mark) + STRONG.width(&item.text())
}

/// Lines of ids in the width that there is; last year's places go first when there is no room, then the ids.
fn fit(cell: &mut Cell, width: f64) {
    let Content::Items(lines) = &cell.content else { return };
    let items: Vec<Item> = lines.iter().flatten().cloned().collect();
    let now: Vec<Item> = items.iter().filter(|item| item.mark != Mark::Was).cloned().collect();
    let count = now.len();
    let fitting = [items, now].into_iter().find_map(|items| lines_of(items, width));
    cell.content = fitting.map_or(Content::Many(count), Content::Items);
}

fn lines_of(items: Vec<Item>, width: f64) -> Option<Vec<Vec<Item>>> {
    let mut lines: Vec<Vec<Item>> = Vec::new();
    let mut x = 0.0;
    for item in items {
        let needed = width_of(&item);
        if needed > width {
            return None;
        }
        match lines.last_mut().filter(|_| x + needed <= width) {
            Some(line) => line.push(item),
            None => {
                x = 0.0;
                lines.push(vec![item]);
            }
        }
        x += needed + BETWEEN;
    }
    (lines.len() <= MOST_LINES).then_some(lines)
}

fn height_of(cell: &Cell) -> f64 {
    match &cell.content {
        Content::Items(lines) => (lines.len() + 1) as f64 * LABEL.line_height() + 9.0,
        _ => LEAST,
    }
}

// The cells share the width between the margins.
const _: () = assert!(INNER > WIDEST_LABELS);
