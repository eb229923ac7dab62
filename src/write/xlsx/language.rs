//! The language of the workbook, which the library has no setting for.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use crate::diagnostic::Failure;

const PROPERTIES: &str = "docProps/core.xml";

/// The same workbook with `sv-SE` among its properties; other parts are carried over as they are.
pub(super) fn marked(workbook: &[u8]) -> Result<Vec<u8>, Failure> {
    rewrite(workbook).map_err(|error| Failure::internal(format!("the Excel appendix cannot be packed: {error}")))
}

fn rewrite(workbook: &[u8]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut parts = ZipArchive::new(Cursor::new(workbook))?;
    let mut packed = ZipWriter::new(Cursor::new(Vec::with_capacity(workbook.len() + 64)));
    for index in 0..parts.len() {
        let mut part = parts.by_index_raw(index)?;
        if part.name()? != PROPERTIES {
            packed.raw_copy_file(part)?;
            continue;
        }
        drop(part);
        part = parts.by_index(index)?;
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        packed.start_file(PROPERTIES, SimpleFileOptions::default().last_modified_time(DateTime::default()))?;
        let text = text.replace("</cp:coreProperties>", "<dc:language>sv-SE</dc:language></cp:coreProperties>");
        packed.write_all(text.as_bytes())?;
    }
    Ok(packed.finish()?.into_inner())
}
