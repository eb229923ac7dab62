//! Which events a count counts, as a reader knows it: those that have one of some values in each of some dimensions.
//!
//! In: the counts of one source by what they count ([`Quantity`]), and what the reader is taken to believe of its columns
//! ([`Belief`]). Out: a [`Space`]: its dimensions, and each count as a set of values of some of them. Never the events:
//! what a reader believes is a matter of the plan.

use std::collections::{BTreeMap, BTreeSet};

use super::quantity::{Quantity, Season, months_of_window};
use crate::domain::cube::Condition;
use crate::job::plan::{CategoryPlan, ColumnKindPlan, ColumnPlan, Plan, RepeatedIds, SourcePlan};

/// What a reader is taken to know of a source beside its numbers. The more it is, the more can be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Belief {
    /// An event has one value even of a column in which it may have several.
    is_single: bool,
    /// A unit's events are its group's, where both are columns of the export.
    is_in_group: bool,
    /// An event has one month, and one value of a column in which it can have no more.
    is_one: bool,
    /// Columns whose list need not hold all values that occur; dates that may lie outside the job's window.
    pub open: BTreeSet<String>,
}

impl Belief {
    /// From the reader who knows most: the first whom the true counts do not prove wrong is the one to be safe from.
    pub(super) fn all() -> [Belief; 4] {
        let most = Belief { is_single: true, is_in_group: true, is_one: true, open: BTreeSet::new() };
        let several = Belief { is_single: false, ..most.clone() };
        let apart = Belief { is_in_group: false, ..several.clone() };
        [most, several, apart.clone(), Belief { is_one: false, ..apart }]
    }
}

/// The values that events have of some dimensions, by the dimension's index.
pub(super) type Region = BTreeMap<usize, BTreeSet<usize>>;

/// The dimensions of a source, and its counts as regions of their cross.
#[derive(Debug, Clone, Default)]
pub(super) struct Space {
    /// How many values each dimension has.
    pub sizes: Vec<usize>,
    /// The columns that they are of.
    pub columns: BTreeSet<String>,
    /// Parallel to the quantities.
    pub regions: Vec<Region>,
    /// Dimensions of two values, [`IN`] and out: whether an event has any of some values of a column.
    pub hits: BTreeMap<usize, Hit>,
}

/// Some values of a column in which an event may have several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub column: String,
    pub values: BTreeSet<String>,
}

/// The first value of a dimension that is a [`Hit`]: the event has one of its values.
pub(super) const IN: usize = 0;

impl Space {
    pub(super) fn of(plan: &Plan, source: &SourcePlan, quantities: &[&Quantity], belief: &Belief) -> Space {
        let reading = Reading { plan, source, belief };
        let mut axes = reading.axes(quantities);
        let mut space = Space::default();
        for quantity in quantities {
            let mut region = Region::new();
            for side in reading.sides(quantity) {
                let (axis, values) = reading.select(&mut axes, &side);
                let all = axes[axis].len();
                let kept = region.remove(&axis).map_or(values.clone(), |other| &other & &values);
                if kept.len() < all {
                    region.insert(axis, kept);
                }
            }
            space.regions.push(region);
        }
        space.sizes = axes.iter().map(Axis::len).collect();
        space.columns = axes.iter().filter_map(Axis::column).map(str::to_string).collect();
        space.hits = axes.into_iter().enumerate().filter_map(|(index, axis)| Some((index, axis.hit()?))).collect();
        space
    }
}

/// What a quantity says of one dimension.
struct Side<'a> {
    column: &'a str,
    /// It is said of the groups of the column's values.
    of_groups: Option<&'a ColumnPlan>,
    said: Said<'a>,
}

enum Said<'a> {
    Values(&'a Condition),
    Months(BTreeSet<i32>),
    Season(&'a Season),
}

/// A dimension: values that exclude each other.
enum Axis {
    Column {
        name: String,
        values: Vec<Value>,
    },
    /// Months counted from year 0; perhaps any other time, and none.
    Date {
        name: String,
        months: Vec<i32>,
        is_open: bool,
    },
    Hit(Hit),
}

/// A value and its group; of what no list knows and no measure names both are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value {
    label: String,
    group: String,
}

impl Axis {
    fn len(&self) -> usize {
        match self {
            Axis::Column { values, .. } => values.len(),
            Axis::Date { months, is_open, .. } => months.len() + usize::from(*is_open),
            Axis::Hit(_) => 2,
        }
    }

    fn hit(self) -> Option<Hit> {
        if let Axis::Hit(hit) = self { Some(hit) } else { None }
    }

