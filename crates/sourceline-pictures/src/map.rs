//! Places, movements and ways on maps side by side: Natural Earth outlines, equirectangular with the scale true at the middle latitude.

use crate::labels::Labels;
use crate::svg::{Svg, cut, width};

/// Whether a way or a country can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MapStatus {
    /// It can.
    Open,
    /// Nobody knows.
    Unknown,
    /// Claims conflict.
    Contested,
    /// It can't.
    Cut,
}

impl MapStatus {
    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Unknown => "unknown",
            Self::Contested => "contested",
            Self::Cut => "cut",
        }
    }
}

/// A place with a label.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Degrees north and east.
    pub at: (f64, f64),
    /// Its label.
    pub label: String,
}

/// A movement or a stretch of a way.
#[derive(Debug, Clone, PartialEq)]
pub struct MapArrow {
    /// Degrees north and east of its start.
    pub from: (f64, f64),
    /// Degrees north and east of its end.
    pub to: (f64, f64),
    /// Whether it is put as a fact; otherwise the line is broken.
    pub asserted: bool,
    /// Whether it can be used; `None` for a movement.
    pub status: Option<MapStatus>,
    /// How far it bows out, as a share of its length: 0 for ways by land, to the north for ways by air, to the south (below 0) by sea.
    pub bow: f64,
}

/// A country that is coloured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapArea {
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Its colour.
    pub status: MapStatus,
}

/// One map with its heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapPanel {
    /// Heading, such as a date.
    pub title: String,
    /// Places.
    pub points: Vec<MapPoint>,
    /// Movements and ways.
    pub arrows: Vec<MapArrow>,
    /// Coloured countries.
    pub areas: Vec<MapArea>,
}

/// Width of a single map and of each of several, in units.
const WIDE: [f64; 2] = [1000.0, 760.0];

const TOP: f64 = 44.0;

/// Most places that get a name; the others are dots.
const MAX_NAMES: usize = 60;

/// Least height and width shown, in degrees, so that a single place still has its surroundings.
const LEAST_DEGREES: f64 = 6.0;

/// Draws maps of the same area, that of all their points and arrows; the whole world when there are none.
pub fn map_svg(title: &str, panels: &[MapPanel]) -> String {
    let of_panel = |panel: &MapPanel| -> Vec<(f64, f64)> {
        let points = panel.points.iter().map(|point| point.at);
        points.chain(panel.arrows.iter().flat_map(|arrow| [arrow.from, arrow.to])).collect()
    };
    let wide = WIDE[usize::from(panels.len() > 1)];
    let view = View::new(panels.iter().flat_map(of_panel), wide);
    let mut svg = Svg::new(wide * panels.len().max(1) as f64, view.height() + TOP + 46.0);
    for (at, panel) in panels.iter().enumerate() {
        let left = wide * at as f64;
        svg.text(left + 16.0, 27.0, "head", "start", &panel.title);
        svg.clipped((left, TOP), (wide - 8.0, view.height()), |svg| draw(svg, &view, panel));
    }
    if panels.iter().any(|panel| panel.arrows.iter().any(|arrow| arrow.status.is_some())) {
        legend(&mut svg, view.height() + TOP + 24.0);
    }
    svg.finish(title)
}

