//! Corroboration on small stories of our own, without a reader: claims are written down as records.

mod grouping;
mod origins;

use sourceline_corroborate::{ClaimKey, ClaimRecord, HopRecord, Party, name_key, numbers, quantities, quotes, stems};

/// A claim of document `document`: `chain` is "outlet > agency: > speaker"; a colon marks a reporter that the sentence names, a dot one
/// that is carried over, a tilde an anonymous speaker, a code in brackets the state of an official.
fn claim(document: u64, number: u32, chain: &str, says: &str) -> ClaimRecord {
    ClaimRecord {
        key: ClaimKey { document, number },
        statement: says.into(),
        evidence: says.into(),
        kind: "event".into(),
        sentence: number,
        language: "en".into(),
        chain: chain.split(" > ").enumerate().map(hop).collect(),
        certainty: "asserted".into(),
        words: hashes(says),
        around: hashes(says),
        numbers: numbers(says),
        quantities: quantities(says),
        quotes: quotes(says),
        ..ClaimRecord::default()
    }
}

fn hop((at, written): (usize, &str)) -> HopRecord {
    let reporter = written.ends_with([':', '.']);
    let (name, country) = match written.trim_end_matches([':', '.']).split_once(" (") {
        Some((name, code)) => (name, Some(code.trim_end_matches(')').to_string())),
        None => (written.trim_end_matches([':', '.']), None),
    };
    let anonymous = name.starts_with('~');
    let name = name.trim_start_matches('~');
    HopRecord {
        role: if at == 0 {
            "publisher"
        } else if reporter {
            "reporter"
        } else {
            "speaker"
        }
        .into(),
        party: Party {
            name: name.into(),
            key: name_key(name),
            anonymous,
            official: country.is_some(),
            country,
            body: None,
        },
        stated: written.ends_with(':'),
    }
}

fn hashes(text: &str) -> Vec<u32> {
    let hash = |stem: &String| stem.bytes().fold(2_166_136_261_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(16_777_619));
    let mut out: Vec<u32> = stems(text).iter().map(hash).collect();
    out.sort_unstable();
    out.dedup();
    out
}
