//! Through whose hands words went: translations, listeners, outlets named later.

use super::{chain, reading};

/// Checks the hops behind the publisher.
fn check(text: &str, cases: &[(&str, &[&str])]) {
    let reading = reading(text);
    for (words, hops) in cases {
        assert_eq!(chain(&reading, words)[1..], **hops, "{words}");
    }
}

#[test]
fn a_translation_stands_before_the_paper_it_was_made_from() {
    check(
        "The|DET|2|det road|NOUN|4|nsubj:pass was|AUX|4|aux:pass cut|VERB|0|root on|ADP|6|case Sunday|PROPN|4|obl|+ ,|PUNCT|12|punct the|DET|9|det site|NOUN|12|nsubj Kavkaz|PROPN|9|appos|P Uzel|PROPN|10|flat|p wrote|VERB|4|parataxis on|ADP|14|case Monday|PROPN|12|obl in|ADP|18|case a|DET|18|det Georgian|ADJ|18|amod|N translation|NOUN|12|obl of|ADP|21|case an|DET|21|det article|NOUN|18|nmod in|ADP|24|case The|DET|24|det|O Guardian|PROPN|21|nmod|o+ .|PUNCT|4|punct\n\
         \n\
         Two|NUM|2|nummod|S officials|NOUN|3|nsubj|s told|VERB|0|root|Q the|DET|5|det newspaper|NOUN|3|iobj that|SCONJ|9|mark|C the|DET|8|det|c bridge|NOUN|9|nsubj|c burned|VERB|3|ccomp|c+ .|PUNCT|3|punct",
        &[
            ("road was cut", &["Kavkaz Uzel", "The Guardian"]),
            ("the bridge burned", &["Kavkaz Uzel", "The Guardian", "Two officials"]),
        ],
    );
}

#[test]
fn who_told_the_outlet_itself_told_no_other() {
    check(
        "Two|NUM|2|nummod|S officials|NOUN|3|nsubj|s said|VERB|0|root|Q that|SCONJ|7|mark|C the|DET|6|det|c pipe|NOUN|7|nsubj|c leaked|VERB|3|ccomp|c+ .|PUNCT|3|punct\n\
         The|DET|2|det|S Guardian|PROPN|3|nsubj|sO reported|VERB|0|root|Q that|SCONJ|8|mark|C a|DET|7|det|c third|ADJ|7|amod|c pipe|NOUN|8|nsubj|c leaked|VERB|3|ccomp|c+ .|PUNCT|3|punct\n\
         Jane|PROPN|3|nsubj|SP Doe|PROPN|1|flat|sp told|VERB|0|root|Q the|DET|5|det Post|NOUN|3|iobj that|SCONJ|9|mark|C the|DET|8|det|c pump|NOUN|9|nsubj|c failed|VERB|3|ccomp|c+ .|PUNCT|3|punct",
        &[("a third pipe leaked", &["The Guardian"]), ("the pump failed", &["Jane Doe"])],
    );
}

#[test]
fn this_was_reported_by_an_outlet() {
    check(
        "Two|NUM|2|nummod|S officials|NOUN|3|nsubj|s say|VERB|0|root|Q that|SCONJ|7|mark|C the|DET|6|det|c pipe|NOUN|7|nsubj|c burst|NOUN|3|ccomp|c+ .|PUNCT|3|punct\n\
         This|PRON|3|nsubj:pass|C was|AUX|3|aux:pass reported|VERB|0|root by|ADP|5|case Reuters|PROPN|3|obl:agent|O+ .|PUNCT|3|punct",
        &[("the pipe burst", &["Reuters", "Two officials"])],
    );
}

#[test]
fn an_outlet_that_was_told_passes_on_what_the_agent_says() {
    check(
        "The|DET|2|det Guardian|PROPN|4|nsubj:pass|O was|AUX|4|aux:pass|Q told|VERB|0|root|q by|ADP|7|case an|DET|7|det engineer|NOUN|4|obl:agent that|SCONJ|10|mark|C there|PRON|10|expl|c was|VERB|4|ccomp|c only|ADV|12|advmod|c one|NUM|13|nummod|c crack|NOUN|10|nsubj|c+ .|PUNCT|4|punct",
        &[("only one crack", &["The Guardian", "engineer"])],
    );
}

#[test]
fn who_answers_right_after_an_outlet_asked_answers_that_outlet() {
    check(
        "The|DET|2|det|S Guardian|PROPN|3|nsubj|sO asked|VERB|0|root|Q for|ADP|7|case|q the|DET|7|det|C other|ADJ|7|amod|c view|NOUN|3|obl|c+ .|PUNCT|3|punct\n\
         Jane|PROPN|3|nsubj|SP Doe|PROPN|1|flat|sp replied|VERB|0|root|Q that|SCONJ|8|mark|C the|DET|6|det|c letters|NOUN|8|nsubj:pass|c were|AUX|8|aux:pass|c lost|VERB|3|ccomp|c+ .|PUNCT|3|punct",
        &[("letters were lost", &["The Guardian", "Jane Doe"])],
    );
}

#[test]
fn what_somebody_could_have_told_is_not_told() {
    check(
        "Jane|PROPN|3|nsubj|SP Doe|PROPN|1|flat|sp said|VERB|0|root|Q that|SCONJ|9|mark|C the|DET|6|det|c Poles|NOUN|9|nsubj|c could|AUX|9|aux|c have|AUX|9|aux|c told|VERB|3|ccomp|c us|PRON|9|iobj|c that|SCONJ|14|mark|c the|DET|13|det|c mine|NOUN|14|nsubj|c exploded|VERB|9|ccomp|c+ .|PUNCT|3|punct",
        &[("the mine exploded", &["Jane Doe"])],
    );
}

#[test]
fn an_account_may_name_its_outlet_only_later() {
    check(
        "The|DET|2|det|C store|NOUN|3|nsubj|c burned|VERB|0|root|c+ ,|PUNCT|6|punct|c say|VERB|3|advcl|Qc people|NOUN|5|nsubj|c familiar|ADJ|6|amod|c with|ADP|10|case|c the|DET|10|det|c case|NOUN|7|obl|c+ .|PUNCT|5|punct\n\
         The|DET|2|det account|NOUN|4|nsubj:pass was|AUX|4|aux:pass published|VERB|0|root by|ADP|7|case The|DET|7|det|O Guardian|PROPN|4|obl:agent|o+ .|PUNCT|4|punct",
        &[("The store burned", &["The Guardian", "people familiar with the case"])],
    );
}

#[test]
fn all_this_may_come_from_an_outlet() {
    check(
        "The|DET|2|det|C silo|NOUN|3|nsubj:pass|c burned|VERB|7|ccomp|c+ ,|PUNCT|3|punct two|NUM|6|nummod|S officials|NOUN|7|nsubj|s said|VERB|0|root|Q+ .|PUNCT|7|punct\n\
         All|DET|2|det:predet this|PRON|3|nsubj comes|VERB|0|root from|ADP|6|case The|DET|6|det Guardian|PROPN|3|obl|O+ .|PUNCT|3|punct",
        &[("The silo burned", &["The Guardian", "two officials"])],
    );
}
