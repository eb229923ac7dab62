//! The sample's deviation log as it was exported, read by a reader that knows nothing of the program.

use jiff::civil::Date;

use super::bench::root;

/// The log's bytes.
pub fn log() -> Vec<u8> {
    std::fs::read(root().join("sample-data/goteborg-sydvast/avvikelser_treserva.csv")).expect("the sample")
}

/// These columns of every row, without blanks around, in the order of the file.
pub fn rows<const N: usize>(columns: [&str; N]) -> Vec<[String; N]> {
    // Windows-1252 and Latin-1 agree on Swedish letters.
    let text: String = log().into_iter().map(char::from).collect();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|found| found == name).unwrap_or_else(|| panic!("no {name}"));
    let places = columns.map(place);
    let row = |record: csv::StringRecord| places.map(|place| record.get(place).unwrap_or("").trim().to_string());
    reader.records().map(|record| row(record.expect("csv"))).collect()
}

/// Both ways in which the log writes dates.
pub fn date(text: &str) -> Option<Date> {
    Date::strptime("%Y-%m-%d", text).or_else(|_| Date::strptime("%d.%m.%Y", text)).ok()
}

/// Kvalitetsår: named after the year in which it ends, from September.
pub fn year(date: Date) -> i16 {
    date.year() + i16::from(date.month() >= 9)
}
