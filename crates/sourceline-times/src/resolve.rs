//! Turns what the words say into dates.
//!
//! In: expressions in text order, the publication date if known. Out: values. In a report on current events relative
//! words count from publication; in a narrative of the past they count from the last date told (Mazur and Dale,
//! "WikiWars", EMNLP 2010, section 5). Not here: finding the words.

mod days;

use jiff::civil::{Date, Weekday};
use sourceline_model::TimeBasis;

use crate::Reference;
use crate::expr::{DateSpec, Expr, Frame};
use crate::grammar::shares::whole;
use crate::outlook::Outlook;
use crate::stretch::{bounded, interval, share_of};
use crate::value::{Count, Unit, Vague, Value, add_days};

/// A month that lies this much before the last one told belongs to the next year. WikiWars train: 9 and 10 best, 4 to 6 lose 0.5 points of value accuracy.
const MONTHS_BACK: i8 = 9;

/// A time to count from, as far as known.
#[derive(Debug, Clone, Copy, Default)]
struct Anchor {
    year: Option<i16>,
    month: Option<i8>,
    date: Option<Date>,
}

impl Anchor {
    fn of(reference: Reference) -> Self {
        let date = reference.date;
        Self {
            year: Some(date.year()),
            month: (reference.grain <= Unit::Month).then(|| date.month()),
            date: (reference.grain <= Unit::Day).then_some(date),
        }
    }
}

/// Carries what has been told so far.
#[derive(Debug)]
pub(crate) struct Resolver {
    reference: Option<Reference>,
    /// Whether the text tells of the past rather than of its own days.
    narrative: bool,
    /// Whether offsets keep the day ("two years ago" is a day), as calendars do.
    scheduling: bool,
    told: Anchor,
}

impl Resolver {
    pub fn new(reference: Option<Reference>, narrative: bool, scheduling: bool) -> Self {
        let told = if narrative { Anchor::default() } else { reference.map(Anchor::of).unwrap_or_default() };
        Self { reference, narrative, scheduling, told }
    }

    /// The value of `expr`; `outlook` is what the words around it say. Remembers it as the time told.
    pub fn resolve(&mut self, expr: &Expr, outlook: Outlook) -> (Value, TimeBasis) {
        let value = self.value(expr, outlook).unwrap_or(Value::Unknown);
        if !matches!(expr, Expr::Duration(_) | Expr::Set(_) | Expr::Vague(_) | Expr::Decade { .. } | Expr::Century(_)) {
            self.remember(&value);
        }
        let basis = if expr.is_stated() { TimeBasis::Stated } else { TimeBasis::Relative };
        (value, basis)
    }

    fn remember(&mut self, value: &Value) {
        let date = match value {
            Value::Day(date) | Value::Part(date, _) | Value::Clock(Some(date), _) => Some(*date),
            _ => None,
        };
        self.told = match value {
            Value::About(inner) => return self.remember(inner),
            Value::Year(y) | Value::Half(y, _) | Value::Quarter(y, _) => {
                // The year that is being told of may be named again without losing the day.
                let same = self.told.year == Some(*y);
                Anchor {
                    year: Some(*y),
                    month: self.told.month.filter(|_| same),
                    date: self.told.date.filter(|_| same),
                }
            }
            Value::Season(y, season) => {
                Anchor { year: Some(*y), month: Some(season.month()).filter(|m| *m < 12), date: None }
            }
            Value::Month(y, m) => {
                let same = self.told.year == Some(*y) && self.told.month == Some(*m);
                Anchor { year: Some(*y), month: Some(*m), date: self.told.date.filter(|_| same) }
            }
            Value::Week(monday) | Value::Weekend(monday) => {
                Anchor { year: Some(monday.year()), month: Some(monday.month()), date: Some(*monday) }
            }
            _ => match date {
                Some(date) => Anchor { year: Some(date.year()), month: Some(date.month()), date: Some(date) },
                None => return,
            },
        };
    }

    /// Whether a day lies after the day of writing, so that "in the evening" is not of that day: "called a strike for Friday and was arrested …".
    fn is_ahead(&self, date: Date) -> bool {
        !self.narrative && !self.scheduling && self.reference.is_some_and(|reference| date > reference.date)
    }

