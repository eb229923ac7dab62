//! Counts as sums over atoms: the smallest sets of events that print can tell apart.
//!
//! In: the counts of one source as regions of the cross of its dimensions. Out: for each count a sum of atoms, and the
//! equations between the atoms. Any filling of the atoms that is nowhere negative is a table of events that would print
//! these counts, and the other way round: nothing that the counts tell together is lost.
//!
//! The whole cross would be too large. Counts that never meet in one dimension are told apart in crosses of their own: the
//! dimensions that stand together in a count are joined, the graph is filled until it is chordal, and each clique has a
//! cross of its own. Neighbours in the clique tree agree on what they share; then they are the margins of one table of
//! events (take them as independent given what they share). A dimension is used as coarsely as its counts say: years
//! and months are two dimensions, of which the one tells the other.
//!
//! Source: Vorob'ev, Consistent families of measures and their extensions (1962); Dobra and Fienberg, Bounds for cell
//! entries in contingency tables given marginal totals and decomposable graphs (2000).

use std::collections::{BTreeMap, BTreeSet};

use super::region::{Region, Space};
use super::system::Equation;

/// A dimension at one of its levels: the higher, the finer.
type Node = (usize, usize);

/// Atoms, and counts as sums of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Atoms {
    /// How many there are.
    pub len: usize,
    /// Parallel to the regions.
    pub sums: Vec<Vec<usize>>,
    /// Sums of atoms that are zero.
    pub equations: Vec<Equation>,
}

impl Atoms {
    pub(super) fn of(space: &Space) -> Atoms {
        let levels = Levels::of(space);
        let tree = Tree::of(space, &levels);
        let mut atoms = Atoms { len: tree.cliques.iter().map(|clique| clique.len).sum(), ..Atoms::default() };
        for region in &space.regions {
            atoms.sums.push(tree.sum(&levels, region));
        }
        for (one, other) in &tree.edges {
            atoms.equations.extend(tree.agreement(&levels, *one, *other));
        }
        atoms
    }
}

/// The ways in which counts divide each dimension, each way finer than the one before.
struct Levels {
    /// By dimension and level: the class of each value, from 0.
    classes: Vec<Vec<Vec<usize>>>,
    /// The level at which the counts of some dimensions use one of them.
    of_scope: BTreeMap<(Vec<usize>, usize), usize>,
}

impl Levels {
    fn of(space: &Space) -> Levels {
        let mut sets: BTreeMap<(Vec<usize>, usize), BTreeSet<&BTreeSet<usize>>> = BTreeMap::new();
        for region in &space.regions {
            let scope: Vec<usize> = region.keys().copied().collect();
            region.iter().for_each(|(axis, values)| {
                sets.entry((scope.clone(), *axis)).or_default().insert(values);
            });
        }
        let divided: BTreeMap<&(Vec<usize>, usize), Vec<usize>> =
            sets.iter().map(|(place, sets)| (place, classes(space.sizes[place.1], sets.iter().copied()))).collect();
        let mut levels = Levels { classes: vec![Vec::new(); space.sizes.len()], of_scope: BTreeMap::new() };
        for axis in 0..space.sizes.len() {
            let ways: BTreeSet<(usize, &Vec<usize>)> =
                divided.iter().filter(|(place, _)| place.1 == axis).map(|(_, way)| (count(way), way)).collect();
            let mut finest = vec![0; space.sizes[axis]];
            for (level, (_, way)) in ways.into_iter().enumerate() {
                finest = joined(&finest, way);
                levels.classes[axis].push(finest.clone());
                for (place, other) in divided.iter().filter(|(place, _)| place.1 == axis) {
                    if *other == *way {
                        levels.of_scope.insert((*place).clone(), level);
                    }
                }
            }
        }
        levels
    }

    fn nodes(&self, region: &Region) -> BTreeSet<Node> {
        let scope: Vec<usize> = region.keys().copied().collect();
        scope.iter().map(|axis| (*axis, self.of_scope[&(scope.clone(), *axis)])).collect()
    }

