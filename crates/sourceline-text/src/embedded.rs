//! The weights in the box.

use sourceline_encoder::{Encoder, LoadError};

/// Loads the encoder that was built into the program.
///
/// # Errors
/// When the program was built without weights, or with a file that is not whole or not the one of `data/MANIFEST.toml`.
pub fn encoder() -> Result<Encoder, LoadError> {
    #[cfg(weights)]
    return Encoder::load(
        &include_bytes!("../../../data/weights/english.safetensors")[..],
        sourceline_encoder::Instructions::Best,
        Some(env!("WEIGHTS_DIGEST")),
    );
    #[cfg(not(weights))]
    Err(LoadError::NotBuiltIn)
}
