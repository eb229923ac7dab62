//! What every family of measures says of its plans: what it needs of the exports, and how readers are told of it.
//!
//! In: a measure and the plan around it ([`Of`]). Out: what is put together for all measures by [`super::needs()`] and the
//! steps after it. A method without a default must be answered by a new family before it compiles. Never: knows which
//! families there are (`families.rs` lists them).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cubes::Cubes;
use super::observations::Observations;
use super::plan::{MeasureKind, MeasurePlan, Plan};
use super::sheet::Sheet;
use super::wording;
use crate::diagnostic::{Diagnostic, Failure};
use crate::domain::cube::{Condition, CubeRequest};
use crate::domain::delivery::Deliveries;
use crate::domain::table::MeasureTable;
use crate::measure::risk::plan::RiskScalePlan;
use crate::store::Dataset;
use crate::vocabulary::charts::Form;
use crate::vocabulary::plan::SourcePlan;

/// A measure and the plan around it.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    /// All that is measured.
    pub plan: &'a Plan,
    /// The measure.
    pub measure: &'a MeasurePlan,
}

impl<'a> Of<'a> {
    /// The source that it counts or reads.
    pub fn source(self) -> &'a SourcePlan {
        &self.plan.sources[self.measure.source]
    }

    /// What readers call the column of `each`, when the measure is one of an expanded set.
    pub fn each_label(self) -> Option<String> {
        self.measure.each.as_ref().map(|each| wording::label_of(self.source(), &each.column))
    }
}

/// What was read and counted of the exports.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The counts that it wants.
    pub cubes: &'a Cubes,
    /// Rows as they stand, by source: whole, or the columns that were asked for.
    pub rows: &'a BTreeMap<String, Dataset>,
    /// What became of every source's rows.
    pub deliveries: &'a Deliveries,
    /// By index, the sources of which there was nothing to read.
    pub absent: &'a BTreeMap<usize, Absence>,
}

/// Why nothing was read of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// The job can do without it, and no file came.
    NotDelivered,
    /// It was there, and could not be used.
    Unreadable,
}

impl<'a> Facts<'a> {
    /// The rows of a source, read whole.
    pub fn rows_of(self, plan: &'a Plan, source: usize) -> Result<Observations<'a>, Failure> {
        let source = &plan.sources[source];
        let missing = || Failure::internal(format!("the data of source {} were not read", source.name));
        self.rows.get(&source.name).map(|data| Observations::new(source, data)).ok_or_else(missing)
    }
}

/// The base that a measure wants; it is computed only if there is one.
pub(crate) fn made_of(base: Option<&MeasureTable>) -> Result<&MeasureTable, Failure> {
    base.ok_or_else(|| Failure::internal("a measure is made of a table that it does not want"))
}

/// What one measure needs.
#[derive(Debug, Clone, Default)]
pub struct Wants {
    /// Distinct counts.
    pub cubes: Vec<CubeRequest>,
    /// Indices of sources whose rows it reads whole, as they stand.
    pub rows: Vec<usize>,
    /// Columns that it reads of a source that need not be read whole.
    pub columns: BTreeMap<usize, BTreeSet<usize>>,
    /// Indices of the sources without which its table holds nothing.
    pub sources: Vec<usize>,
    /// Index of the measure, before this one, whose table it is made of.
    pub base: Option<usize>,
}

impl Wants {
    /// Counts of its source's events.
    pub fn counts(of: Of, cubes: Vec<CubeRequest>) -> Wants {
        Wants { cubes, ..Wants::source(of) }
    }

    /// The rows of its source.
    pub fn rows(of: Of) -> Wants {
        Wants { rows: vec![of.measure.source], ..Wants::source(of) }
    }

    /// Its source to be there.
    pub fn source(of: Of) -> Wants {
        Wants { sources: vec![of.measure.source], ..Wants::default() }
    }

    /// The table of another measure.
    pub fn table(of: Of, base: usize) -> Wants {
        Wants { base: Some(base), ..Wants::source(of) }
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

/// Where the years of a table stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Years {
    /// One column a year.
    AcrossColumns,
    /// One row a year, or a part of one.
    DownRows {
        /// Calendar years, whatever the job's period is.
        by_calendar: bool,
    },
}

/// What a table tells of single events, by which it is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tells {
    /// Counts: they are hidden among those of all tables.
    Counts {
        /// Rows stand in the order of their counts.
        by_size: bool,
    },
    /// Of one event in each row: nothing of it can be shown.
    SingleEvents,
    /// Of none in each row: nothing of it can be shown where zeros are sensitive.
    Zeros,
    /// Nothing that another measure's table does not tell: it is masked after that.
    SameAs(usize),
    /// Counts of these sources, each row of one of them beside what is known of it from elsewhere: a row is shown or hidden
    /// as a whole.
    CountsOf(Vec<usize>),
    /// What was delivered to be printed: texts of a register, surveys with a minimum of answers of their own.
    Delivered,
}

/// A family's plan.
pub trait Family {
    /// What can be drawn of its tables.
    fn forms() -> &'static [Form]
    where
        Self: Sized;

    /// Whether this table of the family's has one of its forms; if not, why and what to do.
    fn unfit(&self, _: Form) -> Option<(String, String)> {
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

    /// What it needs before its table can be made.
    fn wants(&self, of: Of) -> Wants;

    /// The printed table, and what each of its cells is. `base`: the table that it wants to be made of.
    ///
    /// Errors: mistakes in the data that only the analyst can mend.
    fn sheet(&self, of: Of, facts: Facts, base: Option<&MeasureTable>) -> Result<Sheet, Failure>;

    /// What it tells of single events when its source is one of events.
    fn tells(&self, plan: &Plan) -> Tells;

    /// What is counted or read, in words from which an outsider can count it again.
    fn words(&self, source: &SourcePlan) -> String;

    /// Where in its tables years stand, for whoever follows a value over them; or why there are none.
    fn years(&self) -> Result<Years, String> {
        Err(say!("job-is-no-trend-share-or"))
    }

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
    fn remarks(&self, _: Of, _: Facts) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// The measure, as others call it, whose test says what has come of what its table lists.
    fn judged_by(&self) -> Option<&str> {
        None
    }

    /// Sources of the next report's job that begin with its table, its own first; none where no other report goes on with it.
    fn goes_on(&self, _: Of) -> Vec<usize> {
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
            /// What the family answers for this measure.
            pub fn family(&self) -> &dyn Family {
                match self {
                    $(MeasureKind::$kind(plan) => plan,)*
                }
            }

            /// What can be drawn of its table.
            pub fn forms(&self) -> &'static [Form] {
                match self {
                    $(MeasureKind::$kind(_) => <super::$family::plan::$plan as Family>::forms(),)*
                }
            }

            /// Names of the families whose tables have a form.
            pub fn of_form(form: Form) -> Vec<&'static str> {
                let families = [$((stringify!($family), <super::$family::plan::$plan as Family>::forms())),*];
                families.into_iter().filter(|(_, forms)| forms.contains(&form)).map(|(name, _)| name).collect()
            }

            /// As [`MeasureKind::family`], to be narrowed.
            pub fn family_mut(&mut self) -> &mut dyn Family {
                match self {
                    $(MeasureKind::$kind(plan) => plan,)*
                }
            }
        }
    };
}

super::families::families! { dispatch }
