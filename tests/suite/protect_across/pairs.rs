//! Pairs of exports that print the same numbers and hide others: no byte of what is published may differ.
//!
//! The other export is drawn by moving events along a direction that no printed number sees, in whole numbers. The order
//! of rows, words, axes, alternative texts, sizes of files: whatever depends on a hidden number shows here, in every format.
//! `KVALIS_PAIRS=500` draws as many (`tests/small-counts.sh`); with `KVALIS_KEEP` files that differ are left in a folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::drawn::{self, Dice};
use super::reader::{Fits, Reader};
use super::world::{KINDS, Measure, UNITS, World, values};
use crate::kit::{Bench, Run, Sheet};

/// Measures of the other families, beside what is drawn.
const OTHERS: [&str; 4] = [
    "[breakdown.bas]\nsource = \"source.a\"\ntitle = \"Bas\"\nrows = \"typ\"\ntest = true\n\n[shift.s]\nmeasure = \"breakdown.bas\"\ntitle = \"Mix\"\nmerge_sparse = true\n",
    "[trend.arsvis]\nsource = \"source.a\"\ntitle = \"Per år\"\nby = \"year\"\ncolumns = \"enhet\"\n\n[development.d]\nmeasure = \"trend.arsvis\"\ntitle = \"Utveckling\"\n",
    "[lead_time.tid]\nsource = \"source.a\"\ntitle = \"Tid\"\nfrom = \"hande\"\nto = \"datum\"\nlimit_days = 5\nby = \"enhet\"\n\n[quality.q]\nsource = \"source.a\"\ntitle = \"Kvalitet\"\nunits = \"enhet\"\noccurred = \"hande\"\ncategories = [\"typ\"]\nlate_over_days = 9\n",
    "[risk_scale.fyra]\nsteps = 4\nlevels = [{ from = 6, label = \"Hög\" }, { from = 1, label = \"Låg\" }]\n\n[risk_count.r]\nsource = \"source.a\"\ntitle = \"Risk\"\nscale = \"risk_scale.fyra\"\nprobability = \"sannolikhet\"\nconsequence = \"konsekvens\"\n",
];

