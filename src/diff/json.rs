//! A comparison for machines: everything that it holds, unrounded.

use crate::published::Cell;
use serde_json::{Value, json};

use super::cause::{Cause, FileFate, SourceChange};
use super::job::KeyChange;
use super::numbers::{CellChange, TableChange, TableFate};
use super::rows::RowFacts;
use super::{Comparison, MeasureChange, Side};
use crate::domain::swedish;
use crate::domain::table::Nothing;

/// The comparison as one object.
pub fn json(comparison: &Comparison) -> Value {
    json!({
        "equal": comparison.is_equal(),
        "still_stands": comparison.asked_of.as_ref().map(|_| comparison.is_equal()),
        "old": side(&comparison.old),
        "new": side(&comparison.new),
        "year": comparison.year,
        "numbers": { "equal": comparison.equal, "changed": comparison.changed() },
        "measures": comparison.measures.iter().map(measure).collect::<Vec<_>>(),
        "sources": comparison.sources.iter().map(source).collect::<Vec<_>>(),
        "keys": comparison.keys.iter().map(key).collect::<Vec<_>>(),
        "not_compared": comparison.not_compared,
    })
}

fn side(side: &Side) -> Value {
    json!({ "job": side.job, "year": side.year, "version": side.program.version, "build": side.program.build })
}

fn measure(measure: &MeasureChange) -> Value {
    json!({
        "measure": measure.name,
        "causes": measure.causes.iter().map(cause).collect::<Vec<_>>(),
        "tables": measure.tables.iter().map(table).collect::<Vec<_>>(),
    })
}

fn cause(cause: &Cause) -> Value {
    match cause {
        Cause::Input(source) => json!({ "cause": "input", "source": source }),
        Cause::Job(keys) => json!({ "cause": "job", "keys": keys.iter().map(key).collect::<Vec<_>>() }),
        Cause::Year { old, new } => json!({ "cause": "another year", "old": old, "new": new }),
        Cause::Program => json!({ "cause": "program" }),
        Cause::Protection => json!({ "cause": "protection" }),
        Cause::Words => json!({ "cause": "words" }),
        Cause::Unknown => json!({ "cause": "unknown" }),
    }
}

fn key(key: &KeyChange) -> Value {
    json!({ "key": key.path, "old": key.old, "new": key.new })
}

fn table(table: &TableChange) -> Value {
    let (fate, was) = match &table.fate {
        TableFate::Stayed => ("stayed", None),
        TableFate::Came => ("came", None),
        TableFate::Went => ("went", None),
        TableFate::Renamed(was) => ("renamed", Some(was)),
    };
    json!({
        "table": table.name,
        "title": table.title,
        "title_was": table.title_was,
        "fate": fate,
        "name_was": was,
        "rows_came": table.rows_came,
        "rows_went": table.rows_went,
        "columns_came": table.columns_came,
        "columns_went": table.columns_went,
        "equal": table.equal,
        "cells": table.cells.iter().map(cell).collect::<Vec<_>>(),
    })
}

fn cell(cell: &CellChange) -> Value {
    json!({
        "row": cell.key,
        "column": cell.column,
        "old": value(&cell.old),
        "new": value(&cell.new),
        "difference": cell.difference,
        "for_analyst": cell.for_analyst,
        "rows_came": cell.rows_came.iter().map(place).collect::<Vec<_>>(),
        "rows_went": cell.rows_went.iter().map(place).collect::<Vec<_>>(),
    })
}

/// Numbers and texts as they are; the four kinds of nothing as an object.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Number(number) => json!(number),
        Cell::Text(text) => json!(text),
        Cell::Nothing(Nothing::Missing) => json!({ "nothing": "missing" }),
        Cell::Nothing(Nothing::NotApplicable) => json!({ "nothing": "not applicable" }),
        Cell::Nothing(Nothing::Withheld) => json!({ "nothing": "withheld" }),
        Cell::Nothing(Nothing::Blank) => json!({ "nothing": "blank" }),
    }
}

fn source(source: &SourceChange) -> Value {
    let files = source.files.iter().map(|file| {
        let what = match file.what {
            FileFate::Changed => "changed",
            FileFate::Came => "came",
            FileFate::Went => "went",
        };
        json!({ "file": file.file, "what": what })
    });
    let rows = source.rows.as_ref().map(|rows| {
        let dated = source.date.is_some();
        json!({
            "came": rows.added.iter().map(|row| facts(row, dated)).collect::<Vec<_>>(),
            "went": rows.removed.iter().map(|row| facts(row, dated)).collect::<Vec<_>>(),
            "changed": rows.changed.iter().map(|(_, now)| facts(now, dated)).collect::<Vec<_>>(),
            "changed_columns": rows.changed_columns,
            "of_other_years": rows.elsewhere,
        })
    });
    json!({
        "source": source.name,
        "files": files.collect::<Vec<_>>(),
        "read": { "old": source.read.0, "new": source.read.1 },
        "kept": { "old": source.kept.0, "new": source.kept.1 },
        "rows": rows,
    })
}

/// A row's place; its date only where the job calls the column safe.
fn facts(row: &RowFacts, dated: bool) -> Value {
    let mut facts = place(row);
    facts["date"] = json!(row.day.filter(|_| dated).map(swedish::day));
    facts
}

fn place(row: &RowFacts) -> Value {
    json!({ "file": row.file, "sheet": row.sheet, "row": row.row, "id": row.id })
}
