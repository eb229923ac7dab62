//! The vocabulary of Kolada's long form: what its codes of areas, groups and scales mean. No library, no file.
//!
//! In: codes and titles as Kolada writes them. Out: what they are. Source: Kolada's API, versions 2 and 3 (2025).

use super::table::Nothing;

/// Codes of the group column: everybody, women, men.
pub const EVERYBODY: &str = "T";
/// Kolada's code for women.
pub const WOMEN: &str = "K";
/// Kolada's code for men.
pub const MEN: &str = "M";

/// The highest code of a region; `0000` is the whole country.
const LAST_REGION: u16 = 25;

/// True for a municipality: four digits above the regions'. Riket, regions and groups (`G…`) are none.
///
/// ```
/// use kvalis::domain::kolada::is_municipality;
/// assert!(is_municipality("0188") && !is_municipality("0000") && !is_municipality("0025") && !is_municipality("G35902"));
/// ```
pub fn is_municipality(code: &str) -> bool {
    code.len() == 4
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && code.parse::<u16>().is_ok_and(|number| number > LAST_REGION)
}

/// What a status says (folded: trimmed, lower case); `None` for one that says nothing.
pub fn status(folded: &str) -> Option<Nothing> {
    match folded {
        "missing" => Some(Nothing::Missing),
        "privacy" => Some(Nothing::Withheld),
        "not applicable" => Some(Nothing::NotApplicable),
        _ => None,
    }
}

/// The scale in a title, answer by answer in order of its number: `(Ja=2, Delvis=1, Nej=0)`, `(1=Ja, 0=Nej)`.
///
/// ```
/// use kvalis::domain::kolada::scale;
/// assert_eq!(scale("Hemlöshet kartlagd (Ja=1, Nej=0)"), scale("Hemlöshet kartlagd (1=Ja, 0=Nej)"));
/// assert_ne!(scale("Rutin finns (Ja=1, Nej=0)"), scale("Rutin finns (Ja=2, Delvis=1, Nej=0)"));
/// assert_eq!(scale("få kontakt, andel (%)"), None);
/// ```
pub fn scale(title: &str) -> Option<Vec<(i32, String)>> {
    title.split('(').skip(1).find_map(|after| answers(after.split(')').next()?))
}

fn answers(text: &str) -> Option<Vec<(i32, String)>> {
    let answer = |part: &str| {
        let (one, two) = part.split_once('=')?;
        let (one, two) = (one.trim(), two.trim());
        match (one.parse(), two.parse()) {
            (Ok(number), Err(_)) => Some((number, two.to_lowercase())),
            (Err(_), Ok(number)) => Some((number, one.to_lowercase())),
            _ => None,
        }
    };
    let mut answers: Vec<(i32, String)> = text.split([',', ';']).map(answer).collect::<Option<_>>()?;
    answers.sort();
    (answers.len() > 1).then_some(answers)
}
