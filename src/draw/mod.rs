//! Draws figures: a `MeasureTable` in, SVG, PNG and alternative text out. Pure; the bundled font or the job's own; plotters only here.
//!
//! A chart module lays out marks and labels as a `Scene` (`scene`), widths measured in the bundled font (`text`);
//! `frame` adds title, key, notes and source; `svg` lets plotters write it; `png` makes the picture; `alt_text` says it.
//! `theme` holds the colours, `theme_files` looks at the fonts and the logo that a job brings along.

mod alt_text;

mod axis;

mod dot;

mod frame;

mod funnel;

mod grouped_bar;

mod heat;

mod labels;

mod line;

mod multiples;

mod outline;

mod png;

mod ranked_bar;

mod risk_matrix;

mod scene;

mod select;

mod series;

mod spc;

mod stacked_bar;

mod strip;

mod svg;

mod text;

pub mod theme;

pub mod theme_files;

pub use outline::Picture;

use crate::diagnostic::Failure;
use crate::domain::contrast;
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
    let colours = theme::Theme::of(theme)?;
    let input = Input { chart, table, theme: &colours };
    let drawn = || body(&input).map(|body| figure(&input, body, theme)).transpose();
    text::with_font(theme.font.as_ref(), drawn)?
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
        ChartKind::Strip => strip::body(input),
        ChartKind::FunnelChart => funnel::body(input),
        ChartKind::RiskMatrix => risk_matrix::body(input),
        ChartKind::Spc => spc::body(input),
    }
}

fn figure(input: &Input<'_>, body: frame::Body, theme: &ThemePlan) -> Result<Figure, Failure> {
    let Input { chart, table, .. } = input;
    let data = select::cut(table, &body.rows, &body.columns);
    let (alt_text, subtitle, notes) =
        (alt_text::describe(chart, table, &data), frame::subtitle(input, &body), frame::notes(input, &body));
    let (scene, width, height) = frame::compose(input, body);
    let (width_px, height_px) = (width as u32, height as u32);
    let stem = file_stem(&chart.name);
    let (title, family) = (chart.title.as_str(), theme.family());
    let envelope = svg::Envelope { stem: &stem, title, description: &alt_text, family, width_px, height_px };
    let svg = svg::document(&scene, envelope)?;
    let png = png::render(&svg, theme.font.as_ref())?;
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
mod risk_samples;

#[cfg(test)]
mod spc_samples;

#[cfg(test)]
mod tests;
