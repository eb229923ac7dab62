//! Personal data that can be told by its form: personnummer and samordningsnummer, telephone numbers, e-mail and postal
//! addresses.
//!
//! In: a text. Out: the same text with `[personnummer]`, `[telefon]`, `[e-post]`, `[adress]` in their places (borrowed if
//! there are none), or how many of each. Never: names — no list of names is complete, which is why free text reaches
//! Parquet only if a job says so. In doubt it masks: a case number that looks like a telephone number is lost, not the
//! other way round.
//!
//! A samordningsnummer gets the mark of a personnummer: that somebody has one says something about them, too.

mod email;

mod folded;

mod person;

mod postal;

mod telephone;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

/// What a piece of text gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Personnummer,
    Telefon,
    EPost,
    Adress,
}

/// Number of [`Kind`]s.
pub(crate) const KINDS: usize = 4;

impl Kind {
    /// All kinds, in the order in which they are told.
    pub(crate) const ALL: [Kind; KINDS] = [Kind::Personnummer, Kind::Telefon, Kind::EPost, Kind::Adress];

    /// What is written instead.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Kind::Personnummer => "[personnummer]",
            Kind::Telefon => "[telefon]",
            Kind::EPost => "[e-post]",
            Kind::Adress => "[adress]",
        }
    }

    /// The kind in a message, in English.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Personnummer => "personnummer",
            Kind::Telefon => "telephone numbers",
            Kind::EPost => "e-mail addresses",
            Kind::Adress => "postal addresses",
        }
    }
}

/// Where a text stands decides what is looked for in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Free text: everything.
    Text,
    /// Names of units, files and sheets: not postal addresses, for many a unit is called by its street.
    Label,
    /// Case numbers: only what identifies a person by itself, for many a case number could be dialled.
    Id,
}

/// Masks free text.
pub(crate) fn mask(text: &str) -> Cow<'_, str> {
    mask_in(text, Scope::Text)
}

/// Masks a label: the name of a category, a unit, a sheet or a file.
pub(crate) fn mask_label(text: &str) -> Cow<'_, str> {
    mask_in(text, Scope::Label)
}

/// A header as it may be shown: one that holds personal data is no header, and who knows what else it holds.
pub(crate) fn shown_header(header: &str) -> &str {
    if matches!(mask(header), Cow::Borrowed(_)) { header } else { "(withheld: personal data)" }
}

/// True if a case number holds a personnummer or an e-mail address.
pub(crate) fn is_in_id(id: &[u8]) -> bool {
    if folded::is_clothed(id) {
        let folded = folded::folded(&String::from_utf8_lossy(id)).map(|folded| folded.text);
        return folded.is_some_and(|id| is_in_plain_id(id.as_bytes()));
    }
    is_in_plain_id(id)
}

fn is_in_plain_id(id: &[u8]) -> bool {
    // Ten digits at least, or an @: most case numbers have neither.
    let digits = id.iter().filter(|byte| byte.is_ascii_digit()).count();
    (digits >= 6 && id.len() >= 10 || id.contains(&b'@')) && next(id, 0, 0, Scope::Id).is_some()
}

/// True if a text may hold something: a look that costs next to nothing.
#[inline]
pub(crate) fn may_hold(text: &[u8]) -> bool {
    next_sign(text, 0).is_some() || folded::is_clothed(text)
}

/// How many of each kind stand in a free text.
pub(crate) fn count(text: &str) -> [u64; KINDS] {
    let mut counts = [0; KINDS];
    let folded = folded::folded(text);
    let bytes = folded.as_ref().map_or(text.as_bytes(), |folded| folded.text.as_bytes());
    let mut at = 0;
    while let Some(found) = next(bytes, at, at, Scope::Text) {
        counts[found.kind as usize] += 1;
        at = found.place.end;
    }
    counts
}

fn mask_in(text: &str, scope: Scope) -> Cow<'_, str> {
    let folded = folded::folded(text);
    let bytes = folded.as_ref().map_or(text.as_bytes(), |folded| folded.text.as_bytes());
    let original = |at: usize| folded.as_ref().map_or(at, |folded| folded.original(at));
    let (mut masked, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(found) = next(bytes, at, at, scope) {
        masked.push_str(&text[original(copied)..original(found.place.start)]);
        masked.push_str(found.kind.mark());
        copied = found.place.end;
        at = copied;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[original(copied)..]);
    Cow::Owned(masked)
}

