//! Counting in the pass: kept rows of a batch → cells of the cubes that the plan asks for.
//!
//! In: typed columns and the kept rows, each of another event. Out: for each request a [`Cube`], the same that any
//! other engine gives. A request whose dimensions are part of a larger one's is summed from that one's cells, where no
//! dimension that is left out is a list. Never: a count that depends on codes of open labels or on the threads.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, Cube, CubeCell, CubeRequest, Dimension, Grain, Key};
use crate::domain::period::{PeriodRule, date_of};
use crate::job::plan::SourcePlan;
use crate::store::{BLANK, NO_DAY};

use super::columns::{Column, Rule, Rules, Worker, list_at};
use super::readers::Reader;
use super::text::shown_flag;

/// Up to this many cells a batch is counted in a dense array; beyond that in a map.
const MOST_DENSE: u128 = 1 << 18;

/// What is counted in the pass, and which request is answered from which count.
pub struct Counting {
    counts: Vec<Count>,
    /// Per request: the index of its count.
    answers: Vec<(usize, CubeRequest)>,
    period: PeriodRule,
}

/// One count: the cells of the largest request of its kind.
struct Count {
    request: CubeRequest,
    dimensions: Vec<(usize, Grain)>,
    /// Conditions, with the missing label of their column.
    tests: Vec<Test>,
    sums: Vec<usize>,
}

struct Test {
    column: usize,
    condition: Condition,
    missing_label: String,
}

/// Cells by their codes; [`BLANK`] stands for a blank in any dimension.
type Codes = Box<[u32]>;

/// What a batch adds to each count.
pub type Partial = Vec<Vec<(Codes, CubeCell)>>;

/// The cells of all counts, over all batches in order.
pub struct Totals(Vec<HashMap<Codes, CubeCell>>);

