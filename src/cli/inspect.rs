//! `kvalis inspect`: the profile of a file, for a person at a terminal or as JSON.
//!
//! Never: cell text of a column that is no short list of labels, or that is suspected of personal data.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::args::Global;
use super::print;
use crate::diagnostic::{Failure, column_letters};
use crate::ingest::read_whole;
use crate::inspect::{
    ColumnProfile, FileProfile, Kind, NumberProfile, Profiler, Relations, Role, Shape, SheetProfile, settle,
};

/// Values that are shown of a list of labels.
const SHOWN_VALUES: usize = 12;

pub(super) fn inspect(file: &Path, global: &Global) -> Result<(), Failure> {
    let profile = profile(file)?;
    if global.json {
        let json = serde_json::to_string(&profile)
            .map_err(|error| Failure::internal(format!("a profile is not JSON: {error}")))?;
        return print::result(&format!("{json}\n"));
    }
    print::result(&text(&profile))
}

/// Reads a file whole, and once more where pairs of columns can tell something.
pub(super) fn profile(file: &Path) -> Result<FileProfile, Failure> {
    let mut profiler = Profiler::default();
    let whole = read_whole(file, &mut profiler)?;
    let mut sheets = profiler.finish();
    let mut relations = Relations::new(&sheets);
    if Relations::are_of_interest(&sheets) {
        read_whole(file, &mut relations)?;
    }
    let found = relations.finish();
    settle(&mut sheets, &found);
    Ok(FileProfile::new(whole, sheets))
}

fn text(profile: &FileProfile) -> String {
    let mut facts = vec![profile.format.to_string()];
    facts.extend(profile.encoding.clone());
    facts.extend(profile.delimiter.map(|delimiter| format!("delimiter {}", delimiter_name(delimiter))));
    let mut text = format!("{}: {}\n", visible(&profile.file), facts.join(", "));
    for sheet in &profile.sheets {
        push_sheet(sheet, &mut text);
    }
    text
}

fn delimiter_name(delimiter: char) -> String {
    if delimiter == '\t' { "tab".to_string() } else { format!("`{delimiter}`") }
}

fn push_sheet(sheet: &SheetProfile, text: &mut String) {
    let name = sheet.name.as_ref().map(|name| format!("sheet \"{}\"", visible(name)));
    let hidden = (!sheet.visible).then(|| "hidden".to_string());
    let used = sheet.used.as_ref().map(|used| format!("cells {used}"));
    let head: Vec<String> = [name, hidden, used, Some(shape(sheet.shape).to_string())].into_iter().flatten().collect();
    let _ = writeln!(text, "\n{}", head.join(", "));
    let _ = writeln!(text, "  {}", rows(sheet));
    if let Some(hierarchy) = &sheet.hierarchy {
        let header = |index: usize| visible(&sheet.columns[index].header);
        let groups = hierarchy.groups.len();
        let members: usize = hierarchy.groups.iter().map(|(_, members)| members.len()).sum();
        let _ = writeln!(
            text,
            "  each \"{}\" has one \"{}\": a hierarchy of {members} in {groups}",
            header(hierarchy.member),
            header(hierarchy.group)
        );
    }
    for line in [aggregates(sheet), years(sheet)].into_iter().flatten() {
        let _ = writeln!(text, "  {line}");
    }
    if !sheet.wide.is_empty() {
        let periods: Vec<String> = sheet.wide.iter().map(|(_, period)| visible(period)).collect();
        let _ = writeln!(text, "  periods as columns: {}", periods.join(", "));
    }
    if matches!(sheet.shape, Shape::Information | Shape::Empty) {
        return;
    }
    for column in &sheet.columns {
        push_column(column, text);
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Events => "events: one row per reported thing",
        Shape::LongObservations => "observations: one value a row",
        Shape::WidePeriods => "observations: periods as columns",
        Shape::WideIndicators => "observations: indicators as columns",
        Shape::AnswersByPlace => "answers by place, as in Öppna jämförelser",
        Shape::List => "a list",
        Shape::Information => "no table",
        Shape::Empty => "empty",
    }
}

fn rows(sheet: &SheetProfile) -> String {
    let header = match (sheet.header_row, sheet.header_rows) {
        (None, _) => "no header found".to_string(),
        (Some(0), _) => "header: the keys".to_string(),
        (Some(row), 1) => format!("header in row {row}"),
        (Some(row), rows) => format!("header in rows {}-{row}", row + 1 - rows),
    };
    let counts = [
        (sheet.data_rows, "data rows"),
        (sheet.title_rows, "title rows above"),
        (sheet.blank_rows, "blank rows"),
        (sheet.total_rows, "rows of totals"),
        (sheet.section_rows, "section rows"),
        (sheet.footnotes, "footnotes below"),
        (u64::from(sheet.empty_columns), "empty columns"),
    ];
    let counts = counts.iter().enumerate().filter(|(index, (count, _))| *index == 0 || *count > 0);
    let counts = counts.map(|(_, (count, what))| format!("{count} {what}"));
    std::iter::once(header).chain(counts).collect::<Vec<String>>().join(", ")
}

