//! What a time expression stands for, and how EDTF and TIMEX3 write it.
//!
//! EDTF: ISO 8601-2:2019, levels 0 to 2. TIMEX3: TimeML 1.2.1.

use jiff::civil::Date;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "weekend" => Self::Weekend,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }

    /// Factor and ISO 8601 letter, and whether it belongs to the time part.
    fn iso(self) -> (i64, char, bool) {
        match self {
            Self::Second => (1, 'S', true),
            Self::Minute => (1, 'M', true),
            Self::Hour => (1, 'H', true),
            Self::Day => (1, 'D', false),
            Self::Weekend => (2, 'D', false),
            Self::Week => (1, 'W', false),
            Self::Fortnight => (2, 'W', false),
            Self::Month => (1, 'M', false),
            Self::Quarter => (3, 'M', false),
            Self::Year => (1, 'Y', false),
            Self::Decade => (10, 'Y', false),
            Self::Century => (100, 'Y', false),
        }
    }
}

/// A season of the northern year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "spring" => Self::Spring,
            "summer" => Self::Summer,
            "autumn" => Self::Autumn,
            "winter" => Self::Winter,
            _ => return None,
        })
    }

    /// First month; winter counts from December.
    pub(crate) fn month(self) -> i8 {
        [3, 6, 9, 12][self as usize]
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
    Daytime,
}

impl Part {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "morning" => Self::Morning,
            "noon" => Self::Noon,
            "afternoon" => Self::Afternoon,
            "evening" => Self::Evening,
            "night" => Self::Night,
            "midnight" => Self::Midnight,
            "daytime" => Self::Daytime,
            _ => return None,
        })
    }

    fn timex3(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Noon => "T12:00",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
            Self::Midnight => "T00:00",
            Self::Daytime => "TDT",
        }
    }
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// In hundredths.
    Exact(i64),
    /// "several".
    Vague,
}

impl Count {
    pub(crate) const ONE: Self = Self::Exact(100);

    fn print(self, factor: i64) -> String {
        let Self::Exact(hundredths) = self else { return "X".to_owned() };
        let total = hundredths.saturating_mul(factor);
        let (whole, rest) = (total / 100, total % 100);
        match rest {
            0 => whole.to_string(),
            _ if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
            _ => format!("{whole}.{rest:02}"),
        }
    }
}

/// A vague pointer in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Vague {
    Past,
    Present,
    Future,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// 0 to 24.
    pub hour: i8,
    /// When stated.
    pub minute: Option<i8>,
    /// When stated.
    pub second: Option<i8>,
    /// Offset from UTC in minutes.
    pub zone: Option<i16>,
}

/// What a time expression stands for. Years are astronomical: 0 is 1 BC.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Value {
    /// Year divided by 100.
    Century(i16),
    /// Year divided by 10.
    Decade(i16),
    Year(i16),
    Half(i16, i8),
    Quarter(i16, i8),
    Season(i16, Season),
    Month(i16, i8),
    /// The Monday of the week.
    Week(Date),
    /// The Saturday of the weekend.
    Weekend(Date),
    Day(Date),
    Part(Date, Part),
    /// Time of day with its date when known.
    Clock(Option<Date>, Clock),
    /// Month or season of an unknown year; day of an unknown month; day of the week of an unknown week.
    OpenMonth(i8),
    OpenMonthDay(i8, i8),
    OpenSeason(Season),
    OpenPart(Part),
    OpenWeekday(i8),
    Duration(Vec<(Count, Unit)>),
    /// What repeats, as TIMEX3 writes it.
    Set(String),
    Vague(Vague),
    /// Both ends; `None` is open.
    Interval(Option<Box<Value>>, Option<Box<Value>>),
    /// About.
    About(Box<Value>),
    /// A time expression whose value is not known.
    Unknown,
}

