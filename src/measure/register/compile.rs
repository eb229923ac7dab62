//! Registers: rows as they stand.

use crate::measure::declared::{Around, Common, OfSource};
use crate::measure::plan::MeasureKind;
use crate::measure::register::plan::RegisterPlan;
use crate::measure::register::spec::{LateSpec, RegisterSpec};
use crate::vocabulary::plan::ColumnKindPlan;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::SourceKind;

impl OfSource for RegisterSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Register, SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: self.each.as_deref() }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        if self.columns.is_empty() {
            problems.bad_value(
                &around.at.key("columns"),
                say!("job-register-shows-no-columns"),
                say!("job-name-at-least-one-column"),
            );
        }
        if self.only_late && self.late.is_none() {
            let message = say!("job-only-late-says-nothing-without");
            problems.bad_key(&around.at.key("only_late"), message, say!("job-name-date-columns-late"));
        }
        let mut conditions = around.scope.conditions(&self.where_, false, &around.at.key("where"), problems);
        conditions.extend(around.scope.conditions(&self.where_not, true, &around.at.key("where_not"), problems));
        Some(MeasureKind::Register(RegisterPlan {
            columns: around.columns(&self.columns, "columns", problems),
            conditions,
            sort: around.columns(&self.sort, "sort", problems),
            late: self.late.as_ref().and_then(|late| late_columns(late, around, problems)),
            only_late: self.only_late,
            as_of: around.job.as_of,
        }))
    }
}

fn late_columns(late: &LateSpec, around: &Around, problems: &mut Problems) -> Option<(usize, usize)> {
    let at = around.at.key("late");
    let due = around.scope.column(&late.due, &at.key("due"), problems);
    let done = around.scope.column(&late.done, &at.key("done"), problems);
    let (due, done) = (due?, done?);
    let kind = |index: usize| &around.scope.plan.columns[index].kind;
    if !matches!(kind(due), ColumnKindPlan::Date { .. }) {
        problems.bad_value(&at.key("due"), say!("job-is-not-date-column", name = late.due), "");
    }
    if !matches!(kind(done), ColumnKindPlan::Date { .. } | ColumnKindPlan::YesNo) {
        problems.bad_value(&at.key("done"), say!("job-is-neither-date-nor-yes", name = late.done), "");
    }
    Some((due, done))
}
