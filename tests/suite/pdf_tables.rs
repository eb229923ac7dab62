//! Tables read back out of a PDF, as a screen reader finds them: the structure tree names the cells, marked content holds
//! their letters, each font's ToUnicode says what they are. Nothing of the program that wrote the file is used.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;

use crate::documents::ExtractedTable;

/// Text by page object and number of marked content.
type Marked = BTreeMap<(ObjectIdentifier, i32), String>;

/// Every table of a tagged PDF, in reading order.
pub fn tables_of_pdf(bytes: &[u8]) -> Vec<ExtractedTable> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let mut marked = Marked::new();
    for page in pdf.pages().iter() {
        read_page(page, &mut marked);
    }
    let tree: Dict<'_> = catalog(&pdf).get(keys::STRUCT_TREE_ROOT).expect("a structure tree");
    let mut tables = Vec::new();
    walk(&tree, &mut |element| {
        if kind(element) == "Table" {
            tables.push(table(element, &marked));
        }
    });
    tables
}

/// How many elements of a kind a tagged PDF has.
pub fn elements_of_pdf(bytes: &[u8], wanted: &str) -> usize {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let tree: Dict<'_> = catalog(&pdf).get(keys::STRUCT_TREE_ROOT).expect("a structure tree");
    let mut found = 0;
    walk(&tree, &mut |element| found += usize::from(kind(element) == wanted));
    found
}

/// Every letter of a tagged PDF, in reading order, a blank after each element.
pub fn words_of_pdf(bytes: &[u8]) -> String {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let mut marked = Marked::new();
    for page in pdf.pages().iter() {
        read_page(page, &mut marked);
    }
    let tree: Dict<'_> = catalog(&pdf).get(keys::STRUCT_TREE_ROOT).expect("a structure tree");
    let mut words = String::new();
    gather_words(&tree, None, &marked, &mut words);
    words.replace(['\u{ad}', '\u{2060}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every stream of a PDF, inflated: contents, fonts, metadata.
pub fn streams_of_pdf(bytes: &[u8]) -> Vec<Vec<u8>> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let streams = pdf.objects().into_iter().filter_map(Object::into_stream);
    streams.filter_map(|stream| stream.decoded().ok().map(|decoded| decoded.to_vec())).collect()
}

/// Elements that stand within a line; every other one ends a word.
const INLINE: [&str; 6] = ["Span", "Strong", "Em", "Link", "Code", "Reference"];

fn gather_words(element: &Dict<'_>, page: Option<ObjectIdentifier>, marked: &Marked, words: &mut String) {
    let page = element.get_ref("Pg").map(ObjectIdentifier::from).or(page);
    for child in children(element, page) {
        match child {
            Child::Element(dict) => gather_words(&dict, page, marked, words),
            Child::Content(page, id) => words.push_str(marked.get(&(page, id)).map_or("", String::as_str)),
        }
    }
    if !INLINE.contains(&kind(element).as_str()) {
        words.push(' ');
    }
}

fn catalog(pdf: &Pdf) -> Dict<'_> {
    let dicts = pdf.objects().into_iter().filter_map(Object::into_dict);
    let found =
        dicts.into_iter().find(|dict| dict.get::<Name<'_>>("Type").is_some_and(|name| name.as_str() == "Catalog"));
    found.expect("a catalog")
}

fn kind(element: &Dict<'_>) -> String {
    element.get::<Name<'_>>("S").map(|name| name.as_str().to_string()).unwrap_or_default()
}

/// Children in order: elements, and numbers of marked content with the page that they stand on.
enum Child<'a> {
    Element(Dict<'a>),
    Content(ObjectIdentifier, i32),
}

fn children<'a>(element: &Dict<'a>, page: Option<ObjectIdentifier>) -> Vec<Child<'a>> {
    let page = element.get_ref("Pg").map(ObjectIdentifier::from).or(page);
    let of = |object: Object<'a>| child(object, page);
    match element.get::<Object<'a>>("K") {
        Some(Object::Array(array)) => array.iter::<Object<'a>>().filter_map(of).collect(),
        Some(object) => of(object).into_iter().collect(),
        None => Vec::new(),
    }
}

