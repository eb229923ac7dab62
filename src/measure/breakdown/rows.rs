//! Which rows a breakdown prints, in which order, and from which counts each is read.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use super::{Ask, Breakdown};
use crate::diagnostic::Failure;
use crate::domain::cube::Key;
use crate::domain::table::RowKind;
use crate::measure::cubes::Cubes;
use crate::measure::notes::TOTAL;
use crate::measure::order::{self, AxisValue, Swedish};
use crate::measure::requests::Periods;
use crate::vocabulary::plan::AxisPlan;
use crate::vocabulary::spec::RowOrder;

/// A row before it has values.
pub(super) struct Line {
    pub ask: Ask,
    pub path: Vec<Key>,
    pub key: Vec<String>,
    pub label: String,
    pub level: u8,
    pub kind: RowKind,
}

/// A value to be printed as a row, or a label that joins several.
struct Entry {
    value: AxisValue,
    merged: Option<usize>,
}

impl Breakdown<'_> {
    pub(super) fn lines(&self, cubes: &Cubes, periods: &Periods) -> Result<Vec<Line>, Failure> {
        let mut lines = match self.spec.rows.as_slice() {
            [] => Vec::new(),
            [axis] => self.flat(cubes, periods, axis)?,
            [group, member, ..] => self.nested(cubes, periods, group, member)?,
        };
        lines.push(Line {
            ask: Ask::by(&[]),
            path: Vec::new(),
            key: Vec::new(),
            label: TOTAL.to_string(),
            level: 0,
            kind: RowKind::Total,
        });
        Ok(lines)
    }

    fn flat(&self, cubes: &Cubes, periods: &Periods, axis: &AxisPlan) -> Result<Vec<Line>, Failure> {
        let found = self.counts(cubes, &Ask::by(&[0]), false)?.firsts(&periods.years);
        let values = order::values_of(axis, self.column(axis), &found);
        let line = |entry: Entry| {
            let (ask, path) = match entry.merged {
                Some(_) => (Ask { axes: Vec::new(), merged: entry.merged }, Vec::new()),
                None => (Ask::by(&[0]), vec![entry.value.key.clone()]),
            };
            line_of(entry.value, ask, path, Vec::new(), 0)
        };
        let lines = self.merged(values).into_iter().map(line).collect();
        self.sorted(cubes, periods, lines)
    }

    fn nested(
        &self,
        cubes: &Cubes,
        periods: &Periods,
        group_axis: &AxisPlan,
        member_axis: &AxisPlan,
    ) -> Result<Vec<Line>, Failure> {
        let found = self.counts(cubes, &Ask::by(&[0]), false)?.firsts(&periods.years);
        let groups = order::values_of(group_axis, self.column(group_axis), &found).into_iter();
        let groups = groups.map(|group| {
            let path = vec![group.key.clone()];
            line_of(group, Ask::by(&[0]), path, Vec::new(), 0)
        });
        let mut lines = Vec::new();
        for mut group in self.sorted(cubes, periods, groups.collect())? {
            let members = self.members(cubes, periods, &group, member_axis)?;
            let says_nothing = members.iter().all(|member| member.kind == RowKind::Residual);
            if group.kind == RowKind::Residual && says_nothing {
                lines.push(group);
                continue;
            }
            group.kind = RowKind::Group;
            lines.push(group);
            lines.extend(members);
        }
        Ok(lines)
    }

    /// A group's rows: members declared under it, and those found on its rows that no group declares.
    fn members(&self, cubes: &Cubes, periods: &Periods, group: &Line, axis: &AxisPlan) -> Result<Vec<Line>, Failure> {
        let pairs = self.counts(cubes, &Ask::by(&[0, 1]), false)?.paths(&periods.years);
        let found = pairs.into_iter().filter(|pair| pair.first() == group.path.first());
        let found: BTreeSet<Key> =
            found.filter_map(|pair| pair.into_iter().nth(1)).filter(|member| self.group_of(member).is_none()).collect();
        let mut declared = axis.clone();
        declared.values.retain(|(label, _)| match self.group_of(&Key::label(label)) {
            Some(of) => *of == group.label,
            None => found.contains(&Key::label(label)),
        });
        let entries = self.merged(order::values_of(&declared, self.column(axis), &found)).into_iter();
        let lines = entries.map(|entry| self.member(group, entry)).collect();
        self.sorted(cubes, periods, lines)
    }

    fn member(&self, group: &Line, entry: Entry) -> Line {
        let own = self.group_of(&entry.value.key).is_some();
        let (ask, path) = match entry.merged {
            Some(label) if self.all_of_group(label, &group.label) => {
                (Ask { axes: Vec::new(), merged: Some(label) }, Vec::new())
            }
            Some(label) => (Ask { axes: vec![0], merged: Some(label) }, group.path.clone()),
            None if own => (Ask::by(&[1]), vec![entry.value.key.clone()]),
            None => (Ask::by(&[0, 1]), vec![group.path[0].clone(), entry.value.key.clone()]),
        };
        line_of(entry.value, ask, path, group.key.clone(), 1)
    }

    fn group_of(&self, member: &Key) -> Option<&String> {
        match member {
            Key::Label(label) => self.spec.group_of.get(&**label),
            _ => None,
        }
    }

    fn all_of_group(&self, merged: usize, group: &str) -> bool {
        self.spec.merge[merged].1.iter().all(|value| self.spec.group_of.get(value).is_some_and(|of| of == group))
    }

    /// Puts the joined values under their label, where the first of them stands.
    fn merged(&self, values: Vec<AxisValue>) -> Vec<Entry> {
        let label_of = |value: &AxisValue| {
            let mut labels = self.spec.merge.iter();
            labels.position(|(label, joined)| joined.contains(&value.label) || *label == value.label)
        };
        let mut entries: Vec<Entry> = Vec::with_capacity(values.len());
        for value in values {
            match label_of(&value) {
                None => entries.push(Entry { value, merged: None }),
                Some(label) if entries.iter().any(|entry| entry.merged == Some(label)) => {}
                Some(label) => {
                    let text = self.spec.merge[label].0.clone();
                    let residual = value.residual || self.is_residual(&text);
                    let value = AxisValue { key: Key::label(&text), label: text, residual };
                    entries.push(Entry { value, merged: Some(label) });
                }
            }
        }
        entries.sort_by_key(|entry| entry.value.residual);
        entries
    }

    fn is_residual(&self, label: &str) -> bool {
        let declared = self.spec.rows.last().map(|axis| axis.values.as_slice()).unwrap_or_default();
        declared.iter().any(|(value, residual)| value == label && *residual)
    }

    /// In the order that the job asks for, residual rows last; empty rows left out if the job says so.
    fn sorted(&self, cubes: &Cubes, periods: &Periods, lines: Vec<Line>) -> Result<Vec<Line>, Failure> {
        let mut counted = Vec::with_capacity(lines.len());
        for line in lines {
            let counts = self.counts(cubes, &line.ask, false)?;
            let in_years: Vec<u64> = periods.years.iter().map(|year| counts.at(&line.path, *year)).collect();
            if !self.spec.hide_empty || in_years.iter().any(|count| *count > 0) {
                counted.push((in_years.first().copied().unwrap_or(0), line));
            }
        }
        let residual = |line: &Line| line.kind == RowKind::Residual;
        let swedish = Swedish::new();
        match self.spec.order {
            RowOrder::Declared => {}
            RowOrder::Count => counted.sort_by_key(|(count, line)| (residual(line), Reverse(*count))),
            RowOrder::Name => counted.sort_by(|(_, one), (_, other)| {
                let names = if residual(one) { Ordering::Equal } else { swedish.compare(&one.label, &other.label) };
                residual(one).cmp(&residual(other)).then(names)
            }),
        }
        Ok(counted.into_iter().map(|(_, line)| line).collect())
    }
}

fn line_of(value: AxisValue, ask: Ask, path: Vec<Key>, above: Vec<String>, level: u8) -> Line {
    let mut key = above;
    key.push(value.label.clone());
    Line { ask, path, key, kind: value.kind(), label: value.label, level }
}
