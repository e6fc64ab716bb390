//! PLV train: sentences with two marked parties and the root type of what one does to the other.

use anyhow::{Context as _, Result};
use sourceline_coding::{CodedEvent, code};
use sourceline_model::Analysis;

use super::confusion::Confusion;
use super::{Bench, analyses, root};
use crate::report::Figure;

/// The bytes of the two marked parties.
type Marks = [(usize, usize); 2];

const MARKS: [&str; 4] = ["<s>", "</s>", "<t>", "</t>"];

/// Accuracy, macro-F1, and F1 by type.
///
/// # Errors
/// When the data cannot be read.
pub fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let path = bench.context.data.join("zsp_plover/datasets/PLV_train.tsv");
    let file = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut lines = file.lines();
    let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let column = |name: &str| header.iter().position(|head| *head == name).with_context(|| format!("no column {name}"));
    let (marked, gold) = (column("marked_sentence")?, column("gold_root")?);
    let rows: Vec<(String, Marks, &str)> = lines
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|row| {
            let (text, marks) = unmark(row[marked].trim_matches('"'));
            (text, marks, row[gold])
        })
        .collect();
    let texts: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let mut confusion = Confusion::default();
    for (analysis, (text, marks, gold)) in analyses(&texts, &bench.encoder).iter().zip(&rows) {
        let coding = code(analysis, &bench.rules);
        let found = between(analysis, &coding.events, *marks);
        let kind = found.map_or("none", |event| root(event.kind));
        confusion.add(gold, kind);
        if bench.verbose && kind != *gold {
            println!("{gold} <- {kind} {} | {text}", found.map_or("", |event| &event.rule));
        }
    }
    let from = format!("{} of {} sentences", confusion.right(), confusion.total());
    let mut figures = vec![
        Figure::new("plv.macro_f1", confusion.macro_f1(), format!("mean of {} root types", confusion.classes().len())),
        Figure::new("plv.accuracy", super::share(confusion.right(), confusion.total()), from),
    ];
    for class in confusion.classes() {
        let (precision, recall, f1) = confusion.scores(class);
        let from = format!("P {precision:.1} R {recall:.1}; instead {}", confusion.instead_of(class));
        figures.push(Figure::new(format!("plv.{}", class.to_lowercase()), f1, from));
    }
    Ok(figures)
}

/// The text without marks, and what they enclosed.
fn unmark(marked: &str) -> (String, Marks) {
    let (mut text, mut spans) = (String::new(), [(0, 0); 2]);
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let mark = MARKS.iter().position(|mark| rest.starts_with(mark));
        match mark {
            Some(0) => spans[0].0 = text.len(),
            Some(1) => spans[0].1 = text.len(),
            Some(2) => spans[1].0 = text.len(),
            Some(_) => spans[1].1 = text.len(),
            None => text.push('<'),
        }
        rest = &rest[mark.map_or(1, |mark| MARKS[mark].len())..];
    }
    text.push_str(rest);
    (text, spans)
}

/// The event between two marked parties: that whose roles they fill best, the first of equals.
fn between<'e>(analysis: &Analysis, events: &'e [CodedEvent], marks: Marks) -> Option<&'e CodedEvent> {
    let inside = |at: usize, mark: (usize, usize)| {
        let token = analysis.tokens[at].span;
        token.start >= mark.0 && token.end <= mark.1
    };
    let any = |list: &[usize], mark| list.iter().any(|&at| inside(at, mark));
    let score = |event: &CodedEvent| {
        let places: Vec<usize> = event.places.iter().map(|place| place.0).collect();
        let doer = match (any(&event.actors, marks[0]), any(&event.recipients, marks[0])) {
            (true, _) => 6,
            (false, true) => 2,
            _ => 0,
        };
        let others = [&event.actors, &places, &event.goods];
        let done_to = match (any(&event.recipients, marks[1]), others.iter().any(|list| any(list, marks[1]))) {
            (true, _) => 6,
            (false, true) => 3,
            _ => 0,
        };
        let head = analysis.tokens[event.head()].span;
        let amid = head.start >= marks[0].1.min(marks[1].1) && head.end <= marks[0].0.max(marks[1].0);
        let apart = !inside(event.head(), marks[0]) && !inside(event.head(), marks[1]);
        doer + done_to + 2 * i32::from(amid) + i32::from(apart)
    };
    events.iter().rev().max_by_key(|event| score(event))
}
