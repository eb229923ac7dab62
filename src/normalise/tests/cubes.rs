//! Properties of whole runs, and cubes counted in the pass against cubes counted row by row.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::cube::{Condition, CubeCell, Dimension, Grain, Key, Sum};

#[test]
fn requests_that_the_pass_cannot_count_are_refused() {
    let request = |column: &str, grain| CubeRequest {
        source: "avvikelser".into(),
        dimensions: vec![Dimension { column: column.into(), grain }],
        conditions: Vec::new(),
        sums: Vec::new(),
    };
    let refused = |plan: &SourcePlan, column, grain| run_all(plan, &[], vec![request(column, grain)]).is_err();
    let several = SourcePlan { repeated_ids: RepeatedIds::SeveralRows, ..events() };
    assert!(refused(&several, "typ", Grain::Value));
    assert!(refused(&events(), "typ", Grain::Month));
    assert!(refused(&events(), "finns inte", Grain::Value));
    assert!(!refused(&events(), "typ", Grain::Value));
}

/// Events with every kind of column that the pass can count.
fn countable_events() -> SourcePlan {
    let organisation = crate::normalise::categories::tests::organisation();
    let mut columns = vec![
        column("id", ColumnKindPlan::Id),
        date("dag"),
        closed("enhet", organisation.clone()),
        closed("avdelning", organisation),
        closed("typ", typ()),
        column("status", ColumnKindPlan::OpenCategory),
        column("ivo", ColumnKindPlan::YesNo),
        number("grad"),
        column("fritext", ColumnKindPlan::Text { masked: true }),
    ];
    columns[2].split = vec![";".into()];
    columns[3].headers.clear();
    columns[3].derive = Some(2);
    SourcePlan { period_date: Some(1), ..source(SourceKind::Events, columns) }
}

fn requests() -> Vec<CubeRequest> {
    let request = |dimensions: &[(&str, Grain)], conditions: Vec<Condition>, sums: &[&str]| CubeRequest {
        source: "avvikelser".into(),
        dimensions: dimensions
            .iter()
            .map(|(column, grain)| Dimension { column: column.to_string(), grain: *grain })
            .collect(),
        conditions,
        sums: sums.iter().map(|sum| sum.to_string()).collect(),
    };
    let is = |column: &str, values: &[&str], negated| Condition {
        column: column.into(),
        values: values.iter().map(|value| value.to_string()).collect(),
        negated,
    };
    vec![
        request(&[], vec![], &[]),
        request(&[("dag", Grain::Period)], vec![], &[]),
        request(
            &[("dag", Grain::Period), ("avdelning", Grain::Value), ("enhet", Grain::Value), ("typ", Grain::Value)],
            vec![],
            &["grad"],
        ),
        request(&[("typ", Grain::Value), ("dag", Grain::Period)], vec![], &["grad"]),
        request(&[("dag", Grain::CalendarYear), ("dag", Grain::Month), ("typ", Grain::Value)], vec![], &["grad"]),
        request(&[("typ", Grain::Value)], vec![], &["grad"]),
        request(&[("enhet", Grain::Value)], vec![is("typ", &["Lex Sarah", "Uppgift saknas"], false)], &[]),
        request(&[("status", Grain::Value), ("ivo", Grain::Value)], vec![is("enhet", &["Norr"], true)], &[]),
        request(
            &[("dag", Grain::Quarter)],
            vec![is("ivo", &["Ja"], false), is("status", &["Ny", "Klar"], false)],
            &["grad"],
        ),
        request(&[], vec![is("typ", &["Okänd kategori"], false)], &[]),
        request(&[("grad", Grain::Value), ("dag", Grain::Value)], vec![], &["grad"]),
        request(&[("fritext", Grain::Value)], vec![is("grad", &["0,1", "Uppgift saknas"], true)], &[]),
        request(
            &[("dag", Grain::Month)],
            vec![is("dag", &["2023-01-01", "Uppgift saknas"], false), is("id", &["9"], true)],
            &[],
        ),
    ]
}

