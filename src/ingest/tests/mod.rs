//! Whole files through `read_source`: what comes out of the sink, and what stands at the door.

mod delimited;

mod workbook;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::diagnostic::Code;
use crate::domain::balance::{Fate, Origin, Tally};
use crate::domain::period::date_of;
use crate::vocabulary::fixtures;
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan, Layout, Noun, WidePlan};
use crate::vocabulary::spec::{OutsidePeriod, SourceKind};

/// A source plan with these columns (name and header, both the same), all of them free categories.
pub(super) fn source(kind: SourceKind, columns: &[&str]) -> SourcePlan {
    let layout = Layout {
        header_rows: 1,
        total_labels: ["totalt", "total", "summa", "totalsumma", "samtliga"].map(String::from).to_vec(),
        ..Layout::default()
    };
    let columns = columns.iter().map(|name| column(name, &[name])).collect();
    let noun = Noun { one: "rad".into(), many: "rader".into(), neuter: false, definite: None, definite_many: None };
    let outside_period = OutsidePeriod::Keep;
    SourcePlan { title: "Prov".into(), noun, layout, outside_period, ..fixtures::source("prov", kind, columns) }
}

pub(super) fn column(name: &str, headers: &[&str]) -> ColumnPlan {
    let headers = headers.iter().map(|header| header.to_string()).collect();
    ColumnPlan { headers, ..fixtures::column(name, ColumnKindPlan::OpenCategory) }
}

pub(super) fn wide(headers: &[&str]) -> WidePlan {
    WidePlan { headers: headers.iter().map(|header| header.to_string()).collect(), set: Vec::new(), fraction: false }
}

/// A row as it reached the sink: file, sheet, Excel row, and the cells as text (numbers as `n:`, days as `d:` …).
pub(super) type Row = (String, Option<String>, u32, Vec<String>);

#[derive(Debug)]
pub(super) struct Seen {
    pub rows: Vec<Row>,
    pub files: Vec<FileSeen>,
}

impl Seen {
    pub(super) fn cells(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|(.., cells)| cells.iter().map(String::as_str).collect()).collect()
    }

    pub(super) fn numbers(&self) -> Vec<u32> {
        self.rows.iter().map(|(_, _, row, _)| *row).collect()
    }

    /// Fates of the only sheet, without data rows.
    pub(super) fn fates(&self) -> Vec<(Fate, u64)> {
        assert_eq!(self.files.iter().map(|file| file.sheets.len()).sum::<usize>(), 1);
        fates_of(&self.files[0].sheets[0].tally)
    }
}

pub(super) fn fates_of(tally: &Tally) -> Vec<(Fate, u64)> {
    let rows = [Fate::Heading, Fate::Blank, Fate::TotalRow, Fate::Footnote];
    let total: u64 = (0..2_000_000).find(|rows| tally.clone().close(origin(), *rows).is_ok()).expect("closes");
    let balance = tally.clone().close(origin(), total).expect("closes");
    rows.into_iter().map(|fate| (fate, balance.of(fate))).filter(|(_, rows)| *rows > 0).collect()
}

fn origin() -> Origin {
    Origin { source: "prov".into(), file: "prov".into(), sheet: None }
}

/// Reads files and checks what holds for all of them: each sequence number once, and doors that add up.
pub(super) fn read(source: &SourcePlan, files: &[PathBuf], threads: usize) -> Result<Seen, Failure> {
    let batches: Mutex<BTreeMap<u64, Vec<Row>>> = Mutex::default();
    let abort = AtomicBool::new(false);
    let sink = |batch: &RawBatch| {
        let rows = rows_of(batch);
        assert!(batches.lock().expect("whole").insert(batch.sequence, rows).is_none(), "each number once");
        Ok(())
    };
    let files = read_source(source, Reading { files, threads, abort: &abort }, &sink)?;
    let batches = batches.into_inner().expect("whole");
    assert!(batches.keys().copied().eq(0..batches.len() as u64), "numbers without gaps");
    let rows: Vec<Row> = batches.into_values().flatten().collect();
    for (file, door) in files.iter().flat_map(|file| file.sheets.iter().map(move |door| (file, door))) {
        let data = rows.iter().filter(|row| row.0 == file.file_name && row.1 == door.sheet).count() as u64;
        let mut tally = door.tally.clone();
        tally.add(Fate::Kept, data);
        tally.close(origin(), door.rows).expect("every row has one fate");
    }
    Ok(Seen { rows, files })
}

fn rows_of(batch: &RawBatch) -> Vec<Row> {
    assert_eq!(batch.cells.len(), batch.rows.len() * batch.width);
    let cells = batch.cells.chunks(batch.width.max(1)).map(|row| row.iter().map(|cell| shown(cell, batch)).collect());
    let place = |row: &u32| (batch.file_name.to_string(), batch.sheet.as_ref().map(|sheet| sheet.to_string()), *row);
    batch.rows.iter().map(place).zip(cells).map(|((file, sheet, row), cells)| (file, sheet, row, cells)).collect()
}

fn shown(cell: &RawCell, batch: &RawBatch) -> String {
    let text = |start: u32, length: u32| {
        let bytes = &batch.text[start as usize..(start + length) as usize];
        super::encoding::decode(bytes, batch.encoding).into_owned()
    };
    match *cell {
        RawCell::Empty => String::new(),
        RawCell::Text { start, length } => text(start, length),
        RawCell::QuotedText { start, length } => text(start, length).replace("\"\"", "\""),
        RawCell::Number(number) => format!("n:{number}"),
        RawCell::PercentNumber(number) => format!("p:{number}"),
        RawCell::Day(day) => format!("d:{}", date_of(day)),
        RawCell::Bool(yes) => format!("b:{yes}"),
        RawCell::Error => "#".into(),
    }
}

/// Writes a file into a folder of its own.
pub(super) fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("written");
    path
}

/// A file of `sample-data/`.
pub(super) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

/// The code of each diagnostic.
pub(super) fn codes(result: Result<Seen, Failure>) -> Vec<Code> {
    result.expect_err("must fail").diagnostics.iter().map(|problem| problem.code).collect()
}

/// A source that reads these files or patterns.
pub(super) fn source_of_files(patterns: &[&str]) -> SourcePlan {
    let files = patterns.iter().map(|pattern| pattern.to_string()).collect();
    SourcePlan { files, ..source(SourceKind::Events, &["Nr"]) }
}
