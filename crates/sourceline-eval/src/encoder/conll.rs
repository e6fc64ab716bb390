//! The scores of the CoNLL 2018 shared task (Zeman et al. 2018, section 5): our own implementation of its evaluation.
//!
//! Two CoNLL-U texts over the same characters are aligned: words with equal spans are pairs; inside regions with
//! multi-word tokens, words are aligned by the longest common subsequence of their forms.

use super::errors::Errors;
use super::treebank;
use crate::Context;
use crate::report::Figure;
use crate::score::Counts;
use anyhow::{Result, bail};
use sourceline_encoder::Encoder;
use sourceline_model::{Analysis, Document};
use sourceline_text::{GivenSentence, Settings, analyze, analyze_words, write_conllu};
use std::collections::BTreeSet;
use std::ops::Range;

/// Relations of content words (CLAS).
const CONTENT: [&str; 26] = [
    "nsubj",
    "obj",
    "iobj",
    "csubj",
    "ccomp",
    "xcomp",
    "obl",
    "vocative",
    "expl",
    "dislocated",
    "advcl",
    "advmod",
    "discourse",
    "nmod",
    "appos",
    "nummod",
    "acl",
    "amod",
    "conj",
    "fixed",
    "flat",
    "compound",
    "list",
    "parataxis",
    "orphan",
    "goeswith",
];
/// Two more content relations.
const CONTENT_TOO: [&str; 3] = ["reparandum", "root", "dep"];
/// Relations of function words, whose features count in MLAS.
const FUNCTION: [&str; 6] = ["aux", "cop", "mark", "det", "clf", "case"];
/// Features that the task counts.
const FEATURES: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case", "Definite",
    "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person", "Polite",
];

/// One word of a treebank.
struct Word {
    span: Range<usize>,
    multi: bool,
    form: String,
    lemma: String,
    upos: String,
    feats: String,
    relation: String,
    /// Index of the head; `None` is the root.
    head: Option<usize>,
    functions: Vec<usize>,
}

/// A CoNLL-U text as spans over its characters without white space.
#[derive(Default)]
pub struct Treebank {
    characters: Vec<char>,
    tokens: BTreeSet<(usize, usize)>,
    sentences: BTreeSet<(usize, usize)>,
    words: Vec<Word>,
}

impl Treebank {
    /// Reads CoNLL-U.
    ///
    /// # Errors
    /// When an id or a head is not a number.
    pub fn read(text: &str) -> Result<Self> {
        let mut out = Self::default();
        for block in text.split("\n\n") {
            out.sentence(block)?;
        }
        for index in 0..out.words.len() {
            if FUNCTION.contains(&out.words[index].relation.as_str())
                && let Some(head) = out.words[index].head
            {
                out.words[head].functions.push(index);
            }
        }
        Ok(out)
    }

    fn sentence(&mut self, block: &str) -> Result<()> {
        let (first, start) = (self.words.len(), self.characters.len());
        let mut multi = (0, 0..0);
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() < 10 || columns[0].contains('.') {
                continue;
            }
            let range = columns[0].split_once('-');
            let id: usize = range.map_or(columns[0], |(_, end)| end).parse()?;
            let inside = range.is_none() && id <= multi.0;
            let span = if inside { multi.1.clone() } else { self.token(columns[1]) };
            if range.is_some() {
                multi = (id, span);
                continue;
            }
            let head: usize = columns[6].parse()?;
            self.words.push(Word {
                span,
                multi: inside,
                form: columns[1].to_lowercase(),
                lemma: columns[2].to_owned(),
                upos: columns[3].to_owned(),
                feats: universal(columns[5]),
                relation: columns[7].split(':').next().unwrap_or_default().to_owned(),
                head: head.checked_sub(1).map(|head| head + first),
                functions: Vec::new(),
            });
        }
        if self.words.len() > first {
            self.sentences.insert((start, self.characters.len()));
        }
        Ok(())
    }

    fn token(&mut self, form: &str) -> Range<usize> {
        let start = self.characters.len();
        self.characters.extend(form.chars().filter(|c| !c.is_whitespace()));
        self.tokens.insert((start, self.characters.len()));
        start..self.characters.len()
    }
}

