//! What protection hides, for `kvalis check`: table, row, column, why, and what a reader could still work out.

use crate::protect::{HiddenCell, Interval};

fn head() -> [String; 5] {
    [
        say!("cli-hidden-in"),
        say!("cli-hidden-row"),
        say!("cli-hidden-column"),
        say!("cli-hidden-why"),
        say!("cli-hidden-can-be"),
    ]
}

/// One line per hidden count, and the tables whose mask is not proved to be the smallest; nothing if none is hidden.
pub(super) fn table(hidden: &[HiddenCell], unproved: &[String], beyond: usize) -> String {
    if hidden.is_empty() {
        return String::new();
    }
    let mut lines = vec![head()];
    lines.extend(hidden.iter().map(line));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    let mut text = String::from("\n");
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}  "));
        text.push_str(cells.collect::<String>().trim_end());
        text.push('\n');
    }
    text.push('\n');
    if !unproved.is_empty() {
        text.push_str(&say!("cli-hidden-not-proved-fewest", tables = unproved.join(", "), beyond));
        text.push_str("\n\n");
    }
    text
}

fn line(hidden: &HiddenCell) -> [String; 5] {
    let HiddenCell { table, row, column, reason, interval } = hidden;
    [table.clone(), row.clone(), column.clone(), reason.name().to_string(), range(interval)]
}

/// "0 to 5", "3 or more".
fn range(interval: &Interval) -> String {
    match interval.upper {
        Some(upper) => say!("cli-hidden-range", lower = interval.lower, upper),
        None => say!("cli-hidden-range-without-end", lower = interval.lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protect::Reason;

    #[test]
    fn each_hidden_count_has_its_reason_and_range_and_never_its_value() {
        let cell = |row: &str, reason, upper| HiddenCell {
            table: "breakdown.x".into(),
            row: row.into(),
            column: "2023".into(),
            reason,
            interval: Interval { lower: 0.0, upper },
        };
        let found = table(&[cell("A", Reason::Primary, Some(5.0)), cell("Totalt", Reason::Secondary, None)], &[], 0);
        let expected = "
hidden in    row     column  why        can be
breakdown.x  A       2023    primary    0 to 5
breakdown.x  Totalt  2023    secondary  0 or more

";
        assert_eq!(found, expected);
        assert_eq!(table(&[], &[], 0), "");
        let told =
            table(&[cell("A", Reason::Primary, Some(5.0))], &["breakdown.x".to_string(), "share.y".to_string()], 3);
        assert!(told.ends_with("counts: breakdown.x, share.y; at most 3 fewer would do\n\n"), "{told}");
    }
}
