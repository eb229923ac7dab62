//! Long texts as lines: without merged cells a note is as wide as the table, and none is cut when printed.

/// Words in lines of at most `width` letters; a longer word has its own line.
pub fn lines(text: &str, width: usize) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_line_is_broken_between_words_and_nothing_is_lost() {
        assert_eq!(lines("ett två tre", 7), ["ett två", "tre"]);
        assert_eq!(lines("ett\n\nmycketlångtord", 5), ["ett", "mycketlångtord"]);
        assert_eq!(lines("", 5), Vec::<String>::new());
    }
}
