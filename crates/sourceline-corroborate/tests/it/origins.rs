use sourceline_corroborate::{ClaimRecord, DocumentRecord, OriginBasis, origins, proposition};

use crate::claim;

const SAYS: &str = "the dam at Kerrow has been emptied";

fn of(chains: &[&str]) -> Vec<ClaimRecord> {
    chains.iter().enumerate().map(|(at, chain)| claim(at as u64 + 1, 1, chain, SAYS)).collect()
}

/// Names of the origins, in order.
fn names(chains: &[&str]) -> Vec<String> {
    let claims = of(chains);
    let (found, paths) = origins(&claims.iter().collect::<Vec<_>>(), |_| None);
    assert_eq!(paths.len(), claims.len());
    for (at, path) in paths.iter().enumerate() {
        assert!(
            path.origin.is_some() != path.why_not.is_some(),
            "claim {at} must have an origin or a reason: {path:?}"
        );
    }
    found.into_iter().map(|origin| origin.name).collect()
}

#[test]
fn seven_outlets_and_one_newspaper_are_one_origin() {
    let chains = [
        "Daily A > Northern Post: > ~two senior officials",
        "Daily B > Northern Post: > ~officials",
        "Daily C > Relay Site. > Northern Post: > ~a senior official",
        "Daily D > Northern Post:",
        "Daily E > Northern Post.",
        "Daily F > Translators: > Northern Post: > ~officials",
        "Daily G > Northern Post: > ~western diplomats",
    ];
    assert_eq!(names(&chains), ["Northern Post"]);
}

#[test]
fn a_named_speaker_is_one_however_many_agencies_carry_it() {
    let chains = [
        "Daily A > Agency One. > Tarik Belgasem",
        "Daily B > Agency Two. > Belgasem",
        "Daily C > Tarik Belgasem",
        "Daily D > Agency One.",
    ];
    assert_eq!(names(&chains), ["Tarik Belgasem"]);
}

#[test]
fn several_speakers_inside_one_report_are_the_reporters() {
    let chains = ["Daily A > Northern Post: > ~officials", "Daily B > Northern Post: > Ada Berg"];
    assert_eq!(names(&chains), ["Northern Post"]);
}

#[test]
fn agencies_with_their_own_knowledge_count_each() {
    assert_eq!(names(&["Daily A > Agency One.", "Daily B > Agency Two."]), ["Agency One", "Agency Two"]);
}

#[test]
fn a_credit_line_counts_for_nothing_beside_the_one_who_said_it() {
    assert_eq!(names(&["Daily A > Water Ministry (XA)", "Daily B > Agency One."]), ["Water Ministry"]);
}

#[test]
fn a_government_does_not_confirm_itself() {
    let chains = [
        "Daily A > Northern Post: > ~four senior officials (XA)",
        "Daily B > Agency One. > Water Ministry (XA)",
        "Daily C > Lynx Radio:",
    ];
    let claims = of(&chains);
    let (found, _) = origins(&claims.iter().collect::<Vec<_>>(), |_| None);
    let bases: Vec<OriginBasis> = found.iter().map(|origin| origin.basis).collect();
    assert_eq!(bases, [OriginBasis::Body, OriginBasis::Reporter]);
    assert_eq!(found[0].supports, [0, 1]);
    // Anonymous officials alone stay the newspaper's.
    assert_eq!(names(&chains[..1]), ["Northern Post"]);
}

#[test]
fn two_spokespeople_of_one_state_are_one_and_of_two_states_two() {
    assert_eq!(names(&["Daily A > Mara Olin (XA)", "Daily B > Agency One. > Pavel Dro (XA)"]).len(), 1);
    assert_eq!(names(&["Daily A > Mara Olin (XA)", "Daily B > Agency One. > Pavel Dro (XB)"]).len(), 2);
}

#[test]
fn a_relays_own_voice_counts_for_nothing_unless_it_reports_itself() {
    let claims = of(&["Daily A"]);
    let (found, paths) = origins(&claims.iter().collect::<Vec<_>>(), |_| None);
    assert!(found.is_empty() && paths[0].why_not.is_some());
    let reporting = DocumentRecord { own_reporting: true, ..DocumentRecord::default() };
    let (found, _) = origins(&claims.iter().collect::<Vec<_>>(), |_| Some(&reporting));
    assert_eq!(found.len(), 1);
}

#[test]
fn a_citation_is_followed_into_the_cited_outlets_own_report() {
    let claims = of(&["Daily A > Northern Post:", "Northern Post > Mara Olin"]);
    let (found, paths) = origins(&claims.iter().collect::<Vec<_>>(), |_| None);
    assert_eq!(found.iter().map(|origin| origin.name.as_str()).collect::<Vec<_>>(), ["Mara Olin"]);
    assert_eq!(paths[0].beyond, ["Mara Olin"]);
}

#[test]
fn a_circle_is_one_origin_and_shown_as_one() {
    for chains in [
        vec!["Daily A > Daily B:", "Daily B > Daily A:"],
        vec!["Daily A > Daily B:", "Daily B > Daily C:", "Daily C > Daily A:"],
    ] {
        let claims = of(&chains);
        let (found, _) = origins(&claims.iter().collect::<Vec<_>>(), |_| None);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].basis, OriginBasis::Circular);
        assert_eq!(found[0].supports.len(), chains.len());
    }
}

#[test]
fn denials_do_not_corroborate_but_stand_for_themselves() {
    let claims = of(&["Daily A > Northern Post: > ~officials", "Daily B > Mara Olin (XA)"]);
    let denial = ClaimRecord { denial: true, negative: true, ..claims[1].clone() };
    let denied = proposition(&[&claims[0]], &[&denial], |_| None);
    assert_eq!((denied.origins.len(), denied.denied_by.as_slice()), (1, [1].as_slice()));
    let itself = proposition(&[&denial], &[], |_| None);
    assert_eq!(itself.origins[0].name, "Mara Olin");
}
