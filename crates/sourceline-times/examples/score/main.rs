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
        _ => eprintln!("usage: score timex FOLDER [-v] | score cases FILE [-v]"),
    }
}
