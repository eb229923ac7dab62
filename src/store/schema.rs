//! Which columns a dataset has in Parquet, and how each is encoded.
//!
//! In: a source plan. Out: the columns in file order, their Arrow types and Parquet encodings.
//! Never: a column that the job does not declare; added are only the lineage columns `_file`, `_sheet` and `_row`.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::ColumnPath;

use crate::vocabulary::plan::{ColumnKindPlan, ColumnPlan, SourcePlan};
use crate::vocabulary::spec::SourceKind;

/// Base name of the file that a row comes from.
pub(crate) const FILE: &str = "_file";
/// Its sheet; null for a delimited file.
pub(crate) const SHEET: &str = "_sheet";
/// Excel's row number, or the record's number in a delimited file.
pub(crate) const ROW: &str = "_row";

/// Columns that every observations dataset has, declared or not, in this order.
pub(crate) const OBSERVATION_TEXTS: [&str; 4] = ["indicator", "area", "period", "group"];
/// The number columns of observations; `value` is the first.
pub(crate) const OBSERVATION_NUMBERS: [&str; 4] = ["value", "n", "goal", "reference"];
/// `value`, `missing`, `not_applicable` or `withheld`.
pub(crate) const STATUS: &str = "status";

/// What a column holds, and with it how it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoredKind {
    /// One label a row: dictionary.
    Label,
    /// Any number of labels a row: list of dictionary.
    Labels,
    Day,
    Number,
    YesNo,
    /// Free text: plain.
    Text,
    /// Identifies an event: differences to the id before.
    Id,
    /// A row number.
    Row,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredColumn {
    pub name: String,
    pub kind: StoredKind,
}

/// The columns of a dataset in file order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSchema {
    pub columns: Vec<StoredColumn>,
}

impl StoredSchema {
    /// Columns of a source: the declared ones (for observations the canonical ones first), then lineage.
    pub fn of(source: &SourcePlan) -> Self {
        let mut columns = Vec::new();
        let mut add = |name: &str, kind| columns.push(StoredColumn { name: name.to_string(), kind });
        if source.kind == SourceKind::Observations {
            OBSERVATION_TEXTS.iter().for_each(|name| add(name, StoredKind::Label));
            add(OBSERVATION_NUMBERS[0], StoredKind::Number);
            add(STATUS, StoredKind::Label);
            OBSERVATION_NUMBERS[1..].iter().for_each(|name| add(name, StoredKind::Number));
        }
        further_columns(source).for_each(|column| add(&column.name, stored_kind(source, column)));
        add(FILE, StoredKind::Label);
        add(SHEET, StoredKind::Label);
        add(ROW, StoredKind::Row);
        StoredSchema { columns }
    }

    /// The Arrow schema as a reader sees it.
    pub fn arrow(&self) -> Schema {
        let field = |column: &StoredColumn| {
            let nullable = !matches!(column.kind, StoredKind::Id | StoredKind::Row | StoredKind::Labels);
            Field::new(&column.name, arrow_type(column.kind), nullable && column.name != FILE)
        };
        Schema::new(self.columns.iter().map(field).collect::<Vec<_>>())
    }

    /// How the file is written: zstd, dictionaries for what repeats, no statistics where they cost more than they give.
    pub fn properties(&self) -> Result<WriterProperties, ParquetError> {
        let mut builder = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_statistics_enabled(EnabledStatistics::None)
            .set_offset_index_disabled(true)
            .set_write_batch_size(8192)
            .set_data_page_row_count_limit(usize::MAX);
        for column in &self.columns {
            builder = column_properties(builder, column);
        }
        Ok(builder.build())
    }
}

/// Declared columns beside the canonical ones of observations.
pub(crate) fn further_columns(source: &SourcePlan) -> impl Iterator<Item = &ColumnPlan> {
    let canonical = source.kind == SourceKind::Observations;
    source.columns.iter().filter(move |column| !(canonical && is_canonical(&column.name)))
}

/// Whether an observations column has one of the fixed meanings.
pub(crate) fn is_canonical(name: &str) -> bool {
    name == STATUS || OBSERVATION_TEXTS.contains(&name) || OBSERVATION_NUMBERS.contains(&name)
}

fn stored_kind(source: &SourcePlan, column: &ColumnPlan) -> StoredKind {
    // Groups are derived from each of the members in a cell.
    let read = column.derive.and_then(|member| source.columns.get(member)).unwrap_or(column);
    match &column.kind {
        ColumnKindPlan::Id => StoredKind::Id,
        ColumnKindPlan::Date { .. } => StoredKind::Day,
        ColumnKindPlan::Number { .. } => StoredKind::Number,
        ColumnKindPlan::YesNo => StoredKind::YesNo,
        ColumnKindPlan::Text { .. } => StoredKind::Text,
        ColumnKindPlan::Category(_) | ColumnKindPlan::OpenCategory if read.split.is_empty() => StoredKind::Label,
        ColumnKindPlan::Category(_) | ColumnKindPlan::OpenCategory => StoredKind::Labels,
    }
}

fn arrow_type(kind: StoredKind) -> DataType {
    match kind {
        StoredKind::Label => dictionary(),
        StoredKind::Labels => DataType::List(Arc::new(list_item())),
        StoredKind::Day => DataType::Date32,
        StoredKind::Number => DataType::Float64,
        StoredKind::YesNo => DataType::Boolean,
        StoredKind::Text | StoredKind::Id => DataType::Utf8,
        StoredKind::Row => DataType::Int32,
    }
}

fn dictionary() -> DataType {
    DataType::Dictionary(Box::new(DataType::UInt32), Box::new(DataType::Utf8))
}

/// The element of a list of labels.
pub(super) fn list_item() -> Field {
    Field::new("item", dictionary(), false)
}

fn column_properties(builder: WriterPropertiesBuilder, column: &StoredColumn) -> WriterPropertiesBuilder {
    let path = ColumnPath::from(column.name.as_str());
    match column.kind {
        StoredKind::Text => builder.set_column_dictionary_enabled(path, false),
        StoredKind::Id => builder
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, Encoding::DELTA_BYTE_ARRAY),
        StoredKind::Row => builder
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED)
            .set_column_statistics_enabled(path, EnabledStatistics::Chunk),
        StoredKind::Day => builder.set_column_statistics_enabled(path, EnabledStatistics::Chunk),
        _ => builder,
    }
}
