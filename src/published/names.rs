//! What the files of a published folder are called, below the folder.

use crate::domain::table::file_stem;

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const PLACES: &str = "places.json";
pub(crate) const REJECTS: &str = "rejects.csv";
/// What of a protected report may leave the house, for whoever publishes from the folder.
pub(crate) const READ_ME: &str = "las-mig.txt";
pub(crate) const DATA: &str = "data";
pub(crate) const TABLES: &str = "tables";
pub(crate) const FIGURES: &str = "figures";

/// Between a folder's name and a number: what of an earlier report was not the program's own.
pub(crate) const ASIDE: &str = "-andrat-";

/// Files that hold rows or counts before anything was hidden: for the analyst's own archive, never for publication.
pub(crate) const INTERNAL: [&str; 4] = ["data/", REJECTS, PLACES, MANIFEST];

/// The cache beside the folder, seen from it: digests, balances, and between what each hidden number lies.
pub(crate) const CACHE: &str = "../.*.cache/";

/// File of a source's rows, below the folder.
pub(crate) fn data_file(source: &str) -> String {
    format!("{DATA}/{source}.parquet")
}

/// File of a measure's table, below the folder, by the table's name.
pub(crate) fn table_file(table: &str) -> String {
    format!("{TABLES}/{}.csv", file_stem(table))
}

/// File of a register that the next report begins with, below the folder: rows, and so among those that stay in the house.
pub(crate) fn next_file(source: &str) -> String {
    format!("{DATA}/{source}-nasta-ar.xlsx")
}
