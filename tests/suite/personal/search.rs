//! Looks for planted data in all that a run has left: every byte of every file, and all that is packed inside.

use std::path::Path;

use kvalis::store::{Dataset, PlainColumn};

use super::planted::Planted;
use crate::kit::{files_below, parts_of};
use crate::pdf_tables::{streams_of_pdf, words_of_pdf};

/// Where something planted was found: "file: trace".
pub fn found_below(folder: &Path, planted: &Planted) -> Vec<String> {
    let mut found = Vec::new();
    for (name, bytes) in files_below(folder) {
        found.extend(found_in(&name, &format!("file called {name}"), planted));
        for text in readings(&folder.join(&name), &name, &bytes) {
            found.extend(found_in(&name, &text, planted));
        }
    }
    found
}

/// What of `planted` stands in a text, whatever its case and with tags taken away.
pub fn found_in(place: &str, text: &str, planted: &Planted) -> Vec<String> {
    let lower = text.to_lowercase();
    let bare = without_tags(&lower);
    let traces = planted.traces().into_iter();
    traces
        .filter(|trace| lower.contains(trace) || bare.contains(trace))
        .map(|trace| format!("{place}: {trace}"))
        .collect()
}

fn without_tags(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => bare.push(letter),
            _ => {}
        }
    }
    bare
}

/// The ways in which a file's content can be read.
pub fn readings(path: &Path, name: &str, bytes: &[u8]) -> Vec<String> {
    let latin: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut texts = vec![String::from_utf8_lossy(bytes).into_owned(), latin];
    match name.rsplit('.').next() {
        Some("docx" | "xlsx") => {
            let part = |(name, bytes): (String, Vec<u8>)| [name, String::from_utf8_lossy(&bytes).into_owned()];
            texts.extend(parts_of(bytes).into_iter().flat_map(part));
        }
        Some("pdf") => {
            texts.push(words_of_pdf(bytes));
            texts.extend(streams_of_pdf(bytes).iter().map(|stream| String::from_utf8_lossy(stream).into_owned()));
        }
        Some("parquet") => {
            texts.push(format!("{:?}", kvalis::store::footer(path).expect("a footer")));
            texts.push(rows(&kvalis::store::read_all(path).expect("a dataset")));
        }
        _ => {}
    }
    texts
}

fn rows(dataset: &Dataset) -> String {
    let text = |(name, column): (&String, &PlainColumn)| format!("{name}: {column:?}\n");
    dataset.columns.iter().map(text).collect()
}
