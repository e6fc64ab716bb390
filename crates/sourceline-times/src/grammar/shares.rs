//! Parts of a larger time, counted: "the last week of July", "the first ten months of 1915", "the 15th day of next month",
//! "week 31", "the week of April 10".

use super::{Grammar, Parse};
use crate::expr::{DateSpec, Expr, Frame};
use crate::lexicon::Lex;
use crate::value::{Count, Unit};

impl Grammar<'_> {
    /// A counted part of a larger time.
    pub fn share(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        self.numbered_week(the)
            .or_else(|| self.week_of(the))
            .or_else(|| self.holiday_weekend(the))
            .or_else(|| self.counted_share(the))
            .or_else(|| self.after_next(the))
    }

    fn counted_share(&self, at: usize) -> Parse {
        let (next, mut nth) = if self.is(at, &["last", "final"]) { (at + 1, -1) } else { self.ordinal(at)? };
        let mut count = 1;
        let mut unit_at = next;
        if let Some((end, n)) = self.cardinal(next).filter(|(_, n)| n % 100 == 0) {
            (unit_at, count) = (end, n / 100);
            if nth == -1 {
                nth = -count;
            } else if nth != 1 {
                return None;
            }
        }
        let Lex::Unit { unit, plural } = self.at(unit_at).lex else { return None };
        let fits = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Weekend);
        if !fits || plural != (count > 1) || self.word(unit_at + 1) != "of" {
            return None;
        }
        let (end, of) = self.date_like(unit_at + 2).or_else(|| self.the_unit(unit_at + 2))?;
        Some((end, Expr::Share { nth, count, unit, of: Box::new(of) }))
    }

    /// "week 31", "week 3 of 2027".
    fn numbered_week(&self, at: usize) -> Parse {
        if !matches!(self.at(at).lex, Lex::Unit { unit: Unit::Week, plural: false }) {
            return None;
        }
        let n = self.at(at + 1).number.filter(|n| (1..=53).contains(n))?;
        let this_year = Expr::Unit { unit: Unit::Year, offset: 0, frame: Frame::Speech };
        let (end, of) = if self.word(at + 2) == "of" { self.date_like(at + 3)? } else { (at + 2, this_year) };
        Some((end, Expr::Share { nth: n, count: 1, unit: Unit::Week, of: Box::new(of) }))
    }

    /// "the week of April 10th", "the week beginning 4 February", "the weekend of Halloween", "the month of April".
    fn week_of(&self, at: usize) -> Parse {
        let Lex::Unit { unit: unit @ (Unit::Week | Unit::Weekend | Unit::Month), plural: false } = self.at(at).lex
        else {
            return None;
        };
        let link =
            self.is(at + 1, &["of", "beginning"]) || matches!(self.form(at + 1), "starting" | "commencing" | "ending");
        if !link {
            return None;
        }
        let (end, of) = self.date_like(self.skip(at + 2, "on"))?;
        if unit == Unit::Month {
            return matches!(&of, Expr::Date(spec) if spec.month.is_some() && spec.day.is_none()).then_some((end, of));
        }
        let day = match &of {
            Expr::Date(spec) => spec.day.is_some() || spec.weekday.is_some(),
            Expr::Holiday(..) | Expr::Day(_) => true,
            _ => false,
        };
        day.then(|| (end, Expr::Share { nth: 0, count: 1, unit, of: Box::new(of) }))
    }

    /// "Labor Day weekend", "Easter weekend 2021".
    fn holiday_weekend(&self, at: usize) -> Parse {
        let (end, mut holiday) = self.holiday(at)?;
        if !matches!(self.at(end).lex, Lex::Unit { unit: Unit::Weekend, plural: false }) {
            return None;
        }
        let year = self.year_figures(end + 1).filter(|(_, year)| holiday.set_year(*year));
        let end = year.map_or(end + 1, |(end, _)| end);
        Some((end, Expr::Share { nth: 0, count: 1, unit: Unit::Weekend, of: Box::new(holiday) }))
    }

    /// "the week after next".
    fn after_next(&self, at: usize) -> Parse {
        let Lex::Unit { unit, plural: false } = self.at(at).lex else { return None };
        let two = (self.word(at + 1), self.word(at + 2));
        let offset = match two {
            ("after", "next") => 2,
            ("before", "last") => -2,
            _ => return None,
        };
        (unit >= Unit::Day).then_some((at + 3, Expr::Unit { unit, offset, frame: Frame::Speech }))
    }

    /// Calendar style only: spans from now, bounds, bare units.
    pub fn calendar_style(&self, at: usize) -> Parse {
        if !self.scheduling {
            return None;
        }
        [
            self.span_from_now(at),
            self.in_time(at),
            self.bounded(at),
            self.span_from_date(at),
            self.bare_unit(at),
            self.spoken_part(at),
        ]
        .into_iter()
        .flatten()
        .max_by_key(|(end, _)| *end)
    }

    /// "next 10 months", "2 upcoming months", "past two quarters".
    fn span_from_now(&self, at: usize) -> Parse {
        let start = self.skip(at, "within");
        let start = self.skip(start, "the");
        let sign = |word: &str| match word {
            "next" | "coming" | "upcoming" | "following" => Some(1),
            "last" | "past" | "previous" | "preceding" | "prior" => Some(-1),
            _ => None,
        };
        let (sign, unit_at, count) = if let Some(sign) = sign(self.word(start)) {
            let (end, count, _) = self.count(start + 1)?;
            (sign, end, count)
        } else {
            let (end, count, article) = self.count(start)?;
            let within = start > at && self.word(at) == "within";
            match sign(self.word(end)) {
                Some(sign) if !article => (sign, end + 1, count),
                _ if within => (1, end, count),
                _ => return None,
            }
        };
        let Lex::Unit { unit, plural } = self.at(unit_at).lex else { return None };
        if !plural && count != Count::Exact(100) {
            return None;
        }
        let today = self.word(at) == "within";
        (unit >= Unit::Day).then(|| (unit_at + 1, Expr::Span { count, unit, sign, today, from: None }))
    }

    /// "in two weeks", "in a fortnight's time".
    fn in_time(&self, at: usize) -> Parse {
        if self.word(at) != "in" {
            return None;
        }
        let (next, count, _) = self.count(at + 1)?;
        let Lex::Unit { unit, .. } = self.at(next).lex else { return None };
        let stop = !self.at(next + 1).is_word()
            || self.at(next + 1).lex != Lex::Word
            || self.is(next + 1, &["and", "or", "so", "from"]);
        let dated = self.word(next + 1) == "from" && self.word(next + 2) != "now" && self.date_like(next + 2).is_some();
        let stop = stop && self.word(next + 1) != "of" && !dated;
        stop.then_some((next + 1, Expr::Shift { count, unit, sign: 1, frame: Frame::Speech, from: None }))
    }

    /// "after 2018", "before the end of May", "no later than Friday", "starting January 7th".
    fn bounded(&self, at: usize) -> Parse {
        let later = |at: usize| self.word(at + 1) == "than";
        let (next, bound) = match self.word(at) {
            "after" => (at + 1, Bound::After),
            "before" => (at + 1, Bound::Before),
            "by" => (at + 1, Bound::Before),
            "since" => (at + 1, Bound::Since),
            "until" | "till" => (at + 1, Bound::Until),
            "later" if later(at) => (at + 2, Bound::After),
            "earlier" if later(at) => (at + 2, Bound::Before),
            _ if self.form(at) == "greater" && later(at) => (at + 2, Bound::After),
            "beginning" => (self.skip(at + 1, "on"), Bound::Since),
            "as" if self.is(at + 1, &["late", "early"]) && self.word(at + 2) == "as" => {
                (at + 3, if self.word(at + 1) == "late" { Bound::Until } else { Bound::Since })
            }
            _ if self.form(at) == "starting" => (self.skip(self.skip(at + 1, "on"), "from"), Bound::Since),
            _ if self.form(at) == "no" && self.is(at + 1, &["later"]) && later(at + 1) => (at + 3, Bound::Until),
            _ => return None,
        };
        let (end, inner) = self
            .clocked(next)
            .or_else(|| self.wrapped(next))
            .or_else(|| self.share(next))
            .or_else(|| self.date_like(next))
            .or_else(|| {
                let (end, year) = self.year_figures(next)?;
                Some((end, Expr::Date(DateSpec { year: Some(year), ..DateSpec::default() })))
            })?;
        let bound = self.to_the_edge(next, bound);
        let shadowed =
            self.is(end, &["and", "to", "until"]) && bound == Bound::Since && self.date_like(end + 1).is_some();
        let ends_range = bound == Bound::Until
            && at > 0
            && (self.at(at - 1).number.is_some() || !matches!(self.at(at - 1).lex, Lex::None | Lex::Word));
        let shadowed = shadowed || ends_range;
        (!shadowed).then(|| (end, Expr::Bound(bound, Box::new(inner))))
    }

    /// "before the end of May" runs up to its last day, "after the start of May" begins with its first.
    fn to_the_edge(&self, at: usize, bound: Bound) -> Bound {
        let edge = self.word(self.skip(at, "the"));
        match (bound, edge) {
            (Bound::Before, "end" | "close") => Bound::Until,
            (Bound::After, "beginning" | "start") => Bound::Since,
            _ => bound,
        }
    }

    /// A span from now in place of a bare length of the same words: "the next ten days".
    pub fn prefer_span(&self, at: usize, best: Parse) -> Parse {
        let longest = best.as_ref().map_or(0, |(end, _)| *end);
        self.span_from_now(at).filter(|(end, _)| *end >= longest).or(best)
    }

    /// What stands behind a date and belongs to it: "2018 or later", "two months from today on Tuesday".
    pub fn trailed(&self, (end, expr): (usize, Expr)) -> (usize, Expr) {
        if let (Expr::Shift { .. }, "on", Lex::Weekday { day, plural: false, .. }) =
            (&expr, self.word(end), self.at(end + 1).lex)
        {
            let day = Expr::Date(DateSpec { weekday: Some(day), ..DateSpec::default() });
            return (end + 2, Expr::Of(Box::new(day), Box::new(expr)));
        }
        let linked = self.is(end, &["or", "and"]);
        let bound = match self.form(end + 1) {
            "later" | "after" | "greater" | "onwards" | "above" if linked => Bound::Since,
            "earlier" | "before" | "under" if linked => Bound::Until,
            _ => return (end, expr),
        };
        let dated = matches!(&expr, Expr::Date(spec) if spec.year.is_some() || spec.day.is_some());
        let free = !self.at(end + 2).is_word() && self.at(end + 2).number.is_none();
        if dated && free { (end + 2, Expr::Bound(bound, Box::new(expr))) } else { (end, expr) }
    }

    /// "for 3 days from today", "2 weeks starting May 20th".
    fn span_from_date(&self, at: usize) -> Parse {
        let start = self.skip(at, "for");
        let (next, count, _) = self.count(start)?;
        let Lex::Unit { unit, .. } = self.at(next).lex else { return None };
        let comma = self.skip(next + 1, ",");
        let starting = self.form(comma) == "starting";
        if starting && start > at {
            return None;
        }
        let for_from = self.word(comma) == "from" && start > at;
        if !starting && !for_from {
            return None;
        }
        let (end, from) = self.date_like(self.skip(self.skip(comma + 1, "from"), "on"))?;
        Some((end, Expr::Span { count, unit, sign: 1, today: true, from: Some(Box::new(from)) }))
    }

    /// "the week", "end of month".
    fn bare_unit(&self, at: usize) -> Parse {
        let edge = self.is(at, &["end", "beginning", "start", "middle"]) && self.word(at + 1) == "of";
        let the = if edge { at + 2 } else { self.skip(at, "the") };
        let Lex::Unit { unit, plural: false } = self.at(the).lex else { return None };
        let named = unit == Unit::Weekend;
        let free = !self.at(the + 1).is_word()
            || self.is(the + 1, &["and", "or", "before"])
            || self.at(the + 1).lex == Lex::None;
        ((the > at || named) && free && unit >= Unit::Day && unit <= Unit::Year)
            .then_some((the + 1, Expr::Unit { unit, offset: 0, frame: Frame::Speech }))
    }

    /// "in the morning": the preposition belongs to it.
    fn spoken_part(&self, at: usize) -> Parse {
        if self.word(at) != "in" || self.word(at + 1) != "the" {
            return None;
        }
        self.day_part(at + 1)
    }
}

/// On which side of a date a time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Before,
    After,
    Since,
    Until,
}

/// A count as whole units.
pub(crate) fn whole(count: Count) -> Option<i64> {
    match count {
        Count::Exact(hundredths) if hundredths % 100 == 0 => Some(hundredths / 100),
        Count::Exact(_) => None,
        // "the next few days": three, as schedulers take it.
        Count::Vague => Some(3),
    }
}
