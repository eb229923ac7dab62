//! Takes the power away after every operation of a publication, and looks at what a machine could find afterwards.
//!
//! A recorder stands before the disk. Beside doing what it is told it keeps what the disk promises: what a file holds is
//! there once it is synced, a change of names once its folder is; before that it may be there or not, changes of one
//! folder in their order, and a file may be empty or half. From every state that is possible a reader must find a whole
//! report, a later run must succeed, and the analyst's own words must be somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path};
use std::sync::Mutex;

use super::disk::{Disk, System};
use super::workspace::Workspace;
use crate::diagnostic::{Failure, file_name};
use crate::domain::period::PeriodRule;
use crate::published::{self, Folder, Job, MANIFEST, Manifest, Period, Program};

/// Ways in which a disk may have kept what was not synced, a cut: nothing, everything, and what chance leaves.
const WAYS: u64 = 8;

const OWN_WORDS: &str = "analytikerns egna ord";

/// A report of the job `prov` whose one file says this.
pub(super) fn publish(disk: &dyn Disk, target: &Path, says: &str) -> Result<(), Failure> {
    let workspace = Workspace::on(disk, target, "prov")?;
    let scratch = workspace.scratch();
    scratch.folder("tables")?;
    scratch.file("report.html", says.as_bytes())?;
    scratch.file("tables/a.csv", says.as_bytes())?;
    let text = "[job]\n".to_string();
    let manifest = Manifest {
        program: Program::this(),
        job: Job {
            name: "prov".to_string(),
            year: 2023,
            as_of: "2023-12-31".to_string(),
            period: Period::of(PeriodRule::CALENDAR),
            file: "prov.toml".to_string(),
            blake3: blake3::hash(text.as_bytes()).to_hex().to_string(),
            text,
        },
        inputs: Vec::new(),
        balances: Vec::new(),
        cells: BTreeMap::new(),
        tables: Vec::new(),
        unread: Vec::new(),
        warnings: 0,
        rejects: 0,
        protection: None,
        outputs: scratch.listing(),
        seconds: 0.0,
    };
    scratch.file(MANIFEST, manifest.text()?.as_bytes())?;
    workspace.publish().map(drop)
}

/// The machine's disk, in a hurry: nothing is lost in a test but by intention.
pub(super) struct Quick {
    pub(super) exchanges: bool,
}

impl Disk for Quick {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        System.make_folder(path)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        fs::symlink_metadata(path).map(drop)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        System.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if self.exchanges { System.exchange(one, other) } else { Err(io::ErrorKind::Unsupported.into()) }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        System.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        System.remove_folder(path)
    }
}

/// A folder's node, and a name in it.
type Entry = (usize, String);

/// A change of names.
#[derive(Debug, Clone)]
enum Change {
    Link(Entry, usize),
    Unlink(Entry),
    Move(Entry, Entry),
    Swap(Entry, Entry),
}

impl Change {
    fn folders(&self) -> BTreeSet<usize> {
        match self {
            Change::Link(at, _) | Change::Unlink(at) => BTreeSet::from([at.0]),
            Change::Move(from, to) | Change::Swap(from, to) => BTreeSet::from([from.0, to.0]),
        }
    }
}

/// Names of each folder.
type Names = BTreeMap<Entry, usize>;

/// What the disk has been told, and what of it is sure.
#[derive(Debug, Clone, Default)]
struct Promised {
    /// A file's bytes, and whether they are synced; `None` for a folder. The first is the root.
    nodes: Vec<Option<(Vec<u8>, bool)>>,
    /// In order; true if it is synced.
    changes: Vec<(Change, bool)>,
}

impl Promised {
    /// The names when these changes have reached the disk.
    fn names(&self, reached: impl Fn(usize) -> bool) -> Names {
        let mut names = Names::new();
        for (_, (change, _)) in self.changes.iter().enumerate().filter(|(index, _)| reached(*index)) {
            match change {
                Change::Link(at, node) => drop(names.insert(at.clone(), *node)),
                Change::Unlink(at) => drop(names.remove(at)),
                Change::Move(from, to) => {
                    if let Some(node) = names.remove(from) {
                        names.insert(to.clone(), node);
                    }
                }
                Change::Swap(one, other) => {
                    let (first, second) = (names.remove(one), names.remove(other));
                    names.extend(first.map(|node| (other.clone(), node)));
                    names.extend(second.map(|node| (one.clone(), node)));
                }
            }
        }
        names
    }

