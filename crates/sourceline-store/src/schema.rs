//! The tables, as a list of migrations; a store's `user_version` is the number of those it has seen.
//!
//! Version 1 is what must never be lost: documents, raw bytes, readings, claims, and their text index. It is append-only.
//! Version 2 is computed from it and can be computed again: what is where, propositions, links, derivations.

use rusqlite::Connection;

use crate::StoreError;

/// "SLN1" as SQLite's application id.
pub(crate) const APPLICATION_ID: i64 = 0x534c_4e31;

/// The migrations, oldest first. A released one is never changed.
pub(crate) const MIGRATIONS: [&str; 3] = [V1, V2, V3];

const V1: &str = "
CREATE TABLE document (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,             -- SHA-256 of the cleaned text
  outlet_key TEXT NOT NULL,     -- two outlets with one text are two documents
  outlet TEXT NOT NULL, input TEXT NOT NULL, url TEXT, title TEXT, language TEXT, published TEXT,
  UNIQUE (id, outlet_key));
CREATE TABLE raw (
  sha TEXT PRIMARY KEY,         -- SHA-256 of the bytes as they came
  document INTEGER NOT NULL REFERENCES document, input TEXT NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE reading (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document, reader TEXT NOT NULL, model TEXT NOT NULL,
  record BLOB NOT NULL,         -- corroboration's record of the document
  body BLOB NOT NULL,           -- sourceline.reading/1, compressed
  UNIQUE (document, reader, model));
CREATE TABLE claim (
  number INTEGER PRIMARY KEY,   -- reading * 65536 + the claim's own number
  document INTEGER NOT NULL REFERENCES document,
  record BLOB NOT NULL);        -- corroboration's record of the claim
CREATE INDEX claim_document ON claim (document);
CREATE VIRTUAL TABLE document_text USING fts5 (title, body, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\");
CREATE VIRTUAL TABLE claim_text USING fts5 (statement, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\");
";

const V2: &str = "
CREATE TABLE placed (document INTEGER PRIMARY KEY, reading INTEGER NOT NULL, day INTEGER);  -- documents whose claims are grouped, with the reading used
CREATE INDEX placed_day ON placed (day);
CREATE TABLE word (hash INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (hash, document)) WITHOUT ROWID;
CREATE TABLE word_count (hash INTEGER PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE sample (hash INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (hash, document)) WITHOUT ROWID;
CREATE TABLE proposition (
  number INTEGER PRIMARY KEY, statement TEXT NOT NULL, kind TEXT NOT NULL, type TEXT,
  first_day INTEGER, last_day INTEGER,       -- publication of its claims
  n_claims INTEGER NOT NULL, n_reports INTEGER NOT NULL, n_outlets INTEGER NOT NULL, n_origins INTEGER NOT NULL,
  contradicted INTEGER NOT NULL);
CREATE TABLE member (claim INTEGER PRIMARY KEY, proposition INTEGER NOT NULL, chain INTEGER NOT NULL);  -- chain: the same number for the same hops
CREATE INDEX member_proposition ON member (proposition, chain, claim);
CREATE TABLE link (a INTEGER NOT NULL, b INTEGER NOT NULL, kind TEXT NOT NULL, score REAL NOT NULL, best INTEGER NOT NULL,
  PRIMARY KEY (a, b)) WITHOUT ROWID;          -- a is the denial where there is one; best: b is what a denies in the first place
CREATE INDEX link_b ON link (b, a);
CREATE TABLE mention (kind INTEGER NOT NULL, key TEXT NOT NULL, proposition INTEGER NOT NULL, PRIMARY KEY (kind, key, proposition)) WITHOUT ROWID;
CREATE INDEX mention_proposition ON mention (proposition);
CREATE TABLE derivation (document INTEGER NOT NULL, origin INTEGER, party TEXT, how TEXT NOT NULL, share REAL, seen TEXT NOT NULL);
CREATE INDEX derivation_document ON derivation (document);
CREATE INDEX derivation_origin ON derivation (origin);
";

/// Samples of texts are other numbers than before, and so everything that is computed is computed anew when the store is opened.
const V3: &str = "
DELETE FROM placed; DELETE FROM word; DELETE FROM word_count; DELETE FROM sample; DELETE FROM proposition; DELETE FROM member;
DELETE FROM link; DELETE FROM mention; DELETE FROM derivation;
";

/// The version that this program writes.
pub(crate) const fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

/// The store version of an open database; `None` when it is some other database.
pub(crate) fn version(db: &Connection) -> Result<Option<i64>, StoreError> {
    let application: i64 = db.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == APPLICATION_ID {
        return Ok(Some(version));
    }
    Ok((application == 0 && version == 0 && tables == 0).then_some(0))
}

/// Brings a database from `from` to `to`, one transaction a step: a kill leaves the version before or after.
pub(crate) fn migrate(db: &mut Connection, from: i64, to: i64) -> Result<(), StoreError> {
    for step in from..to {
        let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let now: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        // Another process may have been quicker.
        if now == step {
            tx.execute_batch(MIGRATIONS[step as usize])?;
            tx.execute_batch(&format!(
                "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {};",
                step + 1
            ))?;
        }
        tx.commit()?;
    }
    Ok(())
}
