//! What is in a zip archive, told by its directory alone, before anything is unpacked.
//!
//! In: a file. Out: which kind of workbook it is and its parts, or why it is none: another kind of document, encrypted,
//! cut short, or larger unpacked than `[limits]` allow. What the directory says of a part's size is held against what
//! comes out where the part is read.

use std::collections::BTreeSet;
use std::fs::File;

use zip::{CompressionMethod, ZipArchive};

use crate::vocabulary::limits::{Limits, Over};

use super::super::files::WorkbookKind;

/// An archive that unpacks to more may not be this many times smaller.
const HARMLESS: u64 = 512 << 20;
const LARGEST_RATIO: u64 = 200;

/// A workbook's parts beside its sheets: some for each of them, and pictures.
const PARTS_BESIDE: u64 = 20_000;

/// Why an archive is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoWorkbook {
    /// Its directory is missing or damaged: cut short while it was copied.
    Damaged,
    Encrypted,
    /// Named for what it is.
    Other(String),
    /// Larger unpacked than the job allows.
    Over(Over),
}

/// A part of the archive.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub name: String,
    pub method: CompressionMethod,
    pub packed_at: u64,
    pub packed: u64,
    pub unpacked: u64,
    pub crc: u32,
    encrypted: bool,
}

impl Part {
    fn of(zip: &mut ZipArchive<&File>, index: usize) -> Option<Part> {
        let part = zip.by_index_raw(index).ok()?;
        Some(Part {
            name: part.name().ok()?.into_owned(),
            method: part.compression(),
            packed_at: part.data_start()?,
            packed: part.compressed_size(),
            unpacked: part.size(),
            crc: part.crc32(),
            encrypted: part.encrypted(),
        })
    }

    fn folded(&self) -> String {
        self.name.trim_start_matches('/').to_lowercase()
    }

    /// Read cell by cell.
    pub(super) fn is_sheet(&self) -> bool {
        self.folded().contains("worksheets/")
    }

    pub(super) fn is_markup(&self) -> bool {
        !self.folded().ends_with(".bin")
    }

    /// The texts that cells refer to.
    pub(super) fn holds_texts(&self) -> bool {
        self.folded().ends_with("sharedstrings.xml")
    }

    /// Read into memory as a whole.
    fn is_kept(&self) -> bool {
        let kept =
            ["sharedstrings.", "styles.", "workbook.", "/theme/", ".rels", "content.xml", "meta.xml", "[content"];
        let name = self.folded();
        !self.is_sheet() && kept.iter().any(|part| name.contains(part))
    }
}

/// Tells what kind of workbook an archive is, and its parts.
pub(super) fn inspect(file: &File, limits: &Limits) -> Result<(WorkbookKind, Vec<Part>), NoWorkbook> {
    let mut zip = ZipArchive::new(file).map_err(|_| NoWorkbook::Damaged)?;
    if zip.len() as u64 > limits.sheets * 4 + PARTS_BESIDE {
        return Err(over(say!("ingest-workbook-has-so-many-parts", count = zip.len()), "sheets"));
    }
    let parts: Option<Vec<Part>> = (0..zip.len()).map(|index| Part::of(&mut zip, index)).collect();
    let parts = parts.filter(|parts| !parts.is_empty()).ok_or(NoWorkbook::Damaged)?;
    Ok((judge(&parts, limits)?, parts))
}

