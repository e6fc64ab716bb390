//! `sourceline.analysis/1`: what the encoder saw in a document, for `sourceline analyze --json`.

use serde::{Deserialize, Serialize};
use sourceline_model as model;
use sourceline_model::Span;

use crate::words::Word;
use crate::write::{head_number, note_of};
use crate::{CodePoints, Document, Note, Reader};

/// Name of the format.
pub const ANALYSIS_FORMAT: &str = "sourceline.analysis/1";

/// One document with its words, names and attribution spans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Always [`ANALYSIS_FORMAT`].
    pub format: String,
    /// What analysed it.
    pub reader: Reader,
    /// What was analysed.
    pub document: Document,
    /// Sentences.
    pub sentences: Vec<[usize; 2]>,
    /// Words.
    pub tokens: Vec<Token>,
    /// Names.
    pub names: Vec<Name>,
    /// Sources, cues and contents.
    pub attribution: Vec<AnalysisSpan>,
    /// Where asked for, the vector of each sentence: 384 numbers, of length 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vectors: Vec<Vec<f32>>,
    /// What the user should know.
    pub notes: Vec<Note>,
}

/// One word (Universal Dependencies).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// Its place.
    pub span: [usize; 2],
    /// The word as it stands in the text.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech.
    pub upos: String,
    /// UD features, empty when none.
    pub feats: String,
    /// Number of the head in the sentence, from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head.
    pub deprel: String,
    /// How surely the event it names happened, from -3 to 3.
    pub factuality: f32,
}

/// A proper name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Its place.
    pub span: [usize; 2],
    /// Its words.
    pub text: String,
    /// What it stands for.
    pub kind: String,
}

/// A source, cue or content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnalysisSpan {
    /// Its place.
    pub span: [usize; 2],
    /// Its words.
    pub text: String,
    /// `source`, `cue` or `content`.
    pub role: String,
    /// For a source or content: index in this list of its cue.
    pub cue: Option<usize>,
}

impl Analysis {
    /// Writes `analysis` as the format has it.
    pub fn new(analysis: &model::Analysis, reader: Reader) -> Self {
        let points = CodePoints::new(&analysis.document.text);
        let text = |tokens: Span<model::Tok>| analysis.text(analysis.bytes(tokens)).to_owned();
        Self {
            format: ANALYSIS_FORMAT.to_owned(),
            reader,
            document: Document::from(&analysis.document),
            sentences: analysis.sentences.iter().map(|sentence| points.span(sentence.span)).collect(),
            tokens: tokens(analysis, &points),
            names: analysis
                .names
                .iter()
                .map(|name| Name {
                    span: points.span(analysis.bytes(name.tokens)),
                    text: text(name.tokens),
                    kind: name.kind.as_str().to_owned(),
                })
                .collect(),
            attribution: analysis
                .attribution
                .iter()
                .map(|span| AnalysisSpan {
                    span: points.span(analysis.bytes(span.tokens)),
                    text: text(span.tokens),
                    role: span.role.word().to_owned(),
                    cue: span.cue,
                })
                .collect(),
            vectors: Vec::new(),
            notes: analysis.document.notes.iter().chain(&analysis.notes).map(note_of).collect(),
        }
    }

    /// With the vectors of the sentences of `analysis`.
    pub fn with_vectors(self, analysis: &model::Analysis) -> Self {
        Self { vectors: analysis.sentences.iter().map(|sentence| sentence.vector.clone()).collect(), ..self }
    }
}

fn tokens(analysis: &model::Analysis, points: &CodePoints) -> Vec<Token> {
    let mut words = Vec::with_capacity(analysis.tokens.len());
    for sentence in &analysis.sentences {
        for index in sentence.tokens.range() {
            let token = &analysis.tokens[index];
            words.push(Token {
                span: points.span(token.span),
                form: analysis.form(index).to_owned(),
                lemma: token.lemma.clone(),
                upos: token.upos.as_str().to_owned(),
                feats: token.feats.clone(),
                head: head_number(token.head, sentence),
                deprel: token.deprel.clone(),
                factuality: token.factuality,
            });
        }
    }
    words
}
