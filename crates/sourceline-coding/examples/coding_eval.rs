//! Measures the coder on PLV train, the PETRARCH2 unit-test records, UDS-IH2 and MEANTIME: `coding_eval ../shared/data [-v]`.

use std::collections::BTreeMap;
use std::path::Path;

use sourceline_coding::{CodedEvent, Rules, code, standing};
use sourceline_model::{Analysis, Certainty, Document, PloverType, Polarity};
use sourceline_text::{Encoder, GivenSentence, Settings, analyze_all, analyze_words};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = std::env::args().nth(1).ok_or("usage: coding_eval DATA [part]")?;
    let part = std::env::args().nth(2).filter(|a| !a.starts_with("weights=")).unwrap_or_default();
    let data = Path::new(&data);
    let encoder = load_encoder()?;
    let rules = rules_on_disk()?;
    println!("{} rules", rules.len());
    if part.is_empty() || part == "plv" {
        plv(data, &encoder, &rules)?;
    }
    if part == "cover" {
        coverage(data, &encoder, &rules)?;
    }
    if part.is_empty() || part == "petr" {
        petrarch(data, &encoder, &rules)?;
    }
    if part.is_empty() || part == "fact" {
        for (name, file) in [("UDS-IH2", "UDS_IH2"), ("MEANTIME", "MEANTIME")] {
            factuality(name, &data.join("factuality/glue_data").join(file).join("dev.jsonl"), &encoder, &rules)?;
        }
    }
    Ok(())
}

fn documents(texts: &[String]) -> Vec<Document> {
    texts.iter().map(|t| Document { text: t.clone(), ..Document::default() }).collect()
}

const SETTINGS: Settings = Settings { threads: 1, sentence_vectors: false };

/// A span of bytes between two marks, and the text without any marks.
fn unmark(marked: &str) -> (String, [(usize, usize); 2]) {
    let mut text = String::new();
    let mut spans = [(0, 0); 2];
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let mark = ["<s>", "</s>", "<t>", "</t>"].iter().position(|m| rest.starts_with(m));
        match mark {
            Some(0) => spans[0].0 = text.len(),
            Some(1) => spans[0].1 = text.len(),
            Some(2) => spans[1].0 = text.len(),
            Some(3) => spans[1].1 = text.len(),
            _ => text.push('<'),
        }
        rest = &rest[match mark {
            Some(0 | 2) => 3,
            Some(_) => 4,
            None => 1,
        }..];
    }
    text.push_str(rest);
    (text, spans)
}

/// The event between two marked spans: that whose roles they fill best.
fn between<'e>(analysis: &Analysis, events: &'e [CodedEvent], spans: [(usize, usize); 2]) -> Option<&'e CodedEvent> {
    let inside = |i: usize, span: (usize, usize)| {
        let token = analysis.tokens[i].span;
        token.start >= span.0 && token.end <= span.1
    };
    let score = |e: &CodedEvent| {
        let mut score = 0;
        let any = |list: &[usize], span| list.iter().any(|&i| inside(i, span));
        let places: Vec<usize> = e.places.iter().map(|p| p.0).collect();
        score += if any(&e.actors, spans[0]) {
            6
        } else if any(&e.recipients, spans[0]) {
            2
        } else {
            0
        };
        score += if any(&e.recipients, spans[1]) {
            6
        } else if [&e.actors, &places, &e.goods].into_iter().any(|list| any(list, spans[1])) {
            3
        } else {
            0
        };
        let head = analysis.tokens[e.head()].span;
        score += i32::from(head.start >= spans[0].1.min(spans[1].1) && head.end <= spans[0].0.max(spans[1].0)) * 2;
        score += i32::from(!inside(e.head(), spans[0]) && !inside(e.head(), spans[1]));
        score
    };
    events.iter().rev().max_by_key(|e| score(e))
}

fn root(kind: PloverType) -> &'static str {
    match kind {
        PloverType::Concede | PloverType::Retreat => "YIELD",
        other => other.as_str(),
    }
}

#[derive(Default)]
struct Confusion {
    cells: BTreeMap<(String, String), usize>,
}

impl Confusion {
    fn add(&mut self, gold: &str, got: &str) {
        *self.cells.entry((gold.to_owned(), got.to_owned())).or_default() += 1;
    }

