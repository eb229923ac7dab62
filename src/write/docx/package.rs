//! The package: parts by name, their relationships and content types, zipped.
//!
//! In: parts. Out: bytes that are the same for the same parts: sorted names, one fixed time.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{DECLARATION, RELATIONSHIPS, escape};
use crate::diagnostic::Failure;

/// Start of the relationship types that Office knows.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a part points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub id: String,
    /// "image"; a whole address where it is not one of Office's own.
    pub kind: String,
    pub target: String,
    pub external: bool,
}

/// The relationships of one part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Relations(pub Vec<Relation>);

impl Relations {
    /// A new relationship to a part of the package, or the one that there is; its id.
    pub(super) fn add(&mut self, kind: &str, target: &str) -> String {
        self.entry(kind, target, false)
    }

    /// A relationship to an address outside; its id.
    pub(super) fn add_external(&mut self, kind: &str, target: &str) -> String {
        self.entry(kind, target, true)
    }

    fn entry(&mut self, kind: &str, target: &str, external: bool) -> String {
        let same = |known: &&Relation| known.kind == kind && known.target == target && known.external == external;
        if let Some(known) = self.0.iter().find(same) {
            return known.id.clone();
        }
        let id = format!("rId{}", self.0.len() + 1);
        self.0.push(Relation { id: id.clone(), kind: kind.into(), target: target.into(), external });
        id
    }

    fn xml(&self) -> String {
        let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">");
        for Relation { id, kind, target, external } in &self.0 {
            let kind = if kind.contains("://") { kind.clone() } else { format!("{OFFICE}/{kind}") };
            let mode = if *external { " TargetMode=\"External\"" } else { "" };
            xml.push_str(&format!(
                "<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>",
                escape(id),
                escape(&kind),
                escape(target)
            ));
        }
        xml + "</Relationships>"
    }
}

/// All parts of a document.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// What the part of the text points at.
    pub text_relations: Relations,
    parts: BTreeMap<String, Vec<u8>>,
    /// Content types of parts that their ending does not tell.
    types: BTreeMap<String, &'static str>,
}

impl Package {
    /// A part with a content type of its own.
    pub(super) fn part(&mut self, name: &str, content_type: &'static str, bytes: impl Into<Vec<u8>>) {
        self.types.insert(name.to_string(), content_type);
        self.parts.insert(name.to_string(), bytes.into());
    }

    /// A part beside the text, which points at it; the relationship's id. `name`: below `word/`.
    pub(super) fn beside_text(
        &mut self,
        kind: &str,
        name: &str,
        content_type: &'static str,
        bytes: impl Into<Vec<u8>>,
    ) -> String {
        self.part(&format!("word/{name}"), content_type, bytes);
        self.text_relations.add(kind, name)
    }

    /// A picture or font, told by its ending.
    pub(super) fn media(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        self.parts.insert(name.to_string(), bytes.into());
    }

    /// The relationships of a part; "" for the package's own.
    pub(super) fn relations(&mut self, of: &str, relations: &Relations) {
        let (folder, name) = of.rsplit_once('/').map_or(("", of), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        if !relations.0.is_empty() {
            self.parts.insert(format!("{folder}_rels/{name}.rels"), relations.xml().into_bytes());
        }
    }

    /// The zipped file.
    pub(super) fn zip(mut self) -> Result<Vec<u8>, Failure> {
        let types = self.content_types();
        self.parts.insert("[Content_Types].xml".to_string(), types.into_bytes());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.parts {
            // Pictures are compressed already.
            let method = if name.ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            let options =
                SimpleFileOptions::default().last_modified_time(DateTime::default()).compression_method(method);
            zip.start_file(name.as_str(), options).map_err(|error| broken(&error))?;
            zip.write_all(bytes).map_err(|error| broken(&error))?;
        }
        Ok(zip.finish().map_err(|error| broken(&error))?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut xml = format!(
            "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        let endings = MEDIA.iter().filter(|(ending, _)| {
            self.parts.keys().any(|name| name.rsplit_once('.').is_some_and(|(_, found)| found == *ending))
        });
        for (ending, content_type) in endings {
            xml.push_str(&format!("<Default Extension=\"{ending}\" ContentType=\"{content_type}\"/>"));
        }
        for (name, content_type) in &self.types {
            xml.push_str(&format!("<Override PartName=\"/{}\" ContentType=\"{content_type}\"/>", escape(name)));
        }
        xml + "</Types>"
    }
}

fn broken(error: &dyn std::fmt::Display) -> Failure {
    Failure::internal(format!("zipping the Word file: {error}"))
}

/// Pictures and fonts that a package may hold, by their ending.
pub(super) const MEDIA: [(&str, &str); 12] = [
    ("bmp", "image/bmp"),
    ("emf", "image/x-emf"),
    ("gif", "image/gif"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ttf", "application/x-font-ttf"),
    ("wmf", "image/x-wmf"),
];
