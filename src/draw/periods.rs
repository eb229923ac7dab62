//! Names of periods below a plot.
//!
//! In: labels, oldest first, and where each period stands. Out: those that have room; nothing is turned or cut.

use super::frame::{MARGIN, RIGHT};
use super::scene::{Anchor, Area, Scene, at};
use super::text::{LABEL, Paragraph};
use super::theme::Theme;

/// The names of a plot's periods.
pub(super) struct PeriodLabels<'a> {
    pub labels: &'a [String],
    /// Distance between two periods.
    pub slot: f64,
    /// Where the labels begin.
    pub top: f64,
}

impl PeriodLabels<'_> {
    /// Returns where they end.
    pub(super) fn paint(&self, scene: &mut Scene, x: impl Fn(usize) -> f64, theme: &Theme) -> f64 {
        let mut bottom = self.top;
        for (index, label) in fitting(self.labels, self.slot).iter().enumerate() {
            let Some(label) = label else { continue };
            let (half, height) = (label.width() / 2.0, label.height());
            let x = held(x(index), half);
            if scene.is_free(&Area { x: x - half - 3.0, y: self.top, width: 2.0 * half + 6.0, height }) {
                scene.paragraph(label, at(x, self.top), Anchor::Middle, theme.muted);
                bottom = bottom.max(self.top + height);
            }
        }
        bottom
    }
}

/// The middle of a text, so far from its period that the text stays between the margins.
pub(super) fn held(x: f64, half: f64) -> f64 {
    x.min(RIGHT - half).max(MARGIN + half)
}

/// Labels of the periods that have room: wrapped, months short where they must be, else every second, third …
fn fitting(periods: &[String], slot: f64) -> Vec<Option<Paragraph>> {
    let fits = |label: &String| LABEL.widest_word(label) <= slot - 4.0;
    let short: Vec<String> = periods.iter().map(|label| short_month(label)).collect();
    let chosen = if periods.iter().all(fits) { periods } else { &short };
    let widest = chosen.iter().map(|label| LABEL.widest_word(label)).fold(0.0, f64::max) + 8.0;
    let every = ((widest / slot).ceil() as usize).max(1);
    let room = slot * every as f64 - 4.0;
    chosen.iter().enumerate().map(|(index, label)| (index % every == 0).then(|| LABEL.wrap(label, room))).collect()
}

/// "september 2023" as "sep 2023": the usual short names of months.
fn short_month(label: &str) -> String {
    let months: [(&str, &str); 9] = [
        ("januari", "jan"),
        ("februari", "feb"),
        ("april", "apr"),
        ("augusti", "aug"),
        ("september", "sep"),
        ("oktober", "okt"),
        ("november", "nov"),
        ("december", "dec"),
        ("kvartal ", "kv\u{a0}"),
    ];
    let lower = label.to_lowercase();
    let found = months.iter().find(|(long, _)| lower.starts_with(long));
    found.map_or_else(|| label.to_string(), |(long, short)| format!("{short}{}", &lower[long.len()..]))
}
