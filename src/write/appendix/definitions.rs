//! How each measure is counted, in words made from the plan.

use super::super::facts::Facts;
use super::{Block, list, paragraph, quality};
use crate::domain::cube::{Condition, Grain};
use crate::domain::sentence::{and_list, or_list};
use crate::domain::swedish;
use crate::domain::table::{Nothing, Unit, Value};
use crate::job::plan::{
    AxisPlan, MeasureKind, MeasurePlan, MismatchPlan, MismatchShow, Plan, RatePlan, RiskShow, SharePlan, SourceKind,
    SourcePlan, SpcPlan, TimeStep,
};

/// One line per measure of the job: what is counted, under which conditions, from where and on how many.
pub fn definitions(plan: &Plan, facts: &Facts) -> Vec<Block> {
    let rows: Vec<(String, Vec<Value>)> = groups_of(plan).iter().map(|group| definition(group, plan, facts)).collect();
    if rows.is_empty() {
        return vec![paragraph("Rapporten innehåller inga mått.")];
    }
    let columns = ["Vad som räknas", "Urval", "Underlag", "n"];
    let note = "n är antalet olika händelser, eller observationer med ett värde, som måttet bygger på.";
    vec![list("definitions", "Hur måtten är räknade", "Mått", &columns, rows, &[note])]
}

/// Measures that differ only in the value of `each` are one definition.
fn groups_of(plan: &Plan) -> Vec<Vec<&MeasurePlan>> {
    let base = |measure: &MeasurePlan| measure.name.split('/').next().unwrap_or_default().to_string();
    let mut groups: Vec<Vec<&MeasurePlan>> = Vec::new();
    let is_companion = |measure: &&MeasurePlan| match &measure.kind {
        MeasureKind::Comparison(plan) => plan.all,
        MeasureKind::Risk(plan) => plan.show != RiskShow::Ranked,
        _ => false,
    };
    for measure in plan.measures.iter().filter(|measure| !is_companion(measure)) {
        match groups.last_mut() {
            Some(group) if base(group[0]) == base(measure) => group.push(measure),
            _ => groups.push(vec![measure]),
        }
    }
    groups
}

fn definition(group: &[&MeasurePlan], plan: &Plan, facts: &Facts) -> (String, Vec<Value>) {
    let measure = group[0];
    let source = &plan.sources[measure.source];
    let (counted, selected) = (counted(measure, source), selection(measure, source));
    let texts = [counted, selected, source.title.clone()].map(Value::Text);
    (title_of(group, source), texts.into_iter().chain([numbers_of(group, facts)]).collect())
}

/// The title; with `each`, the value is replaced by what it is a value of.
fn title_of(group: &[&MeasurePlan], source: &SourcePlan) -> String {
    let measure = group[0];
    let (Some(each), Some(value)) = (&measure.each, measure.each_value()) else { return measure.title.clone() };
    let of = label_of(source, &each.column).to_lowercase();
    let title = measure.title.replace(value, "…");
    format!("{title} (en tabell per {of})")
}

/// The number of a measure; of a group of them, each with its value.
fn numbers_of(group: &[&MeasurePlan], facts: &Facts) -> Value {
    const WITHHELD: Value = Value::Nothing(Nothing::Withheld);
    let n = |measure: &MeasurePlan| {
        let table = facts.measure(&measure.name, None).ok()?;
        // Nought beside hidden numbers is a number that was hidden with them.
        let is_hidden = table.n == 0 && table.rows.iter().any(|row| row.values.contains(&WITHHELD));
        Some(if is_hidden { WITHHELD } else { Value::Count(i64::try_from(table.n).unwrap_or(i64::MAX)) })
    };
    if let [measure] = group
        && measure.each_value().is_none()
        && let Some(n) = n(measure)
    {
        return n;
    }
    let numbers = group.iter().filter_map(|measure| {
        let n = swedish::value(&n(measure)?, Unit::Count);
        Some(measure.each_value().map_or(n.clone(), |value| format!("{value} {n}")))
    });
    Value::Text(numbers.collect::<Vec<_>>().join("; "))
}

