//! The columns of a source as they are read: which cell, which reader, what a blank means.
//!
//! In: a source plan. Out: [`Rules`], prepared once and shared by all threads. Never: a look at data.

use crate::diagnostic::Code;
use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan, SourcePlan, WidePlan};
use crate::vocabulary::spec::SourceKind;

use super::categories::{Groups, Marks};
use super::readers::{NumberReader, Reader};

/// A column as the job declares it, ready to be read. Wide columns of observations follow the declared ones.
pub(super) struct Rule<'p> {
    /// Header for messages: the first that the job gives.
    pub header: &'p str,
    pub safe: bool,
    pub required: bool,
    /// Index in the batch's cells; `None` for a derived column.
    pub cell: Option<usize>,
    /// Cell whose value a blank takes.
    pub blank_from: Option<usize>,
    pub fill_down: bool,
    pub split: &'p [String],
    pub reader: Reader<'p>,
    /// Groups of another column's members.
    pub groups: Option<(usize, Groups)>,
    pub text: TextRule<'p>,
    /// What is wrong with a blank cell where a value is required.
    pub missing: Code,
}

/// What is done with the text of a column that keeps it.
pub(super) enum TextRule<'p> {
    Plain,
    Masked,
    /// With the marks for a missing id, and the length of the longest.
    Id {
        marks: &'p Marks,
        longest: usize,
    },
}

impl Rule<'_> {
    /// Whether a row may hold several values. `rules`: those of all columns, for groups of members.
    pub(super) fn is_list(&self, rules: &[Rule]) -> bool {
        let read = self.groups.as_ref().map_or(self, |(member, _)| &rules[*member]);
        !read.split.is_empty()
    }
}

/// All columns of a source, and the order in which they are read.
pub(super) struct Rules<'p> {
    pub columns: Vec<Rule<'p>>,
    /// In which order they are read.
    pub order: Vec<usize>,
    pub period_date: Option<usize>,
    /// The id by which repeated events are told.
    pub id: Option<usize>,
    /// Cells of a row in a batch.
    pub width: usize,
}

impl<'p> Rules<'p> {
    pub(super) fn new(source: &'p SourcePlan) -> Self {
        let mut columns = declared(source);
        let mut width = columns.iter().filter(|rule| rule.cell.is_some()).count();
        for wide in &source.wide {
            columns.push(wide_rule(source, wide, width));
            width += 1;
        }
        let id = source.columns.iter().position(|column| matches!(column.kind, ColumnKindPlan::Id));
        let counted = source.kind == SourceKind::Events;
        Rules {
            order: reading_order(&columns, source.period_date),
            columns,
            period_date: source.period_date,
            id: id.filter(|_| counted),
            width,
        }
    }

    /// Cells of a batch that take the value above them when blank.
    pub(super) fn filled_down(&self) -> Vec<usize> {
        self.columns.iter().filter(|rule| rule.fill_down).filter_map(|rule| rule.cell).collect()
    }
}

fn declared(source: &SourcePlan) -> Vec<Rule<'_>> {
    source.columns.iter().enumerate().map(|(index, plan)| declared_rule(source, index, plan)).collect()
}

fn declared_rule<'p>(source: &'p SourcePlan, index: usize, plan: &'p ColumnPlan) -> Rule<'p> {
    Rule {
        header: plan.headers.first().unwrap_or(&plan.label),
        safe: plan.safe,
        required: plan.required || matches!(plan.kind, ColumnKindPlan::Id),
        cell: cell_of(source, index),
        blank_from: plan.blank_from.and_then(|other| cell_of(source, other)),
        fill_down: plan.fill_down,
        split: &plan.split,
        reader: Reader::new(plan),
        groups: plan.derive.and_then(|member| groups(source, member)),
        text: text_rule(plan),
        missing: match plan.kind {
            ColumnKindPlan::Id => Code::MissingId,
            ColumnKindPlan::Date { .. } => Code::MissingDate,
            _ => Code::MissingValue,
        },
    }
}

/// The place of a column among the cells of a batch: only columns with headers have one.
fn cell_of(source: &SourcePlan, column: usize) -> Option<usize> {
    let is_read = |plan: &&ColumnPlan| !plan.headers.is_empty();
    source.columns.get(column).filter(is_read).map(|_| source.columns[..column].iter().filter(is_read).count())
}

fn text_rule(plan: &ColumnPlan) -> TextRule<'_> {
    match plan.kind {
        ColumnKindPlan::Text { masked: true } => TextRule::Masked,
        ColumnKindPlan::Id => {
            let longest = plan.missing.keys().map(String::len).max().unwrap_or(0);
            TextRule::Id { marks: &plan.missing, longest }
        }
        _ => TextRule::Plain,
    }
}

fn groups(source: &SourcePlan, member: usize) -> Option<(usize, Groups)> {
    match &source.columns.get(member)?.kind {
        ColumnKindPlan::Category(list) => Some((member, Groups::new(list))),
        _ => None,
    }
}

/// A wide column holds numbers; the source's marks are those of its declared columns.
fn wide_rule<'p>(source: &'p SourcePlan, wide: &'p WidePlan, cell: usize) -> Rule<'p> {
    static NO_MARKS: Marks = Marks::new();
    let declared = source.columns.iter().map(|column| &column.missing).find(|marks| !marks.is_empty());
    let marks = declared.unwrap_or(&NO_MARKS);
    Rule {
        header: wide.headers.first().map_or("", String::as_str),
        safe: false,
        required: false,
        cell: Some(cell),
        blank_from: None,
        fill_down: false,
        split: &[],
        reader: Reader::Number(NumberReader { fraction: wide.fraction, marks }),
        groups: None,
        text: TextRule::Plain,
        missing: Code::MissingValue,
    }
}

/// The period date first, for renames go by it; derived columns last.
fn reading_order(columns: &[Rule], period_date: Option<usize>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..columns.len()).filter(|index| Some(*index) != period_date).collect();
    order.sort_by_key(|index| columns[*index].groups.is_some());
    period_date.into_iter().chain(order).collect()
}
