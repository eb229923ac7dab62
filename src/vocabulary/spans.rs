//! Where everything stands in the job file: path → line and column of key and value.
//!
//! In: the tree of `document`. Out: [`SpanIndex`], by which `compile` points at what it complains about. Spec structs
//! stay plain.

use std::collections::BTreeMap;
use std::fmt;

use crate::vocabulary::document::{LineColumn, Node, NodeValue};

/// One step into the file: a key of a table or an index of a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A key of a table.
    Key(String),
    /// A place in a list, from 0.
    Index(usize),
}

/// A path from the file's root: `breakdown`, `x`, `rows`, 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// A path of keys from the top of the file.
    pub fn of(keys: &[&str]) -> Path {
        Path(keys.iter().map(|key| Step::Key(key.to_string())).collect())
    }

    /// With one more key.
    pub fn key(&self, key: &str) -> Path {
        self.then(Step::Key(key.to_string()))
    }

    /// With a place in a list.
    pub fn index(&self, index: usize) -> Path {
        self.then(Step::Index(index))
    }

    fn then(&self, step: Step) -> Path {
        let mut steps = self.0.clone();
        steps.push(step);
        Path(steps)
    }

    fn parent(&self) -> Option<Path> {
        let (_, before) = self.0.split_last()?;
        Some(Path(before.to_vec()))
    }
}

/// The last key, as messages name it: `` `title` ``, or "value 2 of `files`".
impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [.., Step::Key(key)] => write!(out, "`{key}`"),
            [.., Step::Key(key), Step::Index(index)] => {
                out.write_str(&say!("job-value-of-list", number = index + 1, key))
            }
            _ => out.write_str(&say!("job-the-job-file")),
        }
    }
}

/// Places of all keys and values. What is absent has the place of the nearest table around it.
#[derive(Debug, Clone, Default)]
pub struct SpanIndex {
    /// Key and value.
    places: BTreeMap<Path, (LineColumn, LineColumn)>,
}

impl SpanIndex {
    /// Reads the places of all keys and values.
    pub fn of(document: &Node) -> SpanIndex {
        let mut index = SpanIndex::default();
        index.add(Path::default(), document.place, document);
        index
    }

    fn add(&mut self, path: Path, key: LineColumn, node: &Node) {
        match &node.value {
            NodeValue::Table(entries) => {
                entries.iter().for_each(|entry| self.add(path.key(&entry.key), entry.place, &entry.node));
            }
            NodeValue::List(items) => {
                items.iter().enumerate().for_each(|(index, item)| self.add(path.index(index), item.place, item));
            }
            _ => {}
        }
        self.places.insert(path, (key, node.place));
    }

    /// Whether the file says anything at this path.
    pub fn contains(&self, path: &Path) -> bool {
        self.places.contains_key(path)
    }

    /// Where the key itself stands; of one that is not there, where the nearest table around it does.
    pub fn key(&self, path: &Path) -> LineColumn {
        self.nearest(path).0
    }

    /// Place of the value; of a list's item also where one value stands without a list.
    pub fn value(&self, path: &Path) -> LineColumn {
        match (self.places.get(path), path.0.split_last()) {
            (Some((_, value)), _) => *value,
            (None, Some((Step::Index(_), around))) => self.value(&Path(around.to_vec())),
            (None, _) => self.nearest(path).0,
        }
    }

    fn nearest(&self, path: &Path) -> (LineColumn, LineColumn) {
        let mut path = path.clone();
        loop {
            if let Some(places) = self.places.get(&path) {
                return *places;
            }
            match path.parent() {
                Some(parent) => path = parent,
                None => return (LineColumn::START, LineColumn::START),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::document::parse;

    #[test]
    fn a_path_finds_key_and_value() {
        let node = parse("[breakdown.x]\nrows = [\"enhet\", \"avdelning\"]\n", "j").expect("valid TOML");
        let spans = SpanIndex::of(&node);
        let rows = Path::of(&["breakdown", "x", "rows"]);
        assert_eq!(spans.key(&rows), LineColumn { line: 2, column: 1 });
        assert_eq!(spans.value(&rows), LineColumn { line: 2, column: 8 });
        assert_eq!(spans.value(&rows.index(1)), LineColumn { line: 2, column: 18 });
    }

    #[test]
    fn what_is_absent_has_the_place_of_what_is_around_it() {
        let node = parse("a = 1\n[breakdown.x]\nrows = \"enhet\"\n", "j").expect("valid TOML");
        let spans = SpanIndex::of(&node);
        let table = Path::of(&["breakdown", "x"]);
        assert_eq!(spans.value(&table.key("source")), LineColumn { line: 2, column: 12 });
        assert_eq!(spans.value(&table.key("rows").index(0)), LineColumn { line: 3, column: 8 });
    }
}
