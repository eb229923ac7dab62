//! Reads what stands beside the exports, each file once: templates, the analyst's own texts, fonts, logo, Word template.
//!
//! In: paths of the plan. Out: contents, and the digest of each file as it was read: what preflight has checked is what
//! is printed, and what the cache remembers. No step reads such a file again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::cache::Named;
use super::moment::{self, Moment};
use super::own_texts::{self, entries};
use crate::diagnostic::{Code, Diagnostic, Failure, Location, file_name};
use crate::job::plan::{LoadedTheme, Plan};
use crate::vocabulary::plan::JobPlan;
use crate::write::docx::Template;
use crate::write::{Manuscript, Templates, Text, Texts};
use crate::{draw, write};

/// Larger than any text of a report: a file of this size is something else.
const BYTES_MOST: u64 = 4 << 20;

/// No folder of templates has more files: it is another folder.
const FILES_MOST: usize = 10_000;

/// All that a report is made of beside data.
pub(super) struct Beside {
    pub(super) manuscript: Arc<Manuscript>,
    pub(super) theme: LoadedTheme,
    /// The municipality's own Word template, if the job names one.
    pub(super) word: Option<Template>,
    /// Every file, digested as it was read.
    pub(super) read: Vec<Named>,
}

/// Reads and checks the files beside the exports.
///
/// Out: what stands in them, and what is wrong with them or worth a warning. With a mistake, some of it is missing.
/// Errors: `changed-while-read` for a file that is being saved, again and again.
pub(super) fn read(plan: &Plan) -> Result<(Beside, Vec<Diagnostic>), Failure> {
    moment::steadily(|| {
        let mut reader = SideReader::default();
        let found = read_once(plan, &mut reader);
        Ok((reader.moment, Ok(found)))
    })
}

fn read_once(plan: &Plan, reader: &mut SideReader) -> (Beside, Vec<Diagnostic>) {
    let mut told = Vec::new();
    let theme = reader.theme(plan, &mut told);
    let texts = reader.texts(&plan.job, &mut told);
    let templates = reader.templates(&plan.job.templates);
    let manuscript = Arc::new(Manuscript { templates, texts });
    told.extend(write::check_templates(plan, &manuscript).unwrap_or_else(|failure| failure.diagnostics));
    let word = reader.word_template(plan).unwrap_or_else(|failure| {
        told.extend(failure.diagnostics);
        None
    });
    (Beside { manuscript, theme, word, read: std::mem::take(&mut reader.read).into_iter().collect() }, told)
}

/// Remembers the digest of every file that it reads.
#[derive(Default)]
struct SideReader {
    /// By path.
    read: BTreeMap<String, String>,
    moment: Moment,
}

impl SideReader {
    fn bytes(&mut self, path: &Path) -> Result<Vec<u8>, Error> {
        self.moment.note(path);
        // A pipe would keep us waiting for ever.
        if !fs::metadata(path)?.is_file() {
            return Err(Error::from(ErrorKind::InvalidInput));
        }
        let bytes = fs::read(path)?;
        self.read.insert(path.display().to_string(), blake3::hash(&bytes).to_hex().to_string());
        Ok(bytes)
    }

    /// `None` for a file that is larger than any text.
    fn text(&mut self, path: &Path) -> Result<Option<String>, Error> {
        if fs::metadata(path).is_ok_and(|meta| meta.len() > BYTES_MOST) {
            return Ok(None);
        }
        let text = String::from_utf8(self.bytes(path)?).map_err(|_| Error::from(ErrorKind::InvalidData))?;
        Ok(Some(text.strip_prefix('\u{feff}').map(String::from).unwrap_or(text)))
    }

    /// Every file of the templates folder. One that cannot be read is a mistake only if a chapter asks for it.
    fn templates(&mut self, folder: &Path) -> Templates {
        let template = |path: PathBuf| {
            let name = name_below(folder, &path)?;
            let read = match self.text(&path) {
                Ok(Some(text)) => Ok(text),
                Ok(None) => Err(say!("run-template-is-too-large", name)),
                Err(error) if error.kind() == ErrorKind::InvalidData => Err(say!("run-template-is-not-utf-8", name)),
                Err(error) => Err(say!("run-template-cannot-be-read", name, error)),
            };
            Some((name, read))
        };
        Templates(files_below(folder).into_iter().filter_map(template).collect())
    }

