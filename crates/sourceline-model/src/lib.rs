//! The nouns of Sourceline.
//!
//! A [`Document`] is cleaned text with what is known of its outlet and date. An [`Analysis`] adds what the encoder
//! sees in it: sentences, words, trees, names, attribution spans, certainty. A [`Reading`] adds what Sourceline makes of it:
//! entities, times, attributions, events, relations, claims with their chains.
//! Not here: IO, serialisation, any way of computing these values.

mod analysis;
mod claim;
pub mod conllu;
mod document;
mod entity;
mod event;
mod note;
mod reading;
mod span;
mod when;

pub use analysis::{Analysis, AttributionRole, AttributionSpan, Dateline, EntityHint, NameSpan, Sentence, Token, Upos};
pub use claim::{ChainBasis, Claim, ClaimKind, Hop, HopRole};
pub use document::{Basis, Document, Outlet, OutletBasis, Published, Removed};
pub use entity::{Entity, EntityId, EntityKind, Mention, MentionForm, MentionId, Place};
pub use event::{
    Anonymous, Attribution, AttributionId, AttributionKind, Certainty, Event, EventId, Number, PlaceRef, PlaceRole,
    PloverType, Polarity, Relation, RelationId, RelationKind,
};
pub use note::Note;
pub use reading::Reading;
pub use span::{Byte, Span, Tok};
pub use when::{TimeBasis, Timex, TimexKind};
