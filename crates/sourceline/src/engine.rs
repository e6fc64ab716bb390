//! The resources of reading, loaded once, and the way from document to reading.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use sourceline_coding::Rules;
use sourceline_extract::{Lexicon, Resources, read};
use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Document, Note, Reading};
use sourceline_text::{Encoder, LoadError, Settings};
use sourceline_wire::Reader;

use crate::outlet;

/// Name of the weights in the box.
const MODEL: &str = "english";

/// Why the engine cannot be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The encoder's weights are missing or damaged.
    #[error("the encoder cannot be loaded")]
    Encoder(#[from] LoadError),
}

/// Everything that reading needs, loaded once; shared between threads.
pub struct Engine {
    encoder: Encoder,
    knowledge: &'static Knowledge,
    rules: Rules,
    lexicon: Lexicon,
}

impl Engine {
    /// Loads what is built into the program.
    ///
    /// # Errors
    /// When the program was built without weights.
    pub fn load() -> Result<Self, EngineError> {
        Ok(Self::with_encoder(sourceline_text::encoder()?))
    }

    /// Loads the encoder from a weights file instead; with `digest`, its SHA-256 must be that (lower-case hex).
    ///
    /// # Errors
    /// When the file is missing, altered or of another version.
    pub fn with_weights(path: &Path, digest: Option<&str>) -> Result<Self, EngineError> {
        Ok(Self::with_encoder(Encoder::from_file(path, digest)?))
    }

    fn with_encoder(encoder: Encoder) -> Self {
        Self { encoder, knowledge: Knowledge::embedded(), rules: Rules::builtin(), lexicon: Lexicon::builtin() }
    }

    /// What the engine knows of the world.
    pub fn knowledge(&self) -> &'static Knowledge {
        self.knowledge
    }

    /// The encoder.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// What readings say of the program that made them.
    pub fn reader(&self) -> Reader {
        let model = format!("{MODEL} sha256:{}", self.encoder.digest());
        Reader { version: env!("CARGO_PKG_VERSION").to_owned(), model }
    }

    /// Analyses one document: sentences, words, trees, names, attribution spans.
    pub fn analyze(&self, document: Document, threads: usize) -> Analysis {
        sourceline_text::analyze(document, &self.encoder, settings(threads))
    }

    /// Analyses documents together, in their order; the result does not depend on the number of threads.
    pub fn analyze_many(&self, documents: Vec<Document>, threads: usize) -> Vec<Analysis> {
        sourceline_text::analyze_all(documents, &self.encoder, settings(threads))
    }

    /// Reads one document.
    pub fn read(&self, document: Document) -> Reading {
        self.read_many(vec![document], 1).pop().unwrap_or_default()
    }

    /// Reads documents on `threads` threads; the readings are in the documents' order and do not depend on the number of threads.
    pub fn read_many(&self, mut documents: Vec<Document>, threads: usize) -> Vec<Reading> {
        documents.iter_mut().for_each(|document| outlet::link(document, self.knowledge));
        let (read, unread): (Vec<_>, Vec<_>) =
            documents.into_iter().enumerate().partition(|(_, document)| is_read(document));
        let (places, documents): (Vec<usize>, Vec<Document>) = read.into_iter().unzip();
        let analyses = sourceline_text::analyze_all(documents, &self.encoder, settings(threads));
        let mut readings: Vec<(usize, Reading)> = places.into_iter().zip(self.extract(analyses, threads)).collect();
        readings.extend(unread.into_iter().map(|(place, document)| (place, not_read(document))));
        readings.sort_by_key(|(place, _)| *place);
        readings.into_iter().map(|(_, reading)| reading).collect()
    }

    /// Makes readings of analyses, each thread taking the next one that is left.
    fn extract(&self, analyses: Vec<Analysis>, threads: usize) -> Vec<Reading> {
        let resources = Resources { knowledge: self.knowledge, rules: &self.rules, lexicon: &self.lexicon };
        let threads = threads.clamp(1, analyses.len().max(1));
        if threads == 1 {
            return analyses.into_iter().map(|analysis| finish(read(analysis, &resources))).collect();
        }
        let next = AtomicUsize::new(0);
        let left: Vec<Mutex<Option<Analysis>>> =
            analyses.into_iter().map(|analysis| Mutex::new(Some(analysis))).collect();
        let done: Vec<Mutex<Option<Reading>>> = left.iter().map(|_| Mutex::new(None)).collect();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(analysis) = left.get(at).and_then(|slot| lock(slot).take()) else { break };
                        *lock(&done[at]) = Some(finish(read(analysis, &resources)));
                    }
                });
            }
        });
        done.into_iter()
            .filter_map(|slot| slot.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
            .collect()
    }
}

/// Locks; a thread that panicked while it held the lock leaves a whole value behind.
fn lock<T>(slot: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn settings(threads: usize) -> Settings {
    Settings { threads: threads.max(1), ..Settings::default() }
}

/// Whether a document is in a language that is read; unknown counts as English.
fn is_read(document: &Document) -> bool {
    document.language.as_deref().is_none_or(|language| language == "en")
}

/// The reading of a document in another language: its text, and a note instead of guesses.
fn not_read(document: Document) -> Reading {
    let language = document.language.as_deref().unwrap_or("unknown");
    let message =
        format!("The document is in the language \"{language}\", which is not read yet; nothing was read in it.");
    let paragraphs = sourceline_text::paragraphs(&document.text);
    let notes = vec![Note::new("language-not-read", message)];
    Reading { analysis: Analysis { document, paragraphs, ..Analysis::default() }, notes, ..Reading::default() }
}

/// Says each thing once: several stages note that there is no text.
fn finish(mut reading: Reading) -> Reading {
    let document = &reading.analysis.document.notes;
    let known = |code: &str| document.iter().any(|note| note.code == code);
    let said = |note: &Note| matches!(note.code, "no-text" | "empty-text") && known("no-text");
    reading.analysis.notes.retain(|note| !said(note));
    reading.notes.retain(|note| !said(note) || document.contains(note));
    reading
}
