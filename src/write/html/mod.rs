//! The document as one self-contained HTML file.
//!
//! In: a [`Document`] and the job's colours. Out: HTML that needs nothing else to be read: style, fonts and drawings
//! are inside. No script, no request; only the links beside a figure lead to files next to the report.

mod blocks;

mod figure;

mod page;

mod table;

mod text;

use super::document::{Block, Document};
use crate::diagnostic::Failure;
use crate::job::plan::ThemePlan;

/// Prints the whole file. The same document and theme give the same bytes.
///
/// Errors: `io` if a font or the logo of the theme cannot be read; preflight has read them before.
pub fn write(document: &Document, theme: &ThemePlan) -> Result<String, Failure> {
    let mut html = String::with_capacity(1 << 20);
    page::open(&mut html, document, theme)?;
    page::cover(&mut html, document, theme)?;
    page::contents(&mut html, document);
    html.push_str("<main id=\"text\">\n");
    for section in sections(&document.blocks) {
        blocks::section(&mut html, section, document);
    }
    html.push_str("</main>\n</div>\n</body>\n</html>\n");
    Ok(html)
}

/// Blocks cut before every chapter heading.
fn sections(blocks: &[Block]) -> Vec<&[Block]> {
    let starts = blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Heading { level: 1, .. }));
    let mut cuts: Vec<usize> = std::iter::once(0).chain(starts.map(|(index, _)| index)).collect();
    cuts.push(blocks.len());
    cuts.dedup();
    cuts.windows(2).map(|pair| &blocks[pair[0]..pair[1]]).collect()
}
