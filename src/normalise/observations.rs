//! Observations: one row an indicator, area, period and group, whatever shape the export has.
//!
//! In: typed columns and kept rows. Out: the canonical columns (texts, value, status, n, goal, reference), the further
//! declared ones. A row of a wide table becomes one observation for each wide column, blank cells included.
//! Never: a value where the status says that there is none.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::Code;
use crate::domain::kolada;
use crate::domain::spelling::fold;
use crate::domain::table::Nothing;
use crate::ingest::RawBatch;
use crate::store::schema::{OBSERVATION_NUMBERS, OBSERVATION_TEXTS, STATUS, is_canonical};
use crate::store::{BLANK, BatchColumn, NO_DAY};
use crate::vocabulary::plan::SourcePlan;

use super::block::Flaw;
use super::columns::{Column, Worker};
use super::gather::gather;
use super::readers::Reader;
use super::rules::Rules;
use super::{numbers, text};

/// Labels of the status column.
const STATUSES: [&str; 4] = ["value", "missing", "not_applicable", "withheld"];

/// One observation: the export row that it comes from, and the wide column if the table has any.
#[derive(Clone, Copy)]
struct Observed {
    row: u32,
    wide: Option<usize>,
}

/// A batch of observations being made.
pub(super) struct Observations<'a> {
    source: &'a SourcePlan,
    rules: &'a Rules<'a>,
    worker: &'a Worker,
    batch: &'a RawBatch,
    places: Vec<Observed>,
    marks: BTreeMap<(u32, u32), Nothing>,
    /// Cells that hold something that can't be read.
    told: BTreeSet<(u32, u32)>,
}

impl<'a> Observations<'a> {
    pub(super) fn new(
        source: &'a SourcePlan,
        rules: &'a Rules<'a>,
        worker: &'a Worker,
        batch: &'a RawBatch,
        rows: &[u32],
    ) -> Self {
        let marks = worker.notes.marks.iter().map(|(row, column, nothing)| ((*row, *column), *nothing)).collect();
        let wide = source.wide.len();
        let places = match wide {
            0 => rows.iter().map(|row| Observed { row: *row, wide: None }).collect(),
            _ => rows.iter().flat_map(|row| (0..wide).map(|wide| Observed { row: *row, wide: Some(wide) })).collect(),
        };
        let told = worker.notes.problems.iter().map(|flaw| (flaw.row, flaw.column)).collect();
        Observations { source, rules, worker, batch, places, marks, told }
    }

    /// The columns in schema order (lineage is not among them), and the cells whose value contradicts their status.
    pub(super) fn columns(&self) -> (Vec<BatchColumn>, Vec<Flaw>) {
        let (values, statuses, contradictions) = self.values();
        let mut columns: Vec<BatchColumn> = OBSERVATION_TEXTS.iter().map(|name| self.texts(name)).collect();
        columns.push(BatchColumn::Numbers(values));
        columns.push(BatchColumn::Labels {
            codes: statuses,
            labels: STATUSES.iter().map(|label| Arc::from(*label)).collect(),
        });
        columns.extend(OBSERVATION_NUMBERS[1..].iter().map(|name| BatchColumn::Numbers(self.numbers(name))));
        let rows = self.rows();
        let further = self.source.columns.iter().enumerate().filter(|(_, column)| !is_canonical(&column.name));
        columns.extend(
            further
                .map(|(index, _)| gather(&self.rules.columns[index], &self.worker.columns[index], &rows, self.batch)),
        );
        (columns, contradictions)
    }

    /// The export row of each observation.
    pub(super) fn rows(&self) -> Vec<u32> {
        self.places.iter().map(|place| place.row).collect()
    }

