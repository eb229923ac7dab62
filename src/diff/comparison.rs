//! What came of a comparison: plain values, which text, JSON and page are made of.

use super::cause::{Cause, SourceChange};
use super::job::KeyChange;
use super::numbers::{TableChange, TableFate};
use crate::published::Program;

/// What two runs have in common and what they have not.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The run that was named first.
    pub old: Side,
    /// The run that was named second.
    pub new: Side,
    /// The year whose numbers were compared, when the runs are of different years.
    pub year: Option<i32>,
    /// Numbers of both runs that are the same.
    pub equal: u64,
    /// Measures with a difference, by name.
    pub measures: Vec<MeasureChange>,
    /// Sources that differ, by name.
    pub sources: Vec<SourceChange>,
    /// Keys of the job file that decide about numbers and differ.
    pub keys: Vec<KeyChange>,
    /// Tables without a number of the year in one of the runs.
    pub not_compared: Vec<String>,
    /// The period of the older report, where only one thing was asked: do its numbers still stand?
    pub asked_of: Option<String>,
}

/// One of the runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Name of the job.
    pub job: String,
    /// The job's year.
    pub year: i32,
    /// "kvalitetsår 2023"
    pub period: String,
    /// Day of the data, "2023-10-15".
    pub as_of: String,
    /// The municipality or utförare.
    pub organisation: String,
    /// The build that made it.
    pub program: Program,
    /// Small counts are hidden in it.
    pub is_protected: bool,
}

/// A measure whose tables differ.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureChange {
    /// `family.name`
    pub name: String,
    /// Why they differ, as far as the manifests tell; at least one.
    pub causes: Vec<Cause>,
    /// Its tables with a difference, in the job's order.
    pub tables: Vec<TableChange>,
}

impl Comparison {
    /// Keeps what no longer stands of the older report: its printed numbers that are others now, with a cause. That the
    /// newer one is of another year is none, nor is what it alone has.
    pub(super) fn keep_what_no_longer_stands(&mut self, period: String) {
        for table in self.measures.iter_mut().flat_map(|measure| &mut measure.tables) {
            table.cells.retain(|cell| !cell.for_analyst);
            table.rows_came.clear();
            table.columns_came.clear();
            table.title_was = None;
        }
        let is_left = |table: &TableChange| !table.is_equal() && table.fate != TableFate::Came;
        self.measures.iter_mut().for_each(|measure| measure.tables.retain(is_left));
        let is_cause = |cause: &Cause| !matches!(cause, Cause::Year { .. } | Cause::Words);
        self.measures.retain(|measure| !measure.tables.is_empty() && measure.causes.iter().any(is_cause));
        let causes: Vec<&Cause> = self.measures.iter().flat_map(|measure| &measure.causes).collect();
        self.sources
            .retain(|source| causes.iter().any(|cause| matches!(cause, Cause::Input(name) if *name == source.name)));
        self.not_compared.clear();
        self.asked_of = Some(period);
    }

    /// True when every table, number and title is the same.
    pub fn is_equal(&self) -> bool {
        self.measures.is_empty()
    }

    /// Rows, columns and tables that came or went.
    pub fn came_or_went(&self) -> (u64, u64, u64) {
        let tables = self.measures.iter().flat_map(|measure| &measure.tables);
        let of = |table: &TableChange| {
            let alone = matches!(table.fate, TableFate::Came | TableFate::Went);
            let rows = table.rows_came.len() + table.rows_went.len();
            let columns = table.columns_came.len() + table.columns_went.len();
            (rows as u64, columns as u64, u64::from(alone))
        };
        tables.map(of).fold((0, 0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1, sum.2 + of.2))
    }

    /// Changed cells of both runs' tables.
    pub fn changed(&self) -> u64 {
        let cells = |measure: &MeasureChange| measure.tables.iter().map(|table| table.cells.len() as u64).sum::<u64>();
        self.measures.iter().map(cells).sum()
    }
}
