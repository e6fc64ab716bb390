//! Binary form of the gazetteer: columns of places, a heap of names, and two front-coded tables of sorted keys.
//!
//! All numbers are little endian. Header: magic, then the byte lengths of the sections in file order. A table is a list of
//! blocks of [`BLOCK`] keys; a key is stored as (shared length, rest length, rest, count, values of three bytes).

use super::{PlaceId, Toponym};

const MAGIC: &[u8; 8] = b"SLGAZ01\n";
/// Keys in one block of a table: lookups read at most one block after a binary search over block heads.
const BLOCK: usize = 16;
/// Bytes of one place record.
const RECORD: usize = 18;
/// Marks "none" in a three-byte number.
const NONE: u32 = 0x00FF_FFFF;

/// What a place is, by GeoNames feature code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// `CONT`.
    Continent,
    /// `PCLI`, `PCLD`: a country or territory.
    Country,
    /// `ADM1`.
    Division1,
    /// `ADM2`.
    Division2,
    /// `PPLC`.
    Capital,
    /// `PPL`.
    Settlement,
    /// `RGN`: a region with a name of its own.
    Region,
    /// `SEA`, `OCN`, `GULF`, `STRT`, `BAY`.
    Sea,
    /// `STM`, `CNL`.
    River,
    /// `LK`.
    Lake,
    /// `MT`, `MTS`, `PASS`.
    Mountain,
    /// `ISL`, `ISLS`, `PEN`.
    Island,
    /// `DSRT`, `VAL`, `PLN`.
    Land,
    /// `AIRP`, `BRDG`, `CSNO` and other built places.
    Facility,
}

impl Feature {
    const ALL: [(Self, &'static str); 14] = [
        (Self::Continent, "CONT"),
        (Self::Country, "PCLI"),
        (Self::Division1, "ADM1"),
        (Self::Division2, "ADM2"),
        (Self::Capital, "PPLC"),
        (Self::Settlement, "PPL"),
        (Self::Region, "RGN"),
        (Self::Sea, "SEA"),
        (Self::River, "STM"),
        (Self::Lake, "LK"),
        (Self::Mountain, "MT"),
        (Self::Island, "ISL"),
        (Self::Land, "AREA"),
        (Self::Facility, "BLDG"),
    ];

    /// GeoNames feature code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(feature, _)| *feature == self).map_or("PPL", |(_, code)| code)
    }

    /// Reads a feature code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(feature, _)| *feature)
    }

    /// Whether it is a settlement.
    pub fn is_settlement(self) -> bool {
        matches!(self, Self::Capital | Self::Settlement)
    }
}

/// A place as the compiler takes it.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// GeoNames id; 0 when there is none.
    pub geonames: u32,
    /// Usual name.
    pub name: String,
    /// Two letters, or two spaces.
    pub country: [u8; 2],
    /// Index of its first-level division among the rows.
    pub division: Option<u32>,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lon: f64,
    /// Inhabitants.
    pub population: u64,
    /// What it is.
    pub feature: Feature,
}

/// A key of a table with its values, as the compiler takes it.
pub type TableKey = (String, Vec<u32>);

/// Writes the binary form. `names` are folded names with row numbers, `skeletons` are skeletons with numbers of `names`; both
/// sorted by key. Rows are kept in order; divisions must be among the first 65,534 rows, and countries at
/// most 256.
pub fn compile(rows: &[PlaceRow], names: &[TableKey], skeletons: &[TableKey]) -> Vec<u8> {
    let mut countries: Vec<[u8; 2]> = rows.iter().map(|row| row.country).collect();
    countries.sort_unstable();
    countries.dedup();
    let (mut records, mut heap) = (Vec::with_capacity(rows.len() * RECORD), Vec::new());
    for row in rows {
        records.extend(row.geonames.to_le_bytes());
        put3(&mut records, scaled(row.lat, 90.0));
        put3(&mut records, scaled(row.lon, 180.0));
        records.push(log_population(row.population));
        let feature = Feature::ALL.iter().position(|(feature, _)| *feature == row.feature).unwrap_or(0);
        let country = countries.binary_search(&row.country).unwrap_or(0);
        records.push(feature as u8);
        records.push(country as u8);
        let division = row.division.map_or(0, |index| index + 1) as u16;
        records.extend(division.to_le_bytes());
        put3(&mut records, heap.len() as u32);
        let name = &row.name.as_bytes()[..row.name.len().min(255)];
        heap.push(name.len() as u8);
        heap.extend_from_slice(name);
    }
    let sections = [records, heap, countries.concat(), table(names), table(skeletons)];
    let mut out = MAGIC.to_vec();
    for section in &sections {
        out.extend((section.len() as u32).to_le_bytes());
    }
    for section in sections {
        out.extend(section);
    }
    out
}

