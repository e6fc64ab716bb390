//! STIX 2.1 bundle: a report per document, identities and locations once, relations as relationships with start and stop times, events as incidents that are
//! attributed to, target and are located at these, an opinion for everything that other claims contradict.
//!
//! Ids are UUIDv5 of what names the object, so that the same input gives the same bundle. Every incident and relationship names its report and claim as an
//! external reference; certainty, polarity and the number of origins are labels, and `confidence` where the words of ICD 203 give a figure.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Exporter, some};
use crate::{ClaimStanding, EventRow, ExportError, Item, Party, RelationRow, Report, Where};

/// Name space of our UUIDv5 ids (itself UUIDv5 of the DNS name space and `sourceline.stix`).
fn name_space() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"sourceline.stix")
}

fn id(kind: &str, name: &str) -> String {
    format!("{kind}--{}", Uuid::new_v5(&name_space(), format!("{kind}/{name}").as_bytes()))
}

#[derive(Default)]
pub(super) struct Stix {
    begun: bool,
    /// Objects written already, by the number in their ids.
    written: BTreeSet<Uuid>,
}

impl Stix {
    fn object(&mut self, object: &Value, out: &mut dyn Write) -> Result<(), ExportError> {
        let number =
            object["id"].as_str().and_then(|id| id.split_once("--")).and_then(|(_, id)| Uuid::parse_str(id).ok());
        if number.is_some_and(|number| !self.written.insert(number)) {
            return Ok(());
        }
        let begin = if self.begun {
            ",\n".to_owned()
        } else {
            format!("{{\"type\":\"bundle\",\"id\":\"{}\",\"objects\":[\n", id("bundle", "export"))
        };
        self.begun = true;
        write!(out, "{begin}{object}")?;
        Ok(())
    }

    fn party(
        &mut self,
        party: &Party,
        place: Option<&Where>,
        stamp: &str,
        out: &mut dyn Write,
    ) -> Result<String, ExportError> {
        let key = if party.kb.is_empty() { party.name.to_lowercase() } else { party.kb.clone() };
        if let Some((place, (lat, lon))) = place.and_then(|place| Some((place, place.point?))) {
            let id = id("location", &key);
            let mut object = json!({
                "type": "location", "spec_version": "2.1", "id": id, "created": stamp, "modified": stamp, "name": party.name,
                "latitude": lat, "longitude": lon,
            });
            set(&mut object, "country", some(&place.country).map(Value::from));
            self.object(&object, out)?;
            return Ok(id);
        }
        let id = id("identity", &key);
        let class = match party.kind.as_str() {
            "person" => "individual",
            "organization" | "gpe" => "organization",
            "group" | "norp" => "group",
            _ => "unknown",
        };
        let mut object = json!({
            "type": "identity", "spec_version": "2.1", "id": id, "created": stamp, "modified": stamp, "name": party.name, "identity_class": class,
        });
        let reference = |wikidata: &str| json!([{"source_name": "Wikidata", "external_id": wikidata, "url": format!("https://www.wikidata.org/wiki/{wikidata}")}]);
        set(&mut object, "external_references", some(&party.wikidata).map(reference));
        self.object(&object, out)?;
        Ok(id)
    }

    /// Writes a relation; the ids of everything that it is made of.
    fn relation(&mut self, row: &RelationRow, stamp: &str, out: &mut dyn Write) -> Result<Vec<String>, ExportError> {
        let source = self.party(&row.subject, None, stamp, out)?;
        let target = self.party(&row.object, row.object_place.as_ref(), stamp, out)?;
        let told = Told::of_relation(row);
        let relation = id("relationship", &row.id);
        let mut object = told.object("relationship", &relation, stamp);
        object["relationship_type"] = json!(row.kind);
        object["source_ref"] = json!(source);
        object["target_ref"] = json!(target);
        set(&mut object, "start_time", time(&row.begin.0));
        // STIX demands that a relation stops after it starts.
        set(&mut object, "stop_time", time(&row.end.1).filter(|_| row.begin.0 < row.end.1));
        self.object(&object, out)?;
        let mut ids = vec![source, target, relation.clone()];
        ids.extend(self.opinion(&told, relation, stamp, out)?);
        Ok(ids)
    }

