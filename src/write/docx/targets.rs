//! Where references lead: a bookmark for every heading, table and figure.
//!
//! In: the blocks of the document. Out: names that Word takes, by the document's ids. They are counted, not spelt from
//! the ids: Word's names have 40 letters at most and no hyphen.

use std::collections::BTreeMap;

use super::super::document::Block;

/// Deepest heading level that the contents list: chapters and their sections.
pub(super) const CONTENTS_DEPTH: u8 = 2;

/// One place that can be referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// Bookmark around `text`.
    pub bookmark: String,
    /// What a field that refers to it prints: "Tabell 3", "3.2".
    pub text: String,
    /// Bookmark around a whole heading that stands in the contents.
    pub contents: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Targets(BTreeMap<String, Target>);

impl Targets {
    pub(super) fn of(blocks: &[Block]) -> Targets {
        let mut targets = Targets::default();
        targets.gather(blocks);
        targets
    }

    pub(super) fn get(&self, id: &str) -> Option<&Target> {
        self.0.get(id)
    }

    fn gather(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, id, number, .. } => self.add(id, number.clone(), *level <= CONTENTS_DEPTH),
                Block::Table(table) => {
                    if let Some(number) = table.number {
                        self.add(&table.id, label("Tabell", number), false);
                    }
                }
                Block::Figure { number, id, .. } => self.add(id, label("Figur", *number), false),
                Block::List { items, .. } => items.iter().for_each(|item| self.gather(item)),
                Block::Quote(blocks) | Block::Note(blocks) => self.gather(blocks),
                _ => {}
            }
        }
    }

    fn add(&mut self, id: &str, text: String, in_contents: bool) {
        let number = 100_000_000 + self.0.len() + 1;
        let contents = in_contents.then(|| format!("_Toc{number}"));
        let target = Target { bookmark: format!("_Ref{number}"), text, contents };
        self.0.entry(id.to_string()).or_insert(target);
    }
}

/// "Tabell 3", on one line.
pub(super) fn label(word: &str, number: u32) -> String {
    format!("{word}\u{a0}{number}")
}
