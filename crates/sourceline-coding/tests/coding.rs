//! The coder on hand-made trees, and the examples of the rule files through the real encoder.

use std::collections::BTreeSet;

use sourceline_coding::{CodedEvent, CodedRelation, Rules, Turn, code, standing};
use sourceline_model::{Analysis, Certainty, Document, PlaceRole, PloverType, Polarity, RelationKind};
use sourceline_text::{Settings, analyze_all};

/// Words as `form/lemma/UPOS/head/deprel` with an optional `/MISC` (`Name=B-gpe`, `Fact=-2`).
fn tree(words: &str) -> Analysis {
    let mut conllu = String::new();
    for (i, word) in words.split_whitespace().enumerate() {
        let f: Vec<&str> = word.split('/').collect();
        let misc = f.get(5).copied().unwrap_or("_");
        let feats = match (f[2], f[0].ends_with("ing"), f.get(6)) {
            (_, _, Some(feats)) => feats,
            ("VERB", true, _) => "VerbForm=Ger",
            _ => "_",
        };
        conllu += &format!("{}\t{}\t{}\t{}\t_\t{feats}\t{}\t{}\t_\t{misc}\n", i + 1, f[0], f[1], f[2], f[3], f[4]);
    }
    Analysis::from_conllu(&conllu).expect("the test writes well-formed CoNLL-U")
}

fn events(words: &str) -> (Analysis, Vec<CodedEvent>) {
    let analysis = tree(words);
    let events = code(&analysis, &Rules::builtin()).events;
    (analysis, events)
}

fn relations(words: &str) -> (Analysis, Vec<CodedRelation>) {
    let analysis = tree(words);
    let relations = code(&analysis, &Rules::builtin()).relations;
    (analysis, relations)
}

fn forms(analysis: &Analysis, tokens: &[usize]) -> String {
    tokens.iter().map(|&i| analysis.form(i)).collect::<Vec<_>>().join(" ")
}

fn only(events: &[CodedEvent]) -> &CodedEvent {
    assert_eq!(events.len(), 1, "{events:#?}");
    &events[0]
}

#[test]
fn a_passive_gives_its_agent_the_deed() {
    let (a, events) = events(
        "The/the/DET/2/det depot/depot/NOUN/4/nsubj:pass was/be/AUX/4/aux:pass hit/hit/VERB/0/root/_/VerbForm=Part by/by/ADP/7/case Libyan/Libyan/PROPN/7/amod/Name=B-norp aircraft/aircraft/NOUN/4/obl:agent",
    );
    let e = only(&events);
    assert_eq!((e.kind, e.mode.as_deref()), (PloverType::Assault, Some("aerial")));
    assert_eq!((forms(&a, &e.actors).as_str(), forms(&a, &e.recipients).as_str()), ("aircraft", "depot"));
    assert_eq!((e.certainty, e.polarity), (Certainty::Asserted, Polarity::Positive));
}

#[test]
fn a_light_verb_lends_its_subject() {
    let (a, events) = events(
        "Rebels/rebel/NOUN/2/nsubj launched/launch/VERB/0/root an/a/DET/4/det offensive/offensive/NOUN/2/obj against/against/ADP/7/case the/the/DET/7/det garrison/garrison/NOUN/4/nmod in/in/ADP/9/case Bo/Bo/PROPN/2/obl/Name=B-gpe",
    );
    let e = only(&events);
    assert_eq!(e.kind, PloverType::Assault);
    assert_eq!(forms(&a, &e.trigger), "offensive launched");
    assert_eq!((forms(&a, &e.actors).as_str(), forms(&a, &e.recipients).as_str()), ("Rebels", "garrison"));
    assert_eq!(e.places.iter().map(|&(p, r)| (a.form(p), r)).collect::<Vec<_>>(), [("Bo", PlaceRole::At)]);
}

#[test]
fn movement_has_origin_and_destination_and_counted_people_are_looked_through() {
    let (a, events) = events(
        "Thousands/thousand/NOUN/4/nsubj of/of/ADP/3/case fighters/fighter/NOUN/1/nmod withdrew/withdraw/VERB/0/root from/from/ADP/6/case Chad/Chad/PROPN/4/obl/Name=B-gpe to/to/ADP/8/case Libya/Libya/PROPN/4/obl/Name=B-gpe",
    );
    let e = only(&events);
    assert_eq!((e.kind, e.mode.as_deref()), (PloverType::Retreat, Some("withdraw")));
    assert_eq!(forms(&a, &e.actors), "fighters");
    let places: Vec<_> = e.places.iter().map(|&(p, r)| (a.form(p), r)).collect();
    assert_eq!(places, [("Chad", PlaceRole::From), ("Libya", PlaceRole::To)]);
}

