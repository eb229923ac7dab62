//! Where a run works and how it is published: one run at a time, a scratch folder, a rename at the end.
//!
//! The scratch folder lies beside the published one, so that publication is a rename on the same disk.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Failure, Location};

/// A locked place to work in; dropped without [`Workspace::publish`], it leaves no trace.
pub(super) struct Workspace {
    target: PathBuf,
    scratch: PathBuf,
    /// Held until the run ends; the operating system gives it back if the program dies.
    _lock: File,
}

impl Workspace {
    /// Locks `target` for this run and makes an empty scratch folder beside it.
    ///
    /// Errors: `locked` when another run works on the same folder; `output-folder` when it can't be made.
    pub(super) fn open(target: &Path) -> Result<Self, Failure> {
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = target
            .file_name()
            .ok_or_else(|| unusable(target, &say!("run-folder-has-no-name")))?
            .to_string_lossy()
            .into_owned();
        fs::create_dir_all(parent).map_err(|error| unusable(parent, &error.to_string()))?;
        let lock = lock(&parent.join(format!(".{name}.lock")), target)?;
        let scratch = parent.join(format!(".{name}.scratch"));
        remove(&scratch)?;
        fs::create_dir_all(&scratch).map_err(|error| unusable(&scratch, &error.to_string()))?;
        recover(target, &retired(target))?;
        Ok(Workspace { target: target.to_path_buf(), scratch, _lock: lock })
    }

    pub(super) fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Puts the scratch folder in the place of the published one.
    ///
    /// Only a folder that kvalis published (it holds a manifest) is replaced: `--out ~` must not cost a home folder.
    pub(super) fn publish(self) -> Result<PathBuf, Failure> {
        let retired = retired(&self.target);
        refuse_foreign(&self.target)?;
        if self.target.exists() {
            fs::rename(&self.target, &retired)
                .map_err(|error| io(say!("run-setting-report-aside"), &self.target, &error))?;
        }
        if let Err(error) = fs::rename(&self.scratch, &self.target) {
            recover(&self.target, &retired)?;
            return Err(io(say!("run-publishing-report"), &self.target, &error));
        }
        remove(&retired)?;
        Ok(self.target.clone())
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // After a publication there is nothing left to remove; after a failure a leftover is removed by the next run.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// The earlier report while the new one takes its place.
fn retired(target: &Path) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.earlier"))
}

/// Puts the earlier report back if a run died between the two renames.
fn recover(target: &Path, retired: &Path) -> Result<(), Failure> {
    if !retired.exists() {
        return Ok(());
    }
    if target.exists() {
        return remove(retired);
    }
    fs::rename(retired, target).map_err(|error| io(say!("run-putting-report-back"), target, &error))
}

fn refuse_foreign(target: &Path) -> Result<(), Failure> {
    let occupied = fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some());
    if !target.exists() || target.join("manifest.json").is_file() || (target.is_dir() && !occupied) {
        return Ok(());
    }
    let at = Location::File { file: target.display().to_string() };
    let message = say!("run-folder-holds-something-else");
    let help = say!("run-name-an-empty-folder");
    Err(Diagnostic::error(Code::OutputFolder, message, at).help(help).into())
}

fn lock(path: &Path, target: &Path) -> Result<File, Failure> {
    let file = File::create(path).map_err(|error| unusable(path, &error.to_string()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let at = Location::File { file: target.display().to_string() };
            let message = say!("run-another-run-is-working");
            let help = say!("run-wait-or-name-another-folder");
            Err(Diagnostic::error(Code::Locked, message, at).help(help).into())
        }
        Err(TryLockError::Error(error)) => Err(unusable(path, &error.to_string())),
    }
}

fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(io(say!("run-removing-folder"), folder, &error))
        }
        _ => Ok(()),
    }
}

fn unusable(folder: &Path, why: &str) -> Failure {
    let at = Location::File { file: folder.display().to_string() };
    let message = say!("run-output-folder-is-unusable", why);
    Diagnostic::error(Code::OutputFolder, message, at).help(say!("run-check-output-key")).into()
}

fn io(doing: String, path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(doing, &path.display().to_string(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish_once(target: &Path, content: &str) -> Result<PathBuf, Failure> {
        let workspace = Workspace::open(target)?;
        fs::write(workspace.scratch().join("manifest.json"), content).expect("scratch is writable");
        workspace.publish()
    }

    #[test]
    fn a_second_run_replaces_the_first_and_leaves_no_scratch() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish_once(&target, "one").expect("first");
        publish_once(&target, "two").expect("second");
        assert_eq!(fs::read_to_string(target.join("manifest.json")).expect("published"), "two");
        let left: Vec<_> =
            fs::read_dir(folder.path()).expect("list").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left.len(), 2, "the report and its lock, found {left:?}");
    }

    #[test]
    fn a_failed_run_leaves_the_earlier_report() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish_once(&target, "one").expect("first");
        drop(Workspace::open(&target).expect("second run begins and fails"));
        assert_eq!(fs::read_to_string(target.join("manifest.json")).expect("published"), "one");
    }

    #[test]
    fn a_folder_that_is_not_ours_is_never_replaced() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("bilder");
        fs::create_dir(&target).expect("create");
        fs::write(target.join("semester.jpg"), "x").expect("write");
        let failure = publish_once(&target, "one").expect_err("refused");
        assert_eq!(failure.diagnostics[0].code, Code::OutputFolder);
        assert!(target.join("semester.jpg").is_file());
    }

    #[test]
    fn two_runs_do_not_work_on_one_folder() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        let _first = Workspace::open(&target).expect("first");
        let failure = Workspace::open(&target).err().expect("second is refused");
        assert_eq!(failure.diagnostics[0].code, Code::Locked);
    }

    #[test]
    fn a_run_that_died_between_two_renames_is_mended_by_the_next() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish_once(&target, "one").expect("first");
        fs::rename(&target, retired(&target)).expect("die here");
        drop(Workspace::open(&target).expect("next run"));
        assert_eq!(fs::read_to_string(target.join("manifest.json")).expect("back"), "one");
    }
}
