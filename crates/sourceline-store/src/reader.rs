//! Reads what the store holds.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};
use sourceline_corroborate::{ClaimRecord, DocumentRecord, Explanation, Pool, Proposition, explain};

use crate::analyze::Analyzer;
use crate::{Store, StoreError, fresh, pack, records};

/// A proposition with its claims.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredProposition {
    /// Its number; printed as `p12`.
    pub number: i64,
    /// What its claims share.
    pub view: Proposition,
    /// Its claims in order of publication; denials of it come last.
    pub claims: Vec<StoredClaim>,
    /// Number of its claims, which is larger than `claims` when it has very many.
    pub n_claims: usize,
    /// Propositions that cannot be so as well.
    pub contradicts: Vec<Link>,
}

/// A claim with its document.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredClaim {
    /// Its number in the store.
    pub number: i64,
    /// The claim.
    pub claim: ClaimRecord,
    /// Its document.
    pub document: DocumentRecord,
    /// Index in `view.origins` of the origin that it leads to.
    pub origin: Option<usize>,
    /// Why it counts for nothing.
    pub why_not: Option<String>,
    /// Hops followed in other documents.
    pub beyond: Vec<String>,
    /// Whether it is listed as a denial of the proposition.
    pub denies: bool,
}

/// A link to another proposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its number.
    pub number: i64,
    /// `denied`, `number`, `time`, `negated`.
    pub kind: String,
}

/// How a document derives, from whom or which document, by which share, and how that was seen.
pub type Derives = (String, String, Option<f64>, String);

/// A line of the list of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentLine {
    /// Its number.
    pub number: u64,
    /// SHA-256 of its text.
    pub id: String,
    /// Who publishes it.
    pub outlet: String,
    /// EDTF.
    pub published: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Path or address.
    pub input: String,
    /// ISO 639-1 code, empty when unknown.
    pub language: String,
    /// Number of claims of its newest reading.
    pub claims: usize,
    /// Number of its readings.
    pub readings: usize,
    /// From what it derives: (how, from whom or which document, share, how that was seen).
    pub derives: Vec<Derives>,
}

/// A text that holds the words searched for.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Number of the document.
    pub document: u64,
    /// Its outlet.
    pub outlet: String,
    /// EDTF.
    pub published: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Path or address.
    pub input: String,
    /// For a claim: the number of its proposition and its statement.
    pub claim: Option<(i64, String)>,
}

/// So many of the newest matches of a search are ranked.
const RANKED: i64 = 4_000;

