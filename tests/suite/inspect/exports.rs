//! Exports of made-up systems, written from records by a fixed sequence of numbers.

use std::path::Path;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// One reported thing.
pub struct Record {
    pub id: String,
    pub reported: Date,
    pub occurred: Date,
    pub department: String,
    pub unit: String,
    pub kind: String,
    /// One or two.
    pub causes: Vec<String>,
}

const UNITS: [(&str, &str); 6] = [
    ("Öster", "Ekbacken"),
    ("Öster", "Almgården"),
    ("Öster", "Björken 2"),
    ("Väster", "Linden"),
    ("Väster", "Tallhöjden"),
    ("Norr", "Granliden"),
];
const KINDS: [&str; 4] = ["Fall", "Läkemedel", "Bemötande", "Övrigt"];
const CAUSES: [&str; 5] = ["Rutin saknas", "Bemanning", "Samverkan, intern", "Teknik", "Okänt"];

/// The same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// Records of the two calendar years 2023 and 2024.
pub fn records(count: usize, seed: u64) -> Vec<Record> {
    let mut numbers = Numbers(seed);
    let first = date(2023, 1, 1);
    (0..count)
        .map(|index| {
            let reported = first.saturating_add(jiff::Span::new().days(numbers.below(731) as i64));
            let (department, unit) = UNITS[numbers.below(UNITS.len())];
            let cause = numbers.below(CAUSES.len());
            let mut causes = vec![CAUSES[cause].to_string()];
            if numbers.below(3) == 0 {
                causes.push(CAUSES[(cause + 1 + numbers.below(CAUSES.len() - 1)) % CAUSES.len()].to_string());
            }
            Record {
                id: format!("H-{:05}", 10_000 + index * 7),
                reported,
                occurred: reported.saturating_sub(jiff::Span::new().days(numbers.below(20) as i64)),
                department: department.to_string(),
                unit: unit.to_string(),
                kind: KINDS[numbers.below(KINDS.len())].to_string(),
                causes,
            }
        })
        .collect()
}

/// Commas, quotes, dates by slashes; the occurred date stands first.
pub fn english_csv(records: &[Record]) -> String {
    let mut text = "Case ID,Date occurred,Date reported,Department,Unit,Type,Severity\n".to_string();
    for (index, record) in records.iter().enumerate() {
        text += &format!(
            "{},{},{},{},{},\"{}\",{}\n",
            record.id,
            record.occurred.strftime("%d/%m/%Y"),
            record.reported.strftime("%d/%m/%Y"),
            record.department,
            record.unit,
            record.kind,
            1 + index % 4
        );
    }
    text
}

/// As an old system writes it: Windows-1252, lines about the export, a trailing delimiter, a total and footnotes.
pub fn windows_1252_with_preamble(records: &[Record]) -> Vec<u8> {
    let mut text = "Uttag ur Händelsesystemet\r\nUrval;alla verksamheter\r\n\r\n".to_string();
    text += "Diarienr;Inkommet;Verksamhet;Händelsetyp;Åtgärdat;Timmar;\r\n";
    for (index, record) in records.iter().enumerate() {
        let done = ["Ja", "Nej", "-"][index % 3];
        let hours = if index % 9 == 0 { "IU".to_string() } else { format!("{},5", index % 40) };
        text += &format!("{};{};{};{};{done};{hours};\r\n", record.id, record.reported, record.department, record.kind);
    }
    text += &format!("Totalt;;;;;{};\r\n", records.len());
    text += "Uppgifterna är preliminära och kan komma att ändras.;;;;;;\r\n";
    text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("a letter of Windows-1252")).collect()
}

