//! The transformer: pieces in, one vector a word out.
//!
//! In: windows of piece ids and shape classes, packed without padding into chunks. Out: the mean of the last layer's
//! vectors of each word's pieces. Post-norm BERT layers (Devlin et al. 2019) in int8 with a scale a row.
//! Not here: what the vectors mean (`heads`).

use crate::kernel::{Attention, Finish, Kernel, Norm, Packed, Rows};
use crate::weights::{Linear, Weights};
use crate::{Config, LoadError, shape};
use std::ops::Range;

/// Pieces after which a chunk is closed: enough rows to keep the kernels busy, few enough to stay in the second cache.
const CHUNK: usize = 160;

/// The layers, packed for one path.
pub(crate) struct Network<K: Kernel> {
    isa: K,
    hidden: usize,
    words: usize,
    word_bytes: Range<usize>,
    word_scales: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer<K>>,
    window: usize,
}

struct Layer<K: Kernel> {
    qkv: Packed<K>,
    out: Packed<K>,
    norm1: Norm,
    up: Packed<K>,
    down: Packed<K>,
    norm2: Norm,
}

/// Packs a layer of the file.
pub(crate) fn pack<K: Kernel>(layer: &Linear<'_>) -> Packed<K> {
    Packed::new(layer.k, layer.rows, &layer.scales, &layer.bias)
}

fn norm(weights: &Weights<'_>, name: &str) -> Result<Norm, LoadError> {
    let config = &weights.config;
    Ok(Norm {
        weight: weights.floats(&format!("{name}.weight"), &[config.hidden])?,
        bias: weights.floats(&format!("{name}.bias"), &[config.hidden])?,
        epsilon: config.layer_norm_eps,
    })
}

impl<K: Kernel> Layer<K> {
    fn new(weights: &Weights<'_>, index: usize) -> Result<Self, LoadError> {
        let Config { hidden, ffn, .. } = weights.config;
        let linear = |part: &str, n, k| weights.linear(&format!("layer.{index}.{part}"), n, k).map(|l| pack(&l));
        Ok(Self {
            qkv: linear("qkv", 3 * hidden, hidden)?,
            out: linear("out", hidden, hidden)?,
            norm1: norm(weights, &format!("layer.{index}.ln1"))?,
            up: linear("up", ffn, hidden)?,
            down: linear("down", hidden, ffn)?,
            norm2: norm(weights, &format!("layer.{index}.ln2"))?,
        })
    }
}

/// One window: its pieces with a shape class each, marks included.
pub(crate) struct Pieces<'a> {
    pub ids: &'a [u32],
    pub shapes: &'a [u8],
}

/// Working space of a forward pass.
pub(crate) struct Space<K: Kernel> {
    rows: Rows<K>,
    wide: Rows<K>,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    inner: Vec<f32>,
    attention: Attention<K>,
    /// The vectors of a chunk's pieces.
    pub x: Vec<f32>,
}

impl<K: Kernel> Network<K> {
    /// Packs the layers of `weights`, which `file` holds.
    pub fn new(isa: K, weights: &Weights<'_>, file: &[u8], vocabulary: usize) -> Result<Self, LoadError> {
        let config = &weights.config;
        let bytes = weights.signed("embeddings.word.q", &[vocabulary, config.hidden])?;
        let start = bytes.as_ptr() as usize - file.as_ptr() as usize;
        Ok(Self {
            isa,
            hidden: config.hidden,
            words: vocabulary,
            word_bytes: start..start + bytes.len(),
            word_scales: weights.floats("embeddings.word.scale", &[vocabulary])?,
            positions: weights.floats("embeddings.position", &[512, config.hidden])?,
            shapes: weights.floats("embeddings.shape", &[shape::CLASSES, config.hidden])?,
            norm: norm(weights, "embeddings.ln")?,
            layers: (0..config.layers).map(|index| Layer::new(weights, index)).collect::<Result<_, _>>()?,
            window: config.window_pieces,
        })
    }

    /// Working space for chunks of this network.
    pub fn space(&self) -> Space<K> {
        let (room, hidden) = (CHUNK + self.window, self.hidden);
        let ffn = self.layers.first().map_or(0, |layer| layer.down.k);
        Space {
            rows: Rows::new(room, hidden),
            wide: Rows::new(room, ffn),
            qkv: vec![0.0; room * 3 * hidden],
            mixed: vec![0.0; room * hidden],
            inner: vec![0.0; room * ffn],
            attention: Attention::new(self.window),
            x: vec![0.0; room * hidden],
        }
    }

    /// Number of windows, from the first of `lengths`, that make a chunk.
    pub fn chunk(lengths: impl Iterator<Item = usize>) -> usize {
        let mut sum = 0;
        let mut count = 0;
        for length in lengths {
            if sum >= CHUNK {
                break;
            }
            sum += length;
            count += 1;
        }
        count
    }

    /// Runs one chunk; afterwards `space.x` holds the vectors of its pieces.
    pub fn forward(&self, file: &[u8], windows: &[Pieces<'_>], space: &mut Space<K>) {
        let count: usize = windows.iter().map(|window| window.ids.len()).sum();
        self.embed(file, windows, &mut space.x);
        let (isa, hidden) = (self.isa, self.hidden);
        isa.normalise(&mut space.x, count, &self.norm, &mut space.rows);
        for layer in &self.layers {
            isa.multiply(&space.rows, count, &layer.qkv, Finish::Plain, &mut space.qkv);
            let mut row = 0;
            for length in windows.iter().map(|window| window.ids.len()) {
                let qkv = &space.qkv[row * 3 * hidden..];
                let out = &mut space.mixed[row * hidden..(row + length) * hidden];
                isa.attend(qkv, 3 * hidden, length, out, &mut space.attention);
                row += length;
            }
            isa.quantise(&space.mixed, hidden, count, &mut space.rows);
            isa.multiply(&space.rows, count, &layer.out, Finish::Add, &mut space.x);
            isa.normalise(&mut space.x, count, &layer.norm1, &mut space.rows);
            isa.multiply(&space.rows, count, &layer.up, Finish::Gelu, &mut space.inner);
            isa.quantise(&space.inner, layer.up.n, count, &mut space.wide);
            isa.multiply(&space.wide, count, &layer.down, Finish::Add, &mut space.x);
            isa.normalise(&mut space.x, count, &layer.norm2, &mut space.rows);
        }
    }

    fn embed(&self, file: &[u8], windows: &[Pieces<'_>], x: &mut [f32]) {
        let hidden = self.hidden;
        let words = crate::weights::as_signed(&file[self.word_bytes.clone()]);
        let mut rows = x.chunks_exact_mut(hidden);
        for window in windows {
            for (position, (&id, &shape)) in window.ids.iter().zip(window.shapes).enumerate() {
                let Some(out) = rows.next() else { return };
                let (id, shape) = ((id as usize).min(self.words - 1), usize::from(shape));
                self.isa.embed(
                    &words[id * hidden..][..hidden],
                    self.word_scales[id],
                    &self.positions[position * hidden..][..hidden],
                    &self.shapes[shape * hidden..][..hidden],
                    out,
                );
            }
        }
    }
}
