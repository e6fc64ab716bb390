//! Actors and relations of one date as a graph.

use std::collections::BTreeMap;

use petgraph::graph::{NodeIndex, UnGraph};

use crate::{ActorIndex, Fluent, FluentId, Situation, Status};

/// The network of one date.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Who appears in it, in the order of the input.
    pub actors: Vec<ActorIndex>,
    /// Its relations.
    pub edges: Vec<(FluentId, Fluent, Status)>,
}

/// How central an actor is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Centrality {
    /// Who.
    pub actor: ActorIndex,
    /// Number of relations.
    pub degree: usize,
    /// Share of shortest paths between others that pass here, 0 to 1 (Brandes 2001, undirected, normalised).
    pub betweenness: f64,
}

/// How central everybody is.
#[derive(Debug, Clone, PartialEq)]
pub struct Centralities {
    /// Most central first.
    pub list: Vec<Centrality>,
    /// Set when betweenness is an estimate: the number of actors whose shortest paths were followed.
    pub pivots: Option<usize>,
}

/// Most actors for which betweenness is computed exactly, a matter of seconds.
pub const EXACT: usize = 4_000;

/// Actors whose shortest paths are followed in larger networks.
const PIVOTS: usize = 400;

impl Network {
    /// Makes the network of a state.
    pub fn new(situation: &Situation, state: &[(FluentId, Status)]) -> Self {
        let edges = state.iter().map(|&(id, status)| (id, situation.fluent(id), status)).collect();
        let mut network = Self { actors: Vec::new(), edges };
        network.list_actors();
        network
    }

    /// Keeps the relations of `actor` only.
    pub fn keep_about(&mut self, actor: ActorIndex) {
        self.edges.retain(|(_, fluent, _)| fluent.subject == actor || fluent.object == actor);
        self.list_actors();
    }

    fn list_actors(&mut self) {
        self.actors = self.edges.iter().flat_map(|(_, fluent, _)| [fluent.subject, fluent.object]).collect();
        self.actors.sort_unstable();
        self.actors.dedup();
    }

    /// The relations of `actor`.
    pub fn of(&self, actor: ActorIndex) -> impl Iterator<Item = &(FluentId, Fluent, Status)> {
        self.edges.iter().filter(move |(_, fluent, _)| fluent.subject == actor || fluent.object == actor)
    }

    /// Degree and betweenness of every actor, most central first. In a network of more than [`EXACT`] actors betweenness is estimated.
    pub fn centrality(&self) -> Centralities {
        let (graph, _) = self.graph();
        let pivots = (graph.node_count() > EXACT).then_some(PIVOTS);
        let between = betweenness(&Neighbours::new(&graph), pivots);
        let mut list: Vec<Centrality> = graph
            .node_indices()
            .map(|node| Centrality {
                actor: graph[node],
                degree: graph.neighbors(node).count(),
                betweenness: between[node.index()],
            })
            .collect();
        list.sort_by(|a, b| {
            b.betweenness.total_cmp(&a.betweenness).then(b.degree.cmp(&a.degree)).then(a.actor.cmp(&b.actor))
        });
        Centralities { list, pivots }
    }

    fn graph(&self) -> (UnGraph<ActorIndex, ()>, BTreeMap<ActorIndex, NodeIndex>) {
        let mut graph = UnGraph::new_undirected();
        let nodes: BTreeMap<ActorIndex, NodeIndex> =
            self.actors.iter().map(|&actor| (actor, graph.add_node(actor))).collect();
        for (_, fluent, _) in &self.edges {
            graph.update_edge(nodes[&fluent.subject], nodes[&fluent.object], ());
        }
        (graph, nodes)
    }
}

/// The connected parts of a network, largest first.
pub fn components(network: &Network) -> Vec<Vec<ActorIndex>> {
    let (graph, _) = network.graph();
    let mut parts: Vec<Vec<ActorIndex>> = petgraph::algo::kosaraju_scc(&graph)
        .into_iter()
        .map(|part| {
            let mut actors: Vec<ActorIndex> = part.into_iter().map(|node| graph[node]).collect();
            actors.sort_unstable();
            actors
        })
        .collect();
    parts.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    parts
}

/// Who is joined to whom, in one flat table.
struct Neighbours {
    starts: Vec<usize>,
    list: Vec<usize>,
}

