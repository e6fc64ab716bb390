//! Puts a document's claims into propositions, touching only those that they may belong to.
//!
//! In: a stored document. Out: rows of `member`, `link`, `derivation`, fresh summaries. Other documents of the same story are found by
//! the rarest words that they share; their claims and the new ones are grouped anew, except that a proposition
//! with claims outside this pool stays together.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sourceline_corroborate::{
    ClaimRecord, Derivation, DerivedFrom, DocumentRecord, Pool, Seed, contradictions, derivations, group_seeds,
    overlap, retelling,
};

use crate::{Store, StoreError, fresh, links, records};

/// So many of a document's rarest words are looked up.
const WORDS_ASKED: usize = 48;
/// So many of the newest documents with a word are looked at.
const DOCUMENTS_PER_WORD: i64 = 150;
/// Sum of the rarity of shared words from which two documents may be of one story.
const STORY_SCORE: f64 = 8.0;
/// In a store with few documents no word is known to be common; so many are imagined beside them.
const SMALL_STORE: i64 = 50;
/// Documents of the story whose claims are grouped anew.
const STORY_DOCUMENTS: usize = 15;
/// Claims that are grouped anew at once.
const POOL_CLAIMS: usize = 420;
/// Shared sample shingles from which two texts are compared.
const SHARED_SAMPLES: i64 = 3;
/// A sample that stands in more documents is page furniture and finds nothing.
const FURNITURE: i64 = 100;

impl Store {
    /// Groups the claims of documents that a store of an older version, or an import, left without.
    pub(crate) fn place_all(&mut self) -> Result<(), StoreError> {
        loop {
            let next: Option<i64> = self
                .db
                .query_row("SELECT number FROM document WHERE number NOT IN (SELECT document FROM placed) ORDER BY number LIMIT 1", [], |r| r.get(0))
                .optional()?;
            let Some(document) = next else { return Ok(()) };
            let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            place(&tx, document)?;
            tx.commit()?;
        }
    }
}

/// The claims that are grouped together, with where they stand now.
struct Gathered {
    numbers: Vec<i64>,
    claims: Vec<ClaimRecord>,
    propositions: Vec<Option<i64>>,
}

/// Places the claims of a document's newest reading.
pub(crate) fn place(db: &Connection, document: i64) -> Result<(), StoreError> {
    let Some(reading) = records::current_reading(db, document)? else { return Ok(()) };
    let Some(record) = records::document(db, document)? else { return Ok(()) };
    let mut changed = displace(db, document)?;
    let claims = records::claims_of_reading(db, reading)?;
    let words: BTreeSet<u32> = claims.iter().flat_map(|(_, claim)| claim.around.iter().copied()).collect();
    let story = story(db, document, &words)?;
    let copies = copies(db, document, &record)?;
    index(db, document, &record, &words)?;
    db.prepare_cached("INSERT OR REPLACE INTO placed (document, reading, day) VALUES (?1, ?2, ?3)")?
        .execute(params![document, reading, record.day])?;
    let gathered = gather(db, claims, &story)?;
    changed.extend(regroup(db, &gathered)?);
    derive(db, &record, &gathered, &story, &copies)?;
    fresh::refresh_all(db, &changed, document)
}

