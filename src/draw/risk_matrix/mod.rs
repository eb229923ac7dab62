//! Where are the risks? Probability upwards, consequence to the right, the ids in their cells.
//!
//! A cell's level is told three ways: by its score in the corner, by the band at its left (the higher, the denser) and
//! by its shade. A risk whose score has changed has a triangle up or down beside its id, a new one the word "ny", and
//! last year's place holds an open ring with the id. Where a cell has no room for its ids it says how many they are:
//! nothing is cut.

mod contents;

mod words;

#[cfg(test)]
mod samples;

use super::chart::{Chart, Drawn};
use super::figure::SheetForm;
use super::frame::{Body, INNER, Key, MARGIN, RIGHT};
use super::input::Input;
use super::marks::{CHANGE, Swatch, Symbol};
#[cfg(test)]
use super::samples::Sample;
use super::scene::{Anchor, Area, Point, Scene, Stroke, at};
use super::select;
use super::text::{Font, LABEL, Paragraph, STRONG, SUBTITLE, TITLE};
use super::theme::Theme;
use crate::domain::swedish;
use crate::domain::table::{MeasureTable, NoteKind};
use crate::job::plan::RiskScalePlan;
use contents::{Content, RiskId, Square, Standing};

/// White between squares.
const GAP: f64 = 3.0;
/// Width of the band that tells the level by its pattern.
const BAND: f64 = 9.0;
/// Around what stands in a square.
const AIR: f64 = 6.0;
/// Least height of a square.
const LEAST: f64 = 62.0;
/// More lines of ids than this are a number.
const MOST_LINES: usize = 5;
/// Between ids on a line.
const BETWEEN: f64 = 10.0;
/// A triangle or ring beside an id.
const MARK: f64 = 11.0;
const WIDEST_LABELS: f64 = 130.0;
/// How far apart the lines of a band are, the highest level first; 0 is a full band.
const EVERY: [f64; 4] = [0.0, 5.0, 9.0, 16.0];

/// Risks by probability and consequence.
pub(super) struct RiskMatrix;

impl Chart for RiskMatrix {
    /// In: the register's ranked list, or counts of events. Out: the matrix, drawn even when it holds no risk.
    fn body(&self, input: &Input<'_>) -> Option<Body> {
        let scale = input.chart.scale.as_deref()?;
        if is_absent(input.table) {
            return None;
        }
        let matrix = Matrix::of(input, scale);
        let painted = matrix.paint();
        let columns = if contents::is_list(input.table) {
            select::columns(input, |column| contents::DRAWN.contains(&column.key.as_str()))
        } else {
            (0..input.table.columns.len()).collect()
        };
        Some(Body {
            keys: matrix.keys(),
            remark: Some(printed!("draw-risk-score-in-corner")),
            note: matrix.note(),
            rows: (0..input.table.rows.len()).collect(),
            columns,
            ..painted
        })
    }

    fn describe(&self, drawn: &Drawn<'_>) -> String {
        let scale = drawn.chart.scale.as_deref();
        scale.map(|scale| words::describe(scale, drawn.table)).unwrap_or_default()
    }

