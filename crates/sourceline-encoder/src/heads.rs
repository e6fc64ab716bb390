//! The heads: word vectors in, scores and labels a word out.
//!
//! All heads that read a word vector are one matrix, so that the vector is quantised once and read once. What a head needs
//! at once is reduced at once (`argmax`); what the decoders need is kept.
//! Not here: decisions over several words (`decode`).

use crate::kernel::{Finish, Kernel, Packed, Rows};
use crate::network::pack;
use crate::weights::{Linear, Weights};
use crate::{Config, LoadError};
use std::ops::Range;

/// Words whose head scores are held at a time.
const BLOCK: usize = 96;
/// Heads whose label products are held at a time: 24 products of 50 labels by 64 stay in the second cache.
const LABEL_BLOCK: usize = 24;

/// Where each head's scores stand in the common matrix.
struct Columns {
    sentence: usize,
    upos: Range<usize>,
    feats: Range<usize>,
    lemma: Range<usize>,
    ner: Range<usize>,
    roles: Range<usize>,
    link_none: usize,
    entity: Range<usize>,
    arc_dep: Range<usize>,
    arc_head: Range<usize>,
    lab_dep: Range<usize>,
    lab_head: Range<usize>,
    link_from: Range<usize>,
    link_to: Range<usize>,
    factuality: Range<usize>,
}

/// The heads, packed for one path.
pub(crate) struct Heads<K: Kernel> {
    isa: K,
    hidden: usize,
    columns: Columns,
    common: Packed<K>,
    /// `arc_u` with `arc_v` as one more row.
    arc: Packed<K>,
    arc_root: Vec<f32>,
    lab_u: Packed<K>,
    lab_vd: Packed<K>,
    lab_vh: Packed<K>,
    lab_root: Vec<f32>,
    labels: usize,
    factuality: Vec<f32>,
    factuality_bias: f32,
    vector: Packed<K>,
}

/// What the heads say of each word of a part; rows are the words.
#[derive(Default)]
pub(crate) struct Scores {
    pub sentence: Vec<f32>,
    pub upos: Vec<u16>,
    pub feats: Vec<u16>,
    pub lemma: Vec<u16>,
    pub entity: Vec<u16>,
    pub factuality: Vec<f32>,
    pub ner: Vec<f32>,
    /// Nine numbers a word: O, B, I of source, cue, content.
    pub roles: Vec<f32>,
    pub link_none: Vec<f32>,
    pub link_from: Vec<f32>,
    pub link_to: Vec<f32>,
    arc_dep: Vec<f32>,
    arc_head: Vec<f32>,
    lab_dep: Vec<f32>,
    lab_head: Vec<f32>,
}

/// A dequantised row of a layer.
fn dequantised(layer: &Linear<'_>, row: usize) -> Vec<f32> {
    let bytes = &layer.rows[row * layer.k..][..layer.k];
    bytes.iter().map(|&q| f32::from(q) * layer.scales[row]).collect()
}

fn relu(values: &[f32], out: &mut Vec<f32>) {
    out.extend(values.iter().map(|&v| if v > 0.0 { v } else { 0.0 }));
}

/// Place of the largest value; the first one wins a tie.
pub(crate) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = at;
        }
    }
    best
}

