//! What intake knows of a document before anything is read in it.

use crate::Note;

/// Where a fact about a document comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Page or file metadata (JSON-LD, OpenGraph, meta, `<time>`, header lines).
    Metadata,
    /// Given by the user on the command line.
    Given,
    /// Read in the text itself (a dateline, a byline).
    Text,
    /// Worked out from other facts.
    Inferred,
}

/// Where the name of an outlet comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutletBasis {
    /// Page or file metadata.
    Metadata,
    /// Given by the user.
    Given,
    /// Read in the text.
    Text,
    /// Worked out from the domain of the URL.
    Domain,
}

/// The outlet that publishes a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Its name as far as known.
    pub name: String,
    /// How the name was found.
    pub basis: OutletBasis,
    /// Key in the knowledge base, such as `sl:wsj`.
    pub kb: Option<String>,
}

/// A publication date with where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// EDTF, as precise as known: `2025-01-08`, `2025-01`, `2025-01-08T10:30:00Z`.
    pub edtf: String,
    /// How the date was found.
    pub basis: Basis,
}

/// Text that intake took out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The words taken out.
    pub text: String,
    /// Why, one word: `boilerplate`, `newsletter`, `share`, `copyright`, `navigation`, `advert`, `related`, `caption`.
    pub why: &'static str,
}

/// Cleaned text with what is known about its publication.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Hex SHA-256 of `text`.
    pub id: String,
    /// What was given: path, URL or `-`.
    pub input: String,
    /// Canonical address.
    pub url: Option<String>,
    /// Who publishes it.
    pub outlet: Option<Outlet>,
    /// Headline.
    pub title: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Publication date.
    pub published: Option<Published>,
    /// Cleaned text: UTF-8, paragraphs separated by one empty line, no title or header lines.
    pub text: String,
    /// What was taken out, in text order.
    pub removed: Vec<Removed>,
    /// What the user should know.
    pub notes: Vec<Note>,
}