#[test]
fn coordination_shares_subjects_and_control_passes_them_on() {
    let (a, events) = events(
        "Mali/Mali/PROPN/4/nsubj/Name=B-gpe and/and/CCONJ/3/cc Chad/Chad/PROPN/1/conj/Name=B-gpe condemned/condemn/VERB/0/root the/the/DET/6/det junta/junta/NOUN/4/obj and/and/CCONJ/8/cc refused/refuse/VERB/4/conj to/to/PART/10/mark recognize/recognize/VERB/8/xcomp it/it/PRON/10/obj",
    );
    assert_eq!(events.iter().map(|e| e.kind).collect::<Vec<_>>(), [PloverType::Accuse, PloverType::Reject]);
    for e in &events {
        assert_eq!(forms(&a, &e.actors), "Mali Chad");
    }
    assert_eq!(events[1].mode.as_deref(), Some("assist"));
}

#[test]
fn a_threat_is_one_event_with_the_mode_of_what_is_threatened() {
    let (a, events) = events(
        "The/the/DET/2/det warlord/warlord/NOUN/3/nsubj threatened/threaten/VERB/0/root to/to/PART/5/mark bomb/bomb/VERB/3/xcomp the/the/DET/7/det port/port/NOUN/5/obj",
    );
    let e = only(&events);
    assert_eq!((e.kind, e.mode.as_deref()), (PloverType::Threaten, Some("violence")));
    assert_eq!((forms(&a, &e.actors).as_str(), forms(&a, &e.recipients).as_str()), ("warlord", "port"));
}

#[test]
fn relative_and_participial_clauses_find_their_noun() {
    let (a, events) = events(
        "Militias/militia/NOUN/7/nsubj that/that/PRON/3/nsubj withdrew/withdraw/VERB/1/acl:relcl from/from/ADP/5/case Bo/Bo/PROPN/3/obl/Name=B-gpe later/later/ADV/7/advmod attacked/attack/VERB/0/root convoys/convoy/NOUN/7/obj",
    );
    assert_eq!(
        events.iter().map(|e| (e.kind, forms(&a, &e.actors))).collect::<Vec<_>>(),
        [(PloverType::Retreat, "Militias".to_owned()), (PloverType::Assault, "Militias".to_owned()),]
    );
}

#[test]
fn an_event_noun_that_acts_merges_with_its_verb() {
    let (a, events) = events(
        "Chadian/Chadian/PROPN/2/amod/Name=B-norp airstrikes/airstrike/NOUN/3/nsubj destroyed/destroy/VERB/0/root bridges/bridge/NOUN/3/obj",
    );
    let e = only(&events);
    assert_eq!((e.kind, e.mode.as_deref()), (PloverType::Assault, Some("aerial")));
    assert_eq!((forms(&a, &e.actors).as_str(), forms(&a, &e.recipients).as_str()), ("Chadian", "bridges"));
}

#[test]
fn future_cooperation_is_agree_and_its_refusal_is_reject() {
    let (_, will) = events("Peru/Peru/PROPN/3/nsubj will/will/AUX/3/aux meet/meet/VERB/0/root Chile/Chile/PROPN/3/obj");
    assert_eq!((only(&will).kind, only(&will).certainty), (PloverType::Agree, Certainty::Predicted));
    let (_, not) = events(
        "Peru/Peru/PROPN/4/nsubj will/will/AUX/4/aux not/not/PART/4/advmod meet/meet/VERB/0/root Chile/Chile/PROPN/4/obj",
    );
    assert_eq!((only(&not).kind, only(&not).mode.as_deref()), (PloverType::Reject, Some("meet")));
}

