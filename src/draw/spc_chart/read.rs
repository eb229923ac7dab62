//! The table of a control chart as it is drawn: numbers by place, signals, phases, what holds at the end.

use crate::domain::said::Said;
use crate::domain::spc::{ASSURANCE, Assurance, FLAG, Label, PHASE, Side, VARIATION, Variation};
use crate::domain::table::{MeasureTable, RowKind, TableRow, Unit, Value};
use crate::draw::select::magnitude;

/// One number a place, where there is one.
pub(super) type Numbers = Vec<Option<f64>>;

/// A control chart read from its table.
pub(super) struct Reading<'a> {
    pub table: &'a MeasureTable,
    /// Indices of the rows that are points.
    pub rows: Vec<usize>,
    pub values: Numbers,
    pub centre: Numbers,
    pub lower: Numbers,
    pub upper: Numbers,
    pub near_lower: Numbers,
    pub near_upper: Numbers,
    pub goal: Option<f64>,
    pub flags: Vec<Option<(Label, Side)>>,
    pub meanings: Vec<Option<Variation>>,
    /// First place and text of every rebase.
    pub phases: Vec<(usize, String)>,
    pub variation: Option<Variation>,
    pub assurance: Option<Assurance>,
    /// Limits that lie beyond what is possible are drawn at its ends.
    pub cut_low: bool,
    pub cut_high: bool,
    /// Points are hidden, and with them what is worked out of them.
    pub is_withheld: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn of(table: &'a MeasureTable) -> Reading<'a> {
        let rows: Vec<usize> = (0..table.rows.len()).filter(|row| table.rows[*row].kind == RowKind::Part).collect();
        let numbers = |key: &str| -> Numbers {
            let column = table.column(key);
            rows.iter().map(|row| magnitude(table.rows[*row].values.get(column?)?)).collect()
        };
        let phase: Vec<Option<&str>> = rows.iter().map(|row| text(table, &table.rows[*row], PHASE)).collect();
        let last = table.rows.iter().position(|row| row.kind == RowKind::Total);
        let mut reading = Reading {
            table,
            values: numbers("value"),
            centre: numbers("centre"),
            lower: numbers("lower"),
            upper: numbers("upper"),
            near_lower: numbers("near_lower"),
            near_upper: numbers("near_upper"),
            goal: numbers("goal").into_iter().flatten().next(),
            flags: rows.iter().map(|row| flag(table, *row)).collect(),
            meanings: rows.iter().map(|row| variation(table, *row)).collect(),
            phases: phases(&phase),
            variation: last.and_then(|row| variation(table, row)),
            assurance: last.and_then(|row| assurance(table, row)),
            rows,
            cut_low: false,
            cut_high: false,
            is_withheld: is_withheld(table),
        };
        reading.cut_to_possible();
        reading
    }

    /// Counts and shares are never below 0, shares never above 100 per cent: limits beyond are drawn there.
    fn cut_to_possible(&mut self) {
        let unit = self.table.column("value").map_or(Unit::Text, |column| self.table.columns[column].unit);
        let is_part = self.table.column("numerator").is_some();
        let all = |test: fn(f64) -> bool| self.values.iter().flatten().all(|value| test(*value));
        let low = (matches!(unit, Unit::Count | Unit::Percent { .. }) || is_part) && all(|value| value >= 0.0);
        let high = matches!(unit, Unit::Percent { .. }) && all(|value| value <= 100.0);
        let mut cut = |numbers: &mut Numbers| {
            for number in numbers.iter_mut().flatten() {
                self.cut_low |= low && *number < 0.0;
                self.cut_high |= high && *number > 100.0;
                *number = if low { number.max(0.0) } else { *number };
                *number = if high { number.min(100.0) } else { *number };
            }
        };
        cut(&mut self.lower);
        cut(&mut self.upper);
        let hold = |numbers: &mut Numbers| {
            for number in numbers.iter_mut() {
                *number = number.filter(|number| !(low && *number < 0.0 || high && *number > 100.0));
            }
        };
        hold(&mut self.near_lower);
        hold(&mut self.near_upper);
    }

    pub(super) fn label(&self, place: usize) -> &str {
        &self.table.rows[self.rows[place]].label
    }

    /// All that the axis must hold.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> {
        let series = [&self.values, &self.centre, &self.lower, &self.upper];
        series.into_iter().flatten().copied().flatten().chain(self.goal)
    }

    /// Places from one rebase to the next.
    pub(super) fn segments(&self) -> Vec<std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.phases.iter().map(|(start, _)| *start));
        let ends = self.phases.iter().map(|(start, _)| *start).chain(std::iter::once(self.rows.len()));
        starts.zip(ends).map(|(start, end)| start..end).collect()
    }

    pub(super) fn last(&self) -> Option<usize> {
        self.values.iter().rposition(Option::is_some)
    }

    /// A number of the chart as readers see it, in the unit of a column.
    pub(super) fn written(&self, number: f64, key: &str) -> String {
        let unit =
            self.table.column(key).map_or(Unit::Number { decimals: 1 }, |column| self.table.columns[column].unit);
        let value = match unit {
            Unit::Count if number.fract() == 0.0 => Value::Count(number as i64),
            _ => Value::Number(number),
        };
        crate::domain::swedish::value(&value, unit)
    }

    /// The header of the centre: mean or median.
    pub(super) fn centre_name(&self) -> &str {
        self.table.column("centre").map_or(word!("draw-spc-centre"), |column| &self.table.columns[column].label)
    }
}

/// Signals are not told: that there is none would say something, too.
fn is_withheld(table: &MeasureTable) -> bool {
    let is_hidden = |column: usize| table.rows.iter().any(|row| row.values.get(column) == Some(&Value::WITHHELD));
    table.column(FLAG).is_some_and(is_hidden)
}

fn flag(table: &MeasureTable, row: usize) -> Option<(Label, Side)> {
    match table.said(&table.rows[row], FLAG)? {
        Said::Signal(label, side) => Some((label, side)),
        _ => None,
    }
}

fn variation(table: &MeasureTable, row: usize) -> Option<Variation> {
    match table.said(&table.rows[row], VARIATION)? {
        Said::Variation(variation) => Some(variation),
        _ => None,
    }
}

fn assurance(table: &MeasureTable, row: usize) -> Option<Assurance> {
    match table.said(&table.rows[row], ASSURANCE)? {
        Said::Assurance(assurance) => Some(assurance),
        _ => None,
    }
}

fn text<'t>(table: &'t MeasureTable, row: &'t TableRow, key: &str) -> Option<&'t str> {
    match row.values.get(table.column(key)?)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Where the text of the phase changes.
fn phases(texts: &[Option<&str>]) -> Vec<(usize, String)> {
    let mut phases: Vec<(usize, String)> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let Some(text) = text.filter(|text| phases.last().is_none_or(|(_, known)| known != text)) else { continue };
        phases.push((place, text.to_string()));
    }
    phases
}
