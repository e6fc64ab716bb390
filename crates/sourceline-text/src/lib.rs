//! Clean text to an [`Analysis`](sourceline_model::Analysis).
//!
//! In: a `Document`. Out: its paragraphs, words (Universal Dependencies), sentences, trees, names and attribution spans, with
//! byte offsets into its text. Steps: [`paragraphs`] -> [`tokenize`] -> the encoder -> [`analyze`].
//! Not here: HTML and metadata (`sourceline-intake`), what the spans mean (`sourceline-extract`).

mod analyze;
mod conllu;
mod dateline;
mod embedded;
mod lemmas;
mod lists;
mod names;
mod paragraphs;
mod speakers;
mod tokenizer;

pub use analyze::{GivenSentence, Settings, analyze, analyze_all, analyze_words, segments};
pub use conllu::write_conllu;
pub use dateline::dateline;
pub use embedded::encoder;
pub use paragraphs::paragraphs;
pub use sourceline_encoder::{Encoder, LoadError};
pub use tokenizer::{Surface, tokenize};
