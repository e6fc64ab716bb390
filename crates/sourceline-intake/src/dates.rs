//! Publication dates to EDTF. A date that can be read in two ways is no date.

use sourceline_model::{Basis, Published};

/// Names of the months by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Years that a report may carry.
const YEARS: std::ops::RangeInclusive<u32> = 1700..=2199;

/// Reads a date as pages and people write it and gives it as EDTF, as precise as it is: `2025`, `2025-01`, `2025-01-08`,
/// `2025-01-08T10:30:00+02:00`. EDTF with qualifiers or intervals (`2025-01~`, `2024-12/2025-01`) is kept. `None` when it is none.
pub fn edtf(written: &str) -> Option<String> {
    let written = written.trim();
    iso(written).or_else(|| qualified(written)).or_else(|| in_words(written)).or_else(|| in_figures(written))
}

/// The date in the path of an address: `/2025/01/08/`, `/2025/01/`, `/2025-01-08-…`.
pub fn date_in_path(url: &str) -> Option<Published> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let number = |part: Option<&&str>, digits: usize| {
        part.filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse().ok())
    };
    let found = parts.iter().enumerate().find_map(|(at, part)| {
        let year = number(Some(part), 4).filter(|year| (1990..=2100).contains(year));
        if let Some(year) = year {
            let month = number(parts.get(at + 1), 2)?;
            return match number(parts.get(at + 2), 2) {
                Some(day) => day_edtf(year, month, day),
                None => month_edtf(year, month),
            };
        }
        let day = part
            .get(..10)
            .filter(|day| day.as_bytes()[4] == b'-' && part.as_bytes().get(10).is_none_or(|&next| next == b'-'))?;
        iso(day)
    })?;
    Some(Published { edtf: found, basis: Basis::Inferred })
}

/// ISO 8601 dates and times.
fn iso(written: &str) -> Option<String> {
    let (date, time) = match written.find(['T', 't', ' ']) {
        Some(at) => (&written[..at], Some(written[at + 1..].trim())),
        None => (written, None),
    };
    let parts: Vec<&str> = if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&date[..4], &date[4..6], &date[6..]]
    } else {
        date.split(['-', '/']).collect()
    };
    let numbers: Vec<u32> = parts.iter().map(|part| digits(part)).collect::<Option<_>>()?;
    if parts[0].len() != 4 || parts[1..].iter().any(|part| part.len() > 2) {
        return None;
    }
    let day = match numbers[..] {
        [year] if YEARS.contains(&year) => format!("{year:04}"),
        [year, month] => month_edtf(year, month)?,
        [year, month, day] => day_edtf(year, month, day)?,
        _ => return None,
    };
    match time {
        None => Some(day),
        Some(time) if numbers.len() == 3 => Some(with_time(day, clock(time)?)),
        Some(_) => None,
    }
}

/// EDTF that [`iso`] does not know: qualifiers, unspecified digits, intervals.
fn qualified(written: &str) -> Option<String> {
    if let Some((begin, end)) = written.split_once('/') {
        let side = |side: &str| matches!(side, "" | "..") || iso(side).is_some() || qualified(side).is_some();
        return (side(begin) && side(end) && (begin.len() > 2 || end.len() > 2)).then(|| written.to_owned());
    }
    if let Some(plain) = written.strip_suffix(['?', '~', '%']) {
        return iso(plain).map(|date| format!("{date}{}", &written[plain.len()..]));
    }
    let bytes = written.as_bytes();
    let shaped = matches!(bytes.len(), 4 | 7 | 10)
        && bytes.contains(&b'X')
        && bytes
            .iter()
            .enumerate()
            .all(|(at, &byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() || byte == b'X' });
    shaped.then(|| written.to_owned())
}

/// `Wed, 08 Jan 2025 10:30:00 +0200`, `8 January 2025`, `January 8, 2025, 10:30 AM`, `Jan. 2025`; words such as "Published on" may stand before.
fn in_words(written: &str) -> Option<String> {
    let words: Vec<&str> =
        written.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let month_number = month(words[at])?;
    let day_of = |word: &str| {
        digits(word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th"))
    };
    let year_at = |at: usize| words.get(at).and_then(|word| digits(word)).filter(|year| YEARS.contains(year));
    let before = at.checked_sub(1).and_then(|at| day_of(words[at])).filter(|day| (1..=31).contains(day));
    let after = words.get(at + 1).and_then(|word| day_of(word)).filter(|day| (1..=31).contains(day));
    let (day, year, first, rest) = match (before, year_at(at + 1), after, year_at(at + 2)) {
        (Some(day), Some(year), ..) => (Some(day), year, at - 1, at + 2),
        (_, _, Some(day), Some(year)) => (Some(day), year, at, at + 3),
        (None, Some(year), ..) => (None, year, at, at + 2),
        _ => return None,
    };
    if !words[..first].iter().all(|word| is_preface(word)) {
        return None;
    }
    let rest = words[rest..].join(" ");
    let rest = rest.trim_start_matches("at ").trim_start_matches(['-', '–', '—', '|', '·', ' ']);
    match day {
        None => rest.is_empty().then(|| month_edtf(year, month_number)).flatten(),
        Some(day) => {
            let day = day_edtf(year, month_number, day)?;
            if rest.is_empty() { Some(day) } else { clock(rest).map(|time| with_time(day, time)) }
        }
    }
}

/// Words that stand before a date: weekdays, "Published on", "Posted:", "Date".
fn is_preface(word: &str) -> bool {
    const PREFACES: [&str; 16] = [
        "published",
        "posted",
        "on",
        "date",
        "issued",
        "released",
        "first",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
    ];
    let word = word.trim_end_matches([':', '.', ',']).to_lowercase();
    PREFACES.contains(&word.as_str()) || word == "sun" || word == "the" || word.ends_with("day") || word.is_empty()
}

/// `08.01.2025`, `25/12/2024`, `12/25/2024`; with slashes only when the order cannot be mistaken.
fn in_figures(written: &str) -> Option<String> {
    let dotted = written.contains('.');
    let parts: Vec<u32> = written.split(['.', '/', '-']).map(digits).collect::<Option<_>>()?;
    match parts[..] {
        [day, month, year] if dotted || day > 12 || day == month => day_edtf(year, month, day),
        [month, day, year] if day > 12 => day_edtf(year, month, day),
        _ => None,
    }
}

/// A time of day with its offset: `10:30`, `10:30:00.123Z`, `10:30 +0200`, `6:05 PM`, `18:25 GMT`.
fn clock(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let split = lower.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(lower.len());
    let (time, mut rest) = (lower[..split].trim_end_matches('.'), lower[split..].trim());
    let parts: Vec<u32> = time.split('.').next()?.split(':').map(digits).collect::<Option<_>>()?;
    let (mut hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second.min(59)),
        _ => return None,
    };
    for (mark, noon) in [("a.m.", 0), ("am", 0), ("p.m.", 12), ("pm", 12)] {
        if let Some(after) = rest.strip_prefix(mark) {
            hour = hour % 12 + noon;
            rest = after.trim();
        }
    }
    if hour > 23 || minute > 59 {
        return None;
    }
    Some(format!("T{hour:02}:{minute:02}:{second:02}{}", offset(rest)?))
}

