//! Parquet files read back by column, without Arrow.
//!
//! In: a file that `store` wrote, and the names of some columns. Out: a [`Dataset`], whole; or only what the footer says.
//! Never: a column that was not asked for.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, ListArray, StringArray,
};
use arrow::datatypes::{DataType, UInt32Type};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;

use crate::diagnostic::Failure;

use super::parquet::failed;
use super::{BLANK, Dataset, PlainColumn};

/// Rows that are read at a time.
const READ_ROWS: usize = 65_536;

/// The key-values of a file's footer.
pub fn footer(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let reader = reader(path)?;
    let pairs = reader.metadata().file_metadata().key_value_metadata().map_or(&[][..], Vec::as_slice);
    let ours = pairs.iter().filter(|pair| pair.key != "ARROW:schema");
    Ok(ours.map(|pair| (pair.key.clone(), pair.value.clone().unwrap_or_default())).collect())
}

/// How many rows a file has, from its footer.
pub fn rows(path: &Path) -> Result<u64, Failure> {
    Ok(reader(path)?.metadata().file_metadata().num_rows() as u64)
}

/// Reads some columns back, whole. Labels are in the order of their first row.
pub fn read(path: &Path, columns: &[&str]) -> Result<Dataset, Failure> {
    let reader = reader(path)?;
    let schema = Arc::clone(reader.schema());
    if let Some(absent) = columns.iter().find(|name| schema.index_of(name).is_err()) {
        return Err(Failure::internal(format!("{} has no column `{absent}`", path.display())));
    }
    let rows = reader.metadata().file_metadata().num_rows() as usize;
    let mask = ProjectionMask::columns(reader.parquet_schema(), columns.iter().copied());
    let fails = |error: ParquetError| failed(say!("store-reading"), &path.display().to_string(), error);
    let batches = reader.with_projection(mask).with_batch_size(READ_ROWS).build().map_err(fails)?;
    let mut readers: BTreeMap<&str, ColumnReader> = BTreeMap::new();
    for name in columns {
        let kind = schema.field_with_name(name).map_err(|error| fails(error.into()))?.data_type();
        readers.insert(name, ColumnReader::new(kind, rows).ok_or_else(|| unknown_type(path, name))?);
    }
    for batch in batches {
        let batch = batch.map_err(|error| fails(error.into()))?;
        for (name, reader) in &mut readers {
            let array = batch.column_by_name(name).ok_or_else(|| unknown_type(path, name))?;
            reader.push(array).ok_or_else(|| unknown_type(path, name))?;
        }
    }
    let columns = readers.into_iter().map(|(name, reader)| (name.to_string(), reader.column)).collect();
    Ok(Dataset { rows, columns })
}

/// Which cells of some columns hold something: `Some(true)`, or `None` where a cell is blank. What they hold is not kept.
pub fn present(path: &Path, columns: &[&str]) -> Result<Dataset, Failure> {
    let reader = reader(path)?;
    let rows = reader.metadata().file_metadata().num_rows() as usize;
    let mask = ProjectionMask::columns(reader.parquet_schema(), columns.iter().copied());
    let fails = |error: ParquetError| failed(say!("store-reading"), &path.display().to_string(), error);
    let mut present: BTreeMap<&str, Vec<Option<bool>>> = columns.iter().map(|name| (*name, Vec::new())).collect();
    for batch in reader.with_projection(mask).with_batch_size(READ_ROWS).build().map_err(fails)? {
        let batch = batch.map_err(|error| fails(error.into()))?;
        for (name, cells) in &mut present {
            let array = batch.column_by_name(name).ok_or_else(|| unknown_type(path, name))?;
            cells.extend((0..array.len()).map(|row| (!array.is_null(row)).then_some(true)));
        }
    }
    let columns = present.into_iter().map(|(name, cells)| (name.to_string(), PlainColumn::YesNo(cells)));
    Ok(Dataset { rows, columns: columns.collect() })
}

/// Reads all columns back, whole.
pub fn read_all(path: &Path) -> Result<Dataset, Failure> {
    let schema = Arc::clone(reader(path)?.schema());
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    read(path, &columns)
}

