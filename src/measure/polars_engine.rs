//! The default engine: polars counts distinct events over the columns of Parquet.
//!
//! In: datasets, requests. Out: cubes. The only file that knows polars. Everything is a code before polars sees it:
//! events, labels, years and months are 32-bit integers, lists are a second frame of (row, code).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{
    BooleanChunked, Column, DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, NamedFrom, PolarsError, Series,
    col,
};

use super::coding::{Cells, Coded, time_of};
use super::event_table::EventTable;
use crate::diagnostic::Failure;
use crate::domain::cube::{Cube, CubeCell, CubeEngine, CubeRequest, Dimension, Grain, Key, Sum};
use crate::measure::plan::Plan;
use crate::store::Dataset;

const ROW: &str = "row";
const EVENT: &str = "event";
const COUNT: &str = "count";

/// Counts the cubes of a plan with polars.
pub struct PolarsEngine<'a> {
    tables: BTreeMap<String, EventTable<'a>>,
}

impl<'a> PolarsEngine<'a> {
    /// `datasets`: by event source, at least the columns that `columns_of` names.
    pub fn new(plan: &'a Plan, datasets: BTreeMap<String, Dataset>) -> Result<Self, Failure> {
        let mut tables = BTreeMap::new();
        for (name, data) in datasets {
            let source =
                plan.source(&name).ok_or_else(|| Failure::internal(format!("the plan has no source {name}")))?;
            tables.insert(name, EventTable::new(source, Cow::Owned(data))?);
        }
        Ok(PolarsEngine { tables })
    }
}

impl CubeEngine for PolarsEngine<'_> {
    fn answer(&self, requests: &[CubeRequest]) -> Result<Vec<Cube>, Failure> {
        let mut frames = BTreeMap::new();
        for (name, table) in &self.tables {
            let asked = requests.iter().filter(|request| request.source == *name);
            frames.insert(name.as_str(), Frame::of(table, asked)?);
        }
        let answer = |request: &CubeRequest| match frames.get(request.source.as_str()) {
            Some(frame) => frame.cube(request),
            None => Err(Failure::internal(format!("the data of source {} were not read", request.source))),
        };
        requests.iter().map(answer).collect()
    }
}

/// A source's rows as polars frames: one for all single values, one per list.
struct Frame<'a> {
    table: &'a EventTable<'a>,
    rows: DataFrame,
    lists: BTreeMap<String, DataFrame>,
    labels: BTreeMap<String, Vec<Arc<str>>>,
    conditions: BTreeMap<String, Coded>,
}

