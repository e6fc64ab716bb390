//! Chains, claims and attributions of short texts of our own, given as trees: no weights.
//!
//! Words are written `form|UPOS|head|relation|flags`, one sentence a line; an empty line starts a paragraph. The head counts from 1 in its sentence.
//! Flags: `p` person, `o` organisation, `g` state or town, `n` nationality; a capital letter begins a name; `+` glued to the next word.

use sourceline_coding::Rules;
use sourceline_extract::{Lexicon, Resources, read};
use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Certainty, ClaimKind, Dateline, Outlet, OutletBasis, Polarity, Reading, Span};

fn conllu(text: &str) -> String {
    let mut out = String::from("# newpar\n");
    for line in text.trim().lines() {
        if line.trim().is_empty() {
            out.push_str("# newpar\n");
            continue;
        }
        for (index, word) in line.split_whitespace().enumerate() {
            let part: Vec<&str> = word.split('|').collect();
            let flags = part.get(4).copied().unwrap_or("");
            let mut misc: Vec<String> = Vec::new();
            for flag in flags.chars() {
                let kind = match flag.to_ascii_lowercase() {
                    'p' => "person",
                    'o' => "organization",
                    'g' => "gpe",
                    'n' => "norp",
                    _ => continue,
                };
                misc.push(format!("Name={}-{kind}", if flag.is_uppercase() { "B" } else { "I" }));
            }
            if flags.contains('+') {
                misc.push("SpaceAfter=No".to_owned());
            }
            let lemma = part[0].to_lowercase();
            let plural = part[1] == "NOUN" && lemma.ends_with('s');
            let feats = match part[1] {
                "NOUN" if plural => "Number=Plur",
                "NOUN" => "Number=Sing",
                "VERB" | "AUX" if !lemma.ends_with("ing") => "VerbForm=Fin",
                _ => "_",
            };
            let lemma = if plural { lemma.trim_end_matches('s').to_owned() } else { lemma };
            let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
            out.push_str(&format!(
                "{}\t{}\t{lemma}\t{}\t_\t{feats}\t{}\t{}\t_\t{misc}\n",
                index + 1,
                part[0],
                part[1],
                part[2],
                part[3]
            ));
        }
        out.push('\n');
    }
    out
}

fn reading(text: &str) -> Reading {
    let mut analysis = Analysis::from_conllu(&conllu(text)).unwrap();
    analysis.document.outlet = Some(Outlet { name: "Test Post".to_owned(), basis: OutletBasis::Given, kb: None });
    analysis.document.language = Some("en".to_owned());
    analysis.dateline = dateline(&analysis);
    let (lexicon, rules) = (Lexicon::builtin(), Rules::builtin());
    read(analysis, &Resources { knowledge: Knowledge::embedded(), rules: &rules, lexicon: &lexicon })
}

/// "TOWN (AGENCY) -" in front of a text.
fn dateline(analysis: &Analysis) -> Option<Dateline> {
    let text = &analysis.document.text;
    let (open, close) = (text.find('(')?, text.find(')')?);
    let dash = text.find(" - ")?;
    (close + 1 == dash).then(|| Dateline {
        span: Span::new(0, dash + 2),
        place: Some(Span::new(0, text[..open].trim_end().len())),
        date: None,
        agency: Some(Span::new(open + 1, close)),
    })
}

/// Chain of the first claim whose evidence holds `words`.
fn chain(reading: &Reading, words: &str) -> Vec<String> {
    let claim = reading
        .claims
        .iter()
        .find(|claim| claim.evidence.iter().any(|span| reading.analysis.text(*span).contains(words)));
    claim.unwrap_or_else(|| panic!("no claim with {words:?}")).chain.iter().map(|hop| hop.name.clone()).collect()
}

const LEAD: &str = "The|DET|2|det Guardian|PROPN|3|nsubj|O reported|VERB|0|root|+ ,|PUNCT|5|punct citing|VERB|3|advcl two|NUM|8|nummod Kenyan|ADJ|8|amod|N diplomats|NOUN|5|obj|+ ,|PUNCT|5|punct that|SCONJ|12|mark troops|NOUN|12|nsubj left|VERB|3|ccomp Kismayo|PROPN|12|obj|G+ .|PUNCT|3|punct";

