//! Which claims of many documents are one, and who is really behind them.
//!
//! In: [`DocumentRecord`]s and [`ClaimRecord`]s, made from readings by [`records`]. Out: groups of claims
//! ([`group`]), their independent [`origins`], [`contradictions`], and from what each document derives ([`derivations`]).
//! Not here: SQL, files, page text, weights. Everything is a plain function of its arguments.

mod compile;
mod contradictions;
mod copies;
mod days;
mod denial;
mod denied;
mod derivation;
mod group;
mod origins;
mod pair;
mod party;
mod proposition;
mod record;
mod words;

pub use compile::records;
pub use contradictions::{Contradiction, ContradictionKind, contradictions};
pub use copies::{CopyIndex, Overlap, Sketch, overlap};
pub use days::{day_range, first_day};
pub use derivation::{Derivation, DerivedFrom, How, derivations, retelling};
pub use group::{GROUP_THRESHOLD, Grouping, Seed, group, group_seeds};
pub use origins::{Origin, OriginBasis, SupportPath, origins};
pub use pair::{Explanation, Feature, Pool, explain};
pub use party::{Body, same_party};
pub use proposition::{Proposition, proposition};
pub use record::{ClaimKey, ClaimRecord, DocumentRecord, HopRecord, Party, Quantity, Records, Signature, WhenRecord};
pub use words::{claim_words, fold, name_key, numbers, quantities, quotes, stems};
