//! The parts around the text: settings, theme, fonts, header and footer, numbering, what is told about the document.

use super::super::document::Document;
use super::embedded;
use super::looks::{Looks, colour};
use super::package::{Package, Relations};
use super::page::{Edge, Page};
use super::paragraph::{ParagraphShape, paragraph};
use super::runs::{run_of, text};
use super::sizes::twips;
use super::styles::{Ids, Style, default_part};
use super::xml::{DECLARATION, Element, RELATION_IDS, WORD, element, escape, valued};
use crate::job::plan::LoadedTheme;

/// Content type of one of Word's own parts.
macro_rules! word_type {
    ($kind:literal) => {
        concat!("application/vnd.openxmlformats-officedocument.wordprocessingml.", $kind, "+xml")
    };
}
pub(super) use word_type;

pub(super) const THEME_TYPE: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// Styles, theme, fonts, settings, header and footer of a report without a template; its page.
pub(super) fn dress(ids: &Ids, looks: &Looks, theme: &LoadedTheme, document: &Document, package: &mut Package) -> Page {
    let faces = if theme.font.is_none() { embedded::add(package) } else { String::new() };
    let mut add = |kind: &str, name: &str, content_type: &'static str, text: String| {
        package.beside_text(kind, name, content_type, text)
    };
    add("styles", "styles.xml", word_type!("styles"), default_part(ids, looks));
    add("settings", "settings.xml", word_type!("settings"), settings(false, theme.font.is_none()));
    add("fontTable", "fontTable.xml", word_type!("fontTable"), fonts(theme.family(), &faces));
    add("theme", "theme/theme1.xml", THEME_TYPE, theme_part(theme, looks));
    let mut page = Page::default();
    edges(ids, document, &mut page, package);
    page
}

/// Our own header and footer.
pub(super) fn edges(ids: &Ids, document: &Document, page: &mut Page, package: &mut Package) {
    let (header, footer) = (header(ids, document), footer(ids, page));
    for (element, kind, content_type, text) in [
        ("w:headerReference", "header", word_type!("header"), header),
        ("w:footerReference", "footer", word_type!("footer"), footer),
    ] {
        let relation = package.beside_text(kind, &format!("{kind}1.xml"), content_type, text);
        page.edges.push(Edge { element, kind: "default".to_string(), relation });
    }
}

/// The report's title above every page but the first.
fn header(ids: &Ids, document: &Document) -> String {
    let title = element("w:r").add([text(&document.title)]);
    edge("w:hdr", paragraph(ids.get(Style::Header), ParagraphShape::default(), [title]))
}

/// "Sida 3 av 24" at the right margin.
fn footer(ids: &Ids, page: &Page) -> String {
    let words = |words: &str| element("w:r").add([text(words)]);
    let field = |code: &str| {
        let unproofed = element("w:rPr").add([element("w:noProof")]);
        let run = element("w:r").add([unproofed, element("w:t").text("1")]);
        element("w:fldSimple").with("w:instr", format!(" {code} ")).add([run])
    };
    let tab = |kind: &str, at: i32| valued("w:tab", kind).with("w:pos", at);
    let tabs = [tab("clear", 4536), tab("clear", 9072), tab("right", page.text_width())];
    let shape = ParagraphShape { tabs: Some(element("w:tabs").add(tabs)), ..ParagraphShape::default() };
    let runs = [run_of("w:tab"), words("Sida "), field("PAGE"), words(" av "), field("NUMPAGES")];
    edge("w:ftr", paragraph(ids.get(Style::Footer), shape, runs))
}

fn edge(name: &'static str, paragraph: Element) -> String {
    let edge = element(name).with("xmlns:w", WORD).with("xmlns:r", RELATION_IDS).add([paragraph]);
    format!("{DECLARATION}{edge}")
}

/// Swedish, hyphens, the typeface where it is in the file, and no compatibility with old versions of Word. Nothing asks to be updated.
pub(super) fn settings(even_and_odd: bool, embedded: bool) -> String {
    let embedded = if embedded { "<w:embedTrueTypeFonts/>" } else { "" };
    let even_and_odd = if even_and_odd { "<w:evenAndOddHeaders/>" } else { "" };
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/>{embedded}<w:defaultTabStop w:val=\"567\"/>\
         <w:autoHyphenation/><w:consecutiveHyphenLimit w:val=\"2\"/><w:hyphenationZone w:val=\"425\"/>{even_and_odd}\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"sv-SE\"/>\
         <w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" w:bg2=\"light2\" w:t2=\"dark2\" w:accent1=\"accent1\" \
         w:accent2=\"accent2\" w:accent3=\"accent3\" w:accent4=\"accent4\" w:accent5=\"accent5\" w:accent6=\"accent6\" \
         w:hyperlink=\"hyperlink\" w:followedHyperlink=\"followedHyperlink\"/>\
         <w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/></w:settings>"
    )
}

/// The typeface, and what to take where it is not installed.
fn fonts(family: &str, faces: &str) -> String {
    let family = escape(family);
    format!(
        "{DECLARATION}<w:fonts xmlns:w=\"{WORD}\" xmlns:r=\"{RELATION_IDS}\"><w:font w:name=\"{family}\"><w:altName w:val=\"Calibri\"/>\
         <w:charset w:val=\"00\"/><w:family w:val=\"swiss\"/>\
         <w:pitch w:val=\"variable\"/>{faces}</w:font></w:fonts>"
    )
}

