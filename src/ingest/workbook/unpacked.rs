//! A zip archive as the library above sees it: the same parts, none of them packed.
//!
//! In: an archive. Out: bytes of one whose parts are stored as they are, unpacked where they are asked for, so that what
//! comes out of a small file is held against `[limits]` while it comes out. Never: holds a part in memory.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::bufread::DeflateDecoder;
use zip::CompressionMethod;

use crate::vocabulary::limits::{Limits, Over};

use super::archive::Part;
use super::open::Trouble;

/// Bytes of a sheet between two of its cells: a million formatted rows without any take less.
const MOST_SILENT: u64 = 192 << 20;

/// Bytes of the shortest text that a list of shared texts can hold.
const SHORTEST_TEXT: u64 = 13;

/// What came out since a cell was read, and what was too much.
#[derive(Debug)]
pub(super) struct Watch {
    limits: Limits,
    silent: Cell<u64>,
    /// A sheet is read cell by cell.
    by_cell: Cell<bool>,
    over: RefCell<Option<Over>>,
}

impl Watch {
    pub(super) fn new(limits: Limits) -> Rc<Watch> {
        Rc::new(Watch { limits, silent: Cell::new(0), by_cell: Cell::new(true), over: RefCell::new(None) })
    }

    /// A cell was read.
    pub(super) fn cell_read(&self) {
        self.silent.set(0);
    }

    /// Reads a sheet otherwise than cell by cell.
    pub(super) fn without_cells<T>(&self, read: impl FnOnce() -> T) -> T {
        self.by_cell.set(false);
        let read = read();
        self.by_cell.set(true);
        read
    }

    /// Why the reading stopped: what was too much, or what the library below says.
    pub(super) fn trouble(&self, why: String) -> Trouble {
        self.take_over().map_or(Trouble::Damaged(why), Trouble::Over)
    }

    /// What was too much, if anything was.
    pub(super) fn take_over(&self) -> Option<Over> {
        self.over.take()
    }

    /// Holds what came out of a part against the limits; `run` is how long no markup has begun.
    fn see(&self, part: &Part, bytes: &[u8], run: &mut u64) -> io::Result<()> {
        if self.by_cell.get() && part.is_sheet() {
            self.silent.set(self.silent.get() + bytes.len() as u64);
        }
        *run = match memchr::memrchr(b'<', bytes) {
            Some(at) => (bytes.len() - at) as u64,
            None => *run + bytes.len() as u64,
        };
        if (part.is_markup() && *run > self.limits.cell_kib << 10) || self.silent.get() > MOST_SILENT {
            let message = say!("ingest-text-of-a-part-is-longer", part = part.name, kib = self.limits.cell_kib);
            let error = io::Error::other(message.clone());
            *self.over.borrow_mut() = Some(Over { message, key: "cell_kib" });
            return Err(error);
        }
        Ok(())
    }
}

/// The archive, unpacked.
pub(super) struct Unpacked {
    file: File,
    pieces: Vec<Piece>,
    /// The directory of the unpacked archive, behind all parts.
    directory: Vec<u8>,
    directory_at: u64,
    at: u64,
    open: Option<Open>,
    watch: Rc<Watch>,
}

/// A part where it stands in the unpacked archive.
struct Piece {
    at: u64,
    header: Vec<u8>,
    part: Part,
}

/// The part that is being read.
struct Open {
    piece: usize,
    /// The next byte of the part.
    at: u64,
    bytes: Box<dyn Read>,
    run: u64,
}

impl Unpacked {
    pub(super) fn new(file: File, parts: Vec<Part>, watch: Rc<Watch>) -> Unpacked {
        let (mut pieces, mut directory, mut at) = (Vec::with_capacity(parts.len()), Vec::new(), 0);
        for part in parts {
            let header = local_header(&part);
            directory.extend(entry(&part, at));
            let end = at + header.len() as u64 + part.unpacked;
            pieces.push(Piece { at, header, part });
            at = end;
        }
        end_of_directory(&mut directory, at, pieces.len() as u64);
        Unpacked { file, pieces, directory, directory_at: at, at: 0, open: None, watch }
    }

    fn read_piece(&mut self, piece: usize, out: &mut [u8]) -> io::Result<usize> {
        let Piece { at, header, part } = &self.pieces[piece];
        let from = self.at - at;
        if let Some(rest) = header.get(from as usize..).filter(|rest| !rest.is_empty()) {
            return rest.to_owned().as_slice().read(out);
        }
        let from = from - header.len() as u64;
        let open = self.open.take().filter(|open| open.piece == piece && open.at == from);
        let mut open = match open {
            Some(open) => open,
            None => self.open(piece, from)?,
        };
        let most = usize::try_from(part.unpacked - from).unwrap_or(usize::MAX).min(out.len());
        let count = open.bytes.read(&mut out[..most])?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.watch.see(part, &out[..count], &mut open.run)?;
        open.at += count as u64;
        self.open = Some(open);
        Ok(count)
    }

