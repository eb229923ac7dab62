//! Excel's own charts over the cells of a sheet, in the house's colours, to be restyled and pasted by the analyst.

use rust_xlsxwriter::{
    Chart, ChartAxis, ChartAxisLabelPosition, ChartDataLabel, ChartEmptyCells, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartSeries, ChartSolidFill, ChartType, Color,
    ConditionalFormat2ColorScale, Worksheet, XlsxError,
};

use super::super::document::PrintedRow;
use super::Context;
use super::formats::{Colours, cell_text};
use super::notes::shortened;
use super::series::{NativeFigure, Range, SeriesCells};
use super::sheets::FigurePlan;
use crate::domain::table::{Role, RowKind, Value};
use crate::draw::NativeChart;
use crate::job::plan::{ChartPlan, Shade};

const WIDTH_PX: u32 = 640;
const PANEL_WIDTH_PX: u32 = 315;
const PANEL_HEIGHT_PX: u32 = 210;
/// Height of a row that was given none.
const ROW_PX: u32 = 20;
/// More panels than this are a wall of charts; the figure in the report and the table have the rest.
const MOST_PANELS: usize = 24;
/// Longest alternative text that Excel takes.
pub(super) const LONGEST_ALT: usize = 255;
const LINE_WIDTH: f64 = 2.0;

/// Places the figure's chart, or one a panel; the first row after it.
pub(super) fn insert(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    native: &NativeFigure<'_>,
    cells: &SeriesCells,
    row: u32,
) -> Result<u32, XlsxError> {
    if native.chart == NativeChart::Panels {
        return panels(sheet, context, native, cells, row);
    }
    let mut chart = start(context, native);
    chart.title().set_name(&plain(&native.figure.title));
    fill(&mut chart, &context.colours, native, cells);
    let height = height(native);
    chart.set_width(WIDTH_PX).set_height(height);
    sheet.insert_chart_with_offset(row, 0, &chart, 0, 8)?;
    Ok(row + rows_of(height))
}

fn rows_of(height: u32) -> u32 {
    (height + 8).div_ceil(ROW_PX) + 1
}

fn chart_type(chart: NativeChart) -> ChartType {
    match chart {
        // Excel has no dots along a lying axis; bars keep the long labels readable.
        NativeChart::RankedBars | NativeChart::ComparedBars => ChartType::Bar,
        NativeChart::StackedBars => ChartType::BarStacked,
        NativeChart::Columns => ChartType::Column,
        NativeChart::Lines | NativeChart::Panels => ChartType::Line,
    }
}

/// Bars lie down and need a line each.
fn height(NativeFigure { chart, figure, .. }: &NativeFigure<'_>) -> u32 {
    let rows = figure.data.rows.len() as u32;
    match chart {
        NativeChart::RankedBars | NativeChart::ComparedBars => {
            150 + rows * (14 + 12 * figure.place.columns.len() as u32)
        }
        NativeChart::StackedBars => 150 + rows * 28,
        NativeChart::Columns | NativeChart::Lines | NativeChart::Panels => 380,
    }
}

/// A chart with what all have: alternative text, gaps for what is missing, axes, a title's font.
fn start(context: &Context<'_>, native: &NativeFigure<'_>) -> Chart {
    let (colours, figure, kind) = (&context.colours, native.figure, chart_type(native.chart));
    let mut chart = Chart::new(kind);
    if let Some(drawn) = figure.drawn {
        chart.set_alt_text(shortened(&cell_text(&drawn.alt_text), LONGEST_ALT));
    }
    chart.set_name(plain(&figure.title));
    chart.show_empty_cells_as(ChartEmptyCells::Gaps);
    chart.title().set_font(font(colours.ink, 12).set_bold());
    chart.chart_area().set_format(ChartFormat::new().set_no_border());
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(colours.ink, 10));
    let category = figure.data.header.first().map(|header| header.text.clone()).unwrap_or_default();
    let of_periods = native.series_are_rows();
    let measure = &figure.data.measure;
    axis(category_axis(&mut chart, kind), colours, if of_periods { word!("write-year") } else { &category });
    category_axis(&mut chart, kind).set_major_gridlines(false);
    let values = value_axis(&mut chart, kind);
    axis(values, colours, &measure.what);
    values.set_major_gridlines(true).set_major_gridlines_line(ChartLine::new().set_color(colours.grid));
    ends(values, native);
    chart
}

