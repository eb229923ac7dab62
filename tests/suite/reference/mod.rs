//! `docs/job-file.md`, the reference of job files, is what the schema and the full job say.
//!
//! In: the schema that `kvalis schema` prints, `tests/cases/job/full/job.toml`, and the page's own words above its mark.
//! Out: the page; `KVALIS_BLESS=1` writes it. Never a word about a key that editors would not show, too: whatever is
//! missing here is a doc comment of a spec.

mod examples;

mod schema;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use kvalis::job::schema::job_schema;

use examples::Examples;
use schema::{Form, Key, Schema, Table};

use crate::kit::case;
use crate::pages::slug;

/// The page's own words end here.
const MARK: &str =
    "<!-- Written by tests/suite/reference from here on: the descriptions are doc comments of the specs. -->\n";

/// One heading of the page: a table of the job file, or several that have the same keys.
struct Section<'a> {
    families: Vec<Key<'a>>,
    table: Table<'a>,
}

impl<'a> Section<'a> {
    /// All tables of the schema in its order, those with the same keys together.
    fn all(schema: &Schema<'a>) -> Vec<Section<'a>> {
        let mut sections: Vec<Section> = Vec::new();
        for family in schema.root().keys {
            let table = schema.inner(family.schema).expect("each key of a job is a table");
            match sections.iter_mut().find(|section| section.table.name == table.name) {
                Some(section) => section.families.push(family),
                None => sections.push(Section { families: vec![family], table }),
            }
        }
        sections
    }

    /// What the job says of a family, or the family's table of itself.
    fn said(&self, family: &Key<'a>) -> &'a str {
        let own = family.description();
        if own.is_empty() { self.table.description } else { own }
    }

    /// `[source.x]`; several share a heading.
    fn heading(&self) -> String {
        match self.families.as_slice() {
            [only] => head(only.name, self.table.form),
            _ => "Charts".to_string(),
        }
    }
}

/// How a table of the job file begins.
fn head(name: &str, form: Form) -> String {
    match form {
        Form::One => format!("[{name}]"),
        Form::Named => format!("[{name}.x]"),
        Form::List => format!("[[{name}]]"),
    }
}

/// The page below the mark.
fn rendered(schema: &Schema, examples: &Examples) -> String {
    let sections = Section::all(schema);
    let mut page = String::from("\n| table | what it is |\n|---|---|\n");
    for section in &sections {
        let link = slug(&section.heading());
        for family in &section.families {
            let title = head(family.name, section.table.form);
            let said = first_sentence(section.said(family));
            let _ = writeln!(page, "| [`{title}`](#{link}) | {} |", cell(&said));
        }
    }
    for section in &sections {
        push_section(section, schema, examples, &mut page);
    }
    page
}

fn push_section(section: &Section, schema: &Schema, examples: &Examples, page: &mut String) {
    let heading = section.heading();
    let _ = match section.families.len() {
        1 => writeln!(page, "\n## `{heading}`\n"),
        _ => writeln!(page, "\n## {heading}\n"),
    };
    let _ = writeln!(page, "{}", section.table.description);
    if section.families.len() > 1 {
        page.push('\n');
    }
    for family in section.families.iter().filter(|_| section.families.len() > 1) {
        let title = head(family.name, section.table.form);
        let _ = writeln!(page, "* `{title}`: {}", section.said(family).replace('\n', " "));
    }
    let path = match (section.families.as_slice(), section.table.form) {
        ([only], Form::Named) => format!("{}.x", only.name),
        ([only], _) => only.name.to_string(),
        _ => "chart.x".to_string(),
    };
    push_keys(&section.table, &path, schema, page);
    for family in &section.families {
        for example in examples.of(family, schema) {
            let _ = writeln!(page, "\n```toml\n{example}\n```");
        }
    }
}

/// The table's keys, and below them the tables inside.
fn push_keys(table: &Table, path: &str, schema: &Schema, page: &mut String) {
    page.push_str("\n| key | value | default | what it says |\n|---|---|---|---|\n");
    let mut inner = Vec::new();
    for key in &table.keys {
        let mut value = schema.value(key.schema);
        if let Some(table) = schema.inner(key.schema) {
            let title = inner_title(path, key.name, table.form);
            value = format!("{value}: [`{title}`](#{})", slug(&title));
            inner.push((title, table));
        }
        let words = schema.words(key.schema).into_iter().map(|(word, text)| format!("<br>`{word}`: {text}"));
        let said: String = std::iter::once(key.meaning()).chain(words).collect();
        let _ = writeln!(page, "| `{}` | {} | {} | {} |", key.name, cell(&value), cell(&key.default()), cell(&said));
    }
    for (title, table) in inner {
        let _ = writeln!(page, "\n### `{title}`\n");
        let _ = writeln!(page, "{}", table.description);
        push_keys(&table, &title, schema, page);
    }
}

/// `source.x.columns.y`, `share.x.line[]`.
fn inner_title(path: &str, key: &str, form: Form) -> String {
    match form {
        Form::One => format!("{path}.{key}"),
        Form::Named => format!("{path}.{key}.y"),
        Form::List => format!("{path}.{key}[]"),
    }
}

/// A text as a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|").replace(" <br>", "<br>")
}

fn first_sentence(text: &str) -> String {
    let text = text.replace('\n', " ");
    text.split_once(". ").map_or(text.trim_end_matches('.'), |(first, _)| first).to_string()
}

/// All tables of the schema, with the place of each.
fn tables<'a>(schema: &Schema<'a>) -> Vec<(String, Table<'a>)> {
    let mut found = vec![("the job file".to_string(), schema.root())];
    let mut next = 0;
    while let Some((path, table)) = found.get(next) {
        let inner = table.keys.iter().filter_map(|key| {
            let table = schema.inner(key.schema)?;
            Some((inner_title(path, key.name, table.form).replace("the job file.", ""), table))
        });
        let inner: Vec<(String, Table)> = inner.collect();
        found.extend(inner);
        next += 1;
    }
    found
}