    /// Opens a part; what stands before `from` is passed over.
    fn open(&self, piece: usize, from: u64) -> io::Result<Open> {
        let part = &self.pieces[piece].part;
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(part.packed_at))?;
        let packed = BufReader::with_capacity(32 << 10, file.take(part.packed));
        let mut bytes: Box<dyn Read> = match part.method {
            CompressionMethod::Stored => Box::new(packed),
            _ => Box::new(DeflateDecoder::new(packed)),
        };
        if from == 0 && part.holds_texts() {
            bytes = believed(bytes, part)?;
        }
        io::copy(&mut bytes.by_ref().take(from), &mut io::sink())?;
        Ok(Open { piece, at: from, bytes, run: 0 })
    }
}

/// The part again, if it can hold as many texts as it says: room is made for them before they are read.
fn believed(mut bytes: Box<dyn Read>, part: &Part) -> io::Result<Box<dyn Read>> {
    let mut start = Vec::new();
    bytes.by_ref().take(2048).read_to_end(&mut start)?;
    let said = memchr::memmem::find(&start, b"uniqueCount=").map(|at| &start[at + 13..]).unwrap_or_default();
    let digits = said.iter().take_while(|byte| byte.is_ascii_digit());
    let count = digits.fold(0u64, |count, byte| count.saturating_mul(10).saturating_add(u64::from(byte - b'0')));
    if count > part.unpacked / SHORTEST_TEXT {
        return Err(io::Error::other(say!("ingest-workbook-cannot-hold-so-many-texts", count)));
    }
    Ok(Box::new(io::Cursor::new(start).chain(bytes)))
}

impl Read for Unpacked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = if self.at >= self.directory_at {
            let from = usize::try_from(self.at - self.directory_at).unwrap_or(usize::MAX);
            self.directory.get(from..).unwrap_or_default().read(out)?
        } else if out.is_empty() {
            0
        } else {
            let piece = self.pieces.partition_point(|piece| piece.at <= self.at) - 1;
            self.read_piece(piece, out)?
        };
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Unpacked {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let length = self.directory_at + self.directory.len() as u64;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// What stands before a part, and again in the directory: nothing is packed, and sizes are of eight bytes.
/// Source: PKWARE, APPNOTE.TXT 6.3.10 (2022), 4.3.7, 4.3.12 and 4.5.3.
fn common(part: &Part, extra: &[u64]) -> Vec<u8> {
    let mut bytes = vec![45, 0];
    // In UTF-8, stored, at no time.
    bytes.extend([0, 8, 0, 0, 0, 0, 0, 0]);
    bytes.extend(part.crc.to_le_bytes());
    bytes.extend([0xFF; 8]);
    bytes.extend((part.name.len() as u16).to_le_bytes());
    bytes.extend((4 + 8 * extra.len() as u16).to_le_bytes());
    bytes
}

fn extra_of(sizes: &[u64]) -> Vec<u8> {
    let mut bytes = vec![1, 0];
    bytes.extend((8 * sizes.len() as u16).to_le_bytes());
    bytes.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
    bytes
}

fn local_header(part: &Part) -> Vec<u8> {
    let sizes = [part.unpacked, part.unpacked];
    [b"PK\x03\x04", common(part, &sizes).as_slice(), part.name.as_bytes(), &extra_of(&sizes)].concat()
}

fn entry(part: &Part, at: u64) -> Vec<u8> {
    let sizes = [part.unpacked, part.unpacked, at];
    // Neither comment nor disk nor attributes; the place stands in the extra field.
    let rest = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
    let parts: [&[u8]; 6] =
        [b"PK\x01\x02\x2D\0", &common(part, &sizes), &rest, part.name.as_bytes(), &extra_of(&sizes), b""];
    parts.concat()
}

fn end_of_directory(directory: &mut Vec<u8>, at: u64, parts: u64) {
    let size = directory.len() as u64;
    directory.extend(b"PK\x06\x06\x2C\0\0\0\0\0\0\0\x2D\0\x2D\0\0\0\0\0\0\0\0\0");
    directory.extend([parts, parts, size, at].iter().flat_map(|number| number.to_le_bytes()));
    directory.extend(b"PK\x06\x07\0\0\0\0");
    directory.extend((at + size).to_le_bytes());
    directory.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0");
    directory.extend([0xFF; 12]);
    directory.extend([0; 2]);
}