impl Counting {
    pub fn new(source: &SourcePlan, rules: &Rules, requests: Vec<CubeRequest>) -> Result<Self, Failure> {
        let mut counting = Counting { counts: Vec::new(), answers: Vec::new(), period: source.period };
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

    pub fn totals(&self) -> Totals {
        Totals(self.counts.iter().map(|_| HashMap::new()).collect())
    }

    /// Counts the kept rows of a batch.
    pub fn count(&self, rules: &Rules, worker: &Worker, days: &mut DayKeys, rows: &[u32]) -> Result<Partial, Failure> {
        let mut axes: BTreeMap<(usize, Grain), Axis> = BTreeMap::new();
        for (column, grain) in self.counts.iter().flat_map(|count| &count.dimensions) {
            axes.entry((*column, *grain))
                .or_insert_with(|| Axis::new(&worker.columns[*column], *grain, rows, self.period, days));
        }
        self.counts.iter().map(|count| count.cells(rules, worker, &axes, rows)).collect()
    }

    /// The cubes in the order of the requests.
    pub fn cubes(&self, rules: &Rules, source: &SourcePlan, totals: &Totals) -> Vec<Cube> {
        let named = |(count, cells): (&Count, &HashMap<Codes, CubeCell>)| count.named(rules, source, cells);
        let counted: Vec<BTreeMap<Vec<Key>, CubeCell>> = self.counts.iter().zip(&totals.0).map(named).collect();
        let answer = |(count, request): &(usize, CubeRequest)| project(&self.counts[*count], &counted[*count], request);
        self.answers.iter().map(answer).collect()
    }
}

impl Totals {
    /// Adds a batch. Called in the order of the batches, so that sums are added up in the same order on every run.
    pub fn add(&mut self, partial: Partial) {
        for (total, cells) in self.0.iter_mut().zip(partial) {
            for (codes, cell) in cells {
                match total.get_mut(&codes) {
                    Some(known) => add_cell(known, &cell),
                    None => {
                        total.insert(codes, cell);
                    }
                }
            }
        }
    }
}

fn add(cells: &mut BTreeMap<Vec<Key>, CubeCell>, key: Vec<Key>, cell: CubeCell) {
    match cells.get_mut(&key) {
        Some(known) => add_cell(known, &cell),
        None => {
            cells.insert(key, cell);
        }
    }
}

fn add_cell(to: &mut CubeCell, cell: &CubeCell) {
    to.count += cell.count;
    for (to, (values, sum)) in to.sums.iter_mut().zip(&cell.sums) {
        to.0 += values;
        to.1 += sum;
    }
}

/// Whether `request` can be summed from `count`: same conditions, all its dimensions, and no list among the others.
fn contains(count: &Count, request: &CubeRequest, rules: &Rules) -> bool {
    let larger = &count.request;
    let is_left_out = |dimension: &Dimension| !request.dimensions.contains(dimension);
    let is_list = |column: usize| is_list(&rules.columns[column], rules);
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

fn is_list(rule: &Rule, rules: &Rules) -> bool {
    let member = rule.groups.as_ref().map_or(rule, |(member, _)| &rules.columns[*member]);
    !member.split.is_empty()
}

impl Count {
    fn new(source: &SourcePlan, rules: &Rules, request: &CubeRequest) -> Result<Self, Failure> {
        let column = |name: &String| {
            source
                .column(name)
                .ok_or_else(|| Failure::internal(format!("source `{}` has no column `{name}`", source.name)))
        };
        let dimension = |dimension: &Dimension| {
            let index = column(&dimension.column)?;
            countable(&rules.columns[index], dimension.grain)
                .then_some((index, dimension.grain))
                .ok_or_else(|| Failure::internal(format!("column `{}` can't be counted in the pass", dimension.column)))
        };
        let test = |condition: &Condition| {
            let index = column(&condition.column)?;
            countable(&rules.columns[index], Grain::Value)
                .then(|| Test {
                    column: index,
                    condition: condition.clone(),
                    missing_label: source.columns[index].missing_label.clone(),
                })
                .ok_or_else(|| {
                    Failure::internal(format!("column `{}` can't be a condition in the pass", condition.column))
                })
        };
        let sum = |name: &String| {
            let index = column(name)?;
            matches!(rules.columns[index].reader, Reader::Number(_))
                .then_some(index)
                .ok_or_else(|| Failure::internal(format!("column `{name}` holds no numbers to sum")))
        };
        Ok(Count {
            request: request.clone(),
            dimensions: request.dimensions.iter().map(dimension).collect::<Result<_, _>>()?,
            tests: request.conditions.iter().map(test).collect::<Result<_, _>>()?,
            sums: request.sums.iter().map(sum).collect::<Result<_, _>>()?,
        })
    }

    fn cells(
        &self,
        rules: &Rules,
        worker: &Worker,
        axes: &BTreeMap<(usize, Grain), Axis>,
        rows: &[u32],
    ) -> Result<Vec<(Codes, CubeCell)>, Failure> {
        let axes: Vec<&Axis> = self.dimensions.iter().filter_map(|dimension| axes.get(dimension)).collect();
        let size = axes.iter().try_fold(1_u128, |size, axis| size.checked_mul(u128::from(axis.size())));
        let size = size.ok_or_else(|| Failure::internal("a cube has too many dimensions to be counted in the pass"))?;
        let counter = Counter { rows, places: self.places(rules, worker, rows), axes, sums: self.summed(worker) };
        Ok(if size <= MOST_DENSE { counter.dense(size as usize) } else { counter.sparse() })
    }

    /// Positions in `rows` of those that meet all conditions.
    fn places(&self, rules: &Rules, worker: &Worker, rows: &[u32]) -> Vec<u32> {
        let mut places: Vec<u32> = (0..rows.len() as u32).collect();
        for test in &self.tests {
            let (accepted, blank) = test.accepted(&rules.columns[test.column]);
            let column = &worker.columns[test.column];
            let passes = |code: u32| accepted.get(code as usize).copied().unwrap_or(code == BLANK && blank);
            places.retain(|place| {
                let row = rows[*place as usize] as usize;
                let any = match column {
                    Column::Codes(codes) => passes(codes[row]),
                    Column::YesNo(answers) => passes(yes_no_code(answers[row])),
                    Column::Lists { ends, codes } => match list_at(ends, codes, row) {
                        [] => passes(BLANK),
                        list => list.iter().any(|code| passes(*code)),
                    },
                    _ => false,
                };
                any != test.condition.negated
            });
        }
        places
    }

    fn summed<'w>(&self, worker: &'w Worker) -> Vec<&'w [f64]> {
        let numbers = |column: &usize| match &worker.columns[*column] {
            Column::Numbers(numbers) => numbers.as_slice(),
            _ => &[],
        };
        self.sums.iter().map(numbers).collect()
    }

    /// Cells by what a reader sees.
    fn named(
        &self,
        rules: &Rules,
        source: &SourcePlan,
        cells: &HashMap<Codes, CubeCell>,
    ) -> BTreeMap<Vec<Key>, CubeCell> {
        let names: Vec<Names> =
            self.dimensions.iter().map(|(column, grain)| Names::new(rules, source, *column, *grain)).collect();
        let key = |codes: &Codes| codes.iter().zip(&names).map(|(code, names)| names.key(*code)).collect();
        let mut cells: Vec<(Vec<Key>, &CubeCell)> = cells.iter().map(|(codes, cell)| (key(codes), cell)).collect();
        // A blank and a value may bear one name: added in an order that the map's does not decide.
        let bits = |cell: &CubeCell| cell.sums.iter().map(|(_, sum)| sum.to_bits()).collect::<Vec<_>>();
        cells.sort_by_cached_key(|(key, cell)| (key.clone(), cell.count, bits(cell)));
        let mut named = BTreeMap::new();
        cells.into_iter().for_each(|(key, cell)| add(&mut named, key, cell.clone()));
        named
    }
}

