//! The report as Markdown, for those who paste it elsewhere.
//!
//! In: a [`Document`]. Out: GitHub-flavoured Markdown with tables of bars. Every text is escaped so that it stays text:
//! a cell can hold bars, stars and tags without becoming a column, a list or an element. Pictures are the files beside
//! the report.

use super::document::{Block, Document, Inline, KeyNumber, PrintedCell, PrintedRow, TableBlock};
use crate::domain::table::{RowKind, file_stem};

/// The whole report.
pub(crate) fn write(document: &Document) -> String {
    let mut lines = Lines::default();
    front_page(&mut lines, document);
    blocks(&mut lines, &document.blocks, document);
    lines.text
}

/// Text that grows by lines, each behind the marks of the quotes and lists around it.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    /// "> ", "   "
    margin: Vec<String>,
    /// The mark of a list's item, said once on its first line.
    mark: Option<String>,
    /// True when the last line is blank, or there is none.
    blank: bool,
}

impl Lines {
    fn line(&mut self, line: &str) {
        let mut margin = self.margin.concat();
        if let Some(mark) = self.mark.take() {
            margin.truncate(margin.len() - mark.len());
            margin.push_str(&mark);
        }
        self.text.push_str(format!("{margin}{line}").trim_end());
        self.text.push('\n');
        self.blank = false;
    }

    /// An empty line before the next block, but none after a list's mark or at the beginning.
    fn space(&mut self) {
        if self.mark.is_none() && !self.blank && !self.text.is_empty() {
            self.line("");
            self.blank = true;
        }
    }

    fn block(&mut self, text: &str) {
        self.space();
        text.lines().for_each(|line| self.line(line));
    }

    fn within(&mut self, margin: &str, write: impl FnOnce(&mut Self)) {
        self.space();
        self.margin.push(margin.to_string());
        self.blank = true;
        write(self);
        self.margin.pop();
        self.blank = false;
    }
}

fn front_page(lines: &mut Lines, document: &Document) {
    lines.block(&format!("# {}", inside(&document.title)));
    lines.block(&format!("**{}**", inside(&document.organisation)));
    let facts = [
        (word!("write-period-head"), Some(&document.period)),
        (word!("write-committee-head"), document.committee.as_ref()),
        (word!("write-as-of-head"), Some(&document.as_of)),
        (word!("write-decision-head"), document.decision.as_ref()),
    ];
    lines.space();
    for (term, text) in facts.into_iter().filter_map(|(term, text)| Some((term, text?))) {
        lines.line(&format!("- {term}: {}", inside(text)));
    }
    contents(lines, document);
}

/// Chapters, each with its sections.
fn contents(lines: &mut Lines, document: &Document) {
    lines.block(&format!("**{}**", word!("write-contents")));
    lines.space();
    for block in &document.blocks {
        if let Block::Heading { level: level @ 1..=2, number, inlines, .. } = block {
            let indent = if *level == 1 { "" } else { "  " };
            lines.line(&format!("{indent}- {number} {}", inside(&Inline::plain(inlines))));
        }
    }
}

fn blocks(lines: &mut Lines, blocks: &[Block], document: &Document) {
    for block in blocks {
        write_block(lines, block, document);
    }
}

fn write_block(lines: &mut Lines, block: &Block, document: &Document) {
    match block {
        // The document's title is `#`; a chapter is `##`.
        Block::Heading { level, number, inlines, .. } => {
            let marks = "#".repeat(usize::from(level + 1).min(6));
            lines.block(&format!("{marks} {number} {}", one_line(inlines)));
        }
        Block::Paragraph(inlines) => lines.block(&paragraph(inlines)),
        Block::List { ordered, items } => list(lines, *ordered, items, document),
        Block::Quote(inner) => lines.within("> ", |lines| blocks(lines, inner, document)),
        Block::Note(inner) => lines.within("> ", |lines| {
            lines.line("[!NOTE]");
            lines.blank = true;
            blocks(lines, inner, document);
        }),
        Block::Table(block) => table(lines, block),
        Block::Figure { name, number, caption, data, .. } => {
            let alt = document.figures.get(name).map(|figure| figure.alt_text.as_str());
            figure(lines, *number, caption, alt, &data.name);
        }
        Block::KeyNumbers(cards) => key_numbers(lines, cards),
        Block::Room { prompt } => lines.within("> ", |lines| {
            lines.line(&format!("**{}**", word!("write-room-for-judgement")));
            lines.block(&paragraph(&[Inline::Text(prompt.clone())]));
        }),
        Block::PageBreak => {}
    }
}

fn list(lines: &mut Lines, ordered: bool, items: &[Vec<Block>], document: &Document) {
    lines.space();
    for (index, item) in items.iter().enumerate() {
        let mark = if ordered { format!("{}. ", index + 1) } else { "- ".to_string() };
        lines.margin.push(" ".repeat(mark.len()));
        lines.mark = Some(mark);
        blocks(lines, item, document);
        if lines.mark.is_some() {
            lines.line("");
        }
        lines.margin.pop();
    }
}

fn table(lines: &mut Lines, table: &TableBlock) {
    let number = table.number.map(|number| format!("Tabell {number}. ")).unwrap_or_default();
    lines.block(&format!("**{number}{}**", inside(&table.caption)));
    lines.space();
    let header: Vec<String> =
        table.header.iter().map(|header| with_beside(inside(&header.text), header.beside.as_deref())).collect();
    lines.line(&bars(&header));
    let rule: Vec<&str> = table.header.iter().map(|header| if header.numeric { "---:" } else { "---" }).collect();
    lines.line(&bars(&rule));
    for row in &table.rows {
        lines.line(&bars(&row_cells(row)));
    }
    if table.rows.is_empty() {
        let mut cells = vec![String::new(); table.header.len().max(1)];
        cells[0] = printed!("write-no-data");
        lines.line(&bars(&cells));
    }
    let notes = table.notes.iter().map(|note| &note.text).chain([&table.source]);
    notes.filter(|text| !text.is_empty()).for_each(|text| lines.block(&paragraph(&[Inline::Text(text.clone())])));
}

