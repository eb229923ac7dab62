//! Swedish forms of numbers and dates.
//!
//! In: exact values. Out: text as readers see it: decimal comma, thousands set off by a no-break space, `−` as minus,
//! `12,5 %` with a no-break space. Rounding is half away from zero, done here and nowhere else, on the exact fraction
//! or on the decimal digits of a number, never on its binary neighbour. Reads no locale.

use super::period::date_of;
use super::table::{Nothing, Unit, Value};

/// Keeps a number and what belongs to it on one line.
pub const NO_BREAK_SPACE: char = '\u{a0}';
/// The minus sign of print, as wide as a plus.
pub const MINUS: char = '\u{2212}';

/// `928`, `1 458`, `−12`.
///
/// ```
/// assert_eq!(kvalis::domain::swedish::integer(100_000), "100\u{a0}000");
/// ```
pub fn integer(value: i64) -> String {
    with_sign(value < 0, &grouped(&value.unsigned_abs().to_string()))
}

/// `1,3` for 1.25 with one decimal; trailing zeros are kept. Not a number is written `–`.
///
/// ```
/// assert_eq!(kvalis::domain::swedish::decimal(-1.25, 1), "\u{2212}1,3");
/// ```
pub fn decimal(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return "–".to_string();
    }
    let digits = rounded_digits(&format!("{}", value.abs()), usize::from(decimals));
    from_digits(value < 0.0, &digits, usize::from(decimals))
}

/// `28 %` for 109 of 391: the exact fraction, rounded once. A denominator of zero is written `–`.
///
/// ```
/// assert_eq!(kvalis::domain::swedish::percent_of(109, 391, 0), "28\u{a0}%");
/// ```
pub fn percent_of(numerator: u64, denominator: u64, decimals: u8) -> String {
    match scaled_ratio(u128::from(numerator) * 100, u128::from(denominator), decimals) {
        Some(digits) => percent_sign(&from_digits(false, &digits, usize::from(decimals))),
        None => "–".to_string(),
    }
}

/// `+35 %` for 390 now and 289 then: the exact relative change. A base that is not positive is written `–`.
///
/// ```
/// assert_eq!(kvalis::domain::swedish::percent_change(390, 289, 0), "+35\u{a0}%");
/// ```
pub fn percent_change(now: i64, then: i64, decimals: u8) -> String {
    let difference = i128::from(now) - i128::from(then);
    let digits =
        u128::try_from(then).ok().and_then(|base| scaled_ratio(difference.unsigned_abs() * 100, base, decimals));
    match digits {
        Some(digits) => {
            let size = from_digits(false, &digits, usize::from(decimals));
            percent_sign(&plus_or_minus(&size, difference < 0))
        }
        None => "–".to_string(),
    }
}

/// `70,0 %` for a percentage as delivered, 0–100.
pub fn percent(value: f64, decimals: u8) -> String {
    percent_sign(&decimal(value, decimals))
}

/// A difference with its sign: `+107`, `−7`, `0`.
///
/// ```
/// assert_eq!(kvalis::domain::swedish::signed(107), "+107");
/// ```
pub fn signed(value: i64) -> String {
    plus_or_minus(&grouped(&value.unsigned_abs().to_string()), value < 0)
}

/// A difference with decimals and its sign: `+2,5`, `−0,5`, `0,0`.
pub fn signed_decimal(value: f64, decimals: u8) -> String {
    if value.is_finite() {
        plus_or_minus(&decimal(value.abs(), decimals), value < 0.0)
    } else {
        decimal(value, decimals)
    }
}

/// A cell of a table as readers see it, in its column's unit. The four kinds of nothing stay apart: `–` missing,
/// `.` not applicable, `..` withheld, and empty where there is nothing to say.
///
/// ```
/// use kvalis::domain::{swedish, table::{Unit, Value}};
/// let share = Value::Share { numerator: 109, denominator: 391 };
/// assert_eq!(swedish::value(&share, Unit::Percent { decimals: 0 }), "28\u{a0}%");
/// ```
pub fn value(value: &Value, unit: Unit) -> String {
    match value {
        Value::Count(count) => integer(*count),
        Value::Share { numerator, denominator } => percent_of(*numerator, *denominator, decimals_of(unit)),
        Value::Change { now, then } => percent_change(*now, *then, decimals_of(unit)),
        Value::Number(number) => number_in(*number, unit),
        Value::Text(text) => text.clone(),
        Value::Said(said) => said.text(),
        Value::Date(date) => day(*date),
        Value::Nothing(nothing) => mark_of(*nothing).to_string(),
    }
}