#[test]
fn citing_puts_the_cited_behind_the_outlet() {
    let reading = reading(LEAD);
    assert_eq!(chain(&reading, "troops left"), ["Test Post", "The Guardian", "two Kenyan diplomats"]);
}

#[test]
fn an_unknown_outlet_is_not_the_known_one_that_shares_its_last_word() {
    let lead = "The|DET|3|det Lynx|PROPN|3|compound|O Post|PROPN|4|nsubj|o reported|VERB|0|root that|SCONJ|7|mark troops|NOUN|7|nsubj left|VERB|4|ccomp Kismayo|PROPN|7|obj|G+ .|PUNCT|4|punct";
    let next = "The|DET|2|det Post|PROPN|3|nsubj|O said|VERB|0|root the|DET|5|det port|NOUN|6|nsubj closed|VERB|3|ccomp|+ .|PUNCT|3|punct";
    let reading = reading(&format!("{lead}\n\n{next}"));
    assert_eq!(chain(&reading, "troops left"), ["Test Post", "Lynx Post"]);
    assert_eq!(chain(&reading, "the port closed"), ["Test Post", "Lynx Post"]);
}

#[test]
fn unnamed_sources_inherit_the_report_of_the_lead() {
    let text = format!(
        "{LEAD}\n\nA|DET|3|det European|ADJ|3|amod official|NOUN|4|nsubj said|VERB|0|root the|DET|6|det port|NOUN|7|nsubj closed|VERB|4|ccomp|+ .|PUNCT|4|punct"
    );
    let reading = reading(&text);
    assert_eq!(chain(&reading, "the port closed"), ["Test Post", "The Guardian", "European official"]);
    let claim = reading.claims.iter().find(|claim| claim.statement.contains("port")).unwrap();
    assert!(claim.chain.last().unwrap().anonymous);
}

#[test]
fn a_statement_in_public_keeps_its_own_chain() {
    let text = format!(
        "{LEAD}\n\nJane|PROPN|3|nsubj|P Doe|PROPN|1|flat|p told|VERB|0|root reporters|NOUN|3|obj the|DET|6|det port|NOUN|7|nsubj closed|VERB|3|ccomp|+ .|PUNCT|3|punct"
    );
    assert_eq!(chain(&reading(&text), "the port closed"), ["Test Post", "Jane Doe"]);
}

#[test]
fn an_agency_in_the_dateline_is_a_hop() {
    // The dateline is a sentence of its own.
    let text = "NAIROBI|PROPN|0|root|G (|PUNCT|3|punct|+ Reuters|PROPN|1|appos|O+ )|PUNCT|3|punct -|PUNCT|1|punct\nThe|DET|2|det port|NOUN|3|nsubj closed|VERB|0|root on|ADP|5|case Monday|PROPN|3|obl|+ .|PUNCT|3|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "port closed"), ["Test Post", "Reuters"]);
    assert!(reading.claims.iter().all(|claim| !claim.statement.contains("NAIROBI")));
}

#[test]
fn a_denial_is_negative_and_the_deniers() {
    let text = "Jane|PROPN|3|nsubj|P Doe|PROPN|1|flat|p denied|VERB|0|root that|SCONJ|6|mark troops|NOUN|6|nsubj left|VERB|3|ccomp Kismayo|PROPN|6|obj|G+ .|PUNCT|3|punct";
    let reading = reading(text);
    let claim = reading.claims.iter().find(|claim| claim.statement.contains("left")).unwrap();
    assert_eq!(claim.polarity, Polarity::Negative);
    assert_eq!(chain(&reading, "troops left"), ["Test Post", "Jane Doe"]);
    assert!(
        reading
            .events
            .iter()
            .filter(|event| event.mode.as_deref() == Some("withdraw"))
            .all(|event| event.polarity == Polarity::Negative)
    );
}

#[test]
fn what_may_happen_is_a_forecast() {
    let text = "Jane|PROPN|3|nsubj|P Doe|PROPN|1|flat|p said|VERB|0|root troops|NOUN|6|nsubj may|AUX|6|aux leave|VERB|3|ccomp Kismayo|PROPN|6|obj|G+ .|PUNCT|3|punct";
    let reading = reading(text);
    let claim = reading.claims.iter().find(|claim| claim.statement.contains("leave")).unwrap();
    assert_eq!((claim.kind, claim.certainty), (ClaimKind::Forecast, Certainty::Possible));
}

