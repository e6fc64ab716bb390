//! What a store holds, and whether it is sound.

use rusqlite::OptionalExtension;

use crate::{Store, StoreError, pack, records, schema};

/// What a store holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Version of its tables.
    pub version: i64,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Documents.
    pub documents: u64,
    /// Pages and files as they came.
    pub raws: u64,
    /// Readings, several per document when it was read again.
    pub readings: u64,
    /// Claims of all readings.
    pub claims: u64,
    /// Propositions.
    pub propositions: u64,
    /// Pairs of propositions that cannot both be so.
    pub contradictions: u64,
    /// Outlets.
    pub outlets: u64,
    /// First and last day of publication, days since 1970-01-01.
    pub days: Option<(i32, i32)>,
}

/// The outcome of a check: what was found wrong, nothing when the store is sound.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Check {
    /// Documents looked at.
    pub documents: u64,
    /// What is wrong, one sentence each.
    pub problems: Vec<String>,
}

impl Store {
    /// Counts what the store holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn info(&self) -> Result<Info, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            Ok(self.db.query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
        };
        let days: Option<(Option<i32>, Option<i32>)> = self
            .db
            .query_row("SELECT min(day), max(day) FROM placed", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(Info {
            version: schema::version(&self.db)?.unwrap_or(0),
            bytes: count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
            documents: count("SELECT count(*) FROM document")?,
            raws: count("SELECT count(*) FROM raw")?,
            readings: count("SELECT count(*) FROM reading")?,
            claims: count("SELECT count(*) FROM claim")?,
            propositions: count("SELECT count(*) FROM proposition")?,
            contradictions: count("SELECT count(*) FROM link")?,
            outlets: count("SELECT count(DISTINCT outlet_key) FROM document")?,
            days: days.and_then(|(first, last)| first.zip(last)),
        })
    }

    /// Looks for damage: the database itself, then whether everything that must belong to something does and can be read.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn check(&self) -> Result<Check, StoreError> {
        let mut out = Check::default();
        let mut select = self.db.prepare("PRAGMA integrity_check")?;
        for line in select.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                out.problems.push(line);
            }
        }
        self.count_problems(&mut out)?;
        self.read_all(&mut out)?;
        Ok(out)
    }

    fn count_problems(&self, out: &mut Check) -> Result<(), StoreError> {
        let rules = [
            (
                "documents without a reading",
                "SELECT count(*) FROM document WHERE number NOT IN (SELECT document FROM reading)",
            ),
            (
                "documents without the bytes they came from",
                "SELECT count(*) FROM document WHERE number NOT IN (SELECT document FROM raw)",
            ),
            (
                "readings of no document",
                "SELECT count(*) FROM reading WHERE document NOT IN (SELECT number FROM document)",
            ),
            (
                "claims of no reading",
                "SELECT count(*) FROM claim WHERE number >> 16 NOT IN (SELECT number FROM reading)",
            ),
            (
                "documents whose claims are not grouped",
                "SELECT count(*) FROM document WHERE number NOT IN (SELECT document FROM placed)",
            ),
            (
                "claims of a newest reading in no proposition",
                "SELECT count(*) FROM claim JOIN placed ON placed.reading = claim.number >> 16 WHERE claim.number NOT IN (SELECT claim FROM member)",
            ),
            ("members that are no claim", "SELECT count(*) FROM member WHERE claim NOT IN (SELECT number FROM claim)"),
            (
                "members of no proposition",
                "SELECT count(*) FROM member WHERE proposition NOT IN (SELECT number FROM proposition)",
            ),
            (
                "propositions without a claim",
                "SELECT count(*) FROM proposition WHERE number NOT IN (SELECT proposition FROM member)",
            ),
            (
                "links to no proposition",
                "SELECT count(*) FROM link WHERE a NOT IN (SELECT number FROM proposition) OR b NOT IN (SELECT number FROM proposition)",
            ),
        ];
        for (what, sql) in rules {
            let n: i64 = self.db.query_row(sql, [], |row| row.get(0))?;
            if n > 0 {
                out.problems.push(format!("{n} {what}"));
            }
        }
        Ok(())
    }

    fn read_all(&self, out: &mut Check) -> Result<(), StoreError> {
        let mut select = self.db.prepare("SELECT number FROM document ORDER BY number")?;
        let numbers: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for number in numbers {
            out.documents += 1;
            let readable = records::document(&self.db, number)
                .and_then(|_| records::claims_of(&self.db, number))
                .and_then(|_| self.reading(number as u64))
                .and_then(|_| self.raw(number as u64));
            if let Err(error) = readable {
                out.problems.push(format!("document {number}: {error}"));
            }
        }
        let mut select = self.db.prepare("SELECT sha, bytes FROM raw")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (sha, bytes): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let sound = pack::expand(&bytes).is_ok_and(|bytes| crate::put::sha(&bytes) == sha);
            if !sound {
                out.problems.push(format!("raw bytes {sha} are not what they were"));
            }
        }
        Ok(())
    }
}
