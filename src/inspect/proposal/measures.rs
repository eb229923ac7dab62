//! Events and lists: the source, and measures, charts, tables and key numbers that fit its roles.

use crate::inspect::shape::is_answer;
use crate::inspect::{ColumnProfile, Kind, Role, Shape};
use crate::job::draft::{Section, inline, lines, quoted, texts};

use super::columns::{Asked, asked, kind_of, left_out, line, names, source};
use super::lists::{self, is_spelled_out, residual};
use super::{Parts, Table, chapter_of, chart_of, measure_of};

/// Breakdowns that a draft makes of one source.
const MOST_BREAKDOWNS: usize = 8;
/// Shares among the key numbers of a source.
const MOST_SHARES: usize = 3;
/// Bars that a figure shows.
const MOST_BARS: usize = 15;
/// Rows of a list whose texts are printed.
const LONGEST_REGISTER: u64 = 200;

/// Adds a source of events, or a list that is printed as it stands.
pub(super) fn add(table: &Table<'_>, beside: bool, parts: &mut Parts) {
    let events = table.sheet.shape == Shape::Events;
    let with_text = !events && table.sheet.data_rows <= LONGEST_REGISTER;
    let columns = asked(table.sheet, with_text, |_| None);
    add_source(table, &columns, with_text, parts);
    if events {
        add_events(table, &columns, beside, parts)
    } else {
        add_register(table, &columns, parts)
    }
    add_check(table, parts);
}

fn add_source(table: &Table<'_>, columns: &[Asked<'_>], with_text: bool, parts: &mut Parts) {
    let sheet = table.sheet;
    let events = sheet.shape == Shape::Events;
    let mut section = source(table, if events { "events" } else { "register" });
    if events {
        let noun = section.text("noun", "");
        noun.value = inline(&[("one", quoted("rapport")), ("many", quoted("rapporter"))]);
        noun.comment(printed!("inspect-ask-what-is-a-row"));
    }
    if let Some(date) = columns.iter().find(|asked| Some(asked.index) == sheet.period_date) {
        let others: Vec<&str> = columns
            .iter()
            .filter(|asked| asked.column.role == Role::OtherDate)
            .map(|asked| asked.name.as_str())
            .collect();
        let line = section.text("period_date", &date.name);
        if !others.is_empty() {
            line.comment(printed!("inspect-ask-which-date", others = others.join(", ")));
        }
    }
    if let Some(id) = sheet.id.map(|index| &sheet.columns[index])
        && id.distinct < id.filled
    {
        let value = if (id.filled - id.distinct) * 20 >= id.filled { "several_rows" } else { "first" };
        section
            .text("repeated_ids", value)
            .comment(printed!("inspect-ask-repeated-ids", distinct = id.filled - id.distinct));
    }
    parts.source.push(section);
    let mut section = Section::table(format!("source.{}.columns", table.name));
    left_out(sheet, with_text).into_iter().for_each(|remark| section.comment(remark));
    for asked in columns {
        let further = further(table, asked, parts);
        // Answers and shares stand as they are written, marks included: the comparison keeps them apart.
        let kind = if sheet.shape == Shape::AnswersByPlace { Kind::Category } else { kind_of(asked.column) };
        line(&mut section, asked, kind, &further);
    }
    parts.source.push(section);
}

/// List, requirement and safety of a column; adds the list itself.
fn further(table: &Table<'_>, asked: &Asked<'_>, parts: &mut Parts) -> Vec<(&'static str, String)> {
    let mut further = Vec::new();
    let column = asked.column;
    match column.role {
        Role::Member => further.push(("list", quoted(&format!("hierarchy.{}.members", table.name)))),
        Role::Group => {
            further.push(("list", quoted(&format!("hierarchy.{}.groups", table.name))));
            if let Some(found) = &table.sheet.hierarchy {
                let header = |index: usize| table.sheet.columns[index].header.as_str();
                parts.lists.extend(lists::hierarchy(&table.name, found, header(found.member), header(found.group)));
            }
        }
        Role::Category if table.sheet.shape == Shape::Events && is_spelled_out(column) => {
            let name = format!("{}_{}", table.name, asked.name);
            further.push(("list", quoted(&format!("category.{name}"))));
            parts.lists.push(lists::category(&name, column));
        }
        Role::PeriodDate => further.push(("required", "true".into())),
        _ => {}
    }
    if column.role != Role::Id {
        further.push(("safe", "true".into()));
    }
    further
}

