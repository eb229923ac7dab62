//! The table of a measure: what `measure` makes, `draw` draws and `write` prints. Plain structs, no library.

use std::collections::{BTreeMap, BTreeSet};

use super::said::Said;
use super::spc::{FLAG, Signal, VARIATION};

/// Label of the distinct total, of rows and of columns.
pub const TOTAL: &str = "Totalt";

/// Four kinds of nothing never collapse into one another, nor into zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nothing {
    /// Was to be measured, but is not there (Kolada `-`, an empty cell).
    Missing,
    /// Does not apply (Kolada `.`).
    NotApplicable,
    /// Exists but is withheld (Kolada `..`, Socialstyrelsen `X`, our own suppression).
    Withheld,
    /// Never asked for: this cell has no meaning in the table (a total of a text column).
    Blank,
}

/// A cell. Shares keep their exact fraction; only writers round.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Whole events, persons, answers; a difference may be negative.
    Count(i64),
    /// An exact share, 0 ≤ numerator ≤ denominator; denominator > 0.
    Share {
        /// The part.
        numerator: u64,
        /// The whole.
        denominator: u64,
    },
    /// An exact relative change, (now − then) / then; `then` > 0.
    Change {
        /// This period's count.
        now: i64,
        /// The count before.
        then: i64,
    },
    /// As delivered or computed; the column says its unit and decimals.
    Number(f64),
    /// Words.
    Text(String),
    /// A word that is gone by: printed as a text, asked as what it is.
    Said(Said),
    /// Days since 1970-01-01.
    Date(i32),
    /// No value, and which kind of nothing.
    Nothing(Nothing),
}

impl Value {
    /// There is a number, and it is not shown.
    pub const WITHHELD: Value = Value::Nothing(Nothing::Withheld);
}

/// What a column's numbers are in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// Whole events, persons, answers.
    #[default]
    Count,
    /// [`Value::Share`] or [`Value::Change`], printed in per cent; or a number 0–100 as delivered.
    Percent {
        /// As printed.
        decimals: u8,
    },
    /// Difference between two percentages, in procentenheter.
    PercentagePoints {
        /// As printed.
        decimals: u8,
    },
    /// Any other number.
    Number {
        /// As printed.
        decimals: u8,
    },
    /// Words.
    Text,
    /// Days.
    Date,
}

impl Unit {
    /// The unit of a difference between two values of this unit.
    pub fn of_difference(self) -> Unit {
        match self {
            Unit::Percent { decimals } => Unit::PercentagePoints { decimals },
            unit => unit,
        }
    }
}

/// What a column is to the reader; charts and sentences find columns by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// This period's value.
    Current,
    /// Last period's value.
    Previous,
    /// A period before that, or one year of a series (see `TableColumn::year`).
    Earlier,
    /// Current − previous.
    Difference,
    /// Relative change.
    Change,
    /// A value of the second dimension of a breakdown.
    Part,
    /// The distinct total over the second dimension.
    Total,
    /// The part of a share.
    Numerator,
    /// The whole of a share.
    Denominator,
    /// A share of the numerator in the denominator.
    Share,
    /// A mean over events or answers.
    Mean,
    /// A count beside: of answers, cases, rows.
    N,
    /// What was to be reached.
    Goal,
    /// What the value is held against: the country, similar municipalities.
    Reference,
    /// Ends of the 95 % interval of the column that [`MeasureTable::limits_of`] says.
    Lower,
    /// The upper end of that interval.
    Upper,
    /// p of the test against the period before, and the same adjusted over the table (Benjamini–Hochberg).
    PValue,
    /// The p of the test, adjusted over the table.
    AdjustedP,
    /// A test statistic, slope or the name of the test.
    Statistic,
    /// Number of answers behind the value of one period, see [`MeasureTable::n_of`].
    Answers,
    /// What the test allows to say: "ökning", "ingen säkerställd skillnad" … (`sentence::words`).
    Development,
    /// "nått", "inte nått".
    Verdict,
    /// Words.
    Text,
}

impl Role {
    /// Columns for the analyst: in tables/*.csv, but printed in no table unless a job names them.
    pub fn is_for_analyst(self) -> bool {
        use Role::{AdjustedP, Answers, Development, Lower, PValue, Statistic, Upper};
        matches!(self, Lower | Upper | PValue | AdjustedP | Statistic | Answers | Development)
    }
}

