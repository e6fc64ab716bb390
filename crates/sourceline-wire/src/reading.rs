//! `sourceline.reading/1`: the types of the format, in its order.
//!
//! Offsets are `[start, end)` in Unicode code points of `document.text`. Unknown is `null` or an absent key.

use serde::{Deserialize, Serialize};

/// Name of the format.
pub const READING_FORMAT: &str = "sourceline.reading/1";

/// One document's reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Always [`READING_FORMAT`].
    pub format: String,
    /// What read it.
    pub reader: Reader,
    /// What was read.
    pub document: Document,
    /// Sentences.
    pub sentences: Vec<[usize; 2]>,
    /// Words; only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<Token>>,
    /// Mentions.
    pub mentions: Vec<Mention>,
    /// Entities.
    pub entities: Vec<Entity>,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Attributions.
    pub attributions: Vec<Attribution>,
    /// Events.
    pub events: Vec<Event>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// What the user should know.
    pub notes: Vec<Note>,
}

/// The program and weights that made a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reader {
    /// Version of Sourceline.
    pub version: String,
    /// Name and digest of the weights.
    pub model: String,
}

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Hex SHA-256 of `text`.
    pub id: String,
    /// What was given: path, URL or `-`.
    pub input: String,
    /// Canonical address.
    #[serde(default)]
    pub url: Option<String>,
    /// Who publishes it.
    #[serde(default)]
    pub outlet: Option<Outlet>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Author line.
    #[serde(default)]
    pub byline: Option<String>,
    /// ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// Publication date, EDTF.
    #[serde(default)]
    pub published: Option<String>,
    /// How the date was found.
    #[serde(default)]
    pub published_basis: Option<String>,
    /// Cleaned text.
    pub text: String,
    /// What was taken out.
    #[serde(default)]
    pub removed: Vec<Removed>,
}

/// The outlet of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// `metadata`, `given`, `text` or `domain`.
    pub basis: String,
    /// Key in the knowledge base.
    #[serde(default)]
    pub kb: Option<String>,
}

/// Text taken out of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The words.
    pub text: String,
    /// Why, one word.
    pub why: String,
}

/// One word (Universal Dependencies).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its place.
    pub span: [usize; 2],
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech.
    pub upos: String,
    /// UD features, `Key=Value|…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feats: Option<String>,
    /// Number of the head in the sentence, from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head.
    pub deprel: String,
}

/// A mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// `m1`, …
    pub id: String,
    /// Its place.
    pub span: [usize; 2],
    /// What it stands for.
    pub kind: String,
    /// `name`, `nominal` or `pronoun`.
    pub form: String,
    /// Its entity.
    pub entity: String,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// `e1`, …
    pub id: String,
    /// Its best name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Key in the knowledge base.
    #[serde(default)]
    pub kb: Option<String>,
    /// Wikidata id.
    #[serde(default)]
    pub wikidata: Option<String>,
    /// ISO 3166-1 alpha-2 code of its state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// GeoNames id.
    #[serde(default)]
    pub geonames: Option<u32>,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code.
    #[serde(default)]
    pub country: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames feature code.
    pub feature: String,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// Its place.
    pub span: [usize; 2],
    /// `date`, `time`, `duration` or `set`.
    pub kind: String,
    /// EDTF or ISO 8601 duration.
    #[serde(default)]
    pub value: Option<String>,
    /// `stated`, `relative` or `inferred`.
    pub basis: String,
}

/// Somebody is said to have said something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// `a1`, …
    pub id: String,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// The source's words.
    pub source: Vec<[usize; 2]>,
    /// The source.
    #[serde(default)]
    pub source_entity: Option<String>,
    /// Set when the source is anonymous.
    #[serde(default)]
    pub anonymous: Option<Anonymous>,
    /// The cue's words.
    pub cue: Vec<[usize; 2]>,
    /// What is said.
    pub content: Vec<[usize; 2]>,
    /// The attribution in whose content this one stands.
    #[serde(default)]
    pub within: Option<String>,
}

/// An anonymous source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anonymous {
    /// Its words without article.
    pub descriptor: String,
    /// "senior", "former", …
    #[serde(default)]
    pub rank: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    #[serde(default)]
    pub country: Option<String>,
    /// "official", "resident", …
    #[serde(default)]
    pub role: Option<String>,
    /// `one`, `several` or a number in digits.
    pub number: String,
}

/// A coded event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `v1`, …
    pub id: String,
    /// The words that name it.
    pub trigger: Vec<[usize; 2]>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    #[serde(default)]
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Who does it.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// Where.
    pub places: Vec<PlaceRef>,
    /// EDTF.
    #[serde(default)]
    pub time: Option<String>,
    /// How the time was found.
    #[serde(default)]
    pub time_basis: Option<String>,
    /// How surely it is put.
    pub certainty: String,
    /// `positive` or `negative`.
    pub polarity: String,
}

/// A place in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// Which.
    pub entity: String,
    /// `at`, `from`, `to` or `via`.
    pub role: String,
}

/// A relation that holds for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// `r1`, …
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Who.
    pub subject: String,
    /// To whom or where.
    pub object: String,
    /// What is supplied.
    #[serde(default)]
    pub goods: Option<String>,
    /// By which places.
    #[serde(default)]
    pub via: Vec<String>,
    /// EDTF.
    #[serde(default)]
    pub begin: Option<String>,
    /// EDTF.
    #[serde(default)]
    pub end: Option<String>,
    /// How surely it is put.
    pub certainty: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// The words it rests on.
    pub evidence: Vec<[usize; 2]>,
}

/// One statement of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// `c1`, …
    pub id: String,
    /// A plain sentence that stands alone.
    pub statement: String,
    /// `event`, `state`, `forecast` or `opinion`.
    pub kind: String,
    /// Its events.
    pub events: Vec<String>,
    /// Its relations.
    pub relations: Vec<String>,
    /// The words it rests on.
    pub evidence: Vec<[usize; 2]>,
    /// From the document's own outlet inwards to the ultimate source.
    pub chain: Vec<Hop>,
    /// `stated` or `inherited`.
    pub chain_basis: String,
    /// How surely it is put.
    pub certainty: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// Index in `sentences` of the sentence of its evidence, from 0.
    #[serde(default)]
    pub sentence: usize,
}

/// One pair of hands that a claim went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// `publisher`, `translator`, `reporter` or `speaker`.
    pub role: String,
    /// Its name, or the description of an anonymous source.
    pub name: String,
    /// The entity behind it.
    #[serde(default)]
    pub entity: Option<String>,
    /// Whether it is anonymous.
    pub anonymous: bool,
    /// The words that name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<[usize; 2]>,
    /// The attribution it was found by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

/// Something the user should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// A stable word for programs.
    pub code: String,
    /// One plain sentence for people.
    pub message: String,
}
