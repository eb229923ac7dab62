//! Columns of a batch: raw cells → one typed vector a column.
//!
//! In: a raw batch. Out: a [`Column`] for each declared (and wide) column, a fingerprint of each row, and notes on cells
//! that hold nothing usable. Rows are worked through in blocks that stay in the processor's cache; within a block column
//! by column, so that each loop knows its reader. Never: a dropped row.

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::domain::table::Nothing;
use crate::ingest::{RawBatch, RawCell, TextEncoding};
use crate::job::plan::{ColumnKindPlan, SourceKind, SourcePlan};
use crate::store::{BLANK, NO_DAY};

use super::categories::{self, Groups, Marks};
use super::duplicates::IdHash;
use super::memo::{Memo, hash};
use super::personal_data;
use super::readers::{ClosedReader, NumberReader, ReadCell, Reader, Reading};
use super::text;

/// Rows of a block: 15 columns of it and their text take about 150 kB.
const BLOCK: usize = 256;

/// Lists of values that a memo remembers before it starts afresh with the next batch.
const MOST_LISTS: usize = 100_000;

/// A column as the job declares it, ready to be read. Wide columns of observations follow the declared ones.
pub struct Rule<'p> {
    /// Header for messages: the first that the job gives.
    pub header: &'p str,
    pub safe: bool,
    pub required: bool,
    /// Index in the batch's cells; `None` for a derived column.
    cell: Option<usize>,
    /// Cell whose value a blank takes.
    blank_from: Option<usize>,
    pub fill_down: bool,
    pub split: &'p [String],
    pub reader: Reader<'p>,
    /// Groups of another column's members.
    pub groups: Option<(usize, Groups)>,
    text: TextRule<'p>,
    missing: Code,
}

/// What is special about columns whose text is kept.
enum TextRule<'p> {
    None,
    Plain,
    Masked,
    Id { marks: &'p Marks, longest: usize },
}

/// All columns of a source, and the order in which they are read.
pub struct Rules<'p> {
    pub columns: Vec<Rule<'p>>,
    order: Vec<usize>,
    pub period_date: Option<usize>,
    pub id: Option<usize>,
    pub width: usize,
}

impl<'p> Rules<'p> {
    pub fn new(source: &'p SourcePlan) -> Self {
        let mut columns = declared(source);
        let mut width = columns.iter().filter(|rule| rule.cell.is_some()).count();
        for wide in &source.wide {
            columns.push(wide_rule(source, wide, width));
            width += 1;
        }
        let id = source.columns.iter().position(|column| matches!(column.kind, ColumnKindPlan::Id));
        let counted = source.kind == SourceKind::Events;
        Rules {
            order: reading_order(&columns, source.period_date),
            columns,
            period_date: source.period_date,
            id: id.filter(|_| counted),
            width,
        }
    }

    /// Cells of a batch that take the value above them when blank.
    pub fn filled_down(&self) -> Vec<usize> {
        self.columns.iter().filter(|rule| rule.fill_down).filter_map(|rule| rule.cell).collect()
    }
}

fn declared(source: &SourcePlan) -> Vec<Rule<'_>> {
    let cell_of = |index: usize| {
        let has_cell = |column: &&crate::job::plan::ColumnPlan| !column.headers.is_empty();
        let before = source.columns[..index].iter().filter(has_cell).count();
        source.columns.get(index).filter(has_cell).map(|_| before)
    };
    let rules = source.columns.iter().enumerate().map(|(index, plan)| Rule {
        header: plan.headers.first().unwrap_or(&plan.label),
        safe: plan.safe,
        required: plan.required || matches!(plan.kind, ColumnKindPlan::Id),
        cell: cell_of(index),
        blank_from: plan.blank_from.and_then(cell_of),
        fill_down: plan.fill_down,
        split: &plan.split,
        reader: Reader::new(plan),
        groups: plan.derive.and_then(|member| groups(source, member)),
        text: match plan.kind {
            ColumnKindPlan::Text { masked: true } => TextRule::Masked,
            ColumnKindPlan::Text { masked: false } => TextRule::Plain,
            ColumnKindPlan::Id => {
                let longest = plan.missing.keys().map(String::len).max().unwrap_or(0);
                TextRule::Id { marks: &plan.missing, longest }
            }
            _ => TextRule::None,
        },
        missing: match plan.kind {
            ColumnKindPlan::Id => Code::MissingId,
            ColumnKindPlan::Date { .. } => Code::MissingDate,
            _ => Code::MissingValue,
        },
    });
    rules.collect()
}

