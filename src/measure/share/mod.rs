//! Shares: how many of a named whole have what makes the part.
//!
//! In: cubes. Out: one row per line of the job; or, by a dimension, one row per value and the distinct total; or one
//! row per year. Numerator, denominator and exact share of this period, then of the one before, then the difference
//! in procentenheter.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;
pub(crate) mod spec;

use super::cubes::{Cubes, Found};
use super::formula::Formula;
use super::head::{self, column};
use super::notes;
use super::order;
use super::requests::{Counts, Events, Periods};
use super::sheet::{Fields, Sheet};
use crate::diagnostic::Failure;
use crate::domain::cube::{Condition, CubeRequest, Grain, Key};
use crate::domain::table::{MeasureTable, Role, RowKind, RowsAre, TableColumn, TableRow, Unit, Value};
use crate::measure::plan::{MeasurePlan, Plan};
use crate::measure::share::plan::{ShareLinePlan, SharePlan};
use crate::vocabulary::plan::{AxisPlan, SourcePlan};

/// A share measure with its source.
pub(crate) struct Shares<'a> {
    plan: &'a Plan,
    measure: &'a MeasurePlan,
    spec: &'a SharePlan,
    source: &'a SourcePlan,
}

/// The part and the whole of a row, by the same dimensions.
#[derive(Clone)]
struct OfRow<'c> {
    line: &'c ShareLinePlan,
    part: Counts<'c>,
    whole: Counts<'c>,
    path: Vec<Key>,
}

impl<'c> OfRow<'c> {
    fn part(&self, year: i32) -> Found<'c> {
        self.part.find(&self.path, year)
    }

    fn whole(&self, year: i32) -> Found<'c> {
        self.whole.find(&self.path, year)
    }
}

impl<'a> Shares<'a> {
    pub(crate) fn new(plan: &'a Plan, measure: &'a MeasurePlan, spec: &'a SharePlan) -> Shares<'a> {
        Shares { plan, measure, spec, source: &plan.sources[measure.source] }
    }

    /// Everything that [`Shares::sheet`] will read.
    pub(crate) fn requests(&self) -> Vec<CubeRequest> {
        let all = self.all();
        let known = all.has_date().then(|| all.delivered().by_period(Vec::new()));
        let mut requests: Vec<CubeRequest> = known.into_iter().collect();
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

    /// The events of all rows by an axis, or of the one without; by time they are no further placed in periods.
    fn of_row<'c>(
        &self,
        cubes: &'c Cubes,
        line: &'c ShareLinePlan,
        axis: Option<&AxisPlan>,
    ) -> Result<OfRow<'c>, Failure> {
        let counts = |conditions: &[Condition]| {
            let events = self.events(conditions);
            let dimensions = axis.iter().map(|axis| events.dimension(axis)).collect();
            if axis.is_some_and(is_time) {
                Counts::undated(cubes, &events, dimensions)
            } else {
                Counts::of(cubes, &events, dimensions)
            }
        };
        Ok(OfRow { line, part: counts(&line.part)?, whole: counts(&line.whole)?, path: Vec::new() })
    }

    /// The printed table.
    pub(crate) fn sheet(&self, cubes: &Cubes) -> Result<Sheet, Failure> {
        let job = &self.plan.job;
        let name = job.period.name_of(job.year);
        let table = head::of_events(self.plan, self.measure, printed!("measure-share-in-per-cent"), name);
        match (&self.spec.by, self.spec.lines.first()) {
            (Some(axis), Some(line)) if is_time(axis) => self.by_year(cubes, axis, line, table),
            (Some(axis), Some(line)) => self.by_value(cubes, axis, line, table),
            _ => self.by_line(cubes, table),
        }
    }

    fn periods(&self, cubes: &Cubes) -> Result<Periods, Failure> {
        Periods::of(cubes, &self.all(), self.plan.job.year, self.spec.earlier.min(1))
    }