/// The universal features of a FEATS column, in order.
fn universal(feats: &str) -> String {
    let known = |pair: &&str| FEATURES.contains(&pair.split('=').next().unwrap_or_default());
    let mut pairs: Vec<&str> = feats.split('|').filter(known).collect();
    pairs.sort_unstable();
    pairs.join("|")
}

/// Pairs (gold, system) of words that are the same, in order.
fn align(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].multi || system[s].multi {
            let (end_g, end_s) = region(gold, system, g, s);
            common(&gold[g..end_g], &system[s..end_s], (g, s), &mut out);
            (g, s) = (end_g, end_s);
        } else if gold[g].span == system[s].span {
            out.push((g, s));
            (g, s) = (g + 1, s + 1);
        } else if gold[g].span.start <= system[s].span.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    out
}

/// The end of the region of overlapping multi-word tokens that starts at `g` and `s`.
fn region(gold: &[Word], system: &[Word], g: usize, s: usize) -> (usize, usize) {
    let mut end = if gold[g].multi { gold[g].span.end } else { system[s].span.end };
    let (mut g, mut s) = (g, s);
    // As the shared task does it: words that start before the multi-word token are no part of the region.
    while (g < gold.len() && gold[g].span.start < end) || (s < system.len() && system[s].span.start < end) {
        let take_gold = g < gold.len()
            && gold[g].span.start < end
            && (s >= system.len() || gold[g].span.start <= system[s].span.start || system[s].span.start >= end);
        let word = if take_gold { &gold[g] } else { &system[s] };
        if word.multi {
            end = end.max(word.span.end);
        }
        if take_gold {
            g += 1;
        } else {
            s += 1;
        }
    }
    (g, s)
}

/// Longest common subsequence by form.
fn common(gold: &[Word], system: &[Word], (base_g, base_s): (usize, usize), out: &mut Vec<(usize, usize)>) {
    let width = system.len() + 1;
    let mut best = vec![0usize; (gold.len() + 1) * width];
    for g in (0..gold.len()).rev() {
        for s in (0..system.len()).rev() {
            best[g * width + s] = if gold[g].form == system[s].form {
                1 + best[(g + 1) * width + s + 1]
            } else {
                best[(g + 1) * width + s].max(best[g * width + s + 1])
            };
        }
    }
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].form == system[s].form {
            out.push((base_g + g, base_s + s));
            (g, s) = (g + 1, s + 1);
        } else if best[(g + 1) * width + s] >= best[g * width + s + 1] {
            g += 1;
        } else {
            s += 1;
        }
    }
}

