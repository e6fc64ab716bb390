//! EDTF dates as days, as far as comparing them needs.

use crate::WhenRecord;

/// Days since 1970-01-01 of a day of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i32, month: u32, day: u32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = (month as i32 + 9) % 12;
    let doy = (153 * mp + 2) / 5 + day as i32 - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

fn point(edtf: &str) -> Option<(i32, i32)> {
    let text: String = edtf.chars().filter(|c| !matches!(c, '?' | '~' | '%')).collect();
    let date = text.split('T').next().unwrap_or("");
    let mut parts = date.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month = parts.next().and_then(|m| m.parse::<u32>().ok());
    let day = parts.next().and_then(|d| d.parse::<u32>().ok());
    Some(match (month, day) {
        (Some(m @ 1..=12), Some(d @ 1..=31)) => (days(year, m, d), days(year, m, d)),
        (Some(12), None) => (days(year, 12, 1), days(year, 12, 31)),
        (Some(m @ 1..=11), None) => (days(year, m, 1), days(year, m + 1, 1) - 1),
        _ => (days(year, 1, 1), days(year, 12, 31)),
    })
}

/// The days that an EDTF date or interval covers; `None` when it cannot be read or is open on both sides.
pub fn day_range(edtf: &str) -> Option<WhenRecord> {
    let when = match edtf.split_once('/') {
        Some((from, to)) => WhenRecord { from: point(from).map(|p| p.0), to: point(to).map(|p| p.1) },
        None => point(edtf).map(|(from, to)| WhenRecord { from: Some(from), to: Some(to) })?,
    };
    (when.from.is_some() || when.to.is_some()).then_some(when)
}

/// The first day that an EDTF date covers.
pub fn first_day(edtf: &str) -> Option<i32> {
    day_range(edtf).and_then(|when| when.from)
}

/// Whether two times cannot be one: both bounded where it matters and no day in common.
pub(crate) fn apart(a: &WhenRecord, b: &WhenRecord) -> bool {
    let before = |x: &WhenRecord, y: &WhenRecord| matches!((x.to, y.from), (Some(to), Some(from)) if to < from);
    before(a, b) || before(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epoch_and_leap_day() {
        assert_eq!(first_day("1970-01-01"), Some(0));
        assert_eq!(first_day("2024-03-01").unwrap() - first_day("2024-02-29").unwrap(), 1);
    }

    #[test]
    fn intervals_and_months() {
        let when = day_range("2024-12/..").unwrap();
        assert_eq!((when.from, when.to), (first_day("2024-12-01"), None));
        assert!(day_range("unknown").is_none());
        let apart = |a, b| apart(&day_range(a).unwrap(), &day_range(b).unwrap());
        assert!(!apart("2024", "2024-09-05"));
        assert!(apart("2024-09-05", "2024-09-13"));
        assert!(!apart("2024-12/..", "2025-06"));
    }
}