fn groups(source: &SourcePlan, member: usize) -> Option<(usize, Groups)> {
    match &source.columns.get(member)?.kind {
        ColumnKindPlan::Category(list) => Some((member, Groups::new(list))),
        _ => None,
    }
}

/// A wide column holds numbers; the source's marks are those of its declared columns.
fn wide_rule<'p>(source: &'p SourcePlan, wide: &'p crate::job::plan::WidePlan, cell: usize) -> Rule<'p> {
    static NO_MARKS: Marks = Marks::new();
    let marks = source.columns.iter().map(|column| &column.missing).find(|marks| !marks.is_empty());
    let marks = marks.unwrap_or(&NO_MARKS);
    Rule {
        header: wide.headers.first().map_or("", String::as_str),
        safe: false,
        required: false,
        cell: Some(cell),
        blank_from: None,
        fill_down: false,
        split: &[],
        reader: Reader::Number(NumberReader { fraction: wide.fraction, marks }),
        groups: None,
        text: TextRule::None,
        missing: Code::MissingValue,
    }
}

/// The period date first, for renames go by it; derived columns last.
fn reading_order(columns: &[Rule], period_date: Option<usize>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..columns.len()).filter(|index| Some(*index) != period_date).collect();
    order.sort_by_key(|index| columns[*index].groups.is_some());
    period_date.into_iter().chain(order).collect()
}

/// A column of a batch, typed. Blanks are [`BLANK`], [`NO_DAY`], NaN, `None`, an empty list.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    Days(Vec<i32>),
    Numbers(Vec<f64>),
    YesNo(Vec<Option<bool>>),
    Codes(Vec<u32>),
    /// Row `i` has `codes[ends[i - 1]..ends[i]]`.
    Lists {
        ends: Vec<u32>,
        codes: Vec<u32>,
    },
    /// Text stays in the batch until it is known whether its row is kept.
    Texts {
        cells: Vec<TextCell>,
        own: Vec<u8>,
    },
}

/// Where a text is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TextCell {
    Blank,
    /// In the batch, trimmed, UTF-8 as it stands.
    Raw {
        start: u32,
        length: u32,
    },
    /// In the column's own bytes: decoded, unquoted or masked text, and numbers and days as text.
    Own {
        start: u32,
        length: u32,
    },
}

/// A cell that holds nothing usable.
#[derive(Debug, Clone, PartialEq)]
pub struct Flaw {
    /// Index in the batch.
    pub row: u32,
    /// Index into [`Rules::columns`].
    pub column: u32,
    pub code: Code,
    /// Its text, if the column is safe.
    pub text: Option<Box<str>>,
}

/// What is remarkable about a batch's cells.
#[derive(Default)]
pub struct Notes {
    /// Cells for which their row is rejected.
    pub failures: Vec<Flaw>,
    /// Cells that lost their value; the row is kept.
    pub problems: Vec<Flaw>,
    /// Marks for nothing: row, column, meaning.
    pub marks: Vec<(u32, u32, Nothing)>,
}

/// What was worked out about a spelling.
#[derive(Clone, Copy, Default)]
struct Known<V> {
    reading: Reading<V>,
    print: u32,
}

/// Memos of one column, one an encoding.
enum ColumnMemo {
    Days([Memo<Known<i32>>; 2]),
    Numbers([Memo<Known<f64>>; 2]),
    YesNo([Memo<Known<Option<bool>>>; 2]),
    Codes([Memo<Known<u32>>; 2]),
    Lists { memos: [Memo<Known<u32>>; 2], lists: Vec<Box<[u32]>> },
    None,
}

