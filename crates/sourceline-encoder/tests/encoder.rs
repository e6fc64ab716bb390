//! The encoder against a plain float forward pass, path against path, and against bad files.

use proptest::prelude::*;
use safetensors::SafeTensors;
use sourceline_encoder::{Config, Encoder, Instructions, Labels, LoadError, Options, Part, Space, Word, fixture};
use std::ops::Range;

const TEXT: &str = "The council said that officials of the town report on a bridge . \
    \n He said : the River is for it , and she runs with the minister to it ... 12,5 of U.S. tons \
    \n the bridge in the town";

/// Words of a text; a line break starts a paragraph.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        for (at, form) in line.split_whitespace().enumerate() {
            out.push(Word { form, space: if at == 0 { Space::Paragraph } else { Space::Blank } });
        }
    }
    out
}

fn encoder(file: &[u8], path: Instructions) -> Option<Encoder> {
    match Encoder::load(file.to_vec(), path, None) {
        Ok(encoder) => Some(encoder),
        Err(LoadError::Kernel { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

fn read(encoder: &Encoder, words: &[Word<'_>]) -> Labels {
    encoder.read(&[Part { words, sentences: None }], Options::default()).remove(0)
}

#[test]
fn all_paths_give_the_same_bits() {
    for (config, seed) in [(fixture::small(), 1), (fixture::small(), 2), (fixture::full(), 3)] {
        let file = fixture::file(&config, seed);
        let words = words(TEXT);
        let portable = encoder(&file, Instructions::Portable).expect("every machine has the portable path");
        let (vectors, labels) = (portable.vectors(&words), read(&portable, &words));
        for path in [Instructions::Avx2, Instructions::Avx512] {
            let Some(other) = encoder(&file, path) else { continue };
            let same = other.vectors(&words).iter().zip(&vectors).all(|(a, b)| a.to_bits() == b.to_bits());
            assert!(same, "{} differs from portable", other.path());
            assert_eq!(read(&other, &words), labels, "{}", other.path());
        }
    }
}

#[test]
fn vectors_are_those_of_a_float_forward_pass() {
    for (config, seed, least) in [(fixture::small(), 5, 0.99), (fixture::full(), 6, 0.99)] {
        let file = fixture::file(&config, seed);
        let encoder = Encoder::from_bytes(file.clone()).expect("the fixture is whole");
        let words = &words(TEXT)[..13];
        let found = encoder.vectors(words);
        let expected = Reference::new(&file, &config).vectors(&encoder, words);
        for (found, expected) in found.chunks(config.hidden).zip(expected.chunks(config.hidden)) {
            let cosine = cosine(found, expected);
            assert!(cosine > least, "cosine {cosine}");
        }
    }
}

#[test]
fn sentence_vectors_are_those_of_a_float_branch() {
    for (config, seed) in [(fixture::small(), 5), (fixture::full(), 6)] {
        let file = fixture::file(&config, seed);
        let encoder = Encoder::from_bytes(file.clone()).expect("the fixture is whole");
        let words = &words(TEXT)[..13];
        let part = Part { words, sentences: Some(&[0, 4, 12]) };
        let labels = encoder.read(&[part], Options::default()).remove(0);
        let reference = Reference::new(&file, &config);
        for (range, found) in [0..4, 4..12, 12..13].into_iter().zip(&labels.vectors) {
            let cosine = cosine(found, &reference.sentence(&encoder, words, range));
            assert!(cosine > 0.99, "cosine {cosine}");
            assert!((found.iter().map(|v| v * v).sum::<f32>() - 1.0).abs() < 1e-4);
        }
    }
}

#[test]
fn a_sentence_vector_does_not_depend_on_how_the_rest_is_cut() {
    let encoder = Encoder::from_bytes(fixture::file(&fixture::small(), 4)).expect("the fixture is whole");
    let text = "the council said that officials of the town report on a bridge ".repeat(9);
    let words = words(&text);
    let vectors = |sentences: &[usize]| {
        encoder.read(&[Part { words: &words, sentences: Some(sentences) }], Options::default()).remove(0).vectors
    };
    // The second sentence is longer than a window, and windows end inside of it.
    let (one, other) = (vectors(&[0, 7, 60, 80]), vectors(&[0, 7, 60, 66, 80, 93]));
    assert_eq!((one.len(), other.len()), (4, 6));
    assert_eq!(one[..2], other[..2]);
    assert_ne!(one[2], other[2]);
    assert!(one.iter().all(|vector| (vector.iter().map(|v| v * v).sum::<f32>() - 1.0).abs() < 1e-4));
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// The network in plain floats, straight from docs/WEIGHTS.md.
struct Reference<'a> {
    tensors: SafeTensors<'a>,
    config: &'a Config,
}

impl<'a> Reference<'a> {
    fn new(file: &'a [u8], config: &'a Config) -> Self {
        Self { tensors: SafeTensors::deserialize(file).expect("the fixture is whole"), config }
    }

    fn floats(&self, name: &str) -> Vec<f32> {
        let data = self.tensors.tensor(name).expect("the tensor is there").data();
        data.chunks(4).map(|b| f32::from_le_bytes(b.try_into().expect("four bytes"))).collect()
    }

    fn matrix(&self, name: &str) -> Vec<Vec<f32>> {
        let tensor = self.tensors.tensor(&format!("{name}.q")).expect("the tensor is there");
        let scales = self.floats(&format!("{name}.scale"));
        let rows = tensor.data().chunks(tensor.shape()[1]).zip(scales);
        rows.map(|(row, scale)| row.iter().map(|&q| f32::from(q as i8) * scale).collect()).collect()
    }

    fn linear(&self, name: &str, x: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let (matrix, bias) = (self.matrix(name), self.floats(&format!("{name}.bias")));
        let row = |x: &Vec<f32>| {
            let sums = matrix.iter().map(|w| w.iter().zip(x).map(|(w, x)| w * x).sum::<f32>());
            sums.zip(&bias).map(|(sum, bias)| sum + bias).collect()
        };
        x.iter().map(row).collect()
    }

    fn norm(&self, name: &str, x: &mut [Vec<f32>]) {
        let (weight, bias) = (self.floats(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        for row in x {
            let mean = row.iter().sum::<f32>() / row.len() as f32;
            let variance = row.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / row.len() as f32;
            for (at, v) in row.iter_mut().enumerate() {
                *v = (*v - mean) / variance.sqrt() * weight[at] + bias[at];
            }
        }
    }

    fn attention(&self, qkv: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let hidden = self.config.hidden;
        let mut out = vec![vec![0.0; hidden]; qkv.len()];
        for head in (0..hidden).step_by(32) {
            for (query, out) in qkv.iter().zip(&mut out) {
                let score = |key: &Vec<f32>| {
                    let key = &key[hidden + head..hidden + head + 32];
                    query[head..head + 32].iter().zip(key).map(|(a, b)| a * b).sum::<f32>() / 32f32.sqrt()
                };
                let shares: Vec<f32> = qkv.iter().map(|key| score(key).exp()).collect();
                let sum: f32 = shares.iter().sum();
                for (value, share) in qkv.iter().zip(shares) {
                    for at in head..head + 32 {
                        out[at] += share / sum * value[2 * hidden + at];
                    }
                }
            }
        }
        out
    }

    /// One transformer layer over rows that see each other.
    fn layer(&self, name: &str, x: &mut [Vec<f32>]) {
        let name = |part: &str| format!("{name}.{part}");
        let attended = self.attention(&self.linear(&name("qkv"), x));
        add(x, &self.linear(&name("out"), &attended));
        self.norm(&name("ln1"), x);
        let mut inner = self.linear(&name("up"), x);
        inner.iter_mut().flatten().for_each(|v| *v = gelu(*v));
        add(x, &self.linear(&name("down"), &inner));
        self.norm(&name("ln2"), x);
    }

    /// What enters the first layer and what each layer gives, for words that fit one window; and the pieces of each word.
    fn states(&self, encoder: &Encoder, words: &[Word<'_>]) -> (Vec<Vec<Vec<f32>>>, Vec<Range<usize>>) {
        let all = self.tensors.tensor("vocab").expect("the tensor is there").data();
        let all = std::str::from_utf8(all).expect("UTF-8");
        let mark = |piece: &str| all.lines().position(|line| line == piece).expect("marks are there");
        let pieces: Vec<Vec<u32>> = words.iter().map(|word| encoder.pieces(word.form)).collect();
        let (table, positions) = (self.matrix("embeddings.word"), self.floats("embeddings.position"));
        let shapes = self.floats("embeddings.shape");
        let hidden = self.config.hidden;
        let mut input = vec![(mark("[CLS]"), 0)];
        for (word, pieces) in words.iter().zip(&pieces) {
            // The test's words are lower case, capitalised or marks.
            let first = word.form.chars().next().expect("words are not empty");
            let casing = if first.is_uppercase() {
                1
            } else if first.is_lowercase() {
                0
            } else {
                7
            };
            input.extend(pieces.iter().map(|&id| (id as usize, 1 + casing * 4 + word.space as usize)));
        }
        input.push((mark("[SEP]"), 0));
        let embed = |(position, &(id, shape)): (usize, &(usize, usize))| -> Vec<f32> {
            (0..hidden).map(|d| table[id][d] + positions[position * hidden + d] + shapes[shape * hidden + d]).collect()
        };
        let mut x: Vec<Vec<f32>> = input.iter().enumerate().map(embed).collect();
        self.norm("embeddings.ln", &mut x);
        let mut states = vec![x.clone()];
        for layer in 0..self.config.layers {
            self.layer(&format!("layer.{layer}"), &mut x);
            states.push(x.clone());
        }
        let mut at = 1;
        let mut places = Vec::new();
        for pieces in pieces {
            places.push(at..at + pieces.len());
            at += pieces.len();
        }
        (states, places)
    }

    /// Vectors of words that fit one window.
    fn vectors(&self, encoder: &Encoder, words: &[Word<'_>]) -> Vec<f32> {
        let (states, places) = self.states(encoder, words);
        let last = &states[self.config.layers];
        places.into_iter().flat_map(|pieces| mean(&last[pieces])).collect()
    }

    /// The branch's vector of the words `sentence`.
    fn sentence(&self, encoder: &Encoder, words: &[Word<'_>], sentence: Range<usize>) -> Vec<f32> {
        let (states, places) = self.states(encoder, words);
        let pieces = places[sentence.start].start..places[sentence.end - 1].end;
        let shares = self.floats("branch.mix");
        let mut x = vec![vec![0.0; self.config.hidden]; pieces.len()];
        for (state, share) in states.iter().zip(shares) {
            let shared: Vec<Vec<f32>> =
                state[pieces.clone()].iter().map(|row| row.iter().map(|v| v * share).collect()).collect();
            add(&mut x, &shared);
        }
        for layer in 0..self.config.branch_layers {
            self.layer(&format!("branch.{layer}"), &mut x);
        }
        self.linear("head.sentence_vector", &[mean(&x)]).remove(0)
    }
}

fn mean(rows: &[Vec<f32>]) -> Vec<f32> {
    (0..rows[0].len()).map(|d| rows.iter().map(|row| row[d]).sum::<f32>() / rows.len() as f32).collect()
}

fn add(x: &mut [Vec<f32>], y: &[Vec<f32>]) {
    for (x, y) in x.iter_mut().flatten().zip(y.iter().flatten()) {
        *x += y;
    }
}

/// x Phi(x) by numeric integration of the normal density.
fn gelu(x: f32) -> f32 {
    let x = f64::from(x);
    let steps = 400;
    let width = x / f64::from(steps);
    let density = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let area: f64 = (0..steps).map(|i| density((f64::from(i) + 0.5) * width) * width).sum();
    (x * (0.5 + area)) as f32
}

#[test]
fn a_part_is_read_the_same_alone_and_in_company() {
    let encoder = Encoder::from_bytes(fixture::file(&fixture::small(), 9)).expect("the fixture is whole");
    let text = format!("{TEXT}\n").repeat(6);
    let words = words(&text);
    let whole = read(&encoder, &words);
    let parts = encoder.parts(&words, 10);
    assert!(parts.len() > 3);
    let parts: Vec<_> = parts.iter().map(|range| Part { words: &words[range.clone()], sentences: None }).collect();
    let together = encoder.read(&parts, Options::default());
    for (part, together) in parts.iter().zip(&together) {
        assert_eq!(&read(&encoder, part.words), together);
    }
    let sentences: usize = together.iter().map(|labels| labels.sentences.len()).sum();
    assert_eq!(sentences, whole.sentences.len());
    let lemmas = together.iter().flat_map(|labels| &labels.words).map(|word| (&word.lemma, word.deprel));
    assert!(lemmas.eq(whole.words.iter().map(|word| (&word.lemma, word.deprel))));
    assert!(together.iter().flat_map(|l| &l.vectors).eq(&whole.vectors));
}

#[test]
fn given_sentences_are_kept() {
    let encoder = Encoder::from_bytes(fixture::file(&fixture::small(), 4)).expect("the fixture is whole");
    let words = words(TEXT);
    let part = Part { words: &words, sentences: Some(&[0, 5, 20]) };
    let labels = encoder.read(&[part], Options { sentence_vectors: false }).remove(0);
    assert_eq!(labels.sentences, [0..5, 5..20, 20..words.len()]);
    assert!(labels.vectors.is_empty());
    for sentence in &labels.sentences {
        let roots = sentence.clone().filter(|&word| labels.words[word].head.is_none()).count();
        assert_eq!(roots, 1);
        let inside = |head: &usize| sentence.contains(head);
        assert!(sentence.clone().filter_map(|word| labels.words[word].head).all(|head| inside(&head)));
    }
}

#[test]
fn nothing_in_nothing_out() {
    let encoder = Encoder::from_bytes(fixture::file(&fixture::small(), 4)).expect("the fixture is whole");
    assert_eq!(read(&encoder, &[]), Labels::default());
    assert!(encoder.read(&[], Options::default()).is_empty());
    assert!(encoder.parts(&[], 10).is_empty());
}

#[test]
fn bad_files_are_refused() {
    let file = fixture::file(&fixture::small(), 4);
    let load = |bytes: Vec<u8>| Encoder::from_bytes(bytes).err().expect("refused");
    assert!(matches!(load(Vec::new()), LoadError::Container(_)));
    assert!(matches!(load(b"not weights at all".to_vec()), LoadError::Container(_)));
    assert!(matches!(load(file[..file.len() - 1].to_vec()), LoadError::Container(_)));
    let header = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let at = file.windows(from.len()).position(|w| w == from.as_bytes()).expect("it is in the header");
        let mut file = file.clone();
        file[at..at + to.len()].copy_from_slice(to.as_bytes());
        file
    };
    assert!(matches!(load(header("sourceline.weights/2", "sourceline.weights/1")), LoadError::Format { .. }));
    assert!(matches!(load(header("head.upos.q", "head.xpos.q")), LoadError::Missing { .. }));
    assert!(matches!(load(header("\\\"arc\\\":32", "\\\"arc\\\":48")), LoadError::Shape { .. }));
    assert!(matches!(load(header("\\\"arc\\\":32", "\\\"arc\\\":33")), LoadError::Impossible { .. }));
    let digest = Encoder::from_bytes(file.clone()).expect("the fixture is whole").digest().to_owned();
    assert!(Encoder::load(file.clone(), Instructions::Best, Some(&digest)).is_ok());
    let mut altered = file.clone();
    *altered.last_mut().expect("not empty") ^= 1;
    let error = Encoder::load(altered, Instructions::Best, Some(&digest)).err().expect("refused");
    assert!(matches!(error, LoadError::Digest { .. }));
    assert!(matches!(Encoder::from_file("no/such/file", None).err(), Some(LoadError::Read { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_words_give_whole_labels(text in "[a-zA-Z.,\\n \u{0}\u{200f}é雨😀]{0,400}") {
        let encoder = Encoder::from_bytes(fixture::file(&fixture::small(), 8)).expect("the fixture is whole");
        let words = words(&text);
        let labels = read(&encoder, &words);
        prop_assert_eq!(labels.words.len(), words.len());
        let covered: Vec<usize> = labels.sentences.iter().flat_map(|s| s.clone()).collect();
        prop_assert!(covered.into_iter().eq(0..words.len()));
        prop_assert!(labels.names.windows(2).all(|pair| pair[0].words.end <= pair[1].words.start));
        prop_assert!(labels.names.last().is_none_or(|name| name.words.end <= words.len()));
    }
}
