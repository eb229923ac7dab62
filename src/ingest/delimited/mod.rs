//! Delimited files: csv, tsv and their kin, read in parallel chunks.
//!
//! In: files. Out: batches whose text is a chunk of the file itself. One lock orders the work: under it `feeder` reads the
//! next chunk and cuts it between records; outside it each worker splits its own chunk (`split`) and hands it over.
//! `structure` finds the ends of cells and records by quote parity, 64 bytes at a time (`masks`); `careful` reads what
//! is not well formed.

mod bytes;

mod careful;

mod detect;

mod feeder;

mod masks;

mod split;

mod structure;

pub(super) mod whole;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Failure;
use crate::domain::balance::{Fate, Tally};

use super::asked::Asked;
use super::files::Input;
use super::handover::{Flight, Handover};
use super::labels::LabelFilter;
use super::{FileSeen, RawBatch, SheetDoor};

use feeder::{Chunk, Done, Feeder, Opened, Pace};

/// Reads delimited files; failures go to the handover. What is returned is complete only if nothing failed.
pub(super) fn read(inputs: &[Input], asked: &Asked, threads: usize, handover: &Handover<'_>) -> Vec<FileSeen> {
    // A file that cannot be asked for its size fails when it is opened, with its name.
    let bytes = |input: &Input| std::fs::metadata(&input.path).map_or(0, |metadata| metadata.len());
    read_at(Pace::of(inputs.iter().map(bytes).sum()), inputs, asked, threads, handover)
}

fn read_at(pace: Pace, inputs: &[Input], asked: &Asked, threads: usize, handover: &Handover<'_>) -> Vec<FileSeen> {
    let shared = Shared {
        asked,
        handover,
        labels: LabelFilter::new(&asked.layout.total_labels),
        feeder: Mutex::new(Feeder::new(inputs, asked, pace)),
        tallies: Mutex::default(),
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| shared.work());
        }
        shared.work();
    });
    let feeder = shared.feeder.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut tallies = shared.tallies.into_inner().unwrap_or_else(PoisonError::into_inner);
    feeder.done.into_iter().map(|done| seen(done, &mut tallies)).collect()
}

/// Opens a file and looks for its header.
pub(super) fn try_header(input: &Input, asked: &Asked) -> Result<(), Failure> {
    Opened::new(input, asked).map(|_| ())
}

struct Shared<'a, 'h> {
    asked: &'a Asked,
    handover: &'a Handover<'h>,
    labels: LabelFilter,
    feeder: Mutex<Feeder<'a>>,
    /// By the file's index.
    tallies: Mutex<BTreeMap<u32, Tally>>,
}

impl<'h> Shared<'_, 'h> {
    /// What each thread does: take a chunk, split it, hand it over, until there are no more.
    fn work(&self) {
        let mut batch = RawBatch::empty();
        while let Some((chunk, flight)) = self.take(&mut batch.text) {
            match split::split(&chunk, self.asked, &self.labels, &mut batch) {
                Ok(tally) => {
                    self.count(chunk.table.input.index, &tally);
                    flight.deliver(&mut batch);
                }
                Err(failure) => flight.fail(failure.into()),
            }
        }
    }

    fn take(&self, text: &mut Vec<u8>) -> Option<(Chunk, Flight<'_, 'h>)> {
        let mut feeder = self.feeder.lock().unwrap_or_else(PoisonError::into_inner);
        if self.handover.stopped() {
            return None;
        }
        match feeder.next(text) {
            Ok(chunk) => chunk.map(|chunk| (chunk, self.handover.depart())),
            Err(stop) => {
                let flight = self.handover.depart();
                drop(feeder);
                flight.fail(stop);
                None
            }
        }
    }

    fn count(&self, file: u32, tally: &Tally) {
        self.tallies.lock().unwrap_or_else(PoisonError::into_inner).entry(file).or_default().merge(tally);
    }
}

