//! The page around the chapters: head with style and fonts, front page with logo, contents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::document::{Block, Document, Inline};
use super::super::typography;
use super::script;
use super::text::{css_colour, css_string, escape};
use crate::job::plan::{LoadedLogo, LoadedTheme};

const STYLE: &str = include_str!("../report.css");
const INTERACTIVE: &str = include_str!("interactive.css");
const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf.woff2");
const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Semibold.ttf.woff2");

/// Deepest heading level that the contents list: chapters and their sections.
const CONTENTS_DEPTH: u8 = 2;

/// Everything up to the page's content. The policy forbids what the file does not need: requests, and scripts but
/// ours.
pub(super) fn open(html: &mut String, document: &Document, theme: &LoadedTheme) {
    let title = escape(&format!("{} – {}", document.title, document.organisation));
    html.push_str(&format!(
        "<!DOCTYPE html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src '{}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{}{}{}{STYLE}{INTERACTIVE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#text\">Hoppa till texten</a>\n<div class=\"page\">\n",
        script::HASH,
        fonts(theme),
        typography::css(),
        settings(document, theme),
    ));
}

/// Both faces inside the file: the bundled ones, or the theme's own.
fn fonts(theme: &LoadedTheme) -> String {
    let family = css_string(theme.family());
    let faces = match &theme.font {
        None => [(REGULAR, "woff2"), (SEMIBOLD, "woff2")],
        Some(font) => [(font.regular.bytes.as_slice(), "truetype"), (&font.semibold.bytes, "truetype")],
    };
    let weights = [400, typography::TYPOGRAPHY.strong];
    let face = |((font, kind), weight)| font_face(&family, weight, font, kind);
    faces.into_iter().zip(weights).map(face).collect()
}

fn font_face(family: &str, weight: u16, font: &[u8], kind: &str) -> String {
    let medium = if kind == "woff2" { "font/woff2" } else { "font/ttf" };
    format!(
        "@font-face {{ font-family: {family}; font-weight: {weight}; font-style: normal; \
         src: url(data:{medium};base64,{}) format(\"{kind}\"); }}\n",
        STANDARD.encode(font)
    )
}

/// What the style sheet takes from the job: colours, and the running title of printed pages.
fn settings(document: &Document, theme: &LoadedTheme) -> String {
    let plain = LoadedTheme::default();
    let colour = |name: &str, said: &str, fallback: &str| format!("--{name}: {};", css_colour(said, fallback));
    let colours = [
        colour("accent", &theme.accent, &plain.accent),
        colour("ink", &theme.ink, &plain.ink),
        colour("muted", &theme.muted, &plain.muted),
        colour("ground", &theme.ground, &plain.ground),
        colour("rule", &theme.rule, &plain.rule),
        colour("note", &theme.note, &plain.note),
        colour("room", &theme.room, &plain.room),
    ];
    let font = format!("{}, sans-serif", css_string(theme.family()));
    // Variables do not reach the margins of printed pages in every browser.
    let running = format!(
        "font: 400 {}pt {font}; color: {};",
        typography::TYPOGRAPHY.small.paper_pt,
        css_colour(&theme.muted, &plain.muted)
    );
    format!(
        ":root {{ {} --font: {font}; }}\n@page {{ @bottom-left {{ content: {}; {running} }} @bottom-right {{ content: \"Sida \" \
         counter(page) \" av \" counter(pages); {running} }} }}\n",
        colours.join(" "),
        css_string(&document.title),
    )
}

/// Logo, title, organisation, period, date of the data, decision.
pub(super) fn cover(html: &mut String, document: &Document, theme: &LoadedTheme) {
    let logo = theme.logo.as_ref().map(logo).unwrap_or_default();
    html.push_str(&format!(
        "<header class=\"cover\">\n{logo}<p class=\"organisation\">{}</p>\n<h1>{}</h1>\n<dl>\n",
        escape(&document.organisation),
        escape(&document.title)
    ));
    fact_html(html, word!("write-period-head"), &period(&document.period));
    if let Some(committee) = &document.committee {
        fact(html, word!("write-committee-head"), committee);
    }
    fact(html, word!("write-as-of-head"), &document.as_of);
    if let Some(decision) = &document.decision {
        fact(html, word!("write-decision-head"), decision);
    }
    html.push_str("</dl>\n</header>\n");
}

/// As a picture, not as markup: whatever an SVG file holds, nothing in it runs.
fn logo(logo: &LoadedLogo) -> String {
    let medium = if logo.is_svg() { "image/svg+xml" } else { "image/png" };
    let data = STANDARD.encode(&logo.file.bytes);
    format!("<img class=\"logo\" src=\"data:{medium};base64,{data}\" alt=\"{}\">\n", escape(&logo.text))
}

/// The dates in parentheses stay on one line.
fn period(text: &str) -> String {
    match text.split_once(" (") {
        Some((name, dates)) => format!("{} <span class=\"dates\">({}</span>", escape(name), escape(dates)),
        None => escape(text),
    }
}

fn fact(html: &mut String, term: &str, text: &str) {
    fact_html(html, term, &escape(text));
}

fn fact_html(html: &mut String, term: &str, text: &str) {
    html.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(term), text));
}

/// A list of chapters, each with a list of its sections.
pub(super) fn contents(html: &mut String, document: &Document) {
    let heading = word!("write-contents");
    html.push_str(&format!(
        "<nav class=\"contents\" aria-labelledby=\"innehall\">\n<h2 id=\"innehall\">{heading}</h2>\n"
    ));
    let mut depth = 0;
    for block in &document.blocks {
        if let Block::Heading { level, id, number, inlines } = block
            && *level <= CONTENTS_DEPTH
        {
            nest(html, &mut depth, *level);
            html.push_str(&format!(
                "<li><a href=\"#{id}\"><span class=\"number\">{number}</span> {}</a>",
                escape(&Inline::plain(inlines))
            ));
        }
    }
    nest(html, &mut depth, 0);
    html.push_str("</nav>\n");
}

/// Opens and closes lists until the next item belongs at `level`; an item stays open for the list below it.
fn nest(html: &mut String, depth: &mut u8, level: u8) {
    if *depth < level {
        html.push_str("\n<ol>\n");
        *depth += 1;
        return;
    }
    html.push_str("</li>\n");
    while *depth > level {
        *depth -= 1;
        html.push_str(if *depth == 0 { "</ol>\n" } else { "</ol>\n</li>\n" });
    }
}
