//! Times of day: "8 p.m.", "14:00 GMT", "noon", "9:34 p.m., March 19", "Tuesday at 8 p.m.".

use super::{Grammar, Parse};
use crate::expr::Expr;
use crate::lexicon::Lex;
use crate::value::{Clock, Part, Unit};

impl Grammar<'_> {
    /// A time of day with the date that belongs to it.
    pub fn clocked(&self, at: usize) -> Parse {
        if let Some((end, clock)) = self.clock(at) {
            let comma = self.skip(end, ",");
            let on = comma;
            if let Some((after, date)) =
                self.day_part(on).or_else(|| self.date_like(on)).filter(|(_, date)| is_day(date))
            {
                let (after, zone) = self.zone(after);
                let clock = Clock { zone: clock.zone.or(zone), ..clock };
                let clock = match date {
                    Expr::Part(part, _) => on_part(clock, part),
                    _ => clock,
                };
                let day = match date {
                    Expr::Part(_, day) => day,
                    other => Some(Box::new(other)),
                };
                return Some((after, Expr::Clock(clock, day)));
            }
            return Some((end, Expr::Clock(clock, None)));
        }
        let (end, date) = self.day_part(at).or_else(|| self.date_like(at)).filter(|(_, date)| is_day(date))?;
        let comma = self.skip(end, ",");
        let (after, clock) = match self.clock(comma) {
            Some(found) => found,
            None if self.scheduling && self.word(comma) == "at" => {
                self.clock(comma + 1).or_else(|| self.bare_hour(comma + 1))?
            }
            None => return None,
        };
        Some((
            after,
            match date {
                Expr::Part(part, day) => Expr::Clock(on_part(clock, part), day),
                day => Expr::Clock(clock, Some(Box::new(day))),
            },
        ))
    }

    /// A time of day alone.
    pub fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        let plain = |hour, minute| Clock { hour, minute, second: None, zone: None };
        match self.at(at).lex {
            Lex::Part(Part::Noon) => return Some((at + 1, plain(12, Some(0)))),
            Lex::Part(Part::Midnight) => return Some((at + 1, plain(0, Some(0)))),
            _ => {}
        }
        let (next, hour) = self.hour(at)?;
        let digits = self.at(at).digits;
        if digits > 0
            && self.joined(next)
            && self.is(next, &[":", "."])
            && self.joined(next + 1)
            && self.at(next + 1).digits == 2
        {
            let minute = self.at(next + 1).number.filter(|m| *m < 60)? as i8;
            let colon = self.word(next) == ":";
            let mut end = next + 2;
            let mut second = None;
            if colon && self.word(end) == ":" && self.joined(end) && self.at(end + 1).digits == 2 {
                second = self.at(end + 1).number.filter(|s| *s < 60).map(|s| s as i8);
                end += 2;
            }
            let clock = Clock { hour, minute: Some(minute), second, zone: None };
            return match self.meridiem(end) {
                Some((after, pm)) => self.zoned(after, meridian(clock, pm)?),
                None => {
                    let hrs = if self.is(end, &["hrs", "h", "hours"]) { end + 1 } else { end };
                    // A dot may part decimals, a score may have a colon: the first needs more words.
                    let (after, zone) = self.zone(hrs);
                    if !colon && after == end {
                        return None;
                    }
                    (at == 0 || !self.joined(at) || self.is(at - 1, &["(", "-", "\""]))
                        .then_some((after, Clock { zone, ..clock }))
                }
            };
        }
        if let Some((after, pm)) = self.meridiem(next) {
            return self.zoned(after, meridian(plain(hour, None), pm)?);
        }
        if self.word(next) == "o" && self.word(next + 1) == "'" && self.word(next + 2) == "clock" {
            let (end, clock) = self.spoken(next + 3, plain(hour, None))?;
            return Some((end, clock));
        }
        self.military(at)
    }

    /// "in the morning" after an hour.
    fn spoken(&self, at: usize, clock: Clock) -> Option<(usize, Clock)> {
        if self.word(at) == "in"
            && self.word(at + 1) == "the"
            && let Lex::Part(part) = self.at(at + 2).lex
        {
            return Some((at + 3, on_part(clock, part)));
        }
        if self.word(at) == "at"
            && let Lex::Part(part) = self.at(at + 1).lex
        {
            return Some((at + 2, on_part(clock, part)));
        }
        Some((at, clock))
    }

    /// "1400 GMT", "0600 hours".
    fn military(&self, at: usize) -> Option<(usize, Clock)> {
        let token = self.at(at);
        let number = token.number.filter(|n| token.digits == 4 && !token.grouped && n / 100 < 25 && n % 100 < 60)?;
        let clock = Clock { hour: (number / 100) as i8, minute: Some((number % 100) as i8), second: None, zone: None };
        let hours =
            matches!(self.at(at + 1).lex, Lex::Unit { unit: Unit::Hour, plural: true }) || self.is(at + 1, &["hrs"]);
        if hours && (self.before(at) == "at" || token.first == b'0' || self.joined(at + 1)) {
            return Some((at + 2, clock));
        }
        let (end, zone) = self.zone(at + 1);
        (end > at + 1 && self.form(at + 1).len() >= 3).then_some((end, Clock { zone, ..clock }))
    }

    fn hour(&self, at: usize) -> Option<(usize, i8)> {
        let token = self.at(at);
        if let Some(number) = token.number {
            return (token.digits <= 2 && number <= 24).then_some((at + 1, number as i8));
        }
        match token.lex {
            Lex::Number(n @ 1..=12) => Some((at + 1, n as i8)),
            _ => None,
        }
    }

    /// "at 8": an hour that only its place shows.
    fn bare_hour(&self, at: usize) -> Option<(usize, Clock)> {
        let (end, hour) = self.hour(at)?;
        let free = !self.at(end).is_word() && self.at(end).number.is_none() && self.word(end) != "-";
        free.then_some((end, Clock { hour, minute: None, second: None, zone: None }))
    }

    /// "a.m.", "pm": the end and whether it is after noon.
    fn meridiem(&self, at: usize) -> Option<(usize, bool)> {
        match self.word(at) {
            "am" | "pm" => Some((at + 1, self.word(at) == "pm")),
            "a" | "p" => {
                let dot = self.skip(at + 1, ".");
                let tight = dot > at + 1 || self.joined(at);
                if self.word(dot) != "m" || (self.at(dot).space && dot == at + 1) || !tight {
                    return None;
                }
                let stop = self.word(dot + 1) == "." && self.joined(dot + 1) && dot > at + 1;
                Some((dot + 1 + usize::from(stop), self.word(at) == "p"))
            }
            _ => None,
        }
    }

    fn zoned(&self, at: usize, clock: Clock) -> Option<(usize, Clock)> {
        let (end, zone) = self.zone(at);
        Some((end, Clock { zone, ..clock }))
    }

    /// "GMT", "EST", "local time".
    fn zone(&self, at: usize) -> (usize, Option<i16>) {
        if self.at(at).lex == Lex::Zone && self.form(at).bytes().all(|b| b.is_ascii_uppercase()) {
            return (at + 1, self.at(at).value.parse().ok());
        }
        (at, None)
    }
}

fn is_day(expr: &Expr) -> bool {
    match expr {
        Expr::Date(spec) => spec.day.is_some() || spec.weekday.is_some(),
        Expr::Day(_) | Expr::Holiday(..) => true,
        Expr::Unit { unit, .. } => *unit == Unit::Day,
        Expr::Part(part, day) => !matches!(part, Part::Daytime) && day.as_deref().is_some_and(is_day),
        Expr::Of(inner, _) => is_day(inner),
        _ => false,
    }
}

fn meridian(clock: Clock, pm: bool) -> Option<Clock> {
    if clock.hour > 12 {
        return pm.then_some(clock);
    }
    let hour = clock.hour % 12 + if pm { 12 } else { 0 };
    Some(Clock { hour, ..clock })
}

fn on_part(clock: Clock, part: Part) -> Clock {
    let later = matches!(part, Part::Afternoon | Part::Evening | Part::Night) && (1..12).contains(&clock.hour);
    let late_night = part == Part::Night && clock.hour < 5;
    if later && !late_night { Clock { hour: clock.hour + 12, ..clock } } else { clock }
}
