//! Parquet files, written one row group a batch and read back by column.
//!
//! In: batch columns in schema order. Out: a file whose bytes depend on nothing but those columns and the footer texts.
//! Row groups are encoded by the threads that made the batches ([`Encoder`]) and appended in order ([`Writer`]).

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, ListArray,
    PrimitiveArray, StringArray,
};
use arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Field, Schema, UInt32Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::arrow::{ArrowSchemaConverter, ProjectionMask, add_encoded_arrow_schema_to_metadata};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::writer::SerializedFileWriter;

use crate::diagnostic::{Code, Diagnostic, Failure, FailureKind, Location};

use super::schema::StoredSchema;
use super::{BLANK, BatchColumn, Dataset, NO_DAY, PlainColumn, TextColumn};

/// Rows that are read back at a time.
const READ_ROWS: usize = 65_536;

/// Encodes batches into row groups; shared by all threads.
pub struct Encoder {
    factory: ArrowRowGroupWriterFactory,
    schema: Arc<Schema>,
    file: String,
}

/// An encoded batch, not yet in the file.
pub struct RowGroup {
    chunks: Vec<ArrowColumnChunk>,
}

/// Appends row groups to the file in the order in which they are given.
pub struct Writer {
    file: SerializedFileWriter<BufWriter<File>>,
    path: String,
}

/// Opens a new Parquet file.
pub fn create(path: &Path, schema: &StoredSchema) -> Result<(Encoder, Writer), Failure> {
    let shown = path.display().to_string();
    let file = File::create(path).map_err(|error| Failure::io("creating the Parquet file", &shown, &error))?;
    open(BufWriter::with_capacity(1 << 20, file), schema, &shown).map_err(|error| failed("writing", &shown, error))
}

fn open(file: BufWriter<File>, schema: &StoredSchema, path: &str) -> Result<(Encoder, Writer), ParquetError> {
    let arrow = schema.arrow();
    let mut properties = schema.properties()?;
    add_encoded_arrow_schema_to_metadata(&arrow, &mut properties);
    let parquet = ArrowSchemaConverter::new().convert(&arrow)?;
    let file = SerializedFileWriter::new(file, parquet.root_schema_ptr(), Arc::new(properties))?;
    let schema = Arc::new(with_bytes_for_text(&arrow));
    let factory = ArrowRowGroupWriterFactory::new(&file, Arc::clone(&schema));
    let encoder = Encoder { factory, schema, file: path.to_string() };
    Ok((encoder, Writer { file, path: path.to_string() }))
}

/// The schema that arrays are handed over in: text as bytes, because `normalise` has checked already that it is UTF-8.
fn with_bytes_for_text(schema: &Schema) -> Schema {
    let as_bytes = |field: &Arc<Field>| match field.data_type() {
        DataType::Utf8 => field.as_ref().clone().with_data_type(DataType::Binary),
        _ => field.as_ref().clone(),
    };
    Schema::new(schema.fields().iter().map(as_bytes).collect::<Vec<_>>())
}

impl Encoder {
    /// Encodes one batch: columns in schema order, all of one length.
    pub fn encode(&self, columns: Vec<BatchColumn>) -> Result<RowGroup, Failure> {
        self.encode_columns(columns).map_err(|error| failed("writing", &self.file, error))
    }

    fn encode_columns(&self, columns: Vec<BatchColumn>) -> Result<RowGroup, ParquetError> {
        let mut chunks = Vec::with_capacity(columns.len());
        let writers = self.factory.create_column_writers(0)?;
        for ((mut writer, column), field) in writers.into_iter().zip(columns).zip(self.schema.fields()) {
            for leaf in compute_leaves(field, &array_of(column, field)?)? {
                writer.write(&leaf)?;
            }
            chunks.push(writer.close()?);
        }
        Ok(RowGroup { chunks })
    }
}

impl Writer {
    pub fn append(&mut self, group: RowGroup) -> Result<(), Failure> {
        self.append_chunks(group).map_err(|error| failed("writing", &self.path, error))
    }

    fn append_chunks(&mut self, group: RowGroup) -> Result<(), ParquetError> {
        let mut row_group = self.file.next_row_group()?;
        for chunk in group.chunks {
            chunk.append_to_row_group(&mut row_group)?;
        }
        row_group.close().map(|_| ())
    }

