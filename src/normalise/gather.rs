//! The kept rows of a column, in the form in which `store` writes them.
//!
//! In: a typed column and the rows to take, in order; a row may be taken several times. Out: a [`BatchColumn`].
//! Never: bytes that are not UTF-8 — all text of a batch is checked at once, and repaired only if that fails.

use std::sync::Arc;

use crate::ingest::RawBatch;
use crate::store::{BLANK, BatchColumn, TextColumn};

use super::block::Lists;
use super::columns::Column;
use super::readers::Reader;
use super::rules::Rule;
use super::texts::{TextCell, Texts};

/// The values of `rows`.
pub(super) fn gather(rule: &Rule, column: &Column, rows: &[u32], batch: &RawBatch) -> BatchColumn {
    match column {
        Column::Days(days) => BatchColumn::Days(take(days, rows)),
        Column::Numbers(numbers) => BatchColumn::Numbers(take(numbers, rows)),
        Column::YesNo(answers) => BatchColumn::YesNo(take(answers, rows)),
        Column::Codes(codes) => {
            let (codes, labels) = labelled(rule, take(codes, rows));
            BatchColumn::Labels { codes, labels }
        }
        Column::Lists(lists) => {
            let (offsets, codes) = take_lists(lists, rows);
            let (codes, labels) = labelled(rule, codes);
            BatchColumn::Lists { offsets, codes, labels }
        }
        Column::Texts(texts) => BatchColumn::Texts(take_texts(texts, rows, batch)),
    }
}

fn take<V: Copy>(values: &[V], rows: &[u32]) -> Vec<V> {
    if rows.len() == values.len() && rows.iter().enumerate().all(|(index, row)| index == *row as usize) {
        return values.to_vec();
    }
    rows.iter().map(|row| values[*row as usize]).collect()
}

fn take_lists(lists: &Lists, rows: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let (mut offsets, mut taken) = (Vec::with_capacity(rows.len() + 1), Vec::with_capacity(lists.all_codes().len()));
    offsets.push(0);
    for row in rows {
        taken.extend_from_slice(lists.row(*row as usize));
        offsets.push(taken.len() as u32);
    }
    (offsets, taken)
}

/// Codes with the labels that they index: a list's own, or those of an open column that occur here, newly numbered.
fn labelled(rule: &Rule, codes: Vec<u32>) -> (Vec<u32>, Vec<Arc<str>>) {
    match (&rule.groups, &rule.reader) {
        (Some((_, groups)), _) => (codes, groups.labels().to_vec()),
        (None, Reader::Closed(closed)) => (codes, closed.list.labels().to_vec()),
        (None, Reader::Open(open)) => {
            let (codes, occurring) = renumber(codes);
            (codes, open.labels.labels_of(&occurring))
        }
        (None, _) => (codes, Vec::new()),
    }
}

/// Numbers codes by first occurrence; the codes that occur, in that order.
fn renumber(mut codes: Vec<u32>) -> (Vec<u32>, Vec<u32>) {
    let most = codes.iter().filter(|code| **code != BLANK).max().map_or(0, |most| *most as usize + 1);
    let (mut numbers, mut occurring) = (vec![BLANK; most], Vec::new());
    for code in codes.iter_mut().filter(|code| **code != BLANK) {
        let number = &mut numbers[*code as usize];
        if *number == BLANK {
            *number = occurring.len() as u32;
            occurring.push(*code);
        }
        *code = *number;
    }
    (codes, occurring)
}

fn take_texts(texts: &Texts, rows: &[u32], batch: &RawBatch) -> TextColumn {
    let length = |row: &u32| texts.bytes(batch, *row as usize).len();
    let mut taken = TextColumn {
        bytes: Vec::with_capacity(rows.iter().map(length).sum()),
        ends: Vec::with_capacity(rows.len()),
        present: Vec::with_capacity(rows.len()),
    };
    for row in rows {
        taken.bytes.extend_from_slice(texts.bytes(batch, *row as usize));
        taken.ends.push(taken.bytes.len() as u32);
        taken.present.push(texts.cells[*row as usize] != TextCell::Blank);
    }
    if is_text(&taken) { taken } else { repaired(taken) }
}

/// All bytes are UTF-8, and every text begins at a letter.
fn is_text(texts: &TextColumn) -> bool {
    let begins = |end: &u32| texts.bytes.get(*end as usize).is_none_or(|byte| byte & 0xc0 != 0x80);
    simdutf8::basic::from_utf8(&texts.bytes).is_ok() && texts.ends.iter().all(begins)
}

/// The same texts with U+FFFD for bytes that are none.
fn repaired(broken: TextColumn) -> TextColumn {
    let mut texts = TextColumn { present: broken.present, ..TextColumn::default() };
    let mut start = 0;
    for end in broken.ends {
        texts.bytes.extend_from_slice(String::from_utf8_lossy(&broken.bytes[start..end as usize]).as_bytes());
        texts.ends.push(texts.bytes.len() as u32);
        start = end as usize;
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_numbered_by_first_occurrence() {
        assert_eq!(renumber(vec![7, BLANK, 3, 7]), (vec![0, BLANK, 1, 0], vec![7, 3]));
        assert_eq!(renumber(vec![BLANK]), (vec![BLANK], vec![]));
    }

    #[test]
    fn broken_text_is_repaired_and_whole_text_is_not_touched() {
        let column =
            |bytes: &[u8], ends: Vec<u32>| TextColumn { bytes: bytes.to_vec(), present: vec![true; ends.len()], ends };
        // "å" torn between two texts is valid as a whole, but not text by text.
        let torn = column("å".as_bytes(), vec![1, 2]);
        assert!(!is_text(&torn));
        assert_eq!(repaired(torn), column("\u{fffd}\u{fffd}".as_bytes(), vec![3, 6]));
        assert!(is_text(&column("åb".as_bytes(), vec![2, 3])));
    }
}
