//! Swedish word forms of numbers, dates and names: "tre", "tredje", "31 augusti 2023", "andra kvartalet", "Vuxnas".
//!
//! In: exact values. Out: words. Numbers above twelve are written in figures, as Swedish style has it.

use super::period::date_of;
use super::sentence::count_of;
use super::swedish::{NO_BREAK_SPACE, integer, month_name};

/// Numbers up to this one have words.
const LAST_WORD: i64 = 12;

/// What is counted: the forms of a noun that a sentence can need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NounForms<'a> {
    /// "avvikelse"
    pub one: &'a str,
    /// "avvikelser"
    pub many: &'a str,
    /// True for ett-words.
    pub neuter: bool,
}

/// "noll", "en" or "ett", "två" … "tolv"; figures for what is larger, or below zero.
///
/// ```
/// use kvalis::domain::words::number_word;
/// assert_eq!((number_word(1, true).as_str(), number_word(12, false).as_str()), ("ett", "tolv"));
/// assert_eq!(number_word(13, false), "13");
/// ```
pub fn number_word(number: i64, neuter: bool) -> String {
    const WORDS: [&str; 13] =
        ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];
    match usize::try_from(number).ok().and_then(|index| WORDS.get(index)) {
        Some(_) if number == 1 && neuter => "ett".to_string(),
        Some(word) => (*word).to_string(),
        None => integer(number),
    }
}

/// "inga avvikelser", "en avvikelse", "ett klagomål", "tolv avvikelser", "13 avvikelser".
pub fn counted_in_words(count: i64, noun: NounForms) -> String {
    match count {
        0 => count_of(0, noun.one, noun.many),
        1 => format!("{} {}", number_word(1, noun.neuter), noun.one),
        2..=LAST_WORD => format!("{} {}", number_word(count, noun.neuter), noun.many),
        _ => count_of(count, noun.one, noun.many),
    }
}

/// "ingen avvikelse", "inget klagomål": none of them, of which there could be one.
pub fn not_one(noun: NounForms) -> String {
    format!("{} {}", if noun.neuter { "inget" } else { "ingen" }, noun.one)
}

/// "första", "andra" … "tolfte"; "13:e", "21:a", "22:a", "111:e".
///
/// ```
/// use kvalis::domain::words::ordinal;
/// assert_eq!((ordinal(3).as_str(), ordinal(21).as_str(), ordinal(12).as_str()), ("tredje", "21:a", "tolfte"));
/// ```
pub fn ordinal(number: u32) -> String {
    const WORDS: [&str; 12] = [
        "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte",
        "tolfte",
    ];
    if let Some(word) = number.checked_sub(1).and_then(|index| WORDS.get(index as usize)) {
        return (*word).to_string();
    }
    // Read aloud: tjugoförsta, hundraandra; but elfte and tolfte.
    let ends_in_a = matches!(number % 10, 1 | 2) && !matches!(number % 100, 11 | 12);
    format!("{}:{}", integer(i64::from(number)), if ends_in_a { "a" } else { "e" })
}

/// "31 augusti 2023" of a day since 1970-01-01; the day does not leave its month at the end of a line.
///
/// ```
/// assert_eq!(kvalis::domain::words::long_date(19_600), "31\u{a0}augusti 2023");
/// ```
pub fn long_date(day: i32) -> String {
    let date = date_of(day);
    format!("{}{NO_BREAK_SPACE}{} {}", date.day(), month_name(date.month() as u8), date.year())
}

/// "första kvartalet" … "fjärde kvartalet"; other numbers are no quarter.
pub fn quarter(number: u32) -> Option<String> {
    (1..=4).contains(&number).then(|| printed!("domain-quarter-of-year", name = ordinal(number)))
}

/// "Göteborgs", "Vuxnas", but "Strängnäs", "Max": a name that ends in s, x or z keeps its form.
///
/// ```
/// use kvalis::domain::words::genitive;
/// assert_eq!((genitive("Norrtälje").as_str(), genitive("Strängnäs").as_str()), ("Norrtäljes", "Strängnäs"));
/// ```
pub fn genitive(name: &str) -> String {
    let keeps = name.to_lowercase().ends_with(['s', 'x', 'z']);
    // An abbreviation in capitals takes a colon: "IVO:s".
    let last: Vec<char> = name.chars().rev().take(2).collect();
    let is_abbreviation = last.len() == 2 && last.iter().all(|letter| letter.is_uppercase());
    match (keeps && !is_abbreviation, is_abbreviation) {
        (true, _) => name.to_string(),
        (_, true) => format!("{name}:s"),
        _ => format!("{name}s"),
    }
}

