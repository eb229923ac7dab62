//! Parquet files being written, one row group a batch.
//!
//! In: batch columns in schema order. Out: a file whose bytes depend on nothing but those columns and the footer texts.
//! Row groups are encoded by the threads that made the batches ([`Encoder`]) and appended in order ([`Writer`]).

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, ListArray,
    PrimitiveArray, StringArray,
};
use arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Field, Schema, UInt32Type};
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::arrow::{ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::writer::SerializedFileWriter;

use crate::diagnostic::{Code, Diagnostic, Failure, FailureKind, Location};

use super::digested::{Digested, Written};
use super::schema::StoredSchema;
use super::{BLANK, BatchColumn, NO_DAY, TextColumn};

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
    file: SerializedFileWriter<Stored>,
    path: String,
}

type Stored = BufWriter<Digested<File>>;

/// Opens a new Parquet file; one that is there already is not touched.
pub fn create(path: &Path, schema: &StoredSchema) -> Result<(Encoder, Writer), Failure> {
    let shown = path.display().to_string();
    let file = File::create_new(path).map_err(|error| Failure::io(say!("store-creating"), &shown, &error))?;
    open(BufWriter::with_capacity(1 << 20, Digested::new(file)), schema, &shown)
        .map_err(|error| failed(say!("store-writing"), &shown, error))
}

fn open(file: Stored, schema: &StoredSchema, path: &str) -> Result<(Encoder, Writer), ParquetError> {
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
        self.encode_columns(columns).map_err(|error| failed(say!("store-writing"), &self.file, error))
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
    /// Writes rows after those that were written.
    pub fn append(&mut self, group: RowGroup) -> Result<(), Failure> {
        self.append_chunks(group).map_err(|error| failed(say!("store-writing"), &self.path, error))
    }

    fn append_chunks(&mut self, group: RowGroup) -> Result<(), ParquetError> {
        let mut row_group = self.file.next_row_group()?;
        for chunk in group.chunks {
            chunk.append_to_row_group(&mut row_group)?;
        }
        row_group.close().map(|_| ())
    }

    /// Writes the footer with these key-values and closes the file.
    ///
    /// Out: what has been written, whatever the disk makes of it.
    pub fn finish(mut self, footer: &[(String, String)]) -> Result<Written, Failure> {
        for (key, value) in footer {
            self.file.append_key_value_metadata(KeyValue::new(key.clone(), value.clone()));
        }
        let Writer { file, path } = self;
        let ended = |mut file: Stored| file.flush().map(|()| file.get_ref().written());
        let written = file.into_inner().and_then(|file| ended(file).map_err(ParquetError::from));
        written.map_err(|error| failed(say!("store-writing"), &path, error))
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
    let too_long = || ParquetError::General(say!("store-batch-holds-too-much-text"));
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

/// A mistake of the Parquet library, with the file that it happened to.
pub(super) fn failed(doing: String, file: &str, error: ParquetError) -> Failure {
    if let ParquetError::External(inner) = &error
        && let Some(error) = inner.downcast_ref::<io::Error>()
    {
        return Failure::io(doing, file, error);
    }
    let at = Location::File { file: file.to_string() };
    let diagnostic = Diagnostic::error(Code::Io, say!("diagnostic-io", doing, error), at);
    Failure { kind: FailureKind::Io, diagnostics: vec![diagnostic] }
}
