//! What an xls workbook would take in memory: its container says how long its streams are and where they go on, its
//! records where the cells stand, and neither is believed further than the file goes.
//!
//! In: the file. Out: nothing, or why it is not read. Never: judges what is in a cell. Where the file makes no sense, its
//! reader says so.
//! Source: Microsoft, [MS-CFB] 2.2–2.6 and [MS-XLS] 2.4 (2021).

use std::fs::File;
use std::io::{Read, Seek};

use crate::vocabulary::limits::{Limits, Over};

use super::open::Trouble;

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

/// Bytes of a stream that is kept among the small ones, and of one of their sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// How often all sheets together may read the stream of records: each has its own part of it.
const MOST_READINGS: usize = 4;

/// Rows and columns that the format has room for.
const MOST_ROWS: u32 = 65_536;
const MOST_COLUMNS: u32 = 256;

/// Holds the workbook against the limits.
pub(super) fn weigh(file: &mut File, limits: &Limits) -> Result<(), Trouble> {
    let length = file.seek(std::io::SeekFrom::End(0)).unwrap_or(0);
    if length > limits.texts_mib << 20 {
        let message = say!("ingest-texts-would-unpack-to-mib", mib = length >> 20);
        return Err(Trouble::Over(Over { message, key: "texts_mib" }));
    }
    let mut bytes = Vec::new();
    if file.rewind().and_then(|()| file.read_to_end(&mut bytes)).is_err() {
        return Ok(());
    }
    let Some(stream) = Container::of(&bytes).map_or(Ok(None), |container| container.workbook())? else {
        return Ok(());
    };
    let cells = cells_of(&stream)?;
    if cells > limits.cells {
        return Err(Trouble::Over(Over { message: say!("ingest-workbook-has-so-many-cells", cells), key: "cells" }));
    }
    Ok(())
}

fn endless() -> Trouble {
    Trouble::Damaged(say!("ingest-parts-do-not-fit-together"))
}

fn short(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| long(four, 0)).collect()
}

/// A file that holds streams as a disk holds files.
struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
}

impl<'b> Container<'b> {
    fn of(bytes: &'b [u8]) -> Option<Container<'b>> {
        let sector = match short(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut container = Container { bytes, sector, next: Vec::new() };
        let mut tables = longs(bytes.get(76..512)?);
        let (mut more, mut left) = (long(bytes, 68)?, bytes.len() / sector + 1);
        while more < LAST_SECTOR && left > 0 {
            tables.extend(longs(container.sector(more)?));
            more = tables.pop()?;
            left -= 1;
        }
        tables.truncate(bytes.len() / sector + 1);
        let tables = tables.into_iter().filter(|table| *table < LAST_SECTOR);
        container.next = tables.filter_map(|table| container.sector(table)).flat_map(longs).collect();
        Some(container)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let at = (number as usize + 1).checked_mul(self.sector)?;
        let rest = self.bytes.get(at..)?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// A stream up to its length or its end; an error if it goes round in a circle, or says that it is longer than the
    /// file.
    fn chain(&self, first: u32, length: Option<usize>) -> Result<Vec<u8>, Trouble> {
        if length.is_some_and(|length| length > self.bytes.len()) {
            return Err(endless());
        }
        follow(first, &self.next, self.bytes.len(), |sector| self.sector(sector)).map(|mut stream| {
            stream.truncate(length.unwrap_or(usize::MAX));
            stream
        })
    }

    /// The records of the workbook, if there are any.
    fn workbook(&self) -> Result<Option<Vec<u8>>, Trouble> {
        let directory = self.chain(long(self.bytes, 48).unwrap_or(END_OF_CHAIN), None)?;
        let entries = || directory.chunks_exact(128);
        let place = |entry: &[u8]| (long(entry, 116).unwrap_or(END_OF_CHAIN), long(entry, 120).unwrap_or(0) as usize);
        let named = |name: &str| {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
            entries().find(|entry| entry[..name.len()].eq_ignore_ascii_case(&name)).map(place)
        };
        let (root, root_length) = entries().next().map(place).unwrap_or((END_OF_CHAIN, 0));
        let small_table = (long(self.bytes, 64).unwrap_or(0) as usize).saturating_mul(self.sector);
        let (mut small, mut small_next) = (Vec::new(), Vec::new());
        if small_table > 0 {
            small = self.chain(root, Some(root_length))?;
            small_next = longs(&self.chain(long(self.bytes, 60).unwrap_or(END_OF_CHAIN), Some(small_table))?);
        }
        let Some((first, length)) = named("Workbook").or_else(|| named("Book")) else { return Ok(None) };
        if length >= SMALL {
            return self.chain(first, Some(length)).map(Some);
        }
        let sector = |number: u32| small.chunks(SMALL_SECTOR).nth(number as usize);
        follow(first, &small_next, small.len(), sector).map(Some)
    }
}

/// Sectors one after the other; no chain is longer than all that there is.
fn follow<'s>(
    first: u32,
    next: &[u32],
    most: usize,
    sector: impl Fn(u32) -> Option<&'s [u8]>,
) -> Result<Vec<u8>, Trouble> {
    let (mut stream, mut at) = (Vec::new(), first);
    while let Some(bytes) = sector(at) {
        stream.extend_from_slice(bytes);
        if stream.len() > most {
            return Err(endless());
        }
        match next.get(at as usize) {
            Some(following) => at = *following,
            None => break,
        }
    }
    Ok(stream)
}

/// Records from a place in the stream on: kind and content.
fn records(stream: &[u8], at: usize) -> impl Iterator<Item = (u32, &[u8])> {
    let mut at = at;
    std::iter::from_fn(move || {
        let (kind, length) = (short(stream, at)?, short(stream, at + 2)? as usize);
        let content = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, content))
    })
}

