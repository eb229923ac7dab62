//! What a person reads: the summary line, the balance table, diagnostics. The only printing in the program.

use std::io::{ErrorKind, IsTerminal, Write as _, stderr, stdout};

use crate::diagnostic::{Code, Diagnostic, Failure, Location, Severity};
use crate::domain::balance::{Balance, Fate};
use crate::run::RunSummary;

/// The result, to stdout. A reader that has seen enough (`| head`) is no failure.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    bytes(harmless(text).as_bytes())
}

/// Lines that a terminal shows and does not obey, whatever a label or a file's name holds. Escaped as JSON escapes, so
/// that JSON says the same as before.
fn harmless(text: &str) -> String {
    let ends_a_line = |at: usize| text[at..].starts_with(['\n', '\t']) || text[at..].starts_with("\r\n");
    let shown = |(at, letter): (usize, char)| {
        let is_shown = is_obeyed(letter) && !ends_a_line(at);
        if is_shown { format!("\\u{:04x}", u32::from(letter)) } else { letter.to_string() }
    };
    if text.chars().any(is_obeyed) { text.char_indices().map(shown).collect() } else { text.to_string() }
}

/// Control characters, and marks that turn the direction of what follows.
fn is_obeyed(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || turns
}

/// A result that is a file's bytes, to stdout.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(say!("cli-writing-result"), "stdout", &error))
        }
        _ => Ok(()),
    }
}

/// Anything but the result, to stderr; if nobody reads it, it is lost.
pub(super) fn aside(text: &str) {
    let _ = stderr().lock().write_all(text.as_bytes());
}

/// Diagnostics, to stderr.
pub(super) fn diagnostics(diagnostics: &[Diagnostic]) {
    aside(&render(diagnostics, has_colour()));
}

/// Why the program stops, to stderr.
pub(super) fn failure(failure: &Failure) {
    diagnostics(&failure.diagnostics);
}

fn has_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let plain = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    stderr().is_terminal() && !refused && !plain
}

/// Diagnostics as a person reads them, sorted by place, without repetitions. Exports that do not hold the period come
/// first: most of the others follow from it.
pub fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| (diagnostic.code != Code::PeriodNotCovered, &diagnostic.at));
    sorted.dedup();
    sorted.iter().map(|diagnostic| paragraph(diagnostic, colour)).collect()
}

fn paragraph(diagnostic: &Diagnostic, colour: bool) -> String {
    let (word, start) = match diagnostic.severity {
        Severity::Error => (say!("cli-error"), "\x1b[1;31m"),
        Severity::Warning => (say!("cli-warning"), "\x1b[1;33m"),
    };
    let head = format!("{word}[{}]", diagnostic.code.name());
    let head = if colour { format!("{start}{head}\x1b[0m") } else { head };
    let mut text = format!("{head}: {}\n", visible(&diagnostic.message));
    let place = (diagnostic.at != Location::Nowhere).then(|| say!("cli-at", at = diagnostic.at));
    let help = diagnostic.help.as_ref().map(|help| say!("cli-help", help));
    for line in [place, help, diagnostic.more.clone()].into_iter().flatten() {
        text.push_str(&format!("  {}\n", visible(&line)));
    }
    text
}

/// One line, whatever a file name or a key holds: control characters are shown, not obeyed.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let escaped = is_obeyed(letter).then(|| letter.escape_default());
            let plain = escaped.is_none().then_some(letter);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// Data rows of all sources together, by fate.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) read: u64,
    pub(super) kept: u64,
    pub(super) duplicates: u64,
    pub(super) outside_period: u64,
    pub(super) rejected: u64,
}

impl Totals {
    pub(super) fn of(balances: &[Balance]) -> Totals {
        let mut totals = Totals::default();
        for balance in balances {
            totals.read += balance.data_rows();
            totals.kept += balance.of(Fate::Kept);
            totals.duplicates += balance.of(Fate::Duplicate);
            totals.outside_period += balance.of(Fate::OutsidePeriod);
            totals.rejected += balance.rejected();
        }
        totals
    }
}

