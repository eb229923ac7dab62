//! What of the job file a measure depends on, and which of its keys have changed.
//!
//! In: the job file's text as both manifests hold it. Out: for a measure the sources that it reads and the keys that
//! differ, with old and new value. A measure depends on its own table and on every table that is referred to from there
//! (`family.name`), however deep. Titles, charts, chapters and the like change no number and are left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::Failure;
use crate::job::plan::ChartKind;
use crate::vocabulary::document;

/// Tables of the job file that decide nothing about numbers.
const LOOKS: [&str; 5] = ["theme", "table", "key_number", "chapter", "check"];

/// Keys of `[job]` that decide about numbers.
const HEAD: [&str; 3] = ["period", "as_of", "cube"];

/// Keys that are words for readers, wherever they stand.
const WORDS: [&str; 6] = ["title", "what", "noun", "goal_label", "reference_label", "safe"];

/// A job file as a tree.
#[derive(Debug, Clone)]
pub(super) struct JobTree(Value);

/// A key with another value, or one that came (`old` is none) or went (`new` is none).
#[derive(Debug, Clone, PartialEq)]
pub struct KeyChange {
    /// `source.avvikelser.columns.enhet.header`
    pub path: String,
    /// `None`: the key came.
    pub old: Option<Value>,
    /// `None`: the key went.
    pub new: Option<Value>,
}

impl JobTree {
    /// Errors: those of a text that is no TOML; `file` names it.
    pub(super) fn parse(text: &str, file: &str) -> Result<JobTree, Failure> {
        document::parse(text, file).map(|node| JobTree(node.to_json())).map_err(Failure::fixable)
    }

    /// A value by its path: `source.avvikelser.period_date`.
    pub(super) fn get(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(&self.0, |value, key| value.get(key))
    }

    /// `family.name` of every table that a measure depends on; one that leads to no source is of all of them.
    pub(super) fn tables_of(&self, measure: &str) -> BTreeSet<String> {
        let mut found = self.reached(vec![own_table(measure).to_string()]);
        if !found.is_empty() && sources_among(&found).next().is_none() {
            let sources = self.get("source").and_then(Value::as_object).into_iter().flat_map(|sources| sources.keys());
            found.extend(self.reached(sources.map(|source| format!("{SOURCE}{source}")).collect()));
        }
        found
    }

    /// Tables, and all that are referred to from there.
    fn reached(&self, mut open: Vec<String>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            let Some(table) = self.get(&name) else { continue };
            if found.insert(name) {
                self.references(table, &mut open);
            }
        }
        found
    }

    /// Names of the sources among them.
    pub(super) fn sources_of(&self, measure: &str) -> BTreeSet<String> {
        sources_among(&self.tables_of(measure)).map(String::from).collect()
    }

    /// Texts that name a table of this file; a reference may go on into the table (`hierarchy.x.groups`).
    fn references(&self, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => {
                let mut parts = text.splitn(3, '.');
                let (family, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                let is_table = self.0.get(family).and_then(|family| family.get(name)).is_some_and(Value::is_object);
                if is_table && family != "job" {
                    found.push(format!("{family}.{name}"));
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.references(item, found)),
            Value::Object(entries) => entries.values().for_each(|value| self.references(value, found)),
            _ => {}
        }
    }

    /// Tables without a family's name that concern every measure: `[protection]` and what is to come.
    fn of_all(&self) -> BTreeSet<String> {
        let Some(root) = self.0.as_object() else { return BTreeSet::new() };
        let is_family = |value: &Value| value.as_object().is_some_and(|table| table.values().all(Value::is_object));
        let known = |key: &str| key == "job" || decides_nothing(key);
        root.iter().filter(|(key, value)| !known(key) && !is_family(value)).map(|(key, _)| key.clone()).collect()
    }
}

const SOURCE: &str = "source.";

fn sources_among(tables: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    tables.iter().filter_map(|name| name.strip_prefix(SOURCE))
}

/// Whether a family's tables only draw, print or check numbers that are there.
fn decides_nothing(family: &str) -> bool {
    LOOKS.contains(&family) || ChartKind::ALL.iter().any(|kind| kind.name() == family)
}

/// The table of the job file that a measure is made by: some families print several, `quality.x.months`.
fn own_table(measure: &str) -> &str {
    measure.match_indices('.').nth(1).map_or(measure, |(end, _)| &measure[..end])
}

/// Keys that differ and on which a measure depends, in the order of their paths. `renamed`: its name in the old job.
///
/// The period's year is left out: it is the run's, whatever the file says.
pub(super) fn changes(old: &JobTree, new: &JobTree, measure: &str, renamed: Option<&str>) -> Vec<KeyChange> {
    let mut changes = BTreeMap::new();
    for key in HEAD {
        let path = format!("job.{key}");
        differences(&path, old.get(&path), new.get(&path), &mut changes);
    }
    changes.remove("job.period.year");
    let (was, measure) = (own_table(renamed.unwrap_or(measure)), own_table(measure));
    let shared: BTreeSet<String> = [old.tables_of(was), new.tables_of(measure), old.of_all(), new.of_all()]
        .into_iter()
        .flatten()
        .filter(|name| name != was && name != measure)
        .collect();
    for table in shared {
        differences(&table, old.get(&table), new.get(&table), &mut changes);
    }
    differences(measure, old.get(was), new.get(measure), &mut changes);
    changes.into_values().collect()
}

