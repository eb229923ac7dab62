//! The appendix: what the numbers stand on.
//!
//! In: the plan, the balances, the files read and the run's warnings. Out: blocks that say which files were read, what
//! became of every row, how each measure is counted and what was odd. Nothing is typed here that was not counted.

mod definitions;

mod warnings;

pub(super) use definitions::definitions;
pub(crate) use warnings::in_swedish;
pub(super) use warnings::warnings;

use std::collections::BTreeSet;

use super::document::{Block, Inline};
use super::inputs::InputFile;
use super::tables::print_whole;
use crate::domain::balance::{Balance, Fate};
use crate::domain::swedish;
use crate::domain::table::{
    MeasureTable, NoteKind, Role, RowKind, TOTAL, TableColumn, TableNote, TableRow, Unit, Value,
};

/// How much of a digest is printed; the manifest has all of it.
const DIGEST_SHOWN: usize = 16;

/// Which files were read; nothing of the content of those of which something is hidden, not even a digest, by which
/// readers could try what they guess.
pub(super) fn sources(inputs: &[InputFile], hiding: &BTreeSet<String>) -> Vec<Block> {
    if inputs.is_empty() {
        return vec![paragraph(&printed!("write-no-files-were-read"))];
    }
    let columns = [word!("write-source"), word!("write-size"), word!("write-sheet-or-encoding"), word!("write-digest")];
    let is_hiding = |file: &InputFile| hiding.contains(&file.source);
    let rows = inputs.iter().map(|file| {
        let digest: String = file.digest.chars().take(DIGEST_SHOWN).collect();
        let form = file.encoding.clone().unwrap_or_else(|| file.sheets.join(", "));
        let of_content = |text: String| if is_hiding(file) { Value::WITHHELD } else { Value::Text(text) };
        let [title, form] = [file.source_title.clone(), form].map(Value::Text);
        (file.file_name.clone(), vec![title, of_content(size_of(file.bytes)), form, of_content(digest)])
    });
    let shown =
        inputs.iter().any(|file| !is_hiding(file)).then(|| printed!("write-digest-is-shortened", shown = DIGEST_SHOWN));
    let hidden = inputs.iter().any(is_hiding).then(|| printed!("write-size-and-digest-are-hidden"));
    let notes: Vec<&str> = [&shown, &hidden].into_iter().flatten().map(String::as_str).collect();
    vec![list("sources", word!("write-files-of-report"), word!("write-file"), &columns, rows.collect(), &notes)]
}

/// "515 kB", "1,2 MB"
fn size_of(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}\u{a0}byte"),
        1_000..1_000_000 => format!("{}\u{a0}kB", swedish::decimal(bytes as f64 / 1e3, 0)),
        _ => format!("{}\u{a0}MB", swedish::decimal(bytes as f64 / 1e6, 1)),
    }
}

/// What became of every row, per file and sheet; not of the sources of which something is hidden: all
/// their rows together, less what is printed of some, may tell it.
pub(super) fn balances(balances: &[Balance], hiding: &BTreeSet<String>) -> Vec<Block> {
    if balances.is_empty() {
        return vec![paragraph(&printed!("write-no-rows-were-read"))];
    }
    let mut table = balance_table();
    let is_hidden = |balance: &&Balance| hiding.contains(&balance.origin().source);
    let row = |balance: &Balance| {
        let row = balance_row(label_of(balance), counts_of(balance));
        if is_hidden(&balance) { withheld(row) } else { row }
    };
    table.rows = balances.iter().map(row).collect();
    let hides = balances.iter().any(|balance| is_hidden(&balance));
    if hides {
        let text = printed!("write-rows-are-not-shown");
        table.notes.push(TableNote { kind: NoteKind::Withheld, text });
    }
    if balances.len() > 1 && !hides {
        let totals =
            balances.iter().map(counts_of).fold([0; 7], |sum, counts| std::array::from_fn(|i| sum[i] + counts[i]));
        table.rows.push(TableRow { kind: RowKind::Total, key: Vec::new(), ..balance_row(TOTAL.to_string(), totals) });
    }
    vec![Block::Table(Box::new(print_whole("balances", "bilaga-rader".to_string(), &table)))]
}

fn balance_table() -> MeasureTable {
    let labels = [
        word!("write-read"),
        word!("write-header-foot-empty"),
        word!("write-total-rows"),
        word!("write-duplicates"),
        word!("write-outside-periods"),
        word!("write-rejected"),
        word!("write-kept"),
    ];
    let columns = labels.iter().map(|label| plain_column(label, Unit::Count)).collect();
    let text = printed!("write-fates-add-up");
    let notes = vec![TableNote { kind: NoteKind::Other, text }];
    MeasureTable {
        columns,
        notes,
        ..empty_table("balances", word!("write-what-became-of-rows"), word!("write-file-and-sheet-head"))
    }
}

fn counts_of(balance: &Balance) -> [u64; 7] {
    let around =
        balance.of(Fate::Heading) + balance.of(Fate::Blank) + balance.of(Fate::Footnote) + balance.of(Fate::Deleted);
    [
        balance.read(),
        around,
        balance.of(Fate::TotalRow),
        balance.of(Fate::Duplicate),
        balance.of(Fate::OutsidePeriod),
        balance.rejected(),
        balance.of(Fate::Kept),
    ]
}