impl Value {
    /// The value as EDTF (durations: ISO 8601, sets: TIMEX3); `None` when the words leave it open.
    pub fn edtf(&self) -> Option<String> {
        Some(match self {
            Self::Century(c) if *c >= 0 => format!("{c:02}XX"),
            Self::Century(c) => format!("-{:02}XX", -c - 1),
            Self::Decade(d) if *d >= 0 => format!("{d:03}X"),
            Self::Decade(d) => format!("-{:03}X", -d - 1),
            Self::Year(y) => year(*y),
            Self::Half(y, half) => format!("{}-{}", year(*y), 39 + half),
            Self::Quarter(y, quarter) => format!("{}-{}", year(*y), 32 + quarter),
            Self::Season(y, season) => format!("{}-{}", year(*y), 21 + *season as u8),
            Self::Month(y, m) => format!("{}-{m:02}", year(*y)),
            Self::Week(monday) => span_of_days(*monday, 6)?,
            Self::Weekend(saturday) => span_of_days(*saturday, 1)?,
            Self::Day(date) | Self::Part(date, _) => day(*date),
            Self::Clock(Some(date), clock) => format!("{}{}", day(*date), clock_edtf(*clock)),
            Self::OpenMonth(m) => format!("XXXX-{m:02}"),
            Self::OpenMonthDay(m, d) => format!("XXXX-{m:02}-{d:02}"),
            Self::OpenSeason(season) => format!("XXXX-{}", 21 + *season as u8),
            Self::Duration(parts) => duration(parts, false),
            Self::Set(period) => period.clone(),
            Self::Interval(from, to) => interval(from.as_deref(), to.as_deref())?,
            Self::About(inner) => format!("{}~", inner.edtf().filter(|edtf| !edtf.contains('/'))?),
            Self::Clock(None, _) | Self::OpenPart(_) | Self::OpenWeekday(_) | Self::Vague(_) | Self::Unknown => {
                return None;
            }
        })
    }

    /// The value as TIMEX3 writes it, for scoring; `None` when unknown.
    pub fn timex3(&self) -> Option<String> {
        Some(match self {
            Self::Century(c) if *c >= 0 => format!("{c:02}"),
            Self::Century(c) => format!("BC{:02}", -c - 1),
            Self::Decade(d) if *d >= 0 => format!("{d:03}"),
            Self::Decade(d) => format!("BC{:03}", -d - 1),
            Self::Year(y) => year3(*y),
            Self::Half(y, half) => format!("{}-H{half}", year3(*y)),
            Self::Quarter(y, quarter) => format!("{}-Q{quarter}", year3(*y)),
            Self::Season(y, season) => format!("{}-{}", year3(*y), season3(*season)),
            Self::Month(y, m) => format!("{}-{m:02}", year3(*y)),
            Self::Week(monday) => week3(*monday),
            Self::Weekend(saturday) => format!("{}-WE", week3(*saturday)),
            Self::Day(date) => day3(*date),
            Self::Part(date, part) => format!("{}{}", day3(*date), part.timex3()),
            Self::Clock(Some(date), clock) => format!("{}{}", day3(*date), clock3(*clock)),
            Self::Clock(None, clock) => format!("XXXX-XX-XX{}", clock3(*clock)),
            Self::OpenMonth(m) => format!("XXXX-{m:02}"),
            Self::OpenMonthDay(m, d) => format!("XXXX-{m:02}-{d:02}"),
            Self::OpenSeason(season) => format!("XXXX-{}", season3(*season)),
            Self::OpenPart(part) => format!("XXXX-XX-XX{}", part.timex3()),
            Self::OpenWeekday(w) => format!("XXXX-WXX-{w}"),
            Self::Duration(parts) => duration(parts, true),
            Self::Set(period) => period.clone(),
            Self::Vague(Vague::Past) => "PAST_REF".to_owned(),
            Self::Vague(Vague::Present) => "PRESENT_REF".to_owned(),
            Self::Vague(Vague::Future) => "FUTURE_REF".to_owned(),
            Self::About(inner) => inner.timex3()?,
            Self::Interval(from, to) => {
                let end = |value: &Option<Box<Self>>| value.as_ref().and_then(|v| v.timex3()).unwrap_or_default();
                format!("{}/{}", end(from), end(to))
            }
            Self::Unknown => return None,
        })
    }

