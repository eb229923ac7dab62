//! The register of actions: what the published report of kvalitetsår 2023 says of them, and the numbers recomputed from the
//! workbook by other code.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{Reader, Xlsx, open_workbook};

use kvalis::domain::table::slug;

use crate::kit::bench::root;
use crate::kit::{Bench, Sheet, sample};

/// The sample's folder of exports, and the days of the data of the last report and of this one.
const EXPORTS: &str = "sample-data/goteborg-sydvast";
const SINCE: &str = "2022-10-15";
const AS_OF: &str = "2023-10-15";

/// Of each avdelning the actions that the published report follows up, and those that it plans.
const PUBLISHED: [(&str, usize, usize); 5] = [
    ("Barn och unga", 7, 6),
    ("Ekonomiskt bistånd", 4, 3),
    ("Vuxna", 5, 4),
    ("Boende och hemlöshet", 4, 4),
    ("Fritid", 6, 8),
];

/// What the published report says goes on, and does not plan.
const LOST: [&str; 5] = ["Å22-03", "Å22-06", "Å22-10", "Å22-11", "Å22-16"];

/// The rows of a register by header, read by calamine and nothing of ours.
fn register(file: &str) -> Vec<BTreeMap<String, String>> {
    let mut workbook: Xlsx<_> = open_workbook(root().join(EXPORTS).join(file)).expect("the sample's register");
    let sheet = workbook.worksheet_range_at(0).expect("a sheet").expect("readable");
    let mut rows = sheet.rows().skip_while(|row| row[0] != "Nr").map(|row| row.iter().map(ToString::to_string));
    let head: Vec<String> = rows.next().expect("a header").collect();
    rows.map(|row| head.iter().cloned().zip(row).collect()).collect()
}

/// Labels of a table's rows.
fn labels(stem: &str) -> Vec<String> {
    sample("analyze").table(stem).records.iter().map(|record| record[0].clone()).collect()
}

#[test]
fn every_published_action_is_followed_up_or_planned_and_the_lost_ones_are_seen() {
    let units = sample("analyze").table("action-alla-units");
    for (avdelning, followed_up, planned) in PUBLISHED {
        assert_eq!(units.number(&[avdelning], "carried_in"), followed_up as i64, "{avdelning}");
        let told = labels(&format!("action-avdelning--{}", slug(avdelning)));
        assert_eq!(told.len(), followed_up, "{avdelning}");
        let open = labels(&format!("action-avdelning-planned--{}", slug(avdelning)));
        let kept = open.iter().filter(|id| !LOST.contains(&id.as_str())).count();
        assert_eq!(kept, planned, "{avdelning}");
    }
    assert_eq!((units.number(&["Totalt"], "carried_in"), units.number(&["Totalt"], "open")), (26, 30));
}

