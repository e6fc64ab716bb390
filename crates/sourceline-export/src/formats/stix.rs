//! STIX 2.1 bundle: a report per document, identities and locations once, relationships with start and stop times, an opinion for every
//! claim that others contradict. Ids are UUIDv5 of what names the object, so that the same input gives the same bundle.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Exporter, some};
use crate::{ExportError, Item, Party, RelationRow, Where};

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
    written: BTreeSet<String>,
}

impl Stix {
    fn object(&mut self, object: &Value, out: &mut dyn Write) -> Result<(), ExportError> {
        if !self.written.insert(object["id"].as_str().unwrap_or("").to_owned()) {
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

    fn relation(&mut self, row: &RelationRow, stamp: &str, out: &mut dyn Write) -> Result<Vec<String>, ExportError> {
        let source = self.party(&row.subject, None, stamp, out)?;
        let target = self.party(&row.object, row.object_place.as_ref(), stamp, out)?;
        let relation = id("relationship", &row.id);
        let mut labels = vec![
            format!("certainty:{}", row.certainty),
            format!("polarity:{}", row.polarity),
            format!("origins:{}", row.standing.origins.len()),
        ];
        labels.extend(
            likelihood(&row.certainty).map(|word| format!("estimative-language:likelihood-probability=\"{word}\"")),
        );
        if row.standing.origins.len() > 1 {
            labels.push("admiralty-scale:information-credibility=\"1\"".to_owned());
        }
        let mut object = json!({
            "type": "relationship", "spec_version": "2.1", "id": relation, "created": stamp, "modified": stamp, "relationship_type": row.kind,
            "source_ref": source, "target_ref": target, "description": format!("{} ({})", row.evidence, row.chain.join(" <- ")), "labels": labels,
        });
        set(&mut object, "start_time", time(&row.begin.0));
        // STIX demands that a relation stops after it starts.
        set(&mut object, "stop_time", time(&row.end.1).filter(|_| row.begin.0 < row.end.1));
        self.object(&object, out)?;
        let mut ids = vec![source, target, relation.clone()];
        if !row.standing.contradicts.is_empty() {
            let opinion = id("opinion", &row.id);
            self.object(
                &json!({
                    "type": "opinion", "spec_version": "2.1", "id": opinion, "created": stamp, "modified": stamp, "opinion": "disagree",
                    "explanation": format!("Contradicted by {}.", row.standing.contradicts.join(", ")), "object_refs": [relation],
                }),
                out,
            )?;
            ids.push(opinion);
        }
        Ok(ids)
    }
}

fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object[key] = value;
    }
}

fn time(day: &str) -> Option<Value> {
    (day.len() == 10).then(|| Value::from(format!("{day}T00:00:00.000Z")))
}

/// The words of ICD 203 that fit; nothing for what is put as a fact.
fn likelihood(certainty: &str) -> Option<&'static str> {
    match certainty {
        "probable" => Some("likely"),
        "possible" => Some("roughly-even-chance"),
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
        if !self.begun {
            write!(out, "{{\"type\":\"bundle\",\"id\":\"{}\",\"objects\":[", id("bundle", "export"))?;
        }
        writeln!(out, "\n]}}")?;
        Ok(())
    }
}
