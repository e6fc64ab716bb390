//! Places of the world: settlements, divisions, countries, natural features.
//!
//! In: the compiled gazetteer (embedded). Out: [`Gazetteer`], which finds the places that a name may stand for, without loading
//! anything: names and places are read straight from the embedded bytes.
//! Not here: which of several places a text means (`sourceline-entities`).
//! Source: GeoNames (CC BY 4.0, <https://www.geonames.org>) and own tables; compiled by `cargo xtask data`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sourceline_model::Place;

use crate::fold;

mod format;

pub use format::{Feature, PlaceRow, TableKey, compile};

/// Most places that one name returns.
const MAX_FOUND: usize = 200;

/// Number of a place in the gazetteer; not stable across versions of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Toponym {
    /// Its number.
    pub id: PlaceId,
    /// GeoNames id; `None` for divisions and features that were compiled from other facts.
    pub geonames: Option<u32>,
    /// Usual name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2 code; `None` for what belongs to no country or several.
    pub country: Option<&'static str>,
    /// First-level division that it lies in.
    pub division: Option<PlaceId>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, rounded to one twelfth of an octave; 0 when unknown.
    pub population: u32,
    /// What it is.
    pub feature: Feature,
}

impl Toponym {
    /// The place as the model has it.
    pub fn place(&self) -> Place {
        Place {
            geonames: self.geonames,
            name: self.name.to_owned(),
            country: self.country.map(str::to_owned),
            lat: self.lat,
            lon: self.lon,
            feature: self.feature.code().to_owned(),
        }
    }

    /// Great-circle distance in kilometres.
    pub fn distance_km(&self, other: &Self) -> f64 {
        distance_km((self.lat, self.lon), (other.lat, other.lon))
    }
}

/// Great-circle distance in kilometres between two points in degrees (haversine formula).
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}

/// The gazetteer.
#[derive(Debug)]
pub struct Gazetteer {
    data: format::Data<'static>,
}

impl Gazetteer {
    /// The gazetteer that is compiled into the program.
    ///
    /// # Panics
    /// When the embedded file is damaged, which `cargo xtask data --check` rules out.
    pub fn embedded() -> &'static Self {
        static BYTES: &[u8] = include_bytes!("../../../data/gazetteer/gazetteer.bin");
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER
            .get_or_init(|| Self { data: format::Data::read(BYTES).expect("the embedded gazetteer is well formed") })
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.data.places()
    }

    /// Whether there are no places.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One place.
    pub fn place(&self, id: PlaceId) -> Toponym {
        self.data.place(id)
    }

    /// Every place that is called `name`, biggest first. Other transliterations are tried only when the spelling is unknown.
    pub fn find(&self, name: &str) -> Vec<Toponym> {
        let folded = fold::fold(name);
        let mut ids = self.data.names.get(&folded);
        if ids.is_empty() {
            ids = self.plainer(&folded).map(|plain| self.data.names.get(&plain)).unwrap_or_default();
        }
        if ids.is_empty() {
            ids = self.transliterated(&folded);
        }
        let mut found: Vec<Toponym> = ids.into_iter().map(|id| self.place(PlaceId(id))).collect();
        found.sort_by(|a, b| b.population.cmp(&a.population).then(a.id.cmp(&b.id)));
        found.truncate(MAX_FOUND);
        found
    }

    /// The country with an ISO code, as a place.
    pub fn country(&self, iso2: &str) -> Option<Toponym> {
        self.data.country(iso2).map(|id| self.place(id))
    }

    /// "city of x", "x province", "mount x" without the kind word; `st x` for `saint x`.
    fn plainer(&self, folded: &str) -> Option<String> {
        const BEFORE: [&str; 18] = [
            "city of ",
            "town of ",
            "village of ",
            "province of ",
            "state of ",
            "region of ",
            "district of ",
            "county of ",
            "republic of ",
            "governorate of ",
            "greater ",
            "central ",
            "downtown ",
            "municipality of ",
            "port of ",
            "island of ",
            "city and county of ",
            "isle of ",
        ];
        const AFTER: [&str; 22] = [
            " city",
            " town",
            " village",
            " province",
            " state",
            " region",
            " district",
            " governorate",
            " county",
            " oblast",
            " island",
            " islands",
            " municipality",
            " prefecture",
            " department",
            " division",
            " area",
            " suburb",
            " valley",
            " republic",
            " metropolitan area",
            " parish",
        ];
        let stripped = BEFORE.iter().find_map(|word| folded.strip_prefix(word));
        let stripped = stripped.or_else(|| AFTER.iter().find_map(|word| folded.strip_suffix(word)));
        stripped.map(str::to_owned).or_else(|| {
            let (first, rest) = folded.split_once(' ')?;
            match first {
                "st" => Some(format!("saint {rest}")),
                "saint" => Some(format!("st {rest}")),
                "ft" => Some(format!("fort {rest}")),
                "mt" => Some(format!("mount {rest}")),
                _ => None,
            }
        })
    }

    fn transliterated(&self, folded: &str) -> Vec<u32> {
        let skeleton = fold::skeleton(folded);
        if skeleton.chars().count() < 3 {
            return Vec::new();
        }
        let mut ids = Vec::new();
        for key in self.data.skeletons.get(&skeleton) {
            let (known, places) = self.data.names.entry(key);
            if fold::same_transliteration(folded, &known) {
                ids.extend(places);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// All places, for checks and statistics.
    pub fn places(&self) -> impl Iterator<Item = Toponym> + '_ {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(|id| self.place(PlaceId(id)))
    }

    /// How many places each feature class has.
    pub fn census(&self) -> BTreeMap<Feature, usize> {
        let mut out = BTreeMap::new();
        for place in self.places() {
            *out.entry(place.feature).or_default() += 1;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_spellings_are_found() {
        let gazetteer = Gazetteer::embedded();
        for (name, country) in [
            ("Damascus", "SY"),
            ("Paris", "FR"),
            ("Kiev", "UA"),
            ("Deir al-Zour", "SY"),
            ("الخرطوم", "SD"),
            ("Medellín", "CO"),
            ("Ouagadougou", "BF"),
        ] {
            let found = gazetteer.find(name);
            assert_eq!(found.first().and_then(|place| place.country), Some(country), "{name}");
        }
        assert!(gazetteer.find("Qwrtzpsd").is_empty());
    }

    #[test]
    fn distance_of_two_cities() {
        let km = distance_km((48.8566, 2.3522), (51.5074, -0.1278));
        assert!((km - 344.0).abs() < 3.0, "{km}");
    }

    #[test]
    fn divisions_lie_in_their_country() {
        let gazetteer = Gazetteer::embedded();
        let bavaria = gazetteer.find("Bavaria").into_iter().find(|place| place.feature == Feature::Division1);
        assert_eq!(bavaria.and_then(|place| place.country), Some("DE"));
        let munich = gazetteer.find("Munich")[0];
        let division = munich.division.map(|id| gazetteer.place(id).name);
        assert_eq!(division, Some("Bavaria"));
    }
}