fn counted(measure: &MeasurePlan, source: &SourcePlan) -> String {
    let events = &source.noun.many;
    match &measure.kind {
        MeasureKind::Breakdown(breakdown) => {
            let axes = breakdown.rows.iter().chain(&breakdown.columns);
            let labels: Vec<String> = axes.map(|axis| source.columns[axis.column].label.to_lowercase()).collect();
            let share = if breakdown.share { "; andel: radens antal av totalen" } else { "" };
            format!("Antal olika {events} per {}{share}{}", and_list(&labels), merged(&breakdown.merge))
        }
        MeasureKind::Trend(trend) => {
            let date = &source.columns[trend.date].label;
            let columns = trend.columns.iter().map(|axis| axis_name(axis, source));
            let by: Vec<String> = std::iter::once(step_name(trend.by).to_string()).chain(columns).collect();
            format!("Antal olika {events} per {} (datum: {date})", and_list(&by))
        }
        MeasureKind::Cube(cube) => {
            let labels: Vec<String> = cube.dimensions.iter().map(|axis| axis_name(axis, source)).collect();
            format!("Antal olika {events} per {}", and_list(&labels))
        }
        MeasureKind::Share(share) => {
            let lines = share.lines.iter().map(|line| format!("{}, av {}", with_capital(&line.label), line.of));
            let by = share.by.as_ref().map_or_else(String::new, |axis| format!(", per {}", axis_name(axis, source)));
            lines.collect::<Vec<_>>().join("; ") + &by
        }
        MeasureKind::Rate(rate) => rate_text(rate, source),
        MeasureKind::Indicator(indicator) => {
            let share = if indicator.share_of_n { "; andel: värdet delat med antalet som det gäller" } else { "" };
            format!("{}, som i underlaget{share}", with_capital(&indicator.what))
        }
        MeasureKind::Goal(goal) => {
            let beside = and_list(&[goal.goal_label.to_lowercase(), goal.reference_label.clone()]);
            format!("{}, mot {beside}", with_capital(&goal.what))
        }
        MeasureKind::Mismatch(mismatch) => mismatch_text(mismatch),
        MeasureKind::Register(_) => "Raderna som de står i registret".to_string(),
        MeasureKind::Comparison(plan) => {
            format!("{}, {}, plats bland {}", with_capital(&plan.what), plan.year, plan.among.label)
        }
        MeasureKind::Funnel(plan) => {
            format!("{}, {}, mot slumpens gränser vid 95 och 99,8 procent", with_capital(&plan.what), plan.year)
        }
        MeasureKind::Risk(plan) => format!(
            "Riskvärde = sannolikhet × konsekvens, båda 1–{}. Riskvärden rangordnas men läggs inte ihop",
            plan.scale.steps
        ),
        MeasureKind::RiskCount(plan) => {
            let label = |axis: &AxisPlan| source.columns[axis.column].label.to_lowercase();
            format!("Antal olika {events} per {} och {}", label(&plan.probability), label(&plan.consequence))
        }
        MeasureKind::Spc(spc) => spc_text(spc, source),
        MeasureKind::Shift(shift) => {
            let sparse = if shift.merge_sparse { "; rader med för få väntade händelser slås ihop" } else { "" };
            format!("Om årets fördelning skiljer sig från förra årets: χ²-test utan Yates korrektion{sparse}")
        }
        MeasureKind::Development(_) => {
            "Utveckling över år, av årens värden: Mann–Kendalls test, lutning enligt Theil–Sen".to_string()
        }
        MeasureKind::Quality(plan) => quality::of_source(plan, source),
        MeasureKind::Delivery(_) => quality::OF_DELIVERY.to_string(),
        MeasureKind::Published(_) => quality::OF_PRINT.to_string(),
    }
}

/// "Antal olika avvikelser per 1 000 invånare, per avdelning; exakt test mot perioden före"
fn rate_text(rate: &RatePlan, source: &SourcePlan) -> String {
    let by = rate.by.as_ref().map_or_else(String::new, |axis| format!(", per {}", axis_name(axis, source)));
    let test = if rate.earlier > 0 { "; exakt test av två antal mot perioden före" } else { "" };
    let per = swedish::integer(i64::from(rate.per));
    format!("Antal olika {} per {per} {}{by}{test}", source.noun.many, rate.label)
}

/// What is put beside what, and which questions are shown.
fn mismatch_text(mismatch: &MismatchPlan) -> String {
    let last_year = if mismatch.previous.is_some() { " och förra årets" } else { "" };
    let at_least = swedish::percent(mismatch.at_least * 100.0, 0);
    let shown = match mismatch.show {
        MismatchShow::All => String::new(),
        MismatchShow::Mismatches => format!("; frågor med eget svar nej eller delvis där minst {at_least} svarar ja"),
        MismatchShow::Changed => "; frågor där svaret inte är detsamma som förra året".to_string(),
    };
    format!("Eget svar{last_year} bredvid andelen ja bland de jämförbara kommuner som har svarat{shown}")
}

/// "; Fall är Fall i hemmet och Fall på enhet tillsammans, en gång per händelse"
fn merged(merge: &[(String, Vec<String>)]) -> String {
    let text = |(whole, parts): &(String, Vec<String>)| {
        format!("; {whole} är {} tillsammans, varje händelse en gång", and_list(parts))
    };
    let whole = merge.iter().map(text);
    whole.collect()
}

