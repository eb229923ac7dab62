//! p-values by drawing tables with given margins, with a fixed seed: the same table gives the same p every time.
//!
//! Each cell is drawn from the hypergeometric distribution that the cells before it leave, by inversion from its mode.
//! Source: W. M. Patefield, Applied Statistics 30 (1981), AS 159; p = (1 + hits)/(1 + draws) as in Hope (1968).

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::compare;
use super::margins::Margins;
use super::special::binomial_density;

/// Tables drawn. The standard error of a p near 0,05 is then 0,0007.
pub(crate) const DRAWS: u32 = 99_999;

/// "kvalis" in ASCII: any fixed number would do.
const SEED: u64 = 0x6b76_616c_6973;

/// Share of random tables with these margins whose χ² is at least `statistic`, the observed table counted among them.
pub(crate) fn p_value(margins: &Margins, statistic: f64) -> f64 {
    let mut random = ChaCha12Rng::seed_from_u64(SEED);
    let mut table = vec![vec![0_u64; margins.columns.len()]; margins.rows.len()];
    let mut hits = 0_u32;
    for _ in 0..DRAWS {
        draw(margins, &mut random, &mut table);
        // A table as extreme as ours is a hit, whatever noise the sums carry.
        if !compare::below(margins.statistic(&table), statistic, 0.0) {
            hits += 1;
        }
    }
    f64::from(1 + hits) / f64::from(1 + DRAWS)
}

/// Fills `table` with a random table of these margins.
fn draw(margins: &Margins, random: &mut ChaCha12Rng, table: &mut [Vec<u64>]) {
    let mut columns = margins.columns.clone();
    let mut all: u64 = margins.n;
    for (row, cells) in margins.rows.iter().zip(table) {
        let (mut left, mut open) = (*row, all);
        for (cell, column) in cells.iter_mut().zip(&mut columns) {
            *cell = hypergeometric(random, *column, open, left);
            open -= *column;
            left -= *cell;
            *column -= *cell;
        }
        all -= row;
    }
}

/// Marked ones among `drawn` of `all`, of which `marked` are marked.
fn hypergeometric(random: &mut ChaCha12Rng, marked: u64, all: u64, drawn: u64) -> u64 {
    let (least, most) = ((marked + drawn).saturating_sub(all), marked.min(drawn));
    if least == most {
        return least;
    }
    let mode = ((marked as f64 + 1.0) * (drawn as f64 + 1.0) / (all as f64 + 2.0)) as u64;
    let mode = mode.clamp(least, most);
    let up = |x: u64| {
        (marked - x) as f64 * (drawn - x) as f64
            / ((x + 1) as f64 * (all as f64 - marked as f64 - drawn as f64 + x as f64 + 1.0))
    };
    let at_mode = hypergeometric_density(mode, marked, all, drawn);
    let mut rest = unit(random) - at_mode;
    let (mut low, mut high) = (mode, mode);
    let (mut below, mut above) = (at_mode, at_mode);
    // Outwards from the mode, both ways by turns, until the probability drawn is used up.
    while rest > 0.0 && (low > least || high < most) {
        if high < most {
            above *= up(high);
            high += 1;
            rest -= above;
            if rest <= 0.0 {
                return high;
            }
        }
        if low > least {
            below /= up(low - 1);
            low -= 1;
            rest -= below;
            if rest <= 0.0 {
                return low;
            }
        }
        if above + below < 1e-300 {
            break;
        }
    }
    mode
}

/// P(x marked), from three binomial densities with one p: nothing large cancels.
fn hypergeometric_density(x: u64, marked: u64, all: u64, drawn: u64) -> f64 {
    let p = drawn as f64 / all as f64;
    let density = |x: u64, n: u64| binomial_density(x as f64, n as f64, p, 1.0 - p);
    density(x, marked) * density(drawn - x, all - marked) / density(drawn, all)
}

/// A number in (0, 1].
fn unit(random: &mut ChaCha12Rng) -> f64 {
    ((random.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64
}
