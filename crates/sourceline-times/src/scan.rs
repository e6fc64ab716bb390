//! Goes through a text and collects its time expressions.
//!
//! In: tokens. Out: expressions in text order that do not overlap, with years shared within lists and ranges.
//! Not here: dates (`resolve`).

use crate::expr::{DateSpec, Expr};
use crate::grammar::{Found, Grammar};
use crate::lexicon::Lex;
use crate::outlook::Outlook;

/// Words between two parts of one range or list.
const LINKS: [&str; 9] = ["-", "and", "to", "or", "until", "till", "through", ",", "/"];

/// How far a word that shows the tense is looked for, in tokens.
const TENSE_REACH: usize = 14;
/// How far before a term its condition may stand, in words.
const TERM_REACH: usize = 9;

/// Collects the expressions of a text.
pub(crate) fn scan(grammar: &Grammar<'_>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < grammar.tokens.len() {
        let Some(found) = grammar.expression(at) else {
            at += 1;
            continue;
        };
        debug_assert!(found.end > at);
        if let Some(head) = heads(grammar, &found, out.last().map_or(0, |last| last.end)) {
            out.push(head);
        }
        at = found.end.max(at + 1);
        let tail = tail(grammar, &found);
        out.push(found);
        if let Some(tail) = tail {
            at = tail.end;
            out.push(tail);
        }
    }
    share_years(grammar, &mut out);
    share_days(grammar, &mut out);
    out
}

/// Gives a time of day the date that follows it: "11 a.m. on 11 November".
fn share_days(grammar: &Grammar<'_>, found: &mut [Found]) {
    for at in 1..found.len() {
        let (left, right) = found.split_at_mut(at);
        let (Some(a), Some(b)) = (left.last_mut(), right.first()) else { continue };
        // "3 a.m. local time on Sunday"
        let end = if grammar.word(a.end) == "local" { grammar.skip(a.end + 1, "time") } else { a.end };
        let near = b.first.saturating_sub(end) <= 3 && grammar.is(b.first.wrapping_sub(1), &["on", "the"]);
        if let Some(day) = missing_day(&mut a.expr)
            && near
            && at_day(&b.expr)
        {
            *day = Some(Box::new(b.expr.clone()));
        }
    }
    for at in 1..found.len() {
        let (left, right) = found.split_at_mut(at);
        let (Some(a), Some(b)) = (left.last(), right.first_mut()) else { continue };
        let near = b.first.saturating_sub(a.end) <= 2
            && grammar.is(b.first.wrapping_sub(1), &["at", ",", "from", "around", "about"]);
        if let Some(day) = missing_day(&mut b.expr)
            && near
            && at_day(&a.expr)
        {
            *day = Some(Box::new(match &a.expr {
                Expr::Part(_, Some(day)) => (**day).clone(),
                other => other.clone(),
            }));
        }
    }
}

/// Where the day of a time of day belongs if it has none: "8 p.m.", "around 8 p.m.".
fn missing_day(expr: &mut Expr) -> Option<&mut Option<Box<Expr>>> {
    match expr {
        Expr::Clock(_, day) if day.is_none() => Some(day),
        Expr::About(inner) => missing_day(inner),
        _ => None,
    }
}

fn at_day(expr: &Expr) -> bool {
    match expr {
        Expr::Date(spec) => spec.day.is_some() || spec.weekday.is_some(),
        Expr::Day(_) => true,
        Expr::Part(_, Some(day)) => at_day(day),
        _ => false,
    }
}

/// A bare number before a full date: "3-5 March", "between 264 and 241 BC".
fn heads(grammar: &Grammar<'_>, found: &Found, from: usize) -> Option<Found> {
    let Expr::Date(spec) = &found.expr else { return None };
    let link = found.first.checked_sub(1)?;
    let number_at = found.first.checked_sub(2).filter(|at| *at >= from)?;
    let token = grammar.at(number_at);
    let number = token.number.filter(|_| !token.grouped)?;
    let word = grammar.word(link);
    let led = number_at.checked_sub(1).map(|before| grammar.word(before)).unwrap_or_default();
    let linked = match word {
        "-" | "/" => true,
        "and" | "to" | "or" => {
            number_at == 0
                || matches!(led, "between" | "from" | "on" | "of" | "the")
                || led == "at" && grammar.scheduling
        }
        _ => false,
    };
    if !linked {
        return None;
    }
    let expr = match spec {
        DateSpec { day: Some(_), month: Some(month), .. } if (1..=31).contains(&number) => Expr::Date(DateSpec {
            day: Some(number as i8),
            month: Some(*month),
            year: spec.year,
            ..DateSpec::default()
        }),
        DateSpec { day: None, month: None, year: Some(year), .. }
            if *year <= 0 && number > i64::from(1 - year) && number < 5000 =>
        {
            Expr::Date(DateSpec { year: Some(1 - number as i16), ..DateSpec::default() })
        }
        _ => return None,
    };
    let first = if led == "the" && number_at > from { number_at - 1 } else { number_at };
    Some(Found { first, end: number_at + 1, expr, loose: false })
}