/// The values of a row in a dimension, as keys.
fn keys_of(data: &Dataset, row: usize, dimension: &Dimension) -> BTreeSet<Key> {
    let labels = |text: &str| match text {
        "∅" | "" => BTreeSet::from([Key::label("Uppgift saknas")]),
        text => text.split('+').map(Key::label).collect(),
    };
    match &data.columns[&dimension.column] {
        PlainColumn::Numbers(numbers) => {
            let text = numbers[row].map_or("Uppgift saknas".into(), |number| number.to_string().replace('.', ","));
            BTreeSet::from([Key::label(&text)])
        }
        PlainColumn::Days(days) if dimension.grain != Grain::Value => {
            BTreeSet::from([days[row].map_or(Key::Missing, |day| {
                Key::Number(match dimension.grain {
                    Grain::Period => KVALITETSAR.year_of(day),
                    Grain::CalendarYear => i32::from(date_of(day).year()),
                    Grain::Quarter => i32::from(KVALITETSAR.quarter_of(day)),
                    _ => i32::from(date_of(day).month()),
                })
            })])
        }
        PlainColumn::YesNo(answers) => {
            BTreeSet::from([Key::label(answers[row].map_or("Uppgift saknas", |yes| if yes { "Ja" } else { "Nej" }))])
        }
        _ => labels(&texts(data, &dimension.column)[row]),
    }
}

/// A count, and per number column how many values and their sum.
type Tallied = (u64, Vec<(u64, Sum)>);

/// The cube by going through the rows one by one.
fn brute_force(data: &Dataset, request: &CubeRequest) -> BTreeMap<Vec<Key>, CubeCell> {
    let mut cells: BTreeMap<Vec<Key>, Tallied> = BTreeMap::new();
    for row in 0..data.rows {
        let holds = |condition: &Condition| {
            let dimension = Dimension { column: condition.column.clone(), grain: Grain::Value };
            let keys = keys_of(data, row, &dimension);
            condition.values.iter().any(|value| keys.contains(&Key::label(value))) != condition.negated
        };
        if !request.conditions.iter().all(holds) {
            continue;
        }
        let mut products = vec![Vec::new()];
        for dimension in &request.dimensions {
            let keys = keys_of(data, row, dimension);
            products = products
                .into_iter()
                .flat_map(|key| keys.iter().map(move |last| [key.clone(), vec![last.clone()]].concat()))
                .collect();
        }
        for key in products {
            let (count, sums) = cells.entry(key).or_insert_with(|| (0, vec![(0, Sum::default()); request.sums.len()]));
            *count += 1;
            for (sum, name) in sums.iter_mut().zip(&request.sums) {
                if let PlainColumn::Numbers(numbers) = &data.columns[name]
                    && let Some(number) = numbers[row]
                {
                    *sum = (sum.0 + 1, sum.1.plus(number));
                }
            }
        }
    }
    let cell = |(count, sums): Tallied| CubeCell {
        count,
        sums: sums.into_iter().map(|(values, sum)| (values, sum.value())).collect(),
    };
    cells.into_iter().map(|(key, counted)| (key, cell(counted))).collect()
}

fn any_row() -> impl Strategy<Value = Vec<&'static str>> {
    let of = |texts: &'static [&'static str]| proptest::sample::select(texts);
    (
        of(&["1", "2", "3", "4", "5", "6", "7", "8", "9", " 9", ""]),
        of(&[
            "2021-09-01",
            "2022-08-31",
            "2022-09-01",
            "31/12/2022",
            "2023-01-01",
            "2023-05-17",
            "2024-01-01",
            "okänt",
            "",
        ]),
        of(&["Norr", "söder ", "Norr;Söder", "Öster", "gamla namnet", "gamla namnet; Norr", "nedlagd", "", "x"]),
        of(&["Lex Sarah", "LEX SARA", "övrigt", "Annat", "??", "-", ""]),
        of(&["Ny", "Klar", "klar", "Klar  nu", ""]),
        of(&["Ja", "nej", "x", "Vet ej", ""]),
        of(&["1", "0,1", "2.30", " 3", "hög", ".", ""]),
        of(&["Ring 070-174 06 05", " Ring ingen", "sa \"nej\"", ""]),
    )
        .prop_map(|(id, dag, enhet, typ, status, ivo, grad, fritext)| {
            vec![id, dag, enhet, typ, status, ivo, grad, fritext]
        })
}

