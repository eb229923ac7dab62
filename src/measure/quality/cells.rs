//! What stands behind the cells of tables of data quality, where single rows can be told.
//!
//! In: the finished table. Out: counts and shares as the events that they count; of the other tables that every cell is
//! made of the whole source.

use super::calendar;
use crate::domain::cube::{Condition, Dimension, Grain, Key};
use crate::domain::table::{MeasureTable, Nothing, Role, TableColumn, TableRow, Value};
use crate::measure::membership::{DIFFERENCE, Definition, Definitions, Selection, whole};
use crate::measure::order;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::measure::quality::plan::{QualityPlan, QualityShow};
use crate::measure::requests::Events;
use crate::vocabulary::plan::{AxisPlan, SourcePlan};
use crate::vocabulary::spec::SourceKind;

const JUDGED: &str = "a judgement, by the job's threshold, of";
const SUM: &str = "the sum of";
const UNKNOWN: &str = "values outside the list, counted as the export was read, in";

/// `rows`: how many the source has.
pub fn definitions(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &QualityPlan,
    rows: usize,
    table: &MeasureTable,
) -> Definitions {
    let source = &plan.sources[measure.source];
    let cells = Cells { plan, source, events: Events::new(source, &[], &[], source.period_date), table };
    let of_row: &dyn Fn(&TableRow) -> Option<Vec<Definition>> = match (source.kind, spec.show, &spec.units) {
        (SourceKind::Events, QualityShow::Residual, _) => &|row| cells.residual(row),
        (SourceKind::Events, QualityShow::Unknown, _) => &|row| cells.unknown(row),
        (SourceKind::Events, QualityShow::Months, Some(axis)) => &|row| Some(cells.months(axis, row)),
        _ => &|_| None,
    };
    let exact: Option<Definitions> = table.rows.iter().map(of_row).collect();
    exact.unwrap_or_else(|| whole::of_source((measure.source, source), rows, table))
}

struct Cells<'a> {
    plan: &'a Plan,
    source: &'a SourcePlan,
    /// All of the source, by its periods.
    events: Events<'a>,
    table: &'a MeasureTable,
}

impl Cells<'_> {
    /// Counts and shares of events that have a value which says nothing; a column's own row is for any of them.
    fn residual(&self, row: &TableRow) -> Option<Vec<Definition>> {
        let [column, value @ ..] = row.key.as_slice() else { return None };
        let values = match value {
            [value] => vec![value.clone()],
            _ => {
                let own = self.table.rows.iter().filter(|row| row.key.len() == 2 && row.key[0] == *column);
                own.map(|row| row.key[1].clone()).collect()
            }
        };
        let part = self.events.and(Condition { column: column.clone(), values, negated: false });
        let year = self.plan.job.year;
        let of_year = |year| {
            let (part, whole) = (select(&part, year), select(&self.events, year));
            [Definition::Count(part.clone()), Definition::Share { part, whole }]
        };
        let mut cells = of_year(year).to_vec();
        if self.table.column("difference").is_some() {
            cells.extend(of_year(year - 1));
            cells.push(Definition::beside(DIFFERENCE, &[1, 3]));
        }
        cells.push(Definition::beside(JUDGED, &[1]));
        Some(cells)
    }

    /// The values themselves are not kept, but the rows that hold some are.
    fn unknown(&self, row: &TableRow) -> Option<Vec<Definition>> {
        let column = &self.source.columns[self.source.column(row.key.first()?)?];
        let values = vec![order::unknown_label(column)?.to_string()];
        let events = self.events.and(Condition { column: column.name.clone(), values, negated: false });
        let of_column = |column: &TableColumn| {
            let key = column.year.map_or(Key::Missing, Key::Number);
            let rows = match events.time(Grain::Period) {
                Some(period) => events.select(vec![period], vec![key]),
                None => events.select(Vec::new(), Vec::new()),
            };
            Definition::Computed { how: UNKNOWN, cells: Vec::new(), rows: vec![rows] }
        };
        Some(self.table.columns.iter().map(of_column).collect())
    }

    fn months(&self, axis: &AxisPlan, row: &TableRow) -> Vec<Definition> {
        let months: Vec<usize> =
            (0..self.table.columns.len()).filter(|index| self.table.columns[*index].role == Role::Part).collect();
        let unit = row.key.first().map(|unit| (self.unit(axis), Key::label(unit)));
        let of_month = |(column, value): (&TableColumn, &Value)| match calendar::of_key(&column.key) {
            None => Definition::beside(SUM, &months),
            Some(_) if *value == Value::Nothing(Nothing::Missing) => Definition::Nothing,
            Some((year, month)) => {
                let times = [(Grain::CalendarYear, year), (Grain::Month, month)];
                let times =
                    times.iter().filter_map(|(grain, key)| Some((self.events.time(*grain)?, Key::Number(*key))));
                let (dimensions, key) = unit.iter().cloned().chain(times).unzip();
                Definition::Count(self.events.select(dimensions, key))
            }
        };
        self.table.columns.iter().zip(&row.values).map(of_month).collect()
    }

    fn unit(&self, axis: &AxisPlan) -> Dimension {
        Dimension { column: self.source.columns[axis.column].name.clone(), grain: Grain::Value }
    }
}

fn select(events: &Events, year: i32) -> Selection {
    events.select_period(Vec::new(), &[], year)
}
