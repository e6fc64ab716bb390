//! Who speaks without a verb of saying, and by what name.

use super::{chain, reading};

fn check(text: &str, cases: &[(&str, &str)]) {
    let reading = reading(text);
    for (words, speaker) in cases {
        assert_eq!(chain(&reading, words).last().map(String::as_str), Some(*speaker), "{words}");
    }
}

/// The last hops of all claims.
fn speakers(text: &str) -> Vec<String> {
    reading(text).claims.iter().filter_map(|claim| claim.chain.last()).map(|hop| hop.name.clone()).collect()
}

#[test]
fn who_counts_states_the_number() {
    check(
        "The|DET|3|det interior|ADJ|3|amod ministry|NOUN|4|nsubj counts|VERB|0|root 88|NUM|4|obj dead|ADJ|4|xcomp|+ ,|PUNCT|10|punct the|DET|9|det opposition|NOUN|10|nsubj speaks|VERB|4|conj of|ADP|12|fixed more|ADJ|14|advmod than|ADP|12|fixed 200|NUM|10|obl|+ .|PUNCT|4|punct\n\n\
         The|DET|2|det union|NOUN|3|nsubj gives|VERB|0|root the|DET|5|det number|NOUN|3|obj of|ADP|7|case dead|ADJ|5|nmod as|ADP|9|case 23|NUM|3|obl|+ .|PUNCT|3|punct\n\n\
         The|DET|2|det army|NOUN|4|nmod:poss|+ 's|PART|2|case figure|NOUN|6|nsubj is|AUX|6|cop 112|NUM|0|root|+ ,|PUNCT|8|punct all|DET|6|appos of|ADP|10|case them|PRON|8|nmod insurgents|NOUN|8|nmod|+ .|PUNCT|6|punct",
        &[("counts 88", "interior ministry"), ("number of dead as 23", "union"), ("figure is 112", "army")],
    );
}

#[test]
fn who_has_a_number_of_workers_says_nothing() {
    check(
        "The|DET|2|det union|NOUN|3|nsubj has|VERB|0|root 1,200|NUM|5|nummod members|NOUN|3|obj in|ADP|8|case the|DET|8|det port|NOUN|5|nmod|+ .|PUNCT|3|punct\n\n\
         The|DET|2|det union|NOUN|3|nsubj has|VERB|0|root 12|NUM|5|nummod deaths|NOUN|3|obj since|ADP|7|case May|PROPN|5|nmod|+ .|PUNCT|3|punct",
        &[("1,200 members", "Test Post"), ("12 deaths", "union")],
    );
}

#[test]
fn a_second_speaker_may_lean_on_the_verb_of_the_first() {
    check(
        "The|DET|3|det Red|ADJ|3|amod|O Crescent|PROPN|4|nsubj|o speaks|VERB|0|root of|ADP|8|case 11,000|NUM|8|nummod displaced|VERB|8|amod people|NOUN|4|obl|+ ,|PUNCT|11|punct the|DET|11|det mayor|NOUN|8|appos of|ADP|15|case up|ADV|15|advmod to|ADP|13|fixed 20,000|NUM|8|nmod|+ .|PUNCT|4|punct\n\n\
         Sudmark|PROPN|3|nsubj|O has|AUX|3|aux ruled|VERB|0|root out|ADP|3|compound:prt a|DET|6|det truce|NOUN|3|obj|+ .|PUNCT|3|punct\n\
         So|ADV|2|advmod has|AUX|0|root Norland|PROPN|2|obj|O+ .|PUNCT|2|punct",
        &[("speaks of 11,000", "Red Crescent"), ("a truce", "Sudmark"), ("So has", "Norland")],
    );
    let spliced = "The|DET|3|det interior|ADJ|3|amod ministry|NOUN|4|nsubj counts|VERB|0|root 88|NUM|4|obj dead|ADJ|4|xcomp|+ ,|PUNCT|10|punct the|DET|9|det opposition|NOUN|10|nsubj speaks|VERB|4|conj of|ADP|12|fixed more|ADJ|14|advmod than|ADP|12|fixed 200|NUM|10|obl|+ .|PUNCT|4|punct";
    assert_eq!(speakers(spliced), ["interior ministry", "opposition"]);
    let text = "The|DET|2|det navy|NOUN|3|nsubj knows|VERB|0|root of|ADP|6|case nine|NUM|6|nummod dead|ADJ|3|obl|+ ,|PUNCT|9|punct the|DET|9|det mayor|NOUN|6|appos of|ADP|11|case 20|NUM|6|nmod|+ .|PUNCT|3|punct";
    assert_eq!(speakers(text), ["navy", "mayor"]);
}

