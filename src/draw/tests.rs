//! Tests over all kinds of figures: nothing outside, nothing collides, nothing is lost, the same bytes.

use proptest::prelude::*;

use super::frame::{self, Body, Layout};
use super::input::Input;
use super::samples::{self, MISSING, Sample};
use super::scene::{Area, Point, Scene, Shape, Text};
use super::theme::Theme;
use super::{Figure, chart_of, draw};
use crate::domain::table::{
    MeasureTable, NoteKind, Nothing, Role, RowKind, RowsAre, TableColumn, TableNote, TableRow, Unit, Value,
};
use crate::job::plan::ThemePlan;
use crate::job::plan::{ChartKind, ChartPlan, Mark, Shade};

/// Every figure worth looking at.
pub(super) fn all() -> Vec<Sample> {
    ChartKind::ALL.iter().flat_map(|kind| chart_of(*kind).samples()).collect()
}

fn risks() -> Vec<Sample> {
    chart_of(ChartKind::RiskMatrix).samples()
}

pub(super) fn figure(chart: &ChartPlan, table: &MeasureTable) -> Figure {
    draw(chart, table, &ThemePlan::default()).expect("a sample is drawn").expect("a sample has values")
}

/// What a chart draws of a table.
fn body(input: &Input<'_>) -> Option<Body> {
    chart_of(input.chart.kind).body(input)
}

/// The scene of a figure with its width and height, before it is SVG.
fn scene(chart: &ChartPlan, table: &MeasureTable) -> Option<Layout> {
    let theme = Theme::of(&ThemePlan::default()).expect("the bundled theme is valid");
    let input = Input { chart, table, theme: &theme };
    let body = body(&input)?;
    Some(frame::compose(&input, body))
}

/// Boxes a little smaller than the letters' own, so that lines may touch.
fn inner(area: Area) -> Area {
    Area { x: area.x + 0.5, y: area.y + 1.0, width: (area.width - 1.0).max(0.0), height: (area.height - 2.0).max(0.0) }
}

/// The box around a shape that is no text.
fn extent(shape: &Shape) -> Option<Area> {
    let around = |points: &[Point]| {
        let low = |axis: fn(&Point) -> f64| points.iter().map(axis).fold(f64::INFINITY, f64::min);
        let high = |axis: fn(&Point) -> f64| points.iter().map(axis).fold(f64::NEG_INFINITY, f64::max);
        let (x, y) = (low(|point| point.x), low(|point| point.y));
        Area { x, y, width: high(|point| point.x) - x, height: high(|point| point.y) - y }
    };
    let square = |center: &Point, radius: f64| {
        let size = 2.0 * radius;
        Area { x: center.x - radius, y: center.y - radius, width: size, height: size }
    };
    match shape {
        Shape::Rect { area, .. } => Some(*area),
        Shape::Line { from, to, .. } => Some(around(&[*from, *to])),
        Shape::Path { points, .. } | Shape::Polygon { points, .. } => Some(around(points)),
        Shape::Disc { center, radius, .. } | Shape::Ring { center, radius, .. } => Some(square(center, *radius)),
        Shape::Text(_) => None,
    }
}

/// What is wrong with where text and marks stand.
fn misplaced(scene: &Scene, width: f64, height: f64) -> Vec<String> {
    let texts: Vec<(&Text, Area)> = scene.text_areas().collect();
    let inside = |area: &Area| {
        area.x >= 0.0
            && area.y >= 0.0
            && area.right() <= width
            && area.bottom() <= height
            && area.width >= 0.0
            && area.height >= 0.0
    };
    let marks = scene.shapes.iter().filter_map(extent).filter(|area| !inside(area));
    let mut wrong: Vec<String> = marks.map(|area| format!("a mark stands outside: {area:?}")).collect();
    for (index, (text, area)) in texts.iter().enumerate() {
        if !inside(area) {
            wrong.push(format!("`{}` stands outside: {area:?} of {width} × {height}", text.text));
        }
        for (other, taken) in &texts[index + 1..] {
            if inner(*area).overlaps(&inner(*taken)) {
                wrong.push(format!("`{}` and `{}` collide: {area:?} {taken:?}", text.text, other.text));
            }
        }
    }
    wrong
}

