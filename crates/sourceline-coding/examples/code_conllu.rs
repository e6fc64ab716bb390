//! Prints the coding of CoNLL-U (or, with `--text [WEIGHTS]`, of plain text) read from standard input, for people who write rules.

use std::io::Read;

use sourceline_coding::{Rules, code};
use sourceline_model::{Analysis, Document};
use sourceline_text::{Encoder, Settings, analyze};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let analysis = match std::env::args().nth(1).as_deref() {
        Some("--text") => {
            let encoder = match std::env::args().nth(2) {
                Some(path) => Encoder::from_file(&path, None)?,
                None => sourceline_text::encoder()?,
            };
            analyze(
                Document { text, ..Document::default() },
                &encoder,
                Settings { threads: 1, sentence_vectors: false },
            )
        }
        _ => Analysis::from_conllu(&text)?,
    };
    let rules = rules_on_disk()?;
    let start = std::time::Instant::now();
    let coding = code(&analysis, &rules);
    let seconds = start.elapsed().as_secs_f64();
    let words = |list: &[usize]| list.iter().map(|&i| analysis.form(i)).collect::<Vec<_>>().join(" ");
    for (s, sentence) in analysis.sentences.iter().enumerate() {
        let inside = |i: usize| analysis.sentence_of(i) == Some(s);
        let events: Vec<_> = coding.events.iter().filter(|e| inside(e.head())).collect();
        let relations: Vec<_> = coding.relations.iter().filter(|r| inside(r.subject)).collect();
        if events.is_empty() && relations.is_empty() {
            continue;
        }
        println!("# {}", analysis.text(sentence.span));
        for e in events {
            let places: Vec<_> = e.places.iter().map(|&(p, role)| format!("{role:?}:{}", analysis.form(p))).collect();
            println!(
                "  {}/{} [{}] A={} R={} P={} G={} {:?} {:?} {:?} <{}>",
                e.kind.as_str(),
                e.mode.as_deref().unwrap_or("-"),
                words(&e.trigger),
                words(&e.actors),
                words(&e.recipients),
                places.join(" "),
                words(&e.goods),
                e.certainty,
                e.polarity,
                e.contexts,
                e.rule
            );
        }
        for r in relations {
            println!(
                "  {} S={} O={} G={} V={} {:?} {:?} {:?} <{}>",
                r.kind.as_str(),
                analysis.form(r.subject),
                analysis.form(r.object),
                words(&r.goods),
                words(&r.via),
                r.certainty,
                r.polarity,
                r.turn,
                r.rule
            );
        }
    }
    eprintln!(
        "{} words, {} events, {} relations, {:.0} words/s, {} rules",
        analysis.tokens.len(),
        coding.events.len(),
        coding.relations.len(),
        analysis.tokens.len() as f64 / seconds,
        rules.len()
    );
    Ok(())
}

/// The rules as they lie in `data/rules` now, so that an edit needs no new build.
fn rules_on_disk() -> Result<Rules, Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    for name in sourceline_coding::RULE_FILES {
        files.push((name, std::fs::read_to_string(format!("data/rules/{name}.txt"))?));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (*n, t.as_str())).collect();
    Ok(Rules::parse(&files)?)
}
