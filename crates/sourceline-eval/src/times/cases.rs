//! Recognizers-Text cases: a result passes when an expression has its words and one of its resolved values.
//!
//! Counted are results of the types date, daterange, datetime, datetimerange, time, timerange, duration and set; a case
//! passes when all its results do and nothing else is found.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};

use jiff::civil::Date;
use serde_json::Value as Json;
use sourceline_times::{Clock, Options, Part, Reference, TimeExpression, Value, time_expressions};

use crate::report::Figure;

/// Scores one file of cases; with `scheduling`, bare days lie ahead of the reference, as in a calendar, else they are read as in a report.
pub fn score(name: &str, file: &Path, scheduling: bool, verbose: bool) -> Result<Vec<Figure>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let cases: Json = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let mut by_type: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let (mut passed, mut dated, mut dated_passed, mut total) = (0, 0, 0, 0);
    for case in cases.as_array().context("a list of cases")? {
        let input = case["Input"].as_str().unwrap_or("");
        let reference = case["Context"]["ReferenceDateTime"].as_str().and_then(Reference::parse);
        let options = Options { ranges: true, scheduling, ..Options::default() };
        let found = time_expressions(input, reference.as_ref(), options);
        let results = case["Results"].as_array().cloned().unwrap_or_default();
        let mut all = results.len() == found.len();
        let mut date_only = true;
        for result in &results {
            let kind = result["TypeName"].as_str().unwrap_or("?").rsplit('.').next().unwrap_or("?").to_owned();
            date_only &= matches!(kind.as_str(), "date" | "daterange");
            let words = result["Text"].as_str().unwrap_or("").to_lowercase();
            let same = found.iter().find(|f| input[f.span.range()].to_lowercase() == words);
            let values = result["Resolution"]["values"].as_array().cloned().unwrap_or_default();
            let right = same.is_some_and(|f| values.iter().any(|value| agrees(f, value)));
            let counts = by_type.entry(kind.clone()).or_default();
            counts.0 += 1;
            counts.1 += usize::from(same.is_some());
            counts.2 += usize::from(right);
            all &= right;
            if verbose && !right {
                let mine: Vec<_> = found
                    .iter()
                    .map(|f| format!("[{}] {:?}", &input[f.span.range()], f.value.edtf().or(f.value.timex3())))
                    .collect();
                let want: Vec<_> = values.iter().map(|v| v.to_string()).take(2).collect();
                let what = if same.is_some() { "VALUE" } else { "EXTENT" };
                println!("{what} {kind} | {input} | want [{words}] {} | {}", want.join(" "), mine.join(" "));
            }
        }
        if verbose && results.is_empty() && !found.is_empty() {
            println!("FALSE | {input} | [{}]", &input[found[0].span.range()]);
        }
        total += 1;
        passed += usize::from(all);
        dated += usize::from(date_only);
        dated_passed += usize::from(date_only && all);
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    let mut figures = vec![
        Figure::new(
            format!("{name}.date_cases"),
            share(dated_passed, dated),
            format!("{dated_passed} of {dated} cases"),
        ),
        Figure::new(format!("{name}.cases"), share(passed, total), format!("{passed} of {total} cases")),
    ];
    for (kind, (wanted, extents, right)) in &by_type {
        let from = format!("{right} of {wanted} results, extent of {extents}");
        figures.push(Figure::new(format!("{name}.{kind}"), share(*right, *wanted), from));
    }
    Ok(figures)
}

fn agrees(found: &TimeExpression, want: &Json) -> bool {
    let get = |key: &str| want[key].as_str();
    let value = match &found.value {
        Value::About(inner) => inner,
        value => value,
    };
    if get("timex").is_some_and(|timex| {
        found.value.timex3().as_deref() == Some(timex) || found.value.edtf().as_deref() == Some(timex)
    }) {
        return true;
    }
    match get("type") {
        Some("date") => get("value").is_some_and(|want| value.edtf().as_deref() == Some(want)),
        Some("daterange") => {
            let (from, to) = day_bounds(value);
            let from = from.map(|d| d.to_string());
            let to = to.map(|d| d.to_string());
            let after = match value {
                Value::Interval(_, Some(to)) => to.days().and_then(|d| d.1.tomorrow().ok()).map(|d| d.to_string()),
                _ => None,
            };
            let end = to.as_deref() == get("end") || after.as_deref() == get("end");
            from.as_deref() == get("start") && end && (from.is_some() || to.is_some())
        }
        Some("datetime") => get("value").is_some_and(|want| moment(value, false).as_deref() == Some(want)),
        Some("time") => match value {
            Value::Clock(_, clock) => get("value") == Some(clock_text(*clock).as_str()),
            _ => false,
        },
        Some("datetimerange") => {
            let (from, to) = bounds(value);
            from.as_deref() == get("start") && to.as_deref() == get("end") && from.is_some()
        }
        Some("timerange") => {
            let (from, to) = bounds(value);
            let tail = |text: Option<String>| text.map(|t| t.split(' ').next_back().unwrap_or("").to_owned());
            let (from, to) = (tail(from), tail(to));
            from.as_deref() == get("start") && to.as_deref() == get("end") && from.is_some()
        }
        _ => false,
    }
}

/// First day and the day after the last.
fn day_bounds(value: &Value) -> (Option<Date>, Option<Date>) {
    match value {
        // Their ranges end before "to" in "from X to Y", but after it in "the next ten days": either is right.
        Value::Interval(from, to) => {
            (from.as_ref().and_then(|v| v.days()).map(|d| d.0), to.as_ref().and_then(|v| v.days()).map(|d| d.0))
        }
        value => match value.days() {
            Some((from, last)) => (Some(from), last.tomorrow().ok()),
            None => (None, None),
        },
    }
}

fn bounds(value: &Value) -> (Option<String>, Option<String>) {
    match value {
        Value::Interval(from, to) => {
            let end = |v: &Option<Box<Value>>| v.as_ref().and_then(|v| moment(v, true));
            (end(from), end(to))
        }
        Value::Part(date, part) => {
            let (from, to) = part_bounds(*part);
            (Some(format!("{date} {from}")), Some(format!("{date} {to}")))
        }
        Value::OpenPart(part) => {
            let (from, to) = part_bounds(*part);
            (Some(from.to_owned()), Some(to.to_owned()))
        }
        _ => (None, None),
    }
}

fn part_bounds(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Morning => ("08:00:00", "12:00:00"),
        Part::Afternoon => ("12:00:00", "16:00:00"),
        Part::Evening => ("16:00:00", "20:00:00"),
        Part::Night => ("20:00:00", "23:59:59"),
        Part::Daytime => ("08:00:00", "18:00:00"),
        Part::Noon => ("12:00:00", "12:00:00"),
        Part::Midnight => ("00:00:00", "00:00:00"),
    }
}

fn moment(value: &Value, days: bool) -> Option<String> {
    match value {
        Value::Clock(Some(date), clock) => Some(format!("{date} {}", clock_text(*clock))),
        Value::Clock(None, clock) => Some(clock_text(*clock)),
        Value::Day(date) if days => Some(format!("{date} 00:00:00")),
        _ => None,
    }
}

fn clock_text(clock: Clock) -> String {
    format!("{:02}:{:02}:{:02}", clock.hour % 24, clock.minute.unwrap_or(0), clock.second.unwrap_or(0))
}
