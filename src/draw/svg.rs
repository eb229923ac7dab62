//! Writes a scene as SVG: plotters' SVG backend draws, one pass over its lines mends what it leaves wrong.
//!
//! In: [`Scene`], title and description. Out: a complete SVG document. plotters snaps to whole pixels, writes text with
//! line breaks inside, sizes in its own measure and a bare root; so it draws at ten times the size, and every attribute
//! is scaled back, tidied or dropped here. Text stays text, escaped by plotters.

use std::fmt::{Display, Write as _};

use plotters::prelude::{DrawingBackend, IntoFont, RGBColor, SVGBackend, ShapeStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontStyle, TextStyle};

use super::scene::{Anchor, Point, Scene, Shape, Stroke, Text, at};
use super::text::Face;
use crate::diagnostic::Failure;
use crate::domain::contrast::Rgb;
use crate::job::plan::BUNDLED_FAMILY;

/// plotters draws in tenths of a pixel.
const SCALE: f64 = 10.0;
/// plotters divides font sizes by this.
const FONT_FACTOR: f64 = 1.24;

/// What stands around the shapes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Envelope<'a> {
    /// Prefix of the ids, so that several figures can share a page.
    pub stem: &'a str,
    pub title: &'a str,
    pub description: &'a str,
    /// The typeface; the bundled one stands in where it is not at hand.
    pub family: &'a str,
    pub width_px: u32,
    pub height_px: u32,
}

/// The scene as an SVG document.
pub(super) fn document(scene: &Scene, envelope: Envelope<'_>) -> Result<String, Failure> {
    let mut svg = root(envelope);
    let drawn = drawn_by_plotters(scene, envelope)?;
    let mut lines = drawn.lines().filter(|line| !line.starts_with("<svg") && !line.starts_with("</svg"));
    for shape in &scene.shapes {
        let tag = lines.next().ok_or_else(|| Failure::internal("plotters left out a shape"))?;
        let _ = write!(svg, "{}", mended_tag(tag, shape));
        if let Shape::Text(_) = shape {
            svg.push_str(lines.next().unwrap_or_default());
            svg.push_str(lines.next().unwrap_or_default());
        }
        svg.push('\n');
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

fn root(envelope: Envelope<'_>) -> String {
    let Envelope { stem, width_px, height_px, .. } = envelope;
    let families = families(envelope.family);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"sv\" width=\"{width_px}\" height=\"{height_px}\" \
         viewBox=\"0 0 {width_px} {height_px}\" role=\"img\" aria-labelledby=\"{stem}-title {stem}-desc\" \
         font-family=\"{families}\" style=\"font-variant-numeric:tabular-nums\" \
         stroke-linejoin=\"round\">\n<title id=\"{stem}-title\">{}</title>\n<desc id=\"{stem}-desc\">{}</desc>\n",
        escaped(envelope.title),
        escaped(envelope.description),
    )
}

/// The theme's typeface, then the bundled one. Compile lets no name through that could end the quotes.
fn families(family: &str) -> String {
    let own = if family == BUNDLED_FAMILY { String::new() } else { format!("'{}', ", escaped(family)) };
    format!("{own}'{BUNDLED_FAMILY}', sans-serif")
}

/// Text as XML. plotters escapes what it writes itself; this is for title and description.
fn escaped(text: &str) -> String {
    super::text::clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn drawn_by_plotters(scene: &Scene, envelope: Envelope<'_>) -> Result<String, Failure> {
    let mut drawn = String::new();
    let size = (envelope.width_px * SCALE as u32, envelope.height_px * SCALE as u32);
    let mut backend = SVGBackend::with_string(&mut drawn, size);
    for shape in &scene.shapes {
        paint(&mut backend, shape)?;
    }
    backend.present().map_err(refused)?;
    drop(backend);
    Ok(drawn)
}

fn refused(error: impl Display) -> Failure {
    Failure::internal(format!("plotters: {error}"))
}

fn paint(backend: &mut SVGBackend<'_>, shape: &Shape) -> Result<(), Failure> {
    let painted = match shape {
        Shape::Rect { area, fill } => {
            let (from, to) = (at(area.x, area.y), at(area.right(), area.bottom()));
            backend.draw_rect(tenths(from), tenths(to), &filled(*fill), true)
        }
        Shape::Line { from, to, stroke } => backend.draw_line(tenths(*from), tenths(*to), &stroked(*stroke)),
        Shape::Path { points, stroke } => backend.draw_path(points.iter().copied().map(tenths), &stroked(*stroke)),
        Shape::Polygon { points, fill } => backend.fill_polygon(points.iter().copied().map(tenths), &filled(*fill)),
        Shape::Disc { center, radius, fill } => {
            backend.draw_circle(tenths(*center), (radius * SCALE) as u32, &filled(*fill), true)
        }
        Shape::Ring { center, radius, stroke } => {
            backend.draw_circle(tenths(*center), (radius * SCALE) as u32, &stroked(*stroke), false)
        }
        Shape::Text(text) => backend.draw_text(&text.text, &text_style(text), tenths(text.point)),
    };
    painted.map_err(refused)
}

fn tenths(point: Point) -> (i32, i32) {
    ((point.x * SCALE).round() as i32, (point.y * SCALE).round() as i32)
}

fn color(rgb: Rgb) -> RGBColor {
    RGBColor(rgb.0, rgb.1, rgb.2)
}

fn filled(fill: Rgb) -> ShapeStyle {
    color(fill).filled().stroke_width(0)
}

fn stroked(stroke: Stroke) -> ShapeStyle {
    color(stroke.color).stroke_width((stroke.width_px * SCALE).round() as u32)
}

fn text_style(text: &Text) -> TextStyle<'static> {
    let anchor = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let style = match text.lettering.font.face {
        Face::Regular => FontStyle::Normal,
        Face::Semibold => FontStyle::Bold,
    };
    let font = (BUNDLED_FAMILY, text.lettering.font.size_px * SCALE * FONT_FACTOR, style).into_font();
    TextStyle { font, color: color(text.lettering.color).to_backend_color(), pos: Pos::new(anchor, VPos::Bottom) }
}

/// A start tag of plotters in pixels, without what says nothing, and with what plotters cannot say.
fn mended_tag(tag: &str, shape: &Shape) -> String {
    let (name, attributes) = tag.trim_start_matches('<').split_once(' ').unwrap_or((tag, ""));
    let mut mended = format!("<{name}");
    let mut parts = attributes.split('"');
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        let key = key.trim().trim_end_matches('=');
        if let Some(value) = mended_value(key, value.trim_end()) {
            let _ = write!(mended, " {key}=\"{value}\"");
        }
    }
    if let Shape::Line { stroke, .. } | Shape::Path { stroke, .. } = shape
        && !stroke.dash.is_empty()
    {
        let dash: Vec<String> = stroke.dash.iter().map(f64::to_string).collect();
        let _ = write!(mended, " stroke-dasharray=\"{}\"", dash.join(" "));
    }
    mended.push_str(if name == "text" { ">" } else { "/>" });
    mended
}

