//! Pairs of claims with the features of the grouping model and whether gold has them in one proposition.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use serde_json::json;
use sourceline_corroborate::{ClaimRecord, Pool, explain};
use sourceline_store::{StoredClaim, StoredProposition};

use super::gold::Gold;
use crate::alike::{flat, overlap};

/// Writes one JSON line a claim and one a pair of claims.
pub(super) fn write(gold: &Gold, set: &str, system: &[StoredProposition], out: &mut impl Write) -> Result<()> {
    let claims = claims(gold, system);
    for (at, (story, stored, golds)) in claims.iter().enumerate() {
        let record = &stored.claim;
        let chain: Vec<&str> = record.chain.iter().map(|hop| hop.party.name.as_str()).collect();
        let line = json!({
            "set": set, "story": story, "claim": at, "document": record.key.document, "input": stored.document.input,
            "sentence": record.sentence, "evidence": record.evidence, "statement": record.statement, "kind": record.kind,
            "negative": record.negative, "denial": record.denial, "chain": chain, "types": record.signature.types,
            "quantities": record.quantities.iter().map(|q| format!("{} {}", q.value, q.unit)).collect::<Vec<_>>(), "gold": golds,
        });
        writeln!(out, "{line}")?;
    }
    let pool = Pool::new(claims.iter().map(|(_, stored, _)| &stored.claim));
    for (i, (_, a, in_a)) in claims.iter().enumerate() {
        for (j, (_, b, in_b)) in claims.iter().enumerate().take(i) {
            let one = in_a.intersection(in_b).next().is_some();
            writeln!(out, "{}", pair(&pool, set, (i, &a.claim), (j, &b.claim), one))?;
        }
    }
    Ok(())
}

fn pair(
    pool: &Pool,
    set: &str,
    (i, a): (usize, &ClaimRecord),
    (j, b): (usize, &ClaimRecord),
    one: bool,
) -> serde_json::Value {
    let why = explain(pool, a, b);
    let values: serde_json::Map<String, serde_json::Value> =
        why.features.iter().filter(|f| f.value != 0.0).map(|f| (f.name.to_string(), json!(f.value))).collect();
    json!({"set": set, "pair": [i, j], "one": one, "score": why.score, "features": values})
}

/// A claim with its story and the gold propositions that it overlaps.
type InGold<'p> = (&'p str, &'p StoredClaim, BTreeSet<&'p str>);

/// The claims of all stories in order, each once.
fn claims<'p>(gold: &'p Gold, system: &'p [StoredProposition]) -> Vec<InGold<'p>> {
    let mut documents: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for proposition in &gold.propositions {
        for (id, ..) in &proposition.supports {
            documents.insert(&gold.documents[id].file, (id, &proposition.story));
        }
    }
    let mut out = Vec::new();
    for stored in system.iter().flat_map(|p| &p.claims).filter(|claim| !claim.denies) {
        let name = Path::new(&stored.document.input).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((id, story)) = documents.get(name.as_str()) else { continue };
        let body = &gold.documents[*id].body;
        let evidence = flat(&stored.claim.evidence);
        let fits =
            |(document, words, _): &&(String, String, Vec<String>)| document == id && overlap(words, &evidence, body);
        let within = gold.propositions.iter().filter(|p| p.supports.iter().any(|s| fits(&s)));
        out.push((*story, stored, within.map(|p| p.id.as_str()).collect()));
    }
    out.sort_by_key(|(_, stored, _)| stored.claim.key);
    out
}
