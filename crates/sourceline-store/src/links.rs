//! Links between propositions that cannot both be so.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use sourceline_corroborate::{Contradiction, ContradictionKind};

use crate::StoreError;

/// Replaces the links among the propositions at hand; returns those whose links changed. Links to propositions that are not at hand stay.
pub(crate) fn write(db: &Connection, numbers: &[i64], links: &[Contradiction]) -> Result<BTreeSet<i64>, StoreError> {
    let here: BTreeSet<i64> = numbers.iter().copied().collect();
    let mut old: BTreeMap<(i64, i64), (String, f64)> = BTreeMap::new();
    for &a in &here {
        let mut select = db.prepare_cached("SELECT b, kind, score FROM link WHERE a = ?1")?;
        let rows = select.query_map([a], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        for row in rows {
            let (b, link): (i64, (String, f64)) = row?;
            if here.contains(&b) {
                old.insert((a, b), link);
            }
        }
    }
    let new: BTreeMap<(i64, i64), (String, f64)> = links
        .iter()
        .map(|link| {
            ((numbers[link.first], numbers[link.second]), (kind_word(link.kind).to_string(), f64::from(link.score)))
        })
        .collect();
    let mut changed = BTreeSet::new();
    for (a, b) in old.keys().filter(|pair| !new.contains_key(*pair)) {
        db.prepare_cached("DELETE FROM link WHERE a = ?1 AND b = ?2")?.execute(params![a, b])?;
        changed.extend([*a, *b]);
    }
    for ((a, b), (kind, score)) in new.iter().filter(|(pair, link)| old.get(*pair) != Some(*link)) {
        db.prepare_cached("INSERT OR REPLACE INTO link (a, b, kind, score, best) VALUES (?1, ?2, ?3, ?4, 0)")?
            .execute(params![a, b, kind, score])?;
        changed.extend([*a, *b]);
    }
    for &a in &here {
        changed.extend(mark_best(db, a)?);
    }
    Ok(changed)
}

/// Marks what a denial denies in the first place: among all its links, those to propositions that are not at hand included.
fn mark_best(db: &Connection, a: i64) -> Result<BTreeSet<i64>, StoreError> {
    let best: Option<i64> = db
        .prepare_cached("SELECT b FROM link WHERE a = ?1 AND kind = 'denied' ORDER BY score DESC, b LIMIT 1")?
        .query_row([a], |row| row.get(0))
        .optional()?;
    let mut select = db.prepare_cached("SELECT b FROM link WHERE a = ?1 AND best = 1")?;
    let marked: BTreeSet<i64> = select.query_map([a], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let right: BTreeSet<i64> = best.into_iter().collect();
    if marked == right {
        return Ok(BTreeSet::new());
    }
    db.prepare_cached("UPDATE link SET best = (b IS ?2) WHERE a = ?1")?.execute(params![a, best])?;
    Ok(marked.union(&right).copied().collect())
}

fn kind_word(kind: ContradictionKind) -> &'static str {
    match kind {
        ContradictionKind::Denied => "denied",
        ContradictionKind::Number => "number",
        ContradictionKind::Time => "time",
        ContradictionKind::Negated => "negated",
    }
}
