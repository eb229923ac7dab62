//! Where a run works and how it is published: one run at a time, a scratch folder, an exchange at the end.
//!
//! The scratch folder lies beside the published one, so that publication changes names on one disk and copies nothing.
//! Everything in it is on the disk before the names are exchanged, and the exchange before the run says that it is done:
//! whenever the power goes, the earlier report or the new one stands there whole (`power_cut`). What the program did not
//! write is never removed (`retire`).

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Failure, Location, Severity};
use crate::published::{Folder, earlier};

use super::disk::{Below, Disk, System, remove_all};
use super::outputs::Scratch;
use super::retire::{beside, parent, retire};

/// How often a lock is tried, and how long is waited in between: another run that ends, or a process that was started
/// beside one and holds its files for a moment, is no reason to stop.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// A locked place to work in; dropped without [`Workspace::publish`], it leaves no trace.
pub(super) struct Workspace<'d> {
    disk: &'d dyn Disk,
    target: PathBuf,
    scratch: Scratch,
    /// What was found beside the folder and kept aside.
    told: Vec<Diagnostic>,
    /// Held until the run ends; the operating system gives it back if the program dies.
    _lock: File,
}

/// A report in its place.
pub(super) struct Published {
    pub(super) folder: PathBuf,
    /// What of the earlier one was kept aside.
    pub(super) told: Vec<Diagnostic>,
}

impl Workspace<'static> {
    /// Locks `target` for a run of this job and makes an empty scratch folder beside it.
    ///
    /// Errors: `locked` when another run works on the same folder; `output-folder` when it can't be made, or holds what
    /// is no report of this job.
    pub(super) fn open(target: &Path, job: &str) -> Result<Self, Failure> {
        Workspace::on(&System, target, job)
    }
}

impl<'d> Workspace<'d> {
    pub(super) fn on(disk: &'d dyn Disk, target: &Path, job: &str) -> Result<Self, Failure> {
        let target = resolved(target)?;
        if target.file_name().is_none() {
            return Err(unusable(&target, &say!("run-folder-has-no-name")));
        }
        refuse_foreign(&target, job)?;
        fs::create_dir_all(parent(&target)).map_err(|error| unusable(parent(&target), &error.to_string()))?;
        let lock = lock(&beside(&target, "lock"), &target)?;
        let told = recover(disk, &target)?;
        refuse_foreign(&target, job)?;
        let scratch = beside(&target, "scratch");
        remove_all(disk, &scratch).map_err(|error| refused(say!("run-removing-folder"), &scratch, &error))?;
        disk.make_folder(&scratch).map_err(|error| unusable(&scratch, &error.to_string()))?;
        Ok(Workspace { disk, target, scratch: Scratch::at(scratch), told: told.into_iter().collect(), _lock: lock })
    }

    /// Where the report will stand: where the folder's name leads, if it is a link.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// What was found beside the folder and kept aside.
    pub(super) fn told(&self) -> &[Diagnostic] {
        &self.told
    }

    pub(super) fn scratch(&self) -> &Scratch {
        &self.scratch
    }

    /// Puts the scratch folder in the place of the published one.
    ///
    /// Errors: what stops before the exchange leaves the earlier report; nothing is an error after it.
    pub(super) fn publish(mut self) -> Result<Published, Failure> {
        let failed = |error: io::Error| refused(say!("run-publishing-report"), &self.target, &error);
        self.sync().map_err(failed)?;
        self.exchange().map_err(failed)?;
        self.disk.sync(parent(&self.target)).map_err(failed)?;
        let mut told = std::mem::take(&mut self.told);
        // The new report stands: what is left of the earlier one is no error.
        let rest = retire(self.disk, &self.target).unwrap_or_else(|failure| failure.diagnostics.into_iter().next());
        told.extend(rest.map(|told| Diagnostic { severity: Severity::Warning, ..told }));
        Ok(Published { folder: self.target.clone(), told })
    }