fn child(object: Object<'_>, page: Option<ObjectIdentifier>) -> Option<Child<'_>> {
    match object {
        Object::Dict(dict) if dict.contains_key("S") => Some(Child::Element(dict)),
        Object::Dict(dict) => {
            let page = dict.get_ref("Pg").map(ObjectIdentifier::from).or(page);
            Some(Child::Content(page?, dict.get::<i32>("MCID")?))
        }
        object => Some(Child::Content(page?, object.into_i32()?)),
    }
}

fn walk<'a>(element: &Dict<'a>, visit: &mut impl FnMut(&Dict<'a>)) {
    for child in children(element, None) {
        if let Child::Element(dict) = child {
            visit(&dict);
            walk(&dict, visit);
        }
    }
}

/// All letters below an element; `page` is the one that it inherits.
fn text_of(element: &Dict<'_>, page: Option<ObjectIdentifier>, marked: &Marked) -> String {
    let page = element.get_ref("Pg").map(ObjectIdentifier::from).or(page);
    let part = |child| match child {
        Child::Element(dict) => text_of(&dict, page, marked),
        Child::Content(page, id) => marked.get(&(page, id)).cloned().unwrap_or_default(),
    };
    children(element, page).into_iter().map(part).collect()
}

fn table(element: &Dict<'_>, marked: &Marked) -> ExtractedTable {
    let (mut caption, mut rows) = (String::new(), Vec::new());
    walk(element, &mut |part| match kind(part).as_str() {
        "Caption" => caption = text_of(part, None, marked),
        "TR" => rows.push(children(part, None).into_iter().filter_map(|cell| cell_text(cell, marked)).collect()),
        _ => {}
    });
    let mut rows = rows.into_iter();
    ExtractedTable { caption, header: rows.next().unwrap_or_default(), rows: rows.collect() }
}

fn cell_text(child: Child<'_>, marked: &Marked) -> Option<String> {
    match child {
        Child::Element(cell) if ["TH", "TD"].contains(&kind(&cell).as_str()) => Some(text_of(&cell, None, marked)),
        _ => None,
    }
}

/// The letters of a page, by the innermost marked content with a number that they stand in.
fn read_page(page: &Page<'_>, marked: &mut Marked) {
    let id = page.raw().obj_id().expect("a page is an object");
    let mut fonts: BTreeMap<String, Letters> = BTreeMap::new();
    let (mut font, mut stack): (String, Vec<Mark>) = (String::new(), Vec::new());
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::TextFont(set) => {
                font = set.0.as_str().to_string();
                fonts.entry(font.clone()).or_insert_with(|| Letters::of(&page.resources().fonts, &font));
            }
            TypedInstruction::BeginMarkedContent(_) => stack.push(Mark::default()),
            TypedInstruction::BeginMarkedContentWithProperties(begin) => stack.push(Mark::of(begin.1)),
            TypedInstruction::EndMarkedContent(_) => drop(stack.pop()),
            TypedInstruction::ShowText(show) => say(&fonts[&font].read(show.0.as_bytes()), id, &mut stack, marked),
            TypedInstruction::ShowTexts(show) => {
                for object in show.0.iter::<Object<'_>>() {
                    if let Object::String(string) = object {
                        say(&fonts[&font].read(string.as_bytes()), id, &mut stack, marked);
                    }
                }
            }
            _ => {}
        }
    }
}

/// An open piece of marked content.
#[derive(Default)]
struct Mark {
    id: Option<i32>,
    /// What it says instead of its letters, until it has been said.
    actual: Option<String>,
}

impl Mark {
    fn of(properties: &Object<'_>) -> Mark {
        let Object::Dict(dict) = properties else { return Mark::default() };
        let actual = dict.get::<hayro_syntax::object::String<'_>>("ActualText").map(|text| utf16(text.as_bytes()));
        Mark { id: dict.get::<i32>("MCID"), actual }
    }
}

/// UTF-16 with its mark, or else single bytes.
fn utf16(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn say(text: &str, page: ObjectIdentifier, stack: &mut [Mark], marked: &mut Marked) {
    let Some(id) = stack.iter().rev().find_map(|mark| mark.id) else { return };
    let said = marked.entry((page, id)).or_default();
    match stack.iter_mut().find(|mark| mark.actual.is_some()) {
        Some(mark) => said.push_str(&mark.actual.replace(String::new()).unwrap_or_default()),
        None => said.push_str(text),
    }
}

/// What a font's codes mean: two bytes a glyph, as the file's own ToUnicode says.
struct Letters(BTreeMap<u16, String>);

impl Letters {
    fn of(fonts: &Dict<'_>, name: &str) -> Letters {
        let font: Dict<'_> = fonts.get(name).expect("a font of the page");
        let map: Stream<'_> = font.get("ToUnicode").expect("every font says what its glyphs mean");
        let text = String::from_utf8_lossy(&map.decoded().expect("a readable stream")).into_owned();
        let mut letters = BTreeMap::new();
        sections(&text, "beginbfchar", "endbfchar", |codes| {
            for pair in codes.chunks_exact(2) {
                letters.insert(number(&pair[0]), unicode(&pair[1]));
            }
        });
        sections(&text, "beginbfrange", "endbfrange", |codes| {
            for range in codes.chunks_exact(3) {
                let first = number(&range[0]);
                for code in first..=number(&range[1]) {
                    let start = unicode(&range[2]).chars().next().expect("a letter");
                    let letter = char::from_u32(u32::from(start) + u32::from(code - first)).expect("a letter");
                    letters.insert(code, letter.to_string());
                }
            }
        });
        assert!(!letters.is_empty(), "a font without letters");
        Letters(letters)
    }

    fn read(&self, codes: &[u8]) -> String {
        let pairs = codes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        pairs.map(|code| self.0.get(&code).map_or("\u{fffd}", String::as_str)).collect()
    }
}

fn sections(text: &str, from: &str, to: &str, mut each: impl FnMut(&[String])) {
    for piece in text.split(from).skip(1) {
        let body = piece.split(to).next().unwrap_or("");
        let codes: Vec<String> =
            body.split('<').skip(1).filter_map(|code| Some(code.split_once('>')?.0.into())).collect();
        each(&codes);
    }
}

fn number(hex: &str) -> u16 {
    u16::from_str_radix(hex, 16).expect("a code of two bytes")
}

fn unicode(hex: &str) -> String {
    let units: Vec<u16> = (0..hex.len() / 4).map(|at| number(&hex[4 * at..4 * at + 4])).collect();
    String::from_utf16_lossy(&units)
}

/// Letters and signs only: where a line ends, a space or a soft hyphen may or may not stand.
pub fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !['\u{ad}', '\u{200b}'].contains(letter)).collect()
}