impl Store {
    /// The proposition with a number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn proposition(&self, number: i64) -> Result<Option<StoredProposition>, StoreError> {
        let Some(made) = fresh::make(&self.db, number)? else { return Ok(None) };
        let own = made.numbers.len() - made.view.denied_by.len();
        let mut claims: Vec<StoredClaim> = Vec::new();
        for (at, claim) in made.claims.into_iter().enumerate() {
            let Some(document) = made.documents.get(&claim.key.document) else { continue };
            let path = made.view.paths.get(at);
            claims.push(StoredClaim {
                number: made.numbers[at],
                document: document.clone(),
                origin: path.and_then(|path| path.origin),
                why_not: path.and_then(|path| path.why_not.clone()),
                beyond: path.map(|path| path.beyond.clone()).unwrap_or_default(),
                denies: at >= own,
                claim,
            });
        }
        claims.sort_by_key(|claim| (claim.denies, claim.document.day.unwrap_or(i32::MAX), claim.number));
        let n_claims = if made.all { own } else { self.n_claims(number)? };
        let mut view = made.view;
        if !made.all {
            (view.n_reports, view.n_outlets) = self.counts(number)?;
        }
        Ok(Some(StoredProposition { number, view, claims, n_claims, contradicts: self.links(number)? }))
    }

    fn n_claims(&self, number: i64) -> Result<usize, StoreError> {
        let n: i64 =
            self.db.query_row("SELECT n_claims FROM proposition WHERE number = ?1", [number], |row| row.get(0))?;
        Ok(n as usize)
    }

    fn counts(&self, number: i64) -> Result<(usize, usize), StoreError> {
        let counts: (i64, i64) =
            self.db.query_row("SELECT n_reports, n_outlets FROM proposition WHERE number = ?1", [number], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok((counts.0 as usize, counts.1 as usize))
    }

    fn links(&self, number: i64) -> Result<Vec<Link>, StoreError> {
        let mut select = self.db.prepare_cached(
            "SELECT b, kind FROM link WHERE a = ?1 UNION SELECT a, kind FROM link WHERE b = ?1 ORDER BY 1",
        )?;
        let rows = select.query_map([number], |row| Ok(Link { number: row.get(0)?, kind: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Why the claims of a proposition stand together: for each claim but the first, its closest partner in it with the features of the pair;
    /// then the closest claim that was kept apart.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn explain(
        &self,
        proposition: &StoredProposition,
    ) -> Result<Vec<(usize, String, bool, Explanation)>, StoreError> {
        let own: Vec<&StoredClaim> = proposition.claims.iter().filter(|claim| !claim.denies).collect();
        let mut around: BTreeMap<u64, Vec<(i64, ClaimRecord)>> = BTreeMap::new();
        for claim in &own {
            let document = claim.claim.key.document;
            if let std::collections::btree_map::Entry::Vacant(place) = around.entry(document) {
                place.insert(records::claims_of(&self.db, document as i64)?);
            }
        }
        let pool = Pool::new(around.values().flatten().map(|(_, claim)| claim));
        let mut out = Vec::new();
        for (at, claim) in own.iter().enumerate() {
            let inside = own.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| &other.claim);
            if let Some((other, why)) = closest(&pool, &claim.claim, inside) {
                out.push((at, other.statement.clone(), true, why));
            }
            let outside = around
                .values()
                .flatten()
                .filter(|(number, _)| own.iter().all(|mine| mine.number != *number))
                .map(|(_, claim)| claim);
            let outside = outside.filter(|other| other.key.document != claim.claim.key.document);
            if let Some((other, why)) = closest(&pool, &claim.claim, outside) {
                out.push((at, other.statement.clone(), false, why));
            }
        }
        Ok(out)
    }

    /// The documents, the newest stored first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn documents(&self, limit: Option<u32>) -> Result<Vec<DocumentLine>, StoreError> {
        let mut select = self.db.prepare_cached(
            "SELECT number, id, outlet, published, title, input, language,
               (SELECT count(*) FROM claim WHERE number BETWEEN (SELECT max(number) FROM reading WHERE document = document.number) << 16
                 AND ((SELECT max(number) FROM reading WHERE document = document.number) << 16) + 65535),
               (SELECT count(*) FROM reading WHERE document = document.number)
             FROM document ORDER BY number DESC LIMIT ?1",
        )?;
        let rows = select.query_map([limit.map_or(-1, i64::from)], |row| {
            Ok(DocumentLine {
                number: row.get::<_, i64>(0)? as u64,
                id: row.get(1)?,
                outlet: row.get(2)?,
                published: row.get(3)?,
                title: row.get(4)?,
                input: row.get(5)?,
                language: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
                claims: row.get::<_, i64>(7)? as usize,
                readings: row.get::<_, i64>(8)? as usize,
                derives: Vec::new(),
            })
        })?;
        let mut out: Vec<DocumentLine> = rows.collect::<Result<_, _>>()?;
        for line in &mut out {
            line.derives = self.derives(line.number)?;
        }
        Ok(out)
    }

    fn derives(&self, document: u64) -> Result<Vec<Derives>, StoreError> {
        let mut select = self.db.prepare_cached(
            "SELECT how, coalesce(party, (SELECT outlet || ', ' || coalesce(published, 'undated') || coalesce(': ' || title, '') FROM document WHERE number = origin), ''), share, seen
             FROM derivation WHERE derivation.document = ?1 ORDER BY share DESC, how, 2",
        )?;
        let rows =
            select.query_map([document as i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Claims and documents that hold all the words, the best match first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Hit>, StoreError> {
        let Some(words) = Analyzer::new().query(text) else { return Ok(Vec::new()) };
        let mut hits = Vec::new();
        let mut select = self.db.prepare_cached(&format!(
            "SELECT d.number, d.outlet, d.published, d.title, d.input, m.proposition, c.record
             FROM (SELECT rowid AS claim, rank AS score FROM claim_text WHERE claim_text MATCH ?1 ORDER BY rowid DESC LIMIT {RANKED}) f
             JOIN member m ON m.claim = f.claim JOIN claim c ON c.number = f.claim JOIN document d ON d.number = c.document
             ORDER BY f.score, f.claim LIMIT ?2"
        ))?;
        let rows = select.query_map(params![words, limit], |row| {
            Ok((hit(row)?, row.get::<_, i64>(5)?, row.get::<_, Vec<u8>>(6)?))
        })?;
        for row in rows {
            let (mut hit, proposition, record) = row?;
            let claim: ClaimRecord = pack::decode(&record)?;
            hit.claim = Some((proposition, claim.statement));
            hits.push(hit);
        }
        let mut select = self.db.prepare_cached(&format!(
            "SELECT d.number, d.outlet, d.published, d.title, d.input
             FROM (SELECT rowid AS document, rank AS score FROM document_text WHERE document_text MATCH ?1 ORDER BY rowid DESC LIMIT {RANKED}) f
             JOIN document d ON d.number = f.document ORDER BY f.score, f.document LIMIT ?2"
        ))?;
        let rows = select.query_map(params![words, limit], hit)?;
        for row in rows {
            hits.push(row?);
        }
        Ok(hits)
    }

    /// The newest reading of a document in the wire format.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reading(&self, document: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let mut select =
            self.db.prepare_cached("SELECT body FROM reading WHERE document = ?1 ORDER BY number DESC LIMIT 1")?;
        let body: Option<Vec<u8>> = select.query_row([document as i64], |row| row.get(0)).optional()?;
        body.map(|body| pack::expand(&body)).transpose()
    }

    /// Calls `each` with the number and newest reading (wire format) of every document, in order of number.
    ///
    /// # Errors
    /// When the store cannot be read, or `each` says so.
    pub fn each_reading<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(u64, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = 0_i64;
        loop {
            let next: Option<i64> = self
                .db
                .prepare_cached("SELECT min(number) FROM document WHERE number > ?1")
                .and_then(|mut select| select.query_row([after], |row| row.get(0)))
                .map_err(StoreError::from)?;
            let Some(number) = next else { return Ok(()) };
            after = number;
            if let Some(body) = self.reading(number as u64)? {
                each(number as u64, body)?;
            }
        }
    }

    /// The bytes as they came, by their SHA-256 or by the document's number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn raw(&self, document: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let mut select = self.db.prepare_cached("SELECT bytes FROM raw WHERE document = ?1 ORDER BY sha LIMIT 1")?;
        let bytes: Option<Vec<u8>> = select.query_row([document as i64], |row| row.get(0)).optional()?;
        bytes.map(|bytes| pack::expand(&bytes)).transpose()
    }
}

fn hit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit {
        document: row.get::<_, i64>(0)? as u64,
        outlet: row.get(1)?,
        published: row.get(2)?,
        title: row.get(3)?,
        input: row.get(4)?,
        claim: None,
    })
}

fn closest<'c>(
    pool: &Pool,
    claim: &ClaimRecord,
    others: impl Iterator<Item = &'c ClaimRecord>,
) -> Option<(&'c ClaimRecord, Explanation)> {
    let mut best: Option<(&ClaimRecord, Explanation)> = None;
    for other in others {
        let why = explain(pool, claim, other);
        if best.as_ref().is_none_or(|(_, known)| why.score > known.score) {
            best = Some((other, why));
        }
    }
    best
}
