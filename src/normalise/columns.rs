//! Columns of a batch: raw cells → one typed vector a column.
//!
//! In: a raw batch. Out: a [`Column`] for each declared (and wide) column, a fingerprint of each row, and notes on cells
//! that hold nothing usable. Rows are worked through in blocks that stay in the processor's cache; within a block column
//! by column, so that each loop knows its reader. Never: a dropped row.

use crate::diagnostic::Code;
use crate::ingest::RawBatch;
use crate::store::{BLANK, NO_DAY};

use super::block::{Block, Flaw, Lists, Notes, day_at};
use super::categories::Groups;
use super::cells::{At, Memos};
use super::duplicates::{IdHash, IdTable};
use super::lists::ListMemos;
use super::memo::Memo;
use super::readers::Reader;
use super::rules::{Rule, Rules, TextRule};
use super::texts::{TextCell, Texts};

/// Rows of a block: 15 columns of it and their text take about 150 kB.
const BLOCK: usize = 256;

/// A column of a batch, typed. Blanks are [`BLANK`], [`NO_DAY`], NaN, `None`, an empty list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    Days(Vec<i32>),
    Numbers(Vec<f64>),
    YesNo(Vec<Option<bool>>),
    Codes(Vec<u32>),
    Lists(Lists),
    Texts(Texts),
}

/// Memos of one column.
enum ColumnMemo {
    Days(Memos<i32>),
    Numbers(Memos<f64>),
    YesNo(Memos<Option<bool>>),
    Codes(Memos<u32>),
    Lists(ListMemos),
    None,
}

fn memos<V: Copy + Default>() -> Memos<V> {
    [Memo::new(), Memo::new()]
}

impl ColumnMemo {
    fn of(rule: &Rule) -> Self {
        match (&rule.reader, rule.split.is_empty()) {
            _ if rule.cell.is_none() => ColumnMemo::None,
            (Reader::Date(_), _) => ColumnMemo::Days(memos()),
            (Reader::Number(_), _) => ColumnMemo::Numbers(memos()),
            (Reader::YesNo(_), _) => ColumnMemo::YesNo(memos()),
            (Reader::Closed(_) | Reader::Open(_), true) => ColumnMemo::Codes(memos()),
            (Reader::Closed(_) | Reader::Open(_), false) => ColumnMemo::Lists(ListMemos::new()),
            (Reader::Text, _) => ColumnMemo::None,
        }
    }
}

impl Column {
    fn of(rule: &Rule, rules: &[Rule]) -> Self {
        match &rule.reader {
            Reader::Date(_) => Column::Days(Vec::new()),
            Reader::Number(_) => Column::Numbers(Vec::new()),
            Reader::YesNo(_) => Column::YesNo(Vec::new()),
            Reader::Closed(_) | Reader::Open(_) if rule.is_list(rules) => Column::Lists(Lists::default()),
            Reader::Closed(_) | Reader::Open(_) => Column::Codes(Vec::new()),
            Reader::Text => Column::Texts(Texts::default()),
        }
    }

    fn clear(&mut self) {
        match self {
            Column::Days(days) => days.clear(),
            Column::Numbers(numbers) => numbers.clear(),
            Column::YesNo(answers) => answers.clear(),
            Column::Codes(codes) => codes.clear(),
            Column::Lists(lists) => lists.clear(),
            Column::Texts(texts) => texts.clear(),
        }
    }

    /// Blanks up to the end of a block.
    fn fill_with_blanks(&mut self, block: Block) {
        match self {
            Column::Days(days) => days.resize(block.to, NO_DAY),
            Column::Numbers(numbers) => numbers.resize(block.to, f64::NAN),
            Column::YesNo(answers) => answers.resize(block.to, None),
            Column::Codes(codes) => codes.resize(block.to, BLANK),
            Column::Lists(lists) => lists.pad(block.to),
            Column::Texts(texts) => texts.cells.resize(block.to, TextCell::Blank),
        }
    }
}

/// One thread's memos and vectors, used for batch after batch.
pub(super) struct Worker {
    memos: Vec<ColumnMemo>,
    pub columns: Vec<Column>,
    /// Fingerprint of each row's declared cells.
    pub prints: Vec<u64>,
    /// Hash of each row's id, if the source has ids.
    pub ids: Vec<IdHash>,
    pub notes: Notes,
    scratch: Vec<u8>,
}

impl Worker {
    pub(super) fn new(rules: &Rules) -> Self {
        Worker {
            memos: rules.columns.iter().map(ColumnMemo::of).collect(),
            columns: rules.columns.iter().map(|rule| Column::of(rule, &rules.columns)).collect(),
            prints: Vec::new(),
            ids: Vec::new(),
            notes: Notes::default(),
            scratch: Vec::new(),
        }
    }

