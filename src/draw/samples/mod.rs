//! Tables with the long names of published quality reports, and extremes, for looking at figures and for their tests.

use crate::domain::table::{
    Direction, MeasureTable, NoteKind, Nothing, Role, RowKind, RowsAre, TableColumn, TableNote, TableRow, Unit, Value,
};
use crate::job::plan::{ChartKind, ChartPlan, Mark, Shade};

mod among;

pub(crate) use among::{as_ours, funnel, strips};

/// A figure to look at.
pub(super) struct Sample {
    /// Of its files.
    pub name: &'static str,
    pub chart: ChartPlan,
    pub table: MeasureTable,
}

impl Sample {
    pub(super) fn of(kind: ChartKind, name: &'static str, title: &str, table: MeasureTable) -> Sample {
        Sample { name, chart: chart(kind, name, title), table }
    }

    /// With other keys.
    pub(super) fn with(mut self, change: impl Fn(&mut ChartPlan)) -> Sample {
        change(&mut self.chart);
        self
    }
}

pub(super) const MISSING: Value = Value::Nothing(Nothing::Missing);
const PERCENT: Unit = Unit::Percent { decimals: 0 };

pub(super) fn chart(kind: ChartKind, name: &str, title: &str) -> ChartPlan {
    ChartPlan {
        name: format!("chart.{name}"),
        kind,
        measure: 0,
        title: title.to_string(),
        subtitle: None,
        columns: Vec::new(),
        rows: Vec::new(),
        top: None,
        emphasis: Vec::new(),
        shade: Shade::Row,
        mark: Mark::Line,
        axis: None,
        scale: None,
    }
}

pub(super) fn column(key: &str, label: &str, role: Role, unit: Unit, year: Option<i32>) -> TableColumn {
    TableColumn { key: key.to_string(), label: label.to_string(), role, unit, year }
}

pub(super) fn row(label: &str, kind: RowKind, level: u8, values: Vec<Value>) -> TableRow {
    let key = if kind == RowKind::Total { Vec::new() } else { vec![label.to_string()] };
    TableRow { key, label: label.to_string(), level, kind, values }
}

pub(super) fn table(name: &str, columns: Vec<TableColumn>, rows: Vec<TableRow>) -> MeasureTable {
    MeasureTable {
        name: name.to_string(),
        row_headers: vec!["Kategori".to_string()],
        columns,
        rows,
        source: "Källa: Avvikelser (Treserva).".to_string(),
        what: "antal avvikelser".to_string(),
        period: "kvalitetsår 2023".to_string(),
        n: 928,
        counts_events: true,
        ..MeasureTable::default()
    }
}

fn over_time(name: &str, rows: Vec<TableRow>) -> MeasureTable {
    MeasureTable { rows_are: RowsAre::Periods, ..table(name, now_and_then(), rows) }
}

pub(super) fn now_and_then() -> Vec<TableColumn> {
    vec![
        column("current", "2023", Role::Current, Unit::Count, Some(2023)),
        column("previous", "2022", Role::Previous, Unit::Count, Some(2022)),
    ]
}

fn counts(values: &[i64]) -> Vec<Value> {
    values.iter().map(|value| Value::Count(*value)).collect()
}

/// A count, or nothing where it is negative.
fn maybe(value: f64) -> Value {
    if value < 0.0 { MISSING } else { Value::Number(value) }
}

pub(super) fn causes() -> MeasureTable {
    let causes = [
        ("Yttre orsaker", 141, 96),
        ("Problem med bemanning", 111, 87),
        ("Brister i riktlinjer och rutiner", 42, 40),
        ("Brister i organisation och samverkan", 20, 24),
        ("Brister i kommunikation", 15, 9),
        ("Brister i arbetsmiljö och kultur", 14, 11),
        ("Tekniskt fel", 9, 12),
        ("Brist i planering", 9, 3),
        ("Kompetensbrist", 8, 2),
        ("Ej avvikelse", 6, 1),
        ("Brist i implementering", 2, 0),
        ("Problem med ramvillkor och krav", 1, 1),
    ];
    let mut rows: Vec<TableRow> =
        causes.iter().map(|(label, now, then)| row(label, RowKind::Part, 0, counts(&[*now, *then]))).collect();
    rows.insert(2, row("Okänt", RowKind::Residual, 0, counts(&[12, 3])));
    rows.push(row("Totalt", RowKind::Total, 0, counts(&[390, 289])));
    MeasureTable { n: 390, ..table("breakdown.orsaker", now_and_then(), rows) }
}

