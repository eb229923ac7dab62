//! Personnummer, samordningsnummer and the reserve numbers of health care, in every written form.
//!
//! Source: folkbokföringslagen (1991:481) 18 § and 18 a §; Skatteverket SKV 704 (personnummer) and SKV 707
//! (samordningsnummer: day + 60, month and day may be unknown). Reserve numbers have letters in the place of the serial
//! number and no check digit.

use super::{continues_a_number, dash, follows_a_word, is_divider, run};

/// Digits that a number has at most, with the century.
const MOST: usize = 12;

/// What stands between two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    /// Hyphen or plus, with or without space around.
    Dash,
    /// Anything else that people put between: a stop or slash as in dates, a line break, two hyphens, a bracket.
    Other,
}

/// Up to twelve digits from one place on.
struct Digits {
    values: [u8; MOST],
    /// What stands before each digit.
    gaps: [Gap; MOST],
    /// Where each digit ends.
    ends: [usize; MOST],
    found: usize,
}

/// Where the number that begins at `at` ends.
pub(super) fn find(bytes: &[u8], at: usize) -> Option<usize> {
    // The first digits are a year, a date or the whole number: most others are sorted out here.
    match run(bytes, at) {
        1..=4 | 6 | 8 | 10 | MOST => {}
        length @ (20 | 22 | 24) => return two_together(&bytes[at..at + length]).then_some(at + length),
        _ => return None,
    }
    let digits = Digits::gather(bytes, at);
    let whole = |length: &usize| digits.found >= *length && run(bytes, digits.ends[*length - 1]) == 0;
    let found = [12, 10].into_iter().filter(whole).find(|length| digits.is_person(bytes, at, *length));
    found.map(|length| digits.ends[length - 1]).or_else(|| reserve_number(bytes, at))
}

/// Two numbers with nothing between them.
fn two_together(digits: &[u8]) -> bool {
    let is_one = |part: &[u8]| matches!(part.len(), 10 | MOST) && Digits::gather(part, 0).is_checked_birth(part.len());
    [10, MOST].into_iter().any(|first| is_one(&digits[..first]) && is_one(&digits[first..]))
}

impl Digits {
    fn gather(bytes: &[u8], start: usize) -> Digits {
        let mut digits = Digits { values: [0; MOST], gaps: [Gap::None; MOST], ends: [0; MOST], found: 0 };
        let mut at = start;
        while digits.found < MOST {
            let (width, gap) = if digits.found == 0 { (0, Gap::None) } else { gap(bytes, at) };
            let Some(digit) = bytes.get(at + width).filter(|byte| byte.is_ascii_digit()) else { break };
            at += width + 1;
            digits.values[digits.found] = digit - b'0';
            digits.gaps[digits.found] = gap;
            digits.ends[digits.found] = at;
            digits.found += 1;
        }
        digits
    }

    /// Whether the first `length` digits, ten or twelve, are a number of somebody.
    ///
    /// Written together, with space or in an unusual way it is one if the check digit is right. Written with a hyphen or
    /// plus in its place it is one in any case (a typing error does not make it less personal), unless it reads as a
    /// date with a time of day or stands where a case number does.
    fn is_person(&self, bytes: &[u8], at: usize, length: usize) -> bool {
        if !self.is_birth(length) || !self.is_written_so(length) {
            return false;
        }
        let with_hyphen = self.gaps[length - 4] == Gap::Dash && self.inner_gaps(length).next().is_none();
        let checked = luhn(&self.values[length - 10..length]);
        match (checked, with_hyphen) {
            (true, true) => true,
            (true, false) => {
                !self.continues(bytes, at) && !self.goes_on(bytes, length) && !self.is_a_date_with_a_time(length)
            }
            (false, true) => !self.has_a_time_of_day(length) && !in_place_of_a_case_number(bytes, at),
            (false, false) => false,
        }
    }

    fn is_checked_birth(&self, length: usize) -> bool {
        self.is_birth(length) && luhn(&self.values[length - 10..length])
    }

    /// A date of birth; samordningsnummer have 60 added to the day, and may have 0 for what is unknown.
    fn is_birth(&self, length: usize) -> bool {
        let two = |place: usize| self.values[place] * 10 + self.values[place + 1];
        let century = length == 10 || matches!(two(0), 18..=20);
        let (month, day) = (two(length - 8), two(length - 6));
        let last = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let ordinary = (1..=12).contains(&month) && (1..=last).contains(&day);
        century && (ordinary || (month <= 12 && (60..=60 + last).contains(&day)))
    }

    /// Digits before which something stands, that before the serial number left out.
    fn inner_gaps(&self, length: usize) -> impl Iterator<Item = usize> {
        (1..length).filter(move |place| *place != length - 4 && self.gaps[*place] != Gap::None)
    }

    /// In the middle of a longer number, or of a longer row of digits that stand apart.
    fn continues(&self, bytes: &[u8], at: usize) -> bool {
        let apart = self.gaps[1] != Gap::None && at >= 2 && bytes[at - 2].is_ascii_digit();
        apart || continues_a_number(bytes, at)
    }

