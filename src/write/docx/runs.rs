//! Inlines as runs, fields and hyperlinks.

use super::super::document::Inline;
use super::body::Body;
use super::styles::{Ids, Style};
use super::targets::Target;
use super::xml::{Element, element, escape, valued};

/// What stands in a paragraph: runs, bookmarks, hyperlinks.
pub(super) type Runs = Vec<Element>;

/// How a run is dressed. Word knows one character style a run; slant comes on top.
#[derive(Debug, Clone, Default)]
pub(super) struct Dress {
    pub style: Option<Style>,
    pub slanted: bool,
    pub strong: bool,
    /// Half points, where it is not the paragraph's.
    pub size: Option<u32>,
}

impl Dress {
    pub(super) fn of(style: Style) -> Dress {
        Dress { style: Some(style), ..Dress::default() }
    }

    /// Properties of a run, in the schema's order.
    fn properties(&self, ids: &Ids) -> Option<Element> {
        let both = |plain, complex| [element(plain), element(complex)];
        let properties = element("w:rPr")
            .add(self.style.map(|style| valued("w:rStyle", ids.get(style))))
            .add(self.strong.then(|| both("w:b", "w:bCs")).into_iter().flatten())
            .add(self.slanted.then(|| both("w:i", "w:iCs")).into_iter().flatten())
            .add(self.size.map(|size| [valued("w:sz", size), valued("w:szCs", size)]).into_iter().flatten());
        (!properties.is_empty()).then_some(properties)
    }
}

/// A run of something that is no text.
pub(super) fn run_of(name: &'static str) -> Element {
    element("w:r").add([element(name)])
}

/// Text as it stands, with its spaces.
pub(super) fn text(text: &str) -> Element {
    element("w:t").with("xml:space", "preserve").text(text)
}

/// Words that lead to a bookmark.
pub(super) fn leading_to(bookmark: &str, runs: impl IntoIterator<Item = Element>) -> Element {
    element("w:hyperlink").with("w:anchor", bookmark).with("w:history", 1).add(runs)
}

/// An end of a field.
pub(super) fn field_mark(kind: &str) -> Element {
    element("w:fldChar").with("w:fldCharType", kind)
}

/// What a field prints, in Word's language; XML as it stands.
pub(super) fn field_code(code: String) -> Element {
    element("w:instrText").with("xml:space", "preserve").literal(code)
}

impl Body<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline], dress: &Dress) -> Runs {
        inlines.iter().flat_map(|inline| self.inline(inline, dress)).collect()
    }

    fn inline(&mut self, inline: &Inline, dress: &Dress) -> Runs {
        let styled = |style: Style| Dress { style: Some(style), ..dress.clone() };
        match inline {
            Inline::Text(text) | Inline::Bound { text, .. } => self.run(text, dress).into_iter().collect(),
            Inline::Strong(inner) if dress.style.is_none() => self.inlines(inner, &styled(Style::Strong)),
            Inline::Strong(inner) => self.inlines(inner, &Dress { strong: true, ..dress.clone() }),
            Inline::Emphasis(inner) if dress.style.is_none() => self.inlines(inner, &styled(Style::Emphasis)),
            Inline::Emphasis(inner) => self.inlines(inner, &Dress { slanted: true, ..dress.clone() }),
            Inline::Code(text) => self.run(text, &styled(Style::Code)).into_iter().collect(),
            Inline::Link { href, inlines } => self.link(href, inlines, dress),
            Inline::Reference { id, text } => self.reference(id, text, dress),
            Inline::LineBreak => vec![run_of("w:br")],
        }
    }

    /// One run of text; none of no text.
    pub(super) fn run(&self, words: &str, dress: &Dress) -> Option<Element> {
        (!words.is_empty()).then(|| self.dressed(dress, [text(words)]))
    }

    /// A run with its properties.
    pub(super) fn dressed(&self, dress: &Dress, inside: impl IntoIterator<Item = Element>) -> Element {
        element("w:r").add(dress.properties(self.frame.ids)).add(inside)
    }

    /// A link leads to a web page or a mailbox; anything else is printed as its words.
    fn link(&mut self, href: &str, inlines: &[Inline], dress: &Dress) -> Runs {
        let lower = href.to_ascii_lowercase();
        let outside = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
        let clean = !href.chars().any(|letter| letter.is_control() || letter.is_whitespace());
        if !(outside && clean) {
            return self.inlines(inlines, dress);
        }
        let strong = dress.strong || dress.style == Some(Style::Strong);
        let slanted = dress.slanted || dress.style == Some(Style::Emphasis);
        let runs = self.inlines(inlines, &Dress { style: Some(Style::Link), strong, slanted, size: dress.size });
        let id = self.package.text_relations.add_external("hyperlink", href);
        vec![element("w:hyperlink").with("r:id", id).with("w:history", 1).add(runs)]
    }

    /// A field that prints what its bookmark holds. Where the words are others, a link to the place.
    fn reference(&mut self, id: &str, text: &str, dress: &Dress) -> Runs {
        let text = text.replace(' ', "\u{a0}");
        let Some(target) = self.targets.get(id) else { return self.run(&text, dress).into_iter().collect() };
        match Around::of(&text, target) {
            Some(Around { before, found, after }) => {
                let form = if found == target.text { "" } else { "\\* Lower " };
                let field = self.field(&format!("REF {} {form}\\h", target.bookmark), found, dress);
                self.run(before, dress).into_iter().chain(field).chain(self.run(after, dress)).collect()
            }
            None => vec![leading_to(&target.bookmark, self.run(&text, dress))],
        }
    }

    /// A field with what it last printed.
    pub(super) fn field(&self, code: &str, result: &str, dress: &Dress) -> Runs {
        let before = [field_mark("begin"), field_code(format!(" {} ", escape(code))), field_mark("separate")]
            .map(|mark| self.dressed(dress, [mark]));
        before.into_iter().chain(self.run(result, dress)).chain([self.dressed(dress, [field_mark("end")])]).collect()
    }
}

/// A reference's words, cut around the text of its target.
struct Around<'t> {
    before: &'t str,
    found: &'t str,
    after: &'t str,
}

impl<'t> Around<'t> {
    /// The target's text in its own or in small letters.
    fn of(text: &'t str, target: &Target) -> Option<Around<'t>> {
        [target.text.clone(), target.text.to_lowercase()].iter().find_map(|wanted| {
            let start = text.find(wanted.as_str())?;
            let end = start + wanted.len();
            Some(Around { before: &text[..start], found: &text[start..end], after: &text[end..] })
        })
    }
}
