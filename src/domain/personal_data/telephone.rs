//! Swedish telephone numbers, and those of the neighbours when they are written with their country.
//!
//! Source: Post- och telestyrelsen, Svensk nummerplan för telefoni enligt ITU-T E.164: an area code of two to four
//! digits with its zero, a subscriber's number of five to eight, ten digits in all at most.

use super::{continues_a_number, dash, follows_a_word, run, space};

/// Area codes and services of two and three digits; the others have four, and none begins with one of these.
const SHORT_CODES: [&[u8]; 32] = [
    b"08", b"010", b"011", b"013", b"016", b"018", b"019", b"020", b"021", b"023", b"026", b"031", b"033", b"035",
    b"036", b"040", b"042", b"044", b"046", b"054", b"060", b"063", b"070", b"071", b"072", b"073", b"074", b"075",
    b"076", b"077", b"079", b"090",
];

/// Services whose code is longer than those that it begins like.
const LONG_CODES: [&[u8]; 2] = [b"0771", b"0900"];

/// Words after which a number is one of a thing.
const THING_WORDS: [&str; 10] = [
    "id",
    "artnr",
    "artikelnr",
    "artikelnummer",
    "faktura",
    "fakturanr",
    "fakturanummer",
    "ordernr",
    "serienr",
    "lopnr",
];

/// Countries whose numbers are told by their prefix: Denmark, Norway, Finland.
const NEIGHBOURS: [&[u8]; 6] = [b"+45", b"+47", b"+358", b"0045", b"0047", b"00358"];

/// Where the number that begins at `at` ends.
pub(super) fn find(bytes: &[u8], at: usize) -> Option<usize> {
    if continues_a_number(bytes, at) {
        return None;
    }
    let rest = &bytes[at..];
    if let Some(prefix) = [&b"+46"[..], b"0046"].into_iter().find(|prefix| rest.starts_with(prefix)) {
        return swedish(bytes, at + prefix.len(), true);
    }
    if let Some(prefix) = NEIGHBOURS.into_iter().find(|prefix| rest.starts_with(prefix)) {
        return neighbour(bytes, at + prefix.len());
    }
    match rest {
        [b'+', b'1'..=b'9', ..] => foreign(bytes, at + 1),
        [b'0', b'1'..=b'9', ..] if !follows_a_word(bytes, at, &THING_WORDS) => swedish(bytes, at, false),
        _ => None,
    }
}

/// The digits of a number, a zero before the area code whether it is written or not, and the groups they come in.
#[derive(Default)]
struct Groups {
    digits: Vec<u8>,
    /// After how many digits each group ends, and where that is in the text.
    ends: Vec<(usize, usize)>,
    /// The groups are divided by stops: all of them, or none.
    dotted: bool,
}

impl Groups {
    /// Reads at most `most` digits; a group that would go beyond is left out.
    fn read(bytes: &[u8], start: usize, leading: &[u8], most: usize) -> Groups {
        let mut groups = Groups { digits: leading.to_vec(), ends: Vec::new(), dotted: false };
        let mut at = start;
        loop {
            let dotted = bytes.get(at) == Some(&b'.');
            if groups.ends.len() > 1 && dotted != groups.dotted {
                return groups;
            }
            groups.dotted = dotted && !groups.ends.is_empty();
            at += if dotted { 1 } else { dividers(bytes, at) };
            // +46 (0)70: the zero in brackets is the one that the country stands for.
            if !leading.is_empty()
                && groups.ends.is_empty()
                && bytes.get(at..).is_some_and(|rest| rest.starts_with(b"0)"))
            {
                at += 2;
                continue;
            }
            let group = run(bytes, at);
            if group == 0 || groups.digits.len() + group > most {
                return groups;
            }
            groups.digits.extend_from_slice(&bytes[at..at + group]);
            at += group;
            groups.ends.push((groups.digits.len(), at));
        }
    }

    /// Where the last group ends with which the number has `least` digits.
    fn end(&self, least: usize) -> Option<usize> {
        self.ends.iter().rev().find(|(digits, _)| *digits >= least).map(|(_, at)| *at)
    }
}

fn swedish(bytes: &[u8], start: usize, international: bool) -> Option<usize> {
    let groups = Groups::read(bytes, start, if international { b"0" } else { b"" }, 10);
    let short = LONG_CODES.into_iter().chain(SHORT_CODES).find(|code| groups.digits.starts_with(code));
    let code = short.map_or(4, <[u8]>::len);
    let (first, _) = *groups.ends.first()?;
    // A first group that is too short for a whole number is the area code, whole.
    let is_code = first == code || first >= 7 || international && first >= code;
    let subscriber_begins = groups.digits.get(code)?;
    let mobile = code == 3 && groups.digits[1] == b'7';
    if !is_code || (!mobile && *subscriber_begins == b'0') || is_date(&groups) {
        return None;
    }
    // 08.15.09.30 are two times of day.
    groups.end(if code == 4 || groups.dotted { 9 } else { 8 })
}

/// 08-11-2023 is the eighth of November.
fn is_date(groups: &Groups) -> bool {
    let lengths: Vec<usize> = groups.ends.iter().map(|(digits, _)| *digits).collect();
    let month = |digits: &[u8]| matches!(digits, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
    lengths.starts_with(&[2, 4, 8]) && month(&groups.digits[2..4]) && matches!(&groups.digits[4..6], b"19" | b"20")
}

/// Groups of three digits all through are an amount: +45 123 456.
fn neighbour(bytes: &[u8], start: usize) -> Option<usize> {
    let groups = Groups::read(bytes, start, b"", 11);
    let mut before = 0;
    let threes = groups.ends.iter().all(|(digits, _)| std::mem::replace(&mut before, *digits) + 3 == *digits);
    if threes { None } else { groups.end(8) }
}

/// A number of any other country. One group and then groups of three are an amount, unless there are four or more.
fn foreign(bytes: &[u8], start: usize) -> Option<usize> {
    let groups = Groups::read(bytes, start, b"", 15);
    let lengths = || groups.ends.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let is_amount = (1..3).contains(&lengths().count()) && lengths().all(|length| length == 3);
    if is_amount { None } else { groups.end(9) }
}

/// Width of what may stand between the groups of a telephone number: at most three of space, hyphen, bracket, slash and
/// line break.
fn dividers(bytes: &[u8], at: usize) -> usize {
    let mut width = 0;
    for _ in 0..3 {
        let here = at + width;
        let mark = usize::from(matches!(bytes.get(here), Some(b'(' | b')' | b'/' | b'\n' | b'\r')));
        match space(bytes, here).max(dash(bytes, here)).max(mark) {
            0 => break,
            wide => width += wide,
        }
    }
    width
}
