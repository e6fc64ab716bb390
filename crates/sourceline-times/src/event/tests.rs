//! Event times in small trees of our own.

use sourceline_model::{Basis, Published};

use super::*;
use crate::{Reference, times};

/// Rows of `form lemma UPOS head relation feats`, one word each, sentences parted by an empty line.
fn read(rows: &str) -> (Analysis, Vec<Timex>) {
    let mut conllu = String::new();
    for sentence in rows.trim().split("\n\n") {
        for (at, row) in sentence.lines().enumerate() {
            let c: Vec<&str> = row.split_whitespace().collect();
            let feats = c.get(5).unwrap_or(&"_");
            conllu += &format!("{}\t{}\t{}\t{}\t_\t{feats}\t{}\t{}\t_\t_\n", at + 1, c[0], c[1], c[2], c[3], c[4]);
        }
        conllu.push('\n');
    }
    let mut analysis = Analysis::from_conllu(&conllu).expect("rows");
    analysis.document.published = Some(Published { edtf: "2025-01-07T09:00:00Z".to_owned(), basis: Basis::Given });
    let found = times(&analysis.document.text, Reference::parse("2025-01-07").as_ref());
    (analysis, found)
}

#[track_caller]
fn check(rows: &str, word: &str, want: Option<(&str, TimeBasis)>) {
    let (analysis, found) = read(rows);
    let event = (0..analysis.tokens.len()).find(|token| analysis.form(*token) == word).expect("word");
    let time = event_time(&analysis, &found, event, tense_of(&analysis, event));
    assert_eq!(time.as_ref().map(|time| (time.edtf.as_str(), time.basis)), want);
}

const FIN_PAST: &str = "Tense=Past|VerbForm=Fin";

#[test]
fn an_expression_of_the_clause() {
    let rows = format!(
        "Troops troop NOUN 2 nsubj\nleft leave VERB 0 root {FIN_PAST}\nin in ADP 4 case\nNovember November PROPN 2 obl\n2024 2024 NUM 4 nummod"
    );
    check(&rows, "left", Some(("2024-11", TimeBasis::Stated)));
}

#[test]
fn the_year_of_a_thing_is_not_the_time_of_the_deed() {
    let rows = format!(
        "Judges judge NOUN 2 nsubj\nannulled annul VERB 0 root {FIN_PAST}\nthe the DET 5 det\n2019 2019 NUM 5 nummod\nelection election NOUN 2 obj"
    );
    check(&rows, "annulled", Some(("../2025-01-07", TimeBasis::Inferred)));
    check(&rows, "election", Some(("2019", TimeBasis::Stated)));
}

#[test]
fn a_preposition_opens_the_interval() {
    let rows = format!(
        "Troops troop NOUN 2 nsubj\nstayed stay VERB 0 root {FIN_PAST}\nsince since ADP 4 case\n2011 2011 NUM 2 obl"
    );
    check(&rows, "stayed", Some(("2011/..", TimeBasis::Stated)));
}

#[test]
fn tense_alone_leaves_the_start_open() {
    let rows = format!("Troops troop NOUN 2 nsubj\nwithdrew withdraw VERB 0 root {FIN_PAST}");
    check(&rows, "withdrew", Some(("../2025-01-07", TimeBasis::Inferred)));
    check(
        "Troops troop NOUN 3 nsubj\nwill will AUX 3 aux\nleave leave VERB 0 root VerbForm=Inf",
        "leave",
        Some(("2025-01-07/..", TimeBasis::Inferred)),
    );
    check("Troops troop NOUN 3 nsubj\nmay may AUX 3 aux\nleave leave VERB 0 root VerbForm=Inf", "leave", None);
}

#[test]
fn the_time_of_saying_is_not_the_time_of_what_was_said() {
    let rows = format!(
        "Officials official NOUN 2 nsubj\nsaid say VERB 0 root {FIN_PAST}\non on ADP 4 case\nMonday Monday PROPN 2 obl\ntroops troop NOUN 6 nsubj\nwithdrew withdraw VERB 2 ccomp {FIN_PAST}"
    );
    check(&rows, "said", Some(("2025-01-06", TimeBasis::Relative)));
    check(&rows, "withdrew", Some(("../2025-01-07", TimeBasis::Inferred)));
}

