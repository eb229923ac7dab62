//! What each column is for, from the shape of its sheet and from what pairs of columns tell.

use std::cmp::Reverse;

use super::relations::Found;
use super::shape::{self, id_of, is_period, label_fits};
use super::{ColumnProfile, HierarchyProfile, Kind, Role, Shape, SheetProfile};
use crate::domain::spelling::fold;

/// Rows that a hierarchy must rest on, and rows per member.
const ROWS: u64 = 30;
const ROWS_PER_MEMBER: u64 = 3;
/// Members of a hierarchy: fewer are decided by chance.
const MEMBERS: usize = 4;

/// Settles shape and roles of all sheets of a file.
pub(super) fn settle(sheets: &mut [SheetProfile], found: &[Found]) {
    for (sheet, found) in sheets.iter_mut().zip(found) {
        sheet.shape = shape::of(sheet);
        for column in &mut sheet.columns {
            column.role = plain_role(column);
        }
        match sheet.shape {
            Shape::Events => events(sheet, found),
            Shape::LongObservations => long(sheet),
            Shape::WidePeriods | Shape::WideIndicators => wide(sheet),
            Shape::AnswersByPlace => {
                if let Some(place) = shape::place_of(sheet) {
                    sheet.columns[place].role = Role::Area;
                }
            }
            Shape::List | Shape::Information | Shape::Empty => {}
        }
    }
}

/// The role of a column without regard to others.
fn plain_role(column: &ColumnProfile) -> Role {
    match column.kind {
        _ if column.filled == 0 => Role::Empty,
        _ if column.is_suspect() => Role::PersonalData,
        Kind::Id | Kind::Category => Role::Category,
        Kind::Date => Role::OtherDate,
        Kind::Number => Role::Number,
        Kind::YesNo => Role::YesNo,
        Kind::Text => Role::FreeText,
    }
}

fn events(sheet: &mut SheetProfile, found: &Found) {
    sheet.id = id_of(sheet);
    for (index, column) in sheet.columns.iter_mut().enumerate() {
        if column.kind == Kind::Id && column.role == Role::Category {
            column.role = Role::FreeText;
        }
        if Some(index) == sheet.id {
            column.role = Role::Id;
        }
    }
    sheet.period_date = period_date(sheet, found);
    if let Some(index) = sheet.period_date {
        sheet.columns[index].role = Role::PeriodDate;
    }
    hierarchy(sheet, found);
}

/// Among the dates that are filled as good as the best, the one that the others do not come after: the day of reporting
/// is not before the day of the event, and a day of closing is blank while a case is open.
fn period_date(sheet: &SheetProfile, found: &Found) -> Option<usize> {
    let dates = || (0..sheet.columns.len()).filter(|index| sheet.columns[*index].role == Role::OtherDate);
    let filled = |index: &usize| sheet.columns[*index].filled;
    let most = dates().filter(|index| !sheet.columns[*index].unusable).map(|index| filled(&index)).max()?;
    let good = |index: &usize| !sheet.columns[*index].unusable && filled(index) * 50 >= most * 49;
    let comes_after = |one: usize, other: usize| {
        found.dates.iter().any(|(first, second, both, not_later)| {
            (*first, *second) == (other, one) && *both > 0 && not_later * 10 >= both * 9
                || (*first, *second) == (one, other) && *both > 0 && (both - not_later) * 10 >= both * 9
        })
    };
    let later_than = |index: &usize| dates().filter(|other| comes_after(*index, *other)).count();
    dates().filter(good).max_by_key(|index| (later_than(index), Reverse(*index)))
}

/// The pair of columns of labels with most members, where one decides the other.
fn hierarchy(sheet: &mut SheetProfile, found: &Found) {
    let is_label = |index: usize| sheet.columns[index].role == Role::Category;
    let rests_on_enough = |member: usize| {
        let column = &sheet.columns[member];
        let members = column.values.len();
        members >= MEMBERS && column.filled >= ROWS.max(ROWS_PER_MEMBER * members as u64)
    };
    let fits = |member: usize, group: usize| is_label(member) && is_label(group) && rests_on_enough(member);
    let pairs = found.decides.iter().filter(|(member, group, _)| fits(*member, *group));
    let size = |index: usize| sheet.columns[index].values.len();
    let best = pairs.max_by_key(|(member, group, _)| (size(*member), size(*group), Reverse(*member)));
    let Some((member, group, group_of)) = best else { return };
    let name = |index: usize, code: usize| sheet.columns[index].values[code].0.clone();
    let mut groups: Vec<(String, Vec<String>)> =
        (0..size(*group)).map(|code| (name(*group, code), Vec::new())).collect();
    for (code, group) in group_of.iter().enumerate() {
        groups[*group].1.push(name(*member, code));
    }
    let (member, group) = (*member, *group);
    sheet.hierarchy = Some(HierarchyProfile { member, group, groups });
    sheet.columns[member].role = Role::Member;
    sheet.columns[group].role = Role::Group;
}

