//! One of the two runs, as it was published.

use std::path::Path;

use super::job::JobTree;
use crate::diagnostic::Failure;
use crate::published::{Folder, Table};

/// A published run.
pub(super) struct Run {
    pub(super) folder: Folder,
    /// In the order of the manifest.
    pub(super) tables: Vec<Table>,
}

impl Run {
    pub(super) fn read(path: &Path) -> Result<Run, Failure> {
        let folder = Folder::open(path)?;
        Ok(Run { tables: folder.tables()?, folder })
    }

    /// The job that it ran.
    pub(super) fn job(&self) -> Result<JobTree, Failure> {
        JobTree::parse(&self.folder.manifest.job.text, &self.folder.manifest.job.file)
    }
}
