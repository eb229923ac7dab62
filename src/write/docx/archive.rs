//! Reads the parts of a Word file that somebody else made.
//!
//! In: bytes. Out: parts by name, as text or bytes, within limits: an archive is small where it is stored and can be
//! huge where it is read.

use std::io::{Cursor, Read as _};

use roxmltree::Node;
use zip::ZipArchive;

use super::package::Relation;

/// No template has more parts, or parts that are larger.
const MOST_PARTS: usize = 4_000;
const LARGEST_PART: u64 = 32 << 20;
const LARGEST_FILE: u64 = 128 << 20;

/// What is wrong with a template, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub message: String,
    pub help: String,
}

/// The help for what Word itself would mend.
pub(super) fn save_again() -> String {
    say!("write-open-in-word-and-save")
}

impl Broken {
    pub(super) fn new(message: impl Into<String>, help: String) -> Broken {
        Broken { message: message.into(), help }
    }
}

/// An opened archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be read.
    left: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Broken> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let message = say!("write-word-template-is-in-old");
            return Err(Broken::new(message, save_again()));
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Broken::new(say!("write-word-template-is-not-word"), save_again()))?;
        if zip.len() > MOST_PARTS {
            return Err(too_large());
        }
        Ok(Archive { zip, left: LARGEST_FILE })
    }

    /// A part's bytes; `None` if there is no such part.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Broken> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let broken = || Broken::new(say!("write-part-word-template-cannot-be", name), save_again());
        let most = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        let part = self.zip.by_index(index).map_err(|_| broken())?;
        // What the archive says of its sizes is not believed.
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
        let read = bytes.len() as u64;
        if read > most {
            return Err(too_large());
        }
        self.left -= read;
        Ok(Some(bytes))
    }

    /// A part that is well-formed XML, without a byte-order mark.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Broken> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}').to_string());
        let broken = || Broken::new(say!("write-part-word-template-is-not", name), save_again());
        let text = text.ok_or_else(broken)?;
        // Declarations of entities are refused with it: no part of Office has any.
        parse(&text).map_err(|_| broken())?;
        Ok(Some(text))
    }

    /// What a part points at; targets inside are names of parts. "" for the package.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Broken> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let at = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let Some(text) = self.text(&at)? else { return Ok(Vec::new()) };
        let parsed = parse(&text).map_err(|_| Broken::new(say!("write-word-template-is-broken"), save_again()))?;
        let relation = |node: Node| {
            let external = node.attribute("TargetMode") == Some("External");
            let target = node.attribute("Target")?;
            let target = if external { target.to_string() } else { resolve(folder, target) };
            let (id, kind) = (node.attribute("Id")?.to_string(), node.attribute("Type")?.to_string());
            Some(Relation { id, kind, target, external })
        };
        Ok(parsed.root_element().children().filter(Node::is_element).filter_map(relation).collect())
    }
}

fn too_large() -> Broken {
    Broken::new(say!("write-word-template-is-larger-than"), save_again())
}

/// Parses a part.
pub(super) fn parse(text: &str) -> Result<roxmltree::Document<'_>, roxmltree::Error> {
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: 2_000_000, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options)
}

/// The part that a target means, seen from a folder. It cannot leave the package.
fn resolve(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_string(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
