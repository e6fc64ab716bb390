//! Chains, claims and attributions of short texts of our own, given as trees: no weights.
//!
//! Words are written `form|UPOS|head|relation|flags`, one sentence a line; an empty line starts a paragraph. The head counts from 1 in its sentence.
//! Flags: `p` person, `o` organisation, `g` state or town, `n` nationality; `s`, `q`, `c` source, cue, content as the encoder tags them; a
//! capital letter begins a name or span; `+` glued to the next word.

mod routes;
mod speakers;
mod standins;
mod statements;

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
                let begins = if flag.is_uppercase() { "B" } else { "I" };
                let role = match flag.to_ascii_lowercase() {
                    's' => Some("Source"),
                    'q' => Some("Cue"),
                    'c' => Some("Content"),
                    _ => None,
                };
                misc.extend(role.map(|role| format!("{role}={begins}")));
                let kind = match flag.to_ascii_lowercase() {
                    'p' => "person",
                    'o' => "organization",
                    'g' => "gpe",
                    'n' => "norp",
                    _ => continue,
                };
                misc.push(format!("Name={begins}-{kind}"));
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
fn who_counted_is_the_source_of_the_number() {
    for text in [
        "Forty|NUM|2|nummod attacks|NOUN|4|nsubj:pass were|AUX|4|aux:pass documented|VERB|0|root by|ADP|7|case the|DET|7|det Guardian|PROPN|4|obl:agent|O last|ADJ|9|amod year|NOUN|4|obl|+ .|PUNCT|4|punct",
        "Forty|NUM|2|nummod attacks|NOUN|3|nsubj happened|VERB|0|root in|ADP|5|case Kismayo|PROPN|3|obl|G (|PUNCT|7|punct|+ Guardian|PROPN|3|dep|O+ )|PUNCT|7|punct|+ .|PUNCT|3|punct",
    ] {
        assert_eq!(chain(&reading(text), "attacks").last().map(String::as_str), Some("The Guardian"), "{text}");
    }
}

#[test]
fn what_stands_before_a_semicolon_is_not_said_behind_it() {
    let text = "Troops|NOUN|2|nsubj left|VERB|0|root Kismayo|PROPN|2|obj|G+ ;|PUNCT|6|punct Jane|PROPN|6|nsubj|P called|VERB|2|parataxis for|ADP|8|case peace|NOUN|6|obl|+ .|PUNCT|2|punct";
    assert_eq!(chain(&reading(text), "Troops left"), ["Test Post"]);
}

#[test]
fn the_government_of_an_unknown_state_is_no_other_states() {
    let text = "Ostria|PROPN|3|nmod:poss|G+ 's|PART|1|case government|NOUN|4|nsubj said|VERB|0|root Kenyan|ADJ|6|amod|N boats|NOUN|7|nsubj left|VERB|4|ccomp|+ .|PUNCT|4|punct\n\n\
                The|DET|2|det government|NOUN|3|nsubj said|VERB|0|root the|DET|5|det port|NOUN|6|nsubj closed|VERB|3|ccomp|+ .|PUNCT|3|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "boats left"), ["Test Post", "Ostria's government"]);
    assert!(chain(&reading, "the port closed").iter().all(|hop| !hop.contains("Kenyan")));
}

#[test]
fn a_credit_with_a_clause_behind_it_is_not_said_twice() {
    let text = "Boats|NOUN|2|nsubj left|VERB|5|ccomp|+ ,|PUNCT|5|punct officials|NOUN|5|nsubj said|VERB|0|root|+ ,|PUNCT|9|punct while|SCONJ|9|mark troops|NOUN|9|nsubj left|VERB|5|advcl Kismayo|PROPN|9|obj|G+ .|PUNCT|5|punct";
    let reading = reading(text);
    let statements: Vec<&str> = reading.claims.iter().map(|claim| claim.statement.as_str()).collect();
    assert!(statements.iter().all(|statement| !statement.contains("while")), "{statements:?}");
    assert!(statements.contains(&"Troops left Kismayo."), "{statements:?}");
}

/// An interview: who is asked, two questions, two answers.
const INTERVIEW: &str = "We|PRON|2|nsubj met|VERB|0|root Jane|PROPN|2|obj|P Doe|PROPN|3|flat|p+ .|PUNCT|2|punct\n\n\
    Q|PROPN|0|root|+ :|PUNCT|1|punct Is|AUX|6|cop the|DET|5|det port|NOUN|6|nsubj closed|ADJ|1|dep|+ ?|PUNCT|6|punct\n\n\
    DOE|PROPN|5|nsubj|P+ :|PUNCT|1|punct The|DET|4|det port|NOUN|5|nsubj closed|VERB|0|root on|ADP|7|case Monday|PROPN|5|obl|+ .|PUNCT|5|punct\n\
    Two|NUM|2|nummod ships|NOUN|3|nsubj sank|VERB|0|root|+ .|PUNCT|3|punct\n\n\
    Q|PROPN|0|root|+ :|PUNCT|1|punct And|CCONJ|5|cc the|DET|5|det ferry|NOUN|1|dep|+ ?|PUNCT|5|punct\n\n\
    A|PROPN|5|nsubj|+ :|PUNCT|1|punct The|DET|4|det ferry|NOUN|5|nsubj burned|VERB|0|root all|DET|7|det night|NOUN|5|obl|+ .|PUNCT|5|punct";

