//! Networks side by side, everybody at the same spot in each.

use std::collections::{BTreeMap, BTreeSet};

use crate::labels::Labels;
use crate::layout::layout;
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

/// Width of a network, in units.
const WIDE: f64 = 900.0;

/// Most actors drawn: those with most relations; the picture says how many are left out.
const MAX_ACTORS: usize = 60;

/// Width of the lines of friends and of foes: on grey paper the colours are one.
const WITH: f64 = 1.3;
const AGAINST: f64 = 2.6;

/// Letters of a name that are shown.
const LETTERS: usize = 30;

const TOP: f64 = 44.0;

/// Draws networks side by side. What only one of them has is drawn strongly there and stands as a faint name in the other.
pub fn network_svg(title: &str, panels: &[NetworkPanel]) -> String {
    let (actors, left_out) = actors(panels);
    let (spots, height) = layout(&actors, &pairs(&actors, panels), WIDE);
    let mut svg = Svg::new(WIDE * panels.len().max(1) as f64, TOP + height.max(40.0) + 70.0);
    for (at, panel) in panels.iter().enumerate() {
        let left = WIDE * at as f64;
        if at > 0 {
            svg.line((left, 10.0), (left, TOP + height + 10.0), "grid", "");
        }
        draw(&mut svg, left, panel, &spots);
    }
    legend(&mut svg, TOP + height + 30.0);
    if left_out > 0 {
        let note = format!("{left_out} actors with fewer relations are not drawn");
        svg.text(20.0, TOP + height + 58.0, "faint", "start", &note);
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

fn pairs(actors: &[&str], panels: &[NetworkPanel]) -> BTreeSet<(usize, usize)> {
    let index: BTreeMap<&str, usize> = actors.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let edges = panels.iter().flat_map(|panel| &panel.edges);
    let ends = edges.filter_map(|edge| Some((*index.get(edge.from.as_str())?, *index.get(edge.to.as_str())?)));
    ends.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect()
}

/// What is drawn as one line: all relations from one to another that are for it or against.
type Lines<'a> = BTreeMap<(&'a str, &'a str, bool), (Vec<&'a str>, bool)>;

fn draw(svg: &mut Svg, left: f64, panel: &NetworkPanel, spots: &BTreeMap<&str, (f64, f64)>) {
    svg.text(left + 20.0, 26.0, "head", "start", &panel.title);
    let point = |name: &str| spots.get(name).map(|(x, y)| (left + x, TOP + y));
    let mut lines: Lines<'_> = BTreeMap::new();
    let mut degree: BTreeMap<&str, usize> = BTreeMap::new();
    for edge in panel.edges.iter().filter(|edge| point(&edge.from).is_some() && point(&edge.to).is_some()) {
        let line = lines.entry((&edge.from, &edge.to, edge.hostile)).or_insert((Vec::new(), true));
        if !line.0.contains(&edge.kind.as_str()) {
            line.0.push(&edge.kind);
        }
        line.1 &= edge.unsure;
        *degree.entry(&edge.from).or_default() += 1;
        *degree.entry(&edge.to).or_default() += 1;
    }
    let mut labels = Labels::default();
    for &name in degree.keys() {
        point(name).into_iter().for_each(|at| labels.keep(at, 7.0));
    }
    let strokes: Vec<_> =
        lines.iter().filter_map(|(key, line)| Some((stroke(point, key, &lines)?, key, line))).collect();
    for ((from, to), ..) in &strokes {
        labels.keep_line(*from, *to);
    }
    let edges = (left + 4.0, left + WIDE - 4.0);
    let mut order: Vec<(&str, usize)> = degree.iter().map(|(name, n)| (*name, *n)).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let names: Vec<_> = order
        .iter()
        .filter_map(|(name, _)| {
            let (at, shown) = (point(name)?, cut(name, LETTERS));
            Some((at, labels.beside(at, &shown, edges), shown))
        })
        .collect();
    for ((from, to), (_, _, hostile), (_, unsure)) in &strokes {
        let dash = if *unsure { r#"stroke-dasharray="5 4""# } else { "" };
        let class = if *hostile { "bad" } else { "good" };
        let wide = if *hostile { AGAINST } else { WITH };
        svg.line(*from, *to, class, &format!(r#"stroke-width="{wide}" {dash} marker-end="url(#tip)""#));
    }
    for ((from, to), _, (kinds, _)) in &strokes {
        let words = kinds.join(", ");
        let spot = labels.along(*from, *to, &words, edges);
        svg.text(spot.x, spot.y, "faint halo small", spot.anchor, &words);
    }
    for (at, spot, shown) in names {
        svg.raw(&format!(r#"<circle cx="{:.1}" cy="{:.1}" r="6" class="node"/>"#, at.0, at.1));
        svg.text(spot.x, spot.y, "ink halo", spot.anchor, &shown);
    }
}

/// Both ends of a line, off the circles; beside the middle when there is another line between the same two.
fn stroke(
    point: impl Fn(&str) -> Option<(f64, f64)>,
    &(from, to, hostile): &(&str, &str, bool),
    lines: &Lines<'_>,
) -> Option<((f64, f64), (f64, f64))> {
    let (a, b) = (point(from)?, point(to)?);
    let length = (b.0 - a.0).hypot(b.1 - a.1).max(1e-6);
    let (ux, uy) = ((b.0 - a.0) / length, (b.1 - a.1) / length);
    let others = [(from, to, !hostile), (to, from, hostile), (to, from, !hostile)];
    let beside = if others.iter().any(|key| lines.contains_key(key)) { 4.0 } else { 0.0 };
    // The offset turns with the direction, so that lines there and back lie on two sides; friend and foe lie apart as well.
    let beside = if hostile { -beside } else { beside } * if from < to { 1.0 } else { -1.0 };
    let beside = if lines.contains_key(&(to, from, hostile)) && from > to { -beside } else { beside };
    let shift = |(x, y): (f64, f64), along: f64| (x + ux * along - uy * beside, y + uy * along + ux * beside);
    (length > 20.0).then(|| (shift(a, 8.0), shift(b, -9.0)))
}

fn legend(svg: &mut Svg, y: f64) {
    let mut x = 20.0;
    for (class, wide, dash, words) in [
        ("good", WITH, "", "with or through"),
        ("bad", AGAINST, "", "against"),
        ("good", WITH, r#"stroke-dasharray="5 4""#, "presumed or contested"),
    ] {
        svg.line((x, y), (x + 30.0, y), class, &format!(r#"stroke-width="{wide}" {dash} marker-end="url(#tip)""#));
        svg.text(x + 38.0, y + 4.5, "faint", "start", words);
        x += 60.0 + crate::svg::width(words);
    }
}
