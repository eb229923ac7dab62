//! Funnel: one indicator of all municipalities against the limits of chance.
//!
//! In: observations in long form, and how many stand behind each. Out: one row a municipality by code: value, size,
//! number, limits, and a word only beyond 99,8 %; the total row holds the centre line and the over-dispersion.
//! Unit: shares in per cent, ratios as they are. Rows: areas without a value or a size are left out, and those under the
//! least number of answers are counted in a note. Source: STATISTICS.md, 2 and 10.

pub mod compile;

mod family;

pub mod plan;

pub mod spec;

use std::collections::BTreeMap;

use super::comparison::cells::{Cells, Titles};
use super::head::{self, column};
use super::membership::{Definition, Definitions, Reference};
use super::notes::note;
use super::observations::{Observations, VALUE};
use crate::diagnostic::Failure;
use crate::domain::kolada;
use crate::domain::swedish::decimal;
use crate::domain::table::{MeasureTable, NoteKind, Nothing, Role, RowKind, TableColumn, TableRow, Unit, Value};
use crate::domain::words::{NounForms, counted_in_words};
use crate::measure::funnel::plan::FunnelPlan;
use crate::measure::funnel::spec::FunnelKind;
use crate::measure::plan::MeasurePlan;
use crate::measure::plan::Plan;
use crate::stats::funnel::{self, Funnel, Kind, Limits, Outside, Point};
use crate::store::Dataset;

/// Label of the row that holds the centre line.
const CENTRE: &str = "Centrumlinje";
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
pub fn table(
    plan: &Plan,
    measure: &MeasurePlan,
    spec: &FunnelPlan,
    observations: &Observations,
    datasets: &BTreeMap<String, Dataset>,
) -> Result<MeasureTable, Failure> {
    let cells = Cells::of(measure, &spec.among, &spec.conditions, observations)?;
    let areas = Titles::of(plan, spec.among.names, datasets);
    let taking = taking_part(spec, &cells);
    let points: Vec<Point> = taking.units.iter().map(|unit| unit.point).collect();
    let found = funnel::funnel(kind(spec), &points);
    let mut table = head::table(plan, measure, spec.what.clone(), spec.year.to_string());
    table.row_headers = vec!["Kommun".to_string()];
    table.columns = columns(spec);
    for (index, unit) in taking.units.iter().enumerate() {
        let label = areas.title(&unit.code).unwrap_or(&unit.code).to_string();
        let limits = found.as_ref().map(|funnel| (funnel.limits()[index], funnel.plain[index]));
        let values = values(spec, unit, limits);
        table.rows.push(TableRow { key: vec![unit.code.clone()], label, level: 0, kind: RowKind::Part, values });
    }
    table.rows.extend(found.as_ref().map(|funnel| centre(spec, funnel, &points)));
    table.n = taking.units.len() as u64;
    table.notes = remarks(spec, &taking, found.as_ref());
    Ok(table)
}