/// Bars lie: their categories are along the upright axis.
fn category_axis(chart: &mut Chart, kind: ChartType) -> &mut ChartAxis {
    if is_lying(kind) { chart.y_axis() } else { chart.x_axis() }
}

fn value_axis(chart: &mut Chart, kind: ChartType) -> &mut ChartAxis {
    if is_lying(kind) { chart.x_axis() } else { chart.y_axis() }
}

fn is_lying(kind: ChartType) -> bool {
    matches!(kind, ChartType::Bar | ChartType::BarStacked)
}

/// The job's own axis; else bars begin at zero.
fn ends(axis: &mut ChartAxis, NativeFigure { chart, plan, figure }: &NativeFigure<'_>) {
    let values = || figure.data.measure.rows.iter().flat_map(|row| &row.values);
    // The job gives per cent; shares are between 0 and 1 in cells.
    let scale = if values().any(|value| matches!(value, Value::Share { .. })) { 0.01 } else { 1.0 };
    let is_negative = |value: &Value| super::formats::number_of(value).is_some_and(|number| number < 0.0);
    match plan.axis {
        Some([low, high]) => {
            axis.set_min(low * scale).set_max(high * scale);
        }
        None if *chart != NativeChart::Lines && !values().any(is_negative) => {
            axis.set_min(0);
        }
        None => {}
    }
}

fn axis(axis: &mut ChartAxis, colours: &Colours, name: &str) {
    axis.set_font(&font(colours.ink, 10));
    if !name.is_empty() {
        axis.set_name(&plain(name)).set_name_font(font(colours.muted, 10).unset_bold());
    }
    axis.set_format(ChartLine::new().set_color(colours.muted));
}

fn font(colour: Color, size: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_color(colour).set_size(size);
    font
}

/// The library takes a text that begins with `=` for a reference.
fn plain(text: &str) -> String {
    cell_text(text).trim_start_matches('=').to_string()
}

fn fill(chart: &mut Chart, colours: &Colours, native: &NativeFigure<'_>, cells: &SeriesCells) {
    let by_row = native.series_are_rows();
    let all = if by_row { row_series(cells) } else { column_series(cells) };
    let role =
        |index: usize| native.figure.data.measure.columns.get(index).filter(|_| !by_row).map(|column| column.role);
    // The total of stacked parts is their common end, not a part.
    let is_drawn = |index: usize| native.chart != NativeChart::StackedBars || role(index) != Some(Role::Total);
    let series: Vec<(usize, SeriesRanges<'_>)> =
        all.into_iter().enumerate().filter(|(index, _)| is_drawn(*index)).collect();
    let kind = chart_type(native.chart);
    if is_lying(kind) {
        // The first row at the top, and the numbers below all the same.
        category_axis(chart, kind).set_reverse();
        value_axis(chart, kind).set_label_position(ChartAxisLabelPosition::High);
    }
    if series.len() < 2 {
        chart.legend().set_hidden();
    }
    for (index, (name, categories, values)) in series {
        let mut series = ChartSeries::new();
        series.set_name(name).set_categories(categories).set_values(values);
        dress(&mut series, colours, native.chart, SeriesPlace { index, role: role(index) });
        chart.push_series(&series);
    }
}

type SeriesRanges<'a> = (Range<'a>, Range<'a>, Range<'a>);

fn column_series(cells: &SeriesCells) -> Vec<SeriesRanges<'_>> {
    cells.columns.iter().map(|column| (cells.header(*column), cells.labels(), cells.column(*column))).collect()
}

fn row_series(cells: &SeriesCells) -> Vec<SeriesRanges<'_>> {
    let rows = cells.first_row..=cells.last_row;
    rows.map(|row| (cells.row_label(row), cells.headers(), cells.row(row))).collect()
}

