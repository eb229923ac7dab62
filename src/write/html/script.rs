//! The one script of the page, and the hash by which the page's policy knows it.

/// Sorting, copying and saving; see the file.
const SCRIPT: &str = include_str!("report.js");

/// SHA-256 of the script: the policy runs what has this hash and nothing else. A test says what it should be.
pub(super) const HASH: &str = "sha256-/PZFyPLwvLToANsufWHgLn/1zDveDKHFpXZ21S43Tvg=";

/// The script's element. Its text is the file, byte for byte: the hash is of what stands between the tags.
pub(super) fn element(html: &mut String) {
    html.push_str("<script>");
    html.push_str(SCRIPT);
    html.push_str("</script>\n");
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn the_policy_names_the_script_that_the_page_has() {
        assert_eq!(HASH, format!("sha256-{}", STANDARD.encode(sha256(SCRIPT.as_bytes()))));
    }

    #[test]
    fn the_script_cannot_end_its_element_early() {
        assert!(!SCRIPT.to_lowercase().contains("</script") && !SCRIPT.contains("<!--") && !SCRIPT.contains('\r'));
    }

    #[test]
    fn the_digest_is_that_of_the_standard() {
        let hex: String = sha256(b"abc").iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /// The digest of FIPS 180-4, written out: it is needed in this test only.
    fn sha256(message: &[u8]) -> Vec<u8> {
        let primes: Vec<u32> = (2..312).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
        let fraction = |root: f64| (root.fract() * 4_294_967_296.0) as u32;
        let k: Vec<u32> = primes.iter().map(|prime| fraction(f64::from(*prime).cbrt())).collect();
        let mut state: Vec<u32> = primes.iter().take(8).map(|prime| fraction(f64::from(*prime).sqrt())).collect();
        let mut padded = message.to_vec();
        padded.push(0x80);
        while padded.len() % 64 != 56 {
            padded.push(0);
        }
        padded.extend((message.len() as u64 * 8).to_be_bytes());
        for block in padded.chunks(64) {
            let word = |bytes: &[u8]| bytes.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
            let mut w: Vec<u32> = block.chunks(4).map(word).collect();
            for i in 16..64 {
                let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
                let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
                w.push(w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1));
            }
            let mut v = state.clone();
            for i in 0..64 {
                let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
                let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
                let one = v[7].wrapping_add(s1).wrapping_add(choice).wrapping_add(k[i]).wrapping_add(w[i]);
                let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
                let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
                v.rotate_right(1);
                v[4] = v[4].wrapping_add(one);
                v[0] = one.wrapping_add(s0).wrapping_add(majority);
            }
            for (sum, part) in state.iter_mut().zip(v) {
                *sum = sum.wrapping_add(part);
            }
        }
        state.iter().flat_map(|word| word.to_be_bytes()).collect()
    }
}
