//! GeoJSON (RFC 7946): a feature for every event and relation that has a place with coordinates.

use std::io::Write;

use serde_json::{Value, json};

use super::{Exporter, names, some};
use crate::{EventRow, ExportError, Item, RelationRow, Where};

#[derive(Default)]
pub(super) struct GeoJson {
    features: usize,
}

impl GeoJson {
    fn feature(&mut self, id: &str, place: &Where, properties: Value, out: &mut dyn Write) -> Result<(), ExportError> {
        let Some((lat, lon)) = place.point else { return Ok(()) };
        let begin = if self.features == 0 { "{\"type\":\"FeatureCollection\",\"features\":[\n" } else { ",\n" };
        self.features += 1;
        let feature = json!({
            "type": "Feature", "id": id, "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties,
        });
        write!(out, "{begin}{feature}")?;
        Ok(())
    }
}

fn event(row: &EventRow, place: &Where) -> Value {
    json!({
        "what": "event", "type": row.kind, "mode": some(&row.mode), "contexts": row.contexts, "start": some(&row.date), "end": some(&row.end_date),
        "edtf": some(&row.edtf), "actors": names(&row.actors, "; "), "recipients": names(&row.recipients, "; "), "place": place.name,
        "place_role": place.role, "country": some(&place.country), "certainty": row.certainty, "polarity": row.polarity, "statement": row.statement,
        "evidence": row.evidence, "chain": row.chain, "origins": row.standing.origins, "proposition": some(&row.standing.proposition),
        "contradicts": row.standing.contradicts, "report": row.report.address, "outlet": some(&row.report.outlet), "published": some(&row.report.published),
    })
}

fn relation(row: &RelationRow, place: &Where) -> Value {
    json!({
        "what": "relation", "type": row.kind, "subject": row.subject.name, "object": row.object.name, "goods": some(&row.goods), "via": row.via,
        "start": some(&row.begin.0), "end": some(&row.end.1), "place": place.name, "country": some(&place.country), "certainty": row.certainty,
        "polarity": row.polarity, "evidence": row.evidence, "chain": row.chain, "origins": row.standing.origins,
        "proposition": some(&row.standing.proposition), "contradicts": row.standing.contradicts, "report": row.report.address,
        "outlet": some(&row.report.outlet), "published": some(&row.report.published),
    })
}

impl Exporter for GeoJson {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        for row in EventRow::all(item) {
            for (number, place) in row.places.iter().enumerate() {
                self.feature(&format!("{}:{number}", row.id), place, event(&row, place), out)?;
            }
        }
        for row in RelationRow::all(item) {
            if let Some(place) = &row.object_place {
                self.feature(&row.id, place, relation(&row, place), out)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.features == 0 {
            write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        }
        writeln!(out, "\n]}}")?;
        Ok(())
    }
}
