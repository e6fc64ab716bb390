//! Documents to analyses, one or many, on one or many threads.
//!
//! The result depends on the document alone, not on the number of threads or on the other documents.

use crate::dateline;
use crate::lemmas::base_form;
use crate::names::{mark_oversights, share_kinds};
use crate::paragraphs::paragraphs;
use crate::speakers::complete_sources;
use crate::tokenizer::{is_space, tokenize};
use sourceline_encoder::{Encoder, Labels, NameLabel, Options, Part, Role, Space, Word};
use sourceline_model::{
    Analysis, AttributionRole, AttributionSpan, Dateline, Document, EntityHint, EntityKind, NameSpan, Note, Sentence,
    Span, Token, Upos,
};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Words of a job for one thread: large enough to fill the kernels, small enough to share work evenly.
const JOB_WORDS: usize = 600;

/// How to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Threads; 0 counts as 1.
    pub threads: usize,
    /// Whether sentences get their vectors.
    pub sentence_vectors: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threads: 1, sentence_vectors: true }
    }
}

/// Analyses one document.
pub fn analyze(document: Document, encoder: &Encoder, settings: Settings) -> Analysis {
    analyze_all(vec![document], encoder, settings).pop().unwrap_or_default()
}

/// Analyses documents together; the result is in their order. Short documents share the kernels' blocks.
pub fn analyze_all(documents: Vec<Document>, encoder: &Encoder, settings: Settings) -> Vec<Analysis> {
    let drafts: Vec<Draft> = documents.into_iter().map(Draft::new).collect();
    run(drafts, encoder, settings)
}

