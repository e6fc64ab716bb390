//! Writes an analysis as CoNLL-U, which other tools and the CoNLL 2018 scorer read.

use sourceline_model::{Analysis, AttributionRole, Sentence, Span};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes `analysis` as one CoNLL-U document. Sentences get ids `<name>-<n>`, from 1. MISC holds `SpaceAfter=No`, and names and
/// attribution spans as BIO tags.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_conllu(out: &mut impl Write, analysis: &Analysis, name: &str) -> io::Result<()> {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join("_");
    let misc = misc(analysis);
    let mut text = String::new();
    let mut paragraph = None;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        text.clear();
        if number == 0 {
            line(&mut text, format_args!("# newdoc id = {name}"));
        }
        if paragraph != Some(sentence.paragraph) {
            line(&mut text, format_args!("# newpar"));
            paragraph = Some(sentence.paragraph);
        }
        line(&mut text, format_args!("# sent_id = {name}-{}", number + 1));
        let words = analysis.text(sentence.span).split(crate::tokenizer::is_space).filter(|word| !word.is_empty());
        line(&mut text, format_args!("# text = {}", words.collect::<Vec<_>>().join(" ")));
        for index in sentence.tokens.range() {
            range_line(&mut text, analysis, sentence, index);
            word_line(&mut text, analysis, sentence, index, &misc[index]);
        }
        text.push('\n');
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// Appends a line. Writing to a string cannot fail.
fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{arguments}");
}

/// The line of a multi-word token, before its first word.
fn range_line(text: &mut String, analysis: &Analysis, sentence: &Sentence, index: usize) {
    let token = &analysis.tokens[index];
    let Some(surface) = token.surface.filter(|surface| surface.start == token.span.start) else { return };
    let inside = |index: &usize| analysis.tokens[*index].surface == Some(surface);
    let last = (index..sentence.tokens.end).take_while(inside).last().unwrap_or(index);
    if last == index {
        return;
    }
    let space = if analysis.tokens[last].space_after { "_" } else { "SpaceAfter=No" };
    let id = |index: usize| index - sentence.tokens.start + 1;
    let form = analysis.text(surface);
    line(text, format_args!("{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{space}", id(index), id(last)));
}

fn word_line(text: &mut String, analysis: &Analysis, sentence: &Sentence, index: usize, misc: &str) {
    let token = &analysis.tokens[index];
    let id = index - sentence.tokens.start + 1;
    let head = token.head.map_or(0, |head| head - sentence.tokens.start + 1);
    let feats = if token.feats.is_empty() { "_" } else { &token.feats };
    let (form, upos, relation) = (analysis.form(index), token.upos.as_str(), &token.deprel);
    let lemma = if token.lemma.is_empty() { form } else { &token.lemma };
    let spaced = token.space_after || token.surface.is_some();
    let misc = match (spaced, misc) {
        (true, "") => "_".to_owned(),
        (true, misc) => misc.to_owned(),
        (false, "") => "SpaceAfter=No".to_owned(),
        (false, misc) => format!("{misc}|SpaceAfter=No"),
    };
    line(text, format_args!("{id}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{relation}\t_\t{misc}"));
}

/// Names and attribution spans of each word.
fn misc(analysis: &Analysis) -> Vec<String> {
    let mut out = vec![String::new(); analysis.tokens.len()];
    for span in &analysis.attribution {
        let (key, cue) = match span.role {
            AttributionRole::Source => ("Source", span.cue),
            AttributionRole::Cue => ("Cue", None),
            AttributionRole::Content => ("Content", span.cue),
        };
        mark(&mut out, span.tokens, key, None);
        let number = cue.map(|cue| {
            let cues = analysis.attribution[..cue].iter().filter(|span| span.role == AttributionRole::Cue);
            cues.count()
        });
        if let (Some(first), Some(number)) = (out.get_mut(span.tokens.start), number) {
            if first.contains("Link=") {
                continue;
            }
            let _ = write!(first, "|Link={number}");
        }
    }
    for name in &analysis.names {
        mark(&mut out, name.tokens, "Name", Some(name.kind.as_str()));
    }
    for words in &mut out {
        let mut keys: Vec<&str> = words.split('|').filter(|key| !key.is_empty()).collect();
        keys.sort_unstable();
        *words = keys.join("|");
    }
    out
}

fn mark(out: &mut [String], tokens: Span<sourceline_model::Tok>, key: &str, kind: Option<&str>) {
    for index in tokens.range() {
        let tag = if index == tokens.start { "B" } else { "I" };
        if let Some(words) = out.get_mut(index) {
            let _ = match kind {
                Some(kind) => write!(words, "|{key}={tag}-{kind}"),
                None => write!(words, "|{key}={tag}"),
            };
        }
    }
}
