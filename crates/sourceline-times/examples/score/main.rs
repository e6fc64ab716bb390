//! Scores time expressions on WikiWars or tweets (TIMEX3 files) and on Recognizers-Text cases.
//!
//! `cargo run --release -p sourceline-times --example score -- timex ../shared/data/syntime/syntime/resources/wikiwars/trainingset/tml [-v]`
//! `cargo run --release -p sourceline-times --example score -- cases ../shared/data/recognizers_text/Specs/DateTime/English/DateTimeModel.json [-v]`

mod cases;
mod timex;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|a| a == "-v");
    match arguments.first().map(String::as_str) {
        Some("timex") => timex::score(&arguments[1], verbose),
        Some("cases") => cases::score(&arguments[1], verbose),
        Some("speed") => speed(&arguments[1]),
        _ => eprintln!("usage: score timex FOLDER [-v] | score cases FILE [-v] | score speed FILE"),
    }
}

/// Prints how many megabytes of a text a second one core reads.
fn speed(file: &str) {
    let text = std::fs::read_to_string(file).expect("utf-8");
    let reference = sourceline_times::Reference::parse("2009-12-19");
    let start = std::time::Instant::now();
    let rounds = 50;
    let found: usize = (0..rounds).map(|_| sourceline_times::times(&text, reference.as_ref()).len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    println!("{:.1} MB/s, {} expressions a text", (rounds * text.len()) as f64 / seconds / 1e6, found / rounds);
}
