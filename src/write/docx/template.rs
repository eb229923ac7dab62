//! The municipality's own Word template: styles, theme, fonts, numbering, header and footer, page.
//!
//! In: the bytes of a `.docx` or `.dotx`. Out: a [`Template`] that dresses the report, or why it can't. Of a file with
//! macros (`.docm`, `.dotm`) only these harmless parts are taken. Headers and footers are taken as they are, with their
//! pictures; one that embeds, links or runs something else is refused, as it would come out broken or not at all.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::super::document::Document;
use super::archive::{Archive, Broken, parse, save_again};
use super::looks::Looks;
use super::merge;
use super::package::{MEDIA, Package, Relation, Relations};
use super::page::{Edge, Page};
use super::parts::{self, THEME_TYPE, word_type};
use super::styles::{Ids, KnownStyle};
use super::xml::{RELATION_IDS, WORD};
use crate::diagnostic::{Code, Diagnostic, Failure, Location};

/// A part that is taken as it is, with what it needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Carried {
    text: String,
    relations: Relations,
    /// Pictures and fonts by their name in the new package.
    media: BTreeMap<String, Vec<u8>>,
}

/// A header or footer of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CarriedEdge {
    element: &'static str,
    kind: String,
    part: Carried,
}

/// What a template gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    styles: String,
    known: Vec<KnownStyle>,
    numbering: Option<Carried>,
    numbers: usize,
    theme: Option<Carried>,
    fonts: Option<Carried>,
    edges: Vec<CarriedEdge>,
    page: Page,
    even_and_odd: bool,
}

impl Template {
    /// Reads a template; `file` is its name for messages.
    ///
    /// Errors: `bad-word-template`.
    pub(crate) fn read(bytes: &[u8], file: &str) -> Result<Template, Failure> {
        read(bytes).map_err(|Broken { message, help }| {
            let at = Location::File { file: file.to_string() };
            Diagnostic::error(Code::BadWordTemplate, message, at).help(help).into()
        })
    }

    pub(super) fn styles(&self) -> Vec<KnownStyle> {
        self.known.clone()
    }

    /// The highest number of a list that the template uses.
    pub(super) fn numbers(&self) -> usize {
        self.numbers
    }

    /// Puts everything but the text's own parts into the package; the page.
    pub(super) fn dress(&self, ids: &Ids, looks: &Looks, document: &Document, package: &mut Package) -> Page {
        let styles = merge::with_styles(&self.styles, &ids.definitions(looks));
        package.beside_text("styles", "styles.xml", word_type!("styles"), styles);
        let settings = parts::settings(self.even_and_odd, false);
        package.beside_text("settings", "settings.xml", word_type!("settings"), settings);
        if let Some(theme) = &self.theme {
            theme.put("theme", "theme/theme1.xml", THEME_TYPE, package);
        }
        if let Some(fonts) = &self.fonts {
            fonts.put("fontTable", "fontTable.xml", word_type!("fontTable"), package);
        }
        let mut page = self.page.clone();
        for (index, edge) in self.edges.iter().enumerate() {
            let header = edge.element == "w:headerReference";
            let (kind, content_type) =
                if header { ("header", word_type!("header")) } else { ("footer", word_type!("footer")) };
            let name = format!("{kind}{}.xml", index + 1);
            let relation = edge.part.put(kind, &name, content_type, package);
            page.edges.push(Edge { element: edge.element, kind: edge.kind.clone(), relation });
        }
        if self.edges.is_empty() {
            self.own_edges(ids, document, &mut page, package);
        }
        page
    }

    /// A template without header and footer gets ours: a report has page numbers.
    fn own_edges(&self, ids: &Ids, document: &Document, page: &mut Page, package: &mut Package) {
        parts::edges(ids, document, page, package);
        page.title_page = true;
    }

    /// The template's numbering with the document's lists after its own.
    pub(super) fn numbering(&self, lists: &[bool], package: &mut Package) -> String {
        match &self.numbering {
            Some(carried) => {
                for (name, bytes) in &carried.media {
                    package.media(name, bytes.clone());
                }
                package.relations("word/numbering.xml", &carried.relations);
                merge::with_lists(&carried.text, lists)
            }
            None => parts::numbering(lists),
        }
    }
}

