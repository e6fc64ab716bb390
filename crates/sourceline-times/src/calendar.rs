//! Holidays and the arithmetic of days.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use crate::value::{Value, add_days};

/// When a holiday falls.
#[derive(Debug, Clone, Copy)]
enum Rule {
    Fixed {
        month: i8,
        day: i8,
    },
    /// The n-th weekday of a month (the last for -1), moved by days.
    Nth {
        month: i8,
        weekday: i8,
        n: i8,
        more: i64,
    },
    /// Days from Easter Sunday.
    Easter(i64),
    /// Days from the Easter Sunday of the Eastern churches.
    Orthodox(i64),
    /// Month and day of the Islamic calendar.
    Islamic {
        month: i64,
        day: i64,
    },
    /// Days from the Jewish new year that falls in the year.
    Jewish(i64),
    /// The 25th of Kislev.
    Hanukkah,
}

struct Holiday {
    words: Vec<&'static str>,
    rule: Rule,
    days: i64,
    /// Whether other countries keep it on other days.
    national: bool,
}

static HOLIDAYS: LazyLock<Vec<Holiday>> =
    LazyLock::new(|| include_str!("../../../data/times/holidays.tsv").lines().filter_map(holiday).collect());

/// Holidays by their first word.
static BY_WORD: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut map: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (index, holiday) in HOLIDAYS.iter().enumerate() {
        map.entry(holiday.words[0]).or_default().push(index);
    }
    map
});

/// The holiday whose words `word_at(0)`, `word_at(1)`, … are, the longest if several fit, and its number of words.
pub(crate) fn holiday_at(word_at: impl Fn(usize) -> Option<String>) -> Option<(usize, usize)> {
    let first = word_at(0)?;
    let fits = |index: &&usize| {
        HOLIDAYS[**index].words.iter().enumerate().skip(1).all(|(i, word)| word_at(i).as_deref() == Some(*word))
    };
    let index = BY_WORD.get(first.as_str())?.iter().filter(fits).max_by_key(|index| HOLIDAYS[**index].words.len())?;
    Some((*index, HOLIDAYS[*index].words.len()))
}

/// The date of holiday `index` in `year`.
pub(crate) fn holiday_date(index: usize, year: i16) -> Option<Date> {
    match HOLIDAYS.get(index)?.rule {
        Rule::Fixed { month, day } => Date::new(year, month, day).ok(),
        Rule::Nth { month, weekday, n, more } => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            add_days(Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()?, more)
        }
        Rule::Easter(days) => add_days(easter(year)?, days),
        Rule::Orthodox(days) => add_days(orthodox_easter(year)?, days),
        Rule::Islamic { month, day } => islamic(year, month, day),
        Rule::Jewish(days) => add_days(jewish_new_year(year)?, days),
        Rule::Hanukkah => {
            let first = jewish_new_year(year)?;
            let length = (jewish_new_year(year.checked_add(1)?)? - first).get_days();
            // A year of 355 or 385 days has a day more in Heshvan.
            add_days(first, 83 + i64::from(length % 10 == 5))
        }
    }
}

/// Whether the words alone do not tell which day holiday `index` is: each state has an Independence Day of its own.
pub(crate) fn is_national(index: usize) -> bool {
    HOLIDAYS.get(index).is_some_and(|holiday| holiday.national)
}

/// What holiday `index` of `year` stands for: its day, or all of its days. Days of the Islamic calendar hang on the
/// sighting of the moon and are about.
pub(crate) fn holiday_value(index: usize, year: i16) -> Option<Value> {
    let holiday = HOLIDAYS.get(index)?;
    let first = holiday_date(index, year)?;
    let day = |date: Date| match holiday.rule {
        Rule::Islamic { .. } => Value::About(Box::new(Value::Day(date))),
        _ => Value::Day(date),
    };
    if holiday.days == 1 {
        return Some(day(first));
    }
    let last = add_days(first, holiday.days - 1)?;
    Some(Value::Interval(Some(Box::new(day(first))), Some(Box::new(day(last)))))
}

/// Easter Sunday of the Julian calendar, in the Gregorian one (Meeus, "Astronomical Algorithms", chapter 8).
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()?;
    add_days(julian, i64::from(y / 100 - y / 400 - 2))
}

/// Days from 1 January 2000.
fn since_2000(days: i64) -> Option<Date> {
    add_days(Date::new(2000, 1, 1).ok()?, days)
}