fn scaled(degrees: f64, range: f64) -> u32 {
    ((degrees + range) / (2.0 * range) * f64::from(NONE)).round() as u32
}

fn unscaled(value: u32, range: f64) -> f64 {
    let degrees = f64::from(value) / f64::from(NONE) * 2.0 * range - range;
    (degrees * 1e5).round() / 1e5
}

fn log_population(population: u64) -> u8 {
    if population == 0 { 0 } else { ((population as f64).log2() * 12.0 / 1.6).round().clamp(1.0, 255.0) as u8 }
}

fn population(value: u8) -> u32 {
    if value == 0 { 0 } else { (f64::from(value) * 1.6 / 12.0).exp2().round() as u32 }
}

fn put3(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes()[..3]);
}

fn table(keys: &[TableKey]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut heads = Vec::new();
    let mut before = "";
    for (at, (key, values)) in keys.iter().enumerate() {
        if at % BLOCK == 0 {
            heads.push(body.len() as u32);
            before = "";
        }
        let shared = before.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count().min(255);
        let rest = &key.as_bytes()[shared..];
        body.push(shared as u8);
        body.push(rest.len().min(255) as u8);
        body.extend_from_slice(&rest[..rest.len().min(255)]);
        let values = &values[..values.len().min(255)];
        body.push(values.len() as u8);
        for value in values {
            put3(&mut body, *value);
        }
        before = key;
    }
    let mut out = (keys.len() as u32).to_le_bytes().to_vec();
    out.extend((heads.len() as u32).to_le_bytes());
    for head in heads {
        out.extend(head.to_le_bytes());
    }
    out.extend(body);
    out
}

/// The compiled gazetteer over its bytes.
#[derive(Debug)]
pub(super) struct Data<'a> {
    records: &'a [u8],
    heap: &'a [u8],
    countries: &'a [u8],
    pub(super) names: Table<'a>,
    pub(super) skeletons: Table<'a>,
}

impl Data<'static> {
    /// Reads the header; `None` when the bytes are not a gazetteer.
    pub(super) fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut lengths = [0usize; 5];
        for length in &mut lengths {
            let (head, tail) = rest.split_first_chunk::<4>()?;
            *length = u32::from_le_bytes(*head) as usize;
            rest = tail;
        }
        let mut sections = [&[][..]; 5];
        for (section, length) in sections.iter_mut().zip(lengths) {
            (*section, rest) = rest.split_at_checked(length)?;
        }
        let [records, heap, countries, names, skeletons] = sections;
        Some(Self { records, heap, countries, names: Table::read(names)?, skeletons: Table::read(skeletons)? })
    }

    pub(super) fn places(&self) -> usize {
        self.records.len() / RECORD
    }

    pub(super) fn place(&self, id: PlaceId) -> Toponym {
        let at = id.0 as usize * RECORD;
        let record = &self.records[at..at + RECORD];
        let country = usize::from(record[12]) * 2;
        let country = self.countries.get(country..country + 2).unwrap_or(b"  ");
        let division = u16::from_le_bytes([record[13], record[14]]);
        let heap = get3(&record[15..18]) as usize;
        Toponym {
            id,
            geonames: Some(u32::from_le_bytes([record[0], record[1], record[2], record[3]])).filter(|&id| id > 0),
            name: self.name(heap),
            country: std::str::from_utf8(country).ok().filter(|code| *code != "  "),
            division: division.checked_sub(1).map(|index| PlaceId(index.into())),
            lat: unscaled(get3(&record[4..7]), 90.0),
            lon: unscaled(get3(&record[7..10]), 180.0),
            population: population(record[10]),
            feature: Feature::ALL[usize::from(record[11]).min(Feature::ALL.len() - 1)].0,
        }
    }

    fn name(&self, at: usize) -> &'static str {
        let length = usize::from(self.heap.get(at).copied().unwrap_or(0));
        let bytes = self.heap.get(at + 1..at + 1 + length).unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }

    pub(super) fn country(&self, iso2: &str) -> Option<PlaceId> {
        let ids = (0..self.places().min(1_000)).map(|id| PlaceId(id as u32));
        ids.into_iter().find(|&id| {
            let place = self.place(id);
            place.feature == Feature::Country && place.country == Some(iso2)
        })
    }
}

