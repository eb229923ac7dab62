//! The job file as written: a mirror of `pipelines/<job>.toml` and nothing else.
//!
//! In: TOML. Out: [`JobSpec`]. No references are resolved here (`compile` does), and no defaults beyond plain ones.
//! The JSON Schema that `kvalis schema` prints is derived from these types, and `load` checks a file against that
//! schema before serde sees it: what the schema says is what the loader accepts.

mod protect;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::domain::period::PeriodRule;
use crate::measure::declared::{Declared, Entry};
use crate::measure::families::families;
use crate::measure::risk::spec::RiskScaleSpec;
use crate::vocabulary::charts::{ChartKind, charts};
use crate::vocabulary::limits::{self, Limits};
use crate::vocabulary::spec::Covers;
use crate::vocabulary::spec::{CubeMode, Named, OnBadSource, OneOrMany, OutsidePeriod, RepeatedIds, SourceKind, Where};

pub use crate::vocabulary::spec::Format;
pub use protect::{ExemptSpec, ProtectSpec};

macro_rules! job_spec {
    (
        { $($(#[$of_family:meta])* $family:ident: $measure:ident, $spec:ident, $plan:ident;)* }
        { $($(#[$of_chart:meta])* $chart:ident: $kind:ident, $own:expr;)* }
    ) => {
        /// A job: sources, measures, charts, tables, checks and chapters of one report.
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct JobSpec {
            /// Who reports, for which period, from where, to where.
            pub job: JobHead,
            /// Colours and fonts of figures and pages. Default: the bundled theme.
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
            /// A set of exports with the same columns: where the files lie, what is in them and how it is read.
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
            /// Hides small counts and whatever they could be worked out from. Default: nothing is hidden.
            pub protect: Option<ProtectSpec>,
            /// What a file may ask of the machine, so that a small one cannot take it. Default: enough for exports of
            /// a million rows.
            #[serde(default, deserialize_with = "limits::from_table")]
            pub limits: Limits,
            /// Rules on the data.
            #[serde(default)]
            pub check: Named<CheckSpec>,
            /// The chapters of the report, in the file's order. Without any, a run leaves tables and data, and no
            /// report.
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
    /// The report's title. `{period}` stands for the period's name, here and in any other text of this file, as
    /// `{year}`, `{year-1}`, `{year+1}` and so on stand for its year and those around it, and `{period.start}` and
    /// `{period.end}` for its first and last day. So the year is said once.
    pub title: String,
    /// Whose report it is, as the first page says.
    pub organisation: String,
    /// The committee that decides (nämnd), named on the first page. Default: none.
    pub committee: Option<String>,
    /// A line for the decision on the first page: "Dnr … · beslutas …". Default: none.
    pub decision: Option<String>,
    /// Date of the data, YYYY-MM-DD, printed on the first page; late actions are judged on it. Never the clock. Not before
    /// the period ends, nor after the next one has.
    pub as_of: String,
    /// The period that is reported on.
    pub period: PeriodSpec,
    /// Folder of the exports, relative to the job file. Default: the job file's folder.
    pub input: Option<String>,
    /// Folder of the templates, relative to the job file. Default: `../templates`.
    pub templates: Option<String>,
    /// Folder of the analyst's own texts, `<year>/<name of a room>.md`, relative to the job file. Default: the job's name.
    pub texts: Option<String>,
    /// Folder for results, relative to the working directory. Default: `output`.
    pub output: Option<String>,
    /// Report formats. Default: html.
    #[serde(default)]
    pub formats: Vec<Format>,
    /// A Word file or template (.docx, .dotx) that gives `report.docx` its styles, theme, fonts, header and footer, and
    /// page, relative to the job file. Default: the program's own looks.
    pub reference_docx: Option<String>,
    /// What happens when a source can't be read, or breaks a rule that stops. Default `stop`.
    #[serde(default)]
    pub on_bad_source: OnBadSource,
    /// Who counts; the numbers are the same. Default `polars`.
    #[serde(default)]
    pub cube: CubeMode,
}

/// The twelve months that are reported on, and those before them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodSpec {
    /// Which twelve months a period is.
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

impl PeriodSpec {
    /// How the job divides time into years; a month that is none counts as the default.
    pub fn rule(&self) -> PeriodRule {
        if self.kind == PeriodKind::CalendarYear {
            return PeriodRule::CALENDAR;
        }
        let first_month = self.first_month.filter(|month| (1..=12).contains(month)).unwrap_or(9);
        PeriodRule { first_month, named_after_end: self.named_after.unwrap_or(YearEdge::End) == YearEdge::End }
    }
}

/// What a period of the job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// 1 January – 31 December.
    CalendarYear,
    /// Kvalitetsår: twelve months from `first_month`.
    QualityYear,
}

/// The year that a quality year is named after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum YearEdge {
    /// Quality year 2022 begins in 2022.
    Start,
    /// Quality year 2023 ends in 2023.
    End,
}

/// Looks of figures, HTML, PDF and Word, set once. Colours as `#rrggbb`; the program checks their contrast.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeSpec {
    /// Colour of this period's bars and lines, of links and rules. Default `#1f5a7a`.
    pub accent: Option<String>,
    /// Up to six colours told apart in grey print and by colour-blind readers. Default: the bundled six.
    #[serde(default)]
    pub palette: Vec<String>,
    /// Text. Default `#1a1a1a`.
    pub ink: Option<String>,
    /// Notes, last period, what stands back. Default `#5c6670`.
    pub muted: Option<String>,
    /// The page of HTML and PDF. Figures stand on white, so that they can be pasted elsewhere. Default `#ffffff`.
    pub ground: Option<String>,
    /// Light lines between rows and below headings. Default `#d4d4d4`.
    pub rule: Option<String>,
    /// Ground of remarks. Default `#f4f4f2`.
    pub note: Option<String>,
    /// Ground of the places for the analyst's judgement. Default: the page's.
    pub room: Option<String>,
    /// The municipality's own typeface by its name, with `font_regular` and `font_semibold`. Default: Source Sans 3.
    pub font: Option<String>,
    /// TrueType or OpenType file, relative to the job file. Default: none; needed with `font`.
    pub font_regular: Option<String>,
    /// Its heavier face, semibold or bold. Default: none; needed with `font`.
    pub font_semibold: Option<String>,
    /// SVG or PNG for the first page, relative to the job file. Default: none.
    pub logo: Option<String>,
    /// What the logo says, for those who don't see it. Default: none; needed with `logo`.
    pub logo_text: Option<String>,
}

/// A closed list of categories.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategorySpec {
    /// Canonical spellings in print order. Matching ignores case, space at the ends and Unicode form.
    pub values: Vec<String>,
    /// Other spellings and what they stand for. Default: none.
    #[serde(default)]
    pub synonyms: Named<String>,
    /// Those of `values` that say little ("Övrigt"): drawn last and in grey.
    #[serde(default)]
    pub residual: Vec<String>,
    /// What a spelling does that is neither a value nor a synonym. Default `bucket`.
    #[serde(default)]
    pub unknown: Unknown,
    /// Name of the bucket of unknown spellings. Default "Okänd kategori".
    pub unknown_label: Option<String>,
}

/// What becomes of a value outside its list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// Counted in a bucket of its own (`unknown_label`), with a warning.
    #[default]
    Bucket,
    /// The run stops and names the spelling, where its column is `safe`.
    Stop,
}

/// Groups (avdelningar) and their members (enheter).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HierarchySpec {
    /// Group → members, in print order.
    pub groups: Named<Vec<String>>,
    /// Units that changed name: matched like a category, from the given date on or always. Default: none.
    #[serde(default)]
    pub renamed: Vec<RenameSpec>,
    /// What a unit does that is in no group. Default `bucket`.
    #[serde(default)]
    pub unknown: Unknown,
    /// Name of the bucket of unknown units. Default "Okänd enhet".
    pub unknown_label: Option<String>,
}

/// A unit that changed name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameSpec {
    /// The name as the export writes it.
    pub from: String,
    /// The member, or group, that it stands for.
    pub to: String,
    /// First day (YYYY-MM-DD) of rows to which the new name applies, by the source's period date. Default: no first
    /// day.
    pub valid_from: Option<String>,
    /// Last day (YYYY-MM-DD) of rows to which it applies. Default: no last day.
    pub valid_to: Option<String>,
}

/// A set of exports with the same columns.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// What one row is, and how rows are counted.
    pub kind: SourceKind,
    /// Name of the source as the report prints it.
    pub title: String,
    /// What one row is, in Swedish, for sentences: "avvikelse", "avvikelser". Default: rapport, värde or post, by
    /// `kind`.
    pub noun: Option<NounSpec>,
    /// File names or glob patterns, relative to the job's input folder. Read in name order.
    pub files: Vec<String>,
    /// The report can be made without it: where no file is found the source counts as not delivered, which is a
    /// warning, its measures have no values, and `delivered("source.x")` is false in templates. Default false: an error.
    #[serde(default)]
    pub optional: bool,
    /// Sheet names, for workbooks. Default: all sheets that have the header.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// Excel row of the (lowest) header row, from 1. Default: found by the declared headers.
    pub header_row: Option<u32>,
    /// How many rows the header takes, 1 to 5, its cells joined from the top. Default 1.
    pub header_rows: Option<u32>,
    /// Of delimited text: `auto`, `utf-8`, `windows-1252`, `utf-16le` or `utf-16be`. Default `auto`.
    pub encoding: Option<String>,
    /// One character between the cells of delimited text: ";", ",", "|", "\t". Default: found.
    pub delimiter: Option<String>,
    /// First-cell texts that mark a row of totals. Default: Totalt, Total, Summa, Totalsumma, Samtliga (any case).
    pub total_labels: Option<Vec<String>>,
    /// Marks for nothing and what they mean. Default: `..` and X withheld, `-` `–` missing, `.` not applicable.
    pub missing: Option<Named<MissingMeaning>>,
    /// Date column that places a row in a period. Default: none; no row is then outside the period, and nothing is
    /// counted by time.
    pub period_date: Option<String>,
    /// What happens to rows outside the job's periods. Default `drop`.
    #[serde(default)]
    pub outside_period: OutsidePeriod,
    /// Events only: what the rows are expected to cover. An export that begins late, stops short or has a hole that is
    /// longer than chance, and that the year before did not have, stops the run. Default `period`.
    #[serde(default)]
    pub covers: Covers,
    /// Events only: from which day the rows of some values are in the export, where it reaches further back for others.
    /// In a period that begins earlier a table of theirs (`each`) has no numbers. Default: what has no row in a period is
    /// zero there.
    #[serde(default)]
    pub known_from: Vec<KnownFromSpec>,
    /// What several rows with one id mean. Default `first`.
    #[serde(default)]
    pub repeated_ids: RepeatedIds,
    /// The columns that are read, by the names that measures call them. A column of the export that is not here is
    /// never read.
    pub columns: Named<ColumnSpec>,
    /// Observations only: columns that each hold the value of one period, indicator or group. Default: none.
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

/// From which day the rows of some values are in an export.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownFromSpec {
    /// The values, by column.
    #[serde(rename = "where")]
    pub where_: Where,
    /// The first day that their rows can be of: "2023-01-01".
    pub day: String,
}

