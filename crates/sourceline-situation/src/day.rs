//! Days, and the days between which an EDTF value lies.
//!
//! Covers EDTF level 0 and 1 and the parts of level 2 that the time layer writes (ISO 8601-2:2019): years, months, days, times, seasons,
//! decades (`197X`), centuries (`19XX`), qualifiers (`~ ? %`), intervals with open ends.

use jiff::civil::Date;

/// Days since 1970-01-01, proleptic Gregorian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// What is wrong with a date given by a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is no date; write it as 2024-11-27, 2024-11 or 2024")]
pub struct ParseDayError {
    /// What was given.
    pub given: String,
}

impl Day {
    /// The day of a civil date.
    pub fn from_date(date: Date) -> Self {
        let epoch = Date::constant(1970, 1, 1);
        // Two dates of the civil calendar are at most 20,000 years apart: the number of days fits.
        Self(epoch.until(date).map_or(0, |span| span.get_days()))
    }

    /// The last day that an EDTF value may mean: what "as of 2024-11" stands for.
    ///
    /// # Errors
    /// When `edtf` is no date or has no end.
    pub fn as_of(edtf: &str) -> Result<Self, ParseDayError> {
        Bounds::parse(edtf).and_then(|bounds| bounds.latest).ok_or_else(|| ParseDayError { given: edtf.to_owned() })
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(self.0));
        match date {
            Ok(date) => write!(f, "{date}"),
            Err(_) => write!(f, "day {}", self.0),
        }
    }
}

/// The first and the last day that a value may mean; `None` where it is open or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Bounds {
    /// First possible day.
    pub earliest: Option<Day>,
    /// Last possible day.
    pub latest: Option<Day>,
}

impl Bounds {
    /// One day.
    pub const fn day(day: Day) -> Self {
        Self { earliest: Some(day), latest: Some(day) }
    }

    /// Reads an EDTF value; `None` when it is none. A reversed interval is put in order.
    pub fn parse(edtf: &str) -> Option<Self> {
        let edtf = edtf.trim().trim_matches(['[', ']', '{', '}']);
        if let Some((from, to)) =
            edtf.split_once('/').or_else(|| edtf.split_once("..").filter(|(a, b)| !a.is_empty() || !b.is_empty()))
        {
            let from = Self::end_of_interval(from)?;
            let to = Self::end_of_interval(to)?;
            if from.earliest.is_none() && to.latest.is_none() {
                return None;
            }
            return Some(Self { earliest: from.earliest, latest: to.latest }.ordered());
        }
        Self::single(edtf)
    }

    fn end_of_interval(part: &str) -> Option<Self> {
        if matches!(part, "" | "..") { Some(Self::default()) } else { Self::single(part) }
    }

    fn ordered(self) -> Self {
        match (self.earliest, self.latest) {
            (Some(a), Some(b)) if b < a => Self { earliest: Some(b), latest: Some(a) },
            _ => self,
        }
    }

    fn single(part: &str) -> Option<Self> {
        let date = part.split('T').next()?;
        let date = date.trim_start_matches(['~', '?', '%', 'Y']).trim_end_matches(['~', '?', '%']);
        let (negative, digits) = date.strip_prefix('-').map_or((false, date), |rest| (true, rest));
        let mut parts = digits.split('-').map(|piece| piece.trim_matches(['~', '?', '%']));
        let year =
            parts.next().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit() || b == b'X'))?;
        let (low, high) = (number(year, '0')?, number(year, '9')?);
        let (low, high) = if negative { (-high, -low) } else { (low, high) };
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        Self::calendar(low, high, month, day)
    }

    fn calendar(low: i32, high: i32, month: Option<&str>, day: Option<&str>) -> Option<Self> {
        let (first, last) = match month {
            None => (1, 12),
            Some(month) => {
                let (a, b) = (number(month, '0')?, number(month, '9')?);
                match a {
                    21..=41 if a == b => return season(low, a),
                    _ => (a.clamp(1, 12), b.clamp(1, 12)),
                }
            }
        };
        if month.is_some_and(|m| number(m, '0').is_some_and(|n| n > 12 || (n == 0 && !m.contains('X')))) {
            return None;
        }
        let begin = civil(low, first, day.map_or(Some(1), |d| number(d, '0'))?.max(1))?;
        let end_of_month = civil(high, last, 1)?.last_of_month();
        let end = match day {
            None => end_of_month,
            Some(day) => civil(high, last, number(day, '9')?.min(i32::from(end_of_month.day())))?,
        };
        if day.is_some_and(|d| number(d, '0').is_some_and(|n| n > 31 || (n == 0 && !d.contains('X')))) {
            return None;
        }
        Some(Self { earliest: Some(Day::from_date(begin)), latest: Some(Day::from_date(end)) })
    }

    /// Whether the two may mean the same day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<Day>, start: Option<Day>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }
}

