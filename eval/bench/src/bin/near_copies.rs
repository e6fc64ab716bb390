//! Makes 20,000 texts by editing, finds the copies among them, and says how well and how fast.
//!
//! usage: near_copies [FILE]   writes the texts to FILE as well (one JSON object a line), for other programs to be measured on

use std::io::Write;

use sourceline_bench::{Rng, news, processor_time};
use sourceline_corroborate::{CopyIndex, Sketch};

const TEXTS: usize = 20_000;

/// Outlets with furniture of their own.
const OUTLETS: u64 = 80;

/// A text with the number of the text that it was made from.
struct Made {
    family: usize,
    text: String,
    /// The text without furniture.
    own: String,
    original: bool,
}

fn main() {
    let texts = make();
    if let Some(path) = std::env::args().nth(1) {
        let mut out = std::io::BufWriter::new(std::fs::File::create(&path).expect("the file can be written"));
        for made in &texts {
            writeln!(out, "{{\"family\":{},\"original\":{},\"text\":{:?}}}", made.family, made.original, made.text)
                .expect("the file can be written");
        }
    }
    let families = texts.iter().map(|made| made.family).max().unwrap_or(0) + 1;
    let words: usize = texts.iter().map(|made| made.text.split_whitespace().count()).sum();
    println!("{} texts of {} families, {} words on average", texts.len(), families, words / texts.len());
    unrelated(&texts);
    let start = processor_time();
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
    let seconds = processor_time() - start;
    println!(
        "sourceline: {:.2} s of processor time, {:.0} documents/s on one core",
        seconds,
        texts.len() as f64 / seconds
    );
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

/// Originals and up to seven edited copies of each, every text with the furniture of its outlet or without.
fn make() -> Vec<Made> {
    let mut rng = Rng(20_261_123);
    let furniture: Vec<String> = (0..OUTLETS).map(news::furniture).collect();
    let mut out = Vec::with_capacity(TEXTS);
    let mut family = 0;
    while out.len() < TEXTS {
        let original = news::original(&mut rng);
        for copy in 0..=rng.below(8) {
            let own = if copy == 0 { original.join("\n\n") } else { news::edit(&mut rng, &original) };
            let mut text = own.clone();
            if rng.unit() < 0.5 {
                text = format!("{text}\n\n{}", furniture[rng.below(furniture.len())]);
            }
            if out.len() < TEXTS {
                out.push(Made { family, text, own, original: copy == 0 });
            }
        }
        family += 1;
    }
    out
}

/// What texts of different families have in common by chance, so that it can be compared with real news.
fn unrelated(texts: &[Made]) {
    let originals: Vec<Sketch> = texts.iter().filter(|made| made.original).map(|made| Sketch::new(&made.own)).collect();
    let mut rng = Rng(5);
    let mut shares: Vec<f32> = (0..100_000)
        .map(|_| (rng.below(originals.len()), rng.below(originals.len())))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| sourceline_corroborate::overlap(&originals[a], &originals[b]).jaccard)
        .collect();
    shares.sort_by(f32::total_cmp);
    let mean = shares.iter().sum::<f32>() / shares.len() as f32;
    let at = |share: f64| shares[((shares.len() - 1) as f64 * share) as usize];
    println!(
        "texts of different families: Jaccard {mean:.4} on average, 99 % below {:.3}, 99.9 % below {:.3}",
        at(0.99),
        at(0.999)
    );
}

/// The best library alone: gaoya's MinHash LSH over word 3-shingles, 128 hashes, Jaccard 0.3.
#[cfg(feature = "gaoya")]
fn gaoya(texts: &[Made]) {
    use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
    let start = processor_time();
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
    let seconds = processor_time() - start;
    println!("gaoya: {:.2} s of processor time, {:.0} documents/s on one core", seconds, texts.len() as f64 / seconds);
    direct(texts, &pairs);
    score("same original, through any copy", texts, &mut parent);
}
