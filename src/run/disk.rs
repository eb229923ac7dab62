//! What publication does to the disk, operation by operation.
//!
//! In: paths below the folder of results. Out: folders and files that have been changed, or the system's own error. All
//! changes of names go through here, so that a test can take the power away after each of them (`power_cut`).

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Changes of files and folders. Nothing is durable before it is synced, and its folder too.
pub(super) trait Disk: Sync {
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Waits until what a file holds, or which names stand in a folder, has reached the disk.
    fn sync(&self, path: &Path) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Two folders change places in one step. Errors: where the system cannot, too.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The machine's own.
pub(super) struct System;

impl Disk for System {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        let is_file = !path.is_dir();
        let opened = OpenOptions::new().read(true).write(cfg!(windows) && is_file).open(path);
        match opened.and_then(|file| file.sync_all()) {
            // Only files can be synced there; a folder's names are the file system's own business.
            Err(_) if cfg!(windows) && !is_file => Ok(()),
            // Some network disks know no sync of folders.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput && !is_file => Ok(()),
            synced => synced,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(target_os = "linux")]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    #[cfg(not(target_os = "linux"))]
    fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}

/// What lies below a folder; links are files, wherever they lead.
pub(super) struct Below {
    pub(super) files: Vec<PathBuf>,
    /// The folder itself first, each before those in it.
    pub(super) folders: Vec<PathBuf>,
}

impl Below {
    pub(super) fn of(folder: &Path) -> io::Result<Below> {
        let mut below = Below { files: Vec::new(), folders: vec![folder.to_path_buf()] };
        let mut next = 0;
        while let Some(folder) = below.folders.get(next).cloned() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let kind = if entry.file_type()?.is_dir() { &mut below.folders } else { &mut below.files };
                kind.push(entry.path());
            }
            next += 1;
        }
        below.files.sort();
        Ok(below)
    }
}

/// Takes from everybody else the right to look at what holds rows; the owner and the group keep theirs.
#[cfg(unix)]
pub(super) fn keep_from_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o007 == 0 { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(mode & !0o007)) }
}

#[cfg(not(unix))]
pub(super) fn keep_from_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes a folder and all that is in it, though somebody has made it read-only.
pub(super) fn remove_all(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(meta) if !meta.is_dir() => return disk.remove_file(folder),
        Ok(_) => make_writable(folder),
    }
    let Below { files, folders } = Below::of(folder)?;
    files.iter().try_for_each(|file| disk.remove_file(file))?;
    folders.iter().rev().try_for_each(|folder| disk.remove_folder(folder))
}

/// Gives the owner back the right to change a folder and those below; what is refused is told when it matters.
#[cfg(unix)]
pub(super) fn make_writable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(meta) = fs::symlink_metadata(folder) else { return };
    let mode = meta.permissions().mode();
    if !meta.is_dir() {
        return;
    }
    if mode & 0o700 != 0o700 {
        // Refused for a folder of somebody else's.
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode | 0o700));
    }
    fs::read_dir(folder).into_iter().flatten().flatten().for_each(|entry| make_writable(&entry.path()));
}

#[cfg(not(unix))]
pub(super) fn make_writable(_: &Path) {}