/// Takes the claims of an older reading out of their propositions.
fn displace(db: &Connection, document: i64) -> Result<BTreeSet<i64>, StoreError> {
    let mut changed = BTreeSet::new();
    let old: Option<i64> = db
        .prepare_cached("SELECT reading FROM placed WHERE document = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?;
    let Some(old) = old else { return Ok(changed) };
    for (number, _) in records::claims_of_reading(db, old)? {
        changed.extend(proposition_of(db, number)?);
        db.prepare_cached("DELETE FROM member WHERE claim = ?1")?.execute([number])?;
    }
    db.prepare_cached("DELETE FROM derivation WHERE document = ?1")?.execute([document])?;
    Ok(changed)
}

pub(crate) fn proposition_of(db: &Connection, claim: i64) -> Result<Option<i64>, StoreError> {
    let mut select = db.prepare_cached("SELECT proposition FROM member WHERE claim = ?1")?;
    Ok(select.query_row([claim], |row| row.get(0)).optional()?)
}

/// Documents of the same story, the nearest first.
fn story(db: &Connection, document: i64, words: &BTreeSet<u32>) -> Result<Vec<i64>, StoreError> {
    let all: i64 = db.prepare_cached("SELECT count(*) FROM placed")?.query_row([], |row| row.get(0))?;
    let mut count = db.prepare_cached("SELECT n FROM word_count WHERE hash = ?1")?;
    let mut rarest: Vec<(i64, u32)> = Vec::new();
    for &word in words {
        if let Some(n) = count.query_row([word], |row| row.get::<_, i64>(0)).optional()? {
            rarest.push((n, word));
        }
    }
    rarest.sort_unstable();
    rarest.truncate(WORDS_ASKED);
    let mut newest = db.prepare_cached("SELECT document FROM word WHERE hash = ?1 ORDER BY document DESC LIMIT ?2")?;
    let mut scores: BTreeMap<i64, f64> = BTreeMap::new();
    for (n, word) in rarest {
        let rarity = ((all + SMALL_STORE) as f64 / n as f64).ln().max(0.2);
        let rows = newest.query_map(params![word, DOCUMENTS_PER_WORD], |row| row.get::<_, i64>(0))?;
        for other in rows {
            *scores.entry(other?).or_default() += rarity;
        }
    }
    scores.remove(&document);
    let mut ranked: Vec<(i64, f64)> = scores.into_iter().filter(|(_, score)| *score >= STORY_SCORE).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    ranked.truncate(STORY_DOCUMENTS);
    Ok(ranked.into_iter().map(|(document, _)| document).collect())
}

/// Documents that share text.
fn copies(db: &Connection, document: i64, record: &DocumentRecord) -> Result<Vec<DocumentRecord>, StoreError> {
    let mut shared: BTreeMap<i64, i64> = BTreeMap::new();
    let mut select =
        db.prepare_cached("SELECT document FROM sample WHERE hash = ?1 ORDER BY document DESC LIMIT ?2")?;
    for sample in record.sketch.samples() {
        let found: Vec<i64> =
            select.query_map(params![sample, FURNITURE + 1], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if found.len() as i64 <= FURNITURE {
            for other in found {
                *shared.entry(other).or_default() += 1;
            }
        }
    }
    shared.remove(&document);
    let mut out = Vec::new();
    for (other, _) in shared.into_iter().filter(|(_, n)| *n >= SHARED_SAMPLES) {
        if let Some(other) = records::document(db, other)?
            && overlap(&record.sketch, &other.sketch).is_copy()
        {
            out.push(other);
        }
    }
    Ok(out)
}

fn index(db: &Connection, document: i64, record: &DocumentRecord, words: &BTreeSet<u32>) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO word (hash, document) VALUES (?1, ?2)")?;
    let mut count = db
        .prepare_cached("INSERT INTO word_count (hash, n) VALUES (?1, 1) ON CONFLICT (hash) DO UPDATE SET n = n + 1")?;
    for word in words {
        if insert.execute(params![word, document])? > 0 {
            count.execute([word])?;
        }
    }
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO sample (hash, document) VALUES (?1, ?2)")?;
    for sample in record.sketch.samples() {
        insert.execute(params![sample, document])?;
    }
    Ok(())
}

fn gather(db: &Connection, own: Vec<(i64, ClaimRecord)>, story: &[i64]) -> Result<Gathered, StoreError> {
    let mut all = own;
    for &document in story {
        let theirs = records::claims_of(db, document)?;
        if all.len() + theirs.len() > POOL_CLAIMS {
            break;
        }
        all.extend(theirs);
    }
    // The order of numbers, not of discovery, so that the same documents give the same groups.
    all.sort_by_key(|(number, _)| *number);
    let mut gathered = Gathered { numbers: Vec::new(), claims: Vec::new(), propositions: Vec::new() };
    for (number, claim) in all {
        gathered.propositions.push(proposition_of(db, number)?);
        gathered.numbers.push(number);
        gathered.claims.push(claim);
    }
    Ok(gathered)
}

/// Groups the claims gathered and writes what changed; returns the propositions concerned.
fn regroup(db: &Connection, gathered: &Gathered) -> Result<BTreeSet<i64>, StoreError> {
    let claims: Vec<&ClaimRecord> = gathered.claims.iter().collect();
    let pool = Pool::new(claims.iter().copied());
    let (seeds, fixed) = seeds(db, gathered)?;
    let grouping = group_seeds(&pool, &claims, &seeds);
    let mut changed = BTreeSet::new();
    let numbers = assign(db, gathered, &grouping.groups, &fixed, &mut changed)?;
    let links = contradictions(&pool, &claims, &grouping.groups);
    changed.extend(links::write(db, &numbers, &links)?);
    Ok(changed)
}

/// Every claim alone, except that a proposition with claims elsewhere starts as one group. Returns also the size of these propositions.
fn seeds(db: &Connection, gathered: &Gathered) -> Result<(Vec<Seed>, BTreeMap<i64, usize>), StoreError> {
    let mut here: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut seeds = Vec::new();
    for (at, proposition) in gathered.propositions.iter().enumerate() {
        match proposition {
            Some(number) => here.entry(*number).or_default().push(at),
            None => seeds.push(Seed { claims: vec![at], size: 1 }),
        }
    }
    let mut fixed = BTreeMap::new();
    for (number, claims) in here {
        let size: i64 = db
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM member WHERE proposition = ?1 LIMIT ?2)")?
            .query_row(params![number, POOL_CLAIMS as i64 + 1], |row| row.get(0))?;
        if size as usize > claims.len() {
            fixed.insert(number, size as usize);
            seeds.push(Seed { claims, size: size as usize });
        } else {
            seeds.extend(claims.into_iter().map(|at| Seed { claims: vec![at], size: 1 }));
        }
    }
    Ok((seeds, fixed))
}

