//! Small hand-made plans and datasets for the tests of measures, and a second, plain way of counting.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::{Cubes, Facts, PolarsEngine, Sheet, needs};
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::cube::{Condition, Cube, CubeCell, CubeEngine, CubeRequest, Dimension, Grain, Key};
use crate::domain::delivery::Deliveries;
use crate::domain::period::day_of;
use crate::domain::table::{Direction, MeasureTable, Nothing, TableRow, Unit, Value};
use crate::measure::plan::{MeasureKind, MeasurePlan, Plan};
use crate::measure::rate::plan::{ExposurePlan, RateInterval, RatePlan};
use crate::measure::spc::plan::{SpcChart, SpcPlan};
use crate::store::{Dataset, PlainColumn};
use crate::vocabulary::fixtures;
use crate::vocabulary::plan::*;

pub(super) fn column(name: &str, kind: ColumnKindPlan) -> ColumnPlan {
    let mut letters = name.chars();
    let label = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    ColumnPlan { label, ..fixtures::column(name, kind) }
}

pub(super) fn category(name: &str, values: &[&str], residual: &[&str]) -> ColumnPlan {
    column(name, ColumnKindPlan::Category(Arc::new(fixtures::categories(name, values, residual))))
}

pub(super) fn open(name: &str) -> ColumnPlan {
    column(name, ColumnKindPlan::OpenCategory)
}

pub(super) fn date(name: &str) -> ColumnPlan {
    column(name, ColumnKindPlan::Date { formats: Vec::new() })
}

pub(super) fn number(name: &str) -> ColumnPlan {
    column(name, ColumnKindPlan::Number { fraction: false })
}

pub(super) fn text(name: &str) -> ColumnPlan {
    column(name, ColumnKindPlan::Text { masked: false })
}

/// Several values in a cell, parted by `|`.
pub(super) fn several(column: ColumnPlan) -> ColumnPlan {
    ColumnPlan { split: vec!["|".into()], ..column }
}

pub(super) fn axis_of(column: &ColumnPlan, index: usize) -> AxisPlan {
    let values = match &column.kind {
        ColumnKindPlan::Category(list) => list.values.iter().cloned().zip(list.residual.iter().copied()).collect(),
        _ => Vec::new(),
    };
    AxisPlan { column: index, grain: Grain::Value, values }
}

pub(super) fn source(name: &str, kind: SourceKind, columns: Vec<ColumnPlan>) -> SourcePlan {
    let period_date = columns.iter().position(|column| matches!(column.kind, ColumnKindPlan::Date { .. }));
    SourcePlan { period_date, ..fixtures::source(name, kind, columns) }
}

/// Calendar year 2023 with one earlier year, data of 2024-01-09, one source of events:
/// `id`, `datum`, `avdelning` (several), `enhet` (several), `typ` (several), `allvar`, `ivo`.
pub(super) fn plan() -> Plan {
    let columns = vec![
        column("id", ColumnKindPlan::Id),
        date("datum"),
        several(category("avdelning", &["Barn och vuxna", "Stöd"], &[])),
        several(category("enhet", &["Öppenvård", "Utredning", "Kansli"], &[])),
        several(category("typ", &["Lex Sarah", "Övrig", "Synpunkt"], &["Övrig"])),
        number("allvar"),
        column("ivo", ColumnKindPlan::YesNo),
    ];
    plan_of(source("avvikelser", SourceKind::Events, columns))
}

pub(super) const DATE: usize = 1;
pub(super) const GROUP: usize = 2;
pub(super) const UNIT: usize = 3;
pub(super) const TYPE: usize = 4;
pub(super) const SEVERITY: usize = 5;
pub(super) const IVO: usize = 6;

pub(super) fn plan_of(source: SourcePlan) -> Plan {
    Plan { job: fixtures::job(), sources: vec![source], measures: Vec::new() }
}

pub(super) fn axis(plan: &Plan, index: usize) -> AxisPlan {
    axis_of(&plan.sources[0].columns[index], index)
}

pub(super) fn measure(name: &str, kind: MeasureKind) -> MeasurePlan {
    MeasurePlan::alone(name.into(), name.into(), 0, kind)
}

