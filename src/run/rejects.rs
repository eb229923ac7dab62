//! `rejects.csv`: every row or cell that did not count as it stood, why, and what to do. For the analyst, in Swedish.

use std::fs;
use std::path::Path;

use crate::diagnostic::Failure;
use crate::normalise::Reject;

/// Byte-order mark: Excel then reads å ä ö right.
const BOM: &str = "\u{feff}";

const HEADER: [&str; 8] = ["fil", "blad", "rad", "kolumn", "vad", "orsak", "att göra", "text"];

/// Writes the file, header included when there is nothing to list: an empty list is an answer, too.
pub(super) fn write(scratch: &Path, rejects: &[Reject]) -> Result<(), Failure> {
    let mut text = String::from(BOM);
    push_line(&mut text, HEADER.map(String::from));
    for reject in rejects {
        push_line(&mut text, fields(reject));
    }
    let path = scratch.join("rejects.csv");
    fs::write(&path, text).map_err(|error| Failure::io("writing", &path.display().to_string(), &error))
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

fn push_line(text: &mut String, fields: [String; 8]) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            text.push(';');
        }
        push_field(text, field);
    }
    text.push_str("\r\n");
}

/// Quoted where it must be; a text that a spreadsheet would run as a formula gets an apostrophe first.
fn push_field(text: &mut String, field: &str) {
    let runs = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let needs_quotes = field.contains([';', '"', '\n', '\r']);
    let guarded = if runs { format!("'{field}") } else { field.to_string() };
    match needs_quotes {
        true => text.extend(["\"", &guarded.replace('"', "\"\""), "\""]),
        false => text.push_str(&guarded),
    }
}

#[cfg(test)]
mod tests {
    use super::push_field;

    fn field(text: &str) -> String {
        let mut line = String::new();
        push_field(&mut line, text);
        line
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_text() {
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(field("31.02.2023"), "31.02.2023");
    }

    #[test]
    fn separators_and_quotes_are_kept_inside_quotes() {
        assert_eq!(field("a;b"), "\"a;b\"");
        assert_eq!(field("säger \"nej\""), "\"säger \"\"nej\"\"\"");
    }
}
