//! A paragraph: its style, what it is besides, its runs.

use super::xml::{Element, element, valued};

/// What a paragraph is besides its style.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphShape {
    pub keep_next: bool,
    /// Number in the numbering part, and its level.
    pub list: Option<(usize, u32)>,
    /// `w:tabs`.
    pub tabs: Option<Element>,
    /// Air above and below, where it is not the style's.
    pub before: Option<u32>,
    pub after: Option<u32>,
    pub indent: Option<i32>,
    pub at_right: bool,
    /// `w:sectPr`, if a section ends here.
    pub section: Option<Element>,
    /// A template's own numbers would stand beside ours.
    pub unnumbered: bool,
}

impl ParagraphShape {
    /// On the page of what comes next.
    pub(super) fn kept() -> ParagraphShape {
        ParagraphShape { keep_next: true, ..ParagraphShape::default() }
    }
}

/// A paragraph; properties in the schema's order. `style`: its id.
pub(super) fn paragraph(style: &str, shape: ParagraphShape, runs: impl IntoIterator<Item = Element>) -> Element {
    let ParagraphShape { keep_next, list, tabs, before, after, indent, at_right, section, unnumbered } = shape;
    let list = list.or(unnumbered.then_some((0, 0)));
    let properties = element("w:pPr")
        .add([valued("w:pStyle", style)])
        .add(keep_next.then(|| element("w:keepNext")))
        .add(list.map(|(number, level)| element("w:numPr").add([valued("w:ilvl", level), valued("w:numId", number)])))
        .add(tabs)
        .add(spacing(before, after))
        .add(indent.map(|indent| element("w:ind").with("w:left", indent)))
        .add(at_right.then(|| valued("w:jc", "right")))
        .add(section);
    element("w:p").add([properties]).add(runs)
}

fn spacing(before: Option<u32>, after: Option<u32>) -> Option<Element> {
    let sides = [("w:before", before), ("w:after", after)];
    let said = sides.into_iter().filter_map(|(side, space)| Some((side, space?)));
    let spacing = said.fold(element("w:spacing"), |spacing, (side, space)| spacing.with(side, space));
    (before.is_some() || after.is_some()).then_some(spacing)
}

/// Takes the end of a section out of the paragraph that ends it.
pub(super) fn take_section(paragraph: &mut Element) -> Option<Element> {
    paragraph.child_mut("w:pPr")?.take_last("w:sectPr")
}
