//! The styles that the report is dressed in: what each is called, and how it looks without a template.
//!
//! In: the job's colours, and the template's styles if there are any. Out: the id of every style, and `styles.xml`. A
//! style is found in a template by Word's own name for it ("heading 1" is `Rubrik1` in a Swedish template).

use std::collections::{BTreeMap, BTreeSet};

use super::looks::{Looks, body_of};
use super::xml::{DECLARATION, WORD, escape};

/// A style of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Style {
    Normal,
    BodyText,
    Title,
    Organisation,
    Fact,
    /// 1 to 6.
    Heading(u8),
    Caption,
    ContentsTitle,
    /// 1 and 2.
    Contents(u8),
    TableText,
    TableNumber,
    TableHead,
    TableNote,
    Figure,
    Note,
    Room,
    Quote,
    ListItem,
    KeyValue,
    KeyLabel,
    Header,
    Footer,
    SectionEnd,
    Strong,
    Emphasis,
    Link,
    Code,
    Beside,
    Number,
    ReportTable,
    KeyTable,
}

/// What a style dresses, as Word writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StyleKind {
    Paragraph,
    Character,
    Table,
}

impl StyleKind {
    fn name(self) -> &'static str {
        match self {
            StyleKind::Paragraph => "paragraph",
            StyleKind::Character => "character",
            StyleKind::Table => "table",
        }
    }
}

/// Every style, those that others are based on first.
pub(super) const ALL: [Style; 37] = [
    Style::Normal,
    Style::BodyText,
    Style::Title,
    Style::Organisation,
    Style::Fact,
    Style::Heading(1),
    Style::Heading(2),
    Style::Heading(3),
    Style::Heading(4),
    Style::Heading(5),
    Style::Heading(6),
    Style::Caption,
    Style::ContentsTitle,
    Style::Contents(1),
    Style::Contents(2),
    Style::TableText,
    Style::TableNumber,
    Style::TableHead,
    Style::TableNote,
    Style::Figure,
    Style::Note,
    Style::Room,
    Style::Quote,
    Style::ListItem,
    Style::KeyValue,
    Style::KeyLabel,
    Style::Header,
    Style::Footer,
    Style::SectionEnd,
    Style::Strong,
    Style::Emphasis,
    Style::Link,
    Style::Code,
    Style::Beside,
    Style::Number,
    Style::ReportTable,
    Style::KeyTable,
];

impl Style {
    pub(super) fn kind(self) -> StyleKind {
        match self {
            Style::Strong | Style::Emphasis | Style::Link | Style::Code | Style::Beside | Style::Number => {
                StyleKind::Character
            }
            Style::ReportTable | Style::KeyTable => StyleKind::Table,
            _ => StyleKind::Paragraph,
        }
    }

    /// Word's name: English for its own styles in every language, ours in Swedish.
    pub(super) fn name(self) -> String {
        match self {
            Style::Heading(level) => return format!("heading {level}"),
            Style::Contents(level) => return format!("toc {level}"),
            Style::Normal => "Normal",
            Style::BodyText => "Body Text",
            Style::Title => "Title",
            Style::Organisation => "Organisation",
            Style::Fact => "Faktarad",
            Style::Caption => "caption",
            Style::ContentsTitle => "TOC Heading",
            Style::TableText => "Tabelltext",
            Style::TableNumber => "Tabelltal",
            Style::TableHead => "Tabellhuvud",
            Style::TableNote => "Tabellnot",
            Style::Figure => "Figur",
            Style::Note => "Anmärkningsruta",
            Style::Room => "Plats för bedömning",
            Style::Quote => "Quote",
            Style::ListItem => "List Paragraph",
            Style::KeyValue => "Nyckeltal värde",
            Style::KeyLabel => "Nyckeltal text",
            Style::Header => "header",
            Style::Footer => "footer",
            Style::SectionEnd => "Avsnittsslut",
            Style::Strong => "Strong",
            Style::Emphasis => "Emphasis",
            Style::Link => "Hyperlink",
            Style::Code => "Kod",
            Style::Beside => "Jämförelsetal",
            Style::Number => "Rubriknummer",
            Style::ReportTable => "Rapporttabell",
            Style::KeyTable => "Nyckeltalstabell",
        }
        .to_string()
    }

    /// The id where no template says another.
    fn own_id(self) -> String {
        let name = self.name();
        let words = name.split(' ').map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
        });
        let joined: String = words.collect();
        joined.chars().map(ascii).collect()
    }
}

fn ascii(letter: char) -> char {
    match letter {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        'Å' | 'Ä' => 'A',
        'Ö' => 'O',
        letter => letter,
    }
}

/// A style that a template brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownStyle {
    pub kind: String,
    pub name: String,
    pub id: String,
    /// It numbers its paragraphs itself, or the style that it is based on does.
    pub numbered: bool,
}

/// Which id each style has in this document, and which are still to be written.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    ids: BTreeMap<Style, String>,
    missing: Vec<Style>,
    /// Styles whose own numbers would stand beside ours.
    numbered: BTreeSet<Style>,
}

