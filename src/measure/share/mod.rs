//! Shares: how many of a named whole have what makes the part.
//!
//! In: cubes. Out: one row per line of the job; or, by a dimension, one row per value and the distinct total; or one
//! row per year. Numerator, denominator and exact share of this period, then of the one before, then the difference
//! in procentenheter.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

use super::Cubes;
use super::change;
use super::head::{self, column};
use super::membership::{DIFFERENCE, Definition, Definitions, Selection};
use super::notes::{self, TOTAL};
use super::order::{self, AxisValue};
use super::requests::{Counts, Events, Periods};
use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Grain, Key};
use crate::domain::table::{MeasureTable, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::measure::share::plan::{ShareLinePlan, SharePlan};
use crate::vocabulary::plan::{AxisPlan, SourcePlan};

/// A share measure with its source.
pub struct Shares<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a SharePlan,
    source: &'a SourcePlan,
}

/// Counts of a line's part and whole, by the same dimensions.
struct Fraction<'c> {
    part: Counts<'c>,
    whole: Counts<'c>,
}

impl Fraction<'_> {
    fn at(&self, path: &[Key], year: i32) -> (u64, u64) {
        (self.part.at(path, year), self.whole.at(path, year))
    }
}

impl<'a> Shares<'a> {
    pub fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a SharePlan) -> Shares<'a> {
        Shares { plan, measure, spec, source: &plan.sources[measure.source] }
    }

    /// Everything that [`Shares::table`] will read.
    pub fn requests(&self) -> Vec<CubeRequest> {
        let all = self.all();
        let mut requests: Vec<CubeRequest> = all.has_date().then(|| all.by_period(Vec::new())).into_iter().collect();
        for line in &self.spec.lines {
            for events in [self.events(&line.part), self.events(&line.whole)] {
                requests.push(events.by_period(Vec::new()));
                requests.extend(self.spec.by.iter().map(|axis| {
                    let dimensions = vec![events.dimension(axis)];
                    if is_time(axis) { events.request(dimensions) } else { events.by_period(dimensions) }
                }));
            }
        }
        requests
    }

    fn all(&self) -> Events<'a> {
        self.events(&[]).of(self.measure).all()
    }

    fn events(&self, conditions: &[Condition]) -> Events<'a> {
        Events::new(self.source, conditions, &[], self.source.period_date)
    }

    fn fraction<'c>(
        &self,
        cubes: &'c Cubes,
        line: &ShareLinePlan,
        axis: Option<&AxisPlan>,
    ) -> Result<Fraction<'c>, Failure> {
        let counts =
            |events: Events| Counts::of(cubes, &events, axis.iter().map(|axis| events.dimension(axis)).collect());
        Ok(Fraction { part: counts(self.events(&line.part))?, whole: counts(self.events(&line.whole))? })
    }

    /// The printed table.
    pub fn table(&self, cubes: &Cubes) -> Result<MeasureTable, Failure> {
        let job = &self.plan.job;
        let name = job.period.name_of(job.year);
        let mut table = head::table(self.plan, self.measure, "andel i procent".to_string(), name);
        match (&self.spec.by, self.spec.lines.first()) {
            (Some(axis), Some(line)) if is_time(axis) => self.fill_years(cubes, axis, line, &mut table)?,
            (Some(axis), Some(line)) => self.fill_values(cubes, axis, line, &mut table)?,
            _ => self.fill_lines(cubes, &mut table)?,
        }
        table.notes.extend(self.all().has_date().then(|| notes::unfinished_period(job)).flatten());
        Ok(table)
    }

    fn periods(&self, cubes: &Cubes) -> Result<Periods, Failure> {
        Periods::of(cubes, &self.all(), self.plan.job.year, self.spec.earlier.min(1))
    }

    fn fill_lines(&self, cubes: &Cubes, table: &mut MeasureTable) -> Result<(), Failure> {
        let periods = self.periods(cubes)?;
        table.row_headers = vec!["Andel".to_string()];
        table.columns = self.columns(&periods);
        for line in &self.spec.lines {
            let fraction = self.fraction(cubes, line, None)?;
            table.n = table.n.max(fraction.whole.at(&[], self.plan.job.year));
            let values = self.values(line, &fraction, &[], &periods);
            table.rows.push(row(vec![line.label.clone()], &line.label, RowKind::Part, values));
        }
        table.notes.extend(notes::missing_periods(&periods, &self.source.noun));
        Ok(())
    }

    fn fill_values(
        &self,
        cubes: &Cubes,
        axis: &AxisPlan,
        line: &ShareLinePlan,
        table: &mut MeasureTable,
    ) -> Result<(), Failure> {
        let periods = self.periods(cubes)?;
        let by = &self.source.columns[axis.column];
        table.row_headers = vec![by.label.clone()];
        table.columns = self.columns(&periods);
        let fraction = self.fraction(cubes, line, Some(axis))?;
        let found = fraction.whole.firsts(&periods.years);
        for AxisValue { key, label, residual } in order::values_of(axis, by, &found) {
            let kind = if residual { RowKind::Residual } else { RowKind::Part };
            let values = self.values(line, &fraction, &[key], &periods);
            table.rows.push(row(vec![label.clone()], &label, kind, values));
        }
        let total = self.fraction(cubes, line, None)?;
        table.n = total.whole.at(&[], self.plan.job.year);
        table.rows.push(row(Vec::new(), TOTAL, RowKind::Total, self.values(line, &total, &[], &periods)));
        table.notes.extend(notes::not_a_sum(table, &self.source.noun, None));
        table.notes.extend(notes::missing_periods(&periods, &self.source.noun));
        Ok(())
    }

    /// One row per year in which the whole occurs.
    fn fill_years(
        &self,
        cubes: &Cubes,
        axis: &AxisPlan,
        line: &ShareLinePlan,
        table: &mut MeasureTable,
    ) -> Result<(), Failure> {
        let by_year = |conditions| {
            let events = self.events(conditions);
            cubes.get(&events.request(vec![events.dimension(axis)]))
        };
        let (part, whole) = (by_year(&line.part)?, by_year(&line.whole)?);
        let years: Vec<i32> = whole.cells.keys().filter_map(|key| year_of(key)).collect();
        table.row_headers = vec!["År".to_string()];
        table.columns = fraction_columns();
        for year in &years {
            let key = [Key::Number(*year)];
            let values = [vec![Value::Text(line.of.clone())], fraction_values(part.count(&key), whole.count(&key))];
            table.rows.push(row(vec![year.to_string()], &year.to_string(), RowKind::Part, values.concat()));
            table.n += whole.count(&key);
        }
        if let (Some(first), Some(last)) = (years.first(), years.last()) {
            table.period = head::span(*first, *last);
        }
        Ok(())
    }

    /// What is counted in each cell of the table.
    pub fn definitions(&self, cubes: &Cubes) -> Result<Definitions, Failure> {
        let Some(first) = self.spec.lines.first() else { return Ok(Vec::new()) };
        let Some(axis) = &self.spec.by else {
            let periods = self.periods(cubes)?;
            return Ok(self.spec.lines.iter().map(|line| self.cells(line, None, &[], &periods)).collect());
        };
        let whole = self.events(&first.whole);
        if is_time(axis) {
            let cube = cubes.get(&whole.request(vec![whole.dimension(axis)]))?;
            let keys = cube.cells.keys().filter(|key| year_of(key).is_some());
            let select = |events: Events, key: &Vec<Key>| events.select(vec![events.dimension(axis)], key.clone());
            let cells = |key: &Vec<Key>| {
                let (part, whole) = (select(self.events(&first.part), key), select(self.events(&first.whole), key));
                std::iter::once(Definition::Nothing).chain(fraction_of(part, whole)).collect()
            };
            return Ok(keys.map(cells).collect());
        }
        let periods = self.periods(cubes)?;
        let found = self.fraction(cubes, first, Some(axis))?.whole.firsts(&periods.years);
        let values = order::values_of(axis, &self.source.columns[axis.column], &found);
        let mut rows: Definitions =
            values.into_iter().map(|value| self.cells(first, Some(axis), &[value.key], &periods)).collect();
        rows.push(self.cells(first, None, &[], &periods));
        Ok(rows)
    }

    /// The cells of a row: as [`Shares::values`] fills them.
    fn cells(&self, line: &ShareLinePlan, axis: Option<&AxisPlan>, path: &[Key], periods: &Periods) -> Vec<Definition> {
        let select = |conditions: &[Condition], year: i32| {
            let events = self.events(conditions);
            events.select_period(axis.iter().map(|axis| events.dimension(axis)).collect(), path, year)
        };
        let fraction = |year: i32| fraction_of(select(&line.part, year), select(&line.whole, year));
        let mut cells = vec![Definition::Nothing];
        cells.extend(fraction(self.plan.job.year));
        match periods.years.get(1) {
            None => {}
            Some(previous) if periods.knows(*previous) => {
                cells.extend(fraction(*previous));
                cells.push(Definition::beside(DIFFERENCE, &[3, 6]));
            }
            Some(_) => cells.extend(std::iter::repeat_n(Definition::Nothing, 4)),
        }
        cells
    }

    fn columns(&self, periods: &Periods) -> Vec<TableColumn> {
        let mut columns = fraction_columns();
        let Some(previous) = periods.years.get(1) else { return columns };
        let beside = |key: &str, label: &str, role, unit| TableColumn {
            year: Some(*previous),
            ..column(format!("previous_{key}"), format!("{label} {previous}"), role, unit)
        };
        columns.push(beside("numerator", "Antal", Role::Numerator, Unit::Count));
        columns.push(beside("denominator", "Totalt antal", Role::Denominator, Unit::Count));
        columns.push(beside("share", "Andel", Role::Previous, head::PERCENT));
        columns.push(column("difference", "Skillnad", Role::Difference, head::PERCENTAGE_POINTS));
        columns
    }

    fn values(&self, line: &ShareLinePlan, fraction: &Fraction, path: &[Key], periods: &Periods) -> Vec<Value> {
        let now = fraction.at(path, self.plan.job.year);
        let mut values = vec![Value::Text(line.of.clone())];
        values.extend(fraction_values(now.0, now.1));
        match periods.years.get(1) {
            None => {}
            Some(previous) if periods.knows(*previous) => {
                let then = fraction.at(path, *previous);
                values.extend(fraction_values(then.0, then.1));
                values.push(change::percentage_points(now, then));
            }
            Some(_) => values.extend(std::iter::repeat_n(Value::Nothing(Nothing::Missing), 4)),
        }
        values
    }
}

