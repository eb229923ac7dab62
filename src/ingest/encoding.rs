//! Which encoding a text file has, and its bytes as UTF-8 where they must be changed.
//!
//! In: the first bytes of a file and what the job declares. Out: a [`Charset`]. UTF-8 and Windows-1252 stay as they are
//! (`normalise` decodes distinct spellings only); UTF-16 and the rest are turned into UTF-8 piece by piece.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::TextEncoding;

/// The encoding of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Charset {
    encoding: &'static Encoding,
    /// Bytes of the byte order mark, to be skipped.
    pub mark: usize,
}

impl Charset {
    /// Lower-case WHATWG name: "utf-8", "windows-1252", "utf-16le".
    pub(super) fn name(self) -> String {
        self.encoding.name().to_lowercase()
    }

    /// How the bytes of a batch are to be read.
    pub(super) fn of_batches(self) -> TextEncoding {
        if self.encoding == WINDOWS_1252 { TextEncoding::Windows1252 } else { TextEncoding::Utf8 }
    }

    /// A transcoder, where the bytes cannot stay as they are.
    pub(super) fn transcoder(self) -> Option<Transcoder> {
        let stays = self.encoding == UTF_8 || self.encoding == WINDOWS_1252;
        (!stays).then(|| Transcoder { decoder: self.encoding.new_decoder_without_bom_handling() })
    }
}

/// Why no encoding could be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoCharset {
    UnknownLabel(String),
    /// Bytes that no text has.
    NotText,
}

/// The encoding of a file: a byte order mark tells, else the job, else the bytes themselves.
///
/// In: the first bytes (a mebibyte is plenty). Text without a mark is UTF-16 if every other byte is NUL, UTF-8 if it is
/// valid as such, and Windows-1252 otherwise. A later byte that contradicts UTF-8 is found when its chunk is read.
pub(super) fn detect(start: &[u8], declared: Option<&str>) -> Result<Charset, NoCharset> {
    if let Some((encoding, mark)) = Encoding::for_bom(start) {
        return Ok(Charset { encoding, mark });
    }
    let encoding = match declared.filter(|label| *label != "auto") {
        Some(label) => {
            Encoding::for_label(label.as_bytes()).ok_or_else(|| NoCharset::UnknownLabel(label.to_string()))?
        }
        None => guess(start)?,
    };
    Ok(Charset { encoding, mark: 0 })
}

fn guess(start: &[u8]) -> Result<&'static Encoding, NoCharset> {
    let sample = &start[..start.len().min(4096)];
    let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    if odd > pairs / 3 && even <= odd / 8 {
        return Ok(UTF_16LE);
    }
    if even > pairs / 3 && odd <= even / 8 {
        return Ok(UTF_16BE);
    }
    let control = sample.iter().filter(|byte| **byte < 9 || (14..27).contains(*byte)).count();
    if control > sample.len() / 10 {
        return Err(NoCharset::NotText);
    }
    let valid = valid_up_to(start);
    let cut_short = valid < start.len()
        && start.len() - valid < 4
        && std::str::from_utf8(&start[valid..]).is_err_and(|error| error.error_len().is_none());
    Ok(if valid == start.len() || cut_short || is_mostly_utf_8(start) { UTF_8 } else { WINDOWS_1252 })
}

/// Whether more letters of several bytes stand in the text than bytes that are none: in Windows-1252 hardly any letters
/// side by side look like one, and a stray byte does not make `SÃ¶der` of every `Söder`.
fn is_mostly_utf_8(start: &[u8]) -> bool {
    let chunks = start.utf8_chunks();
    let (letters, strays) = chunks.fold((0, 0), |(letters, strays), chunk| {
        let long = chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        (letters + long, strays + usize::from(!chunk.invalid().is_empty()))
    });
    letters > strays
}

/// How many of the bytes, from the first, are valid UTF-8.
pub(super) fn valid_up_to(bytes: &[u8]) -> usize {
    Encoding::utf8_valid_up_to(bytes)
}