impl Neighbours {
    fn new(graph: &UnGraph<ActorIndex, ()>) -> Self {
        let mut table = Self { starts: vec![0], list: Vec::with_capacity(2 * graph.edge_count()) };
        for node in graph.node_indices() {
            table.list.extend(graph.neighbors(node).map(NodeIndex::index).filter(|&other| other != node.index()));
            table.starts.push(table.list.len());
        }
        table
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn of(&self, node: usize) -> &[usize] {
        &self.list[self.starts[node]..self.starts[node + 1]]
    }
}

/// Brandes, "A Faster Algorithm for Betweenness Centrality" (2001), algorithm 1, normalised by the pairs of others. With `pivots` only so many sources are
/// followed, drawn without replacement by a fixed rule, and their sum is scaled up (Brandes & Pich, "Centrality Estimation in Large Networks", 2007, section 3).
fn betweenness(graph: &Neighbours, pivots: Option<usize>) -> Vec<f64> {
    let n = graph.len();
    let sources = pivots.map_or_else(|| (0..n).collect(), |pivots| drawn(n, pivots));
    let mut total = vec![0.0; n];
    let (mut paths, mut depth, mut share) = (vec![0.0; n], vec![u32::MAX; n], vec![0.0; n]);
    let mut order: Vec<usize> = Vec::with_capacity(n);
    for &source in &sources {
        order.clear();
        order.push(source);
        (paths[source], depth[source]) = (1.0, 0);
        let mut at = 0;
        while let Some(&node) = order.get(at) {
            at += 1;
            for &next in graph.of(node) {
                if depth[next] == u32::MAX {
                    depth[next] = depth[node] + 1;
                    order.push(next);
                }
                if depth[next] == depth[node] + 1 {
                    paths[next] += paths[node];
                }
            }
        }
        for &node in order.iter().rev() {
            for &previous in graph.of(node).iter().filter(|&&previous| depth[previous] + 1 == depth[node]) {
                share[previous] += paths[previous] / paths[node] * (1.0 + share[node]);
            }
            if node != source {
                total[node] += share[node];
            }
        }
        for &node in &order {
            (paths[node], depth[node], share[node]) = (0.0, u32::MAX, 0.0);
        }
    }
    let pairs = (n.saturating_sub(1) * n.saturating_sub(2)) as f64;
    let scale = if pairs > 0.0 { n as f64 / sources.len() as f64 / pairs } else { 0.0 };
    total.into_iter().map(|value| value * scale).collect()
}

/// `wanted` of the numbers below `n`, each once: a linear congruential generator (Knuth's MMIX constants) with a fixed seed, so that an answer can be repeated.
fn drawn(n: usize, wanted: usize) -> Vec<usize> {
    let mut state = 1_u64;
    let mut chosen = std::collections::BTreeSet::new();
    while chosen.len() < wanted.min(n) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        chosen.insert((state >> 33) as usize % n);
    }
    chosen.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring of hubs, each with leaves of its own: hubs carry the paths.
    fn hubs(hubs: usize, leaves: usize) -> Neighbours {
        let mut graph = UnGraph::new_undirected();
        let middle: Vec<NodeIndex> = (0..hubs).map(|at| graph.add_node(ActorIndex(at as u32))).collect();
        for (at, &hub) in middle.iter().enumerate() {
            graph.update_edge(hub, middle[(at + 1) % hubs], ());
            for leaf in 0..leaves {
                let leaf = graph.add_node(ActorIndex((hubs + at * leaves + leaf) as u32));
                graph.update_edge(hub, leaf, ());
            }
        }
        Neighbours::new(&graph)
    }

    #[test]
    fn pivots_find_the_same_hubs_as_all_sources_do() {
        let graph = hubs(12, 100);
        let (exact, estimated) = (betweenness(&graph, None), betweenness(&graph, Some(PIVOTS)));
        assert_eq!(estimated, betweenness(&graph, Some(PIVOTS)));
        for hub in 0..12 {
            let off = (estimated[hub] - exact[hub]).abs() / exact[hub];
            assert!(off < 0.15, "hub {hub}: {} for {}", estimated[hub], exact[hub]);
        }
        assert!((12..graph.len()).all(|leaf| exact[leaf].abs() < 1e-12 && estimated[leaf].abs() < 1e-12));
    }

    #[test]
    fn a_line_of_three_passes_through_its_middle() {
        let mut graph = UnGraph::new_undirected();
        let nodes: Vec<NodeIndex> = (0..3).map(|at| graph.add_node(ActorIndex(at))).collect();
        graph.update_edge(nodes[0], nodes[1], ());
        graph.update_edge(nodes[1], nodes[2], ());
        assert_eq!(betweenness(&Neighbours::new(&graph), None), [0.0, 1.0, 0.0]);
    }
}
