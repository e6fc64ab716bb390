//! The store on readings written by hand: what goes in comes out, once, whatever happens.

mod bad;
mod questions;
mod storing;

use std::path::PathBuf;

use sourceline_model::{
    Basis, Certainty, ChainBasis, Claim, ClaimKind, Document, Hop, HopRole, Outlet, OutletBasis, Polarity, Published,
    Reading, Sentence, Span,
};
use sourceline_store::{NewReading, Put, Store};

/// A folder that is removed at the end, with the path of a store in it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data").join("store.db")
    }

    fn store(&self) -> Store {
        Store::open(&self.path()).unwrap()
    }
}

/// A report: outlet, date, and lines "hop > hop: words". A hop that ends in a full stop is a reporter, `~` marks an anonymous speaker.
fn report(outlet: &str, date: &str, lines: &[&str]) -> Reading {
    let mut reading = Reading::default();
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let (hops, says) = line.split_once(": ").unwrap();
        let start = text.len();
        text.push_str(says);
        let span = Span::new(start, text.len());
        text.push_str(". ");
        reading.analysis.sentences.push(Sentence { tokens: Span::new(0, 0), span, paragraph: 0, vector: Vec::new() });
        let mut chain = vec![hop(HopRole::Publisher, outlet, false)];
        for name in hops.split(" > ").filter(|name| !name.is_empty()) {
            let role = if name.ends_with('.') { HopRole::Reporter } else { HopRole::Speaker };
            chain.push(hop(role, name.trim_start_matches('~').trim_end_matches('.'), name.starts_with('~')));
        }
        reading.claims.push(Claim {
            id: at as u32 + 1,
            statement: format!("{says}."),
            kind: ClaimKind::Event,
            events: Vec::new(),
            relations: Vec::new(),
            evidence: vec![span],
            chain,
            chain_basis: ChainBasis::Stated,
            certainty: Certainty::Asserted,
            polarity: Polarity::Positive,
            sentence: at,
        });
    }
    reading.analysis.document = Document {
        id: format!("{:0>64}", text.len() * 31 + outlet.len()),
        input: format!("{outlet}.txt"),
        outlet: Some(Outlet { name: outlet.into(), basis: OutletBasis::Given, kb: None }),
        title: Some(format!("{outlet} of {date}")),
        language: Some("en".into()),
        published: Some(Published { edtf: date.into(), basis: Basis::Given }),
        text,
        ..Document::default()
    };
    reading
}

fn hop(role: HopRole, name: &str, anonymous: bool) -> Hop {
    Hop { role, name: name.into(), entity: None, anonymous, evidence: Vec::new(), attribution: None }
}

fn put(store: &mut Store, reading: &Reading) -> Put {
    put_as(store, reading, "1")
}

fn put_as(store: &mut Store, reading: &Reading, reader: &str) -> Put {
    let raw = format!("raw {}", reading.analysis.document.text);
    let body = format!("{{\"document\":{{\"text\":{:?}}}}}", reading.analysis.document.text);
    store.put(&NewReading { reading, body: body.as_bytes(), raw: raw.as_bytes(), reader, model: "none" }).unwrap()
}

/// Three outlets on one newspaper's report, and one on something else.
fn story() -> Vec<Reading> {
    vec![
        report(
            "Harbour Daily",
            "2031-03-01",
            &[
                "Northern Post. > ~senior officials: rebels seized the barracks of Tolm with forty vehicles",
                "Northern Post. > ~senior officials: the governor of Tolm fled by boat to the islands",
            ],
        ),
        report(
            "Valley Courier",
            "2031-03-02",
            &["Northern Post. > ~officials: the barracks in Tolm were seized by rebels"],
        ),
        report(
            "Evening Echo",
            "2031-03-03",
            &[
                "Northern Post.: rebels had seized Tolm barracks",
                "Mara Olin: by boat the governor had fled to the islands",
            ],
        ),
        report("Garden Weekly", "2031-03-04", &["Ada Berg: apricot growers of the valley expect a poor harvest"]),
    ]
}

fn full(place: &Place) -> Store {
    let mut store = place.store();
    for reading in story() {
        assert!(matches!(put(&mut store, &reading), Put::Stored { .. }));
    }
    store
}