fn add_events(table: &Table<'_>, columns: &[Asked<'_>], beside: bool, parts: &mut Parts) {
    let mut drawn = Drawn::default();
    for asked in columns.iter().filter(|asked| is_dimension(asked.column)).take(MOST_BREAKDOWNS) {
        drawn.breakdown(table, asked, columns, parts);
    }
    let is_dated = table.sheet.period_date.is_some();
    if is_dated {
        drawn.trend(table, parts);
    }
    drawn.shares(table, columns, parts);
    if let Some(count) = &drawn.count {
        let mut number = Section::table(format!("key_number.{}", table.name));
        number
            .text("label", &printed!("inspect-reports-in", title = table.title))
            .comment(printed!("inspect-ask-what-is-counted"));
        number.text("measure", count);
        parts.key_numbers.insert(0, number);
    }
    parts.chapters.push(chapter_of(table, drawn.count.as_deref(), beside && is_dated, &drawn.shown));
}

/// Whether events are broken down by a column.
fn is_dimension(column: &ColumnProfile) -> bool {
    matches!(column.role, Role::Member | Role::Group | Role::Category)
        && is_spelled_out(column)
        && column.values.len() > 1
}

/// What the chapter of a source shows.
#[derive(Default)]
struct Drawn {
    /// The measure whose total is the number of events.
    count: Option<String>,
    /// Figures and tables, in order.
    shown: Vec<String>,
}

impl Drawn {
    /// One dimension, or the members of a hierarchy below their groups.
    fn breakdown(&mut self, table: &Table<'_>, asked: &Asked<'_>, columns: &[Asked<'_>], parts: &mut Parts) {
        let name = format!("{}_{}", table.name, asked.name);
        let measure = format!("breakdown.{name}");
        let title =
            printed!("inspect-title-by-column", title = table.title, column = asked.column.header.to_lowercase());
        let group = columns.iter().find(|other| other.column.role == Role::Group);
        let group = group.filter(|_| asked.column.role == Role::Member);
        let mut section = measure_of(table, &measure, &title);
        match group {
            Some(group) => section.key("rows", texts(&[&group.name, &asked.name])),
            None => section.text("rows", &asked.name),
        };
        section.text("order", "count");
        section.key("hide_empty", "true");
        parts.measures.push(section);
        if group.is_none() {
            self.count.get_or_insert_with(|| measure.clone());
            let mut chart = chart_of(&format!("ranked_bar.{name}"), &measure, &title);
            if asked.column.values.len() > MOST_BARS {
                chart.key("top", MOST_BARS.to_string());
            }
            parts.charts.push(chart);
            self.shown.push(format!("ranked_bar.{name}"));
        }
        self.table(&name, &measure, parts);
    }

    fn trend(&mut self, table: &Table<'_>, parts: &mut Parts) {
        let name = format!("{}_manad", table.name);
        let measure = format!("trend.{name}");
        let title = printed!("inspect-title-by-month", title = table.title);
        let mut trend = measure_of(table, &measure, &title);
        trend.text("by", "month");
        parts.measures.push(trend);
        parts.charts.push(chart_of(&format!("line.{name}"), &measure, &title));
        self.shown.push(format!("line.{name}"));
        self.count.get_or_insert_with(|| measure.clone());
        self.table(&name, &measure, parts);
    }

    /// Shares of all, the first of them among the key numbers.
    fn shares(&mut self, table: &Table<'_>, columns: &[Asked<'_>], parts: &mut Parts) {
        let (labels, shares): (Vec<String>, Vec<String>) = share_lines(columns).into_iter().unzip();
        if labels.is_empty() {
            return;
        }
        let name = format!("{}_andelar", table.name);
        let measure = format!("share.{name}");
        let mut share = measure_of(table, &measure, &printed!("inspect-title-shares", title = table.title));
        share.key("line", lines(&shares));
        parts.measures.push(share);
        self.table(&name, &measure, parts);
        for (place, label) in (1..=MOST_SHARES).zip(&labels) {
            let mut number = Section::table(format!("key_number.{name}_{place}"));
            number.text("label", label);
            number.text("measure", &measure);
            number.text("row", label);
            parts.key_numbers.push(number);
        }
    }

