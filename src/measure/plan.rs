//! What is measured: the job's head, its sources, and of each measure what it is called and its family's own plan.

use super::families::families;
use crate::domain::cube::Condition;
use crate::vocabulary::plan::{CertaintyPlan, JobPlan, SourcePlan};

/// What is measured: all that measures see of a job.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The job's own table: year, period, day of the data.
    pub job: JobPlan,
    /// In the job file's order.
    pub sources: Vec<SourcePlan>,
    /// In job-file order within each family; families in the order of the spec. `each` is expanded.
    pub measures: Vec<MeasurePlan>,
}

impl Plan {
    /// The source of this name.
    pub fn source(&self, name: &str) -> Option<&SourcePlan> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// The measure of this name: `family.name`, or `family.name/value`.
    pub fn measure(&self, name: &str) -> Option<&MeasurePlan> {
        self.measures.iter().find(|measure| measure.name == name)
    }
}

/// A measure: one printed table.
#[derive(Debug, Clone)]
pub struct MeasurePlan {
    /// `family.name` or `family.name/value of each`.
    pub name: String,
    /// What the report calls the table; `{each}` filled in.
    pub title: String,
    /// Index into `Plan::sources`.
    pub source: usize,
    /// The condition that `each` adds, when the measure is one of an expanded set: the column has this one value.
    /// It stands among the conditions of `kind`, too.
    pub each: Option<Condition>,
    /// What it counts or reads, by its family.
    pub kind: MeasureKind,
    /// Intervals and tests that stand beside.
    pub certainty: CertaintyPlan,
}

impl MeasurePlan {
    /// A measure that is no one of a set, and tests nothing.
    pub fn alone(name: String, title: String, source: usize, kind: MeasureKind) -> MeasurePlan {
        MeasurePlan { name, title, source, each: None, kind, certainty: CertaintyPlan::default() }
    }

    /// The value of `each`, when the measure is one of an expanded set.
    pub fn each_value(&self) -> Option<&str> {
        self.each.as_ref().and_then(|condition| condition.values.first()).map(String::as_str)
    }
}

macro_rules! kinds {
    ({ $($(#[$doc:meta])* $family:ident: $kind:ident, $spec:ident, $plan:ident;)* }) => {
        /// What a measure is, by its family.
        #[derive(Debug, Clone)]
        pub enum MeasureKind {
            $($(#[$doc])* $kind(super::$family::plan::$plan),)*
        }
    };
}

families! { kinds }
