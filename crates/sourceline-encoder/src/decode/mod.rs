//! Decisions over several words: trees, tag sequences, spans.

mod tags;
mod tree;

pub(crate) use tags::{Bio, Span, Transitions, spans};
pub(crate) use tree::tree;
