//! Where the actors of a network stand: every connected part laid out for itself, the parts packed into rows, largest first.

use std::collections::{BTreeMap, BTreeSet};

/// Room for one actor of a part, in units: names are wider than they are high.
const CELL: (f64, f64) = (150.0, 84.0);

/// Room around a part: half a name on either side, a line above and below.
const MARGIN: (f64, f64) = (78.0, 30.0);

/// Height of a part of two, which lie beside each other, and how far apart they stand.
const PAIR: (f64, f64) = (36.0, 190.0);

/// Least distance of two actors of a part, across and down.
const APART: (f64, f64) = (125.0, 56.0);

/// Rounds of the forces; more move nothing visibly (tried on 60 actors).
const ROUNDS: usize = 300;

/// Points by actor, and the height that they take at `width`.
pub(crate) fn layout<'a>(
    actors: &[&'a str],
    pairs: &BTreeSet<(usize, usize)>,
    width: f64,
) -> (BTreeMap<&'a str, (f64, f64)>, f64) {
    let mut boxes: Vec<Placed> = parts(actors.len(), pairs).into_iter().map(|part| place(part, pairs, width)).collect();
    boxes.sort_by(|a, b| b.size.1.total_cmp(&a.size.1).then(b.size.0.total_cmp(&a.size.0)).then(a.part.cmp(&b.part)));
    let mut spots = BTreeMap::new();
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    for placed in boxes {
        if x > 0.0 && x + placed.size.0 > width {
            (x, y, row) = (0.0, y + row, 0.0);
        }
        for (&actor, spot) in placed.part.iter().zip(&placed.spots) {
            spots.insert(actors[actor], (x + spot.0, y + spot.1));
        }
        x += placed.size.0;
        row = row.max(placed.size.1);
    }
    (spots, y + row)
}

/// A part in a box of its own.
struct Placed {
    part: Vec<usize>,
    spots: Vec<(f64, f64)>,
    size: (f64, f64),
}

