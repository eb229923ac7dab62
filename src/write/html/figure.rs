//! Figures as HTML: the drawing inline, caption below, the data a click away.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::document::TableBlock;
use super::table;
use super::text::escape;
use crate::domain::table::file_stem;
use crate::draw::Figure;
use crate::published::table_csv;

/// A figure as the document has it.
pub(super) struct PlacedFigure<'a> {
    /// `None` when there was nothing to draw.
    pub drawn: Option<&'a Figure>,
    pub number: u32,
    pub id: &'a str,
    /// HTML.
    pub caption: &'a str,
    pub data: &'a TableBlock,
}

/// A figure with its caption, the table behind it, and links to its files.
pub(super) fn figure(html: &mut String, placed: &PlacedFigure) {
    let PlacedFigure { drawn, number, id, caption, data } = *placed;
    html.push_str(&format!("<figure id=\"{}\">\n", escape(id)));
    match drawn {
        Some(drawn) => html.push_str(&format!(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Figur {number}\">\n{}\n</div>\n",
            svg_element(&drawn.svg)
        )),
        None => html.push_str(&format!("<p class=\"empty\">{}</p>\n", word!("write-nothing-to-show"))),
    }
    html.push_str(&format!("<figcaption><span class=\"number\">Figur {number}.</span> {caption}</figcaption>\n"));
    html.push_str(&format!("<details>\n<summary>Data till figur {number}</summary>\n"));
    table::region(html, data);
    html.push_str("</details>\n");
    if let Some(drawn) = drawn {
        links(html, number, &file_stem(&data.name), &table_csv::text(&drawn.data));
    }
    html.push_str("</figure>\n");
}

/// A drawing comes as a whole XML document; inside HTML only its element has a place.
fn svg_element(svg: &str) -> &str {
    svg.find("<svg").map_or("", |start| svg[start..].trim_end())
}

/// The figure's files. The data are in the link, so that they come along when the report is sent alone. The drawings
/// lie beside the report, for readers without script; a script saves the drawing that is in the page, instead.
fn links(html: &mut String, number: u32, stem: &str, csv: &str) {
    let stem = escape(stem);
    let link = |kind: &str| {
        format!(
            "<a href=\"figures/{stem}.{kind}\" download=\"{stem}.{kind}\" data-kind=\"{kind}\" \
             aria-label=\"{1}\">{0}</a>",
            kind.to_uppercase(),
            printed!("write-take-figure", number, kind = kind.to_uppercase())
        )
    };
    let data = format!(
        "<a href=\"data:text/csv;charset=utf-8;base64,{}\" download=\"{stem}.csv\" \
         aria-label=\"{}\">CSV</a>",
        STANDARD.encode(csv),
        printed!("write-take-data", number)
    );
    let take = word!("write-take");
    html.push_str(&format!("<p class=\"files\"><span>{take}</span> {} {} {data}</p>\n", link("svg"), link("png")));
}
