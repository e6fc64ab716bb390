//! Who says so in short reports of our own, by the built-in weights: chains behind the document's outlet.

use serde_json::Value;

use super::{lines, run, run_with};

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
    chains(text, &[("killed six people", &["AFP", "Tove Aker"]), ("built in 1989", &["AFP"])]);
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

#[test]
fn an_agency_goes_by_the_name_that_the_document_writes() {
    let text = "OSLO, June 9 (PTI) -- The bridge was closed on Monday, Mayor Tove Aker said.";
    chains(text, &[("bridge was closed", &["PTI", "Tove Aker"])]);
    let full = "The bridge was closed on Monday, the Press Trust of India (PTI) reported.";
    chains(full, &[("bridge was closed", &["Press Trust of India"])]);
}

#[test]
fn the_text_and_the_communique_are_of_whoever_spoke() {
    let text = "The General Secretariat of the Presidency of Peru announced in its communiqué that the fugitive had been handed over. \
                Peru is a sovereign nation, the text says.\n\n\
                The prosecutor, Maria Lopez, has ordered the arrest of eight officials, her office announced on Monday. \
                The others worked for the water board, the statement said.";
    chains(
        text,
        &[
            ("sovereign nation", &["General Secretariat of the Presidency of Peru"]),
            ("worked for the water board", &["Maria Lopez's office"]),
        ],
    );
}

#[test]
fn sources_without_a_name_keep_what_tells_them_apart() {
    let text = "The paper bases its account on talks with three officials who were in the crisis room. \
                A first text was ready before seven, two of the officials told the newspaper.\n\n\
                A woman who took calls at the centre described how it looked. The lines were down, she said.";
    chains(text, &[("lines were down", &["woman who took calls at the centre"])]);
    let same = "Two people with knowledge of the inquiry told reporters that the log was altered. \
                The clerk has left the bank, the same people said.";
    chains(
        same,
        &[
            ("log was altered", &["Two people with knowledge of the inquiry"]),
            ("left the bank", &["Two people with knowledge of the inquiry"]),
        ],
    );
}

#[test]
fn an_office_without_a_name_is_the_person_of_the_sentence_before() {
    let text = "Maia Dorado goes first. The former manager of the harbour branch says that she acted on instructions.\n\n\
                Hydrologist Karim Haddad believes that a warning would have bought people an hour, he told reporters.\n\n\
                Nobody was to blame, Tove Aker said. The bridge was old, the mayor of the town said on Monday.";
    chains(
        text,
        &[
            ("acted on instructions", &["Maia Dorado"]),
            ("bought people an hour", &["Karim Haddad"]),
            ("bridge was old", &["Tove Aker"]),
        ],
    );
}

#[test]
fn what_is_in_his_words_is_his() {
    let text = "Karim Haddad, who heads the port, spoke to reporters on Wednesday. Nobody was to blame, he said. \
                The decision lay with the engineers, in his words.";
    chains(text, &[("Nobody was to blame", &["Karim Haddad"]), ("lay with the engineers", &["Karim Haddad"])]);
}

#[test]
fn what_somebody_says_is_that() {
    let text =
        "Anna Berg's answer is that the readings were on the web. The ministry's reply was that nobody had asked.";
    chains(text, &[("readings were on the web", &["Anna Berg"]), ("nobody had asked", &["ministry"])]);
}

#[test]
fn bodies_keep_their_owner_and_their_seat() {
    let text = "China's embassy in Lima told reporters that it disagrees with the report.\n\n\
                The government of the Sudmark region denied on Thursday that its president had been out of reach in Norway. \
                The government also denies that anybody waited for him.";
    chains(
        text,
        &[
            ("disagrees with the report", &["China's embassy in Lima"]),
            ("out of reach", &["government of the Sudmark region"]),
            ("anybody waited", &["government of the Sudmark region"]),
        ],
    );
}

#[test]
fn what_others_had_been_saying_is_acknowledged_by_one() {
    let text = "The mayor, Tove Aker, has acknowledged in public what her opponents had been saying for a week: that the bridge is unsafe.";
    chains(text, &[("bridge is unsafe", &["Tove Aker"])]);
}

#[test]
fn the_document_is_the_report_named_before() {
    let text = "The company was told to lower the reservoir, a report by the national audit office has found.\n\n\
                The document, published on Tuesday, says the operator kept the gates shut for two days.";
    chains(text, &[("kept the gates shut", &["national audit office"])]);
}

/// One row of `constructions.tsv`: a report, words of one of its claims, and the hops behind the outlet.
struct Construction<'a> {
    text: String,
    words: &'a str,
    chain: Vec<&'a str>,
}

#[test]
fn every_listed_way_of_saying_who_says_so_is_read() {
    let table = include_str!("constructions.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<Construction> = table
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().expect("three columns");
            let (text, words, chain) = (cell().replace(" ¶ ", "\n\n"), cell(), cell());
            let chain = if chain == "-" { Vec::new() } else { chain.split(" <- ").collect() };
            Construction { text, words, chain }
        })
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<String> = (0..rows.len()).map(|at| format!("{}/{at}.txt", folder.path().display())).collect();
    for (file, row) in files.iter().zip(&rows) {
        std::fs::write(file, &row.text).expect("a file");
    }
    let mut args = vec!["read", "--no-store", "--json", "--published", "2026-03-04", "--outlet", "Northern Mail"];
    args.extend(files.iter().map(String::as_str));
    let readings = lines(&run(&args));
    assert_eq!(readings.len(), rows.len());
    let wrong: Vec<String> = readings.iter().zip(&rows).filter_map(|(reading, row)| mismatch(reading, row)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a reading makes of a construction, where it is something else.
fn mismatch(reading: &Value, row: &Construction) -> Option<String> {
    let document: Vec<char> = reading["document"]["text"].as_str().expect("a text").chars().collect();
    let holds = |claim: &&Value| -> bool {
        let at = |value: &Value| usize::try_from(value.as_u64().expect("an offset")).expect("small");
        let spans = claim["evidence"].as_array().expect("spans").iter();
        let words: String = spans.flat_map(|span| &document[at(&span[0])..at(&span[1])]).collect();
        words.contains(row.words)
    };
    let claims = reading["claims"].as_array().expect("claims are a list").iter().filter(holds);
    let chains: Vec<Vec<&str>> = claims
        .map(|claim| {
            claim["chain"].as_array().expect("hops").iter().skip(1).filter_map(|hop| hop["name"].as_str()).collect()
        })
        .collect();
    (!chains.contains(&row.chain)).then(|| format!("{}: {:?}, not {chains:?}", row.words, row.chain))
}
