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

use sourceline_model::{Analysis, Byte, Span, TimeBasis, Timex, TimexKind};

pub use event::{Binding, EventTime, EventTimes, Tense, event_time, tense_of};
pub use reference::Reference;
pub use value::{Clock, Count, Part, Season, Unit, Vague, Value};

use expr::Expr;
use grammar::{Found, Grammar};
use outlook::Outlook;

/// How to read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Days before months in figures ("07/01/2025" is 7 January); `None`: months first.
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
    found.iter().map(TimeExpression::timex).collect()
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
    order_days(&mut found, options.day_first);
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

/// Swaps day and month of dates in figures where the text writes days first.
fn order_days(found: &mut [Found], day_first: Option<bool>) {
    let spec = |found: &Found| match &found.expr {
        Expr::Date(spec) => Some(*spec),
        _ => None,
    };
    if !day_first.unwrap_or(false) {
        return;
    }
    for found in found {
        if let Some(mut swapped) = spec(found).filter(|spec| spec.swappable) {
            std::mem::swap(&mut swapped.day, &mut swapped.month);
            found.expr = Expr::Date(swapped);
        }
    }
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