#[test]
fn answers_of_an_interview_belong_to_whom_they_are_labelled_with() {
    let reading = reading(INTERVIEW);
    for words in ["port closed", "ships sank", "ferry burned"] {
        assert_eq!(chain(&reading, words), ["Test Post", "Jane Doe"], "{words}");
    }
    let statements: Vec<&str> = reading.claims.iter().map(|claim| claim.statement.as_str()).collect();
    assert!(statements.iter().all(|statement| !statement.contains("And the ferry")), "{statements:?}");
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

#[test]
fn two_speakers_in_one_sentence_keep_their_own_clauses() {
    let text = "Three|NUM|2|nummod|C trucks|NOUN|4|nsubj:pass|c were|AUX|4|aux:pass|c hit|VERB|11|ccomp|c near|ADP|7|case|c the|DET|7|det|c pass|NOUN|4|obl|c+ ,|PUNCT|11|punct the|DET|10|det|S mission|NOUN|11|nsubj|s said|VERB|0|root|Q+ ,|PUNCT|16|punct and|CCONJ|16|cc|C a|DET|15|det|c bridge|NOUN|16|nsubj|c burned|VERB|4|conj|c through|ADP|19|case|c the|DET|19|det|c night|NOUN|16|obl|c+ ,|PUNCT|22|punct residents|NOUN|22|nsubj|S told|VERB|11|conj|Q Radio|PROPN|24|compound|O Karpa|PROPN|22|iobj|o+ .|PUNCT|11|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "trucks were hit"), ["Test Post", "mission"]);
    assert_eq!(chain(&reading, "a bridge burned"), ["Test Post", "Radio Karpa", "residents"]);
}

#[test]
fn a_relative_clause_or_a_second_name_does_not_hide_the_speaker() {
    let relative = "The|DET|2|det union|NOUN|9|nsubj|+ ,|PUNCT|5|punct which|PRON|5|nsubj runs|VERB|2|acl:relcl the|DET|7|det pit|NOUN|5|obj|+ ,|PUNCT|2|punct said|VERB|0|root|Q trucks|NOUN|12|nsubj|C would|AUX|12|aux|c roll|VERB|9|ccomp|c+ .|PUNCT|9|punct";
    let strayed = relative.replace("union|NOUN|9|nsubj", "union|NOUN|12|nsubj");
    let named = "The|DET|2|det mission|NOUN|8|nsubj|+ ,|PUNCT|4|punct known|VERB|2|acl|Q as|ADP|6|case|q Normis|PROPN|4|obl|O+ ,|PUNCT|2|punct said|VERB|0|root|Q the|DET|10|det|C road|NOUN|12|nsubj|c was|AUX|12|cop|c open|ADJ|8|ccomp|c+ .|PUNCT|8|punct";
    let at_the_end = "The|DET|2|det|c road|NOUN|4|nsubj|c is|AUX|4|cop|c open|ADJ|12|ccomp|c+ ,|PUNCT|7|punct|c the|DET|7|det|c operator|NOUN|12|nsubj|c+ ,|PUNCT|9|punct|c Vektor|PROPN|7|appos|Oc Mining|PROPN|9|flat|oc+ ,|PUNCT|7|punct|c said|VERB|0|root|Q+ .|PUNCT|12|punct";
    assert_eq!(chain(&reading(relative), "trucks would roll"), ["Test Post", "union"]);
    assert_eq!(chain(&reading(&strayed), "trucks would roll"), ["Test Post", "union"]);
    assert_eq!(chain(&reading(named), "the road was open"), ["Test Post", "Normis"]);
    assert_eq!(chain(&reading(at_the_end), "The road is open"), ["Test Post", "Vektor Mining"]);
}

#[test]
fn who_accuses_or_blames_is_the_source() {
    let text = "Norland|PROPN|3|nsubj|O had|AUX|3|aux accused|VERB|0|root Sudmark|PROPN|3|obj|G of|SCONJ|6|mark arming|VERB|4|acl rebels|NOUN|6|obj|+ .|PUNCT|3|punct\n\n\
                Berg|PROPN|2|nsubj|P blamed|VERB|0|root Sudmark|PROPN|2|obj|G for|ADP|6|case the|DET|6|det fire|NOUN|2|obl|+ .|PUNCT|2|punct\n\n\
                A|DET|2|det union|NOUN|3|nsubj threatened|VERB|0|root to|PART|5|mark close|VERB|3|xcomp the|DET|7|det pit|NOUN|5|obj|+ .|PUNCT|3|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "arming rebels"), ["Test Post", "Norland"]);
    assert_eq!(chain(&reading, "the fire"), ["Test Post", "Berg"]);
    assert_eq!(chain(&reading, "close the pit"), ["Test Post", "union"]);
}

#[test]
fn who_calls_it_a_rumour_is_not_the_speaker_before() {
    let text = "The|DET|2|det|S army|NOUN|3|nsubj|s said|VERB|0|root|Q that|SCONJ|7|mark|C two|NUM|6|nummod|c soldiers|NOUN|7|nsubj|c deserted|VERB|3|ccomp|c+ .|PUNCT|3|punct|c\n\
                Norland|PROPN|3|nmod:poss|cO 's|PART|1|case|c mission|NOUN|5|nsubj|c has|AUX|5|aux|cQ called|VERB|0|root|cq that|PRON|5|obj|c a|DET|8|det|c rumour|NOUN|5|xcomp|c+ .|PUNCT|5|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "soldiers deserted"), ["Test Post", "army"]);
    assert!(chain(&reading, "has called that a rumour")[1].ends_with("mission"));
}

#[test]
fn what_could_not_be_verified_is_the_outlets_own_word() {
    let text = "Residents|NOUN|2|nsubj|S said|VERB|0|root|Q a|DET|5|det|C second|ADJ|5|amod|c blast|NOUN|6|nsubj|c followed|VERB|2|ccomp|c+ .|PUNCT|2|punct|c\n\
                The|DET|2|det|c figures|NOUN|7|nsubj:pass|c could|AUX|7|aux|c not|PART|7|advmod|c be|AUX|7|aux:pass|c independently|ADV|7|advmod|c verified|VERB|0|root|c+ .|PUNCT|7|punct\n\
                It|PRON|4|nsubj was|AUX|4|cop not|PART|4|advmod clear|ADJ|0|root who|PRON|6|nsubj fired|VERB|4|ccomp|+ .|PUNCT|4|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "second blast followed"), ["Test Post", "Residents"]);
    assert_eq!(chain(&reading, "figures could not"), ["Test Post"]);
    assert_eq!(chain(&reading, "not clear"), ["Test Post"]);
}

#[test]
fn what_rests_on_no_report_is_not_inherited() {
    let text = "The|DET|2|det offer|NOUN|4|nsubj:pass was|AUX|4|aux:pass withdrawn|VERB|0|root on|ADP|6|case Sunday|PROPN|4|obl|+ .|PUNCT|4|punct";
    let reading = reading(text);
    let claim = reading.claims.iter().find(|claim| claim.statement.contains("withdrawn")).unwrap();
    assert_eq!(claim.chain_basis, sourceline_model::ChainBasis::Stated);
}

#[test]
fn they_are_those_whom_the_sentence_before_is_about() {
    let text = "The|DET|3|det|S Interior|PROPN|3|compound|Os Ministry|PROPN|4|nsubj|os said|VERB|0|root|Q police|NOUN|6|nsubj|C stopped|VERB|4|ccomp|c the|DET|8|det|c gunmen|NOUN|6|obj|c+ .|PUNCT|4|punct\n\
                The|DET|2|det officers|NOUN|3|nsubj chased|VERB|0|root them|PRON|3|obj|+ .|PUNCT|3|punct\n\
                They|PRON|2|nsubj|S said|VERB|0|root|Q two|NUM|4|nummod|C gunmen|NOUN|6|nsubj|c were|AUX|6|aux|c wounded|VERB|2|ccomp|c+ .|PUNCT|2|punct";
    assert_eq!(chain(&reading(text), "were wounded"), ["Test Post", "officers"]);
}

#[test]
fn he_is_the_one_who_spoke_not_the_one_spoken_of() {
    let text = "Grace|PROPN|3|nsubj|PS Holm|PROPN|1|flat|ps said|VERB|0|root|Q Petros|PROPN|6|nsubj|PC Lamb|PROPN|4|flat|pc signed|VERB|3|ccomp|c the|DET|8|det|c papers|NOUN|6|obj|c+ .|PUNCT|3|punct\n\
                The|DET|2|det ship|NOUN|4|nsubj|C was|AUX|4|cop|c late|ADJ|6|ccomp|c+ ,|PUNCT|4|punct she|PRON|7|nsubj|S added|VERB|0|root|Q+ .|PUNCT|7|punct";
    assert_eq!(chain(&reading(text), "ship was late"), ["Test Post", "Grace Holm"]);
}

#[test]
fn who_stands_before_told_tells() {
    let wife = "The|DET|2|det|S captain|NOUN|4|nmod:poss|s 's|PART|2|case|s wife|NOUN|9|iobj|s+ ,|PUNCT|6|punct|s Anna|PROPN|4|appos|Ps Holm|PROPN|6|flat|ps+ ,|PUNCT|4|punct|s told|VERB|0|root|Q reporters|NOUN|9|iobj that|SCONJ|14|mark|C he|PRON|14|nsubj|c was|AUX|14|cop|c innocent|ADJ|9|ccomp|c+ .|PUNCT|9|punct";
    assert_eq!(chain(&reading(wife), "he was innocent"), ["Test Post", "Anna Holm"]);
}