#[test]
fn who_sees_or_holds_somebody_behind_it_says_so() {
    check(
        "Norland|PROPN|2|nsubj|G sees|VERB|0|root Damascus|PROPN|2|obj|G behind|ADP|6|case the|DET|6|det raid|NOUN|2|obl|+ .|PUNCT|2|punct\n\n\
         The|DET|2|det prosecutor|NOUN|3|nsubj holds|VERB|0|root the|DET|5|det mayor|NOUN|3|obj responsible|ADJ|3|xcomp for|ADP|9|case the|DET|9|det collapse|NOUN|6|obl|+ .|PUNCT|3|punct\n\n\
         Both|DET|2|det banks|NOUN|4|iobj have|AUX|4|aux|Q given|VERB|0|root|q assurances|NOUN|4|obj|q that|SCONJ|10|mark|C no|DET|8|det|c deposits|NOUN|10|nsubj:pass|c were|AUX|10|aux:pass|c lost|VERB|5|acl|c+ .|PUNCT|4|punct",
        &[
            ("behind the raid", "Norland"),
            ("the mayor responsible", "prosecutor"),
            ("no deposits were lost", "Both banks"),
        ],
    );
}

#[test]
fn a_source_whose_verb_the_encoder_left_out_speaks() {
    check(
        "A|DET|2|det|S study|NOUN|8|nsubj|s by|ADP|5|case|s the|DET|5|det|s University|PROPN|2|nmod|Os of|ADP|7|case|os Karst|PROPN|5|nmod|os found|VERB|0|root lead|NOUN|8|obj in|ADP|11|case half|NOUN|8|obl of|ADP|14|case the|DET|14|det wells|NOUN|11|nmod|+ .|PUNCT|8|punct\n\n\
         The|DET|2|det pit|NOUN|4|nsubj is|AUX|4|cop dry|ADJ|0|root|+ ,|PUNCT|7|punct Berg|PROPN|7|nsubj|P shot|VERB|4|parataxis back|ADV|7|advmod|+ .|PUNCT|4|punct\n\n\
         As|SCONJ|6|mark the|DET|3|det|S envoy|NOUN|6|nsubj|s Anna|PROPN|3|appos|Ps Holm|PROPN|4|flat|ps put|VERB|14|advcl it|PRON|6|obj|+ ,|PUNCT|6|punct two|NUM|10|nummod weeks|NOUN|14|nsubj of|ADP|12|case rain|NOUN|10|nmod would|AUX|14|aux do|VERB|0|root|+ .|PUNCT|14|punct",
        &[("lead in half", "University of Karst"), ("The pit is dry", "Berg"), ("two weeks of rain", "Anna Holm")],
    );
}

#[test]
fn a_noun_goes_back_to_the_body_that_was_named_more_fully() {
    check(
        "Norland|PROPN|4|nmod:poss|G+ 's|PART|1|case central|ADJ|4|amod bank|NOUN|5|nsubj kept|VERB|0|root its|PRON|7|nmod:poss rate|NOUN|5|obj|+ .|PUNCT|5|punct\n\n\
         Prices|NOUN|3|nsubj will|AUX|3|aux fall|VERB|7|ccomp|+ ,|PUNCT|7|punct the|DET|6|det|S bank|NOUN|7|nsubj|s predicted|VERB|0|root|Q+ .|PUNCT|7|punct",
        &[("Prices will fall", "Norland's central bank")],
    );
    check(
        "The|DET|3|det Harbour|PROPN|3|compound|O Centre|PROPN|4|nsubj|o sent|VERB|0|root observers|NOUN|4|obj|+ .|PUNCT|4|punct\n\n\
         The|DET|3|det|S Ostmark|PROPN|3|compound|s institution|NOUN|4|nsubj|s said|VERB|0|root|Q that|SCONJ|9|mark|C the|DET|7|det|c vote|NOUN|9|nsubj|c was|AUX|9|cop|c fair|ADJ|4|ccomp|c+ .|PUNCT|4|punct",
        &[("the vote was fair", "Harbour Centre")],
    );
}

