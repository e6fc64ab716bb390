//! The compact records that corroboration works on.
//!
//! A record keeps what grouping, origins and contradictions need and nothing of the text engine.
//! Not here: how they are made from a reading ([`crate::records`]).

use serde::{Deserialize, Serialize};

/// Someone who publishes, reports, translates or says something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Party {
    /// The name or description as the document has it.
    pub name: String,
    /// Who it is across documents: a knowledge key, else the normalised name.
    pub key: String,
    /// Whether it is a description that names nobody.
    pub anonymous: bool,
    /// ISO 3166-1 alpha-2 code of the state that it belongs to.
    pub country: Option<String>,
    /// Key of the organisation that it speaks for, when that is not a state.
    pub body: Option<String>,
    /// Whether it speaks for a state: a government, ministry, army, official.
    pub official: bool,
}

/// One hop of a chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HopRecord {
    /// `publisher`, `translator`, `reporter`, `speaker`.
    pub role: String,
    /// Who.
    pub party: Party,
    /// Whether the sentence of the claim names it; otherwise it is carried over from elsewhere in the document.
    pub stated: bool,
}

/// Which claim: its document's number in the store and its own number in the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct ClaimKey {
    /// Number of the document.
    pub document: u64,
    /// Number of the claim in its reading.
    pub number: u32,
}

/// A time of an event as days since 1970-01-01, both ends inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WhenRecord {
    /// First day, when bounded.
    pub from: Option<i32>,
    /// Last day, when bounded.
    pub to: Option<i32>,
}

/// What the coded events and relations of a claim say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signature {
    /// PLOVER type or `rel:` and the kind of relation.
    pub types: Vec<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who acts: (key, name).
    pub actors: Vec<(String, String)>,
    /// To whom: (key, name).
    pub recipients: Vec<(String, String)>,
    /// Where: (key, name).
    pub places: Vec<(String, String)>,
    /// EDTF.
    pub time: Option<String>,
    /// What is supplied.
    pub goods: Option<String>,
}

/// A number with the word it counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// The number in plain digits.
    pub value: String,
    /// Stem of the word that it counts.
    pub unit: String,
}

/// One claim of one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Which.
    pub key: ClaimKey,
    /// A sentence that stands alone.
    pub statement: String,
    /// The words of the document.
    pub evidence: String,
    /// `event`, `state`, `forecast`, `opinion`.
    pub kind: String,
    /// Number of its sentence in the document.
    pub sentence: u32,
    /// ISO 639-1 code of the document's language, empty when unknown.
    pub language: String,
    /// Coded content.
    pub signature: Signature,
    /// From the document's outlet to the ultimate source.
    pub chain: Vec<HopRecord>,
    /// The word of the reading format.
    pub certainty: String,
    /// Whether it is said not to be so.
    pub negative: bool,
    /// Whether it is put as a denial of what others say.
    pub denial: bool,
    /// Hashed stems of its words, sorted.
    pub words: Vec<u32>,
    /// Hashed stems of the words of its whole sentence, sorted.
    pub around: Vec<u32>,
    /// Keys of the entities that it names, sorted.
    pub entities: Vec<String>,
    /// Normalised names of these entities, sorted.
    pub names: Vec<String>,
    /// Numbers in plain digits, sorted.
    pub numbers: Vec<String>,
    /// Numbers with what they count, sorted.
    pub quantities: Vec<Quantity>,
    /// Quoted strings, folded, sorted.
    pub quotes: Vec<String>,
    /// Sentence vector scaled to -127..127; empty when there is none.
    pub vector: Vec<i8>,
}

impl ClaimRecord {
    /// The last hop beyond the document's own outlet: the source as far as the document shows it.
    pub fn source(&self) -> Option<&HopRecord> {
        self.chain.get(1..).and_then(<[HopRecord]>::last)
    }

    /// The outlet of its document.
    pub fn outlet(&self) -> Option<&Party> {
        self.chain.first().map(|hop| &hop.party)
    }
}

/// One document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Its number in the store.
    pub number: u64,
    /// Hex SHA-256 of its text.
    pub id: String,
    /// Path or address it was read from.
    pub input: String,
    /// Who publishes it.
    pub outlet: Party,
    /// Headline.
    pub title: Option<String>,
    /// EDTF.
    pub published: Option<String>,
    /// First day of `published`, since 1970-01-01.
    pub day: Option<i32>,
    /// ISO 639-1 code, empty when unknown.
    pub language: String,
    /// Words in it.
    pub words: u32,
    /// Whether it shows reporting of its own ("told the Levant Daily").
    pub own_reporting: bool,
    /// Agencies that it credits as the authors of its text, in order of mention: (party, the words).
    pub credits: Vec<(Party, String)>,
    /// Sampled shingles of the text.
    pub sketch: crate::Sketch,
}

/// A reading as records.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Records {
    /// The document.
    pub document: DocumentRecord,
    /// Its claims in text order.
    pub claims: Vec<ClaimRecord>,
}
