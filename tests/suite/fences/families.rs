//! The compiler finds what a new family or chart needs: no decision by a name's text, no `_ =>` over the kinds.

use kvalis::job::schema::job_schema;

use super::assert_none;
use super::source::{Source, sources};

#[test]
fn no_decision_is_made_by_what_a_table_is_called() {
    let families = job_schema()["properties"].as_object().expect("tables of the job file");
    assert!(families.contains_key("breakdown") && families.contains_key("table"));
    // A name is put together as `breakdown.x`; only who takes it apart has a text that ends with the dot.
    let is_family =
        |name: &&String| !["source", "category", "hierarchy", "check", "risk_scale"].contains(&name.as_str());
    let starts: Vec<String> = families.keys().filter(is_family).map(|family| format!("\"{family}.\"")).collect();
    holds("asks a name what its table is", |source| starts.iter().any(|start| source.text.contains(start)));
}

#[test]
fn no_match_over_kinds_has_an_arm_for_all_others() {
    holds("`_ =>` over kinds of measures or charts", |source| has_wildcard(&source.code));
}

fn holds(rule: &str, breaks: impl Fn(&Source) -> bool) {
    let sources = sources();
    let broken = sources.iter().filter(|source| breaks(source)).map(|source| source.file.clone());
    assert_none(rule, &broken.collect::<Vec<_>>());
}

fn has_wildcard(code: &str) -> bool {
    let is_kind = |pattern: &String| pattern.contains("MeasureKind::") || pattern.contains("ChartKind::");
    let is_wildcard = |pattern: &String| pattern == "_" || pattern.starts_with("_ if ");
    let matches = code.match_indices("match ").map(|(index, _)| patterns(&code[index..]));
    matches.into_iter().any(|patterns| patterns.iter().any(is_kind) && patterns.iter().any(is_wildcard))
}

/// The patterns of a `match`, without what stands in brackets.
fn patterns(code: &str) -> Vec<String> {
    let Some(start) = code.find(['{', ';']).filter(|start| code[*start..].starts_with('{')) else { return Vec::new() };
    let (mut depth, mut arms) = (0, String::new());
    for letter in code[start + 1..].chars() {
        match letter {
            '}' if depth == 0 => break,
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            letter if depth == 0 => arms.push(letter),
            _ => {}
        }
        if letter == '}' && depth == 0 {
            arms.push(',');
        }
    }
    let before_arrows: Vec<&str> = arms.split("=>").collect();
    let last = before_arrows.len() - 1;
    before_arrows[..last]
        .iter()
        .map(|piece| piece.rsplit([',', '\n']).next().unwrap_or(piece).trim().to_string())
        .collect()
}

#[test]
fn a_wildcard_is_seen_where_it_stands() {
    assert!(has_wildcard("match &measure.kind {\n MeasureKind::Trend(trend) => f(trend),\n _ => 1,\n}"));
    assert!(has_wildcard(
        "match kind { ChartKind::Dot => { match x { A => 2 } }\n _ if y => 1, ChartKind::Line => 3 }"
    ));
    assert!(!has_wildcard(
        "match kind { MeasureKind::Trend(_) => match x { Some(1) => 2, _ => 3 }, MeasureKind::Rate(_) => 1 }"
    ));
    assert!(!has_wildcard("match format { Format::Html => MeasureKind::Trend, _ => x }\n"));
}
