//! Days, months, seasons and holidays that the words give without a year.

use jiff::civil::Date;

use super::{MONTHS_BACK, Resolver, month_shift};
use crate::calendar::{holiday_date, holiday_value, is_national};
use crate::expr::{Dir, Frame};
use crate::outlook::Outlook;
use crate::value::{Season, Value, add_days};

impl Resolver {
    /// A month or day of the month without a year.
    pub(super) fn yearless(&self, m: i8, d: Option<i8>, dir: Dir, outlook: Outlook) -> Value {
        let open = d.map_or(Value::OpenMonth(m), |d| Value::OpenMonthDay(m, d));
        let make = |y: i16| match d {
            Some(d) => Date::new(y, m, d).ok().map(Value::Day),
            None => Some(Value::Month(y, m)),
        };
        self.part_year_day(m, d, dir, outlook).and_then(make).unwrap_or(open)
    }

    pub(super) fn part_year(&self, m: i8, dir: Dir, outlook: Outlook) -> Option<i16> {
        self.part_year_day(m, None, dir, outlook)
    }

    /// The year of a month (and day) that is given without one.
    pub(super) fn part_year_day(&self, m: i8, d: Option<i8>, dir: Dir, outlook: Outlook) -> Option<i16> {
        let frame = if matches!(dir, Dir::After | Dir::Before) { Frame::Text } else { Frame::Speech };
        let base = self.base(frame);
        let year = base.year?;
        let Some(month) = base.month else {
            return Some(match dir {
                Dir::After | Dir::Next => year + 1,
                Dir::Before | Dir::Last => year - 1,
                _ => year,
            });
        };
        let here = (month, base.date.map_or(0, |date| date.day()));
        let there = (m, d.unwrap_or(if m == month { here.1 } else { 0 }));
        let months = i32::from(m) - i32::from(month);
        Some(match dir {
            // "will be held this March" said in November, "froze this December" said in January.
            Dir::This if outlook == Outlook::Ahead && months < -6 => year + 1,
            Dir::This if outlook == Outlook::Behind && months > 6 => year - 1,
            Dir::This => year,
            Dir::Last | Dir::Before => {
                if there < here {
                    year
                } else {
                    year - 1
                }
            }
            Dir::Next | Dir::After => {
                if there > here {
                    year
                } else {
                    year + 1
                }
            }
            Dir::Plain if self.narrative => {
                if month - m > MONTHS_BACK {
                    year + 1
                } else {
                    year
                }
            }
            Dir::Plain => match outlook {
                Outlook::Ahead => year + i16::from(there < here),
                Outlook::Behind => year - i16::from(there > here),
                Outlook::Planned if months < -6 => year + 1,
                Outlook::Planned | Outlook::Open if months > 6 => year - 1,
                Outlook::Open if months < -9 => year + 1,
                Outlook::Planned | Outlook::Open => year,
            },
        })
    }

    /// "Friday the 13th": the nearest day that is both, before or after now as the words say.
    pub(super) fn matching_day(&self, d: i8, weekday: i8, outlook: Outlook) -> Option<Value> {
        let today = self.base(Frame::Speech).date?;
        let on = |shift: i64| {
            let (y, m) = month_shift(today.year(), today.month(), shift)?;
            let date = Date::new(y, m, d).ok()?;
            (date.weekday().to_monday_one_offset() == weekday).then_some(date)
        };
        let ahead = (0..24).filter_map(on).find(|date| *date >= today);
        let behind = (0..24).filter_map(|shift| on(-shift)).find(|date| *date <= today);
        let near = |date: &Date| (*date - today).get_days().abs();
        match outlook {
            Outlook::Ahead => ahead,
            Outlook::Behind => behind,
            Outlook::Planned | Outlook::Open => [ahead, behind].into_iter().flatten().min_by_key(near),
        }
        .map(Value::Day)
    }

