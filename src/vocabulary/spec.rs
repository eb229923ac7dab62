//! What the tables of a job file have in common, as written: texts, conditions, and words with a closed meaning.
//!
//! In: TOML. Out: the types that specs of sources, measures and charts are made of. Never: resolves a reference.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// Values by name, in the file's order.
pub type Named<T> = IndexMap<String, T>;

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// `report.html`: one self-contained page.
    Html,
    /// `report.docx`: for the analyst's last hand in Word.
    Docx,
    /// `report.pdf`: tagged, PDF/UA-1.
    Pdf,
    /// `appendix.xlsx`: every table, with native charts.
    Xlsx,
    /// `report.md`: for pasting elsewhere.
    Markdown,
}

/// What counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CubeMode {
    /// Polars, over the Parquet files that the run has written.
    #[default]
    Polars,
    /// The program itself, in the pass that reads the exports: for very large ones. Not for sources with `repeated_ids
    /// = "several_rows"`.
    Streaming,
}

/// What an export's rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// One row per reported thing; counted by distinct id.
    Events,
    /// One row per indicator, or a table with periods as columns.
    Observations,
    /// A short list whose text is meant to be printed.
    Register,
}

/// What becomes of rows outside the job's periods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutsidePeriod {
    /// They are left out of all counts, and counted in the balance.
    #[default]
    Drop,
    /// They are kept, for trends over more years than the job compares.
    Keep,
}

/// How much of the period an export covers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    /// The whole period of the job, up to `as_of`.
    #[default]
    Period,
    /// A part of it: a register that is written once a year, a service that has closed.
    Part,
}

/// What several rows with one id are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RepeatedIds {
    /// The first row of an id is kept; identical ones are dropped, differing ones dropped and listed.
    #[default]
    First,
    /// One event may take several rows (one per unit, say): identical rows are dropped, differing ones all kept.
    SeveralRows,
    /// A differing row stops the run.
    Stop,
}

/// One text or several.
#[derive(Debug, Clone, Default)]
pub struct OneOrMany(pub Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> serde::de::Visitor<'de> for Texts {
            type Value = OneOrMany;
            fn expecting(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
                out.write_str(&say!("job-text-or-list-texts"))
            }
            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_string()]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMany(texts))
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

impl JsonSchema for OneOrMany {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

/// Column → values; a row fits if each column has one of its values.
pub type Where = Named<OneOrMany>;

/// How rows are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowOrder {
    /// As declared in the list; by Swedish collation where there is none.
    #[default]
    Declared,
    /// By this period's count, largest first; residual rows last.
    Count,
    /// By label, in Swedish collation.
    Name,
}

/// What time is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeStep {
    /// Calendar months.
    Month,
    /// Quarters of the job's period: of a quality year from September, September–November is the first.
    Quarter,
    /// The job's period.
    Year,
    /// 1 January – 31 December, whatever the job's period is.
    CalendarYear,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NamedDirection {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// No way is better: a change is no improvement.
    Neither,
}

/// What numbers are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitSpec {
    /// Whole numbers of something.
    Count,
    /// Per cent.
    Percent,
    /// A number without a unit: an index, a mean, kronor.
    Number,
}

/// What a run does with a source that can't be read, or breaks a rule under `[check.x]`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnBadSource {
    /// Nothing is published.
    #[default]
    Stop,
    /// The report is made without it, as without an optional source that was not delivered; it says so, and the
    /// program exits with code 1.
    Finish,
}

/// How the interval of a share is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntervalMethod {
    /// Wilson's score interval: the usual choice.
    Wilson,
    /// Exact, and wider: covers 95 % at least.
    ClopperPearson,
}
