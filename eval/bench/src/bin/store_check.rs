//! Checks a store and prints the ids of its documents; ends with an error when something is wrong.
//!
//! usage: store_check FILE

use std::path::Path;

use sourceline_store::Store;

fn main() {
    let path = std::env::args().nth(1).expect("usage: store_check FILE");
    let store = Store::open_read(Path::new(&path)).expect("the store can be opened");
    let check = store.check().expect("the store can be read");
    for document in store.documents(None).expect("documents can be read") {
        println!("{}", document.id);
    }
    for problem in &check.problems {
        eprintln!("{problem}");
    }
    std::process::exit(i32::from(!check.problems.is_empty()));
}
