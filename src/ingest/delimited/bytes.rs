//! The bytes of one file in order: read, digested, turned into UTF-8 where they must be.
//!
//! In: a file. Out: text in pieces of the size that is asked for; what a piece does not use is given back and comes first
//! next time. Plain reads into the caller's buffer: no memory map, nothing copied but the rests.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::super::encoding::{self, Charset, Malformed, NoCharset, Transcoder};

/// Bytes of a file that are looked at to tell encoding, delimiter and header.
pub(super) const HEAD_BYTES: usize = 1 << 20;

/// Raw bytes that are transcoded in one go.
const RAW_BYTES: usize = 1 << 20;

pub(super) struct Bytes {
    file: File,
    hasher: blake3::Hasher,
    read: u64,
    file_ended: bool,
    transcoder: Option<Transcoder>,
    raw: Vec<u8>,
    /// Text that comes before what is still in the file.
    carry: Vec<u8>,
    /// How much of `carry` has been taken.
    taken: usize,
}

/// Why bytes could not be had.
#[derive(Debug)]
pub(super) enum NoBytes {
    Io(io::Error),
    Charset(NoCharset),
    Malformed,
}

impl From<io::Error> for NoBytes {
    fn from(error: io::Error) -> NoBytes {
        NoBytes::Io(error)
    }
}

impl From<Malformed> for NoBytes {
    fn from(_: Malformed) -> NoBytes {
        NoBytes::Malformed
    }
}

impl Bytes {
    /// Opens a file, reads its head and tells its encoding.
    pub(super) fn open(path: &Path, declared: Option<&str>) -> Result<(Bytes, Charset), NoBytes> {
        let mut bytes = Bytes {
            file: File::open(path)?,
            hasher: blake3::Hasher::new(),
            read: 0,
            file_ended: false,
            transcoder: None,
            raw: Vec::new(),
            carry: Vec::new(),
            taken: 0,
        };
        let mut head = Vec::new();
        bytes.read_raw(&mut head, HEAD_BYTES)?;
        let charset = encoding::detect(&head, declared).map_err(NoBytes::Charset)?;
        bytes.transcoder = charset.transcoder();
        match &mut bytes.transcoder {
            Some(transcoder) => transcoder.push(&head[charset.mark..], bytes.file_ended, &mut bytes.carry)?,
            None => {
                bytes.taken = charset.mark;
                bytes.carry = head;
            }
        }
        Ok((bytes, charset))
    }

    /// The text that has been read but not taken.
    pub(super) fn waiting(&self) -> &[u8] {
        &self.carry[self.taken..]
    }

    /// Takes some of the waiting text without looking at it.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.taken = (self.taken + bytes).min(self.carry.len());
    }

    /// True when all text has been taken and the file is known to be at its end.
    pub(super) fn ended(&self) -> bool {
        self.file_ended && self.waiting().is_empty()
    }

    /// True when no text will come beyond what is waiting.
    pub(super) fn file_ended(&self) -> bool {
        self.file_ended
    }

    /// Appends text until `text` has at least `target` bytes or the file ends.
    pub(super) fn fill(&mut self, text: &mut Vec<u8>, target: usize) -> Result<(), NoBytes> {
        let wanted = target.saturating_sub(text.len()).min(self.waiting().len());
        text.extend_from_slice(&self.carry[self.taken..self.taken + wanted]);
        self.taken += wanted;
        while text.len() < target && !self.file_ended {
            if self.transcoder.is_some() {
                self.transcode(text)?;
            } else {
                self.read_raw(text, target - text.len())?;
            }
        }
        Ok(())
    }

    /// Puts the end of the text that was filled last back to the front.
    pub(super) fn give_back(&mut self, rest: &[u8]) {
        if self.waiting().is_empty() {
            self.carry.clear();
            self.carry.extend_from_slice(rest);
            self.taken = 0;
        } else {
            self.taken -= rest.len();
        }
    }

    /// Bytes read, and their digest as hex.
    pub(super) fn close(self) -> (u64, String) {
        (self.read, self.hasher.finalize().to_hex().to_string())
    }

    fn transcode(&mut self, text: &mut Vec<u8>) -> Result<(), NoBytes> {
        let mut raw = std::mem::take(&mut self.raw);
        raw.clear();
        self.read_raw(&mut raw, RAW_BYTES)?;
        if let Some(transcoder) = &mut self.transcoder {
            transcoder.push(&raw, self.file_ended, text)?;
        }
        self.raw = raw;
        Ok(())
    }

    fn read_raw(&mut self, bytes: &mut Vec<u8>, most: usize) -> Result<(), NoBytes> {
        let begin = bytes.len();
        bytes.reserve(most);
        let read = (&self.file).take(most as u64).read_to_end(bytes)?;
        self.file_ended = read < most;
        self.read += read as u64;
        self.hasher.update(&bytes[begin..]);
        Ok(())
    }
}
