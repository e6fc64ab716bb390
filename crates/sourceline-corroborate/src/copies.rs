//! Copies and excerpts: how much of one text stands in another.
//!
//! In: cleaned texts. Out: [`Overlap`]s of pairs that share more than chance. Two stages. A text becomes the hashes of its pairs of
//! neighbouring words, each with the sixteenth of the text that it stands in; the smallest hashes are its sample (bottom-k MinHash, Broder
//! 1997, with FracMinHash's fixed rate, Irber et al. 2022), and an inverted index over samples finds candidates. Then the full sets decide,
//! by what the shorter text shares with the other outside the stretch where it shares most: page furniture and stock paragraphs stand in one
//! place, while a copy has words of the original all over.
//! Pairs of words and not longer runs, so that a text with every third word replaced keeps half of them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::words;

/// One in this many shingles is a sample.
const SAMPLE_RATE: u32 = 6;
/// A short text has at least this many samples.
const SAMPLE_MIN: usize = 24;
/// A long text keeps at most this many shingles, the smallest ones, so that its size stays bounded.
const SHINGLES_MAX: usize = 6_000;
/// A sample that stands in more texts than this finds nothing.
const FREQUENT: usize = 60;
/// Fewer samples in common are chance. `eval/near_copies`: 2 costs time, 4 costs recall.
const SHARED_MIN: u32 = 3;
/// Low bits of a shingle that tell in which part of the text it stands.
const PART_BITS: u32 = 4;
const PARTS: usize = 1 << PART_BITS;
/// Neighbouring parts that are left out where they share most; the last and the first are neighbours, for a page has a head and a foot.
const LEFT_OUT: usize = 8;
/// Least share of the shorter text's shingles, outside the parts left out, that stand in the other.
/// Tuned on `eval/near_copies`.
const COPY_SPREAD: f32 = 0.08;

/// Longer function words; pairs of them stand in every text. Words of up to three bytes are left out for the same reason.
const FUNCTION_WORDS: [&str; 12] =
    ["that", "with", "from", "this", "have", "were", "been", "they", "will", "said", "their", "which"];

/// Hashes of the pairs of neighbouring words of a text, sorted, without repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch {
    /// The hashes, smallest first; the low bits hold the part of the text.
    pub shingles: Vec<u32>,
}

impl Sketch {
    /// Makes the sketch of a cleaned text.
    pub fn new(text: &str) -> Self {
        let mut shingles = Vec::with_capacity(text.len() / 6);
        let mut before: Option<u64> = None;
        for word in
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3 && !FUNCTION_WORDS.contains(word))
        {
            let now = word_hash(word);
            if let Some(before) = before {
                shingles.push((mix(before.rotate_left(17) ^ now) >> 32) as u32);
            }
            before = Some(now);
        }
        let mut shingles = in_parts(&shingles);
        shingles.sort_unstable();
        shingles.truncate(SHINGLES_MAX);
        Self { shingles }
    }

    /// The hashes by which the text is found.
    pub fn samples(&self) -> impl Iterator<Item = u32> + '_ {
        let regular = self.shingles.partition_point(|&hash| hash < u32::MAX / SAMPLE_RATE);
        let samples = &self.shingles[..regular.max(SAMPLE_MIN).min(self.shingles.len())];
        samples.iter().map(|shingle| shingle >> PART_BITS)
    }

    /// The largest hash up to which the sketch is complete.
    fn complete_to(&self) -> u32 {
        if self.shingles.len() < SHINGLES_MAX { u32::MAX } else { self.shingles.last().map_or(u32::MAX, |s| *s) }
    }
}

/// Each hash once, where it stands first, with the part of the text in its low bits.
fn in_parts(hashes: &[u32]) -> Vec<u32> {
    let mut places: Vec<(u32, usize)> =
        hashes.iter().enumerate().map(|(at, hash)| (hash >> PART_BITS << PART_BITS, at)).collect();
    places.sort_unstable();
    places.dedup_by_key(|(hash, _)| *hash);
    places.sort_unstable_by_key(|(_, at)| *at);
    let all = places.len().max(1);
    places.iter().enumerate().map(|(at, (hash, _))| hash | (at * PARTS / all) as u32).collect()
}

fn word_hash(word: &str) -> u64 {
    if word.is_ascii() {
        // The common case without allocation: FNV-1a over lower-case bytes.
        let mut h = 0xcbf2_9ce4_8422_2325_u64;
        for byte in word.bytes() {
            h = (h ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01b3);
        }
        return h;
    }
    words::hash(words::fold(word).as_bytes())
}

fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// What two texts have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Shared shingles by all shingles of both.
    pub jaccard: f32,
    /// Share of the first text's shingles that stand in the second.
    pub of_first: f32,
    /// Share of the second text's shingles that stand in the first.
    pub of_second: f32,
    /// Share of the shorter text's shingles that stand in the other, the stretch aside where they share most.
    pub spread: f32,
}

impl Overlap {
    /// Whether one text is a copy of the other, edited or not, or contains a good part of it.
    pub fn is_copy(&self) -> bool {
        self.spread >= COPY_SPREAD
    }
}

/// Measures what two texts have in common.
pub fn overlap(a: &Sketch, b: &Sketch) -> Overlap {
    let top = a.complete_to().min(b.complete_to());
    let upto = |sketch: &'_ Sketch| sketch.shingles.partition_point(|&shingle| shingle <= top);
    let (a, b) = (&a.shingles[..upto(a)], &b.shingles[..upto(b)]);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let common = common_parts(short, long);
    let all: u32 = common.iter().sum();
    let part = |n: f32, of: f32| if of > 0.0 { n / of } else { 0.0 };
    let n = all as f32;
    Overlap {
        jaccard: part(n, a.len() as f32 + b.len() as f32 - n),
        of_first: part(n, a.len() as f32),
        of_second: part(n, b.len() as f32),
        spread: spread(&common, short),
    }
}