    /// First and last day, where both are known.
    pub fn days(&self) -> Option<(Date, Date)> {
        let month_span = |y: i16, m: i8, months: i32| {
            let first = Date::new(y, m, 1).ok()?;
            let last = first.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?.yesterday().ok()?;
            Some((first, last))
        };
        match self {
            Self::Century(c) => month_span(c.checked_mul(100)?, 1, 1200),
            Self::Decade(d) => month_span(d.checked_mul(10)?, 1, 120),
            Self::Year(y) => month_span(*y, 1, 12),
            Self::Half(y, half) => month_span(*y, if *half == 1 { 1 } else { 7 }, 6),
            Self::Quarter(y, quarter) => month_span(*y, quarter * 3 - 2, 3),
            Self::Season(y, season) => month_span(*y, season.month(), 3),
            Self::Month(y, m) => month_span(*y, *m, 1),
            Self::Week(monday) => Some((*monday, add_days(*monday, 6)?)),
            Self::Weekend(saturday) => Some((*saturday, add_days(*saturday, 1)?)),
            Self::Day(date) | Self::Part(date, _) | Self::Clock(Some(date), _) => Some((*date, *date)),
            Self::About(inner) => inner.days(),
            Self::Interval(Some(from), Some(to)) => Some((from.days()?.0, to.days()?.1)),
            _ => None,
        }
    }
}

/// `date` moved by `days`.
pub(crate) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn span_of_days(first: Date, more: i64) -> Option<String> {
    Some(format!("{}/{}", day(first), day(add_days(first, more)?)))
}

fn year(y: i16) -> String {
    if y < 0 { format!("-{:04}", -i32::from(y)) } else { format!("{y:04}") }
}

fn day(date: Date) -> String {
    format!("{}-{:02}-{:02}", year(date.year()), date.month(), date.day())
}

fn year3(y: i16) -> String {
    if y <= 0 { format!("BC{:04}", 1 - i32::from(y)) } else { format!("{y:04}") }
}

fn day3(date: Date) -> String {
    format!("{}-{:02}-{:02}", year3(date.year()), date.month(), date.day())
}

fn week3(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{}-W{:02}", year3(week.year()), week.week())
}

fn season3(season: Season) -> &'static str {
    ["SP", "SU", "FA", "WI"][season as usize]
}

fn clock_edtf(clock: Clock) -> String {
    let zone = match clock.zone {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    format!("T{:02}:{:02}:{:02}{zone}", clock.hour, clock.minute.unwrap_or(0), clock.second.unwrap_or(0))
}

fn clock3(clock: Clock) -> String {
    let second = clock.second.map(|s| format!(":{s:02}")).unwrap_or_default();
    format!("T{:02}:{:02}{second}", clock.hour, clock.minute.unwrap_or(0))
}

fn duration(parts: &[(Count, Unit)], timex3: bool) -> String {
    let (mut days, mut times) = (String::new(), String::new());
    for (count, unit) in parts {
        let (factor, letter, is_time) = unit.iso();
        let text = match unit {
            Unit::Decade if timex3 => format!("{}DE", count.print(1)),
            Unit::Century if timex3 => format!("{}CE", count.print(1)),
            Unit::Quarter if timex3 => format!("{}Q", count.print(1)),
            Unit::Weekend if timex3 => format!("{}WE", count.print(1)),
            _ => format!("{}{letter}", count.print(factor)),
        };
        if is_time { times.push_str(&text) } else { days.push_str(&text) }
    }
    if times.is_empty() { format!("P{days}") } else { format!("P{days}T{times}") }
}

/// The first half of an interval for its start, the second for its end: weeks are intervals themselves.
fn interval(from: Option<&Value>, to: Option<&Value>) -> Option<String> {
    let start = match from {
        Some(value) => value.edtf()?.split('/').next()?.to_owned(),
        None => "..".to_owned(),
    };
    let end = match to {
        Some(value) => value.edtf()?.rsplit('/').next()?.to_owned(),
        None => "..".to_owned(),
    };
    Some(format!("{start}/{end}"))
}
