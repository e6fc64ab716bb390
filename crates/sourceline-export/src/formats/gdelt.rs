//! GDELT 2.0 events (61 columns) and mentions (16 columns), tab-separated, no header.
//!
//! One row of events stands for all reports that tell the same proposition by an event of the same type; every report has a row of mentions. What did not or
//! may not have happened has mentions only, as the events table has no column for it: `Extras` of a mention holds certainty, polarity, chain and origins.
//! CAMEO codes: the root class that PLOVER's types came from (manual v0.8, appendix on CAMEO), as `EventRootCode` with the two-digit root as
//! base and full code; finer CAMEO codes are not claimed. `GoldsteinScale` and `AvgTone` are left empty: nothing here measures them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::{Exporter, some, tab_line};
use crate::{Codes, EventRow, ExportError, Item, Party, Where};

enum Table {
    Events,
    Mentions,
}

pub(super) struct Gdelt {
    codes: Codes,
    table: Table,
    /// Events written already, by number.
    written: BTreeSet<u64>,
}

impl Gdelt {
    pub(super) fn events(codes: Codes) -> Self {
        Self { codes, table: Table::Events, written: BTreeSet::new() }
    }

    pub(super) fn mentions(codes: Codes) -> Self {
        Self { codes, table: Table::Mentions, written: BTreeSet::new() }
    }

    fn actor(&self, party: Option<&Party>) -> Vec<String> {
        let Some(party) = party else { return vec![String::new(); 10] };
        let iso3 = self.codes.iso3(&party.country).to_owned();
        let role = if party.sector == "UNK" { "" } else { party.sector };
        let mut fields = vec![format!("{iso3}{role}"), party.name.to_uppercase(), iso3];
        fields.extend(vec![String::new(); 4]);
        fields.extend([role.to_owned(), String::new(), String::new()]);
        fields
    }

    fn geo(&self, place: Option<&Where>) -> Vec<String> {
        let Some(place) = place else {
            let mut fields = vec!["0".to_owned()];
            fields.extend(vec![String::new(); 7]);
            return fields;
        };
        let kind = match place.feature.as_str() {
            "" => "0",
            feature if feature.starts_with("PCL") => "1",
            feature if feature.starts_with("ADM") => "5",
            _ => "4",
        };
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        vec![
            kind.to_owned(),
            place.name.clone(),
            self.codes.fips(&place.country).to_owned(),
            String::new(),
            String::new(),
            number(place.point.map(|point| point.0)),
            number(place.point.map(|point| point.1)),
            place.geonames.map_or(String::new(), |id| id.to_string()),
        ]
    }

    fn event(&self, number: u64, row: &EventRow, item: &Item<'_>) -> Vec<String> {
        let document = &item.reading.document;
        let day =
            if row.date.is_empty() { crate::rows::days(document.published.as_deref()).0 } else { row.date.clone() };
        let digits = day.replace('-', "");
        let part = |end: usize| digits.get(..end).unwrap_or("").to_owned();
        let mut fields = vec![number.to_string(), digits.clone(), part(6), part(4), fraction(&day)];
        fields.extend(self.actor(row.actors.first()));
        fields.extend(self.actor(row.recipients.first()));
        let root = cameo_root(&row.kind);
        let count = |count: usize| count.max(1).to_string();
        let carried = row.standing.carried;
        let (mentions, sources, articles) = (count(carried.claims), count(carried.outlets), count(carried.reports));
        let quad = row.quad().to_string();
        fields.extend(["1", root, root, root, &quad, "", &mentions, &sources, &articles, ""].map(str::to_owned));
        for party in [row.actors.first(), row.recipients.first()] {
            fields.extend(self.geo(party.and_then(|party| row.places.iter().find(|place| place.name == party.name))));
        }
        fields.extend(self.geo(row.place.as_ref()));
        fields.extend([added(document.published.as_deref()), item.address().to_owned()]);
        fields
    }

