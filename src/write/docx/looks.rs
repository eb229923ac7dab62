//! How each style looks where no template says so: one typeface, four sizes, light rules.
//!
//! In: the job's colours. Out: the inside of a style's definition, elements in the schema's order.

use super::sizes::{DISPLAY, LARGE, MEASURE_MM, PAGE_MM, SMALL, TEXT, twips};
use super::styles::{Ids, Style};
use crate::job::plan::LoadedTheme;

/// Colours as Word writes them, six digits without `#`.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    pub accent: String,
    pub ink: String,
    pub muted: String,
    /// Light lines that guide the eye.
    pub rule: String,
    /// Grounds of remarks and of places for the analyst's judgement.
    pub note: String,
    pub room: String,
}

impl Looks {
    pub(super) fn of(theme: &LoadedTheme) -> Looks {
        Looks {
            accent: colour(&theme.accent, "1F4E79"),
            ink: colour(&theme.ink, "1C1C1C"),
            muted: colour(&theme.muted, "595959"),
            rule: colour(&theme.rule, "D4D4D4"),
            note: colour(&theme.note, "F4F4F2"),
            room: colour(&theme.room, "FFFFFF"),
        }
    }
}

/// A colour, or the fallback for what is none.
pub(super) fn colour(text: &str, fallback: &str) -> String {
    let digits = text.strip_prefix('#').unwrap_or("");
    let is_colour = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_colour { digits.to_ascii_uppercase() } else { fallback.to_string() }
}

/// What a style's definition holds after its name.
pub(super) fn body_of(style: Style, ids: &Ids, looks: &Looks) -> String {
    match style {
        Style::Strong | Style::Emphasis | Style::Link | Style::Code | Style::Beside | Style::Number => {
            character(style, looks)
        }
        Style::ReportTable | Style::KeyTable => table(style, looks),
        style => paragraph(style, ids, looks),
    }
}

/// Right indent that keeps running text to its measure.
fn measure_indent() -> i32 {
    let [_, right, _, left] = super::sizes::MARGINS_MM;
    twips(PAGE_MM.0 - right - left - MEASURE_MM)
}

fn paragraph(style: Style, ids: &Ids, looks: &Looks) -> String {
    let (based_on, next) = family_of(style);
    let next = if style == next { String::new() } else { format!("<w:next w:val=\"{}\"/>", ids.get(next)) };
    let based_on = match style {
        Style::Normal => String::new(),
        _ => format!("<w:basedOn w:val=\"{}\"/>", ids.get(based_on)),
    };
    let (ppr, rpr) = (paragraph_properties(style, looks), run_properties(style, looks));
    let ppr = if ppr.is_empty() { ppr } else { format!("<w:pPr>{ppr}</w:pPr>") };
    let rpr = if rpr.is_empty() { rpr } else { format!("<w:rPr>{rpr}</w:rPr>") };
    format!("{based_on}{next}<w:uiPriority w:val=\"{}\"/><w:qFormat/>{ppr}{rpr}", priority_of(style))
}

/// What a style is based on, and what is written after it.
fn family_of(style: Style) -> (Style, Style) {
    match style {
        Style::Heading(_) => (Style::Normal, Style::BodyText),
        Style::TableNumber | Style::TableHead => (Style::TableText, style),
        Style::Quote | Style::Note | Style::Room | Style::ListItem => (Style::Normal, style),
        Style::Caption | Style::TableNote | Style::Figure => (Style::Normal, Style::BodyText),
        style => (Style::Normal, style),
    }
}

/// Order in Word's gallery of styles.
fn priority_of(style: Style) -> u8 {
    match style {
        Style::Normal | Style::BodyText => 1,
        Style::Heading(_) => 9,
        Style::Title => 10,
        Style::Caption => 35,
        Style::Contents(_) | Style::ContentsTitle => 39,
        Style::Header | Style::Footer => 99,
        _ => 30,
    }
}

fn spacing(before: u32, after: u32, line: u32) -> String {
    format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"auto\"/>")
}

