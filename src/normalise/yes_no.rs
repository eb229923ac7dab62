//! Ja and Nej.
//!
//! In: a folded text. Out: true, false, or nothing. Never: X as yes — it is a mark for a withheld value.

/// The answer that a folded text stands for.
pub(crate) fn read(folded: &str) -> Option<bool> {
    match folded {
        "ja" | "j" | "yes" | "y" | "sant" | "true" | "1" => Some(true),
        "nej" | "n" | "no" | "falskt" | "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_in_swedish_and_english() {
        assert!(["ja", "j", "yes", "sant", "true", "1"].iter().all(|text| read(text) == Some(true)));
        assert!(["nej", "n", "no", "falskt", "false", "0"].iter().all(|text| read(text) == Some(false)));
    }

    #[test]
    fn anything_else_is_no_answer() {
        assert!(["x", "", "vet ej", "delvis", "-", "2"].iter().all(|text| read(text).is_none()));
    }
}
