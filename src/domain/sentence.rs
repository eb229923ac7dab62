//! Swedish phrases about numbers: "415 avvikelser", "101 fler än föregående år (289, +35 %)", "a, b och c".
//!
//! In: exact values. Out: parts of sentences. Only words of arithmetic (fler, färre, högre, lägre, lika): whether a
//! difference is an ökning or a förbättring takes a test, and is not said here.

pub mod words;

use super::swedish::{decimal, integer, percent, percent_change, percent_of};

/// Under this base a relative change says more than the numbers can bear, and is left out.
/// Of 20 events the exact 95 % limits are 12,2 and 30,9: a change of a third may be chance.
pub const SMALLEST_BASE_OF_CHANGE: i64 = 20;

/// "415 avvikelser", "1 avvikelse", "inga avvikelser".
///
/// ```
/// use kvalis::domain::sentence::count_of;
/// assert_eq!(count_of(0, "avvikelse", "avvikelser"), "inga avvikelser");
/// ```
pub fn count_of(count: i64, one: &str, many: &str) -> String {
    match count {
        0 => printed!("domain-none", many),
        1 => format!("1 {one}"),
        _ => format!("{}\u{a0}{many}", integer(count)),
    }
}

/// "a, b och c": the last two joined by "och".
pub fn and_list<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, "och")
}

/// "a, b eller c"
pub fn or_list<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, "eller")
}

fn joined<T: AsRef<str>>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_string(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// "101 fler än föregående år (289, +35 %)"; the per cent only on a base of [`SMALLEST_BASE_OF_CHANGE`] or more.
///
/// ```
/// use kvalis::domain::sentence::compare_counts;
/// assert_eq!(compare_counts(13, 20), "7 färre än föregående år (20, \u{2212}35\u{a0}%)");
/// ```
pub fn compare_counts(now: i64, then: i64) -> String {
    let base = if then >= SMALLEST_BASE_OF_CHANGE && now != then {
        format!("{}, {}", integer(then), relative_change(now, then))
    } else {
        integer(then)
    };
    match now.cmp(&then) {
        std::cmp::Ordering::Equal => printed!("domain-same-count", base),
        order => printed!("domain-other-count", difference = difference(now, then), word = fewer_or_more(order), base),
    }
}

fn fewer_or_more(order: std::cmp::Ordering) -> &'static str {
    if order.is_gt() { word!("domain-more") } else { word!("domain-fewer") }
}

fn difference(now: i64, then: i64) -> String {
    integer(i64::try_from(now.abs_diff(then)).unwrap_or(i64::MAX))
}

/// A change that rounds to nothing is not nothing: "under 1 %" instead of "+0 %".
fn relative_change(now: i64, then: i64) -> String {
    let rounds_to_zero = i128::from(now.abs_diff(then)) * 200 < i128::from(then);
    if rounds_to_zero { printed!("domain-under-one-per-cent") } else { percent_change(now, then, 0) }
}

/// A share as an exact fraction; the denominator is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    /// The part.
    pub numerator: u64,
    /// The whole.
    pub denominator: u64,
}

/// "3,2 procentenheter högre än föregående år (25 %)", the difference rounded once, on the exact fractions.
pub fn compare_shares(now: Fraction, then: Fraction, decimals: u8) -> String {
    let base = percent_of(then.numerator, then.denominator, decimals);
    compare_points(tenths_of_points(now, then), &base)
}

/// The difference in tenths of a percentage point, half away from zero; zero only when the shares are that close.
fn tenths_of_points(now: Fraction, then: Fraction) -> Points {
    let (a, b) = (u128::from(now.numerator), u128::from(now.denominator.max(1)));
    let (c, d) = (u128::from(then.numerator), u128::from(then.denominator.max(1)));
    let (now, then, whole) = (a * d, c * b, b * d);
    // The product of two u64 leaves no room for the factor 2000; no count is so large that the lost bits show.
    let excess = (128 - whole.leading_zeros()).saturating_sub(110);
    let (difference, whole_cut) = (now.abs_diff(then) >> excess, whole >> excess);
    let tenths = i128::try_from((difference * 2000 + whole_cut) / (2 * whole_cut)).unwrap_or(i128::MAX);
    Points { tenths: if now < then { -tenths } else { tenths }, equal: now == then }
}

