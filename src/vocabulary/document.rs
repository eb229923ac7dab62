//! The TOML text as a tree in which every key and value knows its line and column, in the order of the file.
//!
//! In: text. Out: [`Node`], or every syntax error. The `toml` crate sorts tables by key; we put them back into the
//! order of the file, because measures, charts and list values are printed in it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Location};

/// Line and column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl LineColumn {
    /// The first letter of the file.
    pub const START: LineColumn = LineColumn { line: 1, column: 1 };
}

/// A value of the job file and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it begins.
    pub place: LineColumn,
    /// Where its text stands, for whoever rewrites it.
    pub bytes: Range<usize>,
    /// What it is.
    pub value: NodeValue,
}

/// What a value of the job file is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeValue {
    /// A string, unescaped.
    Text(String),
    /// A whole number.
    Integer(i128),
    /// A number with decimals.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A TOML date or time, as written. The job file holds dates as texts.
    Date(String),
    /// An array, in its order.
    List(Vec<Node>),
    /// A table, in the file's order.
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As written, unescaped.
    pub key: String,
    /// Where it begins.
    pub place: LineColumn,
    /// Its value.
    pub node: Node,
}

/// Parses a job file; syntax errors come all together as far as the parser can go on after one.
pub fn parse(text: &str, file: &str) -> Result<Node, Vec<Diagnostic>> {
    let lines = Lines::of(text);
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let value = table(root.get_ref(), &lines);
        return Ok(Node { place: LineColumn::START, bytes: 0..text.len(), value });
    }
    Err(syntax_errors(&errors, &lines, file))
}

/// One a line: what follows in a line that is not understood is not understood either. Nor is anything behind a list that is
/// not closed.
fn syntax_errors(errors: &[toml::de::Error], lines: &Lines, file: &str) -> Vec<Diagnostic> {
    let place = |error: &toml::de::Error| error.span().map_or(LineColumn::START, |span| lines.place(span.start));
    let mut told: Vec<(u32, Diagnostic)> = Vec::new();
    let mut errors: Vec<&toml::de::Error> = errors.iter().collect();
    errors.sort_by_key(|error| place(error));
    for error in errors {
        let place = place(error);
        if !told.iter().any(|(line, _)| *line == place.line) {
            told.push((place.line, syntax_error(error, place, lines, file)));
        }
        if error.message().contains("array elements") {
            break;
        }
    }
    told.into_iter().map(|(_, told)| told).collect()
}

fn syntax_error(error: &toml::de::Error, place: LineColumn, lines: &Lines, file: &str) -> Diagnostic {
    let at = Location::JobFile { file: file.to_string(), line: place.line, column: place.column };
    let (why, line) = (error.message().replace('\n', ", "), lines.line(place.line));
    let told = |message: String| Diagnostic::error(Code::TomlSyntax, message, at);
    if line.contains(['”', '“', '„', '’', '‘']) && !line.contains(['"', '\'']) {
        told(say!("job-typographic-quotes")).help(say!("job-write-straight-quotes"))
    } else if why.contains("array elements") {
        told(say!("job-list-is-not-closed")).help(say!("job-close-the-list"))
    } else if why.contains("must be quoted") {
        told(say!("job-text-is-not-in-quotes")).help(say!("job-put-text-in-quotes"))
    } else {
        told(say!("job-not-valid-toml", why))
    }
}

fn node(value: &Spanned<DeValue<'_>>, lines: &Lines) -> Node {
    let bytes = value.span();
    Node { place: lines.place(bytes.start), bytes, value: node_value(value.get_ref(), lines) }
}

