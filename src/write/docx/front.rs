//! The first page and the contents.

use super::super::document::{Block, Document, Inline};
use super::body::Body;
use super::paragraph::{ParagraphShape, paragraph};
use super::runs::{Dress, field_code, field_mark, leading_to, run_of};
use super::styles::Style;
use super::targets::CONTENTS_DEPTH;
use super::xml::{Element, element, valued};

impl Body<'_> {
    /// Organisation, title, period, date of the data, decision.
    pub(super) fn cover(&mut self) {
        let Document { title, organisation, period, committee, decision, as_of, .. } = self.frame.document;
        let runs = self.run(organisation, &Dress::default());
        self.paragraph(Style::Organisation, ParagraphShape::default(), runs);
        let runs = self.run(title, &Dress::default());
        self.paragraph(Style::Title, ParagraphShape::default(), runs);
        let facts = [
            (word!("write-period-head"), Some(period)),
            (word!("write-committee-head"), committee.as_ref()),
            (word!("write-as-of-head"), Some(as_of)),
            (word!("write-decision-head"), decision.as_ref()),
        ];
        for (term, text) in facts.into_iter().filter_map(|(term, text)| Some((term, text?))) {
            let term = self.run(term, &Dress::of(Style::Beside));
            let text = self.run(text, &Dress::default());
            self.paragraph(
                Style::Fact,
                ParagraphShape::default(),
                term.into_iter().chain([run_of("w:tab")]).chain(text),
            );
        }
    }

    /// A field of contents, filled in. Page numbers come when the reader updates it: who has not set the pages can't
    /// know them, and an entry without one is right where a guessed one would be wrong.
    pub(super) fn contents(&mut self) {
        let entries = self.entries();
        let last = entries.len();
        let run = |inside: Element| element("w:r").add([inside]);
        let code = format!(" TOC \\o \"1-{CONTENTS_DEPTH}\" \\h \\z ");
        let title = self.run(&printed!("write-contents"), &Dress::default());
        let mut content = vec![paragraph(self.frame.ids.get(Style::ContentsTitle), ParagraphShape::default(), title)];
        for (index, (level, entry)) in entries.into_iter().enumerate() {
            let mut runs = Vec::new();
            if index == 0 {
                runs.extend([field_mark("begin"), field_code(code.clone()), field_mark("separate")].map(run));
            }
            runs.push(entry);
            if index + 1 == last {
                runs.push(run(field_mark("end")));
            }
            content.push(paragraph(self.frame.ids.get(Style::Contents(level)), ParagraphShape::default(), runs));
        }
        let gallery = [valued("w:docPartGallery", "Table of Contents"), element("w:docPartUnique")];
        let properties = element("w:sdtPr").add([valued("w:id", 1), element("w:docPartObj").add(gallery)]);
        if last > 0 {
            self.content.push(element("w:sdt").add([properties, element("w:sdtContent").add(content)]));
        }
    }

    /// Level and linked words of every entry.
    fn entries(&self) -> Vec<(u8, Element)> {
        let plain = Dress::default();
        let entry = |block: &Block| match block {
            Block::Heading { level, id, number, inlines } if *level <= CONTENTS_DEPTH => {
                let title = self.run(&Inline::plain(inlines), &plain);
                let runs = self.run(number, &plain).into_iter().chain([run_of("w:tab")]).chain(title);
                Some((*level, leading_to(self.targets.get(id)?.contents.as_deref()?, runs)))
            }
            _ => None,
        };
        self.frame.document.blocks.iter().filter_map(entry).collect()
    }
}