#[test]
fn every_sample_is_drawn_inside_and_without_collisions() {
    for Sample { name, chart, table } in all() {
        let Layout { scene, width, height } = scene(&chart, &table).expect("a sample has values");
        assert_eq!(misplaced(&scene, width, height), Vec::<String>::new(), "{name}");
        let figure = figure(&chart, &table);
        assert_eq!((f64::from(figure.width_px), f64::from(figure.height_px)), (width, height), "{name}");
        // To look at them: KVALIS_GALLERY=<folder> cargo test --release every_sample
        if let Some(folder) = std::env::var_os("KVALIS_GALLERY") {
            let path = std::path::Path::new(&folder).join(name);
            std::fs::write(path.with_extension("png"), &figure.png).expect("the gallery's folder exists");
            std::fs::write(path.with_extension("svg"), &figure.svg).expect("the gallery's folder exists");
            std::fs::write(path.with_extension("txt"), &figure.alt_text).expect("the gallery's folder exists");
        }
    }
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    for Sample { name, chart, table } in all() {
        let (one, two) = (figure(&chart, &table), figure(&chart, &table));
        assert!(one.svg == two.svg && one.png == two.png && one.alt_text == two.alt_text, "{name}");
    }
}

#[test]
fn every_svg_is_well_formed_and_holds_nothing_from_outside() {
    for Sample { name, chart, table } in all() {
        let svg = figure(&chart, &table).svg;
        assert!(resvg::usvg::roxmltree::Document::parse(&svg).is_ok(), "{name}");
        assert!(!svg.contains("href") && !svg.contains("url(") && svg.matches("http").count() == 1, "{name}");
        assert!(svg.contains(&format!("<title id=\"{}-title\">", table_stem(&chart))), "{name}");
    }
}

fn table_stem(chart: &ChartPlan) -> String {
    crate::domain::table::file_stem(&chart.name)
}

#[test]
fn markup_in_a_label_stays_text() {
    let mut table = samples::causes();
    table.rows[0].label = "<script>alert(\"x\")</script> & ]]>".to_string();
    for kind in ChartKind::ALL.iter().copied() {
        let Some(figure) =
            draw(&samples::chart(kind, "a", "<b>T</b>"), &table, &ThemePlan::default()).expect("no failure")
        else {
            continue;
        };
        let parsed = resvg::usvg::roxmltree::Document::parse(&figure.svg).expect("well-formed");
        let allowed = ["svg", "title", "desc", "rect", "line", "polyline", "polygon", "circle", "text"];
        let names = parsed.descendants().filter(|node| node.is_element()).map(|node| node.tag_name().name());
        assert!(names.into_iter().all(|name| allowed.contains(&name)), "{kind:?}: {}", figure.svg);
    }
}

#[test]
fn nothing_to_draw_is_no_figure() {
    let empty = samples::table("breakdown.tom", samples::causes().columns, Vec::new());
    let missing = samples::many(3, samples::causes().columns, |_, _| MISSING);
    let no_columns = samples::many(3, Vec::new(), |_, _| MISSING);
    for kind in ChartKind::ALL.iter().copied() {
        for table in [&empty, &missing, &no_columns] {
            let figure = draw(&samples::chart(kind, "a", "Titel"), table, &ThemePlan::default()).expect("no failure");
            assert!(figure.is_none(), "{kind:?}");
        }
    }
}

#[test]
fn a_figure_carries_the_data_that_it_draws_and_no_more() {
    let chart = ChartPlan { top: Some(4), ..samples::chart(ChartKind::RankedBar, "typ", "De största") };
    let figure = figure(&chart, &samples::causes());
    let labels: Vec<&str> = figure.data.rows.iter().map(|row| row.label.as_str()).collect();
    let largest = [
        "Yttre orsaker",
        "Problem med bemanning",
        "Brister i riktlinjer och rutiner",
        "Brister i organisation och samverkan",
    ];
    assert_eq!(labels, largest);
    assert_eq!(figure.notes[0].text, "De 4 största av 13 visas.");
    assert!(figure.svg.contains("De 4 största av 13 visas."));
    assert_eq!(figure.subtitle, "Antal avvikelser, kvalitetsår 2023, n\u{a0}=\u{a0}390");
}

#[test]
fn residual_rows_come_last_however_large() {
    let figure = figure(&samples::chart(ChartKind::RankedBar, "typ", "Typer"), &samples::homelessness());
    assert_eq!(figure.data.rows.last().map(|row| row.label.as_str()), Some("Övrigt"));
    assert!(figure.svg.contains(">uppgift saknas</text>"), "a missing value is said, not drawn as zero");
}