fn is_time(axis: &AxisPlan) -> bool {
    axis.grain != Grain::Value
}

fn year_of(key: &[Key]) -> Option<i32> {
    match key {
        [Key::Number(year)] => Some(*year),
        _ => None,
    }
}

fn fraction_columns() -> Vec<TableColumn> {
    vec![
        column("of", "Av", Role::Text, Unit::Text),
        column("numerator", "Antal", Role::Numerator, Unit::Count),
        column("denominator", "Totalt antal", Role::Denominator, Unit::Count),
        column("share", "Andel", Role::Share, head::PERCENT),
    ]
}

fn fraction_values(numerator: u64, denominator: u64) -> Vec<Value> {
    vec![Value::Count(numerator as i64), Value::Count(denominator as i64), change::share(numerator, denominator)]
}

/// Numerator, denominator and their share.
fn fraction_of(part: Selection, whole: Selection) -> [Definition; 3] {
    [Definition::Count(part.clone()), Definition::Count(whole.clone()), Definition::Share { part, whole }]
}

fn row(key: Vec<String>, label: &str, kind: RowKind, values: Vec<Value>) -> TableRow {
    TableRow { key, label: label.to_string(), level: 0, kind, values }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixtures::{self, DATE, GROUP, keys, notes, printed, table_of};
    use crate::measure::plan::MeasureKind;
    use crate::store::Dataset;

    const ROWS: [[&str; 7]; 6] = [
        ["1", "2023-01-05", "Stöd|Barn och vuxna", "", "Lex Sarah", "", "Ja"],
        ["2", "2023-02-05", "Stöd", "", "Lex Sarah|Övrig", "", "Nej"],
        ["3", "2023-03-05", "Stöd", "", "Lex Sarah", "", ""],
        ["4", "2023-03-05", "Stöd", "", "Övrig", "", "Ja"],
        ["5", "2022-03-05", "Stöd", "", "Lex Sarah", "", "Ja"],
        ["6", "2020-03-05", "Stöd", "", "Lex Sarah", "", "Nej"],
    ];

    fn sample() -> (Plan, Dataset) {
        let plan = fixtures::plan();
        let data = fixtures::rows(&plan, &ROWS);
        (plan, data)
    }

    fn spec(by: Option<AxisPlan>) -> SharePlan {
        let whole = vec![fixtures::has("typ", &["Lex Sarah"])];
        let part = [whole.clone(), vec![fixtures::has("ivo", &["Ja"])]].concat();
        let line = ShareLinePlan { label: "anmälda till IVO".into(), of: "lex Sarah-utredningar".into(), whole, part };
        SharePlan { lines: vec![line], by, earlier: 1 }
    }

    fn table(plan: &Plan, data: &Dataset, spec: SharePlan) -> MeasureTable {
        table_of(plan, data, MeasureKind::Share(spec))
    }

    #[test]
    fn a_share_names_its_denominator_and_stands_beside_last_year() {
        let (plan, data) = sample();
        let table = table(&plan, &data, spec(None));
        assert_eq!(
            keys(&table),
            [
                "of",
                "numerator",
                "denominator",
                "share",
                "previous_numerator",
                "previous_denominator",
                "previous_share",
                "difference"
            ]
        );
        assert_eq!(printed(&table), ["anmälda till IVO: 'lex Sarah-utredningar' 1 3 1/3 1 1 1/1 -66.66666666666667"]);
        assert_eq!((table.n, table.column_of_role(Role::Share)), (3, Some(3)));
    }

    #[test]
    fn by_a_dimension_the_total_is_distinct() {
        let (plan, data) = sample();
        let table = table(&plan, &data, SharePlan { earlier: 0, ..spec(Some(fixtures::axis(&plan, GROUP))) });
        let of = "'lex Sarah-utredningar'";
        assert_eq!(
            printed(&table),
            [format!("Barn och vuxna: {of} 1 1 1/1"), format!("Stöd: {of} 1 3 1/3"), format!("Totalt: {of} 1 3 1/3")]
        );
        assert_eq!(
            notes(&table),
            [
                "Raderna summerar till 4 (Totalt antal), fler än totalen 3: en avvikelse kan stå på flera rader (avdelning) \
              och räknas då en gång på varje."
            ]
        );
    }

    #[test]
    fn by_year_there_is_a_row_for_each_year_that_occurs() {
        let (plan, data) = sample();
        let axis = AxisPlan { column: DATE, grain: Grain::CalendarYear, values: Vec::new() };
        let table = table(&plan, &data, spec(Some(axis)));
        let of = "'lex Sarah-utredningar'";
        assert_eq!(
            printed(&table),
            [format!("2020: {of} 0 1 0/1"), format!("2022: {of} 1 1 1/1"), format!("2023: {of} 1 3 1/3")]
        );
        assert_eq!((table.period.as_str(), table.n), ("2020–2023", 5));
    }

    #[test]
    fn a_share_of_nothing_is_blank() {
        let (mut plan, data) = sample();
        plan.job.year = 2021;
        plan.job.as_of = fixtures::day("2022-01-10");
        let table = table(&plan, &data, spec(None));
        assert_eq!(printed(&table), ["anmälda till IVO: 'lex Sarah-utredningar' 0 0 _ 0 1 0/1 _"]);
    }
}
