//! Arguments in, exit code out. What the program does begins in `kvalis::cli`; the map is in `lib.rs`.

use std::alloc::{GlobalAlloc, Layout};
use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Reading and grouping allocate much from several threads; mimalloc is measurably faster there.
#[global_allocator]
static ALLOCATOR: OrSay = OrSay(MiMalloc);

/// Memory, or a word that there is none: without it the system ends the program, or threads wait for one that is gone.
struct OrSay(MiMalloc);

impl OrSay {
    #[inline]
    fn given(memory: *mut u8) -> *mut u8 {
        if memory.is_null() { kvalis::cli::without_memory() } else { memory }
    }
}

// SAFETY: everything is handed on to an allocator as it came; the program ends where that one has nothing to give.
unsafe impl GlobalAlloc for OrSay {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is the one that is asked for.
        Self::given(unsafe { self.0.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        Self::given(unsafe { self.0.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        Self::given(unsafe { self.0.realloc(memory, layout, size) })
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { self.0.dealloc(memory, layout) }
    }
}

fn main() -> ExitCode {
    ExitCode::from(kvalis::cli::main(std::env::args_os()))
}
