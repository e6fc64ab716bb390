//! What short reports of our own say happened: events, certainty, polarity, time, and statements that stand alone.

use serde_json::Value;

use super::{lines, run_with};

/// The reading of a text published on Wednesday, 10 June 2026.
fn read(text: &str) -> Value {
    let args = ["read", "--no-store", "--json", "--published", "2026-06-10", "--outlet", "Harbour Post", "-"];
    lines(&run_with(&args, text.as_bytes())).remove(0)
}

/// Statements with kind, certainty and polarity.
fn claims(reading: &Value) -> Vec<String> {
    let claims = reading["claims"].as_array().expect("claims are a list");
    let word = |claim: &Value, key: &str| claim[key].as_str().unwrap_or_default().to_owned();
    claims
        .iter()
        .map(|claim| {
            format!(
                "{} [{} {} {}]",
                word(claim, "statement"),
                word(claim, "kind"),
                word(claim, "certainty"),
                word(claim, "polarity")
            )
        })
        .collect()
}

/// Events as `TYPE/mode certainty polarity time`.
fn events(reading: &Value) -> Vec<String> {
    let events = reading["events"].as_array().expect("events are a list");
    let word = |event: &Value, key: &str| event[key].as_str().unwrap_or("-").to_owned();
    events
        .iter()
        .map(|event| {
            let keys = ["type", "mode", "certainty", "polarity"].map(|key| word(event, key));
            format!("{}/{} {} {}", keys[0], keys[1], keys[2], keys[3])
        })
        .collect()
}

/// Checks that the text gives each of these statements.
#[track_caller]
fn says(text: &str, wanted: &[&str]) {
    let found = claims(&read(text));
    for want in wanted {
        assert!(found.iter().any(|claim| claim == want), "{want} is not among {found:#?}");
    }
}

#[test]
fn a_past_plan_and_a_lack_of_proof_are_states() {
    says(
        "The repairs had been planned for years. The figures could not be independently verified.",
        &[
            "The repairs had been planned for years. [state asserted positive]",
            "The figures could not be independently verified. [state asserted negative]",
        ],
    );
}

#[test]
fn a_denial_does_not_reach_what_the_speaker_goes_on_to_say() {
    says(
        "The army denied that its troops had fired first and put the number of dead at nine.",
        &[
            "Its troops had fired first. [event asserted negative]",
            "The army put the number of dead at nine. [event asserted positive]",
        ],
    );
}

#[test]
fn what_one_promises_another_has_done() {
    let reading = read("Romania sent two rescue helicopters, and Bulgaria promised to send boats on Friday.");
    assert!(events(&reading).contains(&"AID/- asserted positive".to_owned()), "{:?}", events(&reading));
    assert!(!events(&reading).contains(&"AID/- planned positive".to_owned()), "{:?}", events(&reading));
}

#[test]
fn a_rejection_happened_though_the_charge_is_denied() {
    let reading = read("The opposition accused the cabinet of fraud. The cabinet rejected the accusation.");
    assert!(events(&reading).contains(&"REJECT/- asserted positive".to_owned()), "{:?}", events(&reading));
}

#[test]
fn disasters_and_accidents_are_no_events_of_conflict() {
    for text in [
        "At least 43 people were killed after a dam burst on Tuesday.",
        "A gas explosion at a fertiliser plant injured eleven workers on Tuesday.",
        "Nine passengers died when a bus overturned near Quito.",
    ] {
        let found = events(&read(text));
        assert!(found.iter().all(|event| !event.starts_with("ASSAULT")), "{text}: {found:?}");
    }
    let found = events(&read("A car bomb killed eleven workers near Quito on Tuesday."));
    assert!(found.iter().any(|event| event.starts_with("ASSAULT")), "{found:?}");
}

#[test]
fn what_the_speaker_says_of_himself_keeps_his_name() {
    says(
        "\u{201c}We need more boats,\u{201d} Governor Ana Prieto said on Monday.",
        &["Ana Prieto: \u{201c}We need more boats.\u{201d} [state asserted positive]"],
    );
}

#[test]
fn questions_conditions_and_anonymity_are_no_claims() {
    let text = "Will the dam hold? Officers who asked not to be named said that the dam would hold. \
                \u{201c}We do not know how many families stayed,\u{201d} Mayor Ana Prieto said.";
    let found = claims(&read(text));
    for unwanted in ["Will the dam", "asked not to be named", "How many families"] {
        assert!(!found.iter().any(|claim| claim.starts_with(unwanted)), "{found:#?}");
    }
}

#[test]
fn a_subject_keeps_its_relative_clause() {
    let found = claims(&read("The missiles that the army had kept in the valley have gone."));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("The missiles that the army had kept in the valley have gone."), "{found:#?}");
}

#[test]
fn an_act_of_speech_keeps_whom_it_is_about() {
    says(
        "Fires burned in the harbour all night. Amnesty International accused the authorities of failing to protect schools.",
        &["Amnesty International accused the authorities of failing to protect schools. [event asserted positive]"],
    );
}

#[test]
fn of_two_subjects_the_one_without_a_preposition_counts() {
    let found = claims(&read(
        "With thousands of soldiers fleeing the valley, large stocks of rifles were abandoned, later burned by villagers or captured by rebels.",
    ));
    assert!(found.iter().all(|claim| !claim.contains("soldiers were later")), "{found:#?}");
}

#[test]
fn conditions_without_if_are_conditions() {
    let reading = read("Had the rebels attacked the port, many people would have died, a sailor said.");
    assert!(events(&reading).iter().all(|event| !event.contains("asserted positive")), "{:?}", events(&reading));
    assert!(claims(&reading).iter().all(|claim| !claim.contains("asserted")), "{:?}", claims(&reading));
}

#[test]
fn a_capital_that_denies_is_what_it_refers_to() {
    let found = claims(&read(
        "The White House has not announced the trip. Hanoi denied reports that it had offered to buy fighter jets.",
    ));
    assert!(found.iter().all(|claim| !claim.contains("White House had offered")), "{found:#?}");
}

#[test]
fn an_event_outlives_the_forecast_that_mentions_it() {
    let reading = read("Officials said the envoy was unlikely to return to Accra after the attack on his convoy.");
    let found = events(&reading);
    assert!(found.iter().any(|event| event.starts_with("ASSAULT/- asserted positive")), "{found:?}");
}

#[test]
fn a_foiled_attack_and_a_failed_coup_did_not_happen() {
    let found = events(&read("An attack on the port, which was foiled by guards, worried sailors."));
    assert!(found.iter().all(|event| !event.ends_with("asserted positive")), "{found:?}");
    let found = events(&read("In 2017 an attempted coup failed."));
    assert!(found.iter().all(|event| !event.ends_with("positive")), "{found:?}");
}