    /// Waits until all files are on the disk, as long as they were to be, and all folders. Side by side: the disk takes
    /// them in one go.
    fn sync(&self) -> io::Result<()> {
        let root = self.scratch.root();
        let Below { files, folders } = Below::of(root)?;
        files.par_iter().try_for_each(|file| self.disk.sync(file))?;
        for output in self.scratch.listing() {
            if fs::metadata(root.join(&output.file))?.len() != output.bytes {
                return Err(io::Error::other(say!("run-file-was-cut-short", file = output.file)));
            }
        }
        folders.par_iter().try_for_each(|folder| self.disk.sync(folder))
    }

    /// The new report takes the earlier one's place; there always is one, where the system can exchange two folders.
    fn exchange(&self) -> io::Result<()> {
        let (disk, target, scratch) = (self.disk, self.target.as_path(), self.scratch.root());
        if fs::symlink_metadata(target).is_err() {
            return disk.rename(scratch, target);
        }
        let earlier = &earlier(target);
        disk.rename(scratch, earlier)?;
        if disk.exchange(earlier, target).is_ok() {
            return Ok(());
        }
        disk.rename(earlier, scratch)?;
        disk.rename(target, earlier)?;
        disk.rename(scratch, target).or_else(|error| disk.rename(earlier, target).and(Err(error)))
    }
}

impl Drop for Workspace<'_> {
    fn drop(&mut self) {
        // After a publication there is nothing left to remove; after a failure a leftover is removed by the next run.
        let _ = remove_all(self.disk, self.scratch.root());
    }
}

/// Where a link leads: a report that was moved to a share stays there.
fn resolved(target: &Path) -> Result<PathBuf, Failure> {
    match fs::symlink_metadata(target) {
        Ok(meta) if meta.is_symlink() => {
            fs::canonicalize(target).map_err(|_| unusable(target, &say!("run-link-leads-nowhere")))
        }
        _ => Ok(target.to_path_buf()),
    }
}

/// Mends what a run has left that died while it published: the earlier report is put back if there is none, else what is
/// left of it goes.
fn recover(disk: &dyn Disk, target: &Path) -> Result<Option<Diagnostic>, Failure> {
    let earlier = earlier(target);
    if fs::symlink_metadata(target).is_ok() || fs::symlink_metadata(&earlier).is_err() {
        return retire(disk, target);
    }
    let back = disk.rename(&earlier, target).and_then(|()| disk.sync(parent(target)));
    back.map(|()| None).map_err(|error| refused(say!("run-putting-report-back"), target, &error))
}

/// Only a report of the same job is replaced. One whose manifest is damaged or gone is known by the cache beside it:
/// then nothing in it is known to be ours, and all is kept aside.
fn refuse_foreign(target: &Path, job: &str) -> Result<(), Failure> {
    let foreign = |message: String| {
        let at = Location::of(target);
        Err(Diagnostic::error(Code::OutputFolder, message, at).help(say!("run-name-an-empty-folder")).into())
    };
    match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() != io::ErrorKind::NotADirectory => {
            return Err(unusable(target, &error.to_string()));
        }
        Ok(mut entries) => {
            if entries.next().is_none() {
                return Ok(());
            }
        }
        Err(_) => {}
    }
    match Folder::open(target).map(|folder| folder.manifest) {
        Ok(manifest) if manifest.job.name == job => Ok(()),
        Ok(manifest) => foreign(say!("run-folder-holds-another-job", name = manifest.job.name)),
        Err(_) if beside(target, "cache").is_dir() => Ok(()),
        Err(_) => foreign(say!("run-folder-holds-something-else")),
    }
}

fn lock(path: &Path, target: &Path) -> Result<File, Failure> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let file = opened.map_err(|error| unusable(path, &error.to_string()))?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(error)) => return Err(unusable(path, &error.to_string())),
        }
    }
    let at = Location::of(target);
    let help = say!("run-wait-or-name-another-folder");
    Err(Diagnostic::error(Code::Locked, say!("run-another-run-is-working"), at).help(help).into())
}

fn unusable(folder: &Path, why: &str) -> Failure {
    let at = Location::of(folder);
    let message = say!("run-output-folder-is-unusable", why);
    Diagnostic::error(Code::OutputFolder, message, at).help(say!("run-check-output-key")).into()
}

