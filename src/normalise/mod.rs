//! Normalises rows: [`RawBatch`]es in, typed columns in Parquet and counted fates out.
//!
//! In: batches from several threads, each once, in any order. Out: a Parquet file whose bytes do not depend on the
//! threads, a tally of fates a file and sheet, the lines of `rejects.csv`, warnings, and the cubes asked for in the pass.
//! Never: a column that the job does not declare, a row without a fate, or a String for every cell: what a spelling
//! means is worked out once (see `memo`).
//!
//! A batch takes this way: `fill_down` (if the source has such columns) → `columns` reads all cells → `fates` rejects,
//! then drops repeated ids in turn → `gather` or `observations` takes the kept rows → `store` encodes them → the row
//! group, counts and flaws are added in turn.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::balance::Tally;
use crate::domain::cube::{Cube, CubeRequest};
use crate::domain::delivery::CellCount;
use crate::ingest::{RawBatch, SheetDoor};
use crate::store::schema::StoredSchema;
use crate::store::{self, BatchColumn, Encoder, RowGroup, Writer, Written};
use crate::vocabulary::plan::{ColumnKindPlan, SourcePlan};
use crate::vocabulary::spec::{RepeatedIds, SourceKind};

mod block;
mod categories;
mod cells;
mod census;
mod columns;
mod cube;
pub(crate) mod dates;
mod duplicates;
mod fates;
mod fill_down;
mod gather;
mod ledger;
mod lists;
mod memo;
pub(crate) mod numbers;
mod observations;
mod personal_columns;
mod readers;
mod rejects;
mod rules;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod turn;
pub(crate) mod yes_no;

pub(crate) use ledger::Causes;
pub(crate) use personal_columns::{PersonalColumn, PersonalColumns};
pub(crate) use rejects::{Reject, reason};

use block::Flaw;
use census::Census;
use columns::Worker;
use cube::{Counting, DayKeys, Partial, Totals};
use duplicates::IdTable;
use fates::Fates;
use fill_down::Carry;
use ledger::{ColumnName, Ledger};
use observations::Observations;
use readers::Reader;
use rules::{Rule, Rules, TextRule};
use turn::Turn;

/// One source on its way to Parquet.
pub(crate) struct Normaliser<'p> {
    source: &'p SourcePlan,
    rules: Rules<'p>,
    counting: Counting,
    encoder: Encoder,
    /// Present if some columns are filled down.
    carry: Option<Turn<Carry>>,
    /// Present if rows have ids.
    seen: Option<Turn<IdTable>>,
    output: Turn<Output<'p>>,
    /// Memos and vectors of threads that are between two batches.
    benches: Mutex<Vec<Bench>>,
    failed: Mutex<Option<Failure>>,
    abort: &'p AtomicBool,
}

/// What one thread works with.
struct Bench {
    worker: Worker,
    days: DayKeys,
}

/// What is added to in the order of the batches.
struct Output<'p> {
    writer: Writer,
    totals: Totals,
    tallies: BTreeMap<(u32, Option<String>), Tally>,
    ledger: Ledger<'p>,
    /// Lines of the ledger, beyond which the run stops.
    most_rejects: u64,
    census: Census,
    rows_kept: u64,
}

/// What a batch adds.
struct Finished {
    group: Option<RowGroup>,
    partial: Partial,
    fates: Fates,
    problems: Vec<Flaw>,
    census: Census,
}

/// What became of a source's rows.
pub(crate) struct Normalised {
    /// Fates decided here per file index and sheet: kept, duplicate, outside the period, rejected.
    pub tallies: BTreeMap<(u32, Option<String>), Tally>,
    /// In the order of files, sheets and rows.
    pub rejects: Vec<Reject>,
    /// One a kind and column: the first five cells are shown, the rest counted.
    pub warnings: Vec<Diagnostic>,
    /// Cells that fell in a bucket of unknown values.
    pub unknown_categories: u64,
    /// The same things, as a rule of the job would tell them.
    pub causes: Causes,
    /// Cells of kept rows without a value that counts, blank ones aside.
    pub cells: Vec<CellCount>,
    /// Days of the period date with at least one kept row, in order.
    pub days: Vec<i32>,
    /// In the order of the requests.
    pub cubes: Vec<Cube>,
    /// The Parquet file.
    pub(crate) written: Written,
}

