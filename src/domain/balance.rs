//! Nothing lost: every row that comes in has exactly one fate, and a balance exists only if they add up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Failure};

/// What became of a row of a sheet. Exactly one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fate {
    /// In Parquet and in the counts.
    Kept,
    /// Title, header or section row.
    Heading,
    /// Nothing stands in any asked-for column.
    Blank,
    /// "Totalt", "Summa": a sum of other rows.
    TotalRow,
    /// Text under the table.
    Footnote,
    /// Withdrawn by the source itself, and marked as such.
    Deleted,
    /// The same id again, identical or differing; the first is kept.
    Duplicate,
    /// Its date lies in none of the job's periods.
    OutsidePeriod,
    /// It cannot be counted, for this reason.
    Rejected(Code),
}

/// Fates by the names that manifests print; a rejected row's names its code, too.
const NAMES: [(Fate, &str); 8] = [
    (Fate::Kept, "kept"),
    (Fate::Heading, "heading"),
    (Fate::Blank, "blank"),
    (Fate::TotalRow, "total-row"),
    (Fate::Footnote, "footnote"),
    (Fate::Deleted, "deleted"),
    (Fate::Duplicate, "duplicate"),
    (Fate::OutsidePeriod, "outside-period"),
];

const REJECTED: &str = "rejected:";

impl Fate {
    /// "kept", "rejected:bad-date"
    pub fn name(self) -> String {
        match self {
            Fate::Rejected(code) => format!("{REJECTED}{}", code.name()),
            fate => NAMES.iter().find(|(known, _)| *known == fate).map_or("", |(_, name)| name).to_string(),
        }
    }

    /// The fate of a name, as a manifest has it.
    pub fn named(name: &str) -> Option<Fate> {
        match name.strip_prefix(REJECTED) {
            Some(code) => Code::named(code).map(Fate::Rejected),
            None => NAMES.iter().find(|(_, known)| *known == name).map(|(fate, _)| *fate),
        }
    }
}

/// Which sheet of which file a balance is of. A delimited file has no sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The source's name in the job.
    pub source: String,
    /// The export, relative to the input folder.
    pub file: String,
    /// `None` for a delimited file.
    pub sheet: Option<String>,
}

/// Rows and fates while they are being counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    fates: BTreeMap<Fate, u64>,
}

impl Tally {
    /// Adds rows that ended alike.
    pub fn add(&mut self, fate: Fate, rows: u64) {
        *self.fates.entry(fate).or_default() += rows;
    }

    /// Adds another tally of the same sheet.
    pub fn merge(&mut self, other: &Tally) {
        for (fate, rows) in &other.fates {
            self.add(*fate, *rows);
        }
    }

    /// Rows that ended so.
    pub fn of(&self, fate: Fate) -> u64 {
        self.fates.get(&fate).copied().unwrap_or(0)
    }

    /// Every fate that has rows, in the fates' order, with how many.
    pub fn fates(&self) -> impl Iterator<Item = (Fate, u64)> + '_ {
        self.fates.iter().map(|(fate, rows)| (*fate, *rows))
    }

    /// The balance of a sheet; refuses if the fates do not sum to the rows counted at the door.
    ///
    /// `rows_at_door` comes from the reader, counted by other code than the branches that decide fates.
    pub fn close(self, origin: Origin, rows_at_door: u64) -> Result<Balance, Failure> {
        let counted: u64 = self.fates.values().sum();
        if counted == rows_at_door {
            return Ok(Balance { origin, read: rows_at_door, fates: self.fates });
        }
        Err(Failure::internal(format!(
            "the rows of {} do not add up: {rows_at_door} at the door, {counted} with a fate",
            origin.file
        )))
    }
}

/// Proof that no row of a sheet was lost. Only [`Tally::close`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    origin: Origin,
    read: u64,
    fates: BTreeMap<Fate, u64>,
}

impl Balance {
    /// The sheet that it is of.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// All rows of the sheet, headings and blank rows too.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// Rows that ended so.
    pub fn of(&self, fate: Fate) -> u64 {
        self.fates.get(&fate).copied().unwrap_or(0)
    }

    /// Rows that were rejected, for whatever reason.
    pub fn rejected(&self) -> u64 {
        self.fates.iter().filter(|(fate, _)| matches!(fate, Fate::Rejected(_))).map(|(_, rows)| rows).sum()
    }

    /// Rows that hold data: all but headings, blank rows, totals and footnotes.
    pub fn data_rows(&self) -> u64 {
        self.of(Fate::Kept) + self.of(Fate::Duplicate) + self.of(Fate::OutsidePeriod) + self.rejected()
    }

    /// Every fate that has rows, in the fates' order, with how many.
    pub fn fates(&self) -> impl Iterator<Item = (Fate, u64)> + '_ {
        self.fates.iter().map(|(fate, rows)| (*fate, *rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        Origin { source: "avvikelser".into(), file: "a.csv".into(), sheet: None }
    }

    #[test]
    fn every_fate_is_known_again_by_its_name() {
        let rejected = [Code::BadDate, Code::MissingId, Code::UnknownCategory].map(Fate::Rejected);
        for fate in NAMES.iter().map(|(fate, _)| *fate).chain(rejected) {
            assert_eq!(Fate::named(&fate.name()), Some(fate));
        }
        assert_eq!(Fate::Rejected(Code::BadDate).name(), "rejected:bad-date");
        assert_eq!((Fate::named("rejected:no-such-code"), Fate::named("lost"), Fate::named("")), (None, None, None));
    }

    #[test]
    fn a_lost_row_cannot_be_closed() {
        let mut tally = Tally::default();
        tally.add(Fate::Kept, 9);
        assert!(tally.clone().close(origin(), 10).is_err());
        tally.add(Fate::Rejected(Code::BadDate), 1);
        let balance = tally.close(origin(), 10).expect("nine kept and one rejected are ten");
        assert_eq!((balance.data_rows(), balance.rejected()), (10, 1));
    }
}
