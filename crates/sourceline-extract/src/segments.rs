//! Stretches of a document with sources of their own: the entries of a live page, the paragraphs of a digest that open with a label.
//!
//! In: a `Scene`. Out: `Segment`s.

use crate::scene::Scene;

/// A stretch of a document with sources of its own: all of it, or one entry of a live page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its paragraphs.
    pub paragraphs: std::ops::Range<usize>,
}

/// Cuts a document at the time stamps of a live page.
pub fn segments(scene: &Scene) -> Vec<Segment> {
    let analysis = scene.tree.analysis;
    let count = analysis.paragraphs.len();
    let text = |paragraph: usize| analysis.text(analysis.paragraphs[paragraph]);
    let mut starts: Vec<usize> = (0..count).filter(|&paragraph| is_stamped(text(paragraph))).collect();
    if starts.len() < 2 {
        starts = (0..count).filter(|&paragraph| is_labelled(text(paragraph))).collect();
        if starts.len() < 3 {
            return vec![Segment { paragraphs: 0..count }];
        }
    }
    let mut cuts: Vec<usize> = std::iter::once(0).chain(starts).chain([count]).collect();
    cuts.dedup();
    cuts.windows(2).map(|pair| Segment { paragraphs: pair[0]..pair[1] }).collect()
}

/// "KYRGYZSTAN. State radio …", "Region: …" in capitals: a paragraph of a digest.
fn is_labelled(text: &str) -> bool {
    let Some((label, rest)) = text.split_once([':', '.', '—']) else { return false };
    let capital = label.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    capital && (3..40).contains(&letters) && rest.starts_with(' ') && rest.len() > label.len()
}

/// "09:42 — …": an entry of a live page.
fn is_stamped(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = &text[digits..];
    let minutes = rest
        .strip_prefix([':', '.'])
        .is_some_and(|rest| rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit));
    (1..=2).contains(&digits) && minutes
}
