//! Funnel: one indicator of all municipalities against the limits of chance.
//!
//! In: observations in long form, and how many stand behind each. Out: one row a municipality by code: value, size,
//! number, limits, and a word only beyond 99,8 %; the total row holds the centre line and the over-dispersion.
//! Unit: shares in per cent, ratios as they are. Rows: areas without a value or a size are left out, and those under the
//! least number of answers are counted in a note. Source: STATISTICS.md, 2 and 10.

pub(crate) mod compile;

mod family;

pub(crate) mod plan;

pub(crate) mod spec;

use std::collections::BTreeMap;

use super::comparison::cells::{Cells, Titles};
use super::formula::Formula;
use super::head::{self, column};
use super::notes::note;
use super::observations::{Observations, VALUE};
use super::selection::Reference;
use super::sheet::{Fields, Pick, Sheet};
use crate::diagnostic::Failure;
use crate::domain::kolada;
use crate::domain::said::Said;
use crate::domain::spc::Side;
use crate::domain::swedish::decimal;
use crate::domain::table::{NoteKind, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::domain::words::{NounForms, counted_in_words};
use crate::measure::funnel::plan::FunnelPlan;
use crate::measure::funnel::spec::FunnelKind;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::stats::funnel::{self, Funnel, Kind, Limits, Outside, Point};
use crate::store::Dataset;

const BLANK: Value = Value::Nothing(Nothing::Blank);

/// One municipality.
struct Member {
    code: String,
    /// As delivered.
    value: f64,
    point: Point,
    /// True if share times n is no whole number, within the rounding of the share.
    is_uneven: bool,
}

/// Who takes part, and who does not.
struct Taking {
    units: Vec<Member>,
    few: usize,
    without_size: usize,
}

/// The printed table.
pub(crate) fn sheet(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &FunnelPlan,
    observations: &Observations,
    datasets: &BTreeMap<String, Dataset>,
) -> Result<Sheet, Failure> {
    let cells = Cells::of(measure, &spec.among, &spec.conditions, observations)?;
    let areas = Titles::of(plan, spec.among.names, datasets);
    let taking = taking_part(spec, &cells);
    let points: Vec<Point> = taking.units.iter().map(|unit| unit.point).collect();
    let found = funnel::funnel(kind(spec), &points);
    let mut table = head::of_values(plan, measure, spec.what.clone(), spec.year.to_string());
    table.row_headers = vec![printed!("measure-municipality")];
    table.n = taking.units.len() as u64;
    table.notes = remarks(spec, &taking, found.as_ref());
    let members = taking.units.iter().enumerate().map(|(index, unit)| {
        let limits = found.as_ref().map(|funnel| (funnel.limits()[index], funnel.plain[index]));
        let label = areas.title(&unit.code).unwrap_or(&unit.code).to_string();
        (TableRow { label, ..TableRow::named(&unit.code, RowKind::Part) }, OfRow::Member(unit, limits))
    });
    let centre = || TableRow { label: printed!("measure-centre-line"), ..TableRow::total() };
    let centre = found.as_ref().map(|funnel| (centre(), OfRow::Centre(funnel)));
    let chart = Chart { source: measure.source, spec, cells: &cells, points: &points };
    Ok(Sheet::of(table, &chart.fields(), members.chain(centre)))
}

/// A municipality with the limits that hold and those of chance alone, or the centre line.
enum OfRow<'a> {
    Member(&'a Member, Option<(Limits, Limits)>),
    Centre(&'a Funnel),
}

/// What the cells are read from.
#[derive(Clone, Copy)]
struct Chart<'a> {
    source: usize,
    spec: &'a FunnelPlan,
    cells: &'a Cells<'a>,
    points: &'a [Point],
}

impl<'a> Chart<'a> {
    /// Worked out of some columns of all municipalities.
    fn of_all(self, how: &'static str, columns: &[usize], value: Value) -> Formula {
        let cells = columns.iter().flat_map(|column| (0..self.points.len()).map(move |row| (row, *column)));
        let cells: Vec<Reference> = cells.map(|(row, column)| Reference::In { row, column }).collect();
        Formula::of_cells(how, cells, value)
    }

    fn sum(self, pick: fn(&Point) -> f64) -> f64 {
        self.points.iter().map(pick).sum()
    }

    fn row(self, indicator: &str, code: &str) -> Option<usize> {
        self.cells.row(indicator, self.spec.year, kolada::EVERYBODY, code)
    }

    /// How many stand behind a value: another indicator, or a column of its row.
    fn size(self, member: &Member) -> Formula {
        let value = size(self.spec, member.point.size);
        match &self.spec.size {
            Some(indicator) => Formula::read(self.source, self.row(indicator, &member.code), VALUE, value),
            None => {
                let column = if self.spec.kind == FunnelKind::Proportion { "n" } else { "reference" };
                Formula::read(self.source, self.row(&self.spec.indicator, &member.code), column, value)
            }
        }
    }

    fn fields<'f>(self) -> Fields<'f, OfRow<'f>>
    where
        'a: 'f,
    {
        let (spec, mut fields) = (self.spec, Fields::new());
        let (unit, size_column) = (unit_of(spec), size_column(spec.kind));
        fields.add(head::period_column(spec.year, spec.year, unit), move |row: &OfRow| match row {
            OfRow::Member(member, _) => {
                let row = self.row(&spec.indicator, &member.code);
                Formula::read(self.source, row, VALUE, Value::Number(member.value))
            }
            OfRow::Centre(funnel) => {
                self.of_all("the centre line of", &[0, 1], Value::Number(funnel.centre * factor(spec)))
            }
        });
        fields.add(size_column, move |row| match row {
            OfRow::Member(member, _) => self.size(member),
            OfRow::Centre(_) => self.of_all("the sum of", &[1], size(spec, self.sum(|point| point.size))),
        });
        let x = column("x", word!("measure-count"), Role::Numerator, Unit::Number { decimals: 0 });
        fields.add(x, move |row| match row {
            OfRow::Member(member, _) => {
                let both = [Reference::Beside(0), Reference::Beside(1)];
                Formula::of_cells("the number that follows from", both, Value::Number(member.point.observed))
            }
            OfRow::Centre(_) => self.of_all("the sum of", &[2], Value::Number(self.sum(|point| point.observed))),
        });
        self.add_limits(&mut fields, unit);
        let dispersion: [(&str, &str, u8, Pick<Funnel, f64>); 2] = [
            ("phi", word!("measure-over-dispersion"), 2, |funnel| funnel.phi),
            ("tau2", word!("measure-between-municipalities"), 4, |funnel| funnel.tau2),
        ];
        for (key, label, decimals, of) in dispersion {
            fields.add(column(key, label, Role::Text, Unit::Number { decimals }), move |row| match row {
                OfRow::Member(..) => Formula::BLANK,
                OfRow::Centre(funnel) => self.of_all("the over-dispersion of", &[0, 1], Value::Number(of(funnel))),
            });
        }
        fields
    }

    /// The limits that hold, who is beyond them, and those of chance alone.
    fn add_limits<'f>(self, fields: &mut Fields<'f, OfRow<'f>>, unit: Unit)
    where
        'a: 'f,
    {
        let centre = Reference::In { row: self.points.len(), column: 0 };
        let of = [Reference::Beside(1), centre];
        let limit = move |row: &OfRow, value: &dyn Fn(&Member, &(Limits, Limits)) -> Value| match row {
            OfRow::Member(member, Some(limits)) => {
                Formula::of_cells("the limits of chance by", of, value(member, limits))
            }
            OfRow::Member(_, None) | OfRow::Centre(_) => Formula::BLANK,
        };
        for (key, label, pick) in ends() {
            fields.add(column(key, label, Role::Reference, unit), move |row| {
                limit(row, &|_, (holding, _)| Value::Number(pick(holding) * factor(self.spec)))
            });
        }
        fields.add(column("verdict", word!("measure-outside"), Role::Verdict, Unit::Text), move |row| {
            limit(row, &|member, (holding, _)| verdict(member, holding))
        });
        for (key, label, pick) in ends() {
            let column = column(format!("plain_{key}"), printed!("measure-by-chance-only", label), Role::Text, unit);
            fields.add(column, move |row| limit(row, &|_, (_, plain)| Value::Number(pick(plain) * factor(self.spec))));
        }
    }
}

/// Key, label and value of each limit.
fn ends() -> [(&'static str, &'static str, Pick<Limits, f64>); 4] {
    [
        ("lower_95", word!("measure-lower-95"), |limits| limits.lower_95),
        ("upper_95", word!("measure-upper-95"), |limits| limits.upper_95),
        ("lower_998", word!("measure-lower-998"), |limits| limits.lower_998),
        ("upper_998", word!("measure-upper-998"), |limits| limits.upper_998),
    ]
}

fn unit_of(spec: &FunnelPlan) -> Unit {
    match spec.kind {
        FunnelKind::Proportion => Unit::Percent { decimals: spec.decimals },
        FunnelKind::Ratio => Unit::Number { decimals: spec.decimals },
    }
}

/// How many stand behind a value.
fn size_column(kind: FunnelKind) -> TableColumn {
    let (label, unit) = match kind {
        FunnelKind::Proportion => (word!("measure-number-of-answers"), Unit::Count),
        FunnelKind::Ratio => (word!("measure-expected-number"), Unit::Number { decimals: 1 }),
    };
    column("n", label, Role::N, unit)
}

fn kind(spec: &FunnelPlan) -> Kind {
    match spec.kind {
        FunnelKind::Proportion => Kind::Proportion,
        FunnelKind::Ratio => Kind::Ratio,
    }
}

/// Shares are per cent in tables and fractions in formulas.
fn factor(spec: &FunnelPlan) -> f64 {
    if spec.kind == FunnelKind::Proportion { 100.0 } else { 1.0 }
}

fn taking_part(spec: &FunnelPlan, cells: &Cells) -> Taking {
    let mut taking = Taking { units: Vec::new(), few: 0, without_size: 0 };
    let name = if spec.kind == FunnelKind::Proportion { "n" } else { "reference" };
    for (code, value) in cells.all(&spec.indicator, spec.year) {
        let at = (spec.indicator.as_str(), spec.year, kolada::EVERYBODY, code);
        match cells.size(spec.size.as_deref(), name, at).filter(|size| *size > 0.0) {
            None => taking.without_size += 1,
            Some(size) if spec.least.is_some_and(|least| size < f64::from(least)) => taking.few += 1,
            Some(size) => taking.units.push(unit(spec, code, value, size)),
        }
    }
    taking
}

fn unit(spec: &FunnelPlan, code: &str, value: f64, size: f64) -> Member {
    let code = code.to_string();
    if spec.kind == FunnelKind::Ratio {
        return Member { code, value: value / size, point: Point { observed: value, size }, is_uneven: false };
    }
    let whole = whole_number(value, size);
    let observed = whole.unwrap_or(value * size / 100.0).clamp(0.0, size);
    Member { code, value, point: Point { observed, size }, is_uneven: whole.is_none() }
}

/// x of n from a share in per cent: the product where it is whole, or the only whole number whose share is rounded so.
fn whole_number(percent: f64, n: f64) -> Option<f64> {
    let product = percent * n / 100.0;
    let shown = format!("{percent}");
    let decimals = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(12) as i32);
    let reach = n * 0.5 * 10_f64.powi(-decimals) / 100.0 + 1e-9 * n;
    let nearest = product.round();
    let distance = (product - nearest).abs();
    let is_only_one = reach < 0.5 && distance <= reach;
    (n.fract() == 0.0 && (is_only_one || distance <= 1e-9 * n)).then_some(nearest)
}

