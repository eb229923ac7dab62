//! `kvalis protect`: a table made elsewhere, with its small counts hidden.

use std::path::Path;

use serde_json::{Value, json};

use super::args::Global;
use super::json::number;
use super::print;
use crate::diagnostic::Failure;
use crate::protect::two_way::{Hidden, Protected, Rules};
use crate::run::{protect_file, write_table};

pub(super) fn protect(path: &Path, rules: Rules, out: Option<&Path>, global: &Global) -> Result<(), Failure> {
    let protected = protect_file(path, rules)?;
    if !global.quiet {
        print::aside(&remarks(path, &protected));
    }
    if let Some(out) = out {
        write_table(out, &protected.text)?;
    }
    match (global.json, out) {
        (true, _) => print::result(&format!("{}\n", proof(&protected, rules, out.is_none()))),
        (false, None) => print::bytes(&protected.text),
        (false, Some(_)) => Ok(()),
    }
}

fn remarks(path: &Path, protected: &Protected) -> String {
    let hidden = protected.hidden.len();
    let best = match (hidden, protected.is_best) {
        (0, _) => String::new(),
        (_, true) => say!("cli-protect-fewest"),
        (_, false) => say!("cli-protect-perhaps-not-fewest"),
    };
    let remarks = protected.remarks.iter().map(|remark| format!("  {}\n", say!("cli-protect-note", remark)));
    let told = say!("cli-protect-counts-hidden", file = path.display(), hidden, best);
    format!("{told}\n{}", remarks.collect::<String>())
}

/// What a reader can work out of each hidden number. The table itself is in it unless it goes to a file.
fn proof(protected: &Protected, rules: Rules, with_table: bool) -> Value {
    let mut proof = json!({
        "threshold": rules.threshold,
        "needed_width": rules.threshold - 1,
        "distinct": rules.distinct,
        "fewest": protected.is_best,
        "hidden": protected.hidden.iter().map(hidden).collect::<Vec<Value>>(),
        "remarks": protected.remarks,
    });
    if with_table {
        proof["table"] = String::from_utf8_lossy(&protected.text).into();
    }
    proof
}

fn hidden(hidden: &Hidden) -> Value {
    json!({
        "row": hidden.row,
        "column": hidden.column,
        "year": if hidden.last_year { "last" } else { "this" },
        "kind": hidden.reason.name(),
        "lower": number(hidden.interval.lower),
        "upper": hidden.interval.upper.map(number),
        "width": hidden.interval.width().map(number),
    })
}
