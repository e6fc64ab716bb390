//! PLOVER v0.8 JSON Lines: one event a line, names of the manual's data chapter; `sourceline` holds what the manual has no place for.

use std::io::Write;

use serde_json::{Value, json};

use super::{Exporter, some};
use crate::{Codes, EventRow, ExportError, Item, Party, Where};

pub(super) struct Plover {
    codes: Codes,
}

impl Plover {
    pub(super) fn new(codes: Codes) -> Self {
        Self { codes }
    }

    fn party(&self, party: &Party) -> Value {
        let iso3 = self.codes.iso3(&party.country);
        let code = if iso3.is_empty() { party.sector.to_owned() } else { format!("{iso3} {}", party.sector) };
        json!({
            "code": code, "sector": party.sector, "entity_text": party.raw,
            "identifier_id": some(&party.wikidata), "identifier_text": party.name,
        })
    }

    fn place(&self, place: &Where) -> Value {
        json!({
            "extracted_place": place.raw, "resolved_place": place.name, "geonameid": place.geonames,
            "lat": place.point.map(|point| point.0), "lon": place.point.map(|point| point.1),
            "country": some(self.codes.iso3(&place.country)), "country_code": some(&place.country),
            "feature_code": some(&place.feature), "resolution": resolution(&place.feature),
        })
    }

    fn line(&self, row: &EventRow, item: &Item<'_>) -> Value {
        let document = &item.reading.document;
        let modes: Vec<&str> =
            [row.mode.as_str(), row.auxiliary()].into_iter().filter(|mode| !mode.is_empty()).collect();
        json!({
            "id": row.id, "has_event": true,
            "date": date(row, document.published.as_deref()),
            "enddate": if row.end_date == row.date { None } else { some(&row.end_date) },
            "actor": row.actors.iter().map(|party| self.party(party)).collect::<Vec<_>>(),
            "recipient": row.recipients.iter().map(|party| self.party(party)).collect::<Vec<_>>(),
            "event": [row.kind], "mode": modes, "context": row.contexts, "quad_code": row.quad(),
            "event_loc": row.place.as_ref().map(|place| self.place(place)), "event_text": row.trigger,
            "link": item.address(), "text": row.evidence,
            "text_info": {"sequence": row.sentence, "start": row.offsets[2], "end": row.trigger_end},
            "cite_info": {
                "citation": document.outlet.as_ref().map(|outlet| &outlet.name), "url": document.url, "title": document.title,
                "language": document.language, "coder": "Sourceline", "codebook": "PLOVER", "version": "0.8",
            },
            "coder": format!("Sourceline {}", item.reading.reader.version),
            "comment": row.edtf.is_empty().then_some("no words date the event; the date is that of publication"),
            "sourceline": {
                "edtf": some(&row.edtf), "certainty": row.certainty, "polarity": row.polarity, "statement": row.statement,
                "chain": row.chain, "proposition": some(&row.standing.proposition), "origins": row.standing.origins,
                "contradicts": row.standing.contradicts, "document": document.id,
            },
        })
    }
}

/// The manual demands a date: the event's first day, else the first day of the publication date. Neither known: null.
fn date(row: &EventRow, published: Option<&str>) -> Option<String> {
    some(&row.date).or(some(&row.end_date)).map(str::to_owned).or_else(|| {
        let (first, _) = crate::rows::days(published);
        (!first.is_empty()).then_some(first)
    })
}

/// The manual's scale from 5 (below a city) to 1 (a country).
fn resolution(feature: &str) -> Option<u8> {
    match feature {
        "" => None,
        _ if feature.starts_with("PCL") => Some(1),
        "ADM1" => Some(2),
        _ if feature.starts_with("ADM") => Some(3),
        _ if feature.starts_with("PPL") => Some(4),
        _ => Some(5),
    }
}

impl Exporter for Plover {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        for row in EventRow::all(item) {
            writeln!(out, "{}", self.line(&row, item))?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &mut dyn Write) -> Result<(), ExportError> {
        Ok(())
    }
}