    /// The time that relative words count from.
    fn base(&self, frame: Frame) -> Anchor {
        let speech = self.reference.map(Anchor::of).unwrap_or_default();
        if self.narrative || frame == Frame::Text {
            let told = self.told;
            let only_told = self.narrative && frame == Frame::Text;
            return if only_told || told.year.is_some() { told } else { speech };
        }
        speech
    }

    fn value(&self, expr: &Expr, outlook: Outlook) -> Option<Value> {
        match expr {
            Expr::Date(spec) => self.date(*spec, outlook),
            Expr::ShortYear(short) => self.short_year(*short).map(Value::Year),
            Expr::Decade { tens, full: true } => Some(Value::Decade(*tens)),
            Expr::Decade { tens, full: false } => self.short_year(tens * 10).map(|y| Value::Decade(y.div_euclid(10))),
            Expr::Century(index) => Some(Value::Century(*index)),
            Expr::Season(season, Some(year), _) => Some(Value::Season(*year, *season)),
            Expr::Season(season, None, dir) => Some(self.season(*season, *dir, outlook)),
            Expr::Quarter(n, year, dir) => {
                let year = year.or_else(|| self.part_year(n * 3 - 2, *dir, outlook))?;
                Some(Value::Quarter(year, *n))
            }
            Expr::Half(n, year, dir) => {
                let year = year.or_else(|| self.part_year(n * 6 - 5, *dir, outlook))?;
                Some(Value::Half(year, *n))
            }
            Expr::Holiday(index, year, dir) => self.holiday(*index, *year, *dir, outlook),
            // Before it has come, a weekend that was is the one before.
            Expr::Unit { unit: Unit::Weekend, offset: 0, frame } if outlook == Outlook::Behind => {
                let base = self.base(*frame);
                let late = if *frame == Frame::Speech { 5 } else { 3 };
                let early = base.date.is_some_and(|date| date.weekday().to_monday_one_offset() <= late);
                unit_at(base, Unit::Weekend, -i64::from(early))
            }
            Expr::Unit { unit: Unit::Fortnight, offset, frame } => {
                let date = self.base(*frame).date?;
                let first = if *offset < 0 { add_days(date, -14)? } else { date };
                Some(interval(first, add_days(first, 13)?))
            }
            Expr::Unit { unit, offset, frame } => unit_at(self.base(*frame), *unit, *offset),
            Expr::Shift { count, unit, sign, frame, from } => {
                let outlook = if self.scheduling { Outlook::Ahead } else { outlook };
                let base = match from {
                    None => self.base(*frame),
                    Some(from) => self.base_at(from, outlook)?,
                };
                self.shift(*count, *unit, *sign, base)
            }
            Expr::Day(offset) if self.narrative && self.reference.is_some() && *offset == 0 => {
                Some(Value::Vague(Vague::Present))
            }
            Expr::Day(offset) => {
                let told = self.base(Frame::Speech);
                let base = if told.date.is_none() { self.reference.map(Anchor::of).unwrap_or(told) } else { told };
                unit_at(base, Unit::Day, *offset)
            }
            Expr::Of(inner, outer) => self.within(inner, outer, outlook),
            Expr::Part(part, day) => {
                let day = match day {
                    Some(day) => self.value(day, outlook).and_then(|value| day_of(&value)),
                    None => self
                        .base(Frame::Text)
                        .date
                        .filter(|date| !self.is_ahead(*date))
                        .or(self.base(Frame::Speech).date),
                };
                Some(day.map_or(Value::OpenPart(*part), |day| Value::Part(day, *part)))
            }
            Expr::Clock(clock, day) => {
                let day = match day {
                    Some(day) => self.value(day, outlook).and_then(|value| day_of(&value)),
                    None => self.base(Frame::Text).date,
                };
                Some(Value::Clock(day, *clock))
            }
            Expr::Duration(parts) => Some(Value::Duration(parts.clone())),
            Expr::Set(value) => Some(Value::Set(value.clone())),
            Expr::Vague(vague) => Some(Value::Vague(*vague)),
            Expr::Same => match self.told {
                Anchor { date: Some(date), .. } => Some(Value::Day(date)),
                Anchor { year: Some(y), month: Some(m), .. } => Some(Value::Month(y, m)),
                Anchor { year: Some(y), .. } => Some(Value::Year(y)),
                _ => None,
            },
            Expr::Share { nth, count, unit, of } => {
                let of = self.value(of, outlook)?;
                // What cannot be counted keeps the value of the whole.
                share_of(&of, *nth, *count, *unit).or(Some(of))
            }
            Expr::Span { count, unit, sign, today, from } => self.span(*count, *unit, *sign, *today, from.as_deref()),
            Expr::Bound(bound, inner) => bounded(*bound, self.value(inner, outlook)?),
            Expr::About(inner) => {
                let value = self.value(inner, outlook)?;
                Some(if matches!(value, Value::Clock(..)) { value } else { Value::About(Box::new(value)) })
            }
        }
    }