/// All scores: name and counts.
///
/// # Errors
/// When the two texts do not have the same characters.
pub fn evaluate(gold: &Treebank, system: &Treebank) -> Result<Vec<(&'static str, Counts)>> {
    if gold.characters != system.characters {
        let at = gold.characters.iter().zip(&system.characters).take_while(|(a, b)| a == b).count();
        let near = |all: &[char]| all[at.saturating_sub(10)..(at + 20).min(all.len())].iter().collect::<String>();
        bail!("the texts differ at character {at}: {} / {}", near(&gold.characters), near(&system.characters));
    }
    let pairs = align(&gold.words, &system.words);
    let mut gold_of = vec![None; system.words.len()];
    for &(g, s) in &pairs {
        gold_of[s] = Some(g);
    }
    let head = |g: usize, s: usize| match (gold.words[g].head, system.words[s].head) {
        (None, None) => true,
        (Some(gold), Some(system)) => gold_of[system] == Some(gold),
        _ => false,
    };
    let same = |test: &dyn Fn(&Word, &Word) -> bool, g: usize, s: usize| test(&gold.words[g], &system.words[s]);
    let all = (system.words.len(), gold.words.len());
    let content = |words: &[Word]| words.iter().filter(|word| is_content(&word.relation)).count();
    let some = (content(&system.words), content(&gold.words));
    let count = |(found, wanted): (usize, usize), test: &dyn Fn(usize, usize) -> bool| Counts {
        right: pairs.iter().filter(|&&(g, s)| test(g, s)).count(),
        found,
        wanted,
    };
    let relation = |g: usize, s: usize| same(&|a, b| a.relation == b.relation, g, s);
    let labelled = |g: usize, s: usize| head(g, s) && relation(g, s);
    let morph = |g: usize, s: usize| same(&|a, b| a.upos == b.upos && a.feats == b.feats, g, s);
    let in_content = |g: usize| is_content(&gold.words[g].relation);
    let lemma = |g: usize, s: usize| same(&|a, b| a.lemma == "_" || a.lemma == b.lemma, g, s);
    let functions = |g: usize, s: usize| {
        let (a, b) = (&gold.words[g].functions, &system.words[s].functions);
        a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| gold_of[b] == Some(a) && relation(a, b) && morph(a, b))
    };
    Ok(vec![
        ("tokens", Counts::of(&system.tokens, &gold.tokens)),
        ("sentences", Counts::of(&system.sentences, &gold.sentences)),
        ("words", count(all, &|_, _| true)),
        ("upos", count(all, &|g, s| same(&|a, b| a.upos == b.upos, g, s))),
        ("ufeats", count(all, &|g, s| same(&|a, b| a.feats == b.feats, g, s))),
        ("lemmas", count(all, &lemma)),
        ("uas", count(all, &head)),
        ("las", count(all, &labelled)),
        ("clas", count(some, &|g, s| in_content(g) && labelled(g, s))),
        ("mlas", count(some, &|g, s| in_content(g) && labelled(g, s) && morph(g, s) && functions(g, s))),
        ("blex", count(some, &|g, s| in_content(g) && labelled(g, s) && lemma(g, s))),
    ])
}

fn is_content(relation: &str) -> bool {
    CONTENT.contains(&relation) || CONTENT_TOO.contains(&relation)
}

