use sourceline_store::{Put, Store};

use crate::{Place, full, put, put_as, report, story};

#[test]
fn what_is_stored_twice_is_stored_once() {
    let place = Place::new();
    let mut store = full(&place);
    let before = store.info().unwrap();
    for reading in story() {
        assert!(matches!(put(&mut store, &reading), Put::Known { .. }));
    }
    assert_eq!(store.info().unwrap(), before);
    assert_eq!((before.documents, before.readings, before.raws, before.claims), (4, 4, 4, 6));
}

#[test]
fn a_newer_reader_adds_a_reading_beside_the_old_one() {
    let place = Place::new();
    let mut store = full(&place);
    let better = report(
        "Valley Courier",
        "2031-03-02",
        &["Northern Post. > ~officials: the barracks in Tolm were seized by rebels"],
    );
    assert!(matches!(put_as(&mut store, &better, "2"), Put::ReadAgain { document: 2 }));
    let info = store.info().unwrap();
    assert_eq!((info.documents, info.readings, info.claims), (4, 5, 7));
    // The claim of the older reading counts no longer, the newer one's does.
    let barracks = store.proposition(1).unwrap().unwrap();
    assert_eq!((barracks.view.n_reports, barracks.claims.len()), (3, 3));
    assert!(store.check().unwrap().problems.is_empty());
}

#[test]
fn one_text_of_two_outlets_is_two_documents() {
    let place = Place::new();
    let mut store = place.store();
    let lines = ["Northern Post.: rebels had seized Tolm barracks"];
    let (a, mut b) = (report("Echo A", "2031-03-01", &lines), report("Echo B", "2031-03-01", &lines));
    b.analysis.document.id = a.analysis.document.id.clone();
    put(&mut store, &a);
    put(&mut store, &b);
    assert_eq!(store.info().unwrap().documents, 2);
    let one = store.proposition(1).unwrap().unwrap();
    assert_eq!((one.view.n_outlets, one.view.origins.len()), (2, 1));
}

#[test]
fn raw_bytes_and_readings_come_back_as_they_were() {
    let place = Place::new();
    let store = full(&place);
    let text = &story()[0].analysis.document.text;
    assert_eq!(store.raw(1).unwrap().unwrap(), format!("raw {text}").into_bytes());
    let mut seen = Vec::new();
    store
        .each_reading::<sourceline_store::StoreError>(|number, body| {
            seen.push((number, body.len()));
            Ok(())
        })
        .unwrap();
    assert_eq!(seen.len(), 4);
}

#[test]
fn an_export_makes_an_equal_store() {
    let (one, two) = (Place::new(), Place::new());
    let store = full(&one);
    let mut lines = Vec::new();
    assert_eq!(store.export(&mut lines).unwrap(), 4);
    let mut copy = two.store();
    let done = copy.import(&mut lines.as_slice()).unwrap();
    assert_eq!((done.new, done.known), (4, 0));
    for number in 1..=3 {
        let strip = |store: &Store| store.proposition(number).unwrap().map(|p| (p.view, p.contradicts));
        assert_eq!(strip(&store), strip(&copy));
    }
    assert_eq!(copy.import(&mut lines.as_slice()).unwrap().known, 4);
    assert!(copy.check().unwrap().problems.is_empty());
}

#[test]
fn readers_see_committed_documents_while_another_process_writes() {
    let place = Place::new();
    let mut writer = full(&place);
    let (a, b) = (Store::open_read(&place.path()).unwrap(), Store::open_read(&place.path()).unwrap());
    put(&mut writer, &report("Late Echo", "2031-03-09", &["Mara Olin: the ferry to the islands stopped"]));
    assert_eq!((a.info().unwrap().documents, b.info().unwrap().documents), (5, 5));
}