struct Found {
    place: Range<usize>,
    kind: Kind,
}

/// The first thing at or after `from`. An address may reach back, but not before `earliest`.
fn next(bytes: &[u8], from: usize, earliest: usize, scope: Scope) -> Option<Found> {
    let mut at = from;
    while let Some(sign) = next_sign(bytes, at) {
        let found = match bytes[sign] {
            b'@' => email::find(bytes, sign, earliest).map(|place| Found { place, kind: Kind::EPost }),
            b'0'..=b'9' if !follows_a_digit(bytes, sign) => number(bytes, sign, earliest, scope),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        at = sign + run(bytes, sign).max(1);
    }
    None
}

fn number(bytes: &[u8], at: usize, earliest: usize, scope: Scope) -> Option<Found> {
    let found = |kind| move |place| Found { place, kind };
    let person = person::find(bytes, at).map(|end| at..end).map(found(Kind::Personnummer));
    let plus = at - usize::from(at > earliest && bytes[at - 1] == b'+');
    let telephone = || telephone::find(bytes, plus).map(|end| plus..end).map(found(Kind::Telefon));
    let postal = || postal::find(bytes, at, earliest).map(found(Kind::Adress));
    match scope {
        Scope::Id => person,
        Scope::Label => person.or_else(telephone),
        Scope::Text => person.or_else(telephone).or_else(postal),
    }
}

/// Where the next digit or @ stands; also `:;<=>?`, whose bytes are like those of digits.
///
/// Eight bytes are looked at together: a byte that is 0 after the comparison borrows from its highest bit, and the lowest
/// such byte is told exactly.
#[inline]
fn next_sign(bytes: &[u8], from: usize) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    let signs = |word: u64| zeros((word ^ (ONES * 0x30)) & (ONES * 0xf0)) | zeros(word ^ (ONES * u64::from(b'@')));
    let (words, tail) = bytes.get(from..)?.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let found = signs(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(from + 8 * index + found.trailing_zeros() as usize / 8);
        }
    }
    let mut last = [0; 8];
    last[..tail.len()].copy_from_slice(tail);
    let found = signs(u64::from_le_bytes(last));
    (found != 0).then(|| from + 8 * words.len() + found.trailing_zeros() as usize / 8)
}

fn follows_a_digit(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1].is_ascii_digit()
}

/// True in the middle of a longer number: behind a divider that follows a digit (2023-|08|-31).
fn continues_a_number(bytes: &[u8], at: usize) -> bool {
    at >= 2 && is_divider(bytes[at - 1]) && bytes[at - 2].is_ascii_digit()
}

/// What may stand between the parts of one number.
fn is_divider(byte: u8) -> bool {
    matches!(byte, b'-' | b'.' | b',' | b':' | b'/')
}

/// How many digits stand together from `at` on.
fn run(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Width of the blank or tab at `at`: 1, or 0 if there is none.
fn space(bytes: &[u8], at: usize) -> usize {
    usize::from(matches!(bytes.get(at), Some(b' ' | b'\t')))
}

/// Width of the hyphen at `at`: 1, or 0 if there is none.
fn dash(bytes: &[u8], at: usize) -> usize {
    usize::from(bytes.get(at) == Some(&b'-'))
}

/// True if one of some words, in small letters, stands before `at`, whatever signs stand between.
fn follows_a_word(bytes: &[u8], at: usize, words: &[&str]) -> bool {
    let word = word_before(bytes, at.saturating_sub(24)..at, |letter| !letter.is_alphabetic(), |_| false);
    word.is_some_and(|(_, word)| words.contains(&word.to_lowercase().as_str()))
}

/// The last word of a place, and where it begins. `between`: what may stand behind it; `joins`: signs that are part of it.
fn word_before(
    bytes: &[u8],
    place: Range<usize>,
    between: fn(char) -> bool,
    joins: fn(char) -> bool,
) -> Option<(usize, &str)> {
    // The place may begin in the middle of a letter.
    let last = bytes[place.clone()].utf8_chunks().last().filter(|chunk| chunk.invalid().is_empty())?.valid();
    let text = last.trim_end_matches(between);
    let word = text.rsplit(|letter: char| !letter.is_alphabetic() && !joins(letter)).next()?;
    (!word.is_empty()).then_some((place.end - last.len() + text.len() - word.len(), word))
}