/// A short second half of a range: "1939-45", "March 3-5", "March 5 and 9, 1918".
fn tail(grammar: &Grammar<'_>, found: &Found) -> Option<Found> {
    let Expr::Date(spec) = &found.expr else { return None };
    let link = found.end;
    let token = grammar.at(link + 1);
    let number = token.number.filter(|_| token.digits <= 2 && !token.grouped)?;
    let glued = matches!(grammar.word(link), "-" | "/") && grammar.joined(link) && grammar.joined(link + 1);
    let after = grammar.at(link + 2);
    let suffixed = grammar.ordinal(link + 1).is_some();
    let follows = grammar.joined(link + 2) && !suffixed && (after.is_word() || grammar.is(link + 2, &["-", "/", ":"]));
    if follows {
        return None;
    }
    match *spec {
        DateSpec { year: Some(year), month: None, day: None, .. } if year > 0 && glued && token.digits == 2 => {
            let full = year / 100 * 100 + number as i16;
            let spec = DateSpec { year: Some(full), ..DateSpec::default() };
            (full > year).then_some(Found { first: link + 1, end: link + 2, expr: Expr::Date(spec), loose: false })
        }
        DateSpec { month: Some(month), day: Some(day), year: None, .. } => {
            let worded = grammar.is(link, &["and", "to", "through", "or", "until", "-"]);
            let (mut end, last) = grammar.day_figures(link + 1)?;
            let counted = matches!(grammar.at(end).lex, Lex::Unit { .. } | Lex::Month { .. })
                || grammar.at(end).is_word()
                    && !matches!(grammar.at(end).lex, Lex::Word)
                    && grammar.at(end).lex != Lex::None
                || (!glued && grammar.at(end).is_word() && grammar.at(end).lex == Lex::None);
            if !(glued || worded) || counted || last <= day {
                return None;
            }
            let mut year = None;
            let comma = grammar.skip(end, ",");
            if let Some((after, y)) = grammar.year_figures(comma) {
                (year, end) = (Some(y), after);
            }
            let spec = DateSpec { month: Some(month), day: Some(last), year, ..DateSpec::default() };
            Some(Found { first: link + 1, end, expr: Expr::Date(spec), loose: false })
        }
        _ => None,
    }
}

/// Gives the year of one part of a range or list to a neighbour that has none.
fn share_years(grammar: &Grammar<'_>, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(at);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        if linked(grammar, a, b)
            && let (Expr::Date(day), Some(month)) = (&mut a.expr, month(&b.expr))
            && day.day.is_some()
            && day.month.is_none()
        {
            day.month = Some(month);
        }
        if linked(grammar, a, b)
            && a.expr.year().is_none()
            && let Some(year) = b.expr.year()
        {
            let wraps = month(&a.expr) > month(&b.expr) && month(&b.expr).is_some() && grammar.word(a.end) != ",";
            a.expr.set_year(if wraps { year.saturating_sub(1) } else { year });
        }
    }
    for at in 1..found.len() {
        let (left, right) = found.split_at_mut(at);
        let (Some(a), Some(b)) = (left.last(), right.first_mut()) else { continue };
        if linked(grammar, a, b)
            && grammar.word(a.end) != ","
            && b.expr.year().is_none()
            && let Some(year) = a.expr.year()
            && month(&a.expr).is_some()
            && month(&b.expr).is_some()
        {
            let wraps = month(&b.expr) < month(&a.expr);
            b.expr.set_year(if wraps { year.saturating_add(1) } else { year });
        }
    }
}

fn month(expr: &Expr) -> Option<i8> {
    match expr {
        Expr::Date(spec) => spec.month,
        Expr::Part(_, Some(day)) | Expr::Clock(_, Some(day)) => month(day),
        _ => None,
    }
}

fn linked(grammar: &Grammar<'_>, a: &Found, b: &Found) -> bool {
    let gap = b.first.saturating_sub(a.end);
    let before = |at: usize| LINKS.contains(&grammar.word(at)) || grammar.is(at, &["from", "early", "on", "in"]);
    (1..=2).contains(&gap) && LINKS.contains(&grammar.word(a.end)) && (a.end..b.first).all(before)
}