    /// Node of a path as running programs see it.
    fn node(&self, path: &Path) -> Option<usize> {
        let names = self.names(|_| true);
        let part =
            |node: usize, part: Component| names.get(&(node, part.as_os_str().to_string_lossy().into_owned())).copied();
        path.components().try_fold(0, part)
    }

    fn place(&self, path: &Path) -> Entry {
        let folder = self.node(path.parent().unwrap_or(Path::new(""))).expect("its folder is known");
        (folder, file_name(path))
    }

    /// Makes sure of a change, and of those before it that its folders have seen.
    fn keep(&mut self, folder: usize) {
        let mut folders = BTreeSet::from([folder]);
        for (change, is_kept) in self.changes.iter_mut().rev() {
            if change.folders().iter().any(|folder| folders.contains(folder)) {
                folders.extend(change.folders());
                *is_kept = true;
            }
        }
    }

    /// Some of the changes that may have reached the disk, in one of several ways.
    fn chosen(&self, way: u64) -> Vec<bool> {
        // The generator of Knuth's MMIX: the same cuts in every test.
        let mut chance = way;
        let mut lost = BTreeSet::new();
        let choose = |(change, is_kept): &(Change, bool)| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let is_lucky = match way {
                0 => false,
                1 => true,
                _ => chance >> 62 != 0,
            };
            let follows_a_lost_one = change.folders().iter().any(|folder| lost.contains(folder));
            let has_reached = *is_kept || (is_lucky && !follows_a_lost_one);
            if !has_reached {
                lost.extend(change.folders());
            }
            has_reached
        };
        self.changes.iter().map(choose).collect()
    }

    /// Puts into `folder` what a machine finds that is started again.
    fn found(&self, folder: &Path, way: u64) {
        let chosen = self.chosen(way);
        let names = self.names(|index| chosen[index]);
        self.write(&names, 0, folder, way);
    }

    fn write(&self, names: &Names, node: usize, folder: &Path, way: u64) {
        fs::create_dir_all(folder).expect("a folder can be made");
        for ((_, name), below) in names.iter().filter(|((at, _), _)| *at == node) {
            let path = folder.join(name);
            match &self.nodes[*below] {
                None => self.write(names, *below, &path, way),
                Some((bytes, is_synced)) => {
                    let length = if *is_synced { bytes.len() } else { bytes.len() * (way % 3) as usize / 2 };
                    fs::write(path, &bytes[..length]).expect("a file can be written");
                }
            }
        }
    }
}

/// Does what it is told below `root`, and remembers after each operation what is promised.
struct Recorder<'a> {
    disk: Quick,
    root: &'a Path,
    cuts: Mutex<Vec<Promised>>,
}

impl<'a> Recorder<'a> {
    /// All that is there is on the disk.
    fn of(root: &'a Path, exchanges: bool) -> Recorder<'a> {
        let mut promised = Promised { nodes: vec![None], changes: Vec::new() };
        look(root, root, &mut promised);
        promised.changes.iter_mut().for_each(|(_, is_kept)| *is_kept = true);
        promised.nodes.iter_mut().flatten().for_each(|(_, is_synced)| *is_synced = true);
        Recorder { disk: Quick { exchanges }, root, cuts: Mutex::new(vec![promised]) }
    }

    fn does(&self, done: io::Result<()>, told: impl FnOnce(&mut Promised)) -> io::Result<()> {
        done?;
        let mut cuts = self.cuts.lock().expect("whole");
        let mut promised = cuts.last().expect("there is a first").clone();
        told(&mut promised);
        look(self.root, self.root, &mut promised);
        cuts.push(promised);
        Ok(())
    }

    fn changes(&self, done: io::Result<()>, change: impl FnOnce(&Promised) -> Change) -> io::Result<()> {
        self.does(done, |promised| {
            let change = change(promised);
            promised.changes.push((change, false));
        })
    }

    fn below<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(self.root).expect("nothing is done elsewhere")
    }
}

/// Learns of files that others have written: they are there, and not synced.
fn look(root: &Path, folder: &Path, promised: &mut Promised) {
    for entry in fs::read_dir(folder).expect("readable").flatten() {
        let (path, is_folder) = (entry.path(), entry.path().is_dir());
        let below = path.strip_prefix(root).expect("below").to_path_buf();
        if promised.node(&below).is_none() {
            let place = promised.place(&below);
            promised.changes.push((Change::Link(place, promised.nodes.len()), false));
            promised.nodes.push((!is_folder).then(|| (fs::read(&path).expect("readable"), false)));
        }
        if is_folder {
            look(root, &path, promised);
        }
    }
}

