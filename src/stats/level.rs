//! Confidence levels that the report knows, with their normal quantiles.

/// 97,5 % quantile of the normal distribution: two-sided 95 %.
pub const Z_95: f64 = 1.959_963_984_540_054;
/// Two-sided 99 %.
pub const Z_99: f64 = 2.575_829_303_548_901;
/// Two-sided 99,8 %: the funnel's outer limits.
pub const Z_998: f64 = 3.090_232_306_167_813;

/// How sure an interval is meant to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 95 %
    #[default]
    P95,
    /// 99 %
    P99,
    /// 99,8 %
    P998,
}

impl Level {
    /// Normal quantile of 1 − α/2.
    ///
    /// ```
    /// assert_eq!(kvalis::stats::level::Level::P95.z(), 1.959963984540054);
    /// ```
    pub fn z(self) -> f64 {
        match self {
            Level::P95 => Z_95,
            Level::P99 => Z_99,
            Level::P998 => Z_998,
        }
    }

    /// α/2, the probability left out on each side.
    pub fn tail(self) -> f64 {
        match self {
            Level::P95 => 0.025,
            Level::P99 => 0.005,
            Level::P998 => 0.001,
        }
    }

    /// Per cent as printed: 95.0, 99.0, 99.8.
    pub fn percent(self) -> f64 {
        match self {
            Level::P95 => 95.0,
            Level::P99 => 99.0,
            Level::P998 => 99.8,
        }
    }
}
