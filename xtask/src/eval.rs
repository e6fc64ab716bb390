//! `cargo xtask eval <task> [options]`: measures on the labelled data beside the repository.

use anyhow::{Context, Result, bail};
use std::process::Command;

/// Builds the evaluation in release mode and runs it.
pub fn run(args: &[String]) -> Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["run", "--release", "--quiet", "-p", "sourceline-eval", "--"])
        .args(args)
        .status()
        .context("running cargo")?;
    if !status.success() {
        bail!("the evaluation failed");
    }
    Ok(())
}