/// Excel's "Unicode-text", two causes in one cell.
pub fn utf_16_tabs(records: &[Record]) -> Vec<u8> {
    let mut text = "\u{feff}Nr\tAnmält\tEnhet\tOrsaker\r\n".to_string();
    for record in records {
        text += &format!("{}\t{}\t{}\t{}\r\n", record.id, record.reported, record.unit, record.causes.join(" | "));
    }
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A workbook with a header merged over two rows, and one row for each cause of an event.
pub fn two_header_rows(path: &Path, records: &[Record]) {
    write(path, |workbook| {
        workbook.add_worksheet().set_name("Läs mig")?.write(0, 0, "Uttaget gäller alla enheter.")?;
        let sheet = workbook.add_worksheet().set_name("Data")?;
        let plain = Format::new();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write(0, 0, "Händelser")?;
        sheet.write(2, 0, "Ärende")?;
        sheet.merge_range(2, 1, 2, 2, "Datum", &plain)?;
        sheet.merge_range(2, 3, 3, 3, "Orsak", &plain)?;
        for (column, header) in ["nr", "Rapporterat", "Inträffat"].iter().enumerate() {
            sheet.write(3, column as u16, *header)?;
        }
        let mut row = 4;
        for record in records {
            for cause in &record.causes {
                sheet.write(row, 0, &record.id)?;
                sheet.write_with_format(row, 1, &cell_of(record.reported)?, &day)?;
                sheet.write_with_format(row, 2, &cell_of(record.occurred)?, &day)?;
                sheet.write(row, 3, cause)?;
                row += 1;
            }
        }
        Ok(())
    });
}

/// A survey with years as columns; the per cent of each, `None` where the cell is a mark.
pub fn wide_years(path: &Path) -> Vec<(String, [Option<u32>; 3])> {
    let questions =
        ["Jag får den hjälp jag behöver", "Personalen lyssnar på mig", "Det är lätt att få kontakt", "Svarsfrekvens"];
    let values: Vec<(String, [Option<u32>; 3])> = questions
        .iter()
        .enumerate()
        .map(|(index, question)| {
            let base = 61 + 7 * index as u32;
            (question.to_string(), [Some(base), (index != 2).then_some(base + 3), Some(base + 5)])
        })
        .collect();
    write(path, |workbook| {
        let sheet = workbook.add_worksheet().set_name("Resultat")?;
        let percent = Format::new().set_num_format("0%");
        sheet.merge_range(0, 0, 0, 3, "Brukarundersökning, andel positiva svar", &Format::new())?;
        sheet.write(2, 0, "Fråga")?;
        for (index, year) in [2022, 2023, 2024].iter().enumerate() {
            sheet.write(2, index as u16 + 1, *year)?;
        }
        for (row, (question, by_year)) in values.iter().enumerate() {
            sheet.write(row as u32 + 3, 0, question)?;
            for (index, value) in by_year.iter().enumerate() {
                let (row, column) = (row as u32 + 3, index as u16 + 1);
                match value {
                    Some(value) => sheet.write_with_format(row, column, f64::from(*value) / 100.0, &percent)?,
                    None => sheet.write(row, column, "..")?,
                };
            }
        }
        sheet.write(8, 0, "Källa: egen undersökning.")?;
        Ok(())
    });
    values
}

type Kolada = (&'static str, &'static str, i32, &'static str, u32);

/// Values of two indicators, three municipalities, three years and three groups.
pub fn kolada_values() -> Vec<Kolada> {
    let mut values = Vec::new();
    for (place, kpi) in ["U30447", "U30448"].iter().enumerate() {
        for (area_place, area) in ["0188", "0486", "1480"].iter().enumerate() {
            for year in 2021..=2023 {
                for (gender_place, gender) in ["K", "M", "T"].iter().enumerate() {
                    let value = 40 + 9 * place + 5 * area_place + 3 * gender_place + (year - 2021) as usize;
                    values.push((*kpi, *area, year, *gender, value as u32));
                }
            }
        }
    }
    values
}

/// The long csv of API version 2.
pub fn kolada_csv(values: &[Kolada]) -> String {
    let mut text = "kpi,municipality,period,gender,status,value\n".to_string();
    for (kpi, area, year, gender, value) in values {
        text += &format!("{kpi},{area},{year},{gender},,{value}.0\n");
    }
    text
}

/// A short list of findings without an identity; how many there are.
pub fn text_list(path: &Path) -> usize {
    let rows = [
        ("Ekbacken", "Genomförandeplanerna saknar mål i flera fall", "Klar"),
        ("Linden", "Nycklar förvaras inte inlåsta under helger", "Pågår"),
        ("Granliden", "Rutinen för hot och våld är okänd för vikarier", "Pågår"),
        ("Almgården", "Loggkontroll har inte gjorts under våren", "Klar"),
        ("Linden", "Brandövning är inte genomförd under året", "Ej påbörjad"),
        ("Ekbacken", "Signeringslistor är inte fullständigt ifyllda", "Klar"),
    ];
    write(path, |workbook| {
        let sheet = workbook.add_worksheet().set_name("Iakttagelser")?;
        for (column, header) in ["Ort", "Iakttagelse", "Läge"].iter().enumerate() {
            sheet.write(0, column as u16, *header)?;
        }
        for (row, (place, finding, state)) in rows.iter().enumerate() {
            sheet.write(row as u32 + 1, 0, *place)?;
            sheet.write(row as u32 + 1, 1, *finding)?;
            sheet.write(row as u32 + 1, 2, *state)?;
        }
        Ok(())
    });
    rows.len()
}

/// A workbook as Socialstyrelsen publishes it: an info sheet, places with their county on the first row of its block, a
/// value for the country between header and data, marks, footnotes.
pub fn answers_by_place(path: &Path) {
    let rows = [
        ("Rikets värde", "", ["80 % ja", "67 % ja", "50 % ja"]),
        ("Bergs län", "Ekås", ["Nej", "Ja", "Nej"]),
        ("", "Lindvik", ["Ja", "Ja", "Nej"]),
        ("", "Almdal", ["Ja", "Nej", "Delvis"]),
        ("Dals län", "Björkö", ["Ja", "Ja", "Ja"]),
        ("", "Askersby", ["Ja", "X", "Nej"]),
        ("", "Granlunda", ["Nej", "Ja", "Ja"]),
    ];
    write(path, |workbook| {
        let info = workbook.add_worksheet().set_name("Information")?;
        info.write(0, 0, "Öppna jämförelser av ett område")?;
        info.write(2, 0, "X betyder att uppgiften är skyddad.")?;
        let sheet = workbook.add_worksheet().set_name("Kommuner")?;
        sheet.write(0, 0, "Tabell 1. Svar per kommun")?;
        let headers = ["Län", "Kommun", "Rutin för samverkan", "Uppföljning av resultat", "Plan för kompetens"];
        for (column, header) in headers.iter().enumerate() {
            sheet.write(2, column as u16, *header)?;
        }
        for (row, (county, place, answers)) in rows.iter().enumerate() {
            let row = row as u32 + 3;
            for (column, text) in
                [county, place].into_iter().chain(answers).enumerate().filter(|(_, text)| !text.is_empty())
            {
                sheet.write(row, column as u16, *text)?;
            }
        }
        sheet.write(12, 0, "Svaren är kommunernas egna.")?;
        Ok(())
    });
}

/// Personnummer of Skatteverket's examples, invented names, a telephone number, an address.
pub fn planted() -> Vec<String> {
    ["811218-9876", "Tolvina Tolvansdotter", "Elvan Elvansson", "070-174 06 05", "tolvan@example.se", "lämnade hemmet"]
        .map(String::from)
        .to_vec()
}

/// Columns of personal data among others: a number in every row, names of reporters, free text.
pub fn with_personal_data(records: &[Record]) -> String {
    let names = ["Tolvina Tolvansdotter", "Elvan Elvansson", "Nian Niosson", "Tian Tiosdotter", "Sjuan Sjuosson"];
    let mut text = "Löpnr;Datum;Typ;Personnr;Rapportör;Vad hände?;Kontakt\n".to_string();
    for (index, record) in records.iter().enumerate() {
        let told = format!("Brukaren (811218-9876) lämnade hemmet utan att personalen märkte det, händelse {index}.");
        let contact = if index % 2 == 0 { "ring 070-174 06 05" } else { "tolvan@example.se" };
        let name = names[index % names.len()];
        text += &format!("{};{};{};811218-9876;{name};{told};{contact}\n", record.id, record.reported, record.kind);
    }
    text
}

fn cell_of(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)
}

fn write(path: &Path, fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) {
    let mut workbook = Workbook::new();
    fill(&mut workbook).and_then(|()| workbook.save(path)).expect("a workbook can be written");
}
