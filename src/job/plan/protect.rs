//! What is protected, checked.

/// Protection of small counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectPlan {
    /// Counts above zero and below this are small; at least 2.
    pub threshold: i64,
    /// Noughts are hidden like small counts.
    pub sensitive_zeros: bool,
    /// Full names (`source.x`, `breakdown.x`) and the reasons why their counts may be shown.
    pub exempt: Vec<(String, String)>,
}

impl ProtectPlan {
    /// True if a measure (one of `each`, too) or its source is not protected.
    pub fn exempts(&self, source: &str, measure: &str) -> bool {
        let base = measure.split_once('/').map_or(measure, |(base, _)| base);
        self.exempt.iter().any(|(name, _)| name == base || name.strip_prefix("source.") == Some(source))
    }
}
