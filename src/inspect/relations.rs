//! The second reading: what only pairs of columns tell.
//!
//! In: the rows of the same file once more, and the profiles of its sheets. Out: for each sheet which column of labels
//! decides another one (an enhet its avdelning), and which of its dates lies first.

use std::collections::HashMap;

use crate::domain::spelling::fold;
use crate::ingest::{ReadsWhole, WholeCell, WholeSheet};

use super::column::day_in;
use super::profiler::{Look, look};
use super::values::parts;
use super::{Kind, SheetProfile};

/// Columns of labels that are held against each other.
const MOST_COLUMNS: usize = 12;
/// Labels that such a column has at most.
const MOST_LABELS: usize = 300;

/// What was found of one sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// (member column, group column, group of each member by index into the values).
    pub(super) decides: Vec<(usize, usize, Vec<usize>)>,
    /// (one date column, another, rows with both, rows in which the one is not later).
    pub(super) dates: Vec<(usize, usize, u64, u64)>,
}

/// Reads a file whose profiles are known.
#[derive(Debug)]
pub(super) struct Relations<'a> {
    profiles: &'a [SheetProfile],
    found: Vec<Found>,
    open: Option<Open<'a>>,
}

impl<'a> Relations<'a> {
    /// Ready to read the file of these profiles.
    pub(super) fn new(profiles: &'a [SheetProfile]) -> Relations<'a> {
        Relations { profiles, found: Vec::new(), open: None }
    }

    /// False if no sheet has a pair of columns to hold against each other: then a second reading says nothing.
    pub(super) fn are_of_interest(profiles: &[SheetProfile]) -> bool {
        profiles.iter().any(|profile| labels_of(profile).len() > 1 || dates_of(profile).len() > 1)
    }

    /// What was found, by sheet.
    pub(super) fn finish(mut self) -> Vec<Found> {
        self.found.extend(self.open.take().map(Open::close));
        self.found.resize_with(self.profiles.len(), Found::default);
        self.found
    }
}

impl ReadsWhole for Relations<'_> {
    fn sheet(&mut self, _: WholeSheet) {
        self.found.extend(self.open.take().map(Open::close));
        self.open = self.profiles.get(self.found.len()).map(Open::new);
    }

