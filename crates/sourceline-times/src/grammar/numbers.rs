//! Numbers, ordinals, days of the month, years.

use super::Grammar;
use crate::lexicon::Lex;
use crate::value::{Count, Unit};

impl Grammar<'_> {
    /// A cardinal in figures or words, in hundredths: "3.5", "twenty-one", "two and a half", "one hundred and fifty".
    pub fn cardinal(&self, at: usize) -> Option<(usize, i64)> {
        if let Some(number) = self.at(at).number {
            if self.word(at + 1) == "." && self.joined(at + 1) && self.joined(at + 2) && self.at(at + 2).digits > 0 {
                let tail = self.at(at + 2);
                let decimals = match (tail.digits, tail.number?) {
                    (1, n) => n * 10,
                    (2, n) => n,
                    _ => return None,
                };
                return Some((at + 3, number.checked_mul(100)?.checked_add(decimals)?));
            }
            let suffixed = self.joined(at + 1) && self.is(at + 1, &["st", "nd", "rd", "th", "s"]);
            return if suffixed { None } else { Some((at + 1, number.checked_mul(100)?)) };
        }
        let (mut end, value) = self.number_words(at)?;
        let mut value = value * 100;
        let half = self.skip(self.skip(end, "and"), "a");
        if half > end && self.word(half) == "half" {
            (end, value) = (half + 1, value + 50);
        }
        Some((end, value))
    }

    fn number_words(&self, at: usize) -> Option<(usize, i64)> {
        let (mut end, mut total, mut group) = (at, 0i64, 0i64);
        while let Lex::Number(n) = self.at(end).lex {
            match n {
                1000 => (total, group) = (total + group.max(1) * 1000, 0),
                100 => group = group.max(1) * 100,
                12 if group > 0 && self.word(end) == "dozen" => group *= 12,
                _ if group % 100 != 0 && !(group % 100 >= 20 && group % 10 == 0 && n < 10) => break,
                _ => group += n,
            }
            if total + group > 1_000_000 {
                return None;
            }
            end += 1;
            let hyphen = self.word(end) == "-" && self.joined(end) && self.joined(end + 1);
            let and = self.word(end) == "and" && group % 100 == 0 && group > 0;
            if (hyphen || and) && matches!(self.at(end + 1).lex, Lex::Number(n) if n < 100 && n != 12) {
                end += 1;
            }
        }
        (end > at).then_some((end, total + group))
    }

    /// "21st", "twenty-first", "third".
    pub fn ordinal(&self, at: usize) -> Option<(usize, i64)> {
        let token = self.at(at);
        if let Some(number) = token.number {
            let suffixed = self.joined(at + 1) && self.is(at + 1, &["st", "nd", "rd", "th"]);
            return suffixed.then_some((at + 2, number));
        }
        match token.lex {
            Lex::Ordinal(n) => Some((at + 1, n)),
            Lex::Unit { unit: Unit::Second, plural: false } if token.word == "second" => Some((at + 1, 2)),
            Lex::Number(tens @ (20 | 30)) => {
                let next = self.skip(at + 1, "-");
                match self.at(next).lex {
                    Lex::Ordinal(n) if n < 10 => Some((next + 1, tens + n)),
                    _ if self.word(next) == "second" => Some((next + 1, tens + 2)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A day of the month in figures, with or without ending.
    pub fn day_figures(&self, at: usize) -> Option<(usize, i8)> {
        let token = self.at(at);
        let number = token.number.filter(|n| token.digits <= 2 && (1..=31).contains(n))?;
        let suffixed = self.joined(at + 1) && self.is(at + 1, &["st", "nd", "rd", "th"]);
        let glued = self.joined(at + 1) && self.at(at + 1).number.is_some();
        (!glued).then_some((at + 1 + usize::from(suffixed), number as i8))
    }

    /// A day of the month in figures or as an ordinal word.
    pub fn day_number(&self, at: usize) -> Option<(usize, i8)> {
        self.day_figures(at).or_else(|| {
            let (end, n) = self.ordinal(at)?;
            (1..=31).contains(&n).then_some((end, n as i8))
        })
    }

    /// A year that other words make sure of: four figures, or any with BC or AD. Astronomical.
    pub fn year_figures(&self, at: usize) -> Option<(usize, i16)> {
        if let Some(found) = self.era_year(at) {
            return Some(found);
        }
        let token = self.at(at);
        let year = token.number.filter(|n| token.digits == 4 && !token.grouped && (1000..=2199).contains(n))?;
        let decade = self.joined(at + 1) && self.is(at + 1, &["s", "th", "st", "nd", "rd", "hrs", "h", "m", "p", "a"]);
        (!decade).then_some((at + 1, year as i16))
    }

    /// "nineteen ninety-six", "two thousand and fifteen".
    pub fn year_words(&self, at: usize) -> Option<(usize, i16)> {
        let Lex::Number(first) = self.at(at).lex else { return None };
        if first == 2 && self.word(at + 1) == "thousand" {
            let (end, value) = self.number_words(at)?;
            if self.word(end) == "and"
                && let Some((end, rest)) = self.number_words(end + 1).filter(|(_, rest)| *rest < 100)
            {
                return Some((end, (value + rest) as i16));
            }
            return (2000..2100).contains(&value).then_some((end, value as i16));
        }
        if (11..=20).contains(&first) && self.word(at + 1) == "hundred" {
            let and = self.skip(at + 2, "and");
            let (end, rest) = self.number_words(and).filter(|(_, rest)| *rest < 100)?;
            return Some((end, (first * 100 + rest) as i16));
        }
        let tens = self.skip(at + 1, "-");
        match (first, self.at(tens).lex) {
            (15..=20, Lex::Number(n @ (10..=90))) if n != 12 || self.word(tens) == "twelve" => {
                let (end, rest) = self.number_words(tens).filter(|(_, rest)| *rest < 100)?;
                Some((end, (first * 100 + rest) as i16))
            }
            _ => None,
        }
    }

    /// "264 BC", "AD 79", "149 B.C.".
    pub fn era_year(&self, at: usize) -> Option<(usize, i16)> {
        if self.is(at, &["ad", "bc"]) && self.at(at).is_capital() {
            let token = self.at(at + 1);
            let year = token.number.filter(|n| token.digits <= 4 && *n > 0)?;
            return Some((at + 2, if self.word(at) == "ad" { year as i16 } else { 1 - year as i16 }));
        }
        let token = self.at(at);
        let year = token.number.filter(|n| token.digits <= 4 && *n > 0)?;
        let (end, before) = self.era(at + 1)?;
        Some((end, if before { 1 - year as i16 } else { year as i16 }))
    }

    /// The end of an era mark and whether it is BC.
    pub fn era(&self, at: usize) -> Option<(usize, bool)> {
        match self.word(at) {
            "bc" | "bce" => Some((at + 1, true)),
            "ad" | "ce" if self.at(at).is_capital() && self.form(at).len() == 2 && self.form(at) != "Ad" => {
                Some((at + 1, false))
            }
            "b" | "a" if self.word(at + 1) == "." && self.is(at + 2, &["c", "d"]) => {
                let before = self.word(at) == "b";
                let stop = self.word(at + 3) == "." && (before || self.joined(at + 3));
                (before == (self.word(at + 2) == "c")).then_some((at + 3 + usize::from(stop), before))
            }
            _ => None,
        }
    }

    /// How many: a number, "a", "several", "a couple of". The flag tells whether it is only an article.
    pub fn count(&self, at: usize) -> Option<(usize, Count, bool)> {
        if let Some((end, value)) = self.cardinal(at) {
            // "two to three", "two or three": no single number.
            if self.is(end, &["to", "or", "-"])
                && let Some((after, _)) = self.cardinal(end + 1)
            {
                return Some((after, Count::Vague, false));
            }
            return Some((end, Count::Exact(value), false));
        }
        match self.word(at) {
            "a" | "an" | "another" => {
                let next = at + 1;
                match self.word(next) {
                    "few" | "many" => return Some((next + 1, Count::Vague, false)),
                    "couple" => return Some((self.skip(next + 1, "of"), Count::Exact(200), false)),
                    "number" if self.word(next + 1) == "of" => return Some((next + 2, Count::Vague, false)),
                    "half" => return Some((self.skip(next + 1, "-"), Count::Exact(50), false)),
                    _ => {}
                }
                if (self.word(at) == "another" || matches!(self.at(next).lex, Lex::Number(n) if n >= 12))
                    && let Some((end, value)) = self.cardinal(next)
                {
                    return Some((end, Count::Exact(value), false));
                }
                Some((next, Count::ONE, true))
            }
            "half" if self.is(at + 1, &["a", "an"]) => Some((at + 2, Count::Exact(50), false)),
            "couple" => Some((self.skip(at + 1, "of"), Count::Exact(200), false)),
            "several" | "few" | "many" | "numerous" | "some" | "various" => Some((at + 1, Count::Vague, false)),
            "dozens" | "hundreds" | "thousands" if self.word(at + 1) == "of" => Some((at + 2, Count::Vague, false)),
            _ => None,
        }
    }
}
