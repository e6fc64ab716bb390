//! What the encoder says of the words of a part. Numbers count the inventories of the [`crate::Config`].

use std::ops::Range;

/// What to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether to compute sentence vectors.
    pub sentence_vectors: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { sentence_vectors: true }
    }
}

/// Labels of one part; positions count its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Labels {
    /// One entry a word.
    pub words: Vec<WordLabel>,
    /// Sentences, in order; together they cover all words.
    pub sentences: Vec<Range<usize>>,
    /// A unit vector a sentence; empty when not asked for.
    pub vectors: Vec<Vec<f32>>,
    /// Names, in order, not overlapping.
    pub names: Vec<NameLabel>,
    /// Sources, cues and contents, in order of their first word.
    pub roles: Vec<RoleLabel>,
}

/// Labels of one word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordLabel {
    /// Place in `Config::upos`.
    pub upos: usize,
    /// Place in `Config::feats`.
    pub feats: usize,
    /// Dictionary form.
    pub lemma: String,
    /// The word it depends on; `None` for the root of a sentence.
    pub head: Option<usize>,
    /// Place in `Config::deprels`.
    pub deprel: usize,
    /// Place in `Config::entity`.
    pub entity: usize,
    /// From -3 (certainly not) to 3 (certainly); means something for words that name events.
    pub factuality: f32,
}

/// A name.
#[derive(Debug, Clone, PartialEq)]
pub struct NameLabel {
    /// Its words.
    pub words: Range<usize>,
    /// Place in [`crate::Encoder::name_kinds`].
    pub kind: usize,
    /// Logarithm of the probability of each kind, given that these words are a name.
    pub likelihoods: Vec<f32>,
}

/// Role of a span in an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who says so.
    Source,
    /// The words that say that something is said.
    Cue,
    /// What is said.
    Content,
}

/// A source, cue or content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleLabel {
    /// Its role.
    pub role: Role,
    /// Its words.
    pub words: Range<usize>,
    /// For a source or content: place in [`Labels::roles`] of its cue.
    pub cue: Option<usize>,
}
