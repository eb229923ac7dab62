//! The choice against every other choice, and every interval against other ways of finding it.

use super::attack::{Attack, Interval};
use super::audit::{Published, fallen};
use super::secondary::{Effort, choose};
use super::system::{Exposure, Rank, System};

/// Xorshift: the same tables in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most) as i64
    }

    fn table(&mut self, rows: usize, columns: usize, most: u64) -> Vec<Vec<i64>> {
        (0..rows).map(|_| (0..columns).map(|_| self.below(most)).collect()).collect()
    }
}

const K: i64 = 5;
const NEED: i64 = K - 1;

fn printed(value: i64, rank: Rank) -> Exposure {
    let rank = if value == 0 { Rank::Zero } else { rank };
    Exposure::Printed { primary: 0 < value && value < K, rank }
}

/// A two-way table with all its totals.
fn two_way(inner: &[Vec<i64>]) -> System {
    let mut system = System::default();
    add_two_way(&mut system, inner);
    system
}

/// Adds a table; its cells by row and column, totals last.
fn add_two_way(system: &mut System, inner: &[Vec<i64>]) -> Vec<Vec<usize>> {
    let (rows, columns) = (inner.len(), inner[0].len());
    let mut full: Vec<Vec<i64>> = inner.to_vec();
    full.iter_mut().for_each(|row| row.push(row.iter().sum()));
    full.push((0..=columns).map(|column| full.iter().map(|row| row[column]).sum()).collect());
    let mut cells = vec![vec![0; columns + 1]; rows + 1];
    for (row, values) in full.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let rank = match (row == rows, column == columns) {
                (false, false) => Rank::Inner,
                (true, true) => Rank::Whole,
                _ => Rank::Margin,
            };
            cells[row][column] = system.add(*value, printed(*value, rank));
        }
    }
    for row in &cells {
        system.sum(&row[..columns], row[columns]);
    }
    let (total, inner) = cells.split_last().expect("a row of totals");
    for (column, whole) in total.iter().enumerate() {
        let parts: Vec<usize> = inner.iter().map(|row| row[column]).collect();
        system.sum(&parts, *whole);
    }
    cells
}

/// What a reader sees of a choice.
fn published(system: &System, hidden: &[bool]) -> Published {
    let number = |cell: usize| (!hidden[cell]).then_some(system.cells[cell].value);
    let marked = (0..hidden.len()).filter(|cell| hidden[*cell] && system.cells[*cell].is_printed()).collect();
    let equations = system.equations.clone();
    Published { numbers: (0..hidden.len()).map(number).collect(), marked, equations, ..Published::default() }
}

fn is_sound(system: &System, hidden: &[bool]) -> bool {
    fallen(&published(system, hidden), NEED as f64).is_empty()
}

/// Cells and sum of what is hidden.
fn price(system: &System, hidden: &[bool]) -> (usize, i64) {
    let cells = system.cells.iter().zip(hidden).filter(|(cell, hidden)| **hidden && cell.is_printed());
    cells.fold((0, 0), |(count, sum), (cell, _)| (count + 1, sum + cell.value))
}

/// The cheapest sound choice, by trying all: candidates of the first rank that is enough.
fn cheapest(system: &System) -> Option<(usize, i64)> {
    let first = system.unknown_at_first();
    for rank in [Rank::Inner, Rank::Margin, Rank::Whole, Rank::Zero] {
        let candidates: Vec<usize> =
            (0..first.len()).filter(|cell| !first[*cell] && system.cells[*cell].rank() <= Some(rank)).collect();
        let with = |chosen: u32| {
            let mut hidden = first.clone();
            candidates.iter().enumerate().for_each(|(bit, cell)| hidden[*cell] |= chosen >> bit & 1 == 1);
            hidden
        };
        if candidates.len() > 12 {
            return None;
        }
        let attack = Attack::on(system, NEED as f64);
        let all = with(u32::MAX);
        if attack.narrow(&all).iter().any(|cell| system.cells[*cell].is_primary()) {
            continue;
        }
        let sound = (0..1_u32 << candidates.len()).map(with).filter(|hidden| attack.holds(hidden));
        return sound.map(|hidden| price(system, &hidden)).min();
    }
    None
}

#[test]
fn no_choice_hides_fewer_cells_or_a_smaller_sum() {
    let mut dice = Dice(88_172_645_463_325_252);
    let (mut compared, mut further) = (0, 0);
    for (rows, columns, most, tables) in [(2, 2, 12, 40), (2, 3, 12, 40), (3, 3, 14, 60), (3, 4, 16, 25)] {
        for _ in 0..tables {
            let system = two_way(&dice.table(rows, columns, most));
            let choice = choose(&system, NEED, Effort::default()).expect("additive tables can be protected");
            assert!(is_sound(&system, &choice.hidden), "{system:?}");
            let Some(best) = cheapest(&system) else { continue };
            assert_eq!(price(&system, &choice.hidden), best, "{system:?}");
            assert!(choice.is_best);
            compared += 1;
            further += usize::from(choice.hidden != system.unknown_at_first());
        }
    }
    assert!(compared > 120 && further > 80, "{compared} compared, {further} with further cells");
}

