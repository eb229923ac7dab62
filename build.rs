//! Gives the program a name for its own sources, so that results of another build are told apart (`KVALIS_BUILD`).
//!
//! The version alone does not: two builds of one version may count differently. The same sources give the same name on
//! every machine: no clock, no path.

use std::fs;
use std::path::{Path, PathBuf};

/// What decides how the program counts and what it writes.
const SOURCES: [&str; 4] = ["src", "assets", "Cargo.toml", "Cargo.lock"];

fn main() {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        collect(Path::new(source), &mut files);
    }
    files.sort();
    let mut digest = Digest::default();
    for file in &files {
        digest.add(file.to_string_lossy().replace('\\', "/").as_bytes());
        digest.add(&fs::read(file).expect("a source file can be read"));
    }
    println!("cargo:rustc-env=KVALIS_BUILD={:016x}", digest.0);
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        return files.push(path.to_path_buf());
    }
    for entry in fs::read_dir(path).expect("a folder of sources can be read") {
        collect(&entry.expect("an entry of the folder").path(), files);
    }
}

/// FNV-1a, 64 bits: enough to tell builds apart; nobody is kept out by it.
struct Digest(u64);

impl Default for Digest {
    fn default() -> Digest {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&(bytes.len() as u64).to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
