//! What the encoder sees in a document. Scheme: Universal Dependencies v2; PARC/PolNeAR for attribution.

use crate::{Byte, Document, EntityKind, Note, Span, Tok};

/// Universal part of speech (UD v2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All tags in alphabetical order.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The tag as CoNLL-U writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }

    /// Reads a tag as CoNLL-U writes it.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|upos| upos.as_str() == tag)
    }
}

/// What kind of thing the head word of a nominal mention stands for (GUM's entity types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum EntityHint {
    Abstract,
    Animal,
    Event,
    Object,
    Organization,
    Person,
    Place,
    Plant,
    Substance,
    Time,
}

impl EntityHint {
    /// Reads GUM's word for a type, as the weights and CoNLL-U MISC have it.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "abstract" => Self::Abstract,
            "animal" => Self::Animal,
            "event" => Self::Event,
            "object" => Self::Object,
            "organization" => Self::Organization,
            "person" => Self::Person,
            "place" => Self::Place,
            "plant" => Self::Plant,
            "substance" => Self::Substance,
            "time" => Self::Time,
            _ => return None,
        })
    }
}

/// One syntactic word (UD word; the parts of `don't` are two).
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands in `Document::text`.
    pub span: Span<Byte>,
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech.
    pub upos: Upos,
    /// UD FEATS, `Key=Value|…`, empty when none.
    pub feats: String,
    /// Index of the head in `Analysis::tokens`; `None` for the root of a sentence.
    pub head: Option<usize>,
    /// UD relation to the head, with subtype: `nsubj`, `obl:agent`, `nsubj:pass`.
    pub deprel: String,
    /// Whether white space follows.
    pub space_after: bool,
    /// When this word is part of a multi-word token, the span of that token.
    pub surface: Option<Span<Byte>>,
    /// What the word stands for if it heads a mention, as the encoder sees it.
    pub hint: Option<EntityHint>,
    /// How surely the event this word names happened: -3 certainly not .. 3 certainly. Only meaningful for event words.
    pub factuality: f32,
}

impl Token {
    /// Value of a UD feature, such as `feat("Tense")`.
    pub fn feat(&self, key: &str) -> Option<&str> {
        self.feats.split('|').find_map(|pair| pair.split_once('=').filter(|(k, _)| *k == key).map(|(_, v)| v))
    }

    /// The relation without its subtype: `obl:agent` gives `obl`.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or(&self.deprel)
    }
}

/// One sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Its words, as a range of `Analysis::tokens`.
    pub tokens: Span<Tok>,
    /// Its text.
    pub span: Span<Byte>,
    /// Index of its paragraph in `Analysis::paragraphs`.
    pub paragraph: usize,
    /// Unit vector that imitates all-MiniLM-L6-v2 (384 numbers); empty when not computed.
    pub vector: Vec<f32>,
}

/// A proper name found by the encoder.
#[derive(Debug, Clone, PartialEq)]
pub struct NameSpan {
    /// Its words.
    pub tokens: Span<Tok>,
    /// Its kind.
    pub kind: EntityKind,
}

/// Role of a span in an attribution (PARC 3.0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributionRole {
    /// Who says so.
    Source,
    /// The word that says that something is said.
    Cue,
    /// What is said.
    Content,
}

/// A source, cue or content found by the encoder.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributionSpan {
    /// Its role.
    pub role: AttributionRole,
    /// Its words.
    pub tokens: Span<Tok>,
    /// For a source or content: index in `Analysis::attribution` of the cue it belongs to.
    pub cue: Option<usize>,
}

/// A document with everything the encoder sees in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// The document.
    pub document: Document,
    /// Paragraphs, in order.
    pub paragraphs: Vec<Span<Byte>>,
    /// Sentences, in order; together they cover all tokens.
    pub sentences: Vec<Sentence>,
    /// Words, in order.
    pub tokens: Vec<Token>,
    /// Names, in order, not overlapping.
    pub names: Vec<NameSpan>,
    /// Sources, cues and contents, in order of their first word.
    pub attribution: Vec<AttributionSpan>,
    /// What stands in front of the first sentence of the report; its words are a sentence of their own.
    pub dateline: Option<Dateline>,
    /// What the user should know.
    pub notes: Vec<Note>,
}

/// What stands in front of the first sentence of a report: "BEIRUT, Jan 7 (AP) —".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, through the dash.
    pub span: Span<Byte>,
    /// Where it was written.
    pub place: Option<Span<Byte>>,
    /// When it was written.
    pub date: Option<Span<Byte>>,
    /// Whose report it is.
    pub agency: Option<Span<Byte>>,
}

impl Analysis {
    /// Whether token `index` stands in the dateline.
    pub fn in_dateline(&self, index: usize) -> bool {
        let inside = |dateline: &Dateline, token: &Token| dateline.span.covers(&token.span);
        self.dateline.as_ref().zip(self.tokens.get(index)).is_some_and(|(dateline, token)| inside(dateline, token))
    }

    /// The words of the text under `span`.
    pub fn text(&self, span: Span<Byte>) -> &str {
        self.document.text.get(span.range()).unwrap_or("")
    }

    /// The form of token `index` as it stands in the text.
    pub fn form(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| self.text(token.span))
    }

    /// The bytes that a range of tokens covers.
    pub fn bytes(&self, tokens: Span<Tok>) -> Span<Byte> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => Span::new(first.span.start, last.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// The tokens that a range of bytes touches; empty where it touches none.
    pub fn tokens_under(&self, bytes: Span<Byte>) -> Span<Tok> {
        let start = self.tokens.partition_point(|token| token.span.end <= bytes.start);
        let end = self.tokens.partition_point(|token| token.span.start < bytes.end);
        Span::new(start, end.max(start))
    }

    /// Index of the sentence that holds token `index`.
    pub fn sentence_of(&self, index: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|sentence| sentence.tokens.end <= index);
        self.sentences.get(at).filter(|sentence| sentence.tokens.contains(index)).map(|_| at)
    }

    /// Direct dependents of token `head`, in text order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.sentence_of(head).map_or(0..0, |sentence| self.sentences[sentence].tokens.range());
        range.filter(move |&index| self.tokens[index].head == Some(head))
    }

    /// All tokens of the subtree under `head`, itself included, in text order.
    pub fn subtree(&self, head: usize) -> Vec<usize> {
        let range = self.sentence_of(head).map_or(0..0, |sentence| self.sentences[sentence].tokens.range());
        range.filter(|&index| self.is_under(index, head)).collect()
    }

    /// Whether token `index` is `head` or stands below it in the tree.
    pub fn is_under(&self, index: usize, head: usize) -> bool {
        let mut at = Some(index);
        // A tree is never deeper than its sentence is long; the bound keeps a malformed one from looping.
        for _ in 0..=self.tokens.len() {
            match at {
                Some(token) if token == head => return true,
                Some(token) => at = self.tokens.get(token).and_then(|t| t.head),
                None => return false,
            }
        }
        false
    }

    /// The head word of a range of tokens: the first one whose own head lies outside.
    pub fn head_of(&self, tokens: Span<Tok>) -> Option<usize> {
        tokens.range().find(|&index| self.tokens[index].head.is_none_or(|head| !tokens.contains(head)))
    }
}
