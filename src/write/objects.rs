//! What the functions of a template hand back: cells, rows and printed things that know where they came from.
//!
//! In: a measured table. Out: objects that print in Swedish with their unit, and never print a value that is missing
//! or withheld: that is an error, because an empty space in a sentence is worse than none.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{Error, ErrorKind, State};

use super::facts::{Fault, column_index};
use super::tokens::{Printed, clean};
use super::values::{column_at, decimals_of, origin_of, previous_column, print_value, row_name, year_before};
use crate::diagnostic::Code;
use crate::domain::sentence::words::beside_of_few;
use crate::domain::sentence::{Fraction, compare_counts, compare_numbers, compare_percentages, compare_shares};
use crate::domain::table::{self, MeasureTable, Nothing, RowKind, TableColumn, TableRow, Unit};

/// A fault on its way through the template engine, which adds file and line.
pub(super) fn raise(fault: Fault) -> Error {
    Error::new(ErrorKind::InvalidOperation, fault.message.clone()).with_source(fault)
}

/// Something printed: a text, a bound text, a reference or a block.
#[derive(Debug)]
pub(super) struct PrintedObject(pub Printed);

impl PrintedObject {
    pub(super) fn value(printed: Printed) -> Value {
        Value::from_object(PrintedObject(printed))
    }
}

impl Object for PrintedObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Printed::Text(text) | Printed::Bound { text, .. } => out.write_str(text),
            Printed::Reference(_) | Printed::Block(_) => Ok(()),
        }
    }
}

/// One value of a table with its column: a number in a sentence.
#[derive(Debug)]
pub(super) struct CellObject {
    pub value: table::Value,
    pub column: TableColumn,
    pub origin: String,
}

impl CellObject {
    pub(super) fn of(table: &MeasureTable, row: usize, column: usize) -> Self {
        let row = &table.rows[row];
        let value = row.values.get(column).cloned().unwrap_or(table::Value::Nothing(Nothing::Blank));
        let column = column_at(table, row, column);
        CellObject { value, origin: clean(&origin_of(table, row, &column)), column }
    }

    /// The value as a bound text; nothing is never printed.
    pub(super) fn printed(&self) -> Result<Printed, Fault> {
        match &self.value {
            table::Value::Nothing(nothing) => Err(self.has_no_value(*nothing)),
            value => Ok(self.bound(print_value(value, &self.column))),
        }
    }

    pub(super) fn bound(&self, text: String) -> Printed {
        Printed::Bound { text: clean(&text), origin: self.origin.clone() }
    }

    /// The raw number, for comparisons in a template.
    pub(super) fn number(&self) -> Result<f64, Fault> {
        match &self.value {
            table::Value::Count(count) => Ok(*count as f64),
            table::Value::Share { numerator, denominator } => Ok(100.0 * *numerator as f64 / *denominator as f64),
            table::Value::Change { now, then } => Ok(100.0 * (*now - *then) as f64 / *then as f64),
            table::Value::Number(number) => Ok(*number),
            table::Value::Nothing(nothing) => Err(self.has_no_value(*nothing)),
            table::Value::Text(_) | table::Value::Said(_) | table::Value::Date(_) => Err(self.is_no_number()),
        }
    }

    /// The value as a whole count.
    pub(super) fn count(&self) -> Result<i64, Fault> {
        let number = match self.value {
            table::Value::Count(count) => return Ok(count),
            table::Value::Number(number) if self.column.unit == Unit::Count => number,
            table::Value::Nothing(nothing) => return Err(self.has_no_value(nothing)),
            _ => return Err(self.is_no_number()),
        };
        if number.fract() == 0.0 && number.abs() < 1e15 { Ok(number as i64) } else { Err(self.is_no_number()) }
    }

    pub(super) fn is_nothing(&self) -> bool {
        matches!(self.value, table::Value::Nothing(_))
    }

    fn is_no_number(&self) -> Fault {
        Fault::new(Code::TemplateError, say!("write-is-not-number-kind", origin = self.origin))
    }

    fn has_no_value(&self, nothing: Nothing) -> Fault {
        let why = match nothing {
            Nothing::Missing => say!("write-is-missing"),
            Nothing::NotApplicable => say!("write-does-not-apply"),
            Nothing::Withheld => say!("write-is-withheld"),
            Nothing::Blank => say!("write-cell-is-blank"),
        };
        Fault::new(Code::MissingValue, say!("write-has-no-value-to-print", origin = self.origin, why))
            .help(say!("write-ask-with-has-before-printing"))
    }
}

