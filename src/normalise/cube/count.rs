//! One count of one batch: rows that meet its conditions → cells.
//!
//! In: axes, conditions, number columns. Out: the cells that occur. Counted in a dense array where that is small enough,
//! in a map otherwise; both give the same cells.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Dimension, Grain, Key, Sum};
use crate::store::BLANK;
use crate::vocabulary::plan::SourcePlan;

use super::super::block::Lists;
use super::super::columns::Column;
use super::super::readers::Reader;
use super::super::rules::Rules;
use super::axis::{Axis, yes_no_code};
use super::spelled::Columns;
use super::{Codes, Counted, add};

/// Up to this many cells a batch is counted in a dense array; beyond that in a map.
const MOST_DENSE: u128 = 1 << 18;

/// The labels of a column's codes.
pub(super) type LabelsOf<'a> = dyn Fn(usize) -> Vec<Arc<str>> + 'a;

/// One count: the cells of the largest request of its kind.
pub(super) struct Count {
    pub request: CubeRequest,
    /// Columns and grains of the request's dimensions.
    pub dimensions: Vec<(usize, Grain)>,
    tests: Vec<Test>,
    sums: Vec<usize>,
}

/// A condition on a column.
struct Test {
    column: usize,
    condition: Condition,
    missing_label: String,
}

impl Count {
    pub(super) fn new(source: &SourcePlan, rules: &Rules, request: &CubeRequest) -> Result<Self, Failure> {
        Ok(Count {
            request: request.clone(),
            dimensions: request
                .dimensions
                .iter()
                .map(|dimension| Ok((countable(source, rules, dimension)?, dimension.grain)))
                .collect::<Result<_, Failure>>()?,
            tests: request.conditions.iter().map(|condition| Test::new(source, condition)).collect::<Result<_, _>>()?,
            sums: request.sums.iter().map(|name| numbers(source, rules, name)).collect::<Result<_, _>>()?,
        })
    }

    /// The cells of a batch's rows.
    pub(super) fn cells(
        &self,
        columns: &Columns,
        labels: &LabelsOf,
        axes: &BTreeMap<(usize, Grain), Axis>,
        rows: &[u32],
    ) -> Result<Vec<(Codes, Counted)>, Failure> {
        let axes: Vec<&Axis> = self.dimensions.iter().filter_map(|dimension| axes.get(dimension)).collect();
        let size = axes.iter().try_fold(1_u128, |size, axis| size.checked_mul(u128::from(axis.size())));
        let size = size.ok_or_else(|| Failure::internal("a cube has too many dimensions to be counted in the pass"))?;
        let numbers = |column: &usize| match columns.typed(*column) {
            Column::Numbers(numbers) => numbers.as_slice(),
            _ => &[],
        };
        let sums = self.sums.iter().map(numbers).collect();
        let counter = Counter { rows, places: self.places(columns, labels, rows), axes, sums };
        Ok(if size <= MOST_DENSE { counter.dense(size as usize) } else { counter.sparse() })
    }

    /// Positions in `rows` of those that meet all conditions.
    fn places(&self, columns: &Columns, labels: &LabelsOf, rows: &[u32]) -> Vec<u32> {
        let mut places: Vec<u32> = (0..rows.len() as u32).collect();
        for test in &self.tests {
            let named = test.named(labels);
            let column = columns.at(test.column, Grain::Value);
            places.retain(|place| named.any(column, rows[*place as usize] as usize) != test.condition.negated);
        }
        places
    }

    /// Cells by what a reader sees.
    pub(super) fn named(
        &self,
        source: &SourcePlan,
        labels: &LabelsOf,
        cells: &HashMap<Codes, Counted>,
    ) -> BTreeMap<Vec<Key>, Counted> {
        let names: Vec<Names> =
            self.dimensions.iter().map(|(column, grain)| Names::new(source, labels, *column, *grain)).collect();
        let mut named: BTreeMap<Vec<Key>, Counted> = BTreeMap::new();
        for (codes, cell) in cells {
            let key = codes.iter().zip(&names).map(|(code, names)| names.key(*code)).collect();
            add(&mut named, key, cell);
        }
        named
    }
}

fn column(source: &SourcePlan, name: &str) -> Result<usize, Failure> {
    source.column(name).ok_or_else(|| Failure::internal(format!("source `{}` has no column `{name}`", source.name)))
}

/// The column of a dimension; only dates can be read off by period, quarter and month.
fn countable(source: &SourcePlan, rules: &Rules, dimension: &Dimension) -> Result<usize, Failure> {
    let index = column(source, &dimension.column)?;
    if dimension.grain == Grain::Value || matches!(rules.columns[index].reader, Reader::Date(_)) {
        return Ok(index);
    }
    Err(Failure::internal(format!("column `{}` of source `{}` is no date", dimension.column, source.name)))
}

fn numbers(source: &SourcePlan, rules: &Rules, name: &str) -> Result<usize, Failure> {
    let index = column(source, name)?;
    if matches!(rules.columns[index].reader, Reader::Number(_)) {
        return Ok(index);
    }
    Err(Failure::internal(format!("column `{name}` of source `{}` holds no numbers", source.name)))
}

impl Test {
    fn new(source: &SourcePlan, condition: &Condition) -> Result<Self, Failure> {
        let column = column(source, &condition.column)?;
        let missing_label = source.columns[column].missing_label.clone();
        Ok(Test { column, condition: condition.clone(), missing_label })
    }