pub(super) fn has(column: &str, values: &[&str]) -> Condition {
    Condition { column: column.into(), values: values.iter().map(|value| value.to_string()).collect(), negated: false }
}

pub(super) fn day(text: &str) -> i32 {
    day_of(text.parse::<Date>().expect("a date of a test"))
}

/// A dataset of the plan's source from rows of text, one cell per column; an empty cell is blank.
pub(super) fn rows<const N: usize>(plan: &Plan, rows: &[[&str; N]]) -> Dataset {
    let columns = plan.sources[0].columns.iter().enumerate().map(|(index, column)| {
        let cells: Vec<&str> = rows.iter().map(|row| row[index]).collect();
        (column.name.clone(), plain(column, &cells))
    });
    Dataset { rows: rows.len(), columns: columns.collect() }
}

/// The plan of [`plan`] with rows of its source.
pub(super) fn sample(events: &[[&str; 7]]) -> (Plan, Dataset) {
    let plan = plan();
    let data = rows(&plan, events);
    (plan, data)
}

fn plain(column: &ColumnPlan, cells: &[&str]) -> PlainColumn {
    let filled = |cell: &&str| (!cell.is_empty()).then(|| cell.to_string());
    let parts = || cells.iter().map(|cell| cell.split('|').filter(|part| !part.is_empty()).collect::<Vec<_>>());
    match &column.kind {
        ColumnKindPlan::Id | ColumnKindPlan::Text { .. } => PlainColumn::Texts(cells.iter().map(filled).collect()),
        ColumnKindPlan::Date { .. } => {
            PlainColumn::Days(cells.iter().map(|cell| filled(cell).map(|text| day(&text))).collect())
        }
        ColumnKindPlan::Number { .. } => PlainColumn::Numbers(cells.iter().map(|cell| cell.parse().ok()).collect()),
        ColumnKindPlan::YesNo => {
            PlainColumn::YesNo(cells.iter().map(|cell| filled(cell).map(|text| text == "Ja")).collect())
        }
        _ if column.split.is_empty() => {
            let (codes, labels) = dictionary(cells.iter().copied());
            PlainColumn::Labels { codes, labels }
        }
        _ => {
            let (codes, labels) = dictionary(parts().flatten());
            let mut offsets = vec![0];
            parts().for_each(|parts| offsets.push(offsets[offsets.len() - 1] + parts.len() as u32));
            PlainColumn::Lists { offsets, codes, labels }
        }
    }
}

fn dictionary<'t>(texts: impl Iterator<Item = &'t str>) -> (Vec<u32>, Vec<String>) {
    let mut labels: Vec<String> = Vec::new();
    let codes = texts.map(|text| match labels.iter().position(|label| label == text) {
        _ if text.is_empty() => u32::MAX,
        Some(code) => code as u32,
        None => {
            labels.push(text.to_string());
            labels.len() as u32 - 1
        }
    });
    (codes.collect(), labels)
}

/// The table of one measure, by the requests and the engine that a run uses.
pub(super) fn table_of(plan: &Plan, data: &Dataset, kind: MeasureKind) -> MeasureTable {
    try_table_of(plan, data, kind).expect("a table")
}

pub(super) fn try_table_of(plan: &Plan, data: &Dataset, kind: MeasureKind) -> Result<MeasureTable, Failure> {
    let mut plan = plan.clone();
    plan.measures = vec![measure("measure.prov", kind)];
    let datasets = BTreeMap::from([(plan.sources[0].name.clone(), data.clone())]);
    let cubes = match plan.sources[0].kind {
        SourceKind::Events => Cubes::collect(&PolarsEngine::new(&plan, datasets.clone())?, &needs(&plan).requests)?,
        _ => Cubes::default(),
    };
    Ok(compute(&plan, &cubes, &datasets)?.remove(0))
}

/// Events per 1 000 days of this year and last.
pub(super) fn rate() -> RatePlan {
    RatePlan {
        by: None,
        conditions: Vec::new(),
        earlier: 1,
        per: 1000,
        label: "dagar".into(),
        exposure: ExposurePlan::Days,
        interval: RateInterval::Garwood,
        unit: Unit::Number { decimals: 1 },
    }
}