pub(super) fn homelessness() -> MeasureTable {
    let kinds = [("Läkemedel", 104, 127), ("Övergrepp, självskada, hot", 88, 74), ("Rättighet och bemötande", 37, 37)];
    let mut rows: Vec<TableRow> =
        kinds.iter().map(|(label, now, then)| row(label, RowKind::Part, 0, counts(&[*now, *then]))).collect();
    rows.push(row("Fallregistrering", RowKind::Part, 0, vec![Value::Count(198), MISSING]));
    rows.push(row("Samverkan extern", RowKind::Part, 0, vec![MISSING, Value::Count(38)]));
    rows.push(row("Övrigt", RowKind::Residual, 0, counts(&[208, 164])));
    table("breakdown.typ", now_and_then(), rows)
}

/// Unit × type of Norrtälje 2023, with groups and a total that is no sum.
pub(super) fn units() -> MeasureTable {
    let rows: [(&str, RowKind, [i64; 6]); 15] = [
        ("Stöd och utveckling", RowKind::Group, [1, 9, 9, 1, 44, 63]),
        ("Team för kvalitet och utveckling", RowKind::Part, [0, 2, 0, 0, 3, 5]),
        ("Enhet för säkerhet och systemförvaltning", RowKind::Part, [0, 3, 0, 0, 3, 6]),
        ("Administrativa enheten", RowKind::Part, [1, 4, 9, 1, 38, 52]),
        ("Försörjning och arbete", RowKind::Group, [8, 25, 8, 8, 82, 127]),
        ("Enhet för skadligt bruk och beroende", RowKind::Part, [5, 9, 1, 4, 12, 30]),
        ("Enhet för mottagning och ekonomiskt bistånd", RowKind::Part, [2, 10, 4, 3, 48, 65]),
        ("Enhet för förändring och integration", RowKind::Part, [1, 2, 3, 1, 23, 29]),
        ("Bostadsenhet", RowKind::Part, [0, 2, 0, 0, 0, 2]),
        ("Barn och vuxna", RowKind::Group, [17, 79, 21, 20, 108, 237]),
        ("Öppenvårdsenhet", RowKind::Part, [6, 11, 1, 0, 6, 24]),
        ("Utredningsenhet barn och unga", RowKind::Part, [4, 35, 4, 16, 41, 99]),
        ("Familjerättsenhet", RowKind::Part, [1, 7, 1, 1, 21, 30]),
        ("Familjehems- och insatsenhet", RowKind::Part, [3, 12, 5, 0, 22, 41]),
        ("Totalt", RowKind::Total, [24, 109, 37, 29, 228, 415]),
    ];
    let types = ["Ej avvikelse", "Lex Sarah", "Personuppgiftsincident", "Synpunkt/klagomål", "Övrig avvikelse"];
    let mut columns: Vec<TableColumn> =
        types.iter().map(|name| column(&format!("typ={name}"), name, Role::Part, Unit::Count, None)).collect();
    columns.push(column("total", "Totalt", Role::Total, Unit::Count, None));
    let rows = rows
        .iter()
        .map(|(label, kind, values)| row(label, *kind, u8::from(*kind == RowKind::Part), counts(values)))
        .collect();
    let text =
        "En rapport kan gälla flera enheter och vara av flera typer; därför är summan av delarna större än totalen.";
    let notes = vec![TableNote { kind: NoteKind::NotASum, text: text.to_string() }];
    let period = "2023".to_string();
    MeasureTable { notes, n: 415, period, ..table("breakdown.enhet_typ", columns, rows) }
}

fn years(from: i32, to: i32) -> Vec<TableColumn> {
    let role = |year: i32| match to - year {
        0 => Role::Current,
        1 => Role::Previous,
        _ => Role::Earlier,
    };
    (from..=to).map(|year| column(&format!("y{year}"), &year.to_string(), role(year), PERCENT, Some(year))).collect()
}

