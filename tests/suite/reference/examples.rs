//! The full job cut into its tables, to be shown beside the keys.
//!
//! In: `tests/cases/job/full/job.toml`, which loads and compiles without a word (`job.rs` holds that). Out: for each
//! family the tables that together show all its keys, in the file's order. Never a line that is not in that file.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::schema::{Key, Schema};

pub struct Examples {
    tables: Vec<Example>,
}

/// A table of the job file with those below it, as written.
struct Example {
    /// `source.kolada`, `chapter`.
    name: String,
    text: String,
}

impl Example {
    fn family(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// The keys that it shows.
    fn keys(&self, family: &Key, schema: &Schema) -> BTreeSet<String> {
        let read: toml::Table = self.text.parse().expect("a piece of the full job is TOML");
        let value: Value = serde_json::to_value(&read[family.name]).expect("TOML as JSON");
        schema.keys_used(family.schema, &value)
    }
}

impl Examples {
    pub fn of_the_full_job() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/job/full/job.toml");
        let text = std::fs::read_to_string(file).expect("the full job is a text");
        let mut tables: Vec<Example> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match (head(line), tables.last_mut()) {
                (Some(name), Some(last)) if is_below(name, &last.name) => push(line, last),
                (Some(name), _) => tables.push(Example { name: name.to_string(), text: line.to_string() }),
                (None, Some(last)) => push(line, last),
                (None, None) => {}
            }
        }
        assert!(tables.len() > 30, "the full job is no longer cut into its tables");
        Examples { tables }
    }

    /// The pieces that show something of a family which those before them don't.
    pub fn of(&self, family: &Key, schema: &Schema) -> Vec<&str> {
        let mut shown = BTreeSet::new();
        let tables = self.tables.iter().filter(|table| table.family() == family.name);
        let adds = |table: &&Example| {
            let before = shown.len();
            shown.extend(table.keys(family, schema));
            shown.len() > before
        };
        tables.filter(adds).map(|table| table.text.trim_end()).collect()
    }

    /// All keys of a family that the full job uses.
    pub fn keys(&self, family: &Key, schema: &Schema) -> BTreeSet<String> {
        let tables = self.tables.iter().filter(|table| table.family() == family.name);
        tables.flat_map(|table| table.keys(family, schema)).collect()
    }
}

fn push(line: &str, table: &mut Example) {
    table.text.push('\n');
    table.text.push_str(line);
}

/// The name in `[source.x]` or `[[chapter]]`.
fn head(line: &str) -> Option<&str> {
    line.starts_with('[').then(|| line.trim_matches(['[', ']', ' ']))
}

fn is_below(name: &str, table: &str) -> bool {
    name.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'))
}