fn pair<V: Copy + Default>() -> [Memo<V>; 2] {
    [Memo::new(), Memo::new()]
}

impl ColumnMemo {
    fn of(rule: &Rule) -> Self {
        match (&rule.reader, rule.split.is_empty()) {
            _ if rule.cell.is_none() => ColumnMemo::None,
            (Reader::Date(_), _) => ColumnMemo::Days(pair()),
            (Reader::Number(_), _) => ColumnMemo::Numbers(pair()),
            (Reader::YesNo(_), _) => ColumnMemo::YesNo(pair()),
            (Reader::Closed(_) | Reader::Open(_), true) => ColumnMemo::Codes(pair()),
            (Reader::Closed(_) | Reader::Open(_), false) => ColumnMemo::Lists { memos: pair(), lists: Vec::new() },
            (Reader::Text, _) => ColumnMemo::None,
        }
    }
}

/// One thread's memos and vectors, used for batch after batch.
pub struct Worker {
    memos: Vec<ColumnMemo>,
    pub columns: Vec<Column>,
    /// Fingerprint of each row's declared cells.
    pub prints: Vec<u64>,
    /// Hash of each row's id, if the source has ids.
    pub ids: Vec<IdHash>,
    pub notes: Notes,
    scratch: Vec<u8>,
}

/// The rows that are being read.
#[derive(Clone, Copy)]
struct Block<'b> {
    batch: &'b RawBatch,
    from: usize,
    to: usize,
}

impl Block<'_> {
    #[inline]
    fn cell(&self, row: usize, column: usize) -> RawCell {
        self.batch.cells[row * self.batch.width + column]
    }
}

impl Worker {
    pub fn new(rules: &Rules) -> Self {
        let column = |rule: &Rule| match (&rule.reader, rule.split.is_empty()) {
            (Reader::Date(_), _) => Column::Days(Vec::new()),
            (Reader::Number(_), _) => Column::Numbers(Vec::new()),
            (Reader::YesNo(_), _) => Column::YesNo(Vec::new()),
            (Reader::Closed(_) | Reader::Open(_), true) if !derived_list(rules, rule) => Column::Codes(Vec::new()),
            (Reader::Closed(_) | Reader::Open(_), _) => Column::Lists { ends: Vec::new(), codes: Vec::new() },
            (Reader::Text, _) => Column::Texts { cells: Vec::new(), own: Vec::new() },
        };
        Worker {
            memos: rules.columns.iter().map(ColumnMemo::of).collect(),
            columns: rules.columns.iter().map(column).collect(),
            prints: Vec::new(),
            ids: Vec::new(),
            notes: Notes::default(),
            scratch: Vec::new(),
        }
    }

