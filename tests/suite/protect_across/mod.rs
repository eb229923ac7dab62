//! Tables that are each safe alone and tell a hidden count together: whole runs, attacked from their files.
//!
//! The jobs that once leaked stand here by name; beside them jobs are drawn at random over families, dimensions,
//! conditions, tables per value and steps of time. `KVALIS_REPORTS=2000` draws as many (`tests/small-counts.sh`).

mod drawn;

mod pairs;

mod reader;

mod world;

use std::collections::BTreeSet;

use kvalis::diagnostic::Code;

use reader::Reader;
use world::{Condition, KINDS, Measure, World};

/// Events of each unit by kind, in the last year, all without answer.
type Counts = [[u32; KINDS.len()]; 4];

const COUNTS: Counts = [[20, 9, 6], [15, 3, 9], [18, 7, 8], [25, 9, 7]];

/// No, spread over the quarters as the counts come.
fn world(counts: Counts, quarter: impl Fn(usize) -> usize) -> World {
    let mut world = World::new(false, 4);
    for (unit, kinds) in counts.iter().enumerate() {
        for (kind, count) in kinds.iter().enumerate() {
            let cell = world.cell([unit, kind, 1, 4 + quarter(unit)]);
            world.counts[cell] = *count;
        }
    }
    world
}

/// The job runs, what it prints is true, it hides something, and its reader finds nothing of it.
fn holds(world: &World, measures: &[Measure]) -> Reader {
    let run = world.bench(measures).run();
    let reader = Reader::of(world, measures, &run);
    for (cells, number) in &reader.printed {
        let truth: u32 = cells.iter().map(|cell| world.counts[*cell]).sum();
        assert_eq!(*number, i64::from(truth), "the reader understands the tables");
    }
    let found = reader.finds(world);
    assert!(found.is_empty(), "found out: {found:#?}\nin {}", world.bench(measures).read("job.toml"));
    reader
}

/// Holds, and hides no more than so many counts.
fn holds_with(most: usize, world: &World, measures: &[Measure]) {
    let reader = holds(world, measures);
    assert!((1..=most).contains(&reader.hidden.len()), "{:?}", reader.hidden.values());
}

fn breakdown(name: &str, keys: &str) -> Measure {
    Measure::new("breakdown", name, keys)
}

#[test]
fn groups_in_one_table_and_units_in_another() {
    let tables = [
        breakdown("avd", "rows = \"avd\"\ncolumns = \"typ\""),
        breakdown("enhet", "rows = \"enhet\"\ncolumns = \"typ\""),
    ];
    holds_with(8, &world(COUNTS, |_| 0), &tables);
}

#[test]
fn a_table_for_each_group_and_one_for_each_unit() {
    let tables = [
        breakdown("avd", "rows = \"typ\"\nearlier = 0").each("avd"),
        breakdown("enhet", "rows = \"typ\"\nearlier = 0").each("enhet"),
    ];
    holds_with(6, &world(COUNTS, |_| 0), &tables);
}

#[test]
fn all_beside_all_but_some() {
    let counts = [[20, 3, 6], [15, 2, 9], [18, 7, 8], [25, 9, 7]];
    let of = |name| breakdown(name, "rows = \"enhet\"\nearlier = 0");
    let tables = [of("hot").only("typ", &["Hot"], true), of("alla"), of("utan").only("typ", &["Hot"], false)];
    holds_with(6, &world(counts, |unit| unit), &tables);
}

#[test]
fn two_values_together_beside_one_of_them() {
    let counts = [[20, 3, 6], [15, 2, 9], [18, 7, 8], [25, 9, 7]];
    let of = |name| breakdown(name, "rows = \"enhet\"\nearlier = 0");
    let tables = [
        of("hot").only("typ", &["Hot"], true),
        of("fall").only("typ", &["Fall"], true),
        of("bada").only("typ", &["Fall", "Hot"], true),
    ];
    holds_with(6, &world(counts, |unit| unit), &tables);
}

#[test]
fn a_part_beside_all_that_is_not_in_it() {
    let mut world = world([[20, 3, 6], [15, 2, 9], [18, 7, 8], [25, 9, 7]], |unit| unit);
    for (unit, count) in [3, 8, 6, 9].into_iter().enumerate() {
        let cell = world.cell([unit, 0, 0, 5]);
        world.counts[cell] = count;
    }
    let share = |name, is_in| {
        let part = Condition { column: "ivo", labels: vec!["Ja"], is_in };
        Measure::new("share", name, "earlier = 0").part(None, part).each("enhet")
    };
    holds_with(4, &world, &[share("anmalda", true), share("andra", false)]);
}

#[test]
fn quarters_beside_a_year_without_a_total() {
    let mut world = World::new(false, 4);
    for (kind, quarters) in [[10, 12, 9, 11], [6, 8, 7, 9], [1, 0, 2, 0]].into_iter().enumerate() {
        for (quarter, count) in quarters.into_iter().enumerate() {
            let cell = world.cell([0, kind, 1, 4 + quarter]);
            world.counts[cell] = count;
        }
    }
    let trend = |name, keys| Measure::new("trend", name, keys);
    let tables =
        [trend("ar", "by = \"year\"\ncolumns = \"typ\""), trend("kvartal", "by = \"quarter\"\nrunning = true")];
    holds_with(3, &world, &tables);
}

