//! Personal data in free text: personnummer, samordningsnummer, telephone numbers and e-mail addresses are masked.
//!
//! In: a text. Out: the same text with `[personnummer]`, `[telefon]`, `[e-post]` in their places; borrowed if there are
//! none. Never: names — no list of names is complete, which is why free text reaches Parquet only if a job says so.
//! In doubt it masks: a case number that looks like a telephone number is lost, not the other way round.

use std::borrow::Cow;
use std::ops::Range;

const PERSONNUMMER: &str = "[personnummer]";
const TELEFON: &str = "[telefon]";
const E_POST: &str = "[e-post]";

/// Masks what identifies a person by its form.
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = next(text.as_bytes(), at, copied) {
        masked.push_str(&text[copied..found.place.start]);
        masked.push_str(found.label);
        copied = found.place.end;
        at = copied;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[copied..]);
    Cow::Owned(masked)
}

struct Found {
    place: Range<usize>,
    label: &'static str,
}

/// The first thing to mask at or after `from`. An address may reach back, but not before `earliest`.
fn next(bytes: &[u8], from: usize, earliest: usize) -> Option<Found> {
    (from..bytes.len()).find_map(|at| match bytes[at] {
        b'@' => address(bytes, at, earliest).map(|place| Found { place, label: E_POST }),
        b'0'..=b'9' | b'+' if !continues_a_number(bytes, at) => number(bytes, at),
        _ => None,
    })
}

fn number(bytes: &[u8], at: usize) -> Option<Found> {
    let person = personnummer(bytes, at).map(|end| Found { place: at..end, label: PERSONNUMMER });
    person.or_else(|| telephone(bytes, at).map(|end| Found { place: at..end, label: TELEFON }))
}

/// True in the middle of a longer number: after a digit, or after a divider that follows a digit (2023-|08|-31).
fn continues_a_number(bytes: &[u8], at: usize) -> bool {
    let digit = |back: usize| at >= back && bytes[at - back].is_ascii_digit();
    digit(1) || (at >= 1 && matches!(bytes[at - 1], b'-' | b'.' | b',' | b':' | b'/') && digit(2))
}

