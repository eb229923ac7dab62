//! A published report's data, read and counted as the run did.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Failure, Location};
use crate::domain::balance::Balance;
use crate::domain::delivery::{Deliveries, Delivery};
use crate::job::plan::{Plan, SourceKind, SourcePlan};
use crate::measure::{Absence, Cubes, Needs, PolarsEngine};
use crate::published::{MANIFEST, Manifest, SheetBalance, data_file};
use crate::store::schema::{FILE, ROW, SHEET};
use crate::store::{self, Dataset};

/// Of each source what measures read of it, the id, and where every row comes from. Free text that is only asked for
/// whether it is there is left out.
pub(super) fn read_data(folder: &Path, plan: &Plan, needs: &Needs) -> Result<BTreeMap<String, Dataset>, Failure> {
    let mut data = BTreeMap::new();
    for source in &plan.sources {
        let path = folder.join(data_file(&source.name));
        let dataset = if source.kind == SourceKind::Events && !needs.whole.contains(source.name.as_str()) {
            let counted = needs.counted_columns(source);
            let read = needs.columns.get(source.name.as_str()).map_or(&[][..], |columns| &columns.whole);
            let columns: BTreeSet<&str> =
                counted.into_iter().chain(read.iter().copied()).chain([FILE, SHEET, ROW]).collect();
            store::read(&path, &columns.into_iter().collect::<Vec<&str>>())?
        } else {
            store::read_all(&path)?
        };
        data.insert(source.name.clone(), dataset);
    }
    Ok(data)
}

pub(super) fn count(plan: &Plan, data: &BTreeMap<String, Dataset>, needs: &Needs) -> Result<Cubes, Failure> {
    let is_counted = |name: &String| plan.source(name).is_some_and(|source| source.kind == SourceKind::Events);
    let events = data.iter().filter(|(name, _)| is_counted(name)).map(|(name, data)| (name.clone(), data.clone()));
    Cubes::collect(&PolarsEngine::new(plan, events.collect())?, &needs.requests)
}

/// The sources of which there was nothing to read, or that the run did without.
pub(super) fn absent(plan: &Plan, manifest: &Manifest) -> BTreeMap<usize, Absence> {
    let is_unread = |name: &str| manifest.unread.iter().any(|unread| unread.source == name);
    let why = |name: &str| if is_unread(name) { Absence::Unreadable } else { Absence::NotDelivered };
    let sources = plan.sources.iter().map(|source| source.name.as_str()).enumerate();
    let absent = sources.filter(|(_, name)| !manifest.inputs.iter().any(|input| input.source == *name));
    absent.map(|(index, name)| (index, why(name))).collect()
}

/// What the run knew of each source beside its rows.
///
/// Errors: `damaged-manifest` if a sheet's rows do not add up.
pub(super) fn deliveries(plan: &Plan, manifest: &Manifest, folder: &Path) -> Result<Deliveries, Failure> {
    let damaged = || {
        let at = Location::of(&folder.join(MANIFEST));
        let message = say!("published-rows-do-not-add-up");
        Failure::from(Diagnostic::error(Code::DamagedManifest, message, at).help(say!("published-run-job-again")))
    };
    let of_source = |source: &SourcePlan| {
        let sheets = manifest.balances.iter().filter(|sheet| sheet.source == source.name);
        let balances: Option<Vec<Balance>> = sheets.map(SheetBalance::closed).collect();
        let cells = manifest.cells.get(&source.name).cloned().unwrap_or_default();
        Some((source.name.clone(), Delivery { balances: balances?, cells }))
    };
    plan.sources.iter().map(of_source).collect::<Option<Deliveries>>().ok_or_else(damaged)
}