fn size(spec: &FunnelPlan, size: f64) -> Value {
    if spec.kind == FunnelKind::Proportion && size.fract() == 0.0 {
        Value::Count(size as i64)
    } else {
        Value::Number(size)
    }
}

/// A word only beyond 99,8 %: of 290 municipalities some fifteen are beyond 95 % by chance.
fn verdict(unit: &Member, limits: &Limits) -> Value {
    match funnel::outside(unit.point.observed / unit.point.size, limits) {
        Outside::Above998 => Value::Said(Said::Beyond(Side::Up)),
        Outside::Below998 => Value::Said(Said::Beyond(Side::Down)),
        Outside::Beyond95 | Outside::No => BLANK,
    }
}

fn remarks(spec: &FunnelPlan, taking: &Taking, funnel: Option<&Funnel>) -> Vec<crate::domain::table::TableNote> {
    let mut notes = Vec::new();
    let outside = word!("measure-funnel-outside-note");
    match funnel {
        None => notes.push(printed!("measure-funnel-no-limits")),
        Some(funnel) => {
            notes.push(outside.to_string());
            notes.push(dispersion(funnel));
        }
    }
    let uneven = taking.units.iter().filter(|unit| unit.is_uneven).count();
    if uneven > 0 {
        let text = printed!("measure-funnel-products", names = municipalities(uneven));
        notes.push(text);
    }
    let mut notes: Vec<_> = notes.into_iter().map(|text| note(NoteKind::Other, text)).collect();
    if let (Some(least), 1..) = (spec.least, taking.few) {
        let text = printed!("measure-funnel-few-answers", names = with_capital(&municipalities(taking.few)), least);
        notes.push(note(NoteKind::FewAnswers, text));
    }
    if taking.without_size > 0 {
        let text = printed!("measure-funnel-without-size", names = with_capital(&municipalities(taking.without_size)));
        notes.push(note(NoteKind::Missing, text));
    }
    notes
}