/// How many digits stand together from `at` on.
fn run(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Where a personnummer or samordningsnummer that begins at `at` ends.
///
/// YYMMDD-NNNN or YYYYMMDD-NNNN. Written with a hyphen or plus it is masked whatever its check digit (a typing error
/// does not make it less personal); written together or with a space only if the check digit is right.
/// Source: folkbokföringslagen (1991:481) 18 §, Skatteverket SKV 704 (personnummer) and SKV 707 (samordningsnummer: day + 60).
fn personnummer(bytes: &[u8], at: usize) -> Option<usize> {
    let first = run(bytes, at);
    let (birth, gap, sure) = match first {
        6 | 8 => separator(bytes, at + first).map(|(gap, sure)| (first, gap, sure))?,
        10 | 12 => (first - 4, 0, false),
        _ => return None,
    };
    let serial = at + birth + gap;
    (run(bytes, serial) == 4 && is_birth(&bytes[at..at + birth])).then_some(())?;
    let ten = bytes[at + birth - 6..at + birth].iter().chain(&bytes[serial..serial + 4]);
    (sure || luhn(ten.copied())).then_some(serial + 4)
}

/// Width of the separator at `at`, and whether it makes a personnummer sure.
fn separator(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    match bytes.get(at..)? {
        [b'-' | b'+', ..] => Some((1, true)),
        // Hyphens and dashes U+2010–U+2015, minus U+2212.
        [0xe2, 0x80, 0x90..=0x95, ..] | [0xe2, 0x88, 0x92, ..] => Some((3, true)),
        [b' ', ..] => Some((1, false)),
        _ => None,
    }
}

/// A date of birth, year with or without century; samordningsnummer have 60 added to the day.
fn is_birth(date: &[u8]) -> bool {
    let (century, date) = date.split_at(date.len() - 6);
    let two = |at: usize| (date[at] - b'0') * 10 + (date[at + 1] - b'0');
    let day = two(4);
    matches!(century, b"" | b"18" | b"19" | b"20") && (1..=12).contains(&two(2)) && (1..=31).contains(&(day % 60))
}

/// The check digit of a ten-digit number is right (Luhn, modulus 10).
fn luhn(digits: impl Iterator<Item = u8>) -> bool {
    let weighed = digits.enumerate().map(|(index, digit)| {
        let product = (digit - b'0') * if index % 2 == 0 { 2 } else { 1 };
        u32::from(product / 10 + product % 10)
    });
    weighed.sum::<u32>() % 10 == 0
}

/// Where a Swedish telephone number that begins at `at` ends: 0…, +46… or 0046…, eight to ten digits as dialled at home.
fn telephone(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let international = [&b"+46"[..], b"0046"].into_iter().find(|prefix| rest.starts_with(prefix));
    let (start, leading) = match international {
        Some(prefix) => (at + prefix.len(), 1),
        None if rest.first() == Some(&b'0') && rest.get(1).is_some_and(|digit| matches!(digit, b'1'..=b'9')) => (at, 0),
        None => return None,
    };
    digit_groups(bytes, start, leading)
}

/// Reads groups of digits; the end of the last group after which eight to ten digits have been seen.
fn digit_groups(bytes: &[u8], start: usize, leading: usize) -> Option<usize> {
    let (mut at, mut digits, mut end) = (start, leading, None);
    loop {
        at += dividers(bytes, at);
        let group = match bytes.get(at..)? {
            [b'0', b')', ..] if leading == 1 && digits == 1 => {
                at += 2;
                continue;
            }
            _ => run(bytes, at),
        };
        digits += group;
        at += group;
        if group == 0 || digits > 10 {
            return end;
        }
        if digits >= 8 {
            end = Some(at);
        }
        if at == bytes.len() {
            return end;
        }
    }
}

/// Width of what may stand between the groups of a telephone number: at most three of space, hyphen, bracket, slash.
fn dividers(bytes: &[u8], at: usize) -> usize {
    let mut width = 0;
    for _ in 0..3 {
        width += match bytes.get(at + width..).unwrap_or_default() {
            [b' ' | b'-' | b'(' | b')' | b'/', ..] => 1,
            [0xc2, 0xa0, ..] => 2,
            [0xe2, 0x80, 0x90..=0x95 | 0xaf, ..] => 3,
            _ => break,
        };
    }
    width
}

/// The place of the e-mail address around an @.
fn address(bytes: &[u8], at: usize, earliest: usize) -> Option<Range<usize>> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"._%+-'".contains(byte);
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b".-".contains(byte);
    let mut start = at - bytes[earliest..at].iter().rev().take_while(|byte| is_name(byte)).count();
    // A no-break space or dash before the address is not part of it.
    while start < at && (bytes[start..at].starts_with(b"\xc2\xa0") || (0x80..0xc0).contains(&bytes[start])) {
        start += 1 + usize::from(bytes[start] == 0xc2);
    }
    let domain = bytes[at + 1..].iter().take_while(|byte| is_domain(byte)).count();
    let domain = bytes[at + 1..at + 1 + domain].trim_ascii_end();
    let kept = domain.len() - domain.iter().rev().take_while(|byte| b".-".contains(byte)).count();
    let dot = domain[..kept].iter().rposition(|byte| *byte == b'.')?;
    (start < at && dot > 0 && kept - dot > 2).then_some(start..at + 1 + kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn personnummer_are_masked_in_all_their_forms() {
        // Skatteverket's own example numbers; the third has a wrong check digit, the last is a samordningsnummer.
        for number in
            ["811218-9876", "19811218-9876", "811218-9875", "811218+9876", "8112189876", "198112189876", "811278-9873"]
        {
            assert_eq!(mask(&format!("Barnet ({number}) hördes.")), "Barnet ([personnummer]) hördes.", "{number}");
        }
        assert_eq!(mask("19811218 9876"), "[personnummer]");
        assert_eq!(mask("811218–9876"), "[personnummer]");
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "Ärende 8112189875 gäller",
            "2023-08-31 14:05",
            "811318-9876",
            "20230831-20230930",
            "kl. 08.15–09.30",
            "1 234 567,50 kr",
            "paragraf 5 och 26 f §",
            "AVV-0101-00000123",
            "",
        ] {
            assert!(matches!(mask(text), Cow::Borrowed(_)), "{text} → {}", mask(text));
        }
    }

    #[test]
    fn telephone_numbers_are_masked_in_all_their_forms() {
        for number in [
            "070-174 06 05",
            "0701740605",
            "070 174 06 05",
            "+46 70 174 06 05",
            "+46 (0)70-174 06 05",
            "0046701740605",
            "08-123 456 78",
            "0176-710 00",
            "(0176)-710 00",
        ] {
            let masked = mask(number).replace('(', "");
            assert_eq!(masked, "[telefon]", "{number}");
            assert_eq!(mask(&format!("ring {number}, tack")).replace('(', ""), "ring [telefon], tack", "{number}");
        }
        assert_eq!(mask("08-123 45 67 12 34"), "[telefon] 12 34");
    }

    #[test]
    fn addresses_are_masked_without_the_full_stop_after() {
        assert_eq!(mask("E-post: tolvan@example.se."), "E-post: [e-post].");
        assert_eq!(mask("<per.åsa_1@ifo.kommun.se>"), "<[e-post]>");
        assert_eq!(mask("a@b.se, c@d.nu"), "[e-post], [e-post]");
        for text in ["@hemma", "svara @ alla", "a@b", "a@.se", "5 @ 3.50"] {
            assert!(matches!(mask(text), Cow::Borrowed(_)), "{text} → {}", mask(text));
        }
        assert_eq!(mask("\u{a0}a@b.se"), "\u{a0}[e-post]");
        assert_eq!(mask("från–a@b.se"), "[e-post]");
    }

    #[test]
    fn several_of_each_in_one_text() {
        let text = "Ring 070-174 06 05 eller tolvan@example.se om 811218-9876 och 070-174 06 05.";
        assert_eq!(mask(text), "Ring [telefon] eller [e-post] om [personnummer] och [telefon].");
    }

    proptest! {
        #[test]
        fn no_text_makes_masking_panic(text in "[0-9@+\\-() .åä–\u{a0}a-c]{0,40}") {
            let _ = mask(&text);
        }

        #[test]
        fn a_masked_text_has_nothing_left_to_mask(text in "[0-9@+\\- .a-c]{0,40}") {
            let once = mask(&text).into_owned();
            prop_assert_eq!(mask(&once).into_owned(), once);
        }

        #[test]
        fn a_number_with_a_separator_never_survives(
            year in 0..100_u8, month in 1..13_u8, day in 1..32_u8, serial in 0..10_000_u16, before in "[a-zåäö ]{0,8}", after in "[a-zåäö ]{0,8}",
        ) {
            let number = format!("{year:02}{month:02}{day:02}-{serial:04}");
            let masked = mask(&format!("{before}{number}{after}")).into_owned();
            prop_assert_eq!(masked, format!("{before}[personnummer]{after}"));
        }

        #[test]
        fn text_without_digits_and_at_signs_is_untouched(text in "[^0-9@]{0,60}") {
            prop_assert!(matches!(mask(&text), Cow::Borrowed(_)));
        }
    }
}
