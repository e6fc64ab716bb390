//! Lengths of time and repeated times: "11-day", "several weeks", "every Monday".

use super::{Grammar, Parse};
use crate::expr::Expr;
use crate::lexicon::Lex;
use crate::value::{Count, Part, Unit};

impl Grammar<'_> {
    /// "three decades", "more than 20 years", "the next six months", "24-year", "years", "month-long".
    pub fn duration(&self, at: usize) -> Parse {
        let start = self.approximation(at).unwrap_or(at);
        let (pointed, start) = self.ordered(start);
        if let Some(found) = self.long(start) {
            return (!pointed).then_some(found);
        }
        let (next, count, article) = match self.at(start).lex {
            Lex::Unit { unit, plural } => return self.bare(at, start, unit, plural, pointed),
            _ => self.count(start)?,
        };
        let mut next = next;
        while self.is(
            next,
            &[
                "full",
                "more",
                "further",
                "additional",
                "whole",
                "short",
                "long",
                "very",
                "single",
                "entire",
                "coming",
                "past",
                "previous",
                "next",
                "last",
                "following",
                "light",
            ],
        ) || (self.at(next).lex == Lex::None
            && matches!(
                self.form(next),
                "consecutive" | "straight" | "bloody" | "successive" | "solid" | "extra" | "brutal"
            ))
        {
            if self.word(next) == "light" {
                return None;
            }
            next += 1;
        }
        let hyphen = self.word(next) == "-" && self.joined(next) && self.joined(next + 1);
        let unit_at = next + usize::from(hyphen);
        // "the 11-day visit": the article belongs to the noun.
        let attributive = hyphen
            || self.word(unit_at + 1) == "-" && self.word(unit_at + 2) == "long"
            || self.word(unit_at + 1) == "long" && !matches!(self.at(unit_at).lex, Lex::Unit { plural: true, .. });
        if attributive
            && (start > at || article || self.is(at, &["a", "an"]))
            && self.word(unit_at + 1) != "period"
            && self.is(at, &["the", "its", "his", "their", "a", "an", "this", "that"])
        {
            return None;
        }
        let (unit, plural) = self.unit_word(unit_at, next)?;
        let singular_ok = hyphen
            || count == Count::ONE
            || count == Count::Exact(50)
            || (unit >= Unit::Minute && !self.joined(unit_at + 1) && count != Count::Vague);
        if (!plural && !singular_ok)
            || (article && matches!(unit, Unit::Second | Unit::Quarter | Unit::Minute) && unit != Unit::Minute)
        {
            return None;
        }
        if article && self.word(start) != "another" && matches!(unit, Unit::Weekend) {
            return None;
        }
        let (a_number, singular) =
            (self.is(at, &["a"]) && next > at + 1, !plural && !matches!(count, Count::Exact(100 | 50)));
        if a_number && singular && !hyphen {
            return None;
        }
        // "the Seven Years War": the article belongs to the name.
        if self.word(at) == "the" && start == at + 1 && self.at(unit_at + 1).is_capital() && self.is_noun(unit_at + 1) {
            return None;
        }
        // "three quarters of the city" is a share.
        if unit == Unit::Quarter && (self.word(unit_at + 1) == "of" || hyphen || article) {
            return None;
        }
        let parts = vec![(count, unit)];
        let (end, parts) = self.more_parts(self.tail(unit_at + 1, hyphen), parts);
        Some((end, Expr::Duration(parts)))
    }

    /// A unit, also glued to figures: "3h", "25min".
    fn unit_word(&self, at: usize, after_count: usize) -> Option<(Unit, bool)> {
        if let Lex::Unit { unit, plural } = self.at(at).lex {
            return Some((unit, plural));
        }
        let glued = at == after_count && self.joined(at) && at > 0 && self.at(at - 1).number.is_some();
        match self.word(at) {
            "h" | "hrs" if glued => Some((Unit::Hour, true)),
            _ => None,
        }
    }

    /// "2 hours and 30 minutes", "a year and a half".
    fn more_parts(&self, at: usize, mut parts: Vec<(Count, Unit)>) -> (usize, Vec<(Count, Unit)>) {
        let next = self.skip(self.skip(at, ","), "and");
        if next > at
            && self.is(next, &["a"])
            && self.word(next + 1) == "half"
            && let Some((Count::Exact(n), _)) = parts.last_mut()
        {
            *n += 50;
            return (next + 2, parts);
        }
        if next > at
            && let Some((unit_at, n)) = self.cardinal(next)
            && let Lex::Unit { unit, .. } = self.at(unit_at).lex
            && parts.last().is_some_and(|(_, last)| unit < *last)
            && !self.is(unit_at + 1, &["ago", "later", "earlier"])
        {
            parts.push((Count::Exact(n), unit));
            return (unit_at + 1, parts);
        }
        (at, parts)
    }

    /// "long", "-old", "of age", "years' time" after the unit.
    fn tail(&self, at: usize, hyphen: bool) -> usize {
        if self.word(at) == "-" && self.joined(at) && self.is(at + 1, &["old", "long"]) {
            return at + 2;
        }
        if self.word(at) == "long" && matches!(self.at(at.wrapping_sub(1)).lex, Lex::Unit { plural: false, .. }) {
            return at + 1;
        }
        if self.word(at) == "old" && self.at(at).space || hyphen && self.word(at) == "period" {
            return at + 1;
        }
        if self.word(at) == "of" && self.word(at + 1) == "age" {
            return at + 2;
        }
        at
    }

    /// "month-long", "decades-long", "all day".
    fn long(&self, at: usize) -> Parse {
        if self.is(at, &["all", "whole", "entire"]) {
            let next = self.skip(at + 1, "-");
            if let Lex::Unit { unit: unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year), plural: false } =
                self.at(next).lex
            {
                return Some((next + 1, Expr::Duration(vec![(Count::ONE, unit)])));
            }
            return None;
        }
        let Lex::Unit { unit, plural } = self.at(at).lex else { return None };
        let next = if self.word(at + 1) == "-" { at + 2 } else { at + 1 };
        let glued = self.word(at + 1) == "-" && self.word(next) == "long";
        let count = if plural { Count::Vague } else { Count::ONE };
        glued.then(|| (next + 1, Expr::Duration(vec![(count, unit)])))
    }

    /// "the first", "the last", "the past", "its final": whether there is one, and the token after.
    fn ordered(&self, at: usize) -> (bool, usize) {
        let the = if self.is(at, &["the", "its", "his", "their", "these", "those", "this"]) { at + 1 } else { at };
        let next = self.skip(the, "same");
        let words = [
            "last",
            "next",
            "past",
            "previous",
            "following",
            "coming",
            "preceding",
            "prior",
            "final",
            "opening",
            "closing",
            "initial",
            "upcoming",
            "entire",
            "whole",
            "full",
            "intervening",
        ];
        let first = self.at(next).lex == Lex::Ordinal(1);
        if self.is(next, &words) || first {
            return (true, next + 1);
        }
        if next > the || (the > at && (self.cardinal(the).is_some() || self.is(the, &["few", "several", "many"]))) {
            return (true, next);
        }
        (false, at)
    }

    /// Units without a number: "for years", "the past decade", "in the last year", "the coming weeks".
    fn bare(&self, at: usize, start: usize, unit: Unit, plural: bool, pointed: bool) -> Parse {
        if plural {
            let led = at > 0
                && self.is(
                    at - 1,
                    &["for", "in", "over", "within", "after", "during", "of", "by", "took", "lasted", "many"],
                );
            let made = self.is(start + 1, &["of", "before", "after", "ago", "later"]);
            let clock = unit < Unit::Minute || unit == Unit::Quarter || self.before(at) == "of" && !pointed;
            let tail = self.tail(start + 1, false);
            return ((pointed || led || made) && !clock).then(|| (tail, Expr::Duration(vec![(Count::Vague, unit)])));
        }
        let spanning = self.is(start.wrapping_sub(1), &["last", "past", "whole", "entire", "full"])
            && start >= 2
            && self.is(start - 2, &["the", "this"]);
        let worth = matches!(
            unit,
            Unit::Week
                | Unit::Month
                | Unit::Quarter
                | Unit::Year
                | Unit::Decade
                | Unit::Century
                | Unit::Hour
                | Unit::Day
        );
        (pointed && spanning && worth && self.word(start + 1) != "of")
            .then(|| (start + 1, Expr::Duration(vec![(Count::ONE, unit)])))
    }

    /// "daily", "every Monday", "each year", "twice a month", "Mondays", "per day".
    pub fn set(&self, at: usize) -> Parse {
        let token = self.at(at);
        let set = |end, value: String| Some((end, Expr::Set(value)));
        match token.lex {
            Lex::Set => {
                // "the Weekly" is a paper.
                let name = token.is_capital() && !self.starts_sentence(at);
                return if name { None } else { set(at + 1, token.value.to_owned()) };
            }
            Lex::Weekday { day, plural: true, .. } => return set(at + 1, format!("XXXX-WXX-{day}")),
            Lex::Unit { unit: Unit::Weekend, plural: true } if !self.is(at.wrapping_sub(1), &["of"]) => {
                return set(at + 1, "XXXX-WXX-WE".to_owned());
            }
            _ => {}
        }
        match token.word {
            "every" | "each" => self.every(at + 1),
            "per" => {
                let Lex::Unit { unit, plural: false } = self.at(at + 1).lex else { return None };
                if unit < Unit::Hour {
                    return None;
                }
                set(at + 2, period(Count::ONE, unit))
            }
            "once" | "twice" | "thrice" => self.every_after_times(at + 1),
            _ => {
                let (next, _) = self.cardinal(at)?;
                if self.word(next) != "times" {
                    return None;
                }
                self.every_after_times(next + 1)
            }
        }
    }

    fn every_after_times(&self, at: usize) -> Parse {
        if self.is(at, &["every", "each"]) {
            return self.every(at + 1);
        }
        if !self.is(at, &["a", "an", "per"]) {
            return match self.at(at).lex {
                Lex::Set => Some((at + 1, Expr::Set(self.at(at).value.to_owned()))),
                _ => None,
            };
        }
        let Lex::Unit { unit, plural: false } = self.at(at + 1).lex else { return None };
        Some((at + 2, Expr::Set(period(Count::ONE, unit))))
    }

    fn every(&self, at: usize) -> Parse {
        let set = |end, value: String| Some((end, Expr::Set(value)));
        let other = self.form(at) == "other";
        let at = at + usize::from(other);
        let count = if other { Count::Exact(200) } else { Count::ONE };
        match self.at(at).lex {
            Lex::Unit { unit: Unit::Weekend, .. } => set(at + 1, "XXXX-WXX-WE".to_owned()),
            Lex::Unit { unit, plural: false } if unit != Unit::Second => set(at + 1, period(count, unit)),
            Lex::Weekday { day, .. } => {
                let part = match self.at(at + 1).lex {
                    Lex::Part(part) => Some(part),
                    _ => None,
                };
                set(at + 1 + usize::from(part.is_some()), format!("XXXX-WXX-{day}{}", part.map_or("", part3)))
            }
            Lex::Month { .. } => {
                let (end, month) = self.month_word(at)?;
                set(end, format!("XXXX-{month:02}"))
            }
            Lex::Season(season) => set(at + 1, format!("XXXX-{}", ["SP", "SU", "FA", "WI"][season as usize])),
            Lex::Part(part) => set(at + 1, part3(part).to_owned()),
            _ => {
                let (next, n) = self.cardinal(at)?;
                let Lex::Unit { unit, plural: true } = self.at(next).lex else { return None };
                set(next + 1, period(Count::Exact(n), unit))
            }
        }
    }
}

fn part3(part: Part) -> &'static str {
    match part {
        Part::Morning => "TMO",
        Part::Noon => "T12:00",
        Part::Afternoon => "TAF",
        Part::Evening => "TEV",
        Part::Night => "TNI",
        Part::Midnight => "T00:00",
        Part::Daytime => "TDT",
    }
}

fn period(count: Count, unit: Unit) -> String {
    crate::value::Value::Duration(vec![(count, unit)]).edtf().unwrap_or_default()
}
