//! The page around the chapters: head with style and fonts, front page, contents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::document::{Block, Document, Inline};
use super::script;
use super::text::{css_colour, css_string, escape};
use crate::job::plan::ThemePlan;

const STYLE: &str = include_str!("../report.css");
const INTERACTIVE: &str = include_str!("interactive.css");
const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf.woff2");
const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Semibold.ttf.woff2");

/// Deepest heading level that the contents list: chapters and their sections.
const CONTENTS_DEPTH: u8 = 2;

/// Everything up to the page's content. The policy forbids what the file does not need: requests, and scripts but ours.
pub fn open(html: &mut String, document: &Document, theme: &ThemePlan) {
    let title = escape(&format!("{} – {}", document.title, document.organisation));
    html.push_str(&format!(
        "<!DOCTYPE html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src '{}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{}{}{}{STYLE}{INTERACTIVE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#text\">Hoppa till texten</a>\n<div class=\"page\">\n",
        script::HASH,
        font_face(400, REGULAR),
        font_face(600, SEMIBOLD),
        settings(document, theme),
    ));
}

fn font_face(weight: u16, font: &[u8]) -> String {
    format!(
        "@font-face {{ font-family: \"Source Sans 3\"; font-weight: {weight}; font-style: normal; \
         src: url(data:font/woff2;base64,{}) format(\"woff2\"); }}\n",
        STANDARD.encode(font)
    )
}

/// What the style sheet takes from the job: colours, and the running title of printed pages.
fn settings(document: &Document, theme: &ThemePlan) -> String {
    format!(
        ":root {{ --accent: {}; --ink: {}; --muted: {}; }}\n@page {{ @bottom-left {{ content: {}; }} }}\n",
        css_colour(&theme.accent, "#1f4e79"),
        css_colour(&theme.ink, "#1c1c1c"),
        css_colour(&theme.muted, "#595959"),
        css_string(&document.title),
    )
}

/// Title, organisation, period, date of the data, decision.
pub fn cover(html: &mut String, document: &Document) {
    html.push_str(&format!(
        "<header class=\"cover\">\n<p class=\"organisation\">{}</p>\n<h1>{}</h1>\n<dl>\n",
        escape(&document.organisation),
        escape(&document.title)
    ));
    fact_html(html, "Period", &period(&document.period));
    if let Some(committee) = &document.committee {
        fact(html, "Nämnd", committee);
    }
    fact(html, "Uppgifterna avser läget", &document.as_of);
    if let Some(decision) = &document.decision {
        fact(html, "Beslut", decision);
    }
    html.push_str("</dl>\n</header>\n");
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
pub fn contents(html: &mut String, document: &Document) {
    html.push_str("<nav class=\"contents\" aria-labelledby=\"innehall\">\n<h2 id=\"innehall\">Innehåll</h2>\n");
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
