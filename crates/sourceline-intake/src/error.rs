//! What can go wrong before a document is there.

use std::path::PathBuf;

/// Why an input gives no document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The file or folder does not exist.
    #[error("{} does not exist", path.display())]
    NotFound {
        /// The path given.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("{} cannot be read", path.display())]
    Io {
        /// The path given; `-` for standard input.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The bytes are no text.
    #[error("{input} is {what}, not text or HTML")]
    NotText {
        /// What was given.
        input: String,
        /// What it is, such as "a PDF file".
        what: &'static str,
    },
    /// There is more than is read.
    #[error("{input} is larger than {limit_mb} MB")]
    TooLarge {
        /// What was given.
        input: String,
        /// The most that is read, in millions of bytes.
        limit_mb: u64,
    },
    /// The address cannot be understood.
    #[error("{url} is no web address")]
    BadUrl {
        /// The address given.
        url: String,
    },
    /// The server refuses or does not have the page.
    #[error("{url} answers {status}")]
    Status {
        /// The address given.
        url: String,
        /// The HTTP status code.
        status: u16,
    },
    /// The server sends from address to address.
    #[error("{url} redirects more than {limit} times")]
    Redirects {
        /// The address given.
        url: String,
        /// The most redirections followed.
        limit: u32,
    },
    /// The server does not answer in time.
    #[error("{url} does not answer within {seconds} s")]
    Timeout {
        /// The address given.
        url: String,
        /// The longest wait.
        seconds: u64,
    },
    /// No connection, or it broke.
    #[error("{url} cannot be fetched: {cause}")]
    Network {
        /// The address given.
        url: String,
        /// What the network layer says.
        cause: String,
    },
}

impl IntakeError {
    /// What the user can do about it, one line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "check the path; give `-` to read standard input",
            Self::Io { .. } => "check that the file may be read",
            Self::NotText { what: "a PDF file", .. } => "turn the PDF into text first, for example with `pdftotext`",
            Self::NotText { .. } => "give plain text, Markdown or HTML",
            Self::TooLarge { .. } => "split the file, or save the part that matters",
            Self::BadUrl { .. } => "addresses begin with http:// or https://",
            Self::Status { status: 401..=403, .. } => "the page is not public; save it in a browser and give the file",
            Self::Status { status: 404 | 410, .. } => "the page is gone or the address is wrong",
            Self::Status { .. } => "the server has a fault; try again later",
            Self::Redirects { .. } => "open the page in a browser and give the address it ends at",
            Self::Timeout { .. } => "try again later, or save the page and give the file",
            Self::Network { .. } => "check the address and the connection",
        }
    }
}
