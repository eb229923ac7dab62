//! What is known of a file, its sheets and their columns: plain values, which `init` and `inspect` tell.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::personal::Suspicion;
use crate::ingest::{FileKind, WorkbookKind};

/// All that is known of a file.
#[derive(Debug, Clone, Serialize)]
pub struct FileProfile {
    /// Name of the file.
    pub file: String,
    #[serde(serialize_with = "named")]
    pub(crate) format: FileKind,
    /// Of a delimited file.
    pub encoding: Option<String>,
    /// Of a delimited file.
    pub delimiter: Option<char>,
    /// In the workbook's order; one for a delimited file.
    pub sheets: Vec<SheetProfile>,
}

/// One sheet, or the whole of a file without sheets.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SheetProfile {
    /// `None` for a delimited file.
    pub name: Option<String>,
    /// False for a sheet that is hidden in the workbook.
    pub visible: bool,
    /// "A1:K2052"; `None` for a sheet without a filled cell.
    pub used: Option<String>,
    /// Lowest header row, counted from 1; `None` where no row looks like a header.
    pub header_row: Option<u32>,
    /// Rows that the headers take.
    pub header_rows: u32,
    /// Filled rows above the header.
    pub title_rows: u64,
    /// Rows that hold data.
    pub data_rows: u64,
    /// Rows between the data in which nothing stands.
    pub blank_rows: u64,
    /// Rows that begin with a label of totals.
    pub total_rows: u64,
    /// Labels of rows among the data that stand for several others ("Rikets värde"), with their counts.
    pub aggregates: BTreeMap<String, u64>,
    /// Rows with one text at the left edge between the data.
    pub section_rows: u64,
    /// The same below the last data row.
    pub footnotes: u64,
    /// Columns without header and without any filled cell, as a trailing delimiter makes them.
    pub empty_columns: u32,
    /// What it is as a whole.
    pub shape: Shape,
    /// In the sheet's order.
    pub columns: Vec<ColumnProfile>,
    /// Columns that stand for years, quarters or months: index of the column, and the period.
    pub wide: Vec<(usize, String)>,
    /// (member column, group column): the first decides the second.
    pub hierarchy: Option<HierarchyProfile>,
    /// Column of the period date.
    pub period_date: Option<usize>,
    /// Column that identifies an event.
    pub id: Option<usize>,
}

/// What a sheet as a whole is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One row per reported thing, with an identity and a date.
    Events,
    /// Kolada's long form, or another with one value a row.
    LongObservations,
    /// Periods as columns.
    WidePeriods,
    /// Places or units as rows, indicators as columns, as in Socialstyrelsen's workbooks.
    WideIndicators,
    /// Places as rows and yes/no answers as columns, as in Öppna jämförelser.
    AnswersByPlace,
    /// A list of rows whose text is meant to be read.
    List,
    /// Text about the file, no table.
    Information,
    /// No filled cell.
    #[default]
    Empty,
}

/// What the cells of a column are; the kinds of a job file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Tells one event from another.
    Id,
    /// A day.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    YesNo,
    /// One of a short list of labels.
    Category,
    /// Words that are not counted.
    Text,
}

impl Kind {
    /// As the job file writes it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Kind::Id => "id",
            Kind::Date => "date",
            Kind::Number => "number",
            Kind::YesNo => "yes_no",
            Kind::Category => "category",
            Kind::Text => "text",
        }
    }
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// As a date cell of a workbook.
    Cell,
    /// As text in this strptime format.
    Text(&'static str),
}

impl DateForm {
    pub(super) fn format(self) -> Option<&'static str> {
        match self {
            DateForm::Cell => None,
            DateForm::Text(format) => Some(format),
        }
    }
}

impl fmt::Display for DateForm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateForm::Cell => out.write_str("date cell"),
            DateForm::Text(format) => out.write_str(format),
        }
    }
}

