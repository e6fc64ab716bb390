use sourceline_corroborate::{ClaimRecord, ContradictionKind, Pool, contradictions, explain, group};

use crate::claim;

fn story() -> Vec<ClaimRecord> {
    vec![
        claim(1, 1, "Daily A > Northern Post: > ~officials", "rebels seized the barracks of Tolm with forty vehicles"),
        claim(1, 2, "Daily A > Northern Post: > ~officials", "the governor of Tolm fled by boat to the islands"),
        claim(2, 1, "Daily B > Northern Post: > ~senior officials", "the barracks in Tolm were seized by rebels"),
        claim(2, 2, "Daily B > Northern Post: > ~senior officials", "by boat the governor had fled to the islands"),
        claim(3, 1, "Daily C > Northern Post: > ~officials", "rebels had seized Tolm barracks"),
        claim(3, 2, "Daily C", "apricot growers of the valley expect a poor harvest"),
    ]
}

fn grouped(claims: &[ClaimRecord]) -> Vec<Vec<usize>> {
    let refs: Vec<&ClaimRecord> = claims.iter().collect();
    group(&Pool::new(claims), &refs).groups
}

#[test]
fn claims_of_one_matter_come_together_and_others_stay_apart() {
    assert_eq!(grouped(&story()), [vec![0, 2, 4], vec![1, 3], vec![5]]);
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let mut claims = story();
    claims.reverse();
    let mut sizes: Vec<usize> = grouped(&claims).iter().map(Vec::len).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 2, 3]);
}

#[test]
fn a_denial_stays_apart_and_is_linked() {
    let mut claims = story();
    let denial = claim(4, 1, "Daily D > Mara Olin (XA)", "rebels have not seized the barracks of Tolm");
    claims.push(ClaimRecord { denial: true, negative: true, ..denial });
    let groups = grouped(&claims);
    assert!(groups.contains(&vec![6]));
    let refs: Vec<&ClaimRecord> = claims.iter().collect();
    let links = contradictions(&Pool::new(&claims), &refs, &groups);
    let at = |claim: usize| groups.iter().position(|group| group.contains(&claim)).unwrap();
    assert_eq!((links[0].first, links[0].second, links[0].kind), (at(6), at(0), ContradictionKind::Denied));
}

#[test]
fn other_counts_of_the_same_things_stay_apart_and_are_linked() {
    let claims = vec![
        claim(1, 1, "Daily A > Mara Olin", "300 miners were trapped in the shaft at Brenn on Monday"),
        claim(2, 1, "Daily B > Pavel Dro", "120 miners were trapped in the shaft at Brenn on Monday"),
        claim(3, 1, "Daily C > Lynx Radio:", "the mayor opened a swimming pool"),
    ];
    let groups = grouped(&claims);
    assert_eq!(groups.len(), 3);
    let refs: Vec<&ClaimRecord> = claims.iter().collect();
    let links = contradictions(&Pool::new(&claims), &refs, &groups);
    assert_eq!(links.iter().map(|link| link.kind).collect::<Vec<_>>(), [ContradictionKind::Number]);
}

#[test]
fn an_explanation_adds_up_to_the_score() {
    let claims = story();
    let why = explain(&Pool::new(&claims), &claims[0], &claims[2]);
    let sum = why.base + why.features.iter().map(|feature| feature.adds).sum::<f32>();
    assert!((sum - why.score).abs() < 1e-3);
    assert!(why.features.iter().any(|feature| feature.name == "shared words"));
}