    /// Reads all cells of a batch.
    pub fn read(&mut self, rules: &Rules, batch: &RawBatch) {
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

    fn clear(&mut self) {
        self.prints.clear();
        self.ids.clear();
        self.notes = Notes::default();
        for column in &mut self.columns {
            match column {
                Column::Days(days) => days.clear(),
                Column::Numbers(numbers) => numbers.clear(),
                Column::YesNo(answers) => answers.clear(),
                Column::Codes(codes) => codes.clear(),
                Column::Lists { ends, codes } => (ends.clear(), codes.clear()).0,
                Column::Texts { cells, own } => (cells.clear(), own.clear()).0,
            }
        }
        for memo in &mut self.memos {
            match memo {
                ColumnMemo::Lists { memos, lists } if lists.len() > MOST_LISTS => {
                    (*memos, *lists) = (pair(), Vec::new());
                }
                _ => {}
            }
        }
    }

    fn read_column(&mut self, rules: &Rules, index: usize, block: Block) {
        let rule = &rules.columns[index];
        if let Some((member, groups)) = &rule.groups {
            return derive(&mut self.columns, index, *member, groups, block);
        }
        let Some(cell) = rule.cell else { return fill_with_blanks(&mut self.columns[index], block) };
        // Taken out while it is written, so that renames can look at the column of days.
        let mut column = std::mem::replace(&mut self.columns[index], Column::Codes(Vec::new()));
        let mut at = At {
            rule,
            index: index as u32,
            cell,
            block,
            notes: &mut self.notes,
            prints: &mut self.prints,
            scratch: &mut self.scratch,
        };
        let days = rules.period_date.filter(|date| *date != index).and_then(|date| match &self.columns[date] {
            Column::Days(days) => Some(days.as_slice()),
            _ => None,
        });
        match (&mut column, &mut self.memos[index], &rule.reader) {
            (Column::Days(out), ColumnMemo::Days(memos), Reader::Date(reader)) => at.read(reader, memos, out),
            (Column::Numbers(out), ColumnMemo::Numbers(memos), Reader::Number(reader)) => at.read(reader, memos, out),
            (Column::YesNo(out), ColumnMemo::YesNo(memos), Reader::YesNo(reader)) => at.read(reader, memos, out),
            (Column::Codes(out), ColumnMemo::Codes(memos), Reader::Open(reader)) => at.read(reader, memos, out),
            (Column::Codes(out), ColumnMemo::Codes(memos), Reader::Closed(reader)) => {
                at.read(reader, memos, out);
                at.rename(reader, days, out);
            }
            (Column::Lists { ends, codes }, ColumnMemo::Lists { memos, lists }, Reader::Open(reader)) => {
                at.read_lists(reader, |code, _| Ok::<u32, &str>(code), memos, lists, ends, codes);
            }
            (Column::Lists { ends, codes }, ColumnMemo::Lists { memos, lists }, Reader::Closed(reader)) => {
                let on_day = |code, row: usize| reader.list.on_day(code, day_at(days, row));
                at.read_lists(reader, on_day, memos, lists, ends, codes);
            }
            (Column::Texts { cells, own }, _, _) => match &rule.text {
                TextRule::Id { marks, longest } => at.read_ids(marks, *longest, cells, own, &mut self.ids),
                TextRule::Masked => at.read_texts(true, cells, own),
                TextRule::Plain | TextRule::None => at.read_texts(false, cells, own),
            },
            (column, _, _) => fill_with_blanks(column, block),
        }
        self.columns[index] = column;
    }
}

fn derived_list(rules: &Rules, rule: &Rule) -> bool {
    rule.groups.as_ref().is_some_and(|(member, _)| !rules.columns[*member].split.is_empty())
}

fn day_at(days: Option<&[i32]>, row: usize) -> Option<i32> {
    days.and_then(|days| days.get(row).copied()).filter(|day| *day != NO_DAY)
}

fn fill_with_blanks(column: &mut Column, block: Block) {
    match column {
        Column::Days(days) => days.resize(block.to, NO_DAY),
        Column::Numbers(numbers) => numbers.resize(block.to, f64::NAN),
        Column::YesNo(answers) => answers.resize(block.to, None),
        Column::Codes(codes) => codes.resize(block.to, BLANK),
        Column::Lists { ends, codes } => ends.resize(block.to, codes.len() as u32),
        Column::Texts { cells, .. } => cells.resize(block.to, TextCell::Blank),
    }
}

/// The groups of the members in a block's rows; in a list each group once.
fn derive(columns: &mut [Column], index: usize, member: usize, groups: &Groups, block: Block) {
    let mut column = std::mem::replace(&mut columns[index], Column::Codes(Vec::new()));
    match (&columns[member], &mut column) {
        (Column::Codes(members), Column::Codes(out)) => {
            out.extend(members[block.from..block.to].iter().map(|member| groups.of(*member)));
        }
        (Column::Lists { ends: member_ends, codes: members }, Column::Lists { ends, codes }) => {
            for row in block.from..block.to {
                let start = codes.len();
                for member in list_at(member_ends, members, row) {
                    push_distinct(codes, start, groups.of(*member));
                }
                ends.push(codes.len() as u32);
            }
        }
        (_, column) => fill_with_blanks(column, block),
    }
    columns[index] = column;
}

/// The codes of a row of a list column.
#[inline]
pub fn list_at<'c>(ends: &[u32], codes: &'c [u32], row: usize) -> &'c [u32] {
    let start = if row == 0 { 0 } else { ends[row - 1] };
    &codes[start as usize..ends[row] as usize]
}

