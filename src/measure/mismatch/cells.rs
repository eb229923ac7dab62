//! Which answers stand behind each cell of a table of mismatches.

use super::{Areas, Line, answer, is_shown, lines, share_in_millionths};
use crate::diagnostic::Failure;
use crate::measure::membership::{Definition, Definitions, Selection};
use crate::measure::mismatch::plan::{Answer, MismatchPlan};
use crate::measure::mismatch::spec::MismatchShow;
use crate::measure::observations::Observations;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;

/// The definitions of the printed table.
pub fn definitions(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &MismatchPlan,
    now: &Observations,
    before: Option<&Observations>,
) -> Result<Definitions, Failure> {
    if now.rows() == 0 {
        return Ok(Vec::new());
    }
    let areas = Areas::of(plan, measure, spec, now)?;
    let own_before = before.and_then(|rows| Areas::own_row(spec, rows));
    let mut printed: Vec<(usize, Line)> = lines(plan, measure, spec, now, before)?
        .into_iter()
        .enumerate()
        .filter(|(_, line)| is_shown(line, spec))
        .collect();
    if spec.show == MismatchShow::Mismatches {
        printed.sort_by_key(|(_, line)| std::cmp::Reverse(share_in_millionths(line)));
    }
    let cells = |(index, _): &(usize, Line)| {
        let name = &spec.indicators[*index].0;
        let answered = |wanted: &dyn Fn(Answer) -> bool| Selection::Rows {
            source: measure.source,
            rows: areas
                .comparable
                .iter()
                .copied()
                .filter(|row| answer(spec, now, *row, name).is_ok_and(wanted))
                .collect(),
        };
        let (yes, all) = (answered(&|answer| answer == Answer::Yes), answered(&|_| true));
        let mut cells = vec![Definition::value(measure.source, Some(areas.own), name)];
        cells.extend(spec.previous.map(|source| Definition::value(source, own_before, name)));
        cells.extend([Definition::Count(yes.clone()), Definition::Count(all.clone())]);
        cells.push(Definition::Share { part: yes, whole: all });
        cells
    };
    Ok(printed.iter().map(cells).collect())
}