/// The definitions of the printed table.
pub fn definitions(
    measure: &MeasurePlan,
    spec: &FunnelPlan,
    observations: &Observations,
    table: &MeasureTable,
) -> Result<Definitions, Failure> {
    let cells = Cells::of(measure, &spec.among, &spec.conditions, observations)?;
    let source = measure.source;
    let row_of = |indicator: &str, area: &str| cells.row(indicator, spec.year, kolada::EVERYBODY, area);
    let of_size = if spec.kind == FunnelKind::Proportion { "n" } else { "reference" };
    let members: Vec<usize> = (0..table.rows.len()).filter(|row| table.rows[*row].kind == RowKind::Part).collect();
    let of_all = |how, columns: &[usize]| Definition::Computed {
        how,
        cells: columns
            .iter()
            .flat_map(|column| members.iter().map(|row| Reference::In { row: *row, column: *column }))
            .collect(),
        rows: Vec::new(),
    };
    let rows = table.rows.iter().map(|row| {
        let mut columns = vec![Definition::Nothing; table.columns.len()];
        let Some(code) = row.key.first() else {
            columns[0] = of_all("the centre line of", &[0, 1]);
            columns[1] = of_all("the sum of", &[1]);
            columns[2] = of_all("the sum of", &[2]);
            columns[12] = of_all("the over-dispersion of", &[0, 1]);
            columns[13] = of_all("the over-dispersion of", &[0, 1]);
            return columns;
        };
        columns[0] = Definition::value(source, row_of(&spec.indicator, code), VALUE);
        columns[1] = match &spec.size {
            Some(indicator) => Definition::value(source, row_of(indicator, code), VALUE),
            None => Definition::value(source, row_of(&spec.indicator, code), of_size),
        };
        columns[2] = Definition::beside("the number that follows from", &[0, 1]);
        let centre = Reference::In { row: members.len(), column: 0 };
        for column in &mut columns[3..12] {
            let cells = vec![Reference::Beside(1), centre];
            *column = Definition::Computed { how: "the limits of chance by", cells, rows: Vec::new() };
        }
        columns
    });
    Ok(rows.collect())
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

fn columns(spec: &FunnelPlan) -> Vec<TableColumn> {
    let (unit, size) = match spec.kind {
        FunnelKind::Proportion => (Unit::Percent { decimals: spec.decimals }, ("n", "Antal svar", Unit::Count)),
        FunnelKind::Ratio => {
            (Unit::Number { decimals: spec.decimals }, ("n", "Förväntat antal", Unit::Number { decimals: 1 }))
        }
    };
    let limit = |key: &str, label: &str| column(key, label, Role::Reference, unit);
    let plain = |key: &str, label: &str| column(key, label, Role::Text, unit);
    vec![
        head::period_column(spec.year, spec.year, unit),
        column(size.0, size.1, Role::N, size.2),
        column("x", "Antal", Role::Numerator, Unit::Number { decimals: 0 }),
        limit("lower_95", "Nedre gräns 95 %"),
        limit("upper_95", "Övre gräns 95 %"),
        limit("lower_998", "Nedre gräns 99,8 %"),
        limit("upper_998", "Övre gräns 99,8 %"),
        column("verdict", "Utanför", Role::Verdict, Unit::Text),
        plain("plain_lower_95", "Nedre gräns 95 %, enbart slump"),
        plain("plain_upper_95", "Övre gräns 95 %, enbart slump"),
        plain("plain_lower_998", "Nedre gräns 99,8 %, enbart slump"),
        plain("plain_upper_998", "Övre gräns 99,8 %, enbart slump"),
        column("phi", "Överspridning φ", Role::Text, Unit::Number { decimals: 2 }),
        column("tau2", "Variation mellan kommuner τ²", Role::Text, Unit::Number { decimals: 4 }),
    ]
}

fn values(spec: &FunnelPlan, unit: &Member, limits: Option<(Limits, Limits)>) -> Vec<Value> {
    let mut values = vec![Value::Number(unit.value), size(spec, unit.point.size), Value::Number(unit.point.observed)];
    let Some((holding, plain)) = limits else {
        values.resize(14, BLANK);
        return values;
    };
    values.extend(four(spec, &holding));
    values.push(verdict(unit, &holding));
    values.extend(four(spec, &plain));
    values.extend([BLANK, BLANK]);
    values
}

fn size(spec: &FunnelPlan, size: f64) -> Value {
    if spec.kind == FunnelKind::Proportion && size.fract() == 0.0 {
        Value::Count(size as i64)
    } else {
        Value::Number(size)
    }
}

fn four(spec: &FunnelPlan, limits: &Limits) -> [Value; 4] {
    [limits.lower_95, limits.upper_95, limits.lower_998, limits.upper_998]
        .map(|limit| Value::Number(limit * factor(spec)))
}

/// A word only beyond 99,8 %: of 290 municipalities some fifteen are beyond 95 % by chance.
fn verdict(unit: &Member, limits: &Limits) -> Value {
    match funnel::outside(unit.point.observed / unit.point.size, limits) {
        Outside::Above998 => Value::Text("över".to_string()),
        Outside::Below998 => Value::Text("under".to_string()),
        Outside::Beyond95 | Outside::No => BLANK,
    }
}

fn centre(spec: &FunnelPlan, funnel: &Funnel, points: &[Point]) -> TableRow {
    let sum = |pick: fn(&Point) -> f64| points.iter().map(pick).sum::<f64>();
    let mut values = vec![Value::Number(funnel.centre * factor(spec)), size(spec, sum(|point| point.size))];
    values.push(Value::Number(sum(|point| point.observed)));
    values.resize(12, BLANK);
    values.extend([Value::Number(funnel.phi), Value::Number(funnel.tau2)]);
    TableRow { key: Vec::new(), label: CENTRE.to_string(), level: 0, kind: RowKind::Total, values }
}

fn remarks(spec: &FunnelPlan, taking: &Taking, funnel: Option<&Funnel>) -> Vec<crate::domain::table::TableNote> {
    let mut notes = Vec::new();
    let outside = "Bara en kommun utanför gränserna på 99,8 procent sägs skilja sig från de andra; \
                   utanför dem på 95 procent hamnar ungefär var tjugonde av en slump.";
    match funnel {
        None => notes.push(
            "Gränser kan inte beräknas: värdena är för få, eller är alla noll eller alla hundra procent.".to_string(),
        ),
        Some(funnel) => {
            notes.push(outside.to_string());
            notes.push(dispersion(funnel));
        }
    }
    let uneven = taking.units.iter().filter(|unit| unit.is_uneven).count();
    if uneven > 0 {
        let text = format!(
            "För {} ger andelen gånger antalet svar inget säkert heltal; då räknas med produkten som den är.",
            municipalities(uneven)
        );
        notes.push(text);
    }
    let mut notes: Vec<_> = notes.into_iter().map(|text| note(NoteKind::Other, text)).collect();
    if let (Some(least), 1..) = (spec.least, taking.few) {
        let text = format!("{} med färre än {least} svar ingår inte.", with_capital(&municipalities(taking.few)));
        notes.push(note(NoteKind::FewAnswers, text));
    }
    if taking.without_size > 0 {
        let text = format!("{} utan uppgift om antal ingår inte.", with_capital(&municipalities(taking.without_size)));
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
    match funnel.is_adjusted() {
        true => format!(
            "Kommunerna skiljer sig mer åt än slumpen förklarar (φ = {phi}); gränserna är vidgade för det (τ² = {tau2})."
        ),
        false => format!("Kommunerna skiljer sig inte mer åt än slumpen förklarar (φ = {phi})."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let table = funnel_of(
            spec(),
            &[
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
            ],
        );
        let labels: Vec<&str> = table.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!((labels[0], labels.len(), table.n), ("0188", 11, 10));
        let verdict = table.column("verdict").expect("a column");
        assert_eq!(table.rows[0].values[verdict], Value::Text("under".into()));
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
