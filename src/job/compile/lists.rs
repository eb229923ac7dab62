//! `[category.x]` and `[hierarchy.x]`: closed lists, folded for matching.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::spelling::fold;
use crate::job::spec::{CategorySpec, HierarchySpec, JobSpec, RenameSpec, Unknown};
use crate::vocabulary::checks::{day, not_empty};
use crate::vocabulary::plan::{CategoryPlan, RenamePlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;

const UNKNOWN_CATEGORY: &str = "Okänd kategori";
const UNKNOWN_UNIT: &str = "Okänd enhet";

/// The closed lists of a job: `category.x`, `hierarchy.x.members` (also called `hierarchy.x`), `hierarchy.x.groups`.
pub(super) struct Lists(BTreeMap<String, Arc<CategoryPlan>>);

impl Lists {
    pub(super) fn get(&self, reference: &str) -> Option<Arc<CategoryPlan>> {
        self.0.get(reference).or_else(|| self.0.get(&format!("{reference}.members"))).cloned()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|name| name.strip_suffix(".members").unwrap_or(name))
    }
}

pub(super) fn compile(spec: &JobSpec, problems: &mut Problems) -> Lists {
    let mut lists = BTreeMap::new();
    for (name, spec) in &spec.category {
        let full = format!("category.{name}");
        lists.insert(full.clone(), Arc::new(category(full, spec, &Path::of(&["category", name]), problems)));
    }
    for (name, spec) in &spec.hierarchy {
        let at = Path::of(&["hierarchy", name]);
        let full = format!("hierarchy.{name}");
        let (groups, members) = hierarchy(&full, spec, &at, problems);
        lists.insert(format!("{full}.groups"), Arc::new(groups));
        lists.insert(format!("{full}.members"), Arc::new(members));
    }
    Lists(lists)
}

fn category(name: String, spec: &CategorySpec, at: &Path, problems: &mut Problems) -> CategoryPlan {
    let label = spec.unknown_label.clone().unwrap_or(UNKNOWN_CATEGORY.into());
    let mut plan = empty(name, spec.values.clone(), spec.unknown, label);
    if spec.values.is_empty() {
        problems.bad_value(&at.key("values"), say!("job-has-no-values", name = plan.name), say!("job-list-categories"));
    }
    for (index, value) in spec.values.iter().enumerate() {
        spell(&mut plan, value, index, &at.key("values").index(index), problems);
    }
    check_unknown_label(&plan, at, problems);
    add_synonyms(&mut plan, spec, at, problems);
    mark_residual(&mut plan, spec, at, problems);
    plan
}

/// Enters a canonical spelling; two that fold alike would be one.
fn spell(plan: &mut CategoryPlan, value: &str, index: usize, at: &Path, problems: &mut Problems) {
    not_empty(value, at, problems);
    if let Some(first) = plan.spellings.insert(fold(value), index) {
        let message = say!("job-is-same-value-above", value, first = plan.values[first]);
        problems.bad_value(at, message, say!("job-case-space-and-unicode-form"));
        plan.spellings.insert(fold(value), first);
    }
}

fn check_unknown_label(plan: &CategoryPlan, at: &Path, problems: &mut Problems) {
    if plan.spellings.contains_key(&fold(&plan.unknown_label)) {
        let message = say!("job-bucket-unknown-spellings-is-one", unknown_label = plan.unknown_label);
        problems.bad_value(&at.key("unknown_label"), message, say!("job-give-bucket-name-own-by"));
    }
}

fn add_synonyms(plan: &mut CategoryPlan, spec: &CategorySpec, at: &Path, problems: &mut Problems) {
    for (spelling, value) in &spec.synonyms {
        let at = at.key("synonyms").key(spelling);
        let Some(target) = index_of(plan, value, &at, problems) else { continue };
        not_empty(spelling, &at, problems);
        match plan.spellings.insert(fold(spelling), target) {
            Some(other) if other != target => {
                let message = say!("job-already-stands-for", spelling, other = plan.values[other]);
                problems.bad_key(&at, message, say!("job-case-space-and-unicode-form"));
                plan.spellings.insert(fold(spelling), other);
            }
            _ => {}
        }
    }
}

fn mark_residual(plan: &mut CategoryPlan, spec: &CategorySpec, at: &Path, problems: &mut Problems) {
    for (index, value) in spec.residual.iter().enumerate() {
        if let Some(found) = index_of(plan, value, &at.key("residual").index(index), problems) {
            plan.residual[found] = true;
        }
    }
}

/// Which of the list's values a text names; none of them is a mistake.
fn index_of(plan: &CategoryPlan, value: &str, at: &Path, problems: &mut Problems) -> Option<usize> {
    let found = plan.values.iter().position(|known| fold(known) == fold(value));
    if found.is_none() {
        let known = plan.values.iter().map(String::as_str);
        problems.unknown(at, &say!("job-value-in", name = plan.name), value, known);
    }
    found
}

