//! The rows of a source in both runs: which came, which went, which say something else.
//!
//! In: the source's Parquet file of either run, and the names of the columns that tell rows apart. Out: [`RowChanges`].
//! Rows are known by their id; observations by what they are of; rows without either by all that they say. Never: the
//! text of a cell, nor an id, unless the job calls the column safe.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::path::Path;

use crate::diagnostic::Failure;
use crate::store::{self, BLANK, Dataset, PlainColumn, schema};

/// What tells the rows of a source apart and places them in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Empty: all columns together.
    pub(super) key: Vec<String>,
    pub(super) date: Option<String>,
    /// An id that may be shown.
    pub(super) safe_id: Option<String>,
}

/// A source's rows in both runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RowChanges {
    /// Rows have an id, or are observations of something: one row can be told from another.
    pub identified: bool,
    /// Rows that only the new run counts, in file order.
    pub added: Vec<RowFacts>,
    /// Rows that only the old run counted, in file order.
    pub removed: Vec<RowFacts>,
    /// Rows of the same id that say something else: before and now.
    pub changed: Vec<(RowFacts, RowFacts)>,
    /// Rows of other years than the one that is looked at.
    pub elsewhere: u64,
    /// How many of them differ in which column.
    pub changed_columns: BTreeMap<String, u64>,
}

/// A row, as far as it may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFacts {
    /// The export, relative to the input folder.
    pub file: String,
    /// `None` for a delimited file.
    pub sheet: Option<String>,
    /// Excel's row, or the record's number.
    pub row: u32,
    /// Day of the date that places the row in a period.
    pub day: Option<i32>,
    /// Where the job calls the id safe.
    pub id: Option<String>,
    /// Everything that it is labelled with.
    pub(super) labels: BTreeSet<String>,
}

impl RowChanges {
    /// Rows of some days only, where rows have a date.
    pub(super) fn within(mut self, (first, last): (i32, i32)) -> RowChanges {
        let is_within = |row: &RowFacts| row.day.is_none_or(|day| (first..=last).contains(&day));
        let before = self.count();
        self.added.retain(is_within);
        self.removed.retain(is_within);
        self.changed.retain(|(old, new)| is_within(old) || is_within(new));
        self.elsewhere = before - self.count();
        self
    }

    fn count(&self) -> u64 {
        (self.added.len() + self.removed.len() + self.changed.len()) as u64
    }

    /// True when both runs count the same rows.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl RowFacts {
    pub(super) fn place(&self) -> (&str, Option<&str>, u32) {
        (&self.file, self.sheet.as_deref(), self.row)
    }
}

/// Compares two Parquet files of one source.
pub(super) fn compare(old: &Path, new: &Path, known: &Known) -> Result<RowChanges, Failure> {
    let (old, new) = (store::read_all(old)?, store::read_all(new)?);
    let shared = shared_columns(&old, &new);
    let identified = !known.key.is_empty() && known.key.iter().all(|name| shared.contains(&name.as_str()));
    let key = if identified { known.key.iter().map(String::as_str).collect() } else { shared.clone() };
    let mut left = by_key(&old, &key);
    let mut changes = RowChanges { identified, ..RowChanges::default() };
    for (hash, row) in keyed(&new, &key) {
        match left.remove(&hash) {
            None => changes.added.push(facts(&new, row, known)),
            Some(before) => note_change(&mut changes, (&old, before), (&new, row), &shared, known),
        }
    }
    let mut gone: Vec<usize> = left.into_values().collect();
    gone.sort_unstable();
    changes.removed = gone.into_iter().map(|row| facts(&old, row, known)).collect();
    Ok(changes)
}

fn note_change(
    changes: &mut RowChanges,
    (old, before): (&Dataset, usize),
    (new, row): (&Dataset, usize),
    columns: &[&str],
    known: &Known,
) {
    let hash = |data: &Dataset, row: usize, name: &str| hash_of(data, row, &[name]);
    let differs = |name: &&&str| hash(old, before, name) != hash(new, row, name);
    let differing: Vec<&&str> = columns.iter().filter(differs).collect();
    if !differing.is_empty() {
        differing.into_iter().for_each(|name| *changes.changed_columns.entry(name.to_string()).or_default() += 1);
        changes.changed.push((facts(old, before, known), facts(new, row, known)));
    }
}

