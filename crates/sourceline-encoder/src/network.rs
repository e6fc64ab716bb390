//! The transformer: pieces in, one vector a piece out; and its branch, one vector a sentence.
//!
//! In: windows of piece ids and shape classes, packed without padding into chunks. Out: the last layer's vector of each
//! piece. Post-norm BERT layers (Devlin et al. 2019) in int8 with a scale a row.
//! The branch has layers of its own over a weighted sum of the states of all layers; there a piece sees its sentence only.
//! Not here: what the vectors mean (`heads`).

use crate::kernel::{Attention, Finish, Kernel, Norm, Packed, Rows};
use crate::weights::{Linear, Weights};
use crate::{LoadError, shape};
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
    /// Share of what enters the first layer, and of what each layer gives, in what the branch reads.
    mix: Vec<f32>,
    branch: Vec<Layer<K>>,
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
    fn new(weights: &Weights<'_>, prefix: &str, index: usize, ffn: usize) -> Result<Self, LoadError> {
        let hidden = weights.config.hidden;
        let linear = |part: &str, n, k| weights.linear(&format!("{prefix}.{index}.{part}"), n, k).map(|l| pack(&l));
        Ok(Self {
            qkv: linear("qkv", 3 * hidden, hidden)?,
            out: linear("out", hidden, hidden)?,
            norm1: norm(weights, &format!("{prefix}.{index}.ln1"))?,
            up: linear("up", ffn, hidden)?,
            down: linear("down", hidden, ffn)?,
            norm2: norm(weights, &format!("{prefix}.{index}.ln2"))?,
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
    attended: Vec<f32>,
    inner: Vec<f32>,
    attention: Attention<K>,
    /// The vectors of a chunk's pieces.
    pub x: Vec<f32>,
    /// What the branch reads of them.
    pub mixed: Vec<f32>,
}

impl<K: Kernel> Network<K> {
    /// Packs the layers of `weights`, which `file` holds.
    pub fn new(isa: K, weights: &Weights<'_>, file: &[u8], vocabulary: usize) -> Result<Self, LoadError> {
        let config = &weights.config;
        let bytes = weights.signed("embeddings.word.q", &[vocabulary, config.hidden])?;
        let layers = |prefix: &str, count: usize, ffn: usize| {
            (0..count).map(|index| Layer::new(weights, prefix, index, ffn)).collect::<Result<Vec<_>, _>>()
        };
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
            layers: layers("layer", config.layers, config.ffn)?,
            mix: weights.floats("branch.mix", &[config.layers + 1])?,
            branch: layers("branch", config.branch_layers, config.branch_ffn)?,
            window: config.window_pieces,
        })
    }

    /// Working space for chunks of this network.
    pub fn space(&self) -> Space<K> {
        self.space_for(&self.layers)
    }

    fn space_for(&self, layers: &[Layer<K>]) -> Space<K> {
        let (room, hidden) = (CHUNK + self.window, self.hidden);
        let (ffn, inner) = layers.first().map_or((0, 0), |layer| (layer.down.k, layer.up.padded));
        Space {
            rows: Rows::new(room, hidden),
            wide: Rows::new(room, ffn),
            qkv: vec![0.0; room * 3 * hidden],
            attended: vec![0.0; room * hidden],
            inner: vec![0.0; room * inner],
            attention: Attention::new(self.window),
            x: vec![0.0; room * hidden],
            mixed: vec![0.0; room * hidden],
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

    /// Runs one chunk; afterwards `space.x` holds the vectors of its pieces and, with `branch`, `space.mixed` what the
    /// branch reads.
    pub fn forward(&self, file: &[u8], windows: &[Pieces<'_>], branch: bool, space: &mut Space<K>) {
        let lengths: Vec<usize> = windows.iter().map(|window| window.ids.len()).collect();
        let count = lengths.iter().sum::<usize>();
        self.embed(file, windows, &mut space.x);
        self.isa.normalise(&mut space.x, count, &self.norm, &mut space.rows);
        space.mixed[..count * self.hidden].fill(0.0);
        for (step, share) in self.mix.iter().enumerate() {
            if step > 0 {
                self.apply(&self.layers[step - 1], &lengths, space);
            }
            if branch {
                let (mixed, x) = (&mut space.mixed[..count * self.hidden], &space.x[..count * self.hidden]);
                self.isa.add_scaled(mixed, x, *share);
            }
        }
    }

    /// Runs one layer over `space.x`, which is in `space.rows` too; a row sees the rows of its own run, whose lengths are given.
    fn apply(&self, layer: &Layer<K>, lengths: &[usize], space: &mut Space<K>) {
        let (isa, hidden, count) = (self.isa, self.hidden, lengths.iter().sum());
        isa.multiply(&space.rows, count, &layer.qkv, Finish::Plain, &mut space.qkv);
        let mut row = 0;
        for &length in lengths {
            let qkv = &space.qkv[row * 3 * hidden..];
            let out = &mut space.attended[row * hidden..(row + length) * hidden];
            isa.attend(qkv, 3 * hidden, length, out, &mut space.attention);
            row += length;
        }
        isa.quantise(&space.attended, hidden, count, &mut space.rows);
        isa.multiply(&space.rows, count, &layer.out, Finish::Add, &mut space.x);
        isa.normalise(&mut space.x, count, &layer.norm1, &mut space.rows);
        isa.multiply(&space.rows, count, &layer.up, Finish::Gelu, &mut space.inner);
        isa.quantise(&space.inner, layer.up.padded, count, &mut space.wide);
        isa.multiply(&space.wide, count, &layer.down, Finish::Add, &mut space.x);
        isa.normalise(&mut space.x, count, &layer.norm2, &mut space.rows);
    }

    /// Runs the branch over sentences, given as ranges of rows of `mixed`; a longer sentence than a window is read in runs.
    /// The result has one row a sentence: the mean over its pieces.
    pub fn sentence_means(&self, mixed: &[f32], sentences: &[Range<usize>]) -> Vec<f32> {
        let (hidden, longest) = (self.hidden, self.window - 2);
        let cut = |range: &Range<usize>| {
            let end = range.end;
            range.clone().step_by(longest).map(move |start| start..end.min(start + longest))
        };
        let runs: Vec<(usize, Range<usize>)> =
            sentences.iter().enumerate().flat_map(|(at, range)| cut(range).map(move |run| (at, run))).collect();
        let mut space = self.space_for(&self.branch);
        let mut out = vec![0.0; sentences.len() * hidden];
        let mut rest = &runs[..];
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(Self::chunk(rest.iter().map(|(_, run)| run.len())));
            rest = after;
            let lengths: Vec<usize> = chunk.iter().map(|(_, run)| run.len()).collect();
            let mut rows = space.x.chunks_exact_mut(hidden);
            for (to, from) in rows.by_ref().zip(chunk.iter().flat_map(|(_, run)| run.clone())) {
                to.copy_from_slice(&mixed[from * hidden..][..hidden]);
            }
            self.isa.quantise(&space.x, hidden, lengths.iter().sum(), &mut space.rows);
            for layer in &self.branch {
                self.apply(layer, &lengths, &mut space);
            }
            let mut rows = space.x.chunks_exact(hidden);
            for (sentence, run) in chunk {
                let share = 1.0 / sentences[*sentence].len() as f32;
                for row in rows.by_ref().take(run.len()) {
                    self.isa.add_scaled(&mut out[sentence * hidden..][..hidden], row, share);
                }
            }
        }
        out
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