impl Ids {
    /// Ids of a document with these styles already there.
    pub(super) fn of(known: &[KnownStyle], templated: bool) -> Ids {
        let mut ids = BTreeMap::new();
        let (mut missing, mut numbered) = (Vec::new(), BTreeSet::new());
        for style in ALL {
            let (kind, name) = (style.kind().name(), style.name().to_lowercase());
            match known.iter().find(|known| known.kind == kind && known.name.to_lowercase() == name) {
                Some(known) => {
                    ids.insert(style, known.id.clone());
                    numbered.extend(known.numbered.then_some(style));
                }
                // Running text of a template is what its authors write in: Normal, if they have no body text.
                None if style == Style::BodyText && templated => {
                    let normal: Option<&String> = ids.get(&Style::Normal);
                    let normal = normal.cloned().unwrap_or_else(|| Style::Normal.own_id());
                    ids.insert(style, normal);
                }
                None => {
                    let own = style.own_id();
                    let taken = |id: &str| known.iter().any(|known| known.id.eq_ignore_ascii_case(id));
                    let later = (2..).map(|copy| format!("{own}{copy}"));
                    let free = std::iter::once(own.clone()).chain(later).find(|id| !taken(id));
                    ids.insert(style, free.unwrap_or(own));
                    missing.push(style);
                }
            }
        }
        Ids { ids, missing, numbered }
    }

    pub(super) fn get(&self, style: Style) -> &str {
        self.ids.get(&style).map_or("Normal", String::as_str)
    }

    /// True when a template's style counts by itself.
    pub(super) fn is_numbered(&self, style: Style) -> bool {
        self.numbered.contains(&style)
    }

    /// Definitions of the styles that are not there yet.
    pub(super) fn definitions(&self, looks: &Looks) -> String {
        self.missing.iter().map(|style| self.definition(*style, looks)).collect()
    }

    fn definition(&self, style: Style, looks: &Looks) -> String {
        let default = if style == Style::Normal { " w:default=\"1\"" } else { "" };
        // The namespace is said again as a template may have bound another prefix to it.
        format!(
            "<w:style xmlns:w=\"{WORD}\" w:type=\"{}\"{default}{} w:styleId=\"{}\"><w:name w:val=\"{}\"/>{}</w:style>",
            style.kind().name(),
            if is_own(style) { " w:customStyle=\"1\"" } else { "" },
            escape(self.get(style)),
            escape(&style.name()),
            body_of(style, self, looks)
        )
    }
}

/// Not one of Word's own.
fn is_own(style: Style) -> bool {
    style.name().chars().next().is_some_and(char::is_uppercase)
        && !matches!(
            style,
            Style::Normal
                | Style::BodyText
                | Style::Title
                | Style::ContentsTitle
                | Style::Quote
                | Style::ListItem
                | Style::Strong
                | Style::Emphasis
                | Style::Link
        )
}

/// `styles.xml` where no template brings one.
pub(super) fn default_part(ids: &Ids, looks: &Looks) -> String {
    format!(
        "{DECLARATION}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:asciiTheme=\"minorHAnsi\" w:eastAsiaTheme=\"minorEastAsia\" w:hAnsiTheme=\"minorHAnsi\" w:cstheme=\"minorBidi\"/>\
         <w:color w:val=\"{}\"/><w:sz w:val=\"{1}\"/><w:szCs w:val=\"{1}\"/>\
         <w:lang w:val=\"sv-SE\" w:eastAsia=\"sv-SE\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>\
         </w:docDefaults>{2}{3}</w:styles>",
        looks.ink,
        super::sizes::TEXT,
        NO_TABLE_STYLE,
        ids.definitions(looks)
    )
}

/// What every table is based on.
const NO_TABLE_STYLE: &str = "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">\
    <w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>\
    <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
    <w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/>\
    </w:tblCellMar></w:tblPr></w:style>";

#[cfg(test)]
mod tests {
    use super::*;

    fn known(kind: &str, name: &str, id: &str) -> KnownStyle {
        KnownStyle { kind: kind.into(), name: name.into(), id: id.into(), numbered: false }
    }

    #[test]
    fn a_style_of_a_swedish_template_is_found_by_its_english_name() {
        let template = [
            known("paragraph", "Normal", "Normal"),
            known("paragraph", "Heading 1", "Rubrik1"),
            known("table", "x", "Tabelltext"),
        ];
        let ids = Ids::of(&template, true);
        assert_eq!((ids.get(Style::Heading(1)), ids.get(Style::BodyText)), ("Rubrik1", "Normal"));
        assert_eq!(ids.get(Style::TableText), "Tabelltext2", "an id that is taken is not given twice");
        let looks = Looks::of(&crate::write::fixtures::theme());
        assert!(!ids.definitions(&looks).contains("Rubrik1\"><w:name"));
    }

    #[test]
    fn every_style_has_an_id_and_a_name_of_its_own() {
        let ids = Ids::of(&[], false);
        let found: std::collections::BTreeSet<&str> = ALL.iter().map(|style| ids.get(*style)).collect();
        assert_eq!(found.len(), ALL.len());
        assert!(found.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric())), "{found:?}");
    }
}
