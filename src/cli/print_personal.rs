//! Which columns of the exports hold personal data, as `kvalis check` tells it: counts, never an example.

use serde_json::{Map, Value, json};

use super::print::aligned;
use crate::domain::personal_data::{KINDS, Kind};
use crate::run::PersonalFinding;

fn head() -> [String; 8] {
    [
        say!("cli-personal-source"),
        say!("cli-personal-column"),
        say!("cli-personal-declared-as"),
        say!("cli-personal-cells"),
        say!("cli-personal-personnummer"),
        say!("cli-personal-telephone"),
        say!("cli-personal-e-mail"),
        say!("cli-personal-address"),
    ]
}

/// Columns of text at the left; numbers follow.
const TEXT_COLUMNS: usize = 3;

/// One line a column, under a heading; one sentence if there are none.
pub(super) fn table(findings: &[PersonalFinding]) -> String {
    if findings.is_empty() {
        return format!("{}\n", say!("cli-personal-none"));
    }
    let mut table = vec![head()];
    table.extend(findings.iter().map(row));
    format!("{}\n{}", say!("cli-personal-by-column"), aligned(&table, TEXT_COLUMNS))
}

fn row(finding: &PersonalFinding) -> [String; 8] {
    let [person, telephone, email, address] = finding.cells.map(|cells| cells.to_string());
    let header = if finding.header.is_empty() {
        say!("cli-no-header")
    } else {
        finding.header.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    [
        finding.source.clone(),
        header,
        finding.declared.to_string(),
        finding.filled.to_string(),
        person,
        telephone,
        email,
        address,
    ]
}

/// Names of the kinds for machines, in the order of [`Kind::ALL`].
const KEYS: [&str; KINDS] = ["personnummer", "telephone", "email", "address"];

pub(super) fn json(finding: &PersonalFinding) -> Value {
    let counts = Kind::ALL.iter().map(|kind| (KEYS[*kind as usize].to_string(), finding.cells[*kind as usize].into()));
    json!({
        "source": finding.source,
        "column": finding.header,
        "declared_as": finding.declared,
        "filled_cells": finding.filled,
        "cells_with": counts.collect::<Map<String, Value>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding() -> PersonalFinding {
        PersonalFinding {
            source: "avvikelser".into(),
            header: "Beskrivning av\nhändelsen".into(),
            declared: "not declared",
            filled: 2553,
            cells: [12, 3, 1, 0],
        }
    }

    #[test]
    fn columns_stand_with_counts_one_below_the_other() {
        let expected = "\
cells with personal data, by column (a column that is not declared reaches no result):
source      column                    declared as   cells  personnummer  telephone  e-mail  address
avvikelser  Beskrivning av händelsen  not declared   2553            12          3       1        0
";
        assert_eq!(table(&[finding()]), expected);
        assert!(table(&[]).starts_with("no column holds"));
    }

    #[test]
    fn machines_read_the_same() {
        assert_eq!(json(&finding())["cells_with"]["telephone"], 3);
    }
}