const BEGIN: u32 = 0x0809;
const END: u32 = 0x000A;
const SHEET: u32 = 0x0085;
const DIMENSIONS: u32 = 0x0200;
const MANY_NUMBERS: u32 = 0x00BD;
const CELLS: [u32; 8] = [0x0006, MANY_NUMBERS, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];

/// Cells of all sheets, gaps counted.
fn cells_of(stream: &[u8]) -> Result<u64, Trouble> {
    let sheets = records(stream, 0).take_while(|(kind, _)| *kind != END).filter(|(kind, _)| *kind == SHEET);
    let (mut cells, mut left) = (0, stream.len().saturating_mul(MOST_READINGS));
    for at in sheets.filter_map(|(_, content)| long(content, 0)) {
        let (area, read) = area(stream, at as usize)?;
        left = left.checked_sub(read).ok_or_else(endless)?;
        cells += area;
    }
    Ok(cells)
}

/// The cells from the first of a sheet to its last, and how many bytes were read to tell.
fn area(stream: &[u8], at: usize) -> Result<(u64, usize), Trouble> {
    let (mut depth, mut read) = (0u32, 0);
    let mut bounds: Option<[u32; 4]> = None;
    for (kind, content) in records(stream, at) {
        read += 4 + content.len();
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // What stands within a sheet, a chart say, has cells of its own.
            _ if depth > 1 => {}
            DIMENSIONS if !are_sound(content) => return Err(endless()),
            kind if CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (short(content, 0), short(content, 2)) else { continue };
                let last = content.len().checked_sub(2).filter(|_| kind == MANY_NUMBERS);
                let last = last.and_then(|at| short(content, at)).map_or(column, |last| last.max(column));
                let [top, bottom, left, right] = bounds.unwrap_or([row, row, column, last]);
                bounds = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
            }
            _ => {}
        }
    }
    let area = |[top, bottom, left, right]: [u32; 4]| u64::from(bottom - top + 1) * u64::from(right - left + 1);
    Ok((bounds.map_or(0, area), read))
}

/// Room is made for what a sheet says of its size before a cell is read.
fn are_sound(content: &[u8]) -> bool {
    let (rows, columns) = match content.len() {
        10 => ((short(content, 0), short(content, 2)), (short(content, 4), short(content, 6))),
        14 | 16 => ((long(content, 0), long(content, 4)), (short(content, 8), short(content, 10))),
        _ => return true,
    };
    let last = |(_, last): (Option<u32>, Option<u32>)| last.unwrap_or(0);
    let is_forward = |(first, last): (Option<u32>, Option<u32>)| last == Some(0) || first <= last;
    last(rows) <= MOST_ROWS && last(columns) <= MOST_COLUMNS && is_forward(rows)
}
