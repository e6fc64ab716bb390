//! How fast time expressions are found.

fn main() {
    divan::main();
}

/// A page of news in our own words, repeated.
fn text() -> String {
    "The ministry said on Tuesday that talks, which began two weeks ago, would resume next month. The envoy left on 3 March \
     2024 after an 11-day visit, officials added, and no decision had been taken by late November. Between 2011 and 2014 the \
     group held most of the valley; since then its fighters have been pushed back to the hills around the town.\n\n"
        .repeat(2000)
}

#[divan::bench]
fn news(bencher: divan::Bencher) {
    let text = text();
    let reference = sourceline_times::Reference::parse("2025-01-08");
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| sourceline_times::times(divan::black_box(&text), reference.as_ref()));
}
