//! `kvalis inspect`: the profile of a file, for a person at a terminal or as JSON.
//!
//! Never: cell text of a column that is no short list of labels, or that is suspected of personal data.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::args::Global;
use super::print;
use crate::diagnostic::{Failure, column_letters};
use crate::inspect::{
    ColumnProfile, FileProfile, Kind, NumberProfile, Role, Shape, SheetProfile, exports, look, name_of,
};

/// Values that are shown of a list of labels.
const SHOWN_VALUES: usize = 12;

/// A pattern may mean several files: they come one after the other.
pub(super) fn inspect(file: &Path, global: &Global) -> Result<(), Failure> {
    exports(&[file.to_path_buf()]).iter().try_for_each(|file| one(file, global))
}

fn one(file: &Path, global: &Global) -> Result<(), Failure> {
    let profile = look(file)?;
    if global.json {
        let json = serde_json::to_string(&profile)
            .map_err(|error| Failure::internal(format!("a profile is not JSON: {error}")))?;
        return print::result(&format!("{json}\n"));
    }
    print::result(&text(&profile))
}

fn text(profile: &FileProfile) -> String {
    let mut facts = vec![name_of(profile.format).to_string()];
    facts.extend(profile.encoding.clone());
    facts.extend(
        profile.delimiter.map(|delimiter| say!("cli-inspect-delimiter", delimiter = delimiter_name(delimiter))),
    );
    let mut text = format!("{}: {}\n", visible(&profile.file), facts.join(", "));
    for sheet in &profile.sheets {
        push_sheet(sheet, &mut text);
    }
    text
}

fn delimiter_name(delimiter: char) -> String {
    if delimiter == '\t' { say!("cli-inspect-tab") } else { format!("`{delimiter}`") }
}

fn push_sheet(sheet: &SheetProfile, text: &mut String) {
    let name = sheet.name.as_ref().map(|name| say!("cli-inspect-sheet", name = visible(name)));
    let hidden = (!sheet.visible).then(|| say!("cli-inspect-hidden"));
    let used = sheet.used.as_ref().map(|used| say!("cli-inspect-cells-used", used));
    let head: Vec<String> = [name, hidden, used, Some(shape(sheet.shape))].into_iter().flatten().collect();
    let _ = writeln!(text, "\n{}", head.join(", "));
    let _ = writeln!(text, "  {}", rows(sheet));
    if let Some(hierarchy) = &sheet.hierarchy {
        let header = |index: usize| visible(&sheet.columns[index].header);
        let groups = hierarchy.groups.len();
        let members: usize = hierarchy.groups.iter().map(|(_, members)| members.len()).sum();
        let (member, group) = (header(hierarchy.member), header(hierarchy.group));
        let _ = writeln!(text, "  {}", say!("cli-inspect-hierarchy", member, group, members, groups));
    }
    for line in [aggregates(sheet), years(sheet)].into_iter().flatten() {
        let _ = writeln!(text, "  {line}");
    }
    if !sheet.wide.is_empty() {
        let periods: Vec<String> = sheet.wide.iter().map(|(_, period)| visible(period)).collect();
        let _ = writeln!(text, "  {}", say!("cli-inspect-period-columns", periods = periods.join(", ")));
    }
    if matches!(sheet.shape, Shape::Information | Shape::Empty) {
        return;
    }
    for column in &sheet.columns {
        push_column(column, text);
    }
}

fn shape(shape: Shape) -> String {
    match shape {
        Shape::Events => say!("cli-inspect-events"),
        Shape::LongObservations => say!("cli-inspect-one-value-a-row"),
        Shape::WidePeriods => say!("cli-inspect-periods-as-columns"),
        Shape::WideIndicators => say!("cli-inspect-indicators-as-columns"),
        Shape::AnswersByPlace => say!("cli-inspect-answers-by-place"),
        Shape::List => say!("cli-inspect-list"),
        Shape::Information => say!("cli-inspect-no-table"),
        Shape::Empty => say!("cli-inspect-empty"),
    }
}

