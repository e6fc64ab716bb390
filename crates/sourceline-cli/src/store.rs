//! `sourceline store`: what the store holds, whether it is sound, and the way out of it and in.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sourceline_store::Store;

/// What to do with the store.
#[derive(Debug, Clone, clap::Args)]
pub struct StoreArgs {
    /// What.
    #[command(subcommand)]
    pub what: StoreCommand,
}

/// What to do with the store.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum StoreCommand {
    /// Says where it is and what it holds.
    Info {
        /// A JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Looks for damage; exits with an error when there is some.
    Check {
        /// A JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Writes everything as JSON Lines.
    Export {
        /// To this file; standard output without one.
        file: Option<PathBuf>,
    },
    /// Reads what another store exported; what is known already stays as it is.
    Import {
        /// From this file; `-` for standard input.
        file: PathBuf,
    },
}

/// Does what the arguments say.
///
/// # Errors
/// When the store cannot be read or written, a check finds damage, or a file cannot be opened.
pub fn run(args: &StoreArgs, path: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    match &args.what {
        StoreCommand::Info { json } => info(&Store::open_read(path)?, *json, out),
        StoreCommand::Check { json } => check(&Store::open_read(path)?, *json, out),
        StoreCommand::Export { file } => export(&Store::open_read(path)?, file.as_deref(), out),
        StoreCommand::Import { file } => import(&mut Store::open(path)?, file, out),
    }
}

fn info(store: &Store, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let info = store.info()?;
    let path = store.path().display().to_string();
    if json {
        let value = serde_json::json!({
            "path": path, "version": info.version, "bytes": info.bytes, "documents": info.documents, "raws": info.raws, "readings": info.readings,
            "claims": info.claims, "propositions": info.propositions, "contradictions": info.contradictions, "outlets": info.outlets,
        });
        writeln!(out, "{value}")?;
        return Ok(());
    }
    writeln!(out, "{path}  ({:.1} MB, version {})", info.bytes as f64 / 1e6, info.version)?;
    writeln!(
        out,
        "{} documents of {} outlets, {} readings, {} pages as they came",
        info.documents, info.outlets, info.readings, info.raws
    )?;
    writeln!(
        out,
        "{} claims in {} propositions, {} pairs of which contradict each other",
        info.claims, info.propositions, info.contradictions
    )?;
    Ok(())
}

fn check(store: &Store, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let check = store.check()?;
    if json {
        writeln!(out, "{}", serde_json::json!({"documents": check.documents, "problems": check.problems}))?;
    } else {
        for problem in &check.problems {
            writeln!(out, "{problem}")?;
        }
        writeln!(out, "{} documents checked, {} problems", check.documents, check.problems.len())?;
    }
    if !check.problems.is_empty() {
        bail!(
            "the store is damaged: export what can be read with `sourceline store export`, and import it into a new one"
        );
    }
    Ok(())
}

fn export(store: &Store, file: Option<&Path>, out: &mut dyn Write) -> anyhow::Result<()> {
    match file {
        None => {
            let mut out = out;
            store.export(&mut out)?;
        }
        Some(path) => {
            let mut to = std::io::BufWriter::new(
                File::create(path).with_context(|| format!("cannot write {}", path.display()))?,
            );
            let n = store.export(&mut to)?;
            writeln!(out, "{n} readings written to {}", path.display())?;
        }
    }
    Ok(())
}

fn import(store: &mut Store, file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut from: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| format!("cannot read {}", file.display()))?))
    };
    let done = store.import(&mut from)?;
    writeln!(out, "{} readings imported, {} known already", done.new, done.known)?;
    Ok(())
}