/// The connected parts.
fn parts(actors: usize, pairs: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut part: Vec<usize> = (0..actors).collect();
    fn root(part: &mut [usize], mut at: usize) -> usize {
        while part[at] != at {
            part[at] = part[part[at]];
            at = part[at];
        }
        at
    }
    for &(a, b) in pairs {
        let (a, b) = (root(&mut part, a), root(&mut part, b));
        part[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..actors {
        parts.entry(root(&mut part, at)).or_default().push(at);
    }
    parts.into_values().collect()
}

fn place(part: Vec<usize>, pairs: &BTreeSet<(usize, usize)>, width: f64) -> Placed {
    if part.len() <= 2 {
        let spots = (0..part.len()).map(|at| (MARGIN.0 + PAIR.1 * at as f64, PAIR.0 / 2.0 + 8.0)).collect();
        let size = (2.0 * MARGIN.0 + PAIR.1 * part.len().saturating_sub(1) as f64, PAIR.0 + 16.0);
        return Placed { part, spots, size };
    }
    let index: BTreeMap<usize, usize> = part.iter().enumerate().map(|(at, &actor)| (actor, at)).collect();
    let own: Vec<(usize, usize)> = pairs.iter().filter_map(|(a, b)| Some((*index.get(a)?, *index.get(b)?))).collect();
    let free = forces(part.len(), &own);
    let side = (part.len() as f64).sqrt();
    // The longer side of the drawing lies across, where names have room.
    let ((low_x, high_x), (low_y, high_y)) = (range(free.iter().map(|p| p.0)), range(free.iter().map(|p| p.1)));
    let turned = high_y - low_y > high_x - low_x;
    let unit = |value: f64, (low, high): (f64, f64)| if high - low < 1e-6 { 0.5 } else { (value - low) / (high - low) };
    let (long, short) = if turned { (high_y - low_y, high_x - low_x) } else { (high_x - low_x, high_y - low_y) };
    let wide = (CELL.0 * side).min(width - 2.0 * MARGIN.0);
    // A part in a row is low.
    let inner = (wide, (CELL.1 * side).min(wide * short / long.max(1e-6)).max(APART.1));
    let spots = free.iter().map(|&(x, y)| {
        let (x, y) = (unit(x, (low_x, high_x)), unit(y, (low_y, high_y)));
        let (x, y) = if turned { (y, x) } else { (x, y) };
        (MARGIN.0 + x * inner.0, MARGIN.1 + y * inner.1)
    });
    let mut spots: Vec<(f64, f64)> = spots.collect();
    spread(&mut spots, inner.0);
    let (low, high) = range(spots.iter().map(|p| p.1));
    spots.iter_mut().for_each(|spot| spot.1 += MARGIN.1 - low);
    Placed { part, spots, size: (inner.0 + 2.0 * MARGIN.0, high - low + 2.0 * MARGIN.1) }
}

/// Moves actors apart whose names would lie on each other, downwards and upwards more than sideways, where the width is given.
fn spread(spots: &mut [(f64, f64)], wide: f64) {
    for _ in 0..ROUNDS {
        let mut moved = false;
        for a in 0..spots.len() {
            for b in a + 1..spots.len() {
                let (dx, dy) = ((spots[b].0 - spots[a].0) / APART.0, (spots[b].1 - spots[a].1) / APART.1);
                let distance = dx.hypot(dy);
                if distance >= 1.0 {
                    continue;
                }
                moved = true;
                let (ux, uy) = if distance < 1e-6 { (0.0, 1.0) } else { (dx / distance, dy / distance) };
                let half = (1.0 - distance) / 2.0 + 1e-3;
                for (at, sign) in [(a, -half), (b, half)] {
                    spots[at].0 = (spots[at].0 + sign * ux * APART.0).clamp(MARGIN.0, MARGIN.0 + wide);
                    spots[at].1 += sign * uy * APART.1;
                }
            }
        }
        if !moved {
            break;
        }
    }
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
}

/// Fruchterman & Reingold, "Graph Drawing by Force-directed Placement" (1991), from a circle, so without chance.
fn forces(n: usize, pairs: &[(usize, usize)]) -> Vec<(f64, f64)> {
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
        for &(a, b) in pairs {
            let (dx, dy) = (spots[a].0 - spots[b].0, spots[a].1 - spots[b].1);
            let strength = dx.hypot(dy) / ideal;
            pull[a].0 -= dx * strength;
            pull[a].1 -= dy * strength;
            pull[b].0 += dx * strength;
            pull[b].1 += dy * strength;
        }
        for (spot, (dx, dy)) in spots.iter_mut().zip(pull) {
            let length = dx.hypot(dy).max(1e-9);
            spot.0 += dx / length * length.min(heat);
            spot.1 += dy / length * length.min(heat);
        }
    }
    spots
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_apart_and_inside_the_width() {
        let names: Vec<String> = (0..30).map(|n| format!("actor {n}")).collect();
        let actors: Vec<&str> = names.iter().map(String::as_str).collect();
        let ring = (0..10).map(|n| (n, (n + 1) % 10));
        let pairs: BTreeSet<(usize, usize)> = ring.chain((5..15).map(|n| (2 * n, 2 * n + 1))).collect();
        let (spots, height) = layout(&actors, &pairs, 900.0);
        assert_eq!(spots.len(), 30);
        for (x, y) in spots.values() {
            assert!((0.0..=900.0).contains(x) && (0.0..=height).contains(y), "{x} {y}");
        }
        let points: Vec<&(f64, f64)> = spots.values().collect();
        for (at, a) in points.iter().enumerate() {
            for b in &points[at + 1..] {
                assert!((a.0 - b.0).hypot(a.1 - b.1) > 12.0, "{a:?} {b:?}");
            }
        }
    }
}
