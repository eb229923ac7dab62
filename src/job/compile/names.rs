//! Names that the job file gives to its tables: they become file names, template names and column names.

use crate::job::spec::JobSpec;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::Named;

/// Checks the names of all tables and columns.
pub(super) fn check(spec: &JobSpec, problems: &mut Problems) {
    for (family, names) in families(spec) {
        for name in names {
            check_name(&Path::of(&[family, name]), name, problems);
        }
    }
    for (source, spec) in &spec.source {
        for column in spec.columns.keys() {
            check_column(&Path::of(&["source", source, "columns", column]), column, problems);
        }
    }
}

fn families(spec: &JobSpec) -> Vec<(&'static str, Vec<&String>)> {
    let mut families = vec![
        ("category", keys(&spec.category)),
        ("hierarchy", keys(&spec.hierarchy)),
        ("source", keys(&spec.source)),
        ("breakdown", keys(&spec.breakdown)),
        ("trend", keys(&spec.trend)),
        ("cube", keys(&spec.cube)),
        ("share", keys(&spec.share)),
        ("rate", keys(&spec.rate)),
        ("indicator", keys(&spec.indicator)),
        ("goal", keys(&spec.goal)),
        ("mismatch", keys(&spec.mismatch)),
        ("register", keys(&spec.register)),
        ("comparison", keys(&spec.comparison)),
        ("funnel", keys(&spec.funnel)),
        ("risk_scale", keys(&spec.risk_scale)),
        ("risk", keys(&spec.risk)),
        ("risk_count", keys(&spec.risk_count)),
        ("spc", keys(&spec.spc)),
        ("shift", keys(&spec.shift)),
        ("development", keys(&spec.development)),
        ("quality", keys(&spec.quality)),
        ("delivery", keys(&spec.delivery)),
        ("published", keys(&spec.published)),
        ("table", keys(&spec.table)),
        ("key_number", keys(&spec.key_number)),
        ("check", keys(&spec.check)),
    ];
    families.extend(charts(spec));
    families
}

fn charts(spec: &JobSpec) -> [(&'static str, Vec<&String>); 11] {
    [
        ("ranked_bar", keys(&spec.ranked_bar)),
        ("grouped_bar", keys(&spec.grouped_bar)),
        ("stacked_bar", keys(&spec.stacked_bar)),
        ("line", keys(&spec.line)),
        ("heat", keys(&spec.heat)),
        ("dot", keys(&spec.dot)),
        ("multiples", keys(&spec.multiples)),
        ("strip", keys(&spec.strip)),
        ("funnel_chart", keys(&spec.funnel_chart)),
        ("risk_matrix", keys(&spec.risk_matrix)),
        ("spc_chart", keys(&spec.spc_chart)),
    ]
}

fn keys<T>(table: &Named<T>) -> Vec<&String> {
    table.keys().collect()
}

/// A bare TOML key: it becomes a file name, and a dot or slash in it would break references.
fn is_bare(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn check_name(path: &Path, name: &str, problems: &mut Problems) {
    if !is_bare(name) {
        let message = format!("the name `{name}` must be letters a–z, digits, `_` and `-` only");
        problems.bad_key(path, message, "write å ä ö as a a o in names; titles and labels may hold any letter");
    }
}

fn check_column(path: &Path, name: &str, problems: &mut Problems) {
    check_name(path, name, problems);
    if name.starts_with('_') {
        let message = format!("the column name `{name}` must not begin with `_`");
        problems.bad_key(path, message, "such names are kept for the file, sheet and row of each row");
    }
}