fn reader(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, Failure> {
    let shown = path.display().to_string();
    let file = File::open(path).map_err(|error| Failure::io(say!("store-opening"), &shown, &error))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| failed(say!("store-reading"), &shown, error))
}

/// A column while it is being read back.
struct ColumnReader {
    column: PlainColumn,
    codes: HashMap<String, u32>,
}

impl ColumnReader {
    fn new(kind: &DataType, rows: usize) -> Option<Self> {
        let column = match kind {
            DataType::Dictionary(..) => PlainColumn::Labels { codes: Vec::with_capacity(rows), labels: Vec::new() },
            DataType::List(_) => PlainColumn::Lists { offsets: vec![0], codes: Vec::new(), labels: Vec::new() },
            DataType::Date32 => PlainColumn::Days(Vec::with_capacity(rows)),
            DataType::Float64 => PlainColumn::Numbers(Vec::with_capacity(rows)),
            DataType::Boolean => PlainColumn::YesNo(Vec::with_capacity(rows)),
            DataType::Utf8 => PlainColumn::Texts(Vec::with_capacity(rows)),
            DataType::Int32 => PlainColumn::Rows(Vec::with_capacity(rows)),
            _ => return None,
        };
        Some(ColumnReader { column, codes: HashMap::new() })
    }

    /// Appends an array; `None` if it is not of the column's type.
    fn push(&mut self, array: &ArrayRef) -> Option<()> {
        let any = array.as_any();
        match &mut self.column {
            PlainColumn::Labels { codes, labels } => {
                push_codes(any.downcast_ref()?, &mut self.codes, labels, codes)?;
            }
            PlainColumn::Lists { offsets, codes, labels } => {
                let list: &ListArray = any.downcast_ref()?;
                let (start, before) = (*list.value_offsets().first()?, codes.len() as u32);
                offsets.extend(list.value_offsets()[1..].iter().map(|end| before + (end - start) as u32));
                let length = (list.value_offsets().last()? - start) as usize;
                let values = list.values().slice(start as usize, length);
                push_codes(values.as_any().downcast_ref()?, &mut self.codes, labels, codes)?;
            }
            PlainColumn::Days(days) => days.extend(any.downcast_ref::<Date32Array>()?.iter()),
            PlainColumn::Numbers(numbers) => numbers.extend(any.downcast_ref::<Float64Array>()?.iter()),
            PlainColumn::YesNo(answers) => answers.extend(any.downcast_ref::<BooleanArray>()?.iter()),
            PlainColumn::Texts(texts) => {
                texts.extend(any.downcast_ref::<StringArray>()?.iter().map(|text| text.map(str::to_string)));
            }
            PlainColumn::Rows(rows) => {
                rows.extend(any.downcast_ref::<Int32Array>()?.values().iter().map(|row| *row as u32))
            }
        }
        Some(())
    }
}

/// Appends a dictionary array's codes, translated to the labels of the whole column.
fn push_codes(
    array: &DictionaryArray<UInt32Type>,
    known: &mut HashMap<String, u32>,
    labels: &mut Vec<String>,
    codes: &mut Vec<u32>,
) -> Option<()> {
    let values: &StringArray = array.values().as_any().downcast_ref()?;
    let mut translated = vec![BLANK; values.len()];
    for key in array.keys().iter() {
        let Some(key) = key else {
            codes.push(BLANK);
            continue;
        };
        let code = translated.get_mut(key as usize)?;
        if *code == BLANK {
            *code = code_of(values.value(key as usize), known, labels);
        }
        codes.push(*code);
    }
    Some(())
}

fn code_of(label: &str, known: &mut HashMap<String, u32>, labels: &mut Vec<String>) -> u32 {
    if let Some(code) = known.get(label) {
        return *code;
    }
    let code = labels.len() as u32;
    labels.push(label.to_string());
    known.insert(label.to_string(), code);
    code
}

fn unknown_type(path: &Path, column: &str) -> Failure {
    Failure::internal(format!("column `{column}` of {} is not of a type that kvalis writes", path.display()))
}