    /// Writes the footer with these key-values and closes the file.
    pub fn finish(mut self, footer: &[(String, String)]) -> Result<(), Failure> {
        for (key, value) in footer {
            self.file.append_key_value_metadata(KeyValue::new(key.clone(), value.clone()));
        }
        self.file.close().map(|_| ()).map_err(|error| failed("writing", &self.path, error))
    }
}

fn array_of(column: BatchColumn, field: &Field) -> Result<ArrayRef, ParquetError> {
    Ok(match column {
        BatchColumn::Labels { codes, labels } => Arc::new(labels_of(codes, &labels)?),
        BatchColumn::Lists { offsets, codes, labels } => {
            let offsets = OffsetBuffer::new(offsets.into_iter().map(|offset| offset as i32).collect());
            let item = match field.data_type() {
                DataType::List(item) => Arc::clone(item),
                _ => Arc::new(super::schema::list_item()),
            };
            Arc::new(ListArray::try_new(item, offsets, Arc::new(labels_of(codes, &labels)?), None)?)
        }
        BatchColumn::Days(days) => {
            let present = present(days.len(), |row| days[row] != NO_DAY);
            Arc::new(Date32Array::new(ScalarBuffer::from(days), present))
        }
        BatchColumn::Numbers(numbers) => {
            let present = present(numbers.len(), |row| !numbers[row].is_nan());
            Arc::new(Float64Array::new(ScalarBuffer::from(numbers), present))
        }
        BatchColumn::YesNo(answers) => Arc::new(BooleanArray::from(answers)),
        BatchColumn::Texts(texts) => Arc::new(texts_of(texts)?),
        BatchColumn::Rows(rows) => Arc::new(rows.into_iter().map(|row| row as i32).collect::<Int32Array>()),
    })
}

fn labels_of(codes: Vec<u32>, labels: &[Arc<str>]) -> Result<DictionaryArray<UInt32Type>, ParquetError> {
    let present = present(codes.len(), |row| codes[row] != BLANK);
    let labels = StringArray::from_iter_values(labels.iter().map(|label| label.as_ref()));
    let codes = PrimitiveArray::<UInt32Type>::new(ScalarBuffer::from(codes), present);
    Ok(DictionaryArray::try_new(codes, Arc::new(labels))?)
}

fn texts_of(texts: TextColumn) -> Result<BinaryArray, ParquetError> {
    let too_long = || ParquetError::General("a batch holds more than 2 GiB of text".to_string());
    i32::try_from(texts.bytes.len()).map_err(|_| too_long())?;
    let offsets = std::iter::once(0).chain(texts.ends.iter().map(|end| *end as i32)).collect();
    let present = present(texts.present.len(), |row| texts.present[row]);
    Ok(BinaryArray::try_new(OffsetBuffer::new(offsets), Buffer::from_vec(texts.bytes), present)?)
}

/// Which rows hold a value; `None` if all do.
fn present(rows: usize, is_present: impl Fn(usize) -> bool) -> Option<NullBuffer> {
    let present = NullBuffer::new(BooleanBuffer::collect_bool(rows, is_present));
    (present.null_count() > 0).then_some(present)
}

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
    let fails = |error: ParquetError| failed("reading", &path.display().to_string(), error);
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

/// Reads all columns back, whole.
pub fn read_all(path: &Path) -> Result<Dataset, Failure> {
    let schema = Arc::clone(reader(path)?.schema());
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    read(path, &columns)
}

fn reader(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, Failure> {
    let shown = path.display().to_string();
    let file = File::open(path).map_err(|error| Failure::io("opening the Parquet file", &shown, &error))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| failed("reading", &shown, error))
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

fn failed(doing: &str, file: &str, error: ParquetError) -> Failure {
    if let ParquetError::External(inner) = &error
        && let Some(error) = inner.downcast_ref::<io::Error>()
    {
        return Failure::io(&format!("{doing} the Parquet file"), file, error);
    }
    let at = Location::File { file: file.to_string() };
    let diagnostic = Diagnostic::error(Code::Io, format!("{doing} the Parquet file failed: {error}"), at);
    Failure { kind: FailureKind::Io, diagnostics: vec![diagnostic] }
}
