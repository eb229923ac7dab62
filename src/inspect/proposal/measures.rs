//! Events and lists: the source, and measures, charts, tables and key numbers that fit its roles.

use crate::inspect::shape::is_answer;
use crate::inspect::{Kind, Role, Shape};
use crate::job::draft::{Section, inline, quoted, texts};

use super::columns::{Asked, asked, kind_of, left_out, line, names, source};
use super::lists::{self, is_spelled_out, residual};
use super::{Parts, Table, chapter_of};

/// Breakdowns that a draft makes of one source.
const MOST_BREAKDOWNS: usize = 8;
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
    let reference = format!("source.{}", table.name);
    let mut drawn = Drawn::default();
    let dated = table.sheet.period_date.is_some();
    let dimensions = columns.iter().filter(|asked| {
        let column = asked.column;
        matches!(column.role, Role::Member | Role::Group | Role::Category)
            && is_spelled_out(column)
            && column.values.len() > 1
    });
    for asked in dimensions.take(MOST_BREAKDOWNS) {
        drawn.breakdown(table, asked, columns, parts);
    }
    if dated {
        drawn.trend(table, parts);
    }
    let lines = share_lines(columns);
    if !lines.is_empty() {
        let name = format!("{}_andelar", table.name);
        let mut share = Section::table(format!("share.{name}"));
        share.text("source", &reference);
        share.text("title", &printed!("inspect-title-shares", title = table.title));
        share.key(
            "line",
            crate::job::draft::lines(&lines.iter().map(|(_, line)| line.clone()).collect::<Vec<String>>()),
        );
        parts.measures.push(share);
        drawn.table(&name, &format!("share.{name}"), parts);
        for (index, (label, _)) in lines.iter().take(3).enumerate() {
            let mut number = Section::table(format!("key_number.{name}_{}", index + 1));
            number.text("label", label);
            number.text("measure", &format!("share.{name}"));
            number.text("row", label);
            parts.key_numbers.push(number);
        }
    }
    if let Some(count) = &drawn.count {
        let mut number = Section::table(format!("key_number.{}", table.name));
        number
            .text("label", &printed!("inspect-reports-in", title = table.title))
            .comment(printed!("inspect-ask-what-is-counted"));
        number.text("measure", count);
        parts.key_numbers.insert(0, number);
    }
    let previous = beside && dated;
    parts.chapters.push(chapter_of(table, drawn.count.as_deref(), previous, &drawn.shown));
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
        let mut section = Section::table(&measure);
        section.text("source", &format!("source.{}", table.name));
        section.text("title", &title);
        match group {
            Some(group) => section.key("rows", texts(&[&group.name, &asked.name])),
            None => section.text("rows", &asked.name),
        };
        section.text("order", "count");
        section.key("hide_empty", "true");
        parts.measures.push(section);
        if group.is_none() {
            self.count.get_or_insert_with(|| measure.clone());
            let mut chart = Section::table(format!("ranked_bar.{name}"));
            chart.text("measure", &measure);
            chart.text("title", &title);
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
        let mut trend = Section::table(&measure);
        trend.text("source", &format!("source.{}", table.name));
        trend.text("title", &title);
        trend.text("by", "month");
        parts.measures.push(trend);
        let mut chart = Section::table(format!("line.{name}"));
        chart.text("measure", &measure);
        chart.text("title", &title);
        parts.charts.push(chart);
        self.shown.push(format!("line.{name}"));
        self.count.get_or_insert_with(|| measure.clone());
        self.table(&name, &measure, parts);
    }

    fn table(&mut self, name: &str, measure: &str, parts: &mut Parts) {
        let mut section = Section::table(format!("table.{name}"));
        section.text("measure", measure);
        parts.tables.push(section);
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
    let mut section = Section::table(format!("register.{}", table.name));
    if table.sheet.columns.iter().any(|column| column.role == Role::OtherDate) {
        section.comment(printed!("inspect-ask-are-rows-counted"));
    }
    section.text("source", &format!("source.{}", table.name));
    section.text("title", &table.title);
    section.key("columns", names(columns.iter().map(|asked| asked.name.clone())));
    let mut items = vec![format!("table.{}", table.name)];
    if let Some(mismatch) = mismatch(table, columns) {
        parts.measures.push(mismatch);
        let mut shown = Section::table(format!("table.{}_nej", table.name));
        shown.text("measure", &format!("mismatch.{}_nej", table.name));
        parts.tables.push(shown);
        items.insert(0, format!("table.{}_nej", table.name));
    }
    parts.measures.push(section);
    let mut shown = Section::table(format!("table.{}", table.name));
    shown.text("measure", &format!("register.{}", table.name));
    parts.tables.push(shown);
    parts.chapters.push(chapter_of(table, None, false, &items));
}

/// Where we do not answer yes but most others do; whose answers are ours is a guess.
fn mismatch(table: &Table<'_>, columns: &[Asked<'_>]) -> Option<Section> {
    let place = columns.iter().find(|asked| asked.column.role == Role::Area)?;
    let own = place.column.values.iter().map(|(value, _)| value).next()?;
    let answers = columns.iter().filter(|asked| is_answer(asked.column)).map(|asked| asked.name.clone());
    let mut section = Section::table(format!("mismatch.{}_nej", table.name));
    section.text("source", &format!("source.{}", table.name));
    section.text("title", &printed!("inspect-title-we-do-not"));
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