fn figures(name: &str, scores: Vec<(&'static str, Counts)>) -> Vec<Figure> {
    scores.into_iter().map(|(score, counts)| Figure::f1(format!("{name}.{score}"), counts)).collect()
}

fn to_conllu(analysis: &Analysis) -> Result<String> {
    let mut out = Vec::new();
    write_conllu(&mut out, analysis, "eval")?;
    Ok(String::from_utf8(out)?)
}

/// EWT dev from raw text.
///
/// # Errors
/// When the treebank cannot be read.
pub fn ewt_raw(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    let sentences = treebank::read(&context.data.join("ud_ewt/en_ewt-ud-dev.conllu"))?;
    let text = treebank::raw_text(&sentences);
    let analysis = analyze(Document { text, ..Document::default() }, encoder, Settings::default());
    let gold = Treebank::read(&treebank::conllu(&sentences))?;
    Ok(figures("ewt_raw", evaluate(&gold, &Treebank::read(&to_conllu(&analysis)?)?)?))
}

/// EWT dev with gold tokens and sentences.
///
/// # Errors
/// When the treebank cannot be read.
pub fn ewt_gold(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    gold_tokens(context, encoder, "ewt_gold", "ud_ewt/en_ewt-ud-dev.conllu")
}

/// GUM dev with gold tokens and sentences.
///
/// # Errors
/// When the treebank cannot be read.
pub fn gum_gold(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    gold_tokens(context, encoder, "gum_gold", "derived/en_gum-dep-dev.conllu")
}

fn gold_tokens(context: &Context, encoder: &Encoder, name: &str, path: &str) -> Result<Vec<Figure>> {
    let sentences = treebank::read(&context.data.join(path))?;
    let mut system = String::new();
    let mut gold = String::new();
    for document in sentences.chunk_by(|_, next| !next.document) {
        let given: Vec<GivenSentence<'_>> = document
            .iter()
            .map(|sentence| GivenSentence {
                words: sentence.words.iter().map(|(form, space)| (form.as_str(), *space)).collect(),
                paragraph: sentence.paragraph,
            })
            .collect();
        system += &to_conllu(&analyze_words(&given, encoder, Settings { sentence_vectors: false, threads: 1 }))?;
        gold += &plain_words(document);
    }
    tree_errors(&gold, &system).write(context, name, "Words by tag, head and relation; gold tokens.")?;
    let scores = evaluate(&Treebank::read(&gold)?, &Treebank::read(&system)?)?;
    let wanted = ["upos", "ufeats", "lemmas", "uas", "las", "clas", "mlas", "blex"];
    Ok(figures(name, scores.into_iter().filter(|(score, _)| wanted.contains(score)).collect()))
}

/// Wrong tags, heads and relations of the same words in two files.
fn tree_errors(gold: &str, system: &str) -> Errors {
    let words = |text: &str| -> Vec<[String; 3]> {
        let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        let columns = lines.map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
        let relation = |column: &str| column.split(':').next().unwrap_or_default().to_owned();
        columns.filter(|c| c.len() > 7).map(|c| [c[3].clone(), c[6].clone(), relation(&c[7])]).collect()
    };
    let mut errors = Errors::default();
    for ([tag, head, relation], [my_tag, my_head, my_relation]) in words(gold).into_iter().zip(words(system)) {
        if tag != my_tag {
            errors.add(format!("tag {tag}"), my_tag);
        }
        match (head == my_head, relation == my_relation) {
            (true, true) => {}
            (true, false) => errors.add(relation, format!("{my_relation}, right head")),
            (false, true) => errors.add(relation, "the same, wrong head"),
            (false, false) => errors.add(relation, format!("{my_relation}, wrong head")),
        }
    }
    errors
}

/// Gold sentences without the lines of multi-word tokens: every word is a token, as in the system's input.
fn plain_words(sentences: &[treebank::GoldSentence]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        for line in sentence.lines.iter().filter(|line| !line.split('\t').next().unwrap_or_default().contains('-')) {
            out += line;
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines `id form head relation`, sentences parted by an empty line.
    fn treebank(text: &str) -> Treebank {
        let line = |line: &str| match line.split_whitespace().collect::<Vec<_>>()[..] {
            [id, form, head, relation] => format!("{id}\t{form}\t{form}\tX\t_\t_\t{head}\t{relation}\t_\t_\n"),
            [id, form] => format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n"),
            _ => "\n".to_owned(),
        };
        Treebank::read(&text.lines().map(|text| line(text.trim())).collect::<String>()).expect("it is CoNLL-U")
    }

    fn check(gold: &str, system: &str, expected: &[(&str, (usize, usize, usize))]) {
        let scores = evaluate(&treebank(gold), &treebank(system)).expect("the texts are the same");
        for (name, (right, found, wanted)) in expected {
            let (_, counts) = scores.iter().find(|(score, _)| score == name).expect("a known score");
            assert_eq!((counts.right, counts.found, counts.wanted), (*right, *found, *wanted), "{name}");
        }
    }

    const GOLD: &str = "1 She 2 nsubj\n2-3 can't\n2 ca 4 aux\n3 n't 4 advmod\n4 come 0 root\n5 . 4 punct";

    #[test]
    fn the_same_text_is_all_right() {
        check(GOLD, GOLD, &[("words", (5, 5, 5)), ("las", (5, 5, 5)), ("sentences", (1, 1, 1)), ("clas", (3, 3, 3))]);
    }

    #[test]
    fn an_unsplit_token_loses_its_words() {
        let system = "1 She 3 nsubj\n2 can't 3 aux\n3 come 0 root\n4 . 3 punct";
        check(GOLD, system, &[("tokens", (4, 4, 4)), ("words", (3, 4, 5)), ("uas", (2, 4, 5))]);
    }

    #[test]
    fn a_cut_sentence_and_a_wrong_label() {
        let system = "1 She 2 obj\n2-3 can't\n2 ca 0 root\n3 n't 2 advmod\n\n1 come 0 root\n2 . 1 punct";
        check(GOLD, system, &[("sentences", (0, 2, 1)), ("uas", (3, 5, 5)), ("las", (2, 5, 5))]);
    }
}
