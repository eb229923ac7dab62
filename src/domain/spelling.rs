//! Spellings of the same word: what is compared wherever the job file or an export names something.

/// Spelling as it is compared: trimmed (also of no-break spaces), lower case, NFC, inner runs of space as one.
pub(crate) fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").to_lowercase().nfc().collect()
}