/// A column of values.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// Stable name used in templates and CSV, ASCII: `current`, `previous`, `y2021`, `typ=Lex Sarah`.
    pub key: String,
    /// Header that a reader sees.
    pub label: String,
    /// What it is to the reader.
    pub role: Role,
    /// What its numbers are in.
    pub unit: Unit,
    /// Year name when the column is one period of a series.
    pub year: Option<i32>,
}

/// What a row is to the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowKind {
    /// An ordinary row.
    #[default]
    Part,
    /// A group over the rows that follow at a deeper level (an avdelning over its enheter).
    Group,
    /// "Övrigt", "Uppgift saknas", unknown values: last and in grey.
    Residual,
    /// The distinct total.
    Total,
}

/// A row of values.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// Path of normalised keys: `["Barn och vuxna", "Öppenvårdsenhet"]`; empty for the total.
    pub key: Vec<String>,
    /// What a reader sees.
    pub label: String,
    /// 0 outermost.
    pub level: u8,
    /// What it is to the whole.
    pub kind: RowKind,
    /// One per column, same order.
    pub values: Vec<Value>,
}

impl TableRow {
    /// A row of the outermost level that is called by its key, before it has values.
    pub fn named(name: impl ToString, kind: RowKind) -> TableRow {
        let label = name.to_string();
        TableRow { key: vec![label.clone()], label, level: 0, kind, values: Vec::new() }
    }

    /// The whole, before it has values.
    pub fn total() -> TableRow {
        TableRow { key: Vec::new(), ..TableRow::named(TOTAL, RowKind::Total) }
    }
}

/// A remark printed below the table and the figures drawn from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableNote {
    /// What it is about; decides where it is printed.
    pub kind: NoteKind,
    /// A Swedish sentence.
    pub text: String,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Parts do not add up to the total, and why.
    NotASum,
    /// Printed numbers are rounded and may not add up.
    Rounding,
    /// Values that are not there, and why.
    Missing,
    /// Small counts that are hidden.
    Withheld,
    /// Values outside the declared list, in a bucket of their own.
    UnknownCategories,
    /// How many rows have no date: a count that stands nowhere else.
    Undated,
    /// Values that rest on few answers.
    FewAnswers,
    /// How the numbers were made and judged: profile, options, what makes them tentative.
    Method,
    /// What a test of the whole table allows to say.
    Verdict,
    /// How intervals are made: said where one is printed.
    Interval,
    /// What the column with this key says: left out where the column is not printed.
    Column(&'static str),
    /// Anything else.
    Other,
}

/// Which way is good. A property of the indicator, never of a count of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// A higher value is better.
    Higher,
    /// A lower value is better.
    Lower,
    /// Neither way is better.
    Neither,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowsAre {
    /// Units, categories, indicators, cases.
    #[default]
    Things,
    /// Months, quarters, years: time runs down the side.
    Periods,
    /// Points of a control chart in the order of time; the total row is the last of them.
    Points,
}

/// The result of a measure. Row order is print order; a row for every key that the plan lists, zero or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MeasureTable {
    /// `family.name`, and `family.name/value` where the job says `each`.
    pub name: String,
    /// Title that a reader sees.
    pub title: String,
    /// Header(s) of the row labels, outermost first: `["Avdelning", "Enhet"]`.
    pub row_headers: Vec<String>,
    /// In print order, one per value of a row.
    pub columns: Vec<TableColumn>,
    /// In print order.
    pub rows: Vec<TableRow>,
    /// Whether time runs down the side.
    pub rows_are: RowsAre,
    /// In print order.
    pub notes: Vec<TableNote>,
    /// "Källa: Avvikelser (Treserva)."
    pub source: String,
    /// What the numbers are of: "antal avvikelser", "andel positiva svar, procent".
    pub what: String,
    /// "kvalitetsår 2023", "2020–2023".
    pub period: String,
    /// Distinct events, or observations with a value, behind the table.
    pub n: u64,
    /// Its numbers are of events, so that `n` says how many there are.
    pub counts_events: bool,
    /// Direction that is good, per row key's last part; absent rows have none.
    pub directions: BTreeMap<String, Direction>,
    /// The year that a row stands for, per row key's last part, in a table of years.
    pub row_years: BTreeMap<String, i32>,
    /// Unit of single rows that differ from their columns, per row key's last part; read through [`Self::unit_of`].
    pub row_units: BTreeMap<String, Unit>,
    /// Rows, by their key's last part, answered by fewer than the source's minimum in one of the last two periods:
    /// nothing is said about their direction.
    pub few_answers: BTreeSet<String>,
}

