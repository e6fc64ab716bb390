//! Tokenised corpora to text: the same rules as `training/prep.py`, so that dev text looks like training text.

use std::ops::Range;

const CLOSING: &[&str] = &[
    ".", ",", ";", ":", "!", "?", "%", ")", "]", "}", "”", "’", "''", "...", "…", "n't", "'s", "'re", "'ve", "'ll",
    "'d", "'m", "n’t", "’s", "’re", "’ve", "’ll", "’d", "’m",
];
const OPENING: &[&str] = &["(", "[", "{", "“", "‘", "$", "£", "€", "#"];

/// The text of `tokens` and the bytes of each token in it.
pub fn detokenize(tokens: &[&str]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(tokens.len());
    let mut open_quote = false;
    let mut glue = true;
    for (at, &token) in tokens.iter().enumerate() {
        let mut before = !std::mem::take(&mut glue);
        if CLOSING.contains(&token.to_lowercase().as_str()) {
            before = false;
        }
        let ends = |token: &str, last: bool| {
            let c = if last { token.chars().next_back() } else { token.chars().next() };
            c.is_some_and(char::is_alphanumeric)
        };
        if token == "''" || (token == "\"" && open_quote) {
            (before, open_quote) = (false, false);
        } else if matches!(token, "\"" | "``") {
            (open_quote, glue) = (true, true);
        } else if OPENING.contains(&token) {
            glue = true;
        } else if matches!(token, "-" | "/" | "–") && at > 0 && at + 1 < tokens.len() {
            if ends(tokens[at - 1], true) && ends(tokens[at + 1], false) {
                (before, glue) = (false, true);
            }
        } else if token == "'" && at > 0 && tokens[at - 1].ends_with('s') {
            before = false;
        }
        let token = if matches!(token, "''" | "``") { "\"" } else { token };
        if before && !text.is_empty() {
            text.push(' ');
        }
        spans.push(text.len()..text.len() + token.len());
        text.push_str(token);
    }
    (text, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_spacing() {
        let tokens: Vec<&str> =
            "`` We do n't know , '' he said ( at 5 p.m. ) of the river - bridge .".split(' ').collect();
        let (text, spans) = detokenize(&tokens);
        assert_eq!(text, "\"We don't know,\" he said (at 5 p.m.) of the river-bridge.");
        assert_eq!(&text[spans[3].clone()], "n't");
    }
}
