//! `sourceline read`: reports to readings, on the terminal, as JSON Lines, as a page, and into the store.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sourceline::intake::{self, Given};
use sourceline::wire::{self, Reader};
use sourceline::{Engine, Reading};
use sourceline_store::{NewReading, Put, Store};

use crate::batch::{Inputs, Taken, threads};
use crate::commands::store_path;
use crate::exit::{Outcome, Usage};
use crate::{page, view};

/// Flags of `read`.
#[derive(Debug, Clone, Args)]
pub struct ReadArgs {
    /// Files, folders, web addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Publication date of the report: 2025-01-08, 2025-01, 2025, or any EDTF
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Name of the outlet
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Address of the report
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Language of the report, as ISO 639-1 has it (en)
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// One JSON object a line (sourceline.reading/1)
    #[arg(long)]
    pub json: bool,
    /// With --json: the words too
    #[arg(long, requires = "json")]
    pub tokens: bool,
    /// Write a page that shows the readings with their words marked
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print only, store nothing
    #[arg(long)]
    pub no_store: bool,
    /// Threads; as many as the machine has when not given
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// Reads the inputs.
pub fn run(args: &ReadArgs, store: Option<&Path>, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let given = given(args)?;
    let engine = Engine::load()?;
    let mut session = Session {
        reader: engine.reader(),
        store: if args.no_store { None } else { Some(Store::open(&store_path(store)?)?) },
        page: args.html.as_ref().map(|_| page::Page::default()),
        args,
        brief: false,
        counts: Counts::default(),
    };
    let mut inputs = Inputs::new(&args.inputs);
    session.brief = inputs.total() > 1 && !args.json;
    while let Some(batch) = session.next(&mut inputs, &given) {
        let (raw, documents): (Vec<_>, Vec<_>) = batch.into_iter().map(|taken| (taken.raw, taken.document)).unzip();
        let readings = engine.read_many(documents, threads(args.threads));
        let count = readings.len();
        inputs.suspend(|| readings.iter().zip(&raw).try_for_each(|(reading, raw)| session.take(reading, raw, out)))?;
        inputs.done(count);
    }
    if let (Some(page), Some(file)) = (&session.page, &args.html) {
        std::fs::write(file, page.finish()).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    session.summary(out)?;
    out.flush()?;
    Ok(inputs.finish())
}

/// What the user says about the documents, checked.
fn given(args: &ReadArgs) -> anyhow::Result<Given> {
    let published = args.published.as_deref().map(|date| {
        let hint = "give it as 2025-01-08, 2025-01 or 2025; leave it out when it is not known";
        intake::edtf(date).ok_or_else(|| Usage { what: format!("--published {date} is no date"), hint })
    });
    let language = args.language.as_deref().map(|code| {
        let known = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        let hint = "give two letters, such as en";
        known.then(|| code.to_lowercase()).ok_or_else(|| Usage { what: format!("--language {code} is no code"), hint })
    });
    Ok(Given {
        published: published.transpose()?,
        outlet: args.outlet.clone(),
        url: args.url.clone(),
        language: language.transpose()?,
    })
}

/// What became of the documents.
#[derive(Debug, Default)]
struct Counts {
    stored: usize,
    known: usize,
    claims: usize,
}

/// One run of `read`.
struct Session<'a> {
    args: &'a ReadArgs,
    reader: Reader,
    store: Option<Store>,
    page: Option<page::Page>,
    /// One line a document instead of its claims.
    brief: bool,
    counts: Counts,
}

impl Session<'_> {
    /// The next documents; those that the store knows already are passed over unless their readings are to be shown.
    fn next(&mut self, inputs: &mut Inputs, given: &Given) -> Option<Vec<Taken>> {
        let skip = self.brief && self.page.is_none();
        let (store, reader) = (self.store.as_ref().filter(|_| skip), &self.reader);
        let known = std::cell::Cell::new(0);
        let batch = inputs.next(&|loaded| {
            if let Some(store) = store
                && store.knows(&loaded.bytes, &reader.version, &reader.model)?.is_some()
            {
                known.set(known.get() + 1);
                return Ok(None);
            }
            Ok(Some(intake::read(loaded, given)?))
        });
        self.counts.known += known.get();
        batch
    }

    /// Stores and shows one reading; it is shown only after it is stored.
    fn take(&mut self, reading: &Reading, raw: &[u8], out: &mut dyn Write) -> anyhow::Result<()> {
        if self.store.is_some() {
            self.put(reading, raw)?;
        }
        self.counts.claims += reading.claims.len();
        if let Some(page) = &mut self.page {
            page.add(reading);
        }
        if self.args.json {
            let line = wire::Reading::new(reading, self.reader.clone(), self.args.tokens);
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        } else if self.brief {
            view::line(reading, out)?;
        } else {
            view::reading(reading, out)?;
        }
        out.flush()?;
        Ok(())
    }

    fn put(&mut self, reading: &Reading, raw: &[u8]) -> anyhow::Result<()> {
        let Some(store) = &mut self.store else { return Ok(()) };
        let body = serde_json::to_vec(&wire::Reading::new(reading, self.reader.clone(), false))?;
        let new = NewReading { reading, body: &body, raw, reader: &self.reader.version, model: &self.reader.model };
        match store.put(&new)? {
            Put::Known { .. } => self.counts.known += 1,
            Put::Stored { .. } | Put::ReadAgain { .. } => self.counts.stored += 1,
        }
        Ok(())
    }

    /// Says how many documents were stored.
    fn summary(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let Some(store) = self.store.as_ref().filter(|_| !self.args.json) else { return Ok(()) };
        let Counts { stored, known, claims } = self.counts;
        if self.brief {
            writeln!(
                out,
                "{stored} reports stored with {claims} claims, {known} known already: {}",
                store.path().display()
            )?;
        } else if stored + known > 0 {
            let what = if stored > 0 { "stored" } else { "known already" };
            writeln!(out, "{}", console::style(format!("{what}: {}", store.path().display())).dim())?;
        }
        Ok(())
    }
}
