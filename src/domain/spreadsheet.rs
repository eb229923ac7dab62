//! What a spreadsheet does to a list that it opens.

/// A text that no spreadsheet takes for a formula: one that would be run gets an apostrophe first.
///
/// ```
/// use kvalis::domain::spreadsheet::harmless;
/// assert_eq!(harmless("=1+1"), "'=1+1");
/// assert_eq!(harmless("Läkemedel"), "Läkemedel");
/// ```
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_text() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("31.02.2023"), "31.02.2023");
    }
}