/// A difference between two percentages.
struct Points {
    tenths: i128,
    equal: bool,
}

fn compare_points(points: Points, base: &str) -> String {
    if points.equal {
        return printed!("domain-same-share", base);
    }
    if points.tenths == 0 {
        return printed!("domain-nearly-same-share", base);
    }
    let size = decimal(points.tenths.unsigned_abs() as f64 / 10.0, 1);
    printed!("domain-other-share", size, word = lower_or_higher(points.tenths > 0), base)
}

fn lower_or_higher(higher: bool) -> &'static str {
    if higher { word!("domain-higher") } else { word!("domain-lower") }
}

/// As [`compare_shares`], for percentages 0–100 as they were delivered, with that many decimals.
pub fn compare_percentages(now: f64, then: f64, decimals: u8) -> String {
    let points = Points { tenths: tenths(now) - tenths(then), equal: now == then };
    compare_points(points, &percent(then, decimals))
}

/// Tenths of a delivered number; the small term lifts the half that its binary neighbour lies below.
fn tenths(value: f64) -> i128 {
    (value * 10.0 + value.signum() * 1e-9).round() as i128
}

/// "2,5 högre än föregående år (10,0)", "lika högt som föregående år (10,0)".
pub fn compare_numbers(now: f64, then: f64, decimals: u8) -> String {
    let base = decimal(then, decimals);
    let size = decimal((now - then).abs(), decimals);
    if decimal(now, decimals) == base {
        return printed!("domain-same-number", base);
    }
    printed!("domain-other-number", size, word = lower_or_higher(now > then), base)
}

/// Under this denominator a share is told by its two numbers alone: a per cent of seven says no more than "3 av 7".
pub const SMALLEST_BASE_OF_SHARE: u64 = SMALLEST_BASE_OF_CHANGE as u64;

/// "109 av 391, 28 %"; without the per cent on a base under [`SMALLEST_BASE_OF_SHARE`]; "under 1 %" and "över 99 %"
/// where rounding would say none or all of them.
///
/// ```
/// use kvalis::domain::sentence::{Fraction, share_of};
/// assert_eq!(share_of(Fraction { numerator: 109, denominator: 391 }, 0), "109 av 391, 28\u{a0}%");
/// ```
pub fn share_of(share: Fraction, decimals: u8) -> String {
    let figure = |count: u64| integer(i64::try_from(count).unwrap_or(i64::MAX));
    let both =
        printed!("domain-part-of-whole", numerator = figure(share.numerator), denominator = figure(share.denominator));
    if share.denominator < SMALLEST_BASE_OF_SHARE {
        both
    } else {
        format!("{both}, {}", honest_percent(share, decimals))
    }
}

/// The share in per cent, never rounded to none or to all when it is neither.
pub fn honest_percent(share: Fraction, decimals: u8) -> String {
    let Fraction { numerator, denominator } = share;
    let printed = percent_of(numerator, denominator, decimals);
    let smallest = decimal(0.1_f64.powi(i32::from(decimals)), decimals);
    if numerator > 0 && printed == percent_of(0, 1, decimals) {
        return printed!("domain-under-per-cent", smallest);
    }
    if numerator < denominator && printed == percent_of(1, 1, decimals) {
        let largest = decimal(100.0 - 0.1_f64.powi(i32::from(decimals)), decimals);
        return printed!("domain-over-per-cent", largest);
    }
    printed
}

/// "från 821 till 928 (+13 %)", "från 3 till 5", "oförändrat 12": both numbers and, on a base that bears it, the change.
pub fn from_to_counts(now: i64, then: i64) -> String {
    if now == then {
        return printed!("domain-unchanged", now = integer(now));
    }
    let both = printed!("domain-from-to", then = integer(then), now = integer(now));
    if then >= SMALLEST_BASE_OF_CHANGE { format!("{both} ({})", relative_change(now, then)) } else { both }
}