impl<'p> Normaliser<'p> {
    /// Opens the Parquet file. `requests`: cubes to count in the pass; empty when another engine counts.
    ///
    /// Errors: an internal one if a request can't be counted in the pass (several rows an event, or a column of text).
    pub(crate) fn new(
        source: &'p SourcePlan,
        requests: Vec<CubeRequest>,
        parquet: &Path,
        abort: &'p AtomicBool,
    ) -> Result<Self, Failure> {
        let several_rows = source.kind != SourceKind::Events || source.repeated_ids == RepeatedIds::SeveralRows;
        if several_rows && !requests.is_empty() {
            return Err(Failure::internal(format!("source `{}` can't be counted in the pass", source.name)));
        }
        let rules = Rules::new(source);
        let counting = Counting::new(source, &rules, requests)?;
        let (encoder, writer) = store::create(parquet, &StoredSchema::of(source))?;
        let output = Output {
            writer,
            totals: counting.totals(),
            tallies: BTreeMap::new(),
            most_rejects: source.limits.rejects,
            ledger: Ledger::new(&source.name, column_names(source, &rules), source.kind == SourceKind::Observations),
            census: Census::default(),
            rows_kept: 0,
        };
        Ok(Normaliser {
            source,
            counting,
            encoder,
            carry: (!rules.filled_down().is_empty()).then(|| Turn::new(Carry::default())),
            seen: rules.id.map(|_| Turn::new(IdTable::new())),
            rules,
            output: Turn::new(output),
            benches: Mutex::new(Vec::new()),
            failed: Mutex::new(None),
            abort,
        })
    }

    /// Takes in a batch. Called from many threads, each batch once; waits for its turn where order counts.
    pub(crate) fn accept(&self, batch: &RawBatch) -> Result<(), Failure> {
        let result = self.take_in(batch);
        if let Err(failure) = &result {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert_with(|| failure.clone());
        }
        result
    }

    fn take_in(&self, batch: &RawBatch) -> Result<(), Failure> {
        if batch.rows.is_empty() {
            return self.pass(batch.sequence);
        }
        self.check_shape(batch)?;
        let mut bench = self.bench();
        let finished = match &self.carry {
            Some(carry) => {
                let columns = self.rules.filled_down();
                let filled = carry.take(batch.sequence, || self.stopped(), |carry| Ok(carry.fill(batch, &columns)))?;
                self.finish_batch(&filled, &mut bench)?
            }
            None => self.finish_batch(batch, &mut bench)?,
        };
        self.output.take(batch.sequence, || self.stopped(), |output| output.add(batch, finished))?;
        self.benches.lock().unwrap_or_else(PoisonError::into_inner).push(bench);
        Ok(())
    }

    /// A batch without rows only takes its turns, so that those behind it can go on.
    fn pass(&self, sequence: u64) -> Result<(), Failure> {
        if let Some(carry) = &self.carry {
            carry.take(sequence, || self.stopped(), |_| Ok(()))?;
        }
        if let Some(seen) = &self.seen {
            seen.take(sequence, || self.stopped(), |_| Ok(()))?;
        }
        self.output.take(sequence, || self.stopped(), |_| Ok(()))
    }

    fn finish_batch(&self, batch: &RawBatch, bench: &mut Bench) -> Result<Finished, Failure> {
        let Bench { worker, days } = bench;
        worker.read(&self.rules, batch);
        let mut fates = Fates::new(self.source, &self.rules, worker);
        if let Some(seen) = &self.seen {
            seen.take(
                batch.sequence,
                || self.stopped(),
                |seen| {
                    fates.drop_repeated(self.source.repeated_ids, worker, seen);
                    worker.number_masked_ids(&self.rules, seen);
                    Ok(())
                },
            )?;
        }
        let partial = self.counting.count(&self.rules, batch, worker, days, &fates.kept)?;
        let (rows, columns, contradictions) = self.columns(batch, worker, &fates.kept);
        let group = if rows == 0 { None } else { Some(self.encoder.encode(columns)?) };
        let problems = std::mem::take(&mut worker.notes.problems).into_iter();
        let problems: Vec<Flaw> =
            problems.filter(|flaw| fates.kept.binary_search(&flaw.row).is_ok()).chain(contradictions).collect();
        let census = Census::of_batch(self.source, &self.rules, worker, &fates.kept, &problems);
        Ok(Finished { group, partial, fates, problems, census })
    }

    /// The kept rows' columns in schema order, how many rows they have, and contradictory cells.
    fn columns(&self, batch: &RawBatch, worker: &Worker, kept: &[u32]) -> (usize, Vec<BatchColumn>, Vec<Flaw>) {
        let (mut columns, rows, contradictions) = match self.source.kind {
            SourceKind::Observations => {
                let observations = Observations::new(self.source, &self.rules, worker, batch, kept);
                let (columns, contradictions) = observations.columns();
                (columns, observations.rows(), contradictions)
            }
            SourceKind::Events | SourceKind::Register => {
                let columns = self.rules.columns.iter().zip(&worker.columns);
                let columns = columns.map(|(rule, column)| gather::gather(rule, column, kept, batch)).collect();
                (columns, kept.to_vec(), Vec::new())
            }
        };
        columns.extend(lineage(batch, &rows));
        (rows.len(), columns, contradictions)
    }

