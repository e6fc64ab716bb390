//! Expressions that count from another time: "last year", "two days later", "the next morning", "now".

use super::{Grammar, Parse};
use crate::expr::{DateSpec, Dir, Expr, Frame};
use crate::lexicon::Lex;
use crate::value::{Count, Part, Unit, Vague};

impl Grammar<'_> {
    /// "yesterday", "this year", "the next day", "that month", "the day before".
    pub fn relative_unit(&self, at: usize) -> Parse {
        if let Lex::Day(offset) = self.at(at).lex {
            return Some((at + 1, Expr::Day(offset)));
        }
        let the = self.skip(at, "the");
        if the > at
            && matches!(self.at(the).lex, Lex::Unit { unit: Unit::Weekend, plural: false })
            && !self.is_noun(the + 1)
        {
            return Some((the + 1, Expr::Unit { unit: Unit::Weekend, offset: 0, frame: Frame::Speech }));
        }
        if let Some(found) = self.unit_beside(the, the > at) {
            return Some(found);
        }
        let (next, offset, frame) = self.pointer(at)?;
        let next = if self.is(next, &["calendar"]) { next + 1 } else { next };
        if let Some(end) = self.working_week(next) {
            let week = Expr::Unit { unit: Unit::Week, offset, frame };
            return Some((end, Expr::Share { nth: 1, count: 5, unit: Unit::Day, of: Box::new(week) }));
        }
        let Lex::Unit { unit, plural: false } = self.at(next).lex else { return None };
        if let (Unit::Week, Some(weekday)) = (unit, self.next_weekday(next + 1)) {
            let day = Expr::Date(DateSpec { weekday: Some(weekday.1), ..DateSpec::default() });
            return Some((weekday.0, Expr::Of(Box::new(day), Box::new(Expr::Unit { unit, offset, frame }))));
        }
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
            || self.word(next + 1) == "-" && self.joined(next + 1)
        {
            return None;
        }
        // "this week" counts from now, "the last day of" is a part of something.
        let partitive = self.word(next + 1) == "of" && matches!(self.word(next - 1), "last" | "next" | "following");
        (!partitive).then_some((next + 1, Expr::Unit { unit, offset, frame }))
    }

    /// "working week", "workweek".
    fn working_week(&self, at: usize) -> Option<usize> {
        let week = |at: usize| matches!(self.at(at).lex, Lex::Unit { unit: Unit::Week, plural: false });
        match self.form(at) {
            "workweek" => Some(at + 1),
            "working" | "work" if week(at + 1) => Some(at + 2),
            _ => None,
        }
    }

    /// "next week Wednesday", "next week on Tuesday".
    fn next_weekday(&self, at: usize) -> Option<(usize, i8)> {
        let on = if self.scheduling { self.skip(at, "on") } else { at };
        match self.at(on).lex {
            Lex::Weekday { day, plural: false, .. } if !self.at(on).line => Some((on + 1, day)),
            _ => None,
        }
    }

    /// "the day before yesterday", "the year before", "the day after", "the day following".
    fn unit_beside(&self, at: usize, has_the: bool) -> Parse {
        let Lex::Unit { unit, plural: false } = self.at(at).lex else { return None };
        if unit < Unit::Day {
            return None;
        }
        let sign = match self.word(at + 1) {
            "before" | "earlier" => -1,
            "after" | "later" | "following" => 1,
            _ => return None,
        };
        if unit == Unit::Day
            && let Lex::Day(offset @ (-1 | 1)) = self.at(at + 2).lex
            && offset == sign
        {
            return Some((at + 3, Expr::Day(2 * sign)));
        }
        let free = !self.at(at + 2).is_word()
            || matches!(self.word(at + 2), "that" | "and" | "but" | "in" | "at" | "to" | "for" | "when");
        (has_the && free && !matches!(self.word(at + 1), "earlier" | "later"))
            .then_some((at + 2, Expr::Unit { unit, offset: sign, frame: Frame::Text }))
    }

    /// "last", "the following", "that same": the token after, the offset, from where.
    fn pointer(&self, at: usize) -> Option<(usize, i64, Frame)> {
        let the = self.skip(at, "the");
        let definite = the > at;
        let found = match self.word(the) {
            "this" if !definite => (the + 1, 0, Frame::Speech),
            "current" => (the + 1, 0, Frame::Speech),
            "that" if !definite => (self.skip(the + 1, "same"), 0, Frame::Text),
            "same" => (the + 1, 0, Frame::Text),
            "last" => (the + 1, -1, Frame::Speech),
            "past" if !definite => (the + 1, -1, Frame::Speech),
            "next" | "coming" | "upcoming" => (the + 1, 1, if definite { Frame::Text } else { Frame::Speech }),
            "previous" | "preceding" | "prior" => (the + 1, -1, Frame::Text),
            "following" => (the + 1, 1, Frame::Text),
            _ => return None,
        };
        let same = if self.word(the) == "this" { self.skip(found.0, "same") } else { found.0 };
        let past = if self.is(the, &["this", "last"]) && same == found.0 {
            self.skip(self.skip(self.skip(same, "past"), "coming"), "upcoming")
        } else {
            same
        };
        Some((past, found.1, found.2))
    }

    /// "last Monday", "next summer", "the following March", "this Christmas", "Tuesday next week".
    pub fn directed(&self, at: usize) -> Parse {
        if let Lex::Weekday { day, plural: false, .. } = self.at(at).lex {
            let next = self.skip(at + 1, "of");
            if self.scheduling
                && let Some((end, shift @ Expr::Shift { .. })) = self.shift(self.skip(at + 1, ","))
            {
                let day = Expr::Date(DateSpec { weekday: Some(day), ..DateSpec::default() });
                return Some((end, Expr::Of(Box::new(day), Box::new(shift))));
            }
            let (end, outer) = self.relative_unit(next)?;
            let week = Expr::Date(DateSpec { weekday: Some(day), ..DateSpec::default() });
            let is_week = matches!(outer, Expr::Unit { unit: Unit::Week, .. });
            return is_week.then(|| (end, Expr::Of(Box::new(week), Box::new(outer))));
        }
        let (next, offset, frame) = self.pointer(at)?;
        let dir = match (offset, frame) {
            (-1, Frame::Speech) => Dir::Last,
            (1, Frame::Speech) => Dir::Next,
            (-1, Frame::Text) => Dir::Before,
            (1, Frame::Text) => Dir::After,
            _ => Dir::This,
        };
        match self.at(next).lex {
            Lex::Weekday { day, plural: false, .. } => {
                if let Some((end, Expr::Date(spec))) = self.calendar_date(next).filter(|(end, _)| *end > next + 1) {
                    // "next Friday 12 May": the day says which.
                    let dir = if spec.month.is_some() { Dir::This } else { dir };
                    return Some((end, Expr::Date(DateSpec { dir, ..spec })));
                }
                Some((next + 1, Expr::Date(DateSpec { weekday: Some(day), dir, ..DateSpec::default() })))
            }
            Lex::Month { .. } => {
                let (end, expr) = self.calendar_date(next).or_else(|| {
                    let (end, month) = self.month_word(next)?;
                    let lower = self.is(next, &["may", "march"]) && !self.at(next).is_capital();
                    (!lower).then_some((end, Expr::Date(DateSpec { month: Some(month), ..DateSpec::default() })))
                })?;
                match expr {
                    Expr::Date(spec) => Some((end, Expr::Date(DateSpec { dir, ..spec }))),
                    other => Some((end, other)),
                }
            }
            Lex::Season(season) => Some((next + 1, Expr::Season(season, None, dir))),
            _ if self.scheduling && self.at(next).digits > 0 => {
                let (end, found) = self.figures_date(next).or_else(|| self.calendar_date(next))?;
                let Expr::Date(spec) = found else { return None };
                spec.month.map(|_| (end, Expr::Date(DateSpec { dir, ..spec })))
            }
            _ => {
                let (end, holiday) = self.holiday(next)?;
                let Expr::Holiday(index, year, _) = holiday else { return None };
                Some((end, Expr::Holiday(index, year, dir)))
            }
        }
    }

    /// "three days ago", "two weeks later", "a day earlier", "two weeks after Christmas".
    pub fn shift(&self, at: usize) -> Parse {
        let start = self.approximation(at).unwrap_or(at);
        let start = self.skip(self.skip(start, "mere"), "the");
        let start = if self.is(start, &["a"]) && self.is(start + 1, &["mere", "full"]) { start + 2 } else { start };
        let (next, count, bare) = match self.at(start).lex {
            Lex::Unit { plural: true, .. } => (start, Count::Vague, true),
            _ => {
                let (next, count, _) = self.count(start)?;
                (next, count, false)
            }
        };
        let next = if self.is(next, &["short", "full", "more", "further", "additional"]) { next + 1 } else { next };
        let next = if self.word(next) == "-" && self.joined(next) { next + 1 } else { next };
        let Lex::Unit { unit, plural } = self.at(next).lex else { return None };
        let end = next + 1;
        let owned = self.word(end) == "'" && self.word(end + 1) == "time" && !(plural && count == Count::ONE);
        let end = if self.word(end) == "'" { end + 1 + usize::from(owned) } else { end };
        let plain = |after, sign, frame| Some((after, Expr::Shift { count, unit, sign, frame, from: None }));
        match self.word(end) {
            "ago" => plain(end + 1, -1, Frame::Speech),
            "hence" => plain(end + 1, 1, Frame::Speech),
            "later" | "afterwards" | "afterward" | "thereafter" => plain(end + 1, 1, Frame::Text),
            "earlier" | "previously" | "beforehand" => plain(end + 1, -1, Frame::Text),
            "from" if self.word(end + 1) == "now" => plain(end + 2, 1, Frame::Speech),
            word @ ("before" | "after" | "from" | "following" | "prior") => {
                let sign = if matches!(word, "before" | "prior") { -1 } else { 1 };
                if self.word(end + 1) == "that" && !self.at(end + 2).is_word() {
                    return plain(end + 2, sign, Frame::Text);
                }
                let open = !self.at(end + 1).is_word() && self.at(end + 1).number.is_none();
                if open && !bare && word != "from" {
                    return plain(end + 1, sign, Frame::Text);
                }
                let (after, from) = self.date_like(end + 1)?;
                let from = Some(Box::new(from));
                Some((after, Expr::Shift { count, unit, sign, frame: Frame::Text, from }))
            }
            // "in ten days' time"
            _ if owned && self.is(at.wrapping_sub(1), &["in", "within"]) => plain(end, 1, Frame::Speech),
            _ => None,
        }
    }

    /// "now", "recently", "the future", "these days", "recent years".
    pub fn vague(&self, at: usize) -> Parse {
        let vague = |end, kind| Some((end, Expr::Vague(kind)));
        match self.at(at).lex {
            Lex::Present => return vague(at + 1, Vague::Present),
            Lex::Past => return vague(at + 1, Vague::Past),
            _ => {}
        }
        let free = |end: usize| !self.at(end).is_word() || self.at(end).lex == Lex::Word && !self.at(end).is_capital();
        match self.word(at) {
            "right" if self.word(at + 1) == "now" => vague(at + 2, Vague::Present),
            "these" if self.word(at + 1) == "days" => vague(at + 2, Vague::Present),
            "present" if self.is(at + 1, &["day"]) => vague(at + 2, Vague::Present),
            "present" if self.word(at + 1) == "-" && self.word(at + 2) == "day" => vague(at + 3, Vague::Present),
            "present" if self.before(at) == "at" => vague(at + 1, Vague::Present),
            "moment" => None,
            "the" => match (self.word(at + 1), self.word(at + 2)) {
                ("moment", _) if self.before(at) == "at" && self.word(at + 2) != "of" => vague(at + 2, Vague::Present),
                ("time", "being") => vague(at + 3, Vague::Present),
                ("future", _) if free(at + 2) && self.word(at + 2) != "of" => vague(at + 2, Vague::Future),
                ("past", _)
                    if free(at + 2)
                        && !matches!(self.at(at + 2).lex, Lex::Number(_))
                        && self.count(at + 2).is_none() =>
                {
                    vague(at + 2, Vague::Past)
                }
                ("present", _) if self.at(at + 2).is_word() && self.word(at + 2) == "day" => {
                    vague(at + 3, Vague::Present)
                }
                ("present", _) if !self.at(at + 2).is_word() => vague(at + 2, Vague::Present),
                ("recent", "past") => vague(at + 3, Vague::Past),
                _ if self.form(at + 1) == "near" && self.word(at + 2) == "future" => vague(at + 3, Vague::Future),
                _ => None,
            },
            "recent" if matches!(self.at(at + 1).lex, Lex::Unit { plural: true, .. }) => vague(at + 2, Vague::Past),
            _ => None,
        }
    }

    /// Words that date only in history books: "at this time", "former".
    pub fn loose(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        let next = self.skip(the, "same");
        let pointed = next > at || self.is(at, &["this", "that"]);
        let noun = if next > at { next } else { at + 1 };
        match self.word(at) {
            "former" if self.before(at) != "the" && !matches!(self.word(at + 1), "and" | "," | ".") => {
                Some((at + 1, Expr::Vague(Vague::Past)))
            }
            "recent" => Some((at + 1, Expr::Vague(Vague::Past))),
            "current" => Some((at + 1, Expr::Vague(Vague::Present))),
            "future" => Some((at + 1, Expr::Vague(Vague::Future))),
            _ if pointed && self.word(noun) == "time" && self.before(at) != "all" => {
                let comma = matches!(self.before(at), ",") || self.starts_sentence(at);
                (!comma || next > the).then_some((noun + 1, Expr::Same))
            }
            _ if pointed && self.word(noun) == "period" && self.is(noun - 1, &["this", "that", "same"]) => {
                Some((noun + 1, Expr::Unit { unit: Unit::Second, offset: 0, frame: Frame::Text }))
            }
            _ => None,
        }
    }

    /// "Tuesday night", "tonight", "the next morning", "the night of 10 August".
    pub fn day_part(&self, at: usize) -> Parse {
        let day = |offset| Some(Box::new(Expr::Day(offset)));
        match self.word(at) {
            "tonight" => return Some((at + 1, Expr::Part(Part::Night, day(0)))),
            "overnight" => return Some((at + 1, Expr::Part(Part::Night, None))),
            _ => {}
        }
        if let Some((end, part)) = self.pointed_part(at) {
            return Some((end, part));
        }
        let (early, part_at) = self.early(self.skip(at, "the"));
        if let Lex::Part(part) = self.at(part_at).lex
            && !matches!(part, Part::Noon | Part::Midnight)
        {
            let hours = self.skip(part_at + 1, "hours");
            if self.word(hours) == "of" {
                let (end, date) = self.date_like(hours + 1)?;
                return Some((end, Expr::Part(part, Some(Box::new(date)))));
            }
            let the = self.word(at) == "the";
            let led = self
                .is(at.wrapping_sub(1), &["in", "during", "of", "that", "on", "by", "until", "through", "at"])
                && at > 0;
            if led && (the || self.before(at) == "at" && part == Part::Night) || early && the {
                return Some((hours, Expr::Part(part, None)));
            }
            return None;
        }
        let (early, part_at) = if self.form(part_at) == "small" { (true, part_at + 1) } else { (early, part_at) };
        if early && self.word(part_at) == "hours" && self.word(part_at + 1) == "of" {
            let (end, date) = self.date_like(part_at + 2)?;
            return Some((end, Expr::Part(Part::Morning, Some(Box::new(date)))));
        }
        let (end, date) = self.date_like(at)?;
        let is_day = match &date {
            Expr::Date(spec) => spec.day.is_some() || spec.weekday.is_some(),
            Expr::Day(_) | Expr::Holiday(..) => true,
            _ => false,
        };
        let (_, part_at) = self.early(end);
        let Lex::Part(part) = self.at(part_at).lex else { return None };
        (is_day && !matches!(part, Part::Noon | Part::Midnight))
            .then(|| (part_at + 1, Expr::Part(part, Some(Box::new(date)))))
    }

    fn early(&self, at: usize) -> (bool, usize) {
        if self.is(at, &["early", "late", "mid"]) {
            let next = self.skip(at + 1, "-");
            if matches!(self.at(next).lex, Lex::Part(_)) || self.word(next) == "hours" {
                return (true, next);
            }
        }
        (false, at)
    }

    fn pointed_part(&self, at: usize) -> Parse {
        let (next, offset, frame) = self.pointer(at)?;
        let (_, next) = self.early(next);
        let Lex::Part(part) = self.at(next).lex else { return None };
        if matches!(part, Part::Noon | Part::Midnight) {
            return None;
        }
        let day = match frame {
            Frame::Speech => Expr::Day(offset),
            Frame::Text => Expr::Unit { unit: Unit::Day, offset, frame },
        };
        Some((next + 1, Expr::Part(part, Some(Box::new(day)))))
    }
}
