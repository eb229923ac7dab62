//! E-mail addresses.

use std::ops::Range;

/// The place of the address around the @ at `at`; it does not begin before `earliest`.
pub(super) fn find(bytes: &[u8], at: usize, earliest: usize) -> Option<Range<usize>> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"._%+-'".contains(byte);
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b".-".contains(byte);
    // Blanks around the @ keep machines from reading it, and people do not mind them.
    let blanks = |around: &[u8]| around.len() - around.trim_ascii_start().len();
    let name_ends = earliest + bytes[earliest..at].trim_ascii_end().len();
    let start = name_ends - bytes[earliest..name_ends].iter().rev().take_while(|byte| is_name(byte)).count();
    let begins = at + 1 + blanks(&bytes[at + 1..]);
    let domain = bytes[begins..].iter().take_while(|byte| is_domain(byte)).count();
    let domain = &bytes[begins..begins + domain];
    let kept = domain.len() - domain.iter().rev().take_while(|byte| b".-".contains(byte)).count();
    let dot = domain[..kept].iter().rposition(|byte| *byte == b'.')?;
    // A price is no address: 5 @ 3.50.
    let is_written_apart = begins > at + 1 || name_ends < at;
    let ends_in_letters = domain[dot + 1..kept].iter().all(|byte| !byte.is_ascii_digit());
    (start < name_ends && dot > 0 && kept - dot > 2 && (ends_in_letters || !is_written_apart))
        .then_some(start..begins + kept)
}