    fn print(&self, name: &str) {
        let total: usize = self.cells.values().sum();
        let right: usize = self.cells.iter().filter(|((g, h), _)| g == h).map(|(_, n)| n).sum();
        let golds: std::collections::BTreeSet<&str> = self.cells.keys().map(|(g, _)| g.as_str()).collect();
        let mut sum = 0.0;
        for gold in &golds {
            let tp = self.cells.get(&((*gold).to_owned(), (*gold).to_owned())).copied().unwrap_or(0);
            let fn_: usize = self.cells.iter().filter(|((g, _), _)| g == gold).map(|(_, n)| n).sum();
            let fp: usize = self.cells.iter().filter(|((_, h), _)| h == gold).map(|(_, n)| n).sum();
            let (p, r) = (tp as f64 / fp.max(1) as f64, tp as f64 / fn_.max(1) as f64);
            let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
            sum += f;
            let mut wrong: Vec<(usize, &str)> = self
                .cells
                .iter()
                .filter(|((g, h), _)| g == gold && h != gold)
                .map(|((_, h), n)| (*n, h.as_str()))
                .collect();
            wrong.sort_by(|a, b| b.cmp(a));
            println!(
                "  {gold:10} n={fn_:4} P={:5.1} R={:5.1} F={:5.1}  -> {}",
                p * 100.0,
                r * 100.0,
                f * 100.0,
                wrong.iter().take(7).map(|(n, h)| format!("{h}:{n}")).collect::<Vec<_>>().join(" ")
            );
        }
        println!(
            "{name}: n={total} accuracy={:.1} macro-F1={:.1}",
            100.0 * right as f64 / total as f64,
            100.0 * sum / golds.len() as f64
        );
    }
}

/// Text, source and target span, gold type.
type Row = (String, [(usize, usize); 2], String);

fn plv(data: &Path, encoder: &Encoder, rules: &Rules) -> Result<(), Box<dyn std::error::Error>> {
    let file = std::fs::read_to_string(data.join("zsp_plover/datasets/PLV_train.tsv"))?;
    let mut lines = file.lines();
    let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let column = |name: &str| header.iter().position(|h| *h == name).ok_or(format!("no column {name}"));
    let (marked, gold) = (column("marked_sentence")?, column("gold_root")?);
    let rows: Vec<Row> = lines
        .map(|l| l.split('\t').collect::<Vec<_>>())
        .map(|r| {
            let (text, spans) = unmark(r[marked].trim_matches('"'));
            (text, spans, r[gold].to_owned())
        })
        .collect();
    let texts: Vec<String> = rows.iter().map(|r| r.0.clone()).collect();
    let analyses = analyze_all(documents(&texts), encoder, SETTINGS);
    let mut confusion = Confusion::default();
    let mut by_rule: BTreeMap<String, (usize, BTreeMap<String, usize>)> = BTreeMap::new();
    for (analysis, (_, spans, gold)) in analyses.iter().zip(&rows) {
        let coding = code(analysis, rules);
        let got = between(analysis, &coding.events, *spans);
        confusion.add(gold, got.map_or("none", |e| root(e.kind)));
        if let Some(e) = got {
            let cell = by_rule.entry(e.rule.clone()).or_default();
            if root(e.kind) == gold { cell.0 += 1 } else { *cell.1.entry(gold.clone()).or_default() += 1 }
        }
    }
    confusion.print("PLV train");
    let wrong = |c: &BTreeMap<String, usize>| c.values().sum::<usize>();
    let mut bad: Vec<_> = by_rule.iter().filter(|(_, c)| wrong(&c.1) >= 3 && wrong(&c.1) > c.0 / 2).collect();
    bad.sort_by_key(|(_, c)| std::cmp::Reverse(wrong(&c.1)));
    for (rule, (right, golds)) in bad.iter().take(40) {
        println!("    {rule}: right {right}, wrong {golds:?}");
    }
    Ok(())
}

/// What the validation codes of the unit tests (WEIS numbering, not CAMEO's) stand for.
fn weis(code: &str) -> &'static [PloverType] {
    use PloverType::*;
    match code.get(..2).unwrap_or("") {
        "03" => &[Consult, Agree],
        "04" => &[Support],
        "05" => &[Agree],
        "06" => &[Support, Agree, Retreat],
        "07" => &[Aid, Agree],
        "08" => &[Agree, Support],
        "09" | "10" => &[Request],
        "11" => &[Reject],
        "12" | "13" => &[Accuse],
        "16" => &[Threaten],
        "17" => &[Threaten, Sanction, Coerce],
        "18" => &[Mobilize, Protest],
        "19" => &[Sanction, Reject, Assault],
        "20" | "21" => &[Coerce],
        "22" => &[Assault],
        _ => &[],
    }
}

