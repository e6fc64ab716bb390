//! Joins the ends of ranges: "from X to Y", "between X and Y", "2011-2014", "since X", "until Y".
//!
//! In: a text and its time expressions. Out: intervals.

use sourceline_model::{Span, TimeBasis, TimexKind};

use crate::TimeExpression;
use crate::value::Value;

/// Ranges alone.
pub(crate) fn ranges(text: &str, times: &[TimeExpression]) -> Vec<TimeExpression> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < times.len() {
        let pair = times.get(at + 1).and_then(|next| closed(text, &times[at], next));
        at += if pair.is_some() { 2 } else { 1 };
        out.extend(pair.or_else(|| open(text, &times[at - 1])));
    }
    out
}

/// All expressions, with ranges in place of their ends.
pub(crate) fn merged(text: &str, times: Vec<TimeExpression>) -> Vec<TimeExpression> {
    let ranges = ranges(text, &times);
    let mut out: Vec<TimeExpression> =
        times.into_iter().filter(|time| !ranges.iter().any(|range| range.span.overlaps(&time.span))).collect();
    out.extend(ranges);
    out.sort_by_key(|time| time.span.start);
    out
}

fn closed(text: &str, a: &TimeExpression, b: &TimeExpression) -> Option<TimeExpression> {
    if !is_point(&a.value) || !is_point(&b.value) || b.span.start < a.span.end {
        return None;
    }
    let gap = text.get(a.span.end..b.span.start)?.trim().to_ascii_lowercase();
    let gap = gap.strip_suffix(" the").unwrap_or(&gap);
    let (start, lead) = lead(text, a.span.start);
    let linked = match gap {
        "-" | "\u{2013}" | "\u{2014}" | "--" | "~" | "through" | "thru" => true,
        "to" | "until" | "till" | "up to" | "upto" => true,
        "and" => lead == "between",
        _ => false,
    };
    if !linked {
        return None;
    }
    let start = if matches!(lead, "between" | "from") { start } else { a.span.start };
    let value = Value::Interval(Some(Box::new(a.value.clone())), Some(Box::new(b.value.clone())));
    Some(TimeExpression { span: Span::new(start, b.span.end), kind: joint(a, b), value, basis: basis(a, b) })
}

fn open(text: &str, time: &TimeExpression) -> Option<TimeExpression> {
    if !is_point(&time.value) {
        return None;
    }
    let (start, lead) = lead(text, time.span.start);
    let end = Some(Box::new(time.value.clone()));
    let value = match lead {
        "since" => Value::Interval(end, None),
        "until" | "till" => Value::Interval(None, end),
        _ => return None,
    };
    Some(TimeExpression { span: Span::new(start, time.span.end), kind: time.kind, value, basis: time.basis })
}

/// The word before `at` and where it begins.
fn lead(text: &str, at: usize) -> (usize, &'static str) {
    let before = text.get(..at).unwrap_or("").trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let start = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = ["from", "between", "since", "until", "till"].into_iter().find(|word| before[start..].eq_ignore_ascii_case(word));
    (start, word.unwrap_or(""))
}

fn is_point(value: &Value) -> bool {
    !matches!(value, Value::Duration(_) | Value::Set(_) | Value::Vague(_) | Value::Interval(..) | Value::Unknown)
}

fn joint(a: &TimeExpression, b: &TimeExpression) -> TimexKind {
    if a.kind == TimexKind::Time || b.kind == TimexKind::Time { TimexKind::Time } else { TimexKind::Date }
}

fn basis(a: &TimeExpression, b: &TimeExpression) -> TimeBasis {
    a.basis.max(b.basis)
}