#[test]
fn a_gap_breaks_a_line_and_is_never_drawn_as_zero() {
    let chart = ChartPlan {
        rows: vec!["svarsfrekvens (%)".into()],
        ..samples::chart(ChartKind::Line, "svar", "Svarsfrekvens")
    };
    let figure = figure(&chart, &samples::ifo());
    let lines: Vec<&str> = figure.svg.lines().filter(|line| line.starts_with("<polyline")).collect();
    assert_eq!(lines.len(), 1, "2020 stands alone, 2022 and 2023 are joined: {lines:?}");
    assert!(!figure.svg.contains(">antal svar"), "a count doesn't belong on an axis of per cent");
}

#[test]
fn heat_prints_every_number_of_its_table() {
    let table = samples::units();
    let figure = figure(&samples::chart(ChartKind::Heat, "enhet", "Enheter"), &table);
    let printed =
        figure.svg.lines().filter(|line| line.starts_with("<text") && line.contains("text-anchor=\"end\"")).count();
    assert_eq!(printed, table.rows.len() * table.columns.len());
    assert_eq!(figure.data.rows.len(), table.rows.len());
}

#[test]
fn alternative_texts_say_what_the_figures_show() {
    let told = |kind, table: &MeasureTable| figure(&samples::chart(kind, "a", "Titel"), table).alt_text;
    insta::assert_snapshot!(told(ChartKind::RankedBar, &samples::causes()), @"Liggande staplar i storleksordning: antal avvikelser, kvalitetsår 2023, 13 rader. Högst är Yttre orsaker, 141 (2022: 96); lägst är Problem med ramvillkor och krav, 1 (2022: 1). Störst förändring har Yttre orsaker, från 96 till 141. Totalt 390 (2022: 289), +35 %.");
    insta::assert_snapshot!(told(ChartKind::RankedBar, &samples::homelessness()), @"Liggande staplar i storleksordning: antal avvikelser, kvalitetsår 2023, 6 rader. Högst är Övrigt, 208 (2022: 164); lägst är Rättighet och bemötande, 37 (2022: 37). Störst förändring har Övrigt, från 164 till 208. Uppgift saknas för 2 värden.");
    insta::assert_snapshot!(told(ChartKind::Heat, &samples::units()), @"Rutnät med tal: antal avvikelser, 2023, 11 rader. Högst är Utredningsenhet barn och unga, 99; lägst är Bostadsenhet, 2. Det största enskilda talet är 48: Enhet för mottagning och ekonomiskt bistånd, Övrig avvikelse. Totalt 415.");
    insta::assert_snapshot!(told(ChartKind::StackedBar, &samples::areas()), @"Staplar delade i delar: antal avvikelser, 2022, 5 rader. Det största enskilda talet är 1 458: Äldreomsorg, ordinärt boende, Avvikelser.");
    insta::assert_snapshot!(told(ChartKind::Line, &samples::months()), @"Linjediagram: antal avvikelser, kvalitetsår 2023, 12 rader. 2023: från 71 (september) till 72 (augusti); högst 95 (mars), lägst 58 (juli). 2022: från 62 (september) till 70 (augusti); högst 81 (november), lägst 59 (december). Totalt 928 (2022: 821), +13 %.");
    insta::assert_snapshot!(told(ChartKind::Dot, &samples::keks()), @"Punktdiagram: andel positiva svar, procent, 2020–2023, 8 rader. Högst är Index trygghet och bemötande, öppen verksamhet, 91 % (2022: 90 %); lägst är Avvikelse från jämn könsfördelning, öppen verksamhet, 6 % (2022: 8 %). 5 av 8 når good enough-mål.");
    insta::assert_snapshot!(told(ChartKind::Multiples, &samples::ifo()), @"Små diagram med samma skala: andel positiva svar, procent, 2020–2023, 8 rader. Högst är visar förståelse, andel (%), 93 % (2022: 46 %); lägst är svarsfrekvens (%), 41 % (2022: 22 %). Uppgift saknas för svarsfrekvens (%), 2021.");
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zåäö]{1,14}",
        2 => "[A-ZÅÄÖ][a-zåäö]{3,24}",
        1 => "[a-zåäö]{3,9}[-/][a-zåäö]{3,14}",
        1 => Just("Personuppgiftsincidenthanteringsrutinöversyn".to_string()),
        1 => "[<>&\"'\u{1}\u{a0}\\n%().,:;]{1,4}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..16).prop_map(|words| words.join(" "))
}

