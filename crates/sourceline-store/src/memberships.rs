//! Which proposition each claim belongs to, for all claims at once.

use std::collections::BTreeMap;

use crate::{Store, StoreError};

/// The proposition of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// Number of the proposition; printed as `p12`.
    pub proposition: i64,
    /// Number of independent origins behind it.
    pub origins: u16,
}

impl Store {
    /// The proposition of every grouped claim, by document number and the claim's own number in its reading.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn memberships(&self) -> Result<BTreeMap<(u64, u32), Membership>, StoreError> {
        let mut select = self.db.prepare(
            "SELECT claim.document, claim.number & 65535, member.proposition, proposition.n_origins FROM member
             JOIN claim ON claim.number = member.claim JOIN proposition ON proposition.number = member.proposition",
        )?;
        let rows = select.query_map([], |row| {
            let origins: i64 = row.get(3)?;
            let membership =
                Membership { proposition: row.get(2)?, origins: u16::try_from(origins).unwrap_or(u16::MAX) };
            Ok(((row.get::<_, i64>(0)? as u64, row.get(1)?), membership))
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// The propositions of one document's claims, by the claim's own number in its reading.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn memberships_of(&self, document: u64) -> Result<BTreeMap<u32, Membership>, StoreError> {
        let mut select = self.db.prepare_cached(
            "SELECT claim.number & 65535, member.proposition, proposition.n_origins FROM claim
             JOIN member ON member.claim = claim.number JOIN proposition ON proposition.number = member.proposition
             WHERE claim.document = ?1",
        )?;
        let rows = select.query_map([document as i64], |row| {
            let origins: i64 = row.get(2)?;
            let membership =
                Membership { proposition: row.get(1)?, origins: u16::try_from(origins).unwrap_or(u16::MAX) };
            Ok((row.get(0)?, membership))
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}
