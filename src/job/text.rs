//! The job file's text as a run keeps it: what `explain` compiles again, without the paths of the machine.

use super::load::LoadedJob;

/// The text with every absolute path cut to its last part. Paths are not needed to know what was counted.
pub(crate) fn without_machine_paths(loaded: &LoadedJob) -> String {
    let head = &loaded.spec.job;
    let of_job = [&head.input, &head.templates, &head.texts, &head.output, &head.reference_docx];
    let theme = loaded.spec.theme.iter().flat_map(|theme| [&theme.font_regular, &theme.font_semibold, &theme.logo]);
    let files = loaded.spec.source.values().flat_map(|source| &source.files);
    let named = of_job.into_iter().chain(theme).flatten().chain(files).filter(|path| is_absolute(path));
    named.fold(loaded.text.clone(), |text, path| {
        let escaped = path.replace('\\', "\\\\");
        text.replace(&escaped, last_part(path)).replace(path.as_str(), last_part(path))
    })
}

/// A path from the root of a disk, of this system or of another.
fn is_absolute(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    drive || path.starts_with(['/', '\\', '~'])
}

fn last_part(path: &str) -> &str {
    let parts = path.trim_end_matches(['/', '\\']);
    parts.rsplit(['/', '\\']).next().filter(|part| !part.is_empty() && !part.ends_with(':')).unwrap_or(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::load::load_text;

    const JOB: &str = r#"
[job]
title = "Rapport"
organisation = "Kommunen"
as_of = "2023-10-15"
period = { kind = "calendar_year", year = 2023 }
input = "/home/analyst/exports/2023"
output = 'C:\Users\analyst\out'
templates = "../templates"
"#;

    #[test]
    fn paths_of_the_machine_are_cut_and_others_stay() {
        let loaded = load_text("jobs/a.toml", JOB.to_string(), None).expect("a job");
        let text = without_machine_paths(&loaded);
        assert!(text.contains("input = \"2023\"") && text.contains("output = 'out'"), "{text}");
        assert!(text.contains("templates = \"../templates\""), "{text}");
        assert!(!text.contains("analyst"), "{text}");
    }

    #[test]
    fn the_root_itself_is_no_name() {
        assert_eq!((last_part("/"), last_part("C:\\"), last_part("/a/b/")), (".", ".", "b"));
    }
}
