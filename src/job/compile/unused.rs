//! Warnings about what nothing refers to. Templates can use measures by name, so only sources and lists are looked at.

use crate::job::spec::JobSpec;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

pub(super) fn check(spec: &JobSpec, problems: &mut Problems) {
    let read = sources_read(spec);
    for name in spec.source.keys().filter(|name| !read.contains(&format!("source.{name}").as_str())) {
        let message = say!("job-no-measure-and-no-check", name);
        problems.unused(&Path::of(&["source", name]), message, say!("job-remove-or-add-measure"));
    }
    let lists: Vec<&str> = spec
        .source
        .values()
        .flat_map(|source| source.columns.values())
        .filter_map(|column| column.list.as_deref())
        .collect();
    for name in spec.category.keys().filter(|name| !lists.contains(&format!("category.{name}").as_str())) {
        let message = say!("job-no-column-has-values-from", name);
        problems.unused(&Path::of(&["category", name]), message, say!("job-remove-or-name-list-column"));
    }
    for name in spec.hierarchy.keys().filter(|name| !is_used(&format!("hierarchy.{name}"), &lists)) {
        let message = say!("job-no-column-has-values-from-hierarchy", name);
        problems.unused(&Path::of(&["hierarchy", name]), message, say!("job-remove-or-name-list-column"));
    }
}

fn is_used(hierarchy: &str, lists: &[&str]) -> bool {
    lists
        .iter()
        .any(|list| list.strip_prefix(hierarchy).is_some_and(|rest| ["", ".members", ".groups"].contains(&rest)))
}

fn sources_read(spec: &JobSpec) -> Vec<&str> {
    let measures = spec.measures().into_iter().flat_map(|(_, table)| table.sources());
    measures.chain(spec.check.values().map(|check| check.source.as_str())).collect()
}
