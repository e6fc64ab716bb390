//! The grammar of English time expressions over tokens.
//!
//! In: tokens. Out: for a position, the longest expression that begins there. Not here: what date it is (`resolve`).

mod clock;
mod dates;
mod figures;
mod lengths;
mod numbers;
mod periods;
mod relative;
pub(crate) mod shares;
mod wrapped;

use crate::expr::Expr;
use crate::lexicon::Lex;
use crate::token::Token;

/// An expression with the index of the token after it.
pub(crate) type Parse = Option<(usize, Expr)>;

/// Tokens with their text.
pub(crate) struct Grammar<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// Calendar style (see `Options::scheduling`).
    pub scheduling: bool,
}

/// An expression in the text.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// First token.
    pub first: usize,
    /// Token after the last.
    pub end: usize,
    pub expr: Expr,
    /// Only history books date by such words ("the same time"); elsewhere they are left alone.
    pub loose: bool,
}

const BLANK: Token = Token {
    start: 0,
    end: 0,
    word: "",
    lex: Lex::None,
    value: "",
    number: None,
    first: 0,
    digits: 0,
    grouped: false,
    space: true,
    line: true,
};

impl Grammar<'_> {
    /// The longest expression that begins at token `at`.
    pub fn expression(&self, at: usize) -> Option<Found> {
        let token = self.at(at);
        let opener = self.scheduling && matches!(self.form(at), "starting" | "no" | "greater" | "calendar");
        if token.word == "~" && self.joined(at) && at > 0 && self.at(at - 1).digits > 0 {
            return None;
        }
        if token.lex == Lex::None && token.number.is_none() && !matches!(token.word, "'" | "~") && !opener {
            return None;
        }
        let opener = self.scheduling
            && matches!(token.word, "in" | "for" | "after" | "before" | "by" | "since" | "until" | "till" | "as");
        if matches!(token.lex, Lex::Word) && !opener && !is_starter(token.word) {
            return None;
        }
        if matches!(token.lex, Lex::Word) && !self.promises(at + 1) {
            return None;
        }
        let candidates = [
            self.clocked(at),
            self.wrapped(at),
            self.shift(at),
            self.set(at),
            self.duration(at),
            self.vague(at),
            self.about(at),
            self.day_part(at),
            self.share(at),
            self.date_like(at),
            self.calendar_style(at),
        ];
        let mut best: Parse = None;
        for (end, expr) in candidates.into_iter().flatten() {
            if best.as_ref().is_none_or(|(longest, _)| end > *longest) {
                best = Some((end, expr));
            }
        }
        let best = if self.scheduling { self.prefer_span(at, best).map(|found| self.trailed(found)) } else { best };
        match best {
            Some((end, expr)) => {
                let bare = self.scheduling && self.word(at) == "the" && self.drops_article(at + 1, &expr);
                Some(Found { first: at + usize::from(bare), end, expr, loose: false })
            }
            None => self.loose(at).map(|(end, expr)| Found { first: at, end, expr, loose: true }),
        }
    }

    /// Whether anything of time stands close after a word that could begin an expression; saves trying the whole grammar.
    fn promises(&self, at: usize) -> bool {
        let holiday = at > 0 && self.at(at - 1).is_capital();
        holiday
            || matches!(
                self.before(at),
                "tonight"
                    | "overnight"
                    | "former"
                    | "recent"
                    | "future"
                    | "present"
                    | "christmas"
                    | "easter"
                    | "thanksgiving"
                    | "halloween"
                    | "xmas"
            )
            || self.scheduling
            || (at..at + 6).any(|near| {
                let token = self.at(near);
                token.number.is_some()
                    || !matches!(token.lex, Lex::None | Lex::Word)
                    || (near < at + 3
                        && matches!(token.word, "time" | "period" | "future" | "past" | "present" | "moment" | "'"))
            })
    }

    /// Calendar style leaves out the article before "next week", "end of May", "mid-November".
    fn drops_article(&self, at: usize, expr: &Expr) -> bool {
        let words = [
            "next",
            "last",
            "past",
            "previous",
            "following",
            "coming",
            "upcoming",
            "same",
            "mid",
            "end",
            "beginning",
            "start",
            "middle",
            "year",
            "rest",
        ];
        let numbered = self.word(at) == "week" && self.at(at + 1).number.is_some();
        let bare_year = self.word(at) == "year" && matches!(expr, Expr::Unit { .. });
        numbered
            || self.form(at) == "calendar"
            || matches!(expr, Expr::Span { .. })
            || self.is(at, &words) && !bare_year && !matches!(expr, Expr::Share { .. })
    }

    /// Token `at`, or a blank one outside.
    pub fn at(&self, at: usize) -> &Token {
        self.tokens.get(at).unwrap_or(&BLANK)
    }

    /// The lower-case word or sign at `at`, empty when the lexicon does not hold it.
    pub fn word(&self, at: usize) -> &'static str {
        self.at(at).word
    }

    /// The word before `at`.
    pub fn before(&self, at: usize) -> &'static str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// Whether token `at` follows its predecessor without white space.
    pub fn joined(&self, at: usize) -> bool {
        at < self.tokens.len() && !self.at(at).space
    }

    /// The index after `word` if it stands at `at`.
    pub fn skip(&self, at: usize, word: &str) -> usize {
        if at < self.tokens.len() && self.word(at) == word { at + 1 } else { at }
    }

    /// Whether one of `words` stands at `at`.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        !word.is_empty() && words.contains(&word)
    }

    /// Whether a sentence or line begins at `at`.
    pub fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || self.at(at).line || matches!(self.before(at), "." | "!" | "\"" | ":")
    }

    /// The text of token `at`.
    pub fn form(&self, at: usize) -> &str {
        let token = self.at(at);
        self.text.get(token.start..token.end).unwrap_or("")
    }
}