fn push_distinct(codes: &mut Vec<u32>, start: usize, code: u32) {
    if !codes[start..].contains(&code) {
        codes.push(code);
    }
}

/// A column of a block while it is being read.
struct At<'a, 'b, 'p> {
    rule: &'a Rule<'p>,
    index: u32,
    cell: usize,
    block: Block<'b>,
    notes: &'a mut Notes,
    prints: &'a mut [u64],
    scratch: &'a mut Vec<u8>,
}

impl At<'_, '_, '_> {
    #[inline]
    fn read<R: ReadCell>(&mut self, reader: &R, memos: &mut [Memo<Known<R::Value>>; 2], out: &mut Vec<R::Value>) {
        let memo = &mut memos[encoding_index(self.block.batch.encoding)];
        for row in self.block.from..self.block.to {
            let (known, cell) = self.known(row, |at, cell| known_of(reader, memo, at.block.batch, cell, at.scratch));
            self.prints[row] = mix(self.prints[row], known.print);
            out.push(match known.reading {
                Reading::Value(value) => value,
                other => self.without_value(reader, row, cell, other),
            });
        }
    }

    /// Reads a row's cell, or the one that stands in for it when it is blank.
    #[inline]
    fn known<V>(&mut self, row: usize, mut read: impl FnMut(&mut Self, RawCell) -> Known<V>) -> (Known<V>, RawCell) {
        let cell = self.block.cell(row, self.cell);
        let known = read(self, cell);
        match (&known.reading, self.rule.blank_from) {
            (Reading::Blank, Some(other)) => {
                let cell = self.block.cell(row, other);
                (read(self, cell), cell)
            }
            _ => (known, cell),
        }
    }

    #[cold]
    fn without_value<R: ReadCell>(
        &mut self,
        reader: &R,
        row: usize,
        cell: RawCell,
        reading: Reading<R::Value>,
    ) -> R::Value {
        match reading {
            Reading::Value(value) => value,
            Reading::Blank => (self.blank(row), R::BLANK).1,
            Reading::Mark(nothing) => (self.mark(row, nothing), R::BLANK).1,
            Reading::Bad => {
                let text = self.shown_if_safe(cell);
                self.bad(row, R::BAD, text, reader.bucket().is_some());
                reader.bucket().unwrap_or(R::BLANK)
            }
        }
    }

    fn blank(&mut self, row: usize) {
        if self.rule.required {
            self.fail(row, self.rule.missing, None);
        }
    }

    fn mark(&mut self, row: usize, nothing: Nothing) {
        self.blank(row);
        self.notes.marks.push((row as u32, self.index, nothing));
    }

    fn bad(&mut self, row: usize, code: Code, text: Option<Box<str>>, has_bucket: bool) {
        if self.rule.required && !has_bucket {
            return self.fail(row, code, text);
        }
        self.notes.problems.push(Flaw { row: row as u32, column: self.index, code, text });
    }

    fn fail(&mut self, row: usize, code: Code, text: Option<Box<str>>) {
        self.notes.failures.push(Flaw { row: row as u32, column: self.index, code, text });
    }

    fn shown_if_safe(&self, cell: RawCell) -> Option<Box<str>> {
        self.rule.safe.then(|| text::shown(self.block.batch, cell).into_boxed_str())
    }

    /// Settles the codes of renamed units by each row's day.
    fn rename(&mut self, reader: &ClosedReader, days: Option<&[i32]>, codes: &mut [u32]) {
        if !reader.list.has_renames() {
            return;
        }
        for row in self.block.from..self.block.to {
            codes[row] = match reader.list.on_day(codes[row], day_at(days, row)) {
                Ok(code) => code,
                Err(spelling) => self.unknown(reader, row, spelling),
            };
        }
    }

    fn unknown(&mut self, reader: &ClosedReader, row: usize, spelling: &str) -> u32 {
        let text = self.rule.safe.then(|| Box::from(spelling));
        self.bad(row, Code::UnknownCategory, text, true);
        reader.list.unknown()
    }

    #[allow(clippy::too_many_arguments)]
    fn read_lists<R: ReadCell<Value = u32>, E: AsRef<str>>(
        &mut self,
        reader: &R,
        on_day: impl Fn(u32, usize) -> Result<u32, E>,
        memos: &mut [Memo<Known<u32>>; 2],
        lists: &mut Vec<Box<[u32]>>,
        ends: &mut Vec<u32>,
        codes: &mut Vec<u32>,
    ) {
        let memo = &mut memos[encoding_index(self.block.batch.encoding)];
        let whole = WholeCell { reader, split: self.rule.split };
        for row in self.block.from..self.block.to {
            let (known, cell) =
                self.known(row, |at, cell| known_list(&whole, memo, lists, at.block.batch, cell, at.scratch));
            self.prints[row] = mix(self.prints[row], known.print);
            let start = codes.len();
            match known.reading {
                Reading::Value(list) => {
                    for code in lists.get(list as usize).map_or(&[][..], |list| list) {
                        let code = on_day(*code, row).unwrap_or_else(|spelling| {
                            let text = self.rule.safe.then(|| Box::from(spelling.as_ref()));
                            self.bad(row, R::BAD, text, true);
                            reader.bucket().unwrap_or(BLANK)
                        });
                        push_distinct(codes, start, code);
                    }
                    if reader.bucket().is_some_and(|bucket| codes[start..].contains(&bucket)) {
                        self.note_unknown_values(&whole, row, cell);
                    }
                }
                Reading::Bad => {
                    let text = self.shown_if_safe(cell);
                    self.bad(row, R::BAD, text, false);
                }
                Reading::Blank => self.blank(row),
                Reading::Mark(nothing) => self.mark(row, nothing),
            }
            ends.push(codes.len() as u32);
        }
    }

    /// Which of a cell's values are unknown: worked out anew, because it is rare.
    fn note_unknown_values<R: ReadCell<Value = u32>>(&mut self, whole: &WholeCell<R>, row: usize, cell: RawCell) {
        let text = text::shown(self.block.batch, cell);
        for value in whole.values(&text) {
            if whole.reader.text(value) == Reading::Bad {
                let text = self.rule.safe.then(|| Box::from(value));
                self.bad(row, R::BAD, text, true);
            }
        }
    }

    fn read_ids(
        &mut self,
        marks: &Marks,
        longest: usize,
        cells: &mut Vec<TextCell>,
        own: &mut Vec<u8>,
        ids: &mut Vec<IdHash>,
    ) {
        for row in self.block.from..self.block.to {
            let cell = self.text_cell(row, own);
            let id = text_bytes(self.block.batch, cell, own);
            let is_mark = id.len() <= longest && categories::mark(marks, &String::from_utf8_lossy(id)).is_some();
            if id.is_empty() || is_mark {
                self.fail(row, Code::MissingId, None);
                cells.push(TextCell::Blank);
                ids.push(IdHash::default());
            } else {
                ids.push(IdHash::of(id));
                cells.push(cell);
            }
        }
    }

    fn read_texts(&mut self, masked: bool, cells: &mut Vec<TextCell>, own: &mut Vec<u8>) {
        for row in self.block.from..self.block.to {
            let cell = self.text_cell(row, own);
            let text = text_bytes(self.block.batch, cell, own);
            self.prints[row] = mix(self.prints[row], hash(text, 0) as u32);
            if cell == TextCell::Blank {
                self.blank(row);
            }
            cells.push(if masked { mask(cell, self.block.batch, own) } else { cell });
        }
    }

    /// Where a row's text is, or that of the cell that stands in for it when it is blank.
    #[inline]
    fn text_cell(&mut self, row: usize, own: &mut Vec<u8>) -> TextCell {
        let cell = place(self.block.batch, self.block.cell(row, self.cell), own);
        match (cell, self.rule.blank_from) {
            (TextCell::Blank, Some(other)) => place(self.block.batch, self.block.cell(row, other), own),
            _ => cell,
        }
    }
}

