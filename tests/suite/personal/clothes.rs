//! One personnummer in every spelling that has been met or can be typed, in every place of an export that is read: no
//! output may spell its digits, whatever stands between them and whatever script they are of.

#[path = "../../../src/domain/personal_data/tests/spellings.rs"]
mod spellings;

use crate::kit::{Bench, files_below};

/// The ten digits of scripts whose digits stand in a row are known by their first; these do not stand so.
const DIGITS: [&str; 3] = ["0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", "⓪①②③④⑤⑥⑦⑧⑨"];

const ZEROS: [char; 8] =
    ['\u{660}', '\u{6f0}', '\u{966}', '\u{e50}', '\u{ff10}', '\u{1d7ce}', '\u{1d7d8}', '\u{1d7f6}'];

/// True if a text spells the ten digits with at most four other signs between two of them.
fn spells(text: &str) -> bool {
    let digits: Vec<(usize, u32)> =
        text.chars().enumerate().filter_map(|(at, letter)| value(letter).map(|value| (at, value))).collect();
    let wanted: Vec<u32> = "8112189876".chars().filter_map(|digit| digit.to_digit(10)).collect();
    digits.windows(wanted.len()).any(|found| {
        found.iter().zip(&wanted).all(|((_, value), wanted)| value == wanted)
            && found.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 5)
    })
}

fn value(letter: char) -> Option<u32> {
    let of_script = |zero: &char| (letter as u32).checked_sub(*zero as u32).filter(|value| *value < 10);
    let place = |ten: &&str| ten.chars().position(|digit| digit == letter).map(|place| place as u32);
    DIGITS.iter().find_map(place).or_else(|| ZEROS.iter().find_map(of_script))
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
    let spellings = spellings::under("one number");
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
