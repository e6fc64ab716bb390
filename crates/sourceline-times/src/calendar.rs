//! Holidays and the arithmetic of days.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use crate::value::add_days;

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
}

struct Holiday {
    words: Vec<&'static str>,
    rule: Rule,
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
    }
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
    Some(Holiday { words: words.split(' ').collect(), rule: parse_rule(rule)? })
}

fn parse_rule(rule: &str) -> Option<Rule> {
    if let Some(days) = rule.strip_prefix("easter") {
        return days.parse().ok().map(Rule::Easter);
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
    fn easter_and_thanksgiving() {
        assert_eq!(easter(2024), Date::new(2024, 3, 31).ok());
        assert_eq!(easter(2025), Date::new(2025, 4, 20).ok());
        let (index, _) = holiday_at(|i| ["thanksgiving"].get(i).map(|w| (*w).to_owned())).unwrap();
        assert_eq!(holiday_date(index, 2016), Date::new(2016, 11, 24).ok());
    }
}
