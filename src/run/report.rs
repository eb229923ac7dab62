//! The report: composed once, then written in each format, side by side.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::beside::Beside;
use super::cache::Recipe;
use super::gathered::Gathered;
use super::options::RunOptions;
use super::outputs::{self, Scratch};
use crate::diagnostic::{Diagnostic, Failure};
use crate::draw::Figure;
use crate::job::plan::{Format, Plan};
use crate::protect::ProtectedReport;
use crate::write::document::Document;
use crate::write::{self, ReportInputs};

/// What a report is made of.
pub(super) struct Parts<'a> {
    pub(super) recipe: Recipe<'a>,
    pub(super) beside: &'a Beside,
    pub(super) gathered: &'a Gathered,
    pub(super) protected: &'a ProtectedReport,
    pub(super) figures: Vec<Figure>,
}

/// Writes the report; the name of the main file. A job without chapters has none.
pub(super) fn write(parts: Parts<'_>, scratch: &Scratch) -> Result<Option<&'static str>, Failure> {
    let Parts { recipe: Recipe { plan, formats, .. }, beside, protected, .. } = parts;
    if plan.chapters.is_empty() {
        return Ok(None);
    }
    let document = compose(parts)?;
    outputs::underlag(scratch, &document, &protected.tables)?;
    outputs::places(scratch, &document)?;
    formats
        .par_iter()
        .map(|format| scratch.file(file_name(*format), &in_format(*format, &document, plan, beside)?))
        .collect::<Result<(), Failure>>()?;
    Ok(formats.first().map(|format| file_name(*format)))
}

fn compose(parts: Parts<'_>) -> Result<Document, Failure> {
    let Parts { recipe: Recipe { plan, .. }, beside, gathered, protected, figures } = parts;
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
        manuscript: &beside.manuscript,
        hiding: &protected.hiding,
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

fn in_format(format: Format, document: &Document, plan: &Plan, beside: &Beside) -> Result<Vec<u8>, Failure> {
    let Beside { theme, word, .. } = beside;
    match format {
        Format::Html => Ok(write::html::write(document, theme).into_bytes()),
        Format::Docx => write::docx::write(document, theme, word.as_ref()),
        Format::Pdf => write::pdf::write(document, theme),
        Format::Xlsx => write::xlsx::write(document, &plan.charts, plan.job.as_of, theme),
        Format::Markdown => Ok(write::report_md::write(document).into_bytes()),
    }
}
