//! What is written is what is read back.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::schema::{StoredColumn, StoredKind, StoredSchema};
use super::*;
use crate::diagnostic::{Failure, FailureKind};

/// A row of every kind of column; the schema below has them in this order.
type Row = (Option<u32>, Vec<u32>, Option<i32>, Option<f64>, Option<bool>, Option<String>, String);

fn schema() -> StoredSchema {
    let kinds = [
        ("etikett", StoredKind::Label),
        ("lista", StoredKind::Labels),
        ("dag", StoredKind::Day),
        ("tal", StoredKind::Number),
        ("ja_nej", StoredKind::YesNo),
        ("text", StoredKind::Text),
        ("id", StoredKind::Id),
        ("_row", StoredKind::Row),
    ];
    StoredSchema { columns: kinds.map(|(name, kind)| StoredColumn { name: name.into(), kind }).to_vec() }
}

fn labels(count: u32) -> Vec<Arc<str>> {
    (0..count).map(|code| Arc::from(format!("etikett {code}"))).collect()
}

fn row() -> impl Strategy<Value = Row> {
    (
        proptest::option::of(0..5_u32),
        proptest::collection::vec(0..5_u32, 0..4),
        proptest::option::of(-40_000..60_000_i32),
        proptest::option::of(-1e9..1e9_f64),
        proptest::option::of(any::<bool>()),
        proptest::option::of("[a-zåäö \n\"]{0,12}"),
        "AVV-[0-9]{1,4}",
    )
}

fn texts<'t>(texts: impl Iterator<Item = Option<&'t str>>) -> BatchColumn {
    let mut column = TextColumn::default();
    for text in texts {
        column.bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
        column.ends.push(column.bytes.len() as u32);
        column.present.push(text.is_some());
    }
    BatchColumn::Texts(column)
}

fn columns(rows: &[Row], first: u32) -> Vec<BatchColumn> {
    let mut offsets = vec![0];
    rows.iter().for_each(|row| offsets.push(offsets.last().copied().unwrap_or(0) + row.1.len() as u32));
    vec![
        BatchColumn::Labels { codes: rows.iter().map(|row| row.0.unwrap_or(BLANK)).collect(), labels: labels(5) },
        BatchColumn::Lists { offsets, codes: rows.iter().flat_map(|row| row.1.clone()).collect(), labels: labels(5) },
        BatchColumn::Days(rows.iter().map(|row| row.2.unwrap_or(NO_DAY)).collect()),
        BatchColumn::Numbers(rows.iter().map(|row| row.3.unwrap_or(f64::NAN)).collect()),
        BatchColumn::YesNo(rows.iter().map(|row| row.4).collect()),
        texts(rows.iter().map(|row| row.5.as_deref())),
        texts(rows.iter().map(|row| Some(row.6.as_str()))),
        BatchColumn::Rows((first..first + rows.len() as u32).collect()),
    ]
}

/// The rows that a dataset holds, and their row numbers.
fn rows_of(data: &Dataset) -> (Vec<Row>, Vec<u32>) {
    let code = |labels: &[String], code: u32| labels.get(code as usize).and_then(|label| label[8..].parse().ok());
    let row = |at: usize| {
        let label = match &data.columns["etikett"] {
            PlainColumn::Labels { codes, labels } => code(labels, codes[at]),
            other => panic!("{other:?}"),
        };
        let list = match &data.columns["lista"] {
            PlainColumn::Lists { offsets, codes, labels } => codes[offsets[at] as usize..offsets[at + 1] as usize]
                .iter()
                .filter_map(|one| code(labels, *one))
                .collect(),
            other => panic!("{other:?}"),
        };
        match (
            &data.columns["dag"],
            &data.columns["tal"],
            &data.columns["ja_nej"],
            &data.columns["text"],
            &data.columns["id"],
        ) {
            (
                PlainColumn::Days(days),
                PlainColumn::Numbers(numbers),
                PlainColumn::YesNo(answers),
                PlainColumn::Texts(texts),
                PlainColumn::Texts(ids),
            ) => (
                label,
                list,
                days[at],
                numbers[at],
                answers[at],
                texts[at].clone(),
                ids[at].clone().unwrap_or_default(),
            ),
            other => panic!("{other:?}"),
        }
    };
    let numbers = match &data.columns["_row"] {
        PlainColumn::Rows(rows) => rows.clone(),
        other => panic!("{other:?}"),
    };
    ((0..data.rows).map(row).collect(), numbers)
}

fn write(path: &Path, groups: &[&[Row]]) {
    let (encoder, mut writer) = create(path, &schema()).expect("the folder can be written to");
    let mut first = 2;
    for rows in groups {
        writer
            .append(encoder.encode(columns(rows, first)).expect("these columns fit the schema"))
            .expect("disk is there");
        first += rows.len() as u32;
    }
    writer.finish(&[("kvalis.job".to_string(), "analyze".to_string())]).expect("disk is there");
}

const ALL: [&str; 8] = ["etikett", "lista", "dag", "tal", "ja_nej", "text", "id", "_row"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_read_back_is_what_was_written(rows in proptest::collection::vec(row(), 0..80), cut in 0..80_usize) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (whole, parts) = (folder.path().join("whole.parquet"), folder.path().join("parts.parquet"));
        write(&whole, &[&rows]);
        let (head, tail) = rows.split_at(cut.min(rows.len()));
        write(&parts, &[head, tail]);
        let data = read(&whole, &ALL).expect("the file was just written");
        prop_assert_eq!(rows_of(&data), (rows.clone(), (2..2 + rows.len() as u32).collect()));
        prop_assert_eq!(read(&parts, &ALL).expect("the file was just written"), data);
    }
}

#[test]
fn only_the_asked_for_columns_are_read() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("a.parquet");
    write(&path, &[]);
    let data = read(&path, &["tal", "id"]).expect("the file was just written");
    assert_eq!(data.columns.keys().collect::<Vec<_>>(), ["id", "tal"]);
    assert_eq!((data.rows, rows(&path)), (0, Ok(0)));
    assert_eq!(footer(&path), Ok(BTreeMap::from([("kvalis.job".to_string(), "analyze".to_string())])));
    assert!(read(&path, &["finns inte"]).is_err());
}

#[test]
fn a_file_that_is_not_parquet_or_not_there_is_said_so() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("a.parquet");
    let kind = |result: Result<u64, Failure>| result.err().map(|failure| failure.kind);
    assert_eq!(kind(rows(&path)), Some(FailureKind::Io));
    std::fs::write(&path, "inte Parquet").expect("the folder can be written to");
    assert_eq!(kind(rows(&path)), Some(FailureKind::Io));
    assert!(create(&folder.path().join("finns/inte.parquet"), &schema()).is_err());
}
