//! Long texts as lines: without merged cells a note is as wide as the table, and none is cut when printed.

/// Words in lines of at most `width` letters; a longer word has its own line.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Whole sentences as far as they fit into `most` letters as Excel counts them; else whole words.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let size = |text: &str| text.encode_utf16().count();
    if size(text) <= most {
        return text.to_string();
    }
    let up_to = |end: &(usize, &str)| &text[..end.0];
    let fits = |room: usize| move |text: &&str| size(text) <= room;
    let sentences = text.match_indices(". ").map(|(at, stop)| (at + 1, stop));
    if let Some(sentences) = sentences.map(|end| up_to(&end)).take_while(fits(most)).last() {
        return sentences.to_string();
    }
    let words = text.match_indices(' ').map(|end| up_to(&end)).take_while(fits(most - 1)).last();
    words.map_or_else(|| text.chars().take(most / 2).collect(), |words| format!("{words}…"))
}

#[cfg(test)]
mod tests {
    use super::{lines, shortened};

    #[test]
    fn a_text_that_is_too_long_ends_with_a_sentence_or_a_word() {
        assert_eq!(shortened("Ett. Två. Tre.", 20), "Ett. Två. Tre.");
        assert_eq!(shortened("Ett. Två. Tre.", 12), "Ett. Två.");
        assert_eq!(shortened("Ett två tre fyra.", 12), "Ett två tre…");
        assert_eq!(shortened("Ettochtvåochtre", 8), "Etto");
    }

    #[test]
    fn a_line_is_broken_between_words_and_nothing_is_lost() {
        assert_eq!(lines("ett två tre", 7), ["ett två", "tre"]);
        assert_eq!(lines("ett\n\nmycketlångtord", 5), ["ett", "mycketlångtord"]);
        assert_eq!(lines("", 5), Vec::<String>::new());
    }
}
