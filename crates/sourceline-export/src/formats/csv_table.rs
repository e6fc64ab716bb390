//! Events as plain CSV: every column that Sourceline has.

use std::io::Write;

use super::{Exporter, csv_line, names};
use crate::{EventRow, ExportError, Item};

const COLUMNS: [&str; 28] = [
    "id",
    "document",
    "outlet",
    "published",
    "url",
    "report",
    "type",
    "mode",
    "contexts",
    "date",
    "end_date",
    "edtf",
    "actors",
    "recipients",
    "place",
    "place_role",
    "country",
    "latitude",
    "longitude",
    "certainty",
    "polarity",
    "statement",
    "evidence",
    "chain",
    "proposition",
    "origins",
    "n_origins",
    "contradicts",
];

#[derive(Default)]
pub(super) struct Events {
    begun: bool,
}

impl Events {
    fn header(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        csv_line(&COLUMNS, out)
    }
}

fn line(row: &EventRow, item: &Item<'_>) -> Vec<String> {
    let document = &item.reading.document;
    let place = row.place.clone().unwrap_or_default();
    vec![
        row.id.clone(),
        document.id.clone(),
        document.outlet.as_ref().map_or(String::new(), |outlet| outlet.name.clone()),
        document.published.clone().unwrap_or_default(),
        document.url.clone().unwrap_or_default(),
        item.address().to_owned(),
        row.kind.clone(),
        row.mode.clone(),
        row.contexts.join("; "),
        row.date.clone(),
        row.end_date.clone(),
        row.edtf.clone(),
        names(&row.actors, "; "),
        names(&row.recipients, "; "),
        place.name,
        place.role,
        place.country,
        place.point.map_or(String::new(), |point| point.0.to_string()),
        place.point.map_or(String::new(), |point| point.1.to_string()),
        row.certainty.clone(),
        row.polarity.clone(),
        row.statement.clone(),
        row.evidence.clone(),
        row.chain.join(" <- "),
        row.standing.proposition.clone(),
        row.standing.origins.join("; "),
        row.standing.origins.len().to_string(),
        row.standing.contradicts.join("; "),
    ]
}

impl Exporter for Events {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)?;
        for row in EventRow::all(item) {
            csv_line(&line(&row, item), out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)
    }
}
