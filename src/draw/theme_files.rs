//! Looks at the files that a theme brings along before any data is read: are they fonts, is the logo a picture?
//!
//! In: a theme whose files have been read. Out: what is wrong, each with its code and its key under `[theme]`.

use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{Options, Tree, fontdb};

use crate::diagnostic::Code;
use crate::job::plan::{LoadedFont, LoadedLogo, LoadedTheme};

/// Largest logo in pixels along either side: it is shown 18 mm high.
const LOGO_PX_MOST: u32 = 8000;

/// Code, key and sentence (lower case, no full stop).
pub(crate) type Problem = (Code, &'static str, String);

/// What is wrong with the content of a theme's files.
pub(crate) fn problems(theme: &LoadedTheme) -> Vec<Problem> {
    theme.font.iter().flat_map(font_problems).chain(theme.logo.iter().filter_map(logo_problem)).collect()
}

/// Both faces are of the family that the job names, and the second is the heavier.
fn font_problems(font: &LoadedFont) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut weights = Vec::new();
    for (key, file) in [("font_regular", &font.regular), ("font_semibold", &font.semibold)] {
        let mut database = fontdb::Database::new();
        database.load_font_data(file.bytes.clone());
        let path = file.path.display();
        let Some(face) = database.faces().next() else {
            problems.push((Code::UnreadableFile, key, say!("draw-file-is-no-font", path)));
            continue;
        };
        weights.push(face.weight.0);
        let named: Vec<&str> = face.families.iter().map(|(name, _)| name.as_str()).collect();
        if !named.contains(&font.family.as_str()) {
            problems.push((
                Code::UnreadableFile,
                key,
                say!("draw-font-is-another-typeface", path, named = named.join("` or `"), family = font.family),
            ));
        }
    }
    if let [regular, semibold] = weights[..]
        && regular >= semibold
    {
        let message = say!("draw-semibold-must-be-heavier", semibold, regular);
        problems.push((Code::BadValue, "font_semibold", message));
    }
    problems
}

fn logo_problem(logo: &LoadedLogo) -> Option<Problem> {
    let (bytes, path) = (&logo.file.bytes, logo.file.path.display());
    if logo.is_svg()
        && let Some(problem) = not_in_print(bytes)
    {
        return Some((Code::UnreadableFile, "logo", say!("draw-logo-cannot-be-printed", path, problem)));
    }
    let size = if logo.is_svg() {
        Tree::from_data(bytes, &Options::default()).ok().map(|tree| {
            let size = tree.size().to_int_size();
            (size.width(), size.height())
        })
    } else {
        png_size(bytes)
    };
    match size {
        None => Some((Code::UnreadableFile, "logo", say!("draw-logo-is-no-picture", path))),
        Some((width, height)) if width.max(height) > LOGO_PX_MOST => {
            Some((Code::BadValue, "logo", say!("draw-logo-is-too-large", path, width, height, most = LOGO_PX_MOST)))
        }
        Some(_) => None,
    }
}

/// What a drawing has that a PDF has no place for: a web page within it, a picture elsewhere; or that it is packed.
fn not_in_print(svg: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(svg) else { return Some(say!("draw-svg-is-packed")) };
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    document.descendants().find_map(|node| match node.tag_name().name() {
        "foreignObject" => Some(say!("draw-svg-holds-a-web-page")),
        "image" => {
            let link = node.attributes().find(|attribute| attribute.name() == "href")?;
            (!link.value().trim_start().starts_with("data:")).then(|| say!("draw-svg-links-to-a-picture"))
        }
        _ => None,
    })
}

/// Width and height from a PNG's header; more is not unpacked before its size is known.
pub(super) fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (number(8)?, number(12)?);
    let decoded = width.max(height) > LOGO_PX_MOST || resvg::tiny_skia::Pixmap::decode_png(bytes).is_ok();
    decoded.then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_that_no_pdf_can_show_is_told_for_what_it_holds() {
        let svg =
            |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inner}</svg>");
        let told = |inner: &str| not_in_print(svg(inner).as_bytes());
        assert_eq!(told("<rect width=\"9\" height=\"9\"/><image href=\"data:image/png;base64,AA\"/>"), None);
        assert_eq!(told("<g><foreignObject/></g>"), Some(say!("draw-svg-holds-a-web-page")));
        assert_eq!(told("<image href=\"vapen.png\"/>"), Some(say!("draw-svg-links-to-a-picture")));
        assert_eq!(not_in_print(b"\x1F\x8B\x08\0\xFF"), Some(say!("draw-svg-is-packed")));
    }
}
