//! Swedish postal addresses: a street with its number, a box, a postcode with its place.
//!
//! A street is told by how its name ends, so that of a farm (Norrby 12) is not found, and neither is a street without a
//! number: many a unit is called by its street.

use std::borrow::Cow;
use std::ops::Range;

use super::{continues_a_number, dash, run, space, word_before};

/// Endings of a name in one word: Storgatan, Björkvägen.
const ENDINGS: [&str; 22] = [
    "gatan",
    "gata",
    "vägen",
    "väg",
    "stigen",
    "stig",
    "gränden",
    "gränd",
    "torget",
    "torg",
    "allén",
    "allé",
    "backen",
    "liden",
    "kajen",
    "slingan",
    "ringen",
    "brinken",
    "esplanaden",
    "stranden",
    "terrassen",
    "bulevarden",
];

/// Last words of a name of several: Sankt Eriks gata, Nya allén, Järntorgets plats.
const LAST_WORDS: [&str; 18] = [
    "gata", "gatan", "väg", "vägen", "stig", "stigen", "gränd", "gränden", "torg", "torget", "allé", "allén", "plats",
    "plan", "backe", "kaj", "led", "strand",
];

/// Words that stand before the name of a street and belong to it.
const ADJECTIVES: [&str; 12] =
    ["Norra", "Södra", "Östra", "Västra", "Stora", "Lilla", "Gamla", "Nya", "Övre", "Nedre", "Inre", "Yttre"];

/// What is counted, not lived at: "vägen 5 km".
const UNITS: [&str; 12] =
    ["km", "m", "meter", "mil", "min", "minuter", "timmar", "dagar", "kr", "st", "gånger", "procent"];

/// Shortened words that end like a shortened street but are none.
const SHORTENED: [&str; 8] = ["Uppg", "Bilag", "Anv", "Avg", "Ansv", "Övrig", "Förv", "Resv"];

/// Bytes of the longest part of a name, and the space behind it.
const LONGEST_PART: usize = 64;

/// The address around the digits at `at`; it does not begin before `earliest`.
pub(super) fn find(bytes: &[u8], at: usize, earliest: usize) -> Option<Range<usize>> {
    match run(bytes, at) {
        length @ 1..=5 if is_box(bytes, at, earliest) => Some(at - 4..after_street(bytes, at + length)),
        length @ 1..=3 => street(bytes, at, earliest, length).or_else(|| postcode(bytes, at).map(|end| at..end)),
        5 => joined_postcode(bytes, at).map(|end| at..end),
        _ => None,
    }
}

fn street(bytes: &[u8], at: usize, earliest: usize, length: usize) -> Option<Range<usize>> {
    let start = name_before(bytes, at, earliest)?;
    let end = part_of_plot(bytes, at, start, length).or_else(|| after_number(bytes, at + length))?;
    Some(start..after_street(bytes, end))
}

/// Drottninggatan 5:3. The name of a plot is written in the same way: only what can be nothing but a street.
fn part_of_plot(bytes: &[u8], at: usize, start: usize, length: usize) -> Option<usize> {
    let name = std::str::from_utf8(&bytes[start..at]).ok()?.trim_end();
    let is_sure =
        ["gatan", "gata", "gränden", "stigen"].into_iter().any(|ending| name.len() > 7 && name.ends_with(ending));
    let colon = at + length;
    let part = run(bytes, colon + 1);
    (is_sure && bytes.get(colon) == Some(&b':') && matches!(part, 1 | 2)).then_some(colon + 1 + part)
}

/// Box 12; a storage box has a small letter.
fn is_box(bytes: &[u8], at: usize, earliest: usize) -> bool {
    let begins = |start: usize| start == earliest || !is_letter_before(bytes, start);
    at >= earliest + 4 && matches!(&bytes[at - 4..at], b"Box " | b"BOX ") && begins(at - 4)
}

fn is_letter_before(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] >= 0x80)
}

/// Where the name of a street before the number at `at` begins.
fn name_before(bytes: &[u8], at: usize, earliest: usize) -> Option<usize> {
    if let Some(start) = shortened_before(bytes, at, earliest) {
        return Some(start);
    }
    let (mut start, last) = part_before(bytes, at, earliest)?;
    // STORGATAN 5: only a word in capitals has to be written anew.
    let capitals = last.chars().nth(1).is_some_and(char::is_uppercase);
    let lower = if capitals { Cow::Owned(last.to_lowercase()) } else { Cow::Borrowed(last) };
    let lower = lower.as_ref();
    let capital = last.starts_with(char::is_uppercase);
    let sure = ["gatan", "vägen", "stigen", "gränden", "gränd"];
    let in_one = |ending: &&str| lower.len() > ending.len() + 1 && lower.ends_with(*ending);
    if ENDINGS.iter().any(in_one) && (capital || sure.iter().any(in_one)) {
        while let Some((before, _)) = part_before(bytes, start, earliest).filter(|(_, word)| ADJECTIVES.contains(word))
        {
            start = before;
        }
        return Some(start);
    }
    if !LAST_WORDS.contains(&lower) {
        return None;
    }
    let named = |word: &str| word.starts_with(char::is_uppercase) && (word.ends_with(['s', 'a', 'z']));
    let (mut start, _) = part_before(bytes, start, earliest).filter(|(_, word)| named(word))?;
    while let Some((before, _)) = part_before(bytes, start, earliest).filter(|(_, word)| is_name(word)) {
        start = before;
    }
    Some(start)
}

