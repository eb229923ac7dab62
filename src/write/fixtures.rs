//! A small report made by hand for this step's tests, with names and numbers of published reports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{InputFile, Manuscript, ReportInputs, Templates};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::domain::balance::{Balance, Fate, Origin, Tally};
use crate::domain::cube::{Condition, Grain};
use crate::domain::period::PeriodRule;
use crate::domain::table::{
    MeasureTable, NoteKind, Nothing, Role, RowKind, TableColumn, TableNote, TableRow, Unit, Value,
};
use crate::draw::{Figure, NativeChart, SheetForm};
use crate::job::plan::{
    AxisPlan, BreakdownPlan, ChapterPlan, ChartKind, ChartPlan, ColumnKindPlan, ColumnPlan, Format, JobPlan,
    KeyNumberPlan, Mark, MeasureKind, MeasurePlan, Plan, RowOrder, Shade, SourceKind, SourcePlan, TablePlan, ThemePlan,
    WhenMissing,
};
use crate::vocabulary::fixtures;

/// Everything that a report is made of, owned.
pub(super) struct Report {
    pub plan: Plan,
    pub tables: Vec<MeasureTable>,
    pub figures: Vec<Figure>,
    pub balances: Vec<Balance>,
    pub warnings: Vec<Diagnostic>,
    pub inputs: Vec<InputFile>,
    pub manuscript: Arc<Manuscript>,
    pub hiding: BTreeSet<String>,
}

impl Report {
    pub(super) fn inputs(&self) -> ReportInputs<'_> {
        ReportInputs {
            unread: &[],
            plan: &self.plan,
            tables: &self.tables,
            figures: self.figures.clone(),
            balances: &self.balances,
            warnings: &self.warnings,
            inputs: &self.inputs,
            manuscript: &self.manuscript,
            hiding: &self.hiding,
        }
    }
}

const KVALITETSAR: PeriodRule = PeriodRule { first_month: 9, named_after_end: true };

pub(super) fn templates_folder() -> PathBuf {
    PathBuf::from("tests/cases/write/templates")
}

/// The templates of a folder, and of the folders in it.
pub(super) fn templates(folder: &Path) -> Templates {
    let entries = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path());
    let named = entries.flat_map(|path| {
        let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
        if path.is_dir() {
            let below = templates(&path).0.into_iter();
            return below.map(|(below, text)| (format!("{name}/{below}"), text)).collect::<Vec<_>>();
        }
        vec![(name, Ok(std::fs::read_to_string(&path).expect("a template is text")))]
    });
    Templates(named.collect())
}

/// The report with one chapter "kapitel.md" that says `text`, of "Vuxna", and no key numbers.
pub(super) fn report_of(title: &str, text: &str) -> Report {
    let mut report = report();
    let templates = Templates(BTreeMap::from([("kapitel.md".to_string(), Ok(text.to_string()))]));
    report.manuscript = Arc::new(Manuscript { templates, ..Manuscript::default() });
    report.plan.key_numbers.clear();
    report.plan.chapters.truncate(1);
    report.plan.chapters[0].title = title.to_string();
    report.plan.chapters[0].template = "kapitel.md".to_string();
    report.plan.chapters[0].with = BTreeMap::from([("avdelning".to_string(), "Vuxna".to_string())]);
    report
}

