//! A job, a source and a column of which nothing more is said than must be, for the tests of all rooms.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::limits::Limits;
use super::plan::*;
use super::spec::Covers;
use crate::domain::period::PeriodRule;

/// The calendar year 2023 with one earlier year, data of 2024-01-09.
pub(crate) fn job() -> JobPlan {
    JobPlan {
        name: "prov".into(),
        text: String::new(),
        file: "pipelines/prov.toml".into(),
        title: "Prov".into(),
        organisation: "Socialnämnden".into(),
        committee: None,
        decision: None,
        as_of: 19_731,
        period: PeriodRule::CALENDAR,
        year: 2023,
        earlier: 1,
        input: PathBuf::new(),
        templates: PathBuf::new(),
        texts: PathBuf::new(),
        output: PathBuf::new(),
        formats: Vec::new(),
        reference_docx: None,
        cube: CubeMode::Polars,
        on_bad_source: OnBadSource::default(),
        limits: Limits::default(),
    }
}

/// Avvikelser by calendar year; no column is the date of its period.
pub(crate) fn source(name: &str, kind: SourceKind, columns: Vec<ColumnPlan>) -> SourcePlan {
    let [one, many] = ["avvikelse", "avvikelser"].map(String::from);
    SourcePlan {
        name: name.into(),
        title: "Avvikelser (Treserva)".into(),
        kind,
        noun: Noun { one, many, neuter: false, definite: None, definite_many: None },
        files: Vec::new(),
        optional: false,
        layout: Layout::default(),
        limits: Limits::default(),
        period_date: None,
        outside_period: OutsidePeriod::Drop,
        covers: Covers::Period,
        known_from: Vec::new(),
        repeated_ids: RepeatedIds::First,
        columns,
        wide: Vec::new(),
        fixed: Vec::new(),
        minimum_answers: 10,
        job_window: (0, 0),
        period: PeriodRule::CALENDAR,
    }
}

/// A column that is called alike in the job and in the export.
pub(crate) fn column(name: &str, kind: ColumnKindPlan) -> ColumnPlan {
    ColumnPlan {
        name: name.into(),
        headers: vec![name.into()],
        label: name.into(),
        kind,
        required: false,
        safe: true,
        split: Vec::new(),
        missing: BTreeMap::new(),
        missing_label: "Uppgift saknas".into(),
        blank_from: None,
        fill_down: false,
        pad: 0,
        derive: None,
    }
}

/// A list of values, some of which are residual.
pub(crate) fn categories(name: &str, values: &[&str], residual: &[&str]) -> CategoryPlan {
    CategoryPlan {
        name: format!("category.{name}"),
        values: values.iter().map(|value| value.to_string()).collect(),
        residual: values.iter().map(|value| residual.contains(value)).collect(),
        unknown_label: "Okänd kategori".into(),
        ..CategoryPlan::default()
    }
}