/// Analyses a document whose words and sentences are given: sentences of forms, each with whether a space follows. A
/// sentence for which `paragraph` is true starts a paragraph.
pub fn analyze_words(sentences: &[GivenSentence<'_>], encoder: &Encoder, settings: Settings) -> Analysis {
    run(vec![Draft::given(sentences)], encoder, settings).pop().unwrap_or_default()
}

/// A sentence whose words are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenSentence<'a> {
    /// Forms, each with whether white space follows.
    pub words: Vec<(&'a str, bool)>,
    /// Whether it is the first of a paragraph.
    pub paragraph: bool,
}

/// Cuts a long text into pieces of at most about `bytes` bytes at ends of paragraphs (inside a paragraph only where it alone is
/// longer), so that a text of any size can be analysed with bounded memory.
pub fn segments(text: &str, bytes: usize) -> Vec<Range<usize>> {
    let bytes = bytes.max(1);
    let mut out = Vec::new();
    let mut start = 0;
    while text.len() - start > bytes {
        let limit = text.floor_char_boundary(start + bytes);
        let window = &text[start..limit];
        let cut = ["\n\n", "\n"].iter().find_map(|mark| window.rfind(mark).map(|at| start + at + mark.len()));
        let space = || window.rfind(is_space).filter(|&at| at > 0).map(|at| start + at);
        let cut = cut.or_else(space).unwrap_or(limit).max(start + 1);
        let cut = text.ceil_char_boundary(cut);
        out.push(start..cut);
        start = cut;
    }
    if start < text.len() || out.is_empty() {
        out.push(start..text.len());
    }
    out
}

/// A document in words, before the encoder.
struct Draft {
    document: Document,
    paragraphs: Vec<Span>,
    dateline: Option<Dateline>,
    tokens: Vec<RawToken>,
    /// First words of sentences when they were given.
    sentences: Option<Vec<usize>>,
}

struct RawToken {
    start: usize,
    end: usize,
    surface: Option<(usize, usize)>,
    space: Space,
}

impl Draft {
    fn new(document: Document) -> Self {
        let paragraphs = paragraphs(&document.text);
        let dateline = dateline::find(&document.text, &paragraphs);
        let mut draft = Self { paragraphs: Vec::new(), dateline, tokens: Vec::new(), sentences: None, document };
        for paragraph in paragraphs {
            draft.add_paragraph(paragraph);
        }
        draft
    }

    /// Adds the words of a paragraph; those of a dateline are read apart from the rest.
    fn add_paragraph(&mut self, paragraph: Span) {
        let before = self.tokens.len();
        let cut = self.dateline.as_ref().map(|dateline| dateline.span).filter(|span| paragraph.covers(span));
        let start = cut.map_or(paragraph.start, |span| {
            self.add_words(span);
            span.end
        });
        self.add_words(Span::new(start, paragraph.end));
        if self.tokens.len() > before {
            self.paragraphs.push(paragraph);
        }
    }

    fn add_words(&mut self, paragraph: Span) {
        let text = &self.document.text[paragraph.range()];
        let before = self.tokens.len();
        let mut last_end = 0;
        for token in tokenize(text) {
            let gap = &text[last_end..token.span.start];
            let whole =
                token.is_multiple().then_some((paragraph.start + token.span.start, paragraph.start + token.span.end));
            for (at, word) in token.words().enumerate() {
                let space = match gap {
                    _ if self.tokens.len() == before => Space::Paragraph,
                    "" => Space::Glued,
                    _ if at > 0 => Space::Glued,
                    gap if gap.contains('\n') => Space::Line,
                    _ => Space::Blank,
                };
                let (start, end) = (paragraph.start + word.start, paragraph.start + word.end);
                self.tokens.push(RawToken { start, end, surface: whole, space });
            }
            last_end = token.span.end;
        }
    }

    fn given(sentences: &[GivenSentence<'_>]) -> Self {
        let mut draft = Self {
            document: Document::default(),
            paragraphs: Vec::new(),
            dateline: None,
            tokens: Vec::new(),
            sentences: None,
        };
        let mut starts = Vec::new();
        let mut spaced = false;
        for sentence in sentences.iter().filter(|sentence| !sentence.words.is_empty()) {
            let new = sentence.paragraph || draft.tokens.is_empty();
            let text = &mut draft.document.text;
            if new {
                text.truncate(text.trim_end_matches(' ').len());
                text.push_str(if text.is_empty() { "" } else { "\n\n" });
                draft.paragraphs.push(Span::new(text.len(), text.len()));
            }
            starts.push(draft.tokens.len());
            for (at, &(form, space_after)) in sentence.words.iter().enumerate() {
                let start = text.len();
                text.push_str(form);
                let space = match spaced {
                    _ if new && at == 0 => Space::Paragraph,
                    true => Space::Blank,
                    false => Space::Glued,
                };
                draft.tokens.push(RawToken { start, end: text.len(), surface: None, space });
                if let Some(paragraph) = draft.paragraphs.last_mut() {
                    *paragraph = Span::new(paragraph.start, text.len());
                }
                if space_after {
                    text.push(' ');
                }
                spaced = space_after;
            }
        }
        let text = &mut draft.document.text;
        text.truncate(text.trim_end_matches(' ').len().max(draft.tokens.last().map_or(0, |token| token.end)));
        draft.sentences = Some(starts);
        draft
    }

    fn words(&self) -> Vec<Word<'_>> {
        let word = |token: &RawToken| Word { form: &self.document.text[token.start..token.end], space: token.space };
        self.tokens.iter().map(word).collect()
    }
}

/// A run of words of a document that is read by itself.
struct Piece {
    draft: usize,
    words: Range<usize>,
    /// First words of its sentences, counted from its own first word.
    sentences: Option<Vec<usize>>,
}

fn run(drafts: Vec<Draft>, encoder: &Encoder, settings: Settings) -> Vec<Analysis> {
    let names = Inventory::new(encoder);
    let words: Vec<Vec<Word<'_>>> = drafts.iter().map(Draft::words).collect();
    let pieces = pieces(&drafts, &words, encoder);
    let labels = read(&pieces, &words, encoder, settings);
    drop(words);
    let mut out: Vec<Analysis> = Vec::with_capacity(drafts.len());
    let mut labels = pieces.iter().zip(labels).peekable();
    for (index, draft) in drafts.into_iter().enumerate() {
        let mut builder = Builder::new(draft, &names);
        while let Some((piece, labels)) = labels.next_if(|(piece, _)| piece.draft == index) {
            builder.add(piece.words.start, labels);
        }
        out.push(builder.finish());
    }
    out
}

fn pieces(drafts: &[Draft], words: &[Vec<Word<'_>>], encoder: &Encoder) -> Vec<Piece> {
    let mut out = Vec::new();
    for (index, (draft, words)) in drafts.iter().zip(words).enumerate() {
        for range in encoder.parts(words, JOB_WORDS) {
            let sentences = draft.sentences.as_ref().map(|starts| {
                let inside = starts.iter().filter(|start| range.contains(start)).map(|start| start - range.start);
                // A sentence that a cut goes through starts again at the cut.
                let mut starts: Vec<usize> = inside.collect();
                if starts.first() != Some(&0) {
                    starts.insert(0, 0);
                }
                starts
            });
            out.push(Piece { draft: index, words: range, sentences });
        }
    }
    out
}

/// Reads all pieces, in jobs of neighbours, on the threads asked for.
fn read(pieces: &[Piece], words: &[Vec<Word<'_>>], encoder: &Encoder, settings: Settings) -> Vec<Labels> {
    let jobs = jobs(pieces);
    let options = Options { sentence_vectors: settings.sentence_vectors };
    let read_job = |job: &Range<usize>| {
        let part = |piece: &Piece| -> Vec<Word<'_>> { words[piece.draft][piece.words.clone()].to_vec() };
        let own: Vec<Vec<Word<'_>>> = pieces[job.clone()].iter().map(part).collect();
        let parts: Vec<Part<'_>> = own
            .iter()
            .zip(&pieces[job.clone()])
            .map(|(words, piece)| Part { words, sentences: piece.sentences.as_deref() })
            .collect();
        encoder.read(&parts, options)
    };
    let threads = settings.threads.min(jobs.len());
    if threads <= 1 {
        return jobs.iter().flat_map(read_job).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Vec<Labels>)>> = Mutex::new(Vec::with_capacity(jobs.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, job)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    jobs.get(index).map(|job| (index, job))
                } {
                    let labels = read_job(job);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, labels));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().flat_map(|(_, labels)| labels).collect()
}

fn jobs(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut words) = (0, 0);
    for (index, piece) in pieces.iter().enumerate() {
        words += piece.words.len();
        if words >= JOB_WORDS || index + 1 == pieces.len() {
            out.push(start..index + 1);
            (start, words) = (index + 1, 0);
        }
    }
    out
}

/// The encoder's inventories in the model's types.
struct Inventory<'a> {
    encoder: &'a Encoder,
    upos: Vec<Upos>,
    hints: Vec<Option<EntityHint>>,
    kinds: Vec<EntityKind>,
}

