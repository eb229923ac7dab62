//! Whether what was read of files is what they held at one moment.
//!
//! In: paths, noted before they are read. Out: those that are not the same files as then, afterwards: another size, another
//! time, another file under the name. Never reads a file.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::personal_data::mask_label;

/// A file that was changed so shortly ago could be changed once more under the same time: systems count it in steps.
const STEP: Duration = Duration::from_millis(20);

/// Files as they stood before they were read.
#[derive(Default)]
pub(super) struct Moment(Vec<(PathBuf, Option<Stamp>)>);

#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    identity: Identity,
}

/// Disk, file, and the time of its last change of any kind, which nobody can set back.
#[derive(Debug, PartialEq, Eq)]
struct Identity(u64, u64, i64, i64);

impl Moment {
    pub(super) fn of<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Moment {
        let mut moment = Moment::default();
        paths.into_iter().for_each(|path| moment.note(path));
        moment
    }

    /// Notes a file that will be read now.
    pub(super) fn note(&mut self, path: &Path) {
        let mut stamp = Stamp::of(path);
        let age = stamp.as_ref().and_then(|stamp| stamp.modified?.elapsed().ok());
        if let Some(wait) = age.and_then(|age| STEP.checked_sub(age)) {
            std::thread::sleep(wait);
            stamp = Stamp::of(path);
        }
        self.0.push((path.to_path_buf(), stamp));
    }

    /// Files that are no longer what they were.
    pub(super) fn changed(&self) -> Vec<&Path> {
        self.0.iter().filter(|(path, stamp)| Stamp::of(path) != *stamp).map(|(path, _)| path.as_path()).collect()
    }
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let meta = fs::metadata(path).ok()?;
        Some(Stamp { bytes: meta.len(), modified: meta.modified().ok(), identity: Identity::of(&meta) })
    }
}

impl Identity {
    #[cfg(unix)]
    fn of(meta: &Metadata) -> Identity {
        use std::os::unix::fs::MetadataExt;
        Identity(meta.dev(), meta.ino(), meta.ctime(), meta.ctime_nsec())
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Identity {
        Identity(0, 0, 0, 0)
    }
}

/// Reads until nothing has changed meanwhile: twice at most.
///
/// In: a reading that gives the files as they stood before it, and what it found. Errors: `changed-while-read` when they
/// change in the second reading, too; what is found in files that keep still.
pub(super) fn steadily<T>(
    mut read: impl FnMut() -> Result<(Moment, Result<T, Failure>), Failure>,
) -> Result<T, Failure> {
    let (moment, found) = read()?;
    if moment.changed().is_empty() {
        return found;
    }
    drop(found);
    let (moment, found) = read()?;
    let changed = moment.changed();
    if changed.is_empty() { found } else { Err(restless(&changed)) }
}

fn restless(files: &[&Path]) -> Failure {
    let told = |path: &&Path| {
        let at = Location::File { file: mask_label(&path.display().to_string()).into_owned() };
        let message = say!("run-changed-while-read");
        Diagnostic::error(Code::ChangedWhileRead, message, at).help(say!("run-wait-until-it-is-saved"))
    };
    Failure::fixable(files.iter().map(told).collect())
}