#[test]
fn the_report_prints_what_came_of_the_actions() {
    let html = crate::kit::text_of(&sample("analyze").read("report.html"));
    for words in [
        "Efter förra rapporten hade Barn och unga sju öppna åtgärder, och tre åtgärder har tillkommit. Av dem är två \
         klara och åtta öppna, varav två försenade.",
        "Efter förra rapporten hade Boende och hemlöshet fyra öppna åtgärder, och ingen åtgärd har tillkommit. Av dem \
         är ingen klar och fyra öppna, varav två försenade.",
        "Avsedd effekt bedöms en av de klara åtgärderna ha haft. För två klara åtgärder är effekten inte bedömd.",
        "Öppna den 2022-10-15: 26. Nya sedan dess: 13. Av dem är 9 klara och 30 öppna.",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn what_was_before_and_is_now_is_the_measures_own() {
    let (effect, measure) =
        (sample("analyze").table("action-alla-effect"), sample("analyze").table("breakdown-avvikelser_avdelning"));
    for (id, avdelning) in [("Å22-17", "Boende och hemlöshet"), ("Å23-08", "Vuxna")] {
        for (ours, theirs) in [("before", "previous"), ("now", "current"), ("development", "development")] {
            assert_eq!(effect.cell(&[id], ours), measure.cell(&[avdelning], theirs), "{id} {ours}");
        }
    }
    assert_eq!((effect.records.len(), effect.cell(&["Å22-17"], "now")), (2, "928"));
}

/// A number of actions, counted one by one.
fn counted(rows: &[BTreeMap<String, String>], before: &BTreeSet<String>, column: &str) -> usize {
    let by = |day: &str, last: &str| !day.is_empty() && day <= last;
    let holds = |row: &BTreeMap<String, String>| {
        let (done, due) = (by(&row["Klar"], AS_OF), row["Ska vara klar"].as_str());
        let judged = done && row["Effekt bedömd"] >= row["Klar"] && by(&row["Effekt bedömd"], AS_OF);
        match column {
            "carried_in" => before.contains(&row["Nr"]),
            "new" => !before.contains(&row["Nr"]),
            "closed" => done,
            "open" => !done,
            "late" => !done && !due.is_empty() && due < AS_OF,
            "lacking" => !done && (due.is_empty() || row["Ansvarig"].is_empty()),
            "effect_yes" => judged && row["Effekt"] == "Ja",
            "effect_partly" => judged && row["Effekt"] == "Delvis",
            "effect_no" => judged && row["Effekt"] == "Nej",
            "unjudged" => done && (!judged || row["Effekt"].is_empty()),
            other => panic!("{other}"),
        }
    };
    rows.iter().filter(|row| holds(row)).count()
}

#[test]
fn every_number_is_that_of_the_workbook() {
    let rows = register("atgarder_2023.xlsx");
    let before: BTreeSet<String> =
        register("atgarder_efter_2022.xlsx").into_iter().map(|row| row["Nr"].clone()).collect();
    // None is outside: neither closed before the last report nor decided after this one's day.
    let was_open = |row: &BTreeMap<String, String>| row["Klar"].is_empty() || row["Klar"].as_str() > SINCE;
    assert!(rows.iter().all(|row| was_open(row) && row["Beslutad"].as_str() <= AS_OF));
    for (stem, header) in [("action-alla-units", "Avdelning"), ("action-alla-origins", "Källa")] {
        let table = sample("analyze").table(stem);
        for record in &table.records {
            let own = |row: &&BTreeMap<String, String>| record[0] == "Totalt" || row[header] == record[0];
            let own: Vec<_> = rows.iter().filter(own).cloned().collect();
            for column in &table.header[1..table.header.len() - 1] {
                let found = table.number(&[&record[0]], column);
                assert_eq!(found, counted(&own, &before, column) as i64, "{stem} {} {column}", record[0]);
            }
            let of = |column: &str| table.number(&[&record[0]], column);
            assert_eq!(of("carried_in") + of("new"), of("closed") + of("open"), "{}", record[0]);
        }
    }
}

#[test]
fn an_action_that_is_gone_stops_the_run_by_its_name() {
    let bench = Bench::sample("analyze");
    // The next report: what this one left is there, and the register is last year's with fewer rows.
    std::fs::rename(
        bench.path(&format!("{EXPORTS}/atgarder_2023.xlsx")),
        bench.path(&format!("{EXPORTS}/atgarder_borta.xlsx")),
    )
    .expect("renamed");
    bench.write(
        &format!("{EXPORTS}/atgarder_2023.csv"),
        "Nr;Avdelning;Åtgärd;Källa;Källans nr;Beslutad;Paragraf;Diarienummer;Ansvarig;Ska vara klar;Klar;Uppföljning;Effekt;\
         Effekt bedömd;Rapporteras senast;Mäts i\nÅ22-01;Fritid;Rutin;Risk;;2022-10-11;;;;;;;;;;\n",
    );
    bench.edit_job("atgarder_{year}.xlsx", "atgarder_{year}.csv");
    let failure = bench.stops();
    let told: Vec<&str> = failure.diagnostics.iter().map(|one| one.message.as_str()).collect();
    let expected =
        "`Å22-02`, `Arbetet mot otillåten påverkan` was open in the last report and is not in `source.atgarder`";
    assert!(told.contains(&expected), "{told:?}");
    let of_register: BTreeSet<&str> = told.iter().copied().filter(|told| told.contains("was open")).collect();
    assert_eq!(of_register.len(), 25, "{told:?}");
}

#[test]
fn a_printed_number_of_actions_leads_to_its_rows() {
    let run = sample("analyze");
    let report = run.folder.display().to_string();
    let told = crate::kit::bench::kvalis(root(), &["explain", &report, "action.alla.units|Fritid|late"]).exits(0);
    told.says("atgarder_2023.xlsx, sheet \"Åtgärder\", row 26");
    let sheet: Sheet = run.table("action-alla-late");
    assert_eq!(sheet.cell(&["Å22-06"], "days_late"), "107");
}

/// Two years of one register: the first year's job, and the sample's export.
fn chain() -> Bench {
    let bench = Bench::new().with_job("kedja.toml");
    bench.write(
        "kedja.toml",
        r#"[job]
title = "Åtgärder {year}"
organisation = "Provkommunen"
as_of = "{year}-10-15"
period = { kind = "quality_year", year = 2023 }
input = "in"

[source.atgarder]
kind = "register"
title = "Åtgärder"
noun = { one = "åtgärd", many = "åtgärder" }
files = ["atgarder_{year}.xlsx"]

[source.atgarder.columns]
nr = { header = "Nr", kind = "category", safe = true }
avdelning = { header = "Avdelning", kind = "category", safe = true }
atgard = { header = "Åtgärd", kind = "text", safe = true }
beslutad = { header = "Beslutad", kind = "date", safe = true }
klar_senast = { header = "Ska vara klar", kind = "date", safe = true }
klar = { header = "Klar", kind = "date", safe = true }

[source.forra]
kind = "register"
title = "Åtgärder efter förra rapporten"
noun = { one = "åtgärd", many = "åtgärder" }
files = ["atgarder_efter_{year-1}.xlsx"]
optional = true

[source.forra.columns]
nr = { header = "Nr", kind = "category", safe = true }
atgard = { header = "Åtgärd", kind = "text", safe = true }
klar = { header = "Klar", kind = "date", safe = true }

[action.alla]
source = "source.atgarder"
title = "Åtgärder"
id = "nr"
text = "atgard"
decided = "beslutad"
done = "klar"
unit = "avdelning"
due = "klar_senast"
previous = "source.forra"
"#,
    );
    let register = std::fs::read(root().join(EXPORTS).join("atgarder_2023.xlsx")).expect("the sample's register");
    bench.write("in/atgarder_2023.xlsx", register);
    bench
}

#[test]
fn what_one_report_leaves_is_where_the_next_one_begins() {
    let bench = chain();
    bench.cli(&["run", "kedja.toml"]).exits(0);
    let units = |year: i32| Sheet::read(&bench.path(&format!("output/kedja/{year}/tables/action-alla-units.csv")));
    let left: i64 = units(2023).number(&["Totalt"], "open");
    assert_eq!(left, 30);
    let told = bench.cli(&["roll", "kedja.toml"]).exits(0);
    for name in ["atgarder_2024.xlsx", "atgarder_efter_2023.xlsx"] {
        told.says(&format!("→ in/{name}"));
        assert!(bench.path(&format!("in/{name}")).is_file(), "{name}");
    }
    bench.cli(&["run", "kedja.toml"]).exits(0);
    let next = units(2024);
    let of = |column: &str| next.number(&["Totalt"], column);
    // Nobody has filled anything in: all that was open is carried in, and what was closed is not counted again.
    assert_eq!([of("carried_in"), of("new"), of("closed"), of("open")], [left, 0, 0, left]);
    let before = units(2023);
    let of_unit =
        |record: &Vec<String>| next.number(&[&record[0]], "carried_in") == before.number(&[&record[0]], "open");
    assert!(before.records.iter().all(of_unit), "by avdelning, too");
}

#[test]
fn a_register_that_is_there_is_left_alone() {
    let bench = chain();
    bench.cli(&["run", "kedja.toml"]).exits(0);
    bench.write("in/atgarder_2024.xlsx", "den nya");
    bench.cli(&["roll", "kedja.toml"]);
    assert_eq!(bench.read("in/atgarder_2024.xlsx"), "den nya");
    assert!(bench.path("in/atgarder_efter_2023.xlsx").is_file());
}