fn balance_row(label: String, counts: [u64; 7]) -> TableRow {
    let values = counts.iter().map(|count| Value::Count(i64::try_from(*count).unwrap_or(i64::MAX))).collect();
    TableRow { values, ..TableRow::named(label, RowKind::Part) }
}

fn withheld(mut row: TableRow) -> TableRow {
    row.values.iter_mut().for_each(|value| *value = Value::WITHHELD);
    row
}

fn label_of(balance: &Balance) -> String {
    let origin = balance.origin();
    match &origin.sheet {
        Some(sheet) => printed!("write-file-and-sheet", file = origin.file, sheet),
        None => origin.file.clone(),
    }
}

/// A table of texts and, among them, single numbers.
fn list(
    name: &str,
    title: &str,
    header: &str,
    columns: &[&str],
    rows: Vec<(String, Vec<Value>)>,
    notes: &[&str],
) -> Block {
    let text = |text: &&str| TableNote { kind: NoteKind::Other, text: text.to_string() };
    let row = |(label, values): (String, Vec<Value>)| TableRow { values, ..TableRow::named(label, RowKind::Part) };
    let table = MeasureTable {
        columns: columns.iter().map(|label| plain_column(label, Unit::Text)).collect(),
        rows: rows.into_iter().map(row).collect(),
        notes: notes.iter().map(text).collect(),
        ..empty_table(name, title, header)
    };
    Block::Table(Box::new(print_whole(name, format!("bilaga-{name}"), &table)))
}

fn plain_column(label: &str, unit: Unit) -> TableColumn {
    let key = crate::domain::table::slug(label);
    let role = if unit == Unit::Text { Role::Text } else { Role::N };
    TableColumn { key, label: label.to_string(), role, unit, year: None }
}

fn empty_table(name: &str, title: &str, header: &str) -> MeasureTable {
    MeasureTable {
        name: name.to_string(),
        title: title.to_string(),
        row_headers: vec![header.to_string()],
        ..MeasureTable::default()
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::domain::balance::{Origin, Tally};

    fn balance(file: &str, kept: u64) -> Balance {
        let mut tally = Tally::default();
        for (fate, rows) in [
            (Fate::Heading, 1),
            (Fate::Blank, 2),
            (Fate::Kept, kept),
            (Fate::Duplicate, 3),
            (Fate::OutsidePeriod, 4),
            (Fate::Rejected(Code::BadDate), 5),
        ] {
            tally.add(fate, rows);
        }
        let origin = Origin { source: "s".into(), file: file.into(), sheet: Some("Export".into()) };
        tally.close(origin, kept + 15).expect("the fates are those just counted")
    }

    fn printed(blocks: &[Block]) -> Vec<Vec<String>> {
        let [Block::Table(table)] = blocks else { panic!("one table: {blocks:?}") };
        let texts = |row: &super::super::document::PrintedRow| {
            let cells = row.cells.iter().map(|cell| cell.text.clone());
            std::iter::once(row.label.clone()).chain(cells).collect()
        };
        table.rows.iter().map(texts).collect()
    }

    #[test]
    fn every_row_of_every_file_is_accounted_for() {
        let rows = printed(&balances(&[balance("a.xlsx", 85), balance("b.xlsx", 1000)], &BTreeSet::new()));
        assert_eq!(rows[0], ["a.xlsx, bladet Export", "100", "3", "0", "3", "4", "5", "85"]);
        assert_eq!(rows[2], ["Totalt", "1\u{a0}115", "6", "0", "6", "8", "10", "1\u{a0}085"]);
    }

    #[test]
    fn rows_that_would_tell_a_hidden_count_are_not_printed_nor_their_sum() {
        let rows = printed(&balances(&[balance("a.xlsx", 85)], &BTreeSet::from(["s".to_string()])));
        assert_eq!(rows, [["a.xlsx, bladet Export", "..", "..", "..", "..", "..", "..", ".."]]);
        let two = [balance("a.xlsx", 85), balance("b.xlsx", 1000)];
        assert_eq!(printed(&balances(&two, &BTreeSet::from(["s".to_string()]))).len(), 2);
    }

    #[test]
    fn a_single_file_needs_no_total() {
        assert_eq!(printed(&balances(&[balance("a.xlsx", 85)], &BTreeSet::new())).len(), 1);
        assert_eq!(balances(&[], &BTreeSet::new()), vec![paragraph("Inga rader har lästs.")]);
    }

    #[test]
    fn files_are_listed_with_size_and_the_beginning_of_their_digest() {
        let file = InputFile {
            source: "avvikelser".into(),
            source_title: "Avvikelser".into(),
            file_name: "a.csv".into(),
            bytes: 515_293,
            digest: "0123456789abcdef0123456789abcdef".into(),
            encoding: Some("windows-1252".into()),
            sheets: Vec::new(),
        };
        let expected = vec![vec!["a.csv", "Avvikelser", "515\u{a0}kB", "windows-1252", "0123456789abcdef"]];
        assert_eq!(printed(&sources(std::slice::from_ref(&file), &BTreeSet::new())), expected);
        // Digits of a digest that were shown would be tried against guesses.
        let hiding = BTreeSet::from(["avvikelser".to_string()]);
        let hidden = printed(&sources(std::slice::from_ref(&file), &hiding));
        assert_eq!(hidden, vec![vec!["a.csv", "Avvikelser", "..", "windows-1252", ".."]]);
        assert_eq!((size_of(999), size_of(1_250_000)), ("999\u{a0}byte".to_string(), "1,3\u{a0}MB".to_string()));
    }
}
