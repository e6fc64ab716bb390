//! The neural encoder: words in, everything that Sourceline sees in a sentence out.
//!
//! In: words with the space before them. Out: [`Labels`]: parts of speech, features, lemmas, trees, sentences, names,
//! attribution spans and links, what mention heads stand for, factuality, sentence vectors.
//! A six-layer transformer computed in int8 by kernels for AVX-512 VNNI, AVX2 and any other machine, which give the same
//! bits. The weights file is defined in docs/WEIGHTS.md.
//! Not here: text and offsets (`sourceline-text`). This is the only crate with unsafe code, and it is in `kernel`.

mod config;
mod decode;
mod encoder;
mod error;
#[cfg(feature = "fixture")]
pub mod fixture;
mod heads;
mod kernel;
mod labels;
mod network;
mod plan;
mod shape;
mod weights;
mod windows;
mod wordpiece;

pub use config::{Config, LemmaCase, LemmaScript, RoleBias};
pub use encoder::{Encoder, Instructions, Part, Word};
pub use error::LoadError;
pub use labels::{Labels, NameLabel, Options, Role, RoleLabel, WordLabel};
pub use shape::Space;