fn paragraph_properties(style: Style, looks: &Looks) -> String {
    let measure = measure_indent();
    match style {
        Style::Normal => format!("<w:widowControl/>{}", spacing(0, 0, 276)),
        Style::BodyText => format!("{}<w:ind w:right=\"{measure}\"/>", spacing(0, 140, 286)),
        Style::Title => format!("<w:keepNext/><w:suppressAutoHyphens/>{}", spacing(60, 480, 252)),
        Style::Organisation => format!("<w:keepNext/>{}", spacing(2400, 0, 264)),
        Style::Fact => format!(
            "<w:tabs><w:tab w:val=\"left\" w:pos=\"2835\"/></w:tabs>{}<w:ind w:left=\"2835\" w:hanging=\"2835\"/>",
            spacing(0, 80, 276)
        ),
        Style::Heading(level) => heading(level, &looks.rule),
        Style::Caption => format!("<w:keepLines/><w:suppressAutoHyphens/>{}", spacing(240, 100, 264)),
        Style::ContentsTitle => format!("<w:keepNext/><w:pageBreakBefore/>{}", spacing(0, 160, 264)),
        Style::Contents(level) => contents(level),
        Style::TableText => spacing(0, 0, 252),
        Style::TableNumber => format!("{}<w:jc w:val=\"right\"/>", spacing(0, 0, 252)),
        Style::TableHead => format!("<w:keepNext/>{}", spacing(0, 0, 245)),
        Style::TableNote => format!("<w:keepLines/>{}<w:ind w:right=\"850\"/>", spacing(80, 0, 257)),
        Style::Figure => format!("<w:keepNext/>{}", spacing(240, 0, 240)),
        Style::Note => format!("<w:keepLines/>{}", boxed("single", &looks.rule, &looks.note, measure)),
        Style::Room => format!("<w:keepLines/>{}", boxed("dashed", &looks.muted, &looks.room, measure)),
        Style::Quote => format!(
            "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"10\" w:color=\"{}\"/></w:pBdr>{}\
             <w:ind w:left=\"284\" w:right=\"{measure}\"/>",
            looks.rule,
            spacing(0, 140, 286)
        ),
        Style::ListItem => format!("{}<w:ind w:left=\"397\" w:right=\"{measure}\"/>", spacing(0, 60, 276)),
        Style::KeyValue => spacing(0, 0, 240),
        Style::KeyLabel => spacing(0, 0, 264),
        Style::Header => header_tabs(),
        Style::Footer => header_tabs(),
        Style::SectionEnd => "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>".to_string(),
        _ => String::new(),
    }
}

/// Words to the left, page number at the right margin.
fn header_tabs() -> String {
    let [_, right, _, left] = super::sizes::MARGINS_MM;
    let edge = twips(PAGE_MM.0 - right - left);
    format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{edge}\"/></w:tabs>{}", spacing(0, 0, 240))
}

fn heading(level: u8, rule: &str) -> String {
    let outline = format!("<w:outlineLvl w:val=\"{}\"/>", level.saturating_sub(1));
    let head = "<w:keepNext/><w:keepLines/>";
    match level {
        1 => format!(
            "{head}<w:pageBreakBefore/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"8\" w:color=\"{}\"/></w:pBdr>\
             <w:suppressAutoHyphens/>{}{outline}",
            rule,
            spacing(0, 280, 252)
        ),
        2 => format!("{head}<w:suppressAutoHyphens/>{}{outline}", spacing(480, 140, 252)),
        3 => format!("{head}<w:suppressAutoHyphens/>{}{outline}", spacing(360, 100, 264)),
        _ => format!("{head}<w:suppressAutoHyphens/>{}{outline}", spacing(280, 80, 264)),
    }
}

fn contents(level: u8) -> String {
    let [_, right, _, left] = super::sizes::MARGINS_MM;
    let edge = twips(PAGE_MM.0 - right - left);
    let (indent, hanging, before) = if level == 1 { (454, 454, 90) } else { (1134, 680, 0) };
    format!(
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"{indent}\"/><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{edge}\"/></w:tabs>\
         {}<w:ind w:left=\"{indent}\" w:right=\"567\" w:hanging=\"{hanging}\"/>",
        spacing(before, 10, 250)
    )
}

