//! Categories: a spelling → the code of its label, in a closed list or in one that grows with the data.
//!
//! In: trimmed text. Out: codes that index labels; unknown spellings of a closed list fall in its named bucket.
//! Never: a new label in a closed list, or an order of codes that an output shows (open codes depend on thread timing).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use unicode_normalization::UnicodeNormalization;

use crate::domain::spelling::fold;
use crate::store::BLANK;
use crate::vocabulary::plan::{CategoryPlan, RenamePlan};

/// Set in the code of a spelling whose meaning depends on the row's day; the rest indexes [`ClosedList::dated`].
const DATED: u32 = 1 << 31;

/// A closed list, ready for look-up.
pub(super) struct ClosedList<'p> {
    plan: &'p CategoryPlan,
    labels: Vec<Arc<str>>,
    unknown: u32,
    dated: Vec<DatedSpelling<'p>>,
}

/// A spelling that was renamed within certain days.
struct DatedSpelling<'p> {
    from: &'p str,
    renames: Vec<&'p RenamePlan>,
    otherwise: Option<u32>,
}

impl<'p> ClosedList<'p> {
    pub(super) fn new(plan: &'p CategoryPlan) -> Self {
        let (labels, unknown) = with_bucket(&plan.values, &plan.unknown_label);
        let mut dated: Vec<DatedSpelling> = Vec::new();
        for rename in &plan.renamed {
            match dated.iter_mut().find(|spelling| spelling.from == rename.from) {
                Some(spelling) => spelling.renames.push(rename),
                None => dated.push(DatedSpelling {
                    from: &rename.from,
                    renames: vec![rename],
                    otherwise: plan.spellings.get(&rename.from).map(|value| *value as u32),
                }),
            }
        }
        ClosedList { plan, labels, unknown, dated }
    }

    /// Labels by code, the bucket of unknown spellings included.
    pub(super) fn labels(&self) -> &[Arc<str>] {
        &self.labels
    }

    pub(super) fn unknown(&self) -> u32 {
        self.unknown
    }

    pub(super) fn plan(&self) -> &'p CategoryPlan {
        self.plan
    }

    pub(super) fn has_renames(&self) -> bool {
        !self.dated.is_empty()
    }

    /// The code of a folded spelling; `None` if the list does not know it. May need [`ClosedList::on_day`].
    pub(super) fn code(&self, folded: &str) -> Option<u32> {
        match self.dated.iter().position(|spelling| spelling.from == folded) {
            Some(index) => Some(DATED | index as u32),
            None => self.plan.spellings.get(folded).map(|value| *value as u32),
        }
    }

    /// The code that a spelling has on the row's day; `Err` with the folded spelling if it is unknown on that day.
    pub(super) fn on_day(&self, code: u32, day: Option<i32>) -> Result<u32, &str> {
        if code == BLANK || code & DATED == 0 {
            return Ok(code);
        }
        let Some(spelling) = self.dated.get((code & !DATED) as usize) else { return Ok(self.unknown) };
        let holds = |rename: &&&RenamePlan| match day {
            Some(day) => (rename.first_day..=rename.last_day).contains(&day),
            None => rename.first_day == i32::MIN && rename.last_day == i32::MAX,
        };
        let renamed = spelling.renames.iter().find(holds).map(|rename| rename.to as u32);
        renamed.or(spelling.otherwise).ok_or(spelling.from)
    }
}

/// The groups of a hierarchy, derived from the codes of its members.
pub(super) struct Groups {
    labels: Vec<Arc<str>>,
    /// By member code, the bucket of unknown members included.
    of_member: Vec<u32>,
}

impl Groups {
    /// Groups of `plan`'s members; an unknown member is of an unknown group.
    pub(super) fn new(plan: &CategoryPlan) -> Self {
        let (labels, unknown) = with_bucket(&plan.groups, &plan.unknown_label);
        let (members, _) = with_bucket(&plan.values, &plan.unknown_label);
        let of_member =
            (0..members.len()).map(|member| plan.group_of.get(member).map_or(unknown, |group| *group as u32));
        Groups { labels, of_member: of_member.collect() }
    }

    pub(super) fn labels(&self) -> &[Arc<str>] {
        &self.labels
    }

    pub(super) fn of(&self, member: u32) -> u32 {
        self.of_member.get(member as usize).copied().unwrap_or(BLANK)
    }
}

/// Labels with the bucket of unknown ones last, unless it is one of the declared values; and the bucket's code.
fn with_bucket(values: &[String], bucket: &str) -> (Vec<Arc<str>>, u32) {
    let mut labels: Vec<Arc<str>> = values.iter().map(|value| Arc::from(value.as_str())).collect();
    let declared = values.iter().position(|value| value == bucket);
    let code = declared.unwrap_or(values.len());
    if declared.is_none() {
        labels.push(Arc::from(bucket));
    }
    (labels, code as u32)
}

/// Labels as they are found in the data, shared by all threads. Codes follow the order in which threads meet them.
#[derive(Default)]
pub(super) struct OpenLabels {
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    codes: HashMap<Arc<str>, u32>,
    labels: Vec<Arc<str>>,
}

impl OpenLabels {
    /// The code of a label, a new one if need be.
    pub(super) fn code(&self, label: &str) -> u32 {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(code) = known.codes.get(label) {
            return *code;
        }
        let (label, code): (Arc<str>, u32) = (Arc::from(label), known.labels.len() as u32);
        known.labels.push(Arc::clone(&label));
        known.codes.insert(label, code);
        code
    }