/// What the words around an expression say of its time.
pub(crate) fn outlook(grammar: &Grammar<'_>, found: &Found) -> Outlook {
    match tense(grammar, found) {
        Some(true) => Outlook::Ahead,
        Some(false) => Outlook::Behind,
        None => Outlook::Open,
    }
}

/// Whether the words around an expression speak of what is to come (`true`) or was (`false`).
fn tense(grammar: &Grammar<'_>, found: &Found) -> Option<bool> {
    if is_term(grammar, found.first) {
        return Some(true);
    }
    let mut left = true;
    let mut right = true;
    for distance in 1..=TENSE_REACH {
        if left {
            match found.first.checked_sub(distance) {
                Some(at) => {
                    if asks(grammar, at) {
                        return Some(true);
                    }
                    if let Some(future) = cue(grammar, at) {
                        return Some(future);
                    }
                    left = !grammar.at(at).line && !stops(grammar, at);
                }
                None => left = false,
            }
        }
        if right {
            let at = found.end + distance - 1;
            right = at < grammar.tokens.len() && !grammar.at(at).line && !stops(grammar, at);
            if right && let Some(future) = cue(grammar, at) {
                return Some(future);
            }
        }
    }
    None
}

/// "unless it is paid by Friday", "told to return before Monday": a term that somebody is given.
fn is_term(grammar: &Grammar<'_>, first: usize) -> bool {
    if !matches!(grammar.before(first), "by" | "before" | "until" | "till") {
        return false;
    }
    for distance in 2..=TERM_REACH {
        let Some(at) = first.checked_sub(distance) else { return false };
        if stops(grammar, at) || grammar.at(at).line {
            return false;
        }
        let next = grammar.word(at + 1);
        // An unknown lower-case word behind "to" is a verb more often than not.
        let infinitive =
            grammar.word(at) == "to" && distance < TENSE_REACH && next.is_empty() && !grammar.at(at + 1).is_capital();
        if infinitive || matches!(grammar.form(at), "unless" | "if" | "deadline" | "ultimatum") {
            return true;
        }
    }
    false
}

fn stops(grammar: &Grammar<'_>, at: usize) -> bool {
    matches!(grammar.word(at), "." | "!" | ";")
}

/// Verbs whose content lies ahead of them.
const ASKS: [&str; 16] = [
    "called",
    "threatened",
    "demanded",
    "urged",
    "ordered",
    "promised",
    "vowed",
    "pledged",
    "agreed",
    "invited",
    "offered",
    "proposed",
    "decided",
    "hoped",
    "wanted",
    "intends",
];

/// Verbs in the present that look ahead, whatever follows them: "expect the storm to weaken on Tuesday".
const EXPECTS: [&str; 9] = ["expect", "expects", "hope", "hopes", "intend", "intends", "aims", "predict", "predicts"];

/// "called for a strike on Friday", "agreed to meet on Friday"; "agreed on Friday" is past.
fn asks(grammar: &Grammar<'_>, at: usize) -> bool {
    let form = grammar.form(at);
    ASKS.contains(&form) && matches!(grammar.word(at + 1), "to" | "for" | "that") || form == "forecast"
}

fn cue(grammar: &Grammar<'_>, at: usize) -> Option<bool> {
    let next = grammar.word(at + 1);
    // In "will be held" the participle says nothing of its own.
    if grammar.is(at.wrapping_sub(1), &["be"]) {
        return None;
    }
    match grammar.word(at) {
        // "may have left" was; "may leave" is to come. "May" is a month or a name.
        "may" | "might" | "could" | "would" | "should" | "must" if next == "have" => Some(false),
        "may" | "might" if !grammar.at(at).is_capital() => Some(true),
        "will" | "shall" | "ll" | "scheduled" | "expected" | "due" | "slated" | "planned" | "upcoming" | "plans"
        | "plan" | "would" | "should" => Some(true),
        "going" | "set" | "is" | "are" if next == "to" => Some(true),
        "won" => Some(next == "'"),
        "was" | "were" | "had" | "did" | "said" | "told" | "took" | "made" | "went" | "came" | "began" | "saw"
        | "led" | "lost" | "left" | "met" | "held" | "fell" | "became" | "gave" | "found" | "killed" | "launched"
        | "announced" => Some(false),
        "" => {
            let form = grammar.form(at);
            if EXPECTS.contains(&form) {
                return Some(true);
            }
            let past = form.len() > 4 && form.ends_with("ed") && !form.ends_with("eed") && !grammar.at(at).is_capital();
            past.then_some(false)
        }
        _ => None,
    }
}
