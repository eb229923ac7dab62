//! Arguments in, exit code out. What the program does begins in `kvalis::cli`; the map is in `lib.rs`.

use std::process::ExitCode;

/// Reading and grouping allocate much from several threads; mimalloc is measurably faster there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(kvalis::cli::main(std::env::args_os()))
}
