//! What can be wrong with a weights file.

use std::path::PathBuf;

/// Why an encoder could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("cannot read the weights file {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The bytes are not a safetensors file, or a part is missing at the end.
    #[error("the weights are not a whole safetensors file")]
    Container(#[from] safetensors::SafeTensorError),
    /// The file is of another format, or of a version that this program does not know.
    #[error("the weights have format \"{found}\"; this program reads \"{known}\"")]
    Format {
        /// Format that the file names.
        found: String,
        /// Format that is read.
        known: &'static str,
    },
    /// The configuration inside is not what the format says.
    #[error("the configuration in the weights cannot be read")]
    Config(#[from] serde_json::Error),
    /// The configuration is readable but impossible.
    #[error("the configuration in the weights is impossible: {why}")]
    Impossible {
        /// What is wrong.
        why: String,
    },
    /// The tensors do not have the digest that the file names.
    #[error("the weights were altered: digest {found}, expected {expected}")]
    Digest {
        /// Digest of the tensors.
        found: String,
        /// Digest that was expected.
        expected: String,
    },
    /// A tensor is missing.
    #[error("the weights lack the tensor \"{name}\"")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A tensor has another shape or type.
    #[error("tensor \"{name}\" is {found}, expected {expected}")]
    Shape {
        /// Its name.
        name: String,
        /// Type and shape found.
        found: String,
        /// Type and shape expected.
        expected: String,
    },
    /// A tensor holds a number that is not finite.
    #[error("tensor \"{name}\" holds a number that is not finite")]
    NotFinite {
        /// Its name.
        name: String,
    },
    /// The vocabulary is not UTF-8 or lacks a piece that is needed.
    #[error("the vocabulary in the weights lacks {what}")]
    Vocabulary {
        /// What is missing.
        what: String,
    },
    /// The kernel asked for cannot run on this machine.
    #[error("this machine cannot run the {kernel} kernels")]
    Kernel {
        /// The kernel.
        kernel: &'static str,
    },
    /// The program was built without weights.
    #[error("this program was built without weights (data/weights/english.safetensors was missing)")]
    NotBuiltIn,
}
