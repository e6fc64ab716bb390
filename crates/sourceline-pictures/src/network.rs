//! Networks side by side, everybody at the same spot in each.

use std::collections::{BTreeMap, BTreeSet};

use crate::svg::{Svg, cut};

/// A relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NetworkEdge {
    /// Who.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Its kind, as written on it.
    pub kind: String,
    /// Whether it stands against somebody.
    pub hostile: bool,
    /// Whether it is contested or presumed: drawn as a broken line.
    pub unsure: bool,
}

/// One network with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkPanel {
    /// Heading, such as a date.
    pub title: String,
    /// Relations.
    pub edges: Vec<NetworkEdge>,
}

const SIDE: f64 = 720.0;

/// Most actors drawn: those with most relations; the picture says how many are left out.
const MAX_ACTORS: usize = 60;

/// Rounds of the layout; more move nothing visibly (tried on 60 actors).
const ROUNDS: usize = 300;

/// Draws networks side by side.
pub fn network_svg(title: &str, panels: &[NetworkPanel]) -> String {
    let (actors, left_out) = actors(panels);
    let spots = layout(&actors, panels);
    let mut svg = Svg::new(SIDE * panels.len().max(1) as f64, SIDE + 60.0);
    for (at, panel) in panels.iter().enumerate() {
        draw(&mut svg, SIDE * at as f64, panel, &spots);
    }
    if left_out > 0 {
        svg.text(20.0, SIDE + 50.0, "faint", "start", &format!("{left_out} actors with fewer relations are not drawn"));
    }
    svg.finish(title)
}

fn actors(panels: &[NetworkPanel]) -> (Vec<&str>, usize) {
    let mut degree: BTreeMap<&str, usize> = BTreeMap::new();
    for edge in panels.iter().flat_map(|panel| &panel.edges) {
        *degree.entry(&edge.from).or_default() += 1;
        *degree.entry(&edge.to).or_default() += 1;
    }
    let mut order: Vec<(&str, usize)> = degree.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let left_out = order.len().saturating_sub(MAX_ACTORS);
    order.truncate(MAX_ACTORS);
    (order.into_iter().map(|(name, _)| name).collect(), left_out)
}

/// Fruchterman & Reingold, "Graph Drawing by Force-directed Placement" (1991), from a circle, so without chance.
fn layout<'a>(actors: &[&'a str], panels: &[NetworkPanel]) -> BTreeMap<&'a str, (f64, f64)> {
    let n = actors.len().max(1);
    let index: BTreeMap<&str, usize> = actors.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let pairs: BTreeSet<(usize, usize)> = panels
        .iter()
        .flat_map(|panel| &panel.edges)
        .filter_map(|edge| Some((*index.get(edge.from.as_str())?, *index.get(edge.to.as_str())?)))
        .filter(|(a, b)| a != b)
        .collect();
    let turn = |at: usize| std::f64::consts::TAU * at as f64 / n as f64;
    let mut spots: Vec<(f64, f64)> =
        (0..n).map(|at| (0.5 + 0.4 * turn(at).cos(), 0.5 + 0.4 * turn(at).sin())).collect();
    let ideal = 0.9 / (n as f64).sqrt();
    for round in 0..ROUNDS {
        let heat = 0.08 * (1.0 - round as f64 / ROUNDS as f64);
        let mut pull = vec![(0.0, 0.0); n];
        for a in 0..n {
            for b in 0..n {
                push_apart(&spots, &mut pull, (a, b), ideal);
            }
        }
        for &(a, b) in &pairs {
            let (dx, dy) = (spots[a].0 - spots[b].0, spots[a].1 - spots[b].1);
            let strength = dx.hypot(dy) / ideal;
            pull[a].0 -= dx * strength;
            pull[a].1 -= dy * strength;
            pull[b].0 += dx * strength;
            pull[b].1 += dy * strength;
        }
        for (spot, (dx, dy)) in spots.iter_mut().zip(pull) {
            let length = dx.hypot(dy).max(1e-9);
            spot.0 = (spot.0 + dx / length * length.min(heat)).clamp(0.04, 0.96);
            spot.1 = (spot.1 + dy / length * length.min(heat)).clamp(0.04, 0.96);
        }
    }
    actors.iter().zip(spots).map(|(name, spot)| (*name, spot)).collect()
}

fn push_apart(spots: &[(f64, f64)], pull: &mut [(f64, f64)], (a, b): (usize, usize), ideal: f64) {
    if a == b {
        return;
    }
    let (dx, dy) = (spots[a].0 - spots[b].0, spots[a].1 - spots[b].1);
    let distance = dx.hypot(dy).max(1e-4);
    let strength = ideal * ideal / (distance * distance);
    pull[a].0 += dx * strength;
    pull[a].1 += dy * strength;
}

fn draw(svg: &mut Svg, left: f64, panel: &NetworkPanel, spots: &BTreeMap<&str, (f64, f64)>) {
    svg.text(left + 20.0, 26.0, "ink", "start", &panel.title);
    let point = |name: &str| spots.get(name).map(|(x, y)| (left + 30.0 + x * (SIDE - 60.0), 40.0 + y * (SIDE - 60.0)));
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut labels: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for edge in &panel.edges {
        let (Some(from), Some(to)) = (point(&edge.from), point(&edge.to)) else { continue };
        shown.extend([edge.from.as_str(), edge.to.as_str()]);
        let class = if edge.hostile { "bad" } else { "good" };
        let dash = if edge.unsure { r#"stroke-dasharray="5 4""# } else { "" };
        svg.line(from, to, class, &format!(r#"{dash} marker-end="url(#tip)""#));
        labels.entry((&edge.from, &edge.to)).or_default().push(&edge.kind);
    }
    for ((from, to), kinds) in labels {
        if let (Some(a), Some(b)) = (point(from), point(to)) {
            svg.text((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0 - 3.0, "faint", "middle", &kinds.join(", "));
        }
    }
    for name in shown {
        if let Some((x, y)) = point(name) {
            svg.raw(&format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="6" class="node"/>"#));
            svg.text(x, y - 10.0, "ink", "middle", &cut(name, 32));
        }
    }
}