const COLUMNS: &str = "hande = { header = \"Hände\", kind = \"date\", safe = true }
sannolikhet = { header = \"Sannolikhet\", kind = \"category\", safe = true }
konsekvens = { header = \"Konsekvens\", kind = \"category\", safe = true }
typ = ";

/// A job with everything that it prints: tables, figures, sources, in every format.
struct Job {
    measures: Vec<Measure>,
    others: Vec<&'static str>,
}

impl Job {
    fn draw(seed: u64) -> (World, Job) {
        let (world, mut measures) = drawn::draw(seed);
        let mut dice = Dice::of(seed + 77);
        let others: Vec<&str> = OTHERS.into_iter().filter(|_| dice.below(2) == 0).collect();
        for (family, name, keys) in
            [("breakdown", "bas", "rows = \"typ\""), ("trend", "arsvis", "by = \"year\"\ncolumns = \"enhet\"")]
        {
            if others.iter().any(|text| text.starts_with(&format!("[{family}.{name}]"))) {
                measures.push(Measure { text: String::new(), ..Measure::new(family, name, keys) });
            }
        }
        (world, Job { measures, others })
    }

    fn run(&self, world: &World) -> Run {
        let bench = self.bench(world);
        bench.run()
    }

    fn bench(&self, world: &World) -> Bench {
        let bench = world.bench(&self.measures);
        let (mut tables, mut template) = (self.others.concat(), String::from("{{ sources() }}\n\n{{ balances() }}\n"));
        for measure in self.measures.iter().filter(|measure| !measure.text.is_empty()) {
            self.show(measure, &mut tables, &mut template);
        }
        for name in ["shift.s", "development.d", "lead_time.tid", "risk_count.r"] {
            if self.others.iter().any(|text| text.contains(&format!("[{name}]"))) {
                show_one("table", name, "", &mut tables);
                writeln!(template, "\n{{{{ table(\"table.{}\") }}}}", id(name)).expect("text");
            }
        }
        bench.append("job.toml", &format!("\n{tables}")).append("prov.md", &format!("\n{template}"));
        bench.edit("job.toml", "[\"markdown\"]", "[\"html\", \"docx\", \"pdf\", \"xlsx\", \"markdown\"]");
        bench.edit("job.toml", "typ = {", &format!("{COLUMNS}{{"));
        bench.write("a.csv", with_scores(&world.export()));
        bench
    }

    /// A table and perhaps a figure of a measure, one for each of its values.
    fn show(&self, measure: &Measure, tables: &mut String, template: &mut String) {
        let is_flat = !measure.text.contains("rows = [");
        let has_columns = measure.text.contains("columns = ");
        let figure = match measure.family {
            "breakdown" if is_flat && has_columns => Some("heat"),
            "breakdown" if is_flat => Some("ranked_bar"),
            "trend" => Some("line"),
            "spc" => Some("spc_chart"),
            _ => None,
        };
        let name = format!("{}.{}", measure.family, measure.name);
        let each = if measure.each.is_some() { " {each}" } else { "" };
        let of: &[&str] = measure.each.map_or(&[""], values);
        let shown = if measure.family == "cube" { None } else { Some("table") };
        for kind in shown.into_iter().chain(figure) {
            show_one(kind, &name, each, tables);
            let call = if kind == "table" { "table" } else { "figure" };
            for value in of {
                let value = if value.is_empty() { String::new() } else { format!(", \"{value}\"") };
                writeln!(template, "\n{{{{ {call}(\"{kind}.{}\"{value}) }}}}", id(&name)).expect("text");
            }
        }
    }

    /// What a reader knows and does not, of the families that are drawn and of the others.
    fn reader(&self, world: &World, run: &Run) -> Reader {
        let mut reader = Reader::of(world, &self.measures, run);
        let hidden = std::mem::take(&mut reader.hidden);
        for (stem, keys) in COUNTED {
            let path = run.folder.join("tables").join(format!("{stem}.csv"));
            if !path.exists() {
                continue;
            }
            let sheet = Sheet::read(&path);
            for record in &sheet.records {
                for (column, key) in sheet.header.iter().enumerate().skip(1) {
                    let place = || format!("{stem} {} {key}", record[0]);
                    if let Some(fits) = keys(&record[0], key) {
                        reader.keep(fits.cells(world), &record[column], place());
                    }
                    // A share of last year's events says how many of them there are, to whoever has a reason to know the whole.
                    let is_share = *stem == *"quality-q" && record[0] == "ivo" && key == "share_previous";
                    if is_share && record[column].parse::<f64>().is_ok() {
                        for answers in [vec![0, 1], vec![2]] {
                            let fits =
                                Fits { year: Some(0), answers: Some(answers.into_iter().collect()), ..Fits::default() };
                            let cells = fits.cells(world);
                            let count: u32 = cells.iter().map(|cell| world.counts[*cell]).sum();
                            reader.keep(cells, &count.to_string(), place());
                        }
                    }
                }
            }
        }
        reader.hidden.extend(hidden);
        let Reader { printed, hidden } = &mut reader;
        hidden.retain(|cells, _| !printed.contains_key(cells));
        reader
    }
}

fn id(name: &str) -> String {
    name.replace('.', "_")
}

fn show_one(kind: &str, name: &str, each: &str, tables: &mut String) {
    writeln!(tables, "\n[{kind}.{}]\nmeasure = \"{name}\"\ntitle = \"{}{each}\"", id(name), id(name)).expect("text");
}

/// Each event three days after it happened, with a probability by its unit and a consequence by its first kind.
fn with_scores(export: &str) -> String {
    let mut text = String::from("Nr;Datum;Avdelning;Enhet;Typ;IVO;Hände;Sannolikhet;Konsekvens\n");
    for line in export.lines().skip(1) {
        let fields: Vec<&str> = line.split(';').collect();
        let place = |of: &[&str], label: &str| of.iter().position(|other| *other == label).expect("a label") + 1;
        let unit = place(&UNITS, fields[3]);
        let kind = place(&KINDS, fields[4].split('|').next().expect("a kind"));
        let happened = fields[1].replace("-05", "-02");
        let happened = if happened.starts_with(&fields[1][..7]) { happened } else { fields[1].to_string() };
        writeln!(text, "{line};{happened};{unit};{kind}").expect("text");
    }
    text
}

type Keys = fn(&str, &str) -> Option<Fits>;

/// Tables of the other families: what a row and a column count, if they count.
const COUNTED: [(&str, Keys); 5] = [
    ("lead_time-tid", |row, key| matches!(key, "n" | "closed").then(|| of_unit(row))),
    ("quality-q-lag", |row, key| (key == "n").then(|| of_unit(row))),
    ("quality-q-months", |row, key| {
        let month = key.strip_prefix("2024-").map(|month| month.parse::<usize>().expect("a month"));
        let months = month.map(|month| month - 1..month);
        (key == "total" || months.is_some()).then(|| Fits { months, ..of_unit(row) })
    }),
    ("quality-q", |row, key| {
        let mut fits = of_unit("Totalt");
        match (row, key) {
            (_, "rows") => {}
            ("ivo", "filled") => fits.answers = Some([0, 1].into()),
            ("ivo", "missing") => fits.answers = Some([2].into()),
            (_, "filled") => {}
            _ => return None,
        }
        Some(fits)
    }),
    ("risk_count-r", |row, key| {
        let mut fits = of_unit("Totalt");
        if row != "Totalt" {
            fits.units = Some([row.parse::<usize>().ok()?.checked_sub(1)?].into());
        }
        match key.strip_prefix('c') {
            None => (key == "total").then_some(fits),
            Some(step) => {
                let kind = step.parse::<usize>().ok()?.checked_sub(1)?;
                fits.kinds = (0..kind).map(|before| ([before].into(), false)).chain([([kind].into(), true)]).collect();
                (kind < KINDS.len()).then_some(fits)
            }
        }
    }),
];

/// The events of a unit in the last year.
fn of_unit(label: &str) -> Fits {
    let mut fits = Fits { year: Some(1), ..Fits::default() };
    if label != "Totalt" {
        fits.and("enhet", &[label], true);
    }
    fits
}

/// Other events of which the same numbers are printed: none of the hidden ones becomes small or large.
fn other(world: &World, reader: &Reader, dice: &mut Dice) -> Option<World> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let variables: Vec<Variable> = world
        .counts
        .iter()
        .map(|count| {
            let count = i32::try_from(*count).expect("a small count");
            problem.add_integer_var(dice.below(9) as f64 - 4.0, ((count - 2).max(0), count + 2))
        })
        .collect();
    let sum = |cells: &super::reader::Cells| cells.iter().map(|cell| (variables[*cell], 1.0)).collect::<Vec<_>>();
    for (cells, number) in &reader.printed {
        problem.add_constraint(sum(cells), ComparisonOp::Eq, *number as f64);
    }
    for unit in UNITS {
        // What is printed of last year's days depends on whether their number is small.
        let before = Fits { year: Some(0), ..of_unit(unit) }.cells(world);
        let truth: u32 = before.iter().map(|cell| world.counts[*cell]).sum();
        problem.add_constraint(sum(&before), ComparisonOp::Eq, f64::from(truth));
    }
    for cells in reader.hidden.keys() {
        let truth: u32 = cells.iter().map(|cell| world.counts[*cell]).sum();
        let (least, most) = if truth < 5 { (1.0, 4.0) } else { (5.0, f64::from(truth) + 2.0) };
        problem.add_constraint(sum(cells), ComparisonOp::Ge, least);
        problem.add_constraint(sum(cells), ComparisonOp::Le, most);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(60);
    let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
    let counts: Vec<u32> =
        variables.iter().map(|variable| solution.var_value(*variable).round().max(0.0) as u32).collect();
    let other = World { patterns: world.patterns.clone(), steps: world.steps, counts };
    let total = |of: &World, cells: &super::reader::Cells| cells.iter().map(|cell| of.counts[*cell]).sum::<u32>();
    let is_same = |(cells, number): (&super::reader::Cells, &i64)| i64::from(total(&other, cells)) == *number;
    let is_other = reader.hidden.keys().any(|cells| total(&other, cells) != total(world, cells));
    (reader.printed.iter().all(is_same) && is_other).then_some(other)
}

/// The files that may leave the house.
fn public(run: &Run) -> BTreeMap<String, Vec<u8>> {
    let manifest = run.json("manifest.json");
    let internal: Vec<String> = manifest["protection"]["internal"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|name| name.as_str().expect("a name").to_string())
        .collect();
    let is_internal = |name: &String| internal.iter().any(|other| name.starts_with(other.as_str()));
    run.files().into_iter().filter(|(name, _)| !is_internal(name)).collect()
}

#[test]
fn what_is_hidden_moves_no_byte_of_what_is_published() {
    let wanted = std::env::var("KVALIS_PAIRS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let (mut pairs, mut files, mut apart) = (0, 0, 0);
    let mut told: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for seed in 1.. {
        if pairs >= wanted {
            break;
        }
        assert!(seed < 40 * (wanted + 5), "{pairs} pairs of {seed} jobs, {apart} with another mask");
        let (world, job) = Job::draw(seed);
        let Ok(run) = job.bench(&world).run_as("run", &job.bench(&world).plan()) else { continue };
        let reader = job.reader(&world, &run);
        let before = public(&run);
        let mut dice = Dice::of(seed + 5);
        for _ in 0..2 {
            let Some(other) = other(&world, &reader, &mut dice) else { continue };
            let run = job.run(&other);
            let read = job.reader(&other, &run);
            let after = public(&run);
            // Where something else is hidden, something else is printed. When a value was met first and last is printed, too,
            // and no count says it.
            let is_same = |name: &str| before.get(name) == after.get(name);
            let hides_the_same = read.hidden.keys().eq(reader.hidden.keys());
            let facts = ["tables/quality-q-stopped.csv", "tables/quality-q-renamed.csv"];
            if read.printed != reader.printed || !hides_the_same || !facts.into_iter().all(is_same) {
                apart += 1;
                continue;
            }
            pairs += 1;
            assert!(before.keys().eq(after.keys()), "seed {seed}: other files");
            files += before.len();
            for (name, bytes) in before.iter().filter(|(name, bytes)| after[*name] != **bytes) {
                told.entry(name.clone()).or_default().push(seed);
                if let Ok(folder) = std::env::var("KVALIS_KEEP") {
                    let at = std::path::Path::new(&folder).join(seed.to_string());
                    std::fs::create_dir_all(&at).expect("a folder");
                    let flat = name.replace('/', "_");
                    std::fs::write(at.join(format!("{flat}.1")), bytes).expect("a file");
                    std::fs::write(at.join(format!("{flat}.2")), &after[name]).expect("a file");
                }
            }
        }
    }
    println!("{pairs} pairs, {files} public files; {apart} drawn with another mask");
    assert!(told.is_empty(), "bytes that hidden numbers move, by seed: {told:#?}");
}