    fn by_line(&self, cubes: &Cubes, mut table: MeasureTable) -> Result<Sheet, Failure> {
        let periods = self.periods(cubes)?;
        table.row_headers = vec![printed!("measure-share")];
        let mut rows = Vec::new();
        for line in &self.spec.lines {
            let of_row = self.of_row(cubes, line, None)?;
            table.n = table.n.max(of_row.whole.at(&[], self.plan.job.year));
            rows.push((TableRow::named(&line.label, RowKind::Part), of_row));
        }
        let mut sheet = Sheet::of(table, &self.fields(Some(&periods)), rows);
        sheet.table.notes.extend(notes::missing_periods(&periods, &self.source.noun));
        Ok(sheet)
    }

    fn by_value(
        &self,
        cubes: &Cubes,
        axis: &AxisPlan,
        line: &ShareLinePlan,
        mut table: MeasureTable,
    ) -> Result<Sheet, Failure> {
        let periods = self.periods(cubes)?;
        let by = &self.source.columns[axis.column];
        table.row_headers = vec![by.label.clone()];
        let (parts, total) = (self.of_row(cubes, line, Some(axis))?, self.of_row(cubes, line, None)?);
        table.n = total.whole.at(&[], self.plan.job.year);
        let values = order::values_of(axis, by, &parts.whole.firsts(&periods.years)).into_iter();
        let rows = values.map(|value| {
            let row = TableRow::named(&value.label, value.kind());
            (row, OfRow { path: vec![value.key], ..parts.clone() })
        });
        let rows = rows.chain([(TableRow::total(), total.clone())]);
        let mut sheet = Sheet::of(table, &self.fields(Some(&periods)), rows);
        sheet.table.notes.extend(notes::not_a_sum(&sheet.table, &self.source.noun, None));
        sheet.table.notes.extend(notes::missing_periods(&periods, &self.source.noun));
        Ok(sheet)
    }

    /// One row per year in which the whole occurs.
    fn by_year(
        &self,
        cubes: &Cubes,
        axis: &AxisPlan,
        line: &ShareLinePlan,
        mut table: MeasureTable,
    ) -> Result<Sheet, Failure> {
        let all = self.of_row(cubes, line, Some(axis))?;
        let years: Vec<i32> = all.whole.paths(&[]).iter().filter_map(|key| year_of(key)).collect();
        table.rows_are = RowsAre::Periods;
        table.row_headers = vec![printed!("measure-year")];
        table.row_years = years.iter().map(|year| (year.to_string(), *year)).collect();
        table.n = years.iter().map(|year| all.whole.at(&[Key::Number(*year)], *year)).sum();
        if let (Some(first), Some(last)) = (years.first(), years.last()) {
            table.period = head::span(*first, *last);
        }
        let of_year = |year: &i32| OfRow { path: vec![Key::Number(*year)], ..all.clone() };
        let rows = years.iter().map(|year| (TableRow::named(year.to_string(), RowKind::Part), of_year(year)));
        Ok(Sheet::of(table, &self.fields(None), rows))
    }

    /// This period's fraction, the one before, and the difference of their shares.
    fn fields<'f>(&'f self, periods: Option<&Periods>) -> Fields<'f, OfRow<'f>> {
        let mut fields = Fields::new();
        let of = |row: &OfRow| Formula::Said(Value::Text(row.line.of.clone()));
        fields.add(column("of", word!("measure-of"), Role::Text, Unit::Text), of);
        let year = self.plan.job.year;
        add_fraction(&mut fields, year, periods.is_none_or(|periods| periods.knows(year)), &column);
        let Some((periods, previous)) = periods.and_then(|periods| Some((periods, *periods.years.get(1)?))) else {
            return fields;
        };
        let beside = |key, label, role, unit| TableColumn {
            year: Some(previous),
            ..column(
                format!("previous_{key}"),
                format!("{label} {previous}"),
                if role == Role::Share { Role::Previous } else { role },
                unit,
            )
        };
        add_fraction(&mut fields, previous, periods.knows(previous), &beside);
        let both = fields.at(["share", "previous_share"]);
        let difference = column("difference", word!("measure-difference"), Role::Difference, head::PERCENTAGE_POINTS);
        fields.add(difference, move |_| Formula::Difference(both));
        fields
    }
}

