//! What the words of a time expression say, before it is known when they are said.

use crate::grammar::shares::Bound;
use crate::value::{Clock, Count, Part, Season, Unit, Vague};

/// Which of several is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Dir {
    /// "Monday": tense and context tell.
    #[default]
    Plain,
    /// "last Monday".
    Last,
    /// "this Monday".
    This,
    /// "next Monday".
    Next,
    /// "the following Monday": counted from the time the text tells of.
    After,
    /// "the previous March".
    Before,
}

/// From when a relative expression is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// From the time of writing.
    Speech,
    /// From the time that the text tells of.
    Text,
}

/// Parts of a calendar date as far as the words give them. Years are astronomical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DateSpec {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub weekday: Option<i8>,
    pub dir: Dir,
    /// Day and month are both at most 12 and written in figures: which is which depends on the place.
    pub swappable: bool,
}

/// What the words of a time expression say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    Date(DateSpec),
    /// "'98": the century is open.
    ShortYear(i16),
    /// Year divided by ten; two-digit when `full` is false.
    Decade {
        tens: i16,
        full: bool,
    },
    Century(i16),
    Season(Season, Option<i16>, Dir),
    Quarter(i8, Option<i16>, Dir),
    Half(i8, Option<i16>, Dir),
    /// Index in the holiday list.
    Holiday(usize, Option<i16>, Dir),
    /// "last year": the unit that many away.
    Unit {
        unit: Unit,
        offset: i64,
        frame: Frame,
    },
    /// "three days ago".
    Shift {
        count: Count,
        unit: Unit,
        sign: i64,
        frame: Frame,
        from: Option<Box<Expr>>,
    },
    /// "yesterday".
    Day(i64),
    /// "March of that year": a date without a year in an expression that has one.
    Of(Box<Expr>, Box<Expr>),
    Part(Part, Option<Box<Expr>>),
    Clock(Clock, Option<Box<Expr>>),
    Duration(Vec<(Count, Unit)>),
    Set(String),
    Vague(Vague),
    /// "at that time".
    Same,
    About(Box<Expr>),
    /// "the last week of July": `count` units from the `nth` on (from the end when negative; 0: the one that holds `of`).
    Share {
        nth: i64,
        count: i64,
        unit: Unit,
        of: Box<Expr>,
    },
    /// "the next ten days" as a stretch of the calendar.
    Span {
        count: Count,
        unit: Unit,
        sign: i64,
        today: bool,
        from: Option<Box<Expr>>,
    },
    /// "after 2018" as a stretch of the calendar.
    Bound(Bound, Box<Expr>),
}

impl Expr {
    /// Whether the words alone give the value.
    pub fn is_stated(&self) -> bool {
        match self {
            Self::Date(spec) => spec.year.is_some(),
            Self::Decade { full, .. } => *full,
            Self::Season(_, year, _) | Self::Quarter(_, year, _) | Self::Half(_, year, _) => year.is_some(),
            Self::Holiday(_, year, _) => year.is_some(),
            Self::Century(_) | Self::Duration(_) | Self::Set(_) => true,
            Self::Part(_, day) | Self::Clock(_, day) => day.as_ref().is_some_and(|day| day.is_stated()),
            Self::About(inner) | Self::Bound(_, inner) => inner.is_stated(),
            Self::Share { of, .. } => of.is_stated(),
            Self::Span { .. } => false,
            Self::Shift { from, .. } => from.as_ref().is_some_and(|from| from.is_stated()),
            Self::Of(_, outer) => outer.is_stated(),
            Self::ShortYear(_) | Self::Unit { .. } | Self::Day(_) | Self::Vague(_) | Self::Same => false,
        }
    }

    /// Gives `year` to a date that has none; false when it cannot take one.
    pub fn set_year(&mut self, year: i16) -> bool {
        let slot = match self {
            Self::Date(spec) if spec.weekday.is_none() || spec.month.is_some() => &mut spec.year,
            Self::Season(_, slot, _) | Self::Quarter(_, slot, _) | Self::Half(_, slot, _) => slot,
            Self::Holiday(_, slot, _) => slot,
            Self::Part(_, Some(day)) | Self::Clock(_, Some(day)) | Self::About(day) => return day.set_year(year),
            _ => return false,
        };
        let free = slot.is_none();
        if free {
            *slot = Some(year);
        }
        free
    }

    /// The year the words give.
    pub fn year(&self) -> Option<i16> {
        match self {
            Self::Date(spec) => spec.year,
            Self::Season(_, year, _) | Self::Quarter(_, year, _) | Self::Half(_, year, _) => *year,
            Self::Holiday(_, year, _) => *year,
            Self::Part(_, Some(day)) | Self::Clock(_, Some(day)) | Self::About(day) => day.year(),
            Self::Of(_, outer) => outer.year(),
            _ => None,
        }
    }
}
