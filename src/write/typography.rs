//! The typographic system of every document: one typeface, four sizes, one measure, one set of spaces.
//!
//! In: nothing. Out: [`TYPOGRAPHY`], from which the HTML's style sheet, the PDF's template and Word's styles take their
//! sizes, and [`css`], the part of it that a style sheet reads. Colours are the theme's, not here.

/// A size of type with its line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Size {
    /// On paper: PDF, Word, printed HTML.
    pub paper_pt: f64,
    /// On a screen; 1 rem is what the reader set.
    pub screen_rem: f64,
    /// On a narrow screen.
    pub phone_rem: f64,
    /// Distance of base lines, in sizes.
    pub line: f64,
}

/// Sizes, measure, page and spaces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Typography {
    /// Tables, notes, facts beside.
    pub small: Size,
    /// Running text, captions, headings of the third level and deeper.
    pub text: Size,
    /// Headings of sections.
    pub large: Size,
    /// Title, headings of chapters, the year's numbers.
    pub display: Size,
    /// The one exception on paper: tables with so many columns that `small` does not fit.
    pub dense_pt: f64,
    /// Weight of headings, totals and strong text.
    pub strong: u16,
    /// Longest line of running text: 60–75 characters.
    pub measure_mm: f64,
    pub measure_rem: f64,
    /// A4, upright.
    pub page_mm: (f64, f64),
    /// Top, right, bottom, left.
    pub margins_mm: [f64; 4],
    /// Between paragraphs, in lines of running text.
    pub paragraph_em: f64,
    /// Above and below tables, figures and boxes.
    pub block_mm: f64,
    /// Figures are drawn so that their smallest text is 9 pt at this width.
    pub figure_mm: f64,
}

/// The system.
pub(crate) const TYPOGRAPHY: Typography = Typography {
    small: Size { paper_pt: 8.5, screen_rem: 0.875, phone_rem: 0.875, line: 1.35 },
    text: Size { paper_pt: 10.5, screen_rem: 1.0625, phone_rem: 1.0625, line: 1.5 },
    large: Size { paper_pt: 13.5, screen_rem: 1.375, phone_rem: 1.25, line: 1.2 },
    display: Size { paper_pt: 21.0, screen_rem: 2.125, phone_rem: 1.75, line: 1.2 },
    dense_pt: 7.5,
    strong: 600,
    measure_mm: 125.0,
    measure_rem: 34.0,
    page_mm: (210.0, 297.0),
    margins_mm: [20.0, 18.0, 22.0, 22.0],
    paragraph_em: 0.75,
    block_mm: 7.0,
    figure_mm: 160.0,
};

impl Typography {
    /// Width between the margins of an upright page.
    pub(crate) fn width_mm(&self) -> f64 {
        self.page_mm.0 - self.margins_mm[1] - self.margins_mm[3]
    }

    /// Height between the margins of an upright page.
    pub(crate) fn height_mm(&self) -> f64 {
        self.page_mm.1 - self.margins_mm[0] - self.margins_mm[2]
    }

    fn sizes(&self) -> [(&'static str, Size); 4] {
        [("small", self.small), ("text", self.text), ("large", self.large), ("display", self.display)]
    }
}

/// The variables that `report.css` reads: for screens, narrow screens and paper.
pub(crate) fn css() -> String {
    let type_ = &TYPOGRAPHY;
    let sizes = |of: fn(Size) -> String| -> String {
        type_.sizes().map(|(name, size)| format!("--{name}: {};", of(size))).join(" ")
    };
    let lines = type_.sizes().map(|(name, size)| format!("--{name}-line: {};", size.line)).join(" ");
    let [top, right, bottom, left] = type_.margins_mm;
    format!(
        ":root {{ {} {lines} --strong: {}; --measure: {}rem; }}\n\
         @media (max-width: 40rem) {{ :root {{ {} }} }}\n\
         @media print {{ :root {{ {} --dense: {}pt; --measure: {}mm; }} }}\n\
         @page {{ size: A4; margin: {top}mm {right}mm {bottom}mm {left}mm; }}\n",
        sizes(|size| format!("{}rem", size.screen_rem)),
        type_.strong,
        type_.measure_rem,
        sizes(|size| format!("{}rem", size.phone_rem)),
        sizes(|size| format!("{}pt", size.paper_pt)),
        type_.dense_pt,
        type_.measure_mm,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_spells_no_size_of_its_own() {
        let style = include_str!("report.css");
        for line in style.lines().filter(|line| line.contains("font-size:") && !line.contains("html {")) {
            assert!(line.contains("font-size: var(--"), "{line}");
        }
        for (name, _) in TYPOGRAPHY.sizes() {
            assert!(css().contains(&format!("--{name}: ")) && style.contains(&format!("var(--{name})")), "{name}");
            assert!(!style.contains(&format!("--{name}:")), "--{name} is set by the program alone");
        }
    }

    #[test]
    fn the_measure_holds_60_to_75_characters() {
        // A letter of running Swedish in this typeface is 0.46 em wide, spaces counted.
        let letter_mm = TYPOGRAPHY.text.paper_pt * 0.46 * 25.4 / 72.0;
        let letters = TYPOGRAPHY.measure_mm / letter_mm;
        assert!((60.0..=76.0).contains(&letters), "{letters}");
    }

    #[test]
    fn sizes_rise_and_paper_has_room_for_figures() {
        let sizes = TYPOGRAPHY.sizes().map(|(_, size)| size.paper_pt);
        assert!(sizes.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(TYPOGRAPHY.dense_pt < TYPOGRAPHY.small.paper_pt && TYPOGRAPHY.figure_mm <= TYPOGRAPHY.width_mm());
    }
}