/// An XmR chart of events per month.
pub(super) fn spc() -> SpcPlan {
    SpcPlan {
        chart: SpcChart::Xmr,
        what: None,
        date: Some(DATE),
        by: Some(TimeStep::Month),
        conditions: Vec::new(),
        part: None,
        denominator: None,
        fix_after_n: None,
        rebase: Vec::new(),
        goal: None,
        direction: Direction::Neither,
        screening: true,
        six_point_rules: false,
        unit: Unit::Number { decimals: 1 },
    }
}

/// The rows as text: "label: cell cell …"; members of a group indented.
pub(super) fn printed(table: &MeasureTable) -> Vec<String> {
    table.rows.iter().map(printed_row).collect()
}

fn printed_row(row: &TableRow) -> String {
    let cells: Vec<String> = row.values.iter().map(printed_value).collect();
    format!("{}{}: {}", "  ".repeat(row.level as usize), row.label, cells.join(" "))
}

fn printed_value(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Share { numerator, denominator } => format!("{numerator}/{denominator}"),
        Value::Change { now, then } => format!("{now}:{then}"),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("'{text}'"),
        Value::Said(said) => format!("'{}'", said.text()),
        Value::Date(day) => crate::domain::period::date_of(*day).to_string(),
        Value::Nothing(Nothing::Missing) => "–".into(),
        Value::Nothing(Nothing::NotApplicable) => ".".into(),
        Value::Nothing(Nothing::Withheld) => "..".into(),
        Value::Nothing(Nothing::Blank) => "_".into(),
    }
}

pub(super) fn keys(table: &MeasureTable) -> Vec<&str> {
    table.columns.iter().map(|column| column.key.as_str()).collect()
}

pub(super) fn notes(table: &MeasureTable) -> Vec<&str> {
    table.notes.iter().map(|note| note.text.as_str()).collect()
}

/// Counts by going through the rows with sets of id texts: slow, plain, and nothing like the polars engine.
pub(super) struct BruteForce<'a> {
    pub source: &'a SourcePlan,
    pub data: &'a Dataset,
}

impl CubeEngine for BruteForce<'_> {
    fn answer(&self, requests: &[CubeRequest]) -> Result<Vec<Cube>, Failure> {
        Ok(requests.iter().map(|request| self.cube(request)).collect())
    }
}

