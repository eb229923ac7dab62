//! A place to work in for what publishes nothing: a folder of our own among the system's temporary ones.
//!
//! Nobody else can look into it, and it goes away with us.

use std::fs::DirBuilder;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostic::Failure;

pub(crate) struct Elsewhere(PathBuf);

impl Elsewhere {
    /// `what` stands in the folder's name.
    pub(crate) fn new(what: &str) -> Result<Elsewhere, Failure> {
        let folder = std::env::temp_dir();
        let mut last = ErrorKind::AlreadyExists.into();
        // Never one that is there already: it could be somebody else's.
        for number in 0..100 {
            let path = folder.join(format!("kvalis-{what}-{}-{number}", std::process::id()));
            match private().create(&path) {
                Ok(()) => return Ok(Elsewhere(path)),
                Err(error) => last = error,
            }
        }
        Err(Failure::io(say!("diagnostic-making-a-folder"), &folder.display().to_string(), &last))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(unix)]
fn private() -> DirBuilder {
    let mut builder = DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

#[cfg(not(unix))]
fn private() -> DirBuilder {
    DirBuilder::new()
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
