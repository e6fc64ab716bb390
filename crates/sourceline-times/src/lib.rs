//! Finds time expressions in English text, gives them EDTF values, and dates events by them.
//!
//! In: plain text and the publication date, if known. Out: [`Timex`]es in text order with byte spans; an expression that
//! cannot be dated keeps the value `None` (or the part that is known), never a made-up date. [`event_time`] says which of
//! them an event word has. Not here: which words are events, what happened.

mod calendar;
mod event;
mod expr;
mod grammar;
mod lexicon;
mod outlook;
mod ranges;
mod reference;
mod resolve;
mod scan;
mod stretch;
mod token;
mod value;

use sourceline_model::{Analysis, Byte, EntityKind, Span, TimeBasis, Timex, TimexKind};

pub use event::{Binding, EventTime, EventTimes, Tense, event_time, tense_of};
pub use reference::Reference;
pub use value::{Clock, Count, Part, Season, Unit, Vague, Value};

use expr::Expr;
use grammar::{Found, Grammar};
use outlook::Outlook;

/// How to read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Days before months in figures ("07/01/2025" is 7 January); `None`: as the other dates of the text, else months first.
    pub day_first: Option<bool>,
    /// Ranges as one expression ("from 2011 to 2014" is `2011/2014`); without it their ends stand alone, as in TIMEX3.
    pub ranges: bool,
    /// Calendar style: "two years ago" is a day, "next Monday" lies in the next week.
    pub scheduling: bool,
}

/// A time expression with its full value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Its words.
    pub span: Span<Byte>,
    /// Its kind.
    pub kind: TimexKind,
    /// What it stands for.
    pub value: Value,
    /// How the value was found.
    pub basis: TimeBasis,
}

impl TimeExpression {
    /// The expression as the reading has it.
    pub fn timex(&self) -> Timex {
        Timex { span: self.span, kind: self.kind, value: self.value.edtf(), basis: self.basis }
    }
}

/// Finds the time expressions of `text`; relative ones count from `reference`, or without it from dates in the text.
pub fn times(text: &str, reference: Option<&Reference>) -> Vec<Timex> {
    time_expressions(text, reference, Options::default()).iter().map(TimeExpression::timex).collect()
}

/// Finds the time expressions of a report, by its publication date if it has one; the clause of each says on which side of it
/// a date without a year lies.
pub fn analysis_times(analysis: &Analysis) -> Vec<Timex> {
    let document = &analysis.document;
    let reference = document.published.as_ref().and_then(|published| Reference::parse(&published.edtf));
    let governed = |span| outlook::outlook(analysis, span);
    let found = expressions(&document.text, reference.as_ref(), Options::default(), &governed);
    found.iter().map(TimeExpression::timex).filter(|time| !is_in_name(analysis, time)).collect()
}

/// Months and seasons that people are called.
const GIVEN_NAMES: [&str; 6] = ["April", "May", "June", "August", "Summer", "Autumn"];

/// Whether a time without figures only names somebody or some place: "Friday Mosque", "April Jones".
fn is_in_name(analysis: &Analysis, time: &Timex) -> bool {
    use EntityKind::{Facility, Gpe, Group, Location, Organization, Person};
    let words = analysis.text(time.span);
    !words.bytes().any(|byte| byte.is_ascii_digit())
        && analysis.names.iter().any(|name| {
            let span = analysis.bytes(name.tokens);
            let whole = span.len() > time.span.len() || name.kind == Person && GIVEN_NAMES.contains(&words);
            matches!(name.kind, Person | Organization | Group | Gpe | Location | Facility)
                && span.covers(&time.span)
                && whole
        })
}

/// Finds the time expressions of `text` with their full values.
pub fn time_expressions(text: &str, reference: Option<&Reference>, options: Options) -> Vec<TimeExpression> {
    expressions(text, reference, options, &|_| None)
}

