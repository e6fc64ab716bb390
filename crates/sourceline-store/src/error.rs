//! What can go wrong with a store, in terms a caller can act on.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why a store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is something else.
    #[error("{path} is not a Sourceline store")]
    NotAStore {
        /// Which file.
        path: PathBuf,
    },
    /// The file was written by a later version of Sourceline.
    #[error("{path} has store version {found}; this program knows versions up to {known}")]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// There is no such file.
    #[error("there is no store at {path}")]
    Missing {
        /// Which file.
        path: PathBuf,
    },
    /// Another process holds the store and did not let go in time.
    #[error("the store is locked by another process")]
    Locked,
    /// The file or its folder cannot be written.
    #[error("the store cannot be written (read-only file or folder)")]
    ReadOnly,
    /// No space is left.
    #[error("the disk is full; the document being stored was not stored")]
    Full,
    /// The file is damaged.
    #[error("the store is damaged: {what}")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// An import holds a line that is no stored document.
    #[error("line {line} of the import is no stored document: {why}")]
    Import {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// Reading or writing beside the database failed.
    #[error("{what}")]
    Io {
        /// What was being done.
        what: String,
        /// The cause.
        #[source]
        cause: std::io::Error,
    },
    /// Anything else that the database reports.
    #[error("the store's database failed")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { what: error.to_string() },
            _ => Self::Database(error),
        }
    }
}
