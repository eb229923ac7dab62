//! A job whose exports hold personal data wherever an export can hold them.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, Note, Workbook};

use super::planted::Planted;
use crate::kit::Bench;

/// Job, templates and exports.
pub fn furnished(planted: &Planted) -> Bench {
    let bench = Bench::case("personal");
    bench.write(&name_of_log(planted), log(planted, "2023"));
    bench.write(&format!("input/avvikelser {}.csv", planted.email), log(planted, "2022"));
    register(&bench.path(&format!("input/åtgärder {}.xlsx", planted.coordination)), planted);
    bench
}

/// The export of the job's year.
pub fn name_of_log(planted: &Planted) -> String {
    format!("input/avvikelser {}.csv", planted.written_person())
}

/// A deviation log: everything where nothing is declared, forms where text is masked or a label printed, names where a
/// column is not safe.
pub fn log(planted: &Planted, year: &str) -> String {
    let (all, forms, name) = (planted.all(), planted.forms(), &planted.name);
    let (person, coordination) = (planted.written_person(), &planted.coordination);
    let header = format!("Nr;Datum;Klart;Typ;Orsak;Dagar;IVO;Text;Beskrivning;{all}");
    let rows = [
        format!("A1;{year}-01-02;{year}-02-02;Fall;Rutin;1;Ja;Inget;{all};{all}"),
        // A text that is masked, with a line break in it and in capitals.
        format!("A2;{year}-01-03;;Läkemedel;Rutin;2;Nej;\"{forms}\n{}\";{all};", forms.to_uppercase()),
        // What a row says in columns that are not safe: an unknown category, a bad date, a bad answer.
        format!("A3;{year}-01-04;{all};{all};Rutin;3;{all};;{all};"),
        // Labels, numbers and dates of columns that are safe.
        format!("A4;{year}-01-05;;Fall;{person}|{coordination};{person};Ja;;;"),
        format!("A5;{person};;Fall;Rutin;;;;{all};"),
        format!("A6;{coordination};;Fall;Ring {};;;;{all};", planted.telephone),
        format!("A6b;{year}-01-05;;Fall;{};;;;{all};", planted.email),
        // No id, and an id that is somebody.
        format!(";{year}-01-06;;Fall;Rutin;;;{forms};{all};"),
        format!("{person};{year}-01-07;;Fall;Rutin;;;;{all};"),
        format!("19{coordination};{year}-01-07;;Fall;Rutin;;;;{all};"),
        format!("{};{year}-01-07;;Fall;Rutin;;;;{all};", planted.email),
        // Outside the period, the same again, the same with other content.
        format!("A7;1999-01-01;{all};{all};Rutin;;;{forms};{all};"),
        format!("A1;{year}-01-02;{year}-02-02;Fall;Rutin;1;Ja;Inget;{name};{all}"),
        format!("A2;{year}-01-03;;Övrigt;Rutin;2;Nej;{forms};{all};"),
        // Beyond the header.
        format!("A8;{year}-01-08;;Övrigt;Bemanning;;;;;;{all};;{all}"),
    ];
    // Rows above the header and below the data.
    format!("{all}\r\n\r\n{header}\r\n{}\r\n\r\nTotalt;{person}\r\n{all}\r\n", rows.join("\r\n"))
}

fn register(path: &Path, planted: &Planted) {
    let (all, forms) = (planted.all(), planted.forms());
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author(&planted.name).set_title(&all).set_comment(&all));
    let sheet = book.add_worksheet();
    sheet.set_name(planted.written_person()).expect("a name");
    let long = planted.person.parse::<f64>().expect("ten digits");
    let rows: [(u32, &[&str]); 6] = [
        (0, &[&all]),
        (2, &["Åtgärd", "Ansvarig", "Handläggare", &all]),
        (3, &["Ny rutin", "Chef", &all, &all]),
        (4, &[&forms, "Chef", &all, ""]),
        (5, &["Utbildning", &planted.person, &all, &all]),
        (9, &[&all]),
    ];
    for (row, cells) in rows {
        sheet.write_row(row, 0, cells.iter().copied()).expect("written");
    }
    sheet.write(6, 0, long).expect("written");
    sheet.write(6, 1, "Chef").expect("written");
    sheet.insert_note(3, 0, &Note::new(&all).set_author(&planted.name)).expect("a note");
    let hidden = book.add_worksheet();
    hidden.set_name(format!("Dold {}", planted.coordination)).expect("a name");
    hidden.set_hidden(true);
    hidden.write(0, 0, &all).expect("written");
    let second = book.add_worksheet();
    second.set_name(format!("Blad {}", planted.telephone)).expect("a name");
    second.write_row(0, 0, ["Åtgärd", "Ansvarig"]).expect("written");
    second.write_row(1, 0, ["Handledning", &planted.email]).expect("written");
    book.save(path).expect("saved");
}