fn petrarch(data: &Path, encoder: &Encoder, rules: &Rules) -> Result<(), Box<dyn std::error::Error>> {
    let table = std::fs::read_to_string(data.join("plover/CAMEO2PLOVER-2021.txt"))?;
    let mut plover: BTreeMap<String, PloverType> = BTreeMap::new();
    for line in table.lines() {
        if let Some((code, rest)) = line.split_once(':')
            && let Some(kind) = PloverType::parse(rest.split([',', '#']).next().unwrap_or("").trim())
        {
            plover.entry(code.trim().to_owned()).or_insert(kind);
        }
    }
    let xml = std::fs::read_to_string(data.join("petrarch2/petrarch2/data/text/PETR.UnitTest.records.xml"))?;
    let mut texts = Vec::new();
    let mut golds: Vec<Vec<String>> = Vec::new();
    for record in xml.split("<Sentence ").skip(1) {
        let Some(text) = record.split("<Text>").nth(1).and_then(|t| t.split("</Text>").next()) else { continue };
        texts.push(text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&"));
        golds.push(
            record.split("eventcode=\"").skip(1).filter_map(|c| c.split('"').next().map(str::to_owned)).collect(),
        );
    }
    let analyses = analyze_all(documents(&texts), encoder, SETTINGS);
    let (mut coded, mut mapped, mut hit, mut read_mapped, mut read_hit, mut all) = (0, 0, 0, 0, 0, 0);
    for (analysis, gold) in analyses.iter().zip(&golds) {
        let events = code(analysis, rules).events;
        coded += events.len();
        for (literal, n, ok) in [(true, &mut mapped, &mut hit), (false, &mut read_mapped, &mut read_hit)] {
            let mut free: Vec<PloverType> = events.iter().map(|e| e.kind).collect();
            // A record lists both directions of a dyad; one PLOVER event holds both, so equal codes count once each against the same event.
            for code in gold {
                let wanted: Vec<PloverType> =
                    if literal { plover.get(code).copied().into_iter().collect() } else { weis(code).to_vec() };
                if wanted.is_empty() {
                    continue;
                }
                *n += 1;
                if free.iter().any(|k| wanted.contains(k)) {
                    *ok += 1;
                }
            }
            free.clear();
        }
        all += gold.len();
        if std::env::args().any(|a| a == "-v") {
            let kinds: Vec<&str> = events.iter().map(|e| e.kind.as_str()).collect();
            if gold.iter().any(|c| !weis(c).is_empty() && !events.iter().any(|e| weis(c).contains(&e.kind))) {
                println!("{gold:?} {kinds:?} {}", analysis.document.text);
            }
        }
    }
    println!("PETRARCH2 records: {} sentences, {all} gold events, {coded} coded", texts.len());
    println!(
        "  literal CAMEO2PLOVER: {hit} of {mapped} codes that the table maps = {:.1} %; of all {all}: {:.1} %",
        100.0 * f64::from(hit) / f64::from(mapped),
        100.0 * f64::from(hit) / all as f64
    );
    println!(
        "  codes read as the WEIS numbers they are: {read_hit} of {read_mapped} = {:.1} %",
        100.0 * f64::from(read_hit) / f64::from(read_mapped)
    );
    Ok(())
}

/// Verbs of unlabelled news that no event and no relation touches, by frequency, with the lemmas of their objects: where the lexicon is thin.
fn coverage(data: &Path, encoder: &Encoder, rules: &Rules) -> Result<(), Box<dyn std::error::Error>> {
    let file = std::fs::read_to_string(data.join("current_events.jsonl"))?;
    let texts: Vec<String> = file
        .lines()
        .skip(2000)
        .step_by(9)
        .filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok())
        .flat_map(|v| {
            v["items"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|i| i["text"].as_str().map(str::to_owned))
                .collect::<Vec<_>>()
        })
        .take(3500)
        .collect();
    let mut missed: BTreeMap<String, (usize, BTreeMap<String, usize>)> = BTreeMap::new();
    let (mut verbs, mut coded, mut words) = (0, 0, 0);
    for chunk in texts.chunks(200) {
        for analysis in analyze_all(documents(chunk), encoder, SETTINGS) {
            let coding = code(&analysis, rules);
            words += analysis.tokens.len();
            for (i, token) in analysis.tokens.iter().enumerate() {
                if token.upos.as_str() != "VERB"
                    || !analysis.children(i).any(|k| analysis.tokens[k].relation() == "nsubj")
                {
                    continue;
                }
                verbs += 1;
                if coding.events.iter().any(|e| e.trigger.contains(&i))
                    || coding.relations.iter().any(|r| r.evidence.contains(&i))
                {
                    coded += 1;
                    continue;
                }
                let cell = missed.entry(analysis.form(i).to_lowercase()).or_default();
                cell.0 += 1;
                for k in
                    analysis.children(i).filter(|&k| matches!(analysis.tokens[k].relation(), "obj" | "xcomp" | "obl"))
                {
                    *cell.1.entry(analysis.tokens[k].lemma.to_lowercase()).or_default() += 1;
                }
            }
        }
    }
    println!("{words} words, {verbs} verbs with a subject, {coded} of them coded");
    let mut list: Vec<_> = missed.into_iter().collect();
    list.sort_by_key(|(_, c)| std::cmp::Reverse(c.0));
    for (form, (n, objects)) in list.iter().take(260) {
        let mut objects: Vec<_> = objects.iter().collect();
        objects.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        println!(
            "{n} {form}: {}",
            objects
                .iter()
                .take(9)
                .map(|(o, n)| format!("{o}{}", if **n > 1 { n.to_string() } else { String::new() }))
                .collect::<Vec<_>>()
                .join(" ")
        );
    }
    Ok(())
}

