//! Things a reader should be told about a document.

/// Something that went wrong or is uncertain, said to the user; never an error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// A stable word for programs, such as `undated-document`.
    pub code: &'static str,
    /// One plain sentence for people.
    pub message: String,
}

impl Note {
    /// Makes a note.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
