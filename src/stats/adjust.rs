//! Many comparisons at once: Benjamini and Hochberg's adjusted p-values.

/// Adjusted p-values, in the order of the given ones: the smallest false discovery rate at which each is called.
///
/// In: p-values 0–1 of all the comparisons that one table prints. Out: p·m/rank, made monotone from the largest, never
/// above one. Equal p-values have equal adjusted ones; one alone stays as it is.
/// Source: Y. Benjamini & Y. Hochberg, JRSS B 57 (1995).
///
/// ```
/// use kvalis::stats::adjust::benjamini_hochberg;
/// assert_eq!(benjamini_hochberg(&[0.01, 0.04, 0.03, 0.5]), vec![0.04, 0.04 * (4.0 / 3.0), 0.04 * (4.0 / 3.0), 0.5]);
/// ```
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (rank, index) in order.iter().enumerate().rev() {
        smallest = smallest.min(p[*index] * (p.len() as f64 / (rank + 1) as f64));
        adjusted[*index] = smallest;
    }
    adjusted
}
