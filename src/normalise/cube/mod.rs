//! Counting in the pass: kept rows of a batch → cells of the cubes that the plan asks for.
//!
//! In: typed columns and the kept rows, each of another event. Out: for each request a [`Cube`], the same that any
//! other engine gives. A request whose dimensions are part of a larger one's is summed from that one's cells, where no
//! dimension that is left out is a list. Never: a count that depends on codes of open labels or on the threads.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, Cube, CubeCell, CubeRequest, Dimension, Grain, Key, Sum};
use crate::domain::period::PeriodRule;
use crate::ingest::RawBatch;
use crate::vocabulary::plan::SourcePlan;

use super::columns::Worker;
use super::rules::Rules;

mod axis;
mod count;
mod spelled;

pub(super) use axis::DayKeys;

use axis::Axis;
use count::Count;
use spelled::Spelled;

/// What is counted in the pass, and which request is answered from which count.
pub(super) struct Counting {
    counts: Vec<Count>,
    /// Per request: the index of its count.
    answers: Vec<(usize, CubeRequest)>,
    /// Columns that are no categories, but are counted by what their cells say.
    spelled: Spelled,
    period: PeriodRule,
}

/// Cells by their codes; [`crate::store::BLANK`] stands for a blank in any dimension.
type Codes = Box<[u32]>;

/// A cell while it is being counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Counted {
    count: u64,
    /// Per number column: how many values, and their sum.
    sums: Vec<(u64, Sum)>,
}

/// What a batch adds to each count.
pub(super) type Partial = Vec<Vec<(Codes, Counted)>>;

/// The cells of all counts, over all batches.
pub(super) struct Totals(Vec<HashMap<Codes, Counted>>);

impl Counting {
    pub(super) fn new(source: &SourcePlan, rules: &Rules, requests: Vec<CubeRequest>) -> Result<Self, Failure> {
        let spelled = Spelled::new(source, rules, &requests);
        let mut counting = Counting { counts: Vec::new(), answers: Vec::new(), spelled, period: source.period };
        let mut order: Vec<usize> = (0..requests.len()).collect();
        order.sort_by_key(|index| (std::cmp::Reverse(requests[*index].dimensions.len()), *index));
        let mut answers = vec![0; requests.len()];
        for index in order {
            let request = &requests[index];
            let larger = counting.counts.iter().position(|count| contains(count, request, rules));
            answers[index] = match larger {
                Some(count) => count,
                None => {
                    counting.counts.push(Count::new(source, rules, request)?);
                    counting.counts.len() - 1
                }
            };
        }
        counting.answers = answers.into_iter().zip(requests).collect();
        Ok(counting)
    }

    pub(super) fn totals(&self) -> Totals {
        Totals(self.counts.iter().map(|_| HashMap::new()).collect())
    }

    /// Counts the kept rows of a batch.
    pub(super) fn count(
        &self,
        rules: &Rules,
        batch: &RawBatch,
        worker: &Worker,
        days: &mut DayKeys,
        rows: &[u32],
    ) -> Result<Partial, Failure> {
        let columns = self.spelled.columns(batch, worker, rows);
        let mut axes: BTreeMap<(usize, Grain), Axis> = BTreeMap::new();
        for (column, grain) in self.counts.iter().flat_map(|count| &count.dimensions) {
            let axis = || Axis::new(columns.at(*column, *grain), *grain, rows, self.period, days);
            axes.entry((*column, *grain)).or_insert_with(axis);
        }
        let labels = |column: usize| self.spelled.labels(rules, column);
        self.counts.iter().map(|count| count.cells(&columns, &labels, &axes, rows)).collect()
    }

    /// The cubes in the order of the requests.
    pub(super) fn cubes(&self, rules: &Rules, source: &SourcePlan, totals: &Totals) -> Vec<Cube> {
        let labels = |column: usize| self.spelled.labels(rules, column);
        let named = |(count, cells): (&Count, &HashMap<Codes, Counted>)| count.named(source, &labels, cells);
        let counted: Vec<BTreeMap<Vec<Key>, Counted>> = self.counts.iter().zip(&totals.0).map(named).collect();
        let answer = |(count, request): &(usize, CubeRequest)| project(&self.counts[*count], &counted[*count], request);
        self.answers.iter().map(answer).collect()
    }
}

impl Totals {
    pub(super) fn add(&mut self, partial: Partial) {
        for (total, cells) in self.0.iter_mut().zip(partial) {
            for (codes, cell) in cells {
                match total.get_mut(&codes) {
                    Some(known) => known.join(&cell),
                    None => {
                        total.insert(codes, cell);
                    }
                }
            }
        }
    }
}

impl Counted {
    fn join(&mut self, other: &Counted) {
        self.count += other.count;
        for (to, (values, sum)) in self.sums.iter_mut().zip(&other.sums) {
            *to = (to.0 + values, to.1.join(*sum));
        }
    }

    fn cell(self) -> CubeCell {
        let sums = self.sums.into_iter().map(|(values, sum)| (values, sum.value())).collect();
        CubeCell { count: self.count, sums }
    }
}

/// Adds a cell; the sums do not depend on the order in which this is done.
fn add(cells: &mut BTreeMap<Vec<Key>, Counted>, key: Vec<Key>, cell: &Counted) {
    match cells.get_mut(&key) {
        Some(known) => known.join(cell),
        None => {
            cells.insert(key, cell.clone());
        }
    }
}

/// Whether `request` can be summed from `count`: same conditions, all its dimensions, and no list among the others.
fn contains(count: &Count, request: &CubeRequest, rules: &Rules) -> bool {
    let larger = &count.request;
    let is_left_out = |dimension: &Dimension| !request.dimensions.contains(dimension);
    let is_list = |column: usize| rules.columns[column].is_list(&rules.columns);
    let mut dimensions = larger.dimensions.iter().zip(&count.dimensions);
    sorted(&larger.conditions) == sorted(&request.conditions)
        && request.dimensions.iter().all(|dimension| larger.dimensions.contains(dimension))
        && request.sums.iter().all(|column| larger.sums.contains(column))
        && !dimensions.any(|(dimension, (column, _))| is_left_out(dimension) && is_list(*column))
}

fn sorted(conditions: &[Condition]) -> Vec<&Condition> {
    let mut sorted: Vec<&Condition> = conditions.iter().collect();
    sorted.sort();
    sorted
}

/// A request's cube from the cells of a count that holds its dimensions.
fn project(count: &Count, cells: &BTreeMap<Vec<Key>, Counted>, request: &CubeRequest) -> Cube {
    let place = |dimension: &Dimension| count.request.dimensions.iter().position(|known| known == dimension);
    let dimensions: Vec<usize> = request.dimensions.iter().filter_map(place).collect();
    let place = |sum: &String| count.request.sums.iter().position(|known| known == sum);
    let sums: Vec<usize> = request.sums.iter().filter_map(place).collect();
    let mut projected: BTreeMap<Vec<Key>, Counted> = BTreeMap::new();
    for (key, cell) in cells {
        let key = dimensions.iter().map(|place| key[*place].clone()).collect();
        let sums = sums.iter().map(|place| cell.sums[*place]).collect();
        add(&mut projected, key, &Counted { count: cell.count, sums });
    }
    let cells = projected.into_iter().map(|(key, cell)| (key, cell.cell())).collect();
    Cube { request: request.clone(), cells }
}