    /// The texts of the job's year. Those of another year wait: they are told, and not printed.
    fn texts(&mut self, job: &JobPlan, told: &mut Vec<Diagnostic>) -> Texts {
        let (folder, year) = (&job.texts, job.year);
        let name = file_name(folder);
        let mut texts = Texts { folder: format!("{name}/{year}"), ..Texts::default() };
        let of_year = own_texts::of_year(folder, year).into_iter().map(|path| (path, true));
        let of_no_folder = own_texts::of_no_folder(folder).into_iter().map(|path| (path, false));
        for (path, is_of_year) in of_no_folder.chain(of_year) {
            match self.own_text(&path) {
                Ok(text) if is_of_year => drop(texts.by_stem.insert(stem_of(&path), text)),
                Ok(text) => match own_texts::said_year(&text.markdown) {
                    (Some(said), markdown) if said == year => {
                        texts.by_stem.insert(stem_of(&path), Text { markdown, ..text });
                    }
                    (said, _) => told.push(own_texts::waiting(&path, said, year)),
                },
                Err(problem) => told.push(*problem),
            }
        }
        let last = own_texts::of_last_year(folder, year);
        let waits = last.into_iter().filter(|path| !texts.by_stem.contains_key(&stem_of(path)));
        told.extend(waits.map(|path| own_texts::waiting(&path, own_texts::year_of_folder(&path), year)));
        texts
    }

    fn own_text(&mut self, path: &Path) -> Result<Text, Box<Diagnostic>> {
        let file = path.display().to_string();
        let (message, help) = match self.text(path) {
            Ok(Some(markdown)) => return Ok(Text { file, markdown }),
            Ok(None) => (say!("run-text-is-too-large"), say!("run-is-it-a-text-of-the-report")),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                (say!("run-text-is-not-utf-8"), say!("run-save-as-utf-8"))
            }
            Err(error) => (say!("run-text-cannot-be-read", error), String::new()),
        };
        Err(Box::new(Diagnostic::error(Code::UnreadableFile, message, Location::File { file }).help(help)))
    }

    /// The theme with its fonts and logo, or what is wrong with them.
    fn theme(&mut self, plan: &Plan, problems: &mut Vec<Diagnostic>) -> LoadedTheme {
        let mut contents = BTreeMap::new();
        let mut missing = Vec::new();
        for (key, path) in plan.theme.files() {
            let name = path.display();
            match self.bytes(path) {
                Ok(bytes) => drop(contents.insert(path.as_path(), bytes)),
                Err(_) if path.is_file() => {
                    missing.push((Code::UnreadableFile, key, say!("run-file-of-theme-cannot-be-read", name)));
                }
                Err(_) => missing.push((Code::NoSuchFile, key, say!("run-no-file-of-theme", name))),
            }
        }
        let theme = plan.theme.loaded(|path| contents.get(path).cloned().unwrap_or_default());
        let found = if missing.is_empty() { draw::theme_files::problems(&theme) } else { missing };
        problems.extend(found.into_iter().map(|(code, key, problem)| {
            let help = say!("run-correct-theme-key", key);
            Diagnostic::error(code, problem, Location::File { file: plan.job.file.clone() }).help(help)
        }));
        theme
    }

    fn word_template(&mut self, plan: &Plan) -> Result<Option<Template>, Failure> {
        let Some(path) = &plan.job.reference_docx else { return Ok(None) };
        let name = path.display().to_string();
        if !path.is_file() {
            let message = say!("run-no-word-template");
            let help = say!("run-put-template-there", file = plan.job.file);
            return Err(Diagnostic::error(Code::NoSuchFile, message, Location::File { file: name }).help(help).into());
        }
        let bytes = self.bytes(path).map_err(|error| Failure::io(say!("run-reading-word-template"), &name, &error))?;
        Template::read(&bytes, &name).map(Some)
    }
}

/// A file as templates name it, with `/`; `None` for one that no template can name.
fn name_below(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let part = |part: Component| part.as_os_str().to_str().filter(|part| !part.contains(['\\', ':'])).map(String::from);
    Some(below.components().map(part).collect::<Option<Vec<String>>>()?.join("/"))
}

fn stem_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// All files below a folder. Links are followed, but to no folder twice: they may lead in a circle.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut seen) = (Vec::new(), BTreeSet::new());
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop().filter(|_| files.len() < FILES_MOST) {
        if fs::canonicalize(&folder).is_ok_and(|place| seen.insert(place)) {
            let (folders, below): (Vec<PathBuf>, Vec<PathBuf>) =
                entries(&folder).into_iter().partition(|path| path.is_dir());
            files.extend(below);
            waiting.extend(folders.into_iter().rev());
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_that_lead_in_a_circle_end_and_a_folder_elsewhere_is_read() {
        use std::os::unix::fs::symlink;
        let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        fs::write(folder.path().join("a.md"), "A").expect("written");
        fs::write(elsewhere.path().join("b.md"), "B").expect("written");
        symlink(".", folder.path().join("x")).expect("linked");
        symlink(".", folder.path().join("y")).expect("linked");
        symlink(elsewhere.path(), folder.path().join("z")).expect("linked");
        let names: Vec<String> = files_below(folder.path()).iter().map(|path| file_name(path)).collect();
        assert_eq!(names, ["a.md", "b.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_ordinary_file_is_not_waited_for() {
        let read = SideReader::default().bytes(Path::new("/dev/zero"));
        assert_eq!(read.expect_err("endless").kind(), ErrorKind::InvalidInput);
    }
}