#[test]
fn every_table_key_and_word_says_what_it_is() {
    let schema = Schema::of(job_schema());
    let mut silent = Vec::new();
    for (path, table) in tables(&schema) {
        if table.description.is_empty() {
            silent.push(format!("{path}: what the table is"));
        }
        for key in table.keys {
            let is_family = path == "the job file";
            let of_table = schema.inner(key.schema).is_some_and(|table| is_family && !table.description.is_empty());
            if key.description().is_empty() && !of_table {
                silent.push(format!("{path}: `{}`", key.name));
            } else if key.default().is_empty() && !is_family {
                silent.push(format!("{path}: `{}`: what holds without it (\"Default ….\")", key.name));
            }
            let words = schema.words(key.schema).into_iter().filter(|(_, text)| text.is_empty());
            silent.extend(words.map(|(word, _)| format!("{path}: `{}` = \"{word}\"", key.name)));
        }
    }
    assert!(silent.is_empty(), "{} without a doc comment in their spec:\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn every_key_is_shown_in_an_example() {
    let schema = Schema::of(job_schema());
    let examples = Examples::of_the_full_job();
    let (mut known, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for family in schema.root().keys {
        known.extend(schema.keys_below(&family));
        shown.extend(examples.keys(&family, &schema));
    }
    assert!(known.len() > 300, "the schema's tables are no longer found: {known:?}");
    let unused: Vec<&String> = known.difference(&shown).collect();
    assert!(unused.is_empty(), "add to tests/cases/job/full/job.toml: {unused:?}");
}

#[test]
fn the_reference_of_job_files_is_what_the_schema_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/job-file.md");
    let page = std::fs::read_to_string(&file).expect("the page is a text").replace('\r', "");
    let (own, _) = page.split_once(MARK).expect("the page has its mark");
    let expected = format!("{own}{MARK}{}", rendered(&Schema::of(job_schema()), &Examples::of_the_full_job()));
    case::expects(&file, &expected);
}