/// Which of a chart's series, and what its column is.
#[derive(Clone, Copy)]
struct SeriesPlace {
    index: usize,
    role: Option<Role>,
}

fn dress(series: &mut ChartSeries, colours: &Colours, chart: NativeChart, place: SeriesPlace) {
    match chart {
        NativeChart::RankedBars => {
            let colour = if place.index == 0 { colours.accent } else { colours.muted };
            let mut label = ChartDataLabel::new();
            label.show_value().set_font(&font(colours.ink, 9));
            series.set_format(&mut bar(colour)).set_gap(60).set_data_label(&label);
        }
        NativeChart::StackedBars => {
            series.set_format(&mut bar(colours.hue(place.index))).set_gap(50).set_overlap(100);
        }
        NativeChart::ComparedBars => {
            series.set_format(&mut bar(compared_colour(colours, place))).set_gap(60);
        }
        NativeChart::Columns => {
            series.set_format(&mut bar(period_colour(colours, place))).set_gap(60);
        }
        NativeChart::Lines | NativeChart::Panels => line(series, period_colour(colours, place), place.index),
    }
}

/// Last period stands back behind this one.
fn period_colour(colours: &Colours, SeriesPlace { index, role }: SeriesPlace) -> Color {
    match role {
        Some(Role::Current) => colours.accent,
        Some(Role::Previous | Role::Earlier) => colours.muted,
        _ => colours.hue(index),
    }
}

/// White between neighbours keeps them apart in grey.
fn bar(colour: Color) -> ChartFormat {
    ChartFormat::new()
        .set_solid_fill(ChartSolidFill::new().set_color(colour))
        .set_border(ChartLine::new().set_color(Color::White).set_width(0.75))
        .clone()
}

/// Lines are told apart by the shape of their points, too.
fn line(series: &mut ChartSeries, colour: Color, index: usize) {
    const SHAPES: [ChartMarkerType; 5] = [
        ChartMarkerType::Circle,
        ChartMarkerType::Square,
        ChartMarkerType::Triangle,
        ChartMarkerType::Diamond,
        ChartMarkerType::X,
    ];
    series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(LINE_WIDTH)));
    series.set_marker(&marker(SHAPES[index % SHAPES.len()], colour));
}

/// This period in the house's colour; what it is compared with in others.
fn compared_colour(colours: &Colours, SeriesPlace { index, role }: SeriesPlace) -> Color {
    match role {
        Some(Role::Goal) => colours.ink,
        Some(Role::Reference | Role::Mean) => colours.hue(2),
        _ if index == 0 => colours.accent,
        _ => colours.muted,
    }
}

fn marker(shape: ChartMarkerType, colour: Color) -> ChartMarker {
    let format = ChartFormat::new()
        .set_solid_fill(ChartSolidFill::new().set_color(colour))
        .set_border(ChartLine::new().set_color(colour).set_width(1.5))
        .clone();
    let mut marker = ChartMarker::new();
    marker.set_type(shape).set_size(6).set_format(&mut format.clone());
    marker
}

/// One small chart a series, two side by side, all on one scale.
fn panels(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    native: &NativeFigure<'_>,
    cells: &SeriesCells,
    row: u32,
) -> Result<u32, XlsxError> {
    let (figure, by_row) = (native.figure, native.series_are_rows());
    let all = if by_row { row_series(cells) } else { column_series(cells) };
    let highest = highest(figure);
    let step = rows_of(PANEL_HEIGHT_PX);
    let shown = all.len().min(MOST_PANELS);
    for (index, (name, categories, values)) in all.into_iter().take(MOST_PANELS).enumerate() {
        let mut chart = start(context, native);
        chart.set_name(format!("{}, {}", plain(&figure.title), index + 1));
        chart.set_alt_text(shortened(&in_words(figure, by_row, index), LONGEST_ALT));
        chart.title().set_name(name).set_font(font(context.colours.ink, 10).set_bold());
        chart.legend().set_hidden();
        if native.plan.axis.is_none() && highest > 0.0 {
            chart.y_axis().set_max(highest);
        }
        let mut series = ChartSeries::new();
        series.set_name(name).set_categories(categories).set_values(values);
        line(&mut series, context.colours.accent, 0);
        chart.push_series(&series);
        chart.set_width(PANEL_WIDTH_PX).set_height(PANEL_HEIGHT_PX);
        let (across, down) = (index as u32 % 2, index as u32 / 2);
        sheet.insert_chart_with_offset(row + down * step, 0, &chart, across * (PANEL_WIDTH_PX + 10), 8)?;
    }
    Ok(row + step * (shown as u32).div_ceil(2))
}

