//! Numbers of headings, tables and figures, and the ids that references lead to.
//!
//! In: all rendered chapters, in order. Out: "3.2", "Tabell 3", "Figur 2" and unique ids. The texts are looked through
//! once before any is read, so that a reference can point forward.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Block, Inline};
use super::tokens::{BlockCall, Ledger, Part, Printed};
use crate::domain::table::slug;

/// Where a table or figure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberedPlace {
    pub number: u32,
    pub id: String,
    /// "Tabell 3"
    pub text: String,
}

/// The counters of one document.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    /// Full name → where it is printed first.
    places: BTreeMap<String, NumberedPlace>,
    tables: u32,
    figures: u32,
    headings: [u32; 6],
    ids: BTreeSet<String>,
}

impl Numbering {
    /// Looks through the rendered chapters for tables and figures, in the order in which they will be printed.
    pub(super) fn of<'a>(chapters: impl IntoIterator<Item = &'a str>, ledger: &Ledger) -> Self {
        let mut scout = Numbering::default();
        chapters.into_iter().for_each(|text| scout.look_through(text, ledger));
        Numbering { places: scout.places, ..Numbering::default() }
    }

    fn look_through(&mut self, text: &str, ledger: &Ledger) {
        for part in ledger.parts(text) {
            let (name, place) = match part {
                Part::Token(Printed::Block(BlockCall::Table(name))) => (name, self.next_table()),
                Part::Token(Printed::Block(BlockCall::Figure(name))) => (name, self.next_figure()),
                Part::Token(Printed::Block(BlockCall::Written { rendered, .. })) => {
                    self.look_through(&rendered, ledger);
                    continue;
                }
                _ => continue,
            };
            self.places.entry(name).or_insert(place);
        }
    }

    /// Where a table or figure is printed first; `None` if it never is.
    pub(super) fn place(&self, name: &str) -> Option<&NumberedPlace> {
        self.places.get(name)
    }

    pub(super) fn next_table(&mut self) -> NumberedPlace {
        self.tables += 1;
        NumberedPlace {
            number: self.tables,
            id: format!("tabell-{}", self.tables),
            text: printed!("write-table-number", number = self.tables),
        }
    }

    pub(super) fn next_figure(&mut self) -> NumberedPlace {
        self.figures += 1;
        NumberedPlace {
            number: self.figures,
            id: format!("figur-{}", self.figures),
            text: printed!("write-figure-number", number = self.figures),
        }
    }

    /// The next heading. A level below its parent's child is lifted: contents have no holes.
    pub(super) fn heading(&mut self, level: u8, inlines: Vec<Inline>) -> Block {
        let open = self.headings.iter().take_while(|count| **count > 0).count();
        let level = usize::from(level).clamp(1, self.headings.len()).min(open + 1);
        self.headings[level - 1] += 1;
        self.headings[level..].fill(0);
        let number: Vec<String> = self.headings[..level].iter().map(u32::to_string).collect();
        let id = self.unique_id(&Inline::plain(&inlines));
        Block::Heading { level: level as u8, id, number: number.join("."), inlines }
    }

    /// The prefix keeps headings apart from the ids of tables, figures and drawings.
    fn unique_id(&mut self, text: &str) -> String {
        let base = format!("avsnitt-{}", slug(text));
        let base = base.trim_end_matches('-');
        let later = (2..).map(|copy| format!("{base}-{copy}"));
        let id = std::iter::once(base.to_string()).chain(later).find(|id| !self.ids.contains(id));
        let id = id.unwrap_or_else(|| base.to_string());
        self.ids.insert(id.clone());
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(numbering: &mut Numbering, level: u8, text: &str) -> (u8, String, String) {
        match numbering.heading(level, vec![Inline::Text(text.to_string())]) {
            Block::Heading { level, id, number, .. } => (level, id, number),
            other => panic!("not a heading: {other:?}"),
        }
    }

    #[test]
    fn headings_are_numbered_within_their_parent_and_ids_are_unique() {
        let mut numbering = Numbering::default();
        assert_eq!(heading(&mut numbering, 1, "Vuxna"), (1, "avsnitt-vuxna".into(), "1".into()));
        assert_eq!(heading(&mut numbering, 2, "Åtgärder"), (2, "avsnitt-atgarder".into(), "1.1".into()));
        assert_eq!(heading(&mut numbering, 2, "Åtgärder"), (2, "avsnitt-atgarder-2".into(), "1.2".into()));
        assert_eq!(heading(&mut numbering, 1, "Barn"), (1, "avsnitt-barn".into(), "2".into()));
        assert_eq!(heading(&mut numbering, 2, "…"), (2, "avsnitt".into(), "2.1".into()));
    }

    #[test]
    fn a_skipped_level_is_lifted() {
        let mut numbering = Numbering::default();
        heading(&mut numbering, 1, "a");
        assert_eq!(heading(&mut numbering, 4, "b"), (2, "avsnitt-b".into(), "1.1".into()));
        assert_eq!(heading(&mut numbering, 9, "c"), (3, "avsnitt-c".into(), "1.1.1".into()));
    }

    #[test]
    fn references_know_the_first_place_of_what_is_printed_later() {
        let ledger = Ledger::default();
        let table = |name: &str| ledger.enter(Printed::Block(BlockCall::Table(name.to_string())));
        let chapters = [format!("{}\n\n{}", table("a"), table("b")), table("a")];
        let numbering = Numbering::of(chapters.iter().map(String::as_str), &ledger);
        assert_eq!(numbering.place("b").map(|place| place.text.as_str()), Some("Tabell 2"));
        assert_eq!(numbering.place("a").map(|place| place.id.as_str()), Some("tabell-1"));
        assert_eq!(numbering.place("c"), None);
    }
}
