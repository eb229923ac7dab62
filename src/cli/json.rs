//! The result for machines (`--json`): one JSON object on stdout.

use serde_json::{Value, json};

use super::print::Totals;
use super::print_personal;
use crate::diagnostic::{Diagnostic, Failure, FailureKind, Location, Severity};
use crate::domain::balance::{Balance, Fate};
use crate::protect::HiddenCell;
use crate::run::RunSummary;

pub(super) fn summary(summary: &RunSummary) -> String {
    let totals = Totals::of(&summary.balances);
    line(&json!({
        "job": summary.job,
        "folder": summary.folder,
        "report": summary.report,
        "seconds": summary.seconds,
        "unchanged": summary.verified.is_some(),
        "not_read_again": summary.recalled,
        "rows": {
            "read": totals.read,
            "kept": totals.kept,
            "duplicates": totals.duplicates,
            "outside_period": totals.outside_period,
            "rejected": totals.rejected,
        },
        "unread": summary.unread,
        "errors": summary.errors.iter().map(diagnostic).collect::<Vec<_>>(),
        "balances": summary.balances.iter().map(balance).collect::<Vec<_>>(),
        "warnings": summary.warnings.iter().map(diagnostic).collect::<Vec<_>>(),
        "personal_data": summary.personal.iter().map(print_personal::json).collect::<Vec<_>>(),
        "hidden": summary.hidden.iter().map(hidden).collect::<Vec<_>>(),
        "not_proved_fewest": summary.unproved,
        "beyond_fewest": summary.beyond_fewest,
        "notices": summary.notices.iter().map(diagnostic).collect::<Vec<_>>(),
    }))
}

/// A hidden count and what a reader can work out of it; never the count.
fn hidden(hidden: &HiddenCell) -> Value {
    json!({
        "table": hidden.table,
        "row": hidden.row,
        "column": hidden.column,
        "kind": hidden.reason.name(),
        "lower": number(hidden.interval.lower),
        "upper": hidden.interval.upper.map(number),
        "width": hidden.interval.width().map(number),
    })
}

/// Whole numbers without a decimal point.
pub(super) fn number(number: f64) -> Value {
    if number.fract() == 0.0 { (number as i64).into() } else { number.into() }
}

pub(super) fn failure(failure: &Failure) -> String {
    let kind = match failure.kind {
        FailureKind::Fixable => "fixable",
        FailureKind::Io => "io",
        FailureKind::Usage => "usage",
        FailureKind::Internal => "internal",
    };
    let diagnostics: Vec<Value> = failure.diagnostics.iter().map(diagnostic).collect();
    line(&json!({ "failure": kind, "exit_code": failure.exit_code(), "diagnostics": diagnostics }))
}

pub(super) fn line(value: &Value) -> String {
    format!("{value}\n")
}

fn balance(balance: &Balance) -> Value {
    let origin = balance.origin();
    let fates: serde_json::Map<String, Value> =
        balance.fates().map(|(fate, rows)| (fate_name(fate), rows.into())).collect();
    json!({
        "source": origin.source,
        "file": origin.file,
        "sheet": origin.sheet,
        "rows": balance.read(),
        "data_rows": balance.data_rows(),
        "fates": fates,
    })
}

fn fate_name(fate: Fate) -> String {
    match fate {
        Fate::Kept => "kept".into(),
        Fate::Heading => "heading".into(),
        Fate::Blank => "blank".into(),
        Fate::TotalRow => "total_row".into(),
        Fate::Footnote => "footnote".into(),
        Fate::Deleted => "deleted".into(),
        Fate::Duplicate => "duplicate".into(),
        Fate::OutsidePeriod => "outside_period".into(),
        Fate::Rejected(code) => format!("rejected: {}", code.name()),
    }
}

pub(super) fn diagnostic(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let at = (diagnostic.at != Location::Nowhere).then(|| diagnostic.at.to_string());
    json!({
        "severity": severity,
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "at": at,
        "help": diagnostic.help,
        "more": diagnostic.more,
    })
}