/// Two avdelningar of Göteborg Sydväst, the enheter of Norrtälje, a survey and a register.
pub(super) fn report() -> Report {
    let tables = vec![
        kategori(
            "Barn och unga",
            &[
                ("Yttre orsaker", 141, 96),
                ("Problem med bemanning", 111, 80),
                ("Brister i riktlinjer och rutiner", 42, 42),
            ],
            (390, 289),
        ),
        kategori(
            "Vuxna",
            &[("Bemötande", 15, 5), ("Yttre orsaker", 11, 9), ("Brister i kommunikation", 4, 0)],
            (27, 13),
        ),
        enhet_typ(),
        ifo(),
        atgarder(),
    ];
    let figures = tables[..2].iter().map(figure).collect();
    Report {
        plan: plan(&tables),
        tables,
        figures,
        balances: vec![balance("avvikelser_treserva.csv", None, 1458), balance("atgarder.xlsx", Some("Åtgärder"), 12)],
        warnings: vec![warning(), warning()],
        manuscript: Arc::new(Manuscript { templates: templates(&templates_folder()), ..Manuscript::default() }),
        hiding: BTreeSet::new(),
        inputs: vec![input("avvikelser_treserva.csv", Some("windows-1252")), input("atgarder.xlsx", None)],
    }
}

fn column(key: &str, label: &str, role: Role, unit: Unit, year: Option<i32>) -> TableColumn {
    TableColumn { key: key.into(), label: label.into(), role, unit, year }
}

fn row(label: &str, level: u8, kind: RowKind, values: Vec<Value>) -> TableRow {
    let key = if kind == RowKind::Total { Vec::new() } else { vec![label.to_string()] };
    TableRow { key, label: label.into(), level, kind, values }
}

pub(super) fn table(
    name: &str,
    title: &str,
    headers: &[&str],
    columns: Vec<TableColumn>,
    rows: Vec<TableRow>,
) -> MeasureTable {
    MeasureTable {
        name: name.into(),
        title: title.into(),
        row_headers: headers.iter().map(|header| header.to_string()).collect(),
        columns,
        rows,
        source: "Källa: Avvikelser (Treserva), uttag 2023-10-15.".into(),
        what: "antal avvikelser".into(),
        period: "kvalitetsår 2023".into(),
        n: 390,
        ..MeasureTable::default()
    }
}

fn years() -> Vec<TableColumn> {
    vec![
        column("current", "2023", Role::Current, Unit::Count, Some(2023)),
        column("previous", "2022", Role::Previous, Unit::Count, Some(2022)),
        column("difference", "Skillnad", Role::Difference, Unit::Count, None),
        column("change", "Förändring", Role::Change, Unit::Percent { decimals: 0 }, None),
    ]
}

fn compared(now: i64, then: i64) -> Vec<Value> {
    let change = if then < 20 { Value::Nothing(Nothing::NotApplicable) } else { Value::Change { now, then } };
    vec![Value::Count(now), Value::Count(then), Value::Count(now - then), change]
}

pub(super) fn kategori(avdelning: &str, rows: &[(&str, i64, i64)], total: (i64, i64)) -> MeasureTable {
    let parts = rows.iter().map(|(label, now, then)| row(label, 0, RowKind::Part, compared(*now, *then)));
    let residual = row("Övrigt", 0, RowKind::Residual, compared(96, 71));
    let total = row("Totalt", 0, RowKind::Total, compared(total.0, total.1));
    let name = format!("breakdown.kategori/{avdelning}");
    let title = format!("Avvikelser per kategori, {avdelning}");
    table(&name, &title, &["Kategori"], years(), parts.chain([residual, total]).collect())
}

