//! Stores one document: all of it or nothing, in one transaction.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use sourceline_corroborate::{Records, records};
use sourceline_model::Reading;

use crate::analyze::Analyzer;
use crate::records::claim_number;
use crate::{Store, StoreError, pack};

/// Claims beyond this number of one reading are not kept; no report has so many.
const CLAIMS_MAX: u32 = 0xffff;

/// A reading to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewReading<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// It in the wire format.
    pub body: &'a [u8],
    /// The bytes that were read.
    pub raw: &'a [u8],
    /// Version of the program that read them.
    pub reader: &'a str,
    /// Name of the weights that it used, empty for none.
    pub model: &'a str,
}

/// What became of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// A new document.
    Stored {
        /// Its number.
        document: u64,
    },
    /// A known document, read by another reader or with other weights: the new reading stands beside the old ones.
    ReadAgain {
        /// Its number.
        document: u64,
    },
    /// Nothing new.
    Known {
        /// Its number.
        document: u64,
    },
}

impl Store {
    /// Stores a reading.
    ///
    /// # Errors
    /// When the store is locked, full, read-only or damaged; then nothing of the document is stored.
    pub fn put(&mut self, new: &NewReading<'_>) -> Result<Put, StoreError> {
        let records = records(new.reading, 0);
        let text = &new.reading.analysis.document.text;
        self.put_records(records, text, new)
    }

    /// Whether these bytes were read already by this reader with these weights, so that reading them again would store nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn knows(&self, raw: &[u8], reader: &str, model: &str) -> Result<Option<u64>, StoreError> {
        let mut select = self.db.prepare_cached(
            "SELECT raw.document FROM raw JOIN reading ON reading.document = raw.document WHERE sha = ?1 AND reader = ?2 AND model = ?3",
        )?;
        let found: Option<i64> = select.query_row(params![sha(raw), reader, model], |row| row.get(0)).optional()?;
        Ok(found.map(|number| number as u64))
    }

    pub(crate) fn put_records(
        &mut self,
        mut records: Records,
        text: &str,
        new: &NewReading<'_>,
    ) -> Result<Put, StoreError> {
        let body = pack::compress(new.body)?;
        let raw = pack::compress(new.raw)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (document, fresh) = add_document(&tx, &records, text, new)?;
        tx.prepare_cached("INSERT OR IGNORE INTO raw (sha, document, input, size, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![sha(new.raw), document, records.document.input, new.raw.len() as i64, raw])?;
        let number = document as u64;
        if !fresh && has_reading(&tx, document, new)? {
            tx.commit()?;
            return Ok(Put::Known { document: number });
        }
        records.document.number = number;
        for claim in &mut records.claims {
            claim.key.document = number;
        }
        add_reading(&tx, document, &records, &body, new)?;
        crate::place::place(&tx, document)?;
        tx.commit()?;
        Ok(if fresh { Put::Stored { document: number } } else { Put::ReadAgain { document: number } })
    }
}

pub(crate) fn sha(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn add_document(
    db: &Connection,
    records: &Records,
    text: &str,
    new: &NewReading<'_>,
) -> Result<(i64, bool), StoreError> {
    let record = &records.document;
    let known: Option<i64> = db
        .prepare_cached("SELECT number FROM document WHERE id = ?1 AND outlet_key = ?2")?
        .query_row(params![record.id, record.outlet.key], |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok((number, false));
    }
    let url = &new.reading.analysis.document.url;
    db.prepare_cached(
        "INSERT INTO document (id, outlet_key, outlet, input, url, title, language, published) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        record.id,
        record.outlet.key,
        record.outlet.name,
        record.input,
        url,
        record.title,
        record.language,
        record.published
    ])?;
    let number = db.last_insert_rowid();
    let analyzer = Analyzer::new();
    db.prepare_cached("INSERT INTO document_text (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![
        number,
        analyzer.text(record.title.as_deref().unwrap_or("")),
        analyzer.text(text)
    ])?;
    Ok((number, true))
}

fn has_reading(db: &Connection, document: i64, new: &NewReading<'_>) -> Result<bool, StoreError> {
    let mut select = db.prepare_cached("SELECT 1 FROM reading WHERE document = ?1 AND reader = ?2 AND model = ?3")?;
    Ok(select.exists(params![document, new.reader, new.model])?)
}

fn add_reading(
    db: &Connection,
    document: i64,
    records: &Records,
    body: &[u8],
    new: &NewReading<'_>,
) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO reading (document, reader, model, record, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![document, new.reader, new.model, pack::encode(&records.document)?, body])?;
    let reading = db.last_insert_rowid();
    let analyzer = Analyzer::new();
    let mut insert = db.prepare_cached("INSERT INTO claim (number, document, record) VALUES (?1, ?2, ?3)")?;
    let mut index = db.prepare_cached("INSERT INTO claim_text (rowid, statement) VALUES (?1, ?2)")?;
    for claim in records.claims.iter().filter(|claim| claim.key.number <= CLAIMS_MAX) {
        let number = claim_number(reading, claim.key.number);
        insert.execute(params![number, document, pack::encode(claim)?])?;
        let same = claim.evidence.contains(&claim.statement);
        let said = if same { claim.evidence.clone() } else { format!("{} {}", claim.statement, claim.evidence) };
        index.execute(params![number, analyzer.text(&said)])?;
    }
    Ok(())
}
