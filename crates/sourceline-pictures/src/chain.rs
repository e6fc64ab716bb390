//! Every path from the outlets down to the origins of one proposition: columns of hops, joined by lines.

use std::collections::BTreeMap;

use crate::svg::{Svg, cut, width, wrap};

/// A hop: who, and whether nobody is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainHop {
    /// Its name or description.
    pub name: String,
    /// Whether it is anonymous.
    pub anonymous: bool,
}

/// The hands of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainPath {
    /// From the outlet to the ultimate source.
    pub hops: Vec<ChainHop>,
    /// Whether its claim denies the proposition.
    pub denies: bool,
}

const COLUMN: f64 = 260.0;
const ROW: f64 = 44.0;

/// Draws the paths of a proposition. The ultimate sources stand in the last column, each once.
pub fn chain_svg(statement: &str, paths: &[ChainPath]) -> String {
    let columns = paths.iter().map(|path| path.hops.len()).max().unwrap_or(1);
    let place = places(paths, columns);
    let rows = place.values().map(|(_, row)| row + 1).max().unwrap_or(1);
    let lines = wrap(statement, 100);
    let top = 40.0 + 18.0 * lines.len() as f64;
    let mut svg = Svg::new((COLUMN * columns as f64 + 60.0).max(760.0), top + ROW * rows as f64 + 30.0);
    for (at, line) in lines.iter().enumerate() {
        svg.text(20.0, 26.0 + 18.0 * at as f64, "ink", "start", line);
    }
    let point = |at: (usize, usize)| (20.0 + COLUMN * at.0 as f64, top + ROW * at.1 as f64 + 16.0);
    for path in paths {
        let class = if path.denies { "bad" } else { "line" };
        for (at, pair) in path.hops.windows(2).enumerate() {
            let (from, to) = (
                point(place[&(column(path, at, columns), &pair[0])]),
                point(place[&(column(path, at + 1, columns), &pair[1])]),
            );
            let begin = from.0 + width(&shown(&pair[0])).min(COLUMN - 40.0) + 14.0;
            let middle = (begin + to.0) / 2.0;
            svg.raw(&format!(
                r#"<path d="M{begin:.1},{:.1} C{middle:.1},{:.1} {middle:.1},{:.1} {:.1},{:.1}" class="{class}" marker-end="url(#tip)"/>"#,
                from.1, from.1, to.1, to.0 - 8.0, to.1
            ));
        }
    }
    for ((_, hop), at) in &place {
        let (x, y) = point(*at);
        let class = if at.0 + 1 == columns { "origin" } else { "node" };
        svg.raw(&format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="4.5" class="{class}"/>"#));
        svg.text(x + 10.0, y + 4.5, "ink halo", "start", &shown(hop));
    }
    svg.finish(statement)
}

/// What is written for a hop: as much as there is room for between two columns.
fn shown(hop: &ChainHop) -> String {
    if hop.anonymous { format!("{} (anonymous)", cut(&hop.name, 20)) } else { cut(&hop.name, 32) }
}

/// The last hop stands in the last column, however short the path.
fn column(path: &ChainPath, at: usize, columns: usize) -> usize {
    if at + 1 == path.hops.len() { columns - 1 } else { at }
}

type Places<'a> = BTreeMap<(usize, &'a ChainHop), (usize, usize)>;

/// Column and row of every hop, rows in order of first appearance.
fn places(paths: &[ChainPath], columns: usize) -> Places<'_> {
    let mut place: Places<'_> = BTreeMap::new();
    let mut next = vec![0; columns];
    for path in paths {
        for (at, hop) in path.hops.iter().enumerate() {
            let column = column(path, at, columns);
            place.entry((column, hop)).or_insert_with(|| {
                next[column] += 1;
                (column, next[column] - 1)
            });
        }
    }
    place
}