fn enhet_typ() -> MeasureTable {
    let types = [
        "Ej avvikelse i socialnämndens verksamhet",
        "Lex Sarah",
        "Personuppgiftsincident",
        "Synpunkt/klagomål",
        "Övrig avvikelse",
    ];
    let mut columns: Vec<TableColumn> =
        types.iter().map(|label| column(&format!("typ={label}"), label, Role::Part, Unit::Count, None)).collect();
    columns.push(column("total", "Totalt", Role::Total, Unit::Count, None));
    let counts =
        |label: &str, level, kind, counts: [i64; 6]| row(label, level, kind, counts.map(Value::Count).to_vec());
    let mut rows = vec![
        counts("Stöd och utveckling", 0, RowKind::Group, [1, 9, 9, 1, 44, 63]),
        counts("Team för kvalitet och utveckling", 1, RowKind::Part, [0, 2, 0, 0, 3, 5]),
        counts("Enhet för säkerhet och systemförvaltning", 1, RowKind::Part, [0, 3, 0, 0, 3, 6]),
        counts("Administrativa enheten", 1, RowKind::Part, [1, 4, 9, 1, 38, 52]),
        counts("Barn och vuxna", 0, RowKind::Group, [17, 79, 21, 20, 108, 237]),
        counts("Öppenvårdsenhet", 1, RowKind::Part, [6, 11, 1, 0, 6, 24]),
        counts("Utredningsenhet barn och unga", 1, RowKind::Part, [4, 35, 4, 16, 41, 99]),
        counts("Enhet för mottagning barn och unga", 1, RowKind::Part, [4, 26, 10, 3, 26, 64]),
        counts("Totalt", 0, RowKind::Total, [24, 109, 37, 29, 228, 1415]),
    ];
    rows[1].values[2] = Value::Nothing(Nothing::Withheld);
    let mut made = table(
        "breakdown.enhet_typ",
        "Avvikelserapporter per avdelning, enhet och typ",
        &["Avdelning", "Enhet"],
        columns,
        rows,
    );
    let text = "Enheterna summerar inte till avdelningen: en rapport kan gälla flera enheter.".to_string();
    made.notes.push(TableNote { kind: NoteKind::NotASum, text });
    made
}

fn ifo() -> MeasureTable {
    let percent = Unit::Percent { decimals: 0 };
    let columns = vec![
        column("y2020", "2020", Role::Earlier, percent, Some(2020)),
        column("y2021", "2021", Role::Earlier, percent, Some(2021)),
        column("y2022", "2022", Role::Previous, percent, Some(2022)),
        column("y2023", "2023", Role::Current, percent, Some(2023)),
        column("difference", "Skillnad", Role::Difference, Unit::PercentagePoints { decimals: 0 }, None),
    ];
    let number = |value: f64| if value < 0.0 { Value::Nothing(Nothing::Withheld) } else { Value::Number(value) };
    let years = |label: &str, values: [f64; 4], difference: Value| {
        row(label, 0, RowKind::Part, values.map(number).into_iter().chain([difference]).collect())
    };
    let rows = vec![
        years("svarsfrekvens (%)", [27.0, -1.0, 22.0, 41.0], Value::Number(19.0)),
        years("helhetssyn, andel (%)", [83.0, 85.0, 56.0, 87.0], Value::Number(31.0)),
        years("visar förståelse, andel (%)", [70.0, 91.0, 46.0, 93.0], Value::Nothing(Nothing::Missing)),
    ];
    let mut made =
        table("indicator.ifo", "Brukarbedömning, individ- och familjeomsorgen totalt", &["Fråga"], columns, rows);
    made.source = "Källa: Kolada.".into();
    made
}

fn atgarder() -> MeasureTable {
    let columns = vec![
        column("atgard", "Åtgärd", Role::Text, Unit::Text, None),
        column("ansvarig", "Ansvarig", Role::Text, Unit::Text, None),
        column("klar", "Ska vara klar", Role::Text, Unit::Date, None),
        column("status", "Status", Role::Text, Unit::Text, None),
    ];
    let line = |atgard: &str, ansvarig: &str, day: i32, status: &str| {
        let values = vec![
            Value::Text(atgard.into()),
            Value::Text(ansvarig.into()),
            Value::Date(day),
            Value::Text(status.into()),
        ];
        TableRow { key: Vec::new(), label: String::new(), level: 0, kind: RowKind::Part, values }
    };
    let rows = vec![
        line(
            "Införa en gemensam rutin för mottagning av synpunkter vid samtliga enheter",
            "Enhetschef mottagning",
            19_500,
            "Pågår, försenad",
        ),
        line("Utbilda i bemötande", "Kvalitetsutvecklare", 19_600, "Klar"),
    ];
    let mut made = table("register.atgarder", "Förbättringsåtgärder", &[], columns, rows);
    made.source = "Källa: Förbättringsåtgärder.".into();
    made
}

