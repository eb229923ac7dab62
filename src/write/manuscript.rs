//! What the analyst has written: the templates, and the texts beside the job.
//!
//! In: the files' contents, read by `run` before anything else. Out: a [`Manuscript`], checked and then printed: the same
//! words both times. Nothing here touches a file.

use std::collections::BTreeMap;

use crate::domain::table::slug;

/// All that is written by hand in a report.
#[derive(Debug, Clone, Default)]
pub struct Manuscript {
    /// Chapters' templates.
    pub templates: Templates,
    /// The analyst's own texts.
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

/// Begins the engine's name of a text; no template's name can, for it is not a path.
const PREFIX: &str = "text:";

/// A file that the analyst wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As the analyst would open it, for messages.
    pub file: String,
    /// What it holds, without the line that says its year.
    pub markdown: String,
}

/// The texts of a job by file stem, and the folder where more of them can be put.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The folder's own name, never a path of the machine.
    pub folder: String,
    /// Each by the stem of its file's name.
    pub by_stem: BTreeMap<String, Text>,
}

/// File stem of a room: `avvikelser`, or `avvikelser--vuxna` for a value of `each`.
pub(super) fn stem(name: &str, each: Option<&str>) -> String {
    each.map_or_else(|| name.to_string(), |value| format!("{name}--{}", slug(value)))
}

/// Name of a text in the template engine.
pub(super) fn template_name(stem: &str) -> String {
    format!("{PREFIX}{stem}")
}

/// The stem of a text, if the engine's name is that of one.
pub(super) fn stem_of(template: &str) -> Option<&str> {
    template.strip_prefix(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_room_is_its_name_and_the_value_of_each() {
        assert_eq!(stem("avvikelser", None), "avvikelser");
        assert_eq!(stem("avvikelser", Some("Barn och unga")), "avvikelser--barn-och-unga");
        assert_eq!(stem_of(&template_name("a")), Some("a"));
        assert_eq!(stem_of("avdelningar/avdelning.md"), None);
    }
}
