//! TimelineJS JSON: one slide for every dated event that is put as a fact or likely.

use std::io::Write;

use serde_json::{Value, json};

use super::{Exporter, names};
use crate::{EventRow, ExportError, Item};

#[derive(Default)]
pub(super) struct TimelineJs {
    slides: usize,
}

/// Year, month, day as TimelineJS wants them: only as far as the EDTF value says.
fn date(day: &str, edtf: &str) -> Value {
    let mut parts = day.split('-').filter_map(|part| part.parse::<u32>().ok());
    let (year, month, date) = (parts.next(), parts.next(), parts.next());
    match edtf.trim_end_matches(['~', '?', '%']).len() {
        4 => json!({"year": year}),
        7 => json!({"year": year, "month": month}),
        _ => json!({"year": year, "month": month, "day": date}),
    }
}

fn slide(row: &EventRow, item: &Item<'_>) -> Value {
    let document = &item.reading.document;
    let origins = row.standing.origins.len();
    let sources = format!(
        "{}; {origins} independent {}; {}",
        row.chain.join(" <- "),
        if origins == 1 { "origin" } else { "origins" },
        row.certainty
    );
    let escape = |text: &str| quick_xml::escape::escape(text).into_owned();
    let link = document.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let source =
        link.map_or_else(|| escape(&sources), |url| format!("<a href=\"{}\">{}</a>", escape(url), escape(&sources)));
    let mut slide = json!({
        "unique_id": row.id, "group": row.kind, "start_date": date(&row.date, &row.edtf),
        "text": {"headline": escape(&headline(row)), "text": format!("<p>{}</p><p>{source}</p>", escape(&row.evidence))},
    });
    if !row.end_date.is_empty() && row.edtf.contains('/') {
        slide["end_date"] = date(&row.end_date, "");
    }
    if !row.edtf.is_empty() {
        slide["display_date"] = json!(row.edtf);
    }
    slide["sourceline"] = json!({
        "certainty": row.certainty, "origins": row.standing.origins, "contradicts": row.standing.contradicts, "chain": row.chain,
        "report": row.report.address,
    });
    slide
}

fn headline(row: &EventRow) -> String {
    if row.statement.is_empty() {
        format!("{} {} {}", names(&row.actors, ", "), row.trigger, names(&row.recipients, ", "))
    } else {
        row.statement.clone()
    }
}

impl Exporter for TimelineJs {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        for row in EventRow::all(item).iter().filter(|row| row.auxiliary().is_empty() && !row.date.is_empty()) {
            let begin = if self.slides == 0 { "{\"events\":[\n" } else { ",\n" };
            self.slides += 1;
            write!(out, "{begin}{}", slide(row, item))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.slides == 0 {
            write!(out, "{{\"events\":[")?;
        }
        writeln!(out, "\n]}}")?;
        Ok(())
    }
}
