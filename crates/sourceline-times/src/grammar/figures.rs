//! Dates written in figures, or in figures and month names joined by signs.

use super::{Grammar, Parse};
use crate::expr::{DateSpec, Dir, Expr};
use crate::lexicon::Lex;

/// Makes the expression for a year.
type OfYear = fn(i16) -> Expr;

impl Grammar<'_> {
    /// "2024-12-08", "12/31/2024", "13.5.2015", "2012-11".
    pub fn figures_date(&self, at: usize) -> Parse {
        let part = |i: usize| Some((self.at(i).number?, self.at(i).digits));
        let sign = self.word(at + 1);
        let tight = self.joined(at + 1) && self.joined(at + 2);
        let (a, a_digits) = part(at)?;
        if !tight || !matches!(sign, "-" | "/" | ".") || (at > 0 && self.joined(at) && self.is(at - 1, &["/", "."])) {
            return None;
        }
        let (b, b_digits) = part(at + 2)?;
        let third = (self.word(at + 3) == sign && self.joined(at + 3) && self.joined(at + 4)).then(|| part(at + 4));
        if let Some(Some((c, c_digits))) = third {
            let more = self.joined(at + 5)
                && matches!(self.word(at + 5), "/" | "-")
                && self.at(at + 6).digits > 0
                && !(self.scheduling && sign == "/" && self.word(at + 5) == "-");
            if more {
                return None;
            }
            if a_digits == 4 && b_digits <= 2 && c_digits <= 2 {
                return spec(a, b, c).map(|spec| (at + 5, Expr::Date(spec)));
            }
            if a_digits > 2 || b_digits > 2 || !matches!(c_digits, 2 | 4) {
                return None;
            }
            let year = if c_digits == 4 { c } else { c + if c < 50 { 2000 } else { 1900 } };
            let day_first = a > 12 || (sign == "." && b <= 12);
            let (month, day) = if day_first { (b, a) } else { (a, b) };
            let mut spec = spec(year, month, day)?;
            spec.swappable = a <= 12 && b <= 12 && sign != ".";
            return Some((at + 5, Expr::Date(spec)));
        }
        // 2012-11 is a month, 2007-08 and 2010-14 are ranges of years.
        if a_digits == 4
            && (b_digits == 2 || self.scheduling && b_digits == 1)
            && matches!(sign, "-" | "/")
            && !self.form(at + 1).starts_with('\u{2013}')
        {
            let range = b == (a + 1) % 100 && self.at(at + 1).word == "-";
            let spec = DateSpec { year: year(a), month: month(b), ..DateSpec::default() };
            return (!range && spec.year.is_some() && spec.month.is_some()).then_some((at + 3, Expr::Date(spec)));
        }
        // "Friday 7.6", "10/1-11/7" are dates only in calendars.
        let weekday = self.scheduling && at > 0 && matches!(self.at(at - 1).lex, Lex::Weekday { .. });
        let ranged =
            self.scheduling && at > 3 && self.word(at - 1) == "-" && self.joined(at) && self.word(at - 3) == "/";
        let slash = (sign == "/" || weekday) && a_digits <= 2 && b_digits <= 2 && (self.dated_before(at) || ranged);
        if slash && self.word(at + 3) != "/" {
            let (m, d) = if a > 12 { (b, a) } else { (a, b) };
            let spec = DateSpec { month: month(m), day: day(d), swappable: a <= 12 && b <= 12, ..DateSpec::default() };
            return (spec.month.is_some() && spec.day.is_some()).then_some((at + 3, Expr::Date(spec)));
        }
        None
    }

    /// "2017 April", "2019-aug-1", "22/Jan/2019", "Dec/2018", "Oct/2", "2017 Q1".
    pub fn mixed_date(&self, at: usize) -> Parse {
        let sign = |i: usize| self.is(i, &["-", "/"]) && self.joined(i) && self.joined(i + 1);
        let make = |y: Option<i16>, m: i8, d: Option<i8>| {
            Expr::Date(DateSpec { year: y, month: Some(m), day: d, ..DateSpec::default() })
        };
        if let Some((next, year)) = self.year_figures(at).filter(|_| self.at(at).digits == 4) {
            let tight = sign(next);
            let next = self.skip(next, ",");
            let month_at = next + usize::from(tight);
            if let Some((end, code)) = self.quarter_code(month_at) {
                return Some((end, code(year)));
            }
            let (end, month) = self.month_word(month_at)?;
            let lower = self.is(month_at, &["may", "march"]) && !self.at(month_at).is_capital();
            if tight
                && sign(end)
                && let Some((end, day)) = self.day_figures(end + 1)
            {
                return Some((end, make(Some(year), month, Some(day))));
            }
            let dated = self.at(end).digits > 0 || self.at(month_at).line;
            return (tight || !lower && !dated && self.scheduling).then(|| (end, make(Some(year), month, None)));
        }
        if let Some((next, day)) = self.day_figures(at).filter(|(next, _)| sign(*next)) {
            let (end, month) = self.month_word(next + 1)?;
            let (end, year) = self.year_figures(end + 1).filter(|_| sign(end))?;
            return Some((end, make(Some(year), month, Some(day))));
        }
        let (next, month) = self.month_word(at)?;
        if self.word(next) != "/" || !sign(next) {
            return None;
        }
        if let Some((end, year)) = self.year_figures(next + 1) {
            return Some((end, make(Some(year), month, None)));
        }
        let (end, day) = self.day_figures(next + 1)?;
        Some((end, make(None, month, Some(day))))
    }

    /// "Q1", "H2" after a year.
    fn quarter_code(&self, at: usize) -> Option<(usize, OfYear)> {
        let n = self.at(at + 1).number.filter(|_| self.is(at, &["q", "h"]) && self.joined(at + 1))?;
        let make: OfYear = match (self.word(at), n) {
            ("q", 1) => |y| Expr::Quarter(1, Some(y), Dir::Plain),
            ("q", 2) => |y| Expr::Quarter(2, Some(y), Dir::Plain),
            ("q", 3) => |y| Expr::Quarter(3, Some(y), Dir::Plain),
            ("q", 4) => |y| Expr::Quarter(4, Some(y), Dir::Plain),
            ("h", 1) => |y| Expr::Half(1, Some(y), Dir::Plain),
            ("h", 2) => |y| Expr::Half(2, Some(y), Dir::Plain),
            _ => return None,
        };
        Some((at + 2, make))
    }

    fn dated_before(&self, at: usize) -> bool {
        let listed = self.scheduling && (at == 0 || self.is(at - 1, &[",", "or", "!", "this", "next"]));
        listed
            || at > 0
                && (self.is(
                    at - 1,
                    &[
                        "on", "by", "since", "until", "till", "from", "to", "before", "after", "between", "for", "and",
                        "each", "every", "dated",
                    ],
                ) || matches!(self.at(at - 1).lex, Lex::Weekday { .. }))
    }
}

fn year(n: i64) -> Option<i16> {
    (1000..=2199).contains(&n).then_some(n as i16)
}

fn month(n: i64) -> Option<i8> {
    (1..=12).contains(&n).then_some(n as i8)
}

fn day(n: i64) -> Option<i8> {
    (1..=31).contains(&n).then_some(n as i8)
}

fn spec(y: i64, m: i64, d: i64) -> Option<DateSpec> {
    let date = jiff::civil::Date::new(year(y)?, month(m)?, day(d)?).ok()?;
    Some(DateSpec { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()), ..DateSpec::default() })
}
