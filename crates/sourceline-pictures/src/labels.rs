//! Labels that keep out of each other's way: each takes the free one of a few spots, or the least bad.

use crate::svg::width;

/// A rectangle: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

/// What is taken already.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    taken: Vec<Area>,
}

/// Where a label goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) anchor: &'static str,
}

/// Height of a line of text above and below its base line.
const LINE: (f64, f64) = (10.0, 3.0);

/// Least room between two labels on one line, half on either side.
const GAP: f64 = 4.0;

impl Labels {
    /// Keeps a square of `radius` around a point free.
    pub(crate) fn keep(&mut self, (x, y): (f64, f64), radius: f64) {
        self.taken.push((x - radius, y - radius, x + radius, y + radius));
    }

    /// Keeps a line free for labels other than its own.
    pub(crate) fn keep_line(&mut self, from: (f64, f64), to: (f64, f64)) {
        let steps = ((to.0 - from.0).hypot(to.1 - from.1) / 10.0).ceil().max(1.0);
        for step in 0..=steps as usize {
            let share = step as f64 / steps;
            self.keep((from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share), 2.0);
        }
    }

    /// A spot beside a point: to the right, to the left, above, below, and the corners; inside `left` to `right`.
    pub(crate) fn beside(&mut self, (x, y): (f64, f64), text: &str, (left, right): (f64, f64)) -> Spot {
        let spots = [
            (x, y - 11.0, "middle"),
            (x + 10.0, y + 4.5, "start"),
            (x - 10.0, y + 4.5, "end"),
            (x, y + 20.0, "middle"),
            (x + 8.0, y - 8.0, "start"),
            (x - 8.0, y - 8.0, "end"),
            (x + 8.0, y + 16.0, "start"),
            (x - 8.0, y + 16.0, "end"),
        ];
        self.best(&spots.map(|(x, y, anchor)| Spot { x, y, anchor }), text, (left, right))
    }

    /// A spot on a line, as near its middle as there is room.
    pub(crate) fn along(&mut self, from: (f64, f64), to: (f64, f64), text: &str, edges: (f64, f64)) -> Spot {
        let spots = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15, 0.85].map(|share| Spot {
            x: from.0 + (to.0 - from.0) * share,
            y: from.1 + (to.1 - from.1) * share + 3.5,
            anchor: "middle",
        });
        self.best(&spots, text, edges)
    }

    fn best(&mut self, spots: &[Spot], text: &str, (left, right): (f64, f64)) -> Spot {
        let cost = |spot: &Spot| {
            let area = area(spot, text);
            let outside = (left - area.0).max(0.0) + (area.2 - right).max(0.0);
            outside * 40.0 + self.taken.iter().map(|taken| shared(*taken, area)).sum::<f64>()
        };
        let mut best = (spots[0], f64::MAX);
        for spot in spots {
            let cost = cost(spot);
            if cost + 1e-9 < best.1 {
                best = (*spot, cost);
            }
        }
        self.taken.push(area(&best.0, text));
        best.0
    }
}

fn area(spot: &Spot, text: &str) -> Area {
    let wide = width(text);
    let left = match spot.anchor {
        "start" => spot.x,
        "end" => spot.x - wide,
        _ => spot.x - wide / 2.0,
    };
    (left - GAP, spot.y - LINE.0, left + wide + GAP, spot.y + LINE.1)
}

fn shared(a: Area, b: Area) -> f64 {
    let (wide, high) = (a.2.min(b.2) - a.0.max(b.0), a.3.min(b.3) - a.1.max(b.1));
    if wide > 0.0 && high > 0.0 { wide * high } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_goes_where_there_is_room() {
        let mut labels = Labels::default();
        let first = labels.beside((100.0, 100.0), "a name", (0.0, 900.0));
        let second = labels.beside((100.0, 100.0), "a name", (0.0, 900.0));
        assert_eq!(shared(area(&first, "a name"), area(&second, "a name")), 0.0);
        assert_ne!(labels.beside((2.0, 300.0), "a long name", (0.0, 900.0)).anchor, "end");
    }
}
