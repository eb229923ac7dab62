//! What a source asks of its files: the columns to look for, and what tells a total row from a data row.
//!
//! In: a [`SourcePlan`]. Out: [`Asked`], folded once for all files. Reads nothing.

use crate::domain::spelling::fold;
use crate::vocabulary::limits::Limits;
use crate::vocabulary::plan::{ColumnPlan, Layout, SourcePlan, WidePlan};
use crate::vocabulary::spec::SourceKind;

/// One column that must stand in the header.
#[derive(Debug, Clone)]
pub(super) struct AskedColumn {
    /// The first declared header, for messages.
    pub header: String,
    /// Accepted headers, folded.
    pub spellings: Vec<String>,
    /// As the job calls it; empty for one of `wide`.
    pub name: String,
    /// The period that one of `wide` stands for.
    pub period: Option<String>,
}

/// The asked-for columns in batch order, the layout, and the roles that decide fates.
#[derive(Debug)]
pub(super) struct Asked {
    pub source: String,
    pub columns: Vec<AskedColumn>,
    pub layout: Layout,
    pub limits: Limits,
    pub kind: SourceKind,
    /// Batch column of the indicator, whose names may begin with a total label.
    pub indicator: Option<usize>,
    /// Read every column of the sheet, the asked-for ones first.
    pub every_column: bool,
    /// Batch column of the group (T/K/M), where "Totalt" is data.
    pub group: Option<usize>,
}

impl Asked {
    pub(super) fn of(source: &SourcePlan) -> Asked {
        let read = source.columns.iter().filter(|column| !column.headers.is_empty());
        let names: Vec<&str> = read.clone().map(|column| column.name.as_str()).collect();
        let wide = source.wide.iter().map(AskedColumn::wide);
        let place = |name: &str| names.iter().position(|known| *known == name);
        Asked {
            source: source.name.clone(),
            columns: read.map(AskedColumn::declared).chain(wide).collect(),
            layout: source.layout.clone(),
            limits: source.limits,
            kind: source.kind,
            every_column: false,
            indicator: place("indicator"),
            group: place("group"),
        }
    }

    /// All that a sheet has, for a look at what the job leaves out.
    pub(super) fn with_every_column(self) -> Asked {
        Asked { every_column: true, ..self }
    }

    /// How many columns are asked for by name.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The heading of the source's table in the job file, for help texts.
    pub(super) fn table(&self) -> String {
        format!("[source.{}]", self.source)
    }

    /// How many rows the header takes; at least one.
    pub(super) fn header_rows(&self) -> usize {
        self.layout.header_rows.max(1) as usize
    }
}

impl AskedColumn {
    fn declared(column: &ColumnPlan) -> AskedColumn {
        AskedColumn { name: column.name.clone(), ..AskedColumn::of(&column.headers) }
    }

    fn wide(column: &WidePlan) -> AskedColumn {
        let period = column.set.iter().find(|(name, _)| name == "period");
        AskedColumn { period: period.map(|(_, period)| period.clone()), ..AskedColumn::of(&column.headers) }
    }

    fn of(headers: &[String]) -> AskedColumn {
        AskedColumn {
            header: headers.first().cloned().unwrap_or_default(),
            spellings: headers.iter().map(|header| fold(header)).collect(),
            name: String::new(),
            period: None,
        }
    }

    /// True if a header is one of those that it may have.
    pub(super) fn is(&self, header: &str) -> bool {
        self.spellings.contains(&fold(header))
    }
}
