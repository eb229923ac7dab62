//! What is in a zip archive, told by its directory alone, before anything is unpacked.
//!
//! In: a file. Out: which kind of workbook it is, or why it is none: another kind of document, encrypted, cut short, or so
//! large unpacked that it must be a bomb.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom};

use super::super::files::WorkbookKind;

/// Parts that are read into memory as a whole may not be larger than this unpacked.
const LARGEST_WHOLE_PART: u64 = 2 << 30;

/// A larger archive may not unpack to more than [`LARGEST_RATIO`] times its size.
const HARMLESS: u64 = 1 << 30;

const LARGEST_RATIO: u64 = 200;

/// Bytes of the end record, and of the longest comment behind it.
const END_RECORD: u64 = 22;
const LONGEST_COMMENT: u64 = 65_535;

/// Largest directory that is looked through; a workbook has some dozens of parts.
const LARGEST_DIRECTORY: u64 = 64 << 20;

/// Why an archive is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoWorkbook {
    /// Its directory is missing or damaged: cut short while it was copied.
    Damaged,
    Encrypted,
    /// Named for what it is.
    Other(String),
    /// This part, or all of them, would unpack to so many bytes.
    Bomb(u64),
}

/// One entry of the directory.
struct Part {
    name: String,
    encrypted: bool,
    packed: u64,
    unpacked: u64,
}

/// Tells what kind of workbook an archive is.
pub(super) fn inspect<F: Read + Seek>(file: &mut F) -> io::Result<Result<WorkbookKind, NoWorkbook>> {
    let Some(directory) = read_directory(file)? else { return Ok(Err(NoWorkbook::Damaged)) };
    let Some(parts) = parts_of(&directory) else { return Ok(Err(NoWorkbook::Damaged)) };
    Ok(judge(&parts))
}

fn read_directory<F: Read + Seek>(file: &mut F) -> io::Result<Option<Vec<u8>>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_start = length.saturating_sub(END_RECORD + LONGEST_COMMENT);
    file.seek(SeekFrom::Start(tail_start))?;
    let mut tail = Vec::new();
    file.take(END_RECORD + LONGEST_COMMENT).read_to_end(&mut tail)?;
    let Some(end) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else { return Ok(None) };
    let (Some(size), Some(offset)) = (number(&tail, end + 12, 4), number(&tail, end + 16, 4)) else { return Ok(None) };
    if size > LARGEST_DIRECTORY || offset.saturating_add(size) > length {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(offset))?;
    let mut directory = Vec::new();
    file.take(size).read_to_end(&mut directory)?;
    Ok(Some(directory))
}

/// A little-endian number of up to eight bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

fn parts_of(directory: &[u8]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while directory.get(at..at + 4) == Some(b"PK\x01\x02") {
        let name_length = number(directory, at + 28, 2)? as usize;
        let extra_length = number(directory, at + 30, 2)? as usize;
        let comment_length = number(directory, at + 32, 2)? as usize;
        let name = directory.get(at + 46..at + 46 + name_length)?;
        let extra = directory.get(at + 46 + name_length..at + 46 + name_length + extra_length)?;
        let short = number(directory, at + 24, 4)?;
        let unpacked = if short == u64::from(u32::MAX) { long_size(extra).unwrap_or(short) } else { short };
        parts.push(Part {
            name: String::from_utf8_lossy(name).to_lowercase(),
            encrypted: number(directory, at + 8, 2)? & 1 == 1,
            packed: number(directory, at + 20, 4)?,
            unpacked,
        });
        at += 46 + name_length + extra_length + comment_length;
    }
    (at == directory.len() && !parts.is_empty()).then_some(parts)
}

/// The unpacked size of a large part stands first in the field with the tag 1.
fn long_size(extra: &[u8]) -> Option<u64> {
    let mut at = 0;
    loop {
        let length = number(extra, at + 2, 2)? as usize;
        if number(extra, at, 2)? == 1 {
            return number(extra, at + 4, 8);
        }
        at += 4 + length;
    }
}

fn judge(parts: &[Part]) -> Result<WorkbookKind, NoWorkbook> {
    let names: BTreeSet<&str> = parts.iter().map(|part| part.name.trim_start_matches('/')).collect();
    if parts.iter().any(|part| part.encrypted) {
        return Err(NoWorkbook::Encrypted);
    }
    let kind = kind_of(&names)?;
    let all = parts.iter().fold(0u64, |sum, part| sum.saturating_add(part.unpacked));
    let packed = parts.iter().fold(1u64, |sum, part| sum.saturating_add(part.packed));
    if all > HARMLESS && all / packed > LARGEST_RATIO {
        return Err(NoWorkbook::Bomb(all));
    }
    let streamed = |name: &str| name.contains("worksheets/");
    match parts.iter().find(|part| part.unpacked > LARGEST_WHOLE_PART && !streamed(&part.name)) {
        Some(part) => Err(NoWorkbook::Bomb(part.unpacked)),
        None => Ok(kind),
    }
}

