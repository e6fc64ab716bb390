//! The 31 columns of ACLED's CSV. Only events that are put as facts, have a day and are of a kind that ACLED codes; what its coders add by
//! hand (interaction codes, fatalities) stays empty.

use std::io::Write;

use super::{Exporter, csv_line, names};
use crate::{Codes, EventRow, ExportError, Item, Where};

const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

pub(super) struct Acled {
    codes: Codes,
    begun: bool,
}

impl Acled {
    pub(super) fn new(codes: Codes) -> Self {
        Self { codes, begun: false }
    }

    fn header(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        csv_line(&COLUMNS, out)
    }

    fn line(&self, row: &EventRow, kind: [&'static str; 3]) -> Vec<String> {
        let place = row.place.clone().unwrap_or_default();
        let of = |place: bool, value: &str| if place { value.to_owned() } else { String::new() };
        let is_country = place.feature.starts_with("PCL");
        let iso3 = self.codes.iso3(&place.country);
        let country = row.places.iter().find(|p| p.feature.starts_with("PCL") && p.country == place.country);
        vec![
            format!("{iso3}{}", row.id),
            row.date.clone(),
            row.date.get(..4).unwrap_or("").to_owned(),
            time_precision(row).to_owned(),
            kind[0].to_owned(),
            kind[1].to_owned(),
            kind[2].to_owned(),
            row.actors.first().map_or(String::new(), |party| party.name.clone()),
            names(row.actors.get(1..).unwrap_or(&[]), "; "),
            String::new(),
            row.recipients.first().map_or(String::new(), |party| party.name.clone()),
            names(row.recipients.get(1..).unwrap_or(&[]), "; "),
            String::new(),
            String::new(),
            String::new(),
            self.codes.numeric(&place.country).to_owned(),
            self.codes.region(&place.country).to_owned(),
            country.map_or_else(|| of(is_country, &place.name), |country| country.name.clone()),
            of(place.feature == "ADM1", &place.name),
            of(place.feature == "ADM2", &place.name),
            of(place.feature == "ADM3", &place.name),
            of(!is_country, &place.name),
            place.point.map_or(String::new(), |point| point.0.to_string()),
            place.point.map_or(String::new(), |point| point.1.to_string()),
            geo_precision(&place).to_owned(),
            row.chain.join("; "),
            String::new(),
            if row.statement.is_empty() { row.evidence.clone() } else { row.statement.clone() },
            String::new(),
            tags(row),
            String::new(),
        ]
    }
}

fn tags(row: &EventRow) -> String {
    let mut tags = vec![format!("certainty={}", row.certainty), format!("origins={}", row.standing.origins.len())];
    if !row.standing.proposition.is_empty() {
        tags.push(format!("proposition={}", row.standing.proposition));
    }
    if !row.standing.contradicts.is_empty() {
        tags.push(format!("contradicted by={}", row.standing.contradicts.join(", ")));
    }
    tags.push(format!("report={}", row.report.address));
    tags.join("; ")
}

/// 1: the place itself, 2: a part of a state or a place near by, 3: a state or larger; empty where no place is known.
fn geo_precision(place: &Where) -> &'static str {
    match place.feature.as_str() {
        _ if place.name.is_empty() => "",
        feature if feature.starts_with("PCL") || feature.starts_with("RGN") => "3",
        feature if feature.starts_with("PPL") => "1",
        _ => "2",
    }
}

/// A state's forces take back what is theirs; anybody else takes it over.
fn is_government(row: &EventRow) -> bool {
    row.actors.first().is_some_and(|party| matches!(party.sector, "GOV" | "MIL" | "COP"))
}

/// 1: the day is known, 2: the week, 3: the month or less.
fn time_precision(row: &EventRow) -> &'static str {
    match (row.date == row.end_date, row.edtf.len()) {
        (true, _) => "1",
        (false, length) if length > 10 => "2",
        _ => "3",
    }
}

/// ACLED's disorder type, event type and sub-event type, where the PLOVER mode decides them.
fn kind(row: &EventRow) -> Option<[&'static str; 3]> {
    const VIOLENCE: &str = "Political violence";
    const REMOTE: &str = "Explosions/Remote violence";
    Some(match (row.kind.as_str(), row.mode.as_str()) {
        ("ASSAULT", "aerial" | "drone") => [VIOLENCE, REMOTE, "Air/drone strike"],
        ("ASSAULT", "suicide-attack") => [VIOLENCE, REMOTE, "Suicide bomb"],
        ("ASSAULT", "heavy-weapons") => [VIOLENCE, REMOTE, "Shelling/artillery/missile attack"],
        ("ASSAULT", "explosives") => [VIOLENCE, REMOTE, "Remote explosive/landmine/IED"],
        ("ASSAULT", "unconventional") => [VIOLENCE, REMOTE, "Chemical weapon"],
        ("ASSAULT", "abduct") => [VIOLENCE, "Violence against civilians", "Abduction/forced disappearance"],
        ("ASSAULT", "sexual") => [VIOLENCE, "Violence against civilians", "Sexual violence"],
        ("ASSAULT", "beat" | "torture" | "targeted") => [VIOLENCE, "Violence against civilians", "Attack"],
        ("ASSAULT", "crowd-control") => ["Demonstrations", "Protests", "Excessive force against protesters"],
        ("ASSAULT", "destroy") => ["Strategic developments", "Strategic developments", "Looting/property destruction"],
        ("ASSAULT", _) => [VIOLENCE, "Battles", "Armed clash"],
        ("COERCE", "seize") if is_government(row) => [VIOLENCE, "Battles", "Government regains territory"],
        ("COERCE", "seize") => [VIOLENCE, "Battles", "Non-state actor overtakes territory"],
        ("COERCE", "arrest") => ["Strategic developments", "Strategic developments", "Arrests"],
        ("PROTEST", "riot" | "vandalize") => ["Demonstrations", "Riots", "Violent demonstration"],
        ("PROTEST", _) => ["Demonstrations", "Protests", "Peaceful protest"],
        ("RETREAT", "withdraw") => {
            ["Strategic developments", "Strategic developments", "Non-violent transfer of territory"]
        }
        ("RETREAT", "ceasefire") | ("AGREE", _) => ["Strategic developments", "Strategic developments", "Agreement"],
        ("RETREAT" | "MOBILIZE", _) => ["Strategic developments", "Strategic developments", "Other"],
        _ => return None,
    })
}

impl Exporter for Acled {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)?;
        for row in EventRow::all(item).iter().filter(|row| row.auxiliary().is_empty() && !row.date.is_empty()) {
            if let Some(kind) = kind(row) {
                csv_line(&self.line(row, kind), out)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)
    }
}
