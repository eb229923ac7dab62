//! Adds our styles and lists to those of a template.
//!
//! In: the template's `styles.xml` or `numbering.xml`. Out: the same text with ours put in where the schema wants them.
//! Nothing else in it is touched but the language, which is that of the report.

use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::Node;

use super::archive::parse;
use super::parts::list_definitions;
use super::styles::KnownStyle;
use super::xml::WORD;

/// The styles that are there; `None` if this is no such part.
pub(super) fn known_styles(text: &str) -> Option<Vec<KnownStyle>> {
    let parsed = parse(text).ok()?;
    let root = parsed.root_element();
    let all: BTreeMap<&str, Node> = root
        .children()
        .filter(|node| is(*node, "style"))
        .filter_map(|node| Some((node.attribute((WORD, "styleId"))?, node)))
        .collect();
    let style = |node: Node| {
        let name = node.children().find(|child| is(*child, "name"))?;
        Some(KnownStyle {
            kind: node.attribute((WORD, "type"))?.to_string(),
            name: name.attribute((WORD, "val"))?.to_string(),
            id: node.attribute((WORD, "styleId"))?.to_string(),
            numbered: is_numbered(node, &all),
        })
    };
    let styles = root.children().filter(|node| is(*node, "style")).filter_map(style);
    is(root, "styles").then(|| styles.collect())
}

/// Looks up the line of styles; a line that bites its own tail ends.
fn is_numbered<'a>(style: Node<'a, 'a>, all: &BTreeMap<&str, Node<'a, 'a>>) -> bool {
    let mut line = Some(style);
    for _ in 0..all.len() {
        let Some(style) = line else { return false };
        let number = style.descendants().find(|node| is(*node, "numId"));
        if let Some(number) = number {
            return number.attribute((WORD, "val")) != Some("0");
        }
        let parent = style.children().find(|node| is(*node, "basedOn"));
        line = parent.and_then(|parent| all.get(parent.attribute((WORD, "val"))?)).copied();
    }
    false
}

fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(WORD)
}

/// Styles put in before the end.
pub(super) fn with_styles(text: &str, definitions: &str) -> String {
    match text.rfind("</") {
        Some(end) => format!("{}{definitions}{}", &text[..end], &text[end..]),
        None => text.to_string(),
    }
}

/// The styles with Swedish as the language of all that does not say another.
pub(super) fn in_swedish(text: &str) -> String {
    let Ok(parsed) = parse(text) else { return text.to_string() };
    let root = parsed.root_element();
    let defaults = root.children().find(|node| is(*node, "docDefaults"));
    let run_defaults = defaults.and_then(|node| node.descendants().find(|node| is(*node, "rPr")));
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let language = format!("<w:lang xmlns:w=\"{WORD}\" w:val=\"sv-SE\"/>");
    match (defaults, run_defaults) {
        (_, Some(properties)) => match properties.children().find(|node| is(*node, "lang")) {
            Some(lang) => edits.push((lang.range(), language)),
            // An empty element has no end to put it before.
            None if text[properties.range()].ends_with("/>") => {
                edits.push((properties.range(), format!("<w:rPr xmlns:w=\"{WORD}\">{language}</w:rPr>")));
            }
            None => {
                let end = properties.range().start + text[properties.range()].rfind("</").unwrap_or(0);
                edits.push((end..end, language));
            }
        },
        (defaults, None) => {
            let whole = format!(
                "<w:docDefaults xmlns:w=\"{WORD}\"><w:rPrDefault><w:rPr>{language}</w:rPr></w:rPrDefault></w:docDefaults>"
            );
            let first = root.children().find(Node::is_element).map(|node| node.range().start);
            let place = match defaults {
                Some(defaults) => Some(defaults.range()),
                None => first.map(|start| start..start),
            };
            edits.extend(place.map(|place| (place, whole)));
        }
    }
    // A style that says its own language says it for its own words; Normal says it for all.
    let normal = root.children().find(|node| is(*node, "style") && is_default(*node));
    let own = normal.and_then(|node| node.descendants().find(|node| is(*node, "lang")));
    edits.extend(own.map(|lang| (lang.range(), format!("<w:lang xmlns:w=\"{WORD}\" w:val=\"sv-SE\"/>"))));
    edited(text, edits)
}

fn is_default(style: Node) -> bool {
    style.attribute((WORD, "type")) == Some("paragraph")
        && matches!(style.attribute((WORD, "default")), Some("1" | "true"))
}

fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    let mut text = text.to_string();
    edits.sort_by_key(|(range, _)| range.start);
    for (range, replacement) in edits.into_iter().rev() {
        text.replace_range(range, &replacement);
    }
    text
}

/// The highest number of a list in a numbering part.
pub(super) fn numbers_of(text: &str) -> usize {
    highest(text, "num", "numId")
}

fn highest(text: &str, element: &str, attribute: &str) -> usize {
    let Ok(parsed) = parse(text) else { return 0 };
    let nodes = parsed.root_element().children().filter(|node| is(*node, element));
    let found = nodes.filter_map(|node| node.attribute((WORD, attribute))?.parse().ok()).max().unwrap_or(0);
    // A number near the end of what Word can count leaves no room; such a template does not exist.
    usize::min(found, 1 << 20)
}

/// The numbering part with our lists: kinds before the first number, numbers after the last.
pub(super) fn with_lists(text: &str, lists: &[bool]) -> String {
    let Ok(parsed) = parse(text) else { return super::parts::numbering(lists) };
    let (abstracts, numbers) = list_definitions(lists, highest(text, "abstractNum", "abstractNumId"), numbers_of(text));
    let root = parsed.root_element();
    let end = match text.rfind("</") {
        Some(end) if end > root.range().start => end,
        _ => return super::parts::numbering(lists),
    };
    let first_number = root.children().find(|node| is(*node, "num") || is(*node, "numIdMacAtCleanup"));
    let clean_up = root.children().find(|node| is(*node, "numIdMacAtCleanup")).map(|node| node.range().start);
    let kinds_at = first_number.map_or(end, |node| node.range().start);
    let numbers_at = clean_up.unwrap_or(end);
    let mut merged = String::with_capacity(text.len() + abstracts.len() + numbers.len());
    merged.push_str(&text[..kinds_at]);
    merged.push_str(&abstracts);
    merged.push_str(&text[kinds_at..numbers_at]);
    merged.push_str(&numbers);
    merged.push_str(&text[numbers_at..]);
    merged
}
