//! Places and movements on a map: Natural Earth outlines, equirectangular with the scale true at the middle latitude.

use crate::svg::{Svg, cut};

/// A place with a label.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Degrees north and east.
    pub at: (f64, f64),
    /// Its label.
    pub label: String,
}

/// A movement from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub struct MapArrow {
    /// Degrees north and east of its start.
    pub from: (f64, f64),
    /// Degrees north and east of its end.
    pub to: (f64, f64),
    /// Whether it is put as a fact; otherwise the line is broken.
    pub asserted: bool,
}

const WIDTH: f64 = 1000.0;

/// Least height and width shown, in degrees, so that a single place still has its surroundings.
const LEAST_DEGREES: f64 = 6.0;

/// Draws a map of the area of the points and arrows; the whole world when there are none.
pub fn map_svg(title: &str, points: &[MapPoint], arrows: &[MapArrow]) -> String {
    let view =
        View::new(points.iter().map(|point| point.at).chain(arrows.iter().flat_map(|arrow| [arrow.from, arrow.to])));
    let mut svg = Svg::new(WIDTH, view.height() + 50.0);
    svg.raw(&format!(
        r#"<svg x="0" y="40" width="{WIDTH}" height="{:.0}" viewBox="0 0 {WIDTH} {:.0}">"#,
        view.height(),
        view.height()
    ));
    for line in include_str!("../../../data/map/world.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        if let Some(path) = line.split_once('\t').and_then(|(_, ring)| view.ring(ring)) {
            svg.raw(&format!(r#"<path d="{path}" class="land"/>"#));
        }
    }
    for arrow in arrows {
        let dash = if arrow.asserted { "" } else { r#"stroke-dasharray="6 5""# };
        svg.line(
            view.spot(arrow.from),
            view.spot(arrow.to),
            "bad",
            &format!(r#"stroke-width="2" {dash} marker-end="url(#tip)""#),
        );
    }
    for point in points {
        let (x, y) = view.spot(point.at);
        svg.raw(&format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="4" class="mark"/>"#));
        svg.text(x + 7.0, y - 5.0, "ink", "start", &cut(&point.label, 40));
    }
    svg.raw("</svg>");
    svg.text(20.0, 26.0, "ink", "start", title);
    svg.finish(title)
}

/// The part of the world that is shown.
struct View {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
}

impl View {
    fn new(points: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut view = Self { south: f64::MAX, north: f64::MIN, west: f64::MAX, east: f64::MIN };
        for (lat, lon) in points.filter(|(lat, lon)| lat.is_finite() && lon.is_finite()) {
            view = Self {
                south: view.south.min(lat),
                north: view.north.max(lat),
                west: view.west.min(lon),
                east: view.east.max(lon),
            };
        }
        if view.south > view.north {
            return Self { south: -58.0, north: 84.0, west: -180.0, east: 180.0 };
        }
        let margin = |low: f64, high: f64| ((LEAST_DEGREES - (high - low)) / 2.0).max((high - low) * 0.15);
        let (tall, wide) = (margin(view.south, view.north), margin(view.west, view.east));
        Self {
            south: (view.south - tall).max(-89.0),
            north: (view.north + tall).min(89.0),
            west: (view.west - wide).max(-180.0),
            east: (view.east + wide).min(180.0),
        }
    }

    fn scale(&self) -> (f64, f64) {
        let x = WIDTH / (self.east - self.west);
        (x, x / ((self.south + self.north) / 2.0).to_radians().cos().max(0.2))
    }

    fn height(&self) -> f64 {
        ((self.north - self.south) * self.scale().1).clamp(200.0, 1400.0)
    }

    fn spot(&self, (lat, lon): (f64, f64)) -> (f64, f64) {
        let (x, y) = self.scale();
        ((lon - self.west) * x, (self.north - lat) * y)
    }

    /// The path of an outline; `None` when all of it lies outside.
    fn ring(&self, ring: &str) -> Option<String> {
        let degrees =
            |pair: &str| pair.split_once(',').and_then(|(lon, lat)| Some((lat.parse().ok()?, lon.parse().ok()?)));
        let points: Vec<(f64, f64)> = ring.split(' ').filter_map(degrees).collect();
        let touches = |low: f64, high: f64, values: &dyn Fn(&(f64, f64)) -> f64| {
            let (least, most) = points.iter().map(values).fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
            least <= high && most >= low
        };
        if !touches(self.south, self.north, &|p| p.0) || !touches(self.west, self.east, &|p| p.1) {
            return None;
        }
        let steps: Vec<String> =
            points.iter().map(|point| self.spot(*point)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        Some(format!("M{} z", steps.join(" ")))
    }
}
