//! Half-open ranges with their unit in the type.

use std::marker::PhantomData;

/// Unit of a [`Span`] over the UTF-8 bytes of the cleaned text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Byte;

/// Unit of a [`Span`] over the tokens (UD words) of an [`crate::Analysis`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tok;

/// A half-open range `[start, end)` of `Unit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span<Unit = Byte> {
    /// First position inside.
    pub start: usize,
    /// First position after.
    pub end: usize,
    unit: PhantomData<Unit>,
}

impl<Unit> Span<Unit> {
    /// Makes the range `[start, end)`.
    ///
    /// # Panics
    /// In debug builds, when `end < start`.
    pub const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end, unit: PhantomData }
    }

    /// Number of units inside.
    pub const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is inside.
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `position` is inside.
    pub const fn contains(&self, position: usize) -> bool {
        self.start <= position && position < self.end
    }

    /// Whether all of `other` is inside.
    pub const fn covers(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one unit.
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The range as the standard library's type, for slicing.
    pub const fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// The smallest range that covers both.
    pub fn join(&self, other: &Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}
