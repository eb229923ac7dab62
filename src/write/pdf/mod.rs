//! The report as PDF.

use super::document::Document;
use crate::diagnostic::Failure;
use crate::job::plan::ThemePlan;

/// The file's bytes.
pub fn write(_document: &Document, _theme: &ThemePlan) -> Result<Vec<u8>, Failure> {
    Err(Failure::internal("this format is not written yet"))
}