/// Rows among the data that stand for several others.
fn aggregates(sheet: &SheetProfile) -> Option<String> {
    let labels: Vec<String> =
        sheet.aggregates.iter().map(|(label, count)| format!("\"{}\" ({count})", visible(label))).collect();
    (!labels.is_empty()).then(|| format!("rows that stand for several others: {}", labels.join(", ")))
}

/// Rows by calendar year of the period date.
fn years(sheet: &SheetProfile) -> Option<String> {
    let mut years: BTreeMap<i16, u64> = BTreeMap::new();
    for ((year, _), count) in &sheet.columns[sheet.period_date?].months {
        *years.entry(*year).or_default() += count;
    }
    let years: Vec<String> = years.iter().map(|(year, count)| format!("{year}: {count}")).collect();
    Some(format!("rows by year of the period date: {}", years.join(", ")))
}

fn push_column(column: &ColumnProfile, text: &mut String) {
    let header = if column.header.is_empty() { "(no header)".to_string() } else { visible(&column.header) };
    let name = format!("{:>4}  {header}", column_letters(column.column));
    let _ = writeln!(text, "{name:<42}  {}", what(column));
    for line in [facts(column), values(column), personal(column)].into_iter().flatten() {
        let _ = writeln!(text, "          {line}");
    }
}

/// Kind and role in one word or two.
fn what(column: &ColumnProfile) -> String {
    let kind = match column.kind {
        _ if column.filled == 0 => "empty",
        Kind::Id => "id",
        Kind::Date => "date",
        Kind::Number => "number",
        Kind::YesNo => "yes/no",
        Kind::Category => "category",
        Kind::Text => "text",
    };
    let role = match column.role {
        Role::PeriodDate => "the period date",
        Role::Member => "member of the hierarchy",
        Role::Group => "group of the hierarchy",
        Role::Indicator => "indicator",
        Role::Area => "area",
        Role::Period => "period",
        Role::Gender => "group (gender)",
        Role::Value => "value",
        Role::Status => "status",
        Role::FreeText if column.kind == Kind::Text => "free text",
        Role::FreeText => "another identity",
        Role::PersonalData => "not to be read",
        _ => "",
    };
    let unusable = if column.unusable { "header empty, repeated or hidden" } else { "" };
    [kind, role, unusable].into_iter().filter(|word| !word.is_empty()).collect::<Vec<&str>>().join(", ")
}

fn facts(column: &ColumnProfile) -> Option<String> {
    let rows = column.filled + column.blank + column.marks.values().sum::<u64>();
    let mut facts = Vec::new();
    if column.filled > 0 {
        let least = if column.distinct_at_least { "at least " } else { "" };
        facts.push(format!("{least}{} distinct", column.distinct));
    }
    if column.blank > 0 {
        facts.push(format!("{} blank ({} %)", column.blank, tenths(column.blank, rows)));
    }
    facts.extend(column.days.as_ref().map(|(first, last)| format!("{first} to {last}")));
    facts.extend(column.number.as_ref().map(range));
    facts.extend(column.date_formats.iter().map(|(format, count)| format!("{format}: {count}")));
    facts.extend(column.number.as_ref().and_then(forms));
    facts.extend(column.marks.iter().map(|(mark, count)| format!("mark {}: {count}", visible(mark))));
    if !column.separators.is_empty() {
        let shown: Vec<String> = column.separators.iter().map(|separator| format!("{separator:?}")).collect();
        facts.push(format!("several values by {}", shown.join(" and ")));
    }
    (!facts.is_empty()).then(|| facts.join(", "))
}

/// Per cent with one decimal, rounded half up.
fn tenths(part: u64, whole: u64) -> String {
    let tenths = (part * 2000 + whole) / (2 * whole.max(1));
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn range(number: &NumberProfile) -> String {
    format!("{} to {}", number.least, number.largest)
}

fn forms(number: &NumberProfile) -> Option<String> {
    let mut forms = Vec::new();
    for (count, name) in [
        (number.decimal_comma, "decimal comma"),
        (number.decimal_point, "decimal point"),
        (number.percent_sign, "per cent sign"),
        (number.percent_format, "fractions shown as per cent"),
    ] {
        if count > 0 {
            forms.push(format!("{name}: {count}"));
        }
    }
    forms.extend(number.thousands.iter().map(|(space, count)| format!("thousands by {space}: {count}")));
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
    Some(if rest == 0 { shown.join(", ") } else { format!("{} and {rest} more", shown.join(", ")) })
}

fn personal(column: &ColumnProfile) -> Option<String> {
    let kinds = column.personal.iter().map(|(kind, count)| format!("{kind} in {count} cells"));
    let kinds: Vec<String> = kinds.collect();
    (!kinds.is_empty()).then(|| format!("! suspected personal data: {}", kinds.join(", ")))
}

/// On one line, whatever a cell holds: control characters are shown, not obeyed.
fn visible(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