fn draw(svg: &mut Svg, view: &View, panel: &MapPanel) {
    svg.raw(&format!(r#"<rect width="{:.0}" height="{:.0}" class="water"/>"#, view.wide, view.height()));
    for line in include_str!("../../../data/map/world.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let Some((country, ring)) = line.split_once('\t') else { continue };
        let status = panel.areas.iter().filter(|area| area.country == country).map(|area| area.status).max();
        let class = match status {
            Some(status) if status != MapStatus::Unknown => format!("{}-land", status.word()),
            _ => "land".to_owned(),
        };
        if let Some(path) = view.ring(ring) {
            svg.raw(&format!(r#"<path d="{path}" class="{class}"/>"#));
            if let Some(lines @ (MapStatus::Cut | MapStatus::Contested)) = status {
                svg.raw(&format!(r#"<path d="{path}" fill="url(#{}-lines)"/>"#, lines.word()));
            }
        }
    }
    for arrow in &panel.arrows {
        draw_arrow(svg, view, arrow);
    }
    let mut labels = Labels::default();
    for point in &panel.points {
        labels.keep(view.spot(point.at), 5.0);
    }
    for (at, point) in panel.points.iter().enumerate() {
        let (x, y) = view.spot(point.at);
        svg.raw(&format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="4" class="mark"/>"#));
        if at < MAX_NAMES {
            let label = cut(&point.label, 40);
            let spot = labels.beside((x, y), &label, (4.0, view.wide - 12.0));
            svg.text(spot.x, spot.y, "ink halo", spot.anchor, &label);
        }
    }
}

fn draw_arrow(svg: &mut Svg, view: &View, arrow: &MapArrow) {
    let (from, to) = (view.spot(arrow.from), view.spot(arrow.to));
    let plain = if arrow.asserted { "" } else { r#"stroke-dasharray="6 5""# };
    let dash = arrow.status.map_or(plain, dash);
    let class = arrow.status.map_or("bad", MapStatus::word);
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    if length < 8.0 {
        return;
    }
    let style = format!(r#"class="{class}" stroke-width="2.5" {dash} marker-end="url(#tip)""#);
    let high = length * arrow.bow;
    let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0 - 2.0 * high);
    svg.raw(&format!(
        r#"<path d="M{:.1},{:.1} Q{:.1},{:.1} {:.1},{:.1}" {style}/>"#,
        from.0, from.1, middle.0, middle.1, to.0, to.1
    ));
}

/// How the line of a way is broken, so that ways can be told apart without colours.
const fn dash(status: MapStatus) -> &'static str {
    match status {
        MapStatus::Open => "",
        MapStatus::Unknown => r#"stroke-opacity="0.55""#,
        MapStatus::Contested => r#"stroke-dasharray="12 5""#,
        MapStatus::Cut => r#"stroke-dasharray="3 5""#,
    }
}

fn legend(svg: &mut Svg, y: f64) {
    let mut x = 16.0;
    for status in [MapStatus::Open, MapStatus::Contested, MapStatus::Cut, MapStatus::Unknown] {
        svg.line((x, y), (x + 40.0, y), status.word(), &format!(r#"stroke-width="2.5" {}"#, dash(status)));
        svg.text(x + 48.0, y + 4.5, "faint", "start", status.word());
        x += 80.0 + width(status.word());
    }
    svg.text(x, y + 4.5, "faint", "start", "bow above: by air; below: by sea");
}

/// The part of the world that is shown.
struct View {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
    /// Width of the map, in units.
    wide: f64,
}

impl View {
    fn new(points: impl Iterator<Item = (f64, f64)>, wide: f64) -> Self {
        let mut view = Self { south: f64::MAX, north: f64::MIN, west: f64::MAX, east: f64::MIN, wide };
        for (lat, lon) in points.filter(|(lat, lon)| lat.is_finite() && lon.is_finite()) {
            view = Self {
                south: view.south.min(lat),
                north: view.north.max(lat),
                west: view.west.min(lon),
                east: view.east.max(lon),
                wide,
            };
        }
        if view.south > view.north {
            return Self { south: -58.0, north: 84.0, west: -180.0, east: 180.0, wide };
        }
        let margin = |low: f64, high: f64| ((LEAST_DEGREES - (high - low)) / 2.0).max((high - low) * 0.15);
        let (tall, broad) = (margin(view.south, view.north), margin(view.west, view.east));
        Self {
            south: (view.south - tall).max(-89.0),
            north: (view.north + tall).min(89.0),
            west: (view.west - broad).max(-180.0),
            east: (view.east + broad).min(180.0),
            wide,
        }
    }

    fn scale(&self) -> (f64, f64) {
        let x = self.wide / (self.east - self.west);
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
