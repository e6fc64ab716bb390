//! Embeds `data/weights/english.safetensors` when it is there, so that the crates also build and pass their tests without it,
//! with the digest that `data/MANIFEST.toml` has for it.

use std::path::Path;

fn main() {
    let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/weights/english.safetensors");
    println!("cargo::rustc-check-cfg=cfg(weights)");
    println!("cargo::rerun-if-changed={}", weights.display());
    if !weights.is_file() {
        return;
    }
    println!("cargo::rustc-cfg=weights");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/MANIFEST.toml");
    println!("cargo::rerun-if-changed={}", manifest.display());
    let text = std::fs::read_to_string(&manifest).unwrap_or_default();
    match text.lines().find_map(|line| line.strip_prefix("\"weights/english.safetensors\" = ")) {
        Some(digest) => println!("cargo::rustc-env=WEIGHTS_DIGEST={}", digest.trim_matches('"')),
        None => println!(
            "cargo::error=data/MANIFEST.toml has no digest of weights/english.safetensors: run `cargo xtask data`"
        ),
    }
}
