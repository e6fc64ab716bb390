//! Random weights in the format of docs/WEIGHTS.md, for tests and benchmarks: deterministic, meaningless, of any size.

use crate::shape::CLASSES;
use crate::weights::FORMAT;
use crate::{Config, LemmaCase, LemmaScript, RoleBias};
use safetensors::tensor::{Dtype, TensorView};
use std::collections::{BTreeMap, HashMap};

/// A small model: width 64, two layers.
pub fn small() -> Config {
    sized(64, (2, 1), (128, 96), (32, 16, 16), 24)
}

/// A model of the real size.
pub fn full() -> Config {
    sized(384, (6, 2), (1536, 768), (192, 64, 96), 192)
}

fn sized(
    hidden: usize,
    (layers, branch_layers): (usize, usize),
    (ffn, branch_ffn): (usize, usize),
    (arc, lab, link): (usize, usize, usize),
    window: usize,
) -> Config {
    let list = |prefix: &str, n: usize| (0..n).map(|i| format!("{prefix}{i}")).collect::<Vec<_>>();
    let upos = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X";
    let kinds = "person organization group gpe location facility weapon vehicle event product norp other";
    let ner = kinds.split(' ').flat_map(|kind| [format!("B-{kind}"), format!("I-{kind}")]);
    let script = |case, cut_end, suffix: &str| LemmaScript {
        case,
        cut_start: 0,
        cut_end,
        prefix: String::new(),
        suffix: suffix.to_owned(),
        whole: None,
    };
    let mut deprels = list("dep", 49);
    deprels[0] = "root".to_owned();
    Config {
        name: "random".to_owned(),
        hidden,
        layers,
        branch_layers,
        branch_ffn,
        heads: hidden / 32,
        ffn,
        layer_norm_eps: 1e-12,
        window_pieces: window,
        overlap_pieces: window / 3,
        arc,
        lab,
        link,
        upos: upos.split(' ').map(str::to_owned).collect(),
        feats: list("Feature=Value", 90),
        deprels,
        lemma_scripts: (0..200).map(|n| script(LemmaCase::Lower, n % 4, ["", "e", "y"][n % 3])).collect(),
        ner: std::iter::once("O".to_owned()).chain(ner).collect(),
        entity: "none person organization place event object abstract time substance animal plant"
            .split(' ')
            .map(str::to_owned)
            .collect(),
        bias: RoleBias { source: 0.1, cue: -0.1, content: 0.2 },
    }
}

/// A file of random weights. The vocabulary holds all single letters, digits and marks of ASCII, and some short words.
///
/// # Panics
/// Never for the configurations above: all shapes are consistent.
pub fn file(config: &Config, seed: u64) -> Vec<u8> {
    let mut make = Maker { tensors: BTreeMap::new(), state: seed.wrapping_mul(2).wrapping_add(1) };
    let Config { hidden, ffn, branch_ffn, arc, lab, link, .. } = *config;
    let pieces = vocabulary();
    let count = pieces.lines().count();
    make.tensors.insert("vocab".to_owned(), (Dtype::U8, vec![pieces.len()], pieces.into_bytes()));
    make.quantised("embeddings.word", count, hidden, 0.05, false);
    make.floats("embeddings.position", &[512, hidden], 0.02, 0.0);
    make.floats("embeddings.shape", &[CLASSES, hidden], 0.02, 0.0);
    make.norm("embeddings.ln", hidden);
    for layer in 0..config.layers {
        make.layer(&format!("layer.{layer}"), hidden, ffn);
    }
    let inner = 128;
    let heads = [
        ("sentence", 1),
        ("upos", config.upos.len()),
        ("feats", config.feats.len()),
        ("lemma", config.lemma_scripts.len()),
        ("arc_dep", arc),
        ("arc_head", arc),
        ("lab_dep", lab),
        ("lab_head", lab),
        ("ner", config.ner.len()),
        ("source", 3),
        ("cue", 3),
        ("content", 3),
        ("link_from", link),
        ("link_to", link),
        ("link_none", 1),
        ("entity", config.entity.len()),
        ("factuality_hidden", inner),
        ("sentence_vector", hidden),
    ];
    for (head, n) in heads {
        make.quantised(&format!("head.{head}"), n, hidden, 1.0 / (hidden as f32).sqrt(), true);
    }
    make.quantised("head.factuality", 1, inner, 0.1, true);
    make.quantised("head.arc_u", arc, arc, 0.1, false);
    make.quantised("head.arc_v", 1, arc, 0.1, false);
    make.quantised("head.lab_u", config.deprels.len() * lab, lab, 0.1, false);
    make.quantised("head.lab_vd", config.deprels.len(), lab, 0.1, true);
    make.quantised("head.lab_vh", config.deprels.len(), lab, 0.1, false);
    make.floats("head.root", &[arc], 0.5, 0.5);
    make.floats("head.lab_root", &[lab], 0.5, 0.5);
    for (name, n) in [("ner", config.ner.len()), ("source", 3), ("cue", 3), ("content", 3)] {
        make.floats(&format!("crf.{name}.trans"), &[n, n], 0.5, 0.0);
        make.floats(&format!("crf.{name}.start"), &[n], 0.5, 0.0);
    }
    make.floats("branch.mix", &[config.layers + 1], 0.2, 0.3);
    for layer in 0..config.branch_layers {
        make.layer(&format!("branch.{layer}"), hidden, branch_ffn);
    }
    make.finish(config)
}