fn in_batches(rows: &[Vec<&str>], size: usize) -> Vec<RawBatch> {
    let mut batches: Vec<RawBatch> =
        rows.chunks(size).enumerate().map(|(sequence, rows)| batch(sequence as u64, rows)).collect();
    for (index, batch) in batches.iter_mut().enumerate() {
        batch.rows.iter_mut().for_each(|row| *row += (index * size) as u32);
    }
    batches
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_row_has_one_fate(rows in proptest::collection::vec(any_row(), 1..60)) {
        let outcome = run(&countable_events(), &rows);
        prop_assert_eq!(tally(&outcome).values().sum::<u64>(), rows.len() as u64);
        let ids = texts(&outcome.data, "id");
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn cubes_counted_in_the_pass_are_those_of_the_rows(rows in proptest::collection::vec(any_row(), 1..60)) {
        let outcome = run_all(&countable_events(), &in_batches(&rows, 7), requests()).expect("these rows stop nothing");
        for (cube, request) in outcome.normalised.cubes.iter().zip(requests()) {
            prop_assert_eq!(&cube.cells, &brute_force(&outcome.data, &request), "{:?}", &request);
            prop_assert_eq!(&cube.request, &request);
        }
    }

    #[test]
    fn batches_of_other_sizes_change_nothing(rows in proptest::collection::vec(any_row(), 1..60), size in 1..20_usize) {
        let whole = run_all(&countable_events(), &in_batches(&rows, 60), requests()).expect("these rows stop nothing");
        let parts = run_all(&countable_events(), &in_batches(&rows, size), requests()).expect("these rows stop nothing");
        prop_assert_eq!(&whole.data, &parts.data);
        prop_assert_eq!(&whole.normalised.cubes, &parts.normalised.cubes);
        prop_assert_eq!(&whole.normalised.rejects, &parts.normalised.rejects);
        prop_assert_eq!(&whole.normalised.warnings, &parts.normalised.warnings);
        prop_assert_eq!(tally(&whole), tally(&parts));
    }

    #[test]
    fn the_same_rows_give_the_same_bytes(rows in proptest::collection::vec(any_row(), 1..60)) {
        let once = run_all(&countable_events(), &in_batches(&rows, 5), Vec::new()).expect("these rows stop nothing");
        let again = run_all(&countable_events(), &in_batches(&rows, 5), Vec::new()).expect("these rows stop nothing");
        prop_assert_eq!(once.bytes, again.bytes);
    }

    #[test]
    fn any_cell_in_any_column_is_read_without_panic(
        cells in proptest::collection::vec("[ 0-9a-zÅ;,.%\\-\u{a0}\"@]{0,12}", 8..80), windows: bool,
    ) {
        let rows: Vec<Vec<&str>> = cells.chunks_exact(8).map(|row| row.iter().map(String::as_str).collect()).collect();
        let mut batch = batch(0, &rows);
        if windows {
            batch.encoding = TextEncoding::Windows1252;
        }
        for cell in batch.cells.iter_mut().step_by(3) {
            if let RawCell::Text { start, length } = *cell {
                *cell = RawCell::QuotedText { start, length };
            }
        }
        let outcome = run_all(&countable_events(), &[batch], requests()).expect("cells stop nothing");
        prop_assert_eq!(tally(&outcome).values().sum::<u64>(), rows.len() as u64);
    }
}
