//! All published counts as one system: what readers of the whole report can add up and compare.
//!
//! In: the plan and all measured tables of protected sources. Out: a [`Model`]: one number per [`Quantity`], and every
//! equation between them, within a table and across tables. A sum that holds for the true values is taken to be known to
//! readers: at worst that hides a number too many.

use std::collections::{BTreeMap, BTreeSet};

use super::quantity::Quantity;
use super::system::{Exposure, Rank, System};
use crate::domain::cube::Condition;
use crate::domain::table::{MeasureTable, Role, RowKind, Value};
use crate::job::plan::Plan;
use crate::measure::Sheet;
use crate::measure::formula::{Counted, Formula};
use crate::measure::selection::{CellAt, Reference, Selection};

/// A cell of a table: row and column, from 0.
pub(super) type Place = (usize, usize);

/// The counts of one table.
#[derive(Debug, Clone, Default)]
pub(super) struct TableNumbers {
    /// Index among the plan's measures.
    pub measure: usize,
    /// Cell → number of the system.
    pub numbers: BTreeMap<Place, usize>,
    /// Cell → numbers that it would tell, of cells that are no counts themselves and are made of some.
    told: BTreeMap<Place, Vec<usize>>,
}

/// What is published of protected sources.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub system: System,
    pub tables: Vec<TableNumbers>,
    /// The numbers that are counts of events, by what they count.
    pub index: BTreeMap<Quantity, usize>,
    /// Numbers that are the difference of two counts, of which the second is part of the first.
    pub differences: Vec<(usize, [Quantity; 2])>,
    /// Counts that are printed and not protected.
    pub exempt: Vec<(Quantity, i64)>,
}

/// Measures of events, by index among the plan's.
#[derive(Debug, Clone, Default)]
pub(super) struct Measures {
    pub protected: Vec<usize>,
    /// Of protected sources, but printed as they are.
    pub exempt: Vec<usize>,
}

/// What small is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Smallness {
    pub threshold: i64,
    pub sensitive_zeros: bool,
}

impl Smallness {
    pub(super) fn is_small(self, value: i64) -> bool {
        (0 < value && value < self.threshold) || (value == 0 && self.sensitive_zeros)
    }
}

impl Model {
    /// The model of these tables, given by their index in the plan.
    pub(super) fn of(plan: &Plan, sheets: &[Sheet], measures: &Measures, small: Smallness) -> Model {
        let mut builder = Builder::new(plan, sheets, small);
        builder.model.system.least = i64::from(!small.sensitive_zeros);
        let protected = &measures.protected;
        for measure in protected {
            builder.read(*measure);
        }
        for table in 0..builder.model.tables.len() {
            builder.read_told(table);
        }
        for table in 0..builder.model.tables.len() {
            builder.relate_within(table);
        }
        for table in 0..builder.model.tables.len() {
            builder.relate_sums(table);
        }
        builder.relate_across();
        builder.relate_several();
        builder.relate_times();
        builder.rank();
        measures.exempt.iter().for_each(|measure| builder.read_exempt(*measure));
        builder.model
    }

    /// The cells of a table that would tell one of some numbers.
    pub(super) fn telling(&self, sheets: &[Sheet], measure: usize, hidden: &dyn Fn(usize) -> bool) -> BTreeSet<Place> {
        let cells = &sheets[measure].cells;
        let places = (0..cells.len()).flat_map(|row| (0..cells[row].len()).map(move |column| (row, column)));
        let tells = |(row, column): &Place| self.tells(sheets, CellAt { measure, row: *row, column: *column }, hidden);
        places.filter(tells).collect()
    }

    /// The numbers that a reader works out of cells that are printed and are no counts, with their values.
    pub(super) fn shown_in_others(&self, printed: &[MeasureTable], sheets: &[Sheet]) -> Vec<(usize, i64)> {
        let of_table = |table: &TableNumbers| {
            let (rows, after) = (&sheets[table.measure].table.rows, &printed[table.measure]);
            let is_shown = |(row, column): &Place| {
                let same = after.rows.iter().find(|other| other.key == rows[*row].key && other.kind == rows[*row].kind);
                same.is_some_and(|row| !matches!(row.values[*column], Value::Nothing(_)))
            };
            let shown = table.told.iter().filter(|(place, _)| is_shown(place)).flat_map(|(_, told)| told);
            shown.map(|number| (*number, self.system.cells[*number].value)).collect::<Vec<_>>()
        };
        self.tables.iter().flat_map(of_table).collect()
    }