    /// The column that it is the whole of.
    fn column(&self) -> Option<&str> {
        match self {
            Axis::Column { name, .. } | Axis::Date { name, .. } => Some(name),
            Axis::Hit(_) => None,
        }
    }
}

struct Reading<'a> {
    plan: &'a Plan,
    source: &'a SourcePlan,
    belief: &'a Belief,
}

impl<'a> Reading<'a> {
    fn sides<'q>(&self, quantity: &'q Quantity) -> Vec<Side<'q>>
    where
        'a: 'q,
    {
        let mut sides: Vec<Side<'q>> = quantity.conditions.iter().map(|condition| self.side(condition)).collect();
        sides.extend(quantity.time.iter().map(|time| {
            let months = (time.first_month..time.first_month + time.months).collect();
            Side { column: &time.date, of_groups: None, said: Said::Months(months) }
        }));
        sides.extend(quantity.season.iter().map(|season| Side {
            column: &season.date,
            of_groups: None,
            said: Said::Season(season),
        }));
        sides
    }

    fn side<'q>(&self, condition: &'q Condition) -> Side<'q>
    where
        'a: 'q,
    {
        let said = Said::Values(condition);
        let column = self.column(&condition.column);
        match column.and_then(|column| Some((column, self.members_of(column)?))) {
            Some((groups, members)) => Side { column: &members.name, of_groups: Some(groups), said },
            None => Side { column: &condition.column, of_groups: None, said },
        }
    }

    fn column(&self, name: &str) -> Option<&'a ColumnPlan> {
        self.source.columns.iter().find(|column| column.name == name)
    }

    /// The column whose values' groups stand in a column: derived from it, or read beside it.
    fn members_of(&self, column: &ColumnPlan) -> Option<&'a ColumnPlan> {
        if let Some(of) = column.derive {
            return self.source.columns.get(of);
        }
        let groups = closed(column).filter(|list| list.group_of.is_empty() && self.belief.is_in_group)?;
        let has_them = |other: &&ColumnPlan| {
            other.derive.is_none()
                && closed(other).is_some_and(|list| !list.group_of.is_empty() && list.groups == groups.values)
        };
        let mut members = self.source.columns.iter().filter(has_them);
        members.next().filter(|_| members.next().is_none())
    }

    /// The dimensions in which an event has one value.
    fn axes(&self, quantities: &[&Quantity]) -> Vec<Axis> {
        let (mut named, mut groups) = (BTreeMap::new(), BTreeMap::new());
        let mut months: BTreeMap<&str, BTreeSet<i32>> = BTreeMap::new();
        for quantity in quantities {
            for side in self.sides(quantity) {
                match (side.said, side.of_groups) {
                    (Said::Months(of), _) => months.entry(side.column).or_default().extend(of),
                    (Said::Season(_), _) => drop(months.entry(side.column).or_default()),
                    (Said::Values(_), _) if self.is_date(side.column) => {}
                    (Said::Values(condition), None) => {
                        named.entry(side.column).or_insert_with(BTreeSet::new).extend(&condition.values);
                    }
                    (Said::Values(condition), Some(column)) => {
                        named.entry(side.column).or_insert_with(BTreeSet::new);
                        let (_, labels) = groups.entry(side.column).or_insert_with(|| (column, BTreeSet::new()));
                        labels.extend(&condition.values);
                    }
                }
            }
        }
        let of_dates = months.into_iter().map(|(name, months)| self.date(name, months));
        let of_columns = named.into_iter().map(|(name, labels)| Axis::Column {
            name: name.to_string(),
            values: self.values(name, &labels, groups.get(name)),
        });
        of_dates.chain(of_columns).collect()
    }

    fn is_date(&self, column: &str) -> bool {
        self.column(column).is_some_and(|column| matches!(column.kind, ColumnKindPlan::Date { .. }))
    }

    fn date(&self, name: &str, mut months: BTreeSet<i32>) -> Axis {
        let places = self.source.period_date.is_some_and(|date| self.source.columns[date].name == name);
        if places {
            months.extend(months_of_window(self.plan));
        }
        Axis::Date {
            name: name.to_string(),
            months: months.into_iter().collect(),
            is_open: !places || self.belief.open.contains(name),
        }
    }

    /// The values of a column: those of its list, those that a measure names, and all others as one.
    fn values(
        &self,
        name: &str,
        named: &BTreeSet<&String>,
        groups: Option<&(&ColumnPlan, BTreeSet<&String>)>,
    ) -> Vec<Value> {
        let column = self.column(name);
        let list = column.and_then(closed);
        let is_closed = column.is_some_and(|column| matches!(column.kind, ColumnKindPlan::YesNo)) || list.is_some();
        let listed: Vec<String> = list.map(|list| list.values.clone()).unwrap_or_default();
        let group_of = |index: usize| list.and_then(|list| list.groups.get(*list.group_of.get(index)?).cloned());
        let of_list = listed.iter().enumerate();
        let mut values: Vec<Value> = of_list
            .map(|(index, label)| Value { label: label.clone(), group: group_of(index).unwrap_or_default() })
            .collect();
        let others = named.iter().filter(|label| !listed.contains(label)).map(|label| label.to_string());
        let is_open = !is_closed || self.belief.open.contains(name);
        let rest = is_open.then(String::new);
        let yes_no = ["Ja", "Nej"].map(String::from).into_iter();
        let yes_no = yes_no.filter(|label| is_closed && list.is_none() && !named.contains(label));
        for label in others.chain(yes_no).chain(rest) {
            match groups {
                Some((column, said)) if column.derive.is_none() => {
                    let own = closed(column).map(|list| list.values.iter()).into_iter().flatten();
                    let all: BTreeSet<&String> = own.chain(said.iter().copied()).collect();
                    values.extend(all.into_iter().map(|group| Value { label: label.clone(), group: group.clone() }));
                    if is_open {
                        values.push(Value { label: label.clone(), group: String::new() });
                    }
                }
                Some((column, _)) => values.push(Value { group: column.missing_label.clone(), label }),
                None => values.push(Value { label, group: String::new() }),
            }
        }
        values
    }

    /// The dimension that a side is said of, and the values that it leaves; a hit's is made when it is first met.
    fn select(&self, axes: &mut Vec<Axis>, side: &Side) -> (usize, BTreeSet<usize>) {
        let index = axes.iter().position(|axis| axis.column() == Some(side.column));
        let index = index.expect("the dimension of every side has been made of the sides");
        let chosen = self.chosen(&axes[index], side);
        let Some(values) = self.hit_of(&axes[index], side.column, &chosen) else {
            return (index, self.turned(chosen, axes[index].len(), side));
        };
        let hit = Hit { column: side.column.to_string(), values };
        let found = axes.iter().position(|axis| matches!(axis, Axis::Hit(other) if *other == hit));
        let index = found.unwrap_or_else(|| {
            axes.push(Axis::Hit(hit));
            axes.len() - 1
        });
        (index, self.turned([IN].into(), 2, side))
    }

    /// All but these, where the condition says so.
    fn turned(&self, chosen: BTreeSet<usize>, all: usize, side: &Side) -> BTreeSet<usize> {
        let is_negated = matches!(side.said, Said::Values(condition) if condition.negated);
        if is_negated { (0..all).filter(|value| !chosen.contains(value)).collect() } else { chosen }
    }

    fn chosen(&self, axis: &Axis, side: &Side) -> BTreeSet<usize> {
        match axis {
            Axis::Column { values, .. } => {
                let Said::Values(condition) = side.said else { return BTreeSet::new() };
                let said =
                    |value: &Value| if side.of_groups.is_some() { value.group.clone() } else { value.label.clone() };
                let is_chosen = |index: &usize| condition.values.contains(&said(&values[*index]));
                (0..values.len()).filter(is_chosen).collect()
            }
            Axis::Date { months, is_open, .. } => {
                let is_chosen = |month: i32| match &side.said {
                    Said::Months(of) => of.contains(&month),
                    Said::Season(season) => season.holds(self.plan.job.period, month),
                    Said::Values(_) => false,
                };
                let none = matches!(side.said, Said::Values(_)) && *is_open;
                let chosen = (0..months.len()).filter(|index| is_chosen(months[*index]));
                chosen.chain(none.then_some(months.len())).collect()
            }
            Axis::Hit(_) => [IN].into(),
        }
    }

    /// The values as a hit, if an event may have several of the dimension.
    fn hit_of(&self, axis: &Axis, column: &str, chosen: &BTreeSet<usize>) -> Option<BTreeSet<String>> {
        let may_have_several = self.source.repeated_ids == RepeatedIds::SeveralRows
            || self.column(column).is_some_and(|column| !column.split.is_empty());
        match axis {
            Axis::Column { values, .. } if !self.belief.is_one || (may_have_several && !self.belief.is_single) => {
                Some(chosen.iter().map(|index| format!("{}\t{}", values[*index].label, values[*index].group)).collect())
            }
            Axis::Date { .. } if !self.belief.is_one => Some(chosen.iter().map(usize::to_string).collect()),
            _ => None,
        }
    }
}

fn closed(column: &ColumnPlan) -> Option<&CategoryPlan> {
    if let ColumnKindPlan::Category(list) = &column.kind { Some(list) } else { None }
}