    fn date(&self, spec: DateSpec, outlook: Outlook) -> Option<Value> {
        match (spec.year, spec.month, spec.day) {
            (Some(y), Some(m), Some(d)) => Date::new(y, m, d).ok().map(Value::Day),
            (Some(y), Some(m), None) => Some(Value::Month(y, m)),
            (Some(y), None, None) => Some(Value::Year(y)),
            (None, Some(m), d) => Some(self.yearless(m, d, spec.dir, outlook)),
            (_, None, Some(d)) => match spec.weekday {
                Some(weekday) => self.matching_day(d, weekday, outlook).or_else(|| self.lone_day(d, outlook)),
                None => self.lone_day(d, outlook),
            },
            (None, None, None) => self.weekday(spec.weekday?, spec.dir, outlook),
        }
    }

    /// The time that `from` stands for, to count from.
    fn base_at(&self, from: &Expr, outlook: Outlook) -> Option<Anchor> {
        let mut inner = Self { told: Anchor::default(), ..*self };
        let value = self.value(from, outlook)?;
        inner.remember(&value);
        Some(inner.told)
    }

    fn shift(&self, count: Count, unit: Unit, sign: i64, base: Anchor) -> Option<Value> {
        let Count::Exact(hundredths) = count else {
            return Some(Value::Vague(if sign < 0 { Vague::Past } else { Vague::Future }));
        };
        if hundredths % 100 != 0 {
            let months = if unit == Unit::Year { hundredths * 12 / 100 } else { return None };
            return self.moved(base, Unit::Month, sign * months);
        }
        self.moved(base, unit, sign * (hundredths / 100))
    }

    fn moved(&self, base: Anchor, unit: Unit, amount: i64) -> Option<Value> {
        if self.scheduling
            && let Some(date) = base.date
        {
            let span = match unit {
                Unit::Year => jiff::Span::new().try_years(amount),
                Unit::Decade => jiff::Span::new().try_years(amount * 10),
                Unit::Century => jiff::Span::new().try_years(amount * 100),
                Unit::Quarter => jiff::Span::new().try_months(amount * 3),
                Unit::Month => jiff::Span::new().try_months(amount),
                Unit::Week | Unit::Weekend => jiff::Span::new().try_weeks(amount),
                Unit::Fortnight => jiff::Span::new().try_weeks(amount * 2),
                Unit::Day => jiff::Span::new().try_days(amount),
                Unit::Hour | Unit::Minute | Unit::Second => return self.clock_moved(unit, amount),
            };
            return date.checked_add(span.ok()?).ok().map(Value::Day);
        }
        match unit {
            Unit::Hour | Unit::Minute | Unit::Second => self.clock_moved(unit, amount),
            Unit::Fortnight => unit_at(base, Unit::Week, amount * 2),
            _ => unit_at(base, unit, amount),
        }
    }

    fn clock_moved(&self, unit: Unit, amount: i64) -> Option<Value> {
        let reference = self.reference.filter(|_| !self.narrative)?;
        let (hour, minute, second) = reference.time?;
        let span = match unit {
            Unit::Hour => jiff::Span::new().try_hours(amount),
            Unit::Minute => jiff::Span::new().try_minutes(amount),
            _ => jiff::Span::new().try_seconds(amount),
        };
        let at = reference
            .date
            .to_datetime(jiff::civil::Time::new(hour, minute, second, 0).ok()?)
            .checked_add(span.ok()?)
            .ok()?;
        let clock =
            crate::value::Clock { hour: at.hour(), minute: Some(at.minute()), second: Some(at.second()), zone: None };
        Some(Value::Clock(Some(at.date()), clock))
    }

