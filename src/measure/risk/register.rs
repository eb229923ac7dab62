//! A register's rows as risks of this year and of last year.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Failure};
use crate::domain::spelling::fold;
use crate::domain::table::Value;
use crate::measure::formula::{Counted, Formula};
use crate::measure::observations::Observations;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::measure::risk::plan::{RiskPlan, RiskYears};

/// Why a value on the scale can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    Missing,
    OutOfScale,
}

/// One risk of one year.
#[derive(Debug, Clone)]
pub(super) struct Risk {
    /// Index of its source, and its row there.
    pub source: usize,
    pub row: usize,
    /// As readers see it; "rad 7" where the register has no id.
    pub id: String,
    /// Folded; by it the risk is found in the other year.
    pub key: String,
    pub text: Option<String>,
    pub unit: Option<String>,
    pub probability: Result<u8, Unusable>,
    pub consequence: Result<u8, Unusable>,
    pub action: Option<String>,
    pub owner: Option<String>,
    pub status: Option<String>,
    pub due: Option<i32>,
    pub is_done: bool,
    /// Belongs to the value of `each`; true where there is none.
    pub is_own: bool,
}

impl Risk {
    /// What is worked out of its row.
    pub(super) fn worked_out(&self, how: &'static str, value: Value) -> Formula {
        Formula::of_rows(how, vec![Counted::rows(self.source, [self.row])], value)
    }

    /// What stands in a column of its row.
    pub(super) fn read(&self, column: &str, value: Value) -> Formula {
        Formula::read(self.source, Some(self.row), column, value)
    }

    /// Probability × consequence; none when one of them can't be used.
    pub(super) fn score(&self) -> Option<u32> {
        Some(u32::from(self.probability.ok()?) * u32::from(self.consequence.ok()?))
    }

    /// Days since the action should have been done.
    pub(super) fn days_late(&self, as_of: i32) -> Option<i32> {
        let late = as_of - self.due?;
        (late > 0 && !self.is_done).then_some(late)
    }
}

/// The risks of both years, each id once a year.
pub(super) struct Register {
    /// Index of this year's source.
    source: usize,
    pub now: Vec<Risk>,
    /// `None` when nothing is known of last year.
    pub before: Option<Vec<Risk>>,
    pub remarks: Vec<Diagnostic>,
}

impl Register {
    /// Errors: `no-rows` when the register holds rows, but none of this year.
    pub(super) fn read(
        plan: &Plan,
        measure: &MeasurePlan,
        spec: &RiskPlan,
        rows: &Observations,
        previous: Option<&Observations>,
    ) -> Result<Register, Failure> {
        let of_year = |year: &str, column: &str| {
            let is_of = |row: &usize| rows.text(*row, column).is_some_and(|text| fold(&text) == year);
            (0..rows.rows()).filter(is_of).collect::<Vec<usize>>()
        };
        let (now, before) = match &spec.years {
            RiskYears::Column { column, now, before } => (of_year(now, column), Some((rows, of_year(before, column)))),
            RiskYears::Source(_) => {
                let all = |rows: &Observations| (0..rows.rows()).collect();
                ((0..rows.rows()).collect(), previous.map(|rows| (rows, all(rows))))
            }
            RiskYears::One => ((0..rows.rows()).collect(), None),
        };
        if now.is_empty() && rows.rows() > 0 {
            return Err(no_rows(plan, measure, spec, rows).into());
        }
        let mut remarks = Vec::new();
        let source = measure.source;
        let mut risks = |source: usize, rows: &Observations, year: &[usize], name: i32| {
            Reader { spec, source, rows, name, remarks: &mut remarks }.risks(year)
        };
        let now = risks(source, rows, &now, spec.names.0);
        let before = before.filter(|(_, year)| !year.is_empty());
        let before_in = spec.years.source().unwrap_or(source);
        let before = before.map(|(rows, year)| risks(before_in, rows, &year, spec.names.1));
        Ok(Register { source, now, before, remarks })
    }

    /// This year's risks of the value of `each`.
    pub(super) fn own(&self) -> impl Iterator<Item = &Risk> {
        self.now.iter().filter(|risk| risk.is_own)
    }

    /// How many risks there are of those given, all of one year.
    pub(super) fn count<'r>(&self, risks: impl IntoIterator<Item = &'r Risk>) -> Formula {
        let risks: Vec<&Risk> = risks.into_iter().collect();
        let source = risks.first().map_or(self.source, |risk| risk.source);
        Formula::Count(Counted::rows(source, risks.iter().map(|risk| risk.row).collect::<Vec<usize>>()))
    }

    /// Last year's risk of the same id, whatever its unit was then.
    pub(super) fn before(&self, risk: &Risk) -> Option<&Risk> {
        self.before.as_ref()?.iter().find(|before| before.key == risk.key)
    }
}