#[test]
fn coordinated_clauses_are_claims_of_their_own() {
    let text = "Some|PRON|2|nsubj flew|VERB|0|root to|ADP|4|case Lamu|PROPN|2|obl|G+ ,|PUNCT|8|punct while|SCONJ|8|mark others|NOUN|8|nsubj drove|VERB|2|advcl to|ADP|10|case Garissa|PROPN|8|obl|G+ .|PUNCT|2|punct";
    let reading = reading(text);
    assert_eq!(reading.claims.len(), 2);
    assert!(reading.claims[1].statement.starts_with("Others drove"), "{}", reading.claims[1].statement);
}

#[test]
fn an_outlet_that_was_told_stands_before_the_speaker() {
    let text = "Two|NUM|2|nummod officials|NOUN|3|nsubj told|VERB|0|root Reuters|PROPN|3|obj|O that|SCONJ|7|mark troops|NOUN|7|nsubj left|VERB|3|ccomp|+ .|PUNCT|3|punct\n\
                They|PRON|2|nsubj said|VERB|0|root the|DET|4|det port|NOUN|5|nsubj closed|VERB|2|ccomp|+ .|PUNCT|2|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "troops left"), ["Test Post", "Reuters", "Two officials"]);
    assert_eq!(chain(&reading, "the port closed"), ["Test Post", "Reuters", "Two officials"]);
}

#[test]
fn a_sentence_may_tell_who_said_the_one_before() {
    let told = "The|DET|2|det port|NOUN|3|nsubj closed|VERB|0|root on|ADP|5|case Monday|PROPN|3|obl|+ .|PUNCT|3|punct";
    for by in [
        "So|ADV|2|advmod writes|VERB|0|root The|DET|4|det Guardian|PROPN|2|nsubj|O+ .|PUNCT|2|punct",
        "Or|CCONJ|5|cc so|ADV|5|advmod The|DET|4|det Guardian|PROPN|5|nsubj|O says|VERB|0|root|+ .|PUNCT|5|punct",
        "That|PRON|4|nsubj is|AUX|4|cop the|DET|4|det view|NOUN|0|root of|ADP|7|case The|DET|7|det Guardian|PROPN|4|nmod|O+ .|PUNCT|4|punct",
    ] {
        let reading = reading(&format!("{told}\n{by}"));
        assert_eq!(chain(&reading, "port closed"), ["Test Post", "The Guardian"], "{by}");
        assert_eq!(reading.claims.len(), 1, "{by}: {:#?}", reading.claims);
    }
}

#[test]
fn a_quotation_without_a_cue_is_by_the_person_who_begins_the_next_sentence() {
    let text = "\"|PUNCT|4|punct|+ We|PRON|4|nsubj will|AUX|4|aux close|VERB|0|root the|DET|6|det port|NOUN|4|obj tonight|NOUN|4|obl|+ .|PUNCT|4|punct|+ \"|PUNCT|4|punct\n\
                Jane|PROPN|3|nsubj|P Doe|PROPN|1|flat|p waited|VERB|0|root for|ADP|6|case no|DET|6|det court|NOUN|3|obl|+ .|PUNCT|3|punct";
    assert_eq!(chain(&reading(text), "close the port"), ["Test Post", "Jane Doe"]);
}

#[test]
fn other_languages_and_empty_texts_give_a_note() {
    let lexicon = Lexicon::builtin();
    let rules = Rules::builtin();
    let resources = Resources { knowledge: Knowledge::embedded(), rules: &rules, lexicon: &lexicon };
    let empty = read(Analysis::default(), &resources);
    assert_eq!(empty.notes[0].code, "no-text");
    let mut arabic = Analysis::from_conllu(&conllu(LEAD)).unwrap();
    arabic.document.language = Some("ar".to_owned());
    let reading = read(arabic, &resources);
    assert_eq!(reading.notes[0].code, "language-not-read");
    assert!(reading.claims.is_empty());
}

#[test]
fn words_that_only_credit_somebody_are_no_claim() {
    let reading = reading(LEAD);
    assert!(
        reading.claims.iter().all(|claim| !claim.statement.to_lowercase().contains("citing")),
        "{:#?}",
        reading.claims
    );
    assert!(reading.claims.iter().any(|claim| claim.statement == "Troops left Kismayo."), "{:#?}", reading.claims);
}
