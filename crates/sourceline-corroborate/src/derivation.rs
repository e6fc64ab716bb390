//! From what a document derives, how, and how that was seen.
//!
//! In: a document with its claims, and earlier documents that share text or claims with it. Out: [`Derivation`]s.
//! Not here: finding the candidates ([`crate::CopyIndex`], the store).

use serde::{Deserialize, Serialize};

use crate::copies::{Overlap, overlap};
use crate::pair::{self, Pool};
use crate::{ClaimRecord, DocumentRecord, Party};

/// Both texts are one, edits aside.
const COPY_JACCARD: f32 = 0.3;
/// Share of the shorter text in the longer from which it is an excerpt.
const EXCERPT_SHARE: f32 = 0.6;
/// Share of a document's claims that another has too, in other words, from which it retells it.
const RETELLING_SHARE: f32 = 0.4;
/// Fewer claims in common are chance.
const RETELLING_MIN: usize = 3;

/// How a document derives from something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// The same text, possibly edited.
    Copy,
    /// A part of a longer text.
    Excerpt,
    /// Copied passages among text of its own.
    Passages,
    /// The same claims in other words.
    Retelling,
    /// The text is an agency's, by its dateline or credit line.
    Credit,
    /// A report in another language.
    Translation,
    /// It passes on what a report says.
    Citation,
}

/// What a document derives from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DerivedFrom {
    /// A document of the store, by number.
    Document(u64),
    /// A report of an outlet that is not in the store.
    Outlet(Party),
}

/// One thing that a document derives from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    /// From what.
    pub from: DerivedFrom,
    /// How.
    pub how: How,
    /// Share of the document concerned, 0..1, where it can be measured.
    pub share: Option<f32>,
    /// How that was seen: the words of a credit, or what was compared.
    pub seen: String,
}

/// Finds what `document` derives from: by text from `others` (documents that share text, any age), by its chains from outlets.
pub fn derivations(document: &DocumentRecord, claims: &[ClaimRecord], others: &[&DocumentRecord]) -> Vec<Derivation> {
    let mut out: Vec<Derivation> = others
        .iter()
        .filter(|other| is_earlier(other, document))
        .filter_map(|other| by_text(document, other))
        .collect();
    for (party, words) in &document.credits {
        out.push(Derivation {
            from: DerivedFrom::Outlet(party.clone()),
            how: How::Credit,
            share: None,
            seen: format!("credit: {words}"),
        });
    }
    for (party, how, n) in cited(claims) {
        if document.credits.iter().any(|(credited, _)| credited.key == party.key) {
            continue;
        }
        let share = n as f32 / claims.len().max(1) as f32;
        let seen = format!("{n} of {} claims name it in their chain", claims.len());
        out.push(Derivation { from: DerivedFrom::Outlet(party), how, share: Some(share), seen });
    }
    out
}

/// Whether `other` can be what `document` was made from: published before it, or, undated, stored before it.
fn is_earlier(other: &DocumentRecord, document: &DocumentRecord) -> bool {
    if other.number == document.number {
        return false;
    }
    match (other.day, document.day) {
        (Some(theirs), Some(ours)) if theirs != ours => theirs < ours,
        _ => other.number < document.number,
    }
}

fn by_text(document: &DocumentRecord, other: &DocumentRecord) -> Option<Derivation> {
    let seen: Overlap = overlap(&document.sketch, &other.sketch);
    let how = if seen.jaccard >= COPY_JACCARD {
        How::Copy
    } else if seen.of_first >= EXCERPT_SHARE {
        How::Excerpt
    } else if seen.is_copy() {
        How::Passages
    } else {
        return None;
    };
    let percent = |share: f32| (share * 100.0).round();
    let words = format!(
        "{} % of its word pairs stand there, {} % of all are common",
        percent(seen.of_first),
        percent(seen.jaccard)
    );
    Some(Derivation { from: DerivedFrom::Document(other.number), how, share: Some(seen.of_first), seen: words })
}

/// Reporters and translators in the chains with the number of claims through them, the most used first.
fn cited(claims: &[ClaimRecord]) -> Vec<(Party, How, usize)> {
    let mut out: Vec<(Party, How, usize)> = Vec::new();
    for claim in claims {
        for hop in claim.chain.iter().skip(1).filter(|hop| hop.role != "speaker" && !hop.party.anonymous) {
            let how = if hop.role == "translator" { How::Translation } else { How::Citation };
            match out.iter_mut().find(|(party, known, _)| party.key == hop.party.key && *known == how) {
                Some((_, _, n)) => *n += 1,
                None => out.push((hop.party.clone(), how, 1)),
            }
        }
    }
    out.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.key.cmp(&b.0.key)));
    out
}

/// Whether `document` retells `other`: a good part of its claims says what the other's say.
pub fn retelling(
    document: (&DocumentRecord, &[&ClaimRecord]),
    other: (&DocumentRecord, &[&ClaimRecord]),
    pool: &Pool,
) -> Option<Derivation> {
    let (own, claims) = document;
    let (other, their_claims) = other;
    if claims.is_empty() || !is_earlier(other, own) || overlap(&own.sketch, &other.sketch).is_copy() {
        return None;
    }
    let theirs: Vec<_> = their_claims.iter().map(|claim| pool.prepare(claim)).collect();
    let says = |claim: &&&ClaimRecord| {
        let own = pool.prepare(claim);
        theirs.iter().any(|other| pair::content_score(&own, other) >= 0.0)
    };
    let same = claims.iter().filter(says).count();
    let share = same as f32 / claims.len() as f32;
    if same < RETELLING_MIN || share < RETELLING_SHARE {
        return None;
    }
    let seen = format!("{same} of {} claims are there in other words", claims.len());
    Some(Derivation { from: DerivedFrom::Document(other.number), how: How::Retelling, share: Some(share), seen })
}