/// Shared shingles by the part of the first text that they stand in.
fn common_parts(a: &[u32], b: &[u32]) -> [u32; PARTS] {
    let (mut i, mut j) = (0, 0);
    let mut parts = [0; PARTS];
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i] >> PART_BITS, b[j] >> PART_BITS);
        parts[part_of(a[i])] += u32::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    parts
}

fn part_of(shingle: u32) -> usize {
    shingle as usize % PARTS
}

/// The share outside the neighbouring parts that share most.
fn spread(common: &[u32; PARTS], text: &[u32]) -> f32 {
    let mut sizes = [0_u32; PARTS];
    for &shingle in text {
        sizes[part_of(shingle)] += 1;
    }
    let sum = |parts: &[u32; PARTS], from: usize| (from..from + LEFT_OUT).map(|at| parts[at % PARTS]).sum::<u32>();
    let densest = (0..PARTS).max_by_key(|&from| (sum(common, from), PARTS - from)).unwrap_or(0);
    let outside = |parts: &[u32; PARTS]| (parts.iter().sum::<u32>() - sum(parts, densest)) as f32;
    let of = outside(&sizes);
    if of > 0.0 { outside(common) / of } else { 0.0 }
}

/// Finds copies among the texts put into it.
#[derive(Debug, Default)]
pub struct CopyIndex {
    sketches: Vec<Sketch>,
    postings: HashMap<u32, Vec<u32>, std::hash::BuildHasherDefault<Identity>>,
    shared: Vec<u32>,
}

/// The keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub struct Identity(u64);

impl std::hash::Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = words::hash(bytes);
    }
    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl CopyIndex {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of texts in it.
    pub fn len(&self) -> usize {
        self.sketches.len()
    }

    /// Whether no text is in it.
    pub fn is_empty(&self) -> bool {
        self.sketches.is_empty()
    }

    /// Puts a text in and returns its number with its copies among the earlier ones, in order.
    pub fn put(&mut self, sketch: Sketch) -> (usize, Vec<(usize, Overlap)>) {
        let number = self.sketches.len();
        let copies = self.copies(&sketch);
        for sample in sketch.samples() {
            self.postings.entry(sample).or_default().push(number as u32);
        }
        self.sketches.push(sketch);
        (number, copies)
    }

    /// The copies of a text among those put in.
    pub fn copies(&mut self, sketch: &Sketch) -> Vec<(usize, Overlap)> {
        self.shared.resize(self.sketches.len(), 0);
        let mut touched: Vec<u32> = Vec::new();
        for sample in sketch.samples() {
            for &text in self.postings.get(&sample).filter(|found| found.len() <= FREQUENT).into_iter().flatten() {
                self.shared[text as usize] += 1;
                if self.shared[text as usize] == 1 {
                    touched.push(text);
                }
            }
        }
        touched.sort_unstable();
        let mut out = Vec::new();
        for text in touched {
            if std::mem::take(&mut self.shared[text as usize]) < SHARED_MIN {
                continue;
            }
            let seen = overlap(sketch, &self.sketches[text as usize]);
            if seen.is_copy() {
                out.push((text as usize, seen));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRIDGE: &str = "The old stone bridge at Marwick fell into the river on Tuesday night after three days of rain, and two \
farmers who were crossing it with their animals were pulled out alive by neighbours who had heard the noise from the mill.";
    const HARVEST: &str = "Growers in the southern valleys expect a poor harvest of apricots this year because frost came late in \
April, when the trees stood in full blossom, and many orchards have no wind machines to keep the cold air moving.";

    #[test]
    fn an_edited_copy_is_found_and_another_story_is_not() {
        let mut index = CopyIndex::new();
        index.put(Sketch::new(BRIDGE));
        index.put(Sketch::new(HARVEST));
        let edited = BRIDGE.replace("Tuesday night", "late Tuesday").replace("pulled out alive", "rescued")
            + " Follow us for more news.";
        let (_, copies) = index.put(Sketch::new(&edited));
        assert_eq!(copies.iter().map(|(text, _)| *text).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn an_excerpt_is_contained_in_the_longer_text() {
        let long = format!("{HARVEST}\n\n{BRIDGE}");
        let seen = overlap(&Sketch::new(BRIDGE), &Sketch::new(&long));
        assert!(seen.of_first > 0.95 && seen.of_second < 0.7, "{seen:?}");
    }

    #[test]
    fn furniture_on_every_page_makes_no_copies() {
        let stock = "Sign up for our morning letter and read the stories that matter most before breakfast every single weekday without any charge";
        let mut index = CopyIndex::new();
        for page in 0..200_u32 {
            let own: String = (0..60).map(|word| format!("w{}x{word} ", page * 7919)).collect();
            let (_, copies) = index.put(Sketch::new(&format!("{own} {stock}")));
            assert!(copies.is_empty(), "page {page}: {copies:?}");
        }
    }

    #[test]
    fn empty_and_tiny_texts_do_not_fail() {
        let mut index = CopyIndex::new();
        for text in ["", "One", "Two words", "…"] {
            assert!(index.put(Sketch::new(text)).1.is_empty());
        }
    }
}
