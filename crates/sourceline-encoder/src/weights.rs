//! Reading a weights file: tensors by name with their types and shapes checked.
//!
//! In: the bytes of a safetensors file. Out: [`Linear`] layers and float vectors, still in file order.
//! Not here: packing for the kernels (`model`).

use crate::{Config, LoadError};
use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};

/// The format this program reads.
pub(crate) const FORMAT: &str = "sourceline.weights/2";

/// A weights file that has been opened and checked.
pub(crate) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    pub config: Config,
    /// Hex SHA-256 of the whole file.
    pub digest: String,
}

/// A linear layer as the file holds it.
pub(crate) struct Linear<'a> {
    /// Inputs.
    pub k: usize,
    /// Row-major signed bytes.
    pub rows: &'a [i8],
    /// One scale a row.
    pub scales: Vec<f32>,
    /// One bias a row.
    pub bias: Vec<f32>,
}

impl<'a> Weights<'a> {
    /// Opens a file; with `expected`, its SHA-256 must be that.
    pub fn open(bytes: &'a [u8], expected: Option<&str>) -> Result<Self, LoadError> {
        let digest = hex(&Sha256::digest(bytes));
        if let Some(expected) = expected.filter(|expected| *expected != digest) {
            return Err(LoadError::Digest { found: digest, expected: expected.to_owned() });
        }
        let (_, header) = SafeTensors::read_metadata(bytes)?;
        let tensors = SafeTensors::deserialize(bytes)?;
        let said = header.metadata().clone().unwrap_or_default();
        let found = said.get("format").cloned().unwrap_or_default();
        if found != FORMAT {
            return Err(LoadError::Format { found, known: FORMAT });
        }
        let config: Config = serde_json::from_str(said.get("config").map_or("", String::as_str))?;
        config.check()?;
        Ok(Self { tensors, config, digest })
    }

    fn bytes(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&'a [u8], LoadError> {
        let missing = |_| LoadError::Missing { name: name.to_owned() };
        let tensor = self.tensors.tensor(name).map_err(missing)?;
        if tensor.dtype() != dtype || tensor.shape() != shape {
            return Err(LoadError::Shape {
                name: name.to_owned(),
                found: format!("{} {:?}", tensor.dtype(), tensor.shape()),
                expected: format!("{dtype} {shape:?}"),
            });
        }
        Ok(tensor.data())
    }

    /// Signed bytes.
    pub fn signed(&self, name: &str, shape: &[usize]) -> Result<&'a [i8], LoadError> {
        self.bytes(name, Dtype::I8, shape).map(as_signed)
    }

    /// Floats, all finite.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, LoadError> {
        let bytes = self.bytes(name, Dtype::F32, shape)?;
        let floats: Vec<f32> = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        match floats.iter().all(|f| f.is_finite()) {
            true => Ok(floats),
            false => Err(LoadError::NotFinite { name: name.to_owned() }),
        }
    }

    /// The linear layer `name` with `n` outputs of `k` inputs.
    pub fn linear(&self, name: &str, n: usize, k: usize) -> Result<Linear<'a>, LoadError> {
        let bias = format!("{name}.bias");
        Ok(Linear {
            k,
            rows: self.signed(&format!("{name}.q"), &[n, k])?,
            scales: self.floats(&format!("{name}.scale"), &[n])?,
            bias: match self.tensors.tensor(&bias) {
                Ok(_) => self.floats(&bias, &[n])?,
                Err(_) => vec![0.0; n],
            },
        })
    }

    /// Rows of the tensor `name` that has `width` columns.
    pub fn row_count(&self, name: &str) -> Result<usize, LoadError> {
        let missing = |_| LoadError::Missing { name: name.to_owned() };
        Ok(self.tensors.tensor(name).map_err(missing)?.shape().first().copied().unwrap_or(0))
    }

    /// Outputs of the hidden layer `name`; they are the inputs of another layer, so they must be whole vectors.
    pub fn width(&self, name: &str) -> Result<usize, LoadError> {
        match self.row_count(&format!("{name}.q"))? {
            width if width > 0 && width.is_multiple_of(16) => Ok(width),
            width => Err(LoadError::Impossible { why: format!("{name} of width {width}") }),
        }
    }

    /// The word pieces, in id order.
    pub fn vocabulary(&self) -> Result<&'a str, LoadError> {
        let length = self.row_count("vocab")?;
        let bytes = self.bytes("vocab", Dtype::U8, &[length])?;
        std::str::from_utf8(bytes).map_err(|_| LoadError::Vocabulary { what: "valid UTF-8".to_owned() })
    }
}

/// The same bytes, signed.
#[allow(unsafe_code)]
pub(crate) fn as_signed(bytes: &[u8]) -> &[i8] {
    // SAFETY: u8 and i8 have one size, one alignment and no invalid values.
    unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
