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

impl Network {
    /// Makes the network of a state.
    pub fn new(situation: &Situation, state: &[(FluentId, Status)]) -> Self {
        let edges = state.iter().map(|&(id, status)| (id, situation.fluent(id), status)).collect();
        let mut network = Self { actors: Vec::new(), edges };
        network.actors = network.edges.iter().flat_map(|(_, fluent, _)| [fluent.subject, fluent.object]).collect();
        network.actors.sort_unstable();
        network.actors.dedup();
        network
    }

    /// The relations of `actor`.
    pub fn of(&self, actor: ActorIndex) -> impl Iterator<Item = &(FluentId, Fluent, Status)> {
        self.edges.iter().filter(move |(_, fluent, _)| fluent.subject == actor || fluent.object == actor)
    }

    /// Degree and betweenness of every actor, most central first.
    pub fn centrality(&self) -> Vec<Centrality> {
        let (graph, _) = self.graph();
        let between = betweenness(&graph);
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
        list
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

/// Brandes, "A Faster Algorithm for Betweenness Centrality" (2001), algorithm 1, normalised by the pairs of others.
fn betweenness(graph: &UnGraph<ActorIndex, ()>) -> Vec<f64> {
    let n = graph.node_count();
    let mut total = vec![0.0; n];
    for source in graph.node_indices() {
        let (mut order, mut paths, mut depth) = (Vec::new(), vec![0.0; n], vec![usize::MAX; n]);
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); n];
        paths[source.index()] = 1.0;
        depth[source.index()] = 0;
        let mut queue = std::collections::VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            order.push(node.index());
            for next in graph.neighbors(node) {
                if depth[next.index()] == usize::MAX {
                    depth[next.index()] = depth[node.index()] + 1;
                    queue.push_back(next);
                }
                if depth[next.index()] == depth[node.index()] + 1 {
                    paths[next.index()] += paths[node.index()];
                    before[next.index()].push(node.index());
                }
            }
        }
        let mut share = vec![0.0; n];
        for &node in order.iter().rev() {
            for &previous in &before[node] {
                share[previous] += paths[previous] / paths[node] * (1.0 + share[node]);
            }
            if node != source.index() {
                total[node] += share[node];
            }
        }
    }
    let pairs = (n.saturating_sub(1) * n.saturating_sub(2)) as f64;
    total.into_iter().map(|value| if pairs > 0.0 { value / pairs } else { 0.0 }).collect()
}