    /// A number behind an unusual divider that goes on is another one: 100066,2021-09-19.
    fn goes_on(&self, bytes: &[u8], length: usize) -> bool {
        let end = self.ends[length - 1];
        let is_loose = self.gaps[length - 4] == Gap::Other;
        is_loose && matches!(bytes.get(end..), Some([divider, b'0'..=b'9', ..]) if is_divider(*divider))
    }

    /// The gaps stand where people put them: around the parts of the date and before the last four digits, between all
    /// digits, or (in twelve digits, for a century is rare by chance) as blanks and hyphens anywhere.
    fn is_written_so(&self, length: usize) -> bool {
        let (month, day, century) = (length - 8, length - 6, length - 10);
        let all_apart = (1..length).all(|place| self.gaps[place] != Gap::None && self.gaps[place] == self.gaps[1]);
        let usual = |place: usize| {
            let in_date = place == month || place == day;
            let date_is_split = in_date && self.gaps[month] == self.gaps[day];
            let serial_is_split = place >= length - 2 && self.gaps[place] == Gap::Space;
            let behind_century = place == century && self.gaps[place] == Gap::Space;
            date_is_split || serial_is_split || behind_century
        };
        let may_stand = |place: usize| length == MOST && self.gaps[place] != Gap::Other || usual(place);
        all_apart || self.inner_gaps(length).all(may_stand)
    }

    /// The last four digits could be a time of day.
    fn has_a_time_of_day(&self, length: usize) -> bool {
        let two = |place: usize| self.values[place] * 10 + self.values[place + 1];
        two(length - 4) < 24 && two(length - 2) < 60
    }

    /// 2023-08-31 1405.
    fn is_a_date_with_a_time(&self, length: usize) -> bool {
        let split = self.gaps[length - 8] != Gap::None && self.gaps[1] == Gap::None;
        split && self.gaps[length - 4] != Gap::Dash && self.has_a_time_of_day(length)
    }
}

/// What stands at `at` between two digits, and how wide it is: at most two dividers, with blanks and a line break around.
fn gap(bytes: &[u8], at: usize) -> (usize, Gap) {
    let (mut width, mut dividers, mut breaks, mut hyphens) = (0, 0, 0, 0);
    for byte in bytes[at..].iter().take(MOST_BETWEEN) {
        match byte {
            b' ' | b'\t' => {}
            b'\r' | b'\n' => breaks += 1,
            b'-' | b'+' => hyphens += 1,
            b'.' | b'/' | b'_' | b':' | b',' | b'(' | b')' | b'*' | b'|' | b'\\' => dividers += 1,
            _ => break,
        }
        width += 1;
    }
    match (width, hyphens + dividers, breaks) {
        (0, ..) => (0, Gap::None),
        (1..=2, 0, 0) => (width, Gap::Space),
        (_, 1, 0) if hyphens == 1 => (width, Gap::Dash),
        (_, 1..=2, _) | (_, 0, 1..) => (width, Gap::Other),
        _ => (0, Gap::None),
    }
}

/// Bytes between two digits of a number at most: blank, divider, line break, divider, blank.
const MOST_BETWEEN: usize = 6;

/// The check digit of a ten-digit number is right (Luhn, modulus 10).
fn luhn(digits: &[u8]) -> bool {
    let weighed = digits.iter().enumerate().map(|(index, digit)| {
        let product = digit * if index % 2 == 0 { 2 } else { 1 };
        u32::from(product / 10 + product % 10)
    });
    weighed.sum::<u32>() % 10 == 0
}

/// Words after which a number is one of a case.
const CASE_WORDS: [&str; 8] =
    ["dnr", "diarienr", "diarienummer", "ärende", "ärendenr", "ärendenummer", "avvikelse", "avvikelsenr"];

fn in_place_of_a_case_number(bytes: &[u8], at: usize) -> bool {
    follows_a_word(bytes, at, &CASE_WORDS)
}

/// A date of birth with letters in the place of the serial number: 811218-T123, 19811218TF01.
fn reserve_number(bytes: &[u8], at: usize) -> Option<usize> {
    let birth = run(bytes, at);
    if !matches!(birth, 6 | 8) {
        return None;
    }
    let digits = Digits::gather(&bytes[..at + birth], at);
    let width = dash(bytes, at + birth).max(usize::from(bytes.get(at + birth) == Some(&b'+')));
    let long = birth == 8 && matches!(bytes[at..at + 2], [b'1', b'8' | b'9'] | [b'2', b'0']);
    // The date as if a serial number followed: `is_birth` counts from the end.
    let date = Digits { found: birth + 4, ..digits };
    if !(long || birth == 6 && width > 0) || !date.is_birth(birth + 4) {
        return None;
    }
    let serial = bytes.get(at + birth + width..at + birth + width + 4)?;
    let letters = serial.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let end = at + birth + width + 4;
    let goes_on = bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == 0xc3);
    let in_form = matches!(letters, 1 | 2) && serial[letters..].iter().all(u8::is_ascii_digit);
    (in_form && !goes_on).then_some(end)
}