#[test]
fn certainty_follows_the_words_above_an_event() {
    let rules = Rules::builtin();
    let cases = [
        (
            "They/they/PRON/2/nsubj attacked/attack/VERB/0/root it/it/PRON/2/obj",
            1,
            Certainty::Asserted,
            Polarity::Positive,
        ),
        (
            "They/they/PRON/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod attack/attack/VERB/0/root",
            3,
            Certainty::Asserted,
            Polarity::Negative,
        ),
        (
            "They/they/PRON/3/nsubj may/may/AUX/3/aux attack/attack/VERB/0/root",
            2,
            Certainty::Possible,
            Polarity::Positive,
        ),
        (
            "They/they/PRON/2/nsubj failed/fail/VERB/0/root to/to/PART/4/mark attack/attack/VERB/2/xcomp",
            3,
            Certainty::Asserted,
            Polarity::Negative,
        ),
        (
            "They/they/PRON/2/nsubj managed/manage/VERB/0/root to/to/PART/4/mark attack/attack/VERB/2/xcomp",
            3,
            Certainty::Asserted,
            Polarity::Positive,
        ),
        (
            "They/they/PRON/2/nsubj planned/plan/VERB/0/root to/to/PART/4/mark attack/attack/VERB/2/xcomp",
            3,
            Certainty::Planned,
            Polarity::Positive,
        ),
        (
            "They/they/PRON/2/nsubj denied/deny/VERB/0/root that/that/SCONJ/5/mark they/they/PRON/5/nsubj attacked/attack/VERB/2/ccomp",
            4,
            Certainty::Asserted,
            Polarity::Negative,
        ),
        (
            "She/she/PRON/2/nsubj said/say/VERB/0/root they/they/PRON/4/nsubj attacked/attack/VERB/2/ccomp",
            3,
            Certainty::Asserted,
            Polarity::Positive,
        ),
        (
            "If/if/SCONJ/3/mark they/they/PRON/3/nsubj attack/attack/VERB/5/advcl we/we/PRON/5/nsubj leave/leave/VERB/0/root",
            2,
            Certainty::Hypothetical,
            Polarity::Positive,
        ),
        (
            "They/they/PRON/3/nsubj are/be/AUX/3/cop unlikely/unlikely/ADJ/0/root to/to/PART/5/mark attack/attack/VERB/3/xcomp",
            4,
            Certainty::Probable,
            Polarity::Negative,
        ),
        (
            "They/they/PRON/2/nsubj attacked/attack/VERB/0/root/Fact=0.5 it/it/PRON/2/obj",
            1,
            Certainty::Possible,
            Polarity::Positive,
        ),
        (
            "They/they/PRON/2/nsubj attacked/attack/VERB/0/root/Fact=-1.5 it/it/PRON/2/obj",
            1,
            Certainty::Hypothetical,
            Polarity::Positive,
        ),
    ];
    for (words, token, certainty, polarity) in cases {
        let got = standing(&tree(words), &rules, token);
        assert_eq!((got.certainty, got.polarity), (certainty, polarity), "{words}");
    }
}

/// Certainty and polarity of the word at `token` in each tree.
fn check_standings(cases: &[(&str, usize, Certainty, Polarity)]) {
    let rules = Rules::builtin();
    for &(words, token, certainty, polarity) in cases {
        let got = standing(&tree(words), &rules, token);
        assert_eq!((got.certainty, got.polarity), (certainty, polarity), "{words}");
    }
}

#[test]
fn a_denial_ends_with_its_own_complement() {
    use Certainty::Asserted;
    use Polarity::{Negative, Positive};
    check_standings(&[
        (
            "They/they/PRON/2/nsubj denied/deny/VERB/0/root/_/VerbForm=Fin that/that/SCONJ/5/mark they/they/PRON/5/nsubj fired/fire/VERB/2/ccomp/_/VerbForm=Fin and/and/CCONJ/7/cc put/put/VERB/5/conj/_/VerbForm=Fin the/the/DET/9/det toll/toll/NOUN/7/obj at/at/ADP/11/case four/four/NUM/7/obl",
            6,
            Asserted,
            Positive,
        ),
        (
            "They/they/PRON/2/nsubj denied/deny/VERB/0/root/_/VerbForm=Fin that/that/SCONJ/5/mark they/they/PRON/5/nsubj fired/fire/VERB/2/ccomp/_/VerbForm=Fin and/and/CCONJ/9/cc that/that/SCONJ/9/mark men/man/NOUN/9/nsubj died/die/VERB/5/conj/_/VerbForm=Fin",
            8,
            Asserted,
            Negative,
        ),
        (
            "They/they/PRON/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod stay/stay/VERB/0/root/_/VerbForm=Inf and/and/CCONJ/6/cc left/leave/VERB/4/conj/_/VerbForm=Fin",
            5,
            Asserted,
            Positive,
        ),
        (
            "He/he/PRON/4/nsubj:pass was/be/AUX/4/aux:pass not/not/PART/4/advmod killed/kill/VERB/0/root/_/VerbForm=Part but/but/CCONJ/6/cc wounded/wound/VERB/4/conj/_/VerbForm=Part",
            5,
            Asserted,
            Positive,
        ),
    ]);
}

