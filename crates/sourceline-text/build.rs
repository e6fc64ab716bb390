//! Embeds `data/weights/english.safetensors` when it is there, so that the crates also build and pass their tests without it.

use std::path::Path;

fn main() {
    let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/weights/english.safetensors");
    println!("cargo::rustc-check-cfg=cfg(weights)");
    println!("cargo::rerun-if-changed={}", weights.display());
    if weights.is_file() {
        println!("cargo::rustc-cfg=weights");
    }
}
