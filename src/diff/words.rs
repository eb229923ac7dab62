//! Numbers as a comparison prints them: no more decimals than it takes to see the difference.

use super::numbers::CellChange;
use crate::domain;
use crate::domain::table::Nothing;
use crate::published::Cell;

/// Decimals that a number is shown with at most before its difference needs more.
const DECIMALS: usize = 2;

/// How words and decimal marks of a language are written.
pub(super) struct Language {
    /// Decimal comma and blanks between thousands.
    is_swedish: bool,
    missing: String,
    not_applicable: String,
    withheld: String,
    blank: String,
}

/// The command line's.
pub(super) fn english() -> Language {
    Language {
        is_swedish: false,
        missing: say!("diff-missing"),
        not_applicable: say!("diff-not-applicable"),
        withheld: say!("diff-hidden"),
        blank: say!("diff-blank"),
    }
}

/// The page's.
pub(super) fn swedish() -> Language {
    Language {
        is_swedish: true,
        missing: printed!("diff-missing"),
        not_applicable: printed!("diff-not-applicable"),
        withheld: printed!("diff-hidden"),
        blank: printed!("diff-blank"),
    }
}

/// Old value, new value and difference of a cell.
pub(super) fn of_cell(cell: &CellChange, language: &Language) -> [String; 3] {
    let numbers = cell.old.number().into_iter().chain(cell.new.number());
    let decimals = decimals(&numbers.collect::<Vec<_>>());
    let shown = |cell: &Cell| match cell {
        Cell::Number(number) => number_text(*number, decimals, language),
        Cell::Text(text) => text.clone(),
        Cell::Nothing(nothing) => word(*nothing, language).to_string(),
    };
    let signed = |difference: f64| {
        let sign = if difference > 0.0 { "+" } else { "−" };
        let decimals = (decimals..17).find(|decimals| !is_zero(difference, *decimals)).unwrap_or(17);
        format!("{sign}{}", number_text(difference.abs(), decimals, language))
    };
    [shown(&cell.old), shown(&cell.new), cell.difference.map(signed).unwrap_or_default()]
}

/// True for a number that would be printed as 0,00.
fn is_zero(number: f64, decimals: usize) -> bool {
    format!("{:.decimals$}", number.abs()).bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

fn word(nothing: Nothing, language: &Language) -> &str {
    match nothing {
        Nothing::Missing => &language.missing,
        Nothing::NotApplicable => &language.not_applicable,
        Nothing::Withheld => &language.withheld,
        Nothing::Blank => &language.blank,
    }
}

/// None for whole numbers, two otherwise, more while the numbers look the same.
fn decimals(numbers: &[f64]) -> usize {
    if numbers.iter().all(|number| number.fract() == 0.0) {
        return 0;
    }
    let looks_same = |decimals: &usize| match numbers {
        [old, new] => format!("{old:.decimals$}") == format!("{new:.decimals$}"),
        _ => false,
    };
    (DECIMALS..17).find(|decimals| !looks_same(decimals)).unwrap_or(17)
}

fn number_text(number: f64, decimals: usize, language: &Language) -> String {
    if language.is_swedish {
        return domain::swedish::decimal(number, decimals as u8);
    }
    let text = format!("{number:.decimals$}");
    if number < 0.0 { text.replacen('-', "−", 1) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(old: Cell, new: Cell) -> CellChange {
        let difference = old.number().zip(new.number()).map(|(old, new)| new - old);
        CellChange {
            key: Vec::new(),
            row: "Totalt".into(),
            column: "current".into(),
            column_label: "2023".into(),
            old,
            new,
            difference,
            year: Some(2023),
            for_analyst: false,
            is_count: true,
            rows_came: Vec::new(),
            rows_went: Vec::new(),
        }
    }

    #[test]
    fn whole_numbers_have_no_decimals_and_others_two() {
        let shown = |old: f64, new: f64| of_cell(&cell(Cell::Number(old), Cell::Number(new)), &swedish());
        assert_eq!(shown(390.0, 391.0), ["390", "391", "+1"]);
        assert_eq!(shown(34.948, 33.0), ["34,95", "33,00", "−1,95"]);
        assert_eq!(shown(-1.5, 1.5), ["−1,50", "1,50", "+3,00"]);
    }

    #[test]
    fn numbers_that_look_the_same_get_more_decimals() {
        let shown = of_cell(&cell(Cell::Number(0.12345), Cell::Number(0.12355)), &english());
        assert_eq!(shown[..2], ["0.123".to_string(), "0.124".to_string()]);
    }

    #[test]
    fn a_hidden_cell_has_no_difference() {
        let shown = of_cell(&cell(Cell::Nothing(Nothing::Withheld), Cell::Number(7.0)), &english());
        assert_eq!(shown, ["hidden", "7", ""]);
    }
}