/// Whether the pass can count a column at a grain.
fn countable(rule: &Rule, grain: Grain) -> bool {
    match rule.reader {
        Reader::Closed(_) | Reader::Open(_) | Reader::YesNo(_) => grain == Grain::Value,
        Reader::Date(_) => grain != Grain::Value,
        Reader::Number(_) | Reader::Text => false,
    }
}

impl Test {
    /// Whether the condition names each code, and whether it names the blank.
    fn accepted(&self, rule: &Rule) -> (Vec<bool>, bool) {
        let names = |label: &str| self.condition.values.iter().any(|value| value == label);
        (labels(rule).iter().map(|label| names(label)).collect(), names(&self.missing_label))
    }
}

fn labels(rule: &Rule) -> Vec<Arc<str>> {
    match (&rule.groups, &rule.reader) {
        (Some((_, groups)), _) => groups.labels().to_vec(),
        (None, Reader::Closed(closed)) => closed.list.labels().to_vec(),
        (None, Reader::Open(open)) => open.labels.labels(),
        (None, Reader::YesNo(_)) => vec![Arc::from(shown_flag(true)), Arc::from(shown_flag(false))],
        _ => Vec::new(),
    }
}

fn yes_no_code(answer: Option<bool>) -> u32 {
    answer.map_or(BLANK, |yes| u32::from(!yes))
}

/// A dimension of a batch: each kept row's place on it, counted from 0; the last place is the blank.
enum Axis {
    One { places: Vec<u32>, size: u32, first: i32 },
    Many { ends: Vec<u32>, places: Vec<u32>, size: u32 },
}

impl Axis {
    fn new(column: &Column, grain: Grain, rows: &[u32], period: PeriodRule, days: &mut DayKeys) -> Self {
        match column {
            Column::Codes(codes) => Axis::of_codes(rows.iter().map(|row| codes[*row as usize])),
            Column::YesNo(answers) => Axis::of_codes(rows.iter().map(|row| yes_no_code(answers[*row as usize]))),
            Column::Lists { ends, codes } => Axis::of_lists(ends, codes, rows),
            Column::Days(column) => {
                let number = |row: &u32| match column[*row as usize] {
                    NO_DAY => NO_DAY,
                    day => days.number(day, grain, period),
                };
                Axis::of_numbers(rows.iter().map(number).collect())
            }
            Column::Numbers(_) | Column::Texts { .. } => Axis::of_codes(rows.iter().map(|_| BLANK)),
        }
    }

    fn of_codes(codes: impl Iterator<Item = u32>) -> Self {
        let mut places: Vec<u32> = codes.collect();
        let blank = places.iter().filter(|code| **code != BLANK).max().map_or(0, |most| most + 1);
        places.iter_mut().for_each(|place| *place = (*place).min(blank));
        Axis::One { places, size: blank + 1, first: 0 }
    }

    fn of_numbers(numbers: Vec<i32>) -> Self {
        let known = || numbers.iter().copied().filter(|number| *number != NO_DAY);
        let (first, last) = (known().min().unwrap_or(0), known().max().unwrap_or(-1));
        let blank = (last - first + 1).max(0) as u32;
        let place = |number: &i32| if *number == NO_DAY { blank } else { (number - first) as u32 };
        Axis::One { places: numbers.iter().map(place).collect(), size: blank + 1, first }
    }

    fn of_lists(ends: &[u32], codes: &[u32], rows: &[u32]) -> Self {
        let blank = codes.iter().max().map_or(0, |most| most + 1);
        let (mut taken_ends, mut places) = (Vec::with_capacity(rows.len()), Vec::with_capacity(codes.len()));
        for row in rows {
            match list_at(ends, codes, *row as usize) {
                [] => places.push(blank),
                list => places.extend_from_slice(list),
            }
            taken_ends.push(places.len() as u32);
        }
        Axis::Many { ends: taken_ends, places, size: blank + 1 }
    }

    fn size(&self) -> u32 {
        match self {
            Axis::One { size, .. } | Axis::Many { size, .. } => *size,
        }
    }

