//! What exports have and a job does not know, as questions; and the answers, as lines of the job file.
//!
//! In: what a check has found ([`Mend`]), the job, answers by the questions' keys. Out: [`Question`]s, and the text of the
//! job file in which the answers are said. Never: an answer that nobody has given.

use super::draft::{inline, key, quoted, texts};
use super::edit::JobText;
use super::load::{LoadedJob, load_text};
use super::spec::JobSpec;
use crate::diagnostic::{Failure, Mend, NewValue};
use crate::dialog::{Answers, Choice, Question};

/// What is to be asked about something that was found.
pub(crate) fn question(job: &LoadedJob, mend: &Mend) -> Question {
    let name = name_of(mend);
    match mend {
        Mend::Value(new) => about_value(&job.spec, new, name),
        Mend::Format { header, cells, formats, .. } => {
            let format = formats.last().map_or("", String::as_str);
            let text = say!("job-ask-format", header, cells, format);
            Question { key: name, text, choices: vec![choice("yes", say!("job-yes-add-format")), left()] }
        }
        Mend::Header { header, found, .. } => {
            let text = say!("job-ask-header", header, found);
            Question { key: name, text, choices: vec![choice("yes", say!("job-yes-same-column")), left()] }
        }
    }
}

/// The key of its question.
fn name_of(mend: &Mend) -> String {
    match mend {
        Mend::Value(new) => format!("{}/{}", new.list, new.value),
        Mend::Format { source, column, .. } => format!("source.{source}.columns.{column}/formats"),
        Mend::Header { source, column, .. } => format!("source.{source}.columns.{column}/header"),
    }
}

fn about_value(spec: &JobSpec, new: &NewValue, key: String) -> Question {
    let NewValue { value, cells, header, near, .. } = new;
    let of = of_list(&new.list);
    let mut known = of.values(spec);
    // The nearest first; the others in the order of the list.
    known.sort_by_key(|known| Some(known) != near.as_ref());
    let which = |ending: &str, text: String, values: Vec<String>| {
        let choices = values.into_iter().map(|value| choice(&value, value.clone())).collect();
        Some(Box::new(Question { key: format!("{key}/{ending}"), text, choices }))
    };
    let synonym = Choice {
        then: which("of", say!("job-ask-of-which", value), known),
        ..choice("synonym", near.as_ref().map_or_else(|| say!("job-synonym"), |near| say!("job-synonym-near", near)))
    };
    let group = match &of {
        List::Members(_) => which("group", say!("job-ask-group", value), of.groups(spec)),
        _ => None,
    };
    let new = Choice { then: group, ..choice("new", say!("job-new-value")) };
    Question { text: say!("job-ask-value", value, cells, header), choices: vec![synonym, new, left()], key }
}

fn choice(answer: &str, text: String) -> Choice {
    Choice { answer: answer.to_string(), text, then: None }
}

fn left() -> Choice {
    choice("ignore", say!("job-leave-as-it-is"))
}

/// A closed list of values by what it is called: "category.typ".
enum List<'n> {
    Category(&'n str),
    Groups(&'n str),
    Members(&'n str),
}

fn of_list(list: &str) -> List<'_> {
    match list.strip_prefix("hierarchy.") {
        None => List::Category(list.strip_prefix("category.").unwrap_or(list)),
        Some(name) => name.strip_suffix(".groups").map_or(List::Members(name), List::Groups),
    }
}

impl List<'_> {
    fn values(&self, spec: &JobSpec) -> Vec<String> {
        match self {
            List::Category(name) => spec.category.get(*name).map_or(Vec::new(), |list| list.values.clone()),
            List::Groups(_) => self.groups(spec),
            List::Members(name) => {
                let groups = spec.hierarchy.get(*name).into_iter().flat_map(|hierarchy| hierarchy.groups.values());
                groups.flatten().cloned().collect()
            }
        }
    }

    fn groups(&self, spec: &JobSpec) -> Vec<String> {
        match self {
            List::Category(_) => Vec::new(),
            List::Groups(name) | List::Members(name) => {
                spec.hierarchy.get(*name).map_or(Vec::new(), |hierarchy| hierarchy.groups.keys().cloned().collect())
            }
        }
    }
}

/// The job file's text with the answers in it, and how many of them changed it.
///
/// The text is a job file of the right form, or nothing is given back.
pub(crate) fn answered(job: &LoadedJob, mends: &[Mend], answers: &Answers) -> Result<(String, usize), Failure> {
    let mut text = JobText { file: job.file.clone(), text: job.text.clone() };
    let mut written = 0;
    for mend in mends {
        let name = name_of(mend);
        let said = |ending: &str| answers.get(&format!("{name}{ending}")).map(String::as_str);
        let before = text.text.len();
        match (mend, said("")) {
            (Mend::Value(new), Some("synonym")) => say_synonym(&mut text, new, said("/of"))?,
            (Mend::Value(new), Some("new")) => say_new(&mut text, new, said("/group"))?,
            (Mend::Format { source, column, formats, .. }, Some("yes")) => {
                text.set(&["source", source, "columns", column], "formats", &texts(formats))?;
            }
            (Mend::Header { source, column, found, .. }, Some("yes")) => {
                text.push(&["source", source, "columns", column, "header"], &quoted(found))?;
            }
            _ => {}
        }
        written += usize::from(text.text.len() != before);
    }
    load_text(&job.file, text.text.clone(), None)?;
    Ok((text.text, written))
}

