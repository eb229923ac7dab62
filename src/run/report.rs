//! The report: composed once, then written in each format, side by side.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use super::gather::Gathered;
use super::{RunOptions, outputs, preflight};
use crate::diagnostic::{Diagnostic, Failure};
use crate::draw::Figure;
use crate::job::plan::{Format, Plan};
use crate::protect::ProtectedReport;
use crate::write::document::Document;
use crate::write::{self, ReportInputs, Texts};

/// What a report is made of.
pub(super) struct Parts<'a> {
    pub(super) plan: &'a Plan,
    pub(super) formats: &'a [Format],
    pub(super) gathered: &'a Gathered,
    pub(super) protected: &'a ProtectedReport,
    pub(super) figures: Vec<Figure>,
    pub(super) texts: &'a Texts,
}

/// Writes the report; the name of the main file. A job without chapters has none.
pub(super) fn write(parts: Parts<'_>, scratch: &Path) -> Result<Option<&'static str>, Failure> {
    let Parts { plan, formats, protected, .. } = parts;
    if plan.chapters.is_empty() {
        return Ok(None);
    }
    let document = compose(parts)?;
    outputs::underlag(scratch, &document, &protected.tables)?;
    outputs::places(scratch, &document)?;
    formats
        .par_iter()
        .map(|format| outputs::file(scratch, file_name(*format), &in_format(*format, &document, plan)?))
        .collect::<Result<(), Failure>>()?;
    Ok(formats.first().map(|format| file_name(*format)))
}

fn compose(parts: Parts<'_>) -> Result<Document, Failure> {
    let Parts { plan, gathered, protected, figures, texts, .. } = parts;
    let printed = gathered.remarks.printed().cloned();
    let warnings: Vec<Diagnostic> = gathered.unread.warnings().into_iter().chain(printed).collect();
    write::compose(ReportInputs {
        plan,
        tables: &protected.tables,
        figures,
        balances: &gathered.balances,
        warnings: &warnings,
        inputs: &gathered.inputs,
        unread: &gathered.unread.names(plan),
        texts,
        hidden_rows: &protected.hidden_rows,
    })
}

/// The formats to write, each once.
pub(super) fn formats(plan: &Plan, options: &RunOptions) -> Vec<Format> {
    let asked = if options.formats.is_empty() { &plan.job.formats } else { &options.formats };
    asked.iter().copied().collect::<BTreeSet<Format>>().into_iter().collect()
}

/// The report's file in a format.
fn file_name(format: Format) -> &'static str {
    match format {
        Format::Html => "report.html",
        Format::Docx => "report.docx",
        Format::Pdf => "report.pdf",
        Format::Xlsx => "appendix.xlsx",
        Format::Markdown => "report.md",
    }
}

fn in_format(format: Format, document: &Document, plan: &Plan) -> Result<Vec<u8>, Failure> {
    match format {
        Format::Html => write::html::write(document, &plan.theme).map(String::into_bytes),
        Format::Docx => write::docx::write(document, &plan.theme, preflight::word_template(plan)?.as_ref()),
        Format::Pdf => write::pdf::write(document, &plan.theme),
        Format::Xlsx => write::xlsx::write(document, &plan.charts, plan.job.as_of, &plan.theme),
        Format::Markdown => Ok(write::report_md::write(document).into_bytes()),
    }
}