fn indicator(name: &str, columns: Vec<TableColumn>, rows: Vec<TableRow>) -> MeasureTable {
    MeasureTable {
        counts_events: false,
        what: "andel positiva svar, procent".to_string(),
        period: "2020–2023".to_string(),
        source: "Källa: Kolada (RKA).".to_string(),
        n: 0,
        ..table(name, columns, rows)
    }
}

pub(super) fn ifo() -> MeasureTable {
    let rows: [(&str, [f64; 4]); 8] = [
        ("svarsfrekvens (%)", [27.0, -1.0, 22.0, 41.0]),
        ("helhetssyn, andel (%)", [83.0, 85.0, 56.0, 87.0]),
        ("få kontakt, andel (%)", [65.0, 91.0, 66.0, 86.0]),
        ("tydlig information, andel (%)", [72.0, 93.0, 68.0, 88.0]),
        ("visar förståelse, andel (%)", [70.0, 91.0, 46.0, 93.0]),
        ("inflytande, andel (%)", [50.0, 98.0, 72.0, 87.0]),
        ("påverka hjälp, andel (%)", [58.0, 77.0, 38.0, 68.0]),
        ("förbättrad situation, andel (%)", [76.0, 86.0, 44.0, 84.0]),
    ];
    let mut rows: Vec<TableRow> = rows
        .iter()
        .map(|(label, values)| row(label, RowKind::Part, 0, values.iter().map(|value| maybe(*value)).collect()))
        .collect();
    rows.insert(1, row("antal svar", RowKind::Part, 0, counts(&[50, 58, 40, 101])));
    let few =
        TableNote { kind: NoteKind::FewAnswers, text: "2022 bygger på 40 svar: tolka med försiktighet.".to_string() };
    MeasureTable { notes: vec![few], ..indicator("indicator.ifo", years(2020, 2023), rows) }
}

pub(super) fn foster_homes() -> MeasureTable {
    let name = "Brukarenkät familjehem - Brukaren ";
    let rows: [(&str, [f64; 3]); 7] = [
        ("får det stöd hen behöver för att det ska fungera i skola/praktik/arbete, andel (%)", [100.0, 91.0, 70.0]),
        ("får den hjälp hen behöver med läxor, andel (%)", [100.0, 80.0, 75.0]),
        ("får det stöd hen behöver för att ha en bra fritid, andel (%)", [93.3, 91.0, 89.0]),
        ("får vara med och bestämma om saker som är viktiga för hen i boendet, andel (%)", [85.7, 73.0, 70.0]),
        ("känner sig trygg i boendet, andel (%)", [100.0, 91.0, 60.0]),
        ("vet vem hen ska kontakta om något är dåligt i boendet, andel (%)", [75.0, 82.0, 80.0]),
        ("får den hjälp hen behöver för att hålla kontakt med familj och vänner, andel (%)", [100.0, -1.0, 78.0]),
    ];
    let rows = rows.iter().map(|(label, values)| {
        row(&format!("{name}{label}"), RowKind::Part, 0, values.iter().map(|value| maybe(*value)).collect())
    });
    indicator("indicator.familjehem", years(2021, 2023), rows.collect())
}