impl Disk for Recorder<'_> {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.does(self.disk.make_folder(path), |_| {})
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.does(self.disk.sync(path), |promised| {
            look(self.root, self.root, promised);
            let node = promised.node(self.below(path)).expect("it is there");
            match &mut promised.nodes[node] {
                Some((_, is_synced)) => *is_synced = true,
                None => promised.keep(node),
            }
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.look_first();
        let place = |promised: &Promised, path| promised.place(self.below(path));
        self.changes(self.disk.rename(from, to), |promised| Change::Move(place(promised, from), place(promised, to)))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        let place = |promised: &Promised, path| promised.place(self.below(path));
        self.changes(self.disk.exchange(one, other), |promised| {
            Change::Swap(place(promised, one), place(promised, other))
        })
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.look_first();
        self.changes(self.disk.remove_file(path), |promised| Change::Unlink(promised.place(self.below(path))))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.changes(self.disk.remove_folder(path), |promised| Change::Unlink(promised.place(self.below(path))))
    }
}

impl Recorder<'_> {
    /// Before something that is not known yet moves or goes.
    fn look_first(&self) {
        look(self.root, self.root, self.cuts.lock().expect("whole").last_mut().expect("there is a first"));
    }
}

/// What the report in a folder says; `None` if there is none. Every file of it is as the manifest tells.
fn said(target: &Path) -> Option<String> {
    let folder = Folder::open(&published::meant(&target.to_string_lossy()).ok()?).expect("a manifest that can be read");
    for output in &folder.manifest.outputs {
        let bytes = fs::read(folder.path.join(&output.file)).expect("a file that is listed");
        let is_own = String::from_utf8_lossy(&bytes) == OWN_WORDS;
        assert!(is_own || blake3::hash(&bytes).to_hex().as_str() == output.blake3, "{} is whole", output.file);
    }
    Some(fs::read_to_string(folder.path.join("tables/a.csv")).expect("a table"))
}

fn has_own_words(folder: &Path) -> bool {
    fs::read_dir(folder).expect("readable").flatten().map(|entry| entry.path()).any(|path| {
        if path.is_dir() {
            has_own_words(&path)
        } else {
            fs::read(path).is_ok_and(|bytes| bytes == OWN_WORDS.as_bytes())
        }
    })
}

/// Cuts the power after each operation of a run that publishes "two", in every way, and holds what is found.
fn cut_everywhere(exchanges: bool, before: impl Fn(&Path)) -> usize {
    let folder = tempfile::tempdir().expect("temp");
    before(&folder.path().join("2023"));
    let had = (said(&folder.path().join("2023")), has_own_words(folder.path()));
    let recorder = Recorder::of(folder.path(), exchanges);
    publish(&recorder, &folder.path().join("2023"), "two").expect("published");
    let cuts = recorder.cuts.into_inner().expect("whole");
    for (index, cut) in cuts.iter().enumerate() {
        for way in 0..WAYS {
            let machine = tempfile::tempdir().expect("temp");
            cut.found(machine.path(), way);
            let target = machine.path().join("2023");
            let found = said(&target);
            let is_new = found.as_deref() == Some("two");
            let is_last = index + 1 == cuts.len();
            assert!(is_new || (found == had.0 && !is_last), "cut {index}, way {way}: {found:?}");
            publish(&Quick { exchanges }, &target, "three").expect("a later run succeeds");
            assert_eq!(said(&target).as_deref(), Some("three"), "cut {index}, way {way}");
            assert_eq!(has_own_words(machine.path()), had.1, "cut {index}, way {way}: the analyst's words");
        }
    }
    cuts.len()
}

fn edited(target: &Path) {
    publish(&Quick { exchanges: true }, target, "one").expect("published");
    fs::write(target.join("report.html"), OWN_WORDS).expect("edited");
}

#[test]
fn whenever_the_power_goes_a_report_stands_there_whole() {
    for exchanges in [true, false] {
        let cuts = cut_everywhere(exchanges, |target| {
            publish(&Quick { exchanges: true }, target, "one").expect("published");
        });
        assert!(cuts > 15, "{cuts} operations");
        let cuts = cut_everywhere(exchanges, edited);
        assert!(cuts > 20, "{cuts} operations");
    }
}

#[test]
fn whenever_the_power_goes_in_a_first_run_there_is_a_whole_report_or_none() {
    assert!(cut_everywhere(true, |_| {}) > 5);
}