/// The one line that cron keeps.
pub(super) fn summary_line(summary: &RunSummary) -> String {
    let totals = Totals::of(&summary.balances);
    let rows = say!(
        "cli-summary-rows",
        read = totals.read,
        kept = totals.kept,
        duplicates = totals.duplicates,
        outside = totals.outside_period,
        rejected = totals.rejected,
    );
    let end = match &summary.report {
        Some(report) => say!("cli-report", report = report.display()),
        None if summary.published => say!("cli-results", folder = summary.folder.display()),
        None => say!("cli-nothing-written"),
    };
    let job = &summary.job;
    let line = match summary.verified {
        Some((exports, results)) => say!("cli-summary-unchanged", job, exports, results, end),
        None => say!("cli-summary", job, rows, without = without(summary), end),
    };
    format!("{line}\n")
}

/// "published without 1 source that can't be used (avvikelser); "
fn without(summary: &RunSummary) -> String {
    let (n, sources) = (summary.unread.len(), summary.unread.join(", "));
    match (n, summary.published) {
        (0, _) => String::new(),
        (_, true) => say!("cli-summary-published-without", n, sources),
        (_, false) => say!("cli-summary-checked-without", n, sources),
    }
}

fn balance_head() -> [String; 9] {
    [
        say!("cli-balance-source"),
        say!("cli-balance-file"),
        say!("cli-balance-sheet"),
        say!("cli-balance-rows"),
        say!("cli-balance-kept"),
        say!("cli-balance-duplicate"),
        say!("cli-balance-outside"),
        say!("cli-balance-rejected"),
        say!("cli-balance-no-data"),
    ]
}

/// Columns of text at the left of the balance table; numbers follow.
const TEXT_COLUMNS: usize = 3;

/// One line per sheet with the fates of its rows; every line adds up.
pub(super) fn balance_table(balances: &[Balance]) -> String {
    let mut table = vec![balance_head()];
    table.extend(balances.iter().map(balance_row));
    aligned(&table, TEXT_COLUMNS)
}

