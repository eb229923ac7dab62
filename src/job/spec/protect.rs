//! `[protect]`: what is small, and what is nobody's secret.

use schemars::JsonSchema;
use serde::Deserialize;

/// Protection of small counts over everything that the report publishes together.
///
/// Counts of event sources are protected. Registers and observations are not: their text is meant to be printed, and
/// surveys have a minimum of answers of their own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProtectSpec {
    /// Counts above zero and below this are small. Default 5.
    pub threshold: Option<u32>,
    /// Zeros are small, too: that nobody is counted says something of everybody. Default false.
    #[serde(default)]
    pub sensitive_zeros: bool,
    /// Sources and measures whose counts may be shown. Default: none.
    #[serde(default)]
    pub exempt: Vec<ExemptSpec>,
}

/// A source or measure that is not protected, and why.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExemptSpec {
    /// `source.x`, or a measure: `breakdown.x`.
    pub name: String,
    /// Why its counts point out nobody; printed in the manifest.
    pub reason: String,
}