    /// "the 14th".
    pub(super) fn lone_day(&self, d: i8, outlook: Outlook) -> Option<Value> {
        let base = self.base(if self.narrative { Frame::Text } else { Frame::Speech });
        let (year, month) = (base.year?, base.month?);
        let here = base.date.map_or(0, |date| date.day());
        let shift = match outlook {
            _ if self.narrative => 0,
            Outlook::Ahead if d < here => 1,
            Outlook::Behind if d > here => -1,
            Outlook::Planned if d < here - 15 => 1,
            Outlook::Planned | Outlook::Open if d > here + 15 => -1,
            _ => 0,
        };
        let (y, m) = month_shift(year, month, shift)?;
        Date::new(y, m, d).ok().map(Value::Day)
    }

    pub(super) fn weekday(&self, weekday: i8, dir: Dir, outlook: Outlook) -> Option<Value> {
        let told = matches!(dir, Dir::After | Dir::Before) && !self.scheduling;
        let frame = if told { Frame::Text } else { Frame::Speech };
        let Some(today) = self.base(frame).date else { return Some(Value::OpenWeekday(weekday)) };
        let now = i64::from(today.weekday().to_monday_one_offset());
        let ahead = (i64::from(weekday) - now).rem_euclid(7);
        let in_week = i64::from(weekday) - now;
        let days = match dir {
            // "will meet this Friday" said on a Sunday.
            Dir::This if outlook == Outlook::Ahead && in_week < 0 => ahead,
            Dir::This if outlook == Outlook::Behind && in_week > 0 => in_week - 7,
            Dir::This => in_week,
            Dir::Last | Dir::Before if self.scheduling => in_week - 7,
            Dir::Next | Dir::After if self.scheduling => in_week + 7,
            Dir::Last | Dir::Before => {
                if ahead == 0 {
                    -7
                } else {
                    ahead - 7
                }
            }
            Dir::Next | Dir::After if ahead == 0 => 7,
            // Tomorrow is no "next Friday".
            Dir::Next if ahead == 1 && !self.narrative => 8,
            Dir::Next | Dir::After => ahead,
            Dir::Plain if matches!(outlook, Outlook::Ahead | Outlook::Planned) => {
                if ahead == 0 && self.scheduling {
                    7
                } else {
                    ahead
                }
            }
            Dir::Plain => {
                if ahead == 0 {
                    0
                } else {
                    ahead - 7
                }
            }
        };
        add_days(today, days).map(Value::Day)
    }

    pub(super) fn season(&self, season: Season, dir: Dir, outlook: Outlook) -> Value {
        let frame = if matches!(dir, Dir::After | Dir::Before) { Frame::Text } else { Frame::Speech };
        let base = self.base(frame);
        let Some(year) = base.year else { return Value::OpenSeason(season) };
        let first = season.month();
        let Some(month) = base.month else {
            let years = match dir {
                Dir::This | Dir::Plain => 0,
                Dir::Last | Dir::Before => -1,
                Dir::Next | Dir::After => 1,
            };
            return Value::Season(year + years, season);
        };
        // A winter bears the year of its December.
        let running = season == Season::Winter && month < 3;
        let near = year - i16::from(running);
        let year = match dir {
            Dir::This if outlook == Outlook::Ahead && first + 8 < month => year + 1,
            Dir::This => near,
            Dir::Last | Dir::Before if first + 2 < month => year,
            Dir::Last | Dir::Before => near - 1,
            Dir::Next | Dir::After if first > month => year,
            Dir::Next | Dir::After => year + 1,
            Dir::Plain if self.narrative => year,
            Dir::Plain => match outlook {
                Outlook::Ahead if first + 2 < month => year + 1,
                Outlook::Behind if first > month => year - 1,
                Outlook::Planned if first + 8 < month => year + 1,
                _ => near,
            },
        };
        Value::Season(year, season)
    }

    pub(super) fn holiday(&self, index: usize, year: Option<i16>, dir: Dir, outlook: Outlook) -> Option<Value> {
        if is_national(index) && !self.scheduling {
            return None;
        }
        let year = match year {
            Some(year) => year,
            None => {
                let date = holiday_date(index, self.base(Frame::Speech).year?)?;
                self.part_year_day(date.month(), Some(date.day()), dir, outlook)?
            }
        };
        holiday_value(index, year)
    }
}
