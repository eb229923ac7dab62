//! What every figure has around its marks: title, subtitle and key above, notes and source below.
//!
//! In: a chart's [`Body`] and its table. Out: the whole scene and its height. All text is wrapped to the figure's width.

use super::input::Input;
use super::marks::Symbol;
use super::scene::{Anchor, Area, Scene, at};
use super::text::{LABEL, Lettering, SUBTITLE, TITLE, clean};
use super::theme::Theme;
use crate::domain::contrast::Rgb;
use crate::domain::swedish;
use crate::domain::table::{NoteKind, TableNote};

/// Width of every figure. 640 px are 160 mm in print, so that 13 px are 9 pt.
pub(super) const WIDTH: f64 = 640.0;
pub(super) const MARGIN: f64 = 12.0;
/// Width between the margins.
pub(super) const INNER: f64 = WIDTH - 2.0 * MARGIN;
/// Right end of what stands between the margins.
pub(super) const RIGHT: f64 = WIDTH - MARGIN;

/// What a chart makes: marks from y = 0 downwards between the margins, and what the frame says about them.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub scene: Scene,
    pub height: f64,
    /// Wider than [`WIDTH`] only where a table has more columns than that can hold.
    pub width: f64,
    pub keys: Vec<Key>,
    /// Added to the subtitle: how cells are shaded.
    pub remark: Option<String>,
    /// Added to the table's notes: rows that are left out.
    pub note: Option<String>,
    /// Indices of the table's rows and columns that are drawn.
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
}

/// A symbol and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    pub symbol: Symbol,
    pub text: String,
}

impl Key {
    pub(super) fn new(symbol: Symbol, text: impl Into<String>) -> Key {
        Key { symbol, text: text.into() }
    }
}

/// A figure before it is written.
pub(super) struct Layout {
    pub scene: Scene,
    pub width: f64,
    pub height: f64,
}

/// The figure's subtitle and notes as text, for the scene and for `Figure`.
pub(super) fn subtitle(input: &Input<'_>, body: &Body) -> String {
    let table = input.table;
    let mut parts = match &input.chart.subtitle {
        Some(subtitle) => vec![subtitle.clone()],
        None => {
            let n = format!("n{}={}{}", '\u{a0}', '\u{a0}', swedish::integer(table.n.min(i64::MAX as u64) as i64));
            let counted = if table.n > 0 && table.counts_events { n } else { String::new() };
            vec![capitalised(&table.what), table.period.clone(), counted]
        }
    };
    parts.extend(body.remark.clone());
    parts.retain(|part| !part.trim().is_empty());
    clean(&parts.join(", "))
}

/// Notes that matter to one who sees the figure only.
pub(super) fn notes(input: &Input<'_>, body: &Body) -> Vec<TableNote> {
    let matters = |note: &&TableNote| {
        use NoteKind::{FewAnswers, Method, Missing, NotASum, Undated, Withheld};
        matches!(note.kind, NotASum | Withheld | FewAnswers | Missing | Undated | Method)
    };
    let own = body.note.iter().map(|text| TableNote { kind: NoteKind::Other, text: text.clone() });
    own.chain(input.table.notes.iter().filter(matters).cloned()).collect()
}

/// The whole figure.
pub(super) fn compose(input: &Input<'_>, body: Body) -> Layout {
    let theme = input.theme;
    let mut scene = Scene::default();
    let subtitle = subtitle(input, &body);
    let notes = notes(input, &body);
    let width = body.width.max(WIDTH).ceil();
    let mut y = 8.0;
    y += lines(&mut scene, &input.chart.title, y, TITLE.in_color(theme.ink)) + 2.0;
    y += lines(&mut scene, &subtitle, y, SUBTITLE.in_color(theme.muted));
    y += keys(&mut scene, &body.keys, y + 8.0, theme) + 12.0;
    scene.append(body.scene, y);
    y += body.height + 12.0;
    for note in &notes {
        y += lines(&mut scene, &note.text, y, LABEL.in_color(theme.muted));
    }
    y += lines(&mut scene, &input.table.source, y, LABEL.in_color(theme.muted)) + 8.0;
    let height = y.ceil();
    let mut ground = Scene::default();
    ground.rect(Area { x: 0.0, y: 0.0, width, height }, Rgb::WHITE);
    ground.append(scene, 0.0);
    Layout { scene: ground, width, height }
}

/// Text from margin to margin; returns its height.
fn lines(scene: &mut Scene, text: &str, top: f64, lettering: Lettering) -> f64 {
    let paragraph = lettering.font.wrap(&clean(text), INNER);
    scene.paragraph(&paragraph, at(MARGIN, top), Anchor::Start, lettering.color);
    paragraph.height()
}

/// The keys in rows; returns their height with the white above, 0 without keys.
fn keys(scene: &mut Scene, keys: &[Key], top: f64, theme: &Theme) -> f64 {
    let (mut x, mut y) = (MARGIN, top);
    let mut row_height: f64 = 0.0;
    for key in keys {
        let text = LABEL.wrap(&clean(&key.text), INNER - 20.0);
        let width = 20.0 + text.width();
        if x > MARGIN && x + width > RIGHT {
            (x, y) = (MARGIN, y + row_height + 2.0);
            row_height = 0.0;
        }
        key.symbol.paint(scene, theme, at(x + 7.0, y + LABEL.line_height() / 2.0));
        scene.paragraph(&text, at(x + 20.0, y), Anchor::Start, theme.ink);
        row_height = row_height.max(text.height());
        x += width + 18.0;
    }
    if keys.is_empty() { 0.0 } else { y + row_height - top + 8.0 }
}

/// The text with a capital first.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
