//! Names that the job file gives to its tables: they become file names, template names and column names.

use crate::job::spec::JobSpec;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::Named;

/// Checks the names of all tables and columns.
pub(super) fn check(spec: &JobSpec, problems: &mut Problems) {
    for (family, name) in tables(spec) {
        check_name(&Path::of(&[family, name]), name, problems);
    }
    for (source, spec) in &spec.source {
        for column in spec.columns.keys() {
            check_column(&Path::of(&["source", source, "columns", column]), column, problems);
        }
    }
}

/// Every `[family.name]` of the file.
fn tables(spec: &JobSpec) -> Vec<(&'static str, &str)> {
    let mut tables = Vec::new();
    tables.extend(named("category", &spec.category));
    tables.extend(named("hierarchy", &spec.hierarchy));
    tables.extend(named("risk_scale", &spec.risk_scale));
    tables.extend(named("source", &spec.source));
    tables.extend(spec.measures().into_iter().map(|(entry, _)| (entry.family, entry.name)));
    tables.extend(named("table", &spec.table));
    tables.extend(named("key_number", &spec.key_number));
    tables.extend(named("check", &spec.check));
    tables.extend(spec.charts().into_iter().flat_map(|(kind, charts)| named(kind.name(), charts)));
    tables
}

fn named<'a, T>(family: &'static str, tables: &'a Named<T>) -> impl Iterator<Item = (&'static str, &'a str)> {
    tables.keys().map(move |name| (family, name.as_str()))
}

/// A bare TOML key: it becomes a file name, and a dot or slash in it would break references.
fn is_bare(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn check_name(path: &Path, name: &str, problems: &mut Problems) {
    if !is_bare(name) {
        let message = say!("job-name-must-be-letters-z", name);
        problems.bad_key(path, message, say!("job-write-o-o-in-names"));
    }
}

fn check_column(path: &Path, name: &str, problems: &mut Problems) {
    check_name(path, name, problems);
    if name.starts_with('_') {
        let message = say!("job-column-name-must-not-begin", name);
        problems.bad_key(path, message, say!("job-such-names-are-kept-for"));
    }
}
