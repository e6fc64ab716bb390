//! Country codes of the exchange formats.

use std::collections::BTreeMap;

/// Codes by ISO 3166-1 alpha-2.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    rows: BTreeMap<&'static str, [&'static str; 4]>,
}

impl Codes {
    /// The table that comes with the program.
    pub fn embedded() -> Self {
        let table = include_str!("../../../data/codes/countries.tsv");
        let line = |line: &'static str| {
            let mut columns = line.split('\t');
            let iso2 = columns.next()?;
            Some((iso2, [columns.next()?, columns.next()?, columns.next()?, columns.next()?]))
        };
        Self { rows: table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(line).collect() }
    }

    /// ISO 3166-1 alpha-3; empty when unknown.
    pub fn iso3(&self, iso2: &str) -> &'static str {
        self.column(iso2, 0)
    }

    /// ISO 3166-1 numeric; empty when unknown.
    pub fn numeric(&self, iso2: &str) -> &'static str {
        self.column(iso2, 1)
    }

    /// FIPS 10-4; empty when unknown.
    pub fn fips(&self, iso2: &str) -> &'static str {
        self.column(iso2, 2)
    }

    /// Name of the continent; empty when unknown.
    pub fn region(&self, iso2: &str) -> &'static str {
        match self.column(iso2, 3) {
            "AF" => "Africa",
            "AN" => "Antarctica",
            "AS" => "Asia",
            "EU" => "Europe",
            "NA" => "North America",
            "OC" => "Oceania",
            "SA" => "South America",
            _ => "",
        }
    }

    fn column(&self, iso2: &str, at: usize) -> &'static str {
        self.rows.get(iso2).map_or("", |row| row[at])
    }
}