    fn table(&mut self, name: &str, measure: &str, parts: &mut Parts) {
        parts.add_table(name, measure);
        self.shown.push(format!("table.{name}"));
    }
}

/// Label and TOML of each share: what landed in residual labels, and each answer of yes.
fn share_lines(columns: &[Asked<'_>]) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for asked in columns {
        let header = &asked.column.header;
        let (part, label) = match asked.column.role {
            Role::Category if is_spelled_out(asked.column) => {
                let part = residual(asked.column);
                let label = format!("{header}: {}", crate::domain::sentence::and_list(&part));
                (part, label)
            }
            Role::YesNo => (vec!["Ja".to_string()], printed!("inspect-part-yes", header)),
            _ => continue,
        };
        if part.is_empty() || part.len() == asked.column.values.len() {
            continue;
        }
        let pairs = [
            ("label", quoted(&label)),
            ("of", quoted("samtliga")),
            ("part", inline(&[(asked.name.as_str(), texts(&part))])),
        ];
        lines.push((label.clone(), inline(&pairs)));
    }
    lines
}

fn add_register(table: &Table<'_>, columns: &[Asked<'_>], parts: &mut Parts) {
    let mut items = Vec::new();
    if let Some(mismatch) = mismatch(table, columns) {
        parts.measures.push(mismatch);
        let name = format!("{}_nej", table.name);
        parts.add_table(&name, &format!("mismatch.{name}"));
        items.push(format!("table.{name}"));
    }
    let register = format!("register.{}", table.name);
    let mut section = measure_of(table, &register, &table.title);
    if table.sheet.columns.iter().any(|column| column.role == Role::OtherDate) {
        section.comment(printed!("inspect-ask-are-rows-counted"));
    }
    section.key("columns", names(columns.iter().map(|asked| asked.name.clone())));
    parts.measures.push(section);
    parts.add_table(&table.name, &register);
    items.push(format!("table.{}", table.name));
    parts.chapters.push(chapter_of(table, None, false, &items));
}

/// Where we do not answer yes but most others do; whose answers are ours is a guess.
fn mismatch(table: &Table<'_>, columns: &[Asked<'_>]) -> Option<Section> {
    let place = columns.iter().find(|asked| asked.column.role == Role::Area)?;
    let own = place.column.values.iter().map(|(value, _)| value).next()?;
    let answers = columns.iter().filter(|asked| is_answer(asked.column)).map(|asked| asked.name.clone());
    let measure = format!("mismatch.{}_nej", table.name);
    let mut section = measure_of(table, &measure, &printed!("inspect-title-we-do-not"));
    section.text("area", &place.name);
    section.text("own", own).comment(printed!("inspect-ask-which-row-is-yours"));
    section.key("indicators", names(answers));
    section.text("show", "mismatches");
    Some(section)
}

/// The rules that every source should meet.
pub(super) fn add_check(table: &Table<'_>, parts: &mut Parts) {
    let mut check = Section::table(format!("check.{}", table.name));
    check.text("source", &format!("source.{}", table.name));
    check.key("rows_at_least", "1").comment(printed!("inspect-ask-rows-at-least", data_rows = table.sheet.data_rows));
    check.key("rejected_at_most", "0.05");
    check.key("no_unknown_category", "true");
    check.key("warn_only", "true").comment(printed!("inspect-take-away-to-stop"));
    parts.checks.push(check);
}