/// Joins layers that read the same vector.
fn join<K: Kernel>(layers: &[Linear<'_>]) -> Packed<K> {
    let rows: Vec<i8> = layers.iter().flat_map(|layer| layer.rows).copied().collect();
    let scales: Vec<f32> = layers.iter().flat_map(|layer| &layer.scales).copied().collect();
    let bias: Vec<f32> = layers.iter().flat_map(|layer| &layer.bias).copied().collect();
    Packed::new(layers[0].k, &rows, &scales, &bias)
}

impl<K: Kernel> Heads<K> {
    /// Packs the heads of `weights`.
    pub fn new(isa: K, weights: &Weights<'_>) -> Result<Self, LoadError> {
        let (columns, common) = common(weights)?;
        let config = &weights.config;
        let (arc, lab, labels) = (config.arc, config.lab, config.deprels.len());
        let inner = weights.width("head.factuality_hidden")?;
        let last = weights.linear("head.factuality", 1, inner)?;
        Ok(Self {
            isa,
            hidden: config.hidden,
            columns,
            common,
            arc: join(&[weights.linear("head.arc_u", arc, arc)?, weights.linear("head.arc_v", 1, arc)?]),
            arc_root: weights.floats("head.root", &[arc])?,
            lab_u: pack(&weights.linear("head.lab_u", labels * lab, lab)?),
            lab_vd: pack(&weights.linear("head.lab_vd", labels, lab)?),
            lab_vh: pack(&weights.linear("head.lab_vh", labels, lab)?),
            lab_root: weights.floats("head.lab_root", &[lab])?,
            labels,
            factuality: dequantised(&last, 0),
            factuality_bias: last.bias[0],
            vector: pack(&weights.linear("head.sentence_vector", config.hidden, config.hidden)?),
        })
    }

    /// Reads the heads over `vectors`, one row a word.
    pub fn read(&self, vectors: &[f32]) -> Scores {
        let mut scores = Scores::default();
        let mut rows = Rows::new(BLOCK, self.hidden);
        let mut out = vec![0.0; BLOCK * self.common.padded];
        for block in vectors.chunks(BLOCK * self.hidden) {
            let count = block.len() / self.hidden;
            self.isa.quantise(block, self.hidden, count, &mut rows);
            self.isa.multiply(&rows, count, &self.common, Finish::Plain, &mut out);
            for row in out.chunks_exact(self.common.padded).take(count) {
                self.keep(row, &mut scores);
            }
        }
        scores
    }

    /// Takes from one word's scores what is needed later.
    fn keep(&self, row: &[f32], scores: &mut Scores) {
        let at = &self.columns;
        let best = |range: &Range<usize>| argmax(&row[range.clone()]) as u16;
        scores.sentence.push(row[at.sentence]);
        scores.upos.push(best(&at.upos));
        scores.feats.push(best(&at.feats));
        scores.lemma.push(best(&at.lemma));
        scores.entity.push(best(&at.entity));
        scores.ner.extend_from_slice(&row[at.ner.clone()]);
        scores.roles.extend_from_slice(&row[at.roles.clone()]);
        scores.link_none.push(row[at.link_none]);
        scores.link_from.extend_from_slice(&row[at.link_from.clone()]);
        scores.link_to.extend_from_slice(&row[at.link_to.clone()]);
        relu(&row[at.arc_dep.clone()], &mut scores.arc_dep);
        relu(&row[at.arc_head.clone()], &mut scores.arc_head);
        relu(&row[at.lab_dep.clone()], &mut scores.lab_dep);
        relu(&row[at.lab_head.clone()], &mut scores.lab_head);
        let mut inner = Vec::with_capacity(self.factuality.len());
        relu(&row[at.factuality.clone()], &mut inner);
        let mut sum = [0.0];
        self.isa.dots(&self.factuality, &inner, &mut sum);
        scores.factuality.push(sum[0] + self.factuality_bias);
    }

    /// Arc scores of a sentence: row d holds the score of each word as the head of word d, the last column that of ROOT.
    pub fn arcs(&self, scores: &Scores, sentence: Range<usize>) -> Vec<f32> {
        let (n, arc, padded) = (sentence.len(), self.arc_root.len(), self.arc.padded);
        let mut heads = scores.arc_head[sentence.start * arc..sentence.end * arc].to_vec();
        heads.extend_from_slice(&self.arc_root);
        let mut rows = Rows::new(n + 1, arc);
        self.isa.quantise(&heads, arc, n + 1, &mut rows);
        let mut product = vec![0.0; (n + 1) * padded];
        self.isa.multiply(&rows, n + 1, &self.arc, Finish::Plain, &mut product);
        for (row, head) in product.chunks_exact(padded).zip(heads.chunks_exact_mut(arc)) {
            head.copy_from_slice(&row[..arc]);
        }
        let mut out = vec![0.0; n * (n + 1)];
        for (word, out) in sentence.zip(out.chunks_exact_mut(n + 1)) {
            self.isa.dots(&scores.arc_dep[word * arc..][..arc], &heads, out);
            for (out, row) in out.iter_mut().zip(product.chunks_exact(padded)) {
                *out += row[arc];
            }
        }
        out
    }

    /// Relations of words to their heads (`None` is ROOT): for each word the scores of all labels go to `take`.
    pub fn labels(&self, scores: &Scores, heads: &[Option<u32>], mut take: impl FnMut(usize, &[f32])) {
        // Words with one head share the product with its vector, so they are taken head by head.
        let mut order: Vec<usize> = (0..heads.len()).collect();
        order.sort_by_key(|&word| heads[word]);
        let groups: Vec<&[usize]> = order.chunk_by(|&a, &b| heads[a] == heads[b]).collect();
        let lab = self.lab_root.len();
        let mut rows = Rows::new(LABEL_BLOCK, lab);
        let mut bilinear = vec![0.0; LABEL_BLOCK * self.lab_u.padded];
        let mut head_part = vec![0.0; LABEL_BLOCK * self.lab_vh.padded];
        let dep_part = self.dependant_part(scores, heads.len());
        let mut out = vec![0.0; self.labels];
        for block in groups.chunks(LABEL_BLOCK) {
            let vectors: Vec<f32> = block
                .iter()
                .flat_map(|group| match heads[group[0]] {
                    Some(head) => &scores.lab_head[head as usize * lab..][..lab],
                    None => &self.lab_root,
                })
                .copied()
                .collect();
            self.isa.quantise(&vectors, lab, block.len(), &mut rows);
            self.isa.multiply(&rows, block.len(), &self.lab_u, Finish::Plain, &mut bilinear);
            self.isa.multiply(&rows, block.len(), &self.lab_vh, Finish::Plain, &mut head_part);
            for (at, group) in block.iter().enumerate() {
                for &word in *group {
                    let product = &bilinear[at * self.lab_u.padded..];
                    self.isa.dots(&scores.lab_dep[word * lab..][..lab], product, &mut out);
                    let head = &head_part[at * self.lab_vh.padded..];
                    let dep = &dep_part[word * self.lab_vd.padded..];
                    for ((out, head), dep) in out.iter_mut().zip(head).zip(dep) {
                        *out += head + dep;
                    }
                    take(word, &out);
                }
            }
        }
    }

    fn dependant_part(&self, scores: &Scores, words: usize) -> Vec<f32> {
        let lab = self.lab_root.len();
        let mut rows = Rows::new(words, lab);
        self.isa.quantise(&scores.lab_dep, lab, words, &mut rows);
        let mut out = vec![0.0; words * self.lab_vd.padded];
        self.isa.multiply(&rows, words, &self.lab_vd, Finish::Plain, &mut out);
        out
    }

    /// Score of a link from word `from` to each of the words `to`.
    pub fn links(&self, scores: &Scores, from: usize, to: &[usize]) -> Vec<f32> {
        let link = self.columns.link_from.len();
        let rows: Vec<f32> = to.iter().flat_map(|&to| &scores.link_to[to * link..][..link]).copied().collect();
        let mut out = vec![0.0; to.len()];
        self.isa.dots(&scores.link_from[from * link..][..link], &rows, &mut out);
        out
    }

    /// Unit vectors of sentences from the branch's means, one row a sentence.
    pub fn sentence_vectors(&self, means: &[f32]) -> Vec<Vec<f32>> {
        let mut out = vec![0.0; means.len() / self.hidden * self.vector.padded];
        let mut rows = Rows::new(BLOCK, self.hidden);
        for (block, out) in means.chunks(BLOCK * self.hidden).zip(out.chunks_mut(BLOCK * self.vector.padded)) {
            let count = block.len() / self.hidden;
            self.isa.quantise(block, self.hidden, count, &mut rows);
            self.isa.multiply(&rows, count, &self.vector, Finish::Plain, out);
        }
        out.chunks_exact(self.vector.padded).map(|row| self.unit(&row[..self.hidden])).collect()
    }

    fn unit(&self, row: &[f32]) -> Vec<f32> {
        let mut square = [0.0];
        self.isa.dots(row, row, &mut square);
        let length = square[0].sqrt().max(1e-12);
        row.iter().map(|value| value / length).collect()
    }
}

/// Joins the heads that read a word vector and says where each stands.
fn common<K: Kernel>(weights: &Weights<'_>) -> Result<(Columns, Packed<K>), LoadError> {
    let Config { hidden, arc, lab, link, .. } = weights.config;
    let config = &weights.config;
    let mut layers = Vec::new();
    let mut at = 0;
    let mut add = |name: &str, n: usize| -> Result<Range<usize>, LoadError> {
        layers.push(weights.linear(&format!("head.{name}"), n, hidden)?);
        at += n;
        Ok(at - n..at)
    };
    let columns = Columns {
        sentence: add("sentence", 1)?.start,
        upos: add("upos", config.upos.len())?,
        feats: add("feats", config.feats.len())?,
        lemma: add("lemma", config.lemma_scripts.len())?,
        ner: add("ner", config.ner.len())?,
        roles: add("source", 3)?.start..add("cue", 3)?.end + add("content", 3)?.len(),
        link_none: add("link_none", 1)?.start,
        entity: add("entity", config.entity.len())?,
        arc_dep: add("arc_dep", arc)?,
        arc_head: add("arc_head", arc)?,
        lab_dep: add("lab_dep", lab)?,
        lab_head: add("lab_head", lab)?,
        link_from: add("link_from", link)?,
        link_to: add("link_to", link)?,
        factuality: add("factuality_hidden", weights.width("head.factuality_hidden")?)?,
    };
    Ok((columns, join(&layers)))
}