#[test]
fn a_document_names_who_wrote_it_unless_it_was_leaked() {
    check(
        "The|DET|2|det harbour|NOUN|4|nsubj is|AUX|4|cop shut|ADJ|9|ccomp|+ ,|PUNCT|8|punct an|DET|8|det|S Seawatch|PROPN|8|compound|Os update|NOUN|9|nsubj|s says|VERB|0|root|Q+ .|PUNCT|9|punct\n\n\
         An|DET|3|det|S internal|ADJ|3|amod|s memo|NOUN|4|nsubj|s says|VERB|0|root|Q that|SCONJ|8|mark|C the|DET|7|det|c pumps|NOUN|8|nsubj|c failed|VERB|4|ccomp|c+ .|PUNCT|4|punct\n\
         It|PRON|2|nsubj|S says|VERB|0|root|Q that|SCONJ|7|mark|C two|NUM|5|nummod|c pumps|NOUN|7|nsubj|c are|AUX|7|cop|c new|ADJ|2|ccomp|c+ .|PUNCT|2|punct",
        &[
            ("The harbour is shut", "Seawatch"),
            ("the pumps failed", "internal memo"),
            ("pumps are new", "internal memo"),
        ],
    );
}

#[test]
fn two_unnamed_speakers_are_both_named_and_one_of_several_by_her_name() {
    check(
        "The|DET|2|det fields|NOUN|4|nsubj are|AUX|4|cop dry|ADJ|11|ccomp|C+ ,|PUNCT|6|punct residents|NOUN|11|nsubj|S and|CCONJ|10|cc|s a|DET|10|det|s local|ADJ|10|amod|s official|NOUN|6|conj|s said|VERB|0|root|Q+ .|PUNCT|11|punct\n\n\
         The|DET|2|det harbour|NOUN|4|nsubj is|AUX|4|cop shut|ADJ|15|ccomp|+ ,|PUNCT|6|punct one|NUM|15|nsubj|S of|ADP|9|case|s the|DET|9|det|s signatories|NOUN|6|nmod|s+ ,|PUNCT|12|punct|s Professor|PROPN|12|nmod:desc|s Anna|PROPN|6|appos|Ps Berg|PROPN|11|flat|ps+ ,|PUNCT|15|punct|s told|VERB|0|root|Q reporters|NOUN|15|iobj|+ .|PUNCT|15|punct",
        &[("fields are dry", "residents and a local official"), ("harbour is shut", "Anna Berg")],
    );
}

#[test]
fn any_reporting_verb_may_stand_between_a_clause_and_its_speaker() {
    check(
        "The|DET|2|det timetable|NOUN|5|nsubj is|AUX|5|cop too|ADV|5|advmod tight|ADJ|0|root|+ ,|PUNCT|7|punct finds|VERB|5|advcl the|DET|9|det architect|NOUN|7|obj Nora|PROPN|9|appos|P Lindholm|PROPN|10|flat|p+ ,|PUNCT|14|punct who|PRON|14|nsubj drew|VERB|9|acl:relcl it|PRON|14|obj|+ .|PUNCT|5|punct\n\n\
         The|DET|2|det ship|NOUN|4|nsubj was|AUX|4|cop full|ADJ|0|root|+ ,|PUNCT|12|punct the|DET|7|det court|NOUN|12|nsubj in|ADP|10|case the|DET|10|det port|NOUN|7|nmod has|AUX|12|aux established|VERB|4|parataxis|+ .|PUNCT|4|punct\n\n\
         The|DET|2|det villagers|NOUN|3|nsubj moan|VERB|0|root that|SCONJ|7|mark the|DET|6|det dam|NOUN|7|nsubj broke|VERB|3|ccomp twice|ADV|7|advmod|+ .|PUNCT|3|punct",
        &[
            ("timetable is too tight", "Nora Lindholm"),
            ("The ship was full", "court in the port"),
            ("the dam broke", "villagers"),
        ],
    );
}

#[test]
fn who_is_spoken_of_or_gives_orders_tells_nothing() {
    check(
        "The|DET|2|det|S minister|NOUN|4|nsubj:pass|s is|AUX|4|aux:pass|Q said|VERB|0|root|q to|PART|7|mark|Cq have|AUX|7|aux|cq known|VERB|4|ccomp|cq of|ADP|10|case|cq the|DET|10|det|c payments|NOUN|7|obl|c+ .|PUNCT|4|punct\n\n\
         The|DET|2|det king|NOUN|3|nsubj|S ordered|VERB|0|root|Q a|DET|6|det|C standby|NOUN|6|compound|c force|NOUN|3|obj|c+ .|PUNCT|3|punct\n\n\
         The|DET|2|det|S defence|NOUN|3|nsubj|s argued|VERB|0|root|Q that|SCONJ|6|mark|C he|PRON|6|nsubj|c feared|VERB|3|ccomp|c for|ADP|9|case|c his|PRON|9|nmod:poss|c life|NOUN|6|obl|c+ .|PUNCT|3|punct",
        &[("known of the payments", "Test Post"), ("a standby force", "Test Post"), ("feared for his life", "defence")],
    );
}

