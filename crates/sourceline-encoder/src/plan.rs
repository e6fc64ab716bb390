//! A part as the network takes it: words as pieces, packed into windows.
//!
//! Not here: how windows are cut (`windows`), what the pieces of a word are (`wordpiece`).

use crate::windows::Window;
use std::ops::Range;

/// Words as pieces and windows.
#[derive(Default)]
pub(crate) struct Plan {
    pub ids: Vec<u32>,
    pub ends: Vec<usize>,
    pub shapes: Vec<u8>,
    pub paragraphs: Vec<usize>,
    pub windows: Vec<Window>,
}

impl Plan {
    /// The first piece of a word; the end of the pieces for the word after the last.
    pub fn start(&self, word: usize) -> usize {
        if word == 0 { 0 } else { self.ends[word - 1] }
    }

    /// Pieces of a window, its marks not counted.
    pub fn pieces(&self, window: &Window) -> Range<usize> {
        self.start(window.words.start)..self.start(window.words.end)
    }

    /// Writes the vectors of the words that `window` owns; `x` begins with the window's first mark.
    pub fn means(&self, window: &Window, x: &[f32], hidden: usize, out: &mut [f32]) {
        let first = self.start(window.words.start);
        for word in window.owned.clone() {
            let pieces = self.start(word)..self.ends[word];
            let factor = 1.0 / pieces.len() as f32;
            let mean = &mut out[word * hidden..][..hidden];
            for piece in pieces {
                for (mean, value) in mean.iter_mut().zip(&x[(piece - first + 1) * hidden..]) {
                    *mean += value * factor;
                }
            }
        }
    }

    /// Copies the rows of the pieces that `window` owns; `x` begins with the row of the window's first mark.
    pub fn keep(&self, window: &Window, x: &[f32], hidden: usize, out: &mut [f32]) {
        let first = self.start(window.words.start);
        let pieces = self.start(window.owned.start)..self.start(window.owned.end);
        let from = (pieces.start - first + 1) * hidden..(pieces.end - first + 1) * hidden;
        out[pieces.start * hidden..pieces.end * hidden].copy_from_slice(&x[from]);
    }

    /// Pieces of words, where the first piece of the part counts as `base`.
    pub fn pieces_of(&self, words: &Range<usize>, base: usize) -> Range<usize> {
        base + self.start(words.start)..base + self.start(words.end)
    }

    /// Runs of words over which tags are decoded: a window, or the windows that overlap.
    pub fn runs(&self) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        let mut last_end = 0;
        for window in &self.windows {
            match out.last_mut() {
                Some(run) if window.words.start < last_end => run.end = window.owned.end,
                _ => out.push(window.owned.clone()),
            }
            last_end = window.words.end;
        }
        out
    }
}