/// Finds the time expressions of `text`; where `governed` has nothing to say of one, the words around it do.
fn expressions(
    text: &str,
    reference: Option<&Reference>,
    options: Options,
    governed: &dyn Fn(Span<Byte>) -> Option<Outlook>,
) -> Vec<TimeExpression> {
    let tokens = token::tokens(text);
    let grammar = Grammar { text, tokens: &tokens, scheduling: options.scheduling };
    let mut found = scan::scan(&grammar);
    let narrative = reference.is_none_or(|reference| is_narrative(&found, *reference));
    if !narrative {
        found.retain(|found| !found.loose);
    }
    order_days(&grammar, &mut found, options.day_first);
    let mut resolver = resolve::Resolver::new(reference.copied(), narrative, options.scheduling);
    let mut out = Vec::with_capacity(found.len());
    for found in &found {
        let span = Span::new(grammar.at(found.first).start, grammar.at(found.end - 1).end);
        let outlook = governed(span).unwrap_or_else(|| scan::outlook(&grammar, found));
        let (value, basis) = resolver.resolve(&found.expr, outlook);
        out.push(TimeExpression { span, kind: kind(&found.expr), value, basis });
    }
    if options.ranges { ranges::merged(text, out, reference) } else { out }
}

/// Joins the ends of ranges in `times` ("from 2011 to 2014", "since March") to intervals; the others are left out.
pub fn time_ranges(text: &str, times: &[TimeExpression]) -> Vec<TimeExpression> {
    ranges::ranges(text, times)
}

/// Least number of dates far from publication that make a text a narrative of the past.
const NARRATIVE_DATES: usize = 3;

/// Whether the text tells of a past of its own rather than of the days before its publication.
fn is_narrative(found: &[Found], reference: Reference) -> bool {
    let mut far = 0;
    let mut near = 0;
    for found in found {
        match &found.expr {
            Expr::Day(_) => near += 2,
            Expr::Date(expr::DateSpec { weekday: Some(_), year: None, .. }) => near += 1,
            Expr::Unit { frame: expr::Frame::Speech, .. } => near += 1,
            expr => match expr.year() {
                Some(year) if (i32::from(year) - i32::from(reference.date.year())).abs() >= 2 => far += 1,
                Some(_) => near += 1,
                None => {}
            },
        }
    }
    far >= NARRATIVE_DATES && far > near
}

/// Swaps day and month of dates in figures where the text writes days first: as it is told, or as its other dates show.
fn order_days(grammar: &Grammar<'_>, found: &mut [Found], day_first: Option<bool>) {
    if !day_first.unwrap_or_else(|| writes_days_first(grammar, found)) {
        return;
    }
    for found in found {
        if let Expr::Date(spec) = &mut found.expr
            && spec.swappable
        {
            std::mem::swap(&mut spec.day, &mut spec.month);
        }
    }
}

/// Whether the dates that can be read one way only have the day before the month: "13/4/2025", "5 March".
fn writes_days_first(grammar: &Grammar<'_>, found: &[Found]) -> bool {
    let (mut days, mut months) = (0, 0);
    for found in found {
        let Expr::Date(expr::DateSpec { day: Some(day), month: Some(_), swappable: false, .. }) = found.expr else {
            continue;
        };
        let numbers = (found.first..found.end).filter_map(|at| grammar.at(at).number).filter(|n| *n < 1000);
        let figures = !(found.first..found.end).any(|at| matches!(grammar.at(at).lex, lexicon::Lex::Month { .. }));
        match numbers.collect::<Vec<_>>()[..] {
            [first, second] if figures && first != second && first == i64::from(day) => days += 1,
            [_, second] if figures && second == i64::from(day) => months += 1,
            [only, ..] if !figures && only == i64::from(day) => {
                let word = |at: usize| matches!(grammar.at(at).lex, lexicon::Lex::Month { .. });
                let month = (found.first..found.end).find(|at| word(*at));
                let number = (found.first..found.end).find(|at| grammar.at(*at).number.is_some());
                if number < month { days += 1 } else { months += 1 }
            }
            _ => {}
        }
    }
    days > months
}

fn kind(expr: &Expr) -> TimexKind {
    match expr {
        Expr::Duration(_) => TimexKind::Duration,
        Expr::Set(_) => TimexKind::Set,
        Expr::Part(..) | Expr::Clock(..) => TimexKind::Time,
        Expr::Shift { unit, .. } if *unit <= Unit::Hour => TimexKind::Time,
        Expr::About(inner) => kind(inner),
        _ => TimexKind::Date,
    }
}
