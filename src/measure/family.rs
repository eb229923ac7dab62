//! What every family of measures says of its plans: what it needs of the exports, and how readers are told of it.
//!
//! In: a measure and the plan around it ([`Of`]). Out: what is put together for all measures by [`super::needs`] and the
//! steps after it. A method without a default must be answered by a new family before it compiles. Never: knows which
//! families there are (`families.rs` lists them).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::observations::Observations;
use super::plan::{MeasureKind, MeasurePlan, Plan};
use super::wording;
use crate::diagnostic::Diagnostic;
use crate::domain::cube::{Condition, CubeRequest};
use crate::domain::table::MeasureTable;
use crate::measure::risk::plan::RiskScalePlan;
use crate::store::Dataset;
use crate::vocabulary::charts::ChartKind;
use crate::vocabulary::plan::SourcePlan;

/// A measure and the plan around it.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    pub plan: &'a Plan,
    pub measure: &'a MeasurePlan,
}

impl<'a> Of<'a> {
    pub fn source(self) -> &'a SourcePlan {
        &self.plan.sources[self.measure.source]
    }

    /// What readers call the column of `each`, when the measure is one of an expanded set.
    pub fn each_label(self) -> Option<String> {
        self.measure.each.as_ref().map(|each| wording::label_of(self.source(), &each.column))
    }

    /// The rows of a source among those that were read.
    pub fn rows(self, rows: &'a BTreeMap<String, Dataset>, source: usize) -> Option<Observations<'a>> {
        let source = &self.plan.sources[source];
        rows.get(&source.name).map(|data| Observations::new(source, data))
    }
}

/// What one measure needs.
#[derive(Debug, Clone, Default)]
pub struct Wants {
    pub cubes: Vec<CubeRequest>,
    /// Indices of sources whose rows it reads whole, as they stand.
    pub rows: Vec<usize>,
    /// Columns that it reads of a source that need not be read whole.
    pub columns: BTreeMap<usize, BTreeSet<usize>>,
    /// Indices of the sources without which its table holds nothing.
    pub sources: Vec<usize>,
}

impl Wants {
    /// Counts of its source's events.
    pub fn counts(of: Of, cubes: Vec<CubeRequest>) -> Wants {
        Wants { cubes, ..Wants::table(of) }
    }

    /// The rows of its source.
    pub fn rows(of: Of) -> Wants {
        Wants { rows: vec![of.measure.source], ..Wants::table(of) }
    }

    /// Another measure's table, which is of the same source.
    pub fn table(of: Of) -> Wants {
        Wants { sources: vec![of.measure.source], ..Wants::default() }
    }

    /// And rows of further sources, which it can do without: names, last year.
    pub fn and_rows(mut self, sources: impl IntoIterator<Item = usize>) -> Wants {
        self.rows.extend(sources);
        self
    }

    /// And rows of further sources, without which it holds nothing.
    pub fn and_needed(mut self, sources: impl IntoIterator<Item = usize>) -> Wants {
        for source in sources {
            self.rows.push(source);
            self.sources.push(source);
        }
        self
    }

    /// And columns of a source.
    pub fn and_columns(mut self, source: usize, columns: impl IntoIterator<Item = usize>) -> Wants {
        self.columns.entry(source).or_default().extend(columns);
        self
    }
}

/// A family's plan.
pub trait Family {
    /// The kinds of charts that can draw its tables.
    fn charts() -> &'static [ChartKind]
    where
        Self: Sized;

    /// Whether a kind of chart can draw this table of the family's; if not, why and what to do.
    fn unfit(&self, _: ChartKind) -> Option<(String, String)> {
        None
    }

    /// What stands out in its charts, whatever the job says: our own among others.
    fn own_row(&self) -> Option<&str> {
        None
    }

    /// The scale that its charts are drawn on, which its tables do not carry.
    fn scale(&self) -> Option<&Arc<RiskScalePlan>> {
        None
    }

    /// Narrows the measure to one value of `each`.
    fn restrict(&mut self, each: &Condition);

    fn wants(&self, of: Of) -> Wants;

    /// What is counted or read, in words from which an outsider can count it again.
    fn words(&self, source: &SourcePlan) -> String;

    /// Conditions on all that is counted or read, those of `each` among them.
    fn conditions(&self) -> &[Condition];

    /// What is chosen of the source, in words; conditions of `each` left out, for the title names them.
    fn selection(&self, of: Of) -> String {
        wording::selection(of.source(), self.conditions(), of.measure.each.as_ref())
            .unwrap_or_else(|| wording::all_in_period(of.source()))
    }

    /// Whether another table of the same measure says how it is made.
    fn is_companion(&self) -> bool {
        false
    }

    /// What the analyst should mend in rows that are read as they stand: warnings, each with its file and row.
    fn remarks(&self, _: Of, _: &BTreeMap<String, Dataset>) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// What the finished table says that the analyst must be told.
    fn finding(&self, _: Of, _: &MeasureTable) -> Option<Diagnostic> {
        None
    }
}

macro_rules! dispatch {
    ({ $($(#[$doc:meta])* $family:ident: $kind:ident, $spec:ident, $plan:ident;)* }) => {
        impl MeasureKind {
            pub fn family(&self) -> &dyn Family {
                match self {
                    $(MeasureKind::$kind(plan) => plan,)*
                }
            }

            /// The kinds of charts that can draw it.
            pub fn charts(&self) -> &'static [ChartKind] {
                match self {
                    $(MeasureKind::$kind(_) => <super::$family::plan::$plan as Family>::charts(),)*
                }
            }

            /// Names of the families that a kind of chart can draw.
            pub fn drawn_by(chart: ChartKind) -> Vec<&'static str> {
                let families = [$((stringify!($family), <super::$family::plan::$plan as Family>::charts())),*];
                families.into_iter().filter(|(_, charts)| charts.contains(&chart)).map(|(name, _)| name).collect()
            }

            pub fn family_mut(&mut self) -> &mut dyn Family {
                match self {
                    $(MeasureKind::$kind(plan) => plan,)*
                }
            }
        }
    };
}

super::families::families! { dispatch }
