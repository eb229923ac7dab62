//! Elements and texts as XML, and the names that parts and relationships go by.

use std::fmt::{Display, Formatter};

/// Namespace of everything that Word calls its own.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Namespace of relationship ids inside a part.
pub(super) const RELATION_IDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Namespace of a `.rels` part.
pub(super) const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// How every part begins.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Text for element content and quoted attributes. What XML 1.0 has no place for, and control characters, are left out;
/// a line break or tab is a space, as the writer knows elements for those that matter.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// An element of a part. It is built whole and written once; nothing is put into its text afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    name: &'static str,
    /// As they are written.
    attributes: String,
    inside: Vec<Inside>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Inside {
    Element(Element),
    Text(String),
    Literal(String),
}

/// An element with nothing in it yet: "w:keepNext".
pub(super) fn element(name: &'static str) -> Element {
    Element { name, attributes: String::new(), inside: Vec::new() }
}

/// An element that says one thing: `<w:jc w:val="right"/>`.
pub(super) fn valued(name: &'static str, value: impl ToString) -> Element {
    element(name).with("w:val", value)
}

impl Element {
    /// With an attribute.
    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Element {
        self.attributes += &format!(" {name}=\"{}\"", escape(&value.to_string()));
        self
    }

    /// With more elements inside, after those that there are.
    pub(super) fn add(mut self, elements: impl IntoIterator<Item = Element>) -> Element {
        self.inside.extend(elements.into_iter().map(Inside::Element));
        self
    }

    pub(super) fn text(mut self, text: &str) -> Element {
        self.inside.push(Inside::Text(text.to_string()));
        self
    }

    /// Text that is XML as it stands.
    pub(super) fn literal(mut self, text: String) -> Element {
        self.inside.push(Inside::Literal(text));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.inside.is_empty()
    }

    /// The first element inside of that name.
    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.inside.iter_mut().find_map(|inside| match inside {
            Inside::Element(element) if element.name == name => Some(element),
            _ => None,
        })
    }

    /// Takes out the last element inside, if it has that name.
    pub(super) fn take_last(&mut self, name: &str) -> Option<Element> {
        match self.inside.pop() {
            Some(Inside::Element(element)) if element.name == name => Some(element),
            other => {
                self.inside.extend(other);
                None
            }
        }
    }
}

impl Display for Element {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        write!(out, "<{}{}", self.name, self.attributes)?;
        if self.inside.is_empty() {
            return out.write_str("/>");
        }
        out.write_str(">")?;
        for inside in &self.inside {
            match inside {
                Inside::Element(element) => element.fmt(out)?,
                Inside::Text(text) => out.write_str(&escape(text))?,
                Inside::Literal(text) => out.write_str(text)?,
            }
        }
        write!(out, "</{}>", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_nested_and_their_texts_escaped() {
        let paragraph =
            element("w:p").add([valued("w:a", "\"<")]).add(None).add([element("w:t").text("a & b").text("")]);
        assert_eq!(paragraph.to_string(), "<w:p><w:a w:val=\"&quot;&lt;\"/><w:t>a &amp; b</w:t></w:p>");
        assert_eq!(element("w:t").text("").to_string(), "<w:t></w:t>");
    }

    #[test]
    fn what_xml_has_no_place_for_is_left_out() {
        assert_eq!(escape("a\u{0}b\u{b}c\u{1f}d\u{7f}e\u{85}f\u{fffe}g\u{ffff}h"), "abcdefgh");
        assert_eq!(escape("]]>&<\"å\t\n"), "]]&gt;&amp;&lt;&quot;å  ");
        let hostile: String = (0..0x1_0000).filter_map(char::from_u32).collect();
        let part = format!("<a b=\"{0}\">{0}</a>", escape(&hostile));
        roxmltree::Document::parse(&part).expect("every letter of the first plane is harmless");
    }
}