/// The first such day in `year`, by the tabular Islamic calendar (Reingold and Dershowitz, "Calendrical Calculations", chapter 7).
fn islamic(year: i16, month: i64, day: i64) -> Option<Date> {
    let near = (i64::from(year) - 622) * 33 / 32;
    (near - 1..=near + 2).find_map(|y| {
        let days = day + (59 * (month - 1) + 1) / 2 + (y - 1) * 354 + (3 + 11 * y).div_euclid(30);
        since_2000(days - 503_106).filter(|date| date.year() == year)
    })
}

/// The first of Tishri in `year` (Reingold and Dershowitz, "Calendrical Calculations", chapter 8).
fn jewish_new_year(year: i16) -> Option<Date> {
    let elapsed = |y: i64| {
        let months = (235 * y - 234).div_euclid(19);
        let day = 29 * months + (12_084 + 13_753 * months).div_euclid(25_920);
        if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
    };
    let y = i64::from(year) + 3761;
    let (before, this, after) = (elapsed(y - 1), elapsed(y), elapsed(y + 1));
    let delay = match (after - this, this - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    since_2000(this + delay - 2_103_547)
}

/// Easter Sunday of the Gregorian calendar (Meeus, "Astronomical Algorithms", chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    if y < 1583 {
        return None;
    }
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

fn holiday(line: &'static str) -> Option<Holiday> {
    let (words, rule) = line.split_once('\t').filter(|_| !line.starts_with('#'))?;
    let (rule, days) = rule.split_once('*').unwrap_or((rule, "1"));
    let (national, rule) = (rule.starts_with('?'), rule.trim_start_matches('?'));
    Some(Holiday { words: words.split(' ').collect(), rule: parse_rule(rule)?, days: days.parse().ok()?, national })
}

fn parse_rule(rule: &str) -> Option<Rule> {
    if let Some(days) = rule.strip_prefix("easter") {
        return days.parse().ok().map(Rule::Easter);
    }
    if let Some(days) = rule.strip_prefix("orthodox") {
        return days.parse().ok().map(Rule::Orthodox);
    }
    if let Some(days) = rule.strip_prefix("tishri") {
        return days.parse().ok().map(Rule::Jewish);
    }
    if rule == "kislev" {
        return Some(Rule::Hanukkah);
    }
    if let Some((month, day)) = rule.strip_prefix("islamic").and_then(|rest| rest.split_once('-')) {
        return Some(Rule::Islamic { month: month.parse().ok()?, day: day.parse().ok()? });
    }
    let (month, rest) = rule.split_once('-')?;
    let month = month.parse().ok()?;
    let Some(rest) = rest.strip_prefix('w') else { return Some(Rule::Fixed { month, day: rest.parse().ok()? }) };
    let (weekday, n) = rest.split_once('-')?;
    let (n, more) = n.split_once('+').unwrap_or((n, "0"));
    Some(Rule::Nth { month, weekday: weekday.parse().ok()?, n: n.parse().ok()?, more: more.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines =
            include_str!("../../../data/times/holidays.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(HOLIDAYS.len(), lines);
    }

    #[test]
    fn feasts_of_other_calendars() {
        let on = |words: &str, year| {
            let words: Vec<&str> = words.split(' ').collect();
            let (index, _) = holiday_at(|i| words.get(i).map(|w| (*w).to_owned())).unwrap();
            holiday_value(index, year).and_then(|value| value.edtf()).unwrap()
        };
        assert_eq!(on("ramadan", 2026), "2026-02-18~/2026-03-19~");
        assert_eq!(on("eid al fitr", 2024), "2024-04-10~");
        assert_eq!(on("eid al adha", 2025), "2025-06-07~");
        assert_eq!(on("rosh hashanah", 2025), "2025-09-23/2025-09-24");
        assert_eq!(on("yom kippur", 2023), "2023-09-25");
        assert_eq!(on("yom kippur", 1973), "1973-10-06");
        assert_eq!(on("passover", 2024), "2024-04-23/2024-04-30");
        assert_eq!(on("hanukkah", 2024), "2024-12-26/2025-01-02");
        assert_eq!(on("hanukkah", 2023), "2023-12-08/2023-12-15");
        assert_eq!(on("orthodox easter", 2026), "2026-04-12");
        assert_eq!(on("orthodox christmas", 2026), "2026-01-07");
    }

    #[test]
    fn easter_and_thanksgiving() {
        assert_eq!(easter(2024), Date::new(2024, 3, 31).ok());
        assert_eq!(easter(2025), Date::new(2025, 4, 20).ok());
        let (index, _) = holiday_at(|i| ["thanksgiving"].get(i).map(|w| (*w).to_owned())).unwrap();
        assert_eq!(holiday_date(index, 2016), Date::new(2016, 11, 24).ok());
    }
}