    /// The code that a place stands for on every batch's axis.
    fn code(&self, place: u32) -> u32 {
        match self {
            _ if place + 1 == self.size() => BLANK,
            Axis::One { first, .. } => first.wrapping_add(place as i32) as u32,
            Axis::Many { .. } => place,
        }
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
    fn dense(&self, size: usize) -> Vec<(Codes, CubeCell)> {
        let mut counts = vec![0_u32; size];
        let mut sums = vec![(0_u64, 0.0_f64); size * self.sums.len()];
        self.each(|place, cell| {
            counts[cell as usize] += 1;
            let row = self.rows[place as usize] as usize;
            for (sum, numbers) in sums[cell as usize * self.sums.len()..].iter_mut().zip(&self.sums) {
                add_number(sum, numbers[row]);
            }
        });
        let cell = |(place, count): (usize, u32)| {
            let sums = sums[place * self.sums.len()..(place + 1) * self.sums.len()].to_vec();
            (self.codes(place as u128), CubeCell { count: u64::from(count), sums })
        };
        counts.into_iter().enumerate().filter(|(_, count)| *count > 0).map(cell).collect()
    }

    fn sparse(&self) -> Vec<(Codes, CubeCell)> {
        let mut cells: BTreeMap<u128, CubeCell> = BTreeMap::new();
        self.each(|place, cell| {
            let empty = || CubeCell { count: 0, sums: vec![(0, 0.0); self.sums.len()] };
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
                Axis::Many { ends, places, .. } => lists.push((ends, places, stride)),
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

fn each_of_lists(lists: &[(&Vec<u32>, &Vec<u32>, u128)], at: usize, cell: u128, add: &mut impl FnMut(u128)) {
    match lists.split_first() {
        None => add(cell),
        Some(((ends, places, stride), others)) => {
            for place in list_at(ends, places, at) {
                each_of_lists(others, at, cell + u128::from(*place) * stride, &mut *add);
            }
        }
    }
}

fn add_number(sum: &mut (u64, f64), number: f64) {
    if !number.is_nan() {
        sum.0 += 1;
        sum.1 += number;
    }
}

/// Year, quarter and month of each day, worked out once a thread.
#[derive(Default)]
pub struct DayKeys {
    known: Vec<Option<DayKey>>,
}

#[derive(Clone, Copy)]
struct DayKey {
    period: i16,
    calendar_year: i16,
    quarter: u8,
    month: u8,
}

impl DayKeys {
    /// Days that have a place in the table: 1950–2100.
    const FIRST: i32 = -7_305;
    const LAST: i32 = 47_846;

    fn number(&mut self, day: i32, grain: Grain, period: PeriodRule) -> i32 {
        let key = self.key(day, period);
        match grain {
            Grain::Period => i32::from(key.period),
            Grain::CalendarYear => i32::from(key.calendar_year),
            Grain::Quarter => i32::from(key.quarter),
            Grain::Month => i32::from(key.month),
            Grain::Value => day,
        }
    }

    fn key(&mut self, day: i32, period: PeriodRule) -> DayKey {
        if !(Self::FIRST..=Self::LAST).contains(&day) {
            return DayKey::of(day, period);
        }
        let at = (day - Self::FIRST) as usize;
        if self.known.len() <= at {
            self.known.resize(at + 1, None);
        }
        *self.known[at].get_or_insert_with(|| DayKey::of(day, period))
    }
}

impl DayKey {
    fn of(day: i32, period: PeriodRule) -> Self {
        let date = date_of(day);
        DayKey {
            period: period.year_of(day) as i16,
            calendar_year: date.year(),
            quarter: period.quarter_of(day),
            month: date.month() as u8,
        }
    }
}

/// What the codes of a dimension are called.
enum Names {
    Labels { labels: Vec<Arc<str>>, missing: Arc<str> },
    Numbers,
}

impl Names {
    fn new(rules: &Rules, source: &SourcePlan, column: usize, grain: Grain) -> Self {
        match grain {
            Grain::Value => {
                let missing = Arc::from(source.columns[column].missing_label.as_str());
                Names::Labels { labels: labels(&rules.columns[column]), missing }
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

/// A request's cube from the cells of a count that holds its dimensions.
fn project(count: &Count, cells: &BTreeMap<Vec<Key>, CubeCell>, request: &CubeRequest) -> Cube {
    let place = |dimension: &Dimension| count.request.dimensions.iter().position(|known| known == dimension);
    let dimensions: Vec<usize> = request.dimensions.iter().filter_map(place).collect();
    let place = |sum: &String| count.request.sums.iter().position(|known| known == sum);
    let sums: Vec<usize> = request.sums.iter().filter_map(place).collect();
    let mut projected: BTreeMap<Vec<Key>, CubeCell> = BTreeMap::new();
    for (key, cell) in cells {
        let key = dimensions.iter().map(|place| key[*place].clone()).collect();
        let cell = CubeCell { count: cell.count, sums: sums.iter().map(|place| cell.sums[*place]).collect() };
        add(&mut projected, key, cell);
    }
    Cube { request: request.clone(), cells: projected }
}