    /// Writes an event as an incident; the ids of everything that it is made of.
    fn event(&mut self, row: &EventRow, stamp: &str, out: &mut dyn Write) -> Result<Vec<String>, ExportError> {
        let told = Told::of_event(row);
        let incident = id("incident", &row.id);
        let mut object = told.object("incident", &incident, stamp);
        let mode = if row.mode.is_empty() { String::new() } else { format!("/{}", row.mode) };
        object["name"] = json!(if row.statement.is_empty() { &row.trigger } else { &row.statement });
        if let Some(labels) = object["labels"].as_array_mut() {
            labels.push(json!(format!("plover:{}{mode}", row.kind)));
            labels.extend(super::some(&row.edtf).map(|edtf| json!(format!("edtf:{edtf}"))));
        }
        self.object(&object, out)?;
        let mut ids = vec![incident.clone()];
        let actors = row.actors.iter().map(|party| ("attributed-to", party, None));
        let recipients = row.recipients.iter().map(|party| ("targets", party, None));
        let places = row.places.iter().filter(|place| place.point.is_some());
        let places: Vec<(Party, &Where)> = places.map(|place| (place_party(place), place)).collect();
        let located = places.iter().map(|(party, place)| ("located-at", party, Some(*place)));
        for (kind, party, place) in
            actors.chain(recipients).chain(located).filter(|(_, party, _)| !party.name.is_empty())
        {
            let target = self.party(party, place, stamp, out)?;
            let link = id("relationship", &format!("{}/{kind}/{target}", row.id));
            let mut object = json!({
                "type": "relationship", "spec_version": "2.1", "id": link, "created": stamp, "modified": stamp, "relationship_type": kind,
                "source_ref": incident, "target_ref": target,
            });
            set(&mut object, "start_time", time(&row.date));
            set(&mut object, "stop_time", time(&row.end_date).filter(|_| row.date < row.end_date));
            self.object(&object, out)?;
            ids.extend([target, link]);
        }
        ids.extend(self.opinion(&told, incident, stamp, out)?);
        Ok(ids)
    }

    /// Writes that others say otherwise, where they do.
    fn opinion(
        &mut self,
        told: &Told<'_>,
        object: String,
        stamp: &str,
        out: &mut dyn Write,
    ) -> Result<Option<String>, ExportError> {
        if told.standing.contradicts.is_empty() {
            return Ok(None);
        }
        let opinion = id("opinion", told.id);
        let explanation = format!("Contradicted by {}.", told.standing.contradicts.join(", "));
        let value = json!({
            "type": "opinion", "spec_version": "2.1", "id": opinion, "created": stamp, "modified": stamp, "opinion": "disagree",
            "explanation": explanation, "object_refs": [object],
        });
        self.object(&value, out)?;
        Ok(Some(opinion))
    }
}

/// What events and relations have in common: whose word they are and how good it is.
struct Told<'a> {
    id: &'a str,
    evidence: &'a str,
    chain: &'a [String],
    certainty: &'a str,
    polarity: &'a str,
    standing: &'a ClaimStanding,
    report: &'a Report,
}

/// What is told by a row of relations or of events: their fields have the same names.
macro_rules! told {
    ($row:expr) => {
        Self {
            id: &$row.id,
            evidence: &$row.evidence,
            chain: &$row.chain,
            certainty: &$row.certainty,
            polarity: &$row.polarity,
            standing: &$row.standing,
            report: &$row.report,
        }
    };
}

impl<'a> Told<'a> {
    fn of_relation(row: &'a RelationRow) -> Self {
        told!(row)
    }

    fn of_event(row: &'a EventRow) -> Self {
        told!(row)
    }