    pub(super) fn label(&self, code: u32) -> Option<Arc<str>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).labels.get(code as usize).cloned()
    }

    /// All labels known by now, by code.
    pub(super) fn labels(&self) -> Vec<Arc<str>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).labels.clone()
    }

    /// The labels of some codes, in their order.
    pub(super) fn labels_of(&self, codes: &[u32]) -> Vec<Arc<str>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        codes.iter().filter_map(|code| known.labels.get(*code as usize).cloned()).collect()
    }
}

/// A label as it stands: NFC, inner runs of space as one. Differing case stays different.
pub(super) fn open_label(text: &str) -> String {
    let words =
        text.split(|letter: char| letter.is_whitespace() || letter == '\u{feff}').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").nfc().collect()
}

/// The values of a cell that holds several, trimmed, blanks dropped, in order. Repetitions are dropped by their code.
pub(super) fn split<'a>(text: &'a str, separators: &[String]) -> Vec<&'a str> {
    let mut values = vec![text];
    for separator in separators.iter().filter(|separator| !separator.is_empty()) {
        values = values.into_iter().flat_map(|value| value.split(separator.as_str())).collect();
    }
    values
        .into_iter()
        .map(|value| value.trim_matches(super::text::is_space))
        .filter(|value| !value.is_empty())
        .collect()
}

/// Folded marks for nothing; see `ColumnPlan::missing`.
pub(super) type Marks = BTreeMap<String, crate::domain::table::Nothing>;

/// The meaning of a text that is a mark for nothing.
pub(super) fn mark(marks: &Marks, text: &str) -> Option<crate::domain::table::Nothing> {
    if marks.is_empty() { None } else { marks.get(&fold(text)).copied() }
}

#[cfg(test)]
pub(in crate::normalise) mod tests {
    use super::*;

    /// Two departments with a unit each, one of them renamed from 2023 on.
    pub(crate) fn organisation() -> CategoryPlan {
        let spellings = [("norr", 0), ("söder", 1), ("gamla namnet", 1)];
        CategoryPlan {
            name: "hierarchy.organisation".into(),
            values: vec!["Norr".into(), "Söder".into()],
            residual: vec![false; 2],
            spellings: spellings.into_iter().map(|(text, value)| (text.to_string(), value)).collect(),
            renamed: vec![
                RenamePlan { from: "gamla namnet".into(), to: 0, first_day: 19_358, last_day: i32::MAX },
                RenamePlan { from: "nedlagd".into(), to: 1, first_day: i32::MIN, last_day: 19_357 },
            ],
            group_of: vec![1, 0],
            groups: vec!["Vuxna".into(), "Barn".into()],
            unknown_label: "Okänd enhet".into(),
            ..CategoryPlan::default()
        }
    }

    #[test]
    fn a_renamed_unit_follows_the_rows_day() {
        let plan = organisation();
        let list = ClosedList::new(&plan);
        let code = list.code("gamla namnet").expect("declared above");
        assert_eq!(list.on_day(code, Some(19_357)), Ok(1));
        assert_eq!(list.on_day(code, Some(19_358)), Ok(0));
        assert_eq!(list.on_day(code, None), Ok(1));
        let closed = list.code("nedlagd").expect("declared above");
        assert_eq!(list.on_day(closed, Some(0)), Ok(1));
        assert_eq!(list.on_day(closed, Some(20_000)), Err("nedlagd"));
        assert_eq!(list.on_day(closed, None), Err("nedlagd"));
        assert_eq!(list.on_day(BLANK, Some(0)), Ok(BLANK));
    }

    #[test]
    fn an_unknown_member_is_of_an_unknown_group() {
        let plan = organisation();
        let (list, groups) = (ClosedList::new(&plan), Groups::new(&plan));
        assert_eq!(list.code("öster"), None);
        assert_eq!(&*groups.labels()[groups.of(0) as usize], "Barn");
        assert_eq!(&*groups.labels()[groups.of(list.unknown()) as usize], "Okänd enhet");
        assert_eq!(groups.of(BLANK), BLANK);
    }

    #[test]
    fn a_bucket_that_is_a_declared_value_is_that_value() {
        let plan = CategoryPlan { unknown_label: "Söder".into(), ..organisation() };
        assert_eq!(ClosedList::new(&plan).unknown(), 1);
        assert_eq!(ClosedList::new(&plan).labels().len(), 2);
    }

    #[test]
    fn open_labels_keep_case_and_lose_inner_runs_of_space() {
        assert_eq!(open_label("Hemtjänst \u{a0} Norr"), "Hemtjänst Norr");
        assert_ne!(open_label("norr"), open_label("Norr"));
        assert_eq!(open_label("A\u{308}ngen"), "Ängen");
        let labels = OpenLabels::default();
        assert_eq!([labels.code("a"), labels.code("b"), labels.code("a")], [0, 1, 0]);
    }

    #[test]
    fn several_values_in_a_cell_are_taken_apart() {
        let separators = [";".to_string(), "\n".to_string()];
        assert_eq!(split(" Fall ;; Hot\r\nVåld; ", &separators), ["Fall", "Hot", "Våld"]);
        assert_eq!(split("Fall", &separators), ["Fall"]);
        assert!(split(" ; ", &separators).is_empty());
    }
}