    /// "the next ten days" from tomorrow, "the past two quarters" by whole quarters.
    fn span(&self, count: Count, unit: Unit, sign: i64, today: bool, from: Option<&Expr>) -> Option<Value> {
        let start = match from {
            Some(from) => self.value(from, Outlook::Ahead)?.days()?.0,
            None => self.reference?.date,
        };
        let n = whole(count)?;
        let base = Anchor { year: Some(start.year()), month: Some(start.month()), date: Some(start) };
        if matches!(unit, Unit::Quarter | Unit::Decade) {
            let ends = [if sign < 0 { -n } else { 1 }, if sign < 0 { -1 } else { n }];
            let [a, b] = ends.map(|offset| unit_at(base, unit, offset).and_then(|value| value.days()));
            return Some(interval(a?.0, b?.1));
        }
        let move_by = |from: Date, n: i64| {
            let resolver = Self { reference: None, narrative: false, scheduling: true, told: Anchor::default() };
            let base = Anchor { year: Some(from.year()), month: Some(from.month()), date: Some(from) };
            match resolver.moved(base, unit, n)? {
                Value::Day(date) => Some(date),
                _ => None,
            }
        };
        if sign < 0 {
            return Some(interval(move_by(start, -n)?, start.yesterday().ok()?));
        }
        let first = if today { start } else { start.tomorrow().ok()? };
        Some(interval(first, move_by(first, n)?.yesterday().ok()?))
    }

    fn within(&self, inner: &Expr, outer: &Expr, outlook: Outlook) -> Option<Value> {
        let outer = self.value(outer, outlook)?;
        match (&outer, inner) {
            (Value::Year(year), _) => {
                let mut inner = inner.clone();
                inner.set_year(*year);
                self.value(&inner, outlook)
            }
            (Value::Week(monday), Expr::Date(DateSpec { weekday: Some(weekday), .. })) => {
                add_days(*monday, i64::from(weekday - 1)).map(Value::Day)
            }
            // "Monday two weeks from now": in the week of that day.
            (Value::Day(date), Expr::Date(DateSpec { weekday: Some(weekday), month: None, .. })) => {
                add_days(*date, i64::from(*weekday) - i64::from(date.weekday().to_monday_one_offset())).map(Value::Day)
            }
            _ => Some(outer),
        }
    }

    fn short_year(&self, short: i16) -> Option<i16> {
        let near = self.base(Frame::Speech).year?;
        let century = near.div_euclid(100) * 100;
        // In a narrative the century told of; else the last such year that is not far ahead of now.
        let limit = if self.narrative { near + 50 } else { near + 10 };
        let year = century + short;
        Some(if year > limit { year - 100 } else { year })
    }
}

/// The unit `offset` away from the one that `base` lies in.
fn unit_at(base: Anchor, unit: Unit, offset: i64) -> Option<Value> {
    let small = i16::try_from(offset).ok()?;
    let year = base.year?;
    match unit {
        Unit::Century => Some(Value::Century(year.div_euclid(100).checked_add(small)?)),
        Unit::Decade => Some(Value::Decade(year.div_euclid(10).checked_add(small)?)),
        Unit::Year => Some(Value::Year(year.checked_add(small)?)),
        Unit::Quarter => {
            let index = i64::from(year) * 4 + i64::from((base.month? - 1) / 3) + offset;
            Some(Value::Quarter(i16::try_from(index.div_euclid(4)).ok()?, index.rem_euclid(4) as i8 + 1))
        }
        Unit::Month => month_shift(year, base.month?, offset).map(|(y, m)| Value::Month(y, m)),
        Unit::Week | Unit::Weekend | Unit::Fortnight => {
            let date = add_days(base.date?, offset.checked_mul(7)?)?;
            let monday = add_days(date, -i64::from(date.weekday().since(Weekday::Monday)))?;
            if unit == Unit::Weekend { add_days(monday, 5).map(Value::Weekend) } else { Some(Value::Week(monday)) }
        }
        Unit::Day => add_days(base.date?, offset).map(Value::Day),
        Unit::Hour | Unit::Minute | Unit::Second => None,
    }
}

pub(crate) fn month_shift(year: i16, month: i8, by: i64) -> Option<(i16, i8)> {
    let index = i64::from(year) * 12 + i64::from(month - 1) + by;
    Some((i16::try_from(index.div_euclid(12)).ok()?, index.rem_euclid(12) as i8 + 1))
}

fn day_of(value: &Value) -> Option<Date> {
    match value {
        Value::Day(date) | Value::Part(date, _) | Value::Clock(Some(date), _) => Some(*date),
        Value::About(inner) => day_of(inner),
        _ => None,
    }
}
