//! Dates, numbers and texts as values of a dimension or condition: counted by what they say.
//!
//! In: columns that are no categories. Out: codes of their texts, as a column of labels would have them. This is slower
//! than counting categories, and jobs ask for it rarely.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use crate::domain::cube::{CubeRequest, Grain};
use crate::ingest::RawBatch;
use crate::store::{BLANK, NO_DAY};
use crate::vocabulary::plan::SourcePlan;

use super::super::categories::OpenLabels;
use super::super::columns::{Column, Worker};
use super::super::readers::Reader;
use super::super::rules::Rules;
use super::super::{numbers, text};

/// The texts found so far in each such column.
pub(super) struct Spelled(BTreeMap<usize, OpenLabels>);

/// A batch's columns, with codes instead of dates, numbers and texts where those are asked for by value.
pub(super) struct Columns<'w> {
    worker: &'w Worker,
    spelled: BTreeMap<usize, Column>,
}

impl Columns<'_> {
    /// The column as it was read.
    pub(super) fn typed(&self, column: usize) -> &Column {
        &self.worker.columns[column]
    }

    /// The column at a grain: codes, or days for grains of time.
    pub(super) fn at(&self, column: usize, grain: Grain) -> &Column {
        match self.spelled.get(&column) {
            Some(spelled) if grain == Grain::Value => spelled,
            _ => self.typed(column),
        }
    }
}

impl Spelled {
    pub(super) fn new(source: &SourcePlan, rules: &Rules, requests: &[CubeRequest]) -> Self {
        let dimensions = requests.iter().flat_map(|request| &request.dimensions);
        let values = dimensions.filter(|dimension| dimension.grain == Grain::Value).map(|dimension| &dimension.column);
        let conditions = requests.iter().flat_map(|request| &request.conditions).map(|condition| &condition.column);
        let columns: BTreeSet<usize> = values.chain(conditions).filter_map(|name| source.column(name)).collect();
        let is_spelled = |column: &usize| {
            matches!(rules.columns[*column].reader, Reader::Date(_) | Reader::Number(_) | Reader::Text)
        };
        Spelled(columns.into_iter().filter(is_spelled).map(|column| (column, OpenLabels::default())).collect())
    }

    /// The columns of a batch; codes are given to the texts of `rows`.
    pub(super) fn columns<'w>(&self, batch: &RawBatch, worker: &'w Worker, rows: &[u32]) -> Columns<'w> {
        let codes = |(column, labels): (&usize, &OpenLabels)| {
            (*column, Column::Codes(codes_of(&worker.columns[*column], labels, batch, rows)))
        };
        Columns { worker, spelled: self.0.iter().map(codes).collect() }
    }

    /// The labels of a column's codes.
    pub(super) fn labels(&self, rules: &Rules, column: usize) -> Vec<Arc<str>> {
        let rule = &rules.columns[column];
        match (self.0.get(&column), &rule.groups, &rule.reader) {
            (Some(labels), ..) => labels.labels(),
            (None, Some((_, groups)), _) => groups.labels().to_vec(),
            (None, None, Reader::Closed(closed)) => closed.list.labels().to_vec(),
            (None, None, Reader::Open(open)) => open.labels.labels(),
            (None, None, Reader::YesNo(_)) => [true, false].map(|flag| Arc::from(text::shown_flag(flag))).to_vec(),
            (None, None, _) => Vec::new(),
        }
    }
}

fn codes_of(column: &Column, labels: &OpenLabels, batch: &RawBatch, rows: &[u32]) -> Vec<u32> {
    let size = batch.rows.len();
    match column {
        Column::Days(days) => {
            let day = |row: usize| Some(days[row]).filter(|day| *day != NO_DAY);
            coded(labels, size, rows, day, text::shown_day)
        }
        Column::Numbers(all) => {
            let bits = |row: usize| Some(all[row]).filter(|number| !number.is_nan()).map(f64::to_bits);
            coded(labels, size, rows, bits, |bits| numbers::shown(f64::from_bits(bits)))
        }
        Column::Texts(texts) => {
            let bytes = |row: usize| Some(texts.bytes(batch, row)).filter(|bytes| !bytes.is_empty());
            coded(labels, size, rows, bytes, |bytes| String::from_utf8_lossy(bytes).into_owned())
        }
        Column::YesNo(_) | Column::Codes(_) | Column::Lists(_) => Vec::new(),
    }
}

/// A code for each of `rows`; a value's text is made once a batch.
fn coded<K: Hash + Eq + Copy>(
    labels: &OpenLabels,
    size: usize,
    rows: &[u32],
    value: impl Fn(usize) -> Option<K>,
    text: impl Fn(K) -> String,
) -> Vec<u32> {
    let (mut codes, mut known) = (vec![BLANK; size], HashMap::new());
    for row in rows {
        if let Some(value) = value(*row as usize) {
            codes[*row as usize] = *known.entry(value).or_insert_with(|| labels.code(&text(value)));
        }
    }
    codes
}
