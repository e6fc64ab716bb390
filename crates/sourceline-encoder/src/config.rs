//! The configuration inside a weights file.

use crate::LoadError;
use serde::{Deserialize, Serialize};

/// Sizes and label inventories of a model, as docs/WEIGHTS.md defines them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Name of the model.
    pub name: String,
    /// Width of the vectors.
    pub hidden: usize,
    /// Number of layers.
    pub layers: usize,
    /// Number of layers of the branch for sentence vectors.
    pub branch_layers: usize,
    /// Width inside the feed-forward part of the branch.
    pub branch_ffn: usize,
    /// Attention heads a layer.
    pub heads: usize,
    /// Width inside the feed-forward part.
    pub ffn: usize,
    /// Epsilon of the layer normalisations.
    pub layer_norm_eps: f32,
    /// Most pieces in a window, with `[CLS]` and `[SEP]`.
    pub window_pieces: usize,
    /// Pieces that neighbouring windows of one paragraph share.
    pub overlap_pieces: usize,
    /// Width of the arc space.
    pub arc: usize,
    /// Width of the label space.
    pub lab: usize,
    /// Width of the link space.
    pub link: usize,
    /// Parts of speech.
    pub upos: Vec<String>,
    /// UD FEATS strings.
    pub feats: Vec<String>,
    /// Relations.
    pub deprels: Vec<String>,
    /// Edit scripts from form to lemma.
    pub lemma_scripts: Vec<LemmaScript>,
    /// BIO tags of names.
    pub ner: Vec<String>,
    /// What a mention's head stands for; class 0 is none.
    pub entity: Vec<String>,
    /// Added to the B and I scores of the attribution roles.
    #[serde(default)]
    pub bias: RoleBias,
}

/// Added to the B and I scores of each role.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RoleBias {
    /// For sources.
    pub source: f32,
    /// For cues.
    pub cue: f32,
    /// For contents.
    pub content: f32,
}

/// Makes a lemma from a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LemmaScript {
    /// `keep` or `lower`.
    pub case: LemmaCase,
    /// Characters cut from the start.
    pub cut_start: usize,
    /// Characters cut from the end.
    pub cut_end: usize,
    /// Added before.
    pub prefix: String,
    /// Added after.
    pub suffix: String,
    /// Replaces everything.
    pub whole: Option<String>,
}

/// What a script does with capitals before it cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LemmaCase {
    /// Keeps them.
    Keep,
    /// Lower-cases the form.
    Lower,
}

impl LemmaScript {
    /// The lemma of `form`; the form itself when the script does not fit.
    pub fn apply(&self, form: &str) -> String {
        if let Some(whole) = &self.whole {
            return whole.clone();
        }
        let lowered = match self.case {
            LemmaCase::Keep => form.to_owned(),
            LemmaCase::Lower => form.to_lowercase(),
        };
        let length = lowered.chars().count();
        let cut = self.cut_start + self.cut_end;
        let adds = !self.prefix.is_empty() || !self.suffix.is_empty();
        if cut > length || (cut == length && !adds) {
            return form.to_owned();
        }
        let rest = lowered.chars().skip(self.cut_start).take(length - cut);
        self.prefix.chars().chain(rest).chain(self.suffix.chars()).collect()
    }
}

impl Config {
    /// Rejects sizes that the kernels cannot run or that cannot be meant.
    pub(crate) fn check(&self) -> Result<(), LoadError> {
        let impossible = |why: String| Err(LoadError::Impossible { why });
        let sizes = [
            ("hidden", self.hidden),
            ("ffn", self.ffn),
            ("branch_ffn", self.branch_ffn),
            ("arc", self.arc),
            ("lab", self.lab),
            ("link", self.link),
        ];
        for (name, size) in sizes {
            if size == 0 || size > 1 << 14 || !size.is_multiple_of(16) {
                return impossible(format!("{name} is {size}, not a multiple of 16 up to 16384"));
            }
        }
        if self.layers == 0 || self.layers > 64 || self.branch_layers > 64 || self.heads * 32 != self.hidden {
            let Self { layers, branch_layers, heads, hidden, .. } = self;
            return impossible(format!("{layers} and {branch_layers} layers of {heads} heads for width {hidden}"));
        }
        if !(8..=512).contains(&self.window_pieces) || self.overlap_pieces * 2 >= self.window_pieces {
            return impossible(format!("windows of {} with {} shared", self.window_pieces, self.overlap_pieces));
        }
        let bio = self.ner.first().is_some_and(|tag| tag == "O")
            && self.ner[1..].iter().all(|tag| tag.starts_with("B-") || tag.starts_with("I-"));
        if !bio {
            return impossible("the name tags are not O, B-… and I-…".to_owned());
        }
        let lists =
            [self.upos.len(), self.feats.len(), self.deprels.len(), self.lemma_scripts.len(), self.entity.len()];
        if lists.iter().any(|&n| n == 0 || n > usize::from(u16::MAX)) {
            return impossible("a label inventory is empty or too long".to_owned());
        }
        Ok(())
    }
}