/// A panel's values in words: "Helhetssyn: 2022 56 %, 2023 87 %".
fn in_words(figure: &FigurePlan<'_>, by_row: bool, index: usize) -> String {
    let data = figure.data;
    let header = |cell: usize| data.header.get(cell + 1).map_or("", |header| header.text.as_str());
    let values: Vec<String> = if by_row {
        let cells = data.rows.get(index).map(|row| row.cells.as_slice()).unwrap_or_default();
        cells.iter().enumerate().map(|(cell, printed)| format!("{} {}", header(cell), printed.text)).collect()
    } else {
        let value = |row: &PrintedRow| row.cells.get(index).map(|cell| format!("{} {}", row.label, cell.text));
        data.rows.iter().filter_map(value).collect()
    };
    let name = if by_row { data.rows.get(index).map_or("", |row| row.label.as_str()) } else { header(index) };
    cell_text(&format!("{name}: {}", values.join(", ")))
}

/// A round number above all values: the panels' common end.
fn highest(figure: &FigurePlan<'_>) -> f64 {
    let values = figure.data.measure.rows.iter().flat_map(|row| &row.values);
    let highest = values.filter_map(super::formats::number_of).fold(0.0, f64::max);
    if highest <= 0.0 {
        return 0.0;
    }
    let magnitude = 10_f64.powf(highest.log10().floor());
    let steps = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * magnitude).find(|end| *end >= highest).unwrap_or(highest)
}

/// A colour scale over the parts of a heat table, a row at a time or over all; totals and groups are left plain.
pub(super) fn shade(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    plan: &ChartPlan,
    figure: &FigurePlan<'_>,
    header_row: u32,
) -> Result<(), XlsxError> {
    let measure = &figure.data.measure;
    let is_part = |at: &usize| measure.columns.get(*at).is_some_and(|column| column.role != Role::Total);
    let columns: Vec<u16> =
        (0..figure.place.columns.len()).filter(is_part).map(|at| figure.place.columns[at] as u16).collect();
    let (Some(first), Some(last)) = (columns.iter().min(), columns.iter().max()) else { return Ok(()) };
    let first_row = header_row + 1 + figure.place.first_row as u32;
    let leaves: Vec<u32> = (first_row..)
        .zip(&measure.rows)
        .filter(|(_, row)| matches!(row.kind, RowKind::Part | RowKind::Residual))
        .map(|(row, _)| row)
        .collect();
    match plan.shade {
        Shade::Row => {
            for row in leaves {
                sheet.add_conditional_format(row, *first, row, *last, &scale(&context.colours))?;
            }
        }
        Shade::Whole => {
            let Some((top, bottom)) = leaves.first().zip(leaves.last()) else { return Ok(()) };
            let spots = leaves.iter().map(|row| spot(*row, *first, *last)).collect::<Vec<_>>().join(" ");
            sheet.add_conditional_format(
                *top,
                *first,
                *bottom,
                *last,
                &scale(&context.colours).set_multi_range(spots),
            )?;
        }
    }
    Ok(())
}

/// "B5:F5"
fn spot(row: u32, first: u16, last: u16) -> String {
    rust_xlsxwriter::utility::cell_range(row, first, row, last)
}

fn scale(colours: &Colours) -> ConditionalFormat2ColorScale {
    use rust_xlsxwriter::ConditionalFormatType::Number;
    ConditionalFormat2ColorScale::new()
        .set_minimum(Number, 0)
        .set_minimum_color(Color::White)
        .set_maximum_color(colours.deep)
}