    fn mention(&self, number: u64, row: &EventRow, item: &Item<'_>) -> Vec<String> {
        let document = &item.reading.document;
        let offset = |at: usize| row.offsets[at].map_or("-1".to_owned(), |offset| offset.to_string());
        let extras = serde_json::json!({
            "certainty": row.certainty, "polarity": row.polarity, "chain": row.chain, "origins": row.standing.origins,
            "proposition": some(&row.standing.proposition), "contradicts": row.standing.contradicts, "document": document.id,
        });
        vec![
            number.to_string(),
            midnight(&row.date),
            added(document.published.as_deref()),
            if document.url.is_some() { "1" } else { "2" }.to_owned(),
            document.outlet.as_ref().map_or(String::new(), |outlet| outlet.name.clone()),
            item.address().to_owned(),
            (row.sentence + 1).to_string(),
            offset(0),
            offset(1),
            offset(2),
            "1".to_owned(),
            confidence(row).to_owned(),
            document.text.chars().count().to_string(),
            String::new(),
            String::new(),
            extras.to_string(),
        ]
    }
}

/// The 20 CAMEO root classes by PLOVER type.
fn cameo_root(kind: &str) -> &'static str {
    match kind {
        "AGREE" => "05",
        "CONSULT" => "04",
        "SUPPORT" => "05",
        "CONCEDE" => "08",
        "COOPERATE" => "06",
        "AID" => "07",
        "RETREAT" => "08",
        "REQUEST" => "10",
        "ACCUSE" => "11",
        "REJECT" => "12",
        "THREATEN" => "13",
        "PROTEST" => "14",
        "SANCTION" => "16",
        "MOBILIZE" => "15",
        "COERCE" => "17",
        "ASSAULT" => "19",
        _ => "",
    }
}

/// GDELT's percentage from how surely the event is put.
fn confidence(row: &EventRow) -> &'static str {
    match (row.polarity.as_str(), row.certainty.as_str()) {
        ("negative", _) => "10",
        (_, "asserted") => "100",
        (_, "probable") => "70",
        (_, "possible") => "40",
        _ => "20",
    }
}

/// What makes an event one across reports: its proposition, type and mode, and which of its claim's events of that kind it is.
fn numbers(rows: &[EventRow]) -> Vec<u64> {
    let mut seen: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let one = |row: &EventRow, nth: usize| match row.standing.proposition.as_str() {
        "" => number(&row.id),
        proposition => number(&format!("{proposition}/{}/{}/{nth}", row.kind, row.mode)),
    };
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let nth = seen.entry((&row.claim, &row.kind, &row.mode)).or_default();
        list.push(one(row, *nth));
        *nth += 1;
    }
    list
}

/// A stable 63-bit number from an id (FNV-1a), as GDELT wants numbers.
fn number(id: &str) -> u64 {
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash >> 1
}

/// Year and the share of it that has passed, to four digits, as the codebook has it: (month x 30 + day) / 365.
fn fraction(day: &str) -> String {
    let mut parts = day.split('-').map(|part| part.parse::<f64>().ok());
    match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(date)) => format!("{:.4}", year + (month * 30.0 + date).min(364.0) / 365.0),
        _ => String::new(),
    }
}

fn added(published: Option<&str>) -> String {
    midnight(&crate::rows::days(published).0)
}

/// `20241127000000`; empty when there is no day.
fn midnight(day: &str) -> String {
    if day.is_empty() { String::new() } else { format!("{}000000", day.replace('-', "")) }
}

impl Exporter for Gdelt {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        let rows = EventRow::all(item);
        for (row, number) in rows.iter().zip(numbers(&rows)) {
            match self.table {
                Table::Events => {
                    if row.auxiliary().is_empty() && self.written.insert(number) {
                        tab_line(&self.event(number, row, item), out)?;
                    }
                }
                Table::Mentions => tab_line(&self.mention(number, row, item), out)?,
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &mut dyn Write) -> Result<(), ExportError> {
        Ok(())
    }
}
