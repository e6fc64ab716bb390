//! A mention on its way to an entity.

use sourceline_model::{EntityKind, MentionForm, Span, Tok};

/// How a phrase is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Article {
    /// "the", "this", a possessive.
    Definite,
    /// "a", "some", "several", a number.
    Indefinite,
    /// None.
    Bare,
}

/// Grammatical gender, where words tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// A mention without its entity, or with the number of its cluster.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) tokens: Span<Tok>,
    pub(crate) phrase: Span<Tok>,
    /// Main head first.
    pub(crate) heads: Vec<usize>,
    pub(crate) form: MentionForm,
    pub(crate) kind: EntityKind,
    pub(crate) plural: Option<bool>,
    pub(crate) gender: Option<Gender>,
    pub(crate) article: Article,
    /// For names: the name; for nominals: the lower-case words without article.
    pub(crate) text: String,
    /// Lemma of the head, two words where they form one noun.
    pub(crate) lemma: String,
    /// Title or role words that stand with a name.
    pub(crate) titles: Vec<String>,
    /// Country whose adjective or name modifies the head.
    pub(crate) country: Option<String>,
    pub(crate) sentence: usize,
    pub(crate) cluster: Option<usize>,
    /// Whether it is a place's name inside another name: it refers to the place, but takes no part in coreference.
    pub(crate) nested: bool,
}

impl Draft {
    pub(crate) fn head(&self) -> usize {
        self.heads[0]
    }

    pub(crate) fn is_name(&self) -> bool {
        self.form == MentionForm::Name
    }
}