/// What one row is called, in Swedish.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NounSpec {
    /// One of them: "avvikelse".
    pub one: String,
    /// Several of them: "avvikelser".
    pub many: String,
    /// True for ett-words: "ett klagomål".
    #[serde(default)]
    pub neuter: bool,
    /// Its definite form: "avvikelsen". Default: none; a template that asks for it is then refused.
    pub definite: Option<String>,
    /// The definite form of many: "avvikelserna". Default: none; a template that asks for it is then refused.
    pub definite_many: Option<String>,
}

/// What a mark in a cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingMeaning {
    /// There is a value, and nobody has given it.
    Missing,
    /// There can be no value.
    NotApplicable,
    /// There is a value, and the publisher hides it.
    Withheld,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Identifies an event. Exactly one per event source.
    Id,
    /// A day, as a date cell or as text in one of `formats`.
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
    /// Header in the export; several spellings may be given. Matched ignoring case, space and line breaks. Default:
    /// none; only a column with `derive` has none.
    #[serde(default)]
    pub header: OneOrMany,
    /// What the cells hold.
    pub kind: ColumnKind,
    /// What readers see. Default: the first header.
    pub label: Option<String>,
    /// A row without a valid value is rejected. Ids are always required.
    #[serde(default)]
    pub required: bool,
    /// Its cell text may be shown in messages, rejects.csv and the report. True only of columns that hold no personal
    /// data.
    #[serde(default)]
    pub safe: bool,
    /// Separators of several values in one cell: ";", "|", "\n". For category and text. Default: none; a cell holds one
    /// value.
    #[serde(default)]
    pub split: Vec<String>,
    /// Date formats, strptime style. Default: %Y-%m-%d, %d/%m/%Y, %d.%m.%Y, %Y%m%d, %y%m%d, %Y-%m-%d %H:%M.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Category only: `category.x` or `hierarchy.x` (its members; `hierarchy.x.groups` its groups), the closed list
    /// that the values come from. Default: none; values are taken as they stand.
    pub list: Option<String>,
    /// Category only: the hierarchy column whose groups this one holds; it has no header of its own. Default: none.
    pub derive: Option<String>,
    /// Name of the bucket of blank cells in counts. Default "Uppgift saknas".
    pub missing_label: Option<String>,
    /// Takes a blank cell's value from another column of the same kind. Default: none; a blank cell stays blank.
    pub blank_from: Option<String>,
    /// A label stands only on the first row of its block: blank cells take the value above.
    #[serde(default)]
    pub fill_down: bool,
    /// Category only: codes of so many digits, 2 to 20, whose leading zeros a spreadsheet may have taken off (188 →
    /// 0188). Default: none; codes are taken as they stand.
    pub pad: Option<u8>,
    /// Number only: fractions 0–1 in the export, per cent in the report.
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
    /// Header of the column in the export; several spellings may be given.
    pub header: OneOrMany,
    /// `indicator`, `area`, `period` or `group` and the text that this column stands for.
    pub set: Named<String>,
    /// Values are fractions 0–1 in the export, per cent in the report.
    #[serde(default)]
    pub fraction: bool,
}