impl Carried {
    /// Puts the part beside the text; the relationship's id.
    fn put(&self, kind: &str, name: &str, content_type: &'static str, package: &mut Package) -> String {
        package.relations(&format!("word/{name}"), &self.relations);
        for (name, bytes) in &self.media {
            package.media(name, bytes.clone());
        }
        package.beside_text(kind, name, content_type, self.text.clone())
    }
}

fn read(bytes: &[u8]) -> Result<Template, Broken> {
    let mut archive = Archive::open(bytes)?;
    let no_text = || Broken::new(say!("write-word-template-has-no-text"), save_again());
    let root = archive.relations("")?;
    let main = target_of(&root, "officeDocument").ok_or_else(no_text)?.to_string();
    let text = archive.text(&main)?.ok_or_else(no_text)?;
    let relations = archive.relations(&main)?;
    let no_styles = || Broken::new(say!("write-word-template-has-no-styles"), save_again());
    let styles = target_of(&relations, "styles").ok_or_else(no_styles)?.to_string();
    let styles = archive.text(&styles)?.ok_or_else(no_styles)?;
    let known = merge::known_styles(&styles).ok_or_else(no_styles)?;
    let mut reader = TemplateReader { archive, relations, media: 0 };
    let numbering = reader.part("numbering")?;
    let numbers = numbering.as_ref().map_or(0, |carried| merge::numbers_of(&carried.text));
    let (theme, fonts) = (reader.part("theme")?, reader.part("fontTable")?);
    let even_and_odd = reader.even_and_odd()?;
    let document = parse(&text).map_err(|_| no_text())?;
    let section = last_section(&document).ok_or_else(no_text)?;
    let edges = section.map(|section| reader.edges(section)).transpose()?.unwrap_or_default();
    let page = section.map(page_of).unwrap_or_default();
    Ok(Template {
        styles: merge::in_swedish(&styles),
        known,
        numbering,
        numbers,
        theme,
        fonts,
        edges,
        page,
        even_and_odd,
    })
}

/// Types of relationships end alike in all versions of the format.
fn target_of<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    let ending = format!("/{kind}");
    relations
        .iter()
        .find(|relation| relation.kind.ends_with(&ending) && !relation.external)
        .map(|found| found.target.as_str())
}

struct TemplateReader<'a> {
    archive: Archive<'a>,
    relations: Vec<Relation>,
    /// Pictures and fonts taken so far.
    media: usize,
}

impl TemplateReader<'_> {
    fn part(&mut self, kind: &str) -> Result<Option<Carried>, Broken> {
        match target_of(&self.relations, kind).map(str::to_string) {
            Some(name) => self.carried(&name),
            None => Ok(None),
        }
    }

    /// A part with its pictures, fonts and links; anything else that it points at is refused.
    fn carried(&mut self, name: &str) -> Result<Option<Carried>, Broken> {
        let Some(text) = self.archive.text(name)? else { return Ok(None) };
        let mut carried = Carried { text, ..Carried::default() };
        for relation in self.archive.relations(name)? {
            let kind = relation.kind.rsplit('/').next().unwrap_or("");
            let ending = relation.target.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
            let known = MEDIA.iter().any(|(known, _)| *known == ending);
            let target = match kind {
                "hyperlink" if relation.external && is_web(&relation.target) => relation.target.clone(),
                "image" | "font" if known && !relation.external => {
                    let Some(bytes) = self.archive.bytes(&relation.target)? else {
                        return Err(foreign(name, &relation.target));
                    };
                    self.media += 1;
                    let target = format!("mall-{}.{ending}", self.media);
                    carried.media.insert(format!("word/media/{target}"), bytes);
                    format!("/word/media/{target}")
                }
                _ => return Err(foreign(name, &relation.target)),
            };
            carried.relations.0.push(Relation { target, ..relation });
        }
        Ok(Some(carried))
    }

    fn even_and_odd(&mut self) -> Result<bool, Broken> {
        let Some(name) = target_of(&self.relations, "settings").map(str::to_string) else { return Ok(false) };
        let Some(text) = self.archive.text(&name)? else { return Ok(false) };
        let Ok(settings) = parse(&text) else { return Ok(false) };
        let flag = settings.root_element().children().find(|node| is(*node, "evenAndOddHeaders"));
        Ok(flag.is_some_and(|flag| !matches!(flag.attribute((WORD, "val")), Some("0" | "false" | "off"))))
    }

    fn edges(&mut self, section: Node) -> Result<Vec<CarriedEdge>, Broken> {
        let mut edges = Vec::new();
        for node in section.children().filter(Node::is_element) {
            let element = match node.tag_name().name() {
                "headerReference" => "w:headerReference",
                "footerReference" => "w:footerReference",
                _ => continue,
            };
            let (Some(kind), Some(id)) = (node.attribute((WORD, "type")), node.attribute((RELATION_IDS, "id"))) else {
                continue;
            };
            let target = self.relations.iter().find(|relation| relation.id == id && !relation.external);
            let Some(name) = target.map(|relation| relation.target.clone()) else { continue };
            let Some(part) = self.carried(&name)? else { continue };
            refuse_what_runs(&name, &part.text)?;
            if !matches!(kind, "default" | "first" | "even") {
                continue;
            }
            edges.push(CarriedEdge { element, kind: kind.to_string(), part });
        }
        Ok(edges)
    }
}

