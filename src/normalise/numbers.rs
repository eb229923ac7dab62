//! Numbers as Swedish exports write them → `f64`.
//!
//! In: trimmed text ("1 234,5", "−3", "69 %"), or the number of a cell. Out: a finite number, or nothing.
//! Never: a guess at an ambiguous spelling — `1.234.567` and `1,234.5` are no numbers.

/// The number that a text stands for. `fraction`: the column holds 0–1 and means per cent.
pub(crate) fn read(text: &str, fraction: bool) -> Option<f64> {
    let (text, percent) = match text.strip_suffix('%') {
        Some(rest) => (rest.trim_end_matches(is_thousands_space), true),
        None => (text, false),
    };
    let plain = plain(text)?;
    // "69 %" is per cent already, even in a column of fractions.
    let plain = if fraction && !percent { shift_two(&plain) } else { plain };
    plain.parse().ok().filter(|number: &f64| number.is_finite()).map(without_minus_zero)
}

/// Exactly a hundred times as much: 0.69 → 69, not 68.99999999999999.
pub(crate) fn times_hundred(number: f64) -> f64 {
    if !number.is_finite() {
        return number;
    }
    shift_two(&format!("{number}")).parse().map_or(number, without_minus_zero)
}

/// A number as text with a decimal comma: 167.0 → "167", 3.5 → "3,5".
pub(crate) fn shown(number: f64) -> String {
    format!("{}", without_minus_zero(number)).replace('.', ",")
}

fn without_minus_zero(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number }
}

fn is_thousands_space(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}')
}

/// "−1 234,5" → "-1234.5"; nothing if it is not one number for sure.
fn plain(text: &str) -> Option<String> {
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = match text.split_once([',', '.']) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let mut plain = if negative { "-".to_string() } else { String::new() };
    push_whole(whole, &mut plain)?;
    if let Some(decimals) = decimals {
        all_digits(decimals).then_some(())?;
        plain.push('.');
        plain.push_str(decimals);
    }
    Some(plain)
}

/// Digits, either together or in groups of three divided by spaces.
fn push_whole(whole: &str, plain: &mut String) -> Option<()> {
    let mut groups = whole.split(is_thousands_space);
    let first = groups.next().filter(|first| all_digits(first))?;
    plain.push_str(first);
    for (index, group) in groups.enumerate() {
        let fits = group.len() == 3 && all_digits(group) && (index > 0 || first.len() <= 3);
        fits.then_some(())?;
        plain.push_str(group);
    }
    Some(())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Moves the decimal point of a plain number two places to the right.
fn shift_two(plain: &str) -> String {
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let moved: String = decimals.chars().chain("00".chars()).take(2).collect();
    let rest = decimals.get(2..).unwrap_or("");
    if rest.is_empty() { format!("{whole}{moved}") } else { format!("{whole}{moved}.{rest}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn swedish_spellings_are_numbers() {
        for (text, number) in [
            ("1 234,5", 1234.5),
            ("1\u{a0}234\u{202f}567", 1_234_567.0),
            ("\u{2212}3", -3.0),
            ("-3,25", -3.25),
            ("+4", 4.0),
            ("44.4", 44.4),
            ("1.234", 1.234),
            ("69 %", 69.0),
            ("69,5%", 69.5),
            ("0", 0.0),
            ("-0", 0.0),
        ] {
            assert_eq!(read(text, false), Some(number), "{text}");
        }
        assert!(read("-0", false).is_some_and(|zero| zero.is_sign_positive()));
    }

    #[test]
    fn ambiguous_or_other_text_is_no_number() {
        for text in [
            "1.234.567",
            "1,234.5",
            "1 23",
            "1234 567",
            "",
            " ",
            "hög",
            "1,",
            ",5",
            "1e5",
            "--1",
            "%",
            "1 2345",
            "1  234",
            "NaN",
            "inf",
            "١٢",
        ] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }

    #[test]
    fn fractions_become_exact_per_cent() {
        for (text, number) in
            [("0,69", 69.0), ("0,07", 7.0), ("1", 100.0), ("0,695", 69.5), ("0,5 %", 0.5), ("-0,1", -10.0)]
        {
            assert_eq!(read(text, true), Some(number), "{text}");
        }
        assert_eq!(times_hundred(0.69), 69.0);
        assert_eq!(times_hundred(0.07), 7.0);
        assert_eq!(times_hundred(0.285), 28.5);
        assert_eq!(times_hundred(1.0), 100.0);
    }

    #[test]
    fn whole_numbers_are_shown_without_decimals() {
        assert_eq!(shown(167.0), "167");
        assert_eq!(shown(2022.0), "2022");
        assert_eq!(shown(-3.5), "-3,5");
        assert_eq!(shown(-0.0), "0");
    }

    proptest! {
        #[test]
        fn a_shown_number_is_read_back(number in -1e12..1e12_f64) {
            prop_assert_eq!(read(&shown(number), false), Some(number));
        }

        #[test]
        fn no_text_makes_reading_panic(text in "[0-9 ,.%+\\-\u{a0}\u{2212}]{0,12}") {
            let _ = (read(&text, false), read(&text, true));
        }
    }
}