/// A figure drawn from a measure.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// `family.name` of a measure, or `family.name/value` for one table of its `each`. One figure per table if that
    /// measure has `each`.
    pub measure: String,
    /// Says what is shown. `{each}` stands for the value of `each`.
    pub title: String,
    /// What stands below the title. Default: made from what, period and n.
    pub subtitle: Option<String>,
    /// Keys or labels of the table's columns to draw. Default: all that fit the chart.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Labels of rows to draw. Default: all.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Only so many rows, the largest; the rest is said in the note. Default: all.
    pub top: Option<u32>,
    /// Labels of rows for emphasis. Default: none; in a comparison our own row.
    #[serde(default)]
    pub emphasis: Vec<String>,
    /// heat: what the shade of a cell is a share of. Default `whole`.
    pub shade: Option<Shade>,
    /// multiples: what is drawn. Default `line`.
    pub mark: Option<Mark>,
    /// Lower and upper end of the value axis. Default: from the values.
    pub axis: Option<[f64; 2]>,
}

/// What the tone of a cell is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shade {
    /// Of its row: where each row's events lie.
    Row,
    /// Of the whole table: where most events lie.
    Whole,
}

/// How values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A line.
    Line,
    /// Columns.
    Column,
}

/// A table that chapters print.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// `family.name` of a measure, or `family.name/value` for one table of its `each`. One table per value if that
    /// measure has `each`.
    pub measure: String,
    /// What the report calls the table; `{each}` stands for the value of `each`. Default: the measure's title.
    pub title: Option<String>,
    /// Keys or labels of columns in print order. Default: all.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Last period in parentheses after this one, instead of in a column of its own.
    #[serde(default)]
    pub parentheses: bool,
    /// Leaves out the row of totals.
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
    /// What the number is, above it: "Lex Sarah-rapporter".
    pub label: String,
    /// `family.name` of a measure that is one table, or `family.name/value`.
    pub measure: String,
    /// Row label. Default: the row of totals.
    pub row: Option<String>,
    /// Key or label of the column. Default: this period's, or the share.
    pub column: Option<String>,
    /// Key or label of the column whose value stands beside. Default: last period's, if there is one.
    pub beside: Option<String>,
    /// One sentence; a minijinja template like the chapters'. Default: none.
    pub sentence: Option<String>,
}

