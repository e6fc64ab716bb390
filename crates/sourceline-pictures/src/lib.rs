//! Timeline, network, source chain and map as SVG, and SVG as PNG.
//!
//! In: plain values that already say what is shown and in which words. Out: one self-contained SVG document: black on white in print and on
//! light screens, light on dark where the reader's system asks for it; text runs right to left where it is. Layouts use no chance: the same
//! values give the same picture. Not here: choosing what is shown.

mod chain;
mod labels;
mod layout;
mod map;
mod network;
mod png;
mod svg;
mod timeline;

pub use chain::{ChainHop, ChainPath, chain_svg};
pub use map::{MapArea, MapArrow, MapPanel, MapPoint, MapStatus, map_svg};
pub use network::{NetworkEdge, NetworkPanel, network_svg};
pub use png::{PngError, png};
pub use svg::dark;
pub use timeline::{TimelineRow, timeline_svg};
