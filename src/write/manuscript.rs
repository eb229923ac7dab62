//! What the analyst has written: the templates, and the texts beside the job.
//!
//! In: the files' contents, read by `run` before anything else. Out: a [`Manuscript`], checked and then printed: the same
//! words both times. Nothing here touches a file.

use std::collections::BTreeMap;

use super::texts::Texts;

/// All that is written by hand in a report.
#[derive(Debug, Clone, Default)]
pub struct Manuscript {
    pub templates: Templates,
    pub texts: Texts,
}

/// The files of the templates folder by name ("avdelningar/avdelning.md"): each its text, or why it cannot be read.
///
/// A template can include what has a name here and nothing else: no absolute path, no way up.
#[derive(Debug, Clone, Default)]
pub struct Templates(pub BTreeMap<String, Result<String, String>>);

impl Templates {
    /// The text of a template that could be read.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref().ok()
    }
}
