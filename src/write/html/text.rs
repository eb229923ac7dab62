//! Plain texts made safe for HTML and CSS.

/// Text for element content and quoted attributes. Control characters, which HTML has no place for, are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' => escaped.push(letter),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A quoted CSS string; everything but letters, digits and space is written by its number.
pub(super) fn css_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        if letter.is_alphanumeric() || letter == ' ' {
            quoted.push(letter);
        } else {
            quoted.push_str(&format!("\\{:06x}", u32::from(letter)));
        }
    }
    quoted.push('"');
    quoted
}

/// A colour as `#rrggbb`, or the fallback for anything else.
pub(super) fn css_colour<'a>(colour: &'a str, fallback: &'a str) -> &'a str {
    let digits = colour.strip_prefix('#').unwrap_or("");
    let is_colour = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_colour { colour } else { fallback }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_characters_become_references() {
        assert_eq!(escape("<a href=\"x\">'&'</a>\u{0}"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    }

    #[test]
    fn a_css_string_cannot_be_left() {
        assert_eq!(css_string("a\"}</style>"), "\"a\\000022\\00007d\\00003c\\00002fstyle\\00003e\"");
        assert_eq!(css_string("Åtgärd 1"), "\"Åtgärd 1\"");
    }

    #[test]
    fn only_colours_are_colours() {
        assert_eq!(css_colour("#1a2B3c", "#000000"), "#1a2B3c");
        assert_eq!(css_colour("red;}", "#000000"), "#000000");
        assert_eq!(css_colour("#12345", "#000000"), "#000000");
    }
}