fn is_web(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

fn foreign(part: &str, target: &str) -> Broken {
    let name = target.rsplit(['/', '\\']).next().unwrap_or(target);
    let message = say!("write-word-template-holds-or-links", part = part_name(part), name);
    Broken::new(message, say!("write-take-out-header-footer-or"))
}

fn part_name(part: &str) -> &str {
    part.rsplit('/').next().unwrap_or(part)
}

/// Fields that fetch or start something when they are updated.
const RUNNING: [&str; 11] = [
    "DDE",
    "DDEAUTO",
    "LINK",
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "INCLUDE",
    "IMPORT",
    "EMBED",
    "MACROBUTTON",
    "DATABASE",
    "QUOTE",
];

fn refuse_what_runs(name: &str, text: &str) -> Result<(), Broken> {
    let broken = || Broken::new(say!("write-word-template-is-broken"), save_again());
    let part = parse(text).map_err(|_| broken())?;
    let texts = part.descendants().filter(|node| is(*node, "instrText")).filter_map(|node| node.text());
    let simple = part.descendants().filter_map(|node| node.attribute((WORD, "instr")));
    let code: String = texts.collect::<String>() + " " + &simple.collect::<Vec<_>>().join(" ");
    let word = code
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .find(|word| RUNNING.contains(&word.to_ascii_uppercase().as_str()));
    match word {
        Some(word) => {
            let message = say!("write-word-template-has-field-fetches", name = part_name(name), word);
            Err(Broken::new(message, say!("write-take-field-out-template-header")))
        }
        None => Ok(()),
    }
}

fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(WORD)
}

/// The section that the template's last page belongs to; `None` outside if this is no text that we know.
fn last_section<'a>(document: &'a roxmltree::Document<'a>) -> Option<Option<Node<'a, 'a>>> {
    let root = document.root_element();
    let body = root.children().find(|node| is(*node, "body")).filter(|_| is(root, "document"))?;
    Some(body.children().rfind(|node| is(*node, "sectPr")))
}

/// Size, margins and whether the first page differs; what is no page keeps ours.
fn page_of(section: Node) -> Page {
    let own = Page::default();
    let child = |name: &str| section.children().find(|node| is(*node, name));
    let number = |node: Option<Node>, name: &str| -> Option<i32> {
        let text = node?.attribute((WORD, name))?;
        text.parse::<f64>().ok().map(|value| value.round() as i32)
    };
    let (size, margins) = (child("pgSz"), child("pgMar"));
    let side = |name: &str, own: i32| number(size, name).filter(|side| (2_000..=31_680).contains(side)).unwrap_or(own);
    let margin =
        |name: &str, own: i32| number(margins, name).filter(|margin| (-8_000..=8_000).contains(margin)).unwrap_or(own);
    let flag =
        child("titlePg").is_some_and(|node| !matches!(node.attribute((WORD, "val")), Some("0" | "false" | "off")));
    Page {
        width: side("w", own.width),
        height: side("h", own.height),
        top: margin("top", own.top),
        bottom: margin("bottom", own.bottom),
        left: margin("left", own.left).max(0),
        right: margin("right", own.right).max(0),
        header: margin("header", own.header).max(0),
        footer: margin("footer", own.footer).max(0),
        gutter: margin("gutter", own.gutter).max(0),
        title_page: flag,
        edges: Vec::new(),
    }
}
