//! From profiles to the draft of a job file that `check` accepts and `run` runs.
//!
//! In: profiles of the files and what the analyst has said. Out: sections of a job file, with a question (`FRÅGA`)
//! wherever it guessed. Nothing of a column that is suspected of personal data is asked for.

mod columns;

mod head;

mod lists;

mod measures;

mod names;

mod observations;

use crate::job::draft::{Section, job_text};
use crate::job::relative::following;

use super::{FileProfile, Shape, SheetProfile};
use names::Names;

/// What the analyst has said, and where the files lie.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Name of the municipality or utförare.
    pub organisation: Option<String>,
    /// The job's year; `None`: the last one that the exports hold.
    pub year: Option<i32>,
    /// Folder of the exports, relative to the job file.
    pub input: String,
    /// Folder of the templates, relative to the job file; `None` is the ordinary one.
    pub templates: Option<String>,
}

/// A file of the job: its name relative to the input folder, and its profile.
#[derive(Debug, Clone)]
pub struct Export {
    /// Relative to the input folder.
    pub path: String,
    /// What is in it.
    pub profile: FileProfile,
}

/// A sheet that becomes a source.
struct Table<'a> {
    export: &'a Export,
    sheet: &'a SheetProfile,
    /// Name of the source in the job file.
    name: String,
    title: String,
}

/// What a source brings to the job file.
#[derive(Default)]
struct Parts {
    lists: Vec<Section>,
    source: Vec<Section>,
    measures: Vec<Section>,
    charts: Vec<Section>,
    tables: Vec<Section>,
    key_numbers: Vec<Section>,
    checks: Vec<Section>,
    chapters: Vec<Section>,
}

/// The text of the job file; `None` if no sheet of any file can be a source.
pub fn job_file(exports: &[Export], wishes: &Wishes) -> Option<String> {
    let tables = tables(exports);
    let mut parts = Parts::default();
    for table in &tables {
        match table.sheet.shape {
            Shape::Events | Shape::List | Shape::AnswersByPlace => {
                measures::add(table, head::years_beside(&tables, wishes), &mut parts)
            }
            _ => observations::add(table, &tables, wishes, &mut parts),
        }
    }
    if parts.source.is_empty() {
        return None;
    }
    let mut sections = head::sections(exports, &tables, wishes);
    sections.extend(parts.in_order());
    follow_the_year(&mut sections, head::period(&tables, wishes).year);
    Some(job_text(&sections))
}

impl Parts {
    /// As a job file has them: family by family below its title, and then the chapters.
    fn in_order(self) -> Vec<Section> {
        let mut chapters = vec![Section::remark(printed!("inspect-part-chapters"))];
        if !self.key_numbers.is_empty() {
            chapters.push(chapter(&printed!("inspect-chapter-year-in-numbers"), "generell/siffror.md"));
        }
        chapters.extend(self.chapters);
        chapters.push(chapter(&printed!("inspect-chapter-appendix"), "bilaga.md"));
        let mut lists = titled(&printed!("inspect-part-lists"), self.lists);
        if let Some(title) = lists.first_mut() {
            title.comment(printed!("inspect-ask-other-spellings"));
        }
        let families = [
            lists,
            titled(&printed!("inspect-part-sources"), self.source),
            titled(&printed!("inspect-part-measures"), self.measures),
            titled(&printed!("inspect-part-charts"), self.charts),
            titled(&printed!("inspect-part-tables"), self.tables),
            titled(&printed!("inspect-part-key-numbers"), self.key_numbers),
            titled(&printed!("inspect-part-checks"), self.checks),
            chapters,
        ];
        families.into_iter().flatten().collect()
    }

    /// A table of a measure.
    fn add_table(&mut self, name: &str, measure: &str) {
        let mut section = Section::table(format!("table.{name}"));
        section.text("measure", measure);
        self.tables.push(section);
    }
}

/// A family of sections below its title; nothing where there is none.
fn titled(title: &str, family: Vec<Section>) -> Vec<Section> {
    let title = (!family.is_empty()).then(|| Section::remark(format!("--- {title} ---")));
    title.into_iter().chain(family).collect()
}

/// A measure of the table's source, with nothing but its title.
fn measure_of(table: &Table<'_>, measure: &str, title: &str) -> Section {
    let mut section = Section::table(measure);
    section.text("source", &format!("source.{}", table.name));
    section.text("title", title);
    section
}

fn chart_of(chart: &str, measure: &str, title: &str) -> Section {
    let mut section = Section::table(chart);
    section.text("measure", measure);
    section.text("title", title);
    section
}

/// Writes years relative to the job's where they name files, headers and titles, so that next year's job is this one.
fn follow_the_year(sections: &mut [Section], year: i32) {
    for section in sections {
        let of_source = section.head.starts_with("[source.");
        let follows = |key: &str| of_source || matches!(key, "as_of" | "title" | "with.underlag");
        for line in section.lines.iter_mut().filter(|line| follows(&line.key)) {
            line.value = following(&line.value, year);
        }
    }
}

fn chapter(title: &str, template: &str) -> Section {
    let mut chapter = Section::element("chapter");
    chapter.text("title", title);
    chapter.text("template", template);
    chapter
}

/// The chapter of one source, with what it shows in order.
fn chapter_of(table: &Table<'_>, count: Option<&str>, previous: bool, shown: &[String]) -> Section {
    let mut section = chapter(&table.title, "generell/kapitel.md");
    section.text("with.underlag", &table.title);
    section.text("with.antal", count.unwrap_or_default());
    section.text("with.foregaende", if previous { "ja" } else { "" });
    section.text("with.visa", &shown.join(" "));
    section
}

/// The sheets that can be sources, named.
fn tables(exports: &[Export]) -> Vec<Table<'_>> {
    let mut names = Names::default();
    let mut tables = Vec::new();
    for export in exports {
        let usable: Vec<&SheetProfile> = export.profile.sheets.iter().filter(|sheet| is_source(sheet)).collect();
        let several = usable.len() > 1;
        for sheet in usable {
            let title = title_of(export, sheet.name.as_deref().filter(|_| several));
            tables.push(Table { export, sheet, name: names.key(&title, "underlag"), title });
        }
    }
    tables
}

fn is_source(sheet: &SheetProfile) -> bool {
    let asked = sheet.columns.iter().any(columns::is_asked);
    sheet.visible && asked && !matches!(sheet.shape, Shape::Information | Shape::Empty) && observations::is_whole(sheet)
}

/// "avvikelser_2023.xlsx" → "Avvikelser 2023", with the sheet's name if several are read.
fn title_of(export: &Export, sheet: Option<&str>) -> String {
    let base = export.path.rsplit('/').next().unwrap_or(&export.path);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem).replace(['_', '-'], " ");
    let stem = stem.split_whitespace().collect::<Vec<&str>>().join(" ");
    let mut letters = stem.chars();
    let stem: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    match sheet {
        Some(sheet) => format!("{stem}, {sheet}"),
        None => stem,
    }
}
