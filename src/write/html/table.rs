//! Tables as HTML: caption above, headers both ways, notes directly below.

use super::super::document::{PrintedCell, PrintedRow, TableBlock, TableHeader};
use super::super::values::{number_of, origin_of};
use super::text::escape;
use crate::domain::table::RowKind;

/// A table of the text, in its own scrolling region.
pub(super) fn numbered(html: &mut String, table: &TableBlock) {
    let class = if table.rows.len() <= SHORT { "table short" } else { "table" };
    html.push_str(&format!("<div class=\"{class}\" id=\"{}\">\n", escape(&table.id)));
    region(html, table);
    notes(html, table);
    html.push_str("</div>\n");
}

/// The table alone, in a region that a keyboard can scroll when it is wider than the page.
pub(super) fn region(html: &mut String, table: &TableBlock) {
    let caption = format!("{}-rubrik", escape(&table.id));
    html.push_str(&format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{caption}\">\n<table{}>\n",
        table_class(table)
    ));
    html.push_str(&format!(
        "<caption id=\"{caption}\"><span class=\"title\">{}{}</span></caption>\n",
        number(table),
        escape(&table.caption)
    ));
    let widths = beside_widths(table);
    head(html, &table.header, &widths);
    html.push_str("<tbody>\n");
    for row in &table.rows {
        body_row(html, table, row, &widths);
    }
    if table.rows.is_empty() {
        html.push_str(&format!("<tr><td colspan=\"{}\">Inga uppgifter.</td></tr>\n", table.header.len().max(1)));
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
}

fn number(table: &TableBlock) -> String {
    table.number.map(|number| format!("<span class=\"number\">Tabell {number}.</span> ")).unwrap_or_default()
}

/// Rows up to which a table is kept on one page.
const SHORT: usize = 14;

/// Columns from which on paper is too narrow for a table at the usual size.
const WIDE: usize = 10;

fn table_class(table: &TableBlock) -> &'static str {
    let texts = table.header.iter().skip(1).filter(|header| !header.numeric).count();
    match table.header.len() {
        // Mostly words: its columns need width, not figures under one another.
        _ if texts >= 2 => " class=\"texts\"",
        WIDE.. => " class=\"wide\"",
        _ => "",
    }
}

/// Characters that the widest text in parentheses takes, per column: what keeps the numbers before it aligned.
fn beside_widths(table: &TableBlock) -> Vec<usize> {
    let columns = table.header.len().saturating_sub(1);
    let width = |column: usize| {
        let texts = table.rows.iter().filter_map(|row| row.cells.get(column)?.beside.as_ref());
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    (0..columns).map(width).collect()
}

fn head(html: &mut String, header: &[TableHeader], widths: &[usize]) {
    html.push_str("<thead>\n<tr>");
    for (index, column) in header.iter().enumerate() {
        let class = if column.numeric { " class=\"number\"" } else { "" };
        let width = index.checked_sub(1).and_then(|index| widths.get(index)).copied().unwrap_or(0);
        let beside = beside(column.beside.as_deref(), if column.beside.is_some() { width } else { 0 }, "");
        html.push_str(&format!("<th scope=\"col\"{class}>{}{beside}</th>", escape(&column.text)));
    }
    html.push_str("</tr>\n</thead>\n");
}

fn body_row(html: &mut String, table: &TableBlock, row: &PrintedRow, widths: &[usize]) {
    html.push_str(&format!("<tr{}>", row_class(row)));
    html.push_str(&format!("<th scope=\"row\"{}>{}</th>", level_class(row.level), escape(&row.label)));
    for (index, (cell, width)) in row.cells.iter().zip(widths).enumerate() {
        let class = if cell.numeric { " class=\"number\"" } else { "" };
        let (own, of_beside) = if cell.numeric { origins(table, row, index) } else { Default::default() };
        html.push_str(&format!("<td{class}{own}>{}</td>", cell_html(cell, *width, &of_beside)));
    }
    html.push_str("</tr>\n");
}

/// Attributes of a number: where it came from, and what it is to sort by; and those of the number beside it.
fn origins(table: &TableBlock, row: &PrintedRow, cell: usize) -> (String, String) {
    let Some((measured, column, beside)) = table.place(row, cell) else { return Default::default() };
    let origin = |column: usize| {
        let origin = origin_of(&table.measure, measured, &table.measure.columns[column]);
        format!(" data-origin=\"{}\"", escape(&origin))
    };
    let value = measured.values.get(column).and_then(number_of);
    let value = value.map(|value| format!(" data-value=\"{value}\"")).unwrap_or_default();
    // The appendix' own tables have no measure to go back to.
    if !table.measure.name.contains('.') {
        return (value, String::new());
    }
    (origin(column) + &value, beside.map(origin).unwrap_or_default())
}

fn cell_html(cell: &PrintedCell, width: usize, origin: &str) -> String {
    let text = escape(&cell.text).replace('\n', "<br>");
    if width == 0 { text } else { format!("{text}{}", beside(cell.beside.as_deref(), width, origin)) }
}

fn beside(text: Option<&str>, width: usize, attributes: &str) -> String {
    match (text, width) {
        (None, 0) => String::new(),
        (Some(text), 0) => format!(" <span class=\"beside\"{attributes}>{}</span>", escape(text)),
        (text, width) => {
            let text = escape(text.unwrap_or(""));
            format!(" <span class=\"beside\" style=\"min-width:{width}ch\"{attributes}>{text}</span>")
        }
    }
}

fn row_class(row: &PrintedRow) -> &'static str {
    match row.kind {
        RowKind::Part => "",
        RowKind::Group => " class=\"group\"",
        RowKind::Residual => " class=\"residual\"",
        RowKind::Total => " class=\"total\"",
    }
}

fn level_class(level: u8) -> &'static str {
    match level {
        0 => "",
        1 => " class=\"level-1\"",
        _ => " class=\"level-2\"",
    }
}

fn notes(html: &mut String, table: &TableBlock) {
    let texts: Vec<&str> = table.notes.iter().map(|note| note.text.as_str()).chain([table.source.as_str()]).collect();
    if texts.iter().all(|text| text.is_empty()) {
        return;
    }
    html.push_str("<div class=\"notes\">\n");
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        html.push_str(&format!("<p>{}</p>\n", escape(text)));
    }
    html.push_str("</div>\n");
}
