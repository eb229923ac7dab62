//! Digests of the exports before they are read, to know which of them an earlier run has read already.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::key::Named;
use crate::diagnostic::Failure;
use crate::domain::personal_data::mask_label;
use crate::run::options::SourceFiles;

/// blake3 of each file, hexadecimal.
pub(in crate::run) struct Digests(BTreeMap<PathBuf, String>);

impl Digests {
    /// Reads all files of all sources, side by side.
    pub(in crate::run) fn of(files: &SourceFiles) -> Result<Digests, Failure> {
        let paths: Vec<&PathBuf> = files.values().flatten().collect();
        let digests: Result<BTreeMap<PathBuf, String>, Failure> =
            paths.par_iter().map(|path| Ok((path.to_path_buf(), digest_of_file(path)?))).collect();
        Ok(Digests(digests?))
    }

    /// Name and digest of each of these files, in their order.
    pub(in crate::run) fn named(&self, files: &[PathBuf]) -> Vec<Named> {
        let name = |path: &PathBuf| {
            path.file_name().map(|name| mask_label(&name.to_string_lossy()).into_owned()).unwrap_or_default()
        };
        files.iter().map(|path| (name(path), self.0.get(path).cloned().unwrap_or_default())).collect()
    }
}

/// blake3 of a file's bytes, read in pieces: an export may be large.
pub(in crate::run) fn digest_of_file(path: &Path) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::io(say!("diagnostic-reading"), &path.display().to_string(), &error);
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut File::open(path).map_err(failed)?, &mut hasher).map_err(failed)?;
    Ok(hasher.finalize().to_hex().to_string())
}
