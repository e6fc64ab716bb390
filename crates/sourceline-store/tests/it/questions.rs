use sourceline_corroborate::first_day;
use sourceline_store::Filter;

use crate::{Place, full, put, report};

fn texts(filter: &Filter) -> Vec<String> {
    let place = Place::new();
    let store = full(&place);
    let numbers = store.select(filter).unwrap();
    numbers.into_iter().map(|number| store.proposition(number).unwrap().unwrap().view.statement).collect()
}

#[test]
fn three_outlets_one_origin() {
    let place = Place::new();
    let store = full(&place);
    let barracks = store.proposition(1).unwrap().unwrap();
    assert_eq!((barracks.view.n_reports, barracks.view.n_outlets), (3, 3));
    assert_eq!(barracks.view.origins.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), ["Northern Post"]);
    let governor = store.proposition(2).unwrap().unwrap();
    assert_eq!(governor.view.origins.len(), 2, "the newspaper, and Mara Olin in person");
}

#[test]
fn filters_by_source_date_text_and_origins() {
    let source = Filter { source: vec!["Ada Berg".into()], ..Filter::default() };
    assert_eq!(texts(&source).len(), 1);
    assert_eq!(texts(&Filter { source: vec!["Olin".into()], ..Filter::default() }).len(), 1);
    assert_eq!(texts(&Filter { from: first_day("2031-03-04"), ..Filter::default() }).len(), 1);
    assert_eq!(texts(&Filter { to: first_day("2031-03-01"), ..Filter::default() }).len(), 2);
    assert_eq!(texts(&Filter { min_origins: Some(2), ..Filter::default() }).len(), 1);
    assert_eq!(texts(&Filter { text: Some("seized barracks".into()), ..Filter::default() }).len(), 1);
    assert_eq!(texts(&Filter { text: Some("\"barracks seized\"".into()), ..Filter::default() }).len(), 0);
    assert_eq!(texts(&Filter { contradicted: true, ..Filter::default() }).len(), 0);
    assert_eq!(texts(&Filter { limit: Some(1), ..Filter::default() }).len(), 1);
}

#[test]
fn search_finds_inflected_english_and_arabic() {
    let place = Place::new();
    let mut store = full(&place);
    put(&mut store, &report("Sawt", "2031-03-05", &["Mara Olin: استولى المتمردون على الثكنة العسكرية في تولم"]));
    assert_eq!(store.search("barrack seizing", 10).unwrap().iter().filter(|hit| hit.claim.is_some()).count(), 3);
    for query in ["ثكنة", "الثكنةُ", "متمردون"] {
        assert!(!store.search(query, 10).unwrap().is_empty(), "{query}");
    }
    assert!(store.search("\"' OR * (", 10).unwrap().is_empty());
}

#[test]
fn an_anonymous_source_is_one_only_behind_one_report() {
    let place = Place::new();
    let mut store = full(&place);
    put(
        &mut store,
        &report(
            "Far Herald",
            "2031-06-01",
            &["Southern Globe. > ~senior officials: the central bank will print new coins"],
        ),
    );
    let said = store.source("senior officials", 20).unwrap();
    let mut reports: Vec<usize> = said.iter().map(|says| says.report).collect();
    reports.dedup();
    assert_eq!(reports, [1, 2], "{said:#?}");
}

#[test]
fn an_explanation_names_partners_and_what_was_kept_apart() {
    let place = Place::new();
    let store = full(&place);
    let barracks = store.proposition(1).unwrap().unwrap();
    let why = store.explain(&barracks).unwrap();
    assert!(why.iter().any(|(_, _, together, _)| *together) && why.iter().any(|(_, _, together, _)| !*together));
}

#[test]
fn copies_are_seen_with_how() {
    let place = Place::new();
    let mut store = place.store();
    let lines: Vec<String> = (0..12)
        .map(|n| {
            format!(
                "Mara Olin: line {n} of the long account speaks of harbour wall number {n}{n} and its {} stones",
                n * 7 + 3
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    put(&mut store, &report("First Paper", "2031-01-01", &lines));
    put(&mut store, &report("Second Paper", "2031-01-02", &lines[..11]));
    let listed = store.documents(None).unwrap();
    assert!(
        listed[0].derives.iter().any(|(how, from, ..)| how == "copy" && from.contains("First Paper")),
        "{listed:#?}"
    );
    assert!(listed[1].derives.is_empty());
}
