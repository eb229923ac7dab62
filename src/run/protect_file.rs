//! `kvalis protect`: reads one table, protects it, and writes it where it is asked for.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::protect::two_way::{self, Protected, Rules};

/// A protected table as bytes in the encoding of the file that it came from.
pub(super) type ProtectedFile = Protected;

/// Largest table that is read: a two-way table is printed on a page.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Protects the table in a file.
///
/// Out: UTF-16 comes back as UTF-16, byte order mark and all. Errors: those of [`two_way::protect`], `no-such-file`,
/// `bad-encoding`, `io`.
pub fn protect_file(path: &Path, rules: Rules) -> Result<ProtectedFile, Failure> {
    let file = path.display().to_string();
    let at = || Location::File { file: file.clone() };
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Diagnostic::error(Code::NoSuchFile, say!("run-no-such-file"), at()).into(),
        _ => Failure::io(say!("run-reading-table"), &file, &error),
    })?;
    if metadata.len() > MOST_BYTES {
        let message = say!("run-file-is-too-large");
        return Err(Diagnostic::error(Code::UnsupportedFormat, message, at()).into());
    }
    let bytes = fs::read(path).map_err(|error| Failure::io(say!("run-reading-table"), &file, &error))?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let message = say!("run-this-is-a-workbook");
        let help = say!("run-save-sheet-as-csv");
        return Err(Diagnostic::error(Code::UnsupportedFormat, message, at()).help(help).into());
    }
    let wide = Wide::of(&bytes);
    let unreadable = || Diagnostic::error(Code::BadEncoding, say!("run-utf-16-and-is-none"), at());
    let text = wide.map_or(Some(bytes.clone()), |wide| wide.decode(&bytes)).ok_or_else(unreadable)?;
    let mut protected = two_way::protect(&text, &file, rules).map_err(Failure::fixable)?;
    if let Some(wide) = wide {
        protected.text = wide.encode(&protected.text);
    }
    Ok(protected)
}

/// Writes the protected table.
pub fn write_table(path: &Path, text: &[u8]) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::io(say!("run-writing-table"), &path.display().to_string(), &error))
}

/// UTF-16 by its byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wide {
    LittleEndian,
    BigEndian,
}

impl Wide {
    fn of(bytes: &[u8]) -> Option<Wide> {
        match bytes {
            [0xff, 0xfe, ..] => Some(Wide::LittleEndian),
            [0xfe, 0xff, ..] => Some(Wide::BigEndian),
            _ => None,
        }
    }

    fn decode(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let unit = |pair: &[u8]| match self {
            Wide::LittleEndian => u16::from_le_bytes([pair[0], pair[1]]),
            Wide::BigEndian => u16::from_be_bytes([pair[0], pair[1]]),
        };
        let units: Vec<u16> = bytes.chunks_exact(2).map(unit).collect();
        bytes.len().is_multiple_of(2).then_some(())?;
        String::from_utf16(&units).ok().map(String::into_bytes)
    }

    fn encode(self, text: &[u8]) -> Vec<u8> {
        let units = String::from_utf8_lossy(text).encode_utf16().collect::<Vec<u16>>();
        let bytes = |unit: u16| match self {
            Wide::LittleEndian => unit.to_le_bytes(),
            Wide::BigEndian => unit.to_be_bytes(),
        };
        units.into_iter().flat_map(bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_comes_back_byte_for_byte() {
        for (wide, mark) in [(Wide::LittleEndian, [0xff, 0xfe]), (Wide::BigEndian, [0xfe, 0xff])] {
            let bytes = wide.encode("\u{feff}Enhet;Å\r\n".as_bytes());
            assert_eq!(bytes[..2], mark);
            assert_eq!(Wide::of(&bytes), Some(wide));
            assert_eq!(wide.decode(&bytes).map(|text| wide.encode(&text)), Some(bytes));
        }
    }
}