/// Where a cell's trimmed text is: in the batch if it can stay there.
#[inline]
fn place(batch: &RawBatch, cell: RawCell, own: &mut Vec<u8>) -> TextCell {
    let (start, length, quoted) = match cell {
        RawCell::Empty | RawCell::Error => return TextCell::Blank,
        RawCell::Text { start, length } => (start, length, false),
        RawCell::QuotedText { start, length } => (start, length, true),
        _ => return own_text(own, text::shown(batch, cell).as_bytes()),
    };
    let bytes = text::slice(batch, start, length);
    let kept = text::trim(bytes, batch.encoding);
    let foreign = batch.encoding == TextEncoding::Windows1252 && !kept.is_ascii();
    if kept.is_empty() {
        TextCell::Blank
    } else if foreign || quoted && memchr::memchr(b'"', kept).is_some() {
        let start = own.len();
        text::push_text(kept, quoted, batch.encoding, own);
        TextCell::Own { start: start as u32, length: (own.len() - start) as u32 }
    } else {
        let before = kept.as_ptr() as usize - bytes.as_ptr() as usize;
        TextCell::Raw { start: start + before as u32, length: kept.len() as u32 }
    }
}

fn own_text(own: &mut Vec<u8>, text: &[u8]) -> TextCell {
    let start = own.len() as u32;
    own.extend_from_slice(text);
    TextCell::Own { start, length: text.len() as u32 }
}

