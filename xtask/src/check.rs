//! `cargo xtask check`: everything that must hold before a change lands.
//!
//! Steps run in order and stop at the first failure. `cargo xtask check fmt test` runs only the steps named.
//! Tests run in the release profile: `cargo xtask` itself is built in it, so that dependencies are compiled once.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

/// A step: its name and the arguments of the `cargo` run that makes it.
type Step = (&'static str, &'static [&'static str]);

/// The steps, in order.
const STEPS: &[Step] = &[
    ("fmt", &["fmt", "--all", "--", "--check"]),
    ("clippy", &["clippy", "--workspace", "--all-targets", "--release", "--locked", "--", "-D", "warnings"]),
    ("doc", &["doc", "--workspace", "--no-deps", "--release", "--locked"]),
    ("test", &["test", "--workspace", "--release", "--locked", "--no-fail-fast"]),
];

/// The step that runs no `cargo`: data and manifest agree.
const DATA: &str = "data";

/// Runs the steps named in `args`, or all.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let names: Vec<&str> = STEPS.iter().map(|(step, _)| *step).chain([DATA]).collect();
    if let Some(unknown) = args.iter().find(|name| !names.contains(&name.as_str())) {
        bail!("no step is called {unknown}; steps: {}", names.join(", "));
    }
    let root = root()?;
    let began = Instant::now();
    for (name, cargo_args) in STEPS.iter().filter(|(name, _)| args.is_empty() || args.iter().any(|arg| arg == name)) {
        step(&root, name, cargo_args)?;
    }
    if args.is_empty() || args.iter().any(|arg| arg == DATA) {
        println!("== {DATA}: digests of data/MANIFEST.toml");
        crate::data::run(&["--check".to_owned()]).context("step data failed; `cargo xtask data` writes new digests")?;
    }
    println!("check: all steps passed in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// Runs one step with its output passed through.
fn step(root: &Path, name: &str, args: &[&str]) -> anyhow::Result<()> {
    println!("== {name}: cargo {}", args.join(" "));
    let began = Instant::now();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(args)
        .current_dir(root)
        .env("RUSTDOCFLAGS", "-D warnings")
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cargo {} could not be started", args.join(" ")))?;
    if !status.success() {
        bail!("step {name} failed ({status})");
    }
    println!("== {name}: passed in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// The repository's root folder.
fn root() -> anyhow::Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Path::to_path_buf).context("xtask has no parent folder")
}