    fn in_sheet(&self) -> SheetForm {
        SheetForm::Cells
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<Sample> {
        samples::all()
    }
}

/// A source that was not delivered says so in its only note: no matrix is drawn, since an empty one would claim that
/// there are no risks.
fn is_absent(table: &MeasureTable) -> bool {
    let missing = table.notes.iter().any(|note| note.kind == NoteKind::Missing);
    table.n == 0 && missing && (table.rows.is_empty() || !contents::is_list(table))
}

struct Matrix<'a> {
    theme: &'a Theme,
    scale: &'a RiskScalePlan,
    /// By probability from the highest, then by consequence from the lowest.
    rows: Vec<Vec<Square>>,
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
        let mut rows = contents::rows(input.table, scale);
        rows.iter_mut().flatten().for_each(|square| fit(square, width - BAND - 2.0 * AIR));
        let height = |row: &Vec<Square>| row.iter().map(height_of).fold(LEAST, f64::max);
        let heights = rows.iter().map(height).collect();
        Matrix { theme: input.theme, scale, rows, side, below, left, width, heights }
    }

    fn paint(&self) -> Body {
        let mut scene = Scene::default();
        let heading = STRONG.in_color(self.theme.ink);
        scene.text(&self.scale.axes[0], at(MARGIN, STRONG.baseline()), Anchor::Start, heading);
        let mut y = STRONG.line_height() + 4.0;
        for (index, row) in self.rows.iter().enumerate() {
            let (height, side) = (self.heights[index], &self.side[index]);
            let start = at(MARGIN, y + (height - side.height()) / 2.0);
            scene.paragraph(side, start, Anchor::Start, self.theme.ink);
            for (column, square) in row.iter().enumerate() {
                let x = self.left + column as f64 * (self.width + GAP);
                self.paint_square(&mut scene, square, Area { x, y, width: self.width, height });
            }
            y += height + GAP;
        }
        y += 2.0;
        for (column, label) in self.below.iter().enumerate() {
            let middle = self.left + column as f64 * (self.width + GAP) + self.width / 2.0;
            scene.paragraph(label, at(middle, y), Anchor::Middle, self.theme.ink);
        }
        y += self.below.iter().map(Paragraph::height).fold(0.0, f64::max) + 2.0;
        scene.text(&self.scale.axes[1], at(RIGHT, y + STRONG.baseline()), Anchor::End, heading);
        Body { scene, height: y + STRONG.line_height(), ..Body::default() }
    }

    fn paint_square(&self, scene: &mut Scene, square: &Square, area: Area) {
        let level = self.scale.level_of(square.score);
        self.paint_ground(scene, level, area);
        let ink = self.theme.ink;
        let corner = at(area.right() - AIR, area.y + 3.0 + LABEL.baseline());
        scene.text(&square.score.to_string(), corner, Anchor::End, LABEL.in_color(ink));
        let middle = at(area.x + (BAND + area.width) / 2.0, area.y + area.height / 2.0);
        match &square.content {
            Content::Count(0) => scene.centred("0", middle, Anchor::Middle, LABEL.in_color(ink)),
            Content::Count(count) => {
                let text = swedish::integer(*count);
                scene.centred(&text, middle, Anchor::Middle, number_font(&text, area.width).in_color(ink));
            }
            Content::Many(count) => {
                let text = if *count == 1 { printed!("draw-one-risk") } else { printed!("draw-risk-count", count) };
                scene.centred(&text, middle, Anchor::Middle, STRONG.in_color(ink));
            }
            Content::Risks(lines) => {
                let top = area.y + 3.0 + LABEL.line_height();
                for (index, line) in lines.iter().enumerate() {
                    let start = at(area.x + BAND + AIR, top + index as f64 * LABEL.line_height());
                    self.paint_line(scene, line, start);
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
        let levels = &self.scale.levels;
        let weight = level.map_or(0.0, |level| (level + 1) as f64 / levels.len() as f64);
        // The lowest of the named levels has an empty band if nothing is below it.
        let is_bottom = level == Some(0) && levels.first().is_some_and(|(from, _)| *from <= 1);
        let named = level.filter(|_| !is_bottom);
        let every = named.map(|level| EVERY[(levels.len() - 1 - level).min(EVERY.len() - 1)]);
        Swatch { ground: self.theme.shade(weight * 0.9), ink: self.theme.ink, every }
    }

    fn paint_line(&self, scene: &mut Scene, risks: &[RiskId], start: Point) {
        let (ink, middle) = (self.theme.ink, start.y + LABEL.line_height() / 2.0);
        let mut x = start.x;
        for risk in risks {
            let mark = at(x + MARK / 2.0 - 1.0, middle);
            match risk.standing {
                Standing::Rose => CHANGE.paint(scene, mark, ink),
                Standing::Fell => CHANGE.turned().paint(scene, mark, ink),
                Standing::Was => scene.ring(mark, 3.6, Stroke::solid(ink, 1.4)),
                Standing::Same | Standing::Came => {}
            }
            let font = if risk.standing == Standing::Was { LABEL } else { STRONG };
            let baseline = at(x + lead(risk.standing), start.y + LABEL.baseline());
            scene.text(&risk.text(), baseline, Anchor::Start, font.in_color(ink));
            x += width_of(risk) + BETWEEN;
        }
    }

    fn keys(&self) -> Vec<Key> {
        let ink = self.theme.ink;
        let levels = (0..self.scale.levels.len()).rev();
        let mut keys: Vec<Key> =
            levels.map(|level| Key::new(Symbol::Swatch(self.swatch(Some(level))), self.level_text(level))).collect();
        let marks = [
            (Standing::Rose, Symbol::Up(ink), word!("draw-risk-higher-than-before")),
            (Standing::Fell, Symbol::Down(ink), word!("draw-risk-lower-than-before")),
            (Standing::Was, Symbol::Ring(ink), word!("draw-risk-place-before")),
        ];
        let used = marks.into_iter().filter(|(standing, ..)| self.shows(*standing));
        keys.extend(used.map(|(_, symbol, text)| Key::new(symbol, text)));
        keys
    }

    /// "Hög: 8–11"
    fn level_text(&self, level: usize) -> String {
        let (from, label) = &self.scale.levels[level];
        match self.scale.levels.get(level + 1) {
            Some((next, _)) if next - 1 == *from => format!("{label}: {from}"),
            Some((next, _)) => format!("{label}: {from}–{}", next - 1),
            None => printed!("draw-risk-level-and-more", label, from),
        }
    }

    /// True if some risk that is written stands so.
    fn shows(&self, standing: Standing) -> bool {
        self.rows.iter().flatten().any(|square| match &square.content {
            Content::Risks(lines) => lines.iter().flatten().any(|risk| risk.standing == standing),
            Content::Count(_) | Content::Many(_) => false,
        })
    }

    fn note(&self) -> Option<String> {
        let many = self.rows.iter().flatten().any(|square| matches!(square.content, Content::Many(_)));
        many.then(|| printed!("draw-risk-names-without-room"))
    }
}

/// Numbers of events are as large as their square allows.
fn number_font(text: &str, width: f64) -> Font {
    let room = width - BAND - 2.0 * AIR;
    [TITLE, SUBTITLE].into_iter().find(|font| font.width(text) <= room).unwrap_or(LABEL)
}

/// Room for the mark beside an id.
fn lead(standing: Standing) -> f64 {
    match standing {
        Standing::Rose | Standing::Fell | Standing::Was => MARK,
        Standing::Same | Standing::Came => 0.0,
    }
}

fn width_of(risk: &RiskId) -> f64 {
    lead(risk.standing) + STRONG.width(&risk.text())
}

/// Lines of ids in the width that there is; last year's places go first when there is no room, then the ids.
fn fit(square: &mut Square, width: f64) {
    let Content::Risks(lines) = &square.content else { return };
    let all: Vec<RiskId> = lines.iter().flatten().cloned().collect();
    let now: Vec<RiskId> = all.iter().filter(|risk| risk.standing != Standing::Was).cloned().collect();
    let count = now.len();
    let fitting = [all, now].into_iter().find_map(|risks| lines_of(risks, width));
    square.content = fitting.map_or(Content::Many(count), Content::Risks);
}

fn lines_of(risks: Vec<RiskId>, width: f64) -> Option<Vec<Vec<RiskId>>> {
    let mut lines: Vec<Vec<RiskId>> = Vec::new();
    let mut x = 0.0;
    for risk in risks {
        let needed = width_of(&risk);
        if needed > width {
            return None;
        }
        match lines.last_mut().filter(|_| x + needed <= width) {
            Some(line) => line.push(risk),
            None => {
                x = 0.0;
                lines.push(vec![risk]);
            }
        }
        x += needed + BETWEEN;
    }
    (lines.len() <= MOST_LINES).then_some(lines)
}

fn height_of(square: &Square) -> f64 {
    match &square.content {
        Content::Risks(lines) => (lines.len() + 1) as f64 * LABEL.line_height() + 9.0,
        Content::Count(_) | Content::Many(_) => LEAST,
    }
}

// The squares share the width between the margins.
const _: () = assert!(INNER > WIDEST_LABELS);
