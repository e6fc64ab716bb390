//! Brings the summary of a proposition up to date after its claims or links changed.
//!
//! A proposition with very many claims is summed up from one claim per chain: who is behind it depends on chains alone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use sourceline_corroborate::{ClaimRecord, DocumentRecord, Proposition, name_key, proposition};

use crate::{StoreError, records};

/// So many claims of a proposition are looked at; above, one per chain.
pub(crate) const CLAIMS_LOOKED_AT: usize = 400;

/// What a key of `mention` stands for.
pub(crate) mod mention {
    pub(crate) const ENTITY: i64 = 1;
    pub(crate) const SOURCE: i64 = 2;
    pub(crate) const PLACE: i64 = 3;
    pub(crate) const OUTLET: i64 = 4;
}

/// Brings all of `changed` up to date, and what denials of them are linked with.
pub(crate) fn refresh_all(db: &Connection, changed: &BTreeSet<i64>, document: i64) -> Result<(), StoreError> {
    for &number in changed {
        refresh(db, number, document)?;
    }
    Ok(())
}

/// Numbers of the claims of a proposition: all, or one per chain when there are very many. The flag tells whether these are all.
pub(crate) fn members(db: &Connection, number: i64) -> Result<(Vec<i64>, bool), StoreError> {
    let limit = CLAIMS_LOOKED_AT as i64;
    let mut select = db.prepare_cached("SELECT claim FROM member WHERE proposition = ?1 LIMIT ?2")?;
    let mut claims: Vec<i64> =
        select.query_map(params![number, limit + 1], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if claims.len() <= CLAIMS_LOOKED_AT {
        claims.sort_unstable();
        return Ok((claims, true));
    }
    // One step of the index per chain, however many claims have it.
    let mut select = db.prepare_cached(
        "WITH RECURSIVE step (chain) AS (
           SELECT min(chain) FROM member WHERE proposition = ?1
           UNION ALL SELECT (SELECT min(chain) FROM member WHERE proposition = ?1 AND chain > step.chain) FROM step WHERE step.chain IS NOT NULL LIMIT ?2)
         SELECT (SELECT min(claim) FROM member WHERE proposition = ?1 AND chain = step.chain) FROM step WHERE chain IS NOT NULL",
    )?;
    let mut claims: Vec<i64> = select.query_map(params![number, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
    claims.sort_unstable();
    Ok((claims, false))
}

/// A proposition with the records that it is made of.
pub(crate) struct Made {
    pub(crate) view: Proposition,
    pub(crate) numbers: Vec<i64>,
    pub(crate) claims: Vec<ClaimRecord>,
    pub(crate) documents: BTreeMap<u64, DocumentRecord>,
    pub(crate) all: bool,
}

/// Makes a proposition from its claims and from the denials listed with it.
pub(crate) fn make(db: &Connection, number: i64) -> Result<Option<Made>, StoreError> {
    let (mut numbers, all) = members(db, number)?;
    if numbers.is_empty() {
        return Ok(None);
    }
    let own = numbers.len();
    let mut select =
        db.prepare_cached("SELECT a FROM link WHERE b = ?1 AND best = 1 AND kind = 'denied' ORDER BY a")?;
    let deniers: Vec<i64> = select.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for denier in deniers {
        numbers.extend(members(db, denier)?.0);
    }
    let mut claims = Vec::with_capacity(numbers.len());
    for &claim in &numbers {
        let missing =
            || StoreError::Damaged { what: format!("proposition {number} has a claim {claim} that is not there") };
        claims.push(records::claim(db, claim)?.ok_or_else(missing)?);
    }
    let documents = records::documents(db, &claims)?;
    let (asserted, denials) = claims.split_at(own);
    let view = proposition(&asserted.iter().collect::<Vec<_>>(), &denials.iter().collect::<Vec<_>>(), |document| {
        documents.get(&document)
    });
    Ok(Some(Made { view, numbers, claims, documents, all }))
}

fn refresh(db: &Connection, number: i64, document: i64) -> Result<(), StoreError> {
    let Some(made) = make(db, number)? else { return forget(db, number) };
    let view = &made.view;
    let days = || made.documents.values().filter_map(|document| document.day);
    let contradicted: bool = db
        .prepare_cached("SELECT 1 FROM link WHERE a = ?1 UNION ALL SELECT 1 FROM link WHERE b = ?1")?
        .exists([number])?;
    let (claims, reports, outlets) = if made.all {
        let own = made.numbers.len() - view.denied_by.len();
        (own as i64, view.n_reports as i64, view.n_outlets as i64)
    } else {
        grown(db, number, document, view)?
    };
    db.prepare_cached(
        "UPDATE proposition SET statement = ?2, kind = ?3, type = ?4, first_day = ?5, last_day = ?6, n_claims = ?7, n_reports = ?8,
         n_outlets = ?9, n_origins = ?10, contradicted = ?11 WHERE number = ?1",
    )?
    .execute(params![
        number,
        view.statement,
        view.kind,
        view.event_type,
        days().min(),
        days().max(),
        claims,
        reports,
        outlets,
        view.origins.len() as i64,
        contradicted
    ])?;
    write_mentions(db, number, &made, made.all)
}

/// Counts of a proposition too large to be counted: those before and what the document added.
fn grown(db: &Connection, number: i64, document: i64, view: &Proposition) -> Result<(i64, i64, i64), StoreError> {
    let (claims, reports, outlets): (i64, i64, i64) = db
        .prepare_cached("SELECT n_claims, n_reports, n_outlets FROM proposition WHERE number = ?1")?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut added = 0;
    for (claim, _) in records::claims_of(db, document)? {
        added += i64::from(crate::place::proposition_of(db, claim)? == Some(number));
    }
    if claims <= CLAIMS_LOOKED_AT as i64 {
        // It has just become large: count it once.
        let n: i64 = db
            .prepare_cached("SELECT count(*) FROM member WHERE proposition = ?1")?
            .query_row([number], |row| row.get(0))?;
        return Ok((n, reports + i64::from(added > 0), outlets.max(view.n_outlets as i64)));
    }
    Ok((claims + added, reports + i64::from(added > 0), outlets.max(view.n_outlets as i64)))
}

fn forget(db: &Connection, number: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM proposition WHERE number = ?1")?.execute([number])?;
    db.prepare_cached("DELETE FROM mention WHERE proposition = ?1")?.execute([number])?;
    db.prepare_cached("DELETE FROM link WHERE a = ?1 OR b = ?1")?.execute([number])?;
    Ok(())
}

fn write_mentions(db: &Connection, number: i64, made: &Made, replace: bool) -> Result<(), StoreError> {
    let own = made.numbers.len() - made.view.denied_by.len();
    let mut keys: BTreeSet<(i64, String)> = BTreeSet::new();
    for claim in &made.claims[..own] {
        let pairs = claim.signature.actors.iter().chain(&claim.signature.recipients);
        let names = claim
            .entities
            .iter()
            .chain(&claim.names)
            .cloned()
            .chain(pairs.flat_map(|(key, name)| [key.clone(), name_key(name)]));
        keys.extend(names.flat_map(with_last_name).map(|key| (mention::ENTITY, key)));
        for (key, name) in &claim.signature.places {
            keys.extend([key.clone(), name_key(name)].map(|key| (mention::PLACE, key)));
            keys.extend([key.clone(), name_key(name)].map(|key| (mention::ENTITY, key)));
        }
        for (at, hop) in claim.chain.iter().enumerate() {
            let kind = if at == 0 { mention::OUTLET } else { mention::SOURCE };
            let both = [hop.party.key.clone(), name_key(&hop.party.name)];
            keys.extend(both.into_iter().flat_map(with_last_name).map(|key| (kind, key)));
        }
    }
    if replace {
        db.prepare_cached("DELETE FROM mention WHERE proposition = ?1")?.execute([number])?;
    }
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO mention (kind, key, proposition) VALUES (?1, ?2, ?3)")?;
    for (kind, key) in keys.iter().filter(|(_, key)| !key.is_empty()) {
        insert.execute(params![kind, key, number])?;
    }
    Ok(())
}

/// A name and its last word, by which people are called as well.
fn with_last_name(key: String) -> Vec<String> {
    let last =
        key.rsplit(' ').next().filter(|last| last.len() < key.len() && last.chars().count() >= 4).map(str::to_string);
    std::iter::once(key).chain(last).collect()
}
