//! Through whose hands words went: translations, listeners, outlets named later.

use sourceline_model::Reading;

use super::reading;

/// The hops behind the publisher of the shortest claim whose evidence holds `words`.
fn hops(reading: &Reading, words: &str) -> Vec<String> {
    let text = |claim: &sourceline_model::Claim| -> String {
        claim.evidence.iter().map(|span| reading.analysis.text(*span)).collect()
    };
    let near = reading.claims.iter().filter(|claim| text(claim).contains(words));
    let claim = near.min_by_key(|claim| text(claim).len()).unwrap_or_else(|| panic!("no claim with {words:?}"));
    claim.chain.iter().skip(1).map(|hop| hop.name.clone()).collect()
}

fn check(text: &str, cases: &[(&str, &[&str])]) {
    let reading = reading(text);
    for (words, expected) in cases {
        assert_eq!(hops(&reading, words), *expected, "{words}");
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

#[test]
fn who_speaks_after_the_agency_was_told_something_told_the_agency() {
    check(
        "NAIROBI|PROPN|0|root|G (|PUNCT|3|punct|+ Reuters|PROPN|1|list|O+ )|PUNCT|3|punct -|PUNCT|3|punct\n\
         The|DET|2|det|S Guardian|PROPN|3|nsubj|sO reported|VERB|0|root|Q that|SCONJ|8|mark|C the|DET|6|det|c port|NOUN|8|nsubj:pass|c was|AUX|8|aux:pass|c sold|VERB|3|ccomp|c+ .|PUNCT|3|punct\n\
         Two|NUM|2|nummod|S officials|NOUN|3|nsubj|s told|VERB|0|root|Q the|DET|5|det newspaper|NOUN|3|iobj that|SCONJ|10|mark|C the|DET|8|det|c price|NOUN|10|nsubj|c was|AUX|10|cop|c low|ADJ|3|ccomp|c+ .|PUNCT|3|punct\n\
         \n\
         Ana|PROPN|3|nsubj|SP Ruiz|PROPN|3|nsubj|sp told|VERB|0|root|Q Reuters|PROPN|3|iobj|O that|SCONJ|9|mark|C the|DET|7|det|c price|NOUN|9|nsubj|c was|AUX|9|cop|c high|ADJ|3|ccomp|c+ .|PUNCT|3|punct\n\
         \n\
         A|DET|3|det|S senior|ADJ|3|amod|s clerk|NOUN|4|nsubj|s said|VERB|0|root|Q that|SCONJ|9|mark|C the|DET|7|det|c contract|NOUN|9|nsubj|c was|AUX|9|cop|c secret|ADJ|4|ccomp|c+ .|PUNCT|4|punct",
        &[
            ("the price was low", &["Reuters", "The Guardian", "Two officials"]),
            ("the price was high", &["Reuters", "Ana Ruiz"]),
            ("contract was secret", &["Reuters", "senior clerk"]),
        ],
    );
}

#[test]
fn a_survey_says_what_it_counts() {
    check(
        "In|ADP|3|case a|DET|3|det survey|NOUN|14|nmod published|VERB|3|acl in|ADP|6|case March|PROPN|4|obl by|ADP|10|case the|DET|10|det Varn|PROPN|10|compound|O Institute|PROPN|4|obl:agent|o in|ADP|12|case Oslo|PROPN|10|nmod|G+ ,|PUNCT|3|punct 61|NUM|15|nummod percent|NOUN|19|nsubj of|ADP|17|case respondents|NOUN|15|nmod would|AUX|19|aux move|VERB|0|root abroad|ADV|19|advmod|+ .|PUNCT|19|punct",
        &[("61 percent", &["Varn Institute"])],
    );
}

#[test]
fn a_station_without_a_name_was_told_it() {
    check(
        "Jane|PROPN|3|nsubj|SP Doe|PROPN|1|flat|sp told|VERB|0|root|Q local|ADJ|5|amod television|NOUN|3|iobj that|SCONJ|9|mark|C the|DET|8|det|c ferry|NOUN|9|nsubj:pass|c burned|VERB|3|ccomp|c+ .|PUNCT|3|punct",
        &[("the ferry burned", &["local television", "Jane Doe"])],
    );
}

#[test]
fn an_outlet_has_those_who_say_it() {
    check(
        "The|DET|2|det|SO Guardian|PROPN|3|nsubj|so has|VERB|0|root two|NUM|5|nummod officials|NOUN|3|obj who|PRON|7|nsubj|S say|VERB|5|acl:relcl|Q that|SCONJ|13|mark|C all|DET|11|det:predet|c the|DET|11|det|c jets|NOUN|13|nsubj|c are|AUX|13|cop|c there|ADV|7|ccomp|c+ .|PUNCT|3|punct",
        &[("all the jets", &["The Guardian", "two officials"])],
    );
}

#[test]
fn who_is_quoted_by_an_outlet_speaks_through_it() {
    check(
        "The|DET|3|det|C former|ADJ|3|amod|c envoy|NOUN|9|nsubj:pass|c+ ,|PUNCT|5|punct|c Jane|PROPN|3|appos|cP Doe|PROPN|5|flat|cp+ ,|PUNCT|3|punct|c was|AUX|9|aux:pass|Q quoted|VERB|0|root|q by|ADP|12|case The|DET|12|det|O Guardian|PROPN|9|obl:agent|o as|SCONJ|14|mark predicting|VERB|9|advcl that|SCONJ|19|mark|C both|DET|17|det|c sides|NOUN|19|nsubj|c would|AUX|19|aux|c sign|VERB|14|ccomp|c+ .|PUNCT|9|punct",
        &[("both sides would sign", &["The Guardian", "Jane Doe"])],
    );
}

#[test]
fn the_agent_behind_what_an_agency_was_told_is_found() {
    check(
        "The|DET|2|det|C owner|NOUN|6|nsubj:pass|c is|AUX|6|aux:pass|c to|PART|6|mark|c be|AUX|6|aux:pass|c heard|VERB|0|root|c in|ADP|8|case|c June|PROPN|6|obl|c+ ,|PUNCT|12|punct Reuters|PROPN|12|nsubj:pass|O was|AUX|12|aux:pass|Q told|VERB|6|parataxis|q by|ADP|15|case a|DET|15|det clerk|NOUN|12|obl:agent|+ .|PUNCT|6|punct",
        &[("owner is to be heard", &["Reuters", "clerk"])],
    );
}

#[test]
fn to_which_somebody_insisted() {
    check(
        "The|DET|2|det account|NOUN|4|nsubj:pass was|AUX|4|aux:pass published|VERB|0|root by|ADP|7|case The|DET|7|det|O Guardian|PROPN|4|obl:agent|o+ ,|PUNCT|19|punct to|ADP|10|case which|PRON|19|obl the|DET|12|det|S bank|NOUN|14|nmod:poss|s 's|PART|12|case|s spokesman|NOUN|19|nsubj|s+ ,|PUNCT|16|punct|s Jim|PROPN|14|appos|sP Doe|PROPN|16|flat|sp+ ,|PUNCT|14|punct|s insisted|VERB|4|advcl:relcl|Q that|SCONJ|23|mark|C nothing|PRON|23|nsubj|c had|AUX|23|aux|c arrived|VERB|19|ccomp|c+ .|PUNCT|4|punct",
        &[("nothing had arrived", &["The Guardian", "Jim Doe"])],
    );
}

#[test]
fn an_email_to_the_outlet_was_read_by_no_other() {
    check(
        "The|DET|2|det|SO Guardian|PROPN|3|nsubj|so reported|VERB|0|root|Q that|SCONJ|8|mark|C the|DET|6|det|c port|NOUN|8|nsubj:pass|c was|AUX|8|aux:pass|c sold|VERB|3|ccomp|c+ .|PUNCT|3|punct\n\
         \n\
         A|DET|3|det|S Treasury|PROPN|3|compound|s spokesperson|NOUN|12|nsubj|s+ ,|PUNCT|7|punct|s in|ADP|7|case|s an|DET|7|det|s email|NOUN|12|obl|s to|ADP|10|case|s the|DET|10|det|s Post|PROPN|7|nmod|sO+ ,|PUNCT|3|punct|s said|VERB|0|root|Q the|DET|17|det|C new|ADJ|15|amod|c port|NOUN|17|nsubj|c could|AUX|17|aux|c threaten|VERB|12|ccomp|c the|DET|19|det|c coast|NOUN|17|obj|c+ .|PUNCT|12|punct",
        &[("the new port", &["Treasury spokesperson"])],
    );
}

#[test]
fn nobody_is_bound_to_an_outlet_by_silence_towards_the_press() {
    check(
        "NAIROBI|PROPN|0|root|G (|PUNCT|3|punct|+ Reuters|PROPN|1|list|O+ )|PUNCT|3|punct -|PUNCT|3|punct\n\
         The|DET|2|det|S Guardian|PROPN|3|nsubj|sO reported|VERB|0|root|Q that|SCONJ|8|mark|C the|DET|6|det|c port|NOUN|8|nsubj:pass|c was|AUX|8|aux:pass|c sold|VERB|3|ccomp|c+ .|PUNCT|3|punct\n\
         \n\
         Ana|PROPN|3|nsubj|SP Ruiz|PROPN|3|nsubj|sp told|VERB|0|root|Q Reuters|PROPN|3|iobj|O that|SCONJ|9|mark|C the|DET|7|det|c price|NOUN|9|nsubj|c was|AUX|9|cop|c high|ADJ|3|ccomp|c+ .|PUNCT|3|punct\n\
         \n\
         A|DET|3|det|S senior|ADJ|3|amod|s clerk|NOUN|19|nsubj|s of|ADP|7|case|s the|DET|7|det|s harbour|NOUN|7|compound|s office|NOUN|3|nmod|s+ ,|PUNCT|12|punct|s who|PRON|12|nsubj:pass|s is|AUX|12|aux:pass|s not|PART|12|advmod|s allowed|VERB|3|acl:relcl|s to|PART|14|mark|s speak|VERB|12|xcomp|s to|ADP|17|case|s the|DET|17|det|s press|NOUN|14|obl|s+ ,|PUNCT|3|punct|s said|VERB|0|root|Q that|SCONJ|24|mark|C the|DET|22|det|c contract|NOUN|24|nsubj|c was|AUX|24|cop|c secret|ADJ|19|ccomp|c+ .|PUNCT|19|punct\n\
         The|DET|2|det pier|NOUN|4|nsubj:pass is|AUX|4|aux:pass closed|VERB|0|root|+ .|PUNCT|4|punct",
        &[("contract was secret", &["Reuters", "senior clerk of the harbour office"])],
    );
}

#[test]
fn those_who_were_questioned_answer_the_pollster() {
    check(
        "Of|ADP|3|case 412|NUM|3|nummod clerks|NOUN|11|obl questioned|VERB|3|acl|Q by|ADP|7|case Varn|PROPN|7|compound|O Research|PROPN|4|obl:agent|o+ ,|PUNCT|4|punct 58|NUM|10|nummod|S percent|NOUN|11|nsubj|s think|VERB|0|root|Q that|SCONJ|16|mark|C the|DET|14|det|c vault|NOUN|16|nsubj|c was|AUX|16|cop|c open|ADJ|11|ccomp|c+ .|PUNCT|11|punct",
        &[("the vault was open", &["Varn Research"])],
    );
}

#[test]
fn an_answer_or_a_charge_has_an_owner() {
    check(
        "Ana|PROPN|4|nmod:poss|SP Ruiz|PROPN|1|flat|sp 's|PART|1|case|s answer|NOUN|12|nsubj:outer is|AUX|12|cop that|SCONJ|12|mark the|DET|8|det readings|NOUN|12|nsubj were|AUX|12|cop on|ADP|12|case the|DET|12|det web|NOUN|0|root|+ .|PUNCT|12|punct\n\
         \n\
         The|DET|2|det accusation|NOUN|10|nsubj|Q that|SCONJ|7|mark the|DET|5|det dam|NOUN|7|nsubj was|AUX|7|cop weak|ADJ|2|acl is|AUX|10|cop the|DET|10|det ministry|NOUN|0|root 's|PART|10|case .|PUNCT|10|punct",
        &[("readings were", &["Ana Ruiz"]), ("the dam was weak", &["ministry"])],
    );
}

#[test]
fn who_writes_for_papers_asks_for_them() {
    check(
        "The|DET|2|det|C bank|NOUN|3|nsubj|c knew|VERB|13|ccomp|c it|PRON|3|obj|c in|ADP|6|case|c May|PROPN|3|obl|c+ ,|PUNCT|3|punct people|NOUN|13|nsubj|S familiar|ADJ|8|amod|s with|ADP|12|case|s the|DET|12|det|s case|NOUN|9|obl|s told|VERB|0|root|Q Reuters|PROPN|13|iobj|O+ .|PUNCT|13|punct\n\
         The|DET|2|det office|NOUN|4|nsubj has|AUX|4|aux|Q written|VERB|0|root|q for|ADP|7|case|q the|DET|7|det lists|NOUN|4|obl|+ .|PUNCT|4|punct",
        &[("written for the lists", &["Reuters", "people familiar with the case"])],
    );
}