    fn check_shape(&self, batch: &RawBatch) -> Result<(), Failure> {
        if batch.width == self.rules.width && batch.cells.len() == batch.width * batch.rows.len() {
            return Ok(());
        }
        Err(Failure::internal(format!("a batch of {} has other columns than its source", batch.file_name)))
    }

    fn bench(&self) -> Bench {
        let waiting = self.benches.lock().unwrap_or_else(PoisonError::into_inner).pop();
        waiting.unwrap_or_else(|| Bench { worker: Worker::new(&self.rules), days: DayKeys::default() })
    }

    /// Why a waiting thread should wait no longer.
    fn stopped(&self) -> Option<Failure> {
        if let Some(failure) = &*self.failed.lock().unwrap_or_else(PoisonError::into_inner) {
            return Some(failure.clone());
        }
        self.abort.load(Ordering::Relaxed).then(|| Failure::internal("stopped while another batch failed"))
    }

    /// Learns where a sheet's columns are. Optional, before [`Normaliser::finish`]: without it messages name a cell by
    /// row and header only.
    pub(crate) fn learn(&mut self, door: &SheetDoor) {
        self.output.state().ledger.learn(door);
    }

    /// Writes the footer and closes the Parquet file.
    ///
    /// Errors: what stopped a batch; unknown values of a list that stops on them; differing rows of an id where the job
    /// says that they stop the run.
    pub(crate) fn finish(self, footer: &[(String, String)]) -> Result<Normalised, Failure> {
        if let Some(failure) = self.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(failure);
        }
        let Output { writer, totals, tallies, ledger, census, rows_kept, .. } = self.output.into_inner();
        let stops = ledger.stops(self.source.repeated_ids == RepeatedIds::Stop, rows_kept);
        if !stops.is_empty() {
            return Err(Failure::fixable(stops));
        }
        let written = writer.finish(footer)?;
        Ok(Normalised {
            written,
            tallies,
            warnings: ledger.warnings(),
            unknown_categories: ledger.unknown_categories(),
            causes: ledger.causes(),
            days: census.days(),
            cells: census.counts(self.source),
            rejects: ledger.rejects(),
            cubes: self.counting.cubes(&self.rules, self.source, &totals),
        })
    }
}

impl Output<'_> {
    fn add(&mut self, batch: &RawBatch, finished: Finished) -> Result<(), Failure> {
        let Finished { group, partial, fates, problems, census } = finished;
        if let Some(group) = group {
            self.writer.append(group)?;
        }
        self.totals.add(partial);
        let sheet = (batch.file, batch.sheet.as_deref().map(str::to_string));
        self.tallies.entry(sheet).or_default().merge(&fates.tally());
        self.rows_kept += fates.kept.len() as u64;
        self.census.add(census);
        self.ledger.add(batch, fates.rejected, &fates.differing, problems);
        self.ledger.within(self.most_rejects)
    }
}

/// Where each row comes from: `_file`, `_sheet`, `_row`.
fn lineage(batch: &RawBatch, rows: &[u32]) -> [BatchColumn; 3] {
    let (code, labels) = match &batch.sheet {
        Some(sheet) => (0, vec![sheet.clone()]),
        None => (store::BLANK, Vec::new()),
    };
    [
        BatchColumn::Labels { codes: vec![0; rows.len()], labels: vec![batch.file_name.clone()] },
        BatchColumn::Labels { codes: vec![code; rows.len()], labels },
        BatchColumn::Rows(rows.iter().map(|row| batch.rows[*row as usize]).collect()),
    ]
}

fn column_names<'p>(source: &'p SourcePlan, rules: &Rules<'p>) -> Vec<ColumnName<'p>> {
    let name = |(index, rule): (usize, &Rule<'p>)| {
        let declared = source.columns.get(index);
        ColumnName {
            name: declared.map_or(String::new(), |column| column.name.clone()),
            header: rule.header.to_string(),
            cell: rule.cell,
            list: match &rule.reader {
                Reader::Closed(closed) => Some(closed.list.plan()),
                _ => None,
            },
            formats: match declared.map(|column| &column.kind) {
                Some(ColumnKindPlan::Date { formats }) => formats,
                _ => &[],
            },
            is_safe_id: rule.safe && matches!(rule.text, TextRule::Id { .. }),
        }
    };
    rules.columns.iter().enumerate().map(name).collect()
}