fn rows(sheet: &SheetProfile) -> String {
    let header = match (sheet.header_row, sheet.header_rows) {
        (None, _) => say!("cli-inspect-no-header-found"),
        (Some(0), _) => say!("cli-inspect-header-is-the-keys"),
        (Some(row), 1) => say!("cli-inspect-header-in-row", row),
        (Some(row), rows) => say!("cli-inspect-header-in-rows", first = row + 1 - rows, last = row),
    };
    let empty_columns = u64::from(sheet.empty_columns);
    let counts = [
        (sheet.data_rows, say!("cli-inspect-data-rows", n = sheet.data_rows)),
        (sheet.title_rows, say!("cli-inspect-title-rows", n = sheet.title_rows)),
        (sheet.blank_rows, say!("cli-inspect-blank-rows", n = sheet.blank_rows)),
        (sheet.total_rows, say!("cli-inspect-total-rows", n = sheet.total_rows)),
        (sheet.section_rows, say!("cli-inspect-section-rows", n = sheet.section_rows)),
        (sheet.footnotes, say!("cli-inspect-footnotes", n = sheet.footnotes)),
        (empty_columns, say!("cli-inspect-empty-columns", n = empty_columns)),
    ];
    let counts = counts.into_iter().enumerate().filter(|(index, (count, _))| *index == 0 || *count > 0);
    std::iter::once(header).chain(counts.map(|(_, (_, said))| said)).collect::<Vec<String>>().join(", ")
}

/// Rows among the data that stand for several others.
fn aggregates(sheet: &SheetProfile) -> Option<String> {
    let labels: Vec<String> =
        sheet.aggregates.iter().map(|(label, count)| format!("\"{}\" ({count})", visible(label))).collect();
    (!labels.is_empty()).then(|| say!("cli-inspect-rows-for-several-others", labels = labels.join(", ")))
}

/// Rows by calendar year of the period date.
fn years(sheet: &SheetProfile) -> Option<String> {
    let mut years: BTreeMap<i16, u64> = BTreeMap::new();
    for ((year, _), count) in &sheet.columns[sheet.period_date?].months {
        *years.entry(*year).or_default() += count;
    }
    let years: Vec<String> = years.iter().map(|(year, count)| format!("{year}: {count}")).collect();
    Some(say!("cli-inspect-rows-by-year", years = years.join(", ")))
}

fn push_column(column: &ColumnProfile, text: &mut String) {
    let header = if column.header.is_empty() { say!("cli-no-header") } else { visible(&column.header) };
    let name = format!("{:>4}  {header}", column_letters(column.column));
    let _ = writeln!(text, "{name:<42}  {}", what(column));
    for line in [facts(column), values(column), personal(column)].into_iter().flatten() {
        let _ = writeln!(text, "          {line}");
    }
}

/// Kind and role in one word or two.
fn what(column: &ColumnProfile) -> String {
    let kind = match column.kind {
        _ if column.filled == 0 => say!("cli-inspect-empty"),
        Kind::Id => say!("cli-inspect-kind-id"),
        Kind::Date => say!("cli-inspect-kind-date"),
        Kind::Number => say!("cli-inspect-kind-number"),
        Kind::YesNo => say!("cli-inspect-kind-yes-no"),
        Kind::Category => say!("cli-inspect-kind-category"),
        Kind::Text => say!("cli-inspect-kind-text"),
    };
    let role = match column.role {
        Role::PeriodDate => say!("cli-inspect-role-period-date"),
        Role::Member => say!("cli-inspect-role-member"),
        Role::Group => say!("cli-inspect-role-group"),
        Role::Indicator => say!("cli-inspect-role-indicator"),
        Role::Area => say!("cli-inspect-role-area"),
        Role::Period => say!("cli-inspect-role-period"),
        Role::Gender => say!("cli-inspect-role-gender"),
        Role::Value => say!("cli-inspect-role-value"),
        Role::Status => say!("cli-inspect-role-status"),
        Role::FreeText if column.kind == Kind::Text => say!("cli-inspect-role-free-text"),
        Role::FreeText => say!("cli-inspect-role-another-identity"),
        Role::PersonalData => say!("cli-inspect-role-not-to-be-read"),
        _ => String::new(),
    };
    let unusable = if column.unusable { say!("cli-inspect-unusable") } else { String::new() };
    [kind, role, unusable].into_iter().filter(|word| !word.is_empty()).collect::<Vec<String>>().join(", ")
}

