//! What a source said, through whom, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use sourceline_corroborate::{HopRecord, name_key, same_party};

use crate::fresh::mention;
use crate::{Filter, Store, StoreError, StoredProposition};

/// A line of the list of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Its name as most documents have it.
    pub name: String,
    /// Who it is across documents.
    pub key: String,
    /// Whether it is only described. Each report has its own anonymous sources.
    pub anonymous: bool,
    /// For an anonymous source, the reporter behind whose report it stands.
    pub reporter: Option<String>,
    /// Number of propositions it stands behind or passes on.
    pub propositions: usize,
}

/// One thing that a source said.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceSays {
    /// The proposition.
    pub proposition: StoredProposition,
    /// Indices of its claims that name the source.
    pub claims: Vec<usize>,
    /// Names of those who passed it on, each chain's hops before the source, joined.
    pub through: Vec<String>,
    /// Whether nobody else stands behind it.
    pub alone: bool,
    /// For an anonymous source: which report, by number in order of first document; the same description in two reports is two sources.
    pub report: usize,
}

impl Store {
    /// The sources named most often.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sources(&self, limit: u32) -> Result<Vec<SourceLine>, StoreError> {
        let mut select = self.db.prepare_cached(
            "SELECT key, count(*), max(proposition) FROM mention WHERE kind = ?1 GROUP BY key ORDER BY 2 DESC, key LIMIT ?2",
        )?;
        let rows = select.query_map(params![mention::SOURCE, limit * 3], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })?;
        let mut out: Vec<SourceLine> = Vec::new();
        for row in rows {
            let (key, count, proposition) = row?;
            let Some(line) = self.source_line(&key, count as usize, proposition)? else { continue };
            if out.len() < limit as usize
                && !out.iter().any(|known| known.key == line.key && known.reporter == line.reporter)
            {
                out.push(line);
            }
        }
        Ok(out)
    }

    /// Names a key of `mention` by a claim that has it; keys that are only another form of a name are passed over.
    fn source_line(&self, key: &str, propositions: usize, example: i64) -> Result<Option<SourceLine>, StoreError> {
        let Some(proposition) = self.proposition(example)? else { return Ok(None) };
        for stored in &proposition.claims {
            let Some(at) = stored.claim.chain.iter().skip(1).position(|hop| hop.party.key == key).map(|at| at + 1)
            else {
                continue;
            };
            let hop = &stored.claim.chain[at];
            let reporter = hop.party.anonymous.then(|| reporter(&stored.claim.chain[..at])).flatten();
            return Ok(Some(SourceLine {
                name: hop.party.name.clone(),
                key: key.to_string(),
                anonymous: hop.party.anonymous,
                reporter,
                propositions,
            }));
        }
        Ok(None)
    }

    /// Everything that a source said, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn source(&self, name: &str, limit: u32) -> Result<Vec<SourceSays>, StoreError> {
        let filter = Filter { source: vec![name.to_string()], limit: Some(limit), ..Filter::default() };
        let mut out = Vec::new();
        for number in self.select(&filter)? {
            let Some(proposition) = self.proposition(number)? else { continue };
            out.extend(says(name, proposition));
        }
        let reports = reports(name, &out);
        for (says, report) in out.iter_mut().zip(reports) {
            says.report = report;
        }
        out.sort_by_key(|says| (says.report, says.proposition.number));
        Ok(out)
    }
}

fn reporter(before: &[HopRecord]) -> Option<String> {
    before.iter().rev().find(|hop| hop.role != "speaker" && !hop.party.anonymous).map(|hop| hop.party.name.clone())
}

fn is_source(hop: &HopRecord, name: &str) -> bool {
    let key = name_key(name);
    let last = hop.party.key.rsplit(' ').next() == Some(key.as_str());
    hop.party.key == name
        || hop.party.key == key
        || name_key(&hop.party.name) == key
        || last
        || name_key(&hop.party.name).ends_with(&format!(" {key}"))
}

fn says(name: &str, proposition: StoredProposition) -> Option<SourceSays> {
    let mut claims = Vec::new();
    let mut through = BTreeSet::new();
    let mut origins = BTreeSet::new();
    for (at, stored) in proposition.claims.iter().enumerate() {
        let Some(hop) = stored.claim.chain.iter().skip(1).position(|hop| is_source(hop, name)).map(|at| at + 1) else {
            continue;
        };
        claims.push(at);
        origins.extend(stored.origin);
        through.insert(
            stored.claim.chain[..hop].iter().map(|hop| hop.party.name.as_str()).collect::<Vec<_>>().join(" > "),
        );
    }
    if claims.is_empty() {
        return None;
    }
    let alone = proposition.view.origins.len() == 1 && origins.len() == 1;
    Some(SourceSays { alone, claims, through: through.into_iter().collect(), report: 0, proposition })
}

/// Which report each saying belongs to: sayings share one when they come through one reporter and a document holds both.
fn reports(name: &str, all: &[SourceSays]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..all.len()).collect();
    let mut seen: BTreeMap<(String, u64), usize> = BTreeMap::new();
    for (at, says) in all.iter().enumerate() {
        for &claim in &says.claims {
            let stored = &says.proposition.claims[claim];
            let Some(hop) = stored.claim.chain.iter().skip(1).position(|hop| is_source(hop, name)).map(|at| at + 1)
            else {
                continue;
            };
            let source = &stored.claim.chain[hop].party;
            // A named source is one everywhere.
            let key = if source.anonymous {
                (reporter(&stored.claim.chain[..hop]).unwrap_or_default(), stored.document.number)
            } else {
                (String::new(), 0)
            };
            if let Some(&other) = seen.get(&key) {
                let (a, b) = (group[at], group[other]);
                group.iter_mut().filter(|g| **g == a.max(b)).for_each(|g| *g = a.min(b));
            } else {
                seen.insert(key, at);
            }
        }
    }
    debug_assert!(all.iter().all(|says| {
        says.proposition.claims.iter().all(|c| c.claim.chain.iter().all(|h| same_party(&h.party, &h.party)))
    }));
    let mut names: BTreeMap<usize, usize> = BTreeMap::new();
    group
        .iter()
        .map(|g| {
            let next = names.len() + 1;
            *names.entry(*g).or_insert(next)
        })
        .collect()
}
