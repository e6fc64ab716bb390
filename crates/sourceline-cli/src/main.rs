//! The program `sourceline`: flags, printing, exit codes.
//!
//! Each subcommand is a module with its arguments and `run`; `commands` names them all, `exit` sets exit codes and hints.

mod analyze;
mod batch;
mod chain;
mod claims;
mod commands;
mod exit;
mod export;
mod map;
mod network;
mod page;
mod picture;
mod read;
mod reports;
mod routes;
mod search;
mod situation;
mod sources;
mod store;
mod timeline;
mod view;

use clap::Parser;

fn main() -> std::process::ExitCode {
    let cli = commands::Cli::parse();
    exit::code(&commands::run(&cli))
}