fn vocabulary() -> String {
    let mut pieces: Vec<String> = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].map(str::to_owned).to_vec();
    for c in '!'..='~' {
        if !c.is_ascii_uppercase() {
            pieces.push(c.to_string());
            pieces.push(format!("##{c}"));
        }
    }
    let words =
        "the a of to in and said that on for with town council river bridge minister report officials he she it";
    pieces.extend(words.split(' ').map(str::to_owned));
    pieces.extend(["##s", "##ed", "##ing", "##er"].map(str::to_owned));
    pieces.dedup();
    pieces.iter().map(|piece| format!("{piece}\n")).collect()
}

struct Maker {
    tensors: BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>,
    state: u64,
}

impl Maker {
    /// A number between -1 and 1, more often near 0.
    fn number(&mut self) -> f32 {
        let mut sum = 0.0;
        for _ in 0..3 {
            self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sum += (self.state >> 40) as f32 / 16_777_216.0;
        }
        sum / 1.5 - 1.0
    }

    fn floats(&mut self, name: &str, shape: &[usize], spread: f32, middle: f32) {
        let count = shape.iter().product::<usize>();
        let bytes = (0..count).flat_map(|_| (self.number() * spread + middle).to_le_bytes()).collect();
        self.tensors.insert(name.to_owned(), (Dtype::F32, shape.to_vec(), bytes));
    }

    fn norm(&mut self, name: &str, n: usize) {
        self.floats(&format!("{name}.weight"), &[n], 0.2, 1.0);
        self.floats(&format!("{name}.bias"), &[n], 0.1, 0.0);
    }

    fn layer(&mut self, name: &str, hidden: usize, ffn: usize) {
        for (part, n, k) in
            [("qkv", 3 * hidden, hidden), ("out", hidden, hidden), ("up", ffn, hidden), ("down", hidden, ffn)]
        {
            self.quantised(&format!("{name}.{part}"), n, k, 1.2 / (k as f32).sqrt(), true);
        }
        self.norm(&format!("{name}.ln1"), hidden);
        self.norm(&format!("{name}.ln2"), hidden);
    }

    fn quantised(&mut self, name: &str, n: usize, k: usize, spread: f32, bias: bool) {
        let bytes = (0..n * k).map(|_| (self.number() * 127.0) as i8 as u8).collect();
        self.tensors.insert(format!("{name}.q"), (Dtype::I8, vec![n, k], bytes));
        self.floats(&format!("{name}.scale"), &[n], spread / 635.0, spread / 127.0);
        if bias {
            self.floats(&format!("{name}.bias"), &[n], 0.1, 0.0);
        }
    }

    fn finish(self, config: &Config) -> Vec<u8> {
        let views = self.tensors.iter().map(|(name, (dtype, shape, bytes))| {
            (name.clone(), TensorView::new(*dtype, shape.clone(), bytes).expect("shapes are consistent"))
        });
        let config = serde_json::to_string(config).expect("a configuration can be written");
        let metadata = HashMap::from([("format".to_owned(), FORMAT.to_owned()), ("config".to_owned(), config)]);
        safetensors::serialize(views, Some(metadata)).expect("tensors can be written")
    }
}