/// The mark that stands for a kind of nothing in print.
pub(crate) fn mark_of(nothing: Nothing) -> &'static str {
    match nothing {
        Nothing::Missing => "–",
        Nothing::NotApplicable => ".",
        Nothing::Withheld => "..",
        Nothing::Blank => "",
    }
}

fn number_in(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Percent { decimals } => percent(number, decimals),
        Unit::PercentagePoints { decimals } => signed_decimal(number, decimals),
        _ => decimal(number, decimals_of(unit)),
    }
}

/// Decimals that a unit is printed with.
pub(crate) fn decimals_of(unit: Unit) -> u8 {
    match unit {
        Unit::Percent { decimals } | Unit::PercentagePoints { decimals } | Unit::Number { decimals } => decimals,
        Unit::Count | Unit::Text | Unit::Date => 0,
    }
}

/// A day since 1970-01-01 as `2023-08-31`.
pub fn day(day: i32) -> String {
    date_of(day).to_string()
}

/// `januari`…`december` of 1–12; other numbers have no month and give an empty text.
pub fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ];
    month.checked_sub(1).and_then(|index| NAMES.get(usize::from(index))).copied().unwrap_or("")
}

fn percent_sign(number: &str) -> String {
    format!("{number}{NO_BREAK_SPACE}%")
}

fn plus_or_minus(size: &str, negative: bool) -> String {
    let zero = size.chars().all(|letter| matches!(letter, '0' | ','));
    if zero {
        size.to_string()
    } else if negative {
        format!("{MINUS}{size}")
    } else {
        format!("+{size}")
    }
}

/// A minus before all but zero: "−0,0" would claim a direction that the digits don't show.
fn with_sign(negative: bool, size: &str) -> String {
    if negative && size.chars().any(|letter| matches!(letter, '1'..='9')) {
        format!("{MINUS}{size}")
    } else {
        size.to_string()
    }
}

/// Digits of numerator / denominator × 10^decimals, rounded half away from zero. `None` if it has no value.
fn scaled_ratio(numerator: u128, denominator: u128, decimals: u8) -> Option<String> {
    let scaled = numerator.checked_mul(10_u128.checked_pow(u32::from(decimals))?)?;
    let whole = scaled.checked_div(denominator)?;
    let up = scaled % denominator >= denominator.div_ceil(2);
    Some((whole + u128::from(up)).to_string())
}

/// Digits without a point of a plain decimal text (`12.345`), rounded half away from zero to `decimals`.
fn rounded_digits(text: &str, decimals: usize) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut digits: Vec<u8> = whole.bytes().collect();
    digits.extend(fraction.bytes().chain(std::iter::repeat(b'0')).take(decimals));
    if fraction.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5') {
        add_one(&mut digits);
    }
    digits.into_iter().map(char::from).collect()
}

fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// Digits with the last `decimals` of them after a comma.
fn from_digits(negative: bool, digits: &str, decimals: usize) -> String {
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, fraction) = padded.split_at(padded.len() - decimals);
    let whole = grouped(whole);
    let size = if decimals == 0 { whole } else { format!("{whole},{fraction}") };
    with_sign(negative, &size)
}