#[test]
fn a_colon_goes_on_and_a_platform_passes_nothing_on() {
    check(
        "Anna|PROPN|4|nsubj|P Berg|PROPN|1|flat|p has|AUX|4|aux seen|VERB|0|root the|DET|6|det lists|NOUN|4|obj|+ :|PUNCT|10|punct nine|NUM|9|nummod|C people|NOUN|10|nsubj|c died|VERB|4|parataxis|c+ ,|PUNCT|10|punct she|PRON|13|nsubj|S says|VERB|4|parataxis|Q+ .|PUNCT|4|punct\n\n\
         Nora|PROPN|3|nsubj|PS Holm|PROPN|1|flat|ps wrote|VERB|0|root|Q on|ADP|5|case Telegram|PROPN|3|obl|O that|SCONJ|9|mark|C four|NUM|8|nummod|c houses|NOUN|9|nsubj|c burned|VERB|3|ccomp|c+ .|PUNCT|3|punct",
        &[("nine people died", "Anna Berg")],
    );
    let reading = reading(
        "Nora|PROPN|3|nsubj|PS Holm|PROPN|1|flat|ps wrote|VERB|0|root|Q on|ADP|5|case Telegram|PROPN|3|obl|O that|SCONJ|9|mark|C four|NUM|8|nummod|c houses|NOUN|9|nsubj|c burned|VERB|3|ccomp|c+ .|PUNCT|3|punct",
    );
    assert_eq!(chain(&reading, "four houses"), ["Test Post", "Nora Holm"]);
}

#[test]
fn the_spokesman_of_the_company_gets_its_name() {
    check(
        "Vektor|PROPN|3|nsubj|OS Mining|PROPN|1|flat|os said|VERB|0|root|Q the|DET|5|det|C pit|NOUN|6|nsubj|c held|VERB|3|ccomp|c+ .|PUNCT|3|punct\n\n\
         A|DET|2|det|S spokesman|NOUN|6|nsubj|s for|ADP|5|case|s the|DET|5|det|s company|NOUN|2|nmod|s said|VERB|0|root|Q nobody|PRON|9|nsubj|C was|AUX|9|cop|c hurt|ADJ|6|ccomp|c+ .|PUNCT|6|punct",
        &[("nobody was hurt", "spokesman for Vektor Mining")],
    );
}

#[test]
fn a_condition_of_belief_names_who_says_it() {
    check(
        "The|DET|2|det dam|NOUN|4|nsubj is|AUX|4|cop safe|ADJ|0|root|+ ,|PUNCT|12|punct if|SCONJ|12|mark the|DET|8|det operator|NOUN|12|nsubj:pass is|AUX|12|aux:pass to|PART|12|mark be|AUX|12|aux:pass believed|VERB|4|advcl|+ .|PUNCT|4|punct",
        &[("The dam is safe", "operator")],
    );
}

#[test]
fn the_other_is_of_the_same_kind() {
    let text = "Two|NUM|2|nummod engineers|NOUN|3|nsubj worked|VERB|0|root|+ .|PUNCT|3|punct\n\
                One|NUM|4|nsubj|S of|ADP|3|case|s them|PRON|1|nmod|s said|VERB|0|root|Q parts|NOUN|6|nsubj|C broke|VERB|4|ccomp|c+ .|PUNCT|4|punct\n\
                The|DET|2|det|S other|ADJ|3|nsubj|s said|VERB|0|root|Q ships|NOUN|5|nsubj|C sank|VERB|3|ccomp|c+ .|PUNCT|3|punct";
    let reading = reading(text);
    assert_eq!(chain(&reading, "parts broke"), ["Test Post", "engineer"]);
    assert_eq!(chain(&reading, "ships sank"), ["Test Post", "engineer"]);
}

#[test]
fn the_georgian_is_a_man_who_was_spoken_of_and_no_government() {
    let text = "The|DET|2|det captain|NOUN|6|nsubj|+ ,|PUNCT|4|punct Zurab|PROPN|2|appos|P Beridze|PROPN|4|flat|p gave|VERB|0|root his|PRON|8|nmod:poss version|NOUN|6|obj|+ .|PUNCT|6|punct\n\
                Soldiers|NOUN|2|nsubj|C left|VERB|6|ccomp|c+ ,|PUNCT|6|punct the|DET|5|det|S Georgian|PROPN|6|nsubj|s said|VERB|0|root|Q+ .|PUNCT|6|punct";
    assert_eq!(chain(&reading(text), "Soldiers left"), ["Test Post", "Zurab Beridze"]);
}
