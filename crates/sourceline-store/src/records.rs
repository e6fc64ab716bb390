//! Corroboration's records in and out of the database.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use sourceline_corroborate::{ClaimRecord, DocumentRecord};

use crate::{StoreError, pack};

/// A claim's number from its reading's and its own.
pub(crate) fn claim_number(reading: i64, own: u32) -> i64 {
    (reading << 16) | i64::from(own & 0xffff)
}

/// The record of a claim.
pub(crate) fn claim(db: &Connection, number: i64) -> Result<Option<ClaimRecord>, StoreError> {
    let mut select = db.prepare_cached("SELECT record FROM claim WHERE number = ?1")?;
    let bytes: Option<Vec<u8>> = select.query_row([number], |row| row.get(0)).optional()?;
    bytes.map(|bytes| pack::decode(&bytes)).transpose()
}

/// The claims of a document's current reading with their numbers, in text order.
pub(crate) fn claims_of(db: &Connection, document: i64) -> Result<Vec<(i64, ClaimRecord)>, StoreError> {
    let Some(reading) = current_reading(db, document)? else { return Ok(Vec::new()) };
    claims_of_reading(db, reading)
}

/// The claims of one reading with their numbers, in text order.
pub(crate) fn claims_of_reading(db: &Connection, reading: i64) -> Result<Vec<(i64, ClaimRecord)>, StoreError> {
    let mut select =
        db.prepare_cached("SELECT number, record FROM claim WHERE number BETWEEN ?1 AND ?2 ORDER BY number")?;
    let rows = select.query_map([reading << 16, (reading << 16) | 0xffff], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (number, bytes) = row?;
        out.push((number, pack::decode(&bytes)?));
    }
    Ok(out)
}

/// The newest reading of a document.
pub(crate) fn current_reading(db: &Connection, document: i64) -> Result<Option<i64>, StoreError> {
    let mut select = db.prepare_cached("SELECT max(number) FROM reading WHERE document = ?1")?;
    Ok(select.query_row([document], |row| row.get(0))?)
}

/// The record of a document, from its newest reading.
pub(crate) fn document(db: &Connection, document: i64) -> Result<Option<DocumentRecord>, StoreError> {
    let mut select =
        db.prepare_cached("SELECT record FROM reading WHERE document = ?1 ORDER BY number DESC LIMIT 1")?;
    let bytes: Option<Vec<u8>> = select.query_row([document], |row| row.get(0)).optional()?;
    bytes.map(|bytes| pack::decode(&bytes)).transpose()
}

/// The records of the documents of some claims.
pub(crate) fn documents(db: &Connection, claims: &[ClaimRecord]) -> Result<BTreeMap<u64, DocumentRecord>, StoreError> {
    let mut out = BTreeMap::new();
    for claim in claims {
        let number = claim.key.document;
        if let std::collections::btree_map::Entry::Vacant(place) = out.entry(number)
            && let Some(record) = document(db, number as i64)?
        {
            place.insert(record);
        }
    }
    Ok(out)
}