#[test]
fn what_was_not_done_is_negative_however_it_is_put() {
    use Certainty::{Asserted, Hypothetical, Possible};
    use Polarity::{Negative, Positive};
    check_standings(&[
        (
            "It/it/PRON/5/nsubj:pass could/could/AUX/5/aux not/not/PART/5/advmod be/be/AUX/5/aux:pass verified/verify/VERB/0/root",
            4,
            Asserted,
            Negative,
        ),
        (
            "They/they/PRON/4/nsubj may/may/AUX/4/aux not/not/PART/4/advmod leave/leave/VERB/0/root",
            3,
            Possible,
            Negative,
        ),
        ("None/none/PRON/3/nsubj:pass was/be/AUX/3/aux:pass hurt/hurt/VERB/0/root", 2, Asserted, Negative),
        ("No/no/DET/2/det ship/ship/NOUN/3/nsubj sailed/sail/VERB/0/root", 2, Asserted, Negative),
        (
            "He/he/PRON/2/nsubj has/have/VERB/0/root yet/yet/ADV/5/advmod to/to/PART/5/mark resign/resign/VERB/2/xcomp",
            4,
            Asserted,
            Negative,
        ),
        (
            "They/they/PRON/2/nsubj left/leave/VERB/0/root without/without/SCONJ/4/mark firing/fire/VERB/2/advcl",
            3,
            Asserted,
            Negative,
        ),
        (
            "They/they/PRON/4/nsubj no/no/DET/3/advmod longer/long/ADV/4/advmod fight/fight/VERB/0/root",
            3,
            Asserted,
            Negative,
        ),
        ("The/the/DET/2/det coup/coup/NOUN/3/nsubj failed/fail/VERB/0/root", 1, Asserted, Negative),
        (
            "An/a/DET/2/det attack/attack/NOUN/6/nsubj foiled/foil/VERB/2/acl/_/VerbForm=Part by/by/ADP/5/case guards/guard/NOUN/3/obl was/be/AUX/0/root",
            1,
            Asserted,
            Negative,
        ),
        (
            "He/he/PRON/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod condemn/condemn/VERB/0/root the/the/DET/6/det attack/attack/NOUN/4/obj",
            5,
            Asserted,
            Positive,
        ),
        (
            "He/he/PRON/2/nsubj told/tell/VERB/0/root us/we/PRON/2/obj that/that/SCONJ/6/mark it/it/PRON/6/nsubj fell/fall/VERB/2/ccomp",
            5,
            Asserted,
            Positive,
        ),
        ("Leave/leave/VERB/0/root/_/Mood=Imp now/now/ADV/1/advmod", 0, Hypothetical, Positive),
    ]);
}

#[test]
fn accidents_are_nobodys_assault() {
    let (_, found) = events(
        "A/a/DET/3/det gas/gas/NOUN/3/compound explosion/explosion/NOUN/4/nsubj injured/injure/VERB/0/root nine/nine/NUM/6/nummod workers/worker/NOUN/4/obj",
    );
    assert!(found.is_empty(), "{found:#?}");
    let (_, found) = events(
        "Ten/ten/NUM/2/nummod people/people/NOUN/4/nsubj:pass were/be/AUX/4/aux:pass killed/kill/VERB/0/root when/when/ADV/8/advmod a/a/DET/7/det dam/dam/NOUN/8/nsubj burst/burst/VERB/4/advcl",
    );
    assert!(found.is_empty(), "{found:#?}");
    let (_, found) = events(
        "A/a/DET/3/det bomb/bomb/NOUN/3/compound explosion/explosion/NOUN/4/nsubj injured/injure/VERB/0/root nine/nine/NUM/6/nummod workers/worker/NOUN/4/obj",
    );
    assert_eq!(only(&found).kind, PloverType::Assault);
}

#[test]
fn who_tells_or_asks_without_wanting_anything_requests_nothing() {
    let (_, found) = events(
        "She/she/PRON/2/nsubj told/tell/VERB/0/root reporters/reporter/NOUN/2/obj that/that/SCONJ/6/mark boats/boat/NOUN/6/nsubj came/come/VERB/2/ccomp",
    );
    assert!(found.iter().all(|event| event.kind != PloverType::Request), "{found:#?}");
    let (_, found) = events(
        "She/she/PRON/2/nsubj told/tell/VERB/0/root rebels/rebel/NOUN/2/obj to/to/PART/5/mark withdraw/withdraw/VERB/2/xcomp",
    );
    assert_eq!(only(&found).kind, PloverType::Request);
}

