//! Comparisons of a handful of municipalities, and against a brute-force way over generated ones.

use proptest::prelude::*;

use super::*;
use crate::domain::table::MeasureTable;
use crate::measure::comparison::plan::AmongPlan;
use crate::measure::fixtures::{self, notes, observations, table_of, try_table_of};
use crate::measure::plan::MeasureKind;
use crate::vocabulary::spec::SourceKind;

fn spec() -> ComparisonPlan {
    ComparisonPlan {
        what: "andel positiva svar, procent".into(),
        among: AmongPlan { own: "0188".into(), codes: Vec::new(), label: "kommuner".into(), names: None },
        year: 2023,
        indicators: vec![("U1".into(), "Få kontakt".into())],
        names: None,
        strip: None,
        conditions: Vec::new(),
        unit: Unit::Percent { decimals: 0 },
        directions: vec![("u1".into(), Direction::Higher)],
        answers: None,
        least: None,
        all: false,
    }
}

/// indicator, area, period, value, status, n.
fn table(spec: ComparisonPlan, rows: &[[&str; 6]]) -> MeasureTable {
    let rows: Vec<[&str; 9]> = rows
        .iter()
        .map(|[indicator, area, period, value, status, n]| {
            [*indicator, *area, *period, *value, *status, *n, "", "", ""]
        })
        .collect();
    let (plan, data) = observations(&rows);
    table_of(&plan, &data, MeasureKind::Comparison(spec))
}

fn value<'t>(table: &'t MeasureTable, key: &str) -> &'t Value {
    &table.rows[0].values[table.column(key).unwrap_or_else(|| panic!("no column {key}"))]
}

fn eight() -> Vec<[&'static str; 6]> {
    vec![
        ["U1", "0188", "2023", "80", "", ""],
        ["U1", "0188", "2022", "70.5", "", ""],
        ["U1", "9901", "2023", "80", "", ""],
        ["U1", "9902", "2023", "90", "", ""],
        ["U1", "9903", "2023", "60", "", ""],
        ["U1", "9904", "2023", "50", "", ""],
        ["U1", "9905", "2023", "", "withheld", ""],
        ["U1", "0000", "2023", "99", "", ""],
        ["U1", "0001", "2023", "98", "", ""],
        ["U1", "G123", "2023", "97", "", ""],
        ["U1", "9904", "2022", "10", "", ""],
    ]
}

#[test]
fn the_country_regions_groups_and_those_without_a_value_are_not_compared_with() {
    let table = table(spec(), &eight());
    assert_eq!(value(&table, "rank"), &Value::Text("2–3 av 5".into()));
    assert_eq!((value(&table, "rank_first"), value(&table, "rank_last")), (&Value::Count(2), &Value::Count(3)));
    assert_eq!(value(&table, "n"), &Value::Count(5));
    assert_eq!(value(&table, "mean"), &Value::Number(72.0));
    let five = ["minimum", "q1", "median", "q3", "maximum"].map(|key| value(&table, key).clone());
    assert_eq!(five, [50.0, 60.0, 80.0, 80.0, 90.0].map(Value::Number));
    assert_eq!(value(&table, "difference"), &Value::Number(9.5));
    assert_eq!(value(&table, "colour"), &Value::Text("▲ grön, bästa fjärdedelen".into()));
    let notes = notes(&table).join(" ");
    assert!(notes.contains("inte om resultatet är bra") && notes.contains("ovägt"), "{notes}");
}

#[test]
fn a_group_is_those_named_and_we() {
    let among =
        AmongPlan { codes: vec!["9903".into(), "9904".into()], label: "liknande kommuner".into(), ..spec().among };
    let table = table(ComparisonPlan { among, ..spec() }, &eight());
    assert_eq!(value(&table, "rank"), &Value::Text("1 av 3".into()));
    assert_eq!(value(&table, "colour"), &Value::Nothing(Nothing::Blank), "three have no quarters");
    assert!(notes(&table)[0].contains("liknande kommuner: 9903 och 9904"));
}

#[test]
fn lower_is_better_counts_from_the_lowest_and_neither_from_the_highest_without_colour() {
    let lower = table(ComparisonPlan { directions: vec![("kontakt".into(), Direction::Lower)], ..spec() }, &eight());
    assert_eq!(value(&lower, "rank"), &Value::Text("3–4 av 5".into()));
    let neither = table(ComparisonPlan { directions: Vec::new(), ..spec() }, &eight());
    assert_eq!(value(&neither, "rank"), &Value::Text("2–3 av 5".into()));
    assert_eq!(value(&neither, "colour"), &Value::Nothing(Nothing::Blank));
    assert!(notes(&neither).iter().any(|note| note.contains("Plats 1 är högst")));
    assert!(!notes(&neither).iter().any(|note| note.contains("Färgen")));
}

