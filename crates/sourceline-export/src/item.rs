//! What is exported: a reading with what corroboration found of its claims.

use std::collections::BTreeMap;

use sourceline_wire::Reading;

/// What the store knows of a claim beyond its document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimStanding {
    /// The proposition it belongs to.
    pub proposition: String,
    /// Names of the independent origins behind that proposition.
    pub origins: Vec<String>,
    /// Propositions that cannot be so as well.
    pub contradicts: Vec<String>,
}

/// One document to export.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Its reading.
    pub reading: &'a Reading,
    /// By claim id (`c1`), what the store knows of it; claims that are not grouped are absent.
    pub standings: &'a BTreeMap<String, ClaimStanding>,
}
