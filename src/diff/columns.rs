//! Which column of the old table is which of the new one.
//!
//! In: the columns of both tables; a year, if last year's run is held against this year's. Out: pairs of indices, and
//! the columns without a partner. Runs of the same year go together by key; over years, what is `current` in the one is
//! `previous` in the other, so that columns go together by the year that they are of.

use crate::published::{Column, Table};

/// A column of the one run and its partner in the other, and those that have none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// Old and new index, in the new table's order.
    pub(super) both: Vec<(usize, usize)>,
    pub(super) went: Vec<usize>,
    pub(super) came: Vec<usize>,
}

/// Columns by their keys.
pub(super) fn by_key(old: &Table, new: &Table) -> Pairs {
    let keys = |table: &Table| table.columns.iter().map(|column| Some(column.key.clone())).collect::<Vec<_>>();
    paired(&keys(old), &keys(new))
}

/// Columns of one year, by what they are of that year; other columns have no part in it.
pub(super) fn of_year(year: i32, old: (&Table, i32), new: (&Table, i32)) -> Pairs {
    let names = |(table, run_year): (&Table, i32)| {
        let of_this = |column: &Column| yearly(table, column, run_year).filter(|(of, _)| *of == year);
        table.columns.iter().map(|column| of_this(column).map(|(_, name)| name)).collect::<Vec<_>>()
    };
    paired(&names(old), &names(new))
}

/// Partners are those of the same name; columns without a name are not looked at.
fn paired(old: &[Option<String>], new: &[Option<String>]) -> Pairs {
    let mut pairs = Pairs::default();
    for (index, name) in new.iter().enumerate().filter(|(_, name)| name.is_some()) {
        match old.iter().position(|other| other == name) {
            Some(partner) => pairs.both.push((partner, index)),
            None => pairs.came.push(index),
        }
    }
    let alone = |(index, name): (usize, &Option<String>)| (name.is_some() && !new.contains(name)).then_some(index);
    pairs.went = old.iter().enumerate().filter_map(alone).collect();
    pairs
}

/// The year that a column is of and what it is of that year: `current_lower` → the run's year, `_lower`;
/// `previous_share` → the year before, `share`; `share` beside it → the run's year, `share`.
pub(super) fn yearly(table: &Table, column: &Column, run_year: i32) -> Option<(i32, String)> {
    let key = column.key.as_str();
    if let Some(rest) = key.strip_prefix("previous_").filter(|rest| has(table, rest)) {
        return Some((column.year.unwrap_or(run_year - 1), rest.to_string()));
    }
    if has(table, &format!("previous_{key}")) {
        return Some((run_year, key.to_string()));
    }
    let of_year = |other: &Column| {
        let rest = key.strip_prefix(other.key.as_str())?;
        let year = other.year.filter(|_| rest.is_empty() || rest.starts_with('_'))?;
        Some((year, rest.to_string()))
    };
    table.columns.iter().find_map(of_year)
}

fn has(table: &Table, key: &str) -> bool {
    table.columns.iter().any(|column| column.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::Unit;

    fn table(columns: &[(&str, Option<i32>)]) -> Table {
        let column = |(key, year): &(&str, Option<i32>)| Column {
            key: key.to_string(),
            label: key.to_string(),
            unit: Unit::Count,
            year: *year,
            for_analyst: false,
        };
        let columns = columns.iter().map(column).collect();
        Table { name: "breakdown.x".into(), title: String::new(), columns, rows: Vec::new() }
    }

    #[test]
    fn this_years_column_of_the_old_run_is_last_years_of_the_new() {
        let old =
            table(&[("current", Some(2022)), ("previous", Some(2021)), ("current_lower", None), ("change", None)]);
        let new = table(&[("current", Some(2023)), ("previous", Some(2022)), ("previous_lower", None)]);
        let pairs = of_year(2022, (&old, 2022), (&new, 2023));
        assert_eq!(pairs, Pairs { both: vec![(0, 1), (2, 2)], ..Pairs::default() });
        assert_eq!(of_year(2023, (&old, 2022), (&new, 2023)).came, [0]);
    }

    #[test]
    fn shares_without_a_year_are_of_the_runs_year_when_last_years_stand_beside() {
        let old = table(&[("share", None), ("previous_share", Some(2021)), ("of", None)]);
        let new = table(&[("share", None), ("previous_share", Some(2022)), ("of", None)]);
        assert_eq!(of_year(2022, (&old, 2022), (&new, 2023)).both, [(0, 1)]);
    }

    #[test]
    fn columns_of_one_run_go_by_key_and_the_rest_came_or_went() {
        let (old, new) = (table(&[("a", None), ("b", None)]), table(&[("b", None), ("c", None)]));
        assert_eq!(by_key(&old, &new), Pairs { both: vec![(1, 0)], went: vec![0], came: vec![1] });
    }
}