fn value(unit: Unit) -> BoxedStrategy<Value> {
    let nothing = prop_oneof![Just(Nothing::Missing), Just(Nothing::Withheld), Just(Nothing::NotApplicable)];
    let number = match unit {
        Unit::Percent { .. } => (0.0..100.0_f64).prop_map(Value::Number).boxed(),
        _ => prop_oneof![
            4 => (0_i64..200).prop_map(Value::Count),
            1 => Just(Value::Count(0)),
            1 => (0_i64..1_000_000).prop_map(Value::Count),
            1 => (-500_i64..0).prop_map(Value::Count),
        ]
        .boxed(),
    };
    prop_oneof![9 => number, 1 => nothing.prop_map(Value::Nothing)].boxed()
}

fn role(years: bool) -> impl Strategy<Value = Role> {
    if years {
        Just(Role::Earlier).boxed()
    } else {
        prop_oneof![
            3 => Just(Role::Current), 3 => Just(Role::Previous), 6 => Just(Role::Part), 1 => Just(Role::Total),
            1 => Just(Role::Goal), 1 => Just(Role::Reference), 1 => Just(Role::Difference),
        ]
        .boxed()
    }
}

fn columns() -> impl Strategy<Value = Vec<TableColumn>> {
    let unit = prop_oneof![Just(Unit::Count), Just(Unit::Percent { decimals: 1 })];
    (unit, any::<bool>()).prop_flat_map(|(unit, years)| {
        prop::collection::vec((role(years), name()), 1..13).prop_map(move |columns| {
            let column = |(index, (role, label)): (usize, (Role, String))| {
                let year = years.then_some(2010 + index as i32);
                samples::column(&format!("c{index}"), &label, role, unit, year)
            };
            columns.into_iter().enumerate().map(column).collect()
        })
    })
}

fn kind() -> impl Strategy<Value = RowKind> {
    prop_oneof![8 => Just(RowKind::Part), 1 => Just(RowKind::Group), 1 => Just(RowKind::Residual), 1 => Just(RowKind::Total)]
}

fn table() -> impl Strategy<Value = MeasureTable> {
    let rows_are = prop_oneof![Just(RowsAre::Periods), Just(RowsAre::Things)];
    (columns(), rows_are, name(), 1_usize..25).prop_flat_map(|(columns, rows_are, note, count)| {
        let unit = columns[0].unit;
        let values = prop::collection::vec(value(unit), columns.len());
        let row = (name(), kind(), 0_u8..3, values);
        prop::collection::vec(row, count).prop_map(move |rows| {
            let row = |(label, kind, level, values): (String, RowKind, u8, Vec<Value>)| -> TableRow {
                samples::row(&label, kind, level, values)
            };
            let notes = vec![TableNote { kind: NoteKind::Missing, text: note.clone() }];
            let rows = rows.into_iter().map(row).collect();
            MeasureTable { notes, rows_are, ..samples::table("breakdown.a", columns.clone(), rows) }
        })
    })
}

