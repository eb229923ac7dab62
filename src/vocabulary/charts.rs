//! The list of kinds of charts. A new one is its file or folder in `draw`, its `mod` line in `draw/mod.rs` and its entry
//! here; each family that it can draw says so ([`Family::charts`](crate::measure::family::Family::charts)).
//!
//! In: the name of a macro. Out: that macro called with one entry a kind, `name: Kind;`, the name being that of its table
//! in the job file and of its module, the kind that of its drawing. The fields of the job file, the names of charts, what
//! draws each and what `diff` knows of keys that decide no number are made of this list.

/// Calls `$next! { { entries } }`; behind another list, `$next! { { its entries } { entries } }`. The documentation of
/// an entry is that of its table in the job file.
macro_rules! charts {
    ($({ $($before:tt)* })? $next:ident) => {
        $next! {
            $({ $($before)* })?
            {
                /// Horizontal bars sorted by this period, last period as an open marker.
                ranked_bar: RankedBar;
                /// Vertical bars in groups.
                grouped_bar: GroupedBar;
                /// Horizontal stacked bars, one per row.
                stacked_bar: StackedBar;
                /// Lines over periods, gaps where values are missing.
                line: Line;
                /// Rows × columns with numbers in shaded cells.
                heat: Heat;
                /// One line an indicator: this year, last year, goal, mean.
                dot: Dot;
                /// Small lines or columns with shared scales, one per row.
                multiples: Multiples;
                /// All municipalities on one line an indicator, ours marked and named, quartiles shaded.
                strip: Strip;
                /// Value against size for all municipalities, with the limits of chance.
                funnel_chart: FunnelChart;
                /// Probability × consequence: the risks' ids in their cells, or numbers of events.
                risk_matrix: RiskMatrix;
                /// A control chart with centre, limits, signals and goal.
                spc_chart: SpcChart;
            }
        }
    };
}

pub(crate) use charts;

macro_rules! kinds {
    ({ $($(#[$doc:meta])* $chart:ident: $kind:ident;)* }) => {
        /// The kinds of charts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ChartKind {
            $($(#[$doc])* $kind,)*
        }

        impl ChartKind {
            /// In the order of the list above.
            pub const ALL: &'static [ChartKind] = &[$(ChartKind::$kind),*];

            /// The name of its table in the job file.
            pub fn name(self) -> &'static str {
                match self {
                    $(ChartKind::$kind => stringify!($chart),)*
                }
            }
        }
    };
}

charts! { kinds }