impl<'a> Inventory<'a> {
    fn new(encoder: &'a Encoder) -> Self {
        let config = encoder.config();
        let kind = |name: &String| EntityKind::ALL.into_iter().find(|kind| kind.as_str() == name);
        Self {
            encoder,
            upos: config.upos.iter().map(|tag| Upos::parse(tag).unwrap_or(Upos::X)).collect(),
            hints: config.entity.iter().map(|name| EntityHint::parse(name)).collect(),
            kinds: encoder.name_kinds().iter().map(|name| kind(name).unwrap_or(EntityKind::Other)).collect(),
        }
    }
}

/// Puts an analysis together from the labels of its pieces, in order.
struct Builder<'a> {
    names: &'a Inventory<'a>,
    raw: Vec<RawToken>,
    paragraph: usize,
    found: Vec<NameLabel>,
    analysis: Analysis,
}

impl<'a> Builder<'a> {
    fn new(draft: Draft, names: &'a Inventory<'a>) -> Self {
        let Draft { document, paragraphs, dateline, tokens, .. } = draft;
        let notes = notes(&document.text, tokens.len());
        let analysis = Analysis {
            document,
            paragraphs,
            dateline,
            tokens: Vec::with_capacity(tokens.len()),
            notes,
            ..Analysis::default()
        };
        Self { names, raw: tokens, paragraph: 0, found: Vec::new(), analysis }
    }

