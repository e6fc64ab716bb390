//! Events as CSV with a row of HXL 1.1 tags under the header, for humanitarian tools.

use std::io::Write;

use super::{Exporter, csv_line, names};
use crate::{EventRow, ExportError, Item};

const COLUMNS: [(&str, &str); 21] = [
    ("Event", "#event+code"),
    ("First day", "#date+start"),
    ("Last day", "#date+end"),
    ("Type", "#event+type"),
    ("Mode", "#event+subtype"),
    ("Actor", "#group+name+first"),
    ("Recipient", "#group+name+second"),
    ("Country", "#country+code+v_iso2"),
    ("Place", "#loc+name"),
    ("Latitude", "#geo+lat"),
    ("Longitude", "#geo+lon"),
    ("What is said", "#description"),
    ("Certainty", "#meta+certainty"),
    ("Polarity", "#meta+polarity"),
    ("Sources, outlet first", "#meta+source"),
    ("Independent origins", "#meta+origins+num"),
    ("Names of the origins", "#meta+origins"),
    ("Contradicted by", "#meta+contradicts"),
    ("Outlet", "#meta+source+outlet"),
    ("Published", "#date+reported"),
    ("Report", "#meta+url"),
];

#[derive(Default)]
pub(super) struct Hxl {
    begun: bool,
}

impl Hxl {
    fn header(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        csv_line(&COLUMNS.map(|(name, _)| name), out)?;
        // Tags are written as they are: `csv_line` leaves `#` alone.
        csv_line(&COLUMNS.map(|(_, tag)| tag), out)
    }
}

fn line(row: &EventRow) -> Vec<String> {
    let place = row.place.clone().unwrap_or_default();
    vec![
        row.id.clone(),
        row.date.clone(),
        row.end_date.clone(),
        row.kind.clone(),
        row.mode.clone(),
        names(&row.actors, "; "),
        names(&row.recipients, "; "),
        place.country,
        place.name,
        place.point.map_or(String::new(), |point| point.0.to_string()),
        place.point.map_or(String::new(), |point| point.1.to_string()),
        if row.statement.is_empty() { row.evidence.clone() } else { row.statement.clone() },
        row.certainty.clone(),
        row.polarity.clone(),
        row.chain.join(" <- "),
        row.standing.origins.len().to_string(),
        row.standing.origins.join("; "),
        row.standing.contradicts.join("; "),
        row.report.outlet.clone(),
        row.report.published.clone(),
        row.report.address.clone(),
    ]
}

impl Exporter for Hxl {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)?;
        for row in EventRow::all(item) {
            csv_line(&line(&row), out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        self.header(out)
    }
}