/// The job's colours in Word's palette, and the typeface as the one for headings and for text.
fn theme_part(theme: &LoadedTheme, looks: &Looks) -> String {
    let fallback = ["1F5A8C", "C2571A", "4B7F52", "7A4E8C", "8C6D1F", "595959"];
    let accents: String = fallback
        .iter()
        .enumerate()
        .map(|(index, fallback)| {
            let said = theme.palette.get(index).map_or("", String::as_str);
            let said = if index == 0 { &theme.accent } else { said };
            scheme_colour(&format!("accent{}", index + 1), &colour(said, fallback))
        })
        .collect();
    let others = [("dk1", looks.ink.as_str()), ("lt1", "FFFFFF"), ("dk2", &looks.muted), ("lt2", "F4F4F2")];
    let others: String = others.iter().map(|(name, colour)| scheme_colour(name, colour)).collect();
    let links = scheme_colour("hlink", &looks.accent) + &scheme_colour("folHlink", &looks.muted);
    let face = format!("<a:latin typeface=\"{}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>", escape(theme.family()));
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{DECLARATION}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Rapport\"><a:themeElements>\
         <a:clrScheme name=\"Rapport\">{others}{accents}{links}</a:clrScheme>\
         <a:fontScheme name=\"Rapport\"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>\
         <a:fmtScheme name=\"Rapport\"><a:fillStyleLst>{0}</a:fillStyleLst><a:lnStyleLst>{1}</a:lnStyleLst>\
         <a:effectStyleLst>{2}</a:effectStyleLst><a:bgFillStyleLst>{0}</a:bgFillStyleLst></a:fmtScheme>\
         </a:themeElements></a:theme>",
        fill.repeat(3),
        line.repeat(3),
        effect.repeat(3)
    )
}

fn scheme_colour(name: &str, colour: &str) -> String {
    format!("<a:{name}><a:srgbClr val=\"{colour}\"/></a:{name}>")
}

/// `numbering.xml` of the document's lists alone.
pub(super) fn numbering(lists: &[bool]) -> String {
    let (abstracts, numbers) = list_definitions(lists, 0, 0);
    format!("{DECLARATION}<w:numbering xmlns:w=\"{WORD}\">{abstracts}{numbers}</w:numbering>")
}

/// Marks and numbers of lists, and one number for each list; ids begin after those that are taken.
pub(super) fn list_definitions(lists: &[bool], first_abstract: usize, first_number: usize) -> (String, String) {
    if lists.is_empty() {
        return (String::new(), String::new());
    }
    let levels = |ordered: bool| -> String { (0..9).map(|level| list_level(ordered, level)).collect() };
    let (marks, counted) = (first_abstract + 1, first_abstract + 2);
    let kind = |id: usize, ordered: bool| {
        format!(
            "<w:abstractNum xmlns:w=\"{WORD}\" w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{}</w:abstractNum>",
            levels(ordered)
        )
    };
    let begin_anew: String = (0..9)
        .map(|level| format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"1\"/></w:lvlOverride>"))
        .collect();
    let numbers = lists.iter().enumerate().map(|(index, ordered)| {
        let (kind, anew) = if *ordered { (counted, begin_anew.as_str()) } else { (marks, "") };
        format!(
            "<w:num xmlns:w=\"{WORD}\" w:numId=\"{}\"><w:abstractNumId w:val=\"{kind}\"/>{anew}</w:num>",
            first_number + index + 1
        )
    });
    (kind(marks, false) + &kind(counted, true), numbers.collect())
}

fn list_level(ordered: bool, level: usize) -> String {
    let (format_, text) = match (ordered, level % 2 == 1) {
        (true, true) => ("lowerLetter", format!("%{})", level + 1)),
        (true, false) => ("decimal", format!("%{}.", level + 1)),
        (false, true) => ("bullet", "–".to_string()),
        (false, false) => ("bullet", "•".to_string()),
    };
    let left = twips(7.0) * (level as i32 + 1);
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format_}\"/><w:lvlText w:val=\"{text}\"/>\
         <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{}\"/></w:pPr></w:lvl>",
        twips(7.0)
    )
}

/// The text itself, its numbering and relationships.
pub(super) fn main(package: &mut Package, body: &Element, numbering: &str) {
    package.beside_text("numbering", "numbering.xml", word_type!("numbering"), numbering);
    let document = format!(
        "{DECLARATION}<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{RELATION_IDS}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">{body}</w:document>"
    );
    package.part("word/document.xml", word_type!("document.main"), document);
    let relations = std::mem::take(&mut package.text_relations);
    package.relations("word/document.xml", &relations);
}

/// Title, author and language; no clock, so no date but the data's own, which stands on the first page.
pub(super) fn about(package: &mut Package, document: &Document) {
    let core = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dc:subject>{}</dc:subject><dc:language>sv-SE</dc:language></cp:coreProperties>",
        escape(&document.title),
        escape(&document.organisation),
        escape(&document.period)
    );
    let app = format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>kvalis</Application><Company>{}</Company></Properties>",
        escape(&document.organisation)
    );
    package.part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core);
    package.part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", app);
    let mut root = Relations::default();
    root.add("officeDocument", "word/document.xml");
    root.add(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    );
    root.add("extended-properties", "docProps/app.xml");
    package.relations("", &root);
}
