//! What decides a result, digested: equal keys mean that a run would do the same again.
//!
//! In: the build of the program, parts of the plan, digests of files. Out: a text to compare. Never: a debug form, which
//! may leave out what it likes. A source's part of the plan is hashed field by field (`derive(Hash)`): a field that is
//! added takes part. The plan as a whole is what `compile` makes of the job file's text and the year, so these stand for
//! it, with the folders that the text names only in part.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::job::plan::{Format, JobPlan, Plan, SourcePlan};
use crate::published::Program;

/// A file by name or path, and the digest of its content.
pub(in crate::run) type Named = (String, String);

/// Digests whatever is hashed into it.
struct Digest(blake3::Hasher);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = *self.0.finalize().as_bytes();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

fn digest_of(parts: &dyn Fn(&mut Digest)) -> String {
    let mut digest = Digest(blake3::Hasher::new());
    Program::BUILD.hash(&mut digest);
    parts(&mut digest);
    digest.0.finalize().to_hex().to_string()
}

/// Everything that decides what becomes of a source's rows. The Parquet file names the job and the year, messages the
/// input folder.
pub(super) fn of_source(job: &JobPlan, source: &SourcePlan, files: &[Named]) -> String {
    digest_of(&|digest| (&job.name, job.year, &job.input, source, files).hash(digest))
}

/// Everything that decides what a run publishes.
pub(super) struct WholeRun<'a> {
    pub(super) plan: &'a Plan,
    pub(super) formats: &'a [Format],
    /// Names and digests of the exports, in the order of sources and files.
    pub(super) inputs: &'a [Named],
    /// Templates, texts, the Word template, fonts and logo.
    pub(super) side_files: &'a [Named],
}

impl WholeRun<'_> {
    pub(super) fn key(&self) -> String {
        let job = &self.plan.job;
        let said = (&job.name, &job.file, &job.text, job.year);
        digest_of(&|digest| {
            said.hash(digest);
            folders(job).hash(digest);
            (self.formats, self.inputs, self.side_files).hash(digest);
        })
    }
}

/// Folders and files that the job names; its kept text has them without their way from the root of the disk.
fn folders(job: &JobPlan) -> (&Path, &Path, &Path, &Option<PathBuf>) {
    (&job.input, &job.templates, &job.texts, &job.reference_docx)
}
