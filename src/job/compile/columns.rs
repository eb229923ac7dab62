//! `[source.x.columns]`: what each column is, and which keys fit its kind.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::fmt::strtime;

use super::lists::Lists;
use crate::domain::spelling::fold;
use crate::domain::table::Nothing;
use crate::job::spec::{ColumnKind, ColumnSpec, SourceSpec};
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::Named;

/// Bucket of blank cells where the job gives no other name.
const MISSING_LABEL: &str = "Uppgift saknas";

const DATE_FORMATS: [&str; 6] = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%y%m%d", "%Y-%m-%d %H:%M"];

/// What the checks of one column see around it.
struct Around<'a> {
    /// "source.x"
    source: String,
    columns: &'a Named<ColumnSpec>,
    lists: &'a Lists,
}

/// Compiles the columns of a source; one plan per column of the spec, in its order, however wrong they are.
pub(super) fn compile(
    source: &str,
    spec: &SourceSpec,
    marks: &BTreeMap<String, Nothing>,
    lists: &Lists,
    at: &Path,
    problems: &mut Problems,
) -> Vec<ColumnPlan> {
    let around = Around { source: format!("source.{source}"), columns: &spec.columns, lists };
    let at = at.key("columns");
    let columns = spec.columns.iter();
    columns.map(|(name, spec)| column(name, spec, marks, &around, &at.key(name), problems)).collect()
}

fn column(
    name: &str,
    spec: &ColumnSpec,
    marks: &BTreeMap<String, Nothing>,
    around: &Around,
    at: &Path,
    problems: &mut Problems,
) -> ColumnPlan {
    check_header(name, spec, at, problems);
    check_keys(spec, at, problems);
    let kind = kind(spec, around, at, problems);
    ColumnPlan {
        name: name.to_string(),
        headers: spec.header.0.clone(),
        label: label(name, spec),
        missing: marks_for(&kind, marks),
        kind,
        required: spec.required || spec.kind == ColumnKind::Id,
        safe: spec.safe,
        split: spec.split.clone(),
        missing_label: spec.missing_label.clone().unwrap_or(MISSING_LABEL.into()),
        blank_from: blank_from(name, spec, around, &at.key("blank_from"), problems),
        fill_down: spec.fill_down,
        pad: pad(spec, &at.key("pad"), problems),
        derive: derive(name, spec, around, &at.key("derive"), problems),
    }
}

fn check_header(name: &str, spec: &ColumnSpec, at: &Path, problems: &mut Problems) {
    match (spec.header.0.is_empty(), &spec.derive) {
        (true, None) => {
            let help = say!("job-add-header-unless-derived");
            problems.missing_key(at, say!("job-column-has-no-header", name), help);
        }
        (false, Some(_)) => {
            problems.bad_key(
                &at.key("derive"),
                say!("job-column-is-read-from-export"),
                say!("job-remove-header-or-derive"),
            );
        }
        _ => {}
    }
    for (index, header) in spec.header.0.iter().enumerate() {
        if fold(header).is_empty() {
            problems.bad_value(&at.key("header").index(index), say!("job-header-is-empty"), "");
        }
    }
}

/// Refuses keys that mean nothing for the column's kind, so that nobody relies on them.
fn check_keys(spec: &ColumnSpec, at: &Path, problems: &mut Problems) {
    use ColumnKind::{Category, Date, Number, Text, YesNo};
    let fits: [(&str, &[ColumnKind], String); 8] = [
        ("pad", &[Category], "`category`".to_string()),
        ("split", &[Category, Text], say!("job-category-and-text")),
        ("formats", &[Date], "`date`".to_string()),
        ("list", &[Category], "`category`".to_string()),
        ("derive", &[Category], "`category`".to_string()),
        ("fraction", &[Number], "`number`".to_string()),
        ("unmasked", &[Text], "`text`".to_string()),
        ("missing_label", &[Category, Text, YesNo, Date, Number], say!("job-all-others")),
    ];
    for (key, kinds, listed) in fits {
        if problems.says(&at.key(key)) && !kinds.contains(&spec.kind) {
            let message = say!("job-has-no-meaning-for-column", key, kind = kind_name(spec.kind));
            problems.bad_key(&at.key(key), message, say!("job-is-for-remove-or-correct", listed));
        }
    }
    for (index, separator) in spec.split.iter().enumerate() {
        if separator.is_empty() {
            problems.bad_value(&at.key("split").index(index), say!("job-separator-is-empty"), say!("job-write-or-n"));
        }
    }
}

fn kind_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id => "id",
        ColumnKind::Date => "date",
        ColumnKind::Number => "number",
        ColumnKind::YesNo => "yes_no",
        ColumnKind::Category => "category",
        ColumnKind::Text => "text",
    }
}

fn kind(spec: &ColumnSpec, around: &Around, at: &Path, problems: &mut Problems) -> ColumnKindPlan {
    match spec.kind {
        ColumnKind::Id => ColumnKindPlan::Id,
        ColumnKind::Date => ColumnKindPlan::Date { formats: formats(spec, &at.key("formats"), problems) },
        ColumnKind::Number => ColumnKindPlan::Number { fraction: spec.fraction },
        ColumnKind::YesNo => ColumnKindPlan::YesNo,
        ColumnKind::Text => ColumnKindPlan::Text { masked: !spec.unmasked },
        ColumnKind::Category => category(spec, around, at, problems),
    }
}