impl<'a> Frame<'a> {
    fn of<'r>(
        table: &'a EventTable<'a>,
        requests: impl Iterator<Item = &'r CubeRequest> + Clone,
    ) -> Result<Self, Failure> {
        let rows: Vec<u32> = (0..table.data.rows as u32).collect();
        let columns = vec![Column::new(ROW.into(), rows), Column::new(EVENT.into(), table.events.as_slice())];
        let mut frame = Frame {
            table,
            rows: DataFrame::new(table.data.rows, columns).map_err(polars_failed)?,
            lists: BTreeMap::new(),
            labels: BTreeMap::new(),
            conditions: BTreeMap::new(),
        };
        let dimensions: BTreeSet<&Dimension> = requests.clone().flat_map(|request| &request.dimensions).collect();
        for dimension in dimensions {
            frame.add_dimension(dimension)?;
        }
        for condition in requests.flat_map(|request| &request.conditions) {
            if !frame.conditions.contains_key(&condition.column) {
                frame.conditions.insert(condition.column.clone(), table.coded(&condition.column)?);
            }
        }
        Ok(frame)
    }

    fn add_dimension(&mut self, dimension: &Dimension) -> Result<(), Failure> {
        let name = name_of(dimension);
        if dimension.grain != Grain::Value {
            let days = self.table.days(&dimension.column)?;
            return self.add_column(&name, time_of(days, dimension.grain, self.table.source.period));
        }
        let coded = self.table.coded(&dimension.column)?;
        self.labels.insert(name.clone(), coded.labels);
        match coded.cells {
            Cells::One(codes) => self.add_column(&name, codes.into_iter().map(|code| Some(code as i32)).collect()),
            Cells::Many { offsets, codes } => self.add_list(name, &offsets, codes),
        }
    }

    fn add_column(&mut self, name: &str, values: Vec<Option<i32>>) -> Result<(), Failure> {
        let column: Column = Series::new(name.into(), values).into();
        self.rows.with_column(column).map_err(polars_failed)?;
        Ok(())
    }

    fn add_list(&mut self, name: String, offsets: &[u32], codes: Vec<u32>) -> Result<(), Failure> {
        let lengths = offsets.windows(2).map(|bounds| (bounds[1] - bounds[0]) as usize).enumerate();
        let rows: Vec<u32> = lengths.flat_map(|(row, length)| std::iter::repeat_n(row as u32, length)).collect();
        let codes: Vec<i32> = codes.into_iter().map(|code| code as i32).collect();
        let columns = vec![Column::new(ROW.into(), rows), Column::new(name.as_str().into(), codes)];
        let frame = DataFrame::new_infer_height(columns).map_err(polars_failed)?;
        self.lists.insert(name, frame);
        Ok(())
    }

    fn cube(&self, request: &CubeRequest) -> Result<Cube, Failure> {
        let kept = self.kept(request);
        let mut cells = self.counts(request, &kept)?;
        for sum in &request.sums {
            self.add_sums(request, &kept, sum, &mut cells)?;
        }
        Ok(Cube { request: request.clone(), cells })
    }

    /// Per row whether all conditions hold.
    fn kept(&self, request: &CubeRequest) -> Vec<bool> {
        let mut kept = vec![true; self.table.data.rows];
        for condition in &request.conditions {
            let holds = self.conditions[&condition.column].holds(condition, kept.len());
            kept.iter_mut().zip(holds).for_each(|(kept, holds)| *kept &= holds);
        }
        kept
    }

    /// The kept rows with the request's dimensions, one row per combination of list values.
    fn exploded(&self, request: &CubeRequest, kept: &[bool]) -> Result<LazyFrame, Failure> {
        let (lists, mut columns): (Vec<String>, Vec<String>) =
            request.dimensions.iter().map(name_of).partition(|name| self.lists.contains_key(name));
        columns.extend([ROW.to_string(), EVENT.to_string()]);
        let mut rows = self.filtered(&columns, kept)?.lazy();
        for list in lists.iter().map(|name| &self.lists[name]) {
            rows = rows.join(list.clone().lazy(), [col(ROW)], [col(ROW)], JoinArgs::new(JoinType::Inner));
        }
        Ok(rows)
    }

    fn filtered(&self, columns: &[String], kept: &[bool]) -> Result<DataFrame, Failure> {
        let mask = BooleanChunked::new("kept".into(), kept);
        let rows = self.rows.select(columns.iter().map(String::as_str));
        rows.and_then(|rows| rows.filter(&mask)).map_err(polars_failed)
    }

    fn counts(&self, request: &CubeRequest, kept: &[bool]) -> Result<BTreeMap<Vec<Key>, CubeCell>, Failure> {
        if request.dimensions.is_empty() {
            return self.whole(kept);
        }
        let by = self.exploded(request, kept)?.group_by(names_of(request));
        let counted = by.agg([col(EVENT).n_unique().alias(COUNT)]).collect().map_err(polars_failed)?;
        let counts = counted.column(COUNT).and_then(|counts| counts.u32()).map_err(polars_failed)?;
        let cells = counts.into_no_null_iter().map(|count| CubeCell { count: u64::from(count), sums: Vec::new() });
        Ok(self.keys(request, &counted)?.into_iter().zip(cells).collect())
    }

    /// The answer to a request without dimensions: one cell, or none.
    fn whole(&self, kept: &[bool]) -> Result<BTreeMap<Vec<Key>, CubeCell>, Failure> {
        let rows = self.filtered(&[EVENT.to_string()], kept)?;
        let events = rows.column(EVENT).and_then(|events| events.n_unique()).map_err(polars_failed)?;
        let cell = CubeCell { count: events as u64, sums: Vec::new() };
        Ok((events > 0).then(|| (Vec::new(), cell)).into_iter().collect())
    }

    /// Adds to each cell how many of its events have a number, and the sum of those numbers.
    ///
    /// An event counts once: with the number on the first of its rows that has one. Numbers are added in order of
    /// size, so that neither threads nor the order of rows can change the last bit.
    fn add_sums(
        &self,
        request: &CubeRequest,
        kept: &[bool],
        sum: &str,
        cells: &mut BTreeMap<Vec<Key>, CubeCell>,
    ) -> Result<(), Failure> {
        let numbers = self.table.numbers(sum)?;
        let numbered: Vec<bool> = kept.iter().zip(numbers).map(|(kept, number)| *kept && number.is_some()).collect();
        let mut by = names_of(request);
        by.push(col(EVENT));
        let firsts = self.exploded(request, &numbered)?.group_by(by).agg([col(ROW).min()]);
        let firsts = firsts.collect().map_err(polars_failed)?;
        let rows = firsts.column(ROW).and_then(|rows| rows.u32()).map_err(polars_failed)?;
        let mut found: BTreeMap<Vec<Key>, Vec<f64>> = BTreeMap::new();
        for (key, row) in self.keys(request, &firsts)?.into_iter().zip(rows.into_no_null_iter()) {
            found.entry(key).or_default().extend(numbers[row as usize]);
        }
        for (key, cell) in cells {
            let mut numbers = found.remove(key).unwrap_or_default();
            numbers.sort_by(f64::total_cmp);
            let sum = numbers.iter().fold(Sum::default(), |sum, number| sum.plus(*number));
            cell.sums.push((numbers.len() as u64, sum.value()));
        }
        Ok(())
    }

    /// The keys of a grouped frame's rows.
    fn keys(&self, request: &CubeRequest, grouped: &DataFrame) -> Result<Vec<Vec<Key>>, Failure> {
        let mut keys = vec![Vec::with_capacity(request.dimensions.len()); grouped.height()];
        for dimension in &request.dimensions {
            let name = name_of(dimension);
            let values = grouped.column(&name).and_then(|values| values.i32()).map_err(polars_failed)?;
            let labels = self.labels.get(&name);
            for (key, value) in keys.iter_mut().zip(values.iter()) {
                key.push(match (value, labels) {
                    (None, _) => Key::Missing,
                    (Some(code), Some(labels)) => Key::Label(labels[code as usize].clone()),
                    (Some(number), None) => Key::Number(number),
                });
            }
        }
        Ok(keys)
    }
}