/// Where a shortened street begins: Storg. 5, Kungsg. 12, Björkv. 3.
fn shortened_before(bytes: &[u8], at: usize, earliest: usize) -> Option<usize> {
    let end = at - space_before(&bytes[earliest..at]);
    let stop = end.checked_sub(1).filter(|stop| *stop >= earliest && bytes[*stop] == b'.')?;
    let start = stop - bytes[earliest..stop].iter().rev().take_while(|byte| is_letter_byte(**byte)).count();
    let word = std::str::from_utf8(&bytes[start..stop]).ok()?;
    let is_street = word.ends_with(['g', 'v']) && word.chars().count() >= 4 && is_name(word);
    (is_street && end < at && !SHORTENED.contains(&word)).then_some(start)
}

fn is_letter_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The part of a name that ends, space between, before `at`, and where it begins.
fn part_before(bytes: &[u8], at: usize, earliest: usize) -> Option<(usize, &str)> {
    let place = at.saturating_sub(LONGEST_PART).max(earliest)..at;
    let found = word_before(bytes, place, |sign| matches!(sign, ' ' | '\t'), |sign| matches!(sign, '-' | ':'));
    found.filter(|(start, word)| start + word.len() < at)
}

/// Width of the space at the end of `bytes`.
fn space_before(bytes: &[u8]) -> usize {
    bytes.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The end of a house number whose digits end at `end`: 5, 5B, 5 B, 5–7. `None` if it is no house number.
fn after_number(bytes: &[u8], mut end: usize) -> Option<usize> {
    let second = dash(bytes, end);
    if second > 0 && matches!(run(bytes, end + second), 1..=3) {
        end += second + run(bytes, end + second);
    }
    if matches!(bytes.get(end..), Some([b'.' | b':' | b',', b'0'..=b'9', ..])) || run(bytes, end) > 0 {
        return None;
    }
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && !is_letter(bytes, at + 1);
    if letter(end) {
        return Some(end + 1);
    }
    let gap = space(bytes, end);
    if gap > 0 && letter(end + gap) && bytes[end + gap].is_ascii_uppercase() {
        return Some(end + gap + 1);
    }
    let next = word_at(bytes, end + gap);
    let measured = UNITS.contains(&next) || bytes.get(end + gap) == Some(&b'%');
    let in_word = gap == 0 && is_letter(bytes, end);
    (!measured && !in_word).then_some(end)
}

fn is_letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
}

fn word_at(bytes: &[u8], at: usize) -> &str {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    std::str::from_utf8(&rest[..length]).unwrap_or_default()
}

/// The end of an address whose street or box ends at `end`: flat, postcode and place are part of it.
fn after_street(bytes: &[u8], end: usize) -> usize {
    let next = behind_divider(bytes, end);
    let flat = [&b"lgh "[..], b"Lgh "].into_iter().find(|word| bytes[next..].starts_with(word));
    let end = match flat.map(|word| (word, run(bytes, next + word.len()))) {
        Some((word, digits @ 1..=4)) => next + word.len() + digits,
        _ => end,
    };
    let next = behind_divider(bytes, end);
    if next == end {
        return end;
    }
    let joined = (run(bytes, next) == 5).then(|| place(bytes, next + 5)).flatten();
    postcode(bytes, next).or(joined).unwrap_or(end)
}

/// Past a comma, a line break and space.
fn behind_divider(bytes: &[u8], at: usize) -> usize {
    let mut at = at + usize::from(bytes.get(at) == Some(&b','));
    loop {
        match space(bytes, at) + usize::from(matches!(bytes.get(at), Some(b'\n' | b'\r'))) {
            0 => return at,
            width => at += width,
        }
    }
}

/// The end of `123 45 Ort` at `at`.
fn postcode(bytes: &[u8], at: usize) -> Option<usize> {
    let gap = space(bytes, at + 3);
    let in_form = run(bytes, at) == 3 && bytes[at] != b'0' && gap > 0 && run(bytes, at + 3 + gap) == 2;
    if in_form { place(bytes, at + 3 + gap + 2) } else { None }
}

/// The end of `12345 Ort` at `at`: no postcode begins with 0 or 99, and no case or thing has a place behind its number.
fn joined_postcode(bytes: &[u8], at: usize) -> Option<usize> {
    let is_postcode =
        !bytes[at..].starts_with(b"0") && !bytes[at..].starts_with(b"99") && !continues_a_number(bytes, at);
    let end = place(bytes, at + 5).filter(|_| is_postcode)?;
    let name = std::str::from_utf8(&bytes[at + 5..end]).unwrap_or_default();
    (name.trim().chars().count() >= 3).then_some(end)
}

/// The end of a place's name, one space or two behind a postcode; a first word in -a may be half of it (Västra Frölunda).
fn place(bytes: &[u8], at: usize) -> Option<usize> {
    let gap = space(bytes, at);
    let name = at + gap + space(bytes, at + gap);
    let first = word_at(bytes, name);
    if gap == 0 || first.chars().count() < 2 || !is_name(first) {
        return None;
    }
    let end = name + first.len();
    let gap = space(bytes, end);
    let second = word_at(bytes, end + gap);
    let of_two = ADJECTIVES.contains(&first) || matches!(first, "Upplands" | "Saltsjö");
    Some(if gap > 0 && of_two && is_name(second) { end + gap + second.len() } else { end })
}
