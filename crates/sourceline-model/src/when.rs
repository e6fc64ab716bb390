//! Time expressions. Values are EDTF (ISO 8601-2:2019), durations ISO 8601.

use crate::{Byte, Span};

/// Kind of a time expression (TIMEX3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexKind {
    /// A day or anything coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that repeats.
    Set,
}

/// How a time was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeBasis {
    /// The words say it in full.
    Stated,
    /// Relative to the publication date or a date in the text.
    Relative,
    /// Worked out from order, tense or context.
    Inferred,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Its words.
    pub span: Span<Byte>,
    /// Its kind.
    pub kind: TimexKind,
    /// EDTF or ISO 8601 duration; `None` when open.
    pub value: Option<String>,
    /// How `value` was found.
    pub basis: TimeBasis,
}