    /// Reads all cells of a batch.
    pub(super) fn read(&mut self, rules: &Rules, batch: &RawBatch) {
        self.clear();
        let rows = batch.rows.len();
        self.prints.resize(rows, 0);
        for from in (0..rows).step_by(BLOCK) {
            let block = Block { batch, from, to: rows.min(from + BLOCK) };
            for column in &rules.order {
                self.read_column(rules, *column, block);
            }
        }
    }

    /// Gives each id that held a personnummer a number in its place. In the order of the batches.
    pub(super) fn number_masked_ids(&mut self, rules: &Rules, seen: &mut IdTable) {
        let Some(index) = rules.id else { return };
        let Column::Texts(texts) = &mut self.columns[index] else { return };
        let of_ids = |flaw: &&Flaw| flaw.column as usize == index && flaw.code == Code::PersonalData;
        for flaw in self.notes.problems.iter().filter(of_ids) {
            texts.mask_id(flaw.row as usize, seen.number(self.ids[flaw.row as usize]));
        }
    }

    fn clear(&mut self) {
        self.prints.clear();
        self.ids.clear();
        self.notes = Notes::default();
        self.columns.iter_mut().for_each(Column::clear);
        for memo in &mut self.memos {
            if let ColumnMemo::Lists(lists) = memo {
                lists.tidy();
            }
        }
    }

    fn read_column(&mut self, rules: &Rules, index: usize, block: Block) {
        let rule = &rules.columns[index];
        // Taken out while it is written, so that others can be looked at: days for renames, members for groups.
        let mut column = std::mem::replace(&mut self.columns[index], Column::Codes(Vec::new()));
        match (&rule.groups, rule.cell) {
            (Some((member, groups)), _) => derive(&self.columns[*member], groups, block, &mut column),
            (None, Some(cell)) => self.read_cells(rules, index, cell, block, &mut column),
            (None, None) => column.fill_with_blanks(block),
        }
        self.columns[index] = column;
    }

    fn read_cells(&mut self, rules: &Rules, index: usize, cell: usize, block: Block, column: &mut Column) {
        let Worker { memos, columns, prints, ids, notes, scratch } = self;
        let rule = &rules.columns[index];
        let days = rules.period_date.filter(|date| *date != index).and_then(|date| match &columns[date] {
            Column::Days(days) => Some(days.as_slice()),
            _ => None,
        });
        let mut at = At { rule, index: index as u32, cell, block, notes, prints, scratch };
        match (column, &mut memos[index], &rule.reader) {
            (Column::Days(out), ColumnMemo::Days(memos), Reader::Date(reader)) => at.read(reader, memos, out),
            (Column::Numbers(out), ColumnMemo::Numbers(memos), Reader::Number(reader)) => at.read(reader, memos, out),
            (Column::YesNo(out), ColumnMemo::YesNo(memos), Reader::YesNo(reader)) => at.read(reader, memos, out),
            (Column::Codes(out), ColumnMemo::Codes(memos), Reader::Open(reader)) => at.read(reader, memos, out),
            (Column::Codes(out), ColumnMemo::Codes(memos), Reader::Closed(reader)) => {
                at.read(reader, memos, out);
                at.rename(reader, days, out);
            }
            (Column::Lists(out), ColumnMemo::Lists(memos), Reader::Open(reader)) => {
                at.read_lists(reader, |code, _| Ok::<u32, &str>(code), memos, out);
            }
            (Column::Lists(out), ColumnMemo::Lists(memos), Reader::Closed(reader)) => {
                at.read_lists(reader, |code, row| reader.list.on_day(code, day_at(days, row)), memos, out);
            }
            (Column::Texts(out), _, _) => match &rule.text {
                TextRule::Id { marks, longest } => at.read_ids(marks, *longest, out, ids),
                TextRule::Masked => at.read_texts(true, out),
                TextRule::Plain => at.read_texts(false, out),
            },
            (column, _, _) => column.fill_with_blanks(block),
        }
    }
}

/// The groups of the members in a block's rows; in a list each group once.
fn derive(members: &Column, groups: &Groups, block: Block, column: &mut Column) {
    match (members, column) {
        (Column::Codes(members), Column::Codes(out)) => {
            out.extend(members[block.from..block.to].iter().map(|member| groups.of(*member)));
        }
        (Column::Lists(members), Column::Lists(out)) => {
            for row in block.from..block.to {
                members.row(row).iter().for_each(|member| out.push(groups.of(*member)));
                out.end_row();
            }
        }
        (_, column) => column.fill_with_blanks(block),
    }
}