fn figure(data: &MeasureTable) -> Figure {
    let name = data.name.replace("breakdown", "ranked_bar");
    let svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 300\" role=\"img\">\
               <title>Kategorier</title><desc>Staplar.</desc><rect x=\"200\" y=\"40\" width=\"400\" height=\"40\" fill=\"#1f4e79\"/>\
               <text x=\"190\" y=\"66\" text-anchor=\"end\" font-size=\"16\">Yttre orsaker</text></svg>\n";
    Figure {
        name,
        title: data.title.clone(),
        subtitle: "Antal".into(),
        svg: svg.into(),
        png: Vec::new(),
        width_px: 800,
        height_px: 300,
        alt_text: "Staplar.".into(),
        data: data.clone(),
        notes: Vec::new(),
        source: data.source.clone(),
        in_sheet: SheetForm::Chart(NativeChart::RankedBars),
    }
}

fn balance(file: &str, sheet: Option<&str>, kept: u64) -> Balance {
    let mut tally = Tally::default();
    tally.add(Fate::Heading, 1);
    tally.add(Fate::Kept, kept);
    tally.add(Fate::OutsidePeriod, 3);
    let origin = Origin { source: "avvikelser".into(), file: file.into(), sheet: sheet.map(str::to_string) };
    tally.close(origin, kept + 4).expect("the fates are those just counted")
}

fn warning() -> Diagnostic {
    let at = Location::Sheet { file: "data/atgarder.xlsx".into(), sheet: "Åtgärder".into() };
    Diagnostic::warning(Code::UnknownCategory, "unknown category", at)
}

fn input(file: &str, encoding: Option<&str>) -> InputFile {
    InputFile {
        source: "avvikelser".into(),
        source_title: "Avvikelser (Treserva)".into(),
        file_name: file.into(),
        bytes: 515_293,
        digest: "5f1d7a84db00d2fce00b31a7fc73224f".into(),
        encoding: encoding.map(str::to_string),
        sheets: if encoding.is_none() { vec!["Åtgärder".into()] } else { Vec::new() },
    }
}

fn plan(tables: &[MeasureTable]) -> Plan {
    Plan {
        measured: crate::measure::plan::Plan {
            job: job(),
            sources: vec![source()],
            measures: tables.iter().map(measure).collect(),
        },
        theme: theme(),
        charts: vec![chart("Barn och unga", 0), chart("Vuxna", 1)],
        tables: printed_tables(tables),
        key_numbers: key_numbers(),
        protect: None,
        checks: Vec::new(),
        chapters: chapters(),
    }
}

fn job() -> JobPlan {
    JobPlan {
        name: "analyze".into(),
        file: "pipelines/analyze.toml".into(),
        title: "Kvalitetsrapport kvalitetsår 2023".into(),
        organisation: "Socialförvaltningen Sydväst, Göteborgs Stad".into(),
        committee: Some("Socialnämnden Sydväst".into()),
        decision: Some("Beslutsunderlag för nämndens behandling".into()),
        as_of: 19_645,
        period: KVALITETSAR,
        templates: templates_folder(),
        formats: vec![Format::Html],
        ..fixtures::job()
    }
}

pub(super) fn theme<File>() -> ThemePlan<File> {
    ThemePlan {
        accent: "#1f4e79".into(),
        palette: Vec::new(),
        ink: "#1c1c1c".into(),
        muted: "#595959".into(),
        ..ThemePlan::default()
    }
}

