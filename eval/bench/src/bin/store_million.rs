//! A million claims of one proposition: stores short reports that all say the same, then times one more and a question.
//!
//! Most claims are multiplied inside the database, since storing a million reports one by one takes hours.
//! usage: store_million [CLAIMS=1000000] [FILE]

use std::path::PathBuf;
use std::time::Instant;

use sourceline_bench::{body, peak_memory, reading};
use sourceline_store::{Filter, NewReading, Store};

fn main() {
    let claims: i64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let path =
        std::env::args().nth(2).map_or_else(|| std::env::temp_dir().join("sourceline-million.db"), PathBuf::from);
    let _ = std::fs::remove_file(&path);
    let mut store = Store::open(&path).expect("a new store can be made");
    for of in 0..600 {
        put(&mut store, of);
    }
    let largest = largest(&path);
    drop(store);
    multiply(&path, largest, claims);
    let mut store = Store::open(&path).expect("the store opens again");
    let start = Instant::now();
    put(&mut store, 10_000);
    println!("one more report: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let found = store.select(&Filter { limit: Some(5), ..Filter::default() }).expect("a question works");
    let shown = store.proposition(largest).expect("it can be read").expect("it is there");
    println!(
        "claims, and the proposition with {} claims ({} shown): {:.1} ms; {} origins",
        shown.n_claims,
        shown.claims.len(),
        start.elapsed().as_secs_f64() * 1e3,
        shown.view.origins.len()
    );
    println!("{} propositions listed; peak memory {:.0} MB", found.len(), peak_memory());
    let _ = std::fs::remove_file(&path);
}

fn put(store: &mut Store, of: u64) {
    let reading = reading(7, of);
    let body = body(&reading);
    let raw = reading.analysis.document.text.clone().into_bytes();
    store
        .put(&NewReading { reading: &reading, body: &body, raw: &raw, reader: "bench", model: "" })
        .expect("a report can be stored");
}

fn largest(path: &PathBuf) -> i64 {
    let db = rusqlite::Connection::open(path).expect("the database opens");
    db.query_row("SELECT number FROM proposition ORDER BY n_claims DESC LIMIT 1", [], |row| row.get(0))
        .expect("there is one")
}

/// Adds members and claims that repeat those of a proposition.
fn multiply(path: &PathBuf, proposition: i64, claims: i64) {
    let db = rusqlite::Connection::open(path).expect("the database opens");
    db.execute_batch(&format!(
        "CREATE TEMP TABLE model AS SELECT m.claim, m.chain, c.document, c.record FROM member m JOIN claim c ON c.number = m.claim WHERE m.proposition = {proposition} LIMIT 1;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {claims})
         INSERT INTO claim (number, document, record) SELECT (1 << 40) + i, document, record FROM n, model;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {claims})
         INSERT INTO member (claim, proposition, chain) SELECT (1 << 40) + i, {proposition}, chain FROM n, model;
         UPDATE proposition SET n_claims = n_claims + {claims} WHERE number = {proposition};"
    ))
    .expect("the claims can be multiplied");
}
