//! Prints tokens, so that `eval/tokens.py` can hold the tokeniser to `training/sltok.py`.

use crate::Context;
use anyhow::Result;
use sourceline_text::tokenize;
use std::fmt::Write as _;
use std::io::Read;

/// Reads paragraphs parted by NUL from standard input; prints one line a paragraph: tokens as `start:end,end…` in code points.
///
/// # Errors
/// When standard input is not UTF-8.
pub fn run(_: &Context) -> Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut out = String::new();
    for paragraph in text.split('\0') {
        let mut points = vec![0; paragraph.len() + 1];
        let mut count = 0;
        for (at, _) in paragraph.char_indices() {
            points[at] = count;
            count += 1;
        }
        points[paragraph.len()] = count;
        for token in tokenize(paragraph) {
            let ends: Vec<String> = token.words().map(|word| points[word.end].to_string()).collect();
            let _ = write!(out, "{}:{} ", points[token.span.start], ends.join(","));
        }
        out.push('\n');
    }
    print!("{out}");
    Ok(())
}
