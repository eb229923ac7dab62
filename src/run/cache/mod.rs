//! What an earlier run of the same job left, so that the next reads only what has changed.
//!
//! Two things are kept beside the published folder, in `.<name>.cache/`: for each source what became of its rows
//! ([`entry`]), its Parquet file being the published one; and for the run as a whole what it was made of ([`whole`]).
//! Nothing is trusted: every entry names the content of the exports, the plan's part and the build of the program that
//! it was made from, and its own digest. An entry that does not hold is told of and made anew.

mod digests;

mod entry;

mod key;

mod whole;

pub(super) use digests::{Digests, digest_of_file};
pub(super) use key::Named;
pub(super) use whole::{Finished, Outputs, Recipe, Standing};

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Failure, Location, file_name};
use crate::published::Folder;

use super::disk::keep_from_others;

/// The cache of one published folder.
pub(super) struct Cache {
    folder: PathBuf,
    /// The published folder, whose Parquet files are part of the cache.
    published: PathBuf,
    /// False with `--fresh`: nothing is looked up, everything is remembered.
    reads: bool,
    /// Entries that did not hold, for the person at the terminal; never in the report.
    notices: Vec<Diagnostic>,
}

impl Cache {
    /// The cache that belongs to a folder of results; nothing is made yet.
    pub(super) fn of(target: &Path, fresh: bool) -> Cache {
        let name = file_name(target);
        let folder = target.with_file_name(format!(".{name}.cache"));
        Cache { folder, published: target.to_path_buf(), reads: !fresh, notices: Vec::new() }
    }

    /// True when an earlier run may have left something to reuse.
    pub(super) fn may_know(&self) -> bool {
        self.reads && self.folder.is_dir()
    }

    pub(super) fn take_notices(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.notices)
    }

    /// An entry by name, if there is one and it is what was written.
    fn read<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let path = self.folder.join(name);
        let text = fs::read_to_string(&path).ok()?;
        let (digest, body) = text.split_once('\n').unwrap_or_default();
        let whole = digest == blake3::hash(body.as_bytes()).to_hex().as_str();
        let read = whole.then(|| serde_json::from_str(body).ok()).flatten();
        if read.is_none() {
            self.notice(&path, &say!("run-cache-is-damaged"));
        }
        read
    }

    /// Writes an entry under its own digest. A cache that can't be written costs the next run time and nothing else.
    fn write<T: Serialize>(&mut self, name: &str, entry: &T) -> Result<(), Failure> {
        let body = serde_json::to_string(entry).map_err(|error| Failure::internal(error.to_string()))?;
        let text = format!("{}\n{body}", blake3::hash(body.as_bytes()).to_hex());
        let path = self.folder.join(name);
        let made = fs::create_dir_all(&self.folder).and_then(|()| keep_from_others(&self.folder));
        if made.and_then(|()| fs::write(&path, text)).is_err() {
            self.notice(&path, &say!("run-cache-cannot-be-written"));
        }
        Ok(())
    }

    /// True if a published file is what the manifest beside it says.
    fn is_as_published(&self, name: &str) -> bool {
        let manifest = Folder::open(&self.published).ok().map(|folder| folder.manifest);
        let said = manifest.as_ref().and_then(|manifest| manifest.digest_of(name));
        said.zip(digest_of_file(&self.published.join(name)).ok()).is_some_and(|(said, now)| said == now)
    }

    fn notice(&mut self, path: &Path, what: &str) {
        let at = Location::of(path);
        let message = say!("run-cache-is-made-anew", what);
        self.notices.push(Diagnostic::warning(Code::UnusableCache, message, at));
    }
}
