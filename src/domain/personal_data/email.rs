//! E-mail addresses.

use std::ops::Range;

/// The place of the address around the @ at `at`; it does not begin before `earliest`.
pub(super) fn find(bytes: &[u8], at: usize, earliest: usize) -> Option<Range<usize>> {
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