    /// Adds the labels of the words from `base` on.
    fn add(&mut self, base: usize, labels: Labels) {
        let Labels { words, sentences, vectors, names, roles } = labels;
        for (at, label) in words.into_iter().enumerate() {
            let token = self.token(base + at, base, label);
            self.analysis.tokens.push(token);
        }
        let mut vectors = vectors.into_iter();
        for sentence in sentences {
            self.sentence(base + sentence.start..base + sentence.end, vectors.next().unwrap_or_default());
        }
        self.found.extend(names.into_iter().map(|name| {
            let words = base + name.words.start..base + name.words.end;
            NameLabel { words, ..name }
        }));
        let first = self.analysis.attribution.len();
        self.analysis.attribution.extend(roles.into_iter().map(|span| AttributionSpan {
            role: match span.role {
                Role::Source => AttributionRole::Source,
                Role::Cue => AttributionRole::Cue,
                Role::Content => AttributionRole::Content,
            },
            tokens: Span::new(base + span.words.start, base + span.words.end),
            cue: span.cue.map(|cue| cue + first),
        }));
    }

    fn token(&self, index: usize, base: usize, label: sourceline_encoder::WordLabel) -> Token {
        let raw = &self.raw[index];
        let config = self.names.encoder.config();
        let feats = &config.feats[label.feats];
        let text = &self.analysis.document.text;
        let next = text[raw.end..].chars().next();
        let upos = self.names.upos[label.upos];
        let common = |word: &str| self.names.encoder.pieces(word).len() == 1;
        Token {
            span: Span::new(raw.start, raw.end),
            lemma: base_form(&text[raw.start..raw.end], upos, feats, label.lemma, common),
            upos,
            feats: if feats == "_" { String::new() } else { feats.clone() },
            head: label.head.map(|head| base + head),
            deprel: config.deprels[label.deprel].clone(),
            space_after: next.is_none_or(is_space),
            surface: raw.surface.map(|(start, end)| Span::new(start, end)),
            hint: self.names.hints[label.entity],
            factuality: label.factuality,
        }
    }

    fn sentence(&mut self, tokens: Range<usize>, vector: Vec<f32>) {
        let span = Span::new(self.raw[tokens.start].start, self.raw[tokens.end - 1].end);
        let paragraphs = &self.analysis.paragraphs;
        while paragraphs.get(self.paragraph).is_some_and(|paragraph| paragraph.end <= span.start) {
            self.paragraph += 1;
        }
        let tokens = Span::new(tokens.start, tokens.end);
        self.analysis.sentences.push(Sentence { tokens, span, paragraph: self.paragraph, vector });
    }

    fn finish(mut self) -> Analysis {
        let raw = &self.raw;
        let text = &self.analysis.document.text;
        let form = |word: usize| &text[raw[word].start..raw[word].end];
        mark_oversights(&mut self.found, raw.len(), form);
        share_kinds(&mut self.found, &self.names.kinds, form);
        let names = self.found.iter().map(|name| NameSpan {
            tokens: Span::new(name.words.start, name.words.end),
            kind: self.names.kinds[name.kind],
        });
        self.analysis.names = names.collect();
        complete_sources(&mut self.analysis);
        self.analysis
    }
}

/// What is odd about a text.
fn notes(text: &str, tokens: usize) -> Vec<Note> {
    let mut out = Vec::new();
    if tokens == 0 {
        out.push(Note::new("empty-text", "there are no words in the text"));
        return out;
    }
    let strange = |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let (mut all, mut odd) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        odd += usize::from(strange(c));
    }
    // One in fifty: far above what a bad character here and there makes, far below any binary file.
    if odd * 50 > all {
        out.push(Note::new("binary-text", "much of the text is not text: control or replacement characters"));
    }
    out
}