/// Columns of the same kind in both, without those that say where a row stood.
fn shared_columns<'a>(old: &'a Dataset, new: &Dataset) -> Vec<&'a str> {
    let same = |name: &str| match (old.columns.get(name), new.columns.get(name)) {
        (Some(old), Some(new)) => std::mem::discriminant(old) == std::mem::discriminant(new),
        _ => false,
    };
    let lineage = [schema::FILE, schema::SHEET, schema::ROW];
    old.columns.keys().map(String::as_str).filter(|name| !lineage.contains(name) && same(name)).collect()
}

/// A key's hash, and how many rows before have the same.
type Keyed = (u64, u32);

fn keyed(data: &Dataset, key: &[&str]) -> Vec<(Keyed, usize)> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let rows = (0..data.rows).map(|row| {
        let hash = hash_of(data, row, key);
        let count = seen.entry(hash).or_default();
        *count += 1;
        ((hash, *count), row)
    });
    rows.collect()
}

fn by_key(data: &Dataset, key: &[&str]) -> HashMap<Keyed, usize> {
    keyed(data, key).into_iter().collect()
}

/// Sip with its fixed keys: the same in every run of the program, and too long for chance to repeat.
fn hash_of(data: &Dataset, row: usize, columns: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for column in columns.iter().filter_map(|name| data.columns.get(*name)) {
        match column {
            PlainColumn::Labels { codes, labels } => label(codes, labels, row).hash(&mut hasher),
            PlainColumn::Lists { .. } => listed(column, row).hash(&mut hasher),
            PlainColumn::Days(days) => days.get(row).hash(&mut hasher),
            PlainColumn::Numbers(numbers) => {
                numbers.get(row).copied().flatten().map(f64::to_bits).hash(&mut hasher);
            }
            PlainColumn::YesNo(answers) => answers.get(row).hash(&mut hasher),
            PlainColumn::Texts(texts) => texts.get(row).hash(&mut hasher),
            PlainColumn::Rows(rows) => rows.get(row).hash(&mut hasher),
        }
    }
    hasher.finish()
}

fn label<'a>(codes: &[u32], labels: &'a [String], row: usize) -> Option<&'a str> {
    let code = codes.get(row).copied().filter(|code| *code != BLANK)?;
    labels.get(code as usize).map(String::as_str)
}

fn listed(column: &PlainColumn, row: usize) -> Vec<&str> {
    let PlainColumn::Lists { offsets, codes, labels } = column else { return Vec::new() };
    let range = offsets.get(row).zip(offsets.get(row + 1)).map(|(from, to)| *from as usize..*to as usize);
    let codes = range.and_then(|range| codes.get(range)).unwrap_or_default();
    codes.iter().filter_map(|code| labels.get(*code as usize)).map(String::as_str).collect()
}

fn facts(data: &Dataset, row: usize, known: &Known) -> RowFacts {
    let text = |name: &str| match data.columns.get(name) {
        Some(PlainColumn::Labels { codes, labels }) => label(codes, labels, row).map(String::from),
        Some(PlainColumn::Texts(texts)) => texts.get(row).cloned().flatten(),
        _ => None,
    };
    let day = known.date.as_ref().and_then(|name| data.columns.get(name)).and_then(|column| match column {
        PlainColumn::Days(days) => days.get(row).copied().flatten(),
        _ => None,
    });
    let number = match data.columns.get(schema::ROW) {
        Some(PlainColumn::Rows(rows)) => rows.get(row).copied().unwrap_or_default(),
        _ => 0,
    };
    RowFacts {
        file: text(schema::FILE).unwrap_or_default(),
        sheet: text(schema::SHEET),
        row: number,
        day,
        id: known.safe_id.as_ref().and_then(|name| text(name)),
        labels: labels_of(data, row),
    }
}

/// Every label of a row. Where it stood is no label.
fn labels_of(data: &Dataset, row: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, column) in &data.columns {
        match column {
            PlainColumn::Labels { codes, labels } if !name.starts_with('_') => {
                found.extend(label(codes, labels, row).map(String::from));
            }
            PlainColumn::Lists { .. } => found.extend(listed(column, row).into_iter().map(String::from)),
            PlainColumn::YesNo(answers) => {
                found.extend(answers.get(row).copied().flatten().map(|yes| if yes { "Ja" } else { "Nej" }.to_string()));
            }
            _ => {}
        }
    }
    found
}
