//! Changes in the text of a job file: a value is added or replaced, everything else stands as it stood, comments and order
//! too.
//!
//! In: the text, and the path of keys at which something is said. Out: the text with that. Never: a file.
//!
//! Not by toml_edit: where a new key goes in a file that a person has laid out would still be said here.

use std::ops::Range;

use super::draft;
use crate::diagnostic::Failure;
use crate::vocabulary::document::{self, Node, NodeValue};

/// The text with stretches replaced, which are in the order of the text and apart from one another.
pub(crate) fn replaced<'a>(text: &str, changes: impl DoubleEndedIterator<Item = (Range<usize>, &'a str)>) -> String {
    let mut text = text.to_string();
    changes.rev().for_each(|(bytes, after)| text.replace_range(bytes, after));
    text
}

/// A job file's text on its way to another.
#[derive(Debug, Clone)]
pub(crate) struct JobText {
    pub(crate) file: String,
    pub(crate) text: String,
}

impl JobText {
    /// Adds an item, written as TOML, to the list at a path; to a value that is alone there as to a list of one.
    ///
    /// Out: false if nothing stands there.
    pub(crate) fn push(&mut self, path: &[&str], item: &str) -> Result<bool, Failure> {
        let document = self.parsed()?;
        let Some(node) = document.at(path) else { return Ok(false) };
        match &node.value {
            NodeValue::List(items) => match items.last() {
                Some(last) => self.text.insert_str(last.bytes.end, &format!(", {item}")),
                None => self.text.insert_str(node.bytes.start + 1, item),
            },
            _ => {
                let list = format!("[{}, {item}]", &self.text[node.bytes.clone()]);
                self.text.replace_range(node.bytes.clone(), &list);
            }
        }
        Ok(true)
    }

    /// Adds a key with its value, both written as TOML, to the table at a path, which is made where there is none.
    pub(crate) fn add(&mut self, path: &[&str], key: &str, value: &str) -> Result<(), Failure> {
        let document = self.parsed()?;
        let Some(node) = document.at(path) else {
            let Some((name, above)) = path.split_last() else { return Err(Failure::internal("a job file is a table")) };
            return self.add(above, &draft::key(name), &format!("{{ {key} = {value} }}"));
        };
        let NodeValue::Table(entries) = &node.value else { return Err(Failure::internal("no table stands there")) };
        if self.is_inline(node) {
            match entries.last() {
                Some(last) => self.text.insert_str(last.node.bytes.end, &format!(", {key} = {value}")),
                None => self.text.insert_str(node.bytes.start + 1, &format!(" {key} = {value} ")),
            }
            return Ok(());
        }
        // A key whose line is a heading has a table of its own.
        let own = entries.iter().filter(|entry| !self.line(entry.place.line).trim_start().starts_with('['));
        let last = own.map(|entry| self.end(&entry.node)).max().or_else(|| self.heading(path));
        let newline = self.newline();
        match last {
            Some(last) => self.insert_below(last, &format!("{newline}{key} = {value}")),
            None => {
                let names: Vec<String> = path.iter().map(|name| draft::key(name)).collect();
                let table = format!("{newline}{newline}[{}]{newline}{key} = {value}", names.join("."));
                self.insert_below(self.end(node), &table);
            }
        }
        Ok(())
    }

    /// Says a key of the table at a path, whether it was said or not.
    pub(crate) fn set(&mut self, path: &[&str], key: &str, value: &str) -> Result<(), Failure> {
        let document = self.parsed()?;
        match document.at(path).and_then(|table| table.at(&[key])) {
            Some(node) => self.text.replace_range(node.bytes.clone(), value),
            None => self.add(path, key, value)?,
        }
        Ok(())
    }

    fn parsed(&self) -> Result<Node, Failure> {
        document::parse(&self.text, &self.file).map_err(Failure::fixable)
    }

    fn is_inline(&self, node: &Node) -> bool {
        self.text[node.bytes.clone()].starts_with('{')
    }