fn source() -> SourcePlan {
    let column = |name: &str, label: &str| ColumnPlan {
        headers: vec![label.into()],
        label: label.into(),
        ..fixtures::column(name, ColumnKindPlan::OpenCategory)
    };
    let columns = vec![column("avdelning", "Avdelning"), column("kategori", "Kategori")];
    SourcePlan {
        files: vec!["avvikelser_treserva.csv".into()],
        period: KVALITETSAR,
        ..fixtures::source("avvikelser", SourceKind::Events, columns)
    }
}

fn measure(table: &MeasureTable) -> MeasurePlan {
    let each = table.name.split_once('/').map(|(_, value)| value.to_string());
    let condition = |value: String| Condition { column: "avdelning".into(), values: vec![value], negated: false };
    let each = each.map(condition);
    let not_other = Condition { column: "kategori".into(), values: vec!["Okänt".into(), "Fel".into()], negated: true };
    let kind = MeasureKind::Breakdown(BreakdownPlan {
        rows: vec![AxisPlan { column: 1, grain: Grain::Value, values: Vec::new() }],
        conditions: each.iter().cloned().chain([not_other]).collect(),
        earlier: 1,
        order: RowOrder::Count,
        ..BreakdownPlan::default()
    });
    MeasurePlan { each, ..MeasurePlan::alone(table.name.clone(), table.title.clone(), 0, kind) }
}

fn chart(avdelning: &str, measure: usize) -> ChartPlan {
    ChartPlan {
        name: format!("ranked_bar.kategori/{avdelning}"),
        kind: ChartKind::RankedBar,
        measure,
        title: "Avvikelser per kategori".into(),
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

fn printed_tables(tables: &[MeasureTable]) -> Vec<TablePlan> {
    let printed = |(measure, table): (usize, &MeasureTable)| TablePlan {
        name: format!("table.{}", table.name.split_once('.').map_or("", |(_, name)| name)),
        measure,
        title: table.title.clone(),
        parentheses: table.name.starts_with("breakdown.kategori"),
        ..TablePlan::default()
    };
    tables.iter().enumerate().map(printed).collect()
}

fn key_numbers() -> Vec<KeyNumberPlan> {
    let card = |name: &str, label: &str, measure: usize, row: Option<&str>, sentence: &str| KeyNumberPlan {
        name: format!("key_number.{name}"),
        label: label.into(),
        measure,
        row: row.map(str::to_string),
        sentence: Some(sentence.into()),
        ..KeyNumberPlan::default()
    };
    vec![
        card(
            "barn",
            "avvikelser i Barn och unga",
            0,
            None,
            "{{ compare(\"breakdown.kategori\", each=\"Barn och unga\") }}.",
        ),
        card(
            "rutiner",
            "gällde riktlinjer och rutiner",
            0,
            Some("Brister i riktlinjer och rutiner"),
            "{{ compare(\"breakdown.kategori\", row=\"Brister i riktlinjer och rutiner\", each=\"Barn och unga\") }}.",
        ),
        card(
            "svar",
            "svarade på brukarenkäten",
            3,
            Some("svarsfrekvens (%)"),
            "{{ compare(\"indicator.ifo\", row=\"svarsfrekvens (%)\") }}. Se {{ ref(\"table.ifo\") }}.",
        ),
    ]
}

fn chapters() -> Vec<ChapterPlan> {
    let chapter = |title: &str, template: &str| ChapterPlan {
        title: title.into(),
        template: template.into(),
        needs: Vec::new(),
        when_missing: WhenMissing::Say,
        with: BTreeMap::new(),
    };
    let avdelning = |name: &str| ChapterPlan {
        with: BTreeMap::from([("avdelning".to_string(), name.to_string())]),
        ..chapter(name, "avdelning.md")
    };
    vec![
        chapter("Året i siffror", "siffror.md"),
        avdelning("Barn och unga"),
        avdelning("Vuxna"),
        chapter("Hela förvaltningen", "forvaltningen.md"),
        chapter("Bilaga: underlag och räkneregler", "bilaga.md"),
    ]
}
