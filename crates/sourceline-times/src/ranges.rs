//! Joins the ends of ranges: "from X to Y", "between X and Y", "2011-2014", "since X", "until Y".
//!
//! In: a text and its time expressions. Out: intervals.

use sourceline_model::{Span, TimeBasis, TimexKind};

use crate::value::{Vague, Value, add_days};
use crate::{Reference, TimeExpression};

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
pub(crate) fn merged(text: &str, mut times: Vec<TimeExpression>, reference: Option<&Reference>) -> Vec<TimeExpression> {
    let now = reference.map(|reference| Value::Day(reference.date));
    for at in 1..times.len() {
        // "between now and Friday": the range begins with the day of writing.
        let gap = text.get(times[at - 1].span.end..times[at].span.start).unwrap_or("").trim();
        for side in [at - 1, at] {
            if let (Value::Vague(Vague::Present), Some(now), "and" | "to" | "until" | "till") =
                (&times[side].value, &now, gap)
            {
                times[side].value = now.clone();
            }
        }
    }
    let times = joined(text, times);
    let ranges = ranges(text, &times);
    let mut out: Vec<TimeExpression> =
        times.into_iter().filter(|time| !ranges.iter().any(|range| range.span.overlaps(&time.span))).collect();
    out.extend(ranges);
    out.sort_by_key(|time| time.span.start);
    out
}

/// Joins a day and a time of day that stand side by side: "Tuesday at 8 p.m.", "8 p.m. on Tuesday".
fn joined(text: &str, times: Vec<TimeExpression>) -> Vec<TimeExpression> {
    let mut out: Vec<TimeExpression> = Vec::with_capacity(times.len());
    for time in times {
        let pair = out.last().and_then(|last| {
            let gap = text.get(last.span.end..time.span.start)?.trim();
            let value = match (&last.value, &time.value, gap) {
                (Value::Day(day) | Value::Part(day, _), Value::Clock(_, clock), "at" | "," | "@" | "" | ", at") => {
                    Value::Clock(Some(*day), *clock)
                }
                (Value::Clock(_, clock), Value::Day(day), "on" | "," | "") => Value::Clock(Some(*day), *clock),
                _ => return None,
            };
            Some(TimeExpression {
                span: last.span.join(&time.span),
                kind: TimexKind::Time,
                value,
                basis: basis(last, &time),
            })
        });
        match pair {
            Some(pair) => {
                out.pop();
                out.push(pair);
            }
            None => out.push(time),
        }
    }
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
    let from = back(a, &b.value);
    let a = from.as_ref().unwrap_or(a);
    let to = if b.basis == TimeBasis::Stated { b.value.clone() } else { not_before(&a.value, &b.value) };
    let value = Value::Interval(Some(Box::new(a.value.clone())), Some(Box::new(to)));
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

/// "From May to September" in August began this May: the start of a range without years, a year earlier where it would lie behind its end.
fn back(a: &TimeExpression, to: &Value) -> Option<TimeExpression> {
    let (Value::Month(y, m), Value::Month(end_y, end_m)) = (&a.value, to) else { return None };
    let behind = (y, m) > (end_y, end_m) && (y - 1, *m) <= (*end_y, *end_m);
    (behind && a.basis != TimeBasis::Stated).then(|| TimeExpression { value: Value::Month(y - 1, *m), ..a.clone() })
}

/// The end of a range, moved on when it would lie before the start: "from next Monday to Friday", "from May to March".
fn not_before(from: &Value, to: &Value) -> Value {
    let moved = match (from, to) {
        (Value::Month(y, m), Value::Month(_, end)) => Some(Value::Month(if end < m { y + 1 } else { *y }, *end)),
        (Value::Day(a), Value::Day(b)) if b < a => {
            let week =
                (1..=52).map(|weeks| add_days(*b, 7 * weeks)).find(|day| day.is_none_or(|day| day >= *a)).flatten();
            let near = add_days(*b, 14).is_some_and(|day| day > *a);
            if near {
                week.map(Value::Day)
            } else {
                jiff::civil::Date::new(
                    a.year() + i16::from((b.month(), b.day()) < (a.month(), a.day())),
                    b.month(),
                    b.day(),
                )
                .ok()
                .map(Value::Day)
            }
        }
        _ => None,
    };
    moved.unwrap_or_else(|| to.clone())
}

/// The word before `at` and where it begins.
fn lead(text: &str, at: usize) -> (usize, &'static str) {
    let before = text.get(..at).unwrap_or("").trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let start = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = ["from", "between", "since", "until", "till"]
        .into_iter()
        .find(|word| before[start..].eq_ignore_ascii_case(word));
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
