//! Dates without a year, in small trees of our own; published on Thursday, 19 November 2026.

use sourceline_model::{Analysis, Basis, EntityKind, NameSpan, Published, Span};

use crate::analysis_times;

const PAST: &str = "Tense=Past|VerbForm=Fin";
const PRES: &str = "Tense=Pres|VerbForm=Fin";
const PART: &str = "Tense=Past|VerbForm=Part";
const INF: &str = "VerbForm=Inf";

/// Rows of `form lemma UPOS head relation feats`; `want` are the values found.
#[track_caller]
fn check(rows: &[&str], want: &[&str]) {
    check_named(rows, &[], want);
}

/// The same with names: their words and kinds.
#[track_caller]
fn check_named(rows: &[&str], names: &[(usize, usize, EntityKind)], want: &[&str]) {
    let mut conllu = String::new();
    for (at, row) in rows.iter().enumerate() {
        let c: Vec<&str> = row.split_whitespace().collect();
        let feats = match *c.get(5).unwrap_or(&"_") {
            "PAST" => PAST,
            "PRES" => PRES,
            "PART" => PART,
            "INF" => INF,
            other => other,
        };
        conllu += &format!("{}\t{}\t{}\t{}\t_\t{feats}\t{}\t{}\t_\t_\n", at + 1, c[0], c[1], c[2], c[3], c[4]);
    }
    let mut analysis = Analysis::from_conllu(&conllu).expect("rows");
    analysis.document.published = Some(Published { edtf: "2026-11-19".to_owned(), basis: Basis::Given });
    analysis.names = names.iter().map(|&(first, end, kind)| NameSpan { tokens: Span::new(first, end), kind }).collect();
    let found: Vec<String> = analysis_times(&analysis).into_iter().filter_map(|time| time.value).collect();
    assert_eq!(found, want, "in: {}", analysis.document.text);
}

#[test]
fn would_looks_ahead_though_she_spoke_before() {
    check(
        &[
            "Repairs repair NOUN 4 nsubj:pass",
            "would would AUX 4 aux VerbForm=Fin",
            "be be AUX 4 aux:pass INF",
            "finished finish VERB 9 ccomp PART",
            "by by ADP 6 case",
            "Christmas Christmas PROPN 4 obl",
            ", , PUNCT 9 punct",
            "she she PRON 9 nsubj",
            "added add VERB 0 root PAST",
        ],
        &["2026-12-25"],
    );
}

#[test]
fn what_had_been_said_may_be_over() {
    let rows = |had: &'static str, said: &'static str| {
        [
            "She she PRON 3 nsubj",
            had,
            said,
            "they they PRON 6 nsubj",
            "would would AUX 6 aux VerbForm=Fin",
            "leave leave VERB 3 ccomp INF",
            "by by ADP 8 case",
            "August August PROPN 6 obl",
        ]
    };
    check(&rows("had have AUX 3 aux PAST", "said say VERB 0 root PART"), &["2026-08"]);
    check(&rows("then then ADV 3 advmod", "said say VERB 0 root PAST"), &["2027-08"]);
}

#[test]
fn the_nearer_clause_wins() {
    let rows = |aux: &'static str, verb: &'static str| {
        [
            "The the DET 2 det",
            "contract contract NOUN 9 nsubj",
            ", , PUNCT 2 punct",
            "which which PRON 6 nsubj",
            aux,
            verb,
            "in in ADP 8 case",
            "April April PROPN 6 obl",
            "cost cost VERB 0 root PAST",
            "much much ADV 9 advmod",
        ]
    };
    check(&rows("will will AUX 6 aux VerbForm=Fin", "expire expire VERB 2 acl:relcl INF"), &["2027-04"]);
    check(&rows("then then ADV 6 advmod", "expired expire VERB 2 acl:relcl PAST"), &["2026-04"]);
}

#[test]
fn the_present_of_a_timetable() {
    let rows = |verb: &'static str| {
        ["Parliament Parliament PROPN 2 nsubj", verb, "on on ADP 4 case", "Tuesday Tuesday PROPN 2 obl"]
    };
    check(&rows("votes vote VERB 0 root PRES"), &["2026-11-24"]);
    check(&rows("voted vote VERB 0 root PAST"), &["2026-11-17"]);
    check(&rows("says say VERB 0 root PRES"), &["2026-11-17"]);
}

#[test]
fn a_deadline_lies_ahead_until_it_passes() {
    let rows = |verb: &'static str| {
        [
            "They they PRON 2 nsubj",
            verb,
            "a a DET 4 det",
            "deadline deadline NOUN 2 obj",
            "of of ADP 6 case",
            "1 1 NUM 4 nmod",
            "March March PROPN 6 nmod:unmarked",
        ]
    };
    check(&rows("face face VERB 0 root PRES"), &["2027-03-01"]);
    check(&rows("set set VERB 0 root PAST"), &["2027-03-01"]);
    check(&rows("missed miss VERB 0 root PAST"), &["2026-03-01"]);
}