fn say_synonym(text: &mut JobText, new: &NewValue, of: Option<&str>) -> Result<(), Failure> {
    let Some(of) = of else { return Ok(()) };
    match of_list(&new.list) {
        List::Category(name) => text.add(&["category", name, "synonyms"], &key(&new.value), &quoted(of)),
        List::Groups(name) | List::Members(name) => {
            let renamed = inline(&[("from", quoted(&new.value)), ("to", quoted(of))]);
            if text.push(&["hierarchy", name, "renamed"], &renamed)? {
                return Ok(());
            }
            text.add(&["hierarchy", name], "renamed", &format!("[{renamed}]"))
        }
    }
}

fn say_new(text: &mut JobText, new: &NewValue, group: Option<&str>) -> Result<(), Failure> {
    let value = quoted(&new.value);
    match (of_list(&new.list), group) {
        (List::Category(name), _) => text.push(&["category", name, "values"], &value).map(drop),
        (List::Groups(name), _) => text.add(&["hierarchy", name, "groups"], &key(&new.value), "[]"),
        (List::Members(name), Some(group)) => text.push(&["hierarchy", name, "groups", group], &value).map(drop),
        (List::Members(_), None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str = r#"[job]
title = "Rapport"
organisation = "Kommunen"
as_of = "2023-12-31"
period = { kind = "calendar_year", year = 2023 }

[category.typ]
values = ["Fall", "Hot"] # i tryckordning

[hierarchy.org.groups]
Barn = ["A 1"]
Vuxna = ["B 1"]

[source.x]
kind = "events"
title = "X"
files = ["x.csv"]
columns.dag = { header = "Dag", kind = "date" }
"#;

    fn new(list: &str, value: &str) -> Mend {
        let (list, value) = (list.to_string(), value.to_string());
        Mend::Value(NewValue { list, header: "Typ".into(), value, cells: 3, near: Some("Hot".into()) })
    }

    fn after(mends: &[Mend], answers: &[(&str, &str)]) -> (String, usize) {
        let job = load_text("jobb.toml", JOB.to_string(), None).expect("a job");
        let answers = answers.iter().map(|(key, answer)| (key.to_string(), answer.to_string())).collect();
        let (text, written) = answered(&job, mends, &answers).expect("a job still");
        let lines: Vec<&str> = text.lines().filter(|line| !JOB.lines().any(|known| known == *line)).collect();
        (lines.join("\n"), written)
    }

    #[test]
    fn what_is_answered_stands_in_the_job_and_nothing_else_changes() {
        let mends = [new("category.typ", "Hott"), new("category.typ", "Brand"), new("category.typ", "Okej")];
        let answers = [
            ("category.typ/Hott", "synonym"),
            ("category.typ/Hott/of", "Hot"),
            ("category.typ/Brand", "new"),
            ("category.typ/Okej", "ignore"),
        ];
        let told = "values = [\"Fall\", \"Hot\", \"Brand\"] # i tryckordning\nsynonyms = { Hott = \"Hot\" }";
        assert_eq!(after(&mends, &answers), (told.to_string(), 2));
        assert_eq!(after(&mends, &[]), (String::new(), 0));
    }

    #[test]
    fn units_are_renamed_or_belong_to_a_group() {
        let mends =
            [new("hierarchy.org", "A 2"), new("hierarchy.org", "Gamla B"), new("hierarchy.org.groups", "Fritid")];
        let answers = [
            ("hierarchy.org/A 2", "new"),
            ("hierarchy.org/A 2/group", "Barn"),
            ("hierarchy.org/Gamla B", "synonym"),
            ("hierarchy.org/Gamla B/of", "B 1"),
            ("hierarchy.org.groups/Fritid", "new"),
        ];
        let told =
            "Barn = [\"A 1\", \"A 2\"]\nFritid = []\n[hierarchy.org]\nrenamed = [{ from = \"Gamla B\", to = \"B 1\" }]";
        assert_eq!(after(&mends, &answers), (told.to_string(), 3));
    }

    #[test]
    fn a_format_and_a_header_are_added_to_those_that_there_are() {
        let (source, column, header) = ("x".to_string(), "dag".to_string(), "Dag".to_string());
        let formats = vec!["%Y-%m-%d".to_string(), "%m/%d/%Y".to_string()];
        let format =
            Mend::Format { source: source.clone(), column: column.clone(), header: header.clone(), cells: 9, formats };
        let spelt = Mend::Header { source, column, header, found: "Dagen".into() };
        let answers = [("source.x.columns.dag/formats", "yes"), ("source.x.columns.dag/header", "yes")];
        let told =
            "columns.dag = { header = [\"Dag\", \"Dagen\"], kind = \"date\", formats = [\"%Y-%m-%d\", \"%m/%d/%Y\"] }";
        assert_eq!(after(&[format, spelt], &answers), (told.to_string(), 2));
    }

    #[test]
    fn the_nearest_value_is_offered_first_and_a_unit_is_asked_for_its_group() {
        let job = load_text("jobb.toml", JOB.to_string(), None).expect("a job");
        let asked = question(&job, &new("category.typ", "Hott"));
        let of = asked.choices[0].then.as_ref().expect("of which");
        assert_eq!(of.choices.iter().map(|choice| choice.answer.as_str()).collect::<Vec<_>>(), ["Hot", "Fall"]);
        let group = question(&job, &new("hierarchy.org", "A 2")).choices[1].then.clone().expect("in which group");
        assert_eq!((group.key.as_str(), group.choices.len()), ("hierarchy.org/A 2/group", 2));
    }
}