/// An offset from UTC as EDTF writes it; empty when none is given.
fn offset(written: &str) -> Option<String> {
    let written = written.trim_start_matches('(').trim_end_matches(')');
    match written {
        "" => return Some(String::new()),
        "z" | "gmt" | "utc" | "+0000" | "+00:00" | "-0000" | "ut" => return Some("Z".to_owned()),
        _ => {}
    }
    let (sign, figures) = written
        .strip_prefix('+')
        .map(|rest| ('+', rest))
        .or_else(|| written.strip_prefix('-').map(|rest| ('-', rest)))?;
    let figures: String = figures.split_whitespace().next()?.chars().filter(|c| *c != ':').collect();
    let number = digits(&figures)?;
    let (hours, minutes) = if figures.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    (hours <= 14 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

/// A day with a time; midnight to the second is how systems write a day without one.
fn with_time(day: String, time: String) -> String {
    if time.starts_with("T00:00:00") { day } else { day + &time }
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let known = |at: usize| word == MONTHS[at] || word == FULL[at] || (at == 8 && word == "sept");
    (0..12u32).find(|&at| known(at as usize)).map(|at| at + 1)
}

fn digits(word: &str) -> Option<u32> {
    (!word.is_empty() && word.len() <= 6 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}

fn month_edtf(year: u32, month: u32) -> Option<String> {
    (YEARS.contains(&year) && (1..=12).contains(&month)).then(|| format!("{year:04}-{month:02}"))
}

fn day_edtf(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    month_edtf(year, month).filter(|_| (1..=days).contains(&day)).map(|month| format!("{month}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for (written, expected) in [
            ("2025", "2025"),
            ("2025-01", "2025-01"),
            ("2025-01-08", "2025-01-08"),
            ("2025/1/8", "2025-01-08"),
            ("20250108", "2025-01-08"),
            ("2025-01-08T10:30:00+02:00", "2025-01-08T10:30:00+02:00"),
            ("2025-01-08T10:30:00.123Z", "2025-01-08T10:30:00Z"),
            ("2025-01-08 10:30:00 UTC", "2025-01-08T10:30:00Z"),
            ("2025-01-08T00:00:00+03:00", "2025-01-08"),
            ("Wed, 08 Jan 2025 10:30:00 +0200", "2025-01-08T10:30:00+02:00"),
            ("January 8, 2025", "2025-01-08"),
            ("8th January 2025", "2025-01-08"),
            ("Published on Jan. 8, 2025, 6:05 PM", "2025-01-08T18:05:00"),
            ("Wednesday 8 January 2025 18:25 GMT", "2025-01-08T18:25:00Z"),
            ("Sept 2024", "2024-09"),
            ("08.01.2025", "2025-01-08"),
            ("25/12/2024", "2024-12-25"),
            ("2025-01~", "2025-01~"),
            ("202X", "202X"),
            ("2024-12/2025-01", "2024-12/2025-01"),
            ("2024-12/..", "2024-12/.."),
        ] {
            assert_eq!(edtf(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_is_no_date_stays_unknown() {
        for written in [
            "",
            "unknown",
            "yesterday",
            "8 January",
            "01/02/2025",
            "2025-13-01",
            "2025-02-30",
            "1234567",
            "10:30",
            "Updated 8 January 2025",
            "He was born on 8 January 1990 in Orsa",
            "/",
            "../..",
            "31.02.2024",
            "May",
        ] {
            assert_eq!(edtf(written), None, "{written}");
        }
    }

    #[test]
    fn dates_in_addresses_are_inferred() {
        let date = |url: &str| date_in_path(url).map(|published| published.edtf);
        assert_eq!(date("https://a.example/2025/01/08/story").as_deref(), Some("2025-01-08"));
        assert_eq!(date("https://a.example/news/2025/01/story").as_deref(), Some("2025-01"));
        assert_eq!(date("https://a.example/live/2025-01-07").as_deref(), Some("2025-01-07"));
        assert_eq!(date("https://a.example/2025-01-07-story").as_deref(), Some("2025-01-07"));
        assert_eq!(date("https://a.example/2025/story/1234/56"), None);
        assert_eq!(date("https://a.example/id/2025010812"), None);
    }
}