#[test]
fn what_is_planned_is_ahead_and_a_plan_of_the_past_is_near() {
    let rows = |aux: &'static str, verb: &'static str| {
        [
            "An a DET 2 det",
            "inspection inspection NOUN 7 nsubj",
            "planned plan VERB 2 acl PART",
            "for for ADP 5 case",
            "August August PROPN 3 obl",
            aux,
            verb,
        ]
    };
    check(&rows("will will AUX 7 aux VerbForm=Fin", "begin begin VERB 0 root INF"), &["2027-08"]);
    check(&rows("was be AUX 7 aux:pass PAST", "cancelled cancel VERB 0 root PART"), &["2026-08"]);
}

#[test]
fn a_refuted_plan_is_past() {
    let mut rows = vec![
        "The the DET 2 det",
        "ship ship NOUN 5 nsubj",
        "was be AUX 5 aux PAST",
        "to to PART 5 mark",
        "leave leave VERB 0 root INF",
        "on on ADP 7 case",
        "Tuesday Tuesday PROPN 5 obl",
    ];
    check(&rows, &["2026-11-24"]);
    rows.extend(["but but CCONJ 9 cc", "stayed stay VERB 5 conj PAST"]);
    check(&rows, &["2026-11-17"]);
}

#[test]
fn promises_and_deeds_take_their_infinitives_with_them() {
    let rows = |verb: &'static str| {
        [
            "They they PRON 2 nsubj",
            verb,
            "to to PART 4 mark",
            "leave leave VERB 2 xcomp INF",
            "on on ADP 6 case",
            "Tuesday Tuesday PROPN 4 obl",
        ]
    };
    check(&rows("agreed agree VERB 0 root PAST"), &["2026-11-24"]);
    check(&rows("managed manage VERB 0 root PAST"), &["2026-11-17"]);
    check(&rows("hope hope VERB 0 root PRES"), &["2026-11-24"]);
}

#[test]
fn a_new_day_lies_after_the_delay() {
    let rows = |preposition: &'static str| {
        [
            "The the DET 2 det",
            "trial trial NOUN 4 nsubj:pass",
            "was be AUX 4 aux:pass PAST",
            "postponed postpone VERB 0 root PART",
            preposition,
            "15 15 NUM 4 obl",
            "January January PROPN 6 nmod:unmarked",
        ]
    };
    check(&rows("until until ADP 6 case"), &["2027-01-15"]);
    check(&rows("on on ADP 6 case"), &["2026-01-15"]);
}

#[test]
fn nobody_schedules_a_flood() {
    let rows = |noun: &'static str| {
        [
            "They they PRON 3 nsubj",
            "will will AUX 3 aux VerbForm=Fin",
            "discuss discuss VERB 0 root INF",
            "the the DET 5 det",
            noun,
            "of of ADP 7 case",
            "3 3 NUM 5 nmod",
            "October October PROPN 7 nmod:unmarked",
        ]
    };
    check(&rows("flood flood NOUN 3 obj"), &["2026-10-03"]);
    check(&rows("vote vote NOUN 3 obj"), &["2027-10-03"]);
}

#[test]
fn names_are_no_dates() {
    let rows = [
        "The the DET 3 det",
        "Friday Friday PROPN 3 compound",
        "Mosque mosque PROPN 4 nsubj",
        "closed close VERB 0 root PAST",
        "in in ADP 6 case",
        "March March PROPN 4 obl",
    ];
    check_named(&rows, &[(1, 3, EntityKind::Facility)], &["2026-03"]);
    check_named(&rows, &[], &["2026-11-13", "2026-03"]);
    let rows = ["In in ADP 2 case", "April April PROPN 3 obl", "slept sleep VERB 0 root PAST"];
    check_named(&rows, &[(1, 2, EntityKind::Person)], &[]);
    check_named(&rows, &[], &["2026-04"]);
}

#[test]
fn what_had_been_due_is_near() {
    let rows = |aux: &'static str, verb: &'static str| {
        [
            "Flights flight NOUN 6 nsubj",
            aux,
            "been be AUX 6 cop VerbForm=Part",
            "due due ADJ 6 reparandum",
            "to to PART 6 mark",
            verb,
            "on on ADP 8 case",
            "1 1 NUM 6 obl",
            "December December PROPN 8 nmod:unmarked",
        ]
    };
    check(&rows("had have AUX 6 aux PAST", "resume resume VERB 0 root INF"), &["2026-12-01"]);
    check(&rows("then then ADV 6 advmod", "resumed resume VERB 0 root PAST"), &["2025-12-01"]);
}

#[test]
fn what_is_called_after_its_day_was_made_on_it() {
    let rows = |noun: &'static str| {
        vec![
            "They they PRON 3 nsubj",
            "will will AUX 3 aux VerbForm=Fin",
            "respect respect VERB 0 root INF",
            "the the DET 5 det",
            noun,
            "of of ADP 8 case",
            "30 30 NUM 8 nummod",
            "December December PROPN 5 nmod",
        ]
    };
    check(&rows("agreement agreement NOUN 3 obj"), &["2025-12-30"]);
    check(&rows("deadline deadline NOUN 3 obj"), &["2026-12-30"]);
}
