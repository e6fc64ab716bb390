//! Runs the examples of the rule files through the encoder and prints what fails: `check_rules [-t] [filter]` (`-t` with trees).

use sourceline_coding::{Rules, code};
use sourceline_model::{Analysis, Document};
use sourceline_text::{Settings, analyze_all};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let trees = std::env::args().any(|a| a == "-t");
    let filter = std::env::args().skip(1).find(|a| a != "-t" && !a.starts_with("weights=")).unwrap_or_default();
    let encoder = load_encoder()?;
    let rules = rules_on_disk()?;
    let examples: Vec<_> = rules.examples().iter().filter(|e| e.rule.contains(&filter)).collect();
    let documents = examples.iter().map(|e| Document { text: e.text.clone(), ..Document::default() }).collect();
    let analyses = analyze_all(documents, &encoder, Settings { threads: 1, sentence_vectors: false });
    let (mut failed, mut loose, mut bare) = (0, 0, 0);
    for (id, _, _) in rules.list() {
        if !rules.examples().iter().any(|e| e.rule == id && e.matches)
            || !rules.examples().iter().any(|e| e.rule == id && !e.matches)
        {
            bare += 1;
            println!("LACKS EXAMPLE {id}");
        }
    }
    for (example, analysis) in examples.iter().zip(&analyses) {
        let coding = code(analysis, &rules);
        let hit = coding.events.iter().any(|e| e.rule == example.rule)
            || coding.relations.iter().any(|r| r.rule == example.rule);
        if hit == example.matches {
            continue;
        }
        let kind = example.rule.split(':').next().unwrap_or("");
        let got: Vec<String> = coding
            .events
            .iter()
            .map(|e| e.rule.clone())
            .chain(coding.relations.iter().map(|r| r.rule.clone()))
            .collect();
        if example.matches && got.iter().any(|g| g.split(':').next() == Some(kind)) {
            loose += 1;
            continue;
        }
        failed += 1;
        println!(
            "{} {}\n    {}\n    got {}",
            if example.matches { "MISS" } else { "FALSE" },
            example.rule,
            example.text,
            got.join(" ")
        );
        if trees {
            println!("    {}", tree(analysis));
        }
    }
    println!(
        "{} examples, {failed} fail ({loose} of them coded alike by another rule), {bare} rules lack one",
        examples.len()
    );
    Ok(())
}

fn tree(analysis: &Analysis) -> String {
    let word = |(i, t): (usize, &sourceline_model::Token)| {
        format!(
            "{}/{}/{}<{}:{}",
            analysis.form(i),
            t.lemma,
            t.upos.as_str(),
            t.deprel,
            t.head.map_or("-", |h| analysis.form(h))
        )
    };
    analysis.tokens.iter().enumerate().map(word).collect::<Vec<_>>().join("  ")
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

/// The built-in encoder, or the one that `weights=PATH` names.
fn load_encoder() -> Result<sourceline_text::Encoder, sourceline_text::LoadError> {
    match std::env::args().find_map(|a| a.strip_prefix("weights=").map(str::to_owned)) {
        Some(path) => sourceline_text::Encoder::from_file(&path, None),
        None => sourceline_text::encoder(),
    }
}
