//! The list of families. A new one is its folder, its `mod` line in `measure/mod.rs` and its entry here.
//!
//! In: the name of a macro. Out: that macro called with one entry a family, `name: Kind, Spec, Plan;`, in the order in
//! which they are compiled: a family that is made of others' measures stands after them. The fields of the job file,
//! the kinds of measures, names, references and dispatch are all made of this list, so that none can lack an entry. What
//! a family must say of its tables of the job file is asked by [`Declared`](super::declared::Declared).

/// Calls `$next! { { entries } … }`; the documentation of an entry is that of its table in the job file.
macro_rules! families {
    ($next:ident $($more:tt)*) => {
        $next! {
            {
                /// Distinct events by one dimension, two, or a hierarchy.
                breakdown: Breakdown, BreakdownSpec, BreakdownPlan;
                /// Distinct events over time.
                trend: Trend, TrendSpec, TrendPlan;
                /// Long tables for further work in a spreadsheet: one row per combination that occurs.
                cube: Cube, CubeSpec, CubePlan;
                /// Shares with named numerator and denominator.
                share: Share, ShareSpec, SharePlan;
                /// Events per exposure, with intervals and a test against last period.
                rate: Rate, RateSpec, RatePlan;
                /// Observations as a table, say the answers of a survey by question and year.
                indicator: Indicator, IndicatorSpec, IndicatorPlan;
                /// Indicators against goal and mean.
                goal: Goal, GoalSpec, GoalPlan;
                /// Yes/no answers of one organisation beside those of comparable ones, and its own of last year.
                mismatch: Mismatch, MismatchSpec, MismatchPlan;
                /// Rows of a register as they stand.
                register: Register, RegisterSpec, RegisterPlan;
                /// Our values among those of other municipalities.
                comparison: Comparison, ComparisonSpec, ComparisonPlan;
                /// One indicator of all municipalities against the limits of chance.
                funnel: Funnel, FunnelSpec, FunnelPlan;
                /// Risk registers: ranked list, matrix, what moved since last year, what lacks an action, what is late.
                risk: Risk, RiskSpec, BoxedRiskPlan;
                /// Events by the probability and consequence that they were given.
                risk_count: RiskCount, RiskCountSpec, RiskCountPlan;
                /// Actions from report to report: what was promised, what came of it, what is planned, late or left alone.
                action: Action, ActionSpec, BoxedActionPlan;
                /// Control charts: XmR, run, c, u, p, u′, p′, g, t.
                spc: Spc, SpcSpec, SpcPlan;
                /// Whether the mix of categories has shifted since last period.
                shift: Shift, ShiftSpec, ShiftPlan;
                /// How yearly values have gone, tested.
                development: Development, DevelopmentSpec, DevelopmentPlan;
                /// How completely, how soon and how evenly a source was reported.
                quality: Quality, QualitySpec, QualityPlan;
                /// Days from one date of an event to another, those that are open among them.
                lead_time: LeadTime, LeadTimeSpec, LeadTimePlan;
                /// What was delivered, how new it is, and what became of its rows.
                delivery: Delivery, DeliverySpec, DeliveryPlan;
                /// Last year's printed numbers beside what is counted for that year now.
                published: Published, PublishedSpec, PublishedPlan;
            }
            $($more)*
        }
    };
}

pub(crate) use families;