    fn fixed(&self, name: &str) -> Option<&'a str> {
        self.source.fixed.iter().find(|(fixed, _)| fixed == name).map(|(_, text)| text.as_str())
    }

    /// What the wide column says about a dimension, else what the row's cell says, else the job's constant.
    fn texts(&self, name: &str) -> BatchColumn {
        let (column, fixed) = (self.source.column(name), self.fixed(name));
        let mut labels = Labels::default();
        let text_of = |place: &Observed| {
            let set = place.wide.and_then(|wide| self.source.wide[wide].set.iter().find(|(set, _)| set == name));
            match (set, column) {
                (Some((_, text)), _) => Some(Cow::Borrowed(text.as_str())),
                (None, Some(column)) => self.text(column, place.row as usize),
                (None, None) => fixed.map(Cow::Borrowed),
            }
        };
        let codes = self.places.iter().map(|place| labels.code(text_of(place).as_deref())).collect();
        BatchColumn::Labels { codes, labels: labels.labels }
    }

    /// A cell as text: numbers as Excel shows them, so that the year 2022 is "2022".
    fn text(&self, column: usize, row: usize) -> Option<Cow<'a, str>> {
        match &self.worker.columns[column] {
            Column::Codes(codes) => self.label(column, codes[row]).map(|label| Cow::Owned(label.to_string())),
            Column::Lists(lists) => {
                let labels: Vec<_> = lists.row(row).iter().filter_map(|code| self.label(column, *code)).collect();
                (!labels.is_empty()).then(|| Cow::Owned(labels.join("; ")))
            }
            Column::Days(days) => (days[row] != NO_DAY).then(|| Cow::Owned(text::shown_day(days[row]))),
            Column::Numbers(numbers) => (!numbers[row].is_nan()).then(|| Cow::Owned(numbers::shown(numbers[row]))),
            Column::YesNo(answers) => answers[row].map(|answer| Cow::Borrowed(text::shown_flag(answer))),
            Column::Texts(texts) => {
                let bytes = texts.bytes(self.batch, row);
                (!bytes.is_empty()).then(|| Cow::Owned(String::from_utf8_lossy(bytes).into_owned()))
            }
        }
    }

    fn label(&self, column: usize, code: u32) -> Option<Arc<str>> {
        let rule = &self.rules.columns[column];
        match (&rule.groups, &rule.reader) {
            (Some((_, groups)), _) => groups.labels().get(code as usize).cloned(),
            (None, Reader::Closed(closed)) => closed.list.labels().get(code as usize).cloned(),
            (None, Reader::Open(open)) => open.labels.label(code),
            _ => None,
        }
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let fixed = self.fixed(name).and_then(|text| numbers::read(text, false)).unwrap_or(f64::NAN);
        match self.source.column(name).map(|column| &self.worker.columns[column]) {
            Some(Column::Numbers(numbers)) => self.places.iter().map(|place| numbers[place.row as usize]).collect(),
            _ => vec![fixed; self.places.len()],
        }
    }

    /// Values, their status, and the cells that hold a value although their status says that there is none.
    fn values(&self) -> (Vec<f64>, Vec<u32>, Vec<Flaw>) {
        let declared = self.source.column(OBSERVATION_NUMBERS[0]);
        let status = self.source.column(STATUS);
        let fixed = self.numbers(OBSERVATION_NUMBERS[0]);
        let (mut values, mut statuses, mut contradictions) = (Vec::new(), Vec::new(), Vec::new());
        for (index, place) in self.places.iter().enumerate() {
            let column = place.wide.map(|wide| self.source.columns.len() + wide).or(declared);
            let value = match column.map(|column| &self.worker.columns[column]) {
                Some(Column::Numbers(numbers)) => numbers[place.row as usize],
                _ => fixed[index],
            };
            let said = status.and_then(|status| self.status(status, place.row));
            if let (Some(_), false, Some(column)) = (said, value.is_nan(), column) {
                let (column, code) = (column as u32, Code::StatusContradiction);
                contradictions.push(Flaw { row: place.row, column, code, text: None });
            }
            let mark = column.and_then(|column| self.marks.get(&(place.row, column as u32)).copied());
            let nothing = said.or(mark).or(value.is_nan().then_some(Nothing::Missing));
            if let (Some(_), Some(column), None, None, true) = (status, column, said, mark, value.is_nan()) {
                // A cell that can't be read has been told already.
                contradictions.extend(self.unmarked(place.row, column as u32));
            }
            values.push(if nothing.is_some() { f64::NAN } else { value });
            statuses.push(status_code(nothing));
        }
        (values, statuses, contradictions)
    }

    /// A blank cell whose status says nothing, in a source whose status should.
    fn unmarked(&self, row: u32, column: u32) -> Option<Flaw> {
        (!self.told.contains(&(row, column))).then_some(Flaw { row, column, code: Code::UnmarkedNull, text: None })
    }

    /// What the status cell of a row says about its value: a declared mark, or one of Kolada's words.
    fn status(&self, column: usize, row: u32) -> Option<Nothing> {
        if let Some(nothing) = self.marks.get(&(row, column as u32)) {
            return Some(*nothing);
        }
        kolada::status(&fold(&self.text(column, row as usize)?))
    }
}

fn status_code(nothing: Option<Nothing>) -> u32 {
    match nothing {
        None => 0,
        Some(Nothing::Missing | Nothing::Blank) => 1,
        Some(Nothing::NotApplicable) => 2,
        Some(Nothing::Withheld) => 3,
    }
}

/// Labels of one batch, numbered by first occurrence.
#[derive(Default)]
struct Labels {
    codes: HashMap<String, u32>,
    labels: Vec<Arc<str>>,
}

impl Labels {
    fn code(&mut self, label: Option<&str>) -> u32 {
        let Some(label) = label else { return BLANK };
        if let Some(code) = self.codes.get(label) {
            return *code;
        }
        let code = self.labels.len() as u32;
        self.labels.push(Arc::from(label));
        self.codes.insert(label.to_string(), code);
        code
    }
}