#[test]
fn a_noun_has_the_time_of_its_clause() {
    let rows = format!(
        "The the DET 2 det\nwithdrawal withdrawal NOUN 3 nsubj\nbegan begin VERB 0 root {FIN_PAST}\nin in ADP 5 case\nDecember December PROPN 3 obl"
    );
    check(&rows, "withdrawal", Some(("2024-12", TimeBasis::Relative)));
}

#[test]
fn the_time_of_what_came_before_is_a_bound_only() {
    let rows = format!(
        "Troops troop NOUN 2 nsubj\ncame come VERB 0 root {FIN_PAST}\nfollowing follow VERB 5 case\nthe the DET 5 det\nuprisings uprising NOUN 2 obl\nin in ADP 7 case\n2011 2011 NUM 5 nmod"
    );
    check(&rows, "uprisings", Some(("2011", TimeBasis::Stated)));
    check(&rows, "came", Some(("2011/2025-01-07", TimeBasis::Inferred)));
}

#[test]
fn a_word_for_any_event_dates_no_other() {
    let rows = format!(
        "Officials official NOUN 2 nsubj\nsaid say VERB 0 root {FIN_PAST}\non on ADP 4 case\nMonday Monday PROPN 2 obl\nso so ADV 2 advmod\n\n             Troops troop NOUN 2 nsubj\nleft leave VERB 0 root {FIN_PAST}\nafter after SCONJ 5 mark\nthey they PRON 5 nsubj\nsaid say VERB 2 advcl {FIN_PAST}"
    );
    check(&rows, "left", Some(("../2025-01-07", TimeBasis::Inferred)));
}

#[test]
fn naming_is_no_plan() {
    let rows = format!(
        "They they PRON 2 nsubj\ncalled call VERB 0 root {FIN_PAST}\nthe the DET 4 det\naccusation accusation NOUN 5 nsubj\nbaseless baseless ADJ 2 xcomp"
    );
    check(&rows, "accusation", Some(("../2025-01-07", TimeBasis::Inferred)));
    let rows = format!(
        "They they PRON 2 nsubj\nplanned plan VERB 0 root {FIN_PAST}\nto to PART 4 mark\nleave leave VERB 2 xcomp VerbForm=Inf"
    );
    check(&rows, "leave", Some(("2025-01-07/..", TimeBasis::Inferred)));
}

#[test]
fn bindings_keep_their_prepositions() {
    let rows = format!(
        "Troops troop NOUN 2 nsubj\nstayed stay VERB 0 root {FIN_PAST}\nfrom from ADP 4 case\n2011 2011 NUM 2 obl\nuntil until ADP 7 case\nthe the DET 7 det\nfall fall NOUN 2 obl\nof of ADP 10 case\nDecember December PROPN 10 compound\n2024 2024 NUM 7 nmod"
    );
    let (analysis, found) = read(&rows);
    let bindings = EventTimes::new(&analysis, &found).bindings(1);
    let plain: Vec<(&str, &str)> = bindings.iter().map(|b| (b.preposition.as_str(), b.edtf.as_str())).collect();
    assert_eq!(plain, [("from", "2011"), ("until", "2024-12")]);
}

#[test]
fn order_links_to_an_event_with_a_known_time() {
    let rows = format!(
        "The the DET 2 det\nregime regime NOUN 3 nsubj\nfell fall VERB 0 root {FIN_PAST}\non on ADP 6 case\n8 8 NUM 6 nummod\nDecember December PROPN 3 obl\n2024 2024 NUM 6 nummod\n\n\
         Troops troop NOUN 2 nsubj\nleft leave VERB 0 root {FIN_PAST}\nafter after SCONJ 5 mark\nit it PRON 5 nsubj\nfell fall VERB 2 advcl {FIN_PAST}"
    );
    check(&rows, "left", Some(("2024-12-08/2025-01-07", TimeBasis::Inferred)));
}
