//! Counts of risks: by probability and consequence, by unit and level, and the numbers that sentences need.

use super::Picture;
use super::lists::lacks;
use super::moved::{Change, moves};
use super::register::Risk;
use crate::domain::table::{MeasureTable, Role, RowKind, TOTAL, TableRow, Unit};
use crate::measure::formula::Formula;
use crate::measure::head::column;
use crate::measure::observations::Observations;
use crate::measure::order;
use crate::measure::risk::plan::{RiskPlan, RiskScalePlan};
use crate::measure::sheet::{Fields, Sheet};

/// The risks of a row of the summary, this year's and last year's; nothing is said of last year where it has no meaning.
type Years<'a> = [Option<Vec<&'a Risk>>; 2];

impl<'a> Picture<'a> {
    /// Risks by probability (rows, highest first) and consequence, zeros too.
    pub(super) fn matrix(self, mut table: MeasureTable) -> Sheet {
        let scale = &self.spec.scale;
        let place = |risk: &Risk| Some((risk.probability.ok()?, risk.consequence.ok()?));
        let scored: Vec<&Risk> = self.register.own().filter(|risk| place(risk).is_some()).collect();
        table.row_headers = vec![self.rows.label(&self.spec.probability)];
        table.n = scored.len() as u64;
        let mut fields = Fields::new();
        for consequence in 1..=scale.steps {
            let label = RiskScalePlan::name_of(consequence, &scale.consequence);
            fields.add(column(format!("c{consequence}"), label, Role::Part, Unit::Count), move |risks: &Vec<&Risk>| {
                let there = risks.iter().copied().filter(|risk| risk.consequence.ok() == Some(consequence));
                self.register.count(there)
            });
        }
        fields.add(column("total", TOTAL, Role::Total, Unit::Count), move |risks| {
            self.register.count(risks.iter().copied())
        });
        let steps = (1..=scale.steps).rev().map(|step| {
            let label = RiskScalePlan::name_of(step, &scale.probability);
            let row = TableRow { label, ..TableRow::named(step.to_string(), RowKind::Part) };
            (row, scored.iter().copied().filter(|risk| risk.probability.ok() == Some(step)).collect())
        });
        let rows: Vec<(TableRow, Vec<&Risk>)> = steps.chain([(TableRow::total(), scored.clone())]).collect();
        Sheet::of(table, &fields, rows)
    }

    /// A row per unit: risks by level, without action or owner, late; the whole last.
    pub(super) fn units(self, mut table: MeasureTable) -> Sheet {
        let (spec, rows) = (self.spec, self.rows);
        table.row_headers = vec![spec.unit.as_deref().map_or_else(String::new, |unit| rows.label(unit))];
        let own: Vec<&Risk> = self.register.own().collect();
        let mut lines: Vec<(TableRow, Vec<&Risk>)> = Vec::new();
        for unit in units_of(spec, rows, &own) {
            let of_unit = own.iter().copied().filter(|risk| unit_of(spec, rows, risk) == unit).collect();
            // A unit that is in no list, or that is missing, has no tables of its own.
            let is_known = spec.units.is_empty() || spec.units.contains(&unit);
            let kind = if is_known { RowKind::Part } else { RowKind::Residual };
            lines.push((TableRow::named(unit, kind), of_unit));
        }
        lines.push((TableRow::total(), own));
        Sheet::of(table, &self.fields_of_units(), lines)
    }

    fn fields_of_units(self) -> Fields<'a, Vec<&'a Risk>> {
        let spec = self.spec;
        let mut fields = Fields::new();
        fields.add(column("current", word!("measure-risks"), Role::Current, Unit::Count), move |risks: &Vec<&Risk>| {
            self.register.count(risks.iter().copied())
        });
        for (level, (_, label)) in spec.scale.levels.iter().enumerate().rev() {
            fields.add(column(format!("level{}", level + 1), label, Role::Part, Unit::Count), move |risks| {
                self.register.count(risks.iter().copied().filter(|risk| level_of(spec, risk) == Some(level)))
            });
        }
        if let Some(label) = lacking(spec) {
            fields.add(column("open", label, Role::Part, Unit::Count), move |risks| {
                self.register.count(risks.iter().copied().filter(|risk| lacks(spec, risk).is_some()))
            });
        }
        if spec.due.is_some() {
            fields.add(column("late", word!("measure-late-actions"), Role::Part, Unit::Count), move |risks| {
                self.register.count(risks.iter().copied().filter(|risk| risk.days_late(spec.as_of).is_some()))
            });
        }
        fields
    }

