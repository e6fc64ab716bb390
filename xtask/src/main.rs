//! Chores of the repository: `cargo xtask <chore>`.
//!
//! Each chore is a module with `pub fn run(args: &[String]) -> anyhow::Result<()>`, named in [`CHORES`].

use std::process::ExitCode;

mod check;
mod data;
mod eval;

/// A chore: its name, what it does in one line, its function.
type Chore = (&'static str, &'static str, fn(&[String]) -> anyhow::Result<()>);

/// All chores, one a line.
const CHORES: &[Chore] = &[
    ("check", "what CI runs: format, lints, docs, tests, data", check::run),
    ("data", "compiles data, keeps data/MANIFEST.toml; --check only compares", data::run),
    ("eval", "measures on the labelled data beside the repository", eval::run),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let name = args.first().map_or("", String::as_str);
    let Some((_, _, chore)) = CHORES.iter().find(|(chore, ..)| *chore == name) else {
        eprintln!("usage: cargo xtask <chore>");
        for (chore, what, _) in CHORES {
            eprintln!("  {chore:10} {what}");
        }
        return ExitCode::from(2);
    };
    match chore(&args[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