/// Kolada's long form by its keys; another one by what its columns hold.
fn long(sheet: &mut SheetProfile) {
    let kolada = sheet.columns.iter().any(|column| fold(&column.header) == "kpi");
    for column in sheet.columns.iter_mut().filter(|column| !column.unusable && column.filled > 0) {
        column.role = match fold(&column.header).as_str() {
            "kpi" => Role::Indicator,
            "municipality" => Role::Area,
            "period" => Role::Period,
            "gender" => Role::Gender,
            "status" => Role::Status,
            "value" => Role::Value,
            _ if kolada => column.role,
            _ if is_period(column) => Role::Period,
            _ if column.kind == Kind::Number && column.role == Role::Number => Role::Value,
            _ if is_gender(column) => Role::Gender,
            _ => column.role,
        };
    }
    if kolada {
        return show_labels(sheet);
    }
    let length = |column: &ColumnProfile| {
        column.values.iter().map(|(value, _)| value.chars().count()).sum::<usize>() / column.values.len().max(1)
    };
    let labels = || (0..sheet.columns.len()).filter(|index| sheet.columns[*index].role == Role::Category);
    let longest = labels().max_by_key(|index| (length(&sheet.columns[*index]), Reverse(*index)));
    if labels().count() >= 2
        && let Some(index) = longest
    {
        sheet.columns[index].role = Role::Indicator;
        let next = sheet.columns.iter_mut().find(|column| column.role == Role::Category);
        next.into_iter().for_each(|column| column.role = Role::Area);
    }
    show_labels(sheet);
}

/// The labels of rows may be shown and chosen from, even where they look like identities (codes of municipalities).
fn show_labels(sheet: &mut SheetProfile) {
    for column in sheet.columns.iter_mut().filter(|column| !column.is_suspect()) {
        if matches!(column.role, Role::Indicator | Role::Area | Role::Gender | Role::Status) {
            column.values = std::mem::take(&mut column.remembered);
        }
    }
}

/// T, K and M, or the words that they stand for.
fn is_gender(column: &ColumnProfile) -> bool {
    let known = ["t", "k", "m", "totalt", "kvinnor", "män", "kvinna", "man", "flickor", "pojkar", "flicka", "pojke"];
    !column.values.is_empty() && column.values.iter().all(|(value, _)| known.contains(&fold(value).as_str()))
}

/// The label of each row: the indicator where periods are columns, the place where indicators are.
fn wide(sheet: &mut SheetProfile) {
    let rows = sheet.data_rows;
    let named: Vec<usize> = sheet.wide.iter().map(|(index, _)| *index).collect();
    for index in &named {
        sheet.columns[*index].role = Role::Value;
    }
    let by_period = sheet.shape == Shape::WidePeriods;
    if !by_period {
        let numbers = sheet.columns.iter_mut().filter(|column| column.role == Role::Number);
        numbers.for_each(|column| column.role = Role::Value);
    }
    let labels: Vec<usize> = (0..sheet.columns.len()).filter(|index| is_row_label(&sheet.columns[*index])).collect();
    let best = labels.iter().find(|index| label_fits(&sheet.columns[**index], rows));
    let best = best.or_else(|| labels.iter().max_by_key(|index| (sheet.columns[**index].distinct, Reverse(**index))));
    let Some(label) = best.copied() else { return };
    sheet.columns[label].role = if by_period { Role::Indicator } else { Role::Area };
    let others = |index: &&usize| sheet.columns[**index].role == Role::Category;
    if by_period && let Some(area) = labels.iter().find(others).copied() {
        sheet.columns[area].role = Role::Area;
    }
    show_labels(sheet);
}

fn is_row_label(column: &ColumnProfile) -> bool {
    column.role == Role::Category || (column.kind == Kind::Text && !column.is_suspect() && !column.unusable)
}
