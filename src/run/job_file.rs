//! Writes a job file, durably: a power cut leaves the earlier one or the new one, whole.

use std::fs;
use std::io;
use std::path::Path;

use super::disk::{Disk as _, System};
use crate::diagnostic::{Failure, file_name};

/// Puts a text where a file is, or where none is; a link is followed, and rights are kept.
pub(crate) fn write_job_file(file: &Path, text: &str) -> Result<(), Failure> {
    replace(file, text).map_err(|error| Failure::io(say!("diagnostic-writing"), &file.display().to_string(), &error))
}

fn replace(file: &Path, text: &str) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let beside = file.with_file_name(format!(".{}.new", file_name(&file)));
    let written = fs::write(&beside, text).and_then(|()| {
        if let Ok(meta) = fs::metadata(&file) {
            fs::set_permissions(&beside, meta.permissions())?;
        }
        System.sync(&beside)?;
        System.rename(&beside, &file)
    });
    if written.is_err() {
        // What was begun is nobody's; that it cannot be removed says the same as that it could not be written.
        let _ = System.remove_file(&beside);
    }
    written?;
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    System.sync(folder)
}
