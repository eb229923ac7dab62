//! `[category.x]` and `[hierarchy.x]` with the values that were found.

use crate::domain::spelling::fold;
use crate::inspect::kinds::LONGEST_LIST;
use crate::inspect::{ColumnProfile, HierarchyProfile};
use crate::job::draft::{Section, key, texts};

/// Beginnings of labels that say little: they stand last and grey.
const RESIDUAL: [&str; 9] =
    ["övrig", "annan", "annat", "okän", "ospecificera", "ej angett", "ej angiv", "vet ej", "uppgift saknas"];

/// Names of the buckets of unknown spellings, folded.
const UNKNOWN: [&str; 2] = ["okänd kategori", "okänd enhet"];

/// The residual labels of a column.
pub(super) fn residual(column: &ColumnProfile) -> Vec<String> {
    let says_little = |value: &&String| RESIDUAL.iter().any(|begin| fold(value).starts_with(begin));
    column.values.iter().map(|(value, _)| value).filter(says_little).cloned().collect()
}

/// Whether a job can spell the column's labels out.
pub(super) fn is_spelled_out(column: &ColumnProfile) -> bool {
    !column.values.is_empty() && column.values.len() <= LONGEST_LIST
}

/// The list of a column's labels by count, those that say little last.
pub(super) fn category(name: &str, column: &ColumnProfile) -> Section {
    let residual = residual(column);
    let (last, first): (Vec<&String>, Vec<&String>) =
        column.values.iter().map(|(value, _)| value).partition(|value| residual.contains(value));
    let values: Vec<&String> = first.into_iter().chain(last).collect();
    let mut section = Section::table(format!("category.{name}"));
    section.comment(printed!("inspect-values-commonest-first", header = column.header));
    section.key("values", texts(&values));
    if !residual.is_empty() {
        section.key("residual", texts(&residual)).comment(printed!("inspect-ask-values-that-say-little"));
    }
    unknown_label(&mut section, column.values.iter().map(|(value, _)| value));
    section
}

/// Groups with their members.
pub(super) fn hierarchy(name: &str, found: &HierarchyProfile, member: &str, group: &str) -> Vec<Section> {
    let mut groups = Section::table(format!("hierarchy.{name}.groups"));
    groups.comment(printed!("inspect-each-member-has-one-group", member, group));
    groups.comment(printed!("inspect-ask-organisation-tree"));
    for (group, members) in &found.groups {
        groups.key(&key(group), texts(members));
    }
    let mut top = Section::table(format!("hierarchy.{name}"));
    let values = found.groups.iter().flat_map(|(group, members)| std::iter::once(group).chain(members));
    unknown_label(&mut top, values);
    if top.lines.is_empty() { vec![groups] } else { vec![top, groups] }
}

/// A bucket of its own name, where the data uses the ordinary one.
fn unknown_label<'v>(section: &mut Section, mut values: impl Iterator<Item = &'v String>) {
    if values.any(|value| UNKNOWN.contains(&fold(value).as_str())) {
        section.text("unknown_label", &printed!("inspect-spelling-outside-list"));
    }
}
