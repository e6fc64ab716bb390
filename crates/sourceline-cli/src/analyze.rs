//! `sourceline analyze`: sentences, words, trees, names and attribution spans.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use sourceline::intake::{self, Given};
use sourceline::model::Analysis;
use sourceline::{Document, Engine, segments, wire, write_conllu};

use crate::batch::{Inputs, threads};
use crate::exit::Outcome;

/// Bytes of a long text that are analysed at once as CoNLL-U, so that memory stays bounded.
const SEGMENT: usize = 400_000;

/// Flags of `analyze`.
#[derive(Debug, Clone, Args)]
pub struct AnalyzeArgs {
    /// Files, folders, web addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// CoNLL-U (what a pipe or file gets when nothing is asked for)
    #[arg(long, conflicts_with = "json")]
    pub conllu: bool,
    /// One JSON object a document and line: words, names, attribution spans
    #[arg(long)]
    pub json: bool,
    /// With --json, the vector of each sentence too
    #[arg(long, requires = "json")]
    pub vectors: bool,
    /// Use this weights file instead of the one in the program
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    /// What the SHA-256 of the weights file must be
    #[arg(long, value_name = "HEX", requires = "weights")]
    pub sha256: Option<String>,
    /// Say on standard error how much was analysed how fast
    #[arg(long)]
    pub stats: bool,
    /// Threads; as many as the machine has when not given
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// How to print.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Conllu,
    Json { vectors: bool },
    Table,
}

/// What was analysed.
#[derive(Default)]
struct Stats {
    documents: usize,
    sentences: usize,
    words: usize,
    bytes: usize,
}

/// Analyses the inputs.
pub fn run(args: &AnalyzeArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let form = match (args.json, args.conllu || !std::io::stdout().is_terminal()) {
        (true, _) => Form::Json { vectors: args.vectors },
        (_, true) => Form::Conllu,
        _ => Form::Table,
    };
    let began = Instant::now();
    let engine = match &args.weights {
        Some(file) => Engine::with_weights(file, args.sha256.as_deref().map(str::to_lowercase).as_deref())?,
        None => Engine::load()?,
    };
    let loaded = began.elapsed();
    let threads = threads(args.threads);
    let mut inputs = Inputs::new(&args.inputs);
    let mut stats = Stats::default();
    let began = Instant::now();
    while let Some(batch) = inputs.next(&|loaded| Ok(Some(intake::plain(loaded, &Given::default())?))) {
        let documents: Vec<Document> = batch.into_iter().map(|taken| taken.document).collect();
        let count = documents.len();
        for (number, pieces) in in_pieces(documents, form).into_iter().enumerate() {
            let analyses = engine.analyze_many(pieces, threads);
            let first = stats.documents + number;
            inputs.suspend(|| {
                analyses.iter().try_for_each(|analysis| print(&engine, analysis, form, first, &mut *out))
            })?;
            analyses.iter().for_each(|analysis| stats.add(analysis));
        }
        stats.documents += count;
        inputs.done(count);
    }
    out.flush()?;
    if args.stats {
        let seconds = began.elapsed().as_secs_f64();
        inputs.suspend(|| stats.print(seconds, loaded.as_secs_f64(), threads, engine.encoder().path()));
    }
    Ok(inputs.finish())
}

/// Groups of documents to analyse together: as they are, but long texts alone and, as CoNLL-U, in segments.
fn in_pieces(documents: Vec<Document>, form: Form) -> Vec<Vec<Document>> {
    let mut groups: Vec<Vec<Document>> = Vec::new();
    let mut together = false;
    for document in documents {
        if form == Form::Conllu && document.text.len() > 2 * SEGMENT {
            together = false;
            groups.extend(segments(&document.text, SEGMENT).into_iter().map(|range| {
                vec![Document {
                    input: document.input.clone(),
                    text: document.text[range].to_owned(),
                    ..Document::default()
                }]
            }));
            continue;
        }
        match groups.last_mut() {
            Some(group) if together => group.push(document),
            _ => groups.push(vec![document]),
        }
        together = true;
    }
    groups
}

fn print(
    engine: &Engine,
    analysis: &Analysis,
    form: Form,
    number: usize,
    mut out: &mut dyn Write,
) -> anyhow::Result<()> {
    match form {
        Form::Json { vectors } => {
            let wire = wire::Analysis::new(analysis, engine.reader());
            serde_json::to_writer(&mut out, &if vectors { wire.with_vectors(analysis) } else { wire })?;
            writeln!(out)?;
        }
        Form::Conllu => {
            let name = match analysis.document.input.as_str() {
                "-" => format!("stdin-{}", number + 1),
                input => input.to_owned(),
            };
            write_conllu(&mut out, analysis, &name)?;
        }
        Form::Table => table(analysis, out)?,
    }
    Ok(())
}

/// Columns for people: word, lemma, tag, relation and head, and names below.
fn table(analysis: &Analysis, out: &mut dyn Write) -> anyhow::Result<()> {
    for sentence in &analysis.sentences {
        writeln!(out, "{}", console::style(analysis.text(sentence.span).replace('\n', " ")).bold())?;
        for index in sentence.tokens.range() {
            let token = &analysis.tokens[index];
            let head = token.head.map_or("", |head| analysis.form(head));
            let form = analysis.form(index);
            writeln!(out, "  {form:<18} {:<18} {:<6} {:<12} {head}", token.lemma, token.upos.as_str(), token.deprel)?;
        }
        for name in analysis.names.iter().filter(|name| sentence.tokens.covers(&name.tokens)) {
            let words = analysis.text(analysis.bytes(name.tokens));
            writeln!(out, "  {} {words}", console::style(name.kind.as_str()).cyan())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

impl Stats {
    fn add(&mut self, analysis: &Analysis) {
        self.sentences += analysis.sentences.len();
        self.words += analysis.tokens.len();
        self.bytes += analysis.document.text.len();
    }

    fn print(&self, seconds: f64, loading: f64, threads: usize, path: &str) {
        let Self { documents, sentences, words, bytes } = self;
        let rate = *words as f64 / seconds.max(1e-9);
        eprintln!("{documents} documents, {sentences} sentences, {words} words, {bytes} bytes");
        eprintln!("{seconds:.2} s, {rate:.0} words/s on {threads} threads ({path}); {loading:.2} s to load");
    }
}