fn get3(bytes: &[u8]) -> u32 {
    u32::from(bytes[0]) | u32::from(bytes[1]) << 8 | u32::from(bytes[2]) << 16
}

/// A sorted table of keys.
#[derive(Debug)]
pub(super) struct Table<'a> {
    keys: usize,
    heads: &'a [u8],
    body: &'a [u8],
}

impl<'a> Table<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (keys, rest) = bytes.split_first_chunk::<4>()?;
        let (blocks, rest) = rest.split_first_chunk::<4>()?;
        let (heads, body) = rest.split_at_checked(u32::from_le_bytes(*blocks) as usize * 4)?;
        Some(Self { keys: u32::from_le_bytes(*keys) as usize, heads, body })
    }

    /// The values of `key`; empty when it is unknown.
    pub(super) fn get(&self, key: &str) -> Vec<u32> {
        let blocks = self.heads.len() / 4;
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = (low + high) / 2;
            if self.first_key(middle) <= key.as_bytes() { low = middle + 1 } else { high = middle }
        }
        let Some(block) = low.checked_sub(1) else { return Vec::new() };
        let mut found = Vec::new();
        self.scan(block, |_, known, values| {
            if known == key.as_bytes() {
                found = values;
                return false;
            }
            true
        });
        found
    }

    /// Key number `index` with its values.
    pub(super) fn entry(&self, index: u32) -> (String, Vec<u32>) {
        let mut found = (String::new(), Vec::new());
        self.scan(index as usize / BLOCK, |at, known, values| {
            if at == index as usize {
                found = (String::from_utf8_lossy(known).into_owned(), values);
                return false;
            }
            true
        });
        found
    }

    fn start(&self, block: usize) -> usize {
        let head = &self.heads[block * 4..block * 4 + 4];
        u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize
    }

    fn first_key(&self, block: usize) -> &'a [u8] {
        let at = self.start(block);
        let length = usize::from(self.body[at + 1]);
        &self.body[at + 2..at + 2 + length]
    }

    /// Reads the keys of a block until `visit` returns false.
    fn scan(&self, block: usize, mut visit: impl FnMut(usize, &[u8], Vec<u32>) -> bool) {
        let mut at = self.start(block);
        let mut key: Vec<u8> = Vec::new();
        for index in block * BLOCK..((block + 1) * BLOCK).min(self.keys) {
            let (shared, rest) = (usize::from(self.body[at]), usize::from(self.body[at + 1]));
            key.truncate(shared);
            key.extend_from_slice(&self.body[at + 2..at + 2 + rest]);
            at += 2 + rest;
            let count = usize::from(self.body[at]);
            let values = self.body[at + 1..at + 1 + count * 3].chunks(3).map(get3).collect();
            at += 1 + count * 3;
            if !visit(index, &key, values) {
                return;
            }
        }
    }
}
