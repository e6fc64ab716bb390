//! Calendar dates: days, months, years, decades, centuries, seasons, quarters, holidays.

use super::{Grammar, Parse};
use crate::expr::{DateSpec, Expr, Frame};
use crate::lexicon::Lex;
use crate::value::Unit;

/// Words before a month or year that make sure of it.
const DATE_PREPOSITIONS: [&str; 26] = [
    "in", "since", "by", "until", "till", "through", "from", "to", "between", "during", "before", "after", "of", "on",
    "early", "late", "mid", "last", "next", "this", "around", "about", "circa", "as", "for", "at",
];

impl Grammar<'_> {
    /// A date of any grain, with "the" and the like where they belong to it.
    pub fn date_like(&self, at: usize) -> Parse {
        [
            self.calendar_date(at),
            self.long_date(at),
            self.season(at),
            self.quarter(at),
            self.holiday(at),
            self.relative_unit(at),
            self.directed(at),
        ]
        .into_iter()
        .flatten()
        .max_by_key(|(end, _)| *end)
    }

    /// Days, months, weekdays, years.
    pub fn calendar_date(&self, at: usize) -> Parse {
        self.figures_date(at)
            .or_else(|| self.mixed_date(at))
            .or_else(|| self.weekday_first(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_day(at))
            .or_else(|| self.month_year(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.lone_day(at))
            .or_else(|| self.lone_year(at))
    }

    /// "Friday, 3 March 2006", "Friday the 13th".
    fn weekday_first(&self, at: usize) -> Parse {
        let Lex::Weekday { day: weekday, plural: false, .. } = self.at(at).lex else { return None };
        let mut next = self.skip(at + 1, ".");
        next = self.skip(self.skip(next, ","), "-");
        let the = self.skip(self.skip(next, "on"), "the");
        let dated = self.day_month(the).or_else(|| self.month_day(next)).or_else(|| self.figures_date(next));
        if let Some((end, Expr::Date(spec))) = dated {
            return Some((end, Expr::Date(DateSpec { weekday: Some(weekday), ..spec })));
        }
        let suffixed = self.at(the).number.is_some() && !self.at(the).line;
        // "Monday 21" is a day in calendars alone.
        if self.scheduling
            && let Some((end, day)) = self.day_figures(next).filter(|(end, _)| *end == next + 1)
            && !self.at(end).is_word()
            && !self.joined(end + 1)
        {
            return Some((end, Expr::Date(DateSpec { weekday: Some(weekday), day: Some(day), ..DateSpec::default() })));
        }
        if (the > next || suffixed)
            && let Some((end, n)) = self.ordinal(the).filter(|(_, n)| (1..=31).contains(n))
            && !matches!(self.at(end).lex, Lex::Unit { .. } | Lex::Weekday { .. })
        {
            return Some((end, Expr::Date(DateSpec { weekday: Some(weekday), day: small(n), ..DateSpec::default() })));
        }
        None
    }

    /// "7 Jan 2025", "the 7th of January", "twenty-second of June, 2017".
    fn day_month(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        let (next, day) = self.day_number(the).or_else(|| self.spoken_day(the))?;
        let mut next = self.skip(next, ".");
        let of = self.skip(next, "of");
        if of == next && self.word(next) == "-" && self.joined(next) {
            next += 1;
        }
        let next = self.skip(of.max(next), "the");
        let (end, month) = self.month_word(next)?;
        let lower = self.is(next, &["may", "march"]) && !self.at(next).is_capital();
        if lower && of == at + 1 {
            return None;
        }
        let spec = DateSpec { month: Some(month), day: Some(day), ..DateSpec::default() };
        Some(self.with_year(end, spec))
    }

    /// "January 7th, 2025", "Jan. 7", "March the third".
    fn month_day(&self, at: usize) -> Parse {
        let (next, month) = self.month_word(at)?;
        let next = if self.word(next) == "," && self.ordinal(next + 1).is_some() { next + 1 } else { next };
        let lower = self.is(at, &["may", "march"]) && !self.at(at).is_capital();
        let hyphen = if self.word(next) == "-" && self.joined(next) { next + 1 } else { next };
        let the = self.skip(hyphen, "the");
        let (end, day) = if let Some(found) = self.spoken_day(the) {
            found
        } else if the > hyphen || matches!(self.at(the).lex, Lex::Ordinal(_) | Lex::Number(20 | 30)) {
            let (end, n) = self.ordinal(the)?;
            ((1..=31).contains(&n) && self.word(end) != "of").then_some((end, n as i8))?
        } else {
            self.day_figures(the)?
        };
        // "May 10 people be heard" is a wish, "March 10 miles" an order.
        let unit = matches!(self.at(end).lex, Lex::Unit { plural: true, .. });
        let clock = self.word(end) == ":" && self.joined(end) && self.at(end + 1).digits > 0;
        if lower || unit || clock || (self.is(end, &["%", "percent"])) {
            return None;
        }
        let spec = DateSpec { month: Some(month), day: Some(day), ..DateSpec::default() };
        if self.word(end) == "of"
            && let Some((after, outer)) = self.relative_unit(end + 1)
            && matches!(outer, Expr::Unit { unit: Unit::Year, .. })
        {
            return Some((after, Expr::Of(Box::new(Expr::Date(spec)), Box::new(outer))));
        }
        Some(self.with_year(end, spec))
    }

    /// "May twenty-nine": a day as a plain number word, as people dictate it.
    fn spoken_day(&self, at: usize) -> Option<(usize, i8)> {
        if !self.scheduling || !matches!(self.at(at).lex, Lex::Number(_)) {
            return None;
        }
        let (end, hundredths) = self.cardinal(at)?;
        let day = small(hundredths / 100).filter(|_| hundredths % 100 == 0)?;
        (self.ordinal(at).is_none() && self.word(end) != "of").then_some((end, day))
    }

    fn with_year(&self, at: usize, mut spec: DateSpec) -> (usize, Expr) {
        if self.scheduling && self.word(at) == "of" && self.at(at + 1).digits == 2 {
            let short = self.at(at + 1).number.unwrap_or(0) as i16;
            spec.year = Some(short + if short < 50 { 2000 } else { 1900 });
            return (at + 2, Expr::Date(spec));
        }
        let comma = self.skip(at, ",");
        let comma = if comma == at { self.skip(at, "of") } else { comma };
        let comma = if comma == at && self.year_figures(at + 1).is_some() && (spec.day.is_some() || self.scheduling) {
            self.skip(at, "in")
        } else {
            comma
        };
        let comma = if comma == at && self.word(at) == "-" && self.joined(at) { at + 1 } else { comma };
        let comma = self.skip(self.skip(comma, "the"), "year");
        if let Some((end, year)) = self.year_figures(comma)
            && (spec.day.is_some() || !self.counts_things(end))
            && !(self.word(end) == ":" && self.joined(end) && self.at(end + 1).digits > 0)
        {
            spec.year = Some(year);
            return (end, Expr::Date(spec));
        }
        if let (Some(_), Some(year)) =
            (spec.day, self.at(comma).number.filter(|n| self.at(comma).digits == 3 && *n >= 100))
        {
            let closed = comma == at && !self.at(comma + 1).is_word() && self.word(comma + 1) != "-";
            if closed && !self.at(comma).grouped {
                spec.year = Some(year as i16);
                return (comma + 1, Expr::Date(spec));
            }
        }
        if let Some((end, year)) = self.year_words(comma) {
            spec.year = Some(year);
            return (end, Expr::Date(spec));
        }
        if self.word(at) == "'" && self.at(at + 1).digits == 2 && self.joined(at + 1) {
            let short = self.at(at + 1).number.unwrap_or(0) as i16;
            spec.year = Some(short + if short < 50 { 2000 } else { 1900 });
            return (at + 2, Expr::Date(spec));
        }
        if let Some((end, outer)) = self.year_beside(self.skip(at, ",")) {
            return (end, Expr::Of(Box::new(Expr::Date(spec)), Box::new(outer)));
        }
        (at, Expr::Date(spec))
    }

    /// "last year", "a year ago" behind a day or month.
    fn year_beside(&self, at: usize) -> Parse {
        let last = || self.relative_unit(at).filter(|(_, expr)| matches!(expr, Expr::Unit { unit: Unit::Year, .. }));
        let ago = || {
            let ago = |expr: &Expr| matches!(expr, Expr::Shift { unit: Unit::Year, frame: Frame::Speech, .. });
            self.shift(at).filter(|(_, expr)| ago(expr))
        };
        // "In March, last year's winner": the year is the winner's.
        last().or_else(ago).filter(|(end, _)| self.word(*end) != "'" || !self.joined(*end))
    }

    /// "January 2025", "Jan. 2025", "March of 1990", "March".
    fn month_year(&self, at: usize) -> Parse {
        let (next, month) = self.month_word(at)?;
        let spec = DateSpec { month: Some(month), ..DateSpec::default() };
        let short = matches!(self.at(at).lex, Lex::Month { short: true, .. });
        let (end, expr) = self.with_year(next, spec);
        if end > next {
            let lower = self.is(at, &["may", "march"]) && !self.at(at).is_capital();
            return (!lower).then_some((end, expr));
        }
        if self.word(next) == "of"
            && let Some((end, outer)) = self.relative_unit(next + 1)
            && matches!(outer, Expr::Unit { unit: Unit::Year, .. })
        {
            return Some((end, Expr::Of(Box::new(expr), Box::new(outer))));
        }
        (self.is_month_alone(at, next, short)).then_some((next, expr))
    }

    fn is_month_alone(&self, at: usize, next: usize, short: bool) -> bool {
        let before = self.before(at);
        let led = DATE_PREPOSITIONS.contains(&before) && !self.at(at).line;
        let name = at > 0
            && self.at(at - 1).is_capital()
            && self.at(at - 1).lex == Lex::None
            && !self.starts_sentence(at - 1)
            && !self.at(at).line;
        if short {
            let paired = self.word(next) == "-" && self.joined(next) && self.month_word(next + 1).is_some();
            if paired && self.at(at).is_capital() {
                return true;
            }
            let marked = next > at + 1 || self.word(at) == "sept";
            return self.at(at).is_capital() && (led || marked) && !name;
        }
        match self.word(at) {
            "may" => {
                let paired = self.is(next, &["and", "to", "-", "or"]) && self.month_word(next + 1).is_some()
                    || self.is(at.wrapping_sub(1), &["and", "-", "or"]) && at > 1 && self.month_ended(at - 1);
                let slated = before == "for"
                    && self.is(at.wrapping_sub(2), &["scheduled", "set", "planned", "slated", "due", "expected"]);
                let led = slated || led && !matches!(before, "as" | "for" | "at" | "about");
                self.at(at).is_capital() && (led || paired)
            }
            "march" => {
                let order = self.is(next, &["on", "for", "against", "through", "toward", "into"]);
                let led = led || matches!(before, "and" | "-");
                let noun = self.at(next).lex == Lex::None && self.at(next).is_word() && !self.at(next).is_capital();
                self.at(at).is_capital() && !name && (led || noun && matches!(before, "a" | "the" | "s") && !order)
            }
            "august" if self.scheduling => !name && (self.at(at).is_capital() || matches!(before, "between" | "from")),
            "august" => self.at(at).is_capital() && !name,
            _ => !name,
        }
    }

    fn month_ended(&self, at: usize) -> bool {
        at > 0 && matches!(self.at(at - 1).lex, Lex::Month { .. })
    }

    /// A month name; a stop after an abbreviation belongs to it.
    pub fn month_word(&self, at: usize) -> Option<(usize, i8)> {
        let Lex::Month { month, short } = self.at(at).lex else { return None };
        if !short {
            return Some((at + 1, month));
        }
        let stop = self.word(at + 1) == "." && self.joined(at + 1);
        Some((at + 1 + usize::from(stop), month))
    }

    fn weekday(&self, at: usize) -> Parse {
        let Lex::Weekday { day, short, plural: false } = self.at(at).lex else { return None };
        let next = at + 1;
        if short {
            let led = self
                .is(at.wrapping_sub(1), &["on", "last", "next", "this", "by", "since", "until", "from", "to", "and"]);
            if !(led && self.at(at).is_capital() && at > 0 && self.form(at).len() <= 5) {
                return None;
            }
        }
        Some((next, Expr::Date(DateSpec { weekday: Some(day), ..DateSpec::default() })))
    }

    /// "the 14th", "on the 3rd".
    fn lone_day(&self, at: usize) -> Parse {
        let the = self.skip(at, "the");
        if the == at || self.at(the).number.is_none() {
            return None;
        }
        let (end, n) = self.ordinal(the).filter(|(_, n)| (1..=31).contains(n))?;
        let free = end >= self.tokens.len()
            || self.at(end).line
            || matches!(
                self.word(end),
                "," | "." | ")" | ";" | "!" | "and" | "to" | "at" | "in" | "when" | "for" | "the" | "or"
            )
            || (self.at(end).is_word()
                && self.at(end).lex == Lex::Word
                && !self.at(end).is_capital()
                && self.word(end) != "of");
        let led = self.is(
            at.wrapping_sub(1),
            &["on", "by", "until", "till", "from", "since", "to", "before", "after", "of", "and"],
        );
        (free && led && at > 0).then_some((end, Expr::Date(DateSpec { day: small(n), ..DateSpec::default() })))
    }

    /// "2011" by itself.
    fn lone_year(&self, at: usize) -> Parse {
        let start = self.skip(at, "the");
        let start = if self.form(start) == "calendar" { start + 1 } else { start };
        let named = self.skip(start, "year");
        let named = if named == start { self.skip(start, "years") } else { named };
        if named > start
            && let Some((end, year)) = self.year_figures(named)
        {
            return Some((end, Expr::Date(DateSpec { year: Some(year), ..DateSpec::default() })));
        }
        if self.word(at) == "'" && self.at(at + 1).digits == 2 && self.joined(at + 1) {
            let tail = self.joined(at + 2) && self.at(at + 2).is_word();
            let short = self.at(at + 1).number? as i16;
            let led = at == 0 || self.at(at).space || self.word(at - 1) == "-";
            return (!tail && led && !self.is(at + 2, &["'"])).then_some((at + 2, Expr::ShortYear(short)));
        }
        if let Some((end, year)) = self.era_year(at) {
            return Some((end, Expr::Date(DateSpec { year: Some(year), ..DateSpec::default() })));
        }
        if let Some((end, year)) =
            self.year_words(at).filter(|_| self.is(at.wrapping_sub(1), &["in", "since", "until", "from", "by", "to"]))
        {
            return Some((end, Expr::Date(DateSpec { year: Some(year), ..DateSpec::default() })));
        }
        let (end, year) = self.year_figures(at)?;
        (self.is_year(at, end, year)).then_some((end, Expr::Date(DateSpec { year: Some(year), ..DateSpec::default() })))
    }

    fn is_year(&self, at: usize, end: usize, year: i16) -> bool {
        let before = self.before(at);
        let glued_before = at > 0 && self.joined(at);
        if glued_before && !matches!(before, "(" | "-" | "/" | "\"" | "'" | "," | "~") {
            return false;
        }
        if self.is_code(at) {
            return false;
        }
        let in_code =
            before == "-" && glued_before && at >= 2 && self.joined(at - 1) && matches!(self.at(at - 2).digits, 1..=3);
        if in_code || matches!(before, "$" | "#") || (self.joined(end) && matches!(self.word(end), "%" | "$")) {
            return false;
        }
        if self.joined(end)
            && (self.at(end).is_word()
                || matches!(self.word(end), ":" | "/" | "." | ",")
                    && self.at(end + 1).digits > 0
                    && self.joined(end + 1))
        {
            return false;
        }
        if self.counts_things(end) {
            return false;
        }
        let led = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "from"
                | "during"
                | "before"
                | "after"
                | "between"
                | "early"
                | "late"
                | "mid"
                | "by"
                | "("
                | "circa"
                | "of"
                | "and"
                | "to"
                | "through"
                | "-"
                | "the"
                | "as"
        );
        let compared =
            matches!(before, "than" | "least" | "most" | "over" | "nearly" | "almost" | "some" | "under" | "up");
        match year {
            1900..=2099 => !compared,
            1400..=1899 => led || (!compared && (at == 0 || self.at(at).line || !self.at(end).is_word())),
            _ => {
                led && matches!(
                    before,
                    "in" | "since" | "until" | "from" | "during" | "before" | "after" | "between" | "-" | "("
                )
            }
        }
    }

    /// Whether a number stands among three or more that hyphens join, as in telephone numbers.
    fn is_code(&self, at: usize) -> bool {
        let hyphen = |at: usize| self.word(at) == "-" && self.joined(at) && self.joined(at + 1);
        let mut groups = 1;
        let mut back = at;
        while back >= 2 && hyphen(back - 1) && self.at(back - 2).digits > 0 {
            back -= 2;
            groups += 1;
        }
        let mut ahead = at;
        while hyphen(ahead + 1) && self.at(ahead + 2).digits > 0 {
            ahead += 2;
            groups += 1;
        }
        groups > 2
    }

    /// Whether what stands at `at` is counted by the number before it: "2000 troops", "1500 km".
    fn counts_things(&self, at: usize) -> bool {
        let token = self.at(at);
        if !token.space || token.line || !token.is_word() || token.is_capital() {
            return false;
        }
        let form = self.form(at);
        if matches!(
            form,
            "people"
                | "men"
                | "women"
                | "children"
                | "percent"
                | "per"
                | "million"
                | "billion"
                | "thousand"
                | "km"
                | "kilometers"
                | "metres"
                | "meters"
                | "miles"
                | "feet"
                | "kg"
                | "tons"
                | "tonnes"
                | "hours"
                | "gmt"
                | "hrs"
                | "local"
                | "mph"
                | "dollars"
                | "euros"
                | "pounds"
                | "strong"
                | "acres"
                | "square"
                | "m"
                | "troops"
                | "soldiers"
                | "police"
                | "more"
                | "ft"
                | "words"
                | "pages"
                | "votes"
                | "seats"
        ) {
            return true;
        }
        if matches!(token.lex, Lex::Unit { plural: true, .. }) {
            return true;
        }
        // A lower-case plural right after figures is mostly what is counted, unless a year can stand before it as an attribute.
        token.lex == Lex::None
            && form.len() > 4
            && form.ends_with('s')
            && !form.ends_with("ss")
            && !form.ends_with("us")
            && !form.ends_with("is")
            && !matches!(
                form,
                "elections"
                    | "protests"
                    | "riots"
                    | "talks"
                    | "olympics"
                    | "attacks"
                    | "events"
                    | "sales"
                    | "always"
                    | "sees"
                    | "shows"
                    | "games"
                    | "results"
                    | "figures"
                    | "accords"
                    | "uprisings"
                    | "reforms"
                    | "floods"
                    | "polls"
                    | "levels"
                    | "primaries"
                    | "earnings"
                    | "profits"
                    | "estimates"
                    | "brings"
                    | "begins"
                    | "marks"
                    | "winds"
                    | "towards"
                    | "across"
                    | "proceedings"
            )
    }
}

fn small(n: i64) -> Option<i8> {
    (1..=31).contains(&n).then_some(n as i8)
}
