//! Stretches of the calendar: one side of a date, counted parts of a larger time.
//!
//! In: values. Out: values. Not here: what the words count from (`resolve`).

use jiff::civil::{Date, Weekday};

use crate::grammar::shares::Bound;
use crate::resolve::month_shift;
use crate::value::{Unit, Value, add_days};

/// From one day to another.
pub(crate) fn interval(from: Date, to: Date) -> Value {
    Value::Interval(Some(Box::new(Value::Day(from))), Some(Box::new(Value::Day(to))))
}

/// What lies on one side of a date.
pub(crate) fn bounded(bound: Bound, value: Value) -> Option<Value> {
    if let Value::Clock(..) = value {
        let end = Some(Box::new(value));
        return Some(if matches!(bound, Bound::After | Bound::Since) {
            Value::Interval(end, None)
        } else {
            Value::Interval(None, end)
        });
    }
    let (first, last) = value.days()?;
    let day = |date: Date| Some(Box::new(Value::Day(date)));
    Some(match bound {
        Bound::After if first == last => Value::Interval(day(first), None),
        Bound::After => Value::Interval(day(last.tomorrow().ok()?), None),
        Bound::Since => Value::Interval(Some(Box::new(value)), None),
        Bound::Before => Value::Interval(None, day(first.yesterday().ok()?)),
        Bound::Until => Value::Interval(None, Some(Box::new(value))),
    })
}

/// `count` units of `of` from the `nth` on. A week belongs to the period that holds its Thursday, as in ISO 8601.
pub(crate) fn share_of(of: &Value, nth: i64, count: i64, unit: Unit) -> Option<Value> {
    let (first, last) = of.days()?;
    let monday = |date: Date| add_days(date, -i64::from(date.weekday().since(Weekday::Monday)));
    let from_start = if nth > 0 { nth - 1 } else { 0 };
    match unit {
        Unit::Week | Unit::Weekend if nth == 0 => {
            let start = monday(first)?;
            if unit == Unit::Weekend {
                // The weekend that holds the day or lies nearest to it.
                let near = if first.weekday().to_monday_one_offset() <= 3 { add_days(start, -7)? } else { start };
                return add_days(near, 5).map(Value::Weekend);
            }
            Some(Value::Week(start))
        }
        Unit::Day => {
            let start = if nth < 0 { add_days(last, nth + 1)? } else { add_days(first, from_start)? };
            let end = add_days(start, count - 1)?;
            (end <= last).then(|| if count == 1 { Value::Day(start) } else { interval(start, end) })
        }
        Unit::Week => {
            // The first Thursday of the period tells its first week, the last one its last.
            let start = if nth < 0 {
                let thursday = add_days(monday(last)?, 3)?;
                let last_week = if thursday > last { add_days(thursday, -10)? } else { add_days(thursday, -3)? };
                add_days(last_week, 7 * (nth + 1))?
            } else {
                let thursday = add_days(monday(first)?, 3)?;
                let first_week = if thursday < first { add_days(thursday, 4)? } else { add_days(thursday, -3)? };
                add_days(first_week, 7 * from_start)?
            };
            if start > last {
                return None;
            }
            Some(if count == 1 { Value::Week(start) } else { interval(start, add_days(start, 7 * count - 1)?) })
        }
        Unit::Month => {
            let (y, m) = if nth < 0 {
                month_shift(last.year(), last.month(), nth + 1)?
            } else {
                month_shift(first.year(), first.month(), from_start)?
            };
            let (end_y, end_m) = month_shift(y, m, count - 1)?;
            let end = Value::Month(end_y, end_m);
            if end.days()?.1 > last {
                return None;
            }
            let start = Value::Month(y, m);
            Some(if count == 1 { start } else { Value::Interval(Some(Box::new(start)), Some(Box::new(end))) })
        }
        _ => None,
    }
}
