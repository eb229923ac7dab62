//! What a control chart says, in words: the same in tables, figures, sentences and the check of sentences.

/// Columns of a control chart's table that others look for.
pub const VARIATION: &str = "variation";
/// Key of the column that says whether the process will reach its goal.
pub const ASSURANCE: &str = "assurance";
/// Key of the column that says which pattern a point is part of.
pub const FLAG: &str = "flag";
/// Key of the column that numbers the phases between changes of the process.
pub const PHASE: &str = "phase";

/// Up is larger, whether that is good or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Towards larger values.
    Up,
    /// Towards smaller values.
    Down,
}

impl Side {
    /// As it stands in tables and sentences.
    pub fn word(self) -> &'static str {
        match self {
            Side::Up => word!("domain-up"),
            Side::Down => word!("domain-down"),
        }
    }
}

/// The one pattern that a point is called by; the first that applies, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Beyond a limit.
    Outside,
    /// Part of a run of points that each go the same way.
    Trend,
    /// One of two in three points near the same limit.
    TwoInThree,
    /// Part of a run on one side of the centre line.
    Shift,
    /// Part of a run on one side of the median, in a run chart.
    Run,
}

impl Label {
    /// In the order that decides which one a point is called by.
    pub const ALL: [Label; 5] = [Label::Outside, Label::Trend, Label::TwoInThree, Label::Shift, Label::Run];

    /// As it stands in tables and sentences.
    pub fn word(self) -> &'static str {
        match self {
            Label::Outside => word!("domain-outside-limit"),
            Label::Trend => word!("domain-trend-word"),
            Label::TwoInThree => word!("domain-two-of-three"),
            Label::Shift => word!("domain-shift"),
            Label::Run => word!("domain-long-run"),
        }
    }

    /// "utanför gränsen, uppåt"
    pub fn with_side(self, side: Side) -> String {
        format!("{}, {}", self.word(), side.word())
    }
}

/// What the last point says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variation {
    /// No signal: the kind of variation that is always there.
    Common,
    /// A signal the good way.
    Improvement,
    /// A signal the bad way.
    Concern,
    /// A signal, but neither way is better.
    Neutral,
}

impl Variation {
    /// As it stands in tables and sentences.
    pub fn word(self) -> &'static str {
        match self {
            Variation::Common => word!("domain-common-variation"),
            Variation::Improvement => word!("domain-improvement"),
            Variation::Concern => word!("domain-worsening"),
            Variation::Neutral => word!("domain-neutral-variation"),
        }
    }
}

/// Whether the process will reach its goal as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// The limits lie on the good side of the goal.
    Passes,
    /// The limits lie on the bad side of the goal.
    Fails,
    /// The goal lies between the limits.
    HitAndMiss,
}

impl Assurance {
    /// As it stands in tables and sentences.
    pub fn word(self) -> &'static str {
        match self {
            Assurance::Passes => word!("domain-reaches-goal"),
            Assurance::Fails => word!("domain-misses-goal"),
            Assurance::HitAndMiss => word!("domain-hits-and-misses"),
        }
    }
}

/// What the table of a control chart says of its last point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// What it says.
    pub variation: Variation,
    /// Pattern and side of the last point; `None` for common variation, and where a whole run chart signals.
    pub last: Option<(Label, Side)>,
}

impl Signal {
    /// Whether a sentence may say "ökning" (`Side::Up`) or "minskning" (`Side::Down`) of the series.
    pub fn allows(&self, side: Side) -> bool {
        self.last.is_some_and(|(_, signalled)| signalled == side)
    }

    /// "visar vanlig variation", "visar en förbättring (utanför gränsen, uppåt)"
    pub fn phrase(&self) -> String {
        let article = if matches!(self.variation, Variation::Improvement | Variation::Concern) { "en " } else { "" };
        let pattern = self.last.map_or(String::new(), |(label, side)| format!(" ({})", label.with_side(side)));
        printed!("domain-shows-variation", article, word = self.variation.word(), pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_is_said_with_its_pattern() {
        let said = |variation, last| Signal { variation, last }.phrase();
        assert_eq!(said(Variation::Common, None), "visar vanlig variation");
        let outside = Some((Label::Outside, Side::Up));
        assert_eq!(said(Variation::Improvement, outside), "visar en förbättring (utanför gränsen, uppåt)");
        let shift = Some((Label::Shift, Side::Down));
        assert_eq!(said(Variation::Neutral, shift), "visar särskild variation utan värdering (skift, nedåt)");
    }
}
