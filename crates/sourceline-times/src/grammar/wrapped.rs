//! Expressions inside others: "early in 1942", "the end of last year", "about 2010".

use super::{Grammar, Parse};
use crate::expr::{Expr, Frame};
use crate::lexicon::Lex;
use crate::value::Unit;

impl Grammar<'_> {
    /// "late November", "mid-2019", "early in the 1990s", "the end of March", "later that year".
    pub fn wrapped(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        match self.word(the) {
            "early" | "late" | "mid" => {
                if self.word(the + 1) == "part" && self.word(the + 2) == "of" {
                    return self.of_wrapped(the + 3);
                }
                let mut next = self.skip(the + 1, "-");
                if self.is(next, &["to"]) && self.is(self.skip(next + 1, "-"), &["mid", "late"]) {
                    next = self.skip(self.skip(self.skip(next + 1, "-") + 1, "-"), "-");
                }
                if self.is(next, &["in"]) {
                    return self.in_wrapped(next + 1);
                }
                let of = self.skip(next, "of");
                let hyphen = next > the + 1;
                self.edged(self.skip(of, "the")).or_else(|| if hyphen { None } else { self.edged(of) })
            }
            "earlier" | "later" if the == at => {
                let next = self.skip(self.skip(at + 1, "in"), "on");
                let inner = if next > at + 1 {
                    self.in_wrapped(next)
                } else {
                    self.relative_unit(next).or_else(|| self.part_of_today(next))
                };
                inner.filter(|(_, expr)| !matches!(expr, Expr::Vague(_)))
            }
            "beginning" | "start" | "end" | "middle" | "close" | "turn" | "rest" | "eve"
                if self.word(the + 1) == "of" =>
            {
                self.of_wrapped(the + 2)
            }
            "latter" | "later" | "first" | "last" | "final" | "second" | "better"
                if self.is(the + 1, &["part", "half"]) =>
            {
                let (next, half) = (the + 2, self.word(the + 1) == "half");
                if self.word(next) != "of" || (half && self.quarter_at(at)) {
                    return None;
                }
                self.of_wrapped(next + 1)
            }
            _ => self.genitive_end(at),
        }
    }

    fn quarter_at(&self, at: usize) -> bool {
        match self.date_like(at) {
            Some((_, Expr::Half(..))) => true,
            Some((_, Expr::Of(inner, _))) => matches!(*inner, Expr::Half(..)),
            _ => false,
        }
    }

    /// "month's end", "year-end".
    fn genitive_end(&self, at: usize) -> Parse {
        let Lex::Unit { unit: unit @ (Unit::Month | Unit::Year | Unit::Week), plural: false } = self.at(at).lex else {
            return None;
        };
        let next = match self.word(at + 1) {
            "'" if self.word(at + 2) == "s" => at + 3,
            "-" => at + 2,
            _ => return None,
        };
        (self.word(next) == "end").then_some((next + 1, Expr::Unit { unit, offset: 0, frame: Frame::Text }))
    }

    fn edged(&self, at: usize) -> Parse {
        self.day_part(at).or_else(|| self.date_like(at)).or_else(|| {
            // "early May": the modifier makes sure of the month.
            let (end, month) = self.month_word(at)?;
            let spec = crate::expr::DateSpec { month: Some(month), ..Default::default() };
            self.at(at).is_capital().then_some((end, Expr::Date(spec)))
        })
    }

    fn in_wrapped(&self, at: usize) -> Parse {
        self.day_part(at).or_else(|| self.date_like(at)).or_else(|| self.the_unit(at))
    }

    fn of_wrapped(&self, at: usize) -> Parse {
        self.date_like(at).or_else(|| self.the_unit(at))
    }

    /// "the year", where something else shows that the running one is meant.
    pub fn the_unit(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        let Lex::Unit { unit, plural: false } = self.at(the).lex else { return None };
        (the > at && unit >= Unit::Day && unit != Unit::Century)
            .then_some((the + 1, Expr::Unit { unit, offset: 0, frame: Frame::Speech }))
    }

    fn part_of_today(&self, at: usize) -> Parse {
        self.is(at, &["this", "that", "today"]).then(|| self.day_part(at)).flatten()
    }

    /// "about 2010", "ca. 264 BC", "around Christmas".
    pub fn about(&self, at: usize) -> Parse {
        let next = match self.word(at) {
            "about" if at > 0 && matches!(self.form(at - 1), "How" | "how" | "What" | "what") => return None,
            "about" | "around" | "approximately" | "circa" | "roughly" => at + 1,
            "ca" | "c" => self.skip(at + 1, "."),
            "~" if self.at(at).space => at + 1,
            _ => return None,
        };
        if self.word(at) == "c" && next == at + 1 {
            return None;
        }
        let (end, inner) = self.clocked(next).or_else(|| self.date_like(next)).or_else(|| {
            let (end, year) = self.year_figures(next)?;
            let spec = crate::expr::DateSpec { year: Some(year), ..Default::default() };
            Some((end, Expr::Date(spec)))
        })?;
        Some((end, Expr::About(Box::new(inner))))
    }

    /// The index after "more than", "about", "nearly" and the like.
    pub fn approximation(&self, at: usize) -> Option<usize> {
        let mut next = at;
        if self.is(next, &["a"]) && self.form(next + 1) == "little" {
            next += 2;
        }
        if self.is(next, &["only", "just"]) {
            return (self.count(next + 1).is_some() && !self.is(next + 1, &["the"])).then_some(next + 1);
        }
        next = match self.word(next) {
            "about" | "around" | "approximately" | "roughly" | "nearly" | "almost" | "over" | "under" => next + 1,
            "some" if self.cardinal(next + 1).is_some() => next + 1,
            "more" | "less" if self.word(next + 1) == "than" => next + 2,
            "at" if self.is(next + 1, &["least", "most"]) => next + 2,
            "up" if self.word(next + 1) == "to" => next + 2,
            _ => next,
        };
        // "over the next weeks" is no measure.
        (next > at && self.count(next).is_some() && !self.is(next, &["some"])).then_some(next)
    }
}
