//! Gold treebanks: sentences of CoNLL-U with their raw text.

use anyhow::{Context as _, Result};
use std::path::Path;

/// One sentence of a treebank.
#[derive(Debug, Default, Clone)]
pub struct GoldSentence {
    /// CoNLL-U lines without comments and empty nodes.
    pub lines: Vec<String>,
    /// Surface tokens with whether a space follows.
    pub tokens: Vec<(String, bool)>,
    /// Words with whether a space follows (inside a multi-word token none does).
    pub words: Vec<(String, bool)>,
    /// Whether it starts a paragraph.
    pub paragraph: bool,
    /// Whether it starts a document.
    pub document: bool,
}

/// Reads a treebank.
pub fn read(path: &Path) -> Result<Vec<GoldSentence>> {
    let text = std::fs::read_to_string(path).map_err(anyhow::Error::from).context(path.display().to_string())?;
    let mut out = Vec::new();
    let (mut paragraph, mut document) = (true, true);
    for block in text.split("\n\n") {
        let mut sentence = GoldSentence::default();
        let mut last = 0;
        for line in block.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                document |= comment.starts_with("newdoc");
                paragraph |= comment.starts_with("newpar") && !comment.starts_with("newpar_block");
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() < 10 || columns[0].contains('.') {
                continue;
            }
            sentence.lines.push(line.to_owned());
            let space = !columns[9].split('|').any(|key| key == "SpaceAfter=No");
            if let Some((_, end)) = columns[0].split_once('-') {
                last = end.parse()?;
                sentence.tokens.push((columns[1].to_owned(), space));
                continue;
            }
            let id: usize = columns[0].parse()?;
            if id > last {
                sentence.tokens.push((columns[1].to_owned(), space));
            }
            let after = sentence.tokens.last().is_some_and(|(_, space)| *space);
            sentence.words.push((columns[1].to_owned(), if id < last { false } else { after }));
        }
        if !sentence.words.is_empty() {
            (sentence.document, sentence.paragraph) = (document, paragraph || document);
            (document, paragraph) = (false, false);
            out.push(sentence);
        }
    }
    Ok(out)
}

/// The raw text: paragraphs parted by an empty line.
pub fn raw_text(sentences: &[GoldSentence]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        if sentence.paragraph && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        for (form, space) in &sentence.tokens {
            text.push_str(form);
            if *space {
                text.push(' ');
            }
        }
    }
    text
}

/// The same as CoNLL-U text.
pub fn conllu(sentences: &[GoldSentence]) -> String {
    sentences.iter().map(|sentence| sentence.lines.join("\n") + "\n\n").collect()
}
