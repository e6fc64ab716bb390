//! Events along an axis of days, one row each.

use crate::svg::{Svg, cut};

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineRow {
    /// First and last possible day, as days since 1970-01-01.
    pub days: (i32, i32),
    /// What is shown for the date: `2024-11-27`, `2024-12`.
    pub date: String,
    /// What happened.
    pub label: String,
    /// Whether it is put as a fact; otherwise its mark is hollow.
    pub asserted: bool,
    /// Number of independent origins.
    pub origins: u16,
}

const ROW: f64 = 24.0;
const AXIS: f64 = 360.0;
const LEFT: f64 = 20.0;

/// Most rows drawn; more would be no picture any more.
const MAX_ROWS: usize = 200;

/// A day since 1970-01-01 as text (Hinnant, "chrono-compatible low-level date algorithms").
fn day(day: i32) -> String {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}")
}

/// Draws a timeline. Rows beyond the 200th are not drawn, and the picture says so.
pub fn timeline_svg(title: &str, rows: &[TimelineRow]) -> String {
    let shown = &rows[..rows.len().min(MAX_ROWS)];
    let first = shown.iter().map(|row| row.days.0).min().unwrap_or(0);
    let last = shown.iter().map(|row| row.days.1).max().unwrap_or(0).max(first + 1);
    let x = |day: i32| LEFT + AXIS * f64::from(day - first) / f64::from(last - first);
    let height = 60.0 + ROW * (shown.len() + 1) as f64;
    let mut svg = Svg::new(1180.0, height);
    svg.text(LEFT, 20.0, "head", "start", title);
    if !shown.is_empty() {
        svg.text(LEFT, 38.0, "faint small", "start", &day(first));
        svg.text(LEFT + AXIS, 38.0, "faint small", "end", &day(last));
    }
    for (at, row) in shown.iter().enumerate() {
        let y = 56.0 + ROW * at as f64;
        svg.line((LEFT, y), (LEFT + AXIS, y), "grid", "");
        let (from, to) = (x(row.days.0), x(row.days.1));
        let class = if row.asserted { "mark" } else { "good" };
        if to - from > 3.0 {
            svg.raw(&format!(
                r#"<rect x="{from:.1}" y="{:.1}" width="{:.1}" height="8" rx="4" class="{class}"/>"#,
                y - 4.0,
                to - from
            ));
        } else {
            svg.raw(&format!(r#"<circle cx="{from:.1}" cy="{y:.1}" r="5" class="{class}"/>"#));
        }
        svg.text(LEFT + AXIS + 20.0, y + 4.5, "faint", "start", &row.date);
        let origins = if row.origins == 1 { "1 origin".to_owned() } else { format!("{} origins", row.origins) };
        svg.text(LEFT + AXIS + 180.0, y + 4.5, "ink", "start", &format!("{} ({origins})", cut(&row.label, 75)));
    }
    if rows.len() > shown.len() {
        let y = 60.0 + ROW * shown.len() as f64;
        svg.text(LEFT, y, "faint", "start", &format!("{} later events are not drawn", rows.len() - shown.len()));
    }
    svg.finish(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        assert_eq!([0, -1, 19_782, 20_089].map(day), ["1970-01-01", "1969-12-31", "2024-02-29", "2025-01-01"]);
    }
}
