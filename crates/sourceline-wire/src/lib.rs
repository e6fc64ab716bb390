//! The wire formats of Sourceline: what other programs see.
//!
//! `sourceline.reading/1` ([`Reading`]) is one document's reading as a JSON object, `sourceline.analysis/1` ([`Analysis`]) what the
//! encoder saw in it, [`Proposition`] one line of `sourceline claims --json`. Types here change only by new fields.
//! Inside Sourceline offsets count bytes; here they count Unicode code points of `document.text`.
//! Not here: files, databases, any computing of these values.

mod analysis;
mod back;
mod offsets;
mod proposition;
mod reading;
mod words;
mod write;

pub use analysis::{ANALYSIS_FORMAT, Analysis, AnalysisSpan, Name, Token as AnalysisToken};
pub use back::WireError;
pub use offsets::CodePoints;
pub use proposition::{Origin, Proposition, Support};
pub use reading::{
    Anonymous, Attribution, Claim, Document, Entity, Event, Hop, Mention, Note, Outlet, Place, PlaceRef,
    READING_FORMAT, Reader, Reading, Relation, Removed, Time, Token,
};
pub use write::hop;

/// The JSON Schema of `sourceline.reading/1`.
pub const READING_SCHEMA: &str = include_str!("../../../schema/reading-1.schema.json");

/// The JSON Schema of one line of `sourceline claims --json`.
pub const PROPOSITION_SCHEMA: &str = include_str!("../../../schema/proposition-1.schema.json");

/// The JSON Schema of `sourceline.analysis/1`.
pub const ANALYSIS_SCHEMA: &str = include_str!("../../../schema/analysis-1.schema.json");