/// "Styrdiagram (XmR) över antal olika avvikelser per månad (datum: Registrerad), hela serien"
fn spc_text(spc: &SpcPlan, source: &SourcePlan) -> String {
    let of = match (&spc.what, spc.by, spc.date) {
        (Some(what), ..) => what.clone(),
        (None, Some(by), Some(date)) => {
            let date = &source.columns[date].label;
            format!("antal olika {} per {} (datum: {date})", source.noun.many, step_name(by))
        }
        _ => source.title.clone(),
    };
    format!(
        "Styrdiagram ({}) över {of}; hela serien, gränser och regler enligt noten under diagrammet",
        spc.chart.sign()
    )
}

fn axis_name(axis: &AxisPlan, source: &SourcePlan) -> String {
    match axis.grain {
        Grain::Value => source.columns[axis.column].label.to_lowercase(),
        Grain::Period => "period".to_string(),
        Grain::CalendarYear => "kalenderår".to_string(),
        Grain::Quarter => "kvartal".to_string(),
        Grain::Month => "månad".to_string(),
    }
}

fn step_name(step: TimeStep) -> &'static str {
    match step {
        TimeStep::Month => "månad",
        TimeStep::Quarter => "kvartal",
        TimeStep::Year => "period",
        TimeStep::CalendarYear => "kalenderår",
    }
}

fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The conditions, those of `each` left out: the title names them.
fn selection(measure: &MeasurePlan, source: &SourcePlan) -> String {
    if let MeasureKind::Share(share) = &measure.kind {
        return share_selection(share, measure.each.as_ref(), source);
    }
    let own = conditions_of(measure).iter().filter(|condition| measure.each.as_ref() != Some(condition));
    let texts: Vec<String> = own.map(|condition| condition_text(condition, source)).collect();
    if texts.is_empty() { all_of(measure, source) } else { texts.join("; ") }
}

/// Everything, and for events how they are placed in the period.
fn all_of(measure: &MeasurePlan, source: &SourcePlan) -> String {
    let is_of_period =
        !matches!(measure.kind, MeasureKind::Spc(_) | MeasureKind::Shift(_) | MeasureKind::Development(_));
    match source.period_date.filter(|_| is_of_period && source.kind == SourceKind::Events) {
        Some(date) => format!("Alla i perioden ({})", source.columns[date].label),
        None => "Alla".to_string(),
    }
}

fn share_selection(share: &SharePlan, each: Option<&Condition>, source: &SourcePlan) -> String {
    let text = |conditions: Vec<&Condition>| {
        let own = conditions.into_iter().filter(|condition| each != Some(condition));
        own.map(|condition| condition_text(condition, source)).collect::<Vec<_>>().join(", ")
    };
    let lines = share.lines.iter().map(|line| {
        let part = text(line.part.iter().filter(|condition| !line.whole.contains(condition)).collect());
        let whole = text(line.whole.iter().collect());
        format!("{}: {part} (av {})", with_capital(&line.label), if whole.is_empty() { "alla" } else { &whole })
    });
    lines.collect::<Vec<_>>().join("; ")
}

fn conditions_of(measure: &MeasurePlan) -> &[Condition] {
    match &measure.kind {
        MeasureKind::Breakdown(plan) => &plan.conditions,
        MeasureKind::Trend(plan) => &plan.conditions,
        MeasureKind::Cube(plan) => &plan.conditions,
        MeasureKind::Share(plan) => plan.lines.first().map_or(&[], |line| &line.whole),
        MeasureKind::Rate(plan) => &plan.conditions,
        MeasureKind::Indicator(plan) => &plan.conditions,
        MeasureKind::Goal(plan) => &plan.conditions,
        MeasureKind::Mismatch(_) => &[],
        MeasureKind::Register(plan) => &plan.conditions,
        MeasureKind::Comparison(plan) => &plan.conditions,
        MeasureKind::Funnel(plan) => &plan.conditions,
        MeasureKind::Risk(plan) => &plan.conditions,
        MeasureKind::RiskCount(plan) => &plan.conditions,
        MeasureKind::Spc(plan) => &plan.conditions,
        MeasureKind::Shift(_) | MeasureKind::Development(_) => &[],
        MeasureKind::Quality(_) | MeasureKind::Delivery(_) => &[],
        MeasureKind::Published(plan) => &plan.conditions,
    }
}

/// "Typ är Lex Sarah", "Typ är inte Övrigt eller Okänt"
fn condition_text(condition: &Condition, source: &SourcePlan) -> String {
    let is = if condition.negated { "är inte" } else { "är" };
    let values = or_list(&condition.values);
    format!("{} {is} {values}", label_of(source, &condition.column))
}

fn label_of(source: &SourcePlan, column: &str) -> String {
    match source.column(column) {
        Some(index) => source.columns[index].label.clone(),
        // Columns that every set of observations has.
        None => match column {
            "indicator" => "Nyckeltal".to_string(),
            "area" => "Område".to_string(),
            "period" => "Period".to_string(),
            "group" => "Grupp".to_string(),
            other => other.to_string(),
        },
    }
}