/// Text of a cell, for the few cells that ingest itself reads (headers, labels).
pub(super) fn decode(bytes: &[u8], encoding: TextEncoding) -> std::borrow::Cow<'_, str> {
    match encoding {
        TextEncoding::Utf8 => String::from_utf8_lossy(bytes),
        TextEncoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Bytes that do not belong to the file's encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

/// Turns pieces of a file into UTF-8; a character may be cut between two pieces.
pub(super) struct Transcoder {
    decoder: Decoder,
}

impl Transcoder {
    /// Appends `raw` to `text` as UTF-8; `last` says that the file ends here.
    pub(super) fn push(&mut self, raw: &[u8], last: bool, text: &mut Vec<u8>) -> Result<(), Malformed> {
        let begin = text.len();
        let room = self.decoder.max_utf8_buffer_length_without_replacement(raw.len()).ok_or(Malformed)?;
        text.resize(begin + room, 0);
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(raw, &mut text[begin..], last);
        text.truncate(begin + written);
        match result {
            DecoderResult::InputEmpty => Ok(()),
            DecoderResult::OutputFull | DecoderResult::Malformed(..) => Err(Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(start: &[u8]) -> String {
        detect(start, None).expect("text").name()
    }

    fn utf_16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_byte_order_mark_wins_over_what_the_job_says() {
        let charset = detect(b"\xEF\xBB\xBFNr;Datum", Some("windows-1252")).expect("text");
        assert_eq!((charset.name().as_str(), charset.mark), ("utf-8", 3));
        assert_eq!(detect(b"\xFF\xFEN\0", Some("utf-8")).expect("text").name(), "utf-16le");
    }

    #[test]
    fn swedish_text_without_a_mark_is_told_by_its_bytes() {
        assert_eq!(name("Enhet;Åtgärd".as_bytes()), "utf-8");
        assert_eq!(name(b"Enhet;\xC5tg\xE4rd"), "windows-1252");
        assert_eq!(name(b"Nr;Datum"), "utf-8");
        assert_eq!(name(&utf_16le("Enhet\tÅtgärd\r\n")), "utf-16le");
        assert_eq!(name(&"Enhet\tx".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()), "utf-16be");
    }

    #[test]
    fn a_stray_byte_does_not_turn_utf_8_into_another_encoding() {
        assert_eq!(name(b"Enhet;\xC3\x85tg\xC3\xA4rd\nS\xC3\xB6der;L\xE4ge\n"), "utf-8");
        assert_eq!(name(b"Enhet;\xC5tg\xE4rd\nS\xF6der;\xC3\xA4\n"), "windows-1252");
        assert_eq!(name(b"Enhet;Plats\nA;Gr\xE4nd\n"), "windows-1252");
    }

    #[test]
    fn a_character_cut_at_the_end_of_the_sample_is_still_utf_8() {
        let bytes = "Åtgärd".as_bytes();
        assert_eq!(name(&bytes[..1]), "utf-8");
        assert_eq!(name(&bytes[..5]), "utf-8");
    }

    #[test]
    fn labels_of_the_job_are_whatwg_labels() {
        assert_eq!(detect(b"x", Some("iso-8859-1")).expect("known").of_batches(), TextEncoding::Windows1252);
        assert_eq!(detect(b"x", Some("auto")).expect("known").name(), "utf-8");
        assert_eq!(detect(b"x", Some("swedish")), Err(NoCharset::UnknownLabel("swedish".into())));
        assert_eq!(detect(&[1, 2, 3, 4, 5, 6, 7, 8], None), Err(NoCharset::NotText));
    }

    #[test]
    fn utf_16_cut_anywhere_comes_out_whole() {
        let raw = utf_16le("å😀;ö\r\n");
        for cut in 0..=raw.len() {
            let mut transcoder = Charset { encoding: UTF_16LE, mark: 0 }.transcoder().expect("not UTF-8");
            let mut text = Vec::new();
            transcoder.push(&raw[..cut], false, &mut text).expect("well formed");
            transcoder.push(&raw[cut..], true, &mut text).expect("well formed");
            assert_eq!(text, "å😀;ö\r\n".as_bytes());
        }
    }

    #[test]
    fn half_a_surrogate_is_malformed() {
        let mut transcoder = Charset { encoding: UTF_16LE, mark: 0 }.transcoder().expect("not UTF-8");
        assert_eq!(transcoder.push(&[0x00, 0xD8, 0x41, 0x00], true, &mut Vec::new()), Err(Malformed));
    }
}