fn number(digits: &str, unknown: char) -> Option<i32> {
    let filled: String = digits.chars().map(|c| if c == 'X' { unknown } else { c }).collect();
    (!filled.is_empty() && filled.bytes().all(|b| b.is_ascii_digit())).then(|| filled.parse().ok()).flatten()
}

fn civil(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Seasons 21-24 (also 25-28 northern, 29-32 southern), quarters 33-36, quadrimesters 37-39, halves 40-41.
fn season(year: i32, code: i32) -> Option<Bounds> {
    let (first, months) = match code {
        21 | 25 => (3, 3),
        22 | 26 => (6, 3),
        23 | 27 => (9, 3),
        24 | 28 => (12, 3),
        29 => (9, 3),
        30 => (12, 3),
        31 => (3, 3),
        32 => (6, 3),
        33..=36 => ((code - 33) * 3 + 1, 3),
        37..=39 => ((code - 37) * 4 + 1, 4),
        40 | 41 => ((code - 40) * 6 + 1, 6),
        _ => return None,
    };
    let begin = civil(year, first, 1)?;
    let last = first + months - 1;
    let end = civil(year + (last - 1) / 12, (last - 1) % 12 + 1, 1)?.last_of_month();
    Some(Bounds { earliest: Some(Day::from_date(begin)), latest: Some(Day::from_date(end)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edtf: &str, expected: &str) {
        let shown = Bounds::parse(edtf).map_or("none".to_owned(), |bounds| {
            let show = |day: Option<Day>| day.map_or("..".to_owned(), |day| day.to_string());
            format!("{} {}", show(bounds.earliest), show(bounds.latest))
        });
        assert_eq!(shown, expected, "{edtf}");
    }

    #[test]
    fn reads_single_values() {
        check("2024-12-08", "2024-12-08 2024-12-08");
        check("2024-12-08T10:30:00Z", "2024-12-08 2024-12-08");
        check("2024-02", "2024-02-01 2024-02-29");
        check("2011~", "2011-01-01 2011-12-31");
        check("201X", "2010-01-01 2019-12-31");
        check("2024-XX-08", "2024-01-08 2024-12-08");
        check("2024-21", "2024-03-01 2024-05-31");
        check("2024-24", "2024-12-01 2025-02-28");
        check("2023-36", "2023-10-01 2023-12-31");
    }

    #[test]
    fn reads_intervals_with_open_ends() {
        check("2024-12/2025-01", "2024-12-01 2025-01-31");
        check("2024-12/..", "2024-12-01 ..");
        check("../2025-01-07", ".. 2025-01-07");
        check("2025-03-01/2024-12-05", "2024-12-05 2025-03-01");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for junk in ["", "..", "../..", "soon", "2024-13", "2024-00", "2024-02-00", "20245", "P11D", "2024-1-1-1", "/"]
        {
            assert_eq!(Bounds::parse(junk), None, "{junk}");
        }
    }

    #[test]
    fn counts_days_from_1970() {
        assert_eq!(Day::as_of("1970-01-02").unwrap(), Day(1));
        assert_eq!(Day(-1).to_string(), "1969-12-31");
        assert!(Day::as_of("2024/..").is_err());
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_is_ordered(text in "[0-9XTYP~?%/.\\-]{0,24}") {
            if let Some(Bounds { earliest: Some(a), latest: Some(b) }) = Bounds::parse(&text) {
                proptest::prop_assert!(a <= b);
            }
        }
    }
}