fn plan() -> impl Strategy<Value = ChartPlan> {
    let shade = prop_oneof![Just(Shade::Row), Just(Shade::Whole)];
    let mark = prop_oneof![Just(Mark::Line), Just(Mark::Column)];
    (0..ChartKind::ALL.len(), name(), shade, mark, prop::option::of(1_u32..9)).prop_map(
        |(kind, title, shade, mark, top)| ChartPlan {
            shade,
            mark,
            top,
            ..samples::chart(ChartKind::ALL[kind], "a", &title)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_label_lies_inside_the_figure_and_no_two_collide(chart in plan(), table in table()) {
        if let Some(Layout { scene, width, height }) = scene(&chart, &table) {
            let wrong = misplaced(&scene, width, height);
            prop_assert!(wrong.is_empty(), "{:?}: {}", chart.kind, wrong.join("\n"));
        }
    }

    #[test]
    fn any_text_gives_well_formed_svg(label in "\\PC{0,40}", other in any::<String>()) {
        let mut table = samples::causes();
        table.rows[1].label = label;
        table.source = other.clone();
        let theme = Theme::of(&ThemePlan::default()).expect("the bundled theme is valid");
        let chart = samples::chart(ChartKind::RankedBar, "a", &other);
        let input = Input { chart: &chart, table: &table, theme: &theme };
        let body = body(&input).expect("the table has values");
        let Layout { scene, width, height } = frame::compose(&input, body);
        let envelope = super::svg::Envelope { stem: "a", family: "Source Sans 3", title: &other, description: &other, width_px: width as u32, height_px: height as u32 };
        let svg = super::svg::document(&scene, envelope).expect("plotters writes to a string");
        prop_assert!(resvg::usvg::roxmltree::Document::parse(&svg).is_ok(), "{svg}");
    }
}

#[test]
fn a_row_with_a_unit_of_its_own_is_written_in_it() {
    let mut table = samples::keks();
    assert!(super::select::shown(&table, 0, 0).ends_with('%'));
    let key = table.rows[0].key.last().expect("a label").clone();
    table.row_units.insert(key, Unit::Count);
    assert!(!super::select::shown(&table, 0, 0).contains('%'), "a number of answers is no percentage");
    assert!(super::select::shown(&table, 1, 0).ends_with('%'));
}

#[test]
fn every_risk_is_in_its_cell_or_counted_there() {
    for Sample { name, chart, table } in risks().into_iter().filter(|sample| !sample.name.contains("events")) {
        let Layout { scene, .. } = scene(&chart, &table).expect("a matrix is drawn, even an empty one");
        let texts: Vec<String> = scene.text_areas().map(|(text, _)| text.text.clone()).collect();
        let number = |text: &String| text.split_once(" risk").and_then(|(number, _)| number.parse::<usize>().ok());
        let counted: usize = texts.iter().filter_map(number).sum();
        let by_id = table
            .rows
            .iter()
            .filter(|row| texts.iter().any(|text| *text == row.label || *text == format!("{} ny", row.label)));
        // An id that stands only as last year's place is counted in this year's cell.
        assert!(counted + by_id.count() >= table.rows.len(), "{name}");
    }
}

#[test]
fn levels_of_a_risk_matrix_are_told_apart_in_grey_and_without_colour() {
    use crate::domain::contrast::Vision;
    for Sample { name, chart, table } in risks() {
        let Layout { scene, .. } = scene(&chart, &table).expect("drawn");
        let scale = chart.scale.as_ref().expect("a scale");
        let mut grounds: Vec<crate::domain::contrast::Rgb> = Vec::new();
        for shape in &scene.shapes {
            // The keys' grounds: one per level, 16 × 14 px.
            if let Shape::Rect { area, fill } = shape
                && (area.width, area.height) == (16.0, 14.0)
            {
                grounds.push(*fill);
            }
        }
        assert_eq!(grounds.len(), scale.levels.len(), "{name}");
        for pair in grounds.windows(2) {
            assert!((pair[0].lightness() - pair[1].lightness()).abs() > 5.0, "{name}: {pair:?} in grey");
            for vision in Vision::ALL {
                assert!(pair[0].seen_with(vision).distance(pair[1].seen_with(vision)) > 5.0, "{name}: {vision:?}");
            }
        }
    }
}

#[test]
fn a_risk_matrix_in_words_names_the_highest_and_what_moved() {
    let text = |name: &str| {
        let sample = risks().into_iter().find(|sample| sample.name == name).expect("a sample");
        figure(&sample.chart, &sample.table).alt_text
    };
    let eight = text("risk-8");
    for part in ["4 gånger 4 rutor", "8 risker", "Riskvärde 16 (mycket hög)", "Nya: R06", "Högre än föregående år: "]
    {
        assert!(eight.contains(part), "{part}: {eight}");
    }
    assert!(text("risk-0").ends_with("inga risker."), "{}", text("risk-0"));
    assert!(text("risk-events").contains("Flest, 899, har sannolikhet 1"), "{}", text("risk-events"));
}

#[test]
fn panels_have_the_band_of_their_own_interval_and_columns_have_none() {
    let mut table = samples::foster_homes();
    let drawn = table.columns.len();
    for index in 0..drawn {
        for (end, role, by) in [("lower", Role::Lower, -6.0), ("upper", Role::Upper, 6.0)] {
            let key = format!("{}_{end}", table.columns[index].key);
            let column = TableColumn { key, role, year: None, ..table.columns[index].clone() };
            table.columns.push(column);
            for row in &mut table.rows {
                let value = match row.values[index] {
                    Value::Number(number) => Value::Number(number + by),
                    _ => Value::Nothing(Nothing::Blank),
                };
                row.values.push(value);
            }
        }
    }
    let theme = Theme::of(&ThemePlan::default()).expect("the bundled theme is valid");
    let of_mark = |mark| {
        let chart = ChartPlan { mark, ..samples::chart(ChartKind::Multiples, "multiples", "Enkät") };
        let body = body(&Input { chart: &chart, table: &table, theme: &theme }).expect("a figure");
        let bands = body.scene.shapes.iter().filter(|shape| matches!(shape, Shape::Polygon { .. })).count();
        (bands, body.note.is_some(), body.columns.len())
    };
    // One row has a gap in the middle: its two lone points have bars instead of a band.
    assert_eq!(of_mark(Mark::Line), (table.rows.len() - 1, true, 9));
    assert_eq!(of_mark(Mark::Column), (0, false, 3));
}