pub(super) fn keks() -> MeasureTable {
    let rows: [(&str, [f64; 4], Direction); 8] = [
        (
            "Index Inflytande, delaktighet och ansvarstagande, öppen verksamhet",
            [69.0, 62.0, 50.0, 63.0],
            Direction::Higher,
        ),
        ("Andel unga som producerar verksamhet", [8.0, 10.0, 30.0, 5.0], Direction::Higher),
        ("Andel ungdomsproducerad verksamhet", [24.0, 32.0, 60.0, 20.0], Direction::Higher),
        ("Index delaktighet, gruppverksamhet", [75.0, 85.0, 75.0, 79.0], Direction::Higher),
        ("Index lärande, gruppverksamhet", [80.0, 65.0, 85.0, 73.0], Direction::Higher),
        ("Index trygghet och bemötande, öppen verksamhet", [91.0, 90.0, 90.0, 90.0], Direction::Higher),
        ("Avvikelse från jämn könsfördelning, öppen verksamhet", [6.0, 8.0, 10.0, 12.0], Direction::Lower),
        ("Avvikelse från jämn könsfördelning, gruppverksamhet", [10.0, 8.0, 10.0, 12.0], Direction::Lower),
    ];
    let columns = vec![
        column("current", "2023", Role::Current, PERCENT, Some(2023)),
        column("previous", "2022", Role::Previous, PERCENT, Some(2022)),
        column("goal", "Good enough-mål", Role::Goal, PERCENT, None),
        column("reference", "Snitt KEKS", Role::Reference, PERCENT, None),
    ];
    let directions = rows.iter().map(|(label, _, direction)| (label.to_string(), *direction)).collect();
    let rows = rows
        .iter()
        .map(|(label, values, _)| row(label, RowKind::Part, 0, values.map(Value::Number).to_vec()))
        .collect();
    MeasureTable { directions, ..indicator("goal.keks", columns, rows) }
}

pub(super) fn months() -> MeasureTable {
    let names = [
        "september",
        "oktober",
        "november",
        "december",
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
    ];
    let now = [71, 84, 92, 66, 78, 81, 95, 74, 88, 69, 58, 72];
    let then = [62, 70, 81, 59, 66, 71, 77, 70, 74, 61, 60, 70];
    let rows = names
        .iter()
        .zip(now.iter().zip(then))
        .map(|(name, (now, then))| row(name, RowKind::Part, 0, counts(&[*now, then])));
    let mut rows: Vec<TableRow> = rows.collect();
    rows.push(row("Totalt", RowKind::Total, 0, counts(&[928, 821])));
    over_time("trend.manad", rows)
}

/// Strängnäs 2022: areas by three measures.
pub(super) fn areas() -> MeasureTable {
    let rows = [
        ("Individ- och familjeomsorg", [2, 41, 21]),
        ("Myndighet", [3, 196, 58]),
        ("Funktionshinderomsorg", [3, 654, 18]),
        ("Äldreomsorg, särskilt boende", [17, 1241, 62]),
        ("Äldreomsorg, ordinärt boende", [1, 1458, 42]),
    ];
    let parts = ["Lex Sarah", "Avvikelser", "Synpunkter och klagomål"];
    let columns = parts.iter().map(|part| column(part, part, Role::Part, Unit::Count, None)).collect();
    let rows = rows.iter().map(|(label, values)| row(label, RowKind::Part, 0, counts(values))).collect();
    MeasureTable { n: 0, period: "2022".to_string(), ..table("breakdown.omraden", columns, rows) }
}

/// `count` rows with a name as long as names get.
pub(super) fn many(count: usize, columns: Vec<TableColumn>, value: impl Fn(usize, usize) -> Value) -> MeasureTable {
    let rows = (0..count).map(|index| {
        let values = (0..columns.len()).map(|column| value(index, column)).collect();
        let label = format!("Enhet {index} för mottagning, förändring och integration samt skadligt bruk/beroende");
        row(&label, RowKind::Part, 0, values)
    });
    let rows = rows.collect();
    table("breakdown.manga", columns, rows)
}

pub(super) fn quarters() -> MeasureTable {
    let values = [[10, 9], [12, 12], [14, 11], [17, 12]];
    let rows = ["Kvartal 1", "Kvartal 2", "Kvartal 3", "Kvartal 4"].iter().zip(values);
    let rows = rows.map(|(label, values)| row(label, RowKind::Part, 0, counts(&values)));
    over_time("trend.kvartal", rows.collect())
}

/// Twelve columns with long names.
pub(super) fn wide() -> Vec<TableColumn> {
    let label = |index: usize| format!("Personuppgiftsincident {index}");
    (1..=12).map(|index| column(&format!("c{index}"), &label(index), Role::Part, Unit::Count, None)).collect()
}

pub(super) fn difference() -> Vec<TableColumn> {
    vec![column("difference", "Skillnad", Role::Difference, Unit::Count, None)]
}
