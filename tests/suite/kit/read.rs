//! Readers of what a run publishes that know the formats and nothing of the program.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::str::FromStr;

/// A CSV file as header and records.
pub struct Sheet {
    pub header: Vec<String>,
    pub records: Vec<Vec<String>>,
}

impl Sheet {
    pub fn read(path: &Path) -> Sheet {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .flexible(true)
            .has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut records =
            reader.records().map(|record| record.expect("csv").iter().map(String::from).collect::<Vec<String>>());
        let header = records.next().expect("a header");
        Sheet { header, records: records.collect() }
    }

    /// A table of published figures.
    pub fn published(name: &str) -> Sheet {
        Sheet::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published").join(format!("{name}.csv")))
    }

    /// How many columns are labels of rows: they are headed by words, values by keys. A level without a word is a `rad`.
    pub fn labels(&self) -> usize {
        let is_label = |name: &&String| *name == "rad" || name.chars().next().is_some_and(char::is_uppercase);
        self.header.iter().take_while(is_label).count()
    }

    /// The record of these labels.
    pub fn same(&self, labels: &[String]) -> &Vec<String> {
        let found = self.records.iter().find(|record| record.starts_with(labels));
        found.unwrap_or_else(|| panic!("no record {labels:?}"))
    }

    pub fn place(&self, column: &str) -> usize {
        let found = self.header.iter().position(|name| name == column);
        found.unwrap_or_else(|| panic!("no column {column}; there are {:?}", self.header))
    }

    /// A field of a record by the column's name.
    pub fn field<'a>(&self, record: &'a [String], column: &str) -> &'a str {
        record.get(self.place(column)).map_or("", String::as_str)
    }

    /// The field of the record whose first fields are `key`.
    pub fn cell(&self, key: &[&str], column: &str) -> &str {
        let place = self.place(column);
        let fits = |record: &&Vec<String>| key.iter().zip(record.iter()).all(|(part, field)| part == field);
        let record = self.records.iter().find(fits).unwrap_or_else(|| panic!("no record {key:?}"));
        &record[place]
    }

    /// A count; [`Sheet::decimal`] is any number.
    pub fn number(&self, key: &[&str], column: &str) -> i64 {
        self.parsed(key, column)
    }

    pub fn decimal(&self, key: &[&str], column: &str) -> f64 {
        self.parsed(key, column)
    }

    fn parsed<T: FromStr>(&self, key: &[&str], column: &str) -> T {
        let text = self.cell(key, column);
        text.parse().unwrap_or_else(|_| panic!("{key:?} {column} is `{text}`, not a number"))
    }
}

/// Every file below a folder by its name there.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below root").to_string_lossy().into_owned();
            files.insert(name, std::fs::read(&path).expect("readable"));
        }
    }
}

/// The parts of a package (Word, Excel) by their names.
pub fn parts_of(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let count = package.len();
    let part = |index: usize| {
        let (mut part, mut bytes) = (package.by_index(index).expect("a part"), Vec::new());
        part.read_to_end(&mut bytes).expect("whole");
        (part.name().expect("a name").into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

/// A part that is text.
pub fn part_of(bytes: &[u8], name: &str) -> String {
    String::from_utf8(parts_of(bytes).remove(name).unwrap_or_else(|| panic!("no {name}"))).expect("UTF-8")
}

/// Tables of a written report: caption → rows of cell texts, header rows included.
///
/// A second way to the figures: it reads what a person sees, not what the program computed.
pub fn html_tables(html: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut tables = Vec::new();
    for piece in html.split("<table").skip(1) {
        let body = piece.split("</table>").next().expect("split gives one");
        let caption = between(body, "<caption", "</caption>").map(text_of).unwrap_or_default();
        let rows = body.split("<tr").skip(1).map(cells_of).collect();
        tables.push((caption, rows));
    }
    tables
}

fn cells_of(row: &str) -> Vec<String> {
    let row = row.split("</tr>").next().expect("split gives one");
    let mut cells = Vec::new();
    let mut rest = row;
    while let Some(start) = ["<th", "<td"].iter().filter_map(|tag| rest.find(tag)).min() {
        let piece = &rest[start..];
        let end = ["</th>", "</td>"].iter().filter_map(|tag| piece.find(tag)).min().unwrap_or(piece.len());
        cells.push(text_of(piece[..end].split_once('>').map_or("", |(_, text)| text)));
        rest = &piece[end..];
        rest = rest.get(5..).unwrap_or("");
    }
    cells
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let start = text.find(from)?;
    let rest = text[start..].split_once('>')?.1;
    rest.split(to).next()
}

/// Text without tags, entities read, space as single blanks.
pub fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}
