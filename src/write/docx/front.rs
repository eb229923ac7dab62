//! The first page and the contents.

use super::super::document::{Block, Document, Inline};
use super::body::{Body, CONTENTS_DEPTH, Shape};
use super::runs::Dress;
use super::styles::Style;
use super::xml::escape;

impl Body<'_> {
    /// Organisation, title, period, date of the data, decision.
    pub fn cover(&mut self) {
        let Document { title, organisation, period, committee, decision, as_of, .. } = self.document;
        let plain = Shape::default();
        let runs = self.run(organisation, &Dress::default());
        self.paragraph(Style::Organisation, &plain, &runs);
        let runs = self.run(title, &Dress::default());
        self.paragraph(Style::Title, &plain, &runs);
        let facts = [
            ("Period", Some(period)),
            ("Nämnd", committee.as_ref()),
            ("Uppgifterna avser läget", Some(as_of)),
            ("Beslut", decision.as_ref()),
        ];
        for (term, text) in facts.into_iter().filter_map(|(term, text)| Some((term, text?))) {
            let term = self.run(term, &Dress::of(Style::Beside));
            let text = self.run(text, &Dress::default());
            self.paragraph(Style::Fact, &plain, &format!("{term}<w:r><w:tab/></w:r>{text}"));
        }
    }

    /// A field of contents, filled in. Page numbers come when the reader updates it: who has not set the pages can't
    /// know them, and an entry without one is right where a guessed one would be wrong.
    pub fn contents(&mut self) {
        let entries = self.entries();
        if entries.is_empty() {
            return;
        }
        let title = self.run("Innehåll", &Dress::default());
        let mut inner = std::mem::take(&mut self.xml);
        self.paragraph(Style::ContentsTitle, &Shape::default(), &title);
        let begin = format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-{CONTENTS_DEPTH}\" \\h \\z </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        );
        let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        let last = entries.len().saturating_sub(1);
        for (index, (level, runs)) in entries.iter().enumerate() {
            let begin = if index == 0 { begin.as_str() } else { "" };
            let end = if index == last { end } else { "" };
            self.paragraph(Style::Contents(*level), &Shape::default(), &format!("{begin}{runs}{end}"));
        }
        let contents = std::mem::take(&mut self.xml);
        inner.push_str(&format!(
            "<w:sdt><w:sdtPr><w:id w:val=\"1\"/><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/>\
             <w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{contents}</w:sdtContent></w:sdt>"
        ));
        self.xml = inner;
    }

    /// Level and linked words of every entry.
    fn entries(&self) -> Vec<(u8, String)> {
        let entry = |block: &Block| match block {
            Block::Heading { level, id, number, inlines } if *level <= CONTENTS_DEPTH => {
                let plain = Dress::default();
                let number = self.run(number, &plain);
                let title = self.run(&Inline::plain(inlines), &plain);
                let runs = format!("{number}<w:r><w:tab/></w:r>{title}");
                let name = self.targets.get(id)?.contents.as_deref()?;
                let linked = format!("<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{runs}</w:hyperlink>", escape(name));
                Some((*level, linked))
            }
            _ => None,
        };
        self.document.blocks.iter().filter_map(entry).collect()
    }
}
