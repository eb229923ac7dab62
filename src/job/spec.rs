//! The job file as written: a mirror of `pipelines/<job>.toml` and nothing else.
//!
//! In: TOML. Out: [`JobSpec`]. No references are resolved here (`compile` does), and no defaults beyond plain ones.
//! The JSON Schema that `kvalis schema` prints is derived from these types, and `load` checks a file against that
//! schema before serde sees it: what the schema says is what the loader accepts.

mod protect;

use schemars::JsonSchema;
use serde::Deserialize;

use super::charts::{ChartKind, charts};
use crate::measure::declared::{Declared, Entry};
use crate::measure::families::families;
use crate::measure::risk::spec::RiskScaleSpec;
use crate::vocabulary::spec::{CubeMode, Named, OnBadSource, OneOrMany, OutsidePeriod, RepeatedIds, SourceKind};

pub use crate::vocabulary::spec::Format;
pub use protect::{ExemptSpec, ProtectSpec};

macro_rules! job_spec {
    (
        { $($(#[$of_family:meta])* $family:ident: $measure:ident, $spec:ident, $plan:ident;)* }
        { $($(#[$of_chart:meta])* $chart:ident: $kind:ident;)* }
    ) => {
        /// A job: sources, measures, charts, tables, checks and chapters of one report.
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct JobSpec {
            pub job: JobHead,
            /// Colours and fonts of figures and pages; the bundled theme if absent.
            pub theme: Option<ThemeSpec>,
            /// Closed lists of categories with synonyms.
            #[serde(default)]
            pub category: Named<CategorySpec>,
            /// Avdelningar and their enheter, with renames.
            #[serde(default)]
            pub hierarchy: Named<HierarchySpec>,
            /// Scales of probability and consequence, and words for scores.
            #[serde(default)]
            pub risk_scale: Named<RiskScaleSpec>,
            #[serde(default)]
            pub source: Named<SourceSpec>,
            $(
                $(#[$of_family])*
                #[serde(default)]
                pub $family: Named<crate::measure::$family::spec::$spec>,
            )*
            $(
                $(#[$of_chart])*
                #[serde(default)]
                pub $chart: Named<ChartSpec>,
            )*
            /// Tables that chapters print.
            #[serde(default)]
            pub table: Named<TableSpec>,
            /// The numbers that matter, for the page "Året i siffror".
            #[serde(default)]
            pub key_number: Named<KeyNumberSpec>,
            /// Hides small counts and whatever they could be worked out from; off if absent.
            pub protect: Option<ProtectSpec>,
            /// Rules on the data.
            #[serde(default)]
            pub check: Named<CheckSpec>,
            #[serde(default)]
            pub chapter: Vec<ChapterSpec>,
        }

        impl JobSpec {
            /// The tables of measures, in the order in which they are compiled.
            pub fn measures(&self) -> Vec<(Entry<'_>, &dyn Declared)> {
                let mut all: Vec<(Entry, &dyn Declared)> = Vec::new();
                $(
                    for (name, table) in &self.$family {
                        all.push((Entry { family: stringify!($family), name }, table));
                    }
                )*
                all
            }

            /// The tables of charts.
            pub fn charts(&self) -> [(ChartKind, &Named<ChartSpec>); ChartKind::ALL.len()] {
                [$((ChartKind::$kind, &self.$chart)),*]
            }
        }
    };
}

families! { charts job_spec }

/// Who reports, for which period, from where, to where.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobHead {
    /// The report's title. `{period}` stands for the period's name.
    pub title: String,
    pub organisation: String,
    /// The committee that decides (nämnd).
    pub committee: Option<String>,
    /// A line for the decision on the first page: "Dnr … · beslutas …".
    pub decision: Option<String>,
    /// Date of the data, YYYY-MM-DD, printed on the first page; late actions are judged on it. Never the clock.
    pub as_of: String,
    pub period: PeriodSpec,
    /// Folder of the exports, relative to the job file. Default: the job file's folder.
    pub input: Option<String>,
    /// Folder of the templates, relative to the job file. Default: `../templates`.
    pub templates: Option<String>,
    /// Folder of the analyst's own texts, `<name of a room>.md`, relative to the job file. Default: the job's name.
    pub texts: Option<String>,
    /// Folder for results, relative to the working directory. Default: `output`.
    pub output: Option<String>,
    /// Report formats. Default: html.
    #[serde(default)]
    pub formats: Vec<Format>,
    /// A Word file or template (.docx, .dotx) that gives `report.docx` its styles, theme, fonts, header and footer, and
    /// page, relative to the job file. Default: the program's own looks.
    pub reference_docx: Option<String>,
    /// What happens when a source can't be read, or breaks a rule that stops: `stop` (default), or `finish` the rest of
    /// the report without it, say so in it and exit with code 1.
    #[serde(default)]
    pub on_bad_source: OnBadSource,
    /// Who counts: `polars` over Parquet (default), or `streaming` in the pass that reads the exports.
    #[serde(default)]
    pub cube: CubeMode,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodSpec {
    pub kind: PeriodKind,
    /// The year reported on; `--year` overrides it.
    pub year: i32,
    /// How many earlier periods belong to the data. Default 1.
    pub earlier: Option<u32>,
    /// quality_year only: month in which it begins. Default 9.
    pub first_month: Option<u8>,
    /// quality_year only: whether its name is the year in which it starts or ends. Default `end`.
    pub named_after: Option<YearEdge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// 1 January – 31 December.
    CalendarYear,
    /// Kvalitetsår: twelve months from `first_month`.
    QualityYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum YearEdge {
    Start,
    End,
}

/// Looks of figures, HTML, PDF and Word, set once. Colours as `#rrggbb`; the program checks their contrast.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeSpec {
    /// Colour of this period's bars and lines, of links and rules.
    pub accent: Option<String>,
    /// Up to six colours told apart in grey print and by colour-blind readers.
    #[serde(default)]
    pub palette: Vec<String>,
    /// Text.
    pub ink: Option<String>,
    /// Notes, last period, what stands back.
    pub muted: Option<String>,
    /// The page of HTML and PDF. Figures stand on white, so that they can be pasted elsewhere.
    pub ground: Option<String>,
    /// Light lines between rows and below headings.
    pub rule: Option<String>,
    /// Ground of remarks.
    pub note: Option<String>,
    /// Ground of the places for the analyst's judgement. Default: the page's.
    pub room: Option<String>,
    /// The municipality's own typeface by its name, with `font_regular` and `font_semibold`. Default: Source Sans 3.
    pub font: Option<String>,
    /// TrueType or OpenType file, relative to the job file.
    pub font_regular: Option<String>,
    /// Its heavier face, semibold or bold.
    pub font_semibold: Option<String>,
    /// SVG or PNG for the first page, relative to the job file.
    pub logo: Option<String>,
    /// What the logo says, for those who don't see it.
    pub logo_text: Option<String>,
}

/// A closed list of categories.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategorySpec {
    /// Canonical spellings in print order. Matching ignores case, space at the ends and Unicode form.
    pub values: Vec<String>,
    /// Other spellings and what they stand for.
    #[serde(default)]
    pub synonyms: Named<String>,
    /// Those of `values` that say little ("Övrigt"): drawn last and in grey.
    #[serde(default)]
    pub residual: Vec<String>,
    /// What an unknown spelling does: counted in its own named bucket with a warning (default), or a stop.
    #[serde(default)]
    pub unknown: Unknown,
    /// Name of the bucket of unknown spellings. Default "Okänd kategori".
    pub unknown_label: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    #[default]
    Bucket,
    Stop,
}

/// Groups (avdelningar) and their members (enheter).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HierarchySpec {
    /// Group → members, in print order.
    pub groups: Named<Vec<String>>,
    /// Units that changed name: matched like a category, from the given date on or always.
    #[serde(default)]
    pub renamed: Vec<RenameSpec>,
    /// What an unknown unit does.
    #[serde(default)]
    pub unknown: Unknown,
    pub unknown_label: Option<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameSpec {
    pub from: String,
    pub to: String,
    /// First day (YYYY-MM-DD) of rows to which the new name applies, by the source's period date; all rows if absent.
    pub valid_from: Option<String>,
    /// Last day of rows to which it applies.
    pub valid_to: Option<String>,
}

/// A set of exports with the same columns.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    pub kind: SourceKind,
    /// Name of the source as the report prints it.
    pub title: String,
    /// What one row is, in Swedish, for sentences: "avvikelse", "avvikelser".
    pub noun: Option<NounSpec>,
    /// File names or glob patterns, relative to the job's input folder. Read in name order.
    pub files: Vec<String>,
    /// The report can be made without it: where no file is found the source counts as not delivered, which is a
    /// warning, its measures have no values, and `delivered("source.x")` is false in templates. Default false: an error.
    #[serde(default)]
    pub optional: bool,
    /// Sheet names; all sheets that have the header if absent.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// Excel row of the (lowest) header row; found by the declared headers if absent.
    pub header_row: Option<u32>,
    /// How many rows the header takes, its cells joined from the top. Default 1.
    pub header_rows: Option<u32>,
    /// `auto` (default), `utf-8`, `windows-1252`, `utf-16le`, `utf-16be`.
    pub encoding: Option<String>,
    /// One character; found if absent.
    pub delimiter: Option<String>,
    /// First-cell texts that mark a row of totals. Default: Totalt, Total, Summa, Totalsumma, Samtliga (any case).
    pub total_labels: Option<Vec<String>>,
    /// Marks for nothing and what they mean. Default: `..` and X withheld, `-` `–` missing, `.` not applicable.
    pub missing: Option<Named<MissingMeaning>>,
    /// Date column that places a row in a period. Without it no row is outside the period.
    pub period_date: Option<String>,
    /// What happens to rows outside the job's periods. Default: dropped and counted.
    #[serde(default)]
    pub outside_period: OutsidePeriod,
    /// What several rows with one id mean. Default: the first is kept, the others are duplicates.
    #[serde(default)]
    pub repeated_ids: RepeatedIds,
    pub columns: Named<ColumnSpec>,
    /// Observations only: columns that each hold the value of one period, indicator or group.
    #[serde(default)]
    pub wide: Vec<WideSpec>,
    /// Observations only: under this many answers nothing is said about direction. Default 10. As the publishers say:
    /// SKR:s brukarundersökning IFO, LSS/SoL, placerade barn 10; SKR myndighetskontakt funktionshinder 5;
    /// Socialstyrelsens äldreundersökning 30; Öppna jämförelser gymnasium 30; Insikt 10.
    pub minimum_answers: Option<u32>,
    /// Observations only: constants for columns that the export lacks.
    #[serde(default)]
    pub fixed: Named<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NounSpec {
    /// "avvikelse"
    pub one: String,
    /// "avvikelser"
    pub many: String,
    /// True for ett-words.
    #[serde(default)]
    pub neuter: bool,
    /// "avvikelsen"
    pub definite: Option<String>,
    /// "avvikelserna"
    pub definite_many: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingMeaning {
    Missing,
    NotApplicable,
    Withheld,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Identifies an event. Exactly one per event source.
    Id,
    Date,
    /// Swedish or point decimals, thousands by space; per cent signs taken off.
    Number,
    /// Ja/Nej.
    YesNo,
    /// A label from a list (`list`) or as it stands.
    Category,
    /// Free text. Reaches Parquet masked; printed only by a register.
    Text,
}

/// A column of the export. Its name (the TOML key) is what measures call it.
///
/// In an observations source the names `indicator`, `area`, `period`, `group`, `value`, `n`, `goal` and `reference`
/// have that meaning; other names are further columns.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Header in the export; several spellings may be given. Matched ignoring case, space and line breaks.
    /// Absent only with `derive`.
    #[serde(default)]
    pub header: OneOrMany,
    pub kind: ColumnKind,
    /// What readers see. Default: the first header.
    pub label: Option<String>,
    /// A row without a valid value is rejected. Ids are always required.
    #[serde(default)]
    pub required: bool,
    /// Its cell text may be shown in messages, rejects.csv and the report.
    #[serde(default)]
    pub safe: bool,
    /// Separators of several values in one cell: ";", "|", "\n".
    #[serde(default)]
    pub split: Vec<String>,
    /// Date formats, strptime style. Default: %Y-%m-%d, %d/%m/%Y, %d.%m.%Y, %Y%m%d, %y%m%d, %Y-%m-%d %H:%M.
    #[serde(default)]
    pub formats: Vec<String>,
    /// `category.x` or `hierarchy.x`: the closed list that the values come from.
    pub list: Option<String>,
    /// A hierarchy column that this one (the groups) is derived from: the name of another column.
    pub derive: Option<String>,
    /// Name of the bucket of blank cells in counts. Default "Uppgift saknas".
    pub missing_label: Option<String>,
    /// Takes a blank cell's value from another column of the same kind.
    pub blank_from: Option<String>,
    /// A label stands only on the first row of its block.
    #[serde(default)]
    pub fill_down: bool,
    /// Category only: codes of so many digits, whose leading zeros a spreadsheet may have taken off (188 → 0188).
    pub pad: Option<u8>,
    /// Numbers are fractions 0–1 in the export and per cent in the report.
    #[serde(default)]
    pub fraction: bool,
    /// Text only: reaches Parquet as it is, without masking (the job declares it free of personal data).
    #[serde(default)]
    pub unmasked: bool,
}

/// A column of a wide table and what its values belong to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WideSpec {
    pub header: OneOrMany,
    /// `indicator`, `area`, `period` or `group` and the text that this column stands for.
    pub set: Named<String>,
    /// Values are fractions 0–1.
    #[serde(default)]
    pub fraction: bool,
}

/// A figure drawn from a measure.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// `family.name` of a measure. One figure per table if that measure has `each`.
    pub measure: String,
    /// Says what is shown. `{each}` stands for the value of `each`.
    pub title: String,
    /// Overrides the subtitle made from what, period and n.
    pub subtitle: Option<String>,
    /// Keys or labels of the table's columns to draw; all that fit the chart if absent.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Labels of rows to draw; all if absent.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Only the largest rows; the rest is said in the note.
    pub top: Option<u32>,
    /// Labels of rows for emphasis.
    #[serde(default)]
    pub emphasis: Vec<String>,
    /// heat: shade by share of the row or of the whole.
    pub shade: Option<Shade>,
    /// multiples: `line` (default) or `column`.
    pub mark: Option<Mark>,
    /// Lower and upper end of the value axis.
    pub axis: Option<[f64; 2]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shade {
    Row,
    Whole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Line,
    Column,
}

/// A table that chapters print.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    pub measure: String,
    /// Default: the measure's title. `{each}` stands for the value of `each`.
    pub title: Option<String>,
    /// Keys or labels of columns in print order; all if absent.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Last period in parentheses after this one, instead of in a column of its own.
    #[serde(default)]
    pub parentheses: bool,
    #[serde(default)]
    pub hide_total: bool,
    /// Shares with their interval: "28 % (24–33)". Needs `interval` on the measure.
    #[serde(default)]
    pub intervals: bool,
}

/// One of the year's numbers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyNumberSpec {
    pub label: String,
    pub measure: String,
    /// Row label; the total row if absent.
    pub row: Option<String>,
    /// Column key; the current period (or share) if absent.
    pub column: Option<String>,
    /// Column key of the value beside; last period if absent and there is one.
    pub beside: Option<String>,
    /// One sentence; a minijinja template like the chapters'.
    pub sentence: Option<String>,
}

/// A rule that the data must meet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckSpec {
    pub source: String,
    pub rows_at_least: Option<u64>,
    /// Largest share (0–1) of data rows that may be rejected.
    pub rejected_at_most: Option<f64>,
    /// No spelling outside the lists.
    #[serde(default)]
    pub no_unknown_category: bool,
    /// Event sources: how many days older than the job's `as_of` (or than the end of its period, if that is earlier)
    /// the newest row may be.
    pub max_age_days: Option<u32>,
    /// The last whole year, quarter or month before the job's `as_of` (or the end of its period) must hold a row.
    pub expected_period: Option<ExpectedPeriod>,
    /// A broken rule warns instead of stopping.
    #[serde(default)]
    pub warn_only: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExpectedPeriod {
    /// The job's period.
    Year,
    Quarter,
    Month,
}

/// A chapter: a Markdown template with minijinja.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChapterSpec {
    pub title: String,
    /// File under the templates folder.
    pub template: String,
    /// Sources (`source.x`, declared `optional`) that the chapter cannot be written without.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What happens when one of `needs` was not delivered: the chapter says so in one sentence (default), or it is left
    /// out. Sections of the template ask `chapter.says_missing`, so that they follow the same rule.
    #[serde(default)]
    pub when_missing: WhenMissing,
    /// Values that the template sees: `avdelning = "Vuxna"`.
    #[serde(default, rename = "with")]
    pub with_: Named<String>,
}

/// What a chapter does whose source was not delivered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhenMissing {
    /// One sentence says that the source was not delivered.
    #[default]
    Say,
    LeaveOut,
}
