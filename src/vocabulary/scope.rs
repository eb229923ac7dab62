//! A source as measures see it: its columns by name, their closed values, conditions on them, dimensions over them.

use crate::domain::cube::{Condition, Grain};
use crate::domain::spelling::fold;
use crate::vocabulary::plan::{AxisPlan, ColumnKindPlan, ColumnPlan, SourcePlan};
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spans::Path;
use crate::vocabulary::spec::{SourceKind, Where};

const YES_NO: [&str; 2] = ["Ja", "Nej"];

/// A source that a measure counts, with its index in the plan.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub index: usize,
    pub plan: &'a SourcePlan,
}

impl<'a> Scope<'a> {
    /// Names that conditions, rows and columns can use: declared columns, and what `fixed` and `wide` stand for.
    pub fn names(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = self.plan.columns.iter().map(|column| column.name.as_str()).collect();
        let constants = self.plan.fixed.iter().chain(self.plan.wide.iter().flat_map(|wide| &wide.set));
        for (name, _) in constants {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    fn noun(&self) -> String {
        say!("job-column-in-source", name = self.plan.name)
    }

    /// Index of a column; a column that is not there is a mistake at `at`.
    pub fn column(&self, name: &str, at: &Path, problems: &mut Problems) -> Option<usize> {
        let found = self.plan.column(name);
        if found.is_none() {
            problems.unknown(at, &self.noun(), name, self.plan.columns.iter().map(|column| column.name.as_str()));
        }
        found
    }

    /// Whether an observation column is there, declared or constant; a mistake at `at` if not.
    pub fn has(&self, name: &str, at: &Path, problems: &mut Problems) -> bool {
        let found = self.names().contains(&name);
        if !found {
            problems.unknown(at, &self.noun(), name, self.names());
        }
        found
    }

    fn declared(&self, name: &str) -> Option<&'a ColumnPlan> {
        self.plan.column(name).map(|index| &self.plan.columns[index])
    }

    /// Closed values of a column in print order, each with "is residual"; `None` if only the data know.
    pub fn closed_values(&self, name: &str) -> Option<Vec<(String, bool)>> {
        if let Some(column) = self.declared(name) {
            return closed_values(column);
        }
        let constants = self.plan.fixed.iter().chain(self.plan.wide.iter().flat_map(|wide| &wide.set));
        let mut values: Vec<(String, bool)> = Vec::new();
        for (_, text) in constants.filter(|(column, _)| column == name) {
            if !values.iter().any(|(known, _)| known == text) {
                values.push((text.clone(), false));
            }
        }
        (!values.is_empty()).then_some(values)
    }

    /// Closed values and the buckets beside them: everything that a count can stand under. `None` as above.
    pub fn countable(&self, name: &str) -> Option<Vec<String>> {
        let mut values: Vec<String> = self.closed_values(name)?.into_iter().map(|(value, _)| value).collect();
        if let Some(column) = self.declared(name) {
            values.push(column.missing_label.clone());
            if let ColumnKindPlan::Category(list) = &column.kind {
                values.push(list.unknown_label.clone());
            }
        }
        Some(values)
    }

    /// A dimension over a column, for counts of events.
    pub fn axis(&self, name: &str, at: &Path, problems: &mut Problems) -> Option<AxisPlan> {
        let column = self.column(name, at, problems)?;
        self.check_countable(name, at, problems);
        let values = self.closed_values(name).unwrap_or_default();
        Some(AxisPlan { column, grain: Grain::Value, values })
    }

    /// Events are counted by labels; dates, numbers, ids and masked text are not labels.
    fn check_countable(&self, name: &str, at: &Path, problems: &mut Problems) {
        use ColumnKindPlan::{Date, Id, Number, Text};
        let kind = self.declared(name).map(|column| &column.kind);
        let (what, help) = match kind {
            Some(Id) => (say!("job-an-id"), say!("job-name-column-kind-category-or")),
            Some(Date { .. }) => (say!("job-a-date"), say!("job-count-over-time-with-trend")),
            Some(Number { .. }) => (say!("job-number"), say!("job-declare-category-to-count-by")),
            Some(Text { masked: true }) => (say!("job-free-text"), say!("job-declare-category-to-count-by")),
            _ => return,
        };
        if self.plan.kind == SourceKind::Events {
            problems.bad_value(at, say!("job-is-events-are-counted-by", name, what), help);
        }
    }

    /// Conditions of a `where` (or `where_not`) table; values in their canonical spelling.
    pub fn conditions(&self, spec: &Where, negated: bool, at: &Path, problems: &mut Problems) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (column, values) in spec {
            let at = at.key(column);
            if !self.names().contains(&column.as_str()) {
                problems.unknown_key(&at, &self.noun(), column, self.names());
                continue;
            }
            self.check_countable(column, &at, problems);
            if values.0.is_empty() {
                problems.bad_value(&at, say!("job-list-values-is-empty-so"), say!("job-name-at-least-one-value"));
            }
            let values = values.0.iter().enumerate();
            let values =
                values.map(|(index, value)| self.canonical(column, value, &at.index(index), problems)).collect();
            conditions.push(Condition { column: column.clone(), values, negated });
        }
        conditions
    }

    /// The spelling that rows carry after normalising; an unknown value of a closed list is a mistake.
    pub fn canonical(&self, column: &str, value: &str, at: &Path, problems: &mut Problems) -> String {
        let folded = fold(value);
        if let Some(ColumnKindPlan::Category(list)) = self.declared(column).map(|column| &column.kind)
            && let Some(index) = list.spellings.get(&folded)
        {
            return list.values[*index].clone();
        }
        let Some(known) = self.countable(column) else { return one_spaced(value) };
        match known.iter().find(|known| fold(known) == folded) {
            Some(known) => known.clone(),
            None => {
                let noun = say!("job-value-in-column-source", column, name = self.plan.name);
                problems.unknown(at, &noun, value, known.iter().map(String::as_str));
                value.to_string()
            }
        }
    }
}

fn closed_values(column: &ColumnPlan) -> Option<Vec<(String, bool)>> {
    match &column.kind {
        ColumnKindPlan::Category(list) => {
            Some(list.values.iter().cloned().zip(list.residual.iter().copied()).collect())
        }
        ColumnKindPlan::YesNo => Some(YES_NO.map(|value| (value.to_string(), false)).to_vec()),
        _ => None,
    }
}

/// As labels without a list are normalised: trimmed, inner runs of space as one.
fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A reference `source.x`.
pub(crate) fn find_source<'a>(
    reference: &str,
    sources: &'a [SourcePlan],
    at: &Path,
    problems: &mut Problems,
) -> Option<Scope<'a>> {
    let found = sources.iter().position(|plan| reference.strip_prefix("source.") == Some(&plan.name));
    match found {
        Some(index) => Some(Scope { index, plan: &sources[index] }),
        None => {
            let known: Vec<String> = sources.iter().map(|plan| format!("source.{}", plan.name)).collect();
            problems.unknown(at, "source", reference, known.iter().map(String::as_str));
            None
        }
    }
}

pub(crate) fn kind_name(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Events => "events",
        SourceKind::Observations => "observations",
        SourceKind::Register => "register",
    }
}
