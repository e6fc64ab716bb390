//! Stores made-up reports one after the other and prints the number of each once it is committed; for the kill loop.
//!
//! usage: store_writer FILE FIRST COUNT

use std::io::Write;
use std::path::Path;

use sourceline_bench::{body, reading};
use sourceline_store::{NewReading, Store};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number =
        |at: usize| args.get(at).and_then(|n| n.parse::<u64>().ok()).expect("usage: store_writer FILE FIRST COUNT");
    let mut store = Store::open(Path::new(&args[1])).expect("the store can be opened");
    let mut out = std::io::stdout().lock();
    for at in number(2)..number(2) + number(3) {
        let reading = reading(at / 4, at % 4);
        let body = body(&reading);
        let raw = reading.analysis.document.text.clone().into_bytes();
        store
            .put(&NewReading { reading: &reading, body: &body, raw: &raw, reader: "bench", model: "" })
            .expect("a report can be stored");
        writeln!(out, "{}", reading.analysis.document.id).and_then(|()| out.flush()).expect("standard output is open");
    }
}
