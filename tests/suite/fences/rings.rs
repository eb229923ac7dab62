//! No ring of files: files that use one another lie in one family's, one chart's or one format's folder.
//!
//! A file uses another if a path in its production code leads there, through re-exports to where the thing is defined.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, sources};

/// File → files that it uses.
type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

#[test]
fn no_ring_of_files_goes_beyond_one_folder_of_a_room() {
    let sources = sources();
    let graph = graph(&sources);
    assert!(graph.values().map(BTreeSet::len).sum::<usize>() > 1000, "the paths are no longer read");
    let wide: Vec<String> = rings(&graph)
        .iter()
        .filter(|ring| !home(ring).contains('/'))
        .map(|ring| format!("{}, {} files: {}", home(ring), ring.len(), ring.join(" ")))
        .collect();
    assert!(wide.is_empty(), "files that use one another in a ring:\n{}", wide.join("\n"));
}

fn graph(sources: &[Source]) -> Graph<'_> {
    let crate_ = Crate {
        files: sources.iter().map(|source| (source.module().join("::"), source.file.as_str())).collect(),
        imports: sources.iter().map(|source| (source.file.as_str(), imports(source))).collect(),
    };
    let used = |source: &Source| {
        let paths = source.paths();
        let used = paths.iter().flat_map(|path| crate_.definers(path));
        used.filter(|file| *file != source.file).collect()
    };
    let files = sources.iter().filter(|source| source.file != "lib.rs");
    files.map(|source| (source.file.as_str(), used(source))).collect()
}

/// Paths of a file's `use` lines: what it gives on as its own, to others or to the modules below it.
fn imports(source: &Source) -> Vec<String> {
    let mut code = String::new();
    for (index, start) in source.code.match_indices("use ").chain(source.code.match_indices("mod ")) {
        let before = source.code[..index].rsplit('\n').next().unwrap_or_default().trim_start();
        if before.is_empty() || before.starts_with("pub") {
            let end = source.code[index..].find(';').map_or(source.code.len(), |end| index + end);
            code.push_str(&format!("{start}{};\n", &source.code[index + start.len()..end]));
        }
    }
    Source::of(&source.file, &code).paths()
}

struct Crate<'a> {
    /// Path of a module → its file.
    files: BTreeMap<String, &'a str>,
    imports: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Crate<'a> {
    /// The file in which the thing at the end of a path stands; what a macro fills in (`$family`) stands for every name.
    fn definers(&self, path: &str) -> Vec<&'a str> {
        if !path.contains('$') {
            return self.definer(path, 0).into_iter().collect();
        }
        let (module, _) = path.rsplit_once("::").unwrap_or_default();
        let wanted: Vec<&str> = module.split("::").collect();
        let fits = |module: &str| {
            let mut names = wanted.iter().zip(module.split("::"));
            module.split("::").count() == wanted.len()
                && names.all(|(wanted, name)| wanted.starts_with('$') || *wanted == name)
        };
        self.files.iter().filter(|(module, _)| fits(module)).map(|(_, file)| *file).collect()
    }

    /// The file in which the thing at the end of a path of names stands.
    fn definer(&self, path: &str, depth: u8) -> Option<&'a str> {
        let parts: Vec<&str> = path.split("::").filter(|part| *part != "self").collect();
        let length = (1..=parts.len()).rev().find(|length| self.files.contains_key(&parts[..*length].join("::")))?;
        let file = self.files[&parts[..length].join("::")];
        let Some(item) = parts.get(length) else { return Some(file) };
        let import = self.imports[file].iter().find(|import| import.rsplit("::").next() == Some(*item));
        match import {
            Some(import) if depth < 8 => self.definer(import, depth + 1),
            _ => Some(file),
        }
    }
}

/// The folder that holds all files of a ring, `x.rs` being the door of `x/`.
fn home(ring: &[&str]) -> String {
    let folder = |file: &&str| -> Vec<String> {
        let stem = file.trim_end_matches(".rs");
        let folder = stem.strip_suffix("/mod").unwrap_or(stem);
        folder.split('/').map(String::from).collect()
    };
    let mut common = folder(&ring[0]);
    for file in ring {
        let other = folder(file);
        common.truncate(common.iter().zip(&other).take_while(|(one, other)| one == other).count());
    }
    common.join("/")
}

/// Strongly connected files, more than one each (Tarjan 1972).
fn rings<'a>(graph: &Graph<'a>) -> Vec<Vec<&'a str>> {
    let mut search =
        Search { graph, order: BTreeMap::new(), low: BTreeMap::new(), stack: Vec::new(), rings: Vec::new() };
    for file in graph.keys() {
        if !search.order.contains_key(file) {
            search.visit(file);
        }
    }
    search.rings
}

struct Search<'g, 'a> {
    graph: &'g Graph<'a>,
    order: BTreeMap<&'a str, usize>,
    low: BTreeMap<&'a str, usize>,
    stack: Vec<&'a str>,
    rings: Vec<Vec<&'a str>>,
}

impl<'a> Search<'_, 'a> {
    fn visit(&mut self, file: &'a str) {
        let number = self.order.len();
        self.order.insert(file, number);
        self.low.insert(file, number);
        self.stack.push(file);
        for used in self.graph[file].iter().copied().filter(|used| self.graph.contains_key(used)) {
            let reached = if !self.order.contains_key(used) {
                self.visit(used);
                self.low[used]
            } else if self.stack.contains(&used) {
                self.order[used]
            } else {
                continue;
            };
            self.low.entry(file).and_modify(|low| *low = reached.min(*low));
        }
        if self.low[file] == number {
            let start = self.stack.iter().position(|other| *other == file).expect("it was pushed");
            let mut ring = self.stack.split_off(start);
            ring.sort_unstable();
            if ring.len() > 1 {
                self.rings.push(ring);
            }
        }
    }
}

#[test]
fn a_ring_is_found_through_a_reexport_and_a_line_is_none() {
    let sources = [
        Source::of("a/mod.rs", "mod b;\nmod c;\n\npub use c::Thing;\n"),
        Source::of("a/b.rs", "use super::Thing;"),
        Source::of("a/c.rs", "fn f() { crate::a::b::go() }"),
        Source::of("d.rs", "use crate::a::{Thing}; macro_rules! all { () => { crate::a::$name::$Kind } }"),
    ];
    let graph = graph(&sources);
    assert_eq!(graph["d.rs"], BTreeSet::from(["a/b.rs", "a/c.rs"]));
    assert_eq!(rings(&graph), [["a/b.rs", "a/c.rs"]]);
    assert_eq!(home(&["a/b.rs", "a/c.rs"]), "a");
    assert_eq!(home(&["a/b.rs", "a/b/x.rs"]), "a/b");
}
