//! Writes a job file: tables with keys, and comments that ask.
//!
//! In: [`Section`]s. Out: TOML text, the same for the same sections. Knows TOML's spelling and nothing of exports.
//!
//! Not by toml_edit: what it would take over is the quoting of a text (it prefers `'…'`, we keep one spelling), while where a
//! comment stands and where a long list is broken, which is what makes a draft readable, would still be said here.

use std::fmt::Write as _;

/// Width beyond which a list is broken into lines.
const LINE: usize = 110;

/// One table of the job file, or comments alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Section {
    /// Lines above it, without `#`.
    pub comments: Vec<String>,
    /// `[source.x]`, `[[chapter]]`; empty for comments alone.
    pub head: String,
    pub lines: Vec<Line>,
}

/// A key with its value as TOML writes it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub comments: Vec<String>,
    pub key: String,
    pub value: String,
}

impl Section {
    /// `[name]` without keys.
    pub(crate) fn table(name: impl AsRef<str>) -> Section {
        Section { head: format!("[{}]", name.as_ref()), ..Section::default() }
    }

    /// `[[name]]` without keys.
    pub(crate) fn element(name: &str) -> Section {
        Section { head: format!("[[{name}]]"), ..Section::default() }
    }

    /// Comments alone.
    pub(crate) fn remark(comment: impl Into<String>) -> Section {
        Section { comments: vec![comment.into()], ..Section::default() }
    }

    /// Adds a line above the table.
    pub(crate) fn comment(&mut self, comment: impl Into<String>) {
        self.comments.push(comment.into());
    }

    /// Adds a key; the value is TOML already.
    pub(crate) fn key(&mut self, key: &str, value: impl Into<String>) -> &mut Line {
        self.lines.push(Line { comments: Vec::new(), key: key.to_string(), value: value.into() });
        let last = self.lines.len() - 1;
        &mut self.lines[last]
    }

    /// Adds a key whose value is a text.
    pub(crate) fn text(&mut self, key: &str, value: &str) -> &mut Line {
        self.key(key, quoted(value))
    }
}

impl Line {
    /// Adds a line above the key.
    pub(crate) fn comment(&mut self, comment: impl Into<String>) -> &mut Line {
        self.comments.push(comment.into());
        self
    }
}

/// The job file.
pub(crate) fn job_text(sections: &[Section]) -> String {
    let mut text = String::new();
    for (index, section) in sections.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        push_comments(&section.comments, &mut text);
        if !section.head.is_empty() {
            let _ = writeln!(text, "{}", section.head);
        }
        for line in &section.lines {
            push_comments(&line.comments, &mut text);
            let _ = writeln!(text, "{} = {}", line.key, line.value);
        }
    }
    text
}

/// A comment is one line, whatever a header of an export holds.
fn push_comments(comments: &[String], text: &mut String) {
    for comment in comments {
        let words: Vec<&str> = comment.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
        let _ = writeln!(text, "# {}", words.join(" ").trim_end());
    }
}

/// A text as TOML's basic string.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            letter if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A list of values that are TOML already, broken into lines where it is long.
pub(crate) fn list(values: &[String]) -> String {
    let line = format!("[{}]", values.join(", "));
    if line.chars().count() <= LINE { line } else { lines(values) }
}

/// A list with one value a line.
pub(crate) fn lines(values: &[String]) -> String {
    let lines: String = values.iter().map(|value| format!("  {value},\n")).collect();
    format!("[\n{lines}]")
}

/// A list of texts.
pub(crate) fn texts<T: AsRef<str>>(values: &[T]) -> String {
    list(&values.iter().map(|value| quoted(value.as_ref())).collect::<Vec<String>>())
}

/// An inline table of values that are TOML already; keys that are not bare are quoted.
pub(crate) fn inline<K: AsRef<str>>(pairs: &[(K, String)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{} = {value}", key(name.as_ref()))).collect();
    if pairs.is_empty() { "{}".to_string() } else { format!("{{ {} }}", pairs.join(", ")) }
}

/// A key, quoted where it is not bare.
pub(crate) fn key(name: &str) -> String {
    let bare =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { name.to_string() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_section_is_written_with_its_comments() {
        let mut section = Section::table("source.x");
        section.comment("FRÅGA: rätt\nunderlag?");
        section.text("title", "Avvikelser \"2023\"").comment("vad läsaren ser");
        section.key("files", texts(&["a.csv"]));
        let expected = "# FRÅGA: rätt underlag?\n[source.x]\n# vad läsaren ser\ntitle = \"Avvikelser \\\"2023\\\"\"\nfiles = [\"a.csv\"]\n";
        assert_eq!(job_text(&[section]), expected);
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in "\\PC{0,20}[\\n\\t\"\\\\\u{1}]{0,3}", name in "\\PC{1,10}") {
            let written = format!("a = {}\nb = {}\n", quoted(&text), inline(&[(&name, texts(&[&text]))]));
            let read: toml::Table = written.parse().expect("TOML");
            prop_assert_eq!(read["a"].as_str(), Some(text.as_str()));
            prop_assert_eq!(read["b"][name.as_str()][0].as_str(), Some(text.as_str()));
        }
    }
}