/// "från 25 % till 28 %", "oförändrat 28 %", with what is already printed of both.
pub fn from_to_printed(now: &str, then: &str) -> String {
    if now == then { printed!("domain-unchanged", now) } else { printed!("domain-from-to", then, now) }
}

/// "når målet, minst 30 % (30 %)", "når inte målet, högst 10 % (12 %)", with value and goal as they are printed.
///
/// The word is judged on the unrounded numbers; where both would be printed alike although the goal is missed, the
/// caller prints them with one more decimal.
pub fn against_goal(is_reached: bool, lower_is_better: bool, now: &str, goal: &str) -> String {
    let verb = if is_reached { word!("domain-reaches-goal") } else { word!("domain-misses-goal") };
    let bound = if lower_is_better { word!("domain-at-most") } else { word!("domain-at-least") };
    format!("{verb}, {bound} {goal} ({now})")
}

/// Decimals with which two numbers that differ are printed apart: those given, or one more.
pub fn telling_decimals(one: f64, other: f64, decimals: u8) -> u8 {
    let alike = one != other && decimal(one, decimals) == decimal(other, decimals);
    if alike { decimals + 1 } else { decimals }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(numerator: u64, denominator: u64) -> Fraction {
        Fraction { numerator, denominator }
    }

    #[test]
    fn counts_are_written_with_their_noun() {
        assert_eq!(count_of(0, "avvikelse", "avvikelser"), "inga avvikelser");
        assert_eq!(count_of(1, "avvikelse", "avvikelser"), "1 avvikelse");
        assert_eq!(count_of(1458, "avvikelse", "avvikelser"), "1\u{a0}458\u{a0}avvikelser");
    }

    #[test]
    fn lists_end_with_och_or_eller() {
        assert_eq!(and_list::<&str>(&[]), "");
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "b"]), "a och b");
        assert_eq!(and_list(&["a", "b", "c"]), "a, b och c");
        assert_eq!(or_list(&["a", "b", "c"]), "a, b eller c");
    }

    #[test]
    fn more_fewer_and_equal_counts_have_their_words() {
        assert_eq!(compare_counts(390, 289), "101 fler än föregående år (289, +35\u{a0}%)");
        assert_eq!(compare_counts(104, 127), "23 färre än föregående år (127, \u{2212}18\u{a0}%)");
        assert_eq!(compare_counts(127, 127), "lika många som föregående år (127)");
        assert_eq!(compare_counts(0, 0), "lika många som föregående år (0)");
    }

    #[test]
    fn no_per_cent_on_a_base_under_twenty_or_of_zero() {
        assert_eq!(compare_counts(27, 13), "14 fler än föregående år (13)");
        assert_eq!(compare_counts(27, 19), "8 fler än föregående år (19)");
        assert_eq!(compare_counts(27, 20), "7 fler än föregående år (20, +35\u{a0}%)");
        assert_eq!(compare_counts(3, 0), "3 fler än föregående år (0)");
        assert_eq!(compare_counts(0, 3), "3 färre än föregående år (3)");
    }

    #[test]
    fn a_change_that_rounds_to_nothing_is_not_called_nothing() {
        assert_eq!(compare_counts(1001, 1000), "1 fler än föregående år (1\u{a0}000, under 1\u{a0}%)");
        assert_eq!(compare_counts(1005, 1000), "5 fler än föregående år (1\u{a0}000, +1\u{a0}%)");
    }

    #[test]
    fn extreme_counts_do_not_overflow() {
        assert!(compare_counts(i64::MAX, i64::MIN).contains(word!("domain-more")));
        assert!(compare_counts(i64::MIN, i64::MAX).contains("färre"));
        assert!(compare_shares(share(u64::MAX, u64::MAX), share(0, u64::MAX), 0).starts_with("100,0 procentenheter"));
    }

    #[test]
    fn shares_differ_in_procentenheter() {
        let expected = "2,9 procentenheter högre än föregående år (25\u{a0}%)";
        assert_eq!(compare_shares(share(109, 391), share(100, 400), 0), expected);
        let expected = "2,9 procentenheter lägre än föregående år (28\u{a0}%)";
        assert_eq!(compare_shares(share(1, 4), share(109, 391), 0), expected);
        assert_eq!(compare_shares(share(1, 4), share(2, 8), 0), "lika stor andel som föregående år (25\u{a0}%)");
        let expected = "i stort sett samma andel som föregående år (25\u{a0}%)";
        assert_eq!(compare_shares(share(10001, 40000), share(1, 4), 0), expected);
    }

    #[test]
    fn delivered_percentages_differ_without_float_noise() {
        assert_eq!(compare_percentages(70.0, 73.0, 0), "3,0 procentenheter lägre än föregående år (73\u{a0}%)");
        assert_eq!(compare_percentages(23.3, 23.9, 1), "0,6 procentenheter lägre än föregående år (23,9\u{a0}%)");
        assert_eq!(compare_percentages(70.0, 70.0, 0), "lika stor andel som föregående år (70\u{a0}%)");
    }

    #[test]
    fn a_share_is_told_by_both_numbers_and_never_rounded_to_none_or_all() {
        assert_eq!(share_of(share(109, 391), 0), "109 av 391, 28\u{a0}%");
        assert_eq!(share_of(share(3, 7), 0), "3 av 7");
        assert_eq!(share_of(share(3, 19), 0), "3 av 19");
        assert_eq!(share_of(share(3, 20), 0), "3 av 20, 15\u{a0}%");
        assert_eq!(share_of(share(0, 391), 0), "0 av 391, 0\u{a0}%");
        assert_eq!(share_of(share(391, 391), 0), "391 av 391, 100\u{a0}%");
        assert_eq!(share_of(share(1, 1000), 0), "1 av 1\u{a0}000, under 1\u{a0}%");
        assert_eq!(share_of(share(999, 1000), 0), "999 av 1\u{a0}000, över 99\u{a0}%");
        assert_eq!(share_of(share(1, 10_000), 1), "1 av 10\u{a0}000, under 0,1\u{a0}%");
        assert_eq!(share_of(share(9_999, 10_000), 1), "9\u{a0}999 av 10\u{a0}000, över 99,9\u{a0}%");
    }

    #[test]
    fn from_and_to_are_both_told() {
        assert_eq!(from_to_counts(928, 821), "från 821 till 928 (+13\u{a0}%)");
        assert_eq!(from_to_counts(5, 3), "från 3 till 5");
        assert_eq!(from_to_counts(3, 0), "från 0 till 3");
        assert_eq!(from_to_counts(12, 12), "oförändrat 12");
        assert_eq!(from_to_counts(1001, 1000), "från 1\u{a0}000 till 1\u{a0}001 (under 1\u{a0}%)");
        assert_eq!(from_to_printed("28\u{a0}%", "25\u{a0}%"), "från 25\u{a0}% till 28\u{a0}%");
        assert_eq!(from_to_printed("28\u{a0}%", "28\u{a0}%"), "oförändrat 28\u{a0}%");
    }

    #[test]
    fn a_goal_is_a_least_or_a_most() {
        assert_eq!(against_goal(true, false, "30\u{a0}%", "30\u{a0}%"), "når målet, minst 30\u{a0}% (30\u{a0}%)");
        assert_eq!(against_goal(false, true, "12\u{a0}%", "10\u{a0}%"), "når inte målet, högst 10\u{a0}% (12\u{a0}%)");
        assert_eq!((telling_decimals(89.6, 90.0, 0), telling_decimals(89.4, 90.0, 0)), (1, 0));
        assert_eq!(telling_decimals(90.0, 90.0, 0), 0);
    }

    #[test]
    fn numbers_are_higher_lower_or_equal() {
        assert_eq!(compare_numbers(12.5, 10.0, 1), "2,5 högre än föregående år (10,0)");
        assert_eq!(compare_numbers(9.0, 10.0, 0), "1 lägre än föregående år (10)");
        assert_eq!(compare_numbers(10.04, 10.0, 1), "lika högt som föregående år (10,0)");
    }
}
