//! Prints everything the encoder says of a file, for a kernel and a number of threads: the outputs must be the same.

use crate::Context;
use anyhow::{Context as _, Result, bail};
use sourceline_encoder::{Encoder, Instructions};
use sourceline_model::Document;
use sourceline_text::{Settings, analyze, segments};
use std::time::Instant;

/// Prints the analysis of a text file: `FILE KERNEL THREADS`.
///
/// # Errors
/// When the file or the weights cannot be read, or the machine lacks the kernel.
pub fn run(context: &Context) -> Result<()> {
    let [file, kernel, threads] = &context.args[..] else { bail!("usage: labels FILE avx512|avx2|portable THREADS") };
    let kernel = match kernel.as_str() {
        "avx512" => Instructions::Avx512,
        "avx2" => Instructions::Avx2,
        "portable" => Instructions::Portable,
        other => bail!("no kernel \"{other}\""),
    };
    let weights = context.weights.clone().unwrap_or_else(|| context.root.join("data/weights/english.safetensors"));
    let encoder = Encoder::load(std::fs::read(&weights).context("reading the weights")?, kernel, None)?;
    let text = std::fs::read_to_string(file)?;
    let settings = Settings { threads: threads.parse()?, sentence_vectors: true };
    let start = Instant::now();
    let mut words = 0;
    for range in segments(&text, 1 << 20) {
        let analysis = analyze(Document { text: text[range].to_owned(), ..Document::default() }, &encoder, settings);
        words += analysis.tokens.len();
        println!("{:?}\n{:?}\n{:?}\n{:?}", analysis.tokens, analysis.sentences, analysis.names, analysis.attribution);
    }
    eprintln!("{words} words in {:.2} s", start.elapsed().as_secs_f64());
    Ok(())
}