    fn size(&self, node: Node) -> usize {
        count(&self.classes[node.0][node.1])
    }

    /// For each class of a level, the class of a coarser one that it is in.
    fn coarser(&self, (axis, fine): Node, coarse: usize) -> Vec<usize> {
        let mut of = vec![0; self.size((axis, fine))];
        for (fine, coarse) in self.classes[axis][fine].iter().zip(&self.classes[axis][coarse]) {
            of[*fine] = *coarse;
        }
        of
    }
}

fn count(classes: &[usize]) -> usize {
    classes.iter().max().map_or(0, |last| last + 1)
}

/// Values that are in the same sets are in the same class.
fn classes<'s>(values: usize, sets: impl Iterator<Item = &'s BTreeSet<usize>>) -> Vec<usize> {
    sets.fold(vec![0; values], |classes, set| {
        let own: Vec<usize> = (0..values).map(|value| usize::from(set.contains(&value))).collect();
        joined(&classes, &own)
    })
}

/// The classes of two divisions at once, numbered as they come.
fn joined(one: &[usize], other: &[usize]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let pairs = one.iter().zip(other);
    pairs
        .map(|pair| {
            let next = numbers.len();
            *numbers.entry(pair).or_insert(next)
        })
        .collect()
}

/// Some dimensions and the cross of their classes: one atom each, numbered row by row.
struct Clique {
    nodes: BTreeSet<Node>,
    /// The finest level of each dimension, with its number of classes.
    axes: Vec<(Node, usize)>,
    first: usize,
    len: usize,
}

impl Clique {
    fn of(levels: &Levels, nodes: BTreeSet<Node>, first: usize) -> Clique {
        let axes: Vec<(Node, usize)> = finest(&nodes).into_iter().map(|node| (node, levels.size(node))).collect();
        Clique { nodes, first, len: axes.iter().map(|(_, size)| size).product(), axes }
    }

    /// The atoms with one of these classes in each dimension.
    fn atoms(&self, chosen: &[Vec<usize>]) -> Vec<usize> {
        let mut atoms = vec![0];
        for ((_, size), classes) in self.axes.iter().zip(chosen) {
            atoms = atoms.iter().flat_map(|atom| classes.iter().map(move |class| atom * size + class)).collect();
        }
        atoms.iter().map(|atom| self.first + atom).collect()
    }
}

/// One node a dimension: the finest, which tells the others.
fn finest(nodes: &BTreeSet<Node>) -> Vec<Node> {
    nodes.iter().copied().collect::<BTreeMap<usize, usize>>().into_iter().collect()
}

/// Cliques, and which of them agree on what they share.
struct Tree {
    cliques: Vec<Clique>,
    edges: Vec<(usize, usize)>,
}

impl Tree {
    fn of(space: &Space, levels: &Levels) -> Tree {
        let mut sets: BTreeSet<BTreeSet<Node>> = space.regions.iter().map(|region| levels.nodes(region)).collect();
        for (axis, ways) in levels.classes.iter().enumerate() {
            sets.extend((1..ways.len()).map(|level| BTreeSet::from([(axis, level - 1), (axis, level)])));
        }
        let mut first = 0;
        let mut cliques = Vec::new();
        for nodes in chordal(levels, &sets) {
            let clique = Clique::of(levels, nodes, first);
            first += clique.len;
            cliques.push(clique);
        }
        Tree { edges: spanning(&cliques), cliques }
    }

    /// A count as a sum over the smallest clique that has all its dimensions.
    fn sum(&self, levels: &Levels, region: &Region) -> Vec<usize> {
        let nodes = levels.nodes(region);
        let holding = self.cliques.iter().filter(|clique| nodes.is_subset(&clique.nodes));
        let clique = holding.min_by_key(|clique| clique.len).expect("the nodes of every region are in a clique");
        let classes = |((axis, level), size): &(Node, usize)| match region.get(axis) {
            None => (0..*size).collect(),
            Some(values) => {
                let classes: BTreeSet<usize> =
                    values.iter().map(|value| levels.classes[*axis][*level][*value]).collect();
                classes.into_iter().collect()
            }
        };
        clique.atoms(&clique.axes.iter().map(classes).collect::<Vec<Vec<usize>>>())
    }