impl MeasureTable {
    /// What a cell's number is in: the row's own unit where it has one, otherwise the column's.
    ///
    /// A row's unit concerns its values, goal and reference; a difference of percentages is in procentenheter.
    /// Numbers of answers, shares, relative changes and text keep the unit of their column.
    pub fn unit_of(&self, row: &TableRow, column: usize) -> Unit {
        let column = &self.columns[column];
        let own = row.key.last().and_then(|key| self.row_units.get(key)).copied();
        match (own, column.role) {
            (None, _) => column.unit,
            (Some(_), _) if matches!(column.unit, Unit::Text | Unit::Date) => column.unit,
            (Some(unit), Role::Difference) => unit.of_difference(),
            (Some(unit), Role::Current | Role::Previous | Role::Earlier | Role::Part | Role::Total) => unit,
            (Some(unit), Role::Goal | Role::Reference | Role::Mean) => unit,
            (Some(_), _) => column.unit,
        }
    }

    /// Whether it is that of a control chart.
    pub fn is_control_chart(&self) -> bool {
        self.rows_are == RowsAre::Points
    }

    /// What the row says in the column with this key.
    pub fn said(&self, row: &TableRow, key: &str) -> Option<Said> {
        match row.values.get(self.column(key)?)? {
            Value::Said(said) => Some(*said),
            _ => None,
        }
    }

    /// The signal of a control chart; `None` for other tables, and where nothing can be judged.
    pub fn signal(&self) -> Option<Signal> {
        let row = self.total_row()?;
        let Said::Variation(variation) = self.said(row, VARIATION)? else { return None };
        let last = self.said(row, FLAG).and_then(|said| match said {
            Said::Signal(label, side) => Some((label, side)),
            _ => None,
        });
        Some(Signal { variation, last })
    }

    /// Columns that the row labels take, one per level: as many as the deepest key has parts, and one at least.
    pub fn label_columns(&self) -> usize {
        let deepest = self.rows.iter().map(|row| row.key.len()).max().unwrap_or(0);
        self.row_headers.len().max(deepest).max(1)
    }

    /// Index of the column with this key.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// Columns of the lower and upper end of a column's interval: `share_lower`, `share_upper` for `share`.
    pub fn limits_of(&self, column: usize) -> Option<(usize, usize)> {
        let key = &self.columns.get(column)?.key;
        Some((self.column(&format!("{key}_lower"))?, self.column(&format!("{key}_upper"))?))
    }

    /// Column of the number of answers behind a column: `y2021_n` for `y2021`.
    pub fn n_of(&self, column: usize) -> Option<usize> {
        self.column(&format!("{}_n", self.columns.get(column)?.key))
    }

    /// True when so few have answered that nothing is said about the row's direction.
    pub fn has_few_answers(&self, row: &TableRow) -> bool {
        row.key.last().is_some_and(|key| self.few_answers.contains(key))
    }

    /// Index of the first column of this role.
    pub fn column_of_role(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }

    /// The distinct total, where the table has one.
    pub fn total_row(&self) -> Option<&TableRow> {
        self.rows.iter().find(|row| row.kind == RowKind::Total)
    }

    /// The row with this label or key path (`"Barn och vuxna / Öppenvårdsenhet"`); "Totalt" finds the total row.
    pub fn row(&self, name: &str) -> Option<&TableRow> {
        self.rows.iter().find(|row| row.label == name || row.key.join(" / ") == name)
    }

    /// File-name stem, ASCII and lower case: `breakdown-kategori--barn-och-unga`.
    pub fn stem(&self) -> String {
        file_stem(&self.name)
    }
}

/// File-name stem of `family.name` or `family.name/value`: `line-manad`, `heat-enhet_typ--barn-och-unga`.
pub fn file_stem(name: &str) -> String {
    let (name, value) = name.split_once('/').map_or((name, None), |(name, value)| (name, Some(value)));
    let name = name.replace('.', "-");
    value.map_or_else(|| name.clone(), |value| format!("{name}--{}", slug(value)))
}

/// Lower-case ASCII words joined by hyphens; å ä → a, ö → o, é → e.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.to_lowercase().chars() {
        match letter {
            'å' | 'ä' | 'à' | 'á' => slug.push('a'),
            'ö' | 'ø' => slug.push('o'),
            'é' | 'è' => slug.push('e'),
            'ü' => slug.push('u'),
            letter if letter.is_ascii_alphanumeric() || letter == '_' => slug.push(letter),
            _ if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_string()
}
