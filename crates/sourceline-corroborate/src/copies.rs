//! Copies and excerpts: how much of one text stands in another.
//!
//! In: cleaned texts. Out: [`Overlap`]s of pairs that share more than chance. A text becomes the hashes of its pairs of
//! neighbouring words; the smallest hashes are its sample (bottom-k MinHash, Broder 1997, with FracMinHash's fixed rate,
//! Irber et al. 2022), an inverted index over samples finds candidates, and the full sets decide. A sample hash that
//! stands in many texts is page furniture or a stock phrase: it neither finds nor counts.
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
/// A sample that stands in more texts than this is furniture.
const FURNITURE: usize = 60;
/// Fewer samples in common are chance. `eval/near_copies`: 2 costs time, 4 costs recall.
const SHARED_MIN: u32 = 3;
/// Least share of the shorter text's shingles that a copy has in common with the other, furniture aside.
/// Tuned on `eval/near_copies`.
const COPY_CONTAINMENT: f32 = 0.2;

/// Longer function words; pairs of them stand in every text. Words of up to three bytes are left out for the same reason.
const FUNCTION_WORDS: [&str; 12] =
    ["that", "with", "from", "this", "have", "were", "been", "they", "will", "said", "their", "which"];

/// Hashes of the pairs of neighbouring words of a text, sorted, without repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch {
    /// The hashes, smallest first; the samples are the first of them.
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
        shingles.sort_unstable();
        shingles.dedup();
        shingles.truncate(SHINGLES_MAX);
        Self { shingles }
    }

    /// The hashes by which the text is found.
    pub fn samples(&self) -> &[u32] {
        let regular = self.shingles.partition_point(|&hash| hash < u32::MAX / SAMPLE_RATE);
        &self.shingles[..regular.max(SAMPLE_MIN).min(self.shingles.len())]
    }
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
}

impl Overlap {
    /// Whether one text is a copy of the other, edited or not, or contains a good part of it.
    pub fn is_copy(&self) -> bool {
        self.of_first.max(self.of_second) >= COPY_CONTAINMENT
    }
}

/// Measures what two texts have in common.
pub fn overlap(a: &Sketch, b: &Sketch) -> Overlap {
    let common = common(&a.shingles, &b.shingles) as f32;
    share(common, a.shingles.len() as f32, b.shingles.len() as f32)
}

fn share(common: f32, first: f32, second: f32) -> Overlap {
    let part = |of: f32| if of > 0.0 { common / of } else { 0.0 };
    Overlap { jaccard: part(first + second - common), of_first: part(first), of_second: part(second) }
}

fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        n += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n
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
        for &sample in sketch.samples() {
            self.postings.entry(sample).or_default().push(number as u32);
        }
        self.sketches.push(sketch);
        (number, copies)
    }

    /// The copies of a text among those put in.
    pub fn copies(&mut self, sketch: &Sketch) -> Vec<(usize, Overlap)> {
        self.shared.resize(self.sketches.len(), 0);
        let mut touched: Vec<u32> = Vec::new();
        let mut furniture = 0;
        for sample in sketch.samples() {
            let Some(found) = self.postings.get(sample) else { continue };
            if found.len() > FURNITURE {
                furniture += 1;
                continue;
            }
            for &text in found {
                self.shared[text as usize] += 1;
                if self.shared[text as usize] == 1 {
                    touched.push(text);
                }
            }
        }
        touched.sort_unstable();
        let mut out = Vec::new();
        for text in touched {
            let shared = std::mem::take(&mut self.shared[text as usize]);
            if shared < SHARED_MIN {
                continue;
            }
            let seen = self.without_furniture(sketch, &self.sketches[text as usize], furniture);
            if seen.is_copy() {
                out.push((text as usize, seen));
            }
        }
        out
    }

    /// The overlap of two texts with their common furniture taken out of both.
    fn without_furniture(&self, a: &Sketch, b: &Sketch, furniture: usize) -> Overlap {
        let plain = common(&a.shingles, &b.shingles) as f32;
        if furniture == 0 {
            return share(plain, a.shingles.len() as f32, b.shingles.len() as f32);
        }
        // Samples are a fair draw of the shingles: the share of furniture among common samples is that among common shingles.
        let (sa, sb) = (a.samples(), b.samples());
        let (mut i, mut j, mut all, mut stock) = (0, 0, 0_usize, 0_usize);
        while i < sa.len() && j < sb.len() {
            if sa[i] == sb[j] {
                all += 1;
                stock += usize::from(self.postings.get(&sa[i]).is_some_and(|texts| texts.len() > FURNITURE));
            }
            let (x, y) = (sa[i], sb[j]);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        let rare = if all > 0 { plain * (all - stock) as f32 / all as f32 } else { 0.0 };
        let out = plain - rare;
        share(rare, (a.shingles.len() as f32 - out).max(1.0), (b.shingles.len() as f32 - out).max(1.0))
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
            assert!(copies.is_empty() || (page as usize) <= FURNITURE + 1, "page {page}: {copies:?}");
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