#[test]
fn what_an_exempt_measure_prints_is_known() {
    let counts = [[20, 9, 6], [15, 3, 9], [18, 0, 8], [25, 0, 7]];
    let tables = [
        breakdown("et", "rows = \"enhet\"\ncolumns = \"typ\""),
        breakdown("hot", "rows = \"enhet\"\nearlier = 0").only("typ", &["Hot", "Övrigt"], true),
    ];
    let world = world(counts, |_| 0);
    let bench = world.bench(&tables);
    bench.edit(
        "job.toml",
        "[protect]\n",
        "[protect]\nexempt = [{ name = \"breakdown.hot\", reason = \"grova tal\" }]\n",
    );
    let reader = Reader::of(&world, &tables, &bench.run());
    assert!(!reader.hidden.is_empty());
    assert!(reader.finds(&world).is_empty(), "{:?}", reader.finds(&world));
    // An exempt table that prints all but one kind tells that one, whatever is hidden.
    let tables = [
        breakdown("et", "rows = \"enhet\"\ncolumns = \"typ\""),
        breakdown("hot", "rows = \"enhet\"\nearlier = 0"),
        breakdown("utan", "rows = \"enhet\"\nearlier = 0").only("typ", &["Hot"], false),
    ];
    let bench = world.bench(&tables);
    let exempt = "[protect]\nexempt = [{ name = \"breakdown.hot\", reason = \"grova tal\" }, { name = \"breakdown.utan\", reason = \"grova tal\" }]\n";
    bench.edit("job.toml", "[protect]\n", exempt);
    assert_eq!(bench.stops().diagnostics[0].code, Code::UnprotectedCell);
}

#[test]
fn a_file_for_each_unit_does_not_tell_how_many_events_the_unit_has() {
    let table = breakdown("enhet", "rows = \"enhet\"\nearlier = 0");
    let bench = world([[9, 0, 0], [3, 0, 0], [12, 0, 0], [17, 0, 0]], |_| 0).bench(&[table]);
    let export = bench.read("a.csv");
    let (header, lines) = export.split_once('\n').expect("a header");
    for unit in world::UNITS {
        let own: String = lines.lines().filter(|line| line.contains(unit)).map(|line| format!("{line}\n")).collect();
        bench.write(&format!("delar/{unit}.csv"), format!("{header}\n{own}"));
    }
    bench.edit("job.toml", "files = [\"a.csv\"]", "files = [\"delar/*.csv\"]");
    bench.append("prov.md", "\n{{ sources() }}\n\n{{ balances() }}\n");
    let run = bench.run();
    assert_eq!(run.table("breakdown-enhet").cell(&["Mitt"], "current"), "..");
    let report = run.read("report.md");
    let of_file = report.lines().filter(|line| line.contains("Mitt.csv"));
    for line in of_file.clone() {
        let told = line.split('|').map(str::trim).any(|cell| cell == "3" || cell == "4" || cell.contains("byte"));
        assert!(!told, "{line}");
    }
    assert_eq!(of_file.count(), 2, "{report}");
}

#[test]
fn whatever_the_job() {
    let reports = std::env::var("KVALIS_REPORTS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let mut hidden = 0;
    let mut over = OverHiding::default();
    for seed in 1..=reports {
        let (world, measures) = drawn::draw(seed);
        let reader = holds(&world, &measures);
        hidden += reader.hidden.len();
        if seed <= 200 {
            over.add(&world, &measures, &reader);
        }
    }
    let OverHiding { counts, together, alone } = over;
    let share = |of: usize| 100.0 * of as f64 / counts as f64;
    println!("{counts} counts: {:.1} % hidden, {:.1} % if each table were alone", share(together), share(alone));
    assert!(hidden > 5 * reports as usize, "{hidden} hidden in {reports} reports");
    assert!(together >= alone && share(together) < 1.5 * share(alone), "{together} hidden of {counts}, {alone} alone");
}

/// What it costs that tables are read together: counts hidden in reports, and in the same tables, each a report of its own
/// with the fewest cells.
#[derive(Default)]
struct OverHiding {
    counts: usize,
    together: usize,
    alone: usize,
}

impl OverHiding {
    fn add(&mut self, world: &World, measures: &[Measure], reader: &Reader) {
        let of = |measure| {
            Reader::of(world, std::slice::from_ref(measure), &world.bench(std::slice::from_ref(measure)).run())
        };
        let alone: BTreeSet<reader::Cells> =
            measures.iter().flat_map(|measure| of(measure).hidden.into_keys()).collect();
        self.counts += reader.printed.len() + reader.hidden.len();
        self.together += reader.hidden.len();
        self.alone += alone.len();
    }
}
