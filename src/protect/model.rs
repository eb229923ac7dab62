//! All published counts as one system: what readers of the whole report can add up and compare.
//!
//! In: the plan and all measured tables of protected sources. Out: a [`Model`]: one number per [`Quantity`], and every
//! equation between them, within a table and across tables. A sum that holds for the true values is taken to be known to
//! readers: at worst that hides a number too many.

use std::collections::{BTreeMap, BTreeSet};

use super::quantity::{Quantity, Reader, is_count, sums_of_rows};
use super::system::{Exposure, Rank, System};
use crate::domain::table::{MeasureTable, Role, RowKind, Value};
use crate::job::plan::{MeasureKind, Plan};

/// A cell of a table: row and column, from 0.
pub type Place = (usize, usize);

/// The counts of one table.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Index among the plan's measures.
    pub measure: usize,
    /// Cell → number of the system.
    pub numbers: BTreeMap<Place, usize>,
}

/// What is published of protected sources.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub system: System,
    pub sheets: Vec<Sheet>,
}

/// What small is.
#[derive(Debug, Clone, Copy)]
pub struct Smallness {
    pub threshold: i64,
    pub sensitive_zeros: bool,
}

impl Smallness {
    pub fn is_small(self, value: i64) -> bool {
        (0 < value && value < self.threshold) || (value == 0 && self.sensitive_zeros)
    }
}

impl Model {
    /// The model of these tables, given by their index in the plan.
    pub fn of(plan: &Plan, tables: &[MeasureTable], protected: &[usize], small: Smallness) -> Model {
        let mut builder = Builder::new(small);
        for measure in protected {
            builder.read(plan, *measure, &tables[*measure]);
        }
        for sheet in 0..builder.model.sheets.len() {
            let measure = builder.model.sheets[sheet].measure;
            builder.relate_within(sheet, &tables[measure], &plan.measures[measure].kind);
        }
        builder.relate_across();
        builder.relate_times();
        builder.rank();
        builder.model
    }
}

struct Builder {
    model: Model,
    small: Smallness,
    index: BTreeMap<Quantity, usize>,
    /// Sums that are in the system already.
    related: BTreeSet<(Vec<usize>, usize)>,
}

impl Builder {
    fn new(small: Smallness) -> Builder {
        Builder { model: Model::default(), small, index: BTreeMap::new(), related: BTreeSet::new() }
    }

    fn value(&self, number: usize) -> i64 {
        self.model.system.cells[number].value
    }

    fn read(&mut self, plan: &Plan, measure: usize, table: &MeasureTable) {
        let reader = Reader::of(plan, &plan.measures[measure]);
        let mut sheet = Sheet { measure, numbers: BTreeMap::new() };
        for (row_index, row) in table.rows.iter().enumerate() {
            for (column_index, column) in table.columns.iter().enumerate() {
                let Some(Value::Count(value)) = row.values.get(column_index) else { continue };
                if !is_count(table, column) {
                    continue;
                }
                let quantity = reader.quantity(table, row, column);
                let number = self.number(quantity, *value);
                sheet.numbers.insert((row_index, column_index), number);
            }
        }
        self.model.sheets.push(sheet);
    }

    /// The number of a quantity. One that cannot be named, or has another value elsewhere, is a number of its own.
    fn number(&mut self, quantity: Option<Quantity>, value: i64) -> usize {
        let known = quantity.as_ref().and_then(|quantity| self.index.get(quantity)).copied();
        if let Some(known) = known.filter(|known| self.value(*known) == value) {
            return known;
        }
        let exposure = Exposure::Printed { primary: self.small.is_small(value), rank: Rank::Inner };
        let number = self.model.system.add(value, exposure);
        if let (Some(quantity), None) = (quantity, known) {
            self.index.insert(quantity, number);
        }
        number
    }

    /// Sums that stand in the table: rows under a total or group, columns under a total, parts under their whole.
    fn relate_within(&mut self, sheet: usize, table: &MeasureTable, kind: &MeasureKind) {
        let numbers = self.model.sheets[sheet].numbers.clone();
        let at = |row: usize, column: usize| numbers.get(&(row, column)).copied();
        for (rows, whole) in sums_of_rows(table) {
            for column in 0..table.columns.len() {
                let parts = rows.iter().filter_map(|row| at(*row, column)).collect();
                if let Some(whole) = at(whole, column) {
                    self.relate(parts, whole, true);
                }
            }
        }
        let of_role = |role: Role| table.columns.iter().enumerate().filter(move |(_, column)| column.role == role);
        for row in 0..table.rows.len() {
            let parts = of_role(Role::Part).filter_map(|(column, _)| at(row, column)).collect();
            if let Some(whole) = table.column_of_role(Role::Total).and_then(|total| at(row, total)) {
                self.relate(parts, whole, true);
            }
            if matches!(kind, MeasureKind::Share(_)) {
                for ((part, _), (whole, _)) in of_role(Role::Numerator).zip(of_role(Role::Denominator)) {
                    if let (Some(part), Some(whole)) = (at(row, part), at(row, whole)) {
                        self.at_most(part, &[whole]);
                    }
                }
            }
        }
        debug_assert!(table.rows.iter().filter(|row| row.kind == RowKind::Total).count() <= 1, "one total a table");
    }

