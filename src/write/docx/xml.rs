//! Texts made safe for XML, and the names that parts and relationships go by.

/// Namespace of everything that Word calls its own.
pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Namespace of relationship ids inside a part.
pub const RELATION_IDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Namespace of a `.rels` part.
pub const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// How every part begins.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Text for element content and quoted attributes. What XML 1.0 has no place for, and control characters, are left out;
/// a line break or tab is a space, as the writer knows elements for those that matter.
pub fn escape(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_has_no_place_for_is_left_out() {
        assert_eq!(escape("a\u{0}b\u{b}c\u{1f}d\u{7f}e\u{85}f\u{fffe}g\u{ffff}h"), "abcdefgh");
        assert_eq!(escape("]]>&<\"å\t\n"), "]]&gt;&amp;&lt;&quot;å  ");
        let hostile: String = (0..0x1_0000).filter_map(char::from_u32).collect();
        let part = format!("<a b=\"{0}\">{0}</a>", escape(&hostile));
        roxmltree::Document::parse(&part).expect("every letter of the first plane is harmless");
    }
}
