//! What was odd in the data: the run's warnings in the words of the report's readers.
//!
//! Messages on the screen are English and meant for whoever runs the program; here a warning is its kind and its
//! place, in Swedish, and never the text of a cell.

use std::collections::BTreeMap;

use super::super::document::{Block, Inline};
use super::paragraph;
use crate::diagnostic::{Code, Diagnostic, Location, column_letters};
use crate::domain::swedish;

/// One line per kind of warning and place; with small counts protected one per file, for a line a cell is a count.
pub fn warnings(warnings: &[Diagnostic], is_protected: bool) -> Vec<Block> {
    if warnings.is_empty() {
        return vec![paragraph("Inga anmärkningar.")];
    }
    let mut counted: BTreeMap<(Code, String), i64> = BTreeMap::new();
    for warning in warnings {
        let at = if is_protected { place_of(&file_of(&warning.at)) } else { place_of(&warning.at) };
        *counted.entry((warning.code, at)).or_default() += 1;
    }
    let items = counted.into_iter().map(|((code, place), count)| {
        let times =
            if count > 1 && !is_protected { format!(" ({} gånger)", swedish::integer(count)) } else { String::new() };
        let place = if place.is_empty() { String::new() } else { format!(": {place}") };
        vec![Block::Paragraph(vec![Inline::Text(format!("{}{place}{times}", kind_of(code)))])]
    });
    vec![Block::List { ordered: false, items: items.collect() }]
}

fn file_of(at: &Location) -> Location {
    match at {
        Location::Cell { file, .. } | Location::Sheet { file, .. } => Location::File { file: file.clone() },
        other => other.clone(),
    }
}

fn place_of(at: &Location) -> String {
    match at {
        Location::JobFile { line, .. } => format!("jobbfilen, rad {line}"),
        Location::Template { file, line } => format!("mallen {}, rad {line}", base_name(file)),
        Location::File { file } => base_name(file),
        Location::Sheet { file, sheet } => format!("{}, bladet {sheet}", base_name(file)),
        Location::Cell { file, sheet, row, column, header } => {
            let sheet = sheet.as_ref().map(|sheet| format!(", bladet {sheet}")).unwrap_or_default();
            let header = header.as_ref().map(|header| format!(" (kolumnen {header})")).unwrap_or_default();
            // Columns count from 1: nought is the row as a whole.
            let cell =
                if *column == 0 { format!("rad {row}") } else { format!("cell {}{row}", column_letters(*column)) };
            format!("{}{sheet}, {cell}{header}", base_name(file))
        }
        Location::Nowhere => String::new(),
    }
}

/// Folders are those of the machine that ran the job; no reader needs them.
fn base_name(file: &str) -> String {
    file.rsplit(['/', '\\']).next().unwrap_or(file).to_string()
}

fn kind_of(code: Code) -> &'static str {
    match code {
        Code::TomlSyntax | Code::UnknownKey | Code::MissingKey | Code::WrongType | Code::BadValue => "Fel i jobbfilen",
        Code::UnknownReference | Code::UnknownName => "Okänt namn",
        Code::UnusedItem => "Angivet men inte använt",
        Code::NoSuchFile => "Filen finns inte",
        Code::UnreadableFile | Code::UnsupportedFormat => "Filen går inte att läsa",
        Code::NoSuchSheet => "Bladet finns inte",
        Code::HeaderNotFound => "Rubrikraden hittades inte",
        Code::MissingColumn => "Kolumn saknas",
        Code::AmbiguousColumn => "Flera kolumner har samma rubrik",
        Code::BadEncoding => "Tecken som inte går att tyda",
        Code::BrokenRecord => "Trasig rad",
        Code::BrokenJson => "Trasig JSON-fil",
        Code::MissingPage => "Sida av ett svar saknas",
        Code::MissingId => "Identitet saknas",
        Code::MissingDate => "Datum saknas",
        Code::BadDate => "Ogiltigt datum",
        Code::MissingValue => "Uppgift saknas",
        Code::BadNumber => "Ogiltigt tal",
        Code::BadYesNo => "Varken ja eller nej",
        Code::UnknownCategory => "Okänd kategori",
        Code::OutOfScale => "Värde utanför skalan",
        Code::DuplicateRow => "Dubblett",
        Code::DifferingDuplicate => "Samma identitet med olika innehåll",
        Code::StatusContradiction => "Uppgifter som motsäger varandra",
        Code::UnmarkedNull => "Tomt värde utan förklaring",
        Code::TooLongCell => "För lång text i en cell",
        Code::PersonalData => "Personuppgifter som har maskerats",
        Code::NoRows => "Inga rader",
        Code::UnprotectedCell | Code::TotalsDiffer => "Skyddet av små antal",
        Code::CheckFailed => "Kontrollen av underlaget slog inte väl ut",
        Code::TemplateError | Code::NoSuchTemplate | Code::BadWordTemplate => "Fel i en mall",
        Code::DiffersFromPrint => "Ett tal i förra årets rapport stämmer inte längre",
        Code::UntestedWord => "Ett ord som inget test bekräftar",
        Code::OutputFolder
        | Code::UnusableCache
        | Code::NotPublished
        | Code::DamagedManifest
        | Code::ChangedSince
        | Code::Locked
        | Code::Io => "Fel vid skrivning",
        Code::BalanceDoesNotClose | Code::Internal => "Fel i programmet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(row: u32) -> Diagnostic {
        let at = Location::Cell {
            file: "/home/anna/data/a.xlsx".into(),
            sheet: Some("Export".into()),
            row,
            column: 6,
            header: Some("Datum".into()),
        };
        Diagnostic::warning(Code::BadDate, "the cell does not hold a date", at)
    }

    fn texts(blocks: &[Block]) -> Vec<String> {
        let [Block::List { items, .. }] = blocks else { panic!("one list: {blocks:?}") };
        let text = |item: &Vec<Block>| match item.as_slice() {
            [Block::Paragraph(inlines)] => Inline::plain(inlines),
            other => panic!("one paragraph: {other:?}"),
        };
        items.iter().map(text).collect()
    }

    #[test]
    fn warnings_are_swedish_counted_and_without_folders() {
        let blocks = warnings(&[warning(7), warning(9), warning(7)], false);
        assert_eq!(
            texts(&blocks),
            [
                "Ogiltigt datum: a.xlsx, bladet Export, cell F7 (kolumnen Datum) (2 gånger)",
                "Ogiltigt datum: a.xlsx, bladet Export, cell F9 (kolumnen Datum)",
            ]
        );
    }

    #[test]
    fn with_small_counts_protected_warnings_are_not_counted() {
        assert_eq!(texts(&warnings(&[warning(7), warning(9)], true)), ["Ogiltigt datum: a.xlsx"]);
    }

    #[test]
    fn a_place_without_a_column_is_a_row() {
        let at = Location::Cell { file: "a.csv".into(), sheet: None, row: 605, column: 0, header: None };
        assert_eq!(place_of(&at), "a.csv, rad 605");
    }

    #[test]
    fn no_warnings_are_said_to_be_none() {
        assert_eq!(warnings(&[], false), vec![paragraph("Inga anmärkningar.")]);
    }
}