/// Thousands set off by no-break spaces.
fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(NO_BREAK_SPACE);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_off_by_a_no_break_space() {
        assert_eq!(integer(0), "0");
        assert_eq!(integer(999), "999");
        assert_eq!(integer(1_458), "1\u{a0}458");
        assert_eq!(integer(-1_234_567), "\u{2212}1\u{a0}234\u{a0}567");
        assert_eq!(integer(i64::MIN), "\u{2212}9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}808");
    }

    #[test]
    fn halves_are_rounded_away_from_zero_on_the_decimal_digits() {
        assert_eq!(decimal(1.25, 1), "1,3");
        assert_eq!(decimal(-1.25, 1), "\u{2212}1,3");
        assert_eq!(decimal(1.005, 2), "1,01");
        assert_eq!(decimal(2.5, 0), "3");
        assert_eq!(decimal(0.5, 0), "1");
        assert_eq!(decimal(9.96, 1), "10,0");
        assert_eq!(decimal(999.95, 1), "1\u{a0}000,0");
        assert_eq!(decimal(44.4, 1), "44,4");
        assert_eq!(decimal(16.0, 1), "16,0");
        assert_eq!(decimal(1e21, 0), "1\u{a0}000\u{a0}000\u{a0}000\u{a0}000\u{a0}000\u{a0}000\u{a0}000");
        assert_eq!(decimal(1e-9, 2), "0,00");
    }

    #[test]
    fn a_rounded_zero_has_no_sign() {
        assert_eq!(decimal(-0.04, 1), "0,0");
        assert_eq!(signed_decimal(-0.04, 1), "0,0");
        assert_eq!(signed(0), "0");
        assert_eq!(percent_change(0, 7, 0), "\u{2212}100\u{a0}%");
        assert_eq!(percent_change(7, 7, 0), "0\u{a0}%");
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        assert_eq!(decimal(f64::NAN, 1), "–");
        assert_eq!(signed_decimal(f64::INFINITY, 1), "–");
        assert_eq!(percent_of(1, 0, 0), "–");
        assert_eq!(percent_change(1, 0, 0), "–");
        assert_eq!(percent_change(1, -3, 0), "–");
    }

    #[test]
    fn shares_of_norrtalje_2023_are_those_published() {
        assert_eq!(percent_of(109, 391, 0), "28\u{a0}%");
        assert_eq!(percent_of(37, 391, 0), "9\u{a0}%");
        assert_eq!(percent_of(228, 391, 0), "58\u{a0}%");
        assert_eq!(percent_of(21, 109, 0), "19\u{a0}%");
    }

    #[test]
    fn a_share_is_rounded_once_from_the_exact_fraction() {
        assert_eq!(percent_of(1, 8, 1), "12,5\u{a0}%");
        assert_eq!(percent_of(1, 8, 0), "13\u{a0}%");
        assert_eq!(percent_of(1, 3, 2), "33,33\u{a0}%");
        assert_eq!(percent_of(1, 1000, 0), "0\u{a0}%");
        assert_eq!(percent_of(1, 1, 1), "100,0\u{a0}%");
        assert_eq!(percent_of(1, 2000, 1), "0,1\u{a0}%");
    }

    #[test]
    fn changes_of_goteborg_2023_are_those_published() {
        assert_eq!(percent_change(390, 289, 0), "+35\u{a0}%");
        assert_eq!(percent_change(928, 821, 0), "+13\u{a0}%");
        assert_eq!(percent_change(67, 71, 0), "\u{2212}6\u{a0}%");
    }

    #[test]
    fn a_cell_is_written_in_the_unit_of_its_column() {
        let percent = Unit::Percent { decimals: 1 };
        assert_eq!(value(&Value::Count(1458), Unit::Count), "1\u{a0}458");
        assert_eq!(value(&Value::Number(70.0), percent), "70,0\u{a0}%");
        assert_eq!(value(&Value::Change { now: 390, then: 289 }, percent), "+34,9\u{a0}%");
        assert_eq!(value(&Value::Number(-7.0), Unit::PercentagePoints { decimals: 0 }), "\u{2212}7");
        assert_eq!(value(&Value::Date(19_600), Unit::Date), "2023-08-31");
    }

    #[test]
    fn the_four_kinds_of_nothing_and_zero_are_five_different_texts() {
        let nothings = [Nothing::Missing, Nothing::NotApplicable, Nothing::Withheld, Nothing::Blank];
        let mut texts: Vec<String> = nothings.map(|nothing| value(&Value::Nothing(nothing), Unit::Count)).to_vec();
        texts.push(value(&Value::Count(0), Unit::Count));
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), 5);
    }

    #[test]
    fn days_and_months_are_written_the_swedish_way() {
        assert_eq!(day(19_600), "2023-08-31");
        assert_eq!((month_name(1), month_name(12), month_name(0), month_name(13)), ("januari", "december", "", ""));
    }
}