fn judge(parts: &[Part], limits: &Limits) -> Result<WorkbookKind, NoWorkbook> {
    let names: Vec<String> = parts.iter().map(Part::folded).collect();
    if parts.iter().any(|part| part.encrypted) {
        return Err(NoWorkbook::Encrypted);
    }
    let kind = kind_of(&names.iter().map(String::as_str).collect())?;
    let sum = |parts: &mut dyn Iterator<Item = u64>| parts.fold(0u64, u64::saturating_add);
    let all = sum(&mut parts.iter().map(|part| part.unpacked));
    let packed = sum(&mut parts.iter().map(|part| part.packed)).max(1);
    let kept = sum(&mut parts.iter().filter(|part| part.is_kept()).map(|part| part.unpacked));
    let unpacks = |bytes: u64| say!("ingest-workbook-would-unpack-to-mib", mib = bytes >> 20);
    let raised = limits.unpacked_mib > Limits::default().unpacked_mib;
    if all > limits.unpacked_mib << 20 || (!raised && all > HARMLESS && all / packed > LARGEST_RATIO) {
        return Err(over(unpacks(all), "unpacked_mib"));
    }
    if kept > limits.texts_mib << 20 {
        return Err(over(say!("ingest-texts-would-unpack-to-mib", mib = kept >> 20), "texts_mib"));
    }
    let sheets = parts.iter().filter(|part| part.is_sheet()).count();
    if sheets as u64 > limits.sheets {
        return Err(over(say!("ingest-workbook-has-so-many-sheets", count = sheets), "sheets"));
    }
    Ok(kind)
}

fn over(message: String, key: &'static str) -> NoWorkbook {
    NoWorkbook::Over(Over { message, key })
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
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of these parts, each of so many blanks.
    fn archive(parts: &[(&str, usize)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(&vec![b' '; *bytes]).expect("written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    fn told_of(bytes: &[u8], limits: &Limits) -> Result<WorkbookKind, NoWorkbook> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        inspect(&file, limits).map(|(kind, _)| kind)
    }

    fn told(parts: &[(&str, usize)]) -> Result<WorkbookKind, NoWorkbook> {
        told_of(&archive(parts), &Limits::default())
    }

    const TYPES: (&str, usize) = ("[Content_Types].xml", 400);
    const BOOK: (&str, usize) = ("xl/workbook.xml", 9);

    #[test]
    fn the_kind_is_told_by_the_parts_whatever_the_file_is_called() {
        assert_eq!(told(&[TYPES, BOOK]), Ok(WorkbookKind::Xlsx));
        assert_eq!(told(&[TYPES, ("xl/workbook.bin", 9)]), Ok(WorkbookKind::Xlsb));
        assert_eq!(told(&[("mimetype", 9), ("content.xml", 9)]), Ok(WorkbookKind::Ods));
        assert_eq!(told(&[TYPES, ("word/document.xml", 9)]), Err(NoWorkbook::Other("a Word document".into())));
        assert!(matches!(told(&[("export/a.csv", 9)]), Err(NoWorkbook::Other(_))));
    }

    #[test]
    fn what_unpacks_to_more_than_is_allowed_is_refused_with_its_key() {
        let limits = Limits { texts_mib: 1, unpacked_mib: 3, sheets: 1, ..Limits::default() };
        let told = |parts: &[(&str, usize)]| match told_of(&archive(parts), &limits) {
            Err(NoWorkbook::Over(over)) => over.key,
            other => panic!("not refused: {other:?}"),
        };
        assert_eq!(told(&[TYPES, BOOK, ("xl/sharedStrings.xml", 2 << 20)]), "texts_mib");
        assert_eq!(told(&[TYPES, BOOK, ("xl/worksheets/sheet1.xml", 4 << 20)]), "unpacked_mib");
        assert_eq!(told(&[TYPES, BOOK, ("xl/worksheets/1.xml", 9), ("xl/worksheets/2.xml", 9)]), "sheets");
        let fits = archive(&[TYPES, BOOK, ("xl/worksheets/sheet1.xml", 2 << 20)]);
        assert_eq!(told_of(&fits, &limits), Ok(WorkbookKind::Xlsx));
    }

    #[test]
    fn a_small_archive_of_a_giant_is_a_bomb() {
        let sheet = ("xl/worksheets/sheet1.xml", (HARMLESS + 1) as usize);
        assert!(matches!(told(&[TYPES, BOOK, sheet]), Err(NoWorkbook::Over(Over { key: "unpacked_mib", .. }))));
    }

    #[test]
    fn an_archive_cut_anywhere_is_damaged() {
        let whole = archive(&[TYPES, BOOK]);
        for length in 0..whole.len() - 2 {
            assert_eq!(told_of(&whole[..length], &Limits::default()), Err(NoWorkbook::Damaged), "{length}");
        }
    }
}
