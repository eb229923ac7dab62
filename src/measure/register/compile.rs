//! Registers: rows as they stand.

use crate::measure::declared::{Around, Common, OfSource};
use crate::measure::plan::MeasureKind;
use crate::measure::register::plan::RegisterPlan;
use crate::measure::register::spec::RegisterSpec;
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
        let mut conditions = around.scope.conditions(&self.where_, false, &around.at.key("where"), problems);
        conditions.extend(around.scope.conditions(&self.where_not, true, &around.at.key("where_not"), problems));
        Some(MeasureKind::Register(RegisterPlan {
            columns: around.columns(&self.columns, "columns", problems),
            conditions,
            sort: around.columns(&self.sort, "sort", problems),
        }))
    }
}
