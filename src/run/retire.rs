//! What becomes of a report when a new one has taken its place: the program's own files go, everything else is kept.
//!
//! In: the folder beside the published one. Out: `<year>-andrat-<n>` with every file that the program did not write, or
//! not so, and a word of it. A file is the program's own if its digest is the manifest's.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Failure, Location, file_name};
use crate::domain::personal_data::mask_label;
use crate::published::{ASIDE, Folder, MANIFEST, earlier};

use super::cache::digest_of_file;
use super::disk::{Below, Disk, make_writable, remove_all};

/// So many files are named, the rest counted.
const NAMED: usize = 5;

/// Clears away the earlier report, if there is one.
///
/// Out: what was kept. Errors: when the folder can be neither cleared nor moved out of the way.
pub(super) fn retire(disk: &dyn Disk, target: &Path) -> Result<Option<Diagnostic>, Failure> {
    let earlier = earlier(target);
    if fs::symlink_metadata(&earlier).is_err() {
        return Ok(None);
    }
    clear(disk, target, &earlier).or_else(|error| {
        // Somebody else's files, most likely: the folder is put where it is seen, and is in no later run's way.
        let aside = aside(target);
        let moved = disk.rename(&earlier, &aside).and_then(|()| disk.sync(parent(target)));
        let told = Diagnostic::warning(Code::KeptAside, say!("run-cannot-be-removed", error), Location::of(&aside));
        moved
            .map(|()| Some(told.help(say!("run-remove-by-hand"))))
            .map_err(|error| Failure::io(say!("run-removing-folder"), &earlier.display().to_string(), &error))
    })
}

fn clear(disk: &dyn Disk, target: &Path, earlier: &Path) -> io::Result<Option<Diagnostic>> {
    make_writable(earlier);
    let kept = foreign(earlier)?;
    let told = if kept.is_empty() { None } else { Some(keep(disk, target, earlier, &kept)?) };
    // Only under a name whose content is the program's own may files go one by one.
    let rest = beside(target, "scratch");
    remove_all(disk, &rest)?;
    disk.rename(earlier, &rest)?;
    disk.sync(parent(target))?;
    remove_all(disk, &rest)?;
    Ok(told)
}

/// Names of the files that are not as the manifest says, or are not in it; all of them without a manifest.
fn foreign(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let manifest = Folder::open(folder).ok().map(|folder| folder.manifest);
    let is_ours = |name: &Path| {
        let listed = manifest.as_ref().zip(name.to_str().map(|name| name.replace('\\', "/")));
        let path = folder.join(name);
        let is_plain = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file());
        is_plain
            && listed.is_some_and(|(manifest, name)| {
                let digest = manifest.digest_of(&name);
                name == MANIFEST || digest.is_some_and(|digest| digest_of_file(&path).is_ok_and(|now| now == digest))
            })
    };
    let below = |file: PathBuf| file.strip_prefix(folder).map(Path::to_path_buf).map_err(io::Error::other);
    let names = Below::of(folder)?.files.into_iter().map(below).collect::<io::Result<Vec<PathBuf>>>()?;
    Ok(names.into_par_iter().filter(|name| !is_ours(name)).collect())
}

/// Moves files into a folder of their own beside the report. They are on the disk there before the rest goes.
fn keep(disk: &dyn Disk, target: &Path, earlier: &Path, names: &[PathBuf]) -> io::Result<Diagnostic> {
    let aside = aside(target);
    disk.make_folder(&aside)?;
    for name in names {
        let mut folder = aside.clone();
        for part in name.parent().into_iter().flat_map(Path::components) {
            folder.push(part);
            if !folder.is_dir() {
                disk.make_folder(&folder)?;
            }
        }
    }
    let sync_folders = |root: &Path| Below::of(root)?.folders.iter().try_for_each(|folder| disk.sync(folder));
    // A file must not be in a folder that is not there yet when the power goes.
    sync_folders(&aside)?;
    disk.sync(parent(target))?;
    for name in names {
        // One that cannot be opened is moved all the same.
        let _ = disk.sync(&earlier.join(name));
        disk.rename(&earlier.join(name), &aside.join(name))?;
    }
    sync_folders(&aside)?;
    sync_folders(earlier)?;
    let shown = |name: &PathBuf| mask_label(&name.to_string_lossy()).into_owned();
    let files = names.iter().take(NAMED).map(shown).collect::<Vec<_>>().join(", ");
    let told =
        Diagnostic::warning(Code::KeptAside, say!("run-kept-aside", n = names.len(), files), Location::of(&aside));
    let more = names.len().saturating_sub(NAMED);
    let told = told.help(say!("run-own-texts-have-their-place"));
    Ok(if more > 0 { told.more(say!("run-kept-aside-more", more)) } else { told })
}

/// The first name that is free for what is kept.
fn aside(target: &Path) -> PathBuf {
    let name = file_name(target);
    let mut numbered = (1_u32..).map(|number| target.with_file_name(format!("{name}{ASIDE}{number}")));
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    numbered.find(is_free).expect("there are more numbers than folders")
}

/// A hidden name beside the folder of results.
pub(super) fn beside(target: &Path, what: &str) -> PathBuf {
    let name = file_name(target);
    target.with_file_name(format!(".{name}.{what}"))
}

/// The folder that holds the folder of results.
pub(super) fn parent(target: &Path) -> &Path {
    target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