fn node_value(value: &DeValue<'_>, lines: &Lines) -> NodeValue {
    match value {
        DeValue::String(text) => NodeValue::Text(text.to_string()),
        DeValue::Integer(number) => {
            NodeValue::Integer(i128::from_str_radix(number.as_str(), number.radix()).unwrap_or(i128::MAX))
        }
        DeValue::Float(number) => NodeValue::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => NodeValue::Boolean(*truth),
        DeValue::Datetime(date) => NodeValue::Date(date.to_string()),
        DeValue::Array(items) => NodeValue::List(items.iter().map(|item| node(item, lines)).collect()),
        DeValue::Table(entries) => table(entries, lines),
    }
}

fn table(entries: &DeTable<'_>, lines: &Lines) -> NodeValue {
    let mut entries: Vec<Entry> = entries
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            place: lines.place(key.span().start),
            node: node(value, lines),
        })
        .collect();
    entries.sort_by_key(|entry| entry.place);
    NodeValue::Table(entries)
}

impl Node {
    /// The value at a path of keys.
    pub fn at(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| match &node.value {
            NodeValue::Table(entries) => entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.node),
            _ => None,
        })
    }

    /// The same, to be changed.
    pub fn at_mut(&mut self, keys: &[&str]) -> Option<&mut Node> {
        keys.iter().try_fold(self, |node, key| match &mut node.value {
            NodeValue::Table(entries) => {
                entries.iter_mut().find(|entry| entry.key == *key).map(|entry| &mut entry.node)
            }
            _ => None,
        })
    }

    /// The value as JSON in the order of the file, for serde. Dates become texts; the schema has refused them before.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.value {
            NodeValue::Text(text) | NodeValue::Date(text) => Value::from(text.as_str()),
            NodeValue::Integer(number) => match i64::try_from(*number) {
                Ok(number) => Value::from(number),
                Err(_) => Value::from(u64::try_from(*number).unwrap_or(u64::MAX)),
            },
            NodeValue::Float(number) => Value::from(*number),
            NodeValue::Boolean(truth) => Value::from(*truth),
            NodeValue::List(items) => items.iter().map(Node::to_json).collect(),
            NodeValue::Table(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.node.to_json())).collect()
            }
        }
    }
}

/// Byte offsets to lines and columns, both from 1; a column counts characters, as editors do.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(index, _)| index + 1)).collect();
        Lines { text, starts }
    }

    /// The text of a line, counted from 1.
    fn line(&self, line: u32) -> &str {
        let start = self.starts.get(line as usize - 1).copied().unwrap_or_default();
        self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
    }

    fn place(&self, offset: usize) -> LineColumn {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = self.text.get(start..offset).map_or(0, |text| text.chars().count());
        LineColumn { line: line as u32, column: before as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(node: &Node) -> Vec<&str> {
        match &node.value {
            NodeValue::Table(entries) => entries.iter().map(|entry| entry.key.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn tables_keep_the_order_of_the_file() {
        let node = parse("z = 1\na = 2\n[m.b]\nk = 1\n[m.a]\n", "job.toml").expect("valid TOML");
        assert_eq!(keys(&node), ["z", "a", "m"]);
        let NodeValue::Table(entries) = &node.value else { panic!("the root is a table") };
        assert_eq!(keys(&entries[2].node), ["b", "a"]);
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let node = parse("namn = { \"å\" = 1, b = 2 }", "job.toml").expect("valid TOML");
        let NodeValue::Table(entries) = &node.value else { panic!("the root is a table") };
        let NodeValue::Table(inner) = &entries[0].node.value else { panic!("an inline table is a table") };
        assert_eq!(inner[1].place, LineColumn { line: 1, column: 19 });
    }

    #[test]
    fn two_syntax_errors_are_told_together() {
        let errors = parse("a = \n[b]\nc = [1,\nd == 3\n", "job.toml").expect_err("not TOML");
        assert!(errors.len() >= 2, "{errors:?}");
        assert!(errors.iter().all(|error| error.code == Code::TomlSyntax));
    }

    #[test]
    fn an_empty_file_is_an_empty_table() {
        assert_eq!(keys(&parse("", "job.toml").expect("valid TOML")), Vec::<&str>::new());
    }
}
