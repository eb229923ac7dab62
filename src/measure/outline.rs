//! What a measure's rows and columns are called, as far as that is known before any data are read.
//!
//! In: a measure and the plan around it. Out: its table as its own family makes it of an export in which everything
//! occurs that the job's lists declare, once; or nothing where the export decides what stands in the table. Never: a second
//! list of what a family prints.

use super::cubes::Cubes;
use super::family::{Facts, Of};
use super::plan::Plan;
use super::sheet::Sheet;
use crate::domain::cube::{Cube, CubeCell, CubeRequest, Dimension, Grain, Key};
use crate::domain::table::{MeasureTable, TableColumn, TableRow};
use crate::vocabulary::scope::Scope;

/// Stands for whatever the export holds of a column without a list.
const OPEN: &str = "\u{0}";

/// Years before the job's that stand for all that an export may hold.
const LONG_AGO: i32 = 100;

/// Combinations of values beyond which a table is not thought through.
const MOST_CELLS: usize = 50_000;

/// The names in a table; `None` where the export decides them.
pub struct Outline {
    /// In print order.
    pub rows: Option<Vec<TableRow>>,
    /// In print order.
    pub columns: Option<Vec<TableColumn>>,
}

/// Reads the names off the table.
pub fn outline(of: Of) -> Outline {
    let Some(MeasureTable { rows, columns, .. }) = sheet(of).map(|sheet| sheet.table) else {
        return Outline { rows: None, columns: None };
    };
    let long_ago = long_ago(of.plan).to_string();
    let is_open = |name: &str| name.contains(OPEN) || name.contains(&long_ago);
    Outline {
        rows: (!rows.iter().any(|row| row.key.iter().any(|key| is_open(key)))).then_some(rows),
        columns: (!columns.iter().any(|column| is_open(&column.key))).then_some(columns),
    }
}

fn sheet(of: Of) -> Option<Sheet> {
    let (Of { plan, .. }, family) = (of, of.measure.kind.family());
    let wants = family.wants(of);
    if !wants.rows.is_empty() || !wants.columns.is_empty() {
        return None;
    }
    let base = match wants.base {
        Some(base) => Some(sheet(Of { plan, measure: &plan.measures[base] })?.table),
        None => None,
    };
    let cubes = Cubes::from(wants.cubes.iter().map(|request| everything(plan, request)).collect::<Option<Vec<_>>>()?);
    let (rows, deliveries, absent) = Default::default();
    let facts = Facts { cubes: &cubes, rows: &rows, deliveries: &deliveries, absent: &absent };
    family.sheet(of, facts, base.as_ref()).ok()
}

/// One event in each combination of values.
fn everything(plan: &Plan, request: &CubeRequest) -> Option<Cube> {
    let mut keys = vec![Vec::new()];
    for dimension in &request.dimensions {
        let values = values_of(plan, &request.source, dimension);
        if keys.len() * values.len() > MOST_CELLS {
            return None;
        }
        let longer = |key: &Vec<Key>| -> Vec<Vec<Key>> {
            values.iter().map(|value| [key.as_slice(), std::slice::from_ref(value)].concat()).collect()
        };
        keys = keys.iter().flat_map(longer).collect();
    }
    let cell = CubeCell { count: 1, sums: vec![(1, 1.0); request.sums.len()] };
    Some(Cube { request: request.clone(), cells: keys.into_iter().map(|key| (key, cell.clone())).collect() })
}

fn values_of(plan: &Plan, source: &str, dimension: &Dimension) -> Vec<Key> {
    let numbers = |numbers: std::ops::RangeInclusive<i32>| numbers.map(Key::Number);
    let year = plan.job.year;
    match dimension.grain {
        Grain::Value => {
            let index = plan.sources.iter().position(|known| known.name == source);
            let values =
                index.and_then(|index| Scope { index, plan: &plan.sources[index] }.countable(&dimension.column));
            values.unwrap_or_else(|| vec![OPEN.into()]).iter().map(|value| Key::label(value)).collect()
        }
        Grain::Month => numbers(1..=12).collect(),
        Grain::Quarter => numbers(1..=4).collect(),
        Grain::Period | Grain::CalendarYear => {
            let known = numbers(year - plan.job.earlier as i32..=year);
            known.chain([Key::Number(long_ago(plan))]).collect()
        }
    }
}

fn long_ago(plan: &Plan) -> i32 {
    plan.job.year - LONG_AGO
}
