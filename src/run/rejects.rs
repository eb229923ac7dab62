//! `rejects.csv`: every row or cell that did not count as it stood, why, and what to do. For the analyst, in Swedish.

use crate::diagnostic::Failure;
use crate::domain::spreadsheet::harmless;
use crate::normalise::Reject;
use crate::published::REJECTS;

use super::outputs::Scratch;

/// Byte-order mark: Excel then reads å ä ö right.
const BOM: &str = "\u{feff}";

const HEADER: [&str; 8] = ["fil", "blad", "rad", "kolumn", "vad", "orsak", "att göra", "text"];

/// Writes the file, header included when there is nothing to list: an empty list is an answer, too.
pub(super) fn write(scratch: &Scratch, rejects: &[Reject]) -> Result<(), Failure> {
    let text = text_of(rejects).map_err(|error| Failure::internal(error.to_string()))?;
    scratch.file(REJECTS, &text)
}

fn text_of(rejects: &[Reject]) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::from(BOM));
    writer.write_record(HEADER)?;
    for reject in rejects {
        writer.write_record(fields(reject).map(|field| harmless(&field)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn fields(reject: &Reject) -> [String; 8] {
    [
        reject.file.clone(),
        reject.sheet.clone().unwrap_or_default(),
        reject.row.to_string(),
        reject.column.clone().unwrap_or_default(),
        reject.fate.label().to_string(),
        reject.reason.clone(),
        reject.action.clone(),
        reject.text.clone().unwrap_or_default(),
    ]
}
