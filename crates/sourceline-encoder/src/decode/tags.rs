//! Best tag sequences (Viterbi) and the spans that BIO tags stand for.

/// Scores of tag sequences.
pub(crate) struct Transitions {
    /// Number of tags.
    tags: usize,
    /// Score of tag `to` after tag `from`, at `from * tags + to`.
    steps: Vec<f32>,
    /// Score of each tag at the start.
    start: Vec<f32>,
}

impl Transitions {
    /// From a matrix (from, to) and a vector.
    pub fn new(steps: Vec<f32>, start: Vec<f32>) -> Self {
        assert_eq!(steps.len(), start.len() * start.len(), "a square of tags");
        Self { tags: start.len(), steps, start }
    }

    /// The best tags for words whose scores are given by `scores`, one row of tags a word; ties go to the lower tag.
    pub fn best(&self, words: usize, scores: impl Fn(usize, usize) -> f32) -> Vec<usize> {
        if words == 0 {
            return Vec::new();
        }
        let n = self.tags;
        let mut alpha: Vec<f32> = (0..n).map(|tag| self.start[tag] + scores(0, tag)).collect();
        let mut back = vec![0u16; words * n];
        let mut next = vec![0.0; n];
        for word in 1..words {
            for to in 0..n {
                let mut best = 0;
                let mut most = f32::NEG_INFINITY;
                for (from, alpha) in alpha.iter().enumerate() {
                    let score = alpha + self.steps[from * n + to];
                    if score > most {
                        (best, most) = (from, score);
                    }
                }
                next[to] = most + scores(word, to);
                back[word * n + to] = best as u16;
            }
            // Only differences matter: taking the first score out keeps long sequences precise.
            let base = next[0];
            for (alpha, next) in alpha.iter_mut().zip(&next) {
                *alpha = next - base;
            }
        }
        let mut tag = crate::heads::argmax(&alpha);
        let mut out = vec![0; words];
        for word in (0..words).rev() {
            out[word] = tag;
            tag = usize::from(back[word * n + tag]);
        }
        out
    }
}

/// A labelled run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: usize,
    pub end: usize,
    pub kind: usize,
}

/// One word's BIO tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bio {
    Outside,
    Begin(usize),
    Inside(usize),
}

/// The spans that tags stand for. An `Inside` without its beginning begins a span.
pub(crate) fn spans(tags: impl Iterator<Item = Bio>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, tag) in tags.enumerate() {
        match tag {
            Bio::Outside => {}
            Bio::Inside(kind) if out.last().is_some_and(|span| span.end == at && span.kind == kind) => {
                if let Some(span) = out.last_mut() {
                    span.end = at + 1;
                }
            }
            Bio::Begin(kind) | Bio::Inside(kind) => out.push(Span { start: at, end: at + 1, kind }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn viterbi_obeys_forbidden_steps() {
        // Tags O, B, I; I after O is forbidden, though I scores highest for the second word.
        let rules = Transitions::new(vec![0.0, 0.0, -1e4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], vec![0.0, 0.0, -1e4]);
        let scores = [[2.0, 1.0, 0.0], [0.0, 0.5, 5.0], [1.0, 0.0, 0.0]];
        assert_eq!(rules.best(3, |word, tag| scores[word][tag]), [1, 2, 0]);
        assert_eq!(rules.best(0, |_, _| 0.0), Vec::<usize>::new());
    }

    #[test]
    fn viterbi_equals_trying_everything() {
        let mut state = 7u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        for _ in 0..50 {
            let rules = Transitions::new((0..9).map(|_| random()).collect(), (0..3).map(|_| random()).collect());
            let scores: Vec<f32> = (0..15).map(|_| random()).collect();
            let value = |tags: &[usize]| {
                let steps: f32 = tags.windows(2).map(|pair| rules.steps[pair[0] * 3 + pair[1]]).sum();
                let own: f32 = tags.iter().enumerate().map(|(word, tag)| scores[word * 3 + tag]).sum();
                rules.start[tags[0]] + steps + own
            };
            let all = (0..243).map(|code: usize| (0..5).map(|d| code / 3usize.pow(d) % 3).collect::<Vec<_>>());
            let most = all.map(|tags| value(&tags)).fold(f32::MIN, f32::max);
            let found = rules.best(5, |word, tag| scores[word * 3 + tag]);
            assert!((value(&found) - most).abs() < 1e-5);
        }
    }

    #[test]
    fn spans_of_tags() {
        let tags = [Bio::Begin(1), Bio::Inside(1), Bio::Begin(1), Bio::Outside, Bio::Inside(0), Bio::Inside(2)];
        let found: Vec<_> = spans(tags.into_iter()).iter().map(|s| (s.start, s.end, s.kind)).collect();
        assert_eq!(found, [(0, 2, 1), (2, 3, 1), (4, 5, 0), (5, 6, 2)]);
    }
}
