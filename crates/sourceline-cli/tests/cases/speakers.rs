//! Who says so in short reports of our own, by the built-in weights: chains behind the document's outlet.

use serde_json::Value;

use super::{lines, run_with};

/// The chains behind the outlet of the first claim whose evidence holds each of these words.
#[track_caller]
fn chains(text: &str, wanted: &[(&str, &[&str])]) {
    let args = ["read", "--no-store", "--json", "--published", "2026-06-10", "--outlet", "Harbour Post", "-"];
    let reading = lines(&run_with(&args, text.as_bytes())).remove(0);
    let document: Vec<char> = reading["document"]["text"].as_str().expect("a text").chars().collect();
    let evidence = |claim: &Value| -> String {
        let spans = claim["evidence"].as_array().expect("spans");
        let at = |value: &Value| usize::try_from(value.as_u64().expect("an offset")).expect("small");
        spans.iter().map(|span| document[at(&span[0])..at(&span[1])].iter().collect::<String>()).collect()
    };
    let claims = reading["claims"].as_array().expect("claims are a list");
    for (words, chain) in wanted {
        let claim = claims.iter().find(|claim| evidence(claim).contains(words));
        let claim = claim.unwrap_or_else(|| panic!("no claim holds '{words}'"));
        let hops = claim["chain"].as_array().expect("hops").iter().skip(1);
        let names: Vec<&str> = hops.filter_map(|hop| hop["name"].as_str()).collect();
        assert_eq!(names, *chain, "{words}");
    }
}

#[test]
fn an_account_runs_on_between_its_speakers_words_but_background_does_not() {
    let text = "The bridge was closed on Monday, the mayor of Lindal, Tove Aker, said.\n\n\
                At the hour in question the river was rising by a metre. For this reason the barriers were shut.\n\n\
                Nobody was hurt, Aker said.\n\n\
                The bridge opened in 1962.\n\n\
                Repairs will take a month, Aker said.";
    chains(
        text,
        &[("river was rising", &["Tove Aker"]), ("barriers were shut", &["Tove Aker"]), ("opened in 1962", &[])],
    );
}

#[test]
fn a_text_that_was_first_run_elsewhere_is_all_from_there() {
    let text = "(Translated from Portuguese. First published by the newspaper La Ribera, Lindal.)\n\n\
                The ferry ran aground on Sunday. Two sailors were hurt, the harbour master, Ola Brun, said.";
    chains(text, &[("ran aground", &["La Ribera"]), ("sailors were hurt", &["La Ribera", "Ola Brun"])]);
    let inside = "The video was first published by Reuters on Sunday.\n\nThe ferry ran aground on Monday.";
    chains(inside, &[("ran aground", &[])]);
}

#[test]
fn an_outlet_that_is_named_later_stands_before_the_sources() {
    let text = "The ministry paid for the ships in cash, security sources said.\n\n\
                Almost 20 ships were bought in a year.\n\n\
                The sources were talking to The Guardian, which has also seen the contracts.";
    chains(
        text,
        &[
            ("paid for the ships", &["The Guardian", "security sources"]),
            ("20 ships", &["The Guardian", "security sources"]),
        ],
    );
}

#[test]
fn a_state_in_the_lead_is_named_by_whoever_speaks_for_it_next() {
    let text = "Norway on Thursday accused foreign agents of damaging two of its cables.\n\n\
                Foreign Minister Ola Brun told a news conference that divers had found the marks of an anchor.";
    chains(text, &[("Norway", &["Ola Brun"]), ("marks of an anchor", &["Ola Brun"])]);
}

#[test]
fn that_nobody_issued_a_statement_is_the_outlets_own_word() {
    let text = "Four guards were killed, a medic at the hospital said. The army has not issued a statement.";
    chains(text, &[("has not issued", &[])]);
}

#[test]
fn bodies_of_a_state_go_by_one_name() {
    for text in [
        "Norway's foreign ministry said that the talks had failed.",
        "The Norwegian foreign ministry said that the talks had failed.",
    ] {
        chains(text, &[("talks had failed", &["Norway foreign ministry"])]);
    }
}

#[test]
fn who_speaks_on_an_occasion_of_his_own_did_not_speak_through_the_report() {
    let text = "The ministry paid for the ships in cash, The Guardian reported on Tuesday, quoting officials.\n\n\
                The ships were bought in May, the newspaper said.\n\n\
                The accusation is absurd, the owner of the yard, Ola Brun, said on the radio on Wednesday.";
    chains(text, &[("paid for the ships", &["The Guardian", "officials"]), ("accusation is absurd", &["Ola Brun"])]);
}

#[test]
fn a_text_that_an_agency_signed_is_the_agencys() {
    let text = "A fire killed six people on Sunday, the mayor of Lindal, Tove Aker, said.\n\n\
                The ferry was built in 1989. -- AFP";
    chains(
        text,
        &[("killed six people", &["Agence France-Presse", "Tove Aker"]), ("built in 1989", &["Agence France-Presse"])],
    );
}

#[test]
fn what_a_conjunction_joins_behind_the_cue_is_said_as_well() {
    let text =
        "The country has long been a haven for smugglers, the minister, Ola Brun, said, and would reap what it sows.";
    chains(text, &[("would reap", &["Ola Brun"])]);
}

#[test]
fn a_week_reports_nothing() {
    let text = "This week's American newspaper report that Norland has closed its ports surprised nobody.";
    let args = ["read", "--no-store", "--json", "--outlet", "Harbour Post", "-"];
    let reading = lines(&run_with(&args, text.as_bytes())).remove(0);
    assert!(!reading["claims"].to_string().contains(r#""name":"week"#), "{}", reading["claims"]);
}