fn pad(spec: &ColumnSpec, at: &Path, problems: &mut Problems) -> u8 {
    let digits = spec.pad.unwrap_or(0);
    if spec.pad.is_some() && !(2..=20).contains(&digits) {
        problems.bad_value(at, say!("job-pad-must-be-from-2", digits), "");
    }
    if spec.pad.is_some() && spec.list.is_some() {
        problems.bad_key(at, say!("job-column-with-list-has-spellings"), say!("job-remove-pad"));
    }
    digits
}

/// A derived column holds groups; any other holds what its `list` names, members where that is a whole hierarchy.
fn category(spec: &ColumnSpec, around: &Around, at: &Path, problems: &mut Problems) -> ColumnKindPlan {
    let inherited = spec.derive.as_ref().and_then(|from| hierarchy_of(around.columns.get(from)?));
    let reference = match (inherited, &spec.list) {
        (Some(hierarchy), Some(said)) if groups_of(said) != groups_of(hierarchy) => {
            let message = say!("job-column-derived-from-cannot-hold", hierarchy, found = said);
            problems.bad_value(&at.key("list"), message, say!("job-remove-list-derived-column-holds"));
            groups_of(hierarchy)
        }
        (Some(hierarchy), _) => groups_of(hierarchy),
        (None, Some(said)) => said.clone(),
        (None, None) => return ColumnKindPlan::OpenCategory,
    };
    match around.lists.get(&reference) {
        Some(list) => ColumnKindPlan::Category(list),
        None => {
            problems.unknown(&at.key("list"), "list", &reference, around.lists.names());
            ColumnKindPlan::OpenCategory
        }
    }
}

/// `hierarchy.x` and `hierarchy.x.members` → `hierarchy.x.groups`.
fn groups_of(reference: &str) -> String {
    let hierarchy = reference.strip_suffix(".members").or(reference.strip_suffix(".groups")).unwrap_or(reference);
    format!("{hierarchy}.groups")
}

/// The hierarchy whose members a column holds.
fn hierarchy_of(spec: &ColumnSpec) -> Option<&str> {
    spec.list.as_deref().filter(|list| list.starts_with("hierarchy.") && !list.ends_with(".groups"))
}

fn derive(name: &str, spec: &ColumnSpec, around: &Around, at: &Path, problems: &mut Problems) -> Option<usize> {
    let from = spec.derive.as_deref()?;
    let found = other_column(name, from, around, at, problems)?;
    if hierarchy_of(&around.columns[found]).is_none() {
        let message = say!("job-groups-cannot-be-derived-from", from);
        problems.bad_value(at, message, say!("job-set-list-hierarchy-on", from));
    }
    Some(found)
}

fn blank_from(name: &str, spec: &ColumnSpec, around: &Around, at: &Path, problems: &mut Problems) -> Option<usize> {
    let from = spec.blank_from.as_deref()?;
    let found = other_column(name, from, around, at, problems)?;
    let other = around.columns[found].kind;
    if other != spec.kind {
        let message = say!("job-is-another-kind-than-so", from, name);
        problems.bad_value(at, message, say!("job-name-column-same-kind"));
    }
    Some(found)
}

fn other_column(name: &str, wanted: &str, around: &Around, at: &Path, problems: &mut Problems) -> Option<usize> {
    if wanted == name {
        problems.bad_value(at, say!("job-column-cannot-refer-to-itself", name), say!("job-name-another-column"));
        return None;
    }
    let found = around.columns.get_index_of(wanted);
    if found.is_none() {
        let others = around.columns.keys().map(String::as_str).filter(|other| *other != name);
        problems.unknown(at, &say!("job-column-in", source = around.source), wanted, others);
    }
    found
}

fn label(name: &str, spec: &ColumnSpec) -> String {
    if let Some(label) = spec.label.as_ref().or(spec.header.0.first()) {
        return label.clone();
    }
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The source's marks without those that the column's own list knows as values.
fn marks_for(kind: &ColumnKindPlan, marks: &BTreeMap<String, Nothing>) -> BTreeMap<String, Nothing> {
    let is_value = |mark: &String| match kind {
        ColumnKindPlan::Category(list) => list.spellings.contains_key(mark),
        _ => false,
    };
    marks.iter().filter(|(mark, _)| !is_value(mark)).map(|(mark, meaning)| (mark.clone(), *meaning)).collect()
}

fn formats(spec: &ColumnSpec, at: &Path, problems: &mut Problems) -> Vec<String> {
    for (index, format) in spec.formats.iter().enumerate() {
        if !gives_back_its_date(format) {
            let message = say!("job-is-not-date-format-with", format);
            problems.bad_value(&at.index(index), message, say!("job-write-like-y-m-d"));
        }
    }
    match spec.formats.as_slice() {
        [] => DATE_FORMATS.map(String::from).to_vec(),
        said => said.to_vec(),
    }
}

/// Whether a date survives being written and read in this format.
fn gives_back_its_date(format: &str) -> bool {
    let moment = DateTime::constant(2023, 8, 31, 14, 5, 0, 0);
    let read = strtime::format(format, moment).and_then(|text| strtime::parse(format, text)?.to_date());
    read.is_ok_and(|date| date == moment.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_good_when_a_date_survives_it() {
        for good in DATE_FORMATS.iter().chain(&["%d %B %Y", "%F", "%d/%m-%y", "%Y-%m-%dT%H:%M:%S"]) {
            assert!(gives_back_its_date(good), "{good}");
        }
        for bad in ["", "%Y-%m", "YYYY-MM-DD", "%Q", "%H:%M", "%", "%d/%m"] {
            assert!(!gives_back_its_date(bad), "{bad}");
        }
    }
}