    /// What two neighbours share is the same in both.
    fn agreement(&self, levels: &Levels, one: usize, other: usize) -> Vec<Equation> {
        let shared = finest(&self.cliques[one].nodes.intersection(&self.cliques[other].nodes).copied().collect());
        let mut equations: BTreeMap<Vec<usize>, Equation> = BTreeMap::new();
        for (clique, times) in [(one, 1), (other, -1)] {
            let clique = &self.cliques[clique];
            let of_shared: Vec<(usize, Vec<usize>)> = shared
                .iter()
                .map(|(axis, level)| {
                    let place = clique.axes.iter().position(|(node, _)| node.0 == *axis);
                    let place = place.expect("a shared dimension is one of the clique's");
                    (place, levels.coarser(clique.axes[place].0, *level))
                })
                .collect();
            for atom in 0..clique.len {
                let classes = clique.classes(atom);
                let key = of_shared.iter().map(|(place, coarser)| coarser[classes[*place]]).collect();
                equations.entry(key).or_default().push((clique.first + atom, times));
            }
        }
        equations.into_values().collect()
    }
}

impl Clique {
    /// The class of an atom in each dimension.
    fn classes(&self, atom: usize) -> Vec<usize> {
        let mut left = atom;
        let mut classes: Vec<usize> = Vec::with_capacity(self.axes.len());
        for (_, size) in self.axes.iter().rev() {
            classes.push(left % size);
            left /= size;
        }
        classes.reverse();
        classes
    }
}

/// The cliques of a chordal graph in which all nodes of each set are joined: the smallest cross is filled first.
fn chordal(levels: &Levels, sets: &BTreeSet<BTreeSet<Node>>) -> Vec<BTreeSet<Node>> {
    let mut around: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
    for set in sets {
        set.iter().for_each(|node| around.entry(*node).or_default().extend(set));
    }
    let cross = |nodes: &BTreeSet<Node>| {
        finest(nodes).into_iter().fold(1_usize, |size, node| size.saturating_mul(levels.size(node)))
    };
    let mut cliques: Vec<BTreeSet<Node>> = Vec::new();
    while let Some(node) = around.iter().min_by_key(|(_, nodes)| cross(nodes)).map(|(node, _)| *node) {
        let clique = around.remove(&node).expect("it has just been found");
        for other in clique.iter().filter(|other| **other != node) {
            let neighbours = around.entry(*other).or_default();
            neighbours.extend(&clique);
            neighbours.remove(&node);
        }
        if !cliques.iter().any(|larger| clique.is_subset(larger)) {
            cliques.push(clique);
        }
    }
    if cliques.is_empty() { vec![BTreeSet::new()] } else { cliques }
}

/// A tree over cliques of a chordal graph in which neighbours share as much as can be.
fn spanning(cliques: &[Clique]) -> Vec<(usize, usize)> {
    let shared = |one: usize, other: usize| cliques[one].nodes.intersection(&cliques[other].nodes).count();
    let (mut inside, mut edges) = (vec![0], Vec::new());
    let mut outside: Vec<usize> = (1..cliques.len()).collect();
    while !outside.is_empty() {
        let pairs = outside.iter().flat_map(|other| inside.iter().map(move |one| (*one, *other)));
        let Some((one, other)) =
            pairs.max_by_key(|(one, other)| (shared(*one, *other), std::cmp::Reverse((*one, *other))))
        else {
            break;
        };
        edges.push((one, other));
        inside.push(other);
        outside.retain(|left| *left != other);
    }
    edges
}