#[test]
fn compound_adjectives_and_predicates_give_relations() {
    let (a, found) = relations(
        "Chad/Chad/PROPN/3/compound/Name=B-gpe -/-/PUNCT/3/punct backed/back/VERB/4/amod/_/Tense=Past|VerbForm=Part militias/militia/NOUN/5/nsubj fled/flee/VERB/0/root",
    );
    assert!(
        found
            .iter()
            .any(|r| r.kind == RelationKind::Backs && a.form(r.subject) == "Chad" && a.form(r.object) == "militias"),
        "{found:#?}"
    );
    let (a, found) = relations(
        "Mali/Mali/PROPN/5/nsubj/Name=B-gpe was/be/AUX/5/cop a/a/DET/5/det former/former/ADJ/5/amod ally/ally/NOUN/0/root of/of/ADP/7/case Chad/Chad/PROPN/5/nmod/Name=B-gpe",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].kind, a.form(found[0].subject), a.form(found[0].object), found[0].turn),
        (RelationKind::Allied, "Mali", "Chad", Some(Turn::Ends))
    );
}

#[test]
fn convoys_that_supply_have_goods() {
    let (a, found) = relations(
        "Convoys/convoy/NOUN/5/nsubj supplying/supply/VERB/1/acl Bo/Bo/PROPN/2/obj/Name=B-group with/with/ADP/5/case rockets/rocket/NOUN/2/obl crossed/cross/VERB/0/root",
    );
    let r = found.iter().find(|r| r.kind == RelationKind::Supplies).expect("a supplies relation");
    assert_eq!((a.form(r.subject), a.form(r.object), forms(&a, &r.goods).as_str()), ("Convoys", "Bo", "rockets"));
}

/// Modes of the manual v0.8.
const MODES: [(&str, &str); 11] = [
    ("CONSULT", "visit third-party multilateral phone"),
    ("RETREAT", "withdraw release disarm ceasefire access resign"),
    ("REQUEST", "assist change yield meet"),
    ("ACCUSE", "disapprove investigate allege"),
    ("REJECT", "assist change yield meet"),
    ("THREATEN", "restrict arrest relations expel territory violence"),
    ("PROTEST", "demo riot strike hunger boycott obstruct vandalize"),
    ("SANCTION", "convict expel withdraw discontinue"),
    ("MOBILIZE", "troops weapons police militia"),
    ("COERCE", "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber"),
    (
        "ASSAULT",
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional",
    ),
];

#[test]
fn rules_cover_every_type_mode_and_relation() {
    let rules = Rules::builtin();
    assert!(rules.len() >= 500, "{}", rules.len());
    let codes: BTreeSet<(String, Option<&str>)> = rules.list().map(|(_, head, mode)| (head, mode)).collect();
    for kind in PloverType::ALL {
        assert!(codes.iter().any(|(head, _)| head == kind.as_str()), "{}", kind.as_str());
    }
    for kind in RelationKind::ALL {
        assert!(codes.iter().any(|(head, _)| head == kind.as_str()), "{}", kind.as_str());
    }
    for (kind, modes) in MODES {
        for mode in modes.split(' ') {
            assert!(codes.contains(&(kind.to_owned(), Some(mode))), "{kind}/{mode}");
        }
        let known: BTreeSet<&str> = modes.split(' ').collect();
        for (_, mode) in codes.iter().filter(|(head, _)| head == kind) {
            assert!(mode.is_none_or(|m| known.contains(m)), "{kind}/{mode:?} is no mode of the manual");
        }
    }
}

#[test]
fn every_rule_has_a_matching_and_a_non_matching_example() {
    let rules = Rules::builtin();
    let with = |matches: bool| {
        rules.examples().iter().filter(|e| e.matches == matches).map(|e| e.rule.as_str()).collect::<BTreeSet<_>>()
    };
    let (matching, other) = (with(true), with(false));
    let lacking: Vec<&str> =
        rules.list().map(|(id, _, _)| id).filter(|id| !matching.contains(id) || !other.contains(id)).collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}

/// Share of examples that may fail: what the parser gets wrong, not the rules. The rest must hold.
const PARSER_ERRORS_PERCENT: usize = 5;

