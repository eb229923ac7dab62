//! `[delivery.x]` as it is computed.

#[derive(Debug, Clone)]
pub struct DeliveryPlan {
    /// Indices into `Plan::sources`, in print order.
    pub sources: Vec<usize>,
}
