//! Where the few bytes stand that shape a delimited file, as bit masks of 64 bytes each.
//!
//! In: bytes. Out: [`Masks`], one bit a byte. This is the only file of the step with `unsafe`: AVX2 loads and compares,
//! used where the processor has them; the portable way beside it gives the same masks (a test says so).

/// Bytes in one block: as many as a mask has bits.
pub(super) const BLOCK: usize = 64;

/// Blocks whose masks are made in one go: 4 KiB of text, 2 KiB of masks.
pub(super) const STRIPE: usize = 64;

/// Which bytes of a block are what; bit 0 is the first byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub quote: u64,
    pub delimiter: u64,
    pub carriage_return: u64,
    pub line_feed: u64,
}

/// Makes the masks of up to [`STRIPE`] whole blocks; what `bytes` has beyond its last whole block is left alone.
pub(super) fn fill(bytes: &[u8], delimiter: u8, masks: &mut [Masks; STRIPE]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as just asked.
        unsafe { fill_avx2(bytes, delimiter, masks) };
        return;
    }
    fill_portable(bytes, delimiter, masks);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn fill_avx2(bytes: &[u8], delimiter: u8, masks: &mut [Masks; STRIPE]) {
    use std::arch::x86_64::*;
    let wanted = [b'"', delimiter, b'\r', b'\n'].map(|byte| _mm256_set1_epi8(byte as i8));
    for (block, masks) in bytes.chunks_exact(BLOCK).zip(masks) {
        // SAFETY: a block has 64 bytes, so that both unaligned loads of 32 bytes stay inside it.
        let (low, high) = unsafe {
            let start = block.as_ptr().cast::<__m256i>();
            (_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1)))
        };
        let [quote, delimiter, carriage_return, line_feed] = wanted.map(|byte| {
            let low = _mm256_movemask_epi8(_mm256_cmpeq_epi8(low, byte)) as u32;
            let high = _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, byte)) as u32;
            u64::from(high) << 32 | u64::from(low)
        });
        *masks = Masks { quote, delimiter, carriage_return, line_feed };
    }
}

fn fill_portable(bytes: &[u8], delimiter: u8, masks: &mut [Masks; STRIPE]) {
    for (block, masks) in bytes.chunks_exact(BLOCK).zip(masks) {
        let [quote, delimiter, carriage_return, line_feed] =
            [b'"', delimiter, b'\r', b'\n'].map(|byte| mask_portable(block, byte));
        *masks = Masks { quote, delimiter, carriage_return, line_feed };
    }
}

/// Eight bytes at a time: a byte that equals the wanted one becomes zero, and each zero byte a bit.
fn mask_portable(block: &[u8], wanted: u8) -> u64 {
    const LOW_SEVEN: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    /// Gathers the lowest bit of each byte in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let pattern = u64::from_ne_bytes([wanted; 8]);
    let mut mask = 0;
    for (index, word) in block.chunks_exact(8).enumerate() {
        let word = u64::from_le_bytes([word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7]]);
        let differs = word ^ pattern;
        let zero_bytes = !(((differs & LOW_SEVEN) + LOW_SEVEN) | differs | LOW_SEVEN);
        mask |= ((zero_bytes >> 7).wrapping_mul(GATHER) >> 56) << (index * 8);
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_ways_give_the_mask_that_a_plain_loop_gives(
            bytes in proptest::collection::vec(prop_oneof![
                Just(b'"'), Just(b';'), Just(b'\r'), Just(b'\n'), Just(0u8), Just(b';' ^ 0x80), any::<u8>()
            ], 0..600)
        ) {
            let (mut chosen, mut portable) = ([Masks::default(); STRIPE], [Masks::default(); STRIPE]);
            fill(&bytes, b';', &mut chosen);
            fill_portable(&bytes, b';', &mut portable);
            prop_assert_eq!(chosen, portable);
            for (index, byte) in bytes[..bytes.len() / BLOCK * BLOCK].iter().enumerate() {
                let mask = chosen[index / BLOCK];
                let bit = |mask: u64| mask >> (index % BLOCK) & 1 == 1;
                prop_assert_eq!(bit(mask.quote), *byte == b'"');
                prop_assert_eq!(bit(mask.delimiter), *byte == b';');
                prop_assert_eq!(bit(mask.carriage_return), *byte == b'\r');
                prop_assert_eq!(bit(mask.line_feed), *byte == b'\n');
            }
        }
    }
}