    /// Whether a cell is made of one of some numbers, itself or through the cells that it is worked out of.
    fn tells(&self, sheets: &[Sheet], at: CellAt, hidden: &dyn Fn(usize) -> bool) -> bool {
        let (place, table) = ((at.row, at.column), self.tables.iter().find(|table| table.measure == at.measure));
        if let Some(number) = table.and_then(|table| table.numbers.get(&place)) {
            return hidden(*number);
        }
        let told =
            table.and_then(|table| table.told.get(&place)).is_some_and(|told| told.iter().any(|one| hidden(*one)));
        let formula = sheets.get(at.measure).and_then(|sheet| sheet.cells.get(at.row)?.get(at.column));
        told || formula
            .is_some_and(|formula| formula.cells().iter().any(|cell| self.tells(sheets, at.follow(*cell), hidden)))
    }
}

struct Builder<'a> {
    plan: &'a Plan,
    sheets: &'a [Sheet],
    model: Model,
    small: Smallness,
    /// Sums that are in the system already.
    related: BTreeSet<(Vec<usize>, usize)>,
}

impl<'a> Builder<'a> {
    fn new(plan: &'a Plan, sheets: &'a [Sheet], small: Smallness) -> Builder<'a> {
        Builder { plan, sheets, model: Model::default(), small, related: BTreeSet::new() }
    }

    fn value(&self, number: usize) -> i64 {
        self.model.system.cells[number].value
    }

    fn read(&mut self, measure: usize) {
        self.model.tables.push(TableNumbers { measure, ..TableNumbers::default() });
        let (table, sheet) = (self.model.tables.len() - 1, &self.sheets[measure]);
        for (row, cells) in sheet.cells.iter().enumerate() {
            for (column, formula) in cells.iter().enumerate() {
                let at = CellAt { measure, row, column };
                if let Value::Count(value) = sheet.table.rows[row].values[column]
                    && let Some(number) = self.counted(at, formula, value)
                {
                    self.model.tables[table].numbers.insert((row, column), number);
                }
            }
        }
    }

    /// What is not the number of some events, but counted among them or worked out of them.
    fn read_told(&mut self, table: usize) {
        let sheet = &self.sheets[self.model.tables[table].measure];
        for (row, cells) in sheet.cells.iter().enumerate() {
            for (column, formula) in cells.iter().enumerate() {
                if let (Formula::Tally(tally), Value::Count(value)) = (formula, &sheet.table.rows[row].values[column])
                    && let Some(events) = &tally.among
                {
                    let number = self.among(events, *value);
                    self.model.tables[table].numbers.insert((row, column), number);
                }
                let told = self.told(formula, &sheet.table.rows[row].values[column]);
                if !told.is_empty() {
                    self.model.tables[table].told.insert((row, column), told);
                }
            }
        }
    }

    /// The number of a cell that is a count of events; `None` for all others.
    fn counted(&mut self, at: CellAt, formula: &Formula, value: i64) -> Option<usize> {
        match formula {
            Formula::Count(Counted { of, .. }) => {
                let quantity = self.quantity(of);
                Some(self.number(quantity, value))
            }
            Formula::Without(both) => {
                let number = self.number(None, value);
                if let [Some(all), Some(some)] = both.each_ref().map(|counted| self.quantity(&counted.of)) {
                    self.model.differences.push((number, [all, some]));
                }
                Some(number)
            }
            Formula::Tally(tally) if tally.among.is_none() => Some(self.sum(at, &tally.of, value)),
            _ => None,
        }
    }

    /// The counts that a table tells which is printed as it is.
    fn read_exempt(&mut self, measure: usize) {
        let sheet = &self.sheets[measure];
        for (row, cells) in sheet.cells.iter().enumerate() {
            for (column, formula) in cells.iter().enumerate() {
                let told: &[Counted] = match formula {
                    _ if matches!(sheet.table.rows[row].values[column], Value::Nothing(_)) => &[],
                    Formula::Count(counted) => std::slice::from_ref(counted),
                    Formula::Share(both) | Formula::Without(both) => both.as_slice(),
                    Formula::Stated(stated) => &stated.rows,
                    _ => &[],
                };
                for Counted { of, count } in told {
                    let value = i64::try_from(*count).unwrap_or(i64::MAX);
                    let quantity = self.quantity(of);
                    self.model.exempt.extend(quantity.map(|quantity| (quantity, value)));
                }
            }
        }
    }

    fn quantity(&self, of: &Selection) -> Option<Quantity> {
        match of {
            Selection::Events { request, key } => Quantity::of(self.plan, request, key),
            Selection::Chosen(chosen) => {
                let mut quantity = self.quantity(&chosen.among)?;
                quantity.conditions.extend(chosen.by.iter().cloned());
                Some(quantity)
            }
            Selection::Rows { .. } => None,
        }
    }

    /// The number of a sum: that of its only cell, or of the total that is the sum of the same cells.
    fn sum(&mut self, at: CellAt, of: &[Reference], value: i64) -> usize {
        let parts = self.cells(at, of);
        let known = match parts.as_slice() {
            [only] => Some(*only),
            // The total of the table that it is made of is the sum of the same cells.
            parts if matches!(of, [Reference::Of { .. }, ..]) => self.model.tables.iter().find_map(|table| {
                let sums = sums_of_rows(&self.sheets[table.measure].table).into_iter();
                let numbers = sums.flat_map(|(rows, whole)| of_columns(table, &rows, whole));
                numbers.filter(|(same, _)| same == parts).map(|(_, whole)| whole).next()
            }),
            _ => None,
        };
        known.filter(|known| self.value(*known) == value).unwrap_or_else(|| self.number(None, value))
    }

    /// The numbers of the cells that one refers to, in the order of the system.
    fn cells(&self, at: CellAt, of: &[Reference]) -> Vec<usize> {
        let number = |reference: &Reference| {
            let CellAt { measure, row, column } = at.follow(*reference);
            let table = self.model.tables.iter().find(|table| table.measure == measure)?;
            table.numbers.get(&(row, column)).copied()
        };
        let mut numbers: Vec<usize> = of.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The number of something counted among events: theirs, if it is all of them.
    fn among(&mut self, events: &Selection, value: i64) -> usize {
        let known = self.quantity(events).and_then(|quantity| self.model.index.get(&quantity).copied());
        known.filter(|known| self.value(*known) == value).unwrap_or_else(|| self.number(None, value))
    }

    /// The numbers that a cell would tell which is no count, but is made of counts: known ones, and those that stand
    /// nowhere but in it.
    fn told(&mut self, formula: &Formula, value: &Value) -> Vec<usize> {
        let (selection, counted) = match formula {
            Formula::Share(both) => (None, both.as_slice()),
            Formula::Mean { of, .. } => (Some(of), &[][..]),
            Formula::Stated(stated) => (None, stated.rows.as_slice()),
            _ => return Vec::new(),
        };
        let mut told: Vec<usize> =
            selection.and_then(|of| self.model.index.get(&self.quantity(of)?).copied()).into_iter().collect();
        for Counted { of, count } in counted {
            let Some(quantity) = self.quantity(of) else { continue };
            if quantity.time.is_none() && matches!(formula, Formula::Stated(_)) {
                // Of all time: it would tell each stretch of it.
                let same = self.model.index.iter().filter(|(other, _)| other.is_part_of(&quantity));
                told.extend(same.map(|(_, number)| *number));
            }
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            let is_named = matches!(formula, Formula::Share(_)) || matches!(of, Selection::Chosen(_));
            match (self.model.index.get(&quantity), value) {
                (Some(known), Value::Nothing(_)) => told.push(*known),
                (None, Value::Nothing(_)) => {}
                _ if is_named => told.push(self.number(Some(quantity), count)),
                _ => told.push(self.among(of, count)),
            }
        }
        told
    }

    /// The number of a quantity. One that cannot be named, or has another value elsewhere, is a number of its own.
    fn number(&mut self, quantity: Option<Quantity>, value: i64) -> usize {
        let known = quantity.as_ref().and_then(|quantity| self.model.index.get(quantity)).copied();
        if let Some(known) = known.filter(|known| self.value(*known) == value) {
            return known;
        }
        let exposure = Exposure::Printed { primary: self.small.is_small(value), rank: Rank::Inner };
        let number = self.model.system.add(value, exposure);
        if let (Some(quantity), None) = (quantity, known) {
            self.model.index.insert(quantity, number);
        }
        number
    }

    /// Sums that stand in the table: rows under a total or group, columns under a total, parts under their whole.
    fn relate_within(&mut self, table: usize) {
        let TableNumbers { measure, numbers, .. } = self.model.tables[table].clone();
        let Sheet { table: printed, cells } = &self.sheets[measure];
        let at = |row: usize, column: usize| numbers.get(&(row, column)).copied();
        for (rows, whole) in sums_of_rows(printed) {
            for (parts, whole) in of_columns(&self.model.tables[table], &rows, whole) {
                self.relate(parts, whole, true);
            }
        }
        let of_role = |role: Role| printed.columns.iter().enumerate().filter(move |(_, column)| column.role == role);
        for (row, formulas) in cells.iter().enumerate() {
            let parts = of_role(Role::Part).filter_map(|(column, _)| at(row, column)).collect();
            if let Some(whole) = printed.column_of_role(Role::Total).and_then(|total| at(row, total)) {
                self.relate(parts, whole, true);
            }
            self.relate_tallies(formulas, row, &numbers);
            for formula in formulas {
                let Formula::Share(both) = formula else { continue };
                let in_row = both.each_ref().map(|of| {
                    let number = self.model.index.get(&self.quantity(&of.of)?).copied()?;
                    numbers.iter().any(|(place, known)| place.0 == row && *known == number).then_some(number)
                });
                if let [Some(part), Some(whole)] = in_row {
                    self.at_most(part, &[whole]);
                }
            }
        }
    }

    /// Counts that are made among the same events: together they may be all of them, and none is known to be more.
    fn relate_tallies(&mut self, cells: &[Formula], row: usize, numbers: &BTreeMap<Place, usize>) {
        let mut among: BTreeMap<Quantity, Vec<usize>> = BTreeMap::new();
        for ((_, column), number) in numbers.range((row, 0)..(row + 1, 0)) {
            let Formula::Tally(tally) = &cells[*column] else { continue };
            if let Some(quantity) = tally.among.as_ref().and_then(|events| self.quantity(events)) {
                among.entry(quantity).or_default().push(*number);
            }
        }
        for (quantity, parts) in among {
            let Some(whole) = self.model.index.get(&quantity).copied() else { continue };
            parts.iter().for_each(|part| {
                self.at_most(*part, &[whole]);
                self.at_most(whole, &[*part]);
            });
            self.relate(parts, whole, false);
        }
    }

    /// Cells that are added up from other cells.
    fn relate_sums(&mut self, table: usize) {
        let TableNumbers { measure, numbers, .. } = self.model.tables[table].clone();
        for ((row, column), whole) in numbers {
            let at = CellAt { measure, row, column };
            if let Formula::Tally(tally) = &self.sheets[measure].cells[row][column] {
                self.relate(self.cells(at, &tally.of), whole, true);
            }
        }
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
        for (quantity, number) in &self.model.index {
            let single = |condition: &&Condition| !condition.negated && condition.values.len() == 1;
            for condition in quantity.conditions.iter().filter(single) {
                let mut above = quantity.clone();
                above.conditions.remove(condition);
                groups.entry((above, condition.column.clone())).or_default().push(*number);
            }
        }
        for ((above, _), parts) in groups {
            if let Some(whole) = self.model.index.get(&above).copied() {
                self.relate(parts, whole, false);
            }
        }
    }

    /// Sums across tables: the count of several values together, and those of each.
    fn relate_several(&mut self) {
        let several = |condition: &&Condition| !condition.negated && condition.values.len() > 1;
        let mut sums = Vec::new();
        for (quantity, whole) in &self.model.index {
            for condition in quantity.conditions.iter().filter(several) {
                let part = |value: &String| {
                    let mut part = quantity.clone();
                    part.conditions.remove(condition);
                    part.conditions.insert(Condition { values: vec![value.clone()], ..condition.clone() });
                    self.model.index.get(&part).copied()
                };
                sums.push((condition.values.iter().filter_map(part).collect(), *whole));
            }
        }
        sums.into_iter().for_each(|(parts, whole)| self.relate(parts, whole, false));
    }

    /// Sums over time across tables: months and quarters of a year, years of all time.
    fn relate_times(&mut self) {
        let mut by_base: BTreeMap<Quantity, Vec<(Quantity, usize)>> = BTreeMap::new();
        for (quantity, number) in &self.model.index {
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

/// In each column that has some: the numbers of the parts, and of their whole.
fn of_columns(table: &TableNumbers, rows: &[usize], whole: usize) -> Vec<(Vec<usize>, usize)> {
    let of_whole = table.numbers.range((whole, 0)..(whole + 1, 0));
    let parts = |column: usize| {
        let mut parts: Vec<usize> = rows.iter().filter_map(|row| table.numbers.get(&(*row, column)).copied()).collect();
        parts.sort_unstable();
        parts
    };
    of_whole.map(|((_, column), whole)| (parts(*column), *whole)).collect()
}

/// Rows whose counts are parts of a total in the table, with that total's row: of the whole, and of each group.
fn sums_of_rows(table: &MeasureTable) -> Vec<(Vec<usize>, usize)> {
    // The last row of a control chart is its last point.
    if table.is_control_chart() {
        return Vec::new();
    }
    let rows = table.rows.iter().enumerate();
    let total = table.rows.iter().position(|row| row.kind == RowKind::Total);
    let outermost = rows.clone().filter(|(_, row)| row.level == 0 && row.kind != RowKind::Total);
    let outermost: Vec<usize> = outermost.map(|(index, _)| index).collect();
    let mut sums: Vec<(Vec<usize>, usize)> = total.map(|total| (outermost, total)).into_iter().collect();
    for (index, group) in rows.filter(|(_, row)| row.kind == RowKind::Group) {
        let below = table.rows[index + 1..].iter().take_while(|row| row.level > group.level).count();
        sums.push(((index + 1..=index + below).collect(), index));
    }
    sums
}
