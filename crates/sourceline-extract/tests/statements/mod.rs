//! Which words become the sentence of a claim, and how it is put.

use sourceline_model::{Certainty, ClaimKind, Polarity, Reading};

use super::reading;

fn statements(text: &str) -> Vec<String> {
    reading(text).claims.iter().map(|claim| claim.statement.clone()).collect()
}

fn put(reading: &Reading, words: &str) -> (ClaimKind, Certainty, Polarity) {
    let claim = reading.claims.iter().find(|claim| claim.statement.contains(words));
    let claim = claim.unwrap_or_else(|| panic!("no claim with {words:?}"));
    (claim.kind, claim.certainty, claim.polarity)
}

#[test]
fn an_inserted_speaker_goes_with_his_listener() {
    let text = "The|DET|2|det letter|NOUN|11|nsubj|+ ,|PUNCT|5|punct Berg|PROPN|5|nsubj|P told|VERB|11|parataxis the|DET|7|det channel|NOUN|5|obj|+ ,|PUNCT|2|punct is|AUX|11|cop a|DET|11|det forgery|NOUN|0|root|+ .|PUNCT|11|punct";
    assert_eq!(statements(text), ["The letter is a forgery."]);
}

#[test]
fn who_was_asked_is_no_statement() {
    let text = "Asked|VERB|7|advcl about|ADP|4|case the|DET|4|det letter|NOUN|1|obl|+ ,|PUNCT|1|punct Berg|PROPN|7|nsubj|P said|VERB|0|root that|SCONJ|11|mark the|DET|10|det office|NOUN|11|nsubj burned|VERB|7|ccomp|+ .|PUNCT|7|punct";
    assert_eq!(statements(text), ["The office burned."]);
}

#[test]
fn a_number_does_not_take_over_the_noun_of_another() {
    let text = "Nine|NUM|2|nummod guards|NOUN|4|nsubj:pass were|AUX|4|aux:pass killed|VERB|0|root and|CCONJ|6|cc 24|NUM|7|nummod wounded|VERB|4|conj in|ADP|10|case a|DET|10|det riot|NOUN|7|obl on|ADP|13|case the|DET|13|det coast|NOUN|10|nmod|+ .|PUNCT|4|punct";
    assert_eq!(statements(text), ["Nine guards were killed and 24 wounded in a riot on the coast."]);
}

#[test]
fn what_is_taken_back_is_stated_no_longer() {
    let text = "Correction|NOUN|0|root|+ :|PUNCT|4|punct we|PRON|4|nsubj wrote|VERB|1|appos earlier|ADV|4|advmod that|SCONJ|10|mark the|DET|8|det woman|NOUN|10|nsubj:pass was|AUX|10|aux:pass arrested|VERB|4|ccomp|+ .|PUNCT|1|punct";
    assert!(!statements(text).contains(&"The woman was arrested.".to_owned()), "{:?}", statements(text));
}

#[test]
fn whoever_thinks_so_is_nobody() {
    let text = "Whoever|PRON|10|nsubj|S thinks|VERB|1|acl:relcl|Q that|SCONJ|5|mark|C rebels|NOUN|5|nsubj|c hold|VERB|2|ccomp|c the|DET|7|det|c port|NOUN|5|obj|c does|AUX|10|aux not|PART|10|advmod know|VERB|0|root the|DET|12|det coast|NOUN|10|obj|+ .|PUNCT|10|punct";
    assert!(!statements(text).contains(&"Rebels hold the port.".to_owned()), "{:?}", statements(text));
}

#[test]
fn neither_nor_is_one_statement() {
    let text = "The|DET|2|det ministry|NOUN|4|nsubj neither|CCONJ|4|advmod confirmed|VERB|0|root nor|CCONJ|6|cc denied|VERB|4|conj the|DET|8|det publication|NOUN|6|obj of|ADP|11|case the|DET|11|det letter|NOUN|8|nmod by|ADP|14|case the|DET|14|det paper|NOUN|8|nmod|+ .|PUNCT|4|punct";
    assert!(!statements(text).iter().any(|statement| statement.contains("ministry nor")), "{:?}", statements(text));
}

#[test]
fn age_parts_nobody_from_what_he_does() {
    let text = "Windows|NOUN|2|nsubj|C broke|VERB|4|ccomp|c+ ,|PUNCT|4|punct said|VERB|0|root|Q Nina|PROPN|4|nsubj|P Berg|PROPN|5|flat|p+ ,|PUNCT|8|punct 67|NUM|5|appos|+ ,|PUNCT|11|punct who|PRON|11|nsubj lives|VERB|1|acl:relcl on|ADP|14|case the|DET|14|det floor|NOUN|11|obl above|ADP|17|case the|DET|17|det port|NOUN|14|nmod|+ .|PUNCT|4|punct";
    let statements = statements(text);
    assert!(statements.contains(&"Nina Berg lives on the floor above the port.".to_owned()), "{statements:?}");
}

#[test]
fn refusals_and_wishes_are_no_forecasts() {
    let refusal = reading(
        "The|DET|2|det minister|NOUN|5|nsubj would|AUX|5|aux not|PART|5|advmod comment|VERB|0|root on|ADP|8|case the|DET|8|det price|NOUN|5|obl|+ .|PUNCT|5|punct",
    );
    assert_eq!(put(&refusal, "comment"), (ClaimKind::Event, Certainty::Asserted, Polarity::Negative));
    let future = reading(
        "The|DET|2|det minister|NOUN|5|nsubj would|AUX|5|aux not|PART|5|advmod resign|VERB|0|root over|ADP|8|case the|DET|8|det price|NOUN|5|obl|+ .|PUNCT|5|punct",
    );
    assert_ne!(put(&future, "resign").1, Certainty::Asserted);
    let wish = reading(
        "The|DET|2|det opposition|NOUN|3|nsubj wants|VERB|0|root a|DET|6|det new|ADJ|6|amod vote|NOUN|3|obj|+ .|PUNCT|3|punct",
    );
    assert_eq!(put(&wish, "wants"), (ClaimKind::State, Certainty::Asserted, Polarity::Positive));
}

#[test]
fn what_ought_to_be_is_an_opinion_and_meant() {
    let advice = reading(
        "Patients|NOUN|4|nsubj should|AUX|4|aux not|PART|4|advmod stop|VERB|0|root the|DET|6|det treatment|NOUN|4|obj|+ .|PUNCT|4|punct",
    );
    assert_eq!(put(&advice, "should"), (ClaimKind::Opinion, Certainty::Asserted, Polarity::Negative));
}
