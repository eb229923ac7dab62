//! Figures as HTML: the drawing inline, caption below, the data a click away.

use super::super::document::TableBlock;
use super::table;
use super::text::escape;
use crate::domain::table::file_stem;
use crate::draw::Figure;

/// A figure with its caption, the table behind it, and links to its files.
pub fn figure(html: &mut String, drawn: Option<&Figure>, number: u32, id: &str, caption: &str, data: &TableBlock) {
    let id = escape(id);
    html.push_str(&format!("<figure id=\"{id}\">\n"));
    match drawn {
        Some(drawn) => html.push_str(&format!(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Figur {number}\">\n{}\n</div>\n",
            svg_element(&drawn.svg)
        )),
        None => html.push_str("<p class=\"empty\">Underlaget innehåller inga värden att visa.</p>\n"),
    }
    html.push_str(&format!("<figcaption><span class=\"number\">Figur {number}.</span> {caption}</figcaption>\n"));
    html.push_str(&format!("<details>\n<summary>Data till figur {number}</summary>\n"));
    table::region(html, data);
    html.push_str("</details>\n");
    if drawn.is_some() {
        links(html, number, &file_stem(&data.name));
    }
    html.push_str("</figure>\n");
}

/// A drawing comes as a whole XML document; inside HTML only its element has a place.
fn svg_element(svg: &str) -> &str {
    svg.find("<svg").map_or("", |start| svg[start..].trim_end())
}

fn links(html: &mut String, number: u32, stem: &str) {
    let stem = escape(stem);
    let link = |kind: &str| {
        format!("<a href=\"figures/{stem}.{kind}\" aria-label=\"Figur {number} som {0}\">{0}</a>", kind.to_uppercase())
    };
    let links: Vec<String> = ["svg", "png", "csv"].iter().map(|kind| link(kind)).collect();
    html.push_str(&format!("<p class=\"files\">Hämta: {}</p>\n", links.join(" ")));
}