/// Rows with their columns one below the other: the first `texts` to the left, numbers to the right.
pub(super) fn aligned<const COLUMNS: usize>(table: &[[String; COLUMNS]], texts: usize) -> String {
    let width = |column: usize| table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    let mut text = String::new();
    for row in table {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            line.push_str(&if column < texts { format!("{cell:<width$}  ") } else { format!("{cell:>width$}  ") });
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn balance_row(balance: &Balance) -> [String; 9] {
    let origin = balance.origin();
    [
        origin.source.clone(),
        origin.file.clone(),
        origin.sheet.clone().unwrap_or_default(),
        balance.read().to_string(),
        balance.of(Fate::Kept).to_string(),
        balance.of(Fate::Duplicate).to_string(),
        balance.of(Fate::OutsidePeriod).to_string(),
        balance.rejected().to_string(),
        (balance.read() - balance.data_rows()).to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::domain::balance::{Origin, Tally};

    fn bad_date() -> Diagnostic {
        let at = Location::Cell {
            file: "data/2025/avvikelser.xlsx".into(),
            sheet: Some("Export".into()),
            row: 1042,
            column: 6,
            header: Some("Händelsedatum".into()),
        };
        Diagnostic::error(Code::BadDate, "the cell does not hold a date", at)
            .help("correct the cell and run again")
            .more("16 more in this column; all 17 are listed in out/analyze/2025/rejects.csv")
    }

    #[test]
    fn a_terminal_shows_what_it_must_not_obey() {
        assert_eq!(harmless("a\tb\r\nå\n"), "a\tb\r\nå\n");
        assert_eq!(harmless("x\u{1b}[31m\u{9b}\u{7f}\rb\n"), "x\\u001b[31m\\u009b\\u007f\\u000db\n");
        assert_eq!((harmless("\u{202e}fdp").as_str(), visible("\u{202e}").as_str()), ("\\u202efdp", "\\u{202e}"));
    }

    #[test]
    fn a_diagnostic_says_what_where_and_what_to_do() {
        let expected = "error[bad-date]: the cell does not hold a date
  at:   data/2025/avvikelser.xlsx, sheet \"Export\", cell F1042 (column \"Händelsedatum\")
  help: correct the cell and run again
  16 more in this column; all 17 are listed in out/analyze/2025/rejects.csv
";
        assert_eq!(render(&[bad_date()], false), expected);
    }

    #[test]
    fn colour_touches_only_the_first_word() {
        let text = render(&[bad_date()], true);
        assert!(text.starts_with("\x1b[1;31merror[bad-date]\x1b[0m: the cell"), "{text}");
        assert_eq!(text.matches('\x1b').count(), 2);
    }

    #[test]
    fn diagnostics_come_by_place_and_once() {
        let at = |line| Location::JobFile { file: "j.toml".into(), line, column: 1 };
        let two = Diagnostic::error(Code::BadValue, "two", at(10));
        let one = Diagnostic::warning(Code::UnusedItem, "one", at(9));
        let text = render(&[two.clone(), one, two], false);
        assert_eq!(text, "warning[unused-item]: one\n  at:   j.toml:9:1\nerror[bad-value]: two\n  at:   j.toml:10:1\n");
    }

    #[test]
    fn control_characters_cannot_reach_the_terminal() {
        let text = render(&[Diagnostic::error(Code::BadValue, "a\x1b[2Jb\nc", Location::Nowhere)], false);
        assert_eq!(text, "error[bad-value]: a\\u{1b}[2Jb\\nc\n");
    }

    fn balance(sheet: Option<&str>, fates: &[(Fate, u64)]) -> Balance {
        let mut tally = Tally::default();
        fates.iter().for_each(|(fate, rows)| tally.add(*fate, *rows));
        let origin = Origin { source: "avvikelser".into(), file: "å.csv".into(), sheet: sheet.map(String::from) };
        tally.close(origin, fates.iter().map(|(_, rows)| rows).sum()).expect("the fates are the rows")
    }

    fn fates() -> Vec<(Fate, u64)> {
        vec![
            (Fate::Heading, 4),
            (Fate::Kept, 2544),
            (Fate::Duplicate, 1),
            (Fate::OutsidePeriod, 3),
            (Fate::Rejected(Code::BadDate), 2),
            (Fate::Rejected(Code::MissingId), 1),
        ]
    }

    #[test]
    fn the_summary_is_one_line_about_data_rows() {
        let summary = RunSummary {
            job: "analyze".into(),
            folder: "output/analyze/2023".into(),
            published: true,
            report: Some("output/analyze/2023/report.html".into()),
            balances: vec![balance(None, &fates())],
            warnings: Vec::new(),
            notices: Vec::new(),
            recalled: Vec::new(),
            verified: None,
            personal: Vec::new(),
            hidden: Vec::new(),
            unproved: Vec::new(),
            beyond_fewest: 0,
            unread: Vec::new(),
            errors: Vec::new(),
            mends: Vec::new(),
            seconds: 1.0,
        };
        let expected = "analyze: 2551 rows read, 2544 kept, 1 duplicate, 3 outside the period, 3 rejected; \
                        report: output/analyze/2023/report.html\n";
        assert_eq!(summary_line(&summary), expected);
    }

    #[test]
    fn every_line_of_the_balance_table_adds_up() {
        let text = balance_table(&[balance(None, &fates()), balance(Some("Blad1"), &[])]);
        let expected = "\
source      file   sheet  rows  kept  duplicate  outside  rejected  no data
avvikelser  å.csv         2555  2544          1        3         3        4
avvikelser  å.csv  Blad1     0     0          0        0         0        0
";
        assert_eq!(text, expected);
    }
}