fn no_rows(plan: &Plan, measure: &MeasurePlan, spec: &RiskPlan, rows: &Observations) -> Diagnostic {
    let (_, at) = rows.origin(0);
    let message =
        say!("measure-source-has-no-risk-of", source = plan.sources[measure.source].name, year = spec.names.0);
    // The same of all tables of a register: told once.
    let named: Vec<&str> = measure.name.split(['.', '/']).take(2).collect();
    let name = named.join(".");
    Diagnostic::error(Code::NoRows, message, at).help(say!("measure-put-new-register-there", name))
}

struct Reader<'a> {
    spec: &'a RiskPlan,
    source: usize,
    rows: &'a Observations<'a>,
    name: i32,
    remarks: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The risks of a year in file order. Of rows with one id the first is kept, and the others are told of.
    fn risks(&mut self, year: &[usize]) -> Vec<Risk> {
        let kept = self.rows.kept(&self.spec.conditions);
        let own = self.spec.each.as_ref().map(|each| self.rows.kept(std::slice::from_ref(each)));
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        let mut risks = Vec::new();
        for row in year.iter().copied().filter(|row| kept.binary_search(row).is_ok()) {
            let is_own = own.as_ref().is_none_or(|own| own.binary_search(&row).is_ok());
            let risk = self.risk(row, is_own);
            match first.get(&risk.key) {
                Some(other) => self.tell_twice(&risk, row, *other),
                None => {
                    first.insert(risk.key.clone(), row);
                    risks.push(risk);
                }
            }
        }
        risks
    }

    fn risk(&mut self, row: usize, is_own: bool) -> Risk {
        let spec = self.spec;
        let text = |name: &str| self.rows.text(row, name).map(|text| text.into_owned()).filter(|text| !text.is_empty());
        let told = |name: &Option<String>| name.as_deref().and_then(text);
        let (number, _) = self.rows.origin(row);
        let id = text(&spec.id);
        let key = id.as_ref().map_or(format!("\u{0}{number}"), |id| fold(id));
        let status = told(&spec.status);
        let is_done = status.as_ref().is_some_and(|status| spec.done.contains(&fold(status)));
        let due = spec.due.as_deref().and_then(|name| self.rows.day(row, name));
        let (risk_text, unit, action, owner) =
            (text(&spec.text), told(&spec.unit), told(&spec.action), told(&spec.owner));
        if id.is_none() {
            let help = say!("measure-give-risk-an-id");
            self.tell(Code::MissingId, say!("measure-risk-has-no-id"), row, &spec.id, help);
        }
        Risk {
            source: self.source,
            row,
            id: id.unwrap_or_else(|| printed!("measure-row-of", number)),
            key,
            text: risk_text,
            unit,
            probability: self.step(row, &spec.probability),
            consequence: self.step(row, &spec.consequence),
            action,
            owner,
            status,
            due,
            is_done,
            is_own,
        }
    }

    /// A value on the scale; one that can't be used is told of.
    fn step(&mut self, row: usize, column: &str) -> Result<u8, Unusable> {
        let steps = self.spec.scale.steps;
        let text = self.rows.text(row, column).map(|text| text.trim().to_string()).filter(|text| !text.is_empty());
        let Some(text) = text else {
            let message = say!("measure-risk-has-no-value-on", steps);
            self.tell(Code::MissingValue, message, row, column, say!("measure-fill-in-cell"));
            return Err(Unusable::Missing);
        };
        match text.parse::<u8>() {
            Ok(step) if (1..=steps).contains(&step) => Ok(step),
            _ => {
                let message = say!("measure-value-is-not-on-scale", steps);
                let help = say!("measure-correct-cell-or-steps");
                self.tell(Code::OutOfScale, message, row, column, help);
                Err(Unusable::OutOfScale)
            }
        }
    }

    fn tell_twice(&mut self, risk: &Risk, row: usize, first: usize) {
        let (first, _) = self.rows.origin(first);
        let is_safe = self.rows.column(&self.spec.id).is_some_and(|column| column.safe);
        let id = if is_safe { format!("`{}`", risk.id) } else { say!("measure-an-id") };
        let message = say!("measure-risk-stands-twice", id, name = self.name, first);
        let help = say!("measure-give-each-risk-its-id");
        self.tell(Code::DuplicateRow, message, row, &self.spec.id, help);
    }

    fn tell(&mut self, code: Code, message: String, row: usize, column: &str, help: String) {
        self.remarks.push(Diagnostic::warning(code, message, self.rows.cell(row, column)).help(help));
    }
}