fn facts(column: &ColumnProfile) -> Option<String> {
    let rows = column.filled + column.blank + column.marks.values().sum::<u64>();
    let mut facts = Vec::new();
    if column.filled > 0 {
        facts.push(if column.distinct_at_least {
            say!("cli-inspect-at-least-distinct", n = column.distinct)
        } else {
            say!("cli-inspect-distinct", n = column.distinct)
        });
    }
    if column.blank > 0 {
        facts.push(say!("cli-inspect-blank", blank = column.blank, share = tenths(column.blank, rows)));
    }
    facts.extend(column.days.as_ref().map(|(first, last)| say!("cli-inspect-range", first, last)));
    facts.extend(column.number.as_ref().map(range));
    facts.extend(column.date_formats.iter().map(|(format, count)| format!("{format}: {count}")));
    facts.extend(column.number.as_ref().and_then(forms));
    facts.extend(column.marks.iter().map(|(mark, count)| say!("cli-inspect-mark", mark = visible(mark), count)));
    if !column.separators.is_empty() {
        let shown: Vec<String> = column.separators.iter().map(|separator| format!("{separator:?}")).collect();
        facts.push(say!("cli-inspect-several-values-by", separators = shown.join(&say!("cli-inspect-and"))));
    }
    (!facts.is_empty()).then(|| facts.join(", "))
}

/// Per cent with one decimal, rounded half up.
fn tenths(part: u64, whole: u64) -> String {
    let tenths = (part * 2000 + whole) / (2 * whole.max(1));
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn range(number: &NumberProfile) -> String {
    say!("cli-inspect-range", first = number.least, last = number.largest)
}

fn forms(number: &NumberProfile) -> Option<String> {
    let mut forms = Vec::new();
    for (count, said) in [
        (number.decimal_comma, say!("cli-inspect-decimal-comma", n = number.decimal_comma)),
        (number.decimal_point, say!("cli-inspect-decimal-point", n = number.decimal_point)),
        (number.percent_sign, say!("cli-inspect-per-cent-sign", n = number.percent_sign)),
        (number.percent_format, say!("cli-inspect-per-cent-format", n = number.percent_format)),
    ] {
        if count > 0 {
            forms.push(said);
        }
    }
    forms.extend(number.thousands.iter().map(|(space, count)| say!("cli-inspect-thousands-by", space, count)));
    (!forms.is_empty()).then(|| forms.join(", "))
}

/// Labels with counts, where the profile gives them.
fn values(column: &ColumnProfile) -> Option<String> {
    if column.values.is_empty() || column.kind == Kind::Number {
        return None;
    }
    let shown = column.values.iter().take(SHOWN_VALUES);
    let shown: Vec<String> = shown.map(|(value, count)| format!("{} ({count})", visible(value))).collect();
    let rest = column.values.len().saturating_sub(SHOWN_VALUES);
    Some(if rest == 0 { shown.join(", ") } else { say!("cli-inspect-listed-and-more", shown = shown.join(", "), rest) })
}

fn personal(column: &ColumnProfile) -> Option<String> {
    let kinds = column.personal.iter().map(|(kind, count)| say!("cli-inspect-personal-in-cells", kind, count));
    let kinds: Vec<String> = kinds.collect();
    (!kinds.is_empty()).then(|| say!("cli-inspect-suspected-personal-data", kinds = kinds.join(", ")))
}

/// On one line, whatever a cell holds: control characters are shown, not obeyed.
fn visible(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