/// What the system did not allow, and what usually is the reason.
fn refused(doing: String, path: &Path, error: &io::Error) -> Failure {
    let mut failure = Failure::io(doing, &path.display().to_string(), error);
    failure.diagnostics.iter_mut().for_each(|told| told.help = Some(say!("run-close-files-or-name-another-folder")));
    failure
}

#[cfg(test)]
mod tests {
    use super::super::power_cut::{Quick, publish};
    use super::*;

    const DISK: Quick = Quick { exchanges: true };

    fn said(target: &Path) -> String {
        fs::read_to_string(target.join("report.html")).expect("published")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("list").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_replaces_the_first_and_leaves_no_scratch() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish(&System, &target, "one").expect("first");
        publish(&System, &target, "two").expect("second");
        assert_eq!(said(&target), "two");
        assert_eq!(names(folder.path()), [".2023.lock", "2023"]);
    }

    #[test]
    fn a_failed_run_leaves_the_earlier_report() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish(&DISK, &target, "one").expect("first");
        drop(Workspace::open(&target, "prov").expect("second run begins and fails"));
        assert_eq!(said(&target), "one");
    }

    #[test]
    fn a_folder_that_is_not_ours_is_never_replaced() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("bilder");
        fs::create_dir(&target).expect("create");
        fs::write(target.join("semester.jpg"), "x").expect("write");
        for manifest in [None, Some("{}")] {
            manifest.iter().for_each(|text| fs::write(target.join("manifest.json"), text).expect("write"));
            let failure = publish(&DISK, &target, "one").expect_err("refused");
            assert_eq!(failure.diagnostics[0].code, Code::OutputFolder);
            assert!(target.join("semester.jpg").is_file());
            assert_eq!(names(folder.path()), ["bilder"], "nothing is left beside it");
        }
    }

    #[test]
    fn another_job_is_not_replaced() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish(&DISK, &target, "one").expect("first");
        let failure = Workspace::on(&DISK, &target, "annat").err().expect("refused");
        assert_eq!(failure.diagnostics[0].code, Code::OutputFolder);
        assert_eq!(said(&target), "one");
    }

    #[test]
    fn two_runs_do_not_work_on_one_folder() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        let _first = Workspace::open(&target, "prov").expect("first");
        let failure = Workspace::open(&target, "prov").err().expect("second is refused");
        assert_eq!(failure.diagnostics[0].code, Code::Locked);
    }

    #[test]
    fn a_lock_that_is_given_back_in_a_moment_stops_nobody() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        let first = Workspace::open(&target, "prov").expect("first");
        std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(3 * LOCK_PAUSE);
                drop(first);
            });
            publish(&DISK, &target, "one").expect("second waits");
        });
    }

    #[test]
    fn a_file_that_the_disk_has_cut_short_is_not_published() {
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish(&DISK, &target, "one").expect("first");
        let workspace = Workspace::on(&DISK, &target, "prov").expect("second");
        workspace.scratch().file("report.html", b"two").expect("written");
        fs::write(workspace.scratch().root().join("report.html"), "tw").expect("cut");
        assert!(workspace.publish().is_err());
        assert_eq!(said(&target), "one");
    }

    #[cfg(unix)]
    #[test]
    fn a_report_that_was_made_read_only_is_replaced_like_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("temp");
        let target = folder.path().join("2023");
        publish(&DISK, &target, "one").expect("first");
        for path in [target.join("tables"), target.clone()] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o555)).expect("ours");
        }
        publish(&DISK, &target, "two").expect("second");
        assert_eq!((said(&target).as_str(), names(folder.path()).len()), ("two", 2));
    }

    #[cfg(unix)]
    #[test]
    fn a_report_behind_a_link_stays_where_it_is() {
        let folder = tempfile::tempdir().expect("temp");
        let (share, target) = (folder.path().join("share/2023"), folder.path().join("2023"));
        publish(&DISK, &share, "one").expect("first");
        std::os::unix::fs::symlink(&share, &target).expect("a link");
        publish(&DISK, &target, "two").expect("second");
        assert!(target.is_symlink());
        assert_eq!(said(&share), "two");
        fs::remove_dir_all(&share).expect("removed");
        let failure = publish(&DISK, &target, "three").expect_err("it leads nowhere");
        assert_eq!(failure.diagnostics[0].code, Code::OutputFolder);
    }
}