/// "en kommun", "12 kommuner", "13 kommuner".
fn municipalities(count: usize) -> String {
    counted_in_words(count as i64, NounForms { one: "kommun", many: "kommuner", neuter: false })
}

/// At the beginning of a sentence.
fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn dispersion(funnel: &Funnel) -> String {
    let (phi, tau2) = (decimal(funnel.phi, 2), decimal(funnel.tau2, 4));
    if funnel.is_adjusted() {
        printed!("measure-funnel-over-dispersed", phi, tau2)
    } else {
        printed!("measure-funnel-not-over-dispersed", phi)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::MeasureTable;
    use crate::domain::table::Nothing;
    use crate::measure::comparison::plan::AmongPlan;
    use crate::measure::fixtures::{notes, observations, table_of};
    use crate::measure::plan::MeasureKind;

    fn spec() -> FunnelPlan {
        FunnelPlan {
            what: "andel positiva svar, procent".into(),
            kind: FunnelKind::Proportion,
            among: AmongPlan { own: "0188".into(), codes: Vec::new(), label: "kommuner".into(), names: None },
            year: 2023,
            indicator: "U1".into(),
            size: Some("N1".into()),
            conditions: Vec::new(),
            decimals: 0,
            least: Some(10),
        }
    }

    /// Share and number of answers by area.
    fn funnel_of(spec: FunnelPlan, areas: &[(&str, &str, &str)]) -> MeasureTable {
        let rows: Vec<[&str; 9]> = areas
            .iter()
            .flat_map(|(area, share, n)| {
                [["U1", *area, "2023", *share, "", "", "", "", ""], ["N1", *area, "2023", *n, "", "", "", "", ""]]
            })
            .collect();
        let (plan, data) = observations(&rows);
        table_of(&plan, &data, MeasureKind::Funnel(spec))
    }

    #[test]
    fn x_is_whole_only_when_the_share_can_come_from_one_number() {
        assert_eq!(whole_number(65.78947368, 38.0), Some(25.0));
        assert_eq!(whole_number(66.0, 38.0), Some(25.0));
        assert_eq!(whole_number(66.1, 4001.0), None, "too many numbers have a share that is rounded so");
        assert_eq!(whole_number(65.1234, 38.0), None);
        assert_eq!((whole_number(0.0, 5.0), whole_number(100.0, 5.0)), (Some(0.0), Some(5.0)));
        assert_eq!(whole_number(50.0, 7.5), None);
    }

    proptest::proptest! {
        #[test]
        fn every_share_with_eight_decimals_gives_its_number_back(x in 0u32..5000, more in 0u32..5000) {
            let n = x + more;
            proptest::prop_assume!(n > 0);
            let delivered = (f64::from(x) * 1e10 / f64::from(n)).round() / 1e8;
            proptest::prop_assert_eq!(whole_number(delivered, f64::from(n)), Some(f64::from(x)));
        }
    }

    #[test]
    fn the_far_away_get_a_word_and_the_few_are_left_out() {
        let rows = [
            ("0188", "20", "200"),
            ("9901", "50", "100"),
            ("9902", "50.5", "200"),
            ("9903", "49", "100"),
            ("9904", "50", "8"),
            ("0000", "99", "999"),
            ("9905", "51", "100"),
            ("9906", "50", "100"),
            ("9907", "52", "100"),
            ("9908", "48", "100"),
            ("9909", "50", "100"),
            ("9910", "53", "100"),
            ("9911", "50", ""),
        ];
        let table = funnel_of(spec(), &rows);
        let labels: Vec<&str> = table.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!((labels[0], labels.len(), table.n), ("0188", 11, 10));
        let verdict = table.column("verdict").expect("a column");
        assert_eq!(table.rows[0].values[verdict], Value::Said(Said::Beyond(Side::Down)));
        assert_eq!(table.rows[1].values[verdict], Value::Nothing(Nothing::Blank));
        let notes = notes(&table).join(" ");
        assert!(notes.contains("En kommun med färre än 10 svar ingår inte"), "{notes}");
        assert!(notes.contains("En kommun utan uppgift om antal"), "{notes}");
    }

    #[test]
    fn a_ratio_is_observed_to_expected() {
        let table = funnel_of(
            FunnelPlan { kind: FunnelKind::Ratio, decimals: 2, least: None, ..spec() },
            &[("0188", "30", "10"), ("9901", "12", "11.5"), ("9902", "9", "10")],
        );
        assert_eq!(table.rows[0].values[0], Value::Number(3.0));
        assert_eq!(table.total_row().map(|row| row.values[0].clone()), Some(Value::Number(1.0)));
    }
}
