//! Jobs drawn at random: some measures over the same events.

use super::world::{Condition, Measure, World, labels};

/// Numbers that look random and are the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn of(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const COLUMNS: [&str; 4] = ["avd", "enhet", "typ", "ivo"];

/// A world and measures of it.
pub fn draw(seed: u64) -> (World, Vec<Measure>) {
    let mut dice = Dice::of(seed);
    let is_several = dice.below(4) == 0;
    let steps = if dice.below(5) == 0 { 12 } else { 4 };
    let mut world = World::new(is_several, steps);
    let density = dice.one_of(&[1, 2, 4, 9]);
    for cell in 0..world.len() {
        let few = dice.below(density + 1) * usize::from(dice.below(3) == 0);
        world.counts[cell] = (few * 4 / steps.min(8)) as u32 + u32::from(dice.below(6) == 0);
    }
    let count = 2 + dice.below(3);
    let measures = (0..count).map(|index| measure(&mut dice, &format!("m{index}"), steps)).collect();
    (world, measures)
}

fn measure(dice: &mut Dice, name: &str, steps: usize) -> Measure {
    let step = if steps == 12 { dice.one_of(&["month", "quarter", "year"]) } else { dice.one_of(&["quarter", "year"]) };
    let (mut measure, own) = match dice.below(10) {
        0..=3 => breakdown(dice, name),
        4..=5 => trend(dice, name, step),
        6 => cube(dice, name, step),
        7 => (chart(dice, name, step), Vec::new()),
        8 => (rate(dice, name), Vec::new()),
        _ => (share(dice, name), Vec::new()),
    };
    if measure.family != "share" && measure.family != "spc" && dice.below(2) == 0 {
        let condition = condition(dice);
        measure = measure.only(condition.column, &condition.labels, condition.is_in);
    }
    let free: Vec<&str> = COLUMNS.into_iter().filter(|column| !own.contains(column) && *column != "ivo").collect();
    if measure.family != "cube" && !free.is_empty() && dice.below(3) == 0 {
        measure = measure.each(dice.one_of(&free));
    }
    measure
}

fn breakdown(dice: &mut Dice, name: &str) -> (Measure, Vec<&'static str>) {
    let rows = dice.one_of(&COLUMNS);
    let mut keys = format!("rows = \"{rows}\"\n");
    let mut own = vec![rows];
    if dice.below(6) == 0 {
        keys = "rows = [\"avd\", \"enhet\"]\n".to_string();
        own = vec!["avd", "enhet"];
    }
    let columns = dice.one_of(&COLUMNS);
    if dice.below(2) == 0 && !own.contains(&columns) {
        keys.push_str(&format!("columns = \"{columns}\"\n"));
        own.push(columns);
    } else {
        keys.push_str(dice.one_of(&[
            "earlier = 0\n",
            "",
            "order = \"count\"\n",
            "share = true\n",
            "hide_empty = true\n",
        ]));
    }
    (Measure::new("breakdown", name, &keys), own)
}

fn trend(dice: &mut Dice, name: &str, step: &str) -> (Measure, Vec<&'static str>) {
    let mut keys = format!("by = \"{step}\"\n");
    let mut own = Vec::new();
    if dice.below(2) == 0 {
        let columns = dice.one_of(&COLUMNS);
        keys.push_str(&format!("columns = \"{columns}\"\n"));
        own.push(columns);
    }
    if step != "year" && dice.below(2) == 0 {
        keys.push_str("running = true\n");
    }
    (Measure::new("trend", name, &keys), own)
}

fn cube(dice: &mut Dice, name: &str, step: &str) -> (Measure, Vec<&'static str>) {
    let mut dimensions = vec![dice.one_of(&COLUMNS)];
    let other = dice.one_of(&[step, "year", "enhet", "typ"]);
    if !dimensions.contains(&other) {
        dimensions.push(other);
    }
    (Measure::new("cube", name, &format!("dimensions = {dimensions:?}\n")), Vec::new())
}

fn chart(dice: &mut Dice, name: &str, step: &str) -> Measure {
    let measure = Measure::new("spc", name, &format!("by = \"{step}\"\n"));
    match dice.below(2) {
        0 => measure,
        _ => measure.part(None, condition(dice)),
    }
}

fn rate(dice: &mut Dice, name: &str) -> Measure {
    Measure::new("rate", name, &format!("by = \"{}\"\ndays = true\n", dice.one_of(&COLUMNS)))
}

fn share(dice: &mut Dice, name: &str) -> Measure {
    let keys = dice.one_of(&["earlier = 0\n", "", "by = \"enhet\"\n", "by = \"year\"\n"]);
    let part = condition(dice);
    let whole = condition(dice);
    let whole = (dice.below(2) == 0 && whole.is_in && whole.column != part.column).then_some(whole);
    Measure::new("share", name, keys).part(whole, part)
}

fn condition(dice: &mut Dice) -> Condition {
    let column = dice.one_of(&COLUMNS);
    let all: Vec<&'static str> = labels(column).into_iter().collect();
    let first = dice.below(all.len());
    let second = dice.below(all.len());
    let mut labels = vec![all[first]];
    if all.len() > 2 && first != second && dice.below(2) == 0 {
        labels.push(all[second]);
    }
    Condition { column, labels, is_in: dice.below(3) > 0 }
}
