//! A published folder read back: what its manifest says, its tables, and where its numbers are printed.

use std::fs;
use std::path::{Path, PathBuf};

use super::table_csv::Table;
use super::{MANIFEST, Manifest, PLACES, PrintedPlace, TableEntry, table_csv};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};

/// A run's results.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub path: PathBuf,
    pub manifest: Manifest,
}

impl Folder {
    /// Reads the manifest.
    ///
    /// Errors: `not-published` for a folder without one, `damaged-manifest` if it is none of this program's.
    pub(crate) fn open(path: &Path) -> Result<Folder, Failure> {
        let file = path.join(MANIFEST);
        let text = fs::read_to_string(&file).map_err(|error| unreadable(path, &error))?;
        let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
            let line = error.line();
            damaged(&file, say!("published-is-no-manifest", line))
        })?;
        if blake3::hash(manifest.job.text.as_bytes()).to_hex().as_str() != manifest.job.blake3 {
            return Err(damaged(&file, say!("published-job-text-is-another")));
        }
        Ok(Folder { path: path.to_path_buf(), manifest })
    }

    /// All tables, in the order of the manifest.
    ///
    /// Errors: `damaged-manifest` if a table is not the one that was published.
    pub(crate) fn tables(&self) -> Result<Vec<Table>, Failure> {
        self.manifest.tables.iter().map(|entry| self.table(entry)).collect()
    }

    fn table(&self, entry: &TableEntry) -> Result<Table, Failure> {
        let path = self.path.join(&entry.file);
        let listed = self.manifest.digest_of(&entry.file);
        let bytes = listed.and_then(|_| fs::read(&path).ok());
        let (Some(listed), Some(bytes)) = (listed, bytes) else {
            return Err(damaged(&path, say!("published-table-is-not-there")));
        };
        if blake3::hash(&bytes).to_hex().as_str() != listed {
            return Err(damaged(&path, say!("published-table-was-changed")));
        }
        let other = || damaged(&path, say!("published-table-has-other-columns"));
        table_csv::read(&bytes, entry).ok_or_else(other)
    }

    /// The places where numbers are printed; none for a job without chapters.
    ///
    /// Errors: `damaged-manifest` if the list is none.
    pub(crate) fn places(&self) -> Result<Vec<PrintedPlace>, Failure> {
        let path = self.path.join(PLACES);
        match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Failure::io(say!("diagnostic-reading"), &path.display().to_string(), &error)),
            Ok(text) => serde_json::from_str(&text).map_err(|_| damaged(&path, say!("published-is-no-list-of-places"))),
        }
    }
}

fn unreadable(folder: &Path, error: &std::io::Error) -> Failure {
    let shown = folder.display().to_string();
    if error.kind() != std::io::ErrorKind::NotFound {
        return Failure::io(say!("published-reading-manifest"), &shown, error);
    }
    let message =
        if folder.is_dir() { say!("published-folder-holds-no-run") } else { say!("published-there-is-no-such-run") };
    Diagnostic::error(Code::NotPublished, message, Location::File { file: shown })
        .help(say!("published-name-folder-with-manifest"))
        .into()
}

fn damaged(path: &Path, message: String) -> Failure {
    Diagnostic::error(Code::DamagedManifest, message, Location::of(path)).help(say!("published-run-job-again")).into()
}