    /// An object with what every one of them carries.
    fn object(&self, kind: &str, id: &str, stamp: &str) -> Value {
        let origins = self.standing.origins.len();
        let mut labels = vec![
            format!("certainty:{}", self.certainty),
            format!("polarity:{}", self.polarity),
            format!("origins:{origins}"),
        ];
        let likelihood = likelihood(self.certainty);
        labels.extend(likelihood.map(|(word, _)| format!("estimative-language:likelihood-probability=\"{word}\"")));
        if origins > 1 {
            labels.push("admiralty-scale:information-credibility=\"1\"".to_owned());
        }
        labels.extend(super::some(&self.standing.proposition).map(|proposition| format!("proposition:{proposition}")));
        let outlet = if self.report.outlet.is_empty() { "unknown outlet" } else { &self.report.outlet };
        let mut reference = json!({"source_name": outlet, "external_id": self.id, "description": format!("Report: {}", self.report.address)});
        if is_link(&self.report.address) {
            reference["url"] = json!(self.report.address);
        }
        let mut object = json!({
            "type": kind, "spec_version": "2.1", "id": id, "created": stamp, "modified": stamp, "labels": labels,
            "description": format!("{} ({})", self.evidence, self.chain.join(" <- ")), "external_references": [reference],
        });
        set(&mut object, "confidence", likelihood.map(|(_, confidence)| json!(confidence)));
        object
    }
}

fn is_link(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

/// A place as the party under whose name it is written.
fn place_party(place: &Where) -> Party {
    let key = place.geonames.map_or_else(String::new, |id| format!("geonames:{id}"));
    Party { name: place.name.clone(), kind: "location".to_owned(), kb: key, ..Party::default() }
}

fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object[key] = value;
    }
}

fn time(day: &str) -> Option<Value> {
    (day.len() == 10).then(|| Value::from(format!("{day}T00:00:00.000Z")))
}

/// The words of ICD 203 that fit, and their figure on the scale of the STIX 2.1 specification (appendix A); nothing for what is put as a fact.
fn likelihood(certainty: &str) -> Option<(&'static str, u8)> {
    match certainty {
        "probable" => Some(("likely", 70)),
        "possible" => Some(("roughly-even-chance", 50)),
        _ => None,
    }
}

impl Exporter for Stix {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        let document = &item.reading.document;
        let (day, _) = crate::rows::days(document.published.as_deref());
        // `created` is compulsory; an undated report is stamped with the epoch and says so in a label instead of being given a date.
        let stamp =
            if day.len() == 10 { format!("{day}T00:00:00.000Z") } else { "1970-01-01T00:00:00.000Z".to_owned() };
        let mut refs: Vec<String> = Vec::new();
        for row in
            RelationRow::all(item).iter().filter(|row| !row.subject.name.is_empty() && !row.object.name.is_empty())
        {
            refs.extend(self.relation(row, &stamp, out)?);
        }
        for row in EventRow::all(item) {
            refs.extend(self.event(&row, &stamp, out)?);
        }
        refs.sort();
        refs.dedup();
        if refs.is_empty() {
            return Ok(());
        }
        let name = document.title.clone().unwrap_or_else(|| document.input.clone());
        let outlet = document.outlet.as_ref().map_or("unknown outlet", |outlet| outlet.name.as_str());
        let mut reference = json!({"source_name": outlet, "external_id": document.id});
        set(&mut reference, "url", document.url.clone().map(Value::from));
        let mut report = json!({
            "type": "report", "spec_version": "2.1", "id": id("report", &document.id), "created": stamp, "modified": stamp, "name": name,
            "published": stamp, "report_types": ["observed-data"], "object_refs": refs, "external_references": [reference],
        });
        set(&mut report, "lang", document.language.clone().map(Value::from));
        set(&mut report, "labels", day.is_empty().then(|| json!(["publication-date-unknown"])));
        self.object(&report, out)
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.begun {
            writeln!(out, "\n]}}")?;
        } else {
            // STIX has no empty lists: a bundle of nothing has no `objects`.
            writeln!(out, "{{\"type\":\"bundle\",\"id\":\"{}\"}}", id("bundle", "export"))?;
        }
        Ok(())
    }
}
