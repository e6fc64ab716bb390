//! The subcommands and what they share.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::exit::Outcome;
use crate::{analyze, chain, claims, export, network, read, reports, routes, search, sources, store, timeline};

/// Reads news reports and keeps who really says so.
#[derive(Debug, Parser)]
#[command(name = "sourceline", version, max_term_width = 110)]
pub struct Cli {
    /// The store; otherwise $SOURCELINE_STORE or the file in the platform's data folder
    #[arg(long, global = true, value_name = "PATH")]
    pub store: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
    /// Read reports: who did what, where and when, said by whom, through whose hands
    Read(read::ReadArgs),
    /// Show sentences, words, trees, names and attribution spans
    Analyze(analyze::AnalyzeArgs),
    /// Show what the store holds: claims put together, with their independent origins
    Claims(claims::ClaimsArgs),
    /// Show every path from the outlets down to the origins of one claim
    Chain(chain::ChainArgs),
    /// Show who said what, through whom
    Sources(sources::SourcesArgs),
    /// List the reports in the store
    Reports(reports::ReportsArgs),
    /// Search the text of reports and claims
    Search(search::SearchArgs),
    /// Show events in order of time
    Timeline(timeline::TimelineArgs),
    /// Show who stands how to whom at a date
    Network(network::NetworkArgs),
    /// Show ways between two places at a date, open or cut
    Routes(routes::RoutesArgs),
    /// Write the store in an exchange format
    Export(export::ExportArgs),
    /// Look after the store: info, check, export, import
    Store(store::StoreArgs),
}

/// Runs the subcommand.
pub fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let outcome = dispatch(cli, &mut out);
    out.flush()?;
    outcome
}

fn dispatch(cli: &Cli, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let store = || store_path(cli.store.as_deref());
    match &cli.command {
        Command::Read(args) => return read::run(args, cli.store.as_deref(), out),
        Command::Analyze(args) => return analyze::run(args, out),
        Command::Claims(args) => claims::run(args, &store()?, out)?,
        Command::Chain(args) => chain::run(args, &store()?, out)?,
        Command::Sources(args) => sources::run(args, &store()?, out)?,
        Command::Reports(args) => reports::run(args, &store()?, out)?,
        Command::Search(args) => search::run(args, &store()?, out)?,
        Command::Timeline(args) => timeline::run(args, &store()?, out)?,
        Command::Network(args) => network::run(args, &store()?, out)?,
        Command::Routes(args) => routes::run(args, &store()?, out)?,
        Command::Export(args) => export::run(args, &store()?, out)?,
        Command::Store(args) => store::run(args, &store()?, out)?,
    }
    Ok(Outcome::Done)
}

/// Where the store is.
///
/// # Errors
/// When neither a flag nor the environment says so.
pub fn store_path(given: Option<&std::path::Path>) -> anyhow::Result<PathBuf> {
    let path = given.map(PathBuf::from).or_else(|| sourceline_store::default_path(|name| std::env::var_os(name)));
    path.ok_or_else(|| anyhow::Error::new(crate::exit::NoStorePath))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