#[test]
fn the_examples_hold_through_the_encoder() {
    let Ok(encoder) = sourceline_text::encoder() else {
        eprintln!("built without weights: the examples were not run");
        return;
    };
    let rules = Rules::builtin();
    let documents = rules.examples().iter().map(|e| Document { text: e.text.clone(), ..Document::default() }).collect();
    let analyses = analyze_all(documents, &encoder, Settings { threads: 2, sentence_vectors: false });
    let mut failed = Vec::new();
    for (example, analysis) in rules.examples().iter().zip(&analyses) {
        let coding = code(analysis, &rules);
        let ids: Vec<&str> = coding
            .events
            .iter()
            .map(|e| e.rule.as_str())
            .chain(coding.relations.iter().map(|r| r.rule.as_str()))
            .collect();
        let same_code = |id: &&str| id.split(':').next() == example.rule.split(':').next();
        let right = if example.matches { ids.iter().any(same_code) } else { !ids.contains(&example.rule.as_str()) };
        if !right {
            failed.push(format!(
                "{} {} {}",
                if example.matches { "misses" } else { "matches" },
                example.rule,
                example.text
            ));
        }
    }
    assert!(
        failed.len() * 100 <= rules.examples().len() * PARSER_ERRORS_PERCENT,
        "{} of {}: {failed:#?}",
        failed.len(),
        rules.examples().len()
    );
}

#[test]
fn malformed_rules_say_where() {
    for (text, problem) in [
        ("ASSAULT v:hit", "a rule begins with"),
        ("BOTHER/- v:hit", "unknown type BOTHER"),
        ("ASSAULT/- v:hit obj:@nothing", "unknown class @nothing"),
        ("ASSAULT/- obj:house", "a rule without predicate"),
        ("+ They hit it.", "an example before the first rule"),
        ("ASSAULT/- v:hit Z=subj", "unknown role Z"),
    ] {
        let error = Rules::parse(&[("test", text)]).expect_err("the rule is malformed");
        assert_eq!((error.file.as_str(), error.line), ("test", 1));
        assert!(error.problem.starts_with(problem), "{error}");
    }
}

#[test]
fn who_flees_to_a_place_leaves_the_one_he_was_in() {
    let (a, events) = events(
        "Troops/troop/NOUN/5/nsubj in/in/ADP/4/case eastern/eastern/ADJ/4/amod Mali/Mali/PROPN/1/nmod/Name=B-gpe fled/flee/VERB/0/root to/to/ADP/7/case Niger/Niger/PROPN/5/obl/Name=B-gpe",
    );
    let e = only(&events);
    assert_eq!((e.kind, e.mode.as_deref()), (PloverType::Retreat, Some("withdraw")));
    let places: Vec<(String, PlaceRole)> =
        e.places.iter().map(|&(place, role)| (a.form(place).to_owned(), role)).collect();
    assert_eq!(places, [("Mali".to_owned(), PlaceRole::From), ("Niger".to_owned(), PlaceRole::To)]);
}

#[test]
fn a_speakers_demand_of_others_is_his_act() {
    let (a, events) = events(
        "Ghana/Ghana/PROPN/2/nsubj/Name=B-gpe says/say/VERB/0/root Togo/Togo/PROPN/5/nsubj/Name=B-gpe must/must/AUX/5/aux withdraw/withdraw/VERB/2/ccomp its/its/PRON/7/nmod:poss troops/troop/NOUN/5/obj",
    );
    let e = only(&events);
    assert_eq!((e.kind, e.mode.as_deref()), (PloverType::Request, Some("yield")));
    assert_eq!((forms(&a, &e.actors).as_str(), forms(&a, &e.recipients).as_str()), ("Ghana", "Togo"));
}

#[test]
fn nature_and_accidents_are_no_assaults() {
    let (_, found) = events(
        "An/a/DET/2/det earthquake/earthquake/NOUN/3/nsubj killed/kill/VERB/0/root nine/nine/NUM/5/nummod people/people/NOUN/3/obj",
    );
    assert_eq!(found, []);
    let (_, found) = events(
        "Nine/nine/NUM/2/nummod people/people/NOUN/4/nsubj:pass were/be/AUX/4/aux:pass killed/kill/VERB/0/root/_/VerbForm=Part in/in/ADP/8/case a/a/DET/8/det bus/bus/NOUN/8/compound crash/crash/NOUN/4/obl",
    );
    assert_eq!(found, []);
}
