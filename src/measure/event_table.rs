//! The rows of a source with their events, and its columns by name as what they are.
//!
//! In: a [`Dataset`], read whole or in some columns. Out: per row its event; days, numbers, codes. Errors: internal ones,
//! where a column is read that nobody asked for. Never: groups or counts.

use std::borrow::Cow;

use super::coding::{Coded, event_codes};
use crate::diagnostic::Failure;
use crate::store::{Dataset, PlainColumn};
use crate::vocabulary::plan::SourcePlan;

/// The rows of a source with their events.
pub(super) struct EventTable<'a> {
    pub source: &'a SourcePlan,
    pub data: Cow<'a, Dataset>,
    /// Per row the code of its event; without an id each row is one.
    pub events: Vec<u32>,
}

impl<'a> EventTable<'a> {
    pub(super) fn new(source: &'a SourcePlan, data: Cow<'a, Dataset>) -> Result<Self, Failure> {
        let id = source.id();
        let mut table = EventTable { source, events: (0..data.rows as u32).collect(), data };
        if let Some(id) = id {
            table.events = event_codes(table.column(&id.name)?);
        }
        Ok(table)
    }

    pub(super) fn column(&self, name: &str) -> Result<&PlainColumn, Failure> {
        let missing = || Failure::internal(format!("column {name} of source {} was not read", self.source.name));
        self.data.columns.get(name).ok_or_else(missing)
    }

    /// The codes of a column's labels, its blanks under their label.
    pub(super) fn coded(&self, name: &str) -> Result<Coded, Failure> {
        let missing = self.source.column(name).map_or("", |column| &self.source.columns[column].missing_label);
        Ok(Coded::of(self.column(name)?, missing))
    }

    pub(super) fn days(&self, name: &str) -> Result<&[Option<i32>], Failure> {
        match self.column(name)? {
            PlainColumn::Days(days) => Ok(days),
            _ => Err(self.is_no("date", name)),
        }
    }

    pub(super) fn numbers(&self, name: &str) -> Result<&[Option<f64>], Failure> {
        match self.column(name)? {
            PlainColumn::Numbers(numbers) => Ok(numbers),
            _ => Err(self.is_no("number", name)),
        }
    }

    fn is_no(&self, kind: &str, name: &str) -> Failure {
        Failure::internal(format!("column {name} of source {} is no {kind}", self.source.name))
    }
}