/// Gives every group the number of the proposition that most of its claims had, so that numbers stay, and moves claims.
fn assign(
    db: &Connection,
    gathered: &Gathered,
    groups: &[Vec<usize>],
    fixed: &BTreeMap<i64, usize>,
    changed: &mut BTreeSet<i64>,
) -> Result<Vec<i64>, StoreError> {
    let mut wishes: Vec<(usize, usize, i64)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
        for proposition in group.iter().filter_map(|&claim| gathered.propositions[claim]) {
            *votes.entry(proposition).or_default() += 1;
        }
        for (proposition, n) in votes {
            wishes.push((fixed.get(&proposition).map_or(n, |size| size + POOL_CLAIMS), at, proposition));
        }
    }
    wishes.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    let mut numbers: Vec<Option<i64>> = vec![None; groups.len()];
    let mut taken = BTreeSet::new();
    for (_, at, proposition) in wishes {
        if numbers[at].is_none() && taken.insert(proposition) {
            numbers[at] = Some(proposition);
        }
    }
    let mut out = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let number = match numbers[at] {
            Some(number) => number,
            None => new_proposition(db)?,
        };
        for &claim in group {
            move_claim(db, gathered, claim, number, fixed, changed)?;
        }
        out.push(number);
    }
    Ok(out)
}

fn new_proposition(db: &Connection) -> Result<i64, StoreError> {
    db.prepare_cached(
        "INSERT INTO proposition (statement, kind, n_claims, n_reports, n_outlets, n_origins, contradicted) VALUES ('', '', 0, 0, 0, 0, 0)",
    )?
    .execute([])?;
    Ok(db.last_insert_rowid())
}

fn move_claim(
    db: &Connection,
    gathered: &Gathered,
    claim: usize,
    to: i64,
    fixed: &BTreeMap<i64, usize>,
    changed: &mut BTreeSet<i64>,
) -> Result<(), StoreError> {
    let from = gathered.propositions[claim];
    if from == Some(to) {
        return Ok(());
    }
    changed.insert(to);
    if let Some(from) = from {
        changed.insert(from);
        if fixed.contains_key(&from) {
            // The rest of a proposition that was only partly at hand goes where its part went.
            db.prepare_cached("UPDATE member SET proposition = ?1 WHERE proposition = ?2")?
                .execute(params![to, from])?;
            return Ok(());
        }
    }
    let chain = chain_hash(&gathered.claims[claim]);
    db.prepare_cached("INSERT OR REPLACE INTO member (claim, proposition, chain) VALUES (?1, ?2, ?3)")?
        .execute(params![gathered.numbers[claim], to, chain])?;
    Ok(())
}

/// One number for all claims with the same chain.
pub(crate) fn chain_hash(claim: &ClaimRecord) -> i64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for hop in &claim.chain {
        for byte in hop.role.bytes().chain(hop.party.key.bytes()).chain([0]) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    (h >> 1) as i64
}

/// Writes what the document derives from, and what documents of a later date derive from it.
fn derive(
    db: &Connection,
    record: &DocumentRecord,
    gathered: &Gathered,
    story: &[i64],
    copies: &[DocumentRecord],
) -> Result<(), StoreError> {
    let of = |document: u64| gathered.claims.iter().filter(move |claim| claim.key.document == document);
    let own: Vec<ClaimRecord> = of(record.number).cloned().collect();
    let others: Vec<&DocumentRecord> = copies.iter().collect();
    for derivation in derivations(record, &own, &others) {
        write_derivation(db, record.number, &derivation)?;
    }
    for other in copies {
        for derivation in
            derivations(other, &[], &[record]).iter().filter(|d| matches!(d.from, DerivedFrom::Document(_)))
        {
            write_derivation(db, other.number, derivation)?;
        }
    }
    let pool = Pool::new(&gathered.claims);
    let own: Vec<&ClaimRecord> = of(record.number).collect();
    for &document in story {
        let Some(other) = records::document(db, document)? else { continue };
        let theirs: Vec<&ClaimRecord> = of(other.number).collect();
        if let Some(derivation) = retelling((record, &own), (&other, &theirs), &pool) {
            write_derivation(db, record.number, &derivation)?;
        }
        if let Some(derivation) = retelling((&other, &theirs), (record, &own), &pool) {
            write_derivation(db, other.number, &derivation)?;
        }
    }
    Ok(())
}

fn write_derivation(db: &Connection, document: u64, derivation: &Derivation) -> Result<(), StoreError> {
    let (origin, party) = match &derivation.from {
        DerivedFrom::Document(number) => (Some(*number as i64), None),
        DerivedFrom::Outlet(party) => (None, Some(party.name.clone())),
    };
    let how = format!("{:?}", derivation.how).to_lowercase();
    db.prepare_cached(
        "INSERT INTO derivation (document, origin, party, how, share, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![document as i64, origin, party, how, derivation.share, derivation.seen])?;
    Ok(())
}
