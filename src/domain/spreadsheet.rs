//! What a spreadsheet does to a list that it opens.

/// A text that no spreadsheet takes for a formula: one that would be run gets an apostrophe first.
///
/// ```
/// use kvalis::domain::spreadsheet::harmless;
/// assert_eq!(harmless("=1+1"), "'=1+1");
/// assert_eq!(harmless("Läkemedel"), "Läkemedel");
/// ```
pub fn harmless(text: &str) -> String {
    if text.starts_with(RUN) { format!("'{text}") } else { text.to_string() }
}

/// A text of such a list, as it was before.
pub fn as_it_was(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(RUN)).unwrap_or(text)
}

/// What a spreadsheet takes for the beginning of a formula.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

#[cfg(test)]
mod tests {
    use super::{as_it_was, harmless};

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_text() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("31.02.2023"), "31.02.2023");
    }
    #[test]
    fn only_what_was_made_harmless_is_given_back() {
        for text in ["=1+1", "-", "@SUM(A1)", "Läkemedel", "'s-Hertogenbosch", "'", ""] {
            assert_eq!(as_it_was(&harmless(text)), text);
        }
    }
}