impl Object for CellObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        is_something(&self.value)
    }

    fn render(self: &Arc<Self>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&clean(&print_value(&self.value, &self.column)))
    }
}

/// True for a value that is there and not zero.
pub(super) fn is_something(value: &table::Value) -> bool {
    match value {
        table::Value::Count(count) => *count != 0,
        table::Value::Share { numerator, .. } => *numerator != 0,
        table::Value::Number(number) => *number != 0.0,
        table::Value::Text(text) => !text.is_empty(),
        table::Value::Change { .. } | table::Value::Said(_) | table::Value::Date(_) => true,
        table::Value::Nothing(_) => false,
    }
}

/// A row of a table, for loops and lists.
#[derive(Debug)]
pub(super) struct RowObject {
    pub table: Arc<MeasureTable>,
    pub index: usize,
}

impl RowObject {
    fn row(&self) -> &TableRow {
        &self.table.rows[self.index]
    }

    /// The label as a text that is bound to its row.
    pub(super) fn printed(&self) -> Printed {
        let row = self.row();
        Printed::Bound { text: clean(&row.label), origin: clean(&format!("{}|{}|", self.table.name, row_name(row))) }
    }

    /// Name under which `value(…, row=…)` finds this row again.
    pub(super) fn name(&self) -> String {
        row_name(self.row())
    }

    fn cell(&self, column: Option<&str>) -> Result<Value, Error> {
        let column = column_index(&self.table, column).map_err(raise)?;
        Ok(Value::from_object(CellObject::of(&self.table, self.index, column)))
    }
}

impl Object for RowObject {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "label" => Some(PrintedObject::value(self.printed())),
            "level" => Some(Value::from(self.row().level)),
            "kind" => Some(Value::from(kind_name(self.row().kind))),
            _ => None,
        }
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        let column = args.first().and_then(Value::as_str);
        match method {
            "value" => self.cell(column),
            "compare" => {
                let compared = compared(&self.table, self.index, column).map_err(raise)?;
                compared.map(PrintedObject::value).map_err(raise)
            }
            _ => Err(Error::from(ErrorKind::UnknownMethod)),
        }
    }

    fn render(self: &Arc<Self>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&clean(&self.row().label))
    }
}

fn kind_name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Part => "part",
        RowKind::Group => "group",
        RowKind::Residual => "residual",
        RowKind::Total => "total",
    }
}

/// "101 fler än föregående år (289, +35 %)". The inner fault: one of the two values is not there.
pub(super) fn compared(
    table: &MeasureTable,
    row: usize,
    column: Option<&str>,
) -> Result<Result<Printed, Fault>, Fault> {
    let (now, then) = previous_cell(table, row, column)?;
    if let Some(absent) = [&now, &then].into_iter().find(|cell| cell.is_nothing()) {
        return Ok(absent.printed());
    }
    if table.has_few_answers(&table.rows[row]) {
        return Ok(Ok(now.bound(beside_of_few(&print_value(&then.value, &then.column)))));
    }
    let text = compare_cells(&now, &then).ok_or_else(|| now.is_no_number())?;
    Ok(Ok(now.bound(text)))
}

/// A cell and that of the period before.
pub(super) fn previous_cell(
    table: &MeasureTable,
    row: usize,
    column: Option<&str>,
) -> Result<(CellObject, CellObject), Fault> {
    let now = column_index(table, column)?;
    let before = previous_column(table, now).or_else(|| year_before(table, now));
    let then = before.ok_or_else(|| {
        let message = say!("write-has-no-column-period-before", name = table.name);
        Fault::new(Code::UnknownName, message).help(say!("write-set-earlier-1-on-measure"))
    })?;
    Ok((CellObject::of(table, row, now), CellObject::of(table, row, then)))
}

fn compare_cells(now: &CellObject, then: &CellObject) -> Option<String> {
    use table::Value::{Count, Number, Share};
    let decimals = decimals_of(now.column.unit);
    match (&now.value, &then.value) {
        (Count(now), Count(then)) => Some(compare_counts(*now, *then)),
        (Share { numerator: a, denominator: b }, Share { numerator: c, denominator: d }) => {
            let (now, then) =
                (Fraction { numerator: *a, denominator: *b }, Fraction { numerator: *c, denominator: *d });
            Some(compare_shares(now, then, decimals))
        }
        (Number(a), Number(b)) => match (now.count(), then.count()) {
            (Ok(now), Ok(then)) => Some(compare_counts(now, then)),
            _ if matches!(now.column.unit, Unit::Percent { .. }) => Some(compare_percentages(*a, *b, decimals)),
            _ => Some(compare_numbers(*a, *b, decimals)),
        },
        _ => None,
    }
}