impl Serialize for DateForm {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Tells one event from another.
    Id,
    /// Places a row in a period.
    PeriodDate,
    /// Any other day.
    OtherDate,
    /// Members of the hierarchy (enhet).
    Member,
    /// Groups of the hierarchy (avdelning).
    Group,
    /// What events are counted by.
    Category,
    /// A question of yes and no.
    YesNo,
    /// A number that can be averaged.
    Number,
    /// Observations: what is measured, where, when, for whom, how much, and the mark beside it.
    Indicator,
    /// Where an observation is of: a municipality, a unit.
    Area,
    /// When an observation is of.
    Period,
    /// For whom: women, men, all.
    Gender,
    /// The observed number.
    Value,
    /// The mark beside it: withheld, missing.
    Status,
    /// Words that a person wrote: not to be read.
    FreeText,
    /// What looks like personal data: not to be read.
    PersonalData,
    /// No filled cell.
    Empty,
}

/// Members with their groups, in the order of their counts.
#[derive(Debug, Clone, Serialize)]
pub struct HierarchyProfile {
    /// Index of the members' column.
    pub member: usize,
    /// Index of the groups' column.
    pub group: usize,
    /// Each group with its members.
    pub groups: Vec<(String, Vec<String>)>,
}

/// One column, from all of its cells.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnProfile {
    /// Column as Excel counts, from 1.
    pub column: u32,
    /// Whole header, all of its rows joined; what looks like personal data in it is masked.
    pub header: String,
    /// The header cannot be named in a job: it is empty, or another column has the same.
    pub unusable: bool,
    /// What its cells are.
    pub kind: Kind,
    /// What it is for.
    pub role: Role,
    /// Cells that hold something.
    pub filled: u64,
    /// Cells of data rows that hold nothing.
    pub blank: u64,
    /// Marks that stand for nothing, with their counts.
    pub marks: BTreeMap<String, u64>,
    /// How dates are written, with the number of cells that are.
    pub date_formats: Vec<(DateForm, u64)>,
    /// Distinct values (elements, where cells are split), as far as they were counted.
    pub distinct: u64,
    /// `distinct` is a lower limit.
    pub distinct_at_least: bool,
    /// The values with counts, most frequent first; empty unless the column is a short list of labels.
    pub values: Vec<(String, u64)>,
    /// As `values`, whatever the kind; never shown before a role says that they are labels.
    #[serde(skip)]
    pub(super) remembered: Vec<(String, u64)>,
    /// Separators of several values in one cell.
    pub separators: Vec<String>,
    /// `None` where the column holds no numbers.
    pub number: Option<NumberProfile>,
    /// First and last day, YYYY-MM-DD.
    pub days: Option<(String, String)>,
    /// Rows by year and month.
    #[serde(skip)]
    pub months: BTreeMap<(i16, i8), u64>,
    /// Kind of personal data → cells that hold some. Counts only.
    pub(crate) personal: BTreeMap<Suspicion, u64>,
}

/// How the numbers of a column are written.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NumberProfile {
    /// The smallest number.
    pub least: f64,
    /// The largest number.
    pub largest: f64,
    /// Numeric cells of a workbook.
    pub cells: u64,
    /// Texts with a decimal comma.
    pub decimal_comma: u64,
    /// Texts with a decimal point.
    pub decimal_point: u64,
    /// Texts with a per cent sign.
    pub percent_sign: u64,
    /// Cells with a per cent format over a fraction.
    pub percent_format: u64,
    /// Thousands by: "space", "no-break space", "narrow no-break space".
    pub thousands: BTreeMap<&'static str, u64>,
    /// All are whole.
    pub whole: bool,
}

/// What a kind of file is called.
pub(crate) fn name_of(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Delimited => "delimited text",
        FileKind::Json => "JSON of Kolada",
        FileKind::Workbook(WorkbookKind::Xlsx) => "xlsx",
        FileKind::Workbook(WorkbookKind::Xlsb) => "xlsb",
        FileKind::Workbook(WorkbookKind::Xls) => "xls",
        FileKind::Workbook(WorkbookKind::Ods) => "ods",
    }
}

fn named<S: serde::Serializer>(kind: &FileKind, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(name_of(*kind))
}

impl ColumnProfile {
    /// Suspected of personal data: nothing of its cells is shown, and no draft asks for it.
    pub fn is_suspect(&self) -> bool {
        !self.personal.is_empty()
    }
}
