//! The lines of `rejects.csv`: what they say, in Swedish, and nowhere else.
//!
//! In: a code. Out: the reason and what to do about it. Never: cell text of a column that is not safe.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Code;

/// What became of a row or a cell that stands in `rejects.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RejectFate {
    /// Not counted anywhere.
    RejectedRow,
    /// The id again with other content; the first row is kept, this one is not.
    DifferingDuplicate,
    /// The row is kept, the cell counts as missing (or as the bucket of unknown categories).
    CellWithoutValue,
    /// The row is kept, and the cell with personal data masked.
    MaskedCell,
}

impl RejectFate {
    /// True if the row is kept all the same.
    pub fn is_of_a_cell(self) -> bool {
        matches!(self, RejectFate::CellWithoutValue | RejectFate::MaskedCell)
    }

    /// In Swedish, as `rejects.csv` prints it.
    pub fn label(self) -> &'static str {
        match self {
            RejectFate::RejectedRow => "avvisad rad",
            RejectFate::DifferingDuplicate => "dubblett som skiljer sig",
            RejectFate::CellWithoutValue => "cell utan giltigt värde",
            RejectFate::MaskedCell => "maskerad cell",
        }
    }
}

/// A line of `rejects.csv`: what happened to a row or a cell, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    pub file: String,
    pub sheet: Option<String>,
    /// Excel's row number, or the record's in a delimited file.
    pub row: u32,
    /// Header of the column, if one cell is at fault.
    pub column: Option<String>,
    pub fate: RejectFate,
    pub code: Code,
    /// Swedish.
    pub reason: String,
    /// Swedish.
    pub action: String,
    /// The cell's text, at most 200 letters, only from a column that is safe.
    pub text: Option<String>,
}

/// What is wrong, in Swedish: the reason in `rejects.csv` and in the report's appendix.
pub fn reason(code: Code) -> &'static str {
    match code {
        Code::MissingId => "ärendenummer saknas",
        Code::MissingDate => "datum saknas",
        Code::BadDate => "datumet finns inte i kalendern eller har ett okänt format",
        Code::MissingValue => "värde saknas",
        Code::BadNumber => "cellen innehåller inget tal",
        Code::BadYesNo => "cellen innehåller varken ja eller nej",
        Code::UnknownCategory => "värdet finns inte i listan",
        Code::DuplicateRow => "samma rad igen",
        Code::DifferingDuplicate => "samma ärendenummer igen med annat innehåll",
        Code::StatusContradiction => "cellen har ett värde trots att status säger att det saknas",
        Code::UnmarkedNull => "cellen är tom, men status säger inte varför",
        Code::PersonalData => "cellen innehåller personuppgifter, som har maskerats",
        _ => "cellen kan inte läsas",
    }
}

/// What to do about it, in Swedish.
pub fn action(code: Code) -> &'static str {
    match code {
        Code::MissingId | Code::MissingDate | Code::MissingValue => "Fyll i cellen och kör igen.",
        Code::BadDate => "Rätta datumet, eller lägg till formatet under kolumnens formats i jobbfilen.",
        Code::BadNumber => "Rätta talet, eller ange tecknet under källans missing i jobbfilen.",
        Code::BadYesNo => "Skriv Ja eller Nej, eller ange tecknet under källans missing i jobbfilen.",
        Code::UnknownCategory => "Rätta stavningen, eller lägg till den i listan i jobbfilen.",
        Code::DifferingDuplicate => "Avgör vilken rad som gäller; den första räknas.",
        Code::StatusContradiction => "Kontrollera värdet mot källan; det räknas som saknat.",
        Code::UnmarkedNull => "Kontrollera mot källan; värdet räknas som saknat.",
        Code::PersonalData => "Ta bort uppgiften i exporten, eller välj en kolumn utan personuppgifter i jobbfilen.",
        _ => "Rätta cellen och kör igen.",
    }
}
