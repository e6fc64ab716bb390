//! When a document was published.

use jiff::civil::Date;

use crate::value::Unit;

/// When a document was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The day, or the first day of the month or year.
    pub date: Date,
    /// How precise `date` is.
    pub grain: Unit,
    /// Hour, minute, second, when known.
    pub time: Option<(i8, i8, i8)>,
}

impl Reference {
    /// A publication day.
    pub fn day(date: Date) -> Self {
        Self { date, grain: Unit::Day, time: None }
    }

    /// Reads an EDTF date or date and time: `2025`, `2025-01`, `2025-01-08`, `2025-01-08T10:30:00Z`.
    pub fn parse(edtf: &str) -> Option<Self> {
        let edtf = edtf.trim_end_matches(['~', '?', '%']);
        let (date, time) = edtf.split_once('T').map_or((edtf, None), |(date, time)| (date, Some(time)));
        let mut parts = date.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(|m| m.parse().ok());
        let day = parts.next().map(|d| d.parse().ok());
        let grain = match (month, day) {
            (None, _) => Unit::Year,
            (_, None) => Unit::Month,
            _ => Unit::Day,
        };
        let date = Date::new(year, month.unwrap_or(Some(1))?, day.unwrap_or(Some(1))?).ok()?;
        let time = time.and_then(|time| {
            let mut parts =
                time.get(..8).unwrap_or(time).split(':').map(|part| part.get(..2).and_then(|p| p.parse().ok()));
            Some((parts.next()??, parts.next().flatten().unwrap_or(0), parts.next().flatten().unwrap_or(0)))
        });
        Some(Self { date, grain, time })
    }
}