fn is_starter(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "last"
            | "next"
            | "past"
            | "previous"
            | "following"
            | "same"
            | "coming"
            | "current"
            | "upcoming"
            | "preceding"
            | "prior"
            | "early"
            | "late"
            | "mid"
            | "middle"
            | "beginning"
            | "start"
            | "end"
            | "close"
            | "turn"
            | "rest"
            | "half"
            | "latter"
            | "later"
            | "earlier"
            | "about"
            | "around"
            | "approximately"
            | "circa"
            | "ca"
            | "c"
            | "roughly"
            | "nearly"
            | "almost"
            | "some"
            | "over"
            | "more"
            | "less"
            | "under"
            | "at"
            | "only"
            | "just"
            | "up"
            | "few"
            | "several"
            | "many"
            | "couple"
            | "number"
            | "numerous"
            | "various"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "another"
            | "each"
            | "every"
            | "per"
            | "all"
            | "bc"
            | "ad"
            | "once"
            | "twice"
            | "thrice"
            | "tonight"
            | "overnight"
            | "future"
            | "present"
            | "recent"
            | "former"
            | "right"
            | "christmas"
            | "easter"
            | "new"
            | "thanksgiving"
            | "halloween"
            | "good"
            | "boxing"
            | "valentine"
            | "independence"
            | "labor"
            | "labour"
            | "memorial"
            | "veterans"
            | "columbus"
            | "mother"
            | "father"
            | "bastille"
            | "st"
            | "saint"
            | "patrick"
            | "april"
            | "nowruz"
            | "xmas"
            | "its"
            | "his"
            | "their"
            | "q"
            | "fy"
            | "h"
            | "within"
            | "final"
            | "opening"
            | "entire"
            | "whole"
            | "full"
            | "closing"
            | "single"
            | "initial"
            | "additional"
            | "further"
            | "long"
            | "mere"
            | "two"
            | "presidents"
            | "black"
            | "earth"
            | "palm"
            | "ash"
            | "martin"
            | "mlk"
            | "armistice"
            | "remembrance"
            | "victory"
            | "international"
            | "juneteenth"
            | "cyber"
            | "epiphany"
            | "pentecost"
            | "mothers"
            | "fathers"
            | "groundhog"
            | "guy"
            | "ascension"
            | "whit"
            | "maundy"
            | "intervening"
            | "ramadan"
            | "eid"
            | "ashura"
            | "mawlid"
            | "passover"
            | "rosh"
            | "yom"
            | "sukkot"
            | "purim"
            | "hanukkah"
            | "orthodox"
    )
}