    /// The numbers, one a row, this year's and last year's.
    pub(super) fn summary(self, mut table: MeasureTable) -> Sheet {
        table.row_headers = vec![printed!("measure-count")];
        let (now, before) = self.spec.names;
        let counted = move |risks: &Option<Vec<&Risk>>| match risks {
            Some(risks) => self.register.count(risks.iter().copied()),
            None => Formula::BLANK,
        };
        let mut fields = Fields::new();
        let current = column("current", now.to_string(), Role::Current, Unit::Count);
        fields.add(current, move |[now, _]: &Years| counted(now));
        if self.register.before.is_some() {
            let previous = column("previous", before.to_string(), Role::Previous, Unit::Count);
            fields.add(previous, move |[_, before]| counted(before));
        }
        Sheet::of(table, &fields, self.of_both_years().into_iter().chain(self.of_this_year()))
    }

    /// What is counted alike in both years.
    fn of_both_years(self) -> Vec<(TableRow, Years<'a>)> {
        let (spec, register) = (self.spec, self.register);
        let own: Vec<&Risk> = register.own().collect();
        let before: Option<Vec<&Risk>> =
            register.before.as_ref().map(|risks| risks.iter().filter(|risk| risk.is_own).collect());
        let both = |label: &str, fits: &dyn Fn(&Risk) -> bool| {
            let those = |risks: &Vec<&'a Risk>| risks.iter().copied().filter(|risk| fits(risk)).collect();
            (TableRow::named(label, RowKind::Part), [Some(those(&own)), before.as_ref().map(those)])
        };
        let mut rows = vec![both(word!("measure-risks"), &|_| true)];
        for (level, (_, label)) in spec.scale.levels.iter().enumerate().rev() {
            rows.push(both(label, &|risk| level_of(spec, risk) == Some(level)));
        }
        rows.push(both(word!("measure-without-value"), &|risk| risk.score().is_none()));
        rows.extend(
            spec.action.is_some().then(|| both(word!("measure-without-action"), &|risk| risk.action.is_none())),
        );
        rows.extend(spec.owner.is_some().then(|| both(word!("measure-without-owner"), &|risk| risk.owner.is_none())));
        rows
    }

    /// What is late now, and what has moved since last year.
    fn of_this_year(self) -> Vec<(TableRow, Years<'a>)> {
        let only = |label: &str, risks: Vec<&'a Risk>| (TableRow::named(label, RowKind::Part), [Some(risks), None]);
        let late = || self.register.own().filter(|risk| risk.days_late(self.spec.as_of).is_some()).collect();
        let mut rows: Vec<(TableRow, Years)> = Vec::new();
        rows.extend(self.spec.due.is_some().then(|| only(word!("measure-late-actions"), late())));
        if self.register.before.is_some() {
            let moves = moves(self.register);
            let of =
                |change| moves.iter().filter(move |moved| moved.change == change).filter_map(|moved| moved.known());
            let changes = [
                (word!("measure-risks-rose"), Change::Rose),
                (word!("measure-risks-new"), Change::Came),
                (word!("measure-risks-fell"), Change::Fell),
                (word!("measure-risks-gone"), Change::Went),
                (word!("measure-risks-same"), Change::Same),
                (word!("measure-risks-not-comparable"), Change::Unjudged),
            ];
            rows.extend(changes.map(|(label, change)| only(label, of(change).collect())));
        }
        rows
    }
}

/// What a risk lacks, as far as the register could say it.
fn lacking(spec: &RiskPlan) -> Option<&'static str> {
    match (&spec.action, &spec.owner) {
        (Some(_), Some(_)) => Some(word!("measure-without-action-or-owner")),
        (Some(_), None) => Some(word!("measure-without-action")),
        (None, Some(_)) => Some(word!("measure-without-owner")),
        (None, None) => None,
    }
}

fn unit_of(spec: &RiskPlan, rows: &Observations, risk: &Risk) -> String {
    let missing = || {
        let column = spec.unit.as_deref().and_then(|unit| rows.column(unit));
        column.map_or_else(String::new, |column| column.missing_label.clone())
    };
    risk.unit.clone().unwrap_or_else(missing)
}

/// Declared units, zero or not; then those found, by collation.
fn units_of(spec: &RiskPlan, rows: &Observations, risks: &[&Risk]) -> Vec<String> {
    if spec.unit.is_none() {
        return Vec::new();
    }
    let units = match &spec.each {
        Some(each) => spec.units.iter().filter(|unit| each.values.contains(unit)).cloned().collect(),
        None => spec.units.clone(),
    };
    order::declared_then_found(units, risks.iter().map(|risk| unit_of(spec, rows, risk)))
}

fn level_of(spec: &RiskPlan, risk: &Risk) -> Option<usize> {
    risk.score().and_then(|score| spec.scale.level_of(score))
}
