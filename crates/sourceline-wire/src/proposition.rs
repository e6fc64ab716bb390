//! One line of `sourceline claims --json`: a proposition with its supports and origins.

use serde::{Deserialize, Serialize};

use crate::Hop;

/// What claims of one or more documents share.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Proposition {
    /// `p1`, …
    pub id: String,
    /// A plain sentence that stands alone.
    pub statement: String,
    /// `event`, `state`, `forecast` or `opinion`.
    pub kind: String,
    /// PLOVER type, for events.
    #[serde(rename = "type", default)]
    pub event_type: Option<String>,
    /// PLOVER mode, for events.
    #[serde(default)]
    pub mode: Option<String>,
    /// Names of those who act.
    #[serde(default)]
    pub actors: Vec<String>,
    /// Names of places.
    #[serde(default)]
    pub places: Vec<String>,
    /// EDTF.
    #[serde(default)]
    pub time: Option<String>,
    /// The claims, in order of publication.
    pub supports: Vec<Support>,
    /// Who independently stands behind it.
    pub origins: Vec<Origin>,
    /// Number of documents.
    pub n_reports: usize,
    /// Number of outlets.
    pub n_outlets: usize,
    /// Number of independent origins.
    pub n_origins: usize,
    /// Propositions that cannot be so as well.
    #[serde(default)]
    pub contradicts: Vec<String>,
}

/// One document's claim of a proposition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Support {
    /// Id of the document.
    pub document: String,
    /// Path or URL it was read from.
    pub input: String,
    /// Its outlet.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Its publication date, EDTF.
    #[serde(default)]
    pub published: Option<String>,
    /// The words.
    pub evidence: String,
    /// From the document's own outlet inwards to the ultimate source.
    pub chain: Vec<Hop>,
    /// How surely it is put.
    pub certainty: String,
    /// `positive` or `negative`.
    pub polarity: String,
}

/// A party at which the information entered the public record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// Its name or description.
    pub name: String,
    /// Whether it is anonymous.
    pub anonymous: bool,
    /// The outlet that has it, for anonymous origins and reports.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Number of supports that lead to it.
    pub supports: usize,
}
