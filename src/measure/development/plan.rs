//! `[development.x]` as it is computed.

/// Development over years, made of the table of a trend, share or indicator.
#[derive(Debug, Clone)]
pub struct DevelopmentPlan {
    /// Index into `Plan::measures`, before this one.
    pub measure: usize,
}
