use std::path::Path;

use rusqlite::Connection;
use sourceline_store::{Store, StoreError};

use crate::{Place, full, put, report};

#[test]
fn a_file_that_is_no_store_is_named_and_left_alone() {
    let place = Place::new();
    let path = place.folder.path().join("notes.txt");
    let notes = "these are my notes, and no database at all. ".repeat(100);
    std::fs::write(&path, &notes).unwrap();
    for opened in [Store::open(&path), Store::open_read(&path)] {
        assert!(matches!(opened, Err(StoreError::NotAStore { .. })), "{opened:?}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), notes);
}

#[test]
fn another_programs_database_is_no_store() {
    let place = Place::new();
    let path = place.folder.path().join("other.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE birds (name TEXT);").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::NotAStore { .. })));
}

#[test]
fn a_folder_and_a_missing_file_are_said_to_be_so() {
    let place = Place::new();
    assert!(matches!(Store::open(place.folder.path()), Err(StoreError::NotAStore { .. })));
    assert!(matches!(Store::open_read(Path::new("/nowhere/store.db")), Err(StoreError::Missing { .. })));
}

#[test]
fn a_store_of_a_later_version_is_not_touched() {
    let place = Place::new();
    drop(full(&place));
    Connection::open(place.path()).unwrap().execute_batch("PRAGMA user_version = 99;").unwrap();
    for opened in [Store::open(&place.path()), Store::open_read(&place.path())] {
        assert!(matches!(opened, Err(StoreError::Newer { found: 99, .. })), "{opened:?}");
    }
}

#[test]
fn a_folder_is_no_store() {
    let place = Place::new();
    std::fs::create_dir_all(place.path()).unwrap();
    for opened in [Store::open(&place.path()), Store::open_read(&place.path())] {
        assert!(matches!(opened, Err(StoreError::NotAStore { .. })), "{opened:?}");
    }
}

#[test]
fn a_store_of_the_first_version_opens_and_is_grouped() {
    let place = Place::new();
    drop(full(&place));
    // What version 2 added is taken out, which leaves the file as version 1 wrote it.
    let old = Connection::open(place.path()).unwrap();
    for table in ["placed", "word", "word_count", "sample", "proposition", "member", "link", "mention", "derivation"] {
        old.execute_batch(&format!("DROP TABLE {table};")).unwrap();
    }
    old.execute_batch("PRAGMA user_version = 1;").unwrap();
    drop(old);
    let store = Store::open(&place.path()).unwrap();
    assert_eq!(store.info().unwrap().version, 3);
    assert_eq!(store.proposition(1).unwrap().unwrap().view.n_outlets, 3);
    assert!(store.check().unwrap().problems.is_empty());
}

#[test]
fn a_full_disk_loses_the_document_at_hand_and_nothing_else() {
    let place = Place::new();
    drop(full(&place));
    let mut store = place.store();
    let pages: i64 =
        Connection::open(place.path()).unwrap().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store.limit_pages(pages).unwrap();
    let long: Vec<String> =
        (0..200).map(|n| format!("Mara Olin: item {n} of the list is about {} and {}", n * 31, n * 77)).collect();
    let lines: Vec<&str> = long.iter().map(String::as_str).collect();
    let reading = report("Long Paper", "2031-04-01", &lines);
    let new = sourceline_store::NewReading { reading: &reading, body: b"{}", raw: b"long", reader: "1", model: "" };
    assert!(matches!(store.put(&new), Err(StoreError::Full)));
    drop(store);
    let store = Store::open_read(&place.path()).unwrap();
    assert_eq!(store.info().unwrap().documents, 4);
    assert!(store.check().unwrap().problems.is_empty());
}

#[test]
fn a_read_only_file_can_be_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    drop(full(&place));
    std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(Store::open_read(&place.path()).unwrap().info().unwrap().documents, 4);
    // The administrator may write everything; the check holds for everybody else.
    if std::fs::OpenOptions::new().write(true).open(place.path()).is_err() {
        assert!(matches!(Store::open(&place.path()), Err(StoreError::ReadOnly)));
    }
}

#[test]
fn a_file_cut_off_in_the_middle_is_an_error_or_found_by_the_check() {
    let place = Place::new();
    drop(full(&place));
    let bytes = std::fs::read(place.path()).unwrap();
    for share in [1, 5, 9] {
        let path = place.folder.path().join(format!("cut{share}.db"));
        std::fs::write(&path, &bytes[..bytes.len() * share / 10]).unwrap();
        let sound =
            Store::open_read(&path).and_then(|store| store.check()).is_ok_and(|check| check.problems.is_empty());
        assert!(!sound, "cut at {share}0 %");
    }
}

#[test]
fn an_import_of_something_else_names_the_line() {
    let place = Place::new();
    let mut store = full(&place);
    for (text, line) in [("not json", 1), ("\n{\"format\":\"x\"}", 2)] {
        let done = store.import(&mut text.as_bytes());
        assert!(matches!(done, Err(StoreError::Import { line: found, .. }) if found == line), "{done:?}");
    }
}

#[test]
fn a_circle_of_citations_is_one_origin() {
    let place = Place::new();
    let mut store = place.store();
    put(&mut store, &report("Daily A", "2031-03-01", &["Daily B.: the old mill of Sarn will be sold to a bank"]));
    put(&mut store, &report("Daily B", "2031-03-01", &["Daily A.: the old mill of Sarn will be sold to a bank"]));
    let mill = store.proposition(1).unwrap().unwrap();
    assert_eq!((mill.view.n_outlets, mill.view.origins.len()), (2, 1));
    assert!(mill.view.origins[0].name.contains("each citing the other"));
}
