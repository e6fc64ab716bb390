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
    /// How many claims, reports and outlets carry that proposition.
    pub carried: Carried,
}

/// How often a proposition is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carried {
    /// Claims.
    pub claims: usize,
    /// Reports.
    pub reports: usize,
    /// Outlets.
    pub outlets: usize,
}

/// One document to export.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Its reading.
    pub reading: &'a Reading,
    /// By claim id (`c1`), what the store knows of it; claims that are not grouped are absent.
    pub standings: &'a BTreeMap<String, ClaimStanding>,
}

impl Item<'_> {
    /// The way back to the report: its address, else what was given to be read.
    pub fn address(&self) -> &str {
        let document = &self.reading.document;
        document.url.as_deref().unwrap_or(&document.input)
    }

    /// Name of the outlet; empty when unknown.
    pub fn outlet(&self) -> &str {
        self.reading.document.outlet.as_ref().map_or("", |outlet| &outlet.name)
    }
}