fn seen(done: Done, tallies: &mut BTreeMap<u32, Tally>) -> FileSeen {
    let table = &done.table;
    let mut tally = tallies.remove(&table.input.index).unwrap_or_default();
    tally.add(Fate::Heading, u64::from(table.placement.header_row));
    let door = SheetDoor {
        file_name: table.input.name.to_string(),
        sheet: None,
        rows: done.records,
        tally,
        columns: table.placement.excel_columns(),
        headers: table.placement.headers.clone(),
        encoding: Some(table.charset.name()),
    };
    FileSeen {
        file_name: door.file_name.clone(),
        bytes: done.bytes,
        digest: done.digest,
        sheets: vec![door],
        warnings: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::AtomicBool;

    use proptest::prelude::*;

    use super::super::files::identify;
    use super::super::{RawCell, tests as fixture};
    use super::*;
    use crate::vocabulary::spec::SourceKind;

    type Rows = Vec<(u32, Vec<Vec<u8>>)>;

    /// All rows and the door's count, read in chunks of a few bytes.
    fn read_in_chunks(content: &[u8], chunk_bytes: usize, kind: SourceKind) -> Result<(Rows, u64), Failure> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = fixture::file(folder.path(), "prov.csv", [b"a;b;c\n", content].concat());
        let mut source = fixture::source(kind, &["a", "b", "c"]);
        source.layout.header_row = Some(1);
        source.layout.delimiter = Some(b';');
        source.layout.encoding = Some("windows-1252".into());
        let asked = Asked::of(&source);
        let rows: Mutex<BTreeMap<u64, Rows>> = Mutex::default();
        let abort = AtomicBool::new(false);
        let sink = |batch: &RawBatch| {
            rows.lock().expect("whole").insert(batch.sequence, rows_of(batch));
            Ok(())
        };
        let handover = Handover::new(&abort, &sink);
        let pace = Pace { chunk_bytes, longest_record: 4096, held_bytes: 1 << 20 };
        let seen = read_at(pace, &identify(&[path])?, &asked, 2, &handover);
        handover.close().map_err(|stop| stop.failure)?;
        let rows: Rows = rows.into_inner().expect("whole").into_values().flatten().collect();
        let mut tally = seen[0].sheets[0].tally.clone();
        tally.add(Fate::Kept, rows.len() as u64);
        let origin = crate::domain::balance::Origin { source: String::new(), file: String::new(), sheet: None };
        tally.close(origin, seen[0].sheets[0].rows)?;
        Ok((rows, seen[0].sheets[0].rows))
    }

    fn rows_of(batch: &RawBatch) -> Rows {
        let cell = |cell: &RawCell| match *cell {
            RawCell::Text { start, length } => batch.text[start as usize..(start + length) as usize].to_vec(),
            RawCell::QuotedText { start, length } => {
                let bytes = &batch.text[start as usize..(start + length) as usize];
                String::from_utf8_lossy(bytes).replace("\"\"", "\"").into_bytes()
            }
            _ => Vec::new(),
        };
        let cells = batch.cells.chunks(batch.width).map(|row| row.iter().map(cell).collect());
        batch.rows.iter().copied().zip(cells).collect()
    }

    /// The same rows by the csv crate, which leaves out records without any byte.
    fn read_by_csv(content: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(content);
        let records = reader.byte_records().map(|record| record.expect("in memory"));
        let cells = |record: csv::ByteRecord| (0..3).map(|cell| record.get(cell).unwrap_or(b"").to_vec()).collect();
        records
            .filter(|record| record.iter().any(|cell| !cell.iter().all(u8::is_ascii_whitespace)))
            .map(cells)
            .collect()
    }

    fn any_cell() -> impl Strategy<Value = String> {
        prop_oneof![3 => "[a-d]{0,4}", 1 => "[a-d;\"\r\n ]{0,6}"]
    }

    /// A record as a careful writer, or a careless one, writes it.
    fn any_record() -> impl Strategy<Value = String> {
        let written = (any_cell(), any::<bool>()).prop_map(|(cell, quoted)| {
            let must = cell.contains([';', '"', '\r', '\n']);
            if must || quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
        });
        let end = prop_oneof![Just("\n"), Just("\r\n"), Just("\r")];
        (proptest::collection::vec(written, 0..5), end).prop_map(|(cells, end)| cells.join(";") + end)
    }

    proptest! {
        #[test]
        fn chunks_of_any_size_give_what_the_csv_crate_gives(
            records in proptest::collection::vec(any_record(), 0..30), chunk_bytes in 1usize..200
        ) {
            let text = records.concat();
            let (rows, _) = read_in_chunks(text.as_bytes(), chunk_bytes, SourceKind::Register).expect("well formed");
            let expected: Vec<Vec<Vec<u8>>> = read_by_csv(text.as_bytes());
            // Total labels and footnotes cannot be made of a–d; a lone row below a gap can.
            let lone = |row: &Vec<Vec<u8>>| row.iter().filter(|cell| !cell.iter().all(u8::is_ascii_whitespace)).count() < 2;
            let cells: Vec<Vec<Vec<u8>>> = rows.into_iter().map(|(_, cells)| cells).filter(|row| !lone(row)).collect();
            let expected: Vec<Vec<Vec<u8>>> = expected.into_iter().filter(|row| !lone(row)).collect();
            prop_assert_eq!(cells, expected);
        }

        #[test]
        fn any_bytes_give_the_same_in_chunks_as_at_once(
            text in "[ab;\"\r\n]{0,200}", chunk_bytes in 1usize..50, events in any::<bool>()
        ) {
            let kind = if events { SourceKind::Events } else { SourceKind::Observations };
            let whole = read_in_chunks(text.as_bytes(), 1 << 20, kind).map_err(|failure| failure.diagnostics);
            let chunked = read_in_chunks(text.as_bytes(), chunk_bytes, kind).map_err(|failure| failure.diagnostics.len());
            prop_assert_eq!(whole.map_err(|diagnostics| diagnostics.len()), chunked);
        }
    }

    #[test]
    fn a_record_longer_than_any_is_told_before_it_fills_the_memory() {
        let text = format!("1;x;y\n2;\"{}", "och så vidare\n".repeat(2000));
        let failure = read_in_chunks(text.as_bytes(), 512, SourceKind::Events).expect_err("never ends");
        assert!(
            failure.diagnostics[0].message.contains("record 3 is longer than"),
            "{}",
            failure.diagnostics[0].message
        );
    }
}