/// All keys that differ between two job files, but for words and looks.
pub(super) fn all_changes(old: &JobTree, new: &JobTree) -> Vec<KeyChange> {
    let mut changes = BTreeMap::new();
    differences("", Some(&old.0), Some(&new.0), &mut changes);
    let family = |path: &str| path.split('.').next().unwrap_or_default().to_string();
    let looks = |path: &str| decides_nothing(&family(path));
    let head = |path: &str| family(path) == "job" && !HEAD.iter().any(|key| path.starts_with(&format!("job.{key}")));
    changes.retain(|path: &String, _| !looks(path) && !head(path) && path != "job.period.year");
    changes.into_values().collect()
}

fn differences(path: &str, old: Option<&Value>, new: Option<&Value>, found: &mut BTreeMap<String, KeyChange>) {
    if old == new || WORDS.contains(&path.rsplit('.').next().unwrap_or_default()) {
        return;
    }
    let (was, is) = (old.and_then(Value::as_object), new.and_then(Value::as_object));
    // A whole table that came or went is told as one.
    let (Some(was), Some(is)) = (was, is) else {
        let change = KeyChange { path: path.to_string(), old: old.cloned(), new: new.cloned() };
        found.insert(path.to_string(), change);
        return;
    };
    let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    for key in keys {
        let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        differences(&below, was.get(key), is.get(key), found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str = "[job]\ntitle = \"A\"\nperiod = { year = 2023, earlier = 1 }\n\
        [category.typ]\nvalues = [\"A\", \"B\"]\n\
        [source.a]\ntitle = \"Källa\"\n[source.a.columns]\ntyp = { header = \"Typ\", list = \"category.typ\" }\n\
        [source.b]\nfiles = [\"b.csv\"]\n\
        [breakdown.x]\nsource = \"source.a\"\nrows = \"typ\"\n[share.y]\nsource = \"source.b\"\n";

    fn tree(text: &str) -> JobTree {
        JobTree::parse(text, "job.toml").expect("valid TOML")
    }

    fn paths(old: &str, new: &str, measure: &str) -> Vec<String> {
        changes(&tree(old), &tree(new), measure, None).into_iter().map(|change| change.path).collect()
    }

    #[test]
    fn a_measure_depends_on_its_source_and_the_lists_of_its_columns() {
        let tables: Vec<String> = tree(JOB).tables_of("breakdown.x").into_iter().collect();
        assert_eq!(tables, ["breakdown.x", "category.typ", "source.a"]);
        assert_eq!(tree(JOB).sources_of("share.y").into_iter().collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_table_of_a_set_depends_on_what_the_set_depends_on() {
        assert_eq!(tree(JOB).sources_of("share.y.months"), tree(JOB).sources_of("share.y"));
        let job = format!("{JOB}\n[delivery.alla]\ntitle = \"Underlag\"\n");
        assert_eq!(tree(&job).sources_of("delivery.alla").into_iter().collect::<Vec<_>>(), ["a", "b"]);
        let named = format!("{job}sources = [\"source.b\"]\n");
        assert_eq!(tree(&named).sources_of("delivery.alla").into_iter().collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_changed_list_is_a_cause_for_those_who_use_it_only() {
        let changed = JOB.replace("[\"A\", \"B\"]", "[\"A\", \"C\"]");
        assert_eq!(paths(JOB, &changed, "breakdown.x"), ["category.typ.values"]);
        assert!(paths(JOB, &changed, "share.y").is_empty());
    }

    #[test]
    fn the_period_concerns_all_and_titles_concern_none() {
        let changed = JOB.replace("earlier = 1", "earlier = 2").replace("Källa", "Källan");
        assert_eq!(paths(JOB, &changed, "share.y"), ["job.period.earlier"]);
        assert!(paths(JOB, &JOB.replace("year = 2023", "year = 2024"), "share.y").is_empty());
    }

    #[test]
    fn a_changed_key_is_told_with_both_values() {
        let changed = JOB.replace("header = \"Typ\"", "header = \"Sort\"");
        let found = changes(&tree(JOB), &tree(&changed), "breakdown.x", None);
        let expected =
            KeyChange { path: "source.a.columns.typ.header".into(), old: Some("Typ".into()), new: Some("Sort".into()) };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn no_key_of_a_chart_decides_a_number() {
        for kind in ChartKind::ALL {
            let chart = |subtitle: &str| {
                tree(&format!(
                    "{JOB}\n[{}.x]\nmeasure = \"breakdown.x\"\nsubtitle = \"{subtitle}\"\ntop = 3\n",
                    kind.name()
                ))
            };
            assert!(all_changes(&chart("förr"), &chart("nu")).is_empty(), "{kind:?}");
        }
    }
}
