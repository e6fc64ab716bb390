//! The encoder: words in, labels out.
//!
//! In: parts (runs of whole paragraphs of one document) as words with what stands before them. Out: labels of the words,
//! sentences, trees, names, attribution spans. The result depends on the part alone: not on the path, the number of
//! threads, or what else is read in the same call.

use crate::decode::{Bio, Span, Transitions, spans, tree};
use crate::heads::{Heads, Scores};
use crate::kernel::Kernel;
use crate::kernel::{Isa, portable::Portable};
#[cfg(target_arch = "x86_64")]
use crate::kernel::{avx2::Avx2, avx512::Avx512};
use crate::labels::{Labels, Options, Role, RoleLabel, WordLabel};
use crate::network::{Network, Pieces};
use crate::plan::Plan;
use crate::shape::{self, Space};
use crate::weights::Weights;
use crate::windows::{Sizes, windows};
use crate::wordpiece::Vocabulary;
use crate::{Config, LoadError};
use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

/// Longest sentence that is cut out of raw text. Longer runs are tables and junk; a tree over them would cost the square.
const MAX_SENTENCE: usize = 400;

/// A word as the encoder takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its form.
    pub form: &'a str,
    /// What stands before it.
    pub space: Space,
}

/// A run of whole paragraphs of one document.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Its words. The first one counts as the first of a paragraph.
    pub words: &'a [Word<'a>],
    /// First words of its sentences when they are known (in order, the first is 0); otherwise the encoder finds them.
    pub sentences: Option<&'a [usize]>,
}

/// Instruction sets to compute with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Instructions {
    /// The fastest that this machine has.
    #[default]
    Best,
    /// AVX-512 with VNNI.
    Avx512,
    /// AVX2 with FMA.
    Avx2,
    /// Plain Rust.
    Portable,
}

/// A loaded model. Cheap to share between threads, not to copy.
pub struct Encoder {
    file: Cow<'static, [u8]>,
    config: Config,
    digest: String,
    vocabulary: Vocabulary,
    rules: Rules,
    body: Body,
}

/// What the network says of parts.
struct States {
    /// For each part one row a word: the last layer.
    words: Vec<Vec<f32>>,
    /// One row a piece, of all parts after each other: what the branch reads, where it is asked for.
    pieces: Option<Vec<f32>>,
}

/// What the decoders need besides scores.
struct Rules {
    ner: Transitions,
    /// Outside, beginning or inside of which name type, for each tag.
    ner_tags: Vec<Bio>,
    names: Vec<String>,
    roles: [Transitions; 3],
    bias: [f32; 3],
    root_label: Option<usize>,
}

enum Body {
    #[cfg(target_arch = "x86_64")]
    Avx512(Box<Model<Avx512>>),
    #[cfg(target_arch = "x86_64")]
    Avx2(Box<Model<Avx2>>),
    Portable(Box<Model<Portable>>),
}

struct Model<K: Kernel> {
    network: Network<K>,
    heads: Heads<K>,
}

impl<K: Kernel> Model<K> {
    fn new(isa: K, weights: &Weights<'_>, file: &[u8], vocabulary: usize) -> Result<Box<Self>, LoadError> {
        let network = Network::new(isa, weights, file, vocabulary)?;
        Ok(Box::new(Self { network, heads: Heads::new(isa, weights)? }))
    }
}

impl Body {
    fn new(path: Instructions, weights: &Weights<'_>, file: &[u8], vocabulary: usize) -> Result<Self, LoadError> {
        #[cfg(target_arch = "x86_64")]
        {
            if let (Instructions::Best | Instructions::Avx512, Some(isa)) = (path, Avx512::detect()) {
                return Ok(Self::Avx512(Model::new(isa, weights, file, vocabulary)?));
            }
            if let (Instructions::Best | Instructions::Avx2, Some(isa)) = (path, Avx2::detect()) {
                return Ok(Self::Avx2(Model::new(isa, weights, file, vocabulary)?));
            }
        }
        match (path, Portable::detect()) {
            (Instructions::Best | Instructions::Portable, Some(isa)) => {
                Ok(Self::Portable(Model::new(isa, weights, file, vocabulary)?))
            }
            (Instructions::Avx512, _) => Err(LoadError::Kernel { kernel: "AVX-512 VNNI" }),
            _ => Err(LoadError::Kernel { kernel: "AVX2" }),
        }
    }
}

