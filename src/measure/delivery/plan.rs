//! `[delivery.x]` as it is computed.

/// What was delivered, one row a source.
#[derive(Debug, Clone)]
pub struct DeliveryPlan {
    /// Indices into `Plan::sources`, in print order.
    pub sources: Vec<usize>,
}
