//! Rows of exports as people name them: by file and sheet, neighbours drawn together.

use std::collections::BTreeMap;

use super::rows::RowFacts;

/// Words of a place in a language.
pub(super) struct PlaceWords {
    sheet: String,
    row: String,
    rows: String,
    more: String,
}

/// The command line's.
pub(super) fn english() -> PlaceWords {
    PlaceWords { sheet: say!("diff-sheet"), row: say!("diff-row"), rows: say!("diff-rows"), more: say!("diff-more") }
}

/// The page's.
pub(super) fn swedish() -> PlaceWords {
    PlaceWords {
        sheet: printed!("diff-sheet"),
        row: printed!("diff-row"),
        rows: printed!("diff-rows"),
        more: printed!("diff-more"),
    }
}

/// "avvikelser.csv rows 7–12, 15; synpunkter.xlsx sheet 2023 row 3": at most `shown` runs of rows, the rest counted.
pub(super) fn places(rows: &[&RowFacts], words: &PlaceWords, shown: usize) -> String {
    let mut by_sheet: BTreeMap<(&str, Option<&str>), Vec<&RowFacts>> = BTreeMap::new();
    rows.iter().for_each(|row| by_sheet.entry((&row.file, row.sheet.as_deref())).or_default().push(row));
    let (mut left, mut hidden) = (shown, 0);
    let mut texts = Vec::new();
    for ((file, sheet), mut rows) in by_sheet {
        rows.sort_by_key(|row| row.row);
        let runs = runs(&rows);
        let told = &runs[..runs.len().min(left)];
        left -= told.len();
        hidden += runs[told.len()..].iter().map(|run| run.len()).sum::<usize>();
        if told.is_empty() {
            continue;
        }
        let sheet = sheet.map_or_else(String::new, |sheet| format!(" {} {sheet}", words.sheet));
        let word = if told.iter().map(|run| run.len()).sum::<usize>() == 1 { &words.row } else { &words.rows };
        let numbers: Vec<String> = told.iter().map(|run| run_text(run)).collect();
        texts.push(format!("{file}{sheet} {word} {}", numbers.join(", ")));
    }
    let more = if hidden > 0 { format!(" + {hidden} {}", words.more) } else { String::new() };
    texts.join("; ") + &more
}

/// Rows below one another; those with an id that may be shown stand alone.
fn runs<'a>(rows: &[&'a RowFacts]) -> Vec<Vec<&'a RowFacts>> {
    let mut runs: Vec<Vec<&RowFacts>> = Vec::new();
    for row in rows {
        let follows = |last: &&RowFacts| last.row + 1 == row.row && last.id.is_none() && row.id.is_none();
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(follows) => run.push(row),
            _ => runs.push(vec![row]),
        }
    }
    runs
}

fn run_text(run: &[&RowFacts]) -> String {
    let number = |row: Option<&&RowFacts>| row.map(|row| row.row).unwrap_or_default();
    match run {
        [row] => row.id.as_ref().map_or_else(|| row.row.to_string(), |id| format!("{} ({id})", row.row)),
        run => format!("{}–{}", number(run.first()), number(run.last())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(sheet: Option<&str>, row: u32, id: Option<&str>) -> RowFacts {
        let (sheet, id) = (sheet.map(String::from), id.map(String::from));
        RowFacts { file: "a.csv".into(), sheet, row, day: None, id, labels: Default::default() }
    }

    fn told(rows: &[RowFacts], shown: usize) -> String {
        places(&rows.iter().collect::<Vec<_>>(), &english(), shown)
    }

    #[test]
    fn neighbours_are_drawn_together() {
        let rows: Vec<RowFacts> = [7, 8, 9, 12].into_iter().map(|number| row(None, number, None)).collect();
        assert_eq!(told(&rows, 9), "a.csv rows 7–9, 12");
        assert_eq!(told(&rows[3..], 9), "a.csv row 12");
        assert_eq!(told(&rows, 1), "a.csv rows 7–9 + 1 more");
    }

    #[test]
    fn a_sheet_and_an_id_that_is_safe_are_named() {
        let rows = [row(Some("2023"), 3, Some("A1")), row(Some("2023"), 4, Some("A2"))];
        assert_eq!(told(&rows, 9), "a.csv sheet 2023 rows 3 (A1), 4 (A2)");
    }
}