impl Encoder {
    /// Loads a model from the bytes of a weights file, for the fastest path of this machine.
    ///
    /// # Errors
    /// When the bytes are not a whole weights file of the known format.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, LoadError> {
        Self::load(bytes, Instructions::Best, None)
    }

    /// Loads a model from a file; with `digest`, its SHA-256 must be that (lower-case hex).
    ///
    /// # Errors
    /// When the file cannot be read, is not a whole weights file of the known format, or has another digest.
    pub fn from_file(path: impl AsRef<Path>, digest: Option<&str>) -> Result<Self, LoadError> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
        Self::load(bytes, Instructions::Best, digest)
    }

    /// Loads a model for a given path; with `digest`, the file's SHA-256 must be that (lower-case hex).
    ///
    /// # Errors
    /// As [`Encoder::from_bytes`]; also when the machine lacks the path, or the digest differs.
    pub fn load(
        bytes: impl Into<Cow<'static, [u8]>>,
        path: Instructions,
        digest: Option<&str>,
    ) -> Result<Self, LoadError> {
        let file = bytes.into();
        let weights = Weights::open(&file, digest)?;
        let vocabulary = Vocabulary::new(weights.vocabulary()?)?;
        let body = Body::new(path, &weights, &file, vocabulary.size)?;
        let rules = Rules::new(&weights)?;
        let (config, digest) = (weights.config, weights.digest);
        Ok(Self { file, config, digest, vocabulary, rules, body })
    }

    /// Sizes and label inventories.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Types of names, which [`crate::NameLabel::kind`] counts.
    pub fn name_kinds(&self) -> &[String] {
        &self.rules.names
    }

    /// Hex SHA-256 of the weights file.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The path that is used.
    pub fn path(&self) -> &'static str {
        match &self.body {
            #[cfg(target_arch = "x86_64")]
            Body::Avx512(_) => Avx512::NAME,
            #[cfg(target_arch = "x86_64")]
            Body::Avx2(_) => Avx2::NAME,
            Body::Portable(_) => Portable::NAME,
        }
    }

    /// Ids of the word pieces of a word.
    pub fn pieces(&self, word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        self.vocabulary.pieces(word, &mut out);
        out
    }

    /// Cuts a long document into parts of about `words` words that can be read one by one with the same result as the
    /// whole. A paragraph is cut only when it alone has more than eight times as many words.
    pub fn parts(&self, document: &[Word<'_>], words: usize) -> Vec<Range<usize>> {
        let words = words.max(1);
        let mut out = Vec::new();
        let mut start = 0;
        let plan = self.plan(document, words * 8);
        for window in &plan.windows {
            let ends_paragraph = plan.paragraphs.binary_search(&window.words.end).is_ok();
            let ends = window.words.end == document.len() || (ends_paragraph && window.owned.end == window.words.end);
            if ends && (window.words.end - start >= words || window.words.end == document.len()) {
                out.push(start..window.words.end);
                start = window.words.end;
            }
        }
        out
    }

    /// Reads parts. The result has one entry a part.
    pub fn read(&self, parts: &[Part<'_>], options: Options) -> Vec<Labels> {
        match &self.body {
            #[cfg(target_arch = "x86_64")]
            Body::Avx512(model) => self.read_with(model, parts, options),
            #[cfg(target_arch = "x86_64")]
            Body::Avx2(model) => self.read_with(model, parts, options),
            Body::Portable(model) => self.read_with(model, parts, options),
        }
    }

    /// Vectors of the words of one part, row by row, as the heads see them.
    pub fn vectors(&self, words: &[Word<'_>]) -> Vec<f32> {
        let plans = [self.plan(words, usize::MAX)];
        let states = match &self.body {
            #[cfg(target_arch = "x86_64")]
            Body::Avx512(model) => self.states(&model.network, &plans, false),
            #[cfg(target_arch = "x86_64")]
            Body::Avx2(model) => self.states(&model.network, &plans, false),
            Body::Portable(model) => self.states(&model.network, &plans, false),
        };
        states.words.into_iter().next().unwrap_or_default()
    }

    fn plan(&self, words: &[Word<'_>], longest_paragraph: usize) -> Plan {
        let mut plan = Plan::default();
        let mut paragraph = 0;
        for (index, word) in words.iter().enumerate() {
            if index == 0 || word.space == Space::Paragraph || index - paragraph >= longest_paragraph {
                plan.paragraphs.push(index);
                paragraph = index;
            }
            self.vocabulary.pieces(word.form, &mut plan.ids);
            plan.ends.push(plan.ids.len());
            plan.shapes.push(shape::class(word.form, word.space) as u8);
        }
        let sizes = Sizes { window: self.config.window_pieces - 2, overlap: self.config.overlap_pieces };
        plan.windows = windows(&plan.ends, &plan.paragraphs, sizes);
        plan
    }

    fn read_with<K: Kernel>(&self, model: &Model<K>, parts: &[Part<'_>], options: Options) -> Vec<Labels> {
        let plans: Vec<Plan> = parts.iter().map(|part| self.plan(part.words, usize::MAX)).collect();
        let states = self.states(&model.network, &plans, options.sentence_vectors);
        let read = parts.iter().zip(&plans).zip(&states.words);
        let mut labels: Vec<Labels> =
            read.map(|((part, plan), words)| self.label(&model.heads, part, plan, words)).collect();
        if let Some(pieces) = &states.pieces {
            let mut sentences = Vec::new();
            let mut base = 0;
            for (plan, labels) in plans.iter().zip(&labels) {
                sentences.extend(labels.sentences.iter().map(|words| plan.pieces_of(words, base)));
                base += plan.ids.len();
            }
            let mut vectors =
                model.heads.sentence_vectors(&model.network.sentence_means(pieces, &sentences)).into_iter();
            for labels in &mut labels {
                labels.vectors = vectors.by_ref().take(labels.sentences.len()).collect();
            }
        }
        labels
    }

    /// Runs the network over all windows of all parts; with `branch`, keeps what the branch reads.
    fn states<K: Kernel>(&self, network: &Network<K>, plans: &[Plan], branch: bool) -> States {
        let hidden = self.config.hidden;
        let mut words: Vec<Vec<f32>> = plans.iter().map(|plan| vec![0.0; plan.ends.len() * hidden]).collect();
        let pieces = plans.iter().map(|plan| plan.ids.len() * hidden);
        let bases: Vec<usize> = pieces.clone().scan(0, |sum, n| Some(std::mem::replace(sum, *sum + n))).collect();
        let mut pieces = branch.then(|| vec![0.0; pieces.sum()]);
        let all: Vec<(usize, usize)> =
            plans.iter().enumerate().flat_map(|(p, plan)| (0..plan.windows.len()).map(move |w| (p, w))).collect();
        let mut space = network.space();
        let mut rest = &all[..];
        while !rest.is_empty() {
            let count = Network::<K>::chunk(rest.iter().map(|&(p, w)| plans[p].pieces(&plans[p].windows[w]).len() + 2));
            let (chunk, after) = rest.split_at(count);
            rest = after;
            let (ids, shapes, lengths) = self.pack_windows(plans, chunk);
            let mut windows = Vec::with_capacity(chunk.len());
            let mut at = 0;
            for &length in &lengths {
                windows.push(Pieces { ids: &ids[at..at + length], shapes: &shapes[at..at + length] });
                at += length;
            }
            network.forward(&self.file, &windows, branch, &mut space);
            let mut at = 0;
            for (&(p, w), length) in chunk.iter().zip(lengths) {
                let window = &plans[p].windows[w];
                plans[p].means(window, &space.x[at * hidden..], hidden, &mut words[p]);
                if let Some(pieces) = &mut pieces {
                    plans[p].keep(window, &space.mixed[at * hidden..], hidden, &mut pieces[bases[p]..]);
                }
                at += length;
            }
        }
        States { words, pieces }
    }

    /// Ids, shape classes and lengths of windows, with their marks.
    fn pack_windows(&self, plans: &[Plan], chunk: &[(usize, usize)]) -> (Vec<u32>, Vec<u8>, Vec<usize>) {
        let (mut ids, mut shapes, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        for &(p, w) in chunk {
            let plan = &plans[p];
            let window = &plan.windows[w];
            let before = ids.len();
            ids.push(self.vocabulary.first);
            shapes.push(0);
            ids.extend_from_slice(&plan.ids[plan.pieces(window)]);
            for word in window.words.clone() {
                shapes.resize(shapes.len() + plan.ends[word] - plan.start(word), plan.shapes[word]);
            }
            ids.push(self.vocabulary.last);
            shapes.push(0);
            lengths.push(ids.len() - before);
        }
        (ids, shapes, lengths)
    }

    /// Everything but the sentence vectors.
    fn label<K: Kernel>(&self, heads: &Heads<K>, part: &Part<'_>, plan: &Plan, vectors: &[f32]) -> Labels {
        let scores = heads.read(vectors);
        let starts = match part.sentences {
            Some(starts) => starts.to_vec(),
            None => sentence_starts(&scores.sentence, part.words),
        };
        let sentences = ranges(&starts, part.words.len());
        let mut words: Vec<WordLabel> = (0..part.words.len()).map(|word| self.word(&scores, word, part)).collect();
        let mut tops = vec![None; words.len()];
        for sentence in &sentences {
            let arcs = heads.arcs(&scores, sentence.clone());
            for (word, head) in sentence.clone().zip(tree(sentence.len(), &arcs)) {
                tops[word] = head.map(|head| head + sentence.start as u32);
            }
        }
        heads.labels(&scores, &tops, |word, labels| words[word].deprel = self.rules.relation(labels, tops[word]));
        for (word, head) in words.iter_mut().zip(tops) {
            word.head = head.map(|head| head as usize);
        }
        let mut labels = Labels { words, sentences, ..Labels::default() };
        for run in plan.runs() {
            self.rules.names(&scores, run.clone(), &mut labels);
            self.rules.roles(heads, &scores, run, &mut labels);
        }
        labels
    }

    fn word(&self, scores: &Scores, word: usize, part: &Part<'_>) -> WordLabel {
        WordLabel {
            upos: usize::from(scores.upos[word]),
            feats: usize::from(scores.feats[word]),
            lemma: self.config.lemma_scripts[usize::from(scores.lemma[word])].apply(part.words[word].form),
            head: None,
            deprel: 0,
            entity: usize::from(scores.entity[word]),
            factuality: scores.factuality[word],
        }
    }
}

fn ranges(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(|range| !range.is_empty()).collect()
}

/// First words of sentences: where the head says so, at paragraphs, and where a run would grow too long.
fn sentence_starts(scores: &[f32], words: &[Word<'_>]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let start = out.last().copied().unwrap_or(0);
        if index == 0 || word.space == Space::Paragraph || scores[index] > 0.0 || follows_stop(words, index) {
            out.push(index);
        } else if index - start >= MAX_SENTENCE {
            let half = start + MAX_SENTENCE / 2;
            out.push(half + crate::heads::argmax(&scores[half..=index]));
        }
    }
    out
}

/// Whether a word follows a full stop that stands by itself (that of an abbreviation is part of its word), a closing quotation mark
/// between them or not, and is written as the first of a sentence: there the text itself says what the head may miss.
fn follows_stop(words: &[Word<'_>], index: usize) -> bool {
    let form = |at: usize| words.get(at).map_or("", |word| word.form);
    let spaced = words[index].space != Space::Glued;
    let opens = form(index).starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '«'));
    let quoted = |at: usize| {
        at > 0 && matches!(form(at), "”" | "\"" | "»") && words[at].space == Space::Glued && form(at - 1) == "."
    };
    spaced && opens && index.checked_sub(1).is_some_and(|before| form(before) == "." || quoted(before))
}

impl Rules {
    fn new(weights: &Weights<'_>) -> Result<Self, LoadError> {
        let config = &weights.config;
        let transitions = |name: &str, n: usize| -> Result<Transitions, LoadError> {
            let steps = weights.floats(&format!("crf.{name}.trans"), &[n, n])?;
            Ok(Transitions::new(steps, weights.floats(&format!("crf.{name}.start"), &[n])?))
        };
        let mut names: Vec<String> = Vec::new();
        let mut kind = |name: &str| match names.iter().position(|known| known == name) {
            Some(at) => at,
            None => {
                names.push(name.to_owned());
                names.len() - 1
            }
        };
        let ner_tags = config.ner.iter().map(|tag| match tag.split_once('-') {
            Some(("B", name)) => Bio::Begin(kind(name)),
            Some((_, name)) => Bio::Inside(kind(name)),
            None => Bio::Outside,
        });
        Ok(Self {
            ner_tags: ner_tags.collect(),
            ner: transitions("ner", config.ner.len())?,
            names,
            roles: [transitions("source", 3)?, transitions("cue", 3)?, transitions("content", 3)?],
            bias: [config.bias.source, config.bias.cue, config.bias.content],
            root_label: config.deprels.iter().position(|label| label == "root"),
        })
    }

    /// The best relation; `root` goes to the root and to nothing else.
    fn relation(&self, labels: &[f32], head: Option<u32>) -> usize {
        match (self.root_label, head) {
            (Some(root), None) => root,
            (Some(root), Some(_)) if crate::heads::argmax(labels) == root => {
                let mut others = labels.to_vec();
                others[root] = f32::NEG_INFINITY;
                crate::heads::argmax(&others)
            }
            _ => crate::heads::argmax(labels),
        }
    }

    fn names(&self, scores: &Scores, run: Range<usize>, labels: &mut Labels) {
        let n = self.ner_tags.len();
        let tags = self.ner.best(run.len(), |word, tag| scores.ner[(run.start + word) * n + tag]);
        for Span { start, end, kind } in spans(tags.into_iter().map(|tag| self.ner_tags[tag])) {
            let words = run.start + start..run.start + end;
            let likelihoods = self.likelihoods(&scores.ner, words.clone());
            labels.names.push(crate::NameLabel { words, kind, likelihoods });
        }
    }

    /// How likely each kind is for the name `words`, by the scores of their tags.
    fn likelihoods(&self, scores: &[f32], words: Range<usize>) -> Vec<f32> {
        let mut sums = vec![0.0_f32; self.names.len()];
        for (at, row) in scores.chunks_exact(self.ner_tags.len()).enumerate().take(words.end).skip(words.start) {
            for (tag, score) in self.ner_tags.iter().zip(row) {
                match *tag {
                    Bio::Begin(kind) if at == words.start => sums[kind] += score,
                    Bio::Inside(kind) if at > words.start => sums[kind] += score,
                    _ => {}
                }
            }
        }
        let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let whole = most + sums.iter().map(|sum| (sum - most).exp()).sum::<f32>().ln();
        sums.iter().map(|sum| sum - whole).collect()
    }

    fn roles<K: Kernel>(&self, heads: &Heads<K>, scores: &Scores, run: Range<usize>, labels: &mut Labels) {
        let mut found: Vec<RoleLabel> = Vec::new();
        for (at, role) in [Role::Source, Role::Cue, Role::Content].into_iter().enumerate() {
            let score = |word: usize, tag: usize| {
                let bias = if tag == 0 { 0.0 } else { self.bias[at] };
                scores.roles[(run.start + word) * 9 + at * 3 + tag] + bias
            };
            let tags = self.roles[at].best(run.len(), score);
            let bio = tags.into_iter().map(|tag| [Bio::Outside, Bio::Begin(0), Bio::Inside(0)][tag]);
            for Span { start, end, .. } in spans(bio) {
                found.push(RoleLabel { role, words: run.start + start..run.start + end, cue: None });
            }
        }
        found.sort_by_key(|span| (span.words.start, span.words.end, span.role));
        link(heads, scores, &mut found);
        let base = labels.roles.len();
        for span in &mut found {
            span.cue = span.cue.map(|cue| cue + base);
        }
        labels.roles.append(&mut found);
    }
}

/// Points sources and contents to their cues.
fn link<K: Kernel>(heads: &Heads<K>, scores: &Scores, found: &mut [RoleLabel]) {
    let cues: Vec<usize> = (0..found.len()).filter(|&at| found[at].role == Role::Cue).collect();
    let words: Vec<usize> = cues.iter().map(|&at| found[at].words.start).collect();
    if cues.is_empty() {
        return;
    }
    for span in found.iter_mut().filter(|span| span.role != Role::Cue) {
        let links = heads.links(scores, span.words.start, &words);
        let best = crate::heads::argmax(&links);
        span.cue = (links[best] >= scores.link_none[span.words.start]).then_some(cues[best]);
    }
}
