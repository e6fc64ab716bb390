//! Readings in one SQLite file.
//!
//! [`Store::open`] makes or opens the file and is the one writer; [`Store::open_read`] reads beside it. Documents, raw bytes, readings and
//! claims are only ever added; propositions, links and derivations are computed from them. One transaction per document.
//! The only crate that sees SQL. Not here: how claims are grouped (`sourceline-corroborate`), the wire format of readings
//! (bodies are bytes to the store).

mod analyze;
mod check;
mod error;
mod filter;
mod fresh;
mod links;
mod memberships;
mod pack;
mod place;
mod put;
mod reader;
mod records;
mod schema;
mod sources;
mod transfer;

pub use check::{Check, Info};
pub use error::StoreError;
pub use filter::Filter;
pub use memberships::Membership;
pub use put::{NewReading, Put};
pub use reader::{Derives, DocumentLine, Hit, Link, StoredClaim, StoredProposition};
pub use sources::{SourceLine, SourceSays};
pub use transfer::Imported;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// How long a process waits for another's transaction.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open store.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens a store to read and write; makes it, with the folders above it, when there is none.
    ///
    /// # Errors
    /// When the file is something else, newer, locked, damaged, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let what = || format!("cannot make the folder {}", folder.display());
            std::fs::create_dir_all(folder).map_err(|cause| StoreError::Io { what: what(), cause })?;
        }
        let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let found = check_version(&db, path)?;
        if db.is_readonly("main")? {
            return Err(StoreError::ReadOnly);
        }
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;")?;
        schema::migrate(&mut db, found, schema::newest())?;
        let mut store = Self { db, path: path.to_path_buf() };
        store.place_all()?;
        Ok(store)
    }

    /// Opens a store to read only, beside a writer or on a read-only disk.
    ///
    /// # Errors
    /// When there is no such file, it is something else, newer, or damaged.
    pub fn open_read(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_path_buf() });
        }
        if path.is_dir() {
            return Err(StoreError::NotAStore { path: path.to_path_buf() });
        }
        let db = match connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|db| check_version(&db, path).map(|found| (db, found)))
        {
            Ok((db, found)) if found == schema::newest() => db,
            // An older store is brought up to date by whoever may write it.
            Ok((_, found)) if found < schema::newest() => return Self::open(path),
            Ok((db, _)) => db,
            Err(StoreError::NotAStore { path }) => return Err(StoreError::NotAStore { path }),
            Err(error @ StoreError::Newer { .. }) => return Err(error),
            // Without the right to make the side files of a write-ahead log, the file alone can still be read.
            Err(_) => immutable(path)?,
        };
        db.execute_batch("PRAGMA cache_size = -65536; PRAGMA query_only = ON;")?;
        Ok(Self { db, path: path.to_path_buf() })
    }

    /// Keeps the file from growing beyond so many pages, as a full disk would.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn limit_pages(&self, pages: i64) -> Result<(), StoreError> {
        self.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The path of the store when none is given, from the variables of the environment: `$SOURCELINE_STORE`, else the platform's data folder.
pub fn default_path(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = set("SOURCELINE_STORE") {
        return Some(path);
    }
    let folder = if cfg!(target_os = "windows") {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share")))
    };
    folder.map(|folder| folder.join("sourceline").join("store.db"))
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let what = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen) if path.is_dir() => StoreError::NotAStore { path: path.to_path_buf() },
        Some(rusqlite::ErrorCode::CannotOpen) => StoreError::Io {
            what: format!("cannot open {}", path.display()),
            cause: std::io::Error::other(error.to_string()),
        },
        _ => StoreError::from(error),
    };
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(what)?;
    db.busy_timeout(PATIENCE)?;
    Ok(db)
}

fn immutable(path: &Path) -> Result<Connection, StoreError> {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let uri = format!("file:{escaped}?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let db = connect(Path::new(&uri), flags)?;
    check_version(&db, path)?;
    Ok(db)
}

fn check_version(db: &Connection, path: &Path) -> Result<i64, StoreError> {
    let not_a_store = || StoreError::NotAStore { path: path.to_path_buf() };
    let found = match schema::version(db) {
        Ok(found) => found.ok_or_else(not_a_store)?,
        Err(StoreError::Database(error)) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(not_a_store());
        }
        Err(error) => return Err(error),
    };
    if found > schema::newest() {
        return Err(StoreError::Newer { path: path.to_path_buf(), found, known: schema::newest() });
    }
    Ok(found)
}