    /// Parts and a whole: an equation if they add up; otherwise a whole that counts distinct events, when readers are
    /// told of it (`is_shown`).
    fn relate(&mut self, mut parts: Vec<usize>, whole: usize, is_shown: bool) {
        parts.sort_unstable();
        parts.dedup();
        if parts.is_empty() || parts.contains(&whole) || !self.related.insert((parts.clone(), whole)) {
            return;
        }
        let sum: i64 = parts.iter().map(|part| self.value(*part)).sum();
        if sum == self.value(whole) {
            self.model.system.sum(&parts, whole);
        } else if is_shown {
            parts.iter().for_each(|part| self.at_most(*part, &[whole]));
            if sum > self.value(whole) {
                self.model.system.at_most(whole, &parts);
            }
        }
    }

    fn at_most(&mut self, part: usize, whole: &[usize]) {
        let above: i64 = whole.iter().map(|number| self.value(*number)).sum();
        if part != whole[0] && self.value(part) <= above && self.related.insert((vec![part, usize::MAX], whole[0])) {
            self.model.system.at_most(part, whole);
        }
    }

    /// Sums across tables: the values of one dimension under conditions that are the same otherwise, wherever they stand.
    fn relate_across(&mut self) {
        let mut groups: BTreeMap<(Quantity, String), Vec<usize>> = BTreeMap::new();
        for (quantity, number) in &self.index {
            let single =
                |condition: &&crate::domain::cube::Condition| !condition.negated && condition.values.len() == 1;
            for condition in quantity.conditions.iter().filter(single) {
                let mut above = quantity.clone();
                above.conditions.remove(condition);
                groups.entry((above, condition.column.clone())).or_default().push(*number);
            }
        }
        for ((above, _), parts) in groups {
            if let Some(whole) = self.index.get(&above).copied() {
                self.relate(parts, whole, false);
            }
        }
    }

    /// Sums over time across tables: months and quarters of a year, years of all time.
    fn relate_times(&mut self) {
        let mut by_base: BTreeMap<Quantity, Vec<(Quantity, usize)>> = BTreeMap::new();
        for (quantity, number) in &self.index {
            let base = Quantity { time: None, ..quantity.clone() };
            by_base.entry(base).or_default().push((quantity.clone(), *number));
        }
        for quantities in by_base.into_values() {
            let dates: BTreeSet<&String> =
                quantities.iter().filter_map(|(part, _)| Some(&part.time.as_ref()?.date)).collect();
            for (above, whole) in &quantities {
                for (date, months) in dates.iter().flat_map(|date| [1, 3, 12].map(|months| (*date, months))) {
                    let is_part = |(part, _): &&(Quantity, usize)| {
                        let time = part.time.as_ref().filter(|time| time.months == months && time.date == *date);
                        time.is_some_and(|time| above.time.as_ref().is_none_or(|above| above.holds(time)))
                    };
                    let parts = quantities.iter().filter(is_part).map(|(_, number)| *number).collect();
                    self.relate(parts, *whole, false);
                }
            }
        }
    }

    /// A number that has parts is a margin; one that is part of nothing but has parts is a whole.
    fn rank(&mut self) {
        let cells = self.model.system.cells.len();
        let (mut has_parts, mut is_part) = (vec![false; cells], vec![false; cells]);
        for (parts, whole) in self.related.iter().filter(|(parts, _)| !parts.contains(&usize::MAX)) {
            has_parts[*whole] = true;
            parts.iter().for_each(|part| is_part[*part] = true);
        }
        for (number, cell) in self.model.system.cells.iter_mut().enumerate() {
            let Exposure::Printed { rank, .. } = &mut cell.exposure else { continue };
            *rank = match (cell.value, has_parts[number], is_part[number]) {
                (0, _, _) => Rank::Zero,
                (_, false, _) => Rank::Inner,
                (_, true, true) => Rank::Margin,
                (_, true, false) => Rank::Whole,
            };
        }
    }
}
