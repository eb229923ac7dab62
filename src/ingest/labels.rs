//! A first look at a record's first bytes: most cannot begin a total row, and need no closer look.
//!
//! In: the total labels. Out: "may be one" or "surely not", in a few instructions a row.

/// Which records may begin with a total label.
#[derive(Debug)]
pub(super) struct LabelFilter {
    delimiters: [bool; 256],
    /// First bytes that need a closer look.
    initials: [bool; 256],
    /// First bytes of each label, as far as they are ASCII.
    beginnings: Vec<Vec<u8>>,
}

/// Bytes of a beginning that are compared.
const COMPARED: usize = 4;

impl LabelFilter {
    pub(super) fn new(labels: &[String]) -> LabelFilter {
        let mut filter = LabelFilter { delimiters: [false; 256], initials: [false; 256], beginnings: Vec::new() };
        for byte in *b"\" \t;,|\r\n" {
            filter.delimiters[byte as usize] = true;
        }
        for byte in 0..=255u8 {
            filter.initials[byte as usize] = !LabelFilter::is_surely_text(byte);
        }
        for label in labels {
            filter.add(label);
        }
        filter
    }

    fn add(&mut self, label: &str) {
        let ascii: Vec<u8> = label.bytes().take(COMPARED).take_while(u8::is_ascii).collect();
        match ascii.first() {
            Some(first) => {
                self.initials[first.to_ascii_lowercase() as usize] = true;
                self.initials[first.to_ascii_uppercase() as usize] = true;
                self.beginnings.push(ascii);
            }
            None => self.initials[0x80..].fill(true),
        }
    }

    /// False only for bytes that may begin a cell which is blank: space, control characters, quotes, and the first bytes
    /// of no-break spaces in the encodings that are read.
    #[inline(always)]
    pub(super) fn is_surely_text(byte: u8) -> bool {
        byte > b' ' && !matches!(byte, b'"' | 0x7F..=0xA0 | 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF)
    }

    /// False only if the record's first filled cell surely is no total label and begins with none.
    #[inline(always)]
    pub(super) fn may_begin(&self, record: &[u8]) -> bool {
        let Some(first) = record.iter().position(|byte| !self.delimiters[*byte as usize]) else { return true };
        self.initials[record[first] as usize] && self.compare(&record[first..])
    }

    fn compare(&self, text: &[u8]) -> bool {
        let plain = LabelFilter::is_surely_text(text[0]) && text[0].is_ascii();
        !plain
            || self
                .beginnings
                .iter()
                .any(|label| text.len() >= label.len() && text[..label.len()].eq_ignore_ascii_case(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_records_that_cannot_begin_with_a_label_are_let_through() {
        let filter = LabelFilter::new(&["totalt".into(), "summa".into(), "övrigt totalt".into()]);
        for record in ["Totalt;1", ";;TOTALT;1", " \"Summa\";2", "", ";;", "\u{a0}Totalt", "Övrigt totalt"] {
            assert!(filter.may_begin(record.as_bytes()), "{record}");
        }
        for record in ["AVV-1;Totalt", "Tolvan;1", "Sunne;2", "\"Tolv\"", "415"] {
            assert!(!filter.may_begin(record.as_bytes()), "{record}");
        }
    }

    #[test]
    fn swedish_letters_need_no_closer_look_when_no_label_begins_with_one() {
        let filter = LabelFilter::new(&["totalt".into()]);
        assert!(!filter.may_begin("Äldreomsorg;1".as_bytes()));
        assert!(!filter.may_begin(b"\xC4ldreomsorg;1"));
    }
}
