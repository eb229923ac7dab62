//! The list of kinds of charts. A new one is its file or folder in `draw`, its `mod` line in `draw/mod.rs` and its entry
//! here. What it can draw is no list of families: a chart draws one form of table, and a family says which forms its tables
//! have ([`Family::forms`](crate::measure::family::Family::forms)).
//!
//! In: the name of a macro. Out: that macro called with one entry a kind, `name: Kind, Own { … };`, the name being that of
//! its table in the job file and of its module, the kind that of its drawing, then what is its own. The fields of the job file, the names of charts, what
//! draws each and what `diff` knows of keys that decide no number are made of this list.

/// Calls `$next! { { entries } }`; behind another list, `$next! { { its entries } { entries } }`. The documentation of
/// an entry is that of its table in the job file.
macro_rules! charts {
    ($({ $($before:tt)* })? $next:ident) => {
        $next! {
            $({ $($before)* })?
            {
                /// Horizontal bars sorted by this period, last period as an open marker.
                ranked_bar: RankedBar, Own::of(Form::Values);
                /// Vertical bars in groups.
                grouped_bar: GroupedBar, Own::of(Form::Values);
                /// Horizontal stacked bars, one per row.
                stacked_bar: StackedBar, Own::of(Form::Parts);
                /// Lines over periods, gaps where values are missing.
                line: Line, Own::of(Form::Series);
                /// Rows × columns with numbers in shaded cells.
                heat: Heat, Own { keys: &["shade"], ..Own::of(Form::Grid) };
                /// One line an indicator: this year, last year, goal, mean.
                dot: Dot, Own::of(Form::Aims);
                /// Small lines or columns with shared scales, one per row.
                multiples: Multiples, Own { keys: &["mark"], ..Own::of(Form::Series) };
                /// All municipalities on one line an indicator, ours marked and named, quartiles shaded.
                strip: Strip, Own { companion: Some(OF_ALL), ..Own::of(Form::Peers) };
                /// Value against size for all municipalities, with the limits of chance.
                funnel_chart: FunnelChart, Own::of(Form::Sizes);
                /// Probability × consequence: the risks' ids in their cells, or numbers of events.
                risk_matrix: RiskMatrix, Own::of(Form::Steps);
                /// A control chart with centre, limits, signals and goal.
                spc_chart: SpcChart, Own::of(Form::Points);
            }
        }
    };
}

pub(crate) use charts;

/// What can be drawn of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A value in each row, perhaps with those of other periods.
    Values,
    /// Parts of a whole in each row.
    Parts,
    /// A value for each row and column.
    Grid,
    /// Values over periods.
    Series,
    /// A value with what it is held against: a goal, a mean, a limit.
    Aims,
    /// Our own value among those of others.
    Peers,
    /// Values with the size of what they are of.
    Sizes,
    /// Counts, or names, by two steps of a scale.
    Steps,
    /// Points of a control chart, with its lines.
    Points,
}

/// The table of a comparison that has a column for every municipality, by its name after the measure's own.
pub(crate) const OF_ALL: &str = "alla";

/// What a kind of chart has that others have not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Own {
    /// The form of the tables that it draws.
    pub form: Form,
    /// Keys of its table in the job file that mean nothing for other kinds.
    pub keys: &'static [&'static str],
    /// The table of a measure that it is drawn from where the measure has it, by its name after the measure's own.
    pub companion: Option<&'static str>,
}

impl Own {
    const fn of(form: Form) -> Own {
        Own { form, keys: &[], companion: None }
    }
}

macro_rules! kinds {
    ({ $($(#[$doc:meta])* $chart:ident: $kind:ident, $own:expr;)* }) => {
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

            /// What it has that others have not.
            pub(crate) fn own(self) -> Own {
                match self {
                    $(ChartKind::$kind => $own,)*
                }
            }
        }
    };
}

charts! { kinds }
