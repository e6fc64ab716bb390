//! A store as JSON Lines and back: one reading a line, with the bytes it came from and the records it was compiled to.

use std::io::{BufRead, Write};

use rusqlite::params;
use serde::{Deserialize, Serialize};
use sourceline_corroborate::{ClaimRecord, DocumentRecord, Records};
use sourceline_model::{Document, Reading};

use crate::put::{NewReading, Put};
use crate::{Store, StoreError, pack, records};

/// Name and version of the format.
const FORMAT: &str = "sourceline.store/1";

#[derive(Serialize, Deserialize)]
struct Line {
    format: String,
    reader: String,
    model: String,
    document: DocumentRecord,
    claims: Vec<ClaimRecord>,
    url: Option<String>,
    text: String,
    reading: serde_json::Value,
    /// zstd, hexadecimal.
    raw: Vec<String>,
}

/// What an import brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Documents and readings that were new.
    pub new: u64,
    /// Readings that the store had.
    pub known: u64,
}

impl Store {
    /// Writes every reading, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read or `out` not be written.
    pub fn export(&self, out: &mut impl Write) -> Result<u64, StoreError> {
        let failed = |cause| StoreError::Io { what: "cannot write the export".into(), cause };
        let mut select = self.db.prepare(
            "SELECT r.number, r.document, r.reader, r.model, r.record, r.body, d.url FROM reading r JOIN document d ON d.number = r.document ORDER BY r.number",
        )?;
        let mut rows = select.query([])?;
        let mut n = 0;
        while let Some(row) = rows.next()? {
            let (number, document): (i64, i64) = (row.get(0)?, row.get(1)?);
            let body = pack::expand(&row.get::<_, Vec<u8>>(5)?)?;
            let reading: serde_json::Value = serde_json::from_slice(&body)
                .map_err(|e| StoreError::Damaged { what: format!("reading {number}: {e}") })?;
            let text = reading.pointer("/document/text").and_then(|text| text.as_str()).unwrap_or("").to_string();
            let line = Line {
                format: FORMAT.into(),
                reader: row.get(2)?,
                model: row.get(3)?,
                document: pack::decode(&row.get::<_, Vec<u8>>(4)?)?,
                claims: records::claims_of_reading(&self.db, number)?.into_iter().map(|(_, claim)| claim).collect(),
                url: row.get(6)?,
                text,
                reading,
                raw: self.raws(document)?,
            };
            let line = serde_json::to_string(&line).map_err(|e| StoreError::Damaged { what: e.to_string() })?;
            writeln!(out, "{line}").map_err(failed)?;
            n += 1;
        }
        out.flush().map_err(failed)?;
        Ok(n)
    }

    fn raws(&self, document: i64) -> Result<Vec<String>, StoreError> {
        let mut select = self.db.prepare_cached("SELECT bytes FROM raw WHERE document = ?1 ORDER BY sha")?;
        let rows = select.query_map(params![document], |row| row.get::<_, Vec<u8>>(0))?;
        let mut out = Vec::new();
        for row in rows {
            out.push(hex(&row?));
        }
        Ok(out)
    }

    /// Reads an export; what the store has already stays as it is.
    ///
    /// # Errors
    /// When a line is no stored reading (those before it are stored), or the store cannot be written.
    pub fn import(&mut self, input: &mut impl BufRead) -> Result<Imported, StoreError> {
        let mut out = Imported::default();
        for (at, line) in input.lines().enumerate() {
            let line = line.map_err(|cause| StoreError::Io { what: "cannot read the import".into(), cause })?;
            if line.trim().is_empty() {
                continue;
            }
            match self.import_line(&line).map_err(|error| with_line(error, at + 1))? {
                Put::Known { .. } => out.known += 1,
                Put::Stored { .. } | Put::ReadAgain { .. } => out.new += 1,
            }
        }
        Ok(out)
    }

    fn import_line(&mut self, line: &str) -> Result<Put, StoreError> {
        let bad = |why: String| StoreError::Import { line: 0, why };
        let line: Line = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
        if line.format != FORMAT {
            return Err(bad(format!("its format is {:.40}", line.format)));
        }
        let raws = line
            .raw
            .iter()
            .map(|hex| unhex(hex).and_then(|packed| pack::expand(&packed).ok()))
            .collect::<Option<Vec<_>>>();
        let raws = raws.ok_or_else(|| bad("its raw bytes are damaged".into()))?;
        let body = serde_json::to_vec(&line.reading).map_err(|error| bad(error.to_string()))?;
        let mut reading = Reading::default();
        reading.analysis.document = Document { url: line.url, ..Document::default() };
        let mut outcome = None;
        for raw in if raws.is_empty() { vec![Vec::new()] } else { raws } {
            let new =
                NewReading { reading: &reading, body: &body, raw: &raw, reader: &line.reader, model: &line.model };
            let records = Records { document: line.document.clone(), claims: line.claims.clone() };
            let put = self.put_records(records, &line.text, &new)?;
            outcome = outcome.or(Some(put));
        }
        outcome.ok_or_else(|| bad("it holds nothing".into()))
    }
}

fn with_line(error: StoreError, line: usize) -> StoreError {
    match error {
        StoreError::Import { why, .. } => StoreError::Import { line, why },
        other => other,
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