/// The text without what identifies a person.
fn mask(cell: TextCell, batch: &RawBatch, own: &mut Vec<u8>) -> TextCell {
    let masked = match personal_data::mask(&String::from_utf8_lossy(text_bytes(batch, cell, own))) {
        Cow::Borrowed(_) => return cell,
        Cow::Owned(masked) => masked,
    };
    own_text(own, masked.as_bytes())
}

/// The bytes of a text: UTF-8, unless the export said so and was wrong (then `gather` repairs them).
#[inline]
pub fn text_bytes<'a>(batch: &'a RawBatch, cell: TextCell, own: &'a [u8]) -> &'a [u8] {
    match cell {
        TextCell::Blank => &[],
        TextCell::Raw { start, length } => text::slice(batch, start, length),
        TextCell::Own { start, length } => own.get(start as usize..(start + length) as usize).unwrap_or_default(),
    }
}

fn encoding_index(encoding: TextEncoding) -> usize {
    usize::from(encoding == TextEncoding::Windows1252)
}

#[inline]
fn mix(print: u64, value: u32) -> u64 {
    (print.rotate_left(23) ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
fn known_of<R: ReadCell>(
    reader: &R,
    memo: &mut Memo<Known<R::Value>>,
    batch: &RawBatch,
    cell: RawCell,
    scratch: &mut Vec<u8>,
) -> Known<R::Value> {
    let reading = match cell {
        RawCell::Empty | RawCell::Text { length: 0, .. } => return Known::default(),
        RawCell::Text { start, length } => {
            let bytes = text::slice(batch, start, length);
            return memo.get(bytes, || known_text(reader, bytes, batch.encoding));
        }
        RawCell::QuotedText { .. } => {
            let bytes = text::bytes_of(batch, cell, scratch).unwrap_or_default();
            return memo.get(bytes, || known_text(reader, bytes, batch.encoding));
        }
        RawCell::Number(number) => reader.number(number),
        RawCell::PercentNumber(number) => reader.percent(number),
        RawCell::Day(day) => reader.day(day),
        RawCell::Bool(flag) => reader.flag(flag),
        RawCell::Error => Reading::Bad,
    };
    with_print(reader, reading, b"")
}

fn known_text<R: ReadCell>(reader: &R, bytes: &[u8], encoding: TextEncoding) -> Known<R::Value> {
    let text = text::decode(text::trim(bytes, encoding), encoding);
    let reading = if text.is_empty() { Reading::Blank } else { reader.text(&text) };
    with_print(reader, reading, text.as_bytes())
}

fn with_print<R: ReadCell>(reader: &R, reading: Reading<R::Value>, text: &[u8]) -> Known<R::Value> {
    let print = match reading {
        Reading::Value(value) => reader.print(value),
        Reading::Blank => 0,
        Reading::Mark(nothing) => 0xffff_fff0 | nothing as u32,
        Reading::Bad => hash(text, 1) as u32,
    };
    Known { reading, print }
}

/// The reader of a cell that may hold several values.
struct WholeCell<'a, R> {
    reader: &'a R,
    split: &'a [String],
}

impl<R: ReadCell<Value = u32>> WholeCell<'_, R> {
    /// The values in a cell's text. A declared label that holds a separator is one value.
    fn values<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let one = self.reader.bucket().is_some() && matches!(self.reader.text(text), Reading::Value(_));
        if one { vec![text] } else { categories::split(text, self.split) }
    }

    /// The codes in a cell's text, unknown ones as the bucket; a cell that is a mark as a whole holds none.
    fn read(&self, text: &str) -> Reading<Box<[u32]>> {
        if let Reading::Mark(nothing) = self.reader.text(text) {
            return Reading::Mark(nothing);
        }
        let code = |value: &str| match self.reader.text(value) {
            Reading::Value(code) => Some(code),
            Reading::Bad => self.reader.bucket(),
            Reading::Blank | Reading::Mark(_) => None,
        };
        let codes: Vec<u32> = self.values(text).into_iter().filter_map(code).collect();
        if codes.is_empty() { Reading::Blank } else { Reading::Value(codes.into_boxed_slice()) }
    }
}