fn mended_value(key: &str, value: &str) -> Option<String> {
    match (key, value) {
        ("opacity" | "dy" | "font-family", _) => None,
        ("text-anchor", "start") | ("stroke", "none") | ("stroke-width", "0") => None,
        ("font-weight", _) => Some("600".to_string()),
        _ => Some(value.split_inclusive([' ', ',']).map(in_pixels).collect()),
    }
}

/// A number of tenths as pixels with at most one decimal, what separates it from the next kept; what is no number stays
/// as it is, but for capitals: plotters writes colours in them.
fn in_pixels(part: &str) -> String {
    let (number, separator) = part.split_at(part.trim_end_matches([' ', ',']).len());
    let pixels = number.parse::<f64>().map(|tenths| (tenths.round() / SCALE).to_string());
    pixels.unwrap_or_else(|_| number.to_ascii_lowercase()) + separator
}

#[cfg(test)]
mod tests {
    use super::super::scene::Area;
    use super::super::text::{LABEL, STRONG};
    use super::*;

    const ENVELOPE: Envelope<'static> = Envelope {
        stem: "a",
        title: "T & T",
        description: "<d>",
        family: BUNDLED_FAMILY,
        width_px: 100,
        height_px: 50,
    };

    #[test]
    fn shapes_are_written_in_pixels_with_one_decimal() {
        let mut scene = Scene::default();
        scene.rect(Area { x: 1.0, y: 2.0, width: 10.25, height: 4.0 }, Rgb(31, 90, 122));
        scene.path(vec![at(1.0, 2.0), at(3.04, 4.0)], Stroke { color: Rgb(0, 0, 0), width_px: 1.5, dash: &[4.0, 2.5] });
        let svg = document(&scene, ENVELOPE).expect("plotters writes to a string");
        assert!(svg.contains(r##"<rect x="1" y="2" width="10.3" height="4" fill="#1f5a7a"/>"##), "{svg}");
        let path = r##"<polyline fill="none" stroke="#000000" stroke-width="1.5" points="1,2 3,4" stroke-dasharray="4 2.5"/>"##;
        assert!(svg.contains(path), "{svg}");
    }

    #[test]
    fn text_stays_text_on_one_line_and_is_never_markup() {
        let mut scene = Scene::default();
        scene.text(
            "<script>alert('å')</script> & \"x\"\u{1}",
            at(5.0, 20.0),
            Anchor::End,
            STRONG.in_color(Rgb(26, 26, 26)),
        );
        scene.text("Öppna jämförelser", at(5.0, 40.0), Anchor::Start, LABEL.in_color(Rgb(26, 26, 26)));
        let svg = document(&scene, ENVELOPE).expect("plotters writes to a string");
        assert!(!svg.contains("<script"), "{svg}");
        assert!(svg.contains(r##"<text x="5" y="20" text-anchor="end" font-size="13" fill="#1a1a1a" font-weight="600">&lt;script&gt;"##), "{svg}");
        assert!(
            svg.contains(r##"<text x="5" y="40" font-size="13" fill="#1a1a1a">Öppna jämförelser</text>"##),
            "{svg}"
        );
        assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok(), "{svg}");
    }

    #[test]
    fn the_root_names_title_and_description() {
        let svg = document(&Scene::default(), ENVELOPE).expect("plotters writes to a string");
        assert!(svg.contains(r#"role="img" aria-labelledby="a-title a-desc""#), "{svg}");
        assert!(
            svg.contains(r#"<title id="a-title">T &amp; T</title>"#) && svg.contains(r#"id="a-desc">&lt;d&gt;<"#),
            "{svg}"
        );
        assert!(svg.contains(r#"viewBox="0 0 100 50""#), "{svg}");
    }
}
