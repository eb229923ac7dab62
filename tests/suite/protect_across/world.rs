//! Events of a small house, and measures of them that a job may ask for.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::reader::Fits;
use crate::kit::Bench;

pub const UNITS: [&str; 4] = ["Norr", "Mitt", "Öst", "Väst"];

/// Of the first two units, and of the other two.
pub const GROUPS: [&str; 2] = ["Barn", "Vuxna"];

pub const KINDS: [&str; 3] = ["Fall", "Hot", "Övrigt"];

pub const ANSWERS: [&str; 3] = ["Ja", "Nej", "Uppgift saknas"];

pub const YEARS: [i32; 2] = [2023, 2024];

pub fn group_of(unit: usize) -> usize {
    unit / 2
}

/// How many events there are of each unit, kinds, answer and step.
pub struct World {
    /// The kinds that an event may have together.
    pub patterns: Vec<Vec<usize>>,
    /// Steps of a year: 4 or 12.
    pub steps: usize,
    pub counts: Vec<u32>,
}

impl World {
    /// An empty one.
    pub fn new(is_several: bool, steps: usize) -> World {
        let mut patterns: Vec<Vec<usize>> = (0..KINDS.len()).map(|kind| vec![kind]).collect();
        if is_several {
            patterns.extend([vec![0, 1], vec![0, 2], vec![1, 2], vec![0, 1, 2]]);
        }
        let mut world = World { patterns, steps, counts: Vec::new() };
        world.counts = vec![0; world.len()];
        world
    }

    pub fn len(&self) -> usize {
        UNITS.len() * self.patterns.len() * ANSWERS.len() * YEARS.len() * self.steps
    }

    /// Unit, kinds, answer and step of a combination.
    pub fn place(&self, cell: usize) -> [usize; 4] {
        let (cell, step) = (cell / (YEARS.len() * self.steps), cell % (YEARS.len() * self.steps));
        let (cell, answer) = (cell / ANSWERS.len(), cell % ANSWERS.len());
        [cell / self.patterns.len(), cell % self.patterns.len(), answer, step]
    }

    pub fn cell(&self, [unit, kinds, answer, step]: [usize; 4]) -> usize {
        ((unit * self.patterns.len() + kinds) * ANSWERS.len() + answer) * YEARS.len() * self.steps + step
    }

    pub fn export(&self) -> String {
        let mut text = String::from("Nr;Datum;Avdelning;Enhet;Typ;IVO\n");
        let mut number = 0;
        for (cell, count) in self.counts.iter().enumerate() {
            let [unit, kinds, answer, step] = self.place(cell);
            let (year, month) = (YEARS[step / self.steps], step % self.steps * (12 / self.steps) + 1);
            let kinds: Vec<&str> = self.patterns[kinds].iter().map(|kind| KINDS[*kind]).collect();
            let (kinds, answer) = (kinds.join("|"), if answer < 2 { ANSWERS[answer] } else { "" });
            for _ in 0..*count {
                number += 1;
                let group = GROUPS[group_of(unit)];
                writeln!(text, "{number};{year}-{month:02}-05;{group};{};{kinds};{answer}", UNITS[unit]).expect("text");
            }
        }
        text
    }

    /// A job with these measures of this world.
    pub fn bench(&self, measures: &[Measure]) -> Bench {
        let bench = Bench::case("across");
        bench.write("a.csv", self.export());
        let tables: String = measures.iter().map(|measure| measure.text.as_str()).collect();
        bench.append("job.toml", &tables);
        if self.patterns.len() > KINDS.len() {
            bench.edit("job.toml", "header = \"Typ\",", "header = \"Typ\", split = [\"|\"],");
        }
        bench
    }
}

/// A condition as the job says it.
#[derive(Debug, Clone)]
pub struct Condition {
    pub column: &'static str,
    pub labels: Vec<&'static str>,
    pub is_in: bool,
}

impl Condition {
    pub fn narrow(&self, fits: &mut Fits) {
        assert!(fits.and(self.column, &self.labels, self.is_in), "{} is a column", self.column);
    }

    fn text(&self) -> String {
        format!("{{ {} = {:?} }}", self.column, self.labels)
    }
}

/// A measure of the job.
pub struct Measure {
    pub family: &'static str,
    pub name: String,
    pub text: String,
    pub each: Option<&'static str>,
    pub fits: Option<Condition>,
    /// The whole and the part of a share.
    pub line: Option<(Option<Condition>, Option<Condition>)>,
}

impl Measure {
    /// A measure by its family's own keys.
    pub fn new(family: &'static str, name: &str, keys: &str) -> Measure {
        let text = format!("\n[{family}.{name}]\nsource = \"source.a\"\ntitle = \"{name} \"\n{keys}\n");
        Measure { family, name: name.into(), text, each: None, fits: None, line: None }
    }

    pub fn each(mut self, column: &'static str) -> Measure {
        self.text = self.text.replace(" \"\n", " {each}\"\n");
        writeln!(self.text, "each = \"{column}\"").expect("text");
        Measure { each: Some(column), ..self }
    }

    pub fn only(mut self, column: &'static str, labels: &[&'static str], is_in: bool) -> Measure {
        let condition = Condition { column, labels: labels.to_vec(), is_in };
        let key = if is_in { "where" } else { "where_not" };
        writeln!(self.text, "{key} = {}", condition.text()).expect("text");
        Measure { fits: Some(condition), ..self }
    }

    /// A share's only line, or the part of a chart.
    pub fn part(mut self, whole: Option<Condition>, part: Condition) -> Measure {
        let key = if part.is_in { "part" } else { "part_not" };
        if self.family == "share" {
            let of = whole.as_ref().map(|whole| format!("whole = {}, ", whole.text())).unwrap_or_default();
            let part = part.text();
            writeln!(self.text, "line = [{{ label = \"Del\", of = \"delar\", {of}{key} = {part} }}]").expect("text");
        } else {
            writeln!(self.text, "{key} = {}", part.text()).expect("text");
        }
        Measure { line: Some((whole, Some(part))), ..self }
    }

    /// The stems of its files, with what their tables are of.
    pub fn tables(&self) -> Vec<(String, Fits)> {
        let mut fits = Fits::default();
        self.fits.iter().for_each(|condition| condition.narrow(&mut fits));
        let stem = format!("{}-{}", self.family, self.name);
        let Some(each) = self.each else { return vec![(stem, fits)] };
        let labels = values(each);
        let of = |label: &&str| {
            let mut own = fits.clone();
            own.and(each, &[label], true);
            (format!("{stem}--{}", slug(label)), own)
        };
        labels.iter().map(of).collect()
    }
}

fn slug(label: &str) -> String {
    let plain = |sign: char| match sign {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        ' ' => '-',
        other => other,
    };
    label.to_lowercase().chars().map(plain).collect()
}

/// All values of a column.
pub fn values(column: &str) -> &'static [&'static str] {
    match column {
        "enhet" => &UNITS,
        "avd" => &GROUPS,
        "typ" => &KINDS,
        _ => &ANSWERS,
    }
}

/// The labels of a column that a condition may name.
pub fn labels(column: &str) -> BTreeSet<&'static str> {
    match column {
        "enhet" => UNITS.into(),
        "avd" => GROUPS.into(),
        "typ" => KINDS.into(),
        _ => ["Ja", "Nej"].into(),
    }
}