#[test]
fn too_few_answers_hide_or_warn_as_the_job_says() {
    let mut rows = eight();
    rows.extend([["N", "0188", "2023", "9", "", ""], ["N", "0188", "2022", "10", "", ""]]);
    let spec = |few| ComparisonPlan { answers: Some("N".into()), least: Some((10, few)), ..spec() };
    let warned = table(spec(FewAnswers::Warn), &rows);
    assert_eq!(value(&warned, "current"), &Value::Number(80.0));
    assert!(notes(&warned).iter().any(|note| note.contains("Färre än 10 svar: ”Få kontakt” 2023 (9 svar)")));
    let hidden = table(spec(FewAnswers::Hide), &rows);
    assert_eq!(value(&hidden, "current"), &Value::Nothing(Nothing::Withheld));
    assert_eq!((value(&hidden, "rank"), value(&hidden, "n")), (&Value::Nothing(Nothing::Withheld), &Value::Count(4)));
    assert_eq!(value(&hidden, "previous"), &Value::Number(70.5));
}

#[test]
fn our_own_missing_value_keeps_its_kind_and_has_no_place() {
    let mut rows = eight();
    rows[0] = ["U1", "0188", "2023", "", "withheld", ""];
    let table = table(spec(), &rows);
    assert_eq!(value(&table, "rank"), &Value::Nothing(Nothing::Withheld));
    assert_eq!(value(&table, "n"), &Value::Count(4));
}

#[test]
fn two_values_for_one_place_are_a_mistake() {
    let row = |value| ["U1", "0188", "2023", value, "", "", "", "", ""];
    let (plan, data) = observations(&[row("1"), row("2")]);
    let failure = try_table_of(&plan, &data, MeasureKind::Comparison(spec())).expect_err("they differ");
    assert!(failure.diagnostics[0].message.starts_with("rows 2 and 3 differ"));
}

#[test]
fn the_companion_has_a_column_for_every_municipality() {
    let table = table(ComparisonPlan { all: true, ..spec() }, &eight());
    let parts: Vec<&str> =
        table.columns.iter().filter(|column| column.role == Role::Part).map(|column| column.key.as_str()).collect();
    assert_eq!(parts, ["0188", "9901", "9902", "9903", "9904"]);
    assert_eq!(value(&table, "9903"), &Value::Number(60.0));
}

#[test]
fn a_scale_that_changes_between_titles_is_said() {
    let register = |titles: &[[&str; 2]]| {
        let columns = vec![fixtures::open("id"), fixtures::open("title")];
        let source = fixtures::source("namn", SourceKind::Register, columns);
        let data = fixtures::rows(&fixtures::plan_of(source.clone()), titles);
        let (mut plan, values) = observations(&[["U1", "0188", "2023", "1", "", "", "", "", ""]]);
        plan.sources.push(source);
        let spec = ComparisonPlan { names: Some(1), indicators: Vec::new(), ..spec() };
        plan.measures = vec![fixtures::measure("comparison.prov", MeasureKind::Comparison(spec))];
        let datasets = BTreeMap::from([("matt".to_string(), values), ("namn".to_string(), data)]);
        crate::measure::fixtures::compute(&plan, &Default::default(), &datasets).expect("a table").remove(0)
    };
    let changed = register(&[["U1", "Rutin finns (Ja=1, Nej=0)"], ["U1", "Rutin finns (Ja=2, Delvis=1, Nej=0)"]]);
    assert_eq!(changed.rows[0].label, "Rutin finns (Ja=2, Delvis=1, Nej=0)");
    assert!(notes(&changed).iter().any(|note| note.starts_with("Svarsskalan")));
    let same = register(&[["U1", "Rutin finns (Ja=1, Nej=0)"], ["U1", "Rutin (1=Ja, 0=Nej)"]]);
    assert!(!notes(&same).iter().any(|note| note.starts_with("Svarsskalan")));
}

proptest! {
    #[test]
    fn rank_quartiles_and_mean_equal_those_counted_by_hand(tenths in proptest::collection::vec(0u32..300, 1..40)) {
        let rows: Vec<[String; 9]> = tenths
            .iter()
            .enumerate()
            .map(|(index, tenths)| {
                let area = if index == 0 { "0188".to_string() } else { format!("{}", 9000 + index) };
                let value = format!("{}.{}", tenths / 10, tenths % 10);
                ["U1".into(), area, "2023".into(), value, "".into(), "".into(), "".into(), "".into(), "".into()]
            })
            .collect();
        let rows: Vec<[&str; 9]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
        let (plan, data) = observations(&rows);
        let table = table_of(&plan, &data, MeasureKind::Comparison(spec()));
        let better = tenths.iter().filter(|value| **value > tenths[0]).count() as i64;
        let equal = tenths.iter().filter(|value| **value == tenths[0]).count() as i64;
        prop_assert_eq!(value(&table, "rank_first"), &Value::Count(better + 1));
        prop_assert_eq!(value(&table, "rank_last"), &Value::Count(better + equal));
        let Value::Number(mean) = value(&table, "mean") else { panic!("a mean") };
        let sum: u32 = tenths.iter().sum();
        prop_assert!((mean * 10.0 * tenths.len() as f64 - f64::from(sum)).abs() < 1e-6);
    }
}
