//! The document as one self-contained HTML file.
//!
//! In: a [`Document`] and the job's colours. Out: HTML that needs nothing else to be read: style, fonts, drawings and
//! the data behind each figure are inside. No request is made. One script of ours lets tables be sorted and figures be
//! copied; all is read and reached without it, and the page's policy runs no other.
//!
//! Every printed number carries `data-origin`, `family.name|row|column`, for `kvalis explain`.

mod blocks;

mod figure;

mod page;

mod script;

mod table;

mod text;

use super::document::{Block, Document};
use crate::job::plan::LoadedTheme;

/// Prints the whole file. The same document and theme give the same bytes.
pub fn write(document: &Document, theme: &LoadedTheme) -> String {
    let mut html = String::with_capacity(1 << 20);
    page::open(&mut html, document, theme);
    page::cover(&mut html, document, theme);
    page::contents(&mut html, document);
    html.push_str("<main id=\"text\" tabindex=\"-1\">\n");
    for section in sections(&document.blocks) {
        blocks::section(&mut html, section, document);
    }
    html.push_str("</main>\n</div>\n");
    script::element(&mut html);
    html.push_str("</body>\n</html>\n");
    html
}

/// Blocks cut before every chapter heading.
fn sections(blocks: &[Block]) -> Vec<&[Block]> {
    let starts = blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Heading { level: 1, .. }));
    let mut cuts: Vec<usize> = std::iter::once(0).chain(starts.map(|(index, _)| index)).collect();
    cuts.push(blocks.len());
    cuts.dedup();
    cuts.windows(2).map(|pair| &blocks[pair[0]..pair[1]]).collect()
}