/// "augusti 2023" of "2023-08"; other texts are no month.
pub(crate) fn long_month(text: &str) -> Option<String> {
    let (year, month) = text.split_once('-')?;
    let is_digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let name = (is_digits(year, 4) && is_digits(month, 2)).then(|| month.parse().ok().map(month_name)).flatten()?;
    (!name.is_empty()).then(|| format!("{name} {year}"))
}

/// "kvalitetsår 2023" in the genitive is "kvalitetsåret 2023": a year with its word before it, in the definite form.
///
/// A calendar year is "året 2023", or "2023" as it stands where the sentence has a preposition of its own.
pub fn definite_period(name: &str) -> String {
    match name.strip_prefix("kvalitetsår ") {
        Some(year) => printed!("domain-quality-year-of", year),
        None => printed!("domain-year-of", name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AVVIKELSE: NounForms = NounForms { one: "avvikelse", many: "avvikelser", neuter: false };
    const KLAGOMAL: NounForms = NounForms { one: "klagomål", many: "klagomål", neuter: true };

    #[test]
    fn numbers_up_to_tolv_are_words_in_the_gender_of_the_noun() {
        let words: Vec<String> = (0..=13).map(|number| number_word(number, false)).collect();
        assert_eq!(words.join(" "), "noll en två tre fyra fem sex sju åtta nio tio elva tolv 13");
        assert_eq!(number_word(1, true), "ett");
        assert_eq!(number_word(2, true), "två");
        assert_eq!(number_word(-1, false), "\u{2212}1");
        assert_eq!(number_word(1458, false), "1\u{a0}458");
    }

    #[test]
    fn counts_in_words_take_number_and_gender() {
        assert_eq!(counted_in_words(0, AVVIKELSE), "inga avvikelser");
        assert_eq!(counted_in_words(1, AVVIKELSE), "en avvikelse");
        assert_eq!(counted_in_words(1, KLAGOMAL), "ett klagomål");
        assert_eq!(counted_in_words(2, KLAGOMAL), "två klagomål");
        assert_eq!(counted_in_words(12, AVVIKELSE), "tolv avvikelser");
        assert_eq!(counted_in_words(13, AVVIKELSE), "13\u{a0}avvikelser");
        assert_eq!((not_one(AVVIKELSE).as_str(), not_one(KLAGOMAL).as_str()), ("ingen avvikelse", "inget klagomål"));
    }

    #[test]
    fn ordinals_end_as_they_are_read_aloud() {
        let words: Vec<String> = (1..=12).map(ordinal).collect();
        let expected = "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte";
        assert_eq!(words.join(" "), expected);
        let figures = [0, 13, 20, 21, 22, 23, 101, 111, 112, 121].map(ordinal);
        assert_eq!(figures.join(" "), "0:e 13:e 20:e 21:a 22:a 23:e 101:a 111:e 112:e 121:a");
    }

    #[test]
    fn dates_and_quarters_have_their_words() {
        assert_eq!(long_date(0), "1\u{a0}januari 1970");
        assert_eq!(long_date(19_782), "29\u{a0}februari 2024");
        let quarters: Vec<Option<String>> = (0..=5).map(quarter).collect();
        assert_eq!(quarters[0], None);
        assert_eq!(quarters[4].as_deref(), Some("fjärde kvartalet"));
        assert_eq!(quarters[5], None);
    }

    #[test]
    fn the_genitive_adds_s_unless_the_name_has_it() {
        for (name, genitive_of) in [
            ("Göteborg", "Göteborgs"),
            ("Barn och unga", "Barn och ungas"),
            ("Strängnäs", "Strängnäs"),
            ("Max", "Max"),
            ("IVO", "IVO:s"),
            ("JO", "JO:s"),
            ("Å", "Ås"),
            ("", "s"),
        ] {
            assert_eq!(genitive(name), genitive_of);
        }
    }

    #[test]
    fn periods_have_a_definite_form() {
        assert_eq!(definite_period("kvalitetsår 2023"), "kvalitetsåret 2023");
        assert_eq!(definite_period("2023"), "året 2023");
    }
}
