//! Codes events to PLOVER (manual v0.8) and finds relations, by rules over the dependency tree.
//!
//! In: one [`Analysis`](sourceline_model::Analysis) and the [`Rules`] compiled from `data/rules`. Out: a [`Coding`]: events and
//! relations in terms of tokens, in text order, each with certainty, polarity and the id of its rule.
//! Not here: which entities the tokens stand for, when things happened, who says so.

mod accident;
mod certainty;
mod classes;
mod coding;
mod context;
mod embed;
mod events;
mod frame;
mod lexicon;
mod matching;
mod pattern;
mod places;
mod preposition;
mod relations;
mod rules;
mod speech;
mod subject;
mod tree;

pub use certainty::{Standing, Standings, standing};
pub use coding::{CodedEvent, CodedRelation, Coding, Turn, code};
pub use rules::{Example, RULE_FILES, Rules, RulesError};
