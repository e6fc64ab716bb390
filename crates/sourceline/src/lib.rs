//! Reads news reports: who did what, where and when, said by whom, through whose hands.
//!
//! [`Engine`] loads the encoder, the knowledge, the rules and the word lists once and turns a [`Document`] into a [`Reading`].
//! It reads no clock, environment or network: the same document gives the same reading, on any number of threads.
//! Documents come from [`intake`], readings go out as [`wire`] types. Not here: the store, flags, printing.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use sourceline::{Engine, intake};
//! let engine = Engine::load()?;
//! let loaded = intake::load(&intake::Input::parse("report.txt"), &intake::Limits::default())?;
//! let document = intake::read(&loaded, &intake::Given::default())?;
//! let reading = engine.read(document);
//! for claim in &reading.claims {
//!     println!("{}", claim.statement);
//! }
//! # Ok(())
//! # }
//! ```

mod engine;
mod outlet;

pub use engine::{Engine, EngineError};
pub use sourceline_intake as intake;
pub use sourceline_knowledge::Knowledge;
pub use sourceline_model as model;
pub use sourceline_model::{Analysis, Document, Reading};
pub use sourceline_text::{segments, write_conllu};
pub use sourceline_wire as wire;