    fn named(&self, labels: &LabelsOf) -> NamedCodes {
        let names = |label: &str| self.condition.values.iter().any(|value| value == label);
        NamedCodes {
            codes: labels(self.column).iter().map(|label| names(label)).collect(),
            blank: names(&self.missing_label),
        }
    }
}

/// Whether a condition names each code, and whether it names the blank.
struct NamedCodes {
    codes: Vec<bool>,
    blank: bool,
}

impl NamedCodes {
    /// Whether a row has one of the values.
    #[inline]
    fn any(&self, column: &Column, row: usize) -> bool {
        match column {
            Column::Codes(codes) => self.has(codes[row]),
            Column::YesNo(answers) => self.has(yes_no_code(answers[row])),
            Column::Lists(lists) => match lists.row(row) {
                [] => self.blank,
                list => list.iter().any(|code| self.has(*code)),
            },
            Column::Days(_) | Column::Numbers(_) | Column::Texts(_) => false,
        }
    }

    #[inline]
    fn has(&self, code: u32) -> bool {
        if code == BLANK { self.blank } else { self.codes.get(code as usize).copied().unwrap_or(false) }
    }
}

/// Counts one batch for one count.
struct Counter<'a> {
    rows: &'a [u32],
    /// Positions in `rows` of those that are counted.
    places: Vec<u32>,
    axes: Vec<&'a Axis>,
    sums: Vec<&'a [f64]>,
}

impl Counter<'_> {
    fn dense(&self, size: usize) -> Vec<(Codes, Counted)> {
        let mut counts = vec![0_u32; size];
        let mut sums = vec![(0_u64, Sum::default()); size * self.sums.len()];
        self.each(|place, cell| {
            counts[cell as usize] += 1;
            let row = self.rows[place as usize] as usize;
            for (sum, numbers) in sums[cell as usize * self.sums.len()..].iter_mut().zip(&self.sums) {
                add_number(sum, numbers[row]);
            }
        });
        let cell = |(place, count): (usize, u32)| {
            let sums = sums[place * self.sums.len()..(place + 1) * self.sums.len()].to_vec();
            (self.codes(place as u128), Counted { count: u64::from(count), sums })
        };
        counts.into_iter().enumerate().filter(|(_, count)| *count > 0).map(cell).collect()
    }

    fn sparse(&self) -> Vec<(Codes, Counted)> {
        let mut cells: BTreeMap<u128, Counted> = BTreeMap::new();
        self.each(|place, cell| {
            let empty = || Counted { count: 0, sums: vec![(0, Sum::default()); self.sums.len()] };
            let cell = cells.entry(cell).or_insert_with(empty);
            cell.count += 1;
            let row = self.rows[place as usize] as usize;
            for (sum, numbers) in cell.sums.iter_mut().zip(&self.sums) {
                add_number(sum, numbers[row]);
            }
        });
        cells.into_iter().map(|(place, cell)| (self.codes(place), cell)).collect()
    }

    /// Calls `add` for each counted row and each cell that it stands in: the product of its lists' values.
    fn each(&self, mut add: impl FnMut(u32, u128)) {
        let (mut ones, mut lists, mut stride) = (Vec::new(), Vec::new(), 1_u128);
        for axis in &self.axes {
            match axis {
                Axis::One { places, .. } => ones.push((places, stride)),
                Axis::Many { places, .. } => lists.push((places, stride)),
            }
            stride *= u128::from(axis.size());
        }
        // Places fit in 32 bits whenever the array is dense; only maps need more.
        let narrow = stride <= MOST_DENSE;
        for place in &self.places {
            let at = *place as usize;
            let cell = if narrow {
                u128::from(ones.iter().fold(0_u32, |cell, (places, stride)| cell + places[at] * *stride as u32))
            } else {
                ones.iter().map(|(places, stride)| u128::from(places[at]) * stride).sum()
            };
            if lists.is_empty() {
                add(*place, cell);
            } else {
                each_of_lists(&lists, at, cell, &mut |cell| add(*place, cell));
            }
        }
    }

    fn codes(&self, mut cell: u128) -> Codes {
        let mut codes = Vec::with_capacity(self.axes.len());
        for axis in &self.axes {
            codes.push(axis.code((cell % u128::from(axis.size())) as u32));
            cell /= u128::from(axis.size());
        }
        codes.into_boxed_slice()
    }
}

fn each_of_lists(lists: &[(&Lists, u128)], at: usize, cell: u128, add: &mut impl FnMut(u128)) {
    match lists.split_first() {
        None => add(cell),
        Some(((places, stride), others)) => {
            for place in places.row(at) {
                each_of_lists(others, at, cell + u128::from(*place) * stride, &mut *add);
            }
        }
    }
}

fn add_number(sum: &mut (u64, Sum), number: f64) {
    if !number.is_nan() {
        *sum = (sum.0 + 1, sum.1.plus(number));
    }
}

/// What the codes of a dimension are called.
enum Names {
    Labels { labels: Vec<Arc<str>>, missing: Arc<str> },
    Numbers,
}

impl Names {
    fn new(source: &SourcePlan, labels: &LabelsOf, column: usize, grain: Grain) -> Self {
        match grain {
            Grain::Value => {
                let missing = Arc::from(source.columns[column].missing_label.as_str());
                Names::Labels { labels: labels(column), missing }
            }
            _ => Names::Numbers,
        }
    }

    fn key(&self, code: u32) -> Key {
        match self {
            Names::Numbers if code == BLANK => Key::Missing,
            Names::Numbers => Key::Number(code as i32),
            Names::Labels { labels, missing } => Key::Label(Arc::clone(labels.get(code as usize).unwrap_or(missing))),
        }
    }
}
