//! The rows of an event source, gone through one by one.
//!
//! In: a source's columns. Out: for a row the cells of a cube that it belongs to, for a cell its rows. No grouping, no
//! library: the counts of the cube engines can be checked against it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key};
use crate::measure::coding::{Coded, event_codes, time_of};
use crate::store::{Dataset, PlainColumn};
use crate::vocabulary::plan::SourcePlan;

/// A source's rows, with the columns that some requests ask for.
pub struct EventRows {
    rows: usize,
    events: Vec<u32>,
    labels: BTreeMap<String, Coded>,
    times: BTreeMap<Dimension, Vec<Option<i32>>>,
}

impl EventRows {
    /// The rows of a source, ready for these requests (those of other sources are passed over).
    pub fn new<'r>(
        source: &SourcePlan,
        data: &Dataset,
        requests: impl IntoIterator<Item = &'r CubeRequest>,
    ) -> Result<EventRows, Failure> {
        let id = source.id();
        let events = match id {
            Some(id) => event_codes(column_of(data, source, &id.name)?),
            None => (0..data.rows as u32).collect(),
        };
        let mut rows = EventRows { rows: data.rows, events, labels: BTreeMap::new(), times: BTreeMap::new() };
        for request in requests.into_iter().filter(|request| request.source == source.name) {
            let conditions = request.conditions.iter().map(|condition| &condition.column);
            let values = request.dimensions.iter().filter(|dimension| dimension.grain == Grain::Value);
            for name in conditions.chain(values.map(|dimension| &dimension.column)) {
                rows.add_labels(source, data, name)?;
            }
            for dimension in request.dimensions.iter().filter(|dimension| dimension.grain != Grain::Value) {
                rows.add_time(source, data, dimension)?;
            }
        }
        Ok(rows)
    }

    fn add_labels(&mut self, source: &SourcePlan, data: &Dataset, name: &str) -> Result<(), Failure> {
        if !self.labels.contains_key(name) {
            let missing = source.column(name).map_or("", |column| &source.columns[column].missing_label);
            self.labels.insert(name.to_string(), Coded::of(column_of(data, source, name)?, missing));
        }
        Ok(())
    }

    fn add_time(&mut self, source: &SourcePlan, data: &Dataset, dimension: &Dimension) -> Result<(), Failure> {
        let PlainColumn::Days(days) = column_of(data, source, &dimension.column)? else {
            return Err(Failure::internal(format!("column {} of {} is no date", dimension.column, source.name)));
        };
        self.times.insert(dimension.clone(), time_of(days, dimension.grain, source.period));
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.rows
    }

    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The event that a row belongs to.
    pub fn event(&self, row: usize) -> u32 {
        self.events[row]
    }

    /// The cells of a request's cube that a row is counted in; none if a condition does not hold.
    pub fn keys_of(&self, request: &CubeRequest, row: usize) -> Vec<Vec<Key>> {
        if !request.conditions.iter().all(|condition| self.meets(condition, row)) {
            return Vec::new();
        }
        let mut keys = vec![Vec::new()];
        for dimension in &request.dimensions {
            let values = self.values_of(dimension, row);
            let longer = |key: &Vec<Key>| -> Vec<Vec<Key>> {
                values.iter().map(|value| [key.as_slice(), std::slice::from_ref(value)].concat()).collect()
            };
            keys = keys.iter().flat_map(longer).collect();
        }
        keys
    }

    /// The rows that are counted in one cell of a request's cube, in file order.
    pub fn rows_of(&self, request: &CubeRequest, key: &[Key]) -> Vec<usize> {
        let is_in = |row: &usize| {
            let here = |(dimension, wanted): (&Dimension, &Key)| self.values_of(dimension, *row).contains(wanted);
            request.conditions.iter().all(|condition| self.meets(condition, *row))
                && request.dimensions.iter().zip(key).all(here)
        };
        (0..self.rows).filter(is_in).collect()
    }

    /// How many distinct events some rows belong to.
    pub fn distinct(&self, rows: &[usize]) -> u64 {
        rows.iter().map(|row| self.events[*row]).collect::<BTreeSet<u32>>().len() as u64
    }

    fn meets(&self, condition: &Condition, row: usize) -> bool {
        let Some(coded) = self.labels.get(&condition.column) else { return false };
        let has = coded.row(row).iter().any(|code| {
            let label = &coded.labels[*code as usize];
            condition.values.iter().any(|value| **value == **label)
        });
        has != condition.negated
    }

    fn values_of(&self, dimension: &Dimension, row: usize) -> Vec<Key> {
        match self.times.get(dimension) {
            Some(times) => vec![times[row].map_or(Key::Missing, Key::Number)],
            None => self.labels.get(&dimension.column).map_or(Vec::new(), |coded| {
                coded.row(row).iter().map(|code| Key::Label(coded.labels[*code as usize].clone())).collect()
            }),
        }
    }
}

fn column_of<'d>(data: &'d Dataset, source: &SourcePlan, name: &str) -> Result<&'d PlainColumn, Failure> {
    let missing = || Failure::internal(format!("column {name} of source {} was not read", source.name));
    data.columns.get(name).ok_or_else(missing)
}