/// Part, whole and share of a year; missing where it was not delivered.
fn add_fraction<'f>(
    fields: &mut Fields<'f, OfRow<'f>>,
    year: i32,
    is_known: bool,
    head: &dyn Fn(&'static str, &'static str, Role, Unit) -> TableColumn,
) {
    let known = move |formula: Formula| if is_known { formula } else { Formula::MISSING };
    let (numerator, denominator) = (Role::Numerator, Role::Denominator);
    fields.add(head("numerator", word!("measure-count"), numerator, Unit::Count), move |row| {
        known(row.part(year).count())
    });
    fields.add(head("denominator", word!("measure-number-in-all"), denominator, Unit::Count), move |row| {
        known(row.whole(year).count())
    });
    let share = move |row: &OfRow| known(row.part(year).of(row.whole(year)));
    fields.add(head("share", word!("measure-share"), Role::Share, head::PERCENT), share);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixtures::{self, DATE, GROUP, keys, notes, printed, sample, table_of};
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
        let (plan, data) = sample(&ROWS);
        let table = table(&plan, &data, spec(None));
        let expected = [
            "of",
            "numerator",
            "denominator",
            "share",
            "previous_numerator",
            "previous_denominator",
            "previous_share",
            "difference",
        ];
        assert_eq!(keys(&table), expected);
        assert_eq!(printed(&table), ["anmälda till IVO: 'lex Sarah-utredningar' 1 3 1/3 1 1 1/1 -66.66666666666667"]);
        assert_eq!((table.n, table.column_of_role(Role::Share)), (3, Some(3)));
    }

    #[test]
    fn by_a_dimension_the_total_is_distinct() {
        let (plan, data) = sample(&ROWS);
        let table = table(&plan, &data, SharePlan { earlier: 0, ..spec(Some(fixtures::axis(&plan, GROUP))) });
        let of = "'lex Sarah-utredningar'";
        assert_eq!(
            printed(&table),
            [format!("Barn och vuxna: {of} 1 1 1/1"), format!("Stöd: {of} 1 3 1/3"), format!("Totalt: {of} 1 3 1/3")]
        );
        let expected = [
            "Raderna summerar till 4 (Totalt antal), fler än totalen 3: en avvikelse kan stå på flera rader (avdelning) \
          och räknas då en gång på varje.",
        ];
        assert_eq!(notes(&table), expected);
    }

    #[test]
    fn by_year_there_is_a_row_for_each_year_that_occurs() {
        let (plan, data) = sample(&ROWS);
        let axis = AxisPlan { column: DATE, grain: Grain::CalendarYear, values: Vec::new() };
        let table = table(&plan, &data, spec(Some(axis)));
        let of = "'lex Sarah-utredningar'";
        let expected = [format!("2020: {of} 0 1 0/1"), format!("2022: {of} 1 1 1/1"), format!("2023: {of} 1 3 1/3")];
        assert_eq!(printed(&table), expected);
        assert_eq!((table.period.as_str(), table.n), ("2020–2023", 5));
    }

    #[test]
    fn a_share_of_nothing_is_blank() {
        let (mut plan, data) = sample(&ROWS);
        plan.job.year = 2021;
        plan.job.as_of = fixtures::day("2022-01-10");
        let table = table(&plan, &data, spec(None));
        assert_eq!(printed(&table), ["anmälda till IVO: 'lex Sarah-utredningar' 0 0 _ 0 1 0/1 _"]);
    }
}