/// Column name of a dimension in a frame; the colon keeps it apart from `row` and `event`.
fn name_of(dimension: &Dimension) -> String {
    format!("{}:{:?}", dimension.column, dimension.grain)
}

fn names_of(request: &CubeRequest) -> Vec<Expr> {
    request.dimensions.iter().map(|dimension| col(name_of(dimension))).collect()
}

fn polars_failed(error: PolarsError) -> Failure {
    Failure::internal(format!("polars: {error}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::period::PeriodRule;
    use crate::measure::fixtures::{self, BruteForce};

    const LABELS: [&str; 4] = ["a", "b", "c", "Uppgift saknas"];
    const DAYS: [&str; 5] = ["2022-09-01", "2022-12-31", "2023-01-01", "2023-08-31", "2021-02-28"];

    /// A row of the fixture's source: few ids, so that one event often takes several rows.
    fn row() -> impl Strategy<Value = [String; 7]> {
        let list = || prop::collection::vec(0..LABELS.len(), 0..4);
        let number = prop::option::of(prop::sample::select(vec!["1", "2.5", "0.1", "3"]));
        let day = prop::option::of(prop::sample::select(DAYS.to_vec()));
        (0..12u8, day, list(), list(), list(), number, prop::option::of(any::<bool>())).prop_map(
            |(id, day, group, unit, kind, number, ivo)| {
                let joined = |list: Vec<usize>| list.iter().map(|label| LABELS[*label]).collect::<Vec<_>>().join("|");
                let ivo = ivo.map_or("", |yes| if yes { "Ja" } else { "Nej" }).to_string();
                let (day, number) = (day.unwrap_or("").to_string(), number.unwrap_or("").to_string());
                [format!("id{id}"), day, joined(group), joined(unit), joined(kind), number, ivo]
            },
        )
    }

    fn request() -> impl Strategy<Value = CubeRequest> {
        let value = |column: &str| Dimension { column: column.into(), grain: Grain::Value };
        let time = |grain| Dimension { column: "datum".into(), grain };
        let all = vec![
            value("avdelning"),
            value("enhet"),
            value("typ"),
            value("ivo"),
            time(Grain::Period),
            time(Grain::CalendarYear),
            time(Grain::Quarter),
            time(Grain::Month),
        ];
        let dimensions = prop::sample::subsequence(all, 0..=4).prop_shuffle();
        let values = prop::collection::vec(prop::sample::select(LABELS.to_vec()), 0..3);
        let column = prop::sample::select(vec!["avdelning", "enhet", "typ"]);
        let condition = (column, values, any::<bool>()).prop_map(|(column, values, negated)| {
            crate::domain::cube::Condition { negated, ..fixtures::has(column, &values) }
        });
        let sums = prop::sample::subsequence(vec!["allvar".to_string()], 0..=1);
        (dimensions, prop::collection::vec(condition, 0..3), sums).prop_map(|(dimensions, conditions, sums)| {
            CubeRequest { source: "avvikelser".into(), dimensions, conditions, sums }
        })
    }

    fn answers(plan: &Plan, data: &Dataset, requests: &[CubeRequest]) -> Vec<Cube> {
        let datasets = BTreeMap::from([("avvikelser".to_string(), data.clone())]);
        let engine = PolarsEngine::new(plan, datasets).expect("an engine");
        engine.answer(requests).expect("answers")
    }

    fn dataset(plan: &Plan, rows: &[[String; 7]]) -> Dataset {
        let rows: Vec<[&str; 7]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
        fixtures::rows(plan, &rows)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn polars_counts_as_going_through_the_rows_does(
            rows in prop::collection::vec(row(), 0..40),
            requests in prop::collection::vec(request(), 1..6),
        ) {
            let mut plan = fixtures::plan();
            plan.sources[0].period = PeriodRule { first_month: 9, named_after_end: true };
            let data = dataset(&plan, &rows);
            let brute = BruteForce { source: &plan.sources[0], data: &data };
            prop_assert_eq!(answers(&plan, &data, &requests), brute.answer(&requests).expect("answers"));
        }

        #[test]
        fn the_order_of_rows_changes_no_count(rows in prop::collection::vec(row(), 1..30), requests in prop::collection::vec(request(), 1..4)) {
            let plan = fixtures::plan();
            let without_sums: Vec<CubeRequest> =
                requests.into_iter().map(|request| CubeRequest { sums: Vec::new(), ..request }).collect();
            let mut turned = rows.clone();
            turned.reverse();
            let (one, other) = (dataset(&plan, &rows), dataset(&plan, &turned));
            prop_assert_eq!(answers(&plan, &one, &without_sums), answers(&plan, &other, &without_sums));
        }
    }

    #[test]
    fn an_event_with_two_units_counts_once_in_each_and_once_in_the_total() {
        let plan = fixtures::plan();
        let rows = [
            ["1", "2023-01-05", "", "Öppenvård|Utredning", "", "", ""],
            ["2", "2023-01-05", "", "Öppenvård", "", "", ""],
            ["2", "2023-01-05", "", "Öppenvård", "", "", ""],
        ];
        let data = fixtures::rows(&plan, &rows);
        let request = |dimensions| CubeRequest {
            source: "avvikelser".into(),
            dimensions,
            conditions: Vec::new(),
            sums: Vec::new(),
        };
        let units = request(vec![Dimension { column: "enhet".into(), grain: Grain::Value }]);
        let cubes = answers(&plan, &data, &[units, request(Vec::new())]);
        assert_eq!(cubes[0].count(&[Key::label("Öppenvård")]), 2);
        assert_eq!(cubes[0].count(&[Key::label("Utredning")]), 1);
        assert_eq!(cubes[1].count(&[]), 2);
    }

    #[test]
    fn no_rows_give_no_cells() {
        let plan = fixtures::plan();
        let request = CubeRequest {
            source: "avvikelser".into(),
            dimensions: Vec::new(),
            conditions: Vec::new(),
            sums: vec!["allvar".into()],
        };
        assert!(answers(&plan, &fixtures::rows::<7>(&plan, &[]), &[request])[0].cells.is_empty());
    }
}
