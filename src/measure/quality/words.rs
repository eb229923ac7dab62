//! How the tables of data quality are counted, in words from which an outsider can count them again.

use crate::domain::swedish;
use crate::measure::quality::plan::{QualityPlan, QualityShow};
use crate::vocabulary::plan::SourcePlan;

/// `[quality.x]` and the tables beside it.
pub(super) fn of_source(plan: &QualityPlan, source: &SourcePlan) -> String {
    let many = &source.noun.many;
    let percent = |share: f64| format!("{}\u{a0}procent", swedish::decimal(share, 0));
    match plan.show {
        QualityShow::Completeness => "Celler i behållna rader per kolumn: ifyllda, saknas (tomma eller markerade så), inte \
            aktuellt och skyddade (markerade så), ogiltiga (går inte att läsa, eller bara värden utanför listan); andel \
            ifyllda av alla rader"
            .to_string(),
        QualityShow::Residual => format!(
            "Antal olika {many} med något restvärde, värde utanför listan eller tom cell, av alla {many} i perioden; över \
             {} kan inga slutsatser dras",
            percent(plan.residual_over as f64 / 100.0)
        ),
        QualityShow::Unknown => "Antal värden i behållna rader som inte finns i kolumnens lista, per stavning".to_string(),
        QualityShow::Lag => lag(plan, source),
        QualityShow::Months => format!("Antal olika {many} per {} och månad", unit(plan, source)),
        QualityShow::Stopped => format!(
            "Hela månader utan rapport sist i perioden. Väntat antal = medeltal per månad från första till senaste \
             rapport × månader utan rapport; p = e^(−väntat antal), justerat enligt Benjamini–Hochberg över alla med minst \
             {} månaders historik; bedöms under {}",

            plan.history_months,
            swedish::decimal(plan.stopped_under, 2)
        ),
        QualityShow::Renamed => format!(
            "Par av värden där det ena från en månad i perioden har högst en tiondel av sitt tidigare medeltal (och minst \
             {} {many} fanns före och hade väntats efter) och det andra på samma sätt hade det före samma månad, båda inom två månader från skiftet; medeltalen skiljer högst tre \
             gånger; minst tre hela månader på var sida; förra och denna period",
            plan.renamed_from
        ),
    }
}

fn lag(plan: &QualityPlan, source: &SourcePlan) -> String {
    let label =
        |column: Option<usize>| column.map(|index| source.columns[index].label.to_lowercase()).unwrap_or_default();
    format!(
        "Dagar från {} till {}: median, kvartiler och 90-procentspunkt (kvantiler av typ 7) över {} med båda datumen och \
         rapport samma dag eller senare; andel över {} dagar av dem",
        label(plan.occurred),
        label(plan.reported),
        source.noun.many,
        plan.late_over_days
    )
}

fn unit(plan: &QualityPlan, source: &SourcePlan) -> String {
    plan.units.as_ref().map(|axis| source.columns[axis.column].label.to_lowercase()).unwrap_or_default()
}