fn kind_of(names: &BTreeSet<&str>) -> Result<WorkbookKind, NoWorkbook> {
    let has = |name: &str| names.contains(name);
    let any = |end: &str| names.iter().any(|name| name.ends_with(end));
    if any("workbook.bin") {
        Ok(WorkbookKind::Xlsb)
    } else if has("[content_types].xml") && any("workbook.xml") {
        Ok(WorkbookKind::Xlsx)
    } else if has("content.xml") && has("mimetype") {
        Ok(WorkbookKind::Ods)
    } else if any("word/document.xml") {
        Err(NoWorkbook::Other(say!("ingest-word-document")))
    } else if any("ppt/presentation.xml") {
        Err(NoWorkbook::Other(say!("ingest-powerpoint-presentation")))
    } else if names.iter().any(|name| name.ends_with(".xlsx") || name.ends_with(".csv")) {
        Err(NoWorkbook::Other(say!("ingest-archive-several-files-unpack-first")))
    } else if has("[content_types].xml") {
        // Writers may name the workbook's part as they like: its reader follows the references.
        Ok(WorkbookKind::Xlsx)
    } else {
        Err(NoWorkbook::Other(say!("ingest-archive-without-workbook")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// An archive with nothing in it but its directory.
    fn archive(parts: &[(&str, u32, u32, u16)]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        let start = bytes.len() as u32;
        for (name, packed, unpacked, flags) in parts {
            bytes.extend(b"PK\x01\x02\0\0\0\0");
            bytes.extend(flags.to_le_bytes());
            bytes.extend([0; 10]);
            bytes.extend(packed.to_le_bytes());
            bytes.extend(unpacked.to_le_bytes());
            bytes.extend((name.len() as u16).to_le_bytes());
            bytes.extend([0; 16]);
            bytes.extend(name.as_bytes());
        }
        let size = bytes.len() as u32 - start;
        bytes.extend(b"PK\x05\x06\0\0\0\0\0\0\0\0");
        bytes.extend(size.to_le_bytes());
        bytes.extend(start.to_le_bytes());
        bytes.extend([0; 2]);
        bytes
    }

    fn told(parts: &[(&str, u32, u32, u16)]) -> Result<WorkbookKind, NoWorkbook> {
        inspect(&mut Cursor::new(archive(parts))).expect("reads from memory")
    }

    const TYPES: (&str, u32, u32, u16) = ("[Content_Types].xml", 100, 400, 0);

    #[test]
    fn the_kind_is_told_by_the_parts_whatever_the_file_is_called() {
        assert_eq!(told(&[TYPES, ("xl/workbook.xml", 9, 9, 0)]), Ok(WorkbookKind::Xlsx));
        assert_eq!(told(&[TYPES, ("xl/workbook.bin", 9, 9, 0)]), Ok(WorkbookKind::Xlsb));
        assert_eq!(told(&[("mimetype", 9, 9, 0), ("content.xml", 9, 9, 0)]), Ok(WorkbookKind::Ods));
        assert_eq!(told(&[TYPES, ("word/document.xml", 9, 9, 0)]), Err(NoWorkbook::Other("a Word document".into())));
        assert!(matches!(told(&[("export/a.csv", 9, 9, 0)]), Err(NoWorkbook::Other(_))));
    }

    #[test]
    fn a_bomb_and_an_encrypted_part_are_refused_before_they_are_unpacked() {
        let sheet = |packed| ("xl/worksheets/sheet1.xml", packed, 3_000_000_000, 0);
        let book = ("xl/workbook.xml", 9, 9, 0);
        assert_eq!(told(&[TYPES, book, sheet(200_000_000)]), Ok(WorkbookKind::Xlsx));
        assert!(matches!(told(&[TYPES, book, sheet(3_000_000)]), Err(NoWorkbook::Bomb(_))));
        let strings = ("xl/sharedStrings.xml", 900_000_000, 3_000_000_000, 0);
        assert_eq!(told(&[TYPES, book, strings]), Err(NoWorkbook::Bomb(3_000_000_000)));
        assert_eq!(told(&[TYPES, ("xl/workbook.xml", 9, 9, 1)]), Err(NoWorkbook::Encrypted));
    }

    #[test]
    fn an_archive_cut_anywhere_is_damaged() {
        let whole = archive(&[TYPES, ("xl/workbook.xml", 9, 9, 0)]);
        for length in 0..whole.len() - 2 {
            let told = inspect(&mut Cursor::new(&whole[..length])).expect("reads from memory");
            assert_eq!(told, Err(NoWorkbook::Damaged), "{length}");
        }
    }
}
