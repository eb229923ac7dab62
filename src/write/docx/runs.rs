//! Inlines as runs, fields and hyperlinks; every text is escaped here.

use super::super::document::Inline;
use super::body::Body;
use super::styles::Style;
use super::targets::Target;
use super::xml::escape;

/// How a run is dressed. Word knows one character style a run; slant comes on top.
#[derive(Debug, Clone, Default)]
pub struct Dress {
    pub style: Option<Style>,
    pub slanted: bool,
    pub strong: bool,
    /// Half points, where it is not the paragraph's.
    pub size: Option<u32>,
}

impl Dress {
    pub fn of(style: Style) -> Dress {
        Dress { style: Some(style), ..Dress::default() }
    }
}

impl Body<'_> {
    pub fn inlines(&mut self, inlines: &[Inline], dress: Dress) -> String {
        inlines.iter().map(|inline| self.inline(inline, &dress)).collect()
    }

    fn inline(&mut self, inline: &Inline, dress: &Dress) -> String {
        match inline {
            Inline::Text(text) | Inline::Bound { text, .. } => self.run(text, dress),
            Inline::Strong(inner) if dress.style.is_none() => {
                self.inlines(inner, Dress { style: Some(Style::Strong), ..dress.clone() })
            }
            Inline::Strong(inner) => self.inlines(inner, Dress { strong: true, ..dress.clone() }),
            Inline::Emphasis(inner) if dress.style.is_none() => {
                self.inlines(inner, Dress { style: Some(Style::Emphasis), ..dress.clone() })
            }
            Inline::Emphasis(inner) => self.inlines(inner, Dress { slanted: true, ..dress.clone() }),
            Inline::Code(text) => self.run(text, &Dress { style: Some(Style::Code), ..dress.clone() }),
            Inline::Link { href, inlines } => self.link(href, inlines, dress),
            Inline::Reference { id, text } => self.reference(id, text, dress),
            Inline::LineBreak => "<w:r><w:br/></w:r>".to_string(),
        }
    }

    /// One run of text.
    pub fn run(&self, text: &str, dress: &Dress) -> String {
        if text.is_empty() {
            return String::new();
        }
        format!("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", self.properties(dress), escape(text))
    }

    /// Properties of a run, in the schema's order.
    pub fn properties(&self, dress: &Dress) -> String {
        let mut properties = String::new();
        if let Some(style) = dress.style {
            properties.push_str(&format!("<w:rStyle w:val=\"{}\"/>", escape(self.ids.get(style))));
        }
        if dress.strong {
            properties.push_str("<w:b/><w:bCs/>");
        }
        if dress.slanted {
            properties.push_str("<w:i/><w:iCs/>");
        }
        if let Some(size) = dress.size {
            properties.push_str(&format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"));
        }
        if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") }
    }

    /// A link leads to a web page or a mailbox; anything else is printed as its words.
    fn link(&mut self, href: &str, inlines: &[Inline], dress: &Dress) -> String {
        let lower = href.to_ascii_lowercase();
        let outside = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
        let clean = !href.chars().any(|letter| letter.is_control() || letter.is_whitespace());
        let strong = dress.strong || dress.style == Some(Style::Strong);
        let slanted = dress.slanted || dress.style == Some(Style::Emphasis);
        if !(outside && clean) {
            return self.inlines(inlines, dress.clone());
        }
        let runs = self.inlines(inlines, Dress { style: Some(Style::Link), strong, slanted, size: dress.size });
        let id = self.relations.add_external("hyperlink", href);
        format!("<w:hyperlink r:id=\"{id}\" w:history=\"1\">{runs}</w:hyperlink>")
    }

    /// A field that prints what its bookmark holds. Where the words are others, a link to the place.
    fn reference(&mut self, id: &str, text: &str, dress: &Dress) -> String {
        let text = text.replace(' ', "\u{a0}");
        let Some(target) = self.targets.get(id).cloned() else { return self.run(&text, dress) };
        match split_around(&text, &target) {
            Some((before, found, after)) => {
                let form = if found == target.text { "" } else { "\\* Lower " };
                let field = self.field(&format!("REF {} {form}\\h", target.bookmark), found, dress);
                format!("{}{field}{}", self.run(before, dress), self.run(after, dress))
            }
            None => {
                let runs = self.run(&text, dress);
                format!("<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{runs}</w:hyperlink>", escape(&target.bookmark))
            }
        }
    }

    /// A field with what it last printed.
    pub fn field(&self, code: &str, result: &str, dress: &Dress) -> String {
        let properties = self.properties(dress);
        let mark = |kind: &str| format!("<w:r>{properties}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        format!(
            "{}<w:r>{properties}<w:instrText xml:space=\"preserve\"> {} </w:instrText></w:r>{}{}{}",
            mark("begin"),
            escape(code),
            mark("separate"),
            self.run(result, dress),
            mark("end")
        )
    }
}

/// The text of the target inside a reference's words, in its own or in small letters.
fn split_around<'t>(text: &'t str, target: &Target) -> Option<(&'t str, &'t str, &'t str)> {
    [target.text.clone(), target.text.to_lowercase()].iter().find_map(|wanted| {
        let start = text.find(wanted.as_str())?;
        let end = start + wanted.len();
        Some((&text[..start], &text[start..end], &text[end..]))
    })
}
