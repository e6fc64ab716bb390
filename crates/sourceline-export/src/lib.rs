//! Readings and propositions in the exchange formats of the field.
//!
//! In: one [`Item`] after another, a document's reading with what corroboration found of its claims. Out: bytes of one format,
//! written as the items come; only the graph formats (GEXF, GraphML), STIX and JSON-LD, whose documents need it, keep what names them.
//! Names and columns: `PLOVER_MANUAL` v0.8, POLECAT, GDELT 2.0 codebook, ACLED, HXL 1.1, STIX 2.1, PROV-O, GEXF 1.3, RFC 7946.
//! Not here: choosing which documents to export, pictures.

mod codes;
mod error;
mod formats;
mod item;
mod rows;

pub use codes::Codes;
pub use error::ExportError;
pub use formats::{Exporter, Format, exporter};
pub use item::{Carried, ClaimStanding, Item};
pub use rows::{EventRow, Party, RelationRow, Report, Where};
