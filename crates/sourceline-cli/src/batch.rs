//! Inputs one batch after the other: loading, progress, interruption, failures.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sourceline::Document;
use sourceline::intake::{self, Input, IntakeError, Limits, Loaded};

use crate::exit::{self, Outcome};

/// Documents and bytes of a batch: enough to keep the threads and the kernels busy, little enough to show progress and stop soon.
const BATCH_DOCUMENTS: usize = 32;
const BATCH_BYTES: usize = 400_000;

/// How a loaded input becomes a document; `None` passes it over.
pub type ToDocument<'f> = dyn Fn(&Loaded) -> anyhow::Result<Option<Document>> + 'f;

/// A document with the bytes it was made from.
pub struct Taken {
    /// The bytes.
    pub raw: Vec<u8>,
    /// The document.
    pub document: Document,
}

/// The inputs of one run.
pub struct Inputs {
    left: std::vec::IntoIter<Input>,
    total: usize,
    failures: Vec<(String, anyhow::Error)>,
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
    limits: Limits,
}

impl Inputs {
    /// Takes the arguments of the command line; folders are replaced by their files.
    pub fn new(arguments: &[String]) -> Self {
        let (inputs, errors) = intake::expand(arguments);
        let failures: Vec<_> = errors.into_iter().map(failure).collect();
        let total = inputs.len() + failures.len();
        let bar = progress(inputs.len());
        Self { left: inputs.into_iter(), total, failures, bar, stop: stop_flag(), limits: Limits::default() }
    }

    /// Number of inputs.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Loads the next batch; `None` when nothing is left or the user wants to stop.
    pub fn next(&mut self, to_document: &ToDocument) -> Option<Vec<Taken>> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH_DOCUMENTS && bytes < BATCH_BYTES && !self.stopped() {
            let Some(input) = self.left.next() else { break };
            self.bar.set_message(input.label());
            let loaded = intake::load(&input, &self.limits).map_err(anyhow::Error::new);
            match loaded.and_then(|loaded| Ok((to_document(&loaded)?, loaded))) {
                Ok((Some(document), loaded)) => {
                    bytes += loaded.bytes.len();
                    batch.push(Taken { raw: loaded.bytes, document });
                }
                Ok((None, _)) => self.bar.inc(1),
                Err(error) => {
                    self.bar.inc(1);
                    self.fail(input.label(), error);
                }
            }
        }
        (!batch.is_empty() || self.left.len() > 0 && !self.stopped()).then_some(batch)
    }

    /// Notes that an input failed.
    pub fn fail(&mut self, label: String, error: anyhow::Error) {
        self.failures.push((label, error));
    }

    /// Says that documents are done.
    pub fn done(&self, count: usize) {
        self.bar.inc(count as u64);
    }

    /// Prints without disturbing the progress bar.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Prints the failures and says how it went.
    pub fn finish(self) -> Outcome {
        self.bar.finish_and_clear();
        let failed = self.failures.len();
        if failed == 1 && self.total == 1 {
            exit::print(&self.failures[0].1);
        } else if failed > 0 {
            eprintln!("{failed} of {} inputs could not be read:", self.total);
            for (label, error) in &self.failures {
                let line = exit::line(error);
                let line = if line.contains(label.as_str()) { line } else { format!("{label}: {line}") };
                eprintln!("error: {line}");
                if let Some(hint) = exit::hint(error) {
                    eprintln!("hint: {hint}");
                }
            }
        }
        match failed {
            _ if self.stop.load(Ordering::Relaxed) => {
                eprintln!("stopped; {} of {} inputs were left", self.left.len(), self.total);
                Outcome::Interrupted
            }
            0 => Outcome::Done,
            _ if failed == self.total => Outcome::AllFailed,
            _ => Outcome::SomeFailed,
        }
    }
}

fn failure(error: IntakeError) -> (String, anyhow::Error) {
    let label = match &error {
        IntakeError::NotFound { path } | IntakeError::Io { path, .. } => path.display().to_string(),
        other => other.to_string(),
    };
    (label, anyhow::Error::new(error))
}

/// A bar on a terminal when there is more than one input.
fn progress(inputs: usize) -> ProgressBar {
    if inputs < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {wide_msg}");
    ProgressBar::new(inputs as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A flag that Ctrl-C sets; the second Ctrl-C ends the program at once.
fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("stopping after the documents at hand; Ctrl-C again stops at once");
    });
    // Without a handler Ctrl-C ends the program at once, which harms nothing: the store takes whole documents.
    drop(handler);
    stop
}

/// Threads to use: as asked, else as many as the machine has.
pub fn threads(asked: Option<usize>) -> usize {
    asked.filter(|&asked| asked > 0).unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}
