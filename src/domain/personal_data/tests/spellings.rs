//! Spellings of personal data, one list for the tests of this room and for those of whole runs.
//!
//! In: `spellings.txt`. Out: the texts under a heading, with the letters that cannot be seen. Never: what masks them.

/// The texts under a heading, in the list's order.
pub(super) fn under(heading: &str) -> Vec<String> {
    let (_, after) =
        include_str!("spellings.txt").split_once(&format!("[{heading}]\n")).expect("a heading of the list");
    let texts = after.lines().take_while(|line| !line.starts_with('['));
    texts.filter(|line| !line.is_empty() && !line.starts_with('#')).map(unescaped).collect()
}

fn unescaped(line: &str) -> String {
    let mut parts = line.split("\\u{");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |text, part| {
        let (number, rest) = part.split_once('}').expect("a letter's number ends");
        let letter = u32::from_str_radix(number, 16).ok().and_then(char::from_u32).expect("a letter has this number");
        format!("{text}{letter}{rest}")
    })
}
