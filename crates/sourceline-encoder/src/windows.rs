//! Cuts the words of a document into windows that the network sees one at a time.
//!
//! In: pieces of each word and where paragraphs start. Out: windows in order; a word that stands in two belongs to the one
//! in which it is farther from an edge.

use std::ops::Range;

/// A run of words that the network sees together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    /// Words in it.
    pub words: Range<usize>,
    /// Words whose vectors are taken from it.
    pub owned: Range<usize>,
}

/// Sizes in pieces, without the two marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub window: usize,
    pub overlap: usize,
}

/// Windows over words: `ends[i]` is the number of pieces up to and including word `i`; `paragraphs` are the first words of
/// paragraphs, in order, beginning with 0.
pub(crate) fn windows(ends: &[usize], paragraphs: &[usize], sizes: Sizes) -> Vec<Window> {
    let before = |word: usize| if word == 0 { 0 } else { ends[word - 1] };
    let mut out: Vec<Window> = Vec::new();
    let mut open: Range<usize> = 0..0;
    let close = |open: &mut Range<usize>, out: &mut Vec<Window>| {
        if open.start < open.end {
            out.push(Window { words: open.clone(), owned: open.clone() });
        }
        *open = open.end..open.end;
    };
    for (index, &start) in paragraphs.iter().enumerate() {
        let end = paragraphs.get(index + 1).copied().unwrap_or(ends.len());
        if start == end {
            continue;
        }
        if before(end) - before(open.start) <= sizes.window {
            open.end = end;
            continue;
        }
        close(&mut open, &mut out);
        open = start..end;
        if before(end) - before(start) > sizes.window {
            long_paragraph(&before, start..end, sizes, &mut out);
            open = end..end;
        }
    }
    close(&mut open, &mut out);
    out
}

/// Overlapping windows of a paragraph that is longer than one.
fn long_paragraph(before: &impl Fn(usize) -> usize, words: Range<usize>, sizes: Sizes, out: &mut Vec<Window>) {
    let mut start = words.start;
    let mut owned = words.start;
    loop {
        let mut end = start + 1;
        while end < words.end && before(end + 1) - before(start) <= sizes.window {
            end += 1;
        }
        if end == words.end {
            out.push(Window { words: start..end, owned: owned..end });
            return;
        }
        let mut next = end;
        while next > start + 1 && before(end) - before(next - 1) <= sizes.overlap {
            next -= 1;
        }
        let middle = before(next) + before(end);
        let mut cut = next;
        while cut < end && before(cut) + before(cut + 1) < middle {
            cut += 1;
        }
        out.push(Window { words: start..end, owned: owned..cut });
        start = next;
        owned = cut;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes = Sizes { window: 10, overlap: 4 };

    fn ends(pieces: &[usize]) -> Vec<usize> {
        pieces
            .iter()
            .scan(0, |sum, n| {
                *sum += n;
                Some(*sum)
            })
            .collect()
    }

    #[test]
    fn paragraphs_share_a_window_while_they_fit() {
        let found = windows(&ends(&[1; 14]), &[0, 4, 9], SIZES);
        let words: Vec<_> = found.iter().map(|w| w.words.clone()).collect();
        assert_eq!(words, [0..9, 9..14]);
    }

    #[test]
    fn a_long_paragraph_overlaps() {
        let found = windows(&ends(&[1; 25]), &[0, 2], SIZES);
        let words: Vec<_> = found.iter().map(|w| (w.words.clone(), w.owned.clone())).collect();
        assert_eq!(words, [(0..2, 0..2), (2..12, 2..10), (8..18, 10..16), (14..24, 16..22), (20..25, 22..25)]);
    }

    proptest::proptest! {
        #[test]
        fn every_word_is_owned_once(pieces in proptest::collection::vec(1usize..13, 0..200), every in 1usize..60) {
            let ends = ends(&pieces);
            let paragraphs: Vec<usize> = (0..pieces.len()).step_by(every).collect();
            let sizes = Sizes { window: 30, overlap: 12 };
            let found = windows(&ends, &paragraphs, sizes);
            let mut next = 0;
            for window in &found {
                assert_eq!(window.owned.start, next);
                assert!(window.words.start <= window.owned.start && window.owned.end <= window.words.end);
                assert!(pieces[window.words.clone()].iter().sum::<usize>() <= sizes.window);
                next = window.owned.end;
            }
            assert_eq!(next, pieces.len());
        }
    }
}