fn bars(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

/// Groups and totals are bold; a level is an indent that a table of bars can hold.
fn row_cells(row: &PrintedRow) -> Vec<String> {
    let strong = matches!(row.kind, RowKind::Group | RowKind::Total);
    let dress = |text: String| if strong { marked("**", &text) } else { text };
    let indent = "&nbsp;".repeat(3 * usize::from(row.level.min(4)));
    let label = format!("{indent}{}", dress(inside(&row.label)));
    let cell = |cell: &PrintedCell| with_beside(dress(inside(&cell.text)), cell.beside.as_deref());
    std::iter::once(label).chain(row.cells.iter().map(cell)).collect()
}

fn with_beside(text: String, beside: Option<&str>) -> String {
    match beside {
        Some(beside) => format!("{text} {}", inside(beside)),
        None => text,
    }
}

fn figure(lines: &mut Lines, number: u32, caption: &[Inline], alt: Option<&str>, name: &str) {
    lines.space();
    match alt {
        Some(alt) => lines.line(&format!("![{}](figures/{}.svg)", inside(alt), file_stem(name))),
        None => lines.line(&format!("*{}*", word!("write-nothing-to-show"))),
    }
    lines.block(&format!("**Figur {number}.** {}", one_line(caption)));
}

fn key_numbers(lines: &mut Lines, cards: &[KeyNumber]) {
    if cards.is_empty() {
        return;
    }
    lines.space();
    lines.line(&bars(&[
        word!("write-value"),
        word!("write-concerns"),
        word!("write-compared"),
        word!("write-comment"),
    ]));
    lines.line(&bars(&["---:", "---", "---", "---"]));
    for card in cards {
        let beside = card.beside.as_deref().map(inside).unwrap_or_default();
        let sentence = card.sentence.as_deref().map(one_line).unwrap_or_default();
        lines.line(&bars(&[format!("**{}**", inside(&card.value)), inside(&card.label), beside, sentence]));
    }
}

/// Inlines as lines of Markdown.
fn paragraph(inlines: &[Inline]) -> String {
    let text: String = inlines.iter().map(|inline| one_inline(inline, "\\\n")).collect();
    text.lines().map(guarded).collect::<Vec<_>>().join("\n")
}

/// Inlines where a line break has no place.
fn one_line(inlines: &[Inline]) -> String {
    inlines.iter().map(|inline| one_inline(inline, " ")).collect()
}

fn one_inline(inline: &Inline, line_break: &str) -> String {
    let inner = |inlines: &[Inline]| inlines.iter().map(|inline| one_inline(inline, line_break)).collect::<String>();
    match inline {
        // Every tool makes ids of headings in its own way; words are understood by all.
        Inline::Text(text) | Inline::Bound { text, .. } | Inline::Reference { text, .. } => inside(text),
        Inline::Strong(inlines) => marked("**", &inner(inlines)),
        Inline::Emphasis(inlines) => marked("*", &inner(inlines)),
        Inline::Code(text) => code(text),
        Inline::Link { href, inlines } => format!("[{}](<{}>)", inner(inlines), address(href)),
        Inline::LineBreak => line_break.to_string(),
    }
}

/// Marks around words only: Markdown does not know them beside a space.
fn marked(mark: &str, text: &str) -> String {
    let words = text.trim();
    if words.is_empty() {
        return text.to_string();
    }
    let start = text.len() - text.trim_start().len();
    format!("{}{mark}{words}{mark}{}", &text[..start], &text[start + words.len()..])
}

/// Between more backticks than it holds; a bar would end a cell even there.
fn code(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    if text.contains('|') {
        return inside(&text);
    }
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    if text.is_empty() { text } else { format!("{marks}{space}{text}{space}{marks}") }
}

/// A link's address between angle brackets.
fn address(href: &str) -> String {
    let refused = |letter: &char| !letter.is_control() && !letter.is_whitespace();
    let letters = href.chars().filter(refused);
    letters
        .map(|letter| match letter {
            '<' => "%3C".to_string(),
            '>' => "%3E".to_string(),
            '|' => "%7C".to_string(),
            '\\' => "%5C".to_string(),
            letter => letter.to_string(),
        })
        .collect()
}

/// Text that stays text wherever on a line it stands but at its start.
fn inside(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (index, letter) in text.char_indices() {
        let rest = &text[index..];
        match letter {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '#' | '&' | '@' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            // An address would become a link.
            ':' if rest.starts_with("://") => escaped.push_str("\\:"),
            '.' if text[..index].to_ascii_lowercase().ends_with("www") => escaped.push_str("\\."),
            '\n' | '\t' | '\r' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A line whose first characters would make it a heading, a list, a quote or a rule.
fn guarded(line: &str) -> String {
    let trimmed = line.trim_start();
    let digits = trimmed.len() - trimmed.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let after = trimmed[digits..].chars().next();
    match trimmed.chars().next() {
        Some('-' | '+' | '=') => format!("\\{trimmed}"),
        _ if digits > 0 && matches!(after, Some('.' | ')')) => {
            format!("{}\\{}", &trimmed[..digits], &trimmed[digits..])
        }
        _ => trimmed.to_string(),
    }
}

#[cfg(test)]
mod tests;
