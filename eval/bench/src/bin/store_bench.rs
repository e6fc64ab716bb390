//! Fills a store with short made-up reports and times questions to it, beside an empty store.
//!
//! usage: store_bench [REPORTS=100000] [FILE]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sourceline_bench::{body, peak_memory, reading};
use sourceline_store::{Filter, NewReading, Store};

fn main() {
    let reports: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let path = std::env::args().nth(2).map_or_else(|| std::env::temp_dir().join("sourceline-bench.db"), PathBuf::from);
    remove(&path);
    let mut store = Store::open(&path).expect("a new store can be made");
    let start = Instant::now();
    let mut times = Vec::with_capacity(reports as usize);
    for number in 0..reports {
        // The four reports of a story come days apart, as they do.
        let (story, of) = (number / 4_000 * 1_000 + number % 1_000, number % 4_000 / 1_000);
        times.push(put(&mut store, story, of));
        if (number + 1) % 10_000 == 0 {
            let recent = &times[times.len() - 1_000..];
            eprintln!(
                "{} reports, {:.0} s, last 1,000: {:.1} ms each",
                number + 1,
                start.elapsed().as_secs_f64(),
                ms(mean(recent))
            );
        }
    }
    let (first, last) = (&times[..1_000.min(times.len())], &times[times.len().saturating_sub(1_000)..]);
    println!("{reports} reports stored in {:.0} s", start.elapsed().as_secs_f64());
    println!(
        "a new document read, grouped and committed: {:.1} ms in the emptiest store, {:.1} ms in the fullest (median {:.1}, 99 % below {:.1}), ratio {:.1}",
        ms(mean(first)),
        ms(mean(last)),
        ms(quantile(last, 0.5)),
        ms(quantile(last, 0.99)),
        mean(last).as_secs_f64() / mean(first).as_secs_f64()
    );
    drop(store);
    let bytes = std::fs::metadata(&path).map_or(0, |m| m.len());
    println!(
        "file {:.2} GB, {:.0} bytes a report; peak memory {:.0} MB",
        bytes as f64 / 1e9,
        bytes as f64 / reports as f64,
        peak_memory()
    );
    questions(&path);
    remove(&path);
}

fn put(store: &mut Store, story: u64, of: u64) -> Duration {
    let reading = reading(story, of);
    let body = body(&reading);
    let raw = reading.analysis.document.text.clone().into_bytes();
    let start = Instant::now();
    store
        .put(&NewReading { reading: &reading, body: &body, raw: &raw, reader: "bench", model: "" })
        .expect("a report can be stored");
    start.elapsed()
}

fn questions(path: &Path) {
    let store = Store::open_read(path).expect("the store can be read");
    let frequent = sample(&store, 40);
    let about: Vec<Duration> = frequent
        .iter()
        .map(|(person, _)| {
            time(|| {
                let filter = Filter { about: vec![person.clone()], limit: Some(20), ..Filter::default() };
                show(&store, &filter)
            })
        })
        .collect();
    let text: Vec<Duration> =
        frequent.iter().map(|(_, words)| time(|| store.search(words, 20).expect("a search works").len())).collect();
    let common: Vec<Duration> = (0..20)
        .map(|rank| time(|| store.search(&sourceline_bench::word(rank), 20).expect("a search works").len()))
        .collect();
    let filtered = time(|| show(&store, &Filter { min_origins: Some(1), limit: Some(20), ..Filter::default() }));
    let line = |what: &str, times: &[Duration]| {
        println!("{what}: median {:.1} ms, slowest {:.1} ms", ms(quantile(times, 0.5)), ms(quantile(times, 1.0)))
    };
    line("claims --about a person", &about);
    line("search, two words of a report", &text);
    line("search, one of the most frequent words", &common);
    println!("claims --min-origins 1: {:.1} ms", ms(filtered));
    println!("peak memory with questions {:.0} MB", peak_memory());
}

/// People and words of reports all over the store.
fn sample(store: &Store, n: u64) -> Vec<(String, String)> {
    let documents = store.info().map_or(0, |info| info.documents).max(1);
    (0..n)
        .map(|at| {
            let reading = reading(at * (documents / 4) / n, 0);
            let words: Vec<&str> =
                reading.analysis.document.text.split(' ').skip(2).filter(|w| w.len() > 4).take(2).collect();
            (reading.entities[0].name.clone(), words.join(" "))
        })
        .collect()
}

fn show(store: &Store, filter: &Filter) -> usize {
    let numbers = store.select(filter).expect("a question works");
    numbers
        .iter()
        .filter_map(|number| store.proposition(*number).expect("a proposition can be read"))
        .map(|p| p.claims.len())
        .sum()
}

fn time(what: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    std::hint::black_box(what());
    start.elapsed()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn mean(times: &[Duration]) -> Duration {
    times.iter().sum::<Duration>() / times.len().max(1) as u32
}

fn quantile(times: &[Duration], share: f64) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[((sorted.len() - 1) as f64 * share) as usize]
}

fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
}
