//! `kvalis init`: drafts a job file, and templates beside it where there are none.

use std::path::{Component, Path, PathBuf};

use super::args::Global;
use super::print;
use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::inspect::proposal::{Export, Wishes, job_file};
use crate::inspect::{exports, look};

/// Templates that a draft refers to, as they are written where there are none.
const TEMPLATES: [(&str, &str); 3] = [
    ("generell/kapitel.md", include_str!("../../templates/generell/kapitel.md")),
    ("generell/siffror.md", include_str!("../../templates/generell/siffror.md")),
    ("bilaga.md", include_str!("../../templates/bilaga.md")),
];

/// Where the draft goes.
pub(super) struct Target {
    /// The job file; for a draft on stdout the one that it could become.
    file: PathBuf,
    write: bool,
    force: bool,
}

impl Target {
    pub(super) fn new(name: Option<&str>, out: Option<&Path>, force: bool) -> Target {
        let named = name.map(|name| Path::new("pipelines").join(format!("{name}.toml")));
        let write = named.is_some() || out.is_some();
        let file = named.or(out.map(Path::to_path_buf)).unwrap_or_else(|| Path::new("pipelines").join("utkast.toml"));
        Target { file, write, force }
    }

    /// Folder of the job file.
    fn folder(&self) -> PathBuf {
        match self.file.parent() {
            Some(folder) if folder != Path::new("") => folder.to_path_buf(),
            _ => PathBuf::from("."),
        }
    }
}

pub(super) fn init(
    files: &[PathBuf],
    target: &Target,
    organisation: Option<String>,
    year: Option<i32>,
    global: &Global,
) -> Result<(), Failure> {
    refuse_to_overwrite(target)?;
    let files = &exports(files);
    let folder = absolute(&target.folder())?;
    let paths = files.iter().map(|file| absolute(file)).collect::<Result<Vec<PathBuf>, Failure>>()?;
    let input = common_folder(&paths);
    let exports = files.iter().zip(&paths).map(|(file, path)| export(file, path, &input));
    let exports = exports.collect::<Result<Vec<Export>, Failure>>()?;
    let templates = Templates::beside(target, &folder);
    let wishes = Wishes { organisation, year, input: relative(&folder, &input), templates: templates.key() };
    let text = job_file(&exports, &wishes).ok_or_else(|| no_table(files))?;
    if !target.write {
        return print::result(&text);
    }
    write(&target.file, &text)?;
    templates.write(&folder)?;
    let file = target.file.display();
    if global.json {
        let told = serde_json::json!({ "job": target.file, "questions": questions(&text) });
        return print::result(&format!("{told}\n"));
    }
    let told = say!("cli-init-draft-is-written", file, questions = questions(&text));
    print::result(&format!("{told}\n"))
}

fn questions(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("# FRÅGA")).count()
}

fn refuse_to_overwrite(target: &Target) -> Result<(), Failure> {
    if !target.write || target.force || !target.file.exists() {
        return Ok(());
    }
    let at = Location::of(&target.file);
    Err(Diagnostic::error(Code::BadValue, say!("cli-init-job-file-exists"), at)
        .help(say!("cli-init-choose-another-name"))
        .into())
}

fn export(file: &Path, path: &Path, input: &Path) -> Result<Export, Failure> {
    Ok(Export { path: relative(input, path), profile: look(file)? })
}

fn no_table(files: &[PathBuf]) -> Failure {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    Diagnostic::error(Code::HeaderNotFound, say!("cli-init-no-file-holds-a-table"), Location::Nowhere)
        .help(say!("cli-init-inspect-shows-what-was-found"))
        .more(say!("cli-init-looked-at", names = names.join(", ")))
        .into()
}

/// The path from the root, without following links.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let full = std::path::absolute(path)
        .map_err(|error| Failure::io(say!("cli-finding"), &path.display().to_string(), &error))?;
    let mut plain = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    Ok(plain)
}

/// The innermost folder that holds all files.
fn common_folder(paths: &[PathBuf]) -> PathBuf {
    let folders = paths.iter().map(|path| path.parent().unwrap_or(path).to_path_buf());
    folders.reduce(|one, other| shared(&one, &other)).unwrap_or_default()
}

fn shared(one: &Path, other: &Path) -> PathBuf {
    one.components().zip(other.components()).take_while(|(one, other)| one == other).map(|(part, _)| part).collect()
}

/// The way from a folder to a path, with `/`.
fn relative(folder: &Path, path: &Path) -> String {
    let common = shared(folder, path);
    let up = folder.strip_prefix(&common).map_or(0, |rest| rest.components().count());
    let down = path.strip_prefix(&common).unwrap_or(path);
    let parts = std::iter::repeat_n("..".to_string(), up);
    let parts: Vec<String> = parts.chain(down.iter().map(|part| part.to_string_lossy().into_owned())).collect();
    if parts.is_empty() { ".".to_string() } else { parts.join("/") }
}

/// Where the chapters' templates are.
struct Templates {
    /// Name of a new folder beside the job file; `None` where the ordinary one has them.
    new: Option<String>,
}

impl Templates {
    /// `../templates` if it has them; else a folder named after the job.
    fn beside(target: &Target, folder: &Path) -> Templates {
        let ordinary = folder.join("..").join("templates");
        let there = TEMPLATES.iter().all(|(name, _)| ordinary.join(name).is_file());
        let stem = target.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Templates { new: (!there && target.write).then(|| format!("{stem}-mallar")) }
    }

    fn key(&self) -> Option<String> {
        self.new.clone()
    }

    /// Writes the templates that are not there; those that are stay as they are.
    fn write(&self, folder: &Path) -> Result<(), Failure> {
        let Some(new) = &self.new else { return Ok(()) };
        for (name, text) in TEMPLATES {
            let file = folder.join(new).join(name);
            if !file.exists() {
                write(&file, text)?;
            }
        }
        Ok(())
    }
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let io = |error| Failure::io(say!("diagnostic-writing"), &file.display().to_string(), &error);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    std::fs::write(file, text).map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_job_file() {
        let relative = |folder: &str, path: &str| super::relative(Path::new(folder), Path::new(path));
        assert_eq!(relative("/a/pipelines", "/a/exports"), "../exports");
        assert_eq!(relative("/a/b", "/a/b"), ".");
        assert_eq!(relative("/a/exports", "/a/exports/2023/x.csv"), "2023/x.csv");
    }

    #[test]
    fn files_of_several_folders_share_the_one_above() {
        let paths = ["/a/b/x.csv", "/a/c/d/y.csv"].map(PathBuf::from);
        assert_eq!(common_folder(&paths), Path::new("/a"));
    }
}
