//! Makes 20,000 texts by editing, finds the copies among them, and says how well and how fast.
//!
//! usage: near_copies [FILE]   writes the texts to FILE as well (one JSON object a line), for other programs to be measured on

use std::io::Write;
use std::time::Instant;

use sourceline_bench::{Rng, name, sentence, word};
use sourceline_corroborate::{CopyIndex, Sketch};

const TEXTS: usize = 20_000;

/// A text with the number of the text that it was made from.
struct Made {
    family: usize,
    text: String,
}

fn main() {
    let texts = make();
    if let Some(path) = std::env::args().nth(1) {
        let mut out = std::io::BufWriter::new(std::fs::File::create(&path).expect("the file can be written"));
        for made in &texts {
            writeln!(out, "{{\"family\":{},\"text\":{:?}}}", made.family, made.text).expect("the file can be written");
        }
    }
    let families = texts.iter().map(|made| made.family).max().unwrap_or(0) + 1;
    let words: usize = texts.iter().map(|made| made.text.split_whitespace().count()).sum();
    println!("{} texts of {} families, {} words on average", texts.len(), families, words / texts.len());
    let start = Instant::now();
    let mut index = CopyIndex::new();
    let mut parent: Vec<usize> = (0..texts.len()).collect();
    let mut pairs = Vec::new();
    for (number, made) in texts.iter().enumerate() {
        for (other, _) in index.put(Sketch::new(&made.text)).1 {
            pairs.push((other, number));
            let (a, b) = (root(&mut parent, other), root(&mut parent, number));
            parent[a.max(b)] = a.min(b);
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("sourceline: {:.2} s, {:.0} documents/s on one core", seconds, texts.len() as f64 / seconds);
    direct(&texts, &pairs);
    score("same original, through any copy", &texts, &mut parent);
    #[cfg(feature = "gaoya")]
    gaoya(&texts);
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Pairs found directly, against all pairs of one family.
fn direct(texts: &[Made], pairs: &[(usize, usize)]) {
    let right = pairs.iter().filter(|(a, b)| texts[*a].family == texts[*b].family).count();
    let mut sizes = std::collections::BTreeMap::new();
    for made in texts {
        *sizes.entry(made.family).or_insert(0_usize) += 1;
    }
    let all: usize = sizes.values().map(|n| n * (n - 1) / 2).sum();
    println!(
        "  pairs compared directly: recall {:.3} precision {:.3} ({right} of {all}, {} found)",
        right as f64 / all as f64,
        right as f64 / pairs.len() as f64,
        pairs.len()
    );
}

fn score(what: &str, texts: &[Made], parent: &mut [usize]) {
    let mut cells = std::collections::BTreeMap::new();
    let mut sizes = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    for (at, made) in texts.iter().enumerate() {
        let group = root(parent, at);
        *cells.entry((group, made.family)).or_insert(0_usize) += 1;
        *sizes.0.entry(group).or_insert(0_usize) += 1;
        *sizes.1.entry(made.family).or_insert(0_usize) += 1;
    }
    let pairs = |n: &usize| n * (n - 1) / 2;
    let right: usize = cells.values().map(pairs).sum();
    let found: usize = sizes.0.values().map(pairs).sum();
    let all: usize = sizes.1.values().map(pairs).sum();
    println!(
        "  {what}: recall {:.3} precision {:.3} ({right} of {all} pairs, {found} found)",
        right as f64 / all as f64,
        right as f64 / found as f64
    );
}

/// Originals of 150 to 700 words, each with up to seven edited copies.
fn make() -> Vec<Made> {
    let mut rng = Rng(20_261_123);
    let furniture: Vec<String> =
        (0..40).map(|_| (0..3).map(|_| sentence(&mut rng, 14, 3_000)).collect::<Vec<_>>().join(" ")).collect();
    let mut out = Vec::with_capacity(TEXTS);
    let mut family = 0;
    while out.len() < TEXTS {
        let original = original(&mut rng);
        let copies = rng.below(8);
        out.push(Made { family, text: original.join("\n\n") });
        for _ in 0..copies {
            if out.len() < TEXTS {
                out.push(Made { family, text: edit(&mut rng, &original, &furniture) });
            }
        }
        family += 1;
    }
    out
}

fn original(rng: &mut Rng) -> Vec<String> {
    let subject: Vec<String> = (0..6).map(|_| name(rng.zipf(4_000))).collect();
    let mut paragraphs = Vec::new();
    for _ in 0..4 + rng.below(9) {
        let mut paragraph = Vec::new();
        for _ in 0..1 + rng.below(3) {
            let words = 14 + rng.below(16);
            let sentence = sentence(rng, words, 25_000);
            paragraph.push(format!("{} {}", subject[rng.below(6)], sentence));
        }
        paragraphs.push(paragraph.join(" "));
    }
    paragraphs
}

/// Replaces 5 to 30 % of the words, and perhaps shuffles paragraphs, cuts some, and adds furniture of an outlet.
fn edit(rng: &mut Rng, original: &[String], furniture: &[String]) -> String {
    let share = 0.05 + 0.25 * rng.unit();
    let mut paragraphs: Vec<String> = original.to_vec();
    if rng.unit() < 0.3 {
        for at in (1..paragraphs.len()).rev() {
            paragraphs.swap(at, rng.below(at + 1));
        }
    }
    if rng.unit() < 0.3 {
        let keep = (paragraphs.len() * (5 + rng.below(4)) / 10).max(2);
        paragraphs.truncate(keep);
    }
    for paragraph in &mut paragraphs {
        let words =
            paragraph.split(' ').map(|old| if rng.unit() < share { word(rng.zipf(25_000)) } else { old.to_string() });
        *paragraph = words.collect::<Vec<_>>().join(" ");
    }
    if rng.unit() < 0.5 {
        paragraphs.push(furniture[rng.below(furniture.len())].clone());
    }
    paragraphs.join("\n\n")
}

/// The best library alone: gaoya's MinHash LSH over word 3-shingles, 128 hashes, Jaccard 0.3.
#[cfg(feature = "gaoya")]
fn gaoya(texts: &[Made]) {
    use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
    let start = Instant::now();
    let (bands, rows) = (42, 3);
    let hasher = MinHasher32::new(bands * rows);
    let mut index = MinHashIndex::new(bands, rows, 0.2);
    let mut parent: Vec<usize> = (0..texts.len()).collect();
    let mut pairs = Vec::new();
    for (number, made) in texts.iter().enumerate() {
        let lower = made.text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let signature = hasher.create_signature(words.windows(2).map(|pair| pair.join(" ")));
        for other in index.query(&signature).into_iter().copied().collect::<Vec<usize>>() {
            pairs.push((other, number));
            let (a, b) = (root(&mut parent, other), root(&mut parent, number));
            parent[a.max(b)] = a.min(b);
        }
        index.insert(number, signature);
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("gaoya: {:.2} s, {:.0} documents/s on one core", seconds, texts.len() as f64 / seconds);
    direct(texts, &pairs);
    score("same original, through any copy", texts, &mut parent);
}
