//! Decades, centuries, seasons, quarters, halves, holidays.

use super::{Grammar, Parse};
use crate::calendar;
use crate::expr::{Dir, Expr};
use crate::lexicon::Lex;
use crate::value::Unit;

/// Words before a season that is a time.
const LEADS: [&str; 20] = [
    "in",
    "by",
    "during",
    "until",
    "since",
    "early",
    "late",
    "mid",
    "that",
    "of",
    "from",
    "to",
    "-",
    "and",
    "before",
    "after",
    "throughout",
    "over",
    "all",
    "the",
];

impl Grammar<'_> {
    /// Decades and centuries.
    pub fn long_date(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        self.decade(the).or_else(|| self.century(the))
    }

    fn decade(&self, at: usize) -> Parse {
        let era = |end: usize, tens: i16| match self.era(end) {
            Some((after, true)) => (after, Expr::Decade { tens: -tens - 1, full: true }),
            Some((after, false)) => (after, Expr::Decade { tens, full: true }),
            None => (end, Expr::Decade { tens, full: tens >= 100 }),
        };
        let short = self.word(at) == "'" && self.at(at + 1).digits == 2 && self.joined(at + 1);
        let at = if short { at + 1 } else { at };
        let token = self.at(at);
        if let Some(number) = token.number.filter(|n| n % 10 == 0 && !token.grouped) {
            let quoted = self.word(at + 1) == "'" && self.joined(at + 1);
            let s = at + 1 + usize::from(quoted);
            let apart = self.scheduling && self.form(s) == "s";
            if self.word(s) != "s" || !(self.joined(s) || apart) || !matches!(token.digits, 2..=4) {
                return None;
            }
            let plausible = match token.digits {
                4 => (1000..=2200).contains(&number),
                3 => self.era(s + 1).is_some(),
                _ => {
                    number >= 20
                        && !(at > 0 && matches!(self.form(at - 1), "his" | "her" | "their" | "my" | "our" | "your"))
                }
            };
            return plausible.then(|| era(s + 1, (number / 10) as i16));
        }
        let Lex::DecadeWord(tens) = token.lex else { return None };
        self.is(at.wrapping_sub(1), &["the", "early", "late", "mid", "-"]).then(|| era(at + 1, (tens / 10) as i16))
    }

    fn century(&self, at: usize) -> Parse {
        let (next, n) = self.ordinal(at).filter(|(_, n)| (1..=40).contains(n))?;
        let next = self.skip(next, "-");
        let Lex::Unit { unit: Unit::Century, plural: false } = self.at(next).lex else { return None };
        let index = (n - 1) as i16;
        Some(match self.era(next + 1) {
            Some((end, true)) => (end, Expr::Century(-index - 1)),
            Some((end, false)) => (end, Expr::Century(index)),
            None => (next + 1, Expr::Century(index)),
        })
    }

    /// "the summer of 2003", "spring 1942", "in autumn", "winter of 1941-42".
    pub fn season(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        let Lex::Season(season) = self.at(the).lex else { return None };
        let of = self.skip(self.skip(the + 1, ","), "of");
        if let Some((end, year)) = self.year_figures(of) {
            return Some((end, Expr::Season(season, Some(year), Dir::Plain)));
        }
        if self.word(the + 1) == "of"
            && let Some((end, outer)) = self.relative_unit(the + 2)
            && matches!(outer, Expr::Unit { unit: Unit::Year, .. })
        {
            return Some((end, Expr::Of(Box::new(Expr::Season(season, None, Dir::Plain)), Box::new(outer))));
        }
        if the == at && self.is_named(at) {
            return None;
        }
        let led = self.is(at.wrapping_sub(1), &LEADS) && at > 0;
        let capital = self.at(the).is_capital() && !self.starts_sentence(the);
        let bound = self.word(the) == "spring"
            && (the > at
                || capital
                || self.is_noun(the + 1)
                    && !self.is(at.wrapping_sub(1), &["to", "will", "would", "can", "could", "may"]));
        let ambiguous = self.word(the) == "fall" || (self.word(the) == "spring" && !led);
        if ambiguous
            && (!(led || bound)
                || self.is(the + 1, &["of", "to", "in", "into", "under", "from"])
                || self.before(at) == "to" && the == at)
        {
            return None;
        }
        let joined = self.joined(the + 1) && self.word(the + 1) == "'";
        let attributive = the > at && self.is_noun(the + 1);
        (!joined && !attributive).then_some((the + 1, Expr::Season(season, None, Dir::Plain)))
    }

    /// Whether the season at `at` ends a name: "Arab Spring", "Silver Spring"; the "Winter" of a "Chinese Winter Offensive" is a time.
    fn is_named(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let capital = |at: usize| self.at(at).is_word() && self.at(at).is_capital();
        let goes_on = capital(at + 1) && !self.at(at + 1).line;
        capital(at) && capital(before) && !goes_on && !self.at(at).line && !self.is(before, &LEADS)
    }

    /// Whether a noun may stand at `at` that what is before it belongs to: "the summer [offensive]".
    pub fn is_noun(&self, at: usize) -> bool {
        let token = self.at(at);
        let form = self.form(at);
        token.space
            && !token.line
            && token.is_word()
            && token.lex == Lex::None
            && !form.ends_with("ed")
            && !form.ends_with("ly")
            && (token.is_capital() && !matches!(self.at(at - 1).lex, Lex::Unit { .. })
                || token.is_capital()
                || matches!(self.at(at - 1).lex, Lex::Season(_)))
    }

    /// "the first quarter of 2010", "Q3 2011", "the second half", "H1 2020".
    pub fn quarter(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        let code = self.is(the, &["q", "h"])
            && self.joined(the + 1)
            && self.at(the + 1).digits == 1
            && (self.at(the).is_capital() || self.scheduling);
        let (next, n, is_quarter) = if code {
            (the + 2, self.at(the + 1).number?, self.word(the) == "q")
        } else {
            let last = self.word(the) == "last" || self.word(the) == "latter" || self.word(the) == "final";
            let (next, n) = match self.ordinal(the) {
                Some(found) => found,
                None if last => (the + 1, 0),
                None => return None,
            };
            let next = self.skip(next, "-");
            let quarter = matches!(self.at(next).lex, Lex::Unit { unit: Unit::Quarter, plural: false });
            if !quarter && self.word(next) != "half" {
                return None;
            }
            (next + 1, if n == 0 { if quarter { 4 } else { 2 } } else { n }, quarter)
        };
        if !(1..=if is_quarter { 4 } else { 2 }).contains(&n) {
            return None;
        }
        let make = |year| {
            if is_quarter { Expr::Quarter(n as i8, year, Dir::Plain) } else { Expr::Half(n as i8, year, Dir::Plain) }
        };
        let of = self.skip(self.skip(self.skip(next, "of"), "in"), ",");
        let of = if code && self.word(of) == "-" && self.joined(of) { of + 1 } else { of };
        let of = self.skip(self.skip(self.skip(of, "fiscal"), "the"), "year");
        if let Some((end, year)) = self.year_figures(of) {
            return Some((end, make(Some(year))));
        }
        if self.word(next) == "of"
            && let Some((end, outer)) = self.relative_unit(next + 1)
            && matches!(outer, Expr::Unit { unit: Unit::Year, .. })
        {
            return Some((end, Expr::Of(Box::new(make(None)), Box::new(outer))));
        }
        if self.word(next) == "of" {
            return None;
        }
        (is_quarter && (code || the > at || self.ordinal(the).is_some())).then_some((next, make(None)))
    }

    /// A holiday of the list.
    pub fn holiday(&self, at: usize) -> Parse {
        let month = self.holy_month(at);
        let start = month.unwrap_or_else(|| self.skip(at, "the"));
        if !self.at(start).is_word() || (start > at && !self.at(start).is_capital()) {
            return None;
        }
        let (index, words) = calendar::holiday_at(|offset| self.holiday_word(start, offset))?;
        let end = self.holiday_end(start, words);
        let capital = self.at(start).is_capital()
            || self.scheduling
            || matches!(self.word(start), "christmas" | "easter" | "thanksgiving" | "halloween" | "xmas");
        let article = start > at && month.is_none() && self.word(start) != "new";
        if !capital || article || self.is_named_feast(start, end) {
            return None;
        }
        let of = self.skip(self.skip(end, ","), "of");
        if let Some((end, year)) = self.year_figures(of) {
            return Some((end, Expr::Holiday(index, Some(year), Dir::Plain)));
        }
        if self.word(end) == "of"
            && let Some((after, outer)) = self.relative_unit(end + 1)
            && matches!(outer, Expr::Unit { unit: Unit::Year, .. })
        {
            return Some((after, Expr::Of(Box::new(Expr::Holiday(index, None, Dir::Plain)), Box::new(outer))));
        }
        Some((end, Expr::Holiday(index, None, Dir::Plain)))
    }

    /// "the Muslim holy month of": the token after it.
    fn holy_month(&self, at: usize) -> Option<usize> {
        let the = self.skip(at, "the");
        let faith = the + usize::from(matches!(self.form(the), "Muslim" | "Islamic"));
        let holy = faith + usize::from(matches!(self.form(faith), "holy" | "fasting" | "sacred"));
        let month = matches!(self.at(holy).lex, Lex::Unit { unit: Unit::Month, plural: false });
        (the > at && month && self.word(holy + 1) == "of").then_some(holy + 2)
    }

    /// Whether a feast only names something: "Operation Ramadan", "the Ramadan Offensive", "tales of Ashura".
    fn is_named_feast(&self, start: usize, end: usize) -> bool {
        let capital = |at: usize| self.at(at).is_word() && self.at(at).is_capital() && !self.at(at).line;
        let moon = matches!(
            self.word(start),
            "ramadan" | "eid" | "ashura" | "mawlid" | "passover" | "rosh" | "yom" | "sukkot" | "purim" | "hanukkah"
        );
        let Some(before) = start.checked_sub(1).filter(|_| moon) else { return false };
        let named = capital(before) && self.at(before).lex == Lex::None && !self.starts_sentence(before);
        let day = start.checked_sub(2).is_some_and(|at| {
            matches!(self.at(at).lex, Lex::Unit { .. }) || self.is(at, &["eve", "start", "beginning", "end", "middle"])
        });
        named || capital(end) || self.word(before) == "of" && !day
    }

    /// The n-th word from `start`, not counting apostrophes and taking "'s" with the word before it.
    fn holiday_word(&self, start: usize, offset: usize) -> Option<String> {
        let mut at = start;
        for _ in 0..offset {
            at = self.after_genitive(at);
        }
        let token = self.tokens.get(at)?;
        let mut word = self.form(at).to_ascii_lowercase();
        if at + 1 < self.after_genitive(at) && self.after_genitive(at) == at + 3 {
            word.push('s');
        }
        token.is_word().then_some(word)
    }

    fn after_genitive(&self, at: usize) -> usize {
        if self.word(at + 1) == "'" && self.joined(at + 1) {
            if self.word(at + 2) == "s" && self.joined(at + 2) { at + 3 } else { at + 2 }
        } else if self.word(at + 1) == "." && self.word(at) == "st"
            || self.word(at + 1) == "-" && self.joined(at + 1) && self.joined(at + 2)
        {
            at + 2
        } else {
            at + 1
        }
    }

    fn holiday_end(&self, start: usize, words: usize) -> usize {
        let mut at = start;
        for word in 0..words {
            let genitive = self.after_genitive(at);
            // The possessive of the last word belongs to what follows, unless the list has it.
            at = if word + 1 == words { at + 1 } else { genitive };
        }
        at
    }
}
