//! POLECAT: 40 tab-separated columns with a header. Columns that need a register we do not have (COW numbers, Wikipedia ids) stay empty.

use std::io::Write;

use super::{Exporter, names, tab_line};
use crate::{Codes, EventRow, ExportError, Item, Party};

const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(super) struct Polecat {
    codes: Codes,
    begun: bool,
}

impl Polecat {
    pub(super) fn new(codes: Codes) -> Self {
        Self { codes, begun: false }
    }

    fn header(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if !self.begun {
            self.begun = true;
            writeln!(out, "{}", COLUMNS.join("\t"))?;
        }
        Ok(())
    }

    fn parties(&self, parties: &[Party]) -> [String; 8] {
        let list = |value: &dyn Fn(&Party) -> &str| {
            let mut values: Vec<&str> = parties.iter().map(value).filter(|value| !value.is_empty()).collect();
            values.dedup();
            values.join(";")
        };
        let first = parties.first().map_or("", |party| party.sector).to_owned();
        [
            names(parties, ";"),
            list(&|party| self.codes.iso3(&party.country)),
            String::new(),
            first,
            list(&|party| party.sector),
            String::new(),
            list(&|party| &party.raw),
            String::new(),
        ]
    }

    fn line(&self, row: &EventRow, item: &Item<'_>) -> Vec<String> {
        let document = &item.reading.document;
        let place = row.place.clone().unwrap_or_default();
        let story = |kinds: &[&str]| {
            let of_kind = item.reading.entities.iter().filter(|entity| kinds.contains(&entity.kind.as_str()));
            of_kind.map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(";")
        };
        let city = if place.feature.starts_with("PPL") { place.name.clone() } else { String::new() };
        let province = if place.feature == "ADM1" { place.name.clone() } else { String::new() };
        let mut fields = vec![
            row.id.clone(),
            row.date.clone(),
            row.kind.clone(),
            row.mode.clone(),
            String::new(),
            quad(row),
            row.contexts.join(";"),
        ];
        fields.extend(self.parties(&row.actors));
        fields.extend(self.parties(&row.recipients));
        fields.extend([
            place.name,
            city,
            String::new(),
            province,
            self.codes.iso3(&place.country).to_owned(),
            place.point.map_or(String::new(), |point| point.0.to_string()),
            place.point.map_or(String::new(), |point| point.1.to_string()),
            place.geonames.map_or(String::new(), |id| id.to_string()),
            place.raw,
            place.feature,
            document.outlet.as_ref().map_or(String::new(), |outlet| outlet.name.clone()),
            crate::rows::days(document.published.as_deref()).0,
            story(&["person"]),
            story(&["organization", "group"]),
            story(&["gpe", "location", "facility"]),
            document.language.clone().unwrap_or_default(),
            format!("Sourceline {}", item.reading.reader.version),
        ]);
        fields
    }
}

fn quad(row: &EventRow) -> String {
    ["", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"][usize::from(row.quad())]
        .to_owned()
}

impl Exporter for Polecat {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)?;
        // POLECAT has no column for what did not or may not have happened: only what is put as a fact goes in.
        for row in EventRow::all(item).iter().filter(|row| row.auxiliary().is_empty()) {
            tab_line(&self.line(row, item), out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)
    }
}