    fn row(&mut self, row: u32, cells: &[(usize, WholeCell<'_>)]) {
        if let Some(open) = &mut self.open {
            open.row(row, cells);
        }
    }
}

/// Indexes of the columns of labels.
fn labels_of(profile: &SheetProfile) -> Vec<usize> {
    let is_list = |index: &usize| {
        let column = &profile.columns[*index];
        column.kind == Kind::Category && !column.unusable && (2..=MOST_LABELS).contains(&column.values.len())
    };
    (0..profile.columns.len()).filter(is_list).take(MOST_COLUMNS).collect()
}

fn dates_of(profile: &SheetProfile) -> Vec<usize> {
    (0..profile.columns.len()).filter(|index| profile.columns[*index].kind == Kind::Date).take(MOST_COLUMNS).collect()
}

/// The sheet that is being read.
#[derive(Debug)]
struct Open<'a> {
    profile: &'a SheetProfile,
    leftmost: usize,
    labels: Vec<usize>,
    /// Folded label → index, by column of `labels`.
    codes: Vec<HashMap<String, usize>>,
    dates: Vec<usize>,
    /// For each ordered pair of columns: rows by label of the one and only label of the other; row-major.
    pairs: Vec<Vec<u32>>,
    order: Vec<(u64, u64)>,
}

impl<'a> Open<'a> {
    fn new(profile: &'a SheetProfile) -> Open<'a> {
        let labels = labels_of(profile);
        let size = |index: &usize| profile.columns[*index].values.len();
        let code = |index: &usize| {
            let values = profile.columns[*index].values.iter().enumerate();
            values.map(|(code, (value, _))| (fold(value), code)).collect()
        };
        let pairs = ordered(labels.len()).map(|(one, other)| vec![0; size(&labels[one]) * size(&labels[other])]);
        let dates = dates_of(profile);
        let leftmost = profile.columns.iter().find(|column| !column.header.is_empty());
        Open {
            leftmost: leftmost.map_or(0, |column| column.column as usize - 1),
            codes: labels.iter().map(code).collect(),
            pairs: pairs.collect(),
            order: vec![(0, 0); dates.len() * dates.len()],
            profile,
            labels,
            dates,
        }
    }

    fn row(&mut self, row: u32, cells: &[(usize, WholeCell<'_>)]) {
        let several = self.profile.columns.len() > 1;
        if self.profile.header_row.is_none_or(|header| row <= header)
            || look(cells, several, self.leftmost) != Look::Data
        {
            return;
        }
        let cell_of = |index: &usize| {
            let column = self.profile.columns[*index].column as usize - 1;
            cells.binary_search_by_key(&column, |(at, _)| *at).ok().map(|at| &cells[at].1)
        };
        let labels = self.labels.iter().zip(&self.codes);
        let codes: Vec<Vec<usize>> = labels
            .map(|(index, codes)| {
                let separators = &self.profile.columns[*index].separators;
                cell_of(index).map(|cell| codes_in(cell, separators, codes)).unwrap_or_default()
            })
            .collect();
        let days: Vec<Option<i32>> = self.dates.iter().map(|index| day_of(cell_of(index)?)).collect();
        self.count(&codes, &days);
    }

    fn count(&mut self, codes: &[Vec<usize>], days: &[Option<i32>]) {
        for ((one, other), counts) in ordered(codes.len()).zip(&mut self.pairs) {
            if let [group] = codes[other].as_slice() {
                codes[one].iter().for_each(|member| counts[member * self.codes[other].len() + group] += 1);
            }
        }
        for (one, other) in pairs(days.len()) {
            if let (Some(first), Some(second)) = (days[one], days[other]) {
                let (both, not_later) = &mut self.order[one * days.len() + other];
                *both += 1;
                *not_later += u64::from(first <= second);
            }
        }
    }

    fn close(self) -> Found {
        let mut decides = Vec::new();
        for ((one, other), counts) in ordered(self.labels.len()).zip(&self.pairs) {
            let width = self.codes[other].len();
            let members = counts.chunks(width.max(1));
            decides.extend(decided(members, width).map(|groups| (self.labels[one], self.labels[other], groups)));
        }
        let orders = pairs(self.dates.len()).map(|(one, other)| {
            let (both, not_later) = self.order[one * self.dates.len() + other];
            (self.dates[one], self.dates[other], both, not_later)
        });
        Found { decides, dates: orders.collect() }
    }
}

/// The group of each member, if each has exactly one, the groups are fewer, and some group has several members.
fn decided<'c>(members: impl ExactSizeIterator<Item = &'c [u32]>, groups: usize) -> Option<Vec<usize>> {
    let count = members.len();
    if groups < 2 || groups * 5 > count * 4 {
        return None;
    }
    let only = |counts: &[u32]| {
        let mut with = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let (group, _) = with.next()?;
        with.next().is_none().then_some(group)
    };
    let groups: Vec<usize> = members.map(only).collect::<Option<Vec<usize>>>()?;
    let several = groups.iter().any(|group| groups.iter().filter(|other| *other == group).count() > 1);
    several.then_some(groups)
}

/// Pairs of different indexes, the lower one first.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |one| (one + 1..count).map(move |other| (one, other)))
}

/// Ordered pairs of different indexes.
fn ordered(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |one| (0..count).filter(move |other| *other != one).map(move |other| (one, other)))
}

/// The labels in a cell.
fn codes_in(cell: &WholeCell<'_>, separators: &[String], codes: &HashMap<String, usize>) -> Vec<usize> {
    let text = match cell {
        WholeCell::Text(text) => text.as_ref(),
        _ => return codes.get(&cell.to_text()).copied().into_iter().collect(),
    };
    parts(text, separators).into_iter().filter_map(|part| codes.get(&fold(part)).copied()).collect()
}

fn day_of(cell: &WholeCell<'_>) -> Option<i32> {
    match cell {
        WholeCell::Day(day) => Some(*day),
        WholeCell::Text(text) => day_in(text.trim()).map(|(_, day)| day),
        _ => None,
    }
}
