//! stub
pub fn score(_file: &str, _verbose: bool) {}
