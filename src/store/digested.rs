//! Digests a file while it is written: of what was to be written, not of what the disk gives back.
//!
//! In: bytes, in order. Out: the same bytes in the file, their number and blake3. Never reads.

use std::io::{self, Write};

/// What was written: how many bytes, and their blake3 as hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Length of the file.
    pub bytes: u64,
    /// Hexadecimal blake3.
    pub digest: String,
}

/// A writer that digests what goes through it.
pub(crate) struct Digested<W> {
    inner: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Digested<W> {
    pub(crate) fn new(inner: W) -> Digested<W> {
        Digested { inner, hasher: blake3::Hasher::new() }
    }

    pub(crate) fn written(&self) -> Written {
        Written { bytes: self.hasher.count(), digest: self.hasher.finalize().to_hex().to_string() }
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