/// The list of groups, and the list of members that knows each one's group.
fn hierarchy(name: &str, spec: &HierarchySpec, at: &Path, problems: &mut Problems) -> (CategoryPlan, CategoryPlan) {
    let groups: Vec<String> = spec.groups.keys().cloned().collect();
    let members = spec.groups.values().flatten().cloned().collect();
    let group_of = spec.groups.values().enumerate().flat_map(|(group, members)| vec![group; members.len()]).collect();
    let label = spec.unknown_label.clone().unwrap_or(UNKNOWN_UNIT.into());
    let mut group_list = empty(format!("{name}.groups"), groups.clone(), spec.unknown, label.clone());
    let mut member_list = CategoryPlan { group_of, groups, ..empty(name.to_string(), members, spec.unknown, label) };
    if spec.groups.is_empty() {
        problems.bad_value(
            &at.key("groups"),
            say!("job-has-no-groups", name),
            say!("job-list-each-group-with-members"),
        );
    }
    spell_groups(&mut group_list, &mut member_list, spec, &at.key("groups"), problems);
    check_unknown_label(&group_list, at, problems);
    check_unknown_label(&member_list, at, problems);
    rename(&mut group_list, &mut member_list, spec, &at.key("renamed"), problems);
    (group_list, member_list)
}

fn empty(name: String, values: Vec<String>, unknown: Unknown, unknown_label: String) -> CategoryPlan {
    CategoryPlan {
        name,
        residual: vec![false; values.len()],
        values,
        spellings: BTreeMap::new(),
        renamed: Vec::new(),
        group_of: Vec::new(),
        groups: Vec::new(),
        stop_on_unknown: unknown == Unknown::Stop,
        unknown_label,
    }
}

fn spell_groups(
    groups: &mut CategoryPlan,
    members: &mut CategoryPlan,
    spec: &HierarchySpec,
    at: &Path,
    problems: &mut Problems,
) {
    let mut index = 0;
    for (group_index, (group, names)) in spec.groups.iter().enumerate() {
        spell(groups, group, group_index, &at.key(group), problems);
        for (place, member) in names.iter().enumerate() {
            spell_member(members, member, index, &at.key(group).index(place), problems);
            index += 1;
        }
    }
}

fn spell_member(members: &mut CategoryPlan, member: &str, index: usize, at: &Path, problems: &mut Problems) {
    let first = members.spellings.get(&fold(member)).map(|first| members.group_of[*first]);
    match first {
        Some(group) if group != members.group_of[index] => {
            let message = say!("job-stands-in-two-groups-and", member, group = members.groups[group]);
            problems.bad_value(at, message, say!("job-member-belongs-to-one-group"));
        }
        _ => spell(members, member, index, at, problems),
    }
}

fn rename(
    groups: &mut CategoryPlan,
    members: &mut CategoryPlan,
    spec: &HierarchySpec,
    at: &Path,
    problems: &mut Problems,
) {
    for (index, spec) in spec.renamed.iter().enumerate() {
        let at = at.index(index);
        let days = days(spec, &at, problems);
        let to = fold(&spec.to);
        let known = [members.spellings.contains_key(&to), groups.spellings.contains_key(&to)];
        if known == [false, false] {
            let what = say!("job-member-in", name = members.name);
            problems.unknown(&at.key("to"), &what, &spec.to, members.values.iter().map(String::as_str));
        }
        for (list, _) in [&mut *members, &mut *groups].into_iter().zip(known).filter(|(_, known)| *known) {
            add_rename(list, spec, days, &at, problems);
        }
    }
}

fn days(spec: &RenameSpec, at: &Path, problems: &mut Problems) -> (i32, i32) {
    let mut edge = |text: &Option<String>, key: &str, open: i32| {
        text.as_ref().map_or(open, |text| day(text, &at.key(key), problems).unwrap_or(open))
    };
    let (first, last) = (edge(&spec.valid_from, "valid_from", i32::MIN), edge(&spec.valid_to, "valid_to", i32::MAX));
    if first > last {
        problems.bad_value(&at.key("valid_to"), say!("job-valid-to-is-before-valid"), "");
    }
    (first, last)
}

fn add_rename(list: &mut CategoryPlan, spec: &RenameSpec, days: (i32, i32), at: &Path, problems: &mut Problems) {
    let (first_day, last_day) = days;
    let rename = RenamePlan { from: fold(&spec.from), to: list.spellings[&fold(&spec.to)], first_day, last_day };
    if days == (i32::MIN, i32::MAX) && list.spellings.contains_key(&rename.from) {
        let message = say!("job-is-still-name-own-in", from = spec.from, name = list.name);
        problems.bad_value(&at.key("from"), message, say!("job-add-valid-from-or-valid"));
    }
    let overlaps = |other: &RenamePlan| {
        other.from == rename.from
            && other.to != rename.to
            && other.first_day <= rename.last_day
            && rename.first_day <= other.last_day
    };
    if let Some(other) = list.renamed.iter().find(|other| overlaps(other)) {
        let message = say!("job-is-renamed-to-on-same", from = spec.from, to = list.values[other.to]);
        problems.bad_value(&at.key("to"), message, say!("job-make-valid-from-and-valid"));
    }
    list.renamed.push(rename);
}
