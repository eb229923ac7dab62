//! Draws figures: a `MeasureTable` in, SVG, PNG and alternative text out. Pure; the bundled font or the job's own; plotters only here.
//!
//! A chart module lays out marks and labels as a `Scene` (`scene`), widths measured in the bundled font (`text`);
//! `frame` adds title, key, notes and source; `svg` lets plotters write it; `png` makes the picture; `alt_text` says it.
//! `theme` holds the colours, `theme_files` looks at the fonts and the logo that a job brings along.

mod alt_text;

mod axis;

mod band;

mod chart;

mod dot;

mod figure;

mod frame;

mod funnel_chart;

mod gridlines;

mod grouped_bar;

mod heat;

mod input;
mod labels;

mod line;

mod marks;
mod multiples;

mod outline;

mod periods;

mod png;

mod ranked_bar;

mod risk_matrix;

mod scene;

mod select;

mod series;

mod spc_chart;

mod stacked_bar;

mod strip;

mod svg;

mod text;

pub(crate) mod theme;

pub(crate) mod theme_files;

pub use figure::{Figure, NativeChart, SheetForm};
pub use outline::Picture;

use chart::{Chart, Drawn};
use frame::Layout;
use input::Input;

use crate::diagnostic::Failure;
use crate::domain::table::{MeasureTable, file_stem};
use crate::job::plan::{ChartKind, ChartPlan, LoadedTheme, charts};

/// The figure of a chart.
///
/// In: the chart's plan and the table of its measure. Out: `None` when the table has no row or no value to draw.
/// Rows: those the chart names, else all but totals and groups; `top` keeps the largest and a note says so.
/// Errors: `internal` if the theme holds what is no colour, or a library refuses to write.
pub fn draw(chart: &ChartPlan, table: &MeasureTable, theme: &LoadedTheme) -> Result<Option<Figure>, Failure> {
    let colours = theme::Theme::of(theme)?;
    let input = Input { chart, table, theme: &colours };
    let drawn = || chart_of(chart.kind).body(&input).map(|body| figure(&input, body, theme)).transpose();
    text::with_font(theme.font.as_ref(), drawn)?
}

macro_rules! drawings {
    ({ $($(#[$doc:meta])* $chart:ident: $kind:ident, $own:expr;)* }) => {
        /// The drawing of each kind.
        fn chart_of(kind: ChartKind) -> &'static dyn Chart {
            match kind {
                $(ChartKind::$kind => &$chart::$kind,)*
            }
        }
    };
}

charts! { drawings }

fn figure(input: &Input<'_>, body: frame::Body, theme: &LoadedTheme) -> Result<Figure, Failure> {
    let Input { chart, table, .. } = input;
    let data = select::cut(table, &body.rows, &body.columns);
    let kind = chart_of(chart.kind);
    let alt_text = kind.describe(&Drawn { chart, table, data: &data });
    let (subtitle, notes) = (frame::subtitle(input, &body), frame::notes(input, &body));
    let Layout { scene, width, height } = frame::compose(input, body);
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
        in_sheet: kind.in_sheet(),
    })
}

#[cfg(test)]
mod samples;

#[cfg(test)]
mod tests;
