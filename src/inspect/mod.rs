//! What is in an export that nobody has seen: sheets, header, columns, kinds, marks, roles, suspected personal data.
//!
//! In: a file, whose rows `ingest` hands over ([`crate::ingest::ReadsWhole`]). Out: by [`look`] a [`FileProfile`], and by
//! [`proposal`] the draft of a job. Never: a cell's text of a column that is suspected of personal data or holds free
//! text; such columns are told by counts alone.
//!
//! The way of a file: `Profiler` keeps the first rows until `header` has found the header, then counts every cell in a
//! `column`; `kinds` says what each column is, `shape` what the sheet is; `Relations` reads the file once more for what
//! only pairs of columns tell (which one decides another, which date comes first); `roles` puts it together. What a cell
//! is read as is asked of the readers of `normalise`: a draft promises what a run will do.

mod column;

mod header;

mod kinds;

mod periods;

mod personal;

mod profile;

mod profiler;

pub mod proposal;

mod relations;

mod roles;

mod shape;

mod values;

use std::path::{Path, PathBuf};

use crate::diagnostic::Failure;
use crate::ingest::{WholeFile, filled_in, read_whole};

pub(crate) use profile::name_of;
pub use profile::{
    ColumnProfile, DateForm, FileProfile, HierarchyProfile, Kind, NumberProfile, Role, Shape, SheetProfile,
};

use profiler::Profiler;
use relations::Relations;

/// The exports that names and patterns on the command line mean, in their order.
pub(crate) fn exports(names: &[PathBuf]) -> Vec<PathBuf> {
    names.iter().flat_map(|name| filled_in(name)).collect()
}

/// Reads a file whole, and once more where pairs of columns can tell something.
pub fn look(file: &Path) -> Result<FileProfile, Failure> {
    let mut profiler = Profiler::default();
    let whole = read_whole(file, &mut profiler)?;
    let mut sheets = profiler.finish();
    let mut relations = Relations::new(&sheets);
    if Relations::are_of_interest(&sheets) {
        read_whole(file, &mut relations)?;
    }
    let found = relations.finish();
    roles::settle(&mut sheets, &found);
    let WholeFile { name: file, kind: format, encoding, delimiter } = whole;
    Ok(FileProfile { file, format, encoding, delimiter, sheets })
}
