//! One personnummer in every spelling that has been met or can be typed, in every place of an export that is read: no
//! output may spell its digits, whatever stands between them and whatever script they are of.

use crate::kit::{Bench, files_below};

const DIGITS: &str = "198112189876";

/// What stands between the date and the serial number.
const GAPS: [&str; 38] = [
    "",
    "-",
    "+",
    " ",
    "–",
    "—",
    "‐",
    "\u{2011}",
    "−",
    "\u{fe63}",
    "\u{2043}",
    "\u{a0}",
    "\u{2009}",
    "\u{202f}",
    "\u{3000}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{2060}",
    " - ",
    "- ",
    " -",
    "--",
    "/",
    ".",
    "_",
    ":",
    ",",
    "\n",
    "\r\n",
    "-\n",
    "\n-",
    "\t",
    "*",
    "\u{202a}-\u{202c}",
    "\u{2066}-\u{2069}",
    "\u{200e}-",
    "  ",
];

/// What stands between all digits.
const DIVIDERS: [&str; 4] = [" ", "-", "\u{200b}", "\u{a0}"];

/// First digits of scripts whose ten stand in a row.
const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}', '\u{1d7ce}', '\u{1d7f6}'];

fn spellings() -> Vec<String> {
    let gaps = GAPS.iter().flat_map(|gap| [format!("811218{gap}9876"), format!("19811218{gap}9876")]);
    let apart = DIVIDERS.iter().map(|divider| DIGITS.chars().map(String::from).collect::<Vec<_>>().join(divider));
    let of_script = |zero: &char| {
        let digit = |digit: char| char::from_u32(*zero as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit);
        DIGITS.chars().map(digit).collect()
    };
    let others = ["198 112 189 876", "(811218) 9876", "1981/12/18-9876", "1981-12-18\n9876", "81.12.18.9876"];
    let others = others.into_iter().map(String::from);
    gaps.chain(apart).chain(ZEROS.iter().map(of_script)).chain(others).collect()
}

/// True if a text spells the ten digits with at most four other signs between two of them.
fn spells(text: &str) -> bool {
    let digits: Vec<(usize, u32)> =
        text.chars().enumerate().filter_map(|(at, letter)| value(letter).map(|value| (at, value))).collect();
    let wanted: Vec<u32> = DIGITS[2..].chars().filter_map(|digit| digit.to_digit(10)).collect();
    digits.windows(wanted.len()).any(|found| {
        found.iter().zip(&wanted).all(|((_, value), wanted)| value == wanted)
            && found.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 5)
    })
}

fn value(letter: char) -> Option<u32> {
    let of_script = |zero: &char| (letter as u32).checked_sub(*zero as u32).filter(|value| *value < 10);
    letter.to_digit(10).or_else(|| ZEROS.iter().find_map(of_script))
}

/// A log in which every spelling stands as free text, as a label that is printed, as a case number and where nothing is
/// declared; quoted, for a line break is no end of a row.
fn log(spellings: &[String]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut log = String::from("Nr;Datum;Orsak;Dagar;Text;Annat\r\n");
    for (index, spelling) in spellings.iter().enumerate() {
        let inside = quoted(&format!("Barnet ({spelling}) hördes"));
        log.push_str(&format!("A{index};2023-01-02;{};1;{inside};{inside}\r\n", quoted(spelling)));
        log.push_str(&format!("{};2023-01-03;Rutin;{};;\r\n", quoted(spelling), quoted(spelling)));
        log.push_str(&format!("B{index};{};Rutin;1;;\r\n", quoted(spelling)));
    }
    log
}

#[test]
fn a_number_in_any_clothes_is_found_in_no_output() {
    let spellings = spellings();
    assert!(spellings.len() >= 80, "{}", spellings.len());
    assert!(spellings.iter().all(|spelling| spells(spelling)));
    let bench = Bench::case("clothes");
    bench.write("input/log.csv", log(&spellings));
    for way in [&["run", "prov.toml"][..], &["--json", "check", "prov.toml"], &["inspect", "input/log.csv"]] {
        let told = bench.cli(way).exits(0).whole();
        assert!(!spells(&told), "{way:?}: {told}");
    }
    let report = bench.read("output/prov/2023/report.md");
    assert!(report.replace('\\', "").matches("[personnummer]").count() > spellings.len());
    let output = bench.path("output");
    for (name, bytes) in files_below(&output) {
        for text in super::search::readings(&output.join(&name), &name, &bytes) {
            let spelt = text.lines().find(|line| spells(line)).unwrap_or_default();
            assert!(!spells(&text), "{name} spells the number: {}", spelt.chars().take(400).collect::<String>());
        }
    }
}