fn class(standing: sourceline_coding::Standing) -> &'static str {
    match (standing.certainty, standing.polarity) {
        (Certainty::Asserted | Certainty::Probable, Polarity::Positive) => "happened",
        (Certainty::Asserted | Certainty::Probable, Polarity::Negative) => "not",
        _ => "uncertain",
    }
}

fn factuality(name: &str, path: &Path, encoder: &Encoder, rules: &Rules) -> Result<(), Box<dyn std::error::Error>> {
    let file = std::fs::read_to_string(path)?;
    let rows: Vec<serde_json::Value> = file.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let words: Vec<Vec<&str>> =
        rows.iter().map(|r| r["text"].as_str().unwrap_or("").split(' ').filter(|w| !w.is_empty()).collect()).collect();
    let mut confusion = Confusion::default();
    let mut cells: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    let mut by_encoder: Confusion = Confusion::default();
    let (mut two_way, mut total) = (0, 0);
    for (row, words) in rows.iter().zip(&words) {
        let sentence = GivenSentence { words: words.iter().map(|w| (*w, true)).collect(), paragraph: true };
        let analysis = analyze_words(&[sentence], encoder, SETTINGS);
        for target in row["targets"].as_array().into_iter().flatten() {
            let at = target["span1"][0].as_u64().unwrap_or(0) as usize;
            let label = target["label"].as_f64().unwrap_or(0.0);
            let gold = if label >= 1.0 {
                "happened"
            } else if label <= -1.0 {
                "not"
            } else {
                "uncertain"
            };
            let got = class(standing(&analysis, rules, at));
            confusion.add(gold, got);
            total += 1;
            two_way += usize::from((gold == "happened") == (got == "happened"));
            let f = f64::from(analysis.tokens[at].factuality);
            by_encoder.add(
                gold,
                if f >= 1.0 {
                    "happened"
                } else if f <= -1.0 {
                    "not"
                } else {
                    "uncertain"
                },
            );
            cells.entry((gold, got)).or_default().push(f);
            if std::env::args().any(|a| a == "-d") {
                let st = standing(&analysis, rules, at);
                println!(
                    "DUMP\t{name}\t{label}\t{:?}\t{:?}\t{f:.3}\t{}",
                    st.certainty, st.polarity, analysis.tokens[at].lemma
                );
            }
        }
    }
    confusion.print(name);
    println!("{name}: happened or not, accuracy {:.1}", 100.0 * f64::from(two_way as u32) / f64::from(total as u32));
    by_encoder.print(&format!("{name} (encoder's number alone)"));
    for ((gold, got), values) in cells {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        println!("    gold {gold} coded {got}: n={} mean encoder factuality {mean:.2}", values.len());
    }
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

/// The built-in encoder, or the one that `weights=PATH` names.
fn load_encoder() -> Result<sourceline_text::Encoder, sourceline_text::LoadError> {
    match std::env::args().find_map(|a| a.strip_prefix("weights=").map(str::to_owned)) {
        Some(path) => sourceline_text::Encoder::from_file(std::path::Path::new(&path)),
        None => sourceline_text::encoder(),
    }
}