/// A box around paragraphs that follow one another.
fn boxed(line: &str, edge: &str, fill: &str, right: i32) -> String {
    let side = |name: &str, space: u32| {
        format!("<w:{name} w:val=\"{line}\" w:sz=\"6\" w:space=\"{space}\" w:color=\"{edge}\"/>")
    };
    let borders = [side("top", 8), side("left", 10), side("bottom", 8), side("right", 10)].concat();
    let shade = if fill.is_empty() {
        String::new()
    } else {
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>")
    };
    format!("<w:pBdr>{borders}</w:pBdr>{shade}{}<w:ind w:left=\"227\" w:right=\"{right}\"/>", spacing(0, 60, 276))
}

fn size(half_points: u32) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

fn coloured(colour: &str) -> String {
    format!("<w:color w:val=\"{colour}\"/>")
}

fn run_properties(style: Style, looks: &Looks) -> String {
    let bold = "<w:b/><w:bCs/>";
    match style {
        Style::Title | Style::Heading(1) => format!("{bold}{}", size(DISPLAY)),
        Style::Organisation => format!("{bold}{}{}", coloured(&looks.accent), size(TEXT)),
        Style::Heading(2) | Style::ContentsTitle => format!("{bold}{}", size(LARGE)),
        Style::Heading(3) => format!("{bold}{}", size(TEXT)),
        Style::Heading(_) | Style::Fact => size(TEXT),
        Style::Caption => format!("{}{}", coloured(&looks.ink), size(TEXT)),
        Style::TableText | Style::KeyLabel | Style::Contents(2) => size(SMALL),
        Style::TableHead => format!("{bold}{}", size(SMALL)),
        Style::TableNote | Style::Header | Style::Footer => format!("{}{}", coloured(&looks.muted), size(SMALL)),
        Style::Quote => coloured(&looks.muted),
        Style::KeyValue => format!("{bold}{}", size(DISPLAY)),
        Style::SectionEnd => size(2),
        _ => String::new(),
    }
}

fn character(style: Style, looks: &Looks) -> String {
    let dress = match style {
        Style::Strong => "<w:b/><w:bCs/>".to_string(),
        Style::Emphasis => "<w:i/><w:iCs/>".to_string(),
        Style::Link => format!("{}<w:u w:val=\"single\"/>", coloured(&looks.accent)),
        Style::Code => format!("<w:noProof/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", looks.note),
        // A total's own weight is not its comparison's.
        _ => format!("<w:b w:val=\"0\"/><w:bCs w:val=\"0\"/>{}", coloured(&looks.muted)),
    };
    format!("<w:uiPriority w:val=\"22\"/><w:qFormat/><w:rPr>{dress}</w:rPr>")
}

/// Light rules between rows, a dark one below the header and around a last row that is the total.
fn table(style: Style, looks: &Looks) -> String {
    let line = |name: &str, size: u32, colour: &str| {
        format!("<w:{name} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"{colour}\"/>")
    };
    let (first, edge) = match style {
        Style::KeyTable => (line("top", 12, &looks.accent), line("bottom", 4, &looks.rule)),
        _ => (String::new(), line("bottom", 4, &looks.rule)),
    };
    let padding = if style == Style::KeyTable { 100 } else { 45 };
    let margins = format!(
        "<w:tblCellMar><w:top w:w=\"{padding}\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"{padding}\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar>"
    );
    let header = format!(
        "<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>{}</w:tcBorders></w:tcPr></w:tblStylePr>",
        line("bottom", 6, &looks.ink)
    );
    let total = format!(
        "<w:tblStylePr w:type=\"lastRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>{}{}</w:tcBorders></w:tcPr></w:tblStylePr>",
        line("top", 6, &looks.ink),
        line("bottom", 6, &looks.ink)
    );
    format!(
        "<w:uiPriority w:val=\"40\"/><w:qFormat/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblBorders>{first}{edge}{}</w:tblBorders>{margins}</w:tblPr>{header}{total}",
        line("insideH", 4, &looks.rule)
    )
}
