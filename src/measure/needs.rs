//! What all measures of a plan need of the exports: the one thing that whoever reads and counts must ask.
//!
//! In: a plan. Out: [`Needs`]: what to count, which sources to read whole, which columns of the others. Never: reads.

use std::collections::{BTreeMap, BTreeSet};

use super::family::{Of, Wants};
use super::plan::Plan;
use crate::domain::cube::CubeRequest;
use crate::vocabulary::plan::{ColumnKindPlan, SourcePlan};

/// What to count and read.
#[derive(Debug, Clone, Default)]
pub struct Needs<'a> {
    /// The cubes, without repeats, in a fixed order.
    pub requests: Vec<CubeRequest>,
    /// Names of the sources whose rows are read as they stand: observations, and whatever a register prints.
    pub whole: BTreeSet<&'a str>,
    /// What is read of further sources, by their names: the id of their events, and what was asked for.
    pub columns: BTreeMap<&'a str, RowColumns<'a>>,
}

/// Columns of a source of events that are read beside what is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowColumns<'a> {
    /// Names of columns that are read from all rows.
    pub whole: Vec<&'a str>,
    /// Free text, of which only matters which cells hold some.
    pub presence: Vec<&'a str>,
}

/// What the measures of a plan need.
pub fn needs(plan: &Plan) -> Needs<'_> {
    let mut requests = BTreeSet::new();
    let mut whole = BTreeSet::new();
    let mut columns: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for measure in &plan.measures {
        let wants: Wants = measure.kind.family().wants(Of { plan, measure });
        requests.extend(wants.cubes);
        whole.extend(wants.rows.iter().map(|source| plan.sources[*source].name.as_str()));
        for (source, wanted) in wants.columns {
            columns.entry(source).or_default().extend(wanted);
        }
    }
    let of_source = |(source, columns): (usize, BTreeSet<usize>)| {
        let source = &plan.sources[source];
        let id = source.id().and_then(|id| source.column(&id.name));
        (source.name.as_str(), split(source, columns.into_iter().chain(id).collect()))
    };
    let columns = columns.into_iter().map(of_source).collect();
    Needs { requests: requests.into_iter().collect(), whole, columns }
}

fn split(source: &SourcePlan, columns: BTreeSet<usize>) -> RowColumns<'_> {
    let mut split = RowColumns::default();
    for column in columns.into_iter().map(|index| &source.columns[index]) {
        match column.kind {
            ColumnKindPlan::Text { .. } => split.presence.push(&column.name),
            _ => split.whole.push(&column.name),
        }
    }
    split
}

impl Needs<'_> {
    /// What is counted of a source.
    pub fn requests_of(&self, source: &SourcePlan) -> Vec<CubeRequest> {
        self.requests.iter().filter(|request| request.source == source.name).cloned().collect()
    }

    /// Columns of an event source that its counts read, the id among them, in the order of the job file.
    pub fn counted_columns<'s>(&self, source: &'s SourcePlan) -> Vec<&'s str> {
        let mut read = BTreeSet::new();
        for request in self.requests.iter().filter(|request| request.source == source.name) {
            read.extend(request.dimensions.iter().map(|dimension| dimension.column.as_str()));
            read.extend(request.conditions.iter().map(|condition| condition.column.as_str()));
            read.extend(request.sums.iter().map(String::as_str));
        }
        let wanted = source
            .columns
            .iter()
            .filter(|column| matches!(column.kind, ColumnKindPlan::Id) || read.contains(column.name.as_str()));
        wanted.map(|column| column.name.as_str()).collect()
    }
}