fn known_list<R: ReadCell<Value = u32>>(
    whole: &WholeCell<R>,
    memo: &mut Memo<Known<u32>>,
    lists: &mut Vec<Box<[u32]>>,
    batch: &RawBatch,
    cell: RawCell,
    scratch: &mut Vec<u8>,
) -> Known<u32> {
    match cell {
        RawCell::Empty => Known::default(),
        RawCell::Error => Known { reading: Reading::Bad, print: 1 },
        RawCell::Text { .. } | RawCell::QuotedText { .. } => {
            let bytes = text::bytes_of(batch, cell, scratch).unwrap_or_default();
            memo.get(bytes, || new_list(whole, &text::decode(text::trim(bytes, batch.encoding), batch.encoding), lists))
        }
        _ => {
            let text = text::shown(batch, cell);
            memo.get(text.as_bytes(), || new_list(whole, &text, lists))
        }
    }
}

fn new_list<R: ReadCell<Value = u32>>(whole: &WholeCell<R>, text: &str, lists: &mut Vec<Box<[u32]>>) -> Known<u32> {
    let reading = if text.is_empty() { Reading::Blank } else { whole.read(text) };
    let print_of = |codes: &[u32]| codes.iter().fold(1, |print, code| mix(print, whole.reader.print(*code))) as u32;
    let (reading, print) = match reading {
        Reading::Value(codes) => {
            let print = print_of(&codes);
            lists.push(codes);
            (Reading::Value(lists.len() as u32 - 1), print)
        }
        Reading::Mark(nothing) => (Reading::Mark(nothing), 0xffff_fff0 | nothing as u32),
        Reading::Blank => (Reading::Blank, 0),
        Reading::Bad => (Reading::Bad, 1),
    };
    Known { reading, print }
}