impl BruteForce<'_> {
    fn cube(&self, request: &CubeRequest) -> Cube {
        let mut events: BTreeMap<Vec<Key>, BTreeSet<String>> = BTreeMap::new();
        let mut numbers: BTreeMap<(Vec<Key>, usize, String), f64> = BTreeMap::new();
        for row in (0..self.data.rows).filter(|row| request.conditions.iter().all(|one| self.meets(*row, one))) {
            for key in self.keys(row, &request.dimensions) {
                for (index, sum) in request.sums.iter().enumerate() {
                    if let PlainColumn::Numbers(all) = &self.data.columns[sum]
                        && let Some(number) = all[row]
                    {
                        numbers.entry((key.clone(), index, self.id(row))).or_insert(number);
                    }
                }
                events.entry(key).or_default().insert(self.id(row));
            }
        }
        let sums = |key: &Vec<Key>, index: usize| {
            let mut of_cell: Vec<f64> = numbers
                .iter()
                .filter(|((at, sum, _), _)| at == key && *sum == index)
                .map(|(_, number)| *number)
                .collect();
            of_cell.sort_by(f64::total_cmp);
            (of_cell.len() as u64, of_cell.iter().sum())
        };
        let cells = events.into_iter().map(|(key, events)| {
            let sums = (0..request.sums.len()).map(|index| sums(&key, index)).collect();
            (key, CubeCell { count: events.len() as u64, sums })
        });
        Cube { request: request.clone(), cells: cells.collect() }
    }

    fn id(&self, row: usize) -> String {
        self.labels(row, "id").remove(0)
    }

    fn meets(&self, row: usize, condition: &Condition) -> bool {
        let found = self.labels(row, &condition.column).iter().any(|label| condition.values.contains(label));
        if condition.negated { !found } else { found }
    }

    fn keys(&self, row: usize, dimensions: &[Dimension]) -> BTreeSet<Vec<Key>> {
        let Some((dimension, rest)) = dimensions.split_first() else { return BTreeSet::from([Vec::new()]) };
        let mut keys = BTreeSet::new();
        for first in self.values(row, dimension) {
            for mut key in self.keys(row, rest) {
                key.insert(0, first.clone());
                keys.insert(key);
            }
        }
        keys
    }

    fn values(&self, row: usize, dimension: &Dimension) -> Vec<Key> {
        if dimension.grain == Grain::Value {
            return self.labels(row, &dimension.column).iter().map(|label| Key::label(label)).collect();
        }
        let PlainColumn::Days(days) = &self.data.columns[&dimension.column] else { panic!("no dates") };
        let Some(day) = days[row] else { return vec![Key::Missing] };
        let date = crate::domain::period::date_of(day);
        vec![Key::Number(match dimension.grain {
            Grain::Period => self.source.period.year_of(day),
            Grain::Quarter => self.source.period.quarter_of(day).into(),
            Grain::CalendarYear => date.year().into(),
            _ => date.month().into(),
        })]
    }

    fn labels(&self, row: usize, name: &str) -> Vec<String> {
        let column = &self.source.columns[self.source.column(name).expect("a column")];
        let found: Vec<String> = match &self.data.columns[name] {
            PlainColumn::Labels { codes, labels } => labels.get(codes[row] as usize).cloned().into_iter().collect(),
            PlainColumn::Lists { offsets, codes, labels } => {
                (offsets[row]..offsets[row + 1]).map(|at| labels[codes[at as usize] as usize].clone()).collect()
            }
            PlainColumn::Texts(texts) => texts[row].clone().into_iter().collect(),
            PlainColumn::YesNo(answers) => {
                answers[row].map(|yes| if yes { "Ja" } else { "Nej" }.to_string()).into_iter().collect()
            }
            _ => panic!("no labels"),
        };
        if found.is_empty() { vec![column.missing_label.clone()] } else { found }
    }
}

/// A plan of one observation source with `indicator`, `area`, `period`, `value`, `status`, `n`, `goal`, `reference`
/// and `färg`, and its rows, numbered from 2 as in a sheet with one header row.
pub(super) fn observations(cells: &[[&str; 9]]) -> (Plan, Dataset) {
    let columns = vec![
        open("indicator"),
        open("area"),
        open("period"),
        number("value"),
        open("status"),
        number("n"),
        number("goal"),
        number("reference"),
        text("farg"),
    ];
    let plan = plan_of(source("matt", SourceKind::Observations, columns));
    let mut data = rows(&plan, cells);
    let file = PlainColumn::Labels { codes: vec![0; cells.len()], labels: vec!["matt.xlsx".into()] };
    data.columns.insert("_file".into(), file);
    data.columns.insert("_row".into(), PlainColumn::Rows((2..cells.len() as u32 + 2).collect()));
    (plan, data)
}

/// The tables of a plan's measures.
pub(super) fn compute(
    plan: &Plan,
    cubes: &Cubes,
    rows: &BTreeMap<String, Dataset>,
) -> Result<Vec<MeasureTable>, Failure> {
    let sheets = sheets(plan, cubes, rows, &Deliveries::default())?;
    Ok(sheets.into_iter().map(|sheet| sheet.table).collect())
}

/// The tables of a plan's measures, and what their cells are.
pub(super) fn sheets(
    plan: &Plan,
    cubes: &Cubes,
    rows: &BTreeMap<String, Dataset>,
    deliveries: &Deliveries,
) -> Result<Vec<Sheet>, Failure> {
    let facts = Facts { cubes, rows, deliveries, absent: &BTreeMap::new() };
    crate::measure::compute(plan, facts).map(|measured| measured.sheets)
}

/// What is to be mended in the rows of a plan's registers.
pub(super) fn remarks(plan: &Plan, rows: &BTreeMap<String, Dataset>) -> Vec<Diagnostic> {
    let (cubes, deliveries, absent) = (&Cubes::default(), &Deliveries::default(), &BTreeMap::new());
    let facts = Facts { cubes, rows, deliveries, absent };
    crate::measure::compute(plan, facts).expect("tables").remarks
}
