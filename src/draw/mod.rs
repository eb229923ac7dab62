//! Draws figures: a `MeasureTable` in, SVG, PNG and alternative text out. Pure; one bundled font; plotters only here.
//!
//! A chart module lays out marks and labels as a `Scene` (`scene`), widths measured in the bundled font (`text`);
//! `frame` adds title, key, notes and source; `svg` lets plotters write it; `png` makes the picture; `alt_text` says it.
//! `theme` and `contrast` hold the colours and check that all readers can tell them apart.

mod alt_text;

mod axis;

mod contrast;

mod dot;

mod frame;

mod grouped_bar;

mod heat;

mod labels;

mod line;

mod multiples;

mod png;

mod ranked_bar;

mod scene;

mod select;

mod series;

mod spc;

mod stacked_bar;

mod svg;

mod text;

pub mod theme;

use crate::diagnostic::Failure;
use crate::domain::table::{MeasureTable, TableNote, file_stem};
use crate::job::plan::{ChartKind, ChartPlan, ThemePlan};

/// A figure in every form a writer needs.
#[derive(Debug, Clone)]
pub struct Figure {
    /// `family.name` of the chart, `/value` if expanded.
    pub name: String,
    pub title: String,
    pub subtitle: String,
    /// A complete SVG document with `<title>`, `<desc>`, `role="img"`; ids prefixed by the figure's stem.
    pub svg: String,
    /// The same at twice the size.
    pub png: Vec<u8>,
    pub width_px: u32,
    pub height_px: u32,
    /// What the figure shows, in Swedish, from the data.
    pub alt_text: String,
    /// The data behind the figure, cut to what is drawn.
    pub data: MeasureTable,
    pub notes: Vec<TableNote>,
    pub source: String,
}

/// What every chart is drawn from.
pub(crate) struct Input<'a> {
    pub chart: &'a ChartPlan,
    pub table: &'a MeasureTable,
    pub theme: &'a theme::Theme,
}

/// The figure of a chart.
///
/// In: the chart's plan and the table of its measure. Out: `None` when the table has no row or no value to draw.
/// Rows: those the chart names, else all but totals and groups; `top` keeps the largest and a note says so.
/// Errors: `internal` if the theme holds what is no colour, or a library refuses to write.
pub fn draw(chart: &ChartPlan, table: &MeasureTable, theme: &ThemePlan) -> Result<Option<Figure>, Failure> {
    let theme = theme::Theme::of(theme)?;
    let input = Input { chart, table, theme: &theme };
    body(&input).map(|body| figure(&input, body)).transpose()
}

fn body(input: &Input<'_>) -> Option<frame::Body> {
    match input.chart.kind {
        ChartKind::RankedBar => ranked_bar::body(input),
        ChartKind::GroupedBar => grouped_bar::body(input),
        ChartKind::StackedBar => stacked_bar::body(input),
        ChartKind::Line => line::body(input),
        ChartKind::Heat => heat::body(input),
        ChartKind::Dot => dot::body(input),
        ChartKind::Multiples => multiples::body(input),
        ChartKind::Spc => spc::body(input),
    }
}

fn figure(input: &Input<'_>, body: frame::Body) -> Result<Figure, Failure> {
    let Input { chart, table, .. } = input;
    let data = select::cut(table, &body.rows, &body.columns);
    let (alt_text, subtitle, notes) =
        (alt_text::describe(chart, table, &data), frame::subtitle(input, &body), frame::notes(input, &body));
    let (scene, width, height) = frame::compose(input, body);
    let (width_px, height_px) = (width as u32, height as u32);
    let stem = file_stem(&chart.name);
    let envelope = svg::Envelope { stem: &stem, title: &chart.title, description: &alt_text, width_px, height_px };
    let svg = svg::document(&scene, envelope)?;
    let png = png::render(&svg)?;
    Ok(Figure {
        name: chart.name.clone(),
        title: chart.title.clone(),
        subtitle,
        svg,
        png,
        width_px,
        height_px,
        alt_text,
        data,
        notes,
        source: table.source.clone(),
    })
}

#[cfg(test)]
mod samples;

#[cfg(test)]
mod spc_samples;

#[cfg(test)]
mod tests;
