//! The weights in the box.

use sourceline_encoder::{Encoder, LoadError};

/// Loads the encoder that was built into the program.
///
/// # Errors
/// When the program was built without weights, or with a file that is not whole.
pub fn encoder() -> Result<Encoder, LoadError> {
    #[cfg(weights)]
    return Encoder::from_bytes(&include_bytes!("../../../data/weights/english.safetensors")[..]);
    #[cfg(not(weights))]
    Err(LoadError::NotBuiltIn)
}
