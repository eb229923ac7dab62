//! One personnummer in every spelling that has been met or can be typed, in every place of an export that is read: no
//! output may spell its digits, whatever stands between them and whatever script they are of.

use std::fs;
use std::path::Path;

use super::{kvalis, said};
use crate::runs::files_below;

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
fn furnish(folder: &Path, spellings: &[String]) {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut log = String::from("Nr;Datum;Orsak;Dagar;Text;Annat\r\n");
    for (index, spelling) in spellings.iter().enumerate() {
        let inside = quoted(&format!("Barnet ({spelling}) hördes"));
        log.push_str(&format!("A{index};2023-01-02;{};1;{inside};{inside}\r\n", quoted(spelling)));
        log.push_str(&format!("{};2023-01-03;Rutin;{};;\r\n", quoted(spelling), quoted(spelling)));
        log.push_str(&format!("B{index};{};Rutin;1;;\r\n", quoted(spelling)));
    }
    for name in ["input", "templates"] {
        fs::create_dir_all(folder.join(name)).expect("made");
    }
    fs::write(folder.join("input/log.csv"), log).expect("written");
    fs::write(folder.join("prov.toml"), JOB).expect("written");
    fs::write(folder.join("templates/allt.md"), "{{ table(\"table.orsak\") }}\n\n{{ table(\"table.rader\") }}\n")
        .expect("written");
}

const JOB: &str = r#"
[job]
title = "Prov {period}"
organisation = "Provkommunen"
as_of = "2024-01-15"
period = { kind = "calendar_year", year = 2023 }
input = "input"
templates = "templates"
output = "output"
formats = ["html", "docx", "pdf", "xlsx", "markdown"]

[source.log]
kind = "events"
title = "Loggen"
noun = { one = "händelse", many = "händelser" }
files = ["*.csv"]
period_date = "datum"

[source.log.columns]
nr = { header = "Nr", kind = "id" }
datum = { header = "Datum", kind = "date", required = true, safe = true }
orsak = { header = "Orsak", kind = "category", safe = true }
dagar = { header = "Dagar", kind = "number", safe = true }
text = { header = "Text", kind = "text" }

[source.rader]
kind = "register"
title = "Raderna"
noun = { one = "rad", many = "rader" }
files = ["*.csv"]

[source.rader.columns]
text = { header = "Text", kind = "text" }
orsak = { header = "Orsak", kind = "text", safe = true }

[breakdown.orsak]
source = "source.log"
title = "Per orsak"
rows = "orsak"

[register.rader]
source = "source.rader"
title = "Rader"
columns = ["text", "orsak"]

[table.orsak]
measure = "breakdown.orsak"

[table.rader]
measure = "register.rader"

[[chapter]]
title = "Allt"
template = "allt.md"
"#;

#[test]
fn a_number_in_any_clothes_is_found_in_no_output() {
    let spellings = spellings();
    assert!(spellings.len() >= 80, "{}", spellings.len());
    assert!(spellings.iter().all(|spelling| spells(spelling)));
    let folder = tempfile::tempdir().expect("a temporary folder");
    furnish(folder.path(), &spellings);
    for way in [&["run", "prov.toml"][..], &["--json", "check", "prov.toml"], &["inspect", "input/log.csv"]] {
        let output = kvalis(folder.path(), way);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{way:?}: {said}");
        assert!(!spells(&said), "{way:?}: {said}");
    }
    let output = folder.path().join("output");
    let report = fs::read_to_string(output.join("prov/2023/report.md")).expect("Markdown");
    assert!(report.replace('\\', "").matches("[personnummer]").count() > spellings.len());
    for (name, bytes) in files_below(&output) {
        for text in super::search::readings(&output.join(&name), &name, &bytes) {
            let spelt = text.lines().find(|line| spells(line)).unwrap_or_default();
            assert!(!spells(&text), "{name} spells the number: {}", spelt.chars().take(400).collect::<String>());
        }
    }
}