    /// Where the last value in a table ends.
    fn end(&self, node: &Node) -> usize {
        match &node.value {
            NodeValue::Table(entries) if !self.is_inline(node) => {
                entries.iter().map(|entry| self.end(&entry.node)).max().unwrap_or(node.bytes.end)
            }
            NodeValue::List(items) => items.iter().map(|item| self.end(item)).max().unwrap_or(0).max(node.bytes.end),
            _ => node.bytes.end,
        }
    }

    /// Where the heading of a table stands, if it has one.
    fn heading(&self, path: &[&str]) -> Option<usize> {
        let names: Vec<String> = path.iter().map(|name| draft::key(name)).collect();
        let wanted = format!("[{}]", names.join("."));
        let plain = |line: &str| line.replace('\'', "\"").split_whitespace().collect::<String>();
        let wanted = plain(&wanted);
        let mut lines = self.text.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        lines.find(|(_, line)| plain(line).starts_with(&wanted)).map(|(at, _)| at)
    }

    fn line(&self, line: u32) -> &str {
        self.text.lines().nth(line as usize - 1).unwrap_or_default()
    }

    /// Inserts behind the line in which a place lies.
    fn insert_below(&mut self, at: usize, text: &str) {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
        let end = if self.text[..end].ends_with('\r') { end - 1 } else { end };
        self.text.insert_str(end, text);
    }

    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str = r#"# överst
[category.typ]
values = [
  "Fall", # vanligast
  "Hot",
] # slut

[category.kon]
values = []
synonyms = { K = "Kvinnor" }

[category.typ.synonyms] # andra ord
falla = "Fall"

[hierarchy.org.groups]
"Barn och unga" = ["A 1"]

[source.x.columns]
dag = { header = "Dag", kind = "date" }
"#;

    fn edited(edit: impl FnOnce(&mut JobText)) -> String {
        let mut job = JobText { file: "jobb.toml".into(), text: JOB.into() };
        edit(&mut job);
        let lines: Vec<&str> = job.text.lines().filter(|line| !JOB.lines().any(|known| known == *line)).collect();
        job.parsed().expect("TOML");
        assert!(job.text.lines().count() >= JOB.lines().count() && job.text.starts_with("# överst"), "{}", job.text);
        lines.join("\n")
    }

    #[test]
    fn an_item_stands_behind_the_last_and_a_comment_stays() {
        assert_eq!(edited(|job| drop(job.push(&["category", "typ", "values"], "\"Nytt\""))), "  \"Hot\", \"Nytt\",");
        assert_eq!(edited(|job| drop(job.push(&["category", "kon", "values"], "\"K\""))), "values = [\"K\"]");
        let header = edited(|job| drop(job.push(&["source", "x", "columns", "dag", "header"], "\"Datum\"")));
        assert_eq!(header, "dag = { header = [\"Dag\", \"Datum\"], kind = \"date\" }");
    }

    #[test]
    fn a_key_stands_in_its_own_table() {
        let add = |path: &[&str], key: &str, value: &str| edited(|job| job.add(path, key, value).expect("a table"));
        assert_eq!(add(&["category", "typ", "synonyms"], "\"fallit\"", "\"Fall\""), "\"fallit\" = \"Fall\"");
        let inline = add(&["category", "kon", "synonyms"], "M", "\"Män\"");
        assert_eq!(inline, "synonyms = { K = \"Kvinnor\", M = \"Män\" }");
        assert_eq!(add(&["category", "kon"], "residual", "[]"), "residual = []");
        let formats = add(&["source", "x", "columns", "dag"], "formats", "[]");
        assert_eq!(formats, "dag = { header = \"Dag\", kind = \"date\", formats = [] }");
        assert_eq!(add(&["hierarchy", "org", "groups"], "Vuxna", "[]"), "Vuxna = []");
    }

    #[test]
    fn a_table_without_a_heading_gets_one() {
        let renamed = edited(|job| job.add(&["hierarchy", "org"], "renamed", "[]").expect("a table"));
        assert_eq!(renamed, "[hierarchy.org]\nrenamed = []");
        let synonyms = edited(|job| job.add(&["category", "ny", "synonyms"], "a", "\"b\"").expect("a table"));
        assert_eq!(synonyms, "[category]\nny = { synonyms = { a = \"b\" } }");
    }
}
