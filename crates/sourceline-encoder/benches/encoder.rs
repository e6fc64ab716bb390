//! `cargo bench -p sourceline-encoder`: random weights of the real size, so that no file is needed; the time does not
//! depend on the values.

use divan::Bencher;
use divan::counter::ItemsCount;
use sourceline_encoder::{Encoder, Instructions, Options, Part, Space, Word, fixture};
use std::sync::OnceLock;

const SENTENCE: &str = "the minister said on that river a council of officials in town report he to it with for bridge";

fn main() {
    divan::main();
}

fn file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| fixture::file(&fixture::full(), 1))
}

fn encoder(path: Instructions) -> Option<Encoder> {
    Encoder::load(file(), path, None).ok()
}

/// Paragraphs of two sentences.
fn words(count: usize) -> Vec<Word<'static>> {
    let forms = SENTENCE.split(' ').cycle().enumerate().take(count);
    let space = |at: usize| if at.is_multiple_of(38) { Space::Paragraph } else { Space::Blank };
    forms.map(|(at, form)| Word { form, space: space(at) }).collect()
}

fn run(bencher: Bencher<'_, '_>, path: Instructions, count: usize) {
    let Some(encoder) = encoder(path) else { return };
    let words = words(count);
    let starts: Vec<usize> = (0..count).step_by(19).collect();
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| encoder.read(&[Part { words: &words, sentences: Some(&starts) }], Options::default()));
}

/// Everything on: words a second.
#[divan::bench(sample_count = 7, args = [19, 760])]
fn avx512(bencher: Bencher<'_, '_>, count: usize) {
    run(bencher, Instructions::Avx512, count);
}

#[divan::bench(sample_count = 5, args = [19, 760])]
fn avx2(bencher: Bencher<'_, '_>, count: usize) {
    run(bencher, Instructions::Avx2, count);
}

#[divan::bench(sample_count = 1, args = [190])]
fn portable(bencher: Bencher<'_, '_>, count: usize) {
    run(bencher, Instructions::Portable, count);
}

/// The network alone, without heads.
#[divan::bench(sample_count = 7, args = [760])]
fn network(bencher: Bencher<'_, '_>, count: usize) {
    let Some(encoder) = encoder(Instructions::Best) else { return };
    let words = words(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| encoder.vectors(&words));
}

/// From bytes to a ready encoder.
#[divan::bench(sample_count = 5)]
fn load() -> bool {
    encoder(Instructions::Best).is_some()
}