/// A rule that the data must meet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckSpec {
    /// `source.x` that must meet the rule.
    pub source: String,
    /// Fewest data rows that the source must have. Default: no rule.
    pub rows_at_least: Option<u64>,
    /// Largest share (0–1) of data rows that may be rejected. Default: no rule.
    pub rejected_at_most: Option<f64>,
    /// No cell may hold a spelling outside the lists.
    #[serde(default)]
    pub no_unknown_category: bool,
    /// Event sources: how many days older than the job's `as_of` (or than the end of its period, if that is earlier)
    /// the newest row may be. Default: no rule.
    pub max_age_days: Option<u32>,
    /// The last whole year, quarter or month before the job's `as_of` (or the end of its period) must hold a row.
    /// Default: no rule.
    pub expected_period: Option<ExpectedPeriod>,
    /// A broken rule warns instead of stopping.
    #[serde(default)]
    pub warn_only: bool,
}

/// Which period must have rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExpectedPeriod {
    /// The job's period.
    Year,
    /// A quarter of the job's period.
    Quarter,
    /// A calendar month.
    Month,
}

/// A chapter: a Markdown template with minijinja.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChapterSpec {
    /// The chapter's heading.
    pub title: String,
    /// File under the templates folder.
    pub template: String,
    /// Sources (`source.x`, declared `optional`) that the chapter cannot be written without. Default: none.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What happens when one of `needs` was not delivered. Sections of the template ask `chapter.says_missing`, so that
    /// they follow the same rule. Default `say`.
    #[serde(default)]
    pub when_missing: WhenMissing,
    /// Values that the template sees: `avdelning = "Vuxna"`. Default: none.
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
    /// The chapter is left out.
    LeaveOut,
}
