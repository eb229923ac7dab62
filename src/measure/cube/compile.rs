//! `[cube.x]` to its plan.

use crate::measure::cube::plan::CubePlan;
use crate::measure::cube::spec::CubeSpec;
use crate::measure::declared::{Around, Common, OfSource, conditions, timed_axis};
use crate::measure::plan::MeasureKind;
use crate::vocabulary::problems::Problems;
use crate::vocabulary::spec::SourceKind;

impl OfSource for CubeSpec {
    const SOURCES: &'static [SourceKind] = &[SourceKind::Events];

    fn common(&self) -> Common<'_> {
        Common { source: &self.source, title: &self.title, each: None }
    }

    fn other_sources(&self) -> Vec<&str> {
        Vec::new()
    }

    fn kind(&self, around: &Around, problems: &mut Problems) -> Option<MeasureKind> {
        let at = around.at.key("dimensions");
        if self.dimensions.is_empty() {
            problems.bad_value(&at, say!("job-cube-has-no-dimensions"), say!("job-name-column-or-year"));
        }
        let named = self.dimensions.iter().enumerate();
        let dimensions =
            named.filter_map(|(index, name)| timed_axis(name, &at.index(index), around, problems)).collect();
        let conditions = conditions(&self.where_, &self.where_not, around, problems);
        Some(MeasureKind::Cube(CubePlan { dimensions, conditions, mean: around.numbers(&self.mean, "mean", problems) }))
    }
}