#[test]
fn flow_and_linear_programming_find_the_same_intervals() {
    let mut dice = Dice(1234567);
    for _ in 0..30 {
        let system = two_way(&dice.table(4, 3, 12));
        let mut hidden = system.unknown_at_first();
        hidden.iter_mut().for_each(|hidden| *hidden |= dice.below(3) == 0);
        let (flow, linear) = (Attack::on(&system, NEED as f64), Attack::linear(&system, NEED as f64));
        assert!(flow.is_network() && !linear.is_network());
        for cell in (0..hidden.len()).filter(|cell| hidden[*cell]) {
            assert_eq!(flow.interval(&hidden, cell), linear.interval(&hidden, cell), "cell {cell} of {system:?}");
        }
        assert_eq!(flow.narrow(&hidden), linear.narrow(&hidden));
        let fell: Vec<usize> =
            fallen(&published(&system, &hidden), NEED as f64).iter().map(|fallen| fallen.number).collect();
        assert_eq!(fell, flow.narrow(&hidden));
    }
}

/// Smallest and largest value of each hidden cell over all whole fillings that fit, by trying all up to `most`.
fn by_trying(system: &System, hidden: &[bool], most: i64) -> Vec<(i64, i64)> {
    let unknown: Vec<usize> = (0..hidden.len()).filter(|cell| hidden[*cell]).collect();
    let mut values: Vec<i64> = system.cells.iter().map(|cell| cell.value).collect();
    let mut found = vec![(i64::MAX, i64::MIN); hidden.len()];
    fill(system, &unknown, 0, most, &mut values, &mut found);
    found
}

fn fill(system: &System, unknown: &[usize], at: usize, most: i64, values: &mut [i64], found: &mut [(i64, i64)]) {
    let later = &unknown[at.min(unknown.len())..];
    let is_open = |equation: &[(usize, i64)]| equation.iter().any(|(cell, _)| later.contains(cell));
    let sum = |equation: &[(usize, i64)]| equation.iter().map(|(cell, times)| times * values[*cell]).sum::<i64>();
    if system.equations.iter().any(|equation| !is_open(equation) && sum(equation) != 0) {
        return;
    }
    let Some(cell) = unknown.get(at) else {
        unknown
            .iter()
            .for_each(|cell| found[*cell] = (found[*cell].0.min(values[*cell]), found[*cell].1.max(values[*cell])));
        return;
    };
    for value in 0..=most {
        values[*cell] = value;
        fill(system, unknown, at + 1, most, values, found);
    }
}

#[test]
fn intervals_are_those_of_all_whole_fillings() {
    let mut dice = Dice(99);
    let mut compared = 0;
    for _ in 0..60 {
        let system = two_way(&dice.table(2, 3, 8));
        let choice = choose(&system, NEED, Effort::default()).expect("additive tables can be protected");
        if choice.hidden.iter().filter(|hidden| **hidden).count() > 6 {
            continue;
        }
        let attack = Attack::on(&system, NEED as f64);
        let tried = by_trying(&system, &choice.hidden, 24);
        for cell in (0..choice.hidden.len()).filter(|cell| choice.hidden[*cell]) {
            let Interval { lower, upper: Some(upper) } = attack.interval(&choice.hidden, cell) else { continue };
            assert_eq!((lower as i64, upper as i64), tried[cell], "cell {cell} of {system:?}");
            assert!(tried[cell].1 - tried[cell].0 >= NEED);
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
}

#[test]
fn groups_over_members_by_kind_are_protected_together() {
    let mut dice = Dice(7);
    for _ in 0..8 {
        let mut system = System::default();
        let groups: Vec<Vec<Vec<usize>>> = (0..2).map(|_| add_two_way(&mut system, &dice.table(3, 3, 14))).collect();
        let sums: Vec<i64> =
            (0..4).map(|column| groups.iter().map(|cells| system.cells[cells[3][column]].value).sum()).collect();
        let wholes: Vec<usize> = sums.iter().map(|sum| system.add(*sum, printed(*sum, Rank::Whole))).collect();
        for (column, whole) in wholes.iter().enumerate() {
            system.sum(&groups.iter().map(|cells| cells[3][column]).collect::<Vec<usize>>(), *whole);
        }
        system.sum(&wholes[..3], wholes[3]);
        let choice = choose(&system, NEED, Effort::default()).expect("additive tables can be protected");
        assert!(is_sound(&system, &choice.hidden), "{system:?}");
    }
}

#[test]
fn distinct_totals_are_protected_by_their_inequalities() {
    let mut dice = Dice(4711);
    for _ in 0..20 {
        let mut system = System::default();
        for _ in 0..2 {
            let parts: Vec<i64> = (0..4).map(|_| dice.below(12)).collect();
            let (largest, sum) = (*parts.iter().max().expect("four"), parts.iter().sum::<i64>());
            let total = largest + dice.below((sum - largest + 1) as u64);
            let parts: Vec<usize> =
                parts.iter().map(|value| system.add(*value, printed(*value, Rank::Inner))).collect();
            let whole = system.add(total, printed(total, Rank::Whole));
            system.at_most(whole, &parts);
            parts.iter().for_each(|part| system.at_most(*part, &[whole]));
        }
        let choice = choose(&system, NEED, Effort::default()).expect("distinct totals can be protected");
        assert!(is_sound(&system, &choice.hidden), "{system:?}");
    }
}

#[test]
fn a_lone_row_takes_its_total_with_it() {
    let system = two_way(&[vec![3, 0, 0]]);
    let choice = choose(&system, NEED, Effort::default()).expect("hiding all protects");
    assert!(is_sound(&system, &choice.hidden));
    let zeros = (0..system.cells.len()).filter(|cell| system.cells[*cell].value == 0);
    assert!(zeros.into_iter().all(|cell| !choice.hidden[cell]), "zeros stay");
}

#[test]
fn a_table_without_small_counts_is_left_alone() {
    let system = two_way(&[vec![5, 0], vec![7, 12]]);
    let choice = choose(&system, NEED, Effort::default()).expect("nothing to hide");
    assert!(choice.hidden.iter().all(|hidden| !hidden) && choice.is_best);
}
